"""What is left open to who complies, answered by trying every episode of a small system: definitions, in code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, groupby

from cbm.core.expressions import And, NormId
from cbm.core.norms import Displacement, Norm
from cbm.core.variables import ResultValue, Variable
from cbm.evaluate.complete_episode import CompleteEpisode, Value
from cbm.evaluate.what_binds import binding
from cbm.syntax.ast import Modality
from tests.laws.enumerate import Outcome, duties, outcomes
from tests.laws.episodes import Side
from tests.laws.grid import atoms, parts


def situations(side: Side, advised: bool = False) -> Iterator[list[Outcome]]:
    """Everything that can be done in one situation after the other."""
    for _, done in groupby(outcomes(side, advised), key=lambda outcome: id(outcome.encounter)):
        yield list(done)


# ---- permissions and exemptions


@dataclass(frozen=True, slots=True)
class Blocked:
    """A permission or exemption that in some situation cannot be made use of; whether it ever can."""

    ever_used: bool


def blocked(side: Side, advised: bool = False) -> dict[NormId, Blocked]:
    """Those that stand in some situation under compliant conduct, but under none there that makes use of them.

    Of permissions of other texts than the one under check: where what complies with all other texts makes use of them.
    """
    unused, used = set[NormId](), set[NormId]()
    for done in situations(side, advised):
        for norm in side.norms.values():
            if is_asked_about(side, norm):
                standing = [o for o in compliant(side, done, norm.id) if norm.id in o.standing]
                using = [o for o in standing if makes_use(side, o, norm.id)]
                used |= {norm.id} if using else set()
                unused |= {norm.id} if standing and not using and is_left_by_others(side, done, norm.id) else set()
    return {norm: Blocked(norm in used) for norm in unused}


def is_asked_about(side: Side, norm: Norm) -> bool:
    """Whether it is a permission, or an exemption of the text under check."""
    return norm.modality is Modality.PERMISSION or (not norm.demands and norm.id.document == side.system.subject)


def compliant(side: Side, done: Sequence[Outcome], norm: NormId) -> list[Outcome]:
    """What complies, but for duties `subject to` all of the text of a clause, which take no use of it away."""
    yielding = frozenset[NormId]()
    if norm.document != side.system.subject:
        yielding = yielding.union(
            *(edge.yielding for edge in side.system.precedences if edge.sweeping and norm in edge.prevailing)
        )
    return [o for o in done if o.breached <= yielding]


def is_left_by_others(side: Side, done: Sequence[Outcome], norm: NormId) -> bool:
    """Whether the duties of others leave a use of a clause of another text; of the text itself it is not asked."""
    if norm.document == side.system.subject:
        return True
    return any(norm in o.standing and makes_use(side, o, norm) for o in spared(side, done, norm))


def spared(side: Side, done: Sequence[Outcome], norm: NormId) -> Sequence[Outcome]:
    """What can be done as far as the duties of others say: of a clause of another text; otherwise all."""
    subject = side.system.subject
    if norm.document == subject:
        return done
    return [o for o in done if all(breached.document == subject for breached in o.breached)]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """In one situation: the values of a result that a permission claims, and those that who complies can use."""

    world: CompleteEpisode
    claimed: frozenset[Value]
    usable: frozenset[Value]


def narrowed(side: Side, advised: bool = False) -> dict[tuple[NormId, Variable], list[Narrowed]]:
    """Where some of the values that a permission claims can be used by who complies, and others cannot.

    Of a permission of another text than the one under check, the duties of other texts leave some of these others.
    """
    ranges = [(n.id, result) for n in side.norms.values() for result in claims(side, n)]
    found: dict[tuple[NormId, Variable], list[Narrowed]] = {}
    for done in situations(side, advised):
        for norm, result in ranges:
            values = used_values(side, done, norm, result)
            if (
                values.usable
                and values.usable < used_values(side, done, norm, result, spared(side, done, norm)).claimed
            ):
                found.setdefault((norm, result), []).append(values)
    return found


def used_values(
    side: Side, done: Sequence[Outcome], norm: NormId, result: Variable, among: Sequence[Outcome] | None = None
) -> Narrowed:
    """Of what can be done in one situation, or of some of it."""
    using = [o for o in (done if among is None else among) if norm in o.standing and o.conduct.standing[norm].kept]
    claimed, usable = (
        frozenset(side.world(o.conduct.choice).values[result] for o in some)
        for some in (using, compliant(side, using, norm))
    )
    return Narrowed(done[0].encounter.world, claimed, usable)


def claims(side: Side, norm: Norm) -> list[Variable]:
    """The results of which a permission states a range: part of its content is about nothing else that is decided."""
    if norm.modality is not Modality.PERMISSION:
        return []
    decided = set(side.parts[side.found :])
    said = norm.content.parts if isinstance(norm.content, And) else (norm.content,)
    spoken = [parts(atoms(part, side.role if norm.rotates else 0, side.system)) & decided for part in said]
    alone = [part for several in spoken if len(several) == 1 for part in several]
    return [p for p in dict.fromkeys(alone) if isinstance(p, ResultValue)]


def makes_use(side: Side, outcome: Outcome, norm: NormId) -> bool:
    """Whether what is allowed is done, or what need not be is left."""
    return outcome.conduct.standing[norm].kept is (side.norms[norm].modality is Modality.PERMISSION)


# ---- what is owed otherwise


@dataclass(frozen=True, slots=True)
class Reparation:
    """What some episode shows of one step of an `otherwise`."""

    owed: bool = False  # it is owed
    undone: bool = False  # and not done
    alone: bool = False  # it is owed while all other duties are kept
    kept: bool = False  # and done
    shut: bool = False  # in some situation it is owed so, and never done


def reparations(side: Side, advised: bool = False) -> dict[tuple[NormId, int], Reparation]:
    """For each norm and each step of its `otherwise`, what can be seen of it."""
    steps = [(n.id, step) for n in side.norms.values() for step in range(len(n.otherwise))]
    found = dict.fromkeys(steps, Reparation())
    for done in situations(side, advised):
        for norm, step in steps:
            seen = found[norm, step]
            owing = [o for o in done if owes(o, norm, step)]
            alone = [o for o in owing if o.breached <= {norm}]
            kept = [o for o in alone if o.conduct.standing[norm].repaired[step]]
            found[norm, step] = Reparation(
                seen.owed or bool(owing),
                seen.undone or not all(o.conduct.standing[norm].repaired[step] for o in owing),
                seen.alone or bool(alone),
                seen.kept or bool(kept),
                seen.shut or (bool(alone) and not kept),
            )
    return found


def owes(outcome: Outcome, norm: NormId, step: int) -> bool:
    """Whether the norm stands and is not kept, and what it asks for otherwise was left undone up to this step."""
    standing = outcome.conduct.standing[norm]
    return norm in outcome.standing and not standing.kept and not any(standing.repaired[:step])


# ---- duties switched off


def thrown(side: Side, outcome: Outcome, advised: bool = False) -> frozenset[Displacement]:
    """The edges by which what is done puts a clause in place of a duty of the bearer that is left undone."""
    owed, system, world = duties(side, advised), side.system, side.world(outcome.conduct.choice)
    found: set[Displacement] = set()
    for edge in system.displacements:
        roles = range(len(system.situation.roles)) if edge.both else (side.role,)
        if edge.of in owed and any(binding(edge.by, role, world, system) for role in roles):
            below = outcome.conduct.standing[edge.of]
            found |= {edge} if below.live and not below.kept else set()
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Escaping:
    """One situation: for each way of complying, what it switches off of the duties that other conduct is bound by."""

    world: CompleteEpisode
    ways: frozenset[frozenset[Displacement]]
    could_bind: frozenset[NormId]

    def needs(self, edges: Iterable[Displacement]) -> bool:
        """Whether there is a way to comply, and each switches a duty off by one of these edges."""
        chosen = frozenset(edges)
        return bool(self.ways) and all(chosen & way for way in self.ways)

    @property
    def smallest(self) -> list[frozenset[Displacement]]:
        """The smallest sets of edges that it needs."""
        known = sorted(frozenset().union(*self.ways), key=str)
        sets = chain.from_iterable(combinations(known, size) for size in range(1, len(known) + 1))
        needed = [frozenset(some) for some in sets if self.needs(some)]
        return [some for some in needed if not any(other < some for other in needed)]


def escaping(side: Side, advised: bool = False) -> Iterator[Escaping]:
    """What complying switches off in one situation after the other."""
    for done in situations(side, advised):
        could_bind = frozenset(norm for o in done for norm in o.standing)
        ways = [thrown(side, o, advised) for o in done if not o.breached]
        counted = frozenset(frozenset(edge for edge in way if edge.of in could_bind) for way in ways)
        yield Escaping(done[0].encounter.world, counted, could_bind)
