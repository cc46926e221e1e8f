"""A region of encounter types as maximal boxes: products of values of the axes, as few as a greedy choice needs.

A type belongs to the region if some situation of that type meets the conditions. A refused type excludes a whole
box of types at once (the part of it that the refusal needs); an accepted one is moved along the axes by evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from cbm.decide.implicant import true_at
from cbm.semantics.core import Expr, Flag, FlagSort, IsIn, KindSort, Variable, negation
from cbm.semantics.substitute import Value, variables
from cbm.smt.solve import Sat, Solver, Unknown, Unsat

Type = tuple[str, ...]
# More types of encounter than this are not gone through one by one.
TYPES = 100_000
FLAG_VALUES = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Box:
    """One set of values for each axis, in the order of the kind; `types` are those of the region inside."""

    sides: tuple[tuple[str, ...], ...]
    types: frozenset[Type]


def values_of(axis: Variable) -> tuple[str, ...]:
    """The values of an axis, in order; a flag has two."""
    match axis.sort:
        case KindSort(_, members):
            return members
        case FlagSort():
            return FLAG_VALUES
        case _:
            raise TypeError(f"{axis.name} is no axis")


def literal(axis: Variable, values: tuple[str, ...]) -> Expr:
    """The axis has one of these values."""
    if isinstance(axis.sort, KindSort):
        return IsIn(axis, values)
    return Flag(axis) if values == ("yes",) else negation(Flag(axis))


Ask = Callable[..., Mapping[Variable, Value] | Unsat | Unknown]


def types_in(
    axes: tuple[Variable, ...], ask: Ask, formulas: tuple[Expr, ...], among: Collection[Type] | None = None
) -> set[Type] | Unknown:
    """The types in which some situation belongs to the region; where `among` is given, complete for these only.

    `ask` takes literals that name a box and returns such a situation there, with all variables of `formulas`, or a
    refusal. `formulas` are true exactly in the region; none, if it is not told by formulas over the situation.
    """
    count = prod(len(values_of(axis)) for axis in axes)
    if count > TYPES:
        return Unknown(f"there are {count:,} types of encounter to tell apart, and at most {TYPES:,} are looked at")
    inside: set[Type] = set()
    outside: set[Type] = set()
    about = [[f for f in formulas if axis in set(variables(f))] for axis in axes]
    for cell in product(*map(values_of, axes)):
        if cell in inside or cell in outside or (among is not None and cell not in among):
            continue
        literals = {literal(axis, (value,)): i for i, (axis, value) in enumerate(zip(axes, cell, strict=True))}
        answer = ask(*literals)
        match answer:
            case Unknown():
                return answer
            case Unsat(core):
                needs = {literals[part] for part in core}
                sides = [(cell[i],) if i in needs else values_of(axis) for i, axis in enumerate(axes)]
                outside.update(product(*sides))
            case _:
                inside.add(cell)
                if formulas:
                    inside.update(_reached(axes, cell, dict(answer), about, inside | outside))
    return inside


def situations(solver: Solver, formulas: tuple[Expr, ...], axes: tuple[Variable, ...]) -> Ask:
    """`ask` for a region told by formulas, which the solver requires."""
    needed = list(dict.fromkeys([*(v for f in formulas for v in variables(f)), *axes]))

    def ask(*literals: Expr) -> Mapping[Variable, Value] | Unsat | Unknown:
        answer = solver.decide(*literals)
        return answer.values(needed) if isinstance(answer, Sat) else answer

    return ask


def boxes(axes: tuple[Variable, ...], region: set[Type], spare: set[Type]) -> Iterator[Box]:
    """Maximal boxes that cover the region and hold nothing but region and spare types; largest gain first."""
    allowed = region | spare
    left = set(region)
    while left:
        start = min(left, key=lambda cell: [values_of(a).index(v) for a, v in zip(axes, cell, strict=True)])
        grown = [_grown(axes, start, allowed, order) for order in _orders(len(axes))]
        sides = max(grown, key=lambda s: (len(left & set(product(*s))), -_size(s)))
        covered = set(product(*sides)) & region
        left -= covered
        yield Box(sides, frozenset(covered))


def _grown(
    axes: tuple[Variable, ...], start: Type, allowed: set[Type], order: tuple[int, ...]
) -> tuple[tuple[str, ...], ...]:
    sides = [[value] for value in start]
    for i in order:
        for value in values_of(axes[i]):
            if value not in sides[i]:
                extended = [[value] if j == i else side for j, side in enumerate(sides)]
                if all(cell in allowed for cell in product(*extended)):
                    sides[i].append(value)
    return tuple(
        tuple(value for value in values_of(axis) if value in side) for axis, side in zip(axes, sides, strict=True)
    )


def _orders(count: int) -> Iterable[tuple[int, ...]]:
    """Each axis first once, the others after it in turn: enough variety without all permutations."""
    return [tuple((first + step) % count for step in range(count)) for first in range(count)] or [()]


def _size(sides: tuple[tuple[str, ...], ...]) -> int:
    size = 1
    for side in sides:
        size *= len(side)
    return size


def _reached(
    axes: tuple[Variable, ...],
    cell: Type,
    point: dict[Variable, Value],
    about: list[list[Expr]],
    known: set[Type],
) -> set[Type]:
    """The types reached from a situation of the region by changing one axis after the other without leaving it.

    `about` are the formulas that mention each axis: only they can become false when it changes.
    """
    reached: set[Type] = set()
    waiting = [(cell, point)]
    while waiting:
        cell, point = waiting.pop()
        for i, axis in enumerate(axes):
            for value in values_of(axis):
                other = (*cell[:i], value, *cell[i + 1 :])
                if other not in known and other not in reached:
                    moved = point | {axis: value if isinstance(axis.sort, KindSort) else value == "yes"}
                    if all(true_at(formula, moved) for formula in about[i]):
                        reached.add(other)
                        waiting.append((other, moved))
    return reached
