"""What compliance shuts out: where one can comply, but not so that something is also done that a clause leaves open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from cbm.conflicts.all_conflicts import doubtful, world_of
from cbm.conflicts.precedence import is_steady
from cbm.conflicts.trigger_cycles import UNENDING, ending
from cbm.core.expressions import FALSE, Formula, NormId, conjunction, disjunction, negation
from cbm.core.norms import Strength
from cbm.core.substitution import variables
from cbm.core.variables import Variable
from cbm.evaluate.complete_episode import CompleteEpisode as Seen
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.records import Record, replace
from cbm.search.exists_forall import Stuck, fix
from cbm.search.extent import Cube
from cbm.search.implicants import Point
from cbm.search.kept_answers import remembered
from cbm.search.open_readings import ReadingCubes, openness
from cbm.search.projection_beside import cubes_beside
from cbm.search.replay import Episode, episode
from cbm.search.unanswered_situations import Stood, unanswered_beside, unanswered_in
from cbm.search.widening import attained, widen
from cbm.search.world import World, is_copy, relevant
from cbm.smt.index import box_of, surely_holds, surely_implied
from cbm.smt.journal import is_kept
from cbm.smt.solve import Sat, Solver, Unknown, Unsat
from cbm.translation.saying import mark

# So many conditions are looked for: each takes a search of its own.
MOST = 24
TOO_MANY = Unknown(mark("its conditions are too many to be listed in full; more were left out"))


class AskedUse(Record):
    """Whether what a clause leaves open can be used by a bearer who complies, with advice or without.

    `result`: whether it can be with every value of this result that it allows. `beside`: it is asked on the readings of
    open terms on which nothing of this is found. Of a clause of another text than the one under check, it is asked in
    situations in which the duties of other texts leave a use of it (`owed_besides`), and of duties that do not yield to
    all of that text (`standing_against`).
    """

    norm: NormId
    result: Variable | None
    bearer: int
    advised: bool
    beside: tuple[AskedUse, ...] = ()


class OptionQuestion(Record):
    """Where some conduct meets `given` and keeps the duties, some such conduct should meet `wanted` as well.

    `where` says more of the situations asked about, and may speak of other conduct there (`World.some_conduct`). Where
    there are `others`, who keeps just these duties can go the way in the situations asked about. What conduct meets
    `instead` opens the way as well.
    """

    about: Ground
    given: tuple[Formula, ...]
    wanted: tuple[Formula, ...]
    duties: tuple[GroundNorm, ...]
    where: tuple[Formula, ...] = ()
    instead: Formula = FALSE
    others: tuple[GroundNorm, ...] | None = None

    @property
    def demands(self) -> tuple[Formula, ...]:
        return tuple(d.demand for d in self.duties)

    @property
    def ending(self) -> OptionQuestion:
        """The same question of the duties whose acts do not call for one another without end."""
        others = None if self.others is None else ending(self.about, self.others)
        return replace(self, duties=ending(self.about, self.duties), others=others)

    @property
    def near(self) -> OptionQuestion:
        """The same question of the duties that have conduct in common with it, directly or through others."""
        parts = set(self._bearing_on((*self.given, *self.wanted, self.instead), self.demands))
        return replace(self, duties=tuple(d for d in self.duties if d.demand in parts))

    @property
    def weighed(self) -> OptionQuestion:
        """The same question of the duties that decide where the way is shut: those near, and those that may clash.

        The others can be kept in every situation, whatever is done here: they share no conduct with it, and nothing
        clashes among those they do share conduct with.
        """
        kept = doubtful(self.about).union(d.norm.id for d in self.near.duties)
        return replace(self, duties=tuple(d for d in self.duties if d.norm.id in kept))

    @property
    def breachable(self) -> OptionQuestion:
        """The same question of the duties that can be breached while what is given holds: the others are kept there.

        It is about the same situations, and as a rule much shorter: few duties bind where a clause does.
        """
        return self.breachable_where()

    def breachable_where(self, *holding: Formula) -> OptionQuestion:
        """The same of situations in which these conditions hold as well, which speak of no conduct."""
        given = box_of(conjunction(*self.given, *holding))
        return replace(self, duties=tuple(d for d in self.duties if not surely_implied(d.demand, given)))

    def complying(self, *there: Formula) -> tuple[Formula, ...]:
        """What is so where some conduct meets what is given and the duties near, in situations in which this holds too.

        Duties that nothing there can breach are left out.
        """
        demands = self.breachable_where(*there).near.demands
        return (*self.world.some_conduct("complies", (*self.world.feasible, *self.given, *demands)), *there)

    def far(self, *there: Formula) -> tuple[Formula, ...]:
        """The same of the other duties: those that may clash among themselves."""
        way = self.breachable_where(*there)
        near = set(map(id, way.near.duties))
        return self.world.some_conduct("complies", (d.demand for d in way.weighed.duties if id(d) not in near))

    @property
    def there(self) -> tuple[Formula, ...]:
        """What else is so in the situations asked about."""
        return (*self.where, *self.world.some_conduct("is free to", self.left_by_others))

    @property
    def left_by_others(self) -> tuple[Formula, ...]:
        """What conduct has to make true to go this way and keep the duties of others; nothing where there are none."""
        return () if self.others is None else self.compliance(*(d.demand for d in self.others))

    @property
    def world(self) -> World:
        return world_of(self.about)

    def compliance(self, *demands: Formula) -> tuple[Formula, ...]:
        """What conduct has to make true to go this way and meet those of the demands that have to do with it."""
        world = self.world
        parts = self._bearing_on((*self.given, *self.wanted), demands)
        if self.instead == FALSE:
            return (*parts, *self.given, *self.wanted)
        asked = conjunction(*(part for part in parts if part not in world.feasible), *self.given, *self.wanted)
        either = disjunction(asked, self.instead)
        return (*relevant(world, (either,)), either)

    def _bearing_on(self, formulas: tuple[Formula, ...], demands: tuple[Formula, ...]) -> tuple[Formula, ...]:
        """What is feasible, and those of the demands, that share conduct with the formulas."""
        world = self.world
        return relevant(replace(world, feasible=(*world.feasible, *demands)), formulas)


class Shut(Record):
    """A situation in which a way is shut, conditions that suffice for it, and a smallest set of duties that shut it."""

    situation: Point
    cube: Cube
    by: tuple[GroundNorm, ...]


def duties_of(about: Ground, advised: bool) -> tuple[GroundNorm, ...]:
    """What is complied with: the `must`s, or the advice as well."""
    return tuple(d for d in about.demanding if advised or d.norm.strength is Strength.MUST)


def standing_against(about: Ground, n: GroundNorm, duties: Sequence[GroundNorm]) -> tuple[GroundNorm, ...]:
    """Of the duties, those that can take the use of a clause away: of another text's, none that yields to all of it.

    `subject to` a whole text says that what this allows stays allowed; of one permission it says nothing that has an
    effect, as a permission and a duty never clash.
    """
    system = about.system
    if n.norm.id.document == system.subject:
        return tuple(duties)
    edges = [edge for edge in system.precedences if edge.sweeping and n.norm.id in edge.prevailing]
    return tuple(d for d in duties if not any(d.norm.id in edge.yielding for edge in edges))


def owed_besides(about: Ground, n: GroundNorm, duties: Sequence[GroundNorm]) -> tuple[GroundNorm, ...] | None:
    """The duties of other texts than the one under check, where the clause is of one, too; None otherwise."""
    subject = about.system.subject
    return None if n.norm.id.document == subject else tuple(d for d in duties if d.norm.id.document != subject)


def advice_adds(strict: Ground, advised: Ground) -> bool:
    """Whether more is complied with where advice is counted."""
    alone, beside = duties_of(strict, advised=False), duties_of(advised, advised=True)
    return [n.demand for n in alone] != [n.demand for n in beside]


def shut(way: OptionQuestion) -> Shut | Unknown | None:
    """Where the way is shut, and what shuts it there, as it is preferred (`_by_preference`); None if nowhere."""
    return _first_shut(way, way, Stood())


def shut_besides(way: OptionQuestion, closed: Shut) -> Iterator[Shut | Unknown]:
    """What else shuts the way, set after set: each where none of the duties of the sets before it is counted.

    Where no duty at all is needed to shut it, only what shuts it elsewhere is asked about from then on.
    """
    way, stood, open_to_some = way.breachable, Stood(), False
    while closed.by or not open_to_some:
        if not closed.by:
            way, stood, open_to_some = _where_open_to_some(way), Stood(), True
        without = {d.norm.id for d in closed.by}
        way = replace(way, duties=tuple(d for d in way.duties if d.norm.id not in without))
        further = _first_shut(way, way, stood)
        if further is None:
            return
        yield further
        if isinstance(further, Unknown):
            return
        closed = further


def _where_open_to_some(way: OptionQuestion) -> OptionQuestion:
    """The same question of the situations in which some conduct goes the way, duties aside."""
    gone = way.world.some_conduct("goes the way", way.compliance())
    return replace(way, where=(*way.where, *gone))


def never_by(way: OptionQuestion, closed: Shut, *read: Formula) -> tuple[GroundNorm, ...] | Unknown:
    """Duties of which none can be left out, so that nobody can ever go a way that is never open to who complies.

    Those that shut it in one situation, if they do so in all. `read` says on which readings of open terms.
    """
    way = way.ending.weighed
    solver = Solver(way.world.roles, (*way.world.possible, *read, *way.compliance()))
    for duties in (closed.by, way.duties):
        answer = solver.ask(*(d.demand for d in duties))
        if isinstance(answer, Unsat):
            return closed.by if duties is closed.by else _needed(solver, duties, answer.core)
        if isinstance(answer, Unknown):
            return answer
    raise AssertionError("nobody who complies can go it")


def shut_elsewhere(way: OptionQuestion, closed: Shut, *, by: tuple[GroundNorm, ...]) -> Iterator[Shut | Unknown]:
    """Where else these duties shut the way for who complies with all, each time outside of all that was found before.

    As many are looked for as are told.
    """
    way, found, stood = way.breachable, [closed], Stood()
    while len(found) < MOST:
        outside = (negation(conjunction(*one.cube)) for one in found)
        elsewhere = replace(way, where=(*way.where, *outside))
        further = _shut(elsewhere, replace(elsewhere, duties=by), stood)
        if further is None:
            return
        yield further
        if isinstance(further, Unknown):
            return
        found.append(further)
    yield TOO_MANY


def is_shut_elsewhere(way: OptionQuestion, closed: Shut) -> bool:
    """Whether the same duties are known to shut it under other conditions, too."""
    return isinstance(next(shut_elsewhere(way, closed, by=closed.by), None), Shut)


def where_shut(way: OptionQuestion) -> Point | Unknown | None:
    """A situation in which the way is shut; None if there is none."""
    return _where_shut(way, way, Stood())


def _by_preference(way: OptionQuestion) -> tuple[GroundNorm, ...]:
    """The duties in the order in which they are told sooner: those of the text under check; what stands later."""
    subject, later_first = way.about.system.subject, way.duties[::-1]
    own = [duty for duty in later_first if duty.norm.id.document == subject]
    return (*own, *(duty for duty in later_first if duty.norm.id.document != subject))


def _first_shut(complied: OptionQuestion, way: OptionQuestion, stood: Stood) -> Shut | Unknown | None:
    """Where the way is shut, by the preferred ones of all the smallest sets of duties that shut it somewhere.

    The least preferred duty of such a set is preferred to that of each other one, and so on. So which duties are told
    hangs on the text alone, and not on the situation that the solver finds first. Where it is not known whether others
    shut the way, those that are known to do so are taken.
    """
    found, needed = _shut(complied, way, stood), list[GroundNorm]()
    order = _by_preference(way)
    places = {id(duty): place for place, duty in enumerate(order)}
    while isinstance(found, Shut):
        left = [places[id(duty)] for duty in found.by if all(duty is not one for one in needed)]
        if not left:
            break
        counted = set(map(id, (*order[: max(left)], *needed)))
        sooner = _shut(complied, replace(way, duties=tuple(d for d in way.duties if id(d) in counted)), stood)
        if isinstance(sooner, Shut):
            found = sooner
        else:
            needed.append(order[max(left)])
    return found


def _shut(complied: OptionQuestion, way: OptionQuestion, stood: Stood) -> Shut | Unknown | None:
    point = _where_shut(complied, way, stood)
    return shut_at(way, point) if isinstance(point, Mapping) else point


def _where_shut(complied: OptionQuestion, way: OptionQuestion, stood: Stood) -> Point | Unknown | None:
    """A situation in which one can comply as far as the one says, and go no such way as the other one asks for.

    Conduct that goes on for ever is not looked at: if that might open the way, or be all that complies, nobody knows.
    """
    kept = complied.ending
    surely = _where(complied, way.ending, stood)
    if surely is not None or len(kept.duties) == len(complied.duties):
        return surely
    return None if _where(kept, way, stood) is None else Unknown(UNENDING)


def _where(complied: OptionQuestion, way: OptionQuestion, stood: Stood) -> Point | Unknown | None:
    """The same, whether or not their conduct ends.

    It is asked of what has to do with the way. Where there is none even so, there is none; and one that is found is one
    of everything, if there all else that is in doubt can be complied with as well.
    """
    near, world = complied.near, way.world
    if not is_kept() and _is_plainly_open(near, way):  # who takes notes wants to see the question itself
        return None
    kept = set(map(id, near.duties))  # of all units at once one clause may be among them more than once
    far = [d.demand for d in complied.weighed.duties if id(d) not in kept]
    required, compliance = _complying(near, way), way.compliance(*way.demands)
    met = () if is_kept() else (*world.feasible, *way.given, *near.demands)
    stuck = unanswered_beside(world, required, world.some_conduct("complies", far), compliance, stood, met)
    match stuck:
        case Stuck(values):
            return values
        case Unknown():
            return stuck
        case Unsat():
            return None


def _is_plainly_open(near: OptionQuestion, way: OptionQuestion) -> bool:
    """Whether the way is open everywhere, which is seen of the few duties that can be breached there."""
    few = near.breachable
    if len(few.duties) == len(near.duties):
        return False  # it is the same question
    compliance = way.compliance(*way.breachable.demands)
    return isinstance(unanswered_in(way.world, _complying(few, way), compliance), Unsat)


def _complying(complied: OptionQuestion, way: OptionQuestion) -> tuple[Formula, ...]:
    """What situations meet in which what is given can hold while one complies as far as this says."""
    world = way.world
    complying = world.some_conduct("complies", (*world.feasible, *way.given, *complied.demands))
    return (*world.possible, *complying, *complied.there)


def shut_at(way: OptionQuestion, point: Point) -> Shut | Unknown:
    """What shuts the way in a situation in which it is known to be shut."""
    way = way.ending.near
    said = (*way.given, *way.wanted, way.instead, *way.demands)
    asked = (*way.world.asked(said), [len(part) for part in (way.given, way.wanted)], point)
    return remembered("what shuts it", asked, lambda: _shut_at(way, point), Shut, given=way.duties)


def _shut_at(way: OptionQuestion, point: Point) -> Shut | Unknown:
    compliance = way.compliance(*way.demands)
    situation = {v: point[v] for part in compliance for v in variables(part) if v not in way.world.conduct}
    fixed = tuple(fix(v, value) for v, value in situation.items())
    left = Solver(way.world.roles, (*fixed, *(part for part in compliance if part not in way.demands)))
    duties = [d for d in way.duties if d.demand in compliance]
    core = [d.demand for d in duties if not surely_holds(d.demand, situation)]  # so much suffices
    by = _needed(left, duties, core)
    needed = way.compliance(*(d.demand for d in by))
    cube = widen(Solver(way.world.roles, (*way.world.possible, *needed)), needed, situation, way.world)
    return cube if isinstance(cube, Unknown) else Shut(situation, cube, by)


def _needed(left: Solver, duties: Sequence[GroundNorm], core: Collection[Formula]) -> tuple[GroundNorm, ...]:
    """Of the duties, those of the core that rule out what is left, as few as it takes."""
    by = list(duties)
    for duty in tuple(by):
        rest = [d for d in by if d is not duty]
        if duty.demand in core:
            answer = left.ask(*(d.demand for d in rest))
            if not isinstance(answer, Unsat):
                continue
            core = answer.core
        by = rest
    return tuple(by)


def within_reach(way: OptionQuestion, point: Point) -> Cube | Unknown:
    """Conditions, true at the point, under which some conduct is all that is given and wanted, duties aside.

    Some conduct is so at the point.
    """
    world, said, reached = way.world, way.compliance(), conjunction(*way.given, *way.wanted)
    spoken = (v for part in (*said, reached) for v in variables(part))
    situation = {v: point[v] for v in spoken if not (v in world.conduct or is_copy(v))}
    asked = (*world.asked((*said, reached)), situation)
    return remembered("when can it be reached", asked, lambda: _within_reach(world, said, reached, situation))


def _within_reach(world: World, said: tuple[Formula, ...], reached: Formula, situation: Point) -> Cube | Unknown:
    parts = world.some_conduct("reach", said)
    answer = Solver(world.roles, (*(fix(v, value) for v, value in situation.items()), *parts)).ask()
    if isinstance(answer, Unknown):
        return answer
    assert isinstance(answer, Sat), "some conduct is so there"
    conduct = answer.values([v for v in dict.fromkeys(v for part in parts for v in variables(part)) if is_copy(v)])
    return attained(world, [("reach", reached)], {**situation, **conduct})


def shut_with(way: OptionQuestion, kept: Collection[Variable]) -> list[Cube] | Unknown:
    """What these variables may be where the way is shut, as cubes."""
    holding = (*way.complying(), *way.there)
    return cubes_beside(way.world, holding, way.far(), way.compliance(*way.ending.demands), kept)


def readings_of(way: OptionQuestion) -> ReadingCubes | Unknown | None:
    """The readings of open terms on which the way is shut somewhere; None where none plays a part."""
    terms = openness(way.about.system, (*way.given, *way.wanted, *way.weighed.demands))
    if terms is None:
        return None
    holding = (*way.complying(), *way.there)
    return terms.where_unanswered(way.world, holding, way.compliance(*way.ending.demands), way.far())


def readings_shut_by(
    way: OptionQuestion, closed: Shut, on: ReadingCubes | Unknown | None
) -> ReadingCubes | Unknown | None:
    """Of the readings on which the way is shut, those on which the duties that are told shut it; `on` itself: all.

    A duty is told in whichever wording it stands. It is asked where square brackets play a part: there other duties
    may stand with other options.
    """
    if not isinstance(on, ReadingCubes) or all(term.choice is None for term in on.terms):
        return on
    terms = openness(way.about.system, (*way.given, *way.wanted, *way.weighed.demands))
    assert terms is not None, "there are readings"
    told = {d.norm.id.unworded for d in closed.by}
    by = way.compliance(*(d.demand for d in way.duties if d.norm.id.unworded in told))
    alone = terms.where_unanswered(way.world, (*way.complying(), *way.there), by, way.far())
    if isinstance(alone, Unknown):
        return alone
    others = terms.where(*way.world.possible, on.formula, negation(alone.formula))
    return others if isinstance(others, Unknown) else alone if others.cubes else on


def shown(way: OptionQuestion, shut: Shut, seen_so: Callable[[Seen], bool]) -> Episode:
    """An encounter under these conditions in which `given` holds and all is complied with, as the evaluator sees it.

    `seen_so` says what else it has to see there. Duties that can be kept whatever is seen there are not looked at.
    """
    way, system, bearer = way.breachable_where(*shut.cube).weighed, way.about.system, way.about.bearer
    steady = [d.norm for d in way.duties if is_steady(way.about, d)]

    def confirmed(seen: Seen) -> bool:
        kept = (fulfilled(n, bearer, seen, system) or not binding(n.id, bearer, seen, system) for n in steady)
        return all(kept) and seen_so(seen)

    return episode(way.about, (*shut.cube, *way.given, *way.demands), confirmed)
