"""All sets of norms that are minimal in some situation: each group of norms that share conduct, by the cheapest way.

Where conditions and contents can be told apart, contents that exclude one another are found once, and then which of
the conditions meet. What cannot be told apart is searched for point by point.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING

from cbm.conflicts.compatible_conditions import CHOICES, Group, Meetings, find_meetings
from cbm.conflicts.exclusive_contents import Exclusion, exclusions, is_plain, terms_of
from cbm.conflicts.interchangeable import ExchangeKey, SetFamily, combinations_of, first_choice, multiplied
from cbm.conflicts.pointwise import Members, minimal_sets
from cbm.core.expressions import FALSE, TRUE, Formula, conjunction, disjunction
from cbm.core.substitution import parts_of, variables
from cbm.core.variables import Variable
from cbm.ground.grounder import GroundNorm
from cbm.process.garbage import without_collection
from cbm.records import Record, replace
from cbm.search.blocks import linked
from cbm.search.extent import Region
from cbm.search.implicants import Point
from cbm.search.kept_answers import are_kept, remembered
from cbm.search.open_questions import TOO_MANY_SETS
from cbm.search.situations import Situations
from cbm.search.world import World
from cbm.smt.index import bits
from cbm.smt.journal import asking, is_kept
from cbm.smt.solve import Unknown, Unsat, sharing

if TYPE_CHECKING:
    from concurrent.futures import Executor


class MinimalSet(Record):
    """Norms, by position, that clash in the situation although no part of them does.

    Where it is known when they do, it is where all of them bind and `where` holds; `alone` says where besides each
    part of them can be met. `classes`, where other sets are told with this one: for each member those that can stand
    in for it, itself among them.
    """

    members: Members
    situation: Point
    where: Formula | None = None
    alone: Formula = TRUE
    classes: tuple[Members, ...] = ()

    def among(self, positions: Sequence[int]) -> MinimalSet:
        """The same of norms that stand elsewhere: at these positions."""
        classes = tuple(tuple(positions[i] for i in one) for one in self.classes)
        return replace(self, members=tuple(positions[i] for i in self.members), classes=classes)

    def region(self, norms: Sequence[GroundNorm]) -> Region | None:
        """Where they clash, if that is known; these are all norms that were searched."""
        if self.where is None:
            return None
        return Region(conjunction(*(norms[i].binds for i in self.members), self.where), self.alone)

    def binding(self, norms: Sequence[GroundNorm], conduct: Collection[Variable]) -> Formula:
        """What the situation alone has to be like for all of them to bind; these are all norms that were searched."""
        parts = (part for i in self.members for part in parts_of(norms[i].binds))
        return conjunction(*(part for part in parts if not any(v in conduct for v in variables(part))))

    def brought(
        self, norms: Sequence[GroundNorm], conduct: Collection[Variable], known: Collection[Members]
    ) -> tuple[Formula, ...]:
        """What conduct has to bring about for each of them to bind, where a part of them is one of the known sets.

        Such a part clashes by itself elsewhere, and the rest need not bind there, whatever is done. These are all
        norms that were searched.
        """
        if not _has_part(self.members, known):
            return ()
        binds = (norms[i].binds for i in self.members)
        return tuple(one for one in binds if any(v in conduct for v in variables(one)))

    def anywhere(self, norms: Sequence[GroundNorm]) -> Formula | None:
        """Where this set or one that is told with it clashes; None where it is told alone."""
        if self.where is None or not self.classes:
            return None
        return conjunction(*(disjunction(*(norms[i].binds for i in one)) for one in self.classes), self.where)


def _has_part(members: Members, known: Collection[Members]) -> bool:
    """Whether a part of the members is one of the known sets, without them all."""
    if 1 << len(members) < len(known):
        return any(part in known for size in range(1, len(members)) for part in combinations(members, size))
    whole = set(members)
    return any(len(part) < len(whole) and whole.issuperset(part) for part in known)


class Search(Record):
    """Every minimal set, in order; which were given up, and why."""

    sets: tuple[MinimalSet, ...]
    undecided: tuple[tuple[Members, Unknown], ...]


def find_minimal_sets(
    world: World,
    norms: Sequence[GroundNorm],
    executor: Executor | None = None,
    keys: Sequence[ExchangeKey] | None = None,
) -> Search:
    """The minimal sets of these norms in the world; groups of norms are searched by the executor, if there is one.

    With the `keys` of each norm, sets that differ in norms that can stand in for one another are told as one where
    the choices among them multiply.
    """
    groups = components(world, norms)
    shares = [([norms[i] for i in g], None if keys is None else [keys[i] for i in g]) for g in groups]
    if executor is None:
        results: Iterable[Search] = (_search(world, *share) for share in shares)
    else:
        results = executor.map(_search, *zip(*((world, *share) for share in shares), strict=True))
    sets: list[MinimalSet] = []
    undecided: list[tuple[Members, Unknown]] = []
    for group, result in zip(groups, results, strict=True):
        sets += [one.among(group) for one in result.sets]
        undecided += [(tuple(group[i] for i in members), unknown) for members, unknown in result.undecided]
    return Search(tuple(sorted(sets, key=lambda s: s.members)), tuple(undecided))


def components(world: World, norms: Sequence[GroundNorm]) -> list[list[int]]:
    """Positions of norms linked by conduct they share, directly or through what is feasible, in order.

    No minimal set spans two.
    """
    asking = (
        () if n.binds == FALSE or n.fulfilled == TRUE else (*variables(n.binds), *variables(n.fulfilled)) for n in norms
    )
    mentioned = (*asking, *map(variables, world.feasible))
    groups = linked([v for v in some if v in world.conduct] for some in mentioned)
    return [among for group in groups if (among := [place for place in group if place < len(norms)])]


def _search(world: World, norms: list[GroundNorm], keys: Sequence[ExchangeKey] | None) -> Search:
    """One group of norms that share conduct."""
    with asking(norms=[n.norm.id for n in norms]):
        if not are_kept():
            with sharing():
                return _searched(world, norms, keys)
        said = tuple(formula for n in norms for formula in (n.binds, n.fulfilled, n.demand))
        return remembered(
            "which of them clash",
            (*world.asked(said), keys),
            lambda: _searched(world, norms, keys),
            *(Search, MinimalSet),
        )


def _searched(world: World, norms: list[GroundNorm], keys: Sequence[ExchangeKey] | None) -> Search:
    plain = [i for i, n in enumerate(norms) if is_plain(n.fulfilled, n.binds, world)]
    with without_collection():
        search = _meeting(world, norms, plain, keys)
    if search is None:
        plain, search = [], Search((), ())
    if len(plain) == len(norms):
        return search
    known = [s.members for s in search.sets]
    found, undecided = minimal_sets(world, norms, known)
    sets = (*search.sets, *(MinimalSet(members, situation) for members, situation in found))
    return Search(sets, (*search.undecided, *undecided))


def _meeting(
    world: World,
    norms: list[GroundNorm],
    plain: list[int],
    keys: Sequence[ExchangeKey] | None,
) -> Search | None:
    """Sets among plain norms: contents that exclude one another, and conditions that meet; None if that is no way."""
    asked_for: dict[Formula, list[int]] = {}  # each content, with those who ask for it
    for i in plain:
        if norms[i].binds != FALSE:
            asked_for.setdefault(norms[i].fulfilled, []).append(i)
    terms = terms_of(world, list(asked_for))
    if terms is None:
        return None
    excluding = exclusions(world, list(asked_for), terms)
    undecided = [] if excluding.missing is None else [(tuple(plain), excluding.missing)]
    if not excluding.found:
        return Search((), tuple(undecided))
    chosen, sides = set(plain), list(asked_for.values())
    conditions = [n.binds if i in chosen else FALSE for i, n in enumerate(norms)]
    situations = Situations(world.roles, world.situations(), [n.binds for n in norms])
    found = _Choices(situations, conditions, keys)
    for exclusion in excluding.found:
        found.add(_group(exclusion, sides), exclusion)
    sets, more = found.settle()
    return Search(tuple(sets), (*undecided, *more))


class _Choices:
    """Which choices among norms that exclude one another bind together: one by one, or many as one."""

    def __init__(self, situations: Situations, conditions: list[Formula], keys: Sequence[ExchangeKey] | None) -> None:
        self._situations, self._conditions, self._keys = situations, conditions, keys
        self._single: list[tuple[Group, Exclusion]] = []
        self._multiplied: list[tuple[SetFamily, Exclusion]] = []
        self._undecided: list[tuple[Members, Unknown]] = []

    def add(self, group: Group, exclusion: Exclusion) -> None:
        if self._keys is None:
            self._single.append((group, exclusion))
        elif combinations_of(group, self._keys) > CHOICES:
            members = tuple(sorted(i for side in group.sides for i in bits(side)))
            self._undecided.append((members, Unknown(TOO_MANY_SETS)))
        else:
            for part in multiplied(group, self._keys):
                if isinstance(part, SetFamily):
                    self._multiplied.append((part, exclusion))
                else:
                    self._single.append((part, exclusion))

    def settle(self) -> tuple[list[MinimalSet], list[tuple[Members, Unknown]]]:
        groups = [group for group, _ in self._single]
        meetings = find_meetings(self._situations, self._conditions, groups)
        if is_kept():
            _note(self._situations, self._conditions, groups, meetings)
        met = ((m, self._single[m.group][1]) for m in meetings.found)
        sets = [MinimalSet(m.members, m.situation, exclusion.where, exclusion.alone) for m, exclusion in met]
        undecided = [*self._undecided, *meetings.undecided]
        for choice, exclusion in self._multiplied:
            assert self._keys is not None
            first = first_choice(choice, self._situations, self._conditions, self._keys)
            if isinstance(first, Unknown):
                undecided.append((tuple(sorted(i for one in choice.classes for i in one)), first))
            elif first is not None:
                sets.append(_told_as_one(choice, *first, exclusion))
        return sets, undecided


def _told_as_one(choice: SetFamily, members: Members, situation: Point, exclusion: Exclusion) -> MinimalSet:
    order = sorted(range(len(members)), key=members.__getitem__)
    classes = tuple(choice.classes[i] for i in order)
    return MinimalSet(tuple(sorted(members)), situation, exclusion.where, exclusion.alone, classes)


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
