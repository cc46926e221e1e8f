"""What is found in a text, in such a form that what is found after a change of it can be held against that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from cbm.checking.check_shares import OF_CASES, in_turn, piece_by_piece
from cbm.checking.passes import left_undecided, unmet
from cbm.checks import gap
from cbm.core.norms import expectations
from cbm.finding import Finding, RuleId
from cbm.inquiry import Inquiry
from cbm.repair.finding_matters import Opening
from cbm.syntax import ast
from cbm.wording.acts_together import told_once
from cbm.wording.findings import attestations

# Clashes are known before anything is asked; gaps are compared by encounters, and what cases expect when all else was
# found.
CLASHES = frozenset((RuleId.CONFLICT, RuleId.AGREEMENT_CONFLICT, RuleId.IMPOSSIBLE_DUTY))
REST = frozenset(RuleId) - CLASHES - OF_CASES - {RuleId.GAP}
# What topics show is asked for by the rule that compares them, and not here.
SHOWN_BY = frozenset(RuleId) - {RuleId.GAP}

# What tells findings apart, and at least how grave they are.
Key = tuple[str, ...]


@dataclass(slots=True)
class Footing:
    """The texts by name, and what was found in one of them before anything is changed.

    `editable` are the names of the sources that may be changed. `by_piece` is what was found in each piece of a check.
    `openings` are the gaps that were told. `apart` says whether the same is found of groups of clauses, each alone;
    None where that was not asked yet.
    """

    documents: Mapping[str, ast.Document]
    editable: frozenset[str]
    inquiry: Inquiry
    found: tuple[Finding, ...]
    by_piece: Mapping[tuple[RuleId, object], Sequence[Finding]]
    findings: tuple[Finding, ...]
    openings: Mapping[Finding, Opening]
    known: Counter[Key]
    failed: frozenset[tuple[str, str]]
    doubtful: frozenset[Key]
    apart: bool | None = None

    def found_in(self, wanted: Callable[[RuleId, object], bool]) -> list[Finding]:
        """What was found in these pieces of checks, before any of it is told together."""
        return [finding for piece, found in self.by_piece.items() if wanted(*piece) for finding in found]


@dataclass(slots=True)
class FindingCounts:
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
    pieces = piece_by_piece(inquiry, CLASHES | REST)
    by_piece: dict[tuple[RuleId, object], list[Finding]] = {(rule, piece): find() for rule, piece, find in pieces}
    found = [*chain.from_iterable(by_piece.values()), *openings]
    failing = of_cases(inquiry, found)
    doubtful = frozenset(not_shown(inquiry, found))
    found += [*failing, *left_undecided(inquiry)]
    tally = FindingCounts()
    for finding in found:
        tally.add(finding)
    places = {finding.primary.span for finding in failing}
    return Footing(
        documents=documents,
        editable=editable,
        inquiry=inquiry,
        found=tuple(found),
        by_piece=by_piece,
        findings=tuple(dict.fromkeys(told_once(inquiry.system, found))),
        openings={finding: opening for finding, opening in openings.items() if opening is not None},
        known=tally.counts,
        failed=frozenset((case.title, e.words) for case, e in expectations(inquiry.system) if e.span in places),
        doubtful=doubtful,
    )


def of_cases(inquiry: Inquiry, found: list[Finding]) -> list[Finding]:
    """The expectations that fail, where all this was found."""
    return [*in_turn(inquiry, OF_CASES), *unmet(inquiry, OF_CASES, found)]


def not_shown(inquiry: Inquiry, found: list[Finding], rules: Collection[RuleId] = SHOWN_BY) -> Iterator[Key]:
    """Clauses, pairs of them and expectations of which no encounter shows that they hold, as far as rules serve."""
    for attested in attestations.attest(inquiry, found, rules).attestations:
        if not attested.shown:
            yield attested.kind, *(attested.clauses or (attested.statement,))
