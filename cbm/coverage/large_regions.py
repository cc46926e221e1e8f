"""Regions of more types of encounter than can be told apart one by one: their boxes, by asking about whole boxes.

What is asked of a box is whether it holds a type of another region. That is one question, or where it says that no
situation of a type is of some kind, a search for a type to which no situation of that kind is an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cbm.core.expressions import Formula, conjunction, negation
from cbm.core.substitution import substitute, variables
from cbm.core.variables import Counterpart
from cbm.coverage.governance import SituationRegion
from cbm.coverage.types.maximal_boxes import Sides
from cbm.coverage.types.symbolic import TypeVariables
from cbm.search.exists_forall import duel
from cbm.search.world import World
from cbm.smt.solve import Sat, Solver, Unknown, Unsat

# So many rounds are given to each of the searches that say what some box holds.
PATIENCE = 400

# Whether a box holds a type of some region.
Holds = Callable[[Sequence[Sequence[int]]], bool | Unknown]


@dataclass(slots=True)
class AskedCover:
    """A territory by questions: `inside` asks for types of the region not covered yet, `foreign` for those outside."""

    sizes: tuple[int, ...]
    inside: Holds
    foreign: tuple[Holds, ...]
    covered: Callable[[Sides], None]

    def first(self) -> tuple[int, ...] | Unknown | None:
        sides = [tuple(range(size)) for size in self.sizes]
        some = self.inside(sides)
        if some is not True:
            return some or None
        for axis in range(len(sides)):
            while len(sides[axis]) > 1:
                lower = sides[axis][: len(sides[axis]) // 2]
                answer = self.inside([*sides[:axis], lower, *sides[axis + 1 :]])
                if isinstance(answer, Unknown):
                    return answer
                sides[axis] = lower if answer else sides[axis][len(lower) :]
        return tuple(side[0] for side in sides)

    def fits(self, sides: Sides) -> bool | Unknown:
        for holds in self.foreign:
            answer = holds(sides)
            if answer is not False:
                return answer if isinstance(answer, Unknown) else False
        return True

    def worth(self, sides: Sides) -> tuple[int, ...]:
        """How many types are new cannot be counted: the largest box is best."""
        size = 1
        for side in sides:
            size *= len(side)
        return (size,)

    def cover(self, sides: Sides) -> None:
        self.covered(sides)


def silent(
    of: TypeVariables, world: World, real: Sequence[Formula], open_: Sequence[Formula], governed: Sequence[Formula]
) -> AskedCover:
    """The types with a situation that is `open_` and none that is `governed`; those that are not `real` may be added.

    Each is told by formulas over a situation (and copies of conduct) of its own.
    """
    outer = Solver(world.roles, of.said(open_))
    return AskedCover(
        of.sizes,
        _without(of, world, outer, governed),
        (_with(of, world, governed), _without(of, world, Solver(world.roles, of.said(real)), open_)),
        lambda sides: outer.require(negation(conjunction(*of.box(sides)))),
    )


def partly(
    of: TypeVariables, world: World, real: Sequence[Formula], open_: Sequence[Formula], governed: Sequence[Formula]
) -> AskedCover:
    """The types with a situation that is `open_` and another one that is `governed`."""
    outer = Solver(world.roles, (*of.said(open_), *_of_another(of, of.said(governed))))
    return AskedCover(
        of.sizes,
        lambda sides: _found(outer.ask(*of.box(sides))),
        tuple(_without(of, world, Solver(world.roles, of.said(real)), some) for some in (open_, governed)),
        lambda sides: outer.require(negation(conjunction(*of.box(sides)))),
    )


def told(region: SituationRegion, world: World) -> tuple[Formula, ...] | None:
    """The region as formulas over a situation; None if it takes a search for conduct to tell it."""
    if not world.conduct.isdisjoint(variables(region.excluded)):
        return None
    return (*world.situations(), *region.holding, negation(region.excluded))


def _with(of: TypeVariables, world: World, formulas: Sequence[Formula]) -> Holds:
    """Whether some type in the box has a situation that meets the formulas."""
    solver = Solver(world.roles, of.said(formulas))
    return lambda sides: _found(solver.ask(*of.box(sides)))


def _without(of: TypeVariables, world: World, outer: Solver, formulas: Sequence[Formula]) -> Holds:
    """Whether some type in the box that the outer solver finds has no situation that meets the formulas."""
    compliance = of.said(formulas)
    answers = {v for formula in compliance for v in variables(formula)} - set(of.variables)
    game = duel(outer, world.roles, compliance, answers)
    game.patience = PATIENCE

    def holds(sides: Sequence[Sequence[int]]) -> bool | Unknown:
        answer = game.next(*of.box(sides))
        return answer if isinstance(answer, Unknown) else not isinstance(answer, Unsat)

    return holds


def _found(answer: Sat | Unsat | Unknown) -> bool | Unknown:
    return answer if isinstance(answer, Unknown) else isinstance(answer, Sat)


def _of_another(of: TypeVariables, formulas: Sequence[Formula]) -> tuple[Formula, ...]:
    """The formulas said of another situation of the same type."""
    own = {v for formula in formulas for v in variables(formula)} - set(of.variables)
    copies = {v: Counterpart(v, "another") for v in own}
    return tuple(substitute(formula, copies) for formula in formulas)
