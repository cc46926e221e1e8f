"""Report to what a person reads of it, and in which order: what it comes to, what limits it, then one entry a defect.

Findings that say one thing are one entry: what follows from a clash stands with it, several clauses against one of
another text are told once, and so is all that is open of one promised matter. What the texts settle themselves comes
last. Pages for people walk this structure; how something is set off is their own affair, what is said and where is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from itertools import groupby, permutations
from re import sub

from cbm.finding import ClauseWords, Finding, RuleId, Severity
from cbm.records import Record, replace
from cbm.render.identity import identities
from cbm.render.remarks import Aside, Remark, asides, remarks
from cbm.render.report.verdict import verdict
from cbm.render.summary import CLASHES
from cbm.report import Report
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say, say_as, say_count

# Up to so many entries need no list before them, and up to so many are all told in full.
UNLISTED, TOLD_IN_FULL = 3, 12
# So many findings that are told with another one have a line where there is much.
FEW = 2
# And so many on a page that is short enough to tell its findings in full: promises are broken in dozens of ways.
_SEVERAL = 8
# Rules of which one finding tells one clause against one of another text.
_ABOUT_NAMES = (RuleId.LOOK_ALIKE, RuleId.UNUSED)  # told of names as they are written, whatever readers call them
_AGAINST_OTHERS = (RuleId.AGREEMENT_CONFLICT, RuleId.DEROGATION)
# What a message puts behind the name of a clause that lists several acts: which of them is meant.
_BOUND = r" ?[(（]`keep [^`]*`[)）]"


class EntryRank(IntEnum):
    """Where entries stand, in this order."""

    ERROR = 0
    WARNING = 1
    NOTE = 2
    SETTLED = 3
    UNDECIDED = 4

    @property
    def heading(self) -> str:
        return say_as("level", "Notes") if self is EntryRank.NOTE else say(_HEADINGS[self])


_HEADINGS = {
    EntryRank.ERROR: mark("Errors"),
    EntryRank.WARNING: mark("Warnings"),
    EntryRank.SETTLED: mark("Settled by the texts themselves"),
    EntryRank.UNDECIDED: mark("Undecided"),
}


class Further(Record):
    """A finding that is told with another one, and the line that tells it."""

    words: str
    finding: Finding


class ReportEntry(Record):
    """One defect as it is listed and told: its title, the finding that is told in full, and what is told with it.

    `listing` is the title as a list has it: that readings matter, but not which; of what is settled, by what. `quoted`
    are the clauses that the leading finding speaks of; `anchor` is a name to link to.
    """

    title: str
    listing: str
    lead: Finding
    further: tuple[Further, ...]
    quoted: tuple[ClauseWords, ...]
    anchor: str
    number: int = 0


class EntryGroup(Record):
    """Entries of one gravity, in the order of the texts."""

    rank: EntryRank
    entries: tuple[ReportEntry, ...]

    @property
    def heading(self) -> str:
        return self.rank.heading


class Passage(Record):
    """A heading and what stands below it, one sentence or name each."""

    heading: str
    texts: tuple[str, ...]


class Outline(Record):
    """A report in reading order.

    `limits` is what was not checked, is undecided or rests on memory, `beside` what matters of the texts as a whole.
    """

    verdict: str
    limits: tuple[Passage, ...]
    groups: tuple[EntryGroup, ...]
    beside: tuple[Passage, ...]
    brief: bool = False  # whether only errors are told, in few lines, and the rest is listed
    everything: bool = False  # whether each finding is told in full

    @property
    def is_listed(self) -> bool:
        """Whether the entries are listed before the details: where these are more than one can see at once."""
        return sum(len(group.entries) for group in self.groups) > UNLISTED

    @property
    def told(self) -> tuple[EntryGroup, ...]:
        """The groups whose entries are told in detail."""
        if self.everything or not self.is_listed:
            return self.groups
        if self.brief:
            return tuple(group for group in self.groups if group.rank is EntryRank.ERROR)
        return tuple(group for group in self.groups if group.rank is not EntryRank.SETTLED)

    @property
    def is_shortened(self) -> bool:
        """Whether some finding is told in a line only."""
        if self.everything:
            return False
        return self.brief or bool(self.untold) or any(entry.further for group in self.groups for entry in group.entries)

    @property
    def untold(self) -> int:
        """How many entries are listed only."""
        return sum(len(group.entries) for group in self.groups if group not in self.told)


def outline(report: Report) -> Outline:
    """The structure of the page of a report."""
    passages = asides(report)
    limits = tuple(_limits(report, passages))
    groups = tuple(_groups(report))
    count = sum(len(group.entries) for group in groups)
    clean = all(finding.severity is Severity.NOTE for finding in report.findings)
    brief = not report.everything and count > (UNLISTED if clean else TOLD_IN_FULL)
    left_out = {Aside.UNREAD, *([Aside.BACKGROUND] if brief else [])}
    beside = tuple(Passage(aside.heading, texts) for aside, texts in passages.items() if aside not in left_out)
    return Outline(verdict(report), limits, groups, beside, brief, report.everything)


def _limits(report: Report, passages: Mapping[Aside, tuple[str, ...]]) -> Iterator[Passage]:
    if unread := passages.get(Aside.UNREAD):
        yield Passage(Aside.UNREAD.heading, unread)
    if report.stopped:
        yield Passage(say("not everything was asked"), (report.stopped,))
    if report.undecided:
        yield Passage(say("what stays undecided"), tuple(finding.message for finding in report.undecided))
    recalled = tuple(dict.fromkeys(clause.name for clause in report.quoted if clause.recalled))
    if recalled:
        yield Passage(say("resting on what was written down from memory, and not verified"), (listed(recalled),))


def _groups(report: Report) -> Iterator[EntryGroup]:
    """Errors before warnings and notes, then what is settled and what is undecided; each in the order of the report."""
    entries = sorted(_entries(report), key=lambda entry: _rank(entry.lead))
    numbered = [replace(entry, number=number) for number, entry in enumerate(entries, 1)]
    for rank, found in groupby(numbered, key=lambda entry: _rank(entry.lead)):
        yield EntryGroup(rank, tuple(found))


def _rank(finding: Finding) -> EntryRank:
    if finding.rule is RuleId.UNDECIDED:
        return EntryRank.UNDECIDED
    return EntryRank.SETTLED if finding.settled else EntryRank[finding.severity.name]


def _entries(report: Report) -> Iterator[ReportEntry]:
    names = dict(zip(map(id, report.findings), identities(report.findings), strict=True))
    quotes = {clause.reference: clause for clause in reversed(report.quoted)}
    for base, lead, further in _folded(report.findings, quotes):
        phrases = {} if lead.rule in _ABOUT_NAMES else dict(report.phrases)
        told = tuple(Further(in_phrases(one.words, phrases), one.finding) for one in further)
        quoted = tuple(quotes[clause] for clause in lead.clauses if clause in quotes)
        title, listing = (in_phrases(words, phrases) for words in _titles(base, lead, quoted))
        yield ReportEntry(title, listing, lead, told, quoted, f"f-{names[id(lead)]}")


# What several findings are called that are told together (None: the leading one is told alone), and these.
_Told = tuple[str | None, Finding, tuple[Further, ...]]


def _folded(findings: Sequence[Finding], quotes: Mapping[str, ClauseWords]) -> Iterator[_Told]:
    """Each entry at the place of the first of its findings."""
    following = dict(_following(findings))
    consequences: dict[int, list[int]] = {}  # of each cause, by their places
    for place, finding in enumerate(findings):
        if id(finding) in following:
            consequences.setdefault(following[id(finding)], []).append(place)
    causes = [finding for finding in findings if id(finding) not in following]
    for several in _alike(causes, quotes):
        lead = max(several, key=lambda finding: finding.severity.weight)
        rest = [finding for finding in several if finding is not lead]
        title, lines = _told_once(lead, rest, quotes)
        further = [Further(words, finding) for words, finding in zip(lines, rest, strict=True)]
        so = sorted({place for cause in several for place in consequences.get(id(cause), ())})
        further += [Further(say("and so {finding}", finding=f.message), f) for f in (findings[place] for place in so)]
        yield title, lead, tuple(further)


def _following(findings: Sequence[Finding]) -> Iterator[tuple[int, int]]:
    """Findings that follow from another one that is no less grave, each with that one."""
    clashes: dict[tuple[RuleId, frozenset[str]], list[Finding]] = {}
    for finding in findings:
        if finding.rule in CLASHES and not finding.settled:
            clashes.setdefault((finding.rule, frozenset(finding.clauses)), []).append(finding)
    for finding in findings:
        if finding.follows and not finding.settled:
            about = frozenset(finding.follows)
            causes = (other for rule in CLASHES for other in clashes.get((rule, about), ()))
            cause = next((one for one in causes if one.severity.weight >= finding.severity.weight), None)
            if cause is not None:
                yield id(finding), id(cause)


def _alike(findings: Sequence[Finding], quotes: Mapping[str, ClauseWords]) -> list[list[Finding]]:
    """Findings that are one entry: of one matter, of one clause against one text, of one clause of that text."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_matter(finding, quotes), []).append(finding)
    again: dict[object, list[Finding]] = {}
    for several in groups.values():
        first = several[0]
        alone = len(several) == 1 and (pair := _pair(first, quotes)) is not None
        key = (first.rule, first.severity, _base(first, OWN), pair[1].reference) if alone and pair else id(first)
        again.setdefault(key, []).extend(several)
    return list(again.values())


def _matter(finding: Finding, quotes: Mapping[str, ClauseWords]) -> object:
    if finding.settled or finding.rule is RuleId.UNDECIDED:
        return id(finding)
    if finding.topic:
        return (finding.rule, finding.topic, finding.primary.span.source.name)
    pair = _pair(finding, quotes)
    if pair is None:
        return id(finding)
    own, other = pair
    return (finding.rule, finding.severity, own.reference, other.document, _base(finding, OTHER))


def _pair(finding: Finding, quotes: Mapping[str, ClauseWords]) -> tuple[ClauseWords, ClauseWords] | None:
    """The clause of the text under check, and the one of another text that it is told against."""
    if finding.rule not in _AGAINST_OTHERS or finding.settled or not finding.opposed or len(finding.clauses) != 2:
        return None
    known = [quotes[clause] for clause in finding.clauses if clause in quotes]
    named = [(own, other) for own, other in permutations(known, 2) if _are_named(finding, own, other)]
    return named[0] if len(named) == 1 else None


def _are_named(finding: Finding, own: ClauseWords, other: ClauseWords) -> bool:
    """Whether the message names the one as a clause of the text under check, and the other one as of another text."""
    return own.name in finding.opposed[OWN] and other.name in finding.opposed[OTHER]


# Which of the two clauses that a message opposes to each other.
OWN, OTHER = 0, 1


def _base(finding: Finding, without: int) -> tuple[str, str]:
    """The message without the readings on which it holds, before and after the name of one of two clauses."""
    message, name, kept = finding.plain, finding.opposed[without], finding.opposed[1 - without]
    start = message.find(name)
    if name in kept and message.find(kept) <= start:  # the name of the other one holds it, and comes first
        start = message.find(name, message.find(kept) + len(kept))
    return message[:start], message[start + len(name) :]


def _told_once(
    lead: Finding, rest: Sequence[Finding], quotes: Mapping[str, ClauseWords]
) -> tuple[str | None, list[str]]:
    """The title of findings that are told together, and a line for each but the first."""
    if not rest:
        return None, []
    if topic := lead.topic:
        return _of_topic(topic, (lead, *rest)), [finding.under_topic or finding.message for finding in rest]
    pairs = [pair for finding in (lead, *rest) if (pair := _pair(finding, quotes)) is not None]
    by_own = len({own.reference for own, _ in pairs}) > 1
    varying = [own if by_own else other for own, other in pairs]
    each = (
        say("each of clauses {clauses}", clauses=listed([own.name for own in varying]))
        if by_own
        else say(
            "each of {clauses} of {text}",
            clauses=listed([other.label for other in varying]),
            text=varying[0].document,
        )
    )
    before, after = _base(lead, OWN if by_own else OTHER)
    lines = [f"{one.quotation or one.name}{f.dependence}" for one, f in zip(varying[1:], rest, strict=True)]
    return f"{before}{each}{after}", lines


def _of_topic(topic: str, findings: Sequence[Finding]) -> str:
    silent = sum(finding.severity is Severity.ERROR for finding in findings)
    weaker = len(findings) - silent
    parts = [say_count("{count:,} gap", "{count:,} gaps", silent)] if silent else []
    parts += [say_count("{count:,} weaker spot", "{count:,} weaker spots", weaker)] if weaker else []
    told = say("`{topic}` is not governed everywhere it is promised: {gaps}", topic=topic, gaps=listed(parts))
    shown = findings[0].under_topic  # of the others there is a line each
    return say("{gaps}; shown here: {first}", gaps=told, first=shown) if shown else told


def in_phrases(words: str, phrases: Mapping[str, str]) -> str:
    """The words with acts called as their vocabulary calls them, and not by their names: “calls the other unit”."""
    return sub(r"`([^`]+)`", lambda n: say("“{words}”", words=phrases[n[1]]) if n[1] in phrases else n[0], words)


def _titles(base: str | None, lead: Finding, quoted: Sequence[ClauseWords]) -> tuple[str, str]:
    """The title with the figures that go against each other, before the readings on which it holds; and the listing."""
    if base is not None:
        return base, base
    plain = _with_figures(sub(_BOUND, "", lead.plain), lead) if lead.figures else lead.plain
    title = f"{plain}{lead.dependence}"
    on_some = bool(lead.readings and lead.readings.ending)
    if lead.settled and quoted:
        names = listed([clause.name for clause in quoted])
        prevails = lead.settled_by if on_some or not lead.figures else _with_figures(lead.settled_by, lead)
        prevails += lead.reach.ending if lead.reach else ""
        return title, say("{clauses}: {prevails}", clauses=names, prevails=prevails)
    if not on_some:
        return title, title
    return title, f"{plain}{say(', on some readings')}{lead.on_packages}"


def _with_figures(words: str, finding: Finding) -> str:
    return say("{words}: {figures}", words=words, figures=finding.figures)


def brief_lines(entry: ReportEntry) -> Iterator[tuple[str, str]]:
    """An entry in few lines: the words of its clauses, why, when, an example, the first way out, what is told with it.

    Each with what it is called, if it is called anything. A clause without words in a text is shown as it is written.
    """
    label = entry.lead.primary
    quoted = [clause for clause in entry.quoted if clause.words]
    yield from ((clause.name, say("“{words}”", words=clause.words)) for clause in quoted)
    if not quoted:
        yield label.text, " ".join(label.span.text.split())
    told: dict[Remark, str] = {}
    for remark, text, _ in remarks(entry.lead, entry.quoted):
        told.setdefault(remark, text)
    yield from ((remark.words, text) for remark, text in told.items() if remark is not Remark.NOTE)
    yield from ((say("also"), one.words) for one in entry.further[:FEW])
    yield from _left(entry, FEW)


def further_lines(entry: ReportEntry) -> Iterator[tuple[str, str]]:
    """What is told with the first of an entry, each with what it is called, as far as a page takes it."""
    shown = _SEVERAL if len(entry.further) > _SEVERAL + 1 else len(entry.further)
    yield from ((say("also"), one.words) for one in entry.further[:shown])
    yield from _left(entry, shown)


def _left(entry: ReportEntry, shown: int) -> Iterator[tuple[str, str]]:
    if len(entry.further) > shown:
        yield "", say("and {count:,} more of this kind", count=len(entry.further) - shown)
