"""What a system speaks of, and the finite choices of values and doings that leave out nothing it can tell apart.

A quantity needs a value at, between and beside all the bounds it is compared with. Where quantities are compared with
each other, the one chosen later needs a value between all sums that those chosen before can form with whole numbers:
the first of such a group goes in halves, the next in quarters, and so on, what is found before what is decided.
That is exact when bounds, ranges and coefficients are whole and two quantities are compared by their difference. Where
they are fractions, everything goes in steps of their common denominator instead of whole ones; `grid` refuses sums.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations
from math import ceil, floor, lcm
from typing import TypeVar

from cbm.core.expressions import And, Binds, Compare, Does, Expr, Flag, IsIn, NormId, Not, Or, Same, States
from cbm.core.norms import NormSystem, Text
from cbm.core.roles import rotate
from cbm.core.sorts import NumberSort
from cbm.core.variables import MessagePart, Variable
from cbm.evaluate.complete_episode import Doing
from cbm.evaluate.possible_episodes import axioms
from cbm.records import replace
from cbm.wording.variable_names import variable_name

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Deed:
    """An act as done by a role: one of the things an episode is made of, beside its variables."""

    act: str
    role: int


Part = Variable | Deed


# ---- what is spoken of


def said(system: NormSystem, role: int) -> frozenset[Expr]:
    """The atoms of all that decides what binds this role, what fulfils it, what can occur and what is promised."""
    view = role if system.situation.interchangeable else 0
    found = [atoms(axiom, seen, system) for axiom, seen in axioms(system)]
    for promise in system.coverage:
        found += [atoms(promise.condition, view, system), _parties(system.texts[promise.document], system)]
    for norm in system.norms.values():
        if norm.rotates or norm.bearer == role:
            found.append(asked(norm.id, role, system))
            contents = (norm.content, *(step.content for step in norm.otherwise))
            found += [atoms(content, role if norm.rotates else 0, system) for content in contents]
    return frozenset(chain.from_iterable(found))


def atoms(expression: Expr, role: int, system: NormSystem) -> Iterator[Expr]:
    """What an expression read from `role` is built from, with absolute roles; being bound is taken apart too."""
    match rotate(expression, role, len(system.situation.roles)):
        case Not(operand):
            yield from atoms(operand, 0, system)
        case And(parts) | Or(parts):
            for part in parts:
                yield from atoms(part, 0, system)
        case Does(_, _, manner) as deed:
            yield deed
            yield from atoms(manner, 0, system)
        case Binds(norm, bearer):
            yield from asked(norm, bearer, system)
        case atom:
            yield atom


def asked(norm_id: NormId, role: int, system: NormSystem) -> Iterator[Expr]:
    """The atoms that decide whether a norm binds this role."""
    norm = system.norms[norm_id]
    if not norm.rotates and norm.bearer != role:
        return
    for guard in (*norm.guards, *norm.exceptions):
        yield from atoms(guard.condition, role if norm.rotates else 0, system)
    yield from _parties(system.texts[norm_id.document], system)
    for edge in system.displacements:
        if edge.of == norm_id:
            for bearer in range(len(system.situation.roles)) if edge.both else (role,):
                yield from asked(edge.by, bearer, system)


def _parties(text: Text, system: NormSystem) -> Iterator[Expr]:
    party = system.situation.party
    if party is not None and text.parties is not None:
        members = tuple(sorted(text.parties))
        yield from (IsIn(replace(party, role=role), members) for role in range(len(system.situation.roles)))


def parts(spoken: Iterable[Expr]) -> frozenset[Part]:
    """The variables and deeds in some atoms."""
    found: set[Part] = set()
    for atom in spoken:
        match atom:
            case Flag(variable) | IsIn(variable):
                found.add(variable)
            case Same(left, right):
                found |= {left, right}
            case Compare(terms):
                found |= {variable for _, variable in terms}
            case Does(act, role):
                found.add(Deed(act, role))
            case _:
                pass
    return frozenset(found)


# ---- choices


def doings(deed: Deed, spoken: Iterable[Expr], often: bool) -> tuple[frozenset[Doing], ...]:
    """Every way to do an act or leave it: at most once, or as often as there are different things to state."""
    manners = [atom.manner for atom in spoken if isinstance(atom, Does) and atom.act == deed.act]
    items = sorted({item for manner in manners for item in _items(manner)}, key=str)
    messages = [Doing(deed.act, deed.role, frozenset(some)) for some in _subsets(items)]
    return tuple(frozenset(some) for some in _subsets(messages) if often or len(some) <= 1)


def grid(
    spoken: Iterable[Expr], decided: Container[Part] = (), finer: int = 1
) -> Mapping[Variable, tuple[Fraction, ...]]:
    """Values of each quantity in these atoms; a ValueError if no grid of this kind would be fine enough.

    `finer` cuts each step of what is not a count into so many more.
    """
    comparisons = [atom for atom in spoken if isinstance(atom, Compare)]
    whole = {v for c in comparisons for _, v in c.terms if _sort(v).whole}
    groups: list[tuple[set[Variable], int]] = []  # compared with each other, directly or not; their denominator
    for comparison in comparisons:
        group, denominator = {v for _, v in comparison.terms} - whole, _denominator(comparison)
        for other in [g for g in groups if g[0] & group]:
            groups.remove(other)
            group, denominator = group | other[0], lcm(denominator, other[1])
        groups += [(group, denominator)] if group else []
    values = {variable: _steps(_sort(variable), 1) for variable in whole}
    for group, denominator in groups:
        step = lcm(denominator, *(end.denominator for v in group for end in _ends(_sort(v))))
        ranked = sorted(group, key=lambda v: (v in decided, variable_name(v), v.role or 0))
        values |= {v: _steps(_sort(v), step * finer * 2**rank) for rank, v in enumerate(ranked, 1)}
    return values


def _denominator(comparison: Compare) -> int:
    """Of everything the comparison compares quantities with, each of them taken once."""
    real = [coefficient for coefficient, variable in comparison.terms if not _sort(variable).whole]
    if len(real) > 2 or sum(real) not in (0, *real[:1]):
        raise ValueError(f"no grid is known to be fine enough for {comparison}")
    taken = abs(real[0]) if real else 1
    counted = [coefficient for coefficient, variable in comparison.terms if _sort(variable).whole]
    return lcm(*((number / taken).denominator for number in (comparison.bound, *counted)))


def _ends(sort: NumberSort) -> tuple[Fraction, Fraction]:
    if sort.low is None or sort.high is None:
        raise ValueError(f"a grid needs ends, not {sort.low} and {sort.high}")
    return sort.low, sort.high


def _steps(sort: NumberSort, denominator: int) -> tuple[Fraction, ...]:
    """From end to end; both are whole numbers of steps, except that a count begins and ends inside its range."""
    low, high = _ends(sort)
    return tuple(Fraction(n, denominator) for n in range(ceil(low * denominator), floor(high * denominator) + 1))


def _sort(variable: Variable) -> NumberSort:
    assert isinstance(variable.sort, NumberSort)
    return variable.sort


def _items(manner: Expr) -> Iterator[MessagePart]:
    match manner:
        case States(item):
            yield item
        case Not(operand):
            yield from _items(operand)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _items(part)
        case _:
            pass


def _subsets(things: Iterable[T]) -> Iterator[tuple[T, ...]]:
    known = list(things)
    return chain.from_iterable(combinations(known, size) for size in range(len(known) + 1))
