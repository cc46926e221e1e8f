"""Duties of different units that cannot be kept together, although each unit can keep its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache

from cbm.conflicts.all_conflicts import MANY, SHARE, TOGETHER, place_of
from cbm.conflicts.interchangeable import ExchangeKey
from cbm.conflicts.minimal_sets import MinimalSet, find_minimal_sets
from cbm.conflicts.pointwise import Members
from cbm.conflicts.trigger_cycles import UNENDING, circling
from cbm.conflicts.turns import in_turn
from cbm.core.declaration_order import declared
from cbm.core.expressions import FALSE, TRUE, Expr, Formula, NormId, conjunction, negation
from cbm.core.norms import NormSystem
from cbm.core.roles import rotate
from cbm.core.substitution import parts_of, variables
from cbm.finding import RuleId
from cbm.ground.all_roles import Together, ground_together
from cbm.ground.grounding import Grounder, GroundNorm, within_range
from cbm.records import LATEST, Itself, Record, replace
from cbm.search.extent import Extent, Extents
from cbm.search.open_questions import Undecided
from cbm.search.parallel import ALONE, Crew, shares_of
from cbm.search.world import World
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown
from cbm.translation.saying import mark

# Duties, by norm and role, that can stand in for one another; a set of such; and that set for each change of places.
Shape = frozenset[frozenset[frozenset[tuple[str, int]]]]


class Duty(Record):
    """A norm as it binds one role."""

    role: int
    norm: GroundNorm


class Deadlock(Record):
    """Duties of two or more roles, in order, that no conduct of all units fulfils where `extent` says.

    Sets that differ in duties that can stand in for one another are told with it: `classes` has, for each duty, those
    that can, itself among them.
    """

    duties: tuple[Duty, ...]
    extent: Extent
    world: World
    classes: tuple[tuple[Duty, ...], ...] = ()

    @property
    def takes_part(self) -> tuple[NormId, ...]:
        """All norms of all these sets, each once; those of the first one come first."""
        held = (*self.duties, *(duty for one in self.classes for duty in one))
        return tuple(dict.fromkeys(duty.norm.norm.id for duty in held))


def some_is_of(deadlocks: tuple[Deadlock, ...], norms: Collection[NormId]) -> bool:
    """Whether the duties of one of these deadlocks are exactly these norms, of whichever roles."""
    return frozenset(norms) in _norms_of_each(Itself(deadlocks))


@lru_cache(maxsize=LATEST)
def _norms_of_each(deadlocks: Itself[tuple[Deadlock, ...]]) -> frozenset[frozenset[NormId]]:
    return frozenset(frozenset(duty.norm.norm.id for duty in one.duties) for one in deadlocks.thing)


class _Everyone(Record):
    """The duties of all roles, and what all units find and can do."""

    system: NormSystem
    world: World
    duties: tuple[Duty, ...]


# Where norms yield to others that clash with them for one unit: for each role, by norm.
Yielding = Sequence[Mapping[NormId, Formula]]


def find_deadlocks(
    system: NormSystem, crew: Crew = ALONE, given: Expr = TRUE, yielding: Yielding = ()
) -> tuple[tuple[Deadlock, ...], tuple[Undecided, ...]]:
    """Every minimal set with duties of several roles, where `given` is so and none of them yields.

    Of sets that differ only by a change of places one is told, if what is given says the same of each unit.
    """
    everyone, circle = _everyone(system, given, yielding)
    steps = places_alike(system, given)
    duties = everyone.duties
    with _any_deadlock(system):
        norms = [duty.norm for duty in duties]
        keys = [ExchangeKey(place_of(system, duty.norm.norm.id), duty.role) for duty in duties]
        search = find_minimal_sets(everyone.world, norms, crew.afar if len(norms) >= MANY else None, keys)
    shapes: dict[Shape, MinimalSet] = {}
    for one in search.sets:
        if len({duties[i].role for i in one.members}) > 1:
            held = one.classes or [(i,) for i in one.members]
            shapes.setdefault(_shape(system, steps, [[duties[i] for i in members] for members in held]), one)
    found: list[Deadlock] = []
    undecided = [*circle, *(_open([duties[i] for i in members], unknown) for members, unknown in search.undecided)]
    base = everyone, frozenset(one.members for one in search.sets)
    for share in crew.each(mark("deadlocks"), _extended, base, shares_of(list(shapes.values()), SHARE)):
        for deadlock in share:
            if isinstance(deadlock, Deadlock):
                found.append(deadlock)
            else:
                undecided.append(deadlock)
    return tuple(found), tuple(undecided)


def places_alike(system: NormSystem, given: Expr) -> tuple[int, ...]:
    """By how many places the units can be moved on without a change in the texts or in what is given."""
    roles = len(system.situation.roles)
    parts = frozenset(parts_of(given))
    turned = (frozenset(parts_of(rotate(given, step, roles))) for step in range(roles))
    return tuple(
        step for step, one in enumerate(turned) if not step or (system.situation.interchangeable and one == parts)
    )


def _everyone(system: NormSystem, given: Expr, yielding: Yielding) -> tuple[_Everyone, list[Undecided]]:
    together = ground_together(in_turn(system))
    duties, circle = _searched(system, together)
    duties = [Duty(duty.role, where_it_prevails(duty.norm, duty.role, yielding)) for duty in duties]
    axioms = (*together.axioms, *_narrowing(system, together, given))
    mentioned = {v for formula in axioms for v in variables(formula)}
    mentioned |= {v for duty in duties for v in variables(duty.norm.demand)}
    conduct = frozenset(v for v in mentioned if v.origin.decided)
    possible = tuple(a for a in axioms if conduct.isdisjoint(variables(a)))
    feasible = tuple(a for a in axioms if not conduct.isdisjoint(variables(a)))
    world = World(system.situation.roles, possible, feasible, conduct, declared(system))
    return _Everyone(system, world, tuple(duties)), circle


def where_it_prevails(n: GroundNorm, role: int, yielding: Yielding) -> GroundNorm:
    """The norm of a role, binding only where it does not yield."""
    where = yielding[role].get(n.norm.id, FALSE) if yielding else FALSE
    return n if where == FALSE else replace(n, binds=conjunction(n.binds, negation(where)))


def _narrowing(system: NormSystem, together: Together, given: Expr) -> tuple[Formula, ...]:
    """What is given, as formulas about all units, and what they need beside the axioms."""
    if given == TRUE:
        return ()
    grounder = Grounder(in_turn(system), tuple(range(len(system.situation.roles))))
    said = tuple(grounder.formula(part) for part in parts_of(given))
    spoken = dict.fromkeys(v for formula in said for v in variables(formula))
    return (*said, *together.links, *(part for v in spoken for part in within_range(v)))


def _extended(base: tuple[_Everyone, frozenset[Members]], sets: Sequence[MinimalSet]) -> list[Deadlock | Undecided]:
    """Each set with its extent; of all sets that were found, those with duties of one role among them."""
    everyone, known = base
    extents, norms = Extents(everyone.world), [duty.norm for duty in everyone.duties]
    conduct = everyone.world.conduct
    found: list[Deadlock | Undecided] = []
    for one in sets:
        held = tuple(everyone.duties[i] for i in one.members)
        with _this_deadlock(everyone.system, held):
            demands = tuple(duty.norm.demand for duty in held)
            binding, brought = one.binding(norms, conduct), one.brought(norms, conduct, known)
            extent = extents.find(demands, one.region(norms), binding, brought)
        if isinstance(extent, Extent):
            classes = tuple(tuple(everyone.duties[i] for i in members) for members in one.classes)
            found.append(Deadlock(held, extent, everyone.world, classes))
        else:
            found.append(_open(held, extent or Unknown(mark("the deadlock was not found again"))))
    return found


def _searched(system: NormSystem, everyone: Together) -> tuple[list[Duty], list[Undecided]]:
    """The duties among which deadlocks are looked for, and what is undecided: circles in which several take turns."""
    duties = [Duty(role, n) for role, group in enumerate(everyone.norms) for n in group if n.norm.demands]
    known = [(duty.norm.norm, duty.role) for duty in duties]
    around = set(circling(system, known, range(len(everyone.norms))))
    alone = {i for role in range(len(everyone.norms)) for i in circling(system, known, (role,))}
    told = [_open([duties[i] for i in sorted(around)], Unknown(UNENDING))] if around - alone else []
    return [duty for i, duty in enumerate(duties) if i not in around], told


def _any_deadlock(system: NormSystem) -> AbstractContextManager[None]:
    return asking(
        system=system,
        rule=RuleId.DEADLOCK,
        question="is there a situation in which some of them, as they bind all units, clash (beyond the sets found "
        "before)",
        found="a smallest part of them that clashes there is looked for, and then asked about on its own",
        none="every set of them that clashes anywhere was found: there is no further deadlock among them",
    )


def _this_deadlock(system: NormSystem, held: tuple[Duty, ...]) -> AbstractContextManager[None]:
    return asking(
        system=system,
        rule=RuleId.DEADLOCK,
        norms=[duty.norm.norm.id for duty in held],
        question="is there a situation in which the units cannot keep all of them, though without any one of them they "
        "can keep the rest (beyond the conditions found before)",
        found="the units are deadlocked there: the finding",
        none="they are deadlocked under the conditions found before and nowhere else",
    )


def _open(duties: Sequence[Duty], unknown: Unknown) -> Undecided:
    norms = tuple(dict.fromkeys(duty.norm.norm.id for duty in duties))
    return Undecided(TOGETHER, unknown.reason, norms, RuleId.DEADLOCK)


def _shape(system: NormSystem, steps: Sequence[int], held: Sequence[Sequence[Duty]]) -> Shape:
    """What stays the same when the units change places; for each duty those that can stand there."""
    count = len(system.situation.roles)
    return frozenset(
        frozenset(frozenset((str(d.norm.norm.id), (d.role + step) % count) for d in one) for one in held)
        for step in steps
    )
