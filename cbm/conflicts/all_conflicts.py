"""All sets of norms that clash: each set that is minimal in some situation, found once, with its extent."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache

from cbm.conflicts.interchangeable import ExchangeKey, Members
from cbm.conflicts.minimal_sets import MinimalSet, find_minimal_sets
from cbm.conflicts.minimal_sets import components as linked
from cbm.conflicts.trigger_cycles import UNENDING, circling
from cbm.core.declaration_order import declared
from cbm.core.expressions import Formula, NormId
from cbm.core.norms import NormSystem
from cbm.finding import RuleId
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.records import LATEST, Itself, Record
from cbm.search.extent import Extent, Extents
from cbm.search.open_questions import Undecided
from cbm.search.parallel import ALONE, Crew, shares_of
from cbm.search.world import World
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown
from cbm.translation.saying import mark

TOGETHER = mark("can they always be complied with together")
# Stands in the journal for whichever rule reports the clash.
CLASH = "clash"
# So many sets are given their extents at a time; fewer norms than this are searched faster than they are sent.
SHARE, MANY = 32, 500


class ConflictSet(Record):
    """Norms of one bearer, in source order, that no feasible conduct fulfils together in the situations of `extent`.

    Sets that differ in norms that can stand in for one another are told with it: `classes` has, for each norm, those
    that can, itself among them, and `anywhere` says where some of these sets clash.
    """

    bearer: int
    norms: tuple[NormId, ...]
    extent: Extent
    classes: tuple[tuple[NormId, ...], ...] = ()
    anywhere: Formula | None = None

    @property
    def takes_part(self) -> tuple[NormId, ...]:
        """All norms of all these sets; those of the first one come first."""
        return tuple(dict.fromkeys((*self.norms, *(norm for one in self.classes for norm in one))))

    @property
    def choices(self) -> tuple[tuple[NormId, ...], ...]:
        """For each norm of the set those that can stand there."""
        return self.classes or tuple((norm,) for norm in self.norms)

    @property
    def formula(self) -> Formula:
        """Where one of the sets clashes, as far as it is known."""
        return self.extent.formula if self.anywhere is None else self.anywhere

    @property
    def exact(self) -> bool:
        """Whether `formula` holds exactly where one of the sets clashes."""
        return self.anywhere is not None or self.extent.exact

    def includes(self, other: ConflictSet) -> bool:
        """Whether some of the sets of the other one are proper parts of sets of this one."""
        smaller = other.bearer == self.bearer and len(other.norms) < len(self.norms)
        return smaller and set(other.takes_part) <= set(self.takes_part)


def find_clashes(ground: Ground, crew: Crew = ALONE) -> tuple[tuple[ConflictSet, ...], tuple[Undecided, ...]]:
    """Every minimal set of the bearer, singletons included, in source order; and what stayed undecided."""
    norms, undecided = _searched(ground)
    keys = [ExchangeKey(place_of(ground.system, n.norm.id)) for n in norms]
    with _any_clash(ground):
        search = find_minimal_sets(world_of(ground), norms, crew.afar if len(norms) >= MANY else None, keys)
    clashes: list[ConflictSet] = []
    undecided += [_open(norms, members, unknown) for members, unknown in search.undecided]
    whole = frozenset(one.members for one in search.sets)
    for share in crew.each(mark("conflicts"), _extended, (ground, norms, whole), shares_of(search.sets, SHARE)):
        for one in share:
            if isinstance(one, ConflictSet):
                clashes.append(one)
            else:
                undecided.append(one)
    return tuple(clashes), tuple(undecided)


def place_of(system: NormSystem, norm: NormId) -> Hashable:
    """What decides how grave a clash with the norm is, and what it yields to: the same for norms of one place."""
    return norm.document, system.norms[norm].strength, _ends_held(Itself(system)).get(norm, ())


@lru_cache(maxsize=LATEST)
def _ends_held(of: Itself[NormSystem]) -> Mapping[NormId, tuple[tuple[int, bool], ...]]:
    """For each norm the edges, by number, of which it stands at an end, each with whether that is the upper one."""
    held: dict[NormId, list[tuple[int, bool]]] = {}
    for number, edge in enumerate(of.thing.precedences):
        for norms, upper in ((edge.yielding, False), (edge.prevailing, True)):
            for norm in norms:
                held.setdefault(norm, []).append((number, upper))
    return {norm: tuple(ends) for norm, ends in held.items()}


def world_of(ground: Ground) -> World:
    """The same one each time it is asked for."""
    known: World | None = ground.worked_out.get("world")
    if known is None:
        system = ground.system
        known = World(system.situation.roles, ground.possible, ground.feasible, ground.conduct, declared(system))
        ground.worked_out["world"] = known
    return known


def components(world: World, norms: Iterable[GroundNorm]) -> list[list[GroundNorm]]:
    """Norms linked by conduct they share, directly or through what is feasible; no minimal set spans two."""
    listed = list(norms)
    return [[listed[i] for i in group] for group in linked(world, listed)]


def doubtful(about: Ground) -> frozenset[NormId]:
    """The duties that share conduct, directly or through others, with some that may clash.

    All others can be kept in every situation, whatever is done beside what they share conduct with.
    """
    known: frozenset[NormId] | None = about.worked_out.get("doubtful")
    if known is None:
        groups = components(world_of(about), about.demanding)
        clashing = about.clashing
        known = frozenset(
            n.norm.id
            for group in groups
            if clashing is None or any(n.norm.id in clashing for n in group)
            for n in group
        )
        about.worked_out["doubtful"] = known
    return known


def _searched(ground: Ground) -> tuple[list[GroundNorm], list[Undecided]]:
    """The duties among which clashes are looked for, and what is undecided from the start: circles of acts."""
    duties = ground.demanding
    around = circling(ground.system, [(n.norm, ground.bearer) for n in duties], (ground.bearer,))
    left = [n for i, n in enumerate(duties) if i not in around]
    return left, [_open(duties, around, Unknown(UNENDING))] if around else []


def _extended(
    base: tuple[Ground, list[GroundNorm], frozenset[Members]], sets: Sequence[MinimalSet]
) -> list[ConflictSet | Undecided]:
    """Each set of these norms with its extent; of all sets that were found."""
    ground, norms, known = base
    extents = Extents(world_of(ground))
    found: list[ConflictSet | Undecided] = []
    for one in sets:
        names = _names(norms, one.members)
        with _this_clash(ground, names):
            demands = tuple(norms[i].demand for i in one.members)
            binding, brought = one.binding(norms, ground.conduct), one.brought(norms, ground.conduct, known)
            extent = extents.find(demands, one.region(norms), binding, brought)
        if isinstance(extent, Extent):
            classes = tuple(_names(norms, members) for members in one.classes)
            found.append(ConflictSet(ground.bearer, names, extent, classes, one.anywhere(norms)))
        else:
            found.append(_open(norms, one.members, extent or Unknown(mark("the clash was not found again"))))
    return found


def _any_clash(ground: Ground) -> AbstractContextManager[None]:
    return asking(
        system=ground.system,
        rule=RuleId.CONFLICT,
        bearer=ground.bearer,
        question="is there a situation in which some of them clash, each alone or together (beyond the sets found "
        "before)",
        found="a smallest part of them that clashes there is looked for, and then asked about on its own",
        none="every set of them that clashes anywhere was found: there is no further conflict, agreement-conflict or "
        "impossible-duty among them",
    )


def _this_clash(ground: Ground, norms: tuple[NormId, ...]) -> AbstractContextManager[None]:
    return asking(
        system=ground.system,
        rule=CLASH,
        bearer=ground.bearer,
        norms=norms,
        question="is there a situation in which they cannot all be complied with, though without any one of them the "
        "rest can (beyond the conditions found before)",
        found="they clash there: the finding",
        none="they clash under the conditions found before and nowhere else",
    )


def _names(norms: Sequence[GroundNorm], members: Iterable[int]) -> tuple[NormId, ...]:
    return tuple(norms[i].norm.id for i in members)


def _open(norms: Sequence[GroundNorm], members: Iterable[int], unknown: Unknown) -> Undecided:
    return Undecided(TOGETHER, unknown.reason, _names(norms, members), RuleId.CONFLICT)
