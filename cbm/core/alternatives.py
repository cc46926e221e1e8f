"""Alternatives to one expression: choices among the values of one variable become one choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import overload

from cbm.core.expressions import TRUE, And, Expr, Formula, IsIn, Or, conjunction, disjunction
from cbm.core.sorts import KindSort
from cbm.core.variables import Origin, Variable


@overload
def either(*parts: Formula) -> Formula: ...
@overload
def either(*parts: Expr) -> Expr: ...
def either(*parts: Expr) -> Expr:
    """At least one of these. `own.craft is a` or `own.craft is b` says that `own.craft` is one of the two."""
    merged: dict[Variable, IsIn] = {}
    for part in _alternatives(parts):
        if isinstance(part, IsIn):
            earlier = merged.get(part.variable)
            merged[part.variable] = part if earlier is None else _joined(earlier, part)
    return disjunction(
        *dict.fromkeys(merged[part.variable] if isinstance(part, IsIn) else part for part in _alternatives(parts))
    )


def on_any_reading(formulas: Iterable[Formula]) -> Formula:
    """At least one of these; what is so on several readings of one term, and is else the same, is said once.

    So clauses that differ in what they ask for, and not in when they bind, say together when one of them does: without
    what is taken of the choice among them, where one of them stands whatever is.
    """
    left = list(dict.fromkeys(formulas))
    while (pair := _on_two_readings(left)) is not None:
        place, other, both = pair
        left[place] = both
        del left[other]
    return disjunction(*left)


def _on_two_readings(formulas: list[Formula]) -> tuple[int, int, Formula] | None:
    """The first two that differ in a reading alone, and what both say; None if there are none."""
    known: dict[tuple[Variable, frozenset[Formula]], tuple[int, IsIn]] = {}
    for number, formula in enumerate(formulas):
        parts = _parts(formula)
        for read in (part for part in parts if isinstance(part, IsIn) and part.variable.origin is Origin.READING):
            rest = frozenset(part for part in parts if part is not read)
            place, earlier = known.setdefault((read.variable, rest), (number, read))
            if place != number:
                said = _joined(earlier, read)
                whole = isinstance(said.variable.sort, KindSort) and said.members == said.variable.sort.members
                both = TRUE if whole else said
                return place, number, conjunction(*(both if p is earlier else p for p in _parts(formulas[place])))
    return None


def _parts(formula: Formula) -> tuple[Formula, ...]:
    return formula.parts if isinstance(formula, And) else (formula,)


def _alternatives(parts: tuple[Expr, ...]) -> Iterator[Expr]:
    for part in parts:
        yield from part.parts if isinstance(part, Or) else (part,)


def _joined(one: IsIn, other: IsIn) -> IsIn:
    assert isinstance(one.variable.sort, KindSort)
    chosen = {*one.members, *other.members}
    return IsIn(one.variable, tuple(member for member in one.variable.sort.members if member in chosen))
