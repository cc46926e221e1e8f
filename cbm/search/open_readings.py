"""On which readings of the open terms something holds: on every one, or on some, told by conditions on them alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from cbm.core.expressions import TRUE, Formula, IsIn, Order, conjunction, disjunction, negation
from cbm.core.linear import Sum, at_zero, of_variable
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem, OpenTerm
from cbm.core.packages.package_boxes import Box, PackageSpace, TooManyBoxes
from cbm.core.sorts import NumberSort
from cbm.core.substitution import mentioned, parts_of, variables
from cbm.core.variables import Origin, Reading, Variable
from cbm.ground.declared_variables import within_range
from cbm.ground.party_readings import readings_of, tied
from cbm.records import Itself, Record, replace
from cbm.search.extent import Cube, Extent
from cbm.search.kept_answers import remembered
from cbm.search.projection import projection
from cbm.search.projection_beside import cubes_beside
from cbm.search.world import World, relevant
from cbm.smt.index import Interval, bits, box_of, values_of
from cbm.smt.journal import asking
from cbm.smt.solve import Solver, Unknown, Unsat
from cbm.translation.saying import mark

_SEVERAL = 16  # that are remembered at a time


class ReadingCubes(Record):
    """Where one of the cubes holds; they speak of what parties read, and each says no more than it must.

    `outside` are those on which it does not hold, in the same way.
    `terms` are the open terms that what was asked about speaks of, whether or not it depends on them.
    """

    terms: tuple[OpenTerm, ...]
    cubes: tuple[Cube, ...]
    every: bool
    outside: tuple[Cube, ...] = ()
    tied: tuple[Formula, ...] = ()

    @property
    def formula(self) -> Formula:
        return TRUE if self.every else disjunction(*(conjunction(*cube) for cube in self.cubes))

    @property
    def condition(self) -> Formula:
        """The same of the units of an encounter, for questions about encounters."""
        return TRUE if self.every else conjunction(self.formula, *self.tied)

    @property
    def elsewhere(self) -> Formula:
        """The other readings, of the units of an encounter."""
        return conjunction(negation(self.formula), *self.tied)


def beyond(several: Sequence[ReadingCubes | Unknown | None]) -> tuple[Formula, ...] | None:
    """What is so on the readings on which none of several things is; None where one is so on every reading."""
    some = [on for on in several if isinstance(on, ReadingCubes) and not on.every]
    return tuple(on.elsewhere for on in some) if len(some) == len(several) else None


class Openness:
    """The open terms of a system that some formulas speak of, for questions about their readings.

    `kept` are the readings that parties have; `tied` says that units read as their parties do.
    """

    def __init__(self, system: NormSystem, terms: tuple[OpenTerm, ...]) -> None:
        self.terms = terms
        self._system = system
        self.kept = tuple(reading.variable for reading in readings_of(system, terms))
        self.tied = tuple(tied(system, terms))
        self._ranges = tuple(part for variable in self.kept for part in within_range(variable))
        self._in_range = frozenset(self._ranges)

    @property
    def everything(self) -> tuple[Formula, ...]:
        """What is so in every reading: to be asked together with formulas about encounters."""
        return (*self._ranges, *self.tied)

    def where(self, *formulas: Formula) -> ReadingCubes | Unknown:
        """The readings on which some encounter meets the formulas, which include what is possible."""
        with _asking_where():
            cubes = projection(self._system.situation.roles, (*formulas, *self.everything), self.kept, self._system)
        return cubes if isinstance(cubes, Unknown) else self.of(cubes)

    def where_unanswered(
        self,
        world: World,
        holding: Sequence[Formula],
        compliance: tuple[Formula, ...],
        far: tuple[Formula, ...] = (),
    ) -> ReadingCubes | Unknown:
        """The readings on which no conduct complies in some encounter of the world that meets what is holding.

        What is `far` can be met there as well, and shares with the rest nothing but the situation.
        """
        with _asking_where():
            cubes = cubes_beside(world, (*holding, *self.everything), far, compliance, self.kept)
        return cubes if isinstance(cubes, Unknown) else self.of(cubes)

    def of(self, cubes: Iterable[Cube]) -> ReadingCubes | Unknown:
        """The readings in these cubes, told as shortly as can be."""
        told = tuple(dict.fromkeys(tuple(part for part in cube if part not in self._in_range) for cube in cubes))
        seen = self._of_choices(told)
        if seen is not None:
            return seen
        asked = (self._system.situation.roles, self._ranges, self.kept, self.tied, told)
        return remembered("on which readings", asked, lambda: self._of(told), ReadingCubes, given=self.terms)

    def _of_choices(self, cubes: tuple[Cube, ...]) -> ReadingCubes | None:
        """What is known without asking: every reading, or what cubes say that speak of nothing but what is taken."""
        if () in cubes:
            return ReadingCubes(self.terms, ((),), every=True)
        negotiation = Negotiation(self._system)
        if not all(negotiation.speaks_of_choices(literal) for cube in cubes for literal in cube):
            return None
        space = PackageSpace(negotiation.space.sizes)  # ties are no matter of how it is told
        boxes = [box for cube in cubes for box in negotiation.boxes(conjunction(*cube))]
        try:
            inside, outside = space.told(boxes), space.told(space.maximal_outside(boxes))
        except TooManyBoxes:
            return None
        if not outside:
            return ReadingCubes(self.terms, ((),), every=True)
        told, others = (self._cubes_of(negotiation, boxes) for boxes in (inside, outside))
        return ReadingCubes(self.terms, told, every=False, outside=others, tied=self.tied)

    def _cubes_of(self, negotiation: Negotiation, boxes: Iterable[Box]) -> tuple[Cube, ...]:
        return tuple(sorted((tuple(parts_of(negotiation.formula((box,)))) for box in boxes), key=self._rank))

    def _of(self, cubes: tuple[Cube, ...]) -> ReadingCubes | Unknown:
        solver = Solver(self._system.situation.roles, self._ranges)
        found = list(cubes)
        if not found:
            return ReadingCubes(self.terms, (), every=False, outside=((),), tied=self.tied)
        inside = disjunction(*(conjunction(*cube) for cube in found))
        outside = negation(inside)
        with asking(
            question="is there a reading on which it does not hold", found="it depends", none="it holds on all"
        ):
            beyond = solver.decide(outside)
        if isinstance(beyond, Unknown):
            return beyond
        if isinstance(beyond, Unsat):
            return ReadingCubes(self.terms, ((),), every=True)
        with asking(
            question="is there a reading on which it does not hold, other than those found",
            found="it does not hold on that reading either",
            none="it holds on all readings but those found",
        ):
            rest = projection(self._system.situation.roles, (outside, *self._ranges), self.kept)
        if isinstance(rest, Unknown):
            return rest
        told, others = self._told(solver, found, outside), self._told(solver, rest, inside)
        return ReadingCubes(self.terms, told, every=False, outside=others, tied=self.tied)

    def among(self, on: ReadingCubes | Unknown, *formulas: Formula) -> ReadingCubes | Unknown:
        """The same readings, called every one if they are all on which some encounter meets the formulas.

        Where options are open as well, it may hold on all of these with one option and not with another: so those on
        which it does not hold are such as some encounter meets.
        """
        if isinstance(on, Unknown) or on.every:
            return on
        solver = Solver(self._system.situation.roles, (*formulas, *self.everything))
        question = "is there an encounter of the case in a reading on which it does not hold"
        elsewhere = negation(on.formula)
        with asking(question=question, found="it depends", none="it holds on all readings of the case"):
            beyond = solver.decide(elsewhere)
        if isinstance(beyond, Unknown):
            return beyond
        if isinstance(beyond, Unsat):
            return replace(on, every=True)
        if len({term.choice is None for term in self.terms}) == 1:
            return on
        with _asking_where():
            rest = projection(self._system.situation.roles, (*formulas, *self.everything, elsewhere), self.kept)
        return rest if isinstance(rest, Unknown) else replace(on, outside=tuple(rest))

    def joined(self, several: Iterable[ReadingCubes | Unknown]) -> ReadingCubes | Unknown:
        """The readings that are among any of several."""
        found = list(several)
        unknown = next((on for on in found if isinstance(on, Unknown)), None)
        return unknown or self.of(cube for on in found if isinstance(on, ReadingCubes) for cube in on.cubes)

    def _told(self, solver: Solver, cubes: list[Cube], outside: Formula) -> tuple[Cube, ...]:
        wide = _joined(solver, [_shortened(solver, cube, outside) for cube in cubes], outside)
        return tuple(sorted(_needed(solver, wide), key=self._rank))

    def _rank(self, cube: Cube) -> tuple[int, Fraction, str]:
        """The order of the terms, and for one term from the lowest reading up."""
        first = min((self.kept.index(v) for literal in cube for v in variables(literal)), default=0)
        domain = (box_of(conjunction(*cube)) or {}).get(self.kept[first])
        low = domain.low if isinstance(domain, Interval) else None
        sort = self.kept[first].sort
        least = sort.low if isinstance(sort, NumberSort) else None
        return (first, low[0] if low else least or Fraction(0), str(cube))


def openness(system: NormSystem, formulas: Iterable[Formula], *, of_choices: bool = True) -> Openness | None:
    """The open terms that these formulas, or what texts deem, speak of; None if there is none.

    Not `of_choices`: what is taken of what is open in a text is left as free as any situation.
    """
    if not system.open_terms:
        return None
    read = {_term_of(v) for formula in formulas for v in variables(formula) if isinstance(v, Reading)}
    read |= _in_axioms(Itself(system))
    terms = tuple(
        number
        for number, term in enumerate(system.open_terms)
        if (of_choices or term.choice is None) and _term_of(term.variable) in read
    )
    return _openness(Itself(system), terms) if terms else None


def either(
    system: NormSystem, one: ReadingCubes | Unknown | None, other: ReadingCubes | Unknown | None
) -> ReadingCubes | Unknown | None:
    """The readings on which one of two things is so; None where one of them is, whatever is read."""
    if one is other or not (isinstance(one, ReadingCubes) and isinstance(other, ReadingCubes)):
        return one if one is None or isinstance(one, Unknown) else other
    return Openness(system, tuple(dict.fromkeys((*one.terms, *other.terms)))).joined((one, other))


def all_open(system: NormSystem) -> Openness:
    """All open terms of the system."""
    return _openness(Itself(system), tuple(range(len(system.open_terms))))


@lru_cache(maxsize=_SEVERAL)
def _openness(of: Itself[NormSystem], terms: tuple[int, ...]) -> Openness:
    """That of these open terms, by number: many questions are about the same."""
    system = of.thing
    return Openness(system, tuple(system.open_terms[number] for number in terms))


@lru_cache(maxsize=_SEVERAL)
def _in_axioms(of: Itself[NormSystem]) -> frozenset[tuple[str, str]]:
    """The open terms that axioms speak of."""
    spoken_of = (v for axiom in of.thing.axioms for v in mentioned(axiom.condition))
    return frozenset(_term_of(v) for v in spoken_of if isinstance(v, Reading))


def readable(system: NormSystem) -> tuple[object, ...]:
    """What the readings of a system rest on: who may read which terms, and where axioms speak of them."""
    return _readable(Itself(system)) if system.open_terms else ()


@lru_cache(maxsize=_SEVERAL)
def _readable(of: Itself[NormSystem]) -> tuple[object, ...]:
    system = of.thing
    everything = all_open(system)
    in_axioms = dict.fromkeys(
        v for axiom in system.axioms for v in mentioned(axiom.condition) if isinstance(v, Reading)
    )
    free = tuple(term.choice is None for term in system.open_terms)
    terms = tuple(term.variable for term in system.open_terms)
    return terms, free, everything.kept, everything.tied, tuple(in_axioms)


def _term_of(reading: Reading) -> tuple[str, str]:
    """The open term and its text, whoever reads it."""
    return reading.document, reading.term


def is_reading(literal: Formula) -> bool:
    """Whether it speaks of nothing but how terms are read."""
    return all(variable.origin is Origin.READING for variable in variables(literal))


def readings_of_clash(
    system: NormSystem, world: World, demands: tuple[Formula, ...], extent: Extent
) -> ReadingCubes | Unknown | None:
    """The readings on which the demands clash somewhere in the extent, although each rest of them can be met there."""
    terms = openness(system, (extent.formula, *demands))
    if terms is None:
        return None
    rests = [(*demands[:i], *demands[i + 1 :]) for i in range(len(demands))]
    elsewhere = (
        part
        for i, rest in enumerate(rests)
        for part in world.some_conduct(f"without{i}", (*relevant(world, rest), *rest))
    )
    found = terms.where(*world.situations(), extent.formula, *elsewhere)
    if isinstance(found, ReadingCubes) and not found.every and not extent.exact:
        return Unknown(mark("the conditions under which it happens are too many to be listed in full"))
    return found


# ---- as few and as short conditions as say it


def _shortened(solver: Solver, cube: Cube, outside: Formula) -> Cube:
    """Without the literals that the others make needless."""
    kept = list(cube)
    for literal in cube:
        rest = [other for other in kept if other is not literal]
        if isinstance(solver.ask(*rest, outside), Unsat):
            kept = rest
    return tuple(kept)


def _joined(solver: Solver, cubes: list[Cube], outside: Formula) -> list[Cube]:
    """With what two cubes say of one variable said at once, where everything between them belongs there too."""
    left = list(dict.fromkeys(cubes))
    while True:
        pairs = ((one, other, _hull(one, other)) for one, other in combinations(left, 2))
        found = next((p for p in pairs if p[2] is not None and _inside(solver, p[2], outside)), None)
        if found is None:
            return left
        one, other, both = found
        assert both is not None
        left = [both, *(cube for cube in left if cube not in (one, other, both))]


def _needed(solver: Solver, cubes: list[Cube]) -> list[Cube]:
    """Without those that lie in the others."""
    kept = list(cubes)
    for cube in reversed(cubes):
        rest = [other for other in kept if other is not cube]
        others = negation(disjunction(*(conjunction(*other) for other in rest)))
        if rest and _inside(solver, cube, others):
            kept = rest
    return kept


def _inside(solver: Solver, cube: Cube, outside: Formula) -> bool:
    return isinstance(solver.ask(*cube, outside), Unsat)


def _hull(one: Cube, other: Cube) -> Cube | None:
    """The narrowest condition on one variable that both imply; None if they are not about one and the same."""
    mentioned = {v for literal in (*one, *other) for v in variables(literal)}
    if len(mentioned) != 1:
        return None
    (variable,) = mentioned
    box = box_of(disjunction(conjunction(*one), conjunction(*other)))
    match (box or {}).get(variable):
        case Interval() as interval:
            return tuple(_bounds(variable, interval))
        case int(members):
            return (IsIn(variable, tuple(str(values_of(variable)[bit]) for bit in bits(members))),)
        case _:
            return None


def _bounds(variable: Variable, interval: Interval) -> Iterable[Formula]:
    if interval.low is not None:
        value, step = interval.low
        below = Sum((), value).plus(of_variable(variable), -1)
        yield at_zero(below, Order.LESS if step else Order.AT_MOST)
    if interval.high is not None:
        value, step = interval.high
        above = of_variable(variable).plus(Sum((), value), -1)
        yield at_zero(above, Order.LESS if step else Order.AT_MOST)


def _asking_where() -> AbstractContextManager[None]:
    return asking(
        question="is there an encounter in which it holds, in a reading of the open terms other than those found",
        found="it holds in that reading too",
        none="it holds in no further reading",
    )
