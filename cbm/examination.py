"""One system to all that is found in it: the checks in shares of work, then what stands behind the green answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from typing import Any

from cbm.checks import CHECKS, RULES, attestation, expectation, inconsistent_vocabulary, undecided
from cbm.decide.crew import Crew, shares_of
from cbm.decide.inquiry import Inquiry, inquire
from cbm.finding import Attestation, Finding, Label, Pairs, Question, Severity
from cbm.semantics.core import TRUE, FindingExpected, NormSystem
from cbm.semantics.faults import suggestion
from cbm.smt.journal import asking

# A check is asked for in shares; texts that make fewer of them take less than a second or two.
FEWEST = 14

# Hears which text is asked about for the sake of which rule, and how many shares of how many are done.
Progress = Callable[[str, str, int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the check of one subject adds to the report."""

    findings: tuple[Finding, ...]
    questions: tuple[Question, ...] = ()
    clauses: int = 0
    as_of: date | None = None
    attestations: tuple[Attestation, ...] = ()
    pairs: Pairs = Pairs()


def examined(system: NormSystem, executor: Executor | None = None, progress: Progress | None = None) -> Outcome:
    """Asks every question about one system, and what stands behind the answers that find nothing."""
    with asking(system=system):
        return _answered(system, executor, progress)


def _answered(system: NormSystem, executor: Executor | None, progress: Progress | None) -> Outcome:
    unknown = tuple(_unknown_rules(system))
    if unknown:
        return Outcome(unknown)
    empty = inconsistent_vocabulary.empty_worlds(system)
    if empty:
        return Outcome(empty, (Question(inconsistent_vocabulary.RULE.id, "does any encounter exist", "found"),))

    def crew(*rules: str) -> Crew:
        return Crew(executor, None if progress is None else _watch(progress, system.subject, rules))

    inquiry = inquire(system, crew("conflict"))
    with asking(rule=inconsistent_vocabulary.RULE.id):
        found = list(inconsistent_vocabulary.check(inquiry))
    _prepare(inquiry, crew)
    shares = list(_shares(inquiry))
    inquiry.crew = crew(*(CHECKS[number].rule for number, _ in shares))
    for part in inquiry.each(_find, shares, FEWEST):
        found += part
    found.extend(expectation.compare_findings(inquiry, found))
    inquiry.crew = crew("")
    attested = attestation.attest(inquiry, found)
    found.extend(undecided.check(inquiry))
    return Outcome(tuple(found), tuple(inquiry.questions), attestations=attested.attestations, pairs=attested.pairs)


def _prepare(inquiry: Inquiry, crew: Callable[[str], Crew]) -> None:
    """Looks for what several shares of the work start from, so that none of them has to."""
    for case in inquiry.system.cases:
        inquiry.crew = crew("expectation")
        inquiry.on(case.as_of)
    inquiry.crew = crew("deadlock")
    inquiry.deadlocks()
    inquiry.crew = crew("redundancy")
    for about in inquiry.strict:
        inquiry.needed(about.bearer)


# A check by its position, and the pieces of it that are asked about; none where it is asked for at once.
Share = tuple[int, Sequence[Any] | None]


def _shares(inquiry: Inquiry) -> Iterator[Share]:
    for number, check in enumerate(CHECKS):
        if check.pieces is None:
            yield number, None
        else:
            yield from ((number, pieces) for pieces in shares_of(check.pieces(inquiry), check.share))


def _find(inquiry: Inquiry, share: Share) -> list[Finding]:
    number, pieces = share
    check = CHECKS[number]
    with asking(system=inquiry.system, rule=check.rule):
        if pieces is None:
            return list(check.find(inquiry))
        return [finding for piece in pieces for finding in check.find(inquiry, piece)]


def _watch(progress: Progress, text: str, rules: Sequence[str]) -> Callable[[int, int], None]:
    """Tells for the sake of which rule the next share is asked, or any of them if they serve one rule."""

    def watch(done: int, of: int) -> None:
        progress(text, rules[min(done, len(rules) - 1)], done, of)

    return watch


def _unknown_rules(system: NormSystem) -> Iterable[Finding]:
    for case in system.cases:
        for expected in case.expected:
            if isinstance(expected, FindingExpected) and expected.rule not in RULES and expected.span is not None:
                message = f"no finding is called `{expected.rule}`"
                remedies = suggestion(expected.rule, RULES)
                yield Finding("undefined", Severity.ERROR, message, Label(expected.span), remedies=remedies)
            elif isinstance(expected, FindingExpected) and expected.span is not None:
                unread = "`for`" if expected.topics and expected.rule != "gap" else ""
                if expected.condition != TRUE and expected.rule not in expectation.WITH_EXTENT:
                    unread = "`when`"
                if unread:
                    message = f"{unread} cannot be said of an expected `{expected.rule}`, which is of the whole text"
                    yield Finding("type-mismatch", Severity.ERROR, message, Label(expected.span))
