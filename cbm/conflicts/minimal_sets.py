"""All sets of norms that are minimal in some situation: each group of norms that share conduct, by the cheapest way.

Where conditions and contents can be told apart, contents that exclude one another are found once, and then which of
the conditions meet. What cannot be told apart is searched for point by point.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from cbm.conflicts.compatible_conditions import CandidateCounts, Group, Meetings, find_meetings
from cbm.conflicts.exclusive_contents import Exclusion, exclusions, is_plain, terms_of
from cbm.conflicts.pointwise import Members, minimal_sets
from cbm.core.expressions import FALSE, TRUE, Formula, conjunction, disjunction
from cbm.core.substitution import variables
from cbm.core.variables import Variable
from cbm.garbage import without_collection
from cbm.ground.grounding import GroundNorm
from cbm.search.extent import Region, World
from cbm.search.implicants import Point
from cbm.search.situations import Situations
from cbm.smt.index import bits
from cbm.smt.journal import asking, is_kept
from cbm.smt.solve import Unknown, Unsat

if TYPE_CHECKING:
    from concurrent.futures import Executor


@dataclass(frozen=True, slots=True)
class MinimalSet:
    """Norms, by position, that clash in the situation although no part of them does.

    Where it is known when they do, it is where all of them bind and `where` holds; `alone` says where besides each
    part of them can be met.
    """

    members: Members
    situation: Point
    where: Formula | None = None
    alone: Formula = TRUE

    def region(self, norms: Sequence[GroundNorm]) -> Region | None:
        """Where they clash, if that is known; these are all norms that were searched."""
        if self.where is None:
            return None
        return Region(conjunction(*(norms[i].binds for i in self.members), self.where), self.alone)


@dataclass(frozen=True, slots=True)
class Search:
    """Every minimal set, in order; which were given up, and why; and what it took."""

    sets: tuple[MinimalSet, ...]
    undecided: tuple[tuple[Members, Unknown], ...]
    tally: CandidateCounts = field(default_factory=CandidateCounts)


def find_minimal_sets(world: World, norms: Sequence[GroundNorm], executor: Executor | None = None) -> Search:
    """The minimal sets of these norms in the world; groups of norms are searched by the executor, if there is one."""
    groups = components(world, norms)
    if executor is None:
        situations = _Lazily(world, norms)
        results: Iterable[Search] = (_search(world, [norms[i] for i in group], situations) for group in groups)
    else:
        results = executor.map(_search_afar, *zip(*((world, [norms[i] for i in g]) for g in groups), strict=True))
    sets: list[MinimalSet] = []
    undecided: list[tuple[Members, Unknown]] = []
    tally = CandidateCounts()
    for group, result in zip(groups, results, strict=True):
        sets += [MinimalSet(tuple(group[i] for i in s.members), s.situation, s.where, s.alone) for s in result.sets]
        undecided += [(tuple(group[i] for i in members), unknown) for members, unknown in result.undecided]
        tally.add(result.tally)
    return Search(tuple(sorted(sets, key=lambda s: s.members)), tuple(undecided), tally)


def components(world: World, norms: Sequence[GroundNorm]) -> list[list[int]]:
    """Positions of norms linked by conduct they share, directly or through what is feasible, in order.

    No minimal set spans two.
    """
    leader: dict[Variable, Variable] = {}

    def find(variable: Variable) -> Variable:
        path = []
        while (above := leader.setdefault(variable, variable)) != variable:
            path.append(variable)
            variable = above
        for below in path:
            leader[below] = variable
        return variable

    def link(touched: Iterable[Variable]) -> Variable | None:
        first: Variable | None = None
        for variable in touched:
            if first is None:
                first = find(variable)
            else:
                leader[find(variable)] = first
        return first

    for part in world.feasible:
        link(v for v in variables(part) if v in world.conduct)
    asking = (
        () if n.binds == FALSE or n.fulfilled == TRUE else (*variables(n.binds), *variables(n.fulfilled)) for n in norms
    )
    touched = [link(v for v in mentioned if v in world.conduct) for mentioned in asking]
    groups: dict[Variable | None, list[int]] = {}
    for position, variable in enumerate(touched):
        groups.setdefault(None if variable is None else find(variable), []).append(position)
    return list(groups.values())


class _Lazily:
    """The situations of a world, prepared when they are first asked for."""

    def __init__(self, world: World, norms: Sequence[GroundNorm]) -> None:
        self._world, self._norms = world, norms
        self._made: Situations | None = None

    def __call__(self) -> Situations:
        if self._made is None:
            required = self._world.situations()
            self._made = Situations(self._world.roles, required, (n.binds for n in self._norms))
        return self._made


def _search_afar(world: World, norms: list[GroundNorm]) -> Search:
    return _search(world, norms, _Lazily(world, norms))


def _search(world: World, norms: list[GroundNorm], situations: _Lazily) -> Search:
    """One group of norms that share conduct."""
    with asking(norms=[n.norm.id for n in norms]):
        return _searched(world, norms, situations)


def _searched(world: World, norms: list[GroundNorm], situations: _Lazily) -> Search:
    plain = [i for i, n in enumerate(norms) if is_plain(n.fulfilled, n.binds, world)]
    with without_collection():
        search = _meeting(world, norms, plain, situations)
    if search is None:
        plain, search = [], Search((), ())
    if len(plain) == len(norms):
        return search
    known = [s.members for s in search.sets]
    found, undecided = minimal_sets(world, norms, known)
    sets = (*search.sets, *(MinimalSet(members, situation) for members, situation in found))
    return Search(sets, (*search.undecided, *undecided), search.tally)


def _meeting(world: World, norms: list[GroundNorm], plain: list[int], situations: _Lazily) -> Search | None:
    """Sets among plain norms: contents that exclude one another, and conditions that meet; None if that is no way."""
    asked_for: dict[Formula, list[int]] = {}  # each content, with those who ask for it
    for i in plain:
        if norms[i].binds != FALSE:
            asked_for.setdefault(norms[i].fulfilled, []).append(i)
    terms = terms_of(world, list(asked_for))
    if terms is None:
        return None
    excluding = exclusions(world, list(asked_for), terms)
    if isinstance(excluding, Unknown):
        return Search((), ((tuple(plain), excluding),))
    if not excluding:
        return Search((), ())
    chosen, sides = set(plain), list(asked_for.values())
    conditions = [n.binds if i in chosen else FALSE for i, n in enumerate(norms)]
    groups = [_group(exclusion, sides) for exclusion in excluding]
    meetings = find_meetings(situations(), conditions, groups)
    if is_kept():
        _note(situations(), conditions, groups, meetings)
    met = ((m, excluding[m.group]) for m in meetings.found)
    sets = tuple(MinimalSet(m.members, m.situation, exclusion.where, exclusion.alone) for m, exclusion in met)
    return Search(sets, tuple(meetings.undecided), meetings.tally)


def _note(situations: Situations, conditions: list[Formula], groups: list[Group], meetings: Meetings) -> None:
    """Notes as one question that no further choice of conditions meets."""
    known = {(m.group, m.members) for m in meetings.found}
    undecided = {members for members, _ in meetings.undecided}
    further = (
        conjunction(*(conditions[i] for i in sorted(members)), group.where)
        for position, group in enumerate(groups)
        for members in product(*(bits(side) for side in group.sides))
        if (position, tuple(sorted(members))) not in known and tuple(sorted(members)) not in undecided
    )
    situations.solver.note(Unsat(), disjunction(*further))


def _group(exclusion: Exclusion, sides: list[list[int]]) -> Group:
    return Group(tuple(sum(1 << i for i in sides[c]) for c in sorted(exclusion.contents)), exclusion.alone)
