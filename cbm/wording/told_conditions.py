"""Which conditions are told, each once, and in which order a reader meets them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from cbm.core.declaration_order import declared, rank_of
from cbm.core.expressions import Compare, Expr, Flag, IsIn, Not, Order, Same
from cbm.core.norms import NormSystem
from cbm.core.sorts import KindSort
from cbm.core.substitution import mentioned
from cbm.core.variables import Attribute, Occurs, Performed, TimeOf, Variable
from cbm.core.viewpoints import seen
from cbm.ground.members import members
from cbm.records import LATEST, Itself
from cbm.wording.phrases import is_about_choices


def told_conditions(system: NormSystem, literals: Iterable[Expr]) -> list[Expr]:
    """Those a reader has to be told: whose units of what kind first, own before other, then places, then the rest."""
    told = [one for one in _without_occurring(_merged(literals)) if not _is_said_elsewhere(system, one)]
    return _in_reading_order(system, [_without_excluded(system, one, told) for one in told])


def identity(system: NormSystem) -> tuple[Variable, ...]:
    """What says which units meet: their party, and the axes of named values that every unit has."""
    return _identity(Itself(system))


@lru_cache(maxsize=LATEST)
def _identity(of: Itself[NormSystem]) -> tuple[Variable, ...]:
    system = of.thing
    party = () if system.situation.party is None else (system.situation.party,)
    known = system.situation.usual or system.situation.axes
    kinds = (axis for axis in known if isinstance(axis, Attribute) and isinstance(axis.sort, KindSort))
    own = (v for v in (*party, *kinds) if v.role is not None and not system.situation.is_view(v))
    each = dict.fromkeys(seen(variable, 0) for variable in own)
    return tuple(seen(variable, role) for variable in each for role in range(len(system.situation.roles)))


def is_range(one: Expr, other: Expr) -> bool:
    """Whether the two bound one quantity from both sides."""
    if not isinstance(one, Compare) or not isinstance(other, Compare) or Order.EQUAL in (one.order, other.order):
        return False
    return [v for _, v in one.terms] == [v for _, v in other.terms] and len(one.terms) == 1 and one.terms != other.terms


def _merged(literals: Iterable[Expr]) -> Iterator[Expr]:
    """Each literal once; what is said of the values of one variable is said at once, if it leaves any of them."""
    unique = list(_strictest(list(dict.fromkeys(literals))))
    chosen: dict[Variable, list[tuple[str, ...]]] = {}
    for literal in unique:
        match literal:
            case IsIn(variable, members):
                chosen.setdefault(variable, []).append(members)
            case Not(IsIn(variable, members)) if isinstance(variable.sort, KindSort):
                chosen.setdefault(variable, []).append(tuple(m for m in variable.sort.members if m not in members))
            case _:
                pass
    common = {v: tuple(m for m in first if all(m in some for some in rest)) for v, (first, *rest) in chosen.items()}
    told: set[Variable] = set()
    for literal in unique:
        core = literal.operand if isinstance(literal, Not) else literal
        if not isinstance(core, IsIn) or len(chosen[core.variable]) < 2 or not common[core.variable]:
            yield literal
        elif core.variable not in told:
            told.add(core.variable)
            yield IsIn(core.variable, common[core.variable])


def _strictest(literals: list[Expr]) -> Iterator[Expr]:
    """Without bounds that another bound of the same quantity implies, such as `at most 10 km` beside `under 10 km`."""
    strict: dict[object, Compare] = {}
    for literal in literals:
        if isinstance(literal, Compare) and literal.order is not Order.EQUAL:
            strict[literal.terms] = min(strict.get(literal.terms, literal), literal, key=_least)
    for literal in literals:
        equation = isinstance(literal, Compare) and literal.order is Order.EQUAL
        if equation or not isinstance(literal, Compare) or strict[literal.terms] is literal:
            yield literal


def _least(bound: Compare) -> tuple[Fraction, bool]:
    return bound.bound, bound.order is Order.AT_MOST


def _without_occurring(literals: Iterable[Expr]) -> Iterator[Expr]:
    """Without that something occurs of which is said when it does: readers take it to."""
    known = list(literals)
    timed = {v.event for one in known if isinstance(one, Compare) for v in mentioned(one) if isinstance(v, TimeOf)}
    for literal in known:
        match literal:
            case Flag(Occurs(event) | Performed(event)) if event in timed:
                pass
            case _:
                yield literal


def _is_said_elsewhere(system: NormSystem, literal: Expr) -> bool:
    """That units belong to the parties of the text under check; or what is taken of what is open in it.

    Of more than two units some may belong to others: which of them do not is told.
    """
    if is_about_choices(system, literal):
        return True
    text = system.texts[system.subject]
    closed = text.parties is not None and not text.binding and len(system.situation.roles) <= 2
    return (
        isinstance(literal, IsIn)
        and system.situation.tells_party(literal.variable)
        and closed
        and frozenset(members(text, system)) <= frozenset(literal.members)
    )


def _without_excluded(system: NormSystem, literal: Expr, told: Sequence[Expr]) -> Expr:
    """Without values that another variable has and an axiom denies this one: `Japan or China` beside `other: Japan`."""
    if not isinstance(literal, IsIn) or len(literal.members) < 2:
        return literal
    taken = {o.variable: o.members[0] for o in told if isinstance(o, IsIn) and len(o.members) == 1}
    apart = _told_apart(Itself(system)).get(literal.variable, ()) if taken else ()
    excluded = {taken[other] for other in apart if other in taken}
    left = tuple(m for m in literal.members if m not in excluded)
    return IsIn(literal.variable, left) if left else literal


@lru_cache(maxsize=LATEST)
def _told_apart(of: Itself[NormSystem]) -> Mapping[Variable, tuple[Variable, ...]]:
    """For a variable those that never have its value, as an axiom says: the parties of two units, as a rule."""
    found: dict[Variable, tuple[Variable, ...]] = {}
    for axiom in of.thing.axioms:
        match axiom.condition:
            case Not(Same(one, other)) if axiom.document is None:
                found[one] = (*found.get(one, ()), other)
                found[other] = (*found.get(other, ()), one)
            case _:
                pass
    return found


def _in_reading_order(system: NormSystem, literals: Iterable[Expr]) -> list[Expr]:
    known, names = identity(system), declared(system)
    axes: list[object] = list(system.situation.axes)

    def key(literal: Expr) -> tuple[Any, ...]:
        first = next(iter(mentioned(literal)), None)
        if first is None:
            return (3,)
        if first in known:
            return (0, known.index(first))
        return (1, axes.index(first)) if first in axes else (2, rank_of(first, names))

    return sorted(literals, key=key)
