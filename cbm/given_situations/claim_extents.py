"""In which situations something is so, told by conditions that suffice: everywhere, nowhere, or under which.

A claim about a situation says that something is found there, that some conduct meets each of several formulas, and that
no conduct meets another one. Situations are found one by one and widened to conditions; the shortest are told that can
be proved to suffice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from cbm.core.expressions import FALSE, TRUE, Formula, conjunction, negation
from cbm.core.substitution import variables
from cbm.core.variables import Variable
from cbm.search.exists_forall import Duel, duel
from cbm.search.extent import Cube
from cbm.search.implicants import Point, implicant
from cbm.search.widening import attained, condensed, widen
from cbm.search.world import World, relevant
from cbm.smt.solve import Sat, Solver, Unknown, Unsat
from cbm.translation.saying import mark

# So many sets of conditions are told of one claim; so many rounds are spent on making those of one claim shorter.
CUBES, PATIENCE = 6, 150


@dataclass(frozen=True, slots=True)
class SituationClaim:
    """That `here` is so in a situation, some conduct meets each of `some`, and no conduct meets `none`."""

    here: Formula = TRUE
    some: tuple[Formula, ...] = ()
    none: Formula = FALSE


@dataclass(frozen=True, slots=True)
class ClaimExtent:
    """Where a claim holds: under each of these conditions, and, if `complete`, nowhere else; `()`: everywhere."""

    cubes: tuple[Cube, ...]
    complete: bool = True

    @property
    def nowhere(self) -> bool:
        return not self.cubes

    @property
    def everywhere(self) -> bool:
        return () in self.cubes


NOWHERE = ClaimExtent(())


def extent_of(world: World, claim: SituationClaim) -> ClaimExtent | Unknown:
    """Where the claim holds in this world."""
    if claim.here == FALSE or FALSE in claim.some or claim.none == TRUE:
        return NOWHERE
    return _ExtentSearch(world, claim).extent()


@dataclass
class _ExtentSearch:
    world: World
    claim: SituationClaim
    _games: dict[Formula, Duel] = field(default_factory=dict)

    def extent(self) -> ClaimExtent | Unknown:
        first = self._finder()
        found = first.next()
        if isinstance(found, Unknown):
            return found
        if isinstance(found, Unsat):
            return NOWHERE
        whole = self._suffices((), None)
        if whole is None or whole:
            return ClaimExtent(((),)) if whole else Unknown(mark("the search for conduct did not end"))
        cubes: list[Cube] = []
        while not isinstance(found, Unsat | Unknown):
            cube = self._cube(found)
            if isinstance(cube, Unknown):
                return cube
            cubes.append(cube)
            if len(cubes) == CUBES:
                break
            first.solver.require(negation(conjunction(*cube)))
            found = first.next()
        if isinstance(found, Unknown):
            return found
        return ClaimExtent(tuple(cubes), isinstance(found, Unsat))

    def _finder(self) -> _ClaimFinder:
        world, claim = self.world, self.claim
        ways = [world.some_conduct(tag, (*self._linked(some), some)) for tag, some in self._ways()]
        required = (*world.situations(), claim.here, *(part for way in ways for part in way))
        solver = Solver(world.roles, required, core_alone=True)  # it is asked again and again, with more required
        mentioned = tuple(dict.fromkeys(v for part in (*required, claim.none) for v in variables(part)))
        if claim.none == FALSE:
            return _ClaimFinder(solver, mentioned)
        return _ClaimFinder(solver, mentioned, duel(solver, world.roles, self._refused(), world.conduct))

    def _ways(self) -> Iterable[tuple[str, Formula]]:
        return ((f"way {number}", some) for number, some in enumerate(self.claim.some))

    def _linked(self, formula: Formula) -> tuple[Formula, ...]:
        return relevant(self.world, (formula,))

    def _refused(self) -> tuple[Formula, ...]:
        return (*self._linked(self.claim.none), self.claim.none)

    def _cube(self, point: Point) -> Cube | Unknown:
        """Conditions true at the point that suffice."""
        world, claim = self.world, self.claim
        literals: list[Formula] = list(implicant(claim.here, point))
        if claim.none != FALSE:
            situation = {v: x for v, x in point.items() if v not in world.conduct}
            refused = widen(self._refusing, self._refused(), situation, world)
            if isinstance(refused, Unknown):
                return refused
            literals += refused
        if claim.some:
            met = attained(world, list(self._ways()), point, possible=self._possible)
            if isinstance(met, Unknown):
                return met
            literals += met
        return self._shortened(literals)

    def _shortened(self, literals: list[Formula]) -> Cube | Unknown:
        """Without what is not needed, what is far-fetched first."""
        cube = condensed(self._possible, self.world.declared, literals, negation(conjunction(*literals)))
        if isinstance(cube, Unknown):
            return cube
        kept = list(cube)
        for literal in cube:
            rest = [other for other in kept if other is not literal]
            if self._suffices(rest, PATIENCE):
                kept = rest
        return tuple(kept)

    def _suffices(self, cube: Iterable[Formula], patience: int | None) -> bool | None:
        """Whether the claim holds in each situation of these conditions; None: that was not found out."""
        conditions = tuple(cube)
        world, claim = self.world, self.claim
        if claim.here != TRUE:
            answer = self._situations.ask(*conditions, negation(claim.here))
            if not isinstance(answer, Unsat):
                return False if isinstance(answer, Sat) else None
        if claim.none != FALSE:
            answer = self._situations.ask(*conditions, *self._refused())
            if not isinstance(answer, Unsat):
                return False if isinstance(answer, Sat) else None
        for some in claim.some:
            if some not in self._games:
                outer = Solver(world.roles, world.situations())
                self._games[some] = duel(outer, world.roles, (*self._linked(some), some), world.conduct)
            game = self._games[some]
            game.patience = patience
            stuck = game.next(*conditions)
            if not isinstance(stuck, Unsat):
                return None if isinstance(stuck, Unknown) else False
        return True

    @cached_property
    def _situations(self) -> Solver:
        return Solver(self.world.roles, self.world.situations())

    @cached_property
    def _possible(self) -> Solver:
        return Solver(self.world.roles, self.world.possible)

    @cached_property
    def _refusing(self) -> Solver:
        return Solver(self.world.roles, (*self.world.possible, *self._refused()), core_alone=True)


@dataclass(frozen=True, slots=True)
class _ClaimFinder:
    """Situations in which the claim holds, one after the other, with all that shows it."""

    solver: Solver
    mentioned: tuple[Variable, ...]
    game: Duel | None = None

    def next(self) -> Point | Unsat | Unknown:
        if self.game is None:
            answer = self.solver.ask()
            return answer.values(self.mentioned) if isinstance(answer, Sat) else answer
        stuck = self.game.next()
        return stuck if isinstance(stuck, Unsat | Unknown) else self.game.place(self.mentioned)
