"""What `cbm test` tells: how each expectation of a suite came out, and which clauses its cases exercise; plain data."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from cbm.finding import Exit, Finding, RuleId
from cbm.outcomes.spoken_record import SpokenRecord
from cbm.records import Record
from cbm.report import Unread
from cbm.source import Span

# What is found where an expectation does not hold.
_NOT_HOLDING = frozenset((RuleId.EXPECTATION, RuleId.IMPOSSIBLE, RuleId.NEVER_REACHED))


class CaseOutcome(StrEnum):
    """How an expectation came out; what is not known is neither passed nor failed."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"
    ERROR = "error"  # it could not be asked


class ExpectationResult(Record):
    """One expectation of one case, about one text.

    `words` are those of its line; empty for a case in which nothing is expected. `findings` are what is found at its
    place, with an encounter in which it fails; of one that passed they are remarks. `reasons` say why it is undecided,
    could not be asked, or passes though it does not hold.
    """

    text: str
    suite: str  # the title of the set of cases
    case: str
    words: str
    place: Span
    outcome: CaseOutcome
    as_of: str | None = None  # the date of the case, ISO 8601
    findings: tuple[Finding, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def lacking(self) -> tuple[Finding, ...]:
        """Of one that passed, why it does not hold on some packages of a text under negotiation."""
        if self.outcome is not CaseOutcome.PASSED:
            return ()
        return tuple(f for f in self.findings if f.rule in _NOT_HOLDING and f.reach is not None and not f.reach.every)

    @property
    def name(self) -> str:
        """How it is called among those of its file."""
        return f"{self.case}: {self.words or 'nothing is expected'}"


class ExercisedClause(Record):
    """A clause with the cases that exercise it: in all their encounters it binds a unit, or applies as an exception.

    `partly` are cases in some encounters of which that is so. Each sentence of a clause stands by itself: `called` is
    how readers call it, and `whole` the label of its clause.
    """

    text: str
    clause: str
    title: str
    place: Span | None = None
    cases: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    undecided: str = ""  # why it is not known of further cases
    called: str = ""
    whole: str = ""


class SuiteReport(SpokenRecord):
    """Everything one run of a suite found, by place.

    `errors` are what keeps texts or cases from being read, `open_questions` what stays open beside the expectations;
    `deselected` counts the expectations that were not asked for. `clauses` None: nobody asked which are exercised.
    `notes` say what is to be known of what was asked, each one sentence.
    """

    results: tuple[ExpectationResult, ...]
    errors: tuple[Finding, ...] = ()
    open_questions: tuple[Finding, ...] = ()
    clauses: tuple[ExercisedClause, ...] | None = None
    fail_under: int | None = None  # per cent of the clauses
    deselected: int = 0
    unread: tuple[Unread, ...] = ()
    stopped: str = ""
    notes: tuple[str, ...] = ()

    def count(self, outcome: CaseOutcome) -> int:
        return Counter(result.outcome for result in self.results)[outcome]

    @property
    def lacking(self) -> tuple[ExpectationResult, ...]:
        """Those that passed and do not hold on some packages of a text under negotiation."""
        return tuple(result for result in self.results if result.lacking)

    @property
    def let_pass(self) -> int:
        """How many passed though they do not hold, as configuration or a comment wants it."""
        return sum(
            1
            for result in self.results
            if result.outcome is CaseOutcome.PASSED
            and not result.lacking
            and (result.reasons or any(finding.rule in _NOT_HOLDING for finding in result.findings))
        )

    @property
    def exercised(self) -> int:
        """How many clauses some case exercises."""
        return sum(1 for clause in self.clauses or () if clause.cases)

    @property
    def percentage(self) -> int:
        """Of a hundred clauses, rounded down; of no clauses, all."""
        return 100 * self.exercised // len(self.clauses) if self.clauses else 100

    @property
    def falls_short(self) -> bool:
        """Whether fewer clauses are exercised than is asked for."""
        return self.fail_under is not None and self.percentage < self.fail_under

    @property
    def exit(self) -> Exit:
        if self.unread:
            return Exit.MISUSE
        if self.errors or self.count(CaseOutcome.FAILED) or self.count(CaseOutcome.ERROR) or self.falls_short:
            return Exit.FINDINGS
        unknown = any(clause.undecided for clause in self.clauses or ())
        left = self.count(CaseOutcome.UNDECIDED) or self.open_questions or unknown or self.stopped
        return Exit.UNDECIDED if left else Exit.FINE
