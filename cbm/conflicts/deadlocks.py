"""Duties of different units that cannot be kept together, although each unit can keep its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from operator import itemgetter

from cbm.conflicts.all_conflicts import MANY, SHARE, TOGETHER, place_of
from cbm.conflicts.interchangeable import ExchangeKey
from cbm.conflicts.minimal_sets import MinimalSet, Search, components, find_minimal_sets
from cbm.conflicts.pointwise import Members
from cbm.conflicts.trigger_cycles import UNENDING, circling
from cbm.conflicts.turns import in_turn
from cbm.core.declaration_order import declared
from cbm.core.expressions import FALSE, TRUE, Expr, Formula, NormId, conjunction, negation
from cbm.core.norms import NormSystem, Strength
from cbm.core.roles import rotate
from cbm.core.substitution import parts_of, variables
from cbm.finding import RuleId
from cbm.ground.all_roles import Together, ground_together
from cbm.ground.declared_variables import within_range
from cbm.ground.grounder import Grounder, GroundNorm
from cbm.records import LATEST, Itself, Record, replace
from cbm.search.extent import Extent, Extents
from cbm.search.open_questions import Undecided
from cbm.search.parallel import ALONE, Crew, shares_of
from cbm.search.world import World
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Solver, Unknown
from cbm.translation.saying import mark

# Duties, by norm and role, that can stand in for one another; a set of such; and that set for each change of places.
Shape = frozenset[frozenset[frozenset[tuple[NormId, int]]]]


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


class Everyone(Record):
    """The duties of all roles, and what all units find and can do; permissions that are `used` count among them."""

    system: NormSystem
    world: World
    duties: tuple[Duty, ...]
    used: frozenset[NormId] = frozenset()

    @property
    def rule(self) -> RuleId:
        return RuleId.BLOCKED_PERMISSION if self.used else RuleId.DEADLOCK

    def uses(self, duties: Iterable[Duty]) -> list[Duty]:
        """Those of them that are permissions put to use."""
        return [duty for duty in duties if duty.norm.norm.id in self.used]


# Where norms yield to others that clash with them for one unit: for each role, by norm.
Yielding = Sequence[Mapping[NormId, Formula]]


def find_deadlocks(
    system: NormSystem, crew: Crew = ALONE, given: Expr = TRUE, yielding: Yielding = ()
) -> tuple[tuple[Deadlock, ...], tuple[Undecided, ...]]:
    """Every minimal set with duties of several roles, where `given` is so and none of them yields.

    Of sets that differ only by a change of places one is told, if what is given says the same of each unit.
    """
    everyone, circle = _everyone(system, given, yielding)
    search = _sets_of(everyone, crew)
    across = [one for one in search.sets if len({everyone.duties[i].role for i in one.members}) > 1]
    found, undecided = _deadlocks(everyone, crew, search, across, places_alike(system, given))
    return tuple(found), (*circle, *undecided)


class BlockedUses(Record):
    """What was found of permissions put to use, what stays open, and whether any has to do with others' duties.

    `besides` are sets that happen only where the same clauses block the use by themselves, or not all can comply.
    `everyone` are all units' duties, with the permissions that share conduct with some of another unit; None: no such.
    """

    found: tuple[Deadlock, ...] = ()
    besides: tuple[Deadlock, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    everyone: Everyone | None = None


class AskedAcross(Record):
    """Whether duties of several units leave no use of a permission: of the set in this place, or of any other."""

    place: int | None


def find_blocked_uses(
    system: NormSystem, used: Collection[NormId], crew: Crew = ALONE, yielding: Yielding = ()
) -> BlockedUses:
    """Every minimal set of one of these permissions, put to use by one unit, and duties, some of them another unit's.

    Where the sets happen all units can comply, and the duties of who uses it do not block it by themselves.
    """
    if not used or len(system.situation.roles) < 2:
        return BlockedUses()
    all_units, circle = _everyone(system, TRUE, yielding, frozenset(used))
    everyone = _beside_uses(all_units)
    if not everyone.duties:
        return BlockedUses()
    search = _sets_of(everyone, crew)
    across, alone = list[tuple[int, MinimalSet]](), list[MinimalSet]()
    for one in search.sets:
        uses = everyone.uses(everyone.duties[i] for i in one.members)
        if len(uses) == 1:
            if all(everyone.duties[i].role == uses[0].role for i in one.members):
                alone.append(one)
            else:
                across.append((uses[0].role, one))
    first = [one for _, one in sorted(across, key=itemgetter(0))]  # whose it is, as the text is read
    found, undecided = _deadlocks(everyone, crew, search, first, places_alike(system, TRUE))
    owed = [d for d in all_units.duties if d.norm.norm.demands]
    blocked, left = _apart_from(everyone, crew, search, found, alone, owed)
    besides = tuple(one for one in found if one not in blocked)
    near = replace(all_units, duties=(*everyone.uses(everyone.duties), *owed))
    return BlockedUses(tuple(blocked), besides, (*circle, *undecided, *left), near)


def _beside_uses(everyone: Everyone) -> Everyone:
    """Only what has conduct in common with permissions put to use, directly or through others, of several roles."""
    duties, chosen = everyone.duties, list[int]()
    for group in components(everyone.world, [duty.norm for duty in duties]):
        uses = everyone.uses(duties[i] for i in group)
        if any(duties[i].role != use.role and duties[i].norm.norm.demands for use in uses for i in group):
            chosen += group
    return replace(everyone, duties=tuple(duties[i] for i in sorted(chosen)))


def _apart_from(
    everyone: Everyone,
    crew: Crew,
    search: Search,
    found: Sequence[Deadlock],
    alone: Sequence[MinimalSet],
    duties: Sequence[Duty],
) -> tuple[list[Deadlock], list[Undecided]]:
    """Those that happen where all units can comply, and where the same clauses of one unit alone do not block it."""
    clauses = {frozenset(one.takes_part) for one in found}
    alike = [one for one in alone if any(norms.issuperset(_norms(everyone, one)) for norms in clauses)]
    own, undecided = _deadlocks(everyone, crew, search, alike, (0,)) if alike else ([], [])
    owed = [duty.norm.demand for duty in duties if duty.norm.norm.strength is Strength.MUST]
    world = everyone.world
    solver = Solver(world.roles, (*world.possible, *world.feasible, *owed))
    unbound = Solver(world.roles, (*world.possible, *world.feasible))
    told: list[Deadlock] = []
    for one in found:
        (use,) = everyone.uses(one.duties)
        norms = frozenset(one.takes_part)
        same = [o.extent.formula for o in own if norms.issuperset(o.takes_part) and everyone.uses(o.duties) == [use]]
        beside = [duty.norm.demand for duty in one.duties if duty.role == use.role and duty is not use]
        with _this_deadlock(everyone, one.duties):
            answer = solver.decide(one.extent.formula, *(negation(formula) for formula in same))
            if isinstance(answer, Sat):  # what others do may only bring the permission into play
                answer = unbound.decide(one.extent.formula, *beside, use.norm.binds, use.norm.fulfilled)
        if isinstance(answer, Unknown):
            undecided.append(_open(everyone.rule, one.duties, answer))
        elif isinstance(answer, Sat):
            told.append(one)
    return told, undecided


def _norms(everyone: Everyone, one: MinimalSet) -> set[NormId]:
    return {everyone.duties[i].norm.norm.id for i in one.members}


def _sets_of(everyone: Everyone, crew: Crew) -> Search:
    """All minimal sets, of one role or several."""
    with _any_deadlock(everyone):
        norms = [duty.norm for duty in everyone.duties]
        keys = [ExchangeKey(place_of(everyone.system, d.norm.norm.id), d.role) for d in everyone.duties]
        return find_minimal_sets(everyone.world, norms, crew.afar if len(norms) >= MANY else None, keys)


def _deadlocks(
    everyone: Everyone, crew: Crew, search: Search, sets: Iterable[MinimalSet], steps: Sequence[int]
) -> tuple[list[Deadlock], list[Undecided]]:
    """These of the sets with where they happen, one of those that differ by a change of places; and what is open."""
    duties, shapes = everyone.duties, dict[Shape, MinimalSet]()
    for one in sets:
        held = one.classes or [(i,) for i in one.members]
        shapes.setdefault(_shape(everyone.system, steps, [[duties[i] for i in members] for members in held]), one)
    rule, found = everyone.rule, list[Deadlock]()
    undecided = [_open(rule, [duties[i] for i in members], unknown) for members, unknown in search.undecided]
    base = everyone, frozenset(one.members for one in search.sets)
    for share in crew.each(mark("deadlocks"), _extended, base, shares_of(list(shapes.values()), SHARE)):
        for deadlock in share:
            if isinstance(deadlock, Deadlock):
                found.append(deadlock)
            else:
                undecided.append(deadlock)
    return found, undecided


def places_alike(system: NormSystem, given: Expr) -> tuple[int, ...]:
    """By how many places the units can be moved on without a change in the texts or in what is given."""
    roles = len(system.situation.roles)
    parts = frozenset(parts_of(given))
    turned = (frozenset(parts_of(rotate(given, step, roles))) for step in range(roles))
    return tuple(
        step for step, one in enumerate(turned) if not step or (system.situation.interchangeable and one == parts)
    )


def _everyone(
    system: NormSystem, given: Expr, yielding: Yielding, used: frozenset[NormId] = frozenset()
) -> tuple[Everyone, list[Undecided]]:
    together = ground_together(in_turn(system))
    duties, circle = _searched(system, together, used)
    duties = [Duty(duty.role, where_it_prevails(duty.norm, duty.role, yielding)) for duty in duties]
    said = _given(system, given)
    axioms = (*together.axioms, *said, *beside_axioms(together, (*said, *where_yielding(yielding))))
    mentioned = {v for formula in axioms for v in variables(formula)}
    mentioned |= {v for duty in duties for v in variables(duty.norm.demand)}
    conduct = frozenset(v for v in mentioned if v.origin.decided)
    possible = tuple(a for a in axioms if conduct.isdisjoint(variables(a)))
    feasible = tuple(a for a in axioms if not conduct.isdisjoint(variables(a)))
    world = World(system.situation.roles, possible, feasible, conduct, declared(system))
    return Everyone(system, world, tuple(duties), used), circle


def where_it_prevails(n: GroundNorm, role: int, yielding: Yielding) -> GroundNorm:
    """The norm of a role, binding only where it does not yield."""
    where = yielding[role].get(n.norm.id, FALSE) if yielding else FALSE
    return n if where == FALSE else replace(n, binds=conjunction(n.binds, negation(where)))


def where_yielding(yielding: Yielding) -> Iterator[Formula]:
    """Where any norm yields, for each role."""
    return (formula for norms in yielding for formula in norms.values() if formula != FALSE)


def _given(system: NormSystem, given: Expr) -> tuple[Formula, ...]:
    """What is given, as formulas about all units."""
    if given == TRUE:
        return ()
    grounder = Grounder(in_turn(system), tuple(range(len(system.situation.roles))))
    return tuple(grounder.formula(part) for part in parts_of(given))


def beside_axioms(together: Together, said: Iterable[Formula]) -> tuple[Formula, ...]:
    """What holds beside the axioms of what these formulas speak of; who meets a unit sees its acts by plain flags."""
    spoken = dict.fromkeys(v for formula in said for v in variables(formula))
    return (*together.links, *(part for v in spoken for part in within_range(v))) if spoken else ()


def _extended(base: tuple[Everyone, frozenset[Members]], sets: Sequence[MinimalSet]) -> list[Deadlock | Undecided]:
    """Each set with its extent; of all sets that were found, those with duties of one role among them."""
    everyone, known = base
    extents, norms = Extents(everyone.world), [duty.norm for duty in everyone.duties]
    conduct = everyone.world.conduct
    found: list[Deadlock | Undecided] = []
    for one in sets:
        held = tuple(everyone.duties[i] for i in one.members)
        with _this_deadlock(everyone, held):
            demands = tuple(duty.norm.demand for duty in held)
            binding, brought = one.binding(norms, conduct), one.brought(norms, conduct, known)
            extent = extents.find(demands, one.region(norms), binding, brought)
        if isinstance(extent, Extent):
            classes = tuple(tuple(everyone.duties[i] for i in members) for members in one.classes)
            found.append(Deadlock(held, extent, everyone.world, classes))
        else:
            found.append(_open(everyone.rule, held, extent or Unknown(mark("the deadlock was not found again"))))
    return found


def _searched(system: NormSystem, everyone: Together, used: frozenset[NormId]) -> tuple[list[Duty], list[Undecided]]:
    """The duties among which deadlocks are looked for, and what is undecided: circles in which several take turns.

    Permissions that are `used` are looked at as if they were owed.
    """
    norms = [Duty(role, n) for role, group in enumerate(everyone.norms) for n in group]
    duties = [duty for duty in norms if duty.norm.norm.demands]
    known = [(duty.norm.norm, duty.role) for duty in duties]
    around = set(circling(system, known, range(len(everyone.norms))))
    alone = {i for role in range(len(everyone.norms)) for i in circling(system, known, (role,))}
    rule = RuleId.BLOCKED_PERMISSION if used else RuleId.DEADLOCK
    told = [_open(rule, [duties[i] for i in sorted(around)], Unknown(UNENDING))] if around - alone else []
    left_out = {(duties[i].role, duties[i].norm.norm.id) for i in around}
    counted = [duty for duty in norms if duty.norm.norm.demands or duty.norm.norm.id in used]
    return [duty for duty in counted if (duty.role, duty.norm.norm.id) not in left_out], told


def _any_deadlock(everyone: Everyone) -> AbstractContextManager[None]:
    return asking(
        system=everyone.system,
        rule=everyone.rule,
        question="is there a situation in which some of them, as they bind all units, clash (beyond the sets found "
        "before)",
        found="a smallest part of them that clashes there is looked for, and then asked about on its own",
        none="every set of them that clashes anywhere was found: there is no further deadlock among them",
    )


def _this_deadlock(everyone: Everyone, held: tuple[Duty, ...]) -> AbstractContextManager[None]:
    return asking(
        system=everyone.system,
        rule=everyone.rule,
        norms=[duty.norm.norm.id for duty in held],
        question="is there a situation in which the units cannot keep all of them, though without any one of them they "
        "can keep the rest (beyond the conditions found before)",
        found="the units are deadlocked there: the finding",
        none="they are deadlocked under the conditions found before and nowhere else",
    )


def _open(rule: RuleId, duties: Sequence[Duty], unknown: Unknown) -> Undecided:
    norms = tuple(dict.fromkeys(duty.norm.norm.id for duty in duties))
    return Undecided(TOGETHER, unknown.reason, norms, rule)


def _shape(system: NormSystem, steps: Sequence[int], held: Sequence[Sequence[Duty]]) -> Shape:
    """What stays the same when the units change places; for each duty those that can stand there."""
    count = len(system.situation.roles)
    return frozenset(
        frozenset(frozenset((d.norm.norm.id, (d.role + step) % count) for d in one) for one in held) for step in steps
    )
