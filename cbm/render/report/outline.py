"""Report to what a person reads of it, and in which order: what it comes to, what limits it, then one entry a defect.

Findings that say one thing are one entry: what follows from a clash stands with it, several clauses against one of
another text are told once, and so is all that is open of one promised matter. What the texts settle themselves comes
last. Pages for people walk this structure; how something is set off is their own affair, what is said and where is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from re import escape, search, sub

from cbm.finding import ClauseWords, Finding, Report, RuleId, Severity
from cbm.render.identity import identities
from cbm.render.remarks import BACKGROUND, asides, remarks
from cbm.render.report.verdict import verdict
from cbm.render.summary import CLASHES
from cbm.translation.listing import listed

# Up to so many entries need no list before them, and up to so many are all told in full.
UNLISTED, TOLD_IN_FULL = 3, 12
# So many findings that are told with another one have a line where there is much.
FEW = 2
_HEADINGS = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.NOTE: "Notes"}
_READINGS, _PREVAILS = ", on some readings: ", "; settled: "
_SETTLED, _UNDECIDED = "Settled by the texts themselves", "Undecided"
# Rules of which one finding tells one clause against one of another text.
_AGAINST_OTHERS = (RuleId.AGREEMENT_CONFLICT, RuleId.DEROGATION)
# What a message puts behind the name of a clause that lists several acts: which of them are meant.
_ACTS, _BOUND = r"(?: \([^()]*\))?", r" \(`keep [^`]*`\)"


@dataclass(frozen=True, slots=True)
class Further:
    """A finding that is told with another one, and the line that tells it."""

    words: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One defect as it is listed and told: its title, the finding that is told in full, and what is told with it.

    `quoted` are the clauses that the leading finding speaks of; `anchor` is a name to link to.
    """

    title: str
    lead: Finding
    further: tuple[Further, ...]
    quoted: tuple[ClauseWords, ...]
    anchor: str
    number: int = 0

    @property
    def listing(self) -> str:
        """The title as a list has it: that readings matter, but not which; of what is settled, by what."""
        if self.lead.settled and self.quoted:
            return f"{listed([clause.name for clause in self.quoted])}: {self.title.split(_PREVAILS)[-1]}"
        return self.title.split(_READINGS)[0] + (_READINGS.rstrip(": ") if _READINGS in self.title else "")


@dataclass(frozen=True, slots=True)
class EntryGroup:
    """Entries of one gravity, in the order of the texts."""

    heading: str
    entries: tuple[ReportEntry, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading and what stands below it, one sentence or name each."""

    heading: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
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
            return tuple(group for group in self.groups if group.heading == _HEADINGS[Severity.ERROR])
        return tuple(group for group in self.groups if group.heading != _SETTLED)

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
    passages = tuple(Passage(heading, texts) for heading, texts in asides(report))
    limits = tuple(_limits(report, passages))
    groups = tuple(_groups(report))
    count = sum(len(group.entries) for group in groups)
    clean = all(finding.severity is Severity.NOTE for finding in report.findings)
    brief = not report.everything and count > (UNLISTED if clean else TOLD_IN_FULL)
    beside = tuple(p for p in passages if p not in limits and not (brief and p.heading == BACKGROUND))
    return Outline(verdict(report), limits, groups, beside, brief, report.everything)


def _limits(report: Report, passages: Sequence[Passage]) -> Iterator[Passage]:
    yield from (passage for passage in passages if passage.heading.startswith("not read"))
    if report.stopped:
        yield Passage("not everything was asked:", (report.stopped,))
    if report.undecided:
        yield Passage("what stays undecided:", tuple(finding.message for finding in report.undecided))
    recalled = tuple(dict.fromkeys(clause.name for clause in report.quoted if clause.recalled))
    if recalled:
        yield Passage("resting on what was written down from memory, and not verified:", (listed(recalled),))


def _groups(report: Report) -> Iterator[EntryGroup]:
    """Errors before warnings and notes, then what is settled and what is undecided; each in the order of the report."""
    entries = sorted(_entries(report), key=lambda entry: _rank(entry.lead))
    numbered = [_numbered(entry, number) for number, entry in enumerate(entries, 1)]
    for _, found in groupby(numbered, key=lambda entry: _rank(entry.lead)):
        told = tuple(found)
        yield EntryGroup(_heading(told[0].lead), told)


def _numbered(entry: ReportEntry, number: int) -> ReportEntry:
    return ReportEntry(entry.title, entry.lead, entry.further, entry.quoted, entry.anchor, number)


def _rank(finding: Finding) -> int:
    if finding.rule is RuleId.UNDECIDED:
        return 4
    return 3 if finding.settled else 2 - finding.severity.weight


def _heading(finding: Finding) -> str:
    if finding.rule is RuleId.UNDECIDED:
        return _UNDECIDED
    return _SETTLED if finding.settled else _HEADINGS[finding.severity]


def _entries(report: Report) -> Iterator[ReportEntry]:
    names = dict(zip(map(id, report.findings), identities(report.findings), strict=True))
    quotes = {clause.reference: clause for clause in reversed(report.quoted)}
    phrases = dict(report.phrases)
    for title, lead, further in _folded(report.findings, quotes):
        told = tuple(Further(in_phrases(one.words, phrases), one.finding) for one in further)
        quoted = tuple(quotes[clause] for clause in lead.clauses if clause in quotes)
        yield ReportEntry(in_phrases(title, phrases), lead, told, quoted, f"f-{names[id(lead)]}")


_Told = tuple[str, Finding, tuple[Further, ...]]


def _folded(findings: Sequence[Finding], quotes: Mapping[str, ClauseWords]) -> Iterator[_Told]:
    """Each entry at the place of the first of its findings."""
    following = dict(_following(findings))
    causes = [finding for finding in findings if id(finding) not in following]
    for several in _alike(causes, quotes):
        lead = max(several, key=lambda finding: finding.severity.weight)
        rest = [finding for finding in several if finding is not lead]
        title, lines = _told_once(lead, rest, quotes)
        further = [Further(words, finding) for words, finding in zip(lines, rest, strict=True)]
        kept = set(map(id, several))
        further += [Further(f"and so {f.message}", f) for f in findings if following.get(id(f)) in kept]
        yield title, lead, tuple(further)


def _following(findings: Sequence[Finding]) -> Iterator[tuple[int, int]]:
    """Findings that follow from another one that is no less grave, each with that one."""
    for finding in findings:
        if finding.follows and not finding.settled:
            causes = (
                other
                for rule in CLASHES
                for other in findings
                if other.rule is rule and set(other.clauses) == set(finding.follows) and not other.settled
            )
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
        key = (first.rule, first.severity, _base(first, pair[0]), pair[1].reference) if alone and pair else id(first)
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
    return (finding.rule, finding.severity, own.reference, other.document, _base(finding, other))


def _pair(finding: Finding, quotes: Mapping[str, ClauseWords]) -> tuple[ClauseWords, ClauseWords] | None:
    """The clause of the text under check, and the one of another text that it is told against."""
    if finding.rule not in _AGAINST_OTHERS or finding.settled or len(finding.clauses) != 2:
        return None
    known = [quotes[clause] for clause in finding.clauses if clause in quotes]
    own = [clause for clause in known if not clause.name.endswith(f" of {clause.document}")]
    others = [clause for clause in known if clause not in own]
    if len(own) != 1 or len(others) != 1 or _base(finding, own[0]) is None or _base(finding, others[0]) is None:
        return None
    return own[0], others[0]


def _base(finding: Finding, without: ClauseWords) -> str | None:
    """The message without the readings on which it holds, and with a gap where it names the clause; None: nowhere."""
    message = _plain(finding)
    named = search(rf"(?:clause )?(?<![\w.]){escape(without.name)}{_ACTS}", message)
    return None if named is None else f"{message[: named.start()]}{{}}{message[named.end() :]}"


def _plain(finding: Finding) -> str:
    """The message without the packages and the readings on which it holds."""
    message = finding.message
    if finding.reach is not None and finding.reach.words:
        message = message.removesuffix(f", if {finding.reach.words}")
    return message.split(_READINGS)[0]


def _told_once(lead: Finding, rest: Sequence[Finding], quotes: Mapping[str, ClauseWords]) -> tuple[str, list[str]]:
    """The title of findings that are told together, and a line for each but the first."""
    if not rest:
        return _titled(lead), []
    if topic := lead.topic:
        return _of_topic(topic, (lead, *rest)), [finding.message.removeprefix(f"`{topic}` is ") for finding in rest]
    pairs = [pair for finding in (lead, *rest) if (pair := _pair(finding, quotes)) is not None]
    by_own = len({own.reference for own, _ in pairs}) > 1
    varying = [own if by_own else other for own, other in pairs]
    base = _base(lead, varying[0]) or lead.message
    names = listed([clause.name for clause in varying])
    if not by_own:
        ending = f" of {varying[0].document}"
        names = listed([clause.name.removesuffix(ending) for clause in varying]) + ending
    lines = [f"{one.quotation or one.name}{_reading(f)}" for one, f in zip(varying[1:], rest, strict=True)]
    return base.replace("{}", f"each of {'clauses ' if by_own else ''}{names}", 1), lines


def _of_topic(topic: str, findings: Sequence[Finding]) -> str:
    silent = sum(finding.severity is Severity.ERROR for finding in findings)
    weaker = len(findings) - silent
    parts = [f"{silent:,} {'gap' if silent == 1 else 'gaps'}"] if silent else []
    parts += [f"{weaker:,} weaker {'spot' if weaker == 1 else 'spots'}"] if weaker else []
    return f"`{topic}` is not governed in every encounter that is promised: {listed(parts)}"


def in_phrases(words: str, phrases: Mapping[str, str]) -> str:
    """The words with acts called as their vocabulary calls them, and not by their names: “calls the other unit”."""
    return sub(r"`([^`]+)`", lambda name: f"“{phrases[name[1]]}”" if name[1] in phrases else name[0], words)


def _titled(finding: Finding) -> str:
    """The message with the figures that go against each other, before the readings on which it holds."""
    plain = _plain(finding)
    if not finding.figures:
        return finding.message
    return f"{sub(_BOUND, '', plain)}: {finding.figures}{finding.message.removeprefix(plain)}"


def _reading(finding: Finding) -> str:
    return finding.message.removeprefix(_plain(finding))


def brief_lines(entry: ReportEntry) -> Iterator[str]:
    """An entry in few lines: the words of its clauses, why, when, an example, the first way out, what is told with it.

    A clause without words in a text is shown as it is written.
    """
    labels = (entry.lead.primary, *entry.lead.related)
    quoted = [clause for clause in entry.quoted if clause.words]
    yield from (clause.quotation for clause in quoted)
    if not quoted:
        yield from (f"{label.text}: {' '.join(label.span.text.split())}" for label in labels[:1])
    told: dict[str, list[str]] = {}
    for name, text, _ in remarks(entry.lead, entry.quoted):
        told.setdefault(name, []).append(text)
    for name, texts in told.items():
        if name != "note":
            yield f"{name}: {texts[0]}"
    yield from (f"also: {one.words}" for one in entry.further[:FEW])
    if len(entry.further) > FEW:
        yield f"and {len(entry.further) - FEW:,} more of this kind"
