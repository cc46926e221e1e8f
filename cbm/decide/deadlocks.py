"""Duties of different units that cannot be kept together, although each unit can keep its own."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass

from cbm.decide.clashes import TOGETHER, GivenUp
from cbm.decide.extent import Extent, Extents, World
from cbm.decide.sets import components, find_minimal_sets
from cbm.semantics.core import Expr, NormId, NormSystem, Origin
from cbm.semantics.ground import GroundNorm, ground_together
from cbm.semantics.substitute import variables
from cbm.smt.journal import asking


@dataclass(frozen=True, slots=True)
class Duty:
    """A norm as it binds one role."""

    role: int
    norm: GroundNorm


@dataclass(frozen=True, slots=True)
class Deadlock:
    """Duties of two or more roles, in order, that no conduct of all units fulfils where `extent` says."""

    duties: tuple[Duty, ...]
    extent: Extent
    world: World


@dataclass(frozen=True, slots=True)
class Held:
    """Duties of two or more roles that clash although no part of them does; `region` as in `MinimalSet`."""

    duties: tuple[Duty, ...]
    region: Expr | None

    @property
    def norms(self) -> frozenset[NormId]:
        return frozenset(duty.norm.norm.id for duty in self.duties)


def find_deadlocks(system: NormSystem) -> tuple[tuple[Deadlock, ...], tuple[GivenUp, ...]]:
    """Every minimal set with duties of several roles, one of those that differ only by a change of places."""
    world, duties = _together(system)
    sets, undecided = _held(system, world, duties)
    extents = Extents(world)
    found: list[Deadlock] = []
    given_up = list(undecided)
    for one in sets:
        with _this_deadlock(system, one.duties):
            extent = extents.find(tuple(duty.norm.demand for duty in one.duties), one.region)
        if isinstance(extent, Extent):
            found.append(Deadlock(one.duties, extent, world))
        else:
            given_up.append(_given_up(one.duties, extent.reason if extent else "the deadlock was not found again"))
    return tuple(found), tuple(given_up)


def deadlocked(system: NormSystem, among: Collection[NormId]) -> tuple[tuple[Held, ...], tuple[GivenUp, ...]]:
    """The same sets without their extents, as far as one of these norms takes part in them."""
    world, duties = _together(system)
    groups = components(world, [duty.norm for duty in duties])
    near = [i for group in groups if any(duties[i].norm.norm.id in among for i in group) for i in group]
    sets, given_up = _held(system, world, [duties[i] for i in sorted(near)])
    return tuple(one for one in sets if not one.norms.isdisjoint(among)), given_up


def shape_of(system: NormSystem, held: tuple[Duty, ...]) -> frozenset[frozenset[tuple[str, int]]]:
    """What stays the same when the units change places."""
    count = len(system.situation.roles)
    steps = range(count) if system.situation.interchangeable else (0,)
    return frozenset(frozenset((str(d.norm.norm.id), (d.role + step) % count) for d in held) for step in steps)


def _together(system: NormSystem) -> tuple[World, list[Duty]]:
    """The world in which all units decide, and what each of them owes."""
    everyone = ground_together(system)
    duties = [Duty(role, n) for role, group in enumerate(everyone.norms) for n in group if n.norm.demands]
    mentioned = {v for formula in everyone.axioms for v in variables(formula)}
    mentioned |= {v for duty in duties for v in variables(duty.norm.demand)}
    conduct = frozenset(v for v in mentioned if v.origin is not Origin.SITUATION)
    possible = tuple(a for a in everyone.axioms if conduct.isdisjoint(variables(a)))
    feasible = tuple(a for a in everyone.axioms if not conduct.isdisjoint(variables(a)))
    return World(system.situation.roles, possible, feasible, conduct), duties


def _held(system: NormSystem, world: World, duties: list[Duty]) -> tuple[tuple[Held, ...], tuple[GivenUp, ...]]:
    with _any_deadlock(system):
        search = find_minimal_sets(world, [duty.norm for duty in duties])
    found: dict[frozenset[frozenset[tuple[str, int]]], Held] = {}
    for one in search.sets:
        held = tuple(duties[i] for i in one.members)
        if len({duty.role for duty in held}) > 1:
            found.setdefault(shape_of(system, held), Held(held, one.region))
    given_up = (_given_up([duties[i] for i in members], reason) for members, reason in search.given_up)
    return tuple(found.values()), tuple(given_up)


def _any_deadlock(system: NormSystem) -> AbstractContextManager[None]:
    return asking(
        system=system,
        rule="deadlock",
        question="is there a situation in which some of them, as they bind all units, clash (beyond the sets found "
        "before)",
        found="a smallest part of them that clashes there is looked for, and then asked about on its own",
        none="every set of them that clashes anywhere was found: there is no further deadlock among them",
    )


def _this_deadlock(system: NormSystem, held: tuple[Duty, ...]) -> AbstractContextManager[None]:
    return asking(
        system=system,
        rule="deadlock",
        norms=[duty.norm.norm.id for duty in held],
        question="is there a situation in which the units cannot keep all of them, though without any one of them they "
        "can keep the rest (beyond the conditions found before)",
        found="the units are deadlocked there: the finding",
        none="they are deadlocked under the conditions found before and nowhere else",
    )


def _given_up(duties: list[Duty] | tuple[Duty, ...], reason: str) -> GivenUp:
    return GivenUp(0, tuple(dict.fromkeys(duty.norm.norm.id for duty in duties)), TOGETHER, reason)
