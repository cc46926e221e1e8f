"""A draft and a text that it takes as its model: how the draft stands to each demand of the model, where, and why.

Each stance (`stance_regions`) is told with a few conditions that suffice, the clauses of the draft that it is owed to,
and what shows it. Beside it stands whether the draft goes further.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from cbm.comparison.attainment import outside
from cbm.comparison.meaning import breach, exercise, smallest
from cbm.comparison.possible_packages import ALL_PACKAGES, TOO_MANY, in_common, packages_with, parted, stands_on
from cbm.comparison.stances.shortfalls import Shortfall, shortfalls
from cbm.comparison.stances.stance_regions import BearerSide, DemandRegions, GivenUp, Stance
from cbm.comparison.two_texts import TwoTexts
from cbm.core.expressions import FALSE, TRUE, Formula, NormId, conjunction, disjunction, negation
from cbm.core.matters import is_left_open, subjects
from cbm.core.norms import Strength
from cbm.core.packages.package_boxes import Box, TooManyBoxes
from cbm.core.roles import rotate
from cbm.core.substitution import variables
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.search.extent import SHOWN, Cube
from cbm.search.fewer_cubes import fewer
from cbm.search.implicants import implicant
from cbm.search.parallel import Watch, counted
from cbm.search.widening import condensed
from cbm.smt.solve import Answer, Sat, Solver, Unknown, Unsat, apart
from cbm.translation.saying import mark


@dataclass(frozen=True, slots=True)
class DemandStance:
    """One stance of the draft to one demand of the model, for the bearer of `about`: where `region` holds.

    Each of the `cubes` suffices for it where the demand can bind; `complete`: it is so nowhere else; one empty cube:
    wherever it can bind. `by` are clauses of the draft that say so: that keep it, contradict it, permit its breach or
    ask for less; of what is missing, those that ask for it elsewhere. `shows` holds of situations and conduct that
    show it. `further` are duties of the draft that some conduct breaches which keeps the demand, and `beyond` holds of
    it. `outside`: it binds nobody who is party to the draft. `among` are the duties that hang together with it.
    `packages`: of a draft under negotiation, those with which it is so somewhere; the `cubes` are told of these, and
    may say which of them they are about.
    """

    demand: NormId
    stance: Stance
    about: Ground
    region: Formula
    cubes: tuple[Cube, ...]
    complete: bool
    by: tuple[NormId, ...]
    shows: tuple[Formula, ...]
    among: frozenset[NormId]
    further: tuple[NormId, ...] = ()
    beyond: Formula = FALSE
    in_what: tuple[Shortfall, ...] = ()  # it is weaker, or missing
    as_duty: bool = False  # the model advises it, and the draft makes it a duty
    outside: bool = False
    reserves: tuple[str, ...] = ()  # of what is missing: reserves of the draft that leave it open on purpose somewhere
    packages: tuple[Box, ...] = ALL_PACKAGES

    @property
    def everywhere(self) -> bool:
        return self.cubes == ((),)


@dataclass(frozen=True, slots=True)
class NeverBinding:
    """A demand of the model that binds nobody in what both texts are about: there is nothing to compare."""

    demand: NormId


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A demand of the model of which it is not known how the draft stands to it, and why."""

    demand: NormId
    reason: str


DemandTold = DemandStance | NeverBinding | NotKnown


def stances(both: TwoTexts, watch: Watch | None = None) -> Iterator[list[DemandTold]]:
    """How the new text, a draft, stands to the demands of the old one, its model, clause by clause."""
    sides = [BearerSide(both, about) for about in both.inquiry.grounds]
    clauses: dict[NormId, list[NormId]] = {}
    for demand in [n for n in both.system.norms if n.document == both.old.name]:
        clauses.setdefault(both.clause(demand).clause, []).append(demand)
    for demands in counted(clauses.values(), mark("provisions of {model}", model=both.old.name), watch):
        yield [one for demand in demands for one in _to_demand(sides, demand)]


def _to_demand(sides: Sequence[BearerSide], norm: NormId) -> Sequence[DemandTold]:
    found = [one for side in sides for one in _of_demand(side, norm)]
    inside = [one for one in found if not (isinstance(one, DemandStance) and one.outside)]
    return inside or found or [NeverBinding(norm)]


def _of_demand(side: BearerSide, norm: NormId) -> Iterator[DemandStance | NotKnown]:
    """The stances to one demand; none where it never binds this bearer."""
    advised = side.both.system.norms[norm].strength is Strength.SHOULD
    m = side.model[advised].find(norm)
    if m is None:
        return
    binds = side.ask((norm,), "can it bind between parties of the draft", m.binds, side.scope(m))
    if isinstance(binds, Unknown):
        yield NotKnown(norm, binds.reason)
    elif isinstance(binds, Sat):
        try:
            yield from _DemandCheck(DemandRegions(side, m, advised)).stances()
        except GivenUp as why:
            yield NotKnown(norm, why.reason)
    elif isinstance(side.ask((norm,), "does it bind anybody", m.binds), Sat):
        shows = (m.binds,)
        yield DemandStance(
            norm,
            Stance.MISSING,
            side.about,
            region=m.binds,
            cubes=((),),
            complete=True,
            by=(),
            shows=shows,
            among=frozenset(),
            outside=True,
        )


class _DemandCheck:
    """What is told of the stances to one demand."""

    def __init__(self, at: DemandRegions) -> None:
        self.at, self.m, self.about, self.both = at, at.m, at.about, at.both
        self.negotiation = self.at.side.negotiation
        self.keeping: tuple[NormId, ...] = ()  # the clauses that keep it somewhere, once they are found

    def stances(self) -> Iterator[DemandStance]:
        """Each stance, where it is so; together they tell every situation in which the demand can bind, once."""
        for stance, region in self.at.regions().items():
            for packages in self._weaker_alike(region) if stance is Stance.WEAKER else [self._packages(region)]:
                for some in self._further_alike(stance, region, packages):
                    yield from self._told(stance, region, some)
        for some in [self._packages(self.at.owes_less)]:
            yield from self._told(Stance.WEAKER, self.at.owes_less, some, owes_less=True)

    def _told(
        self, stance: Stance, region: Formula, packages: tuple[Box, ...], *, owes_less: bool = False
    ) -> Iterator[DemandStance]:
        """The stance as it is told of these packages; `owes_less`: it is kept, and who breaches it owes less."""
        region = region if packages == ALL_PACKAGES else conjunction(region, self.negotiation.formula(packages))
        cubes, complete = self._cubes(region, packages)
        if not cubes:
            return
        shows = (region, *cubes[0], self.at.left_undone) if owes_less else self._shows(stance, region, cubes[0])
        further, beyond = self._further(region) if self._may_go_further(stance) else ((), FALSE)
        by = self._by(Stance.KEPT if owes_less else stance, region, packages)
        self.keeping += by if stance is Stance.KEPT else ()
        norms = self.both.system.norms
        duty = stance is Stance.KEPT and self.at.advised and bool(by) and self.m.norm.demands
        as_duty = duty and all(norms[n].strength is Strength.MUST for n in by)
        yield DemandStance(
            demand=self.m.norm.id,
            stance=stance,
            about=self.about,
            region=region,
            cubes=cubes,
            complete=complete,
            by=by,
            shows=shows,
            among=self.at.among,
            further=further,
            beyond=beyond,
            in_what=(Shortfall.REPARATION,) if owes_less else self._in_what(stance, region, by),
            as_duty=as_duty,
            reserves=tuple(self._reserves(region)) if stance is Stance.MISSING else (),
            packages=packages,
        )

    def _weaker_alike(self, region: Formula) -> list[tuple[Box, ...]]:
        """The packages with which it is weaker somewhere, apart by what their clauses fall short in."""
        packages = self._packages(region)
        if not self.negotiation.terms or not packages:
            return [packages]
        where: dict[Shortfall, list[Box]] = {}
        for n, lacking in self._shortfalls(region, self._by(Stance.WEAKER, region, packages)):
            for one in lacking:
                where.setdefault(one, []).extend(self.negotiation.boxes_of([n.norm]))
        try:
            parts = [in_common(self.negotiation, (packages, some)) for _, some in parted(self.negotiation, where)]
        except TooManyBoxes:
            raise GivenUp(TOO_MANY.reason) from None
        return [some for some in parts if some]

    def _further_alike(self, stance: Stance, region: Formula, packages: tuple[Box, ...]) -> list[tuple[Box, ...]]:
        """These packages, apart by which clauses go further."""
        if not self.negotiation.terms or not packages or not self._may_go_further(stance):
            return [packages]
        where: dict[NormId, list[Box]] = {}
        for n, way in self._ways_further(region):
            where.setdefault(n.norm.id.unworded, []).extend(self._packages(way))
        try:
            parts = [in_common(self.negotiation, (packages, some)) for _, some in parted(self.negotiation, where)]
        except TooManyBoxes:
            raise GivenUp(TOO_MANY.reason) from None
        return [some for some in parts if self._exist(some)]

    def _exist(self, packages: Sequence[Box]) -> bool:
        space = self.negotiation.space
        return bool(space.minus(packages, space.excluded))

    def _may_go_further(self, stance: Stance) -> bool:
        return self.m.norm.demands and stance is not Stance.NO_VERDICT

    def _packages(self, region: Formula) -> tuple[Box, ...]:
        """The packages with which it is so somewhere."""
        if region == FALSE:
            return ()
        packages = packages_with(self.at.side.negotiation, self.at.side.world, region)
        if isinstance(packages, Unknown):
            raise GivenUp(packages.reason)
        return packages

    def _shows(self, stance: Stance, region: Formula, cube: Cube) -> tuple[Formula, ...]:
        """Situation and conduct that show it under the first conditions that are told."""
        m, own = self.m, () if self.m.norm.demands else (exercise(self.m),)
        kept = (m.binds, m.kept, self.at.kept) if m.norm.demands else (*own, self.at.kept)
        ways: Iterable[tuple[Formula, ...]]
        match stance:
            case Stance.KEPT:
                ways = (kept, (self.at.kept,), own)
            case Stance.NO_VERDICT:
                ways = ((m.binds,),)
            case Stance.PERMITS_BREACH:
                allowing = [exercise(n) for n in self.at.alike if not n.norm.demands]
                ways = ((disjunction(*allowing), breach(m)),)
            case Stance.CONTRADICTED:
                ways = ((self.at.kept, breach(m)),) if m.norm.demands else (own,)
            case Stance.NOT_GRANTED:
                free = tuple(negation(exercise(n)) for n in self.at.same_kind())
                ways = ((*own, *free, self.at.kept), (*own, *free), (*own, self.at.kept))
            case Stance.WEAKER:
                bound = disjunction(*(n.binds for n in self.at.alike if n.norm.demands))
                ways = ((self.at.kept, breach(m), bound), (self.at.kept, breach(m)))
            case _:
                ways = ((self.at.kept, breach(m)),)
        for way in ways:
            answer = self._ask(f"is there an encounter that shows it ({stance.value})", region, *cube, *way)
            if isinstance(answer, Sat):
                return (region, *cube, *way)
        raise AssertionError("what is so somewhere is so in an encounter")

    def _cubes(self, region: Formula, packages: tuple[Box, ...]) -> tuple[tuple[Cube, ...], bool]:
        """A few sets of conditions, each of which suffices where the demand can bind, and whether they are all.

        They are told of the packages with which the region is not empty; first those that suffice on all of these.
        """
        if not packages:
            return (), True
        if region is self.at.binds:
            return ((),), True
        bound = conjunction(self.at.where(self.at.binds, TRUE), self.at.side.negotiation.formula(packages))
        with apart():  # which conditions are told depends on no other question
            cubes, complete = self._told_cubes(region, bound)
        return tuple(sorted(cubes, key=lambda cube: any(map(self.negotiation.speaks_of_choices, cube)))), complete

    def _told_cubes(self, region: Formula, bound: Formula) -> tuple[tuple[Cube, ...], bool]:
        solver = Solver(self.at.side.world.roles, (*self.at.side.world.situations(), bound))
        beyond = solver.ask(negation(region))
        if isinstance(beyond, Unknown):
            raise GivenUp(beyond.reason)
        if isinstance(beyond, Unsat):
            return ((),), True
        wanted = list(dict.fromkeys(variables(region)))
        cubes: list[Cube] = []
        while len(cubes) < SHOWN:
            answer = solver.decide(region, *map(outside, cubes))
            if isinstance(answer, Unsat):
                return fewer(cubes), True
            if isinstance(answer, Unknown):
                raise GivenUp(answer.reason)
            literals = implicant(region, answer.values(wanted))
            cube = condensed(solver, self.at.side.world.declared, literals, negation(region))
            if isinstance(cube, Unknown):
                raise GivenUp(cube.reason)
            cubes.append(cube)
        return fewer(cubes), isinstance(solver.decide(region, *map(outside, cubes)), Unsat)

    def _further(self, region: Formula) -> tuple[tuple[NormId, ...], Formula]:
        """Duties of the draft on the matter that some conduct breaches which keeps the demand, and that conduct."""
        found: list[NormId] = []
        beyond: Formula = FALSE
        for n, way in self._ways_further(region):
            answer = self._ask("is there conduct that keeps it and breaches a duty of the draft", way)
            if isinstance(answer, Sat):
                found.append(n.norm.id)
                beyond = way if beyond == FALSE else beyond
        return tuple(found), beyond

    def _ways_further(self, region: Formula) -> Iterator[tuple[GroundNorm, Formula]]:
        """The duties of the draft on the matter, each with conduct that breaches it and keeps the demand."""
        for n in self.at.duties:
            if n in self.at.alike or subjects(n.norm) & subjects(self.m.norm):
                yield n, conjunction(region, self.m.binds, self.m.kept, breach(n))

    def _by(self, stance: Stance, region: Formula, packages: tuple[Box, ...]) -> tuple[NormId, ...]:
        """The clauses of the draft that it is owed to."""
        m = self.m
        match stance:
            case Stance.KEPT if m.norm.demands:
                return self._needed(self.at.duties, region, breach(m))
            case Stance.CONTRADICTED if m.norm.demands:
                return self._needed(self.at.duties, region, m.binds, m.kept)
            case Stance.CONTRADICTED:
                return self._needed(self.at.duties, region, exercise(m))
            case Stance.KEPT | Stance.NOT_GRANTED:
                same = [n for n in self.at.same_kind() if n in self.at.alike]
                return self._those(same, lambda n: (region, exercise(m), exercise(n)))
            case Stance.PERMITS_BREACH:
                allowing = (n for n in self.at.alike if not n.norm.demands)
                return self._those(allowing, lambda n: (region, exercise(n), breach(m)))
            case Stance.ONLY_ADVISED:
                return self._needed(self.at.side.duties(self.both.new, advised=True, near=m).duties, region, breach(m))
            case Stance.WEAKER:
                return self._those(self._asking_in_it(), lambda n: (region, n.binds))
            case Stance.MISSING:
                elsewhere = (*(n.norm.id for n in self._asking_in_it()), *self.keeping)
                return tuple(n for n in dict.fromkeys(elsewhere) if self._stands(n, packages))
            case _:
                listed = {n.norm.id for n in self.at.duties}
                sets = self.both.clashing(self.both.new, self.about, self.at.advised)
                linked = self.at.hanging.linked
                own = ((clash, where) for clash, where in sets if listed.issuperset(clash.takes_part))
                clashing = [(clash, conjunction(where, linked(*clash.takes_part))) for clash, where in own]
                there = [c for c, where in clashing if isinstance(self._ask("do they clash", region, where), Sat)]
                return tuple(dict.fromkeys(n for clash in there for n in clash.takes_part))

    def _in_what(self, stance: Stance, region: Formula, by: Sequence[NormId]) -> tuple[Shortfall, ...]:
        """What the draft falls short in, clause by clause."""
        if stance is Stance.ONLY_ADVISED:
            return (Shortfall.STRENGTH,)
        if stance is Stance.MISSING:
            return self._why_missing(by)
        if stance is not Stance.WEAKER:
            return ()
        found = {one for _, lacking in self._shortfalls(region, by) for one in lacking}
        return tuple(one for one in Shortfall if one in found)

    def _shortfalls(self, region: Formula, by: Sequence[NormId]) -> Iterator[tuple[GroundNorm, tuple[Shortfall, ...]]]:
        """What each of these clauses falls short in where it binds."""
        for n in (n for n in self.at.alike if n.norm.id in by):
            there = self.at.where(n.binds, region)

            def excludes(advised: bool, formula: Formula, there: Formula = there) -> bool:
                hanging = self.at.side.duties(self.both.new, advised=True, near=self.m) if advised else self.at.hanging
                question = "does some conduct comply with the draft and breach what is left of the demand"
                return isinstance(self._ask(question, region, there, formula, hanging.kept), Unsat)

            yield n, shortfalls(self.about, self.m, n, excludes)

    def _stands(self, norm: NormId, packages: Sequence[Box]) -> bool:
        """Whether a clause of the draft stands on any of these packages."""
        return stands_on(self.at.side.negotiation, self.both.system.norms[norm], packages)

    def _why_missing(self, elsewhere: Sequence[NormId]) -> tuple[Shortfall, ...]:
        """Whether the draft asks for it elsewhere, or of somebody else."""
        if elsewhere:
            return (Shortfall.CONDITION,)
        others = [
            n
            for n in self.both.system.norms.values()
            if n.id.document == self.both.new.name and n.demands and not n.rotates and n.bearer != self.about.bearer
        ]
        own = self.m.norm
        shifted = [n for n in others if {s.name for s in subjects(n)} & {s.name for s in subjects(own)}]
        return (Shortfall.BEARER,) if shifted else ()

    def _reserves(self, region: Formula) -> Iterator[str]:
        """The reserves of the draft on its topics that hold somewhere there."""
        text, system = self.both.new, self.both.new.system
        roles = len(system.situation.roles)
        view = self.about.bearer if system.situation.interchangeable else 0
        topics = self.m.norm.topics
        for reserve in system.reserves:
            if not reserve.has_ended(system.as_of) and any(is_left_open(reserve, t, system) for t in topics):
                condition = rotate(text.rewriting.expression(reserve.condition), view, roles)
                there = self.about.grounder.formula(condition)
                if isinstance(self._ask("is it left open on purpose somewhere there", region, there), Sat):
                    yield reserve.label

    def _asking_in_it(self) -> list[GroundNorm]:
        return [n for n in self.at.alike if n.norm.demands and n.binds != FALSE]

    def _those(
        self, among: Iterable[GroundNorm], way: Callable[[GroundNorm], tuple[Formula, ...]]
    ) -> tuple[NormId, ...]:
        return tuple(n.norm.id for n in among if isinstance(self._ask("does this clause say so", *way(n)), Sat))

    def _needed(self, among: Sequence[GroundNorm], *impossible: Formula) -> tuple[NormId, ...]:
        """A smallest choice of duties that exclude this: duties before advice, those of the same matter first."""

        def refutes(some: list[GroundNorm]) -> Answer:
            return self._ask("do these duties alone settle it", *impossible, *(n.demand for n in some))

        def rank(n: GroundNorm) -> tuple[bool, bool]:
            return not subjects(n.norm) & subjects(self.m.norm), n.norm.strength is Strength.SHOULD

        for some in ([n for n in among if not any(rank(n))], [n for n in among if not rank(n)[0]], among):
            listed = sorted(some, key=rank)
            if isinstance(refutes(listed), Unsat):
                return tuple(n.norm.id for n in smallest(listed, refutes))
        return ()

    def _ask(self, question: str, *formulas: Formula) -> Sat | Unsat:
        """The answer; GivenUp where there is none, for what is told of a stance would be wrong without it."""
        answer = self.at.side.ask((self.m.norm.id,), question, *formulas)
        if isinstance(answer, Unknown):
            raise GivenUp(answer.reason)
        return answer
