"""One encounter in which a promise is broken, with the conditions that make it so and the conduct that does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from cbm.conflicts.all_conflicts import world_of
from cbm.core.expressions import Flag, Formula
from cbm.core.substitution import variables
from cbm.core.variables import Occurrence, Occurs, TimeOf
from cbm.coverage.governance import SituationRegion, governing
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.what_binds import governs, reserved
from cbm.records import Record
from cbm.search.exists_forall import Stuck, fix
from cbm.search.extent import Cube
from cbm.search.implicants import Point, implicant
from cbm.search.kept_answers import remembered
from cbm.search.replay import Episode, episode
from cbm.search.widening import attained, widen
from cbm.smt.solve import Sat, Solver, Unknown, sharing


class Broken(Record):
    """An encounter of a region, confirmed; wherever the conditions of `cube` hold, the promise is broken in this way.

    `escape` is what the unit does or leaves there so that nothing governs it, where that is for its conduct to decide.
    """

    cube: Cube
    shown: Episode
    escape: tuple[Formula, ...] = ()


def broken_in(
    region: SituationRegion, cell: tuple[Formula, ...], known: Stuck | None = None, throughout: Sequence[Formula] = ()
) -> Broken | Unknown | None:
    """The region at one type of encounter; None if there is nothing of it.

    A situation of it that is `known` need not be looked for. Where these conditions hold `throughout` the region, and
    make it so whatever the unit does, no others are. The encounter does not depend on what was asked before.
    """
    with sharing():
        if region.by_choice:
            return _swayed(region, cell)
        asked, find = (region, cell, known), partial(_conditions, region, cell, known)
        cube = () if throughout else remembered("under which conditions", asked, find)
        if cube is None or isinstance(cube, Unknown):
            return cube
        (_, promised) = region.ways[-1]
        formulas = (*region.holding, *cell, *cube, promised)
        occurring, about = compared_moments((*cube, *throughout)), region.about
        if occurring:
            solver = Solver(about.system.situation.roles, (*about.possible, *about.feasible, *formulas))
            formulas += occurring if isinstance(solver.ask(*occurring), Sat) else ()
        return Broken(cube, episode(about, formulas, partial(none_governs, region)))


def compared_moments(conditions: Iterable[Formula]) -> tuple[Formula, ...]:
    """That the moments occur whose times are compared: only then does an example show what the conditions say."""
    times = dict.fromkeys(v for part in conditions for v in variables(part) if isinstance(v, TimeOf))
    return tuple(Flag(Occurs(v.event)) for v in times if isinstance(v.event, Occurrence))


def _conditions(region: SituationRegion, cell: tuple[Formula, ...], known: Stuck | None) -> Cube | Unknown | None:
    search = ConditionSearch(region)
    return search.widened(known) if known else search.stuck(cell)


class ConditionSearch:
    """Finds conditions that alone make it so, in one type of encounter of a region after the other.

    What is found depends on what was looked for with it, and on nothing else that is asked.
    """

    def __init__(self, region: SituationRegion) -> None:
        self._region, self._world = region, world_of(region.about)
        with sharing():
            self._situations = region.search()
            self._widener = Solver(self._world.roles, (*self._world.possible, *region.compliance))
        with sharing():  # its values are never read: it does not disturb the others
            self._possible = Solver(self._world.roles, self._world.possible)

    def conditions(self, cell: tuple[Formula, ...], elsewhere: tuple[Formula, ...]) -> Cube | Unknown:
        """Some of one type, at a situation that meets what is said of elsewhere; there must be one."""
        if self._region.by_choice:
            with sharing():
                cube = _swaying(self._region, cell, elsewhere)
        else:
            cube = self.stuck(cell, elsewhere)
        assert cube is not None, "the type was found to have such a situation"
        return cube

    def stuck(self, cell: tuple[Formula, ...], elsewhere: tuple[Formula, ...] = ()) -> Cube | Unknown | None:
        """The same where nothing governs whatever the unit does; None where there is no such situation."""
        stuck = self._situations.next(*cell, *elsewhere)
        if not isinstance(stuck, Stuck):
            return stuck if isinstance(stuck, Unknown) else None
        cube = self.widened(stuck)
        if isinstance(cube, Unknown) or not self._region.told:
            return cube
        holding = dict.fromkeys(v for part in self._region.holding for v in variables(part))
        needed = self._situations.place(holding)
        return self._with_its_way(cube, {**stuck.values, **needed})

    def widened(self, stuck: Stuck) -> Cube | Unknown:
        """The conditions that matter in a situation in which nothing governs."""
        return widen(self._widener, self._region.compliance, stuck.values, self._world)

    def _with_its_way(self, cube: Cube, point: Point) -> Cube | Unknown:
        """The conditions, and those under which the ways of the region are taken."""
        taken = attained(self._world, self._region.ways, point, *cube, possible=self._possible)
        return taken if isinstance(taken, Unknown) else tuple(dict.fromkeys((*cube, *taken)))


def _swaying(
    region: SituationRegion, cell: tuple[Formula, ...], elsewhere: tuple[Formula, ...]
) -> Cube | Unknown | None:
    """Conditions under which the unit may escape, or may not."""
    world = world_of(region.about)
    formulas = (*region.holding, *cell, *elsewhere)
    answer = Solver(world.roles, (*world.possible, *formulas)).decide()
    if not isinstance(answer, Sat):
        return answer if isinstance(answer, Unknown) else None
    point = answer.values(dict.fromkeys(v for part in formulas for v in variables(part)))
    return attained(world, region.ways, point)


def _swayed(region: SituationRegion, cell: tuple[Formula, ...]) -> Broken | Unknown | None:
    """The unit escapes in the encounter shown, and other conduct in the same situation is governed: both confirmed."""
    about, world = region.about, world_of(region.about)
    holding = (*region.holding, *cell)
    answer = Solver(world.roles, (*world.possible, *holding)).decide()
    if not isinstance(answer, Sat):
        return answer if isinstance(answer, Unknown) else None
    point = answer.values(dict.fromkeys(v for formula in holding for v in variables(formula)))
    cube = attained(world, region.ways, point, *cell)
    if isinstance(cube, Unknown):
        return cube
    (_, governed), (_, escaped) = region.ways
    shown = episode(about, (*holding, *cube, escaped), partial(none_governs, region))
    here = (fix(v, value) for v, value in shown.values.items() if v not in world.conduct)
    episode(about, (*here, governed), partial(_some_governs, region))
    way = (part for part in implicant(escaped, shown.values) if not world.conduct.isdisjoint(variables(part)))
    return Broken(cube, shown, tuple(way))


def none_governs(region: SituationRegion, seen: CompleteEpisode) -> bool:
    """The evaluator's view of a gap, as far as no clause is ever suspended."""
    about, system = region.about, region.about.system
    governed = any(governs(norm, region.matter, about.bearer, seen, system) for norm in region.absent)
    return not governed and not reserved(region.matter, seen, system)


def _some_governs(region: SituationRegion, seen: CompleteEpisode) -> bool:
    about, matter = region.about, region.matter
    return any(governs(n.norm.id, matter, about.bearer, seen, about.system) for n in governing(about, matter))
