"""What a check answers: findings, questions and how they ended, what green answers rest on, and all as one report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from cbm import public_api
from cbm.finding import ClauseWords, Dependence, Exit, Finding, Label, RuleId, Scenario, Severity
from cbm.notebook import framed
from cbm.records import Record, field
from cbm.source import Span
from cbm.translation.saying import say
from cbm.translation.speech import Language


class Ending(StrEnum):
    """How a question ended; undecided is neither of the others."""

    FOUND = "found"
    CLEAR = "clear"
    UNDECIDED = "undecided"


class Question(Record):
    """One question that was put: the rule it serves or what else, what it asked in words, and how it ended.

    `at` is the place of the expectation that it answers, if it is whether one is met. `of_words`: what texts say was
    compared, and no encounter was asked about. `of`: what was asked about, as the check knows it, where somebody asks
    the same in another way. `reason`: of what an encounter was to show, why none does. `text` is the text that it is
    about, by name.
    """

    rule: str
    subject: str
    verdict: Ending
    at: Span | None = None
    of_words: bool = False
    of: object = None
    reason: str = ""
    text: str = ""


class Green(StrEnum):
    """What an answer that found nothing is about."""

    CLAUSE = "clause"
    PAIR = "pair"
    TOPIC = "topic"
    NEVER = "never"


class Attestation(Record):
    """What stands behind an answer that found nothing: an encounter in which it can be seen, or why none is shown.

    `statement` is what the encounter shows, in words ("3.2 can be kept"); `text` the document under check. `readings`
    None: no open term plays a part in it.
    """

    kind: Green
    text: str
    statement: str
    clauses: tuple[str, ...] = ()
    witness: Scenario | None = None  # None: not shown
    reason: str = ""  # why it is not shown
    readings: Dependence | None = None
    undecided: bool = False  # nobody knows whether there is such an encounter
    norms: tuple[str, ...] = ()  # of clauses, those it is about: some acts of a clause that lists several

    @property
    def shown(self) -> bool:
        return self.witness is not None


class Pairs(Record):
    """Pairs of clauses about one act or result that are not in conflict, by what is known of them.

    `shown`: in some encounter both bind and everything is complied with; `on_some`: that is so on some readings of open
    terms only; `apart`: they never bind together.
    """

    shown: int = 0
    apart: int = 0
    not_shown: int = 0
    on_some: int = 0

    @staticmethod
    def total(several: Iterable[Pairs]) -> Pairs:
        listed = list(several)
        return Pairs(
            sum(p.shown for p in listed),
            sum(p.apart for p in listed),
            sum(p.not_shown for p in listed),
            sum(p.on_some for p in listed),
        )


class Unread(Record):
    """A file that looks like a specification and was not read; `reason` is what is said of it: "is no plain file"."""

    path: str
    reason: str

    def __str__(self) -> str:
        return say("{path} {problem}", path=self.path, problem=self.reason)


class Suppressed(Record):
    """A finding that a comment in the texts hides: why, where the comment stands, and up to which day (ISO 8601)."""

    finding: Finding
    reason: str
    place: Label
    until: str | None = None


class IdlePattern(Record):
    """A pattern in a configuration file that is for no text: what it was written for is not done.

    `nearer` is the file that counts for the texts that it would be for; empty where there are none.
    """

    file: str
    line: int
    key: str  # "include", "exclude" or "per-file-ignores"
    pattern: str
    nearer: str = ""

    def __str__(self) -> str:
        named = {"pattern": self.pattern, "key": self.key, "place": f"{self.file}:{self.line}"}
        if self.nearer:
            return say("`{pattern}` of `{key}` ({place}), for whose texts {file} counts", **named, file=self.nearer)
        return say("`{pattern}` of `{key}` ({place})", **named)


class Hidden(Record):
    """What a configuration or a baseline keeps out of a report.

    `by` are the configuration files that counted, `excluded` paths that were not looked at, `findings` how many of a
    rule are not told, and `lowered` how many are told as something less grave, and as what. `known` findings are in the
    `baseline` and not told, so many of each rule (`known_of`), `stale` ones are there and were not found, in words.
    `graver` counts those that are there and told all the same, by the severity that they have there; None: there they
    are so on some packages only. `idle` are patterns of these files that are for no text.
    """

    by: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    findings: tuple[tuple[RuleId, int], ...] = ()
    lowered: tuple[tuple[RuleId, Severity, int], ...] = ()
    baseline: str = ""  # the file with findings that are known
    known: int = 0
    stale: tuple[str, ...] = ()
    graver: tuple[tuple[Severity | None, int], ...] = ()
    known_of: tuple[tuple[RuleId, int], ...] = ()
    idle: tuple[IdlePattern, ...] = ()


class Outcome(Record):
    """What the check of one subject adds to the report; `as_of` None: it depends on no date."""

    findings: tuple[Finding, ...]
    questions: tuple[Question, ...] = ()
    clauses: int = 0
    as_of: date | None = None
    attestations: tuple[Attestation, ...] = ()
    pairs: Pairs = Pairs()
    background: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    omissions: tuple[str, ...] = ()
    title: str = ""  # of a text; a vocabulary has none
    quoted: tuple[ClauseWords, ...] = ()
    phrases: tuple[tuple[str, str], ...] = ()  # acts that findings name, and what their vocabulary calls them


class Report(Record):
    """Everything one run found, in its final order."""

    findings: tuple[Finding, ...]
    documents: int = 0
    clauses: int = 0
    questions: tuple[Question, ...] = ()
    as_of: str | None = None  # the date asked about, ISO 8601
    fail_level: Severity = Severity.ERROR
    background: tuple[str, ...] = ()  # what texts leave open, whatever was found
    unheard: tuple[str, ...] = ()  # of that, which texts and clauses that were read bind nobody, and why
    omissions: tuple[str, ...] = ()  # what renderings leave out of the instruments that were checked
    left_out: tuple[RuleId, ...] = ()  # the rules that were not selected, and not asked about for their own sake
    ignored: int = 0  # findings of such rules, made because a case expects some or none
    sources: tuple[str, ...] = field(default=())  # the files that were asked for, by the names they are shown by
    attestations: tuple[Attestation, ...] = ()  # of pairs, those that are not shown; the others are counted
    pairs: Pairs = Pairs()
    explain_green: bool = False  # whether the reader wants to see the attestations
    unread: tuple[Unread, ...] = ()  # nothing that is said here is said of these
    any_package: bool = False  # whether what is wrong with some packages of a text makes the run fail
    hidden: Hidden = Hidden()
    suppressed: tuple[Suppressed, ...] = ()  # what comments in the texts hide
    # What configuration or a baseline hides: it is counted in `hidden`, and told nowhere.
    kept_out: tuple[Finding, ...] = ()
    exit_zero: bool = False  # whether findings do not make the run fail; what is undecided still shows
    quiet: bool = False  # whether the reader of a page wants findings, and nothing around them
    stopped: str = ""  # why not everything was asked: the run took too long, or was told to stop
    titles: tuple[str, ...] = ()  # of the texts that were checked
    quoted: tuple[ClauseWords, ...] = ()  # the clauses that findings speak of, and those that rest on memory
    phrases: tuple[tuple[str, str], ...] = ()  # acts that findings name, and what vocabularies call them
    everything: bool = False  # whether the reader of a long page wants each finding in full, and not only errors
    language: Language = "en"  # in which it is told

    @staticmethod
    def from_json(page: str | bytes) -> Report:
        """The report of which the format `json` was written: rendered so again, it is the same page.

        It holds the lines of the texts on which something is found, and no others; and no drawings of encounters.
        Misuse where the page is none.
        """
        report: Report = public_api.library.read_report(page)  # what reads stands above this
        return report

    def __repr__(self) -> str:
        """`<Report: 1 error, 2 warnings, 37 questions, exit 1>`: what it says in full is its page (`cbm.render`)."""
        counts = [(self.count(severity), severity.value) for severity in Severity]
        told = [f"{count} {name}{'s' * (count > 1)}" for count, name in counts if count]
        told += [f"{len(self.undecided)} undecided"] if self.undecided else []
        return f"<Report: {', '.join(told) or 'no findings'}, {len(self.questions)} questions, exit {int(self.exit)}>"

    def _repr_html_(self) -> str:
        return framed(self)

    def count(self, severity: Severity) -> int:
        return sum(
            1 for finding in self.findings if finding.severity is severity and finding.rule is not RuleId.UNDECIDED
        )

    @property
    def undecided(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.rule is RuleId.UNDECIDED)

    def fails(self, finding: Finding) -> bool:
        """Whether it makes the run fail: what is wrong with some packages of a text does so only if that is asked.

        What no package is without, and options that are of no use to anybody, are findings of their own.
        """
        on_all = finding.reach is None or finding.reach.every
        counts = finding.rule is not RuleId.UNDECIDED and (on_all or self.any_package)
        return counts and finding.severity.weight >= self.fail_level.weight

    @property
    def exit(self) -> Exit:
        if self.unread:
            return Exit.MISUSE
        if not self.exit_zero and any(map(self.fails, self.findings)):
            return Exit.FINDINGS
        return Exit.UNDECIDED if self.undecided or self.stopped else Exit.FINE
