"""Which types of encounter belong to a region, and the region as maximal boxes: products of values of the axes.

A type belongs to the region if some situation of that type meets the conditions. A refused type excludes a whole
box of types at once (the part of it that the refusal needs); an accepted one is moved along all axes by evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cbm.core.expressions import Formula
from cbm.core.substitution import Value, variables
from cbm.core.variables import Variable
from cbm.coverage.types.axes import FLAG_VALUES as FLAG_VALUES
from cbm.coverage.types.axes import Divider, literal, values_of
from cbm.coverage.types.evaluation import TypeSpace, type_space
from cbm.coverage.types.grid import Type as Type
from cbm.coverage.types.grid import Types, lowest
from cbm.coverage.types.maximal_boxes import KnownCover, maximal_boxes
from cbm.smt.solve import Sat, Solver, Unknown, Unsat

# More types of encounter than this are not told apart one by one.
TYPES = 10_000_000


@dataclass(frozen=True, slots=True)
class Box:
    """One set of values for each axis, in the order of the axis; `types` are those of the region inside."""

    sides: tuple[tuple[str, ...], ...]
    types: Types


Ask = Callable[..., Mapping[Variable, Value] | Unsat | Unknown]


def types_in(
    axes: tuple[Divider, ...],
    ask: Ask,
    sufficient: tuple[Formula, ...],
    necessary: tuple[Formula, ...] = (),
    among: Types | None = None,
) -> Types | Unknown:
    """The types in which some situation belongs to the region; where `among` is given, complete for these only.

    `ask` takes literals that name a type and returns such a situation of it, or a refusal. The situation has a value
    for all variables of `sufficient`: formulas that hold only where the region is (none, if it is not told by
    formulas over the situation). What is `necessary` holds all over the region.
    """
    space = type_space(axes)
    if space.grid.count > TYPES:
        reason = f"there are {space.grid.count:,} types of encounter to tell apart, and at most {TYPES:,} are looked at"
        return Unknown(reason)
    known = [formula for formula in necessary if space.exact(formula)]
    candidates = space.where(known, {})
    rest = tuple(formula for formula in sufficient if not any(formula is other for other in known))
    told = None if not sufficient else rest
    return _found(space, ask, told, candidates if among is None else candidates & among)


def situations(solver: Solver, formulas: tuple[Formula, ...], axes: tuple[Divider, ...]) -> Ask:
    """`ask` for a region told by formulas, which the solver requires; without any, situations are not looked at."""
    told = [literal(axis, (value,)) for axis in axes for value in values_of(axis)] if formulas else []
    needed = list(dict.fromkeys(v for formula in (*formulas, *told) for v in variables(formula)))

    def ask(*literals: Formula) -> Mapping[Variable, Value] | Unsat | Unknown:
        answer = solver.decide(*literals)
        return answer.values(needed) if isinstance(answer, Sat) else answer

    return ask


def boxes(axes: tuple[Divider, ...], region: Types, spare: Types) -> Iterator[Box]:
    """Maximal boxes that cover the region and hold nothing but region and spare types."""
    cover = KnownCover(region, spare)
    for box in maximal_boxes(cover):
        assert not isinstance(box, Unknown), "what is known type by type is known"
        sides = cover.full(box)
        named = tuple(tuple(values_of(axis)[p] for p in side) for axis, side in zip(axes, sides, strict=True))
        yield Box(named, Types(region.grid, region.grid.box(sides) & region.bits))


def _found(space: TypeSpace, ask: Ask, sufficient: tuple[Formula, ...] | None, candidates: Types) -> Types | Unknown:
    """`sufficient` None: nothing is known of a type but what is asked about it."""
    grid, inside, left = space.grid, 0, candidates.bits
    literals = [[literal(axis, (value,)) for value in values_of(axis)] for axis in space.axes]
    while left:
        positions = grid.positions(lowest(left))
        named = {row[position]: axis for axis, (row, position) in enumerate(zip(literals, positions, strict=True))}
        answer = ask(*named)
        match answer:
            case Unknown():
                return answer
            case Unsat(core):
                needed = {named[part] for part in core}
                left &= ~grid.box([(p,) if axis in needed else None for axis, p in enumerate(positions)])
            case _:
                reached = grid.box([(p,) for p in positions])
                if sufficient is not None:
                    reached |= (space.where(sufficient, answer) & space.following(answer)).bits
                inside |= reached & candidates.bits
                left &= ~reached
    return Types(grid, inside)
