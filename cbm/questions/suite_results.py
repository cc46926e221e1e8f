"""What was found in the texts of a suite to how each expectation came out, and to which clauses are exercised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cbm.core.norms import (
    WITH_EXTENT,
    Case,
    ConditionExpected,
    ConductExpected,
    DutyExpected,
    Expected,
    FindingExpected,
    NormSystem,
)
from cbm.finding import Finding, RuleId, Severity
from cbm.given_situations.exercised import CaseReach, ExercisedBy
from cbm.given_situations.in_play import clauses_of
from cbm.outcomes.suite_report import CaseOutcome, ExercisedClause, ExpectationResult
from cbm.questions.announced_cases import Announced
from cbm.records import replace
from cbm.report import Ending, Outcome, Report
from cbm.smt.solve import Unknown
from cbm.source import Span
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import label_words

_OPEN = mark("a question that it rests on has no answer")
_BINDING = (DutyExpected, ConditionExpected, ConductExpected)


@dataclass(frozen=True, slots=True)
class Tested:
    """One text: what was found in it, and how far its cases reach its clauses; no system if it cannot be understood.

    `unasked` are expectations in which something means nothing, by place, with what is wrong with each. Where there is
    no system, `elsewhere` is what is wrong with the text and with what else it is read with. `note` is what is to be
    known of all that was asked.
    """

    outcome: Outcome
    system: NormSystem | None
    exercised: tuple[ExercisedBy, ...] = ()
    unasked: Mapping[Span, tuple[Finding, ...]] = field(default_factory=dict)
    elsewhere: tuple[Finding, ...] = ()
    note: str = ""


def because_of(faults: Iterable[Finding], because: str) -> tuple[str, ...]:
    """Why something is not asked: `because` of what, and what is wrong with that."""
    grave = dict.fromkeys(fault for fault in faults if fault.severity is Severity.ERROR)
    return tuple(say("{reason}: {fault}", reason=because, fault=_placed(fault)) for fault in grave)


def not_asked(asked: Announced, reasons: tuple[str, ...], stopped: str = "") -> ExpectationResult:
    """An expectation that is not asked because a text or a file is faulty.

    Where nothing is known to be, and the run was `stopped` before the text was understood, it is undecided.
    """
    if stopped and not reasons:
        return replace(_passed(asked), outcome=CaseOutcome.UNDECIDED, reasons=(stopped,))
    missing = say("there is no text `{text}`", text=asked.text)
    return replace(_passed(asked), outcome=CaseOutcome.ERROR, reasons=reasons or (missing,))


def results(tested: Tested, told: Report, several: Iterable[Announced]) -> Iterator[ExpectationResult]:
    """How expectations of one text came out: by what is told at their places, and whether they were answered."""
    known = _ToldAt.of(tested, told)
    for asked in several:
        yield _result(asked, told, known)


class _ToldAt(NamedTuple):
    """What is told of one text, and what was asked of it, by place; `rest` is undecided and belongs to no question."""

    findings: Mapping[Span, Sequence[Finding]]
    undecided: Mapping[Span, Sequence[Finding]]
    endings: Mapping[Span | None, Sequence[Ending]]
    meant: Mapping[Span, tuple[Case, Expected | None]]
    rest: str | None

    @classmethod
    def of(cls, tested: Tested, told: Report) -> _ToldAt:
        findings, undecided = defaultdict[Span, list[Finding]](list), defaultdict[Span, list[Finding]](list)
        for finding in told.findings:
            (undecided if finding.rule is RuleId.UNDECIDED else findings)[finding.primary.span].append(finding)
        asked: dict[Span | None, list[Ending]] = {}
        for question in tested.outcome.questions:
            asked.setdefault(question.at, []).append(question.verdict)
        others = [f.message for place, several in undecided.items() if place not in asked for f in several]
        return cls(findings, undecided, asked, dict(_meant(tested.system)), min(others, default=None))


def _result(asked: Announced, told: Report, known: _ToldAt) -> ExpectationResult:
    passed = _passed(asked)
    here = tuple(known.findings.get(asked.place, ()))
    if asked.words and any(map(is_idle, here)):
        return replace(passed, outcome=CaseOutcome.ERROR, findings=here)
    if asked.words and any(map(told.fails, here)):
        return replace(passed, outcome=CaseOutcome.FAILED, findings=here)
    case, expected = known.meant.get(asked.place, (None, None))
    about = None if case is None else case.span
    idle = () if about is None else tuple(f for f in known.findings.get(about, ()) if is_idle(f))
    if idle and (expected is None or _is_of_encounters(expected)):
        return replace(passed, outcome=CaseOutcome.ERROR, findings=idle)
    if expected is not None and (reasons := tuple(_undecided(asked, expected, known, told.stopped))):
        return replace(passed, outcome=CaseOutcome.UNDECIDED, reasons=reasons)
    left = (hidden.reason for hidden in told.suppressed if hidden.finding.primary.span == asked.place)
    return replace(
        passed, findings=here, reasons=tuple(say("it does not hold, and is left: {reason}", reason=why) for why in left)
    )


def is_idle(finding: Finding) -> bool:
    """Whether it says of a case that nothing can fail in it; of other words without effect nothing is told here."""
    return finding.rule is RuleId.VACUITY


def _is_of_encounters(expected: Expected) -> bool:
    """Whether it is expected of the encounters of its case, and not of the text as a whole."""
    return not isinstance(expected, FindingExpected) or expected.rule in WITH_EXTENT


def exercised_clauses(tested: Tested) -> Iterator[ExercisedClause]:
    """The clauses of the text, in its order."""
    if tested.system is None:
        return
    titles = _headings(tested.system)
    for clause in clauses_of(tested.system):
        reached = [by for by in tested.exercised if by.clause == clause]
        title, place = titles[clause.label]
        text = tested.system.texts[clause.document]
        yield ExercisedClause(
            text=clause.document,
            clause=clause.label,
            title=title,
            place=place,
            cases=_titles(reached, CaseReach.EVERYWHERE),
            partly=_titles(reached, CaseReach.SOMEWHERE),
            undecided=next((say(by.reach.reason) for by in reached if isinstance(by.reach, Unknown)), ""),
            called=label_words(text, clause.label),
            whole=text.whole_label(clause.label),
        )


def _passed(asked: Announced) -> ExpectationResult:
    return ExpectationResult(
        text=asked.text,
        suite=asked.suite,
        case=asked.case,
        words=asked.words,
        place=asked.place,
        outcome=CaseOutcome.PASSED,
        as_of=None if asked.as_of is None else asked.as_of.isoformat(),
    )


def _meant(system: NormSystem | None) -> Iterator[tuple[Span, tuple[Case, Expected | None]]]:
    """By their places each expectation with its case; a case alone where nothing is expected in it."""
    for case in reversed(() if system is None else system.cases):  # of several at one place the first one counts
        for expected in reversed(case.expected):
            if expected.span is not None:
                yield expected.span, (case, expected)
        if not case.expected and case.span is not None:
            yield case.span, (case, None)


def _undecided(asked: Announced, expected: Expected, known: _ToldAt, stopped: str) -> Iterator[str]:
    """Why it is not known whether it holds; nothing where it is."""
    endings, left = known.endings.get(asked.place, ()), known.undecided.get(asked.place, ())
    if left or not endings or Ending.UNDECIDED in endings:
        yield from dict.fromkeys(note for finding in left for note in finding.notes) or (stopped or say(_OPEN),)
    elif isinstance(expected, _BINDING) and known.rest is not None:  # what binds may rest on whatever stays open
        yield from (say(_OPEN), known.rest)


def _placed(finding: Finding) -> str:
    line, column = finding.primary.span.begin
    place = f"{finding.primary.span.source.name}:{line}:{column}"
    return say("{message} ({place})", message=finding.message, place=place)


def _titles(reached: Sequence[ExercisedBy], reach: CaseReach) -> tuple[str, ...]:
    return tuple(dict.fromkeys(by.case.title for by in reached if by.reach is reach))


def _headings(system: NormSystem) -> Mapping[str, tuple[str, Span | None]]:
    """The titles and places of clauses, by label."""
    found: dict[str, tuple[str, Span | None]] = {}
    for norm in system.norms.values():
        if norm.id.document == system.subject:
            found.setdefault(norm.id.label, (norm.title, norm.span))
            for guard in norm.exceptions:
                if guard.label is not None:
                    found.setdefault(guard.label, ("", guard.span))
    return found
