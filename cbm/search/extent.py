"""When norms clash, as conditions: cubes of literals over the situation, each sufficient, together complete."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TypeAlias

from cbm.core.declaration_order import Declared
from cbm.core.expressions import (
    TRUE,
    Compare,
    Flag,
    Formula,
    IsIn,
    Not,
    Order,
    Same,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.substitution import parts_of, substitute, variables
from cbm.core.variables import Origin, Variable
from cbm.process.budget import Work, WorkSpent, charged_to, free_of_charge
from cbm.records import Record, replace
from cbm.search.exists_forall import duel
from cbm.search.fewer_cubes import Cube as Cube
from cbm.search.fewer_cubes import fewer
from cbm.search.hours_relaxed import beside_hours
from cbm.search.implicants import implicant
from cbm.search.kept_answers import remembered
from cbm.search.unanswered_situations import clashing
from cbm.search.widening import CONDITIONS, Widening, condensed, order_of_trying
from cbm.search.world import World, relevant
from cbm.smt.journal import SubQuestion, Verdict, is_kept
from cbm.smt.solve import Sat, Solver, Unknown, Unsat, apart

# More cubes than this are not looked for; the report says that there are more. Where they alone tell the region,
# more of them are wanted than a reader will read.
CUBES = 48
SHOWN = 4
# So many formulas that were assumed before are carried along by a solver for verdicts.
KNOWN = 200
# What the sets that are given their extents together may take; those of the shipped texts take up to 60 million.
WORK = 100_000_000
# What each of them may take in any case, however much others did.
EACH = 4_000_000
# What has to hold in a situation, and what some conduct has to bring about in it.
_Binding: TypeAlias = tuple[Formula, tuple[Formula, ...]]

_INSIDE = SubQuestion(
    "under the conditions given below, is there a situation in which they do not clash",
    sat="there is one: the conditions do not suffice",
    unsat="there is none: the conditions suffice",
    found=Verdict.UNSAT,
)


class Extent(Record):
    """The cubes found, and whether nothing lies outside them.

    `region` is exact where the conditions are known without cubes; otherwise the cubes tell it. `at_all_hours`: so
    many of them, the first ones, do not depend on the hours of channels, and all else that is known does; 0 where the
    cubes are not too many to be told.
    """

    cubes: tuple[Cube, ...]
    complete: bool
    region: Formula | None = None
    at_all_hours: int = 0

    @property
    def formula(self) -> Formula:
        return self.region or disjunction(*(conjunction(*cube) for cube in self.cubes))

    @property
    def exact(self) -> bool:
        """Whether `formula` holds exactly where the norms clash."""
        return self.complete or self.region is not None


class Region(Record):
    """Norms clash exactly where `clashing` holds, and where `alone` holds as well each part of them can be met."""

    clashing: Formula
    alone: Formula


class Extents:
    """Where sets of norms clash, asked about one world again and again; what is told of one depends on no other.

    All of them together take so much work, and each by itself a little in any case; what takes more is Unknown.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._work = Work(WORK)
        self._spoken_of = frozenset(v for part in (*world.possible, *world.feasible) for v in variables(part))

    @cached_property
    def _for_verdicts(self) -> Solver:
        """One for whatever is asked of which no value is told: it does not matter what it was asked before."""
        with apart():
            return Solver(self._world.roles, self._world.situations(), forgetful=KNOWN, quick=True)

    def find(
        self,
        demands: tuple[Formula, ...],
        region: Region | None = None,
        binding: Formula = TRUE,
        brought: tuple[Formula, ...] = (),
    ) -> Extent | Unknown | None:
        """Where no conduct meets all the demands; None if nowhere. Where the `region` is known, it is told by cubes.

        `binding` has to hold for all of them to bind: so it does wherever they clash though each rest of them can be
        met. Each cube of what is not known says as much; and so it does of what is `brought` about: each of it by some
        conduct.

        The options of choices that it names are said of each cube, and nothing is asked about them: so it is asked
        once of wordings that differ in these alone.
        """
        taken = self._options_taken(binding)
        if not taken:
            return self._find(demands, region, binding, brought)
        found = self._find(
            tuple(substitute(demand, taken) for demand in demands),
            None if region is None else Region(substitute(region.clashing, taken), substitute(region.alone, taken)),
            substitute(binding, taken),
            tuple(substitute(one, taken) for one in brought),
        )
        if not isinstance(found, Extent):
            return found
        said = [IsIn(variable, (member,)) for variable, member in taken.items()]
        return replace(
            found,
            cubes=tuple(_with_literals(cube, said, self._world.declared) for cube in found.cubes),
            region=None if region is None else region.clashing,
        )

    def _options_taken(self, binding: Formula) -> dict[Variable, str]:
        """The choices of which one option has to be taken, as far as the world says nothing of them."""
        named = (part for part in parts_of(binding) if isinstance(part, IsIn) and len(part.members) == 1)
        of_choices = (part for part in named if part.variable.origin is Origin.READING)
        return {part.variable: part.members[0] for part in of_choices if part.variable not in self._spoken_of}

    def _find(
        self, demands: tuple[Formula, ...], region: Region | None, binding: Formula, brought: tuple[Formula, ...]
    ) -> Extent | Unknown | None:
        def find() -> Extent | Unknown | None:
            if region is None:
                return find_extent(self._world, demands, binding, brought)
            return self._told(region)

        told = (binding, *brought) if region is None else (region.clashing, region.alone)
        asked = (*self._world.asked((*demands, *told)), region is None)
        work = Work(max(self._work.left, EACH))
        before = work.left
        try:
            with charged_to(work):
                extent = remembered("where do they clash", asked, find, Extent)
        except WorkSpent as spent:
            return Unknown(str(spent))
        finally:
            self._work.left -= before - work.left
        if region is None:
            return extent
        if isinstance(extent, Extent) and is_kept():
            self._note(extent.cubes[0], demands)
        return extent

    def _note(self, cube: Cube, demands: tuple[Formula, ...]) -> None:
        """Notes that no conduct complies under the conditions, which the search knew without asking so."""
        solver = Solver(self._world.roles, (*self._world.possible, *relevant(self._world, demands), *demands))
        solver.note(solver.ask(*cube), *cube, step=CONDITIONS)

    def _told(self, known: Region) -> Extent | Unknown | None:
        """A few cubes of a region that is known: each is sufficient for it, whatever else is found.

        Each is found at a situation where every part of the norms can be met.
        """
        region = known.clashing
        literals = _as_cube(region)
        if literals is not None and not is_kept():  # who takes notes wants to see what it is told at
            with free_of_charge():  # what it takes depends on who was asked before
                told = self._told_as_one(known, literals)
            if not isinstance(told, Unknown):
                return told
        solver, outside = Solver(self._world.roles, self._world.situations()), negation(region)
        needed = list(dict.fromkeys(variables(region)))
        cubes: list[Cube] = []
        while len(fewer(cubes)) < SHOWN and len(cubes) < CUBES:
            answer = solver.decide(region, known.alone, *(negation(conjunction(*cube)) for cube in cubes))
            if isinstance(answer, Unsat):
                return Extent(fewer(cubes), complete=True, region=region) if cubes else None
            if isinstance(answer, Unknown):
                return Extent(fewer(cubes), complete=False, region=region) if cubes else answer
            point = answer.values(needed)
            cube = condensed(solver, self._world.declared, implicant(region, point), outside)
            if isinstance(cube, Unknown):
                return cube
            solver.note(Unsat(), *cube, outside, step=_INSIDE)  # it was just asked
            cubes.append(cube)
        return Extent(fewer(cubes), complete=False, region=region)

    def _told_as_one(self, known: Region, literals: Cube) -> Extent | Unknown | None:
        """The same of a region that is one cube: its situations differ in nothing that is told."""
        solver, region = self._for_verdicts, known.clashing
        answer = solver.ask(region, known.alone)
        if not isinstance(answer, Sat):
            return answer if isinstance(answer, Unknown) else None
        cube = condensed(solver, self._world.declared, literals, negation(region))
        return cube if isinstance(cube, Unknown) else Extent((cube,), complete=True, region=region)


def _as_cube(region: Formula) -> Cube | None:
    """Its literals, if it says nothing but that these hold; as they are told of any of its situations."""
    parts = parts_of(region)
    return implicant(region, {}) if all(map(_is_literal, parts)) else None


def _is_literal(part: Formula) -> bool:
    """Whether it is an atom or the negation of one, which is a literal itself."""
    match part:
        case Not(Compare(_, order)):
            return order is not Order.EQUAL
        case Flag() | IsIn() | Same() | Compare() | Not(Flag() | IsIn() | Same()):
            return True
        case _:
            return False


def _with_literals(cube: Cube, literals: Iterable[Formula], known: Declared) -> Cube:
    """The cube with these as well, each where it would stand if it had been found with the others."""
    said = list(cube)
    for literal in literals:
        rank_of_it = order_of_trying(literal, known)
        later = (place for place, other in enumerate(said) if order_of_trying(other, known) > rank_of_it)
        said.insert(next(later, len(said)), literal)
    return tuple(said)


def find_extent(
    world: World, demands: tuple[Formula, ...], binding: Formula = TRUE, brought: tuple[Formula, ...] = ()
) -> Extent | Unknown | None:
    """Where no conduct meets all the demands; None if nowhere.

    The first situation, and each further one looked for, is one where every proper subset can be met. So what has to
    hold for all of them to bind holds there, and each cube says it: else it could tell of situations in which only
    some of them bind, and clash. What is `brought` about by some conduct is what binds then. What clashes at all hours
    comes first.
    """
    outer = clashing(world, demands).outer()
    found = _found(world, outer, demands, (binding, brought))
    if not isinstance(found, Extent):
        return found
    plain, others = (fewer(some) for some in (found.cubes[: found.at_all_hours], found.cubes[found.at_all_hours :]))
    return replace(found, cubes=(*plain, *others), at_all_hours=len(plain))


def _found(world: World, outer: Solver, demands: tuple[Formula, ...], binding: _Binding) -> Extent | Unknown | None:
    # What clashes at all hours has shorter conditions, without the days and times at which channels open.
    at_all_hours = tuple(map(beside_hours, demands))
    if at_all_hours == demands:
        return _cubes(world, outer, demands, binding)
    with outer.scope():  # what is learnt there holds for channels that are open at all hours
        first = _cubes(world, outer, at_all_hours, binding)
    if not isinstance(first, Extent):
        return _cubes(world, outer, demands, binding)
    if not first.complete:
        return first
    outer.require(*(negation(conjunction(*cube)) for cube in first.cubes))
    further = _cubes(world, outer, demands, binding)
    if not isinstance(further, Extent):
        return first if further is None else replace(first, complete=False)
    plain = 0 if further.complete else len(first.cubes)
    return replace(further, cubes=(*first.cubes, *further.cubes), at_all_hours=plain)


def _cubes(world: World, outer: Solver, demands: tuple[Formula, ...], binding: _Binding) -> Extent | Unknown | None:
    """Cubes in which no conduct meets the demands; `outer`, which proposes situations, is kept out of them."""
    compliance = (*relevant(world, demands), *demands)
    game = duel(outer, world.roles, compliance, world.conduct)
    widening = Widening(world, compliance, *binding)
    cubes: list[Cube] = []
    while True:
        found = game.next()
        if isinstance(found, Unsat):
            return Extent(tuple(cubes), complete=True) if cubes else None
        if isinstance(found, Unknown):
            return Extent(tuple(cubes), complete=False) if cubes else found
        cube = widening.cube(found.values)
        if isinstance(cube, Unknown):
            return cube
        cubes.append(cube)
        if len(cubes) >= CUBES:
            return Extent(tuple(cubes), complete=False)
        outer.require(negation(conjunction(*cube)))
