"""The conflicts of all bearers, found again by the clauses in them, and what prevails in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cbm.conflicts.all_conflicts import ConflictSet
from cbm.conflicts.precedence import prevailing
from cbm.core.expressions import NormId
from cbm.ground.grounding import Ground
from cbm.records import Record
from cbm.search.open_questions import Undecided


class Standing(Record):
    """The conflicts of all bearers, and what prevails: when the `must`s are looked at alone, and with the `should`s."""

    clashes: tuple[ConflictSet, ...]
    strict: tuple[Ground, ...]
    advised: tuple[Ground, ...]
    by_clauses: Mapping[frozenset[NormId], tuple[ConflictSet, ...]]
    by_unworded: Mapping[frozenset[NormId], tuple[ConflictSet, ...]]  # the same, however the clauses are worded
    by_norm: Mapping[NormId, Sequence[int]]  # the positions of the conflicts in which it takes part
    clashing: frozenset[NormId]  # all norms of the conflicts, and those of which it is not known


def what_prevails(
    grounds: tuple[Ground, ...], clashes: tuple[ConflictSet, ...], undecided: tuple[Undecided, ...]
) -> Standing:
    """Puts together what was found, and what stays open, of all bearers."""
    left_open = (norm for left in undecided for norm in left.norms)
    clashing = frozenset((*left_open, *(norm for clash in clashes for norm in clash.takes_part)))
    strict, advised = (
        tuple(prevailing(about, clashes, advised, clashing) for about in grounds) for advised in (False, True)
    )
    by_clauses: dict[frozenset[NormId], tuple[ConflictSet, ...]] = {}
    by_unworded: dict[frozenset[NormId], tuple[ConflictSet, ...]] = {}
    by_norm: dict[NormId, list[int]] = {}
    for position, clash in enumerate(clashes):
        members = frozenset(norm.clause for norm in clash.takes_part)
        by_clauses[members] = (*by_clauses.get(members, ()), clash)
        unworded = frozenset(norm.unworded for norm in clash.takes_part)
        by_unworded[unworded] = (*by_unworded.get(unworded, ()), clash)
        for norm in clash.takes_part:
            by_norm.setdefault(norm, []).append(position)
    return Standing(clashes, strict, advised, by_clauses, by_unworded, by_norm, clashing)
