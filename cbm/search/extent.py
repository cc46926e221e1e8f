"""When norms clash, as conditions: cubes of literals over the situation, each sufficient, together complete."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Any, TypeAlias

from cbm.core.declaration_order import Declared, rank
from cbm.core.expressions import (
    TRUE,
    And,
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
from cbm.search.exists_forall import Stuck, duel
from cbm.search.fewer_cubes import Cube as Cube
from cbm.search.fewer_cubes import fewer
from cbm.search.hours_relaxed import beside_hours
from cbm.search.implicants import Point, conduct_terms, implicant, project, true_at
from cbm.search.kept_answers import remembered, whether
from cbm.search.world import World, is_copy, relevant
from cbm.smt.index import surely_holds
from cbm.smt.journal import SubQuestion, Verdict, is_kept
from cbm.smt.solve import Answer, Sat, Solver, Unknown, Unsat, apart

# More cubes than this are not looked for; the report says that there are more. Where they alone tell the region,
# more of them are wanted than a reader will read.
CUBES = 24
SHOWN = 4
# So many formulas that were assumed before are carried along by a solver for verdicts.
KNOWN = 200
# What the sets that are given their extents together may take; those of the shipped texts take up to 60 million.
WORK = 100_000_000
# What has to hold in a situation, and what some conduct has to bring about in it.
_Binding: TypeAlias = tuple[Formula, tuple[Formula, ...]]
_BROUGHT = "brought"
# What was far and stood in the way, in the order in which it was found to do so.
Stood: TypeAlias = dict[Formula, None]


_INSIDE = SubQuestion(
    "under the conditions given below, is there a situation in which they do not clash",
    sat="there is one: the conditions do not suffice",
    unsat="there is none: the conditions suffice",
    found=Verdict.UNSAT,
)
_CONDITIONS = SubQuestion(
    "under the conditions given below, does some conduct comply",
    sat="some conduct complies: the conditions do not suffice",
    unsat="no conduct complies: the conditions suffice",
    found=Verdict.UNSAT,
)
_SUFFICE = SubQuestion(
    "under the conditions given below, can the conducts of one example fail, written in terms of the situation",
    sat="they can: the conditions do not suffice",
    unsat="they cannot: the conditions suffice",
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

    All of them together take no more than so much work; what is asked then is Unknown.
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
        try:
            with charged_to(self._work):
                extent = remembered("where do they clash", asked, find, Extent)
        except WorkSpent as spent:
            return Unknown(str(spent))
        if region is None:
            return extent
        if isinstance(extent, Extent) and is_kept():
            self._note(extent.cubes[0], demands)
        return extent

    def _note(self, cube: Cube, demands: tuple[Formula, ...]) -> None:
        """Notes that no conduct complies under the conditions, which the search knew without asking so."""
        solver = Solver(self._world.roles, (*self._world.possible, *relevant(self._world, demands), *demands))
        solver.note(solver.ask(*cube), *cube, step=_CONDITIONS)

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
        rank_of_it = _order_of_trying(literal, known)
        later = (place for place, other in enumerate(said) if _order_of_trying(other, known) > rank_of_it)
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


class ClashingExtent(Record):
    """Situations, told by what is holding there, in which no conduct complies though some meets each part of it."""

    world: World
    holding: tuple[Formula, ...]
    compliance: tuple[Formula, ...]

    def outer(self) -> Solver:
        """Proposes situations in which each part can be met."""
        return Solver(self.world.roles, (*self.world.situations(), *self.holding))

    def find(self) -> Stuck | Unsat | Unknown:
        return unanswered_in(self.world, (*self.world.situations(), *self.holding), self.compliance)


def unanswered_in(
    world: World, required: tuple[Formula, ...], compliance: tuple[Formula, ...]
) -> Stuck | Unsat | Unknown:
    """A situation that meets what is required and in which no conduct complies."""

    def find() -> Stuck | Unsat | Unknown:
        return duel(Solver(world.roles, required), world.roles, compliance, world.conduct).next()

    asked = (*world.asked((*required, *compliance)), len(required))
    return remembered("which situation has no answer", asked, find, Stuck, Unsat)


def unanswered_beside(
    world: World,
    required: tuple[Formula, ...],
    far: tuple[Formula, ...],
    compliance: tuple[Formula, ...],
    stood: Stood | None = None,
) -> Stuck | Unsat | Unknown:
    """The same where what is `far` can be met as well, which shares with the rest of it nothing but the situation.

    So where there is none without it, there is none; and what is found without it is asked whether it can be met there.
    Where it cannot be, so much of it is required as stands in the way there: of many duties that is little. What
    `stood` in the way of questions before is required at once, and what does so now is added to it.
    """
    stood = Stood() if stood is None else stood
    required, far = (*required, *(part for part in far if part in stood)), tuple(p for p in far if p not in stood)
    found = unanswered_in(world, required, compliance)
    while far and not isinstance(found, Unsat):
        barred = _barred(world, required, far, found) if isinstance(found, Stuck) else far
        if not barred:
            break
        if isinstance(found, Stuck):
            stood.update(dict.fromkeys(barred))
        required, far = (*required, *barred), tuple(part for part in far if part not in barred)
        found = unanswered_in(world, required, compliance)
    return found


def _barred(world: World, required: tuple[Formula, ...], far: tuple[Formula, ...], there: Stuck) -> tuple[Formula, ...]:
    """What of all that is far cannot be met together in a situation such as was found; nothing if all of it can be."""
    open_ = tuple(part for part in far if not surely_holds(part, there.values))
    if not open_ or _is_met(world, (*required, *open_, *there.fixed())):
        return ()

    def find() -> tuple[Formula, ...]:
        answer = Solver(world.roles, (*required, *there.fixed())).ask(*open_)
        return (isinstance(answer, Unsat) and answer.core) or open_

    return remembered("what cannot be met there", (*world.asked((*required, *open_)), len(required), there), find)


def _is_met(world: World, asked: tuple[Formula, ...]) -> bool:
    """Whether so much can be met; of many duties few bind in one situation, and nothing is asked of the others."""

    def ask() -> Answer:
        return Solver(world.roles, asked).ask()

    return isinstance(whether("can it be met there", world.asked(asked), ask, ask), Sat)


def clashing(world: World, demands: tuple[Formula, ...], *where: Formula) -> ClashingExtent:
    """Where these conditions hold and not all demands can be met together, though without any one the rest can."""
    holding = parts_met(world, world.feasible, demands)
    return ClashingExtent(world, (*holding, *where), (*relevant(world, demands), *demands))


def parts_met(world: World, feasible: Sequence[Formula], demands: Sequence[Formula]) -> list[Formula]:
    """Without any one of the demands the rest can be met together with what is feasible."""
    return [
        part
        for i in range(len(demands))
        for part in world.some_conduct(f"without{i}", (*feasible, *demands[:i], *demands[i + 1 :]))
    ]


def _cubes(world: World, outer: Solver, demands: tuple[Formula, ...], binding: _Binding) -> Extent | Unknown | None:
    """Cubes in which no conduct meets the demands; `outer`, which proposes situations, is kept out of them."""
    compliance = (*relevant(world, demands), *demands)
    game = duel(outer, world.roles, compliance, world.conduct)
    widening = _Widening(world, compliance, *binding)
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


class _Widening:
    """From stuck situations to cubes in which no conduct complies and, as far as it is known there, `binding` holds.

    Some conduct meets each of what is `brought` about.
    """

    def __init__(
        self, world: World, compliance: tuple[Formula, ...], binding: Formula, brought: tuple[Formula, ...] = ()
    ) -> None:
        self._world, self._compliance, self._binding, self._brought = world, compliance, binding, brought
        self._complying = Solver(world.roles, (*world.possible, *compliance))

    def cube(self, situation: Point) -> Cube | Unknown:
        cube = self._cube(situation)
        return cube if isinstance(cube, Unknown) or not self._brought else self._where_brought(cube, situation)

    def _where_brought(self, cube: Cube, situation: Point) -> Cube | Unknown:
        """The cube, with what it takes for what it does not leave to some conduct everywhere."""
        for formula in self._brought:
            parts = (*relevant(self._world, (formula,)), formula)
            if isinstance(unanswered_in(self._world, (*self._world.possible, *cube), parts), Unsat):
                continue
            copies = self._world.some_conduct(_BROUGHT, parts)
            mentioned = list(dict.fromkeys(v for part in copies for v in variables(part)))
            there = Stuck({v: value for v, value in situation.items() if v in mentioned}).fixed()
            answer = Solver(self._world.roles, (*self._world.possible, *there, *copies)).ask()
            if not isinstance(answer, Sat):
                return answer if isinstance(answer, Unknown) else cube
            more = attained(self._world, [(_BROUGHT, formula)], answer.values(mentioned), *cube)
            if isinstance(more, Unknown):
                return more
            cube = (*cube, *more)
        return cube

    def _cube(self, situation: Point) -> Cube | Unknown:
        cube = widen(self._complying, self._compliance, situation, self._world)
        known = (part for part in parts_of(self._binding) if all(v in situation for v in variables(part)))
        binding = conjunction(*known)
        if isinstance(cube, Unknown) or binding == TRUE:
            return cube
        unbound = Solver(self._world.roles, (*self._world.possible, negation(binding)))
        answer = unbound.ask(*cube)
        if isinstance(answer, Unknown):
            return answer
        return cube if isinstance(answer, Unsat) else self._bound((*cube, *implicant(binding, situation)), unbound)

    def _bound(self, literals: Cube, unbound: Solver) -> Cube | Unknown:
        """As many of the literals as it takes to exclude compliance and what is unbound; all of them do."""
        kept = sorted(dict.fromkeys(literals), key=lambda literal: _order_of_trying(literal, self._world.declared))
        for literal in tuple(kept):
            rest = [other for other in kept if other is not literal]
            answers = (solver.ask(*rest) for solver in (unbound, self._complying))
            answer = next((one for one in answers if not isinstance(one, Unsat)), None)
            if isinstance(answer, Unknown):
                return answer
            if answer is None:
                kept = rest
        return tuple(kept)


def widen(solver: Solver, compliance: tuple[Formula, ...], situation: Point, world: World) -> Cube | Unknown:
    """From one stuck situation to the conditions that matter: literals true there that exclude every conduct.

    `solver` already requires the axioms and the compliance.
    """
    mentioned = list(dict.fromkeys(v for part in compliance for v in variables(part)))
    cube: list[Formula] = []
    if world.conduct.isdisjoint(mentioned):  # nothing is left to do: what is false there is so for want of literals
        cube += implicant(negation(conjunction(*compliance)), situation)
    answer = solver.ask(*cube)
    if isinstance(answer, Unsat):
        cube = list(answer.core)
    while isinstance(answer, Sat):
        cube.append(_excluding(answer, compliance, mentioned, situation, world))
        answer = solver.ask(*cube)
    if isinstance(answer, Unknown):
        return answer
    shortened = condensed(solver, world.declared, cube)
    if not isinstance(shortened, Unknown):
        solver.note(Unsat(), *shortened, step=_CONDITIONS)  # it was just asked
    return shortened


def attained(
    world: World,
    ways: Iterable[tuple[str, Formula]],
    point: Point,
    *assumed: Formula,
    possible: Solver | None = None,
) -> Cube | Unknown:
    """From one point to conditions under which, with what is assumed, some conduct meets each of several formulas.

    The point has the values of a conduct for each formula, known by the tag beside it (`World.some_conduct`). Where
    more than one is asked, a solver can be given that knows what is `possible`: what it was asked before plays no part.
    """
    met: list[Formula] = []
    for tag, formula in ways:
        parts = world.some_conduct(tag, (*relevant(world, (formula,)), formula))
        literals = [literal for part in parts for literal in implicant(part, point)]
        conduct = {v for part in parts for v in variables(part) if is_copy(v)}
        terms = conduct_terms(literals, point, conduct)
        met += [substitute(part, terms) for part in parts]
    region = conjunction(*met)
    solver = possible or Solver(world.roles, world.possible)
    cube = condensed(solver, world.declared, implicant(region, point), *assumed, negation(region))
    if not isinstance(cube, Unknown):
        solver.note(Unsat(), *assumed, *cube, negation(region), step=_SUFFICE)  # it was just asked
    return cube


def condensed(solver: Solver, known: Declared, literals: Iterable[Formula], *assumed: Formula) -> Cube | Unknown:
    """As many of the literals as it takes to exclude what the solver requires and what is assumed; all of them do."""
    ordered = sorted(dict.fromkeys(literals), key=lambda literal: _order_of_trying(literal, known))
    kept = list(ordered)
    core: Collection[Formula] = ordered  # of what is left, so much suffices: all else is taken out without asking
    for literal in ordered:
        if literal in core:
            answer = solver.ask(*assumed, *(other for other in kept if other is not literal))
            if isinstance(answer, Unknown):
                return answer
            if not isinstance(answer, Unsat):
                continue
            core = answer.core
        kept.remove(literal)
    return tuple(kept)


def _excluding(
    answer: Sat, compliance: tuple[Formula, ...], mentioned: list[Variable], situation: Point, world: World
) -> Formula:
    """A literal, true at the situation, that shuts out the way of complying the answer shows."""
    point = answer.values(mentioned)
    literals = [literal for part in compliance for literal in implicant(part, point)]
    conditions = project(literals, point, [v for v in mentioned if v in world.conduct])
    for condition in conditions:
        if not true_at(condition, situation):
            return _literal(negation(condition), situation)
    raise AssertionError("a situation without an answer was answered")


def _literal(condition: Formula, situation: Point) -> Formula:
    """A literal true at the situation that implies the condition."""
    literals = implicant(condition, situation)
    return literals[0] if len(literals) == 1 else And(literals)


def _order_of_trying(literal: Formula, known: Declared) -> tuple[int, int, tuple[Any, ...]]:
    """Flags and far-fetched conditions are tried first, then quantities; roles and kinds stay longest."""
    first = next(iter(variables(literal)))
    if first.origin is Origin.READING:
        return (-1, 0, rank(literal, known))  # what holds on every reading is told of every reading
    core = literal.operand if isinstance(literal, Not) else literal
    kind = 2 if isinstance(core, IsIn) and not isinstance(literal, Not) else 1 if isinstance(core, Compare) else 0
    return (kind, 0 if first.origin is Origin.SITUATION else 1, rank(literal, known))
