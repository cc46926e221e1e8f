"""Proposals that bring the bound one clause sets on a result to where the other clause sets its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from cbm.core.expressions import NormId
from cbm.core.units import UNITS
from cbm.repair.editable_text import Proposal, Sheet
from cbm.resolve.severance import named
from cbm.source import Edit, Span
from cbm.syntax import ast
from cbm.syntax.ast import Relation
from cbm.translation.saying import say
from cbm.wording.clause_names import clause_name

_BELOW = (Relation.LESS, Relation.AT_MOST)
_ABOVE = (Relation.MORE, Relation.AT_LEAST)


@dataclass(frozen=True, slots=True)
class _Bound:
    """A result is kept at least, or (`most`) at most, at a value; `place` is where it is written."""

    result: str
    most: bool
    value: Fraction
    place: Span


def shifting(sheet: Sheet, one: NormId, other: NormId) -> Iterator[Proposal]:
    """The bounds of the one clause that a bound of the other makes impossible, each moved to that one."""
    for own in _bounds(sheet.clause(one).demand, one.act):
        for fixed in _bounds(sheet.clause(other).demand, other.act):
            low, high = (fixed, own) if own.most else (own, fixed)
            if own.result == fixed.result and own.most != fixed.most and low.value >= high.value:
                written = fixed.place.text
                words = say(
                    "bring the bound of {clause} to {value}, that of {other}",
                    clause=sheet.called(one),
                    value=written,
                    other=clause_name(sheet.system, other),
                )
                yield Proposal(words, (Edit(own.place, written),))


def _bounds(demand: ast.DemandNode, act: str) -> Iterator[_Bound]:
    """The fixed bounds of the results that are to be kept; `act`: of this one of several things listed."""
    for item in demand.items:
        if act and named(item) != act:
            continue
        match item:
            case ast.KeepItem(ast.Comparison(relation, ast.Path() as kept, ast.QuantityNode() as bound)):
                if relation in (*_BELOW, *_ABOVE):
                    yield _bound(kept, bound, relation in _BELOW)
            case ast.KeepItem(ast.Range(ast.Path() as kept, low, _, high, _)):
                if isinstance(low, ast.QuantityNode):
                    yield _bound(kept, low, most=False)
                if isinstance(high, ast.QuantityNode):
                    yield _bound(kept, high, most=True)
            case _:
                pass


def _bound(kept: ast.Path, bound: ast.QuantityNode, most: bool) -> _Bound:
    factor = UNITS[bound.unit].factor if bound.unit else Fraction(1)
    return _Bound(kept.span.text, most, bound.value * factor, bound.span)
