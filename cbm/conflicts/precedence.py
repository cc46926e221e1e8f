"""What precedence suspends: where a clash has norms at both ends of an edge, the yielding ones are set aside there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache, partial

from cbm.conflicts.all_conflicts import ConflictSet
from cbm.core.dependence.clauses_together import clauses_together
from cbm.core.dependence.unfolding import Unfolding
from cbm.core.expressions import FALSE, TRUE, Formula, NormId, conjunction, disjunction, negation
from cbm.core.norms import NormSystem, Precedence, Strength
from cbm.core.roles import rotate
from cbm.ground.between_parties import BetweenParties
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.records import LATEST, Itself, Record, replace


def joining(system: NormSystem, norms: Collection[NormId]) -> tuple[Precedence, ...]:
    """The edges that have norms of the set at both ends."""
    ends = _ends(Itself(system))
    below = {i for norm in norms for i in ends.yielding.get(norm, ())}
    above = (i for norm in norms for i in ends.prevailing.get(norm, ()) if i in below)
    return tuple(system.precedences[i] for i in sorted(set(above)))


class _Ends(Record):
    """For each norm the edges, by number, at whose lower end it stands, and those at whose upper end."""

    yielding: Mapping[NormId, list[int]]
    prevailing: Mapping[NormId, list[int]]


@lru_cache(maxsize=LATEST)
def _ends(of: Itself[NormSystem]) -> _Ends:
    yielding: dict[NormId, list[int]] = {}
    prevailing: dict[NormId, list[int]] = {}
    for number, edge in enumerate(of.thing.precedences):
        for norm in edge.yielding:
            yielding.setdefault(norm, []).append(number)
        for norm in edge.prevailing:
            prevailing.setdefault(norm, []).append(number)
    return _Ends(yielding, prevailing)


def settling(system: NormSystem, norms: Collection[NormId]) -> tuple[Precedence, ...]:
    """The edges by which norms that clash yield: no duty yields to advice, or where nothing clashes without advice."""
    members = frozenset(norms)
    return tuple(edge for edge in joining(system, members) if yielding_by(system, edge, members))


def yielding_by(system: NormSystem, edge: Precedence, clash: frozenset[NormId]) -> frozenset[NormId]:
    """The norms of a clash that yield by the edge."""
    lower = clash & edge.yielding
    if lower and any(system.norms[norm].strength is Strength.SHOULD for norm in clash):
        return frozenset(norm for norm in lower if system.norms[norm].strength is Strength.SHOULD)
    return lower


def prevailing(
    ground: Ground, clashes: tuple[ConflictSet, ...], advised: bool, clashing: frozenset[NormId] | None = None
) -> Ground:
    """The same bearer with every norm binding only where it is not suspended.

    `advised` tells whether the `should`s take part: a `must` does not yield for the sake of advice nobody asked about.
    `clashing`: all norms that may clash, if these are known.
    """
    suspended = suspended_in(ground.system, clashes, ground.bearer, advised)
    norms = tuple(
        replace(n, binds=conjunction(n.binds, negation(suspended.get(n.norm.id, FALSE)))) for n in ground.norms
    )
    return replace(ground, norms=norms, clashing=clashing)


def is_steady(about: Ground, n: GroundNorm) -> bool:
    """Whether the norm, as it stands in these formulas, prevails wherever it binds."""
    return n.binds == about.grounder.binds(n.norm.id, about.bearer)


def suspended_in(
    system: NormSystem, clashes: tuple[ConflictSet, ...], role: int, advised: bool
) -> Mapping[NormId, Formula]:
    """Where each norm is suspended for this role, from the clashes of all bearers.

    Where units take roles in turn, the clashes are those of one of them, whichever.
    """
    roles = len(system.situation.roles)
    step = role - clashes[0].bearer if clashes and system.situation.interchangeable else 0
    counted = _counted(system, clashes, role, advised)
    return {norm: rotate(where, step, roles) for norm, where in suspensions(system, counted).items()}


class Settlement(Record):
    """A clash of one bearer in which these norms yield by an edge to those, and where."""

    clash: ConflictSet
    edge: Precedence
    yielding: frozenset[NormId]
    prevailing: frozenset[NormId]
    where: Formula


def settlements(
    system: NormSystem, clashes: tuple[ConflictSet, ...], bearer: int, advised: bool, only: Precedence | None = None
) -> Iterator[Settlement]:
    """Each clash of this bearer with each edge (or with this one `only`) that settles it somewhere."""
    counted = _counted(system, clashes, bearer, advised)
    found = [
        (clash, edge, yielding_by(system, edge, frozenset(clash.takes_part)))
        for clash in counted
        for edge in settling(system, clash.takes_part)
        if only in (None, edge)
    ]
    suspended = _suspensions(Itself(system), Itself(clashes), bearer, advised) if found else {}
    for clash, edge, lower in found:
        higher = edge.prevailing.intersection(clash.takes_part)
        where = (_settled(system, clash, counted, higher, low, suspended) for low in sorted(lower))
        yield Settlement(clash, edge, lower, higher, disjunction(*where))


@lru_cache(maxsize=LATEST)
def _suspensions(
    system: Itself[NormSystem], clashes: Itself[tuple[ConflictSet, ...]], bearer: int, advised: bool
) -> Mapping[NormId, Formula]:
    """Where the norms of this bearer yield; several edges are asked about in turn."""
    return suspensions(system.thing, _counted(system.thing, clashes.thing, bearer, advised))


def acting_in(
    system: NormSystem, clashes: tuple[ConflictSet, ...], bearer: int, advised: bool, edge: Precedence
) -> Formula:
    """Where the edge makes a norm yield to this bearer's other ones: to one of them that does not yield itself."""
    return disjunction(*(found.where for found in settlements(system, clashes, bearer, advised, edge)))


def suspensions(system: NormSystem, clashes: tuple[ConflictSet, ...]) -> Mapping[NormId, Formula]:
    """For each norm that yields somewhere: where.

    It yields in a clash in which some norm that prevails over it is not suspended itself.
    """
    above: dict[NormId, list[tuple[ConflictSet, frozenset[NormId]]]] = {}
    for clash in clashes:
        members = frozenset(clash.takes_part)
        for edge in settling(system, clash.takes_part):
            for low in yielding_by(system, edge, members):
                above.setdefault(low, []).append((clash, members & edge.prevailing))
    together = clauses_together(Itself(system))
    known = Unfolding[NormId, Formula](FALSE, None if together is None else together.never)

    def suspended(norm: NormId) -> Formula:
        return known.of(norm, partial(settled, norm))

    def settled(norm: NormId) -> Formula:
        found = [
            _settled(system, clash, clashes, higher, norm, {one: suspended(one) for one in sorted(higher)})
            for clash, higher in above.get(norm, ())
        ]
        return disjunction(*found)

    return {norm: suspended(norm) for norm in above}


def _settled(
    system: NormSystem,
    clash: ConflictSet,
    clashes: tuple[ConflictSet, ...],
    higher: frozenset[NormId],
    low: NormId,
    suspended: Mapping[NormId, Formula],
) -> Formula:
    """Where a norm of the clash yields to these: where it happens and one of them can lift it and does not yield."""
    idle = (
        disjunction(suspended.get(norm, FALSE), negation(lifts(system, clash.bearer, norm, low)))
        for norm in sorted(higher)
    )
    return conjunction(minimal_extent(clash, clashes), negation(conjunction(*idle)))


def lifts(system: NormSystem, role: int, upper: NormId, lower: NormId) -> Formula:
    """Where the upper norm can lift the lower one of this role: everywhere, but for what is owed to allies alone."""
    if system.texts[upper.document].is_owed_to_all:
        return TRUE
    return BetweenParties(system).lifts((system.norms[upper], role), (system.norms[lower], role))


def standing_beside(system: NormSystem, clash: ConflictSet, edge: Precedence) -> Formula:
    """Where a clash that the edge settles happens, and what prevails by it can lift nothing there."""
    members = frozenset(clash.takes_part)
    pairs = [(up, low) for up in members & edge.prevailing for low in yielding_by(system, edge, members)]
    lifted = (lifts(system, clash.bearer, upper, lower) for upper, lower in sorted(pairs))
    return conjunction(clash.formula, negation(disjunction(*lifted)))


def minimal_extent(clash: ConflictSet, clashes: tuple[ConflictSet, ...]) -> Formula:
    """Where the set clashes and no part of it does by itself."""
    smaller = (c for c in _shorter(Itself(clashes), len(clash.norms)) if clash.includes(c))
    return conjunction(clash.formula, *(negation(c.formula) for c in smaller))


@lru_cache(maxsize=LATEST)
def _shorter(clashes: Itself[tuple[ConflictSet, ...]], size: int) -> tuple[ConflictSet, ...]:
    """The sets of fewer norms than so many."""
    return tuple(c for c in clashes.thing if len(c.norms) < size)


def _counted(system: NormSystem, clashes: tuple[ConflictSet, ...], role: int, advised: bool) -> tuple[ConflictSet, ...]:
    """The clashes that concern this role, where units take roles in turn as the first one; without advice, or with."""
    concerned = (c for c in clashes if system.situation.interchangeable or c.bearer == role)
    return tuple(c for c in concerned if advised or not has_advice(system, c))


def has_advice(system: NormSystem, clash: ConflictSet) -> bool:
    """Whether advice is among what clashes."""
    return any(system.norms[norm].strength is Strength.SHOULD for norm in clash.norms)
