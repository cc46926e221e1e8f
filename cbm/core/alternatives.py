"""Alternatives to one expression: choices among the values of one variable become one choice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import overload

from cbm.core.expressions import Expr, Formula, IsIn, Or, disjunction
from cbm.core.sorts import KindSort
from cbm.core.variables import Variable


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


def _alternatives(parts: tuple[Expr, ...]) -> Iterator[Expr]:
    for part in parts:
        yield from part.parts if isinstance(part, Or) else (part,)


def _joined(one: IsIn, other: IsIn) -> IsIn:
    assert isinstance(one.variable.sort, KindSort)
    chosen = {*one.members, *other.members}
    return IsIn(one.variable, tuple(member for member in one.variable.sort.members if member in chosen))
