"""Flags of conduct that are wanted one way only: what is so wanted is done, and nothing is left to choose.

Where conduct is asked for, a flag that formulas speak of only as set, or only as not set, can be so: whatever conduct
meets them, the same one with this flag does as well (the pure literal rule of Davis and Putnam, 1960).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cbm.core.expressions import And, Flag, Formula, Not, Or
from cbm.core.substitution import substitute
from cbm.core.variables import Variable

_Ways = tuple[frozenset[Variable], frozenset[Variable]]
_NOWHERE: _Ways = (frozenset(), frozenset())


def without_one_way(formulas: Sequence[Formula], conduct: Collection[Variable]) -> tuple[Formula, ...]:
    """The formulas said of the rest: they hold for some conduct exactly where those given do."""
    chosen, left = frozenset(conduct), tuple(formulas)
    while True:
        ways = [_ways(formula) for formula in left]
        wanted = frozenset[Variable]().union(*(one for one, _ in ways))
        unwanted = frozenset[Variable]().union(*(other for _, other in ways))
        settled = {v: v in wanted for v in chosen & (wanted ^ unwanted)}
        if not settled:
            return left
        left = tuple(substitute(formula, settled) for formula in left)


def _ways(formula: Formula) -> _Ways:
    """The flags that it speaks of as set, and those that it speaks of as not set; kept with it."""
    known: _Ways | None = formula.kept("ways")
    if known is None:
        known = _found(formula)
        formula.keep("ways", known)
    return known


def _found(formula: Formula) -> _Ways:
    match formula:
        case Flag(variable):
            return frozenset((variable,)), frozenset()
        case Not(operand):
            wanted, unwanted = _ways(operand)
            return unwanted, wanted
        case And(parts) | Or(parts):
            ways = [_ways(part) for part in parts]
            return (
                frozenset[Variable]().union(*(one for one, _ in ways)),
                frozenset[Variable]().union(*(other for _, other in ways)),
            )
        case _:
            return _NOWHERE
