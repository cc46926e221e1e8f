"""Clauses that say only how or when something is done, where what is found is that nothing governs it."""

from __future__ import annotations

from collections.abc import Sequence

from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem
from cbm.translation.saying import say_count
from cbm.wording.clause_names import clause_names, names_of


def saying_how(system: NormSystem, clauses: Sequence[NormId]) -> str:
    """`clause 3 says only how or when something is done, and that leaves it open`."""
    return say_count(
        "{clauses} says only how or when something is done, and that leaves it open",
        "{clauses} say only how or when something is done, and that leaves it open",
        len(names_of(system, clauses)),
        clauses=clause_names(system, clauses),
    )
