"""Findings that say the same of several wordings of the same clauses: told as one, with what the first of them shows.

So an example, conditions and ways out are looked for once, and of the other wordings only on which packages it is so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem
from cbm.finding import Finding
from cbm.search.open_readings import ReadingCubes
from cbm.smt.solve import Unknown
from cbm.source import Span


def told_as_one(system: NormSystem, one: Finding, other: Finding) -> bool:
    """Whether two findings of the same clauses, each of other wordings, will be told as one (`merged_findings`)."""
    if (one.rule, one.severity, one.message) != (other.rule, other.severity, other.message):
        return False
    if place_of(one) == place_of(other):
        return True
    spans = {str(identity): norm.span for identity, norm in system.norms.items()}
    return is_in_wording(spans, one) and is_in_wording(spans, other)


def place_of(finding: Finding) -> tuple[str, int]:
    """Where it is told."""
    span = finding.primary.span
    return span.source.name, span.start


def is_in_wording(spans: Mapping[str, Span | None], finding: Finding) -> bool:
    """Whether its place is in one of the clauses that it is about, which stand at these places."""
    of_clauses = (spans.get(clause) for clause in finding.clauses)
    return any(span is not None and span.covers(finding.primary.span) for span in of_clauses)


def are_same_clauses(some: Collection[NormId], others: Collection[NormId]) -> bool:
    """Whether these are other wordings of the same clauses, or other acts of them."""
    return some != others and [norm.unworded for norm in some] == [norm.unworded for norm in others]


def depends_on_choices(on: ReadingCubes | Unknown | None) -> bool:
    """Whether it depends on what is taken of what is open in a text, and on no other open term: it weighs the same."""
    return isinstance(on, ReadingCubes) and all(term.choice is not None for term in on.terms)
