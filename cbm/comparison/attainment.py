"""Conditions on the situation under which some conduct meets a formula: few of them, each one sufficient."""

from __future__ import annotations

from cbm.core.expressions import Compare, Formula, conjunction, negation
from cbm.core.substitution import Value, variables
from cbm.core.variables import Variable
from cbm.process.budget import Work, WorkSpent, charged_to
from cbm.search.exists_forall import Duel, Learnt, duel
from cbm.search.extent import Cube
from cbm.search.implicants import Point
from cbm.search.widening import attained
from cbm.search.world import World, copy_of, relevant
from cbm.smt.solve import Sat, Solver, Unknown, Unsat

# So many rounds and so much work are spent on making the conditions of one formula shorter. What is not known to be
# idle by then, or where the solver loses its way, stays.
PATIENCE, WORK = 150, 8_000_000
_TAG = "shows"


class Attainment:
    """Where some conduct meets the formula, asked about again and again.

    What was `learnt` of conduct, where another formula was asked about over this world, is not looked for again.
    """

    def __init__(self, world: World, formula: Formula, learnt: Learnt | None = None) -> None:
        self._world, self._formula, self._learnt = world, formula, learnt
        self._solver = Solver(world.roles, (*world.possible, *world.feasible, formula))
        asked = (*world.possible, *world.feasible, formula)
        self._wanted = list(dict.fromkeys(v for part in asked for v in variables(part)))
        self._game: Duel | None = None
        self._situations = Solver(world.roles, world.possible)
        self._told: list[Cube] = []
        self._left = Work(WORK)

    def next(self, *elsewhere: Formula) -> Cube | Unknown | None:
        """Conditions that suffice, from a situation in which these formulas hold; None if there is none."""
        answer = self._solver.decide(*elsewhere)
        if not isinstance(answer, Sat):
            return answer if isinstance(answer, Unknown) else None
        point: Point = answer.values(self._wanted)
        conduct = self._world.conduct
        copies: dict[Variable, Value] = {copy_of(v, _TAG): x for v, x in point.items() if v in conduct}
        cube = attained(self._world, [(_TAG, self._formula)], {**point, **copies})
        if isinstance(cube, Unknown):
            return cube
        self._told.append(self._as_told(self._shortened(cube)))
        return self._told[-1]

    def _as_told(self, cube: Cube) -> Cube:
        """In the words of those told before that say the same beside quantities: so their bounds can be joined."""
        bounds, others = _parted(cube)
        for known in self._told:
            _, told = _parted(known)
            if set(told) == set(others) or (self._implies(told, others) and self._implies(others, told)):
                return (*told, *bounds)
        return cube

    def _implies(self, some: Cube, others: Cube) -> bool:
        """Whether the others hold in every situation in which these do."""
        return isinstance(self._situations.ask(*some, outside(others)), Unsat)

    def _shortened(self, cube: Cube) -> Cube:
        """Without conditions that only the conduct needs which was found first: another one does without them."""
        spoken = set(variables(self._formula))
        kept = list(cube)
        strange = [literal for literal in cube if spoken.isdisjoint(variables(literal))]
        for some in (strange, *([literal] for literal in cube)):
            rest = [literal for literal in kept if literal not in some]
            if len(rest) < len(kept) and self._suffices(rest):
                kept = rest
        return tuple(kept)

    def _suffices(self, cube: list[Formula]) -> bool:
        """Whether it is known that some conduct meets the formula in each situation of these conditions."""
        if self._game is None:
            world, formula = self._world, self._formula
            outer = Solver(world.roles, world.situations(), quick=True)
            compliance = (*relevant(world, (formula,)), formula)
            self._game = duel(outer, world.roles, compliance, world.conduct, self._learnt)
            self._game.patience = PATIENCE
        try:
            with charged_to(self._left):
                return isinstance(self._game.next(*cube), Unsat)
        except WorkSpent:
            return False


def _parted(cube: Cube) -> tuple[Cube, Cube]:
    """Bounds of quantities, and all other conditions."""
    bounds = tuple(literal for literal in cube if isinstance(literal, Compare))
    return bounds, tuple(literal for literal in cube if literal not in bounds)


def outside(cube: Cube) -> Formula:
    """That a situation does not meet the conditions."""
    return negation(conjunction(*cube))
