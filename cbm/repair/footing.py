"""What is found in a text, in such a form that what is found after a change of it can be held against that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from cbm.checks import (
    CHECKS,
    Check,
    agreement_conflict,
    conflict,
    expectation,
    gap,
    impossible_duty,
    reachable,
    undecided,
)
from cbm.checks.gap import Opening
from cbm.core.norms import Case, Expected
from cbm.examination import on_date
from cbm.finding import Finding, Green, RuleId
from cbm.inquiry import Inquiry
from cbm.syntax import ast
from cbm.wording import attestations

# Clashes are known before anything is asked; gaps are compared by encounters, and what cases expect when all else was
# found.
CLASHES = (conflict.RULE.id, agreement_conflict.RULE.id, impossible_duty.RULE.id)
_APART = (*CLASHES, gap.RULE.id, expectation.RULE.id, reachable.IMPOSSIBLE.id)

# What tells findings apart, and at least how grave they are.
Key = tuple[str, ...]


@dataclass(slots=True)
class Footing:
    """The texts by name, and what was found in one of them before anything is changed.

    `editable` are the names of the sources that may be changed. `openings` are the gaps that were told.
    """

    documents: Mapping[str, ast.Document]
    editable: frozenset[str]
    inquiry: Inquiry
    findings: tuple[Finding, ...]
    openings: Mapping[Finding, Opening]
    known: Counter[Key]
    failed: frozenset[tuple[str, str]]
    doubtful: frozenset[Key]


@dataclass(slots=True)
class Tally:
    """Counts findings while they come in, each once, by key and by gravity."""

    counts: Counter[Key] = field(default_factory=Counter)
    _seen: set[Finding] = field(default_factory=set)

    def add(self, finding: Finding) -> list[Key]:
        """The keys under which the finding counts, all raised by one; none if it came in before."""
        if finding in self._seen:
            return []
        self._seen.add(finding)
        keys = [(str(weight), *key_of(finding)) for weight in range(1, finding.severity.weight + 1)]
        self.counts.update(keys)
        return keys


def key_of(finding: Finding) -> Key:
    """The rule and the clauses; what is about no clause by its words, a redundant clause whatever makes it so."""
    if finding.rule is RuleId.REDUNDANCY:
        return finding.rule, finding.clauses[0]
    return (finding.rule, *(finding.clauses or (finding.message,)))


def footing(documents: Mapping[str, ast.Document], editable: frozenset[str], inquiry: Inquiry) -> Footing:
    """Asks everything about the text once."""
    openings = dict(gap.told(inquiry, gap.pieces(inquiry)))
    clashes = (check for check in CHECKS if check.rule in CLASHES)
    found = [*(f for check in clashes for f in _asked(inquiry, check)), *asked(inquiry, ""), *openings]
    failing = [*of_cases(inquiry, found)]
    doubtful = frozenset(not_shown(inquiry, found))
    found += [*failing, *undecided.check(inquiry)]
    tally = Tally()
    for finding in found:
        tally.add(finding)
    places = {finding.primary.span for finding in failing}
    return Footing(
        documents,
        editable,
        inquiry,
        tuple(dict.fromkeys(found)),
        {finding: opening for finding, opening in openings.items() if opening is not None},
        tally.counts,
        frozenset((case.title, e.words) for case, e in expectations(inquiry) if e.span in places),
        doubtful,
    )


def asked(inquiry: Inquiry, first: str) -> Iterator[Finding]:
    """What all checks find but those of clashes, gaps and cases; the rule named first is asked first."""
    checks = (check for check in CHECKS if check.rule not in _APART)
    for check in sorted(checks, key=lambda check: check.rule != first):
        yield from _asked(inquiry, check)


def _asked(inquiry: Inquiry, check: Check) -> Iterator[Finding]:
    return check.find(inquiry, *(() if check.pieces is None else (check.pieces(inquiry),)))


def of_cases(inquiry: Inquiry, found: list[Finding]) -> Iterator[Finding]:
    """The expectations that fail, where all this was found."""
    yield from expectation.check(inquiry)
    yield from reachable.check(inquiry)
    yield from expectation.compare_findings(inquiry, found, partial(on_date, inquiry))


def expectations(inquiry: Inquiry) -> Iterator[tuple[Case, Expected]]:
    """Everything that cases expect."""
    return ((case, expected) for case in inquiry.system.cases for expected in case.expected)


def not_shown(inquiry: Inquiry, found: list[Finding]) -> Iterator[Key]:
    """Clauses, pairs of them and expectations of which no encounter shows that they hold."""
    for attested in attestations.attest(inquiry, found).attestations:
        if not attested.shown and attested.kind is not Green.TOPIC:
            yield attested.kind, *(attested.clauses or (attested.statement,))
