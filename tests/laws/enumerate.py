"""The questions of cbm answered by trying every episode of a small system: their definitions, in code.

Each is asked of one bearer, with the `must`s alone or, `advised`, with the `should`s added. Nothing here is shared
with the procedures that it is to check. Below, a norm *stands* in an episode when it binds and is not suspended, and
is *breached* when it stands, demands something, and is not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations, groupby

from cbm.core.dependence.norm_edges import asked as named
from cbm.core.expressions import Expr, NormId
from cbm.core.norms import NormSystem, Precedence
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.records import replace
from cbm.syntax.ast import Modality, Strength
from tests.laws.episodes import Conduct, Encounter, Side
from tests.laws.grid import Part

Norms = frozenset[NormId]


# ---- conflicts


def conflict_sets(side: Side, advised: bool = False) -> dict[Norms, tuple[CompleteEpisode, ...]]:
    """Every set of duties that clashes in some situation in which no part of it does, with all those situations.

    A set of one is a duty that cannot be kept.
    """
    found: dict[Norms, list[CompleteEpisode]] = {}
    for encounter in side.encounters:
        for clash in clashes(side, encounter, advised):
            found.setdefault(clash, []).append(encounter.world)
    return {clash: tuple(worlds) for clash, worlds in found.items()}


def always(side: Side, norms: Norms) -> bool:
    """Whether these norms are never kept together, wherever they bind together; and they do somewhere."""
    together = [c for e in side.encounters for c in e.conducts if all(c.standing[n].binding for n in norms)]
    return bool(together) and not any(all(c.standing[n].kept for n in norms) for c in together)


def clashes(side: Side, encounter: Encounter, advised: bool = False) -> frozenset[Norms]:
    """The smallest sets of duties that no feasible conduct keeps together in this one situation."""
    if advised not in encounter.clashes:
        owed = duties(side, advised)
        # Conducts in which every norm stands alike are one here, and how a norm stands is one record for all of them.
        ways = {tuple(map(id, conduct.standing.values())): conduct for conduct in encounter.conducts}
        kept = frozenset(_without_breach(conduct, owed) for conduct in ways.values())
        encounter.clashes[advised] = smallest_unkept(tuple(owed), kept)
    return encounter.clashes[advised]


def duties(side: Side, advised: bool = False) -> list[NormId]:
    """The norms that demand something of the bearer, in source order."""
    return [n.id for n in side.norms.values() if n.demands and (advised or n.strength is Strength.MUST)]


def _without_breach(conduct: Conduct, owed: Iterable[NormId]) -> Norms:
    return frozenset(n for n in owed if conduct.standing[n].kept or not conduct.standing[n].binding)


@lru_cache(maxsize=4096)
def smallest_unkept(owed: tuple[NormId, ...], ways: frozenset[Norms]) -> frozenset[Norms]:
    """The smallest sets of duties of which no way, given by what it keeps, keeps all."""
    found: list[Norms] = []
    for size in range(1, len(owed) + 1):
        for some in map(frozenset, combinations(owed, size)):
            if not any(clash <= some for clash in found) and not any(some <= way for way in ways):
                found.append(some)
    return frozenset(found)


# ---- precedence


def suspended(side: Side, encounter: Encounter, advised: bool = False) -> Norms:
    """The norms that yield here: in a clash with one that prevails over them and is not itself suspended.

    A duty does not, where advice takes part in the clash.
    """
    here = clashes(side, encounter, advised)
    advice = frozenset(norm for norm in frozenset().union(*here) if side.norms[norm].strength is Strength.SHOULD)
    return yielding_to(side.system.precedences, here, advice) if side.system.precedences and here else frozenset()


@lru_cache(maxsize=4096)
def yielding_to(precedences: tuple[Precedence, ...], here: frozenset[Norms], advice: Norms) -> Norms:
    """The norms that yield by these edges where these sets clash."""

    def yields(norm: NormId) -> bool:
        return any(
            norm in edge.yielding and any(not yields(above) for above in edge.prevailing & clash)
            for edge in precedences
            for clash in here
            if norm in clash and (norm in advice or clash.isdisjoint(advice))
        )

    return frozenset(norm for norm in frozenset().union(*here) if yields(norm))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One feasible conduct in one situation, seen with what is suspended there."""

    encounter: Encounter
    conduct: Conduct
    standing: Norms
    breached: Norms


@lru_cache(maxsize=4)
def outcomes(side: Side, advised: bool = False) -> tuple[Outcome, ...]:
    """Everything that can be done anywhere, and what is breached by it."""
    owed = duties(side, advised)
    found: list[Outcome] = []
    for encounter in side.encounters:
        gone = suspended(side, encounter, advised)
        for conduct in encounter.conducts:
            standing = frozenset(n for n, s in conduct.standing.items() if s.binding) - gone
            breached = frozenset(n for n in owed if n in standing and not conduct.standing[n].kept)
            found.append(Outcome(encounter, conduct, standing, breached))
    return tuple(found)


# ---- single norms


@dataclass(frozen=True, slots=True)
class Facts:
    """What some episode shows of a norm; the first `False` says what is wrong with it."""

    met: bool = False  # its condition holds
    applicable: bool = False  # and no exception does
    live: bool = False  # and its text counts between these units
    binding: bool = False  # and nothing stands in its place
    stands: bool = False  # and it is not suspended
    breakable: bool = False  # and it is not kept
    attested: bool = False  # it stands and no duty is breached
    bites: bool = False  # it binds, suspended or not, and is not kept
    lifted: bool = False  # it is live, whatever stands in its place, and is not kept


def facts(side: Side, advised: bool = False) -> dict[NormId, Facts]:
    """For each norm that speaks to the bearer, what can be seen of it."""
    shown: dict[NormId, set[Facts]] = {norm: set() for norm in side.norms}
    for outcome in outcomes(side, advised):
        complies = not outcome.breached
        for norm, s in outcome.conduct.standing.items():
            stands = norm in outcome.standing
            breaks, attests = stands and not s.kept, stands and complies
            bites, lifted = s.binding and not s.kept, s.live and not s.kept
            shown[norm].add(Facts(s.met, s.applicable, s.live, s.binding, stands, breaks, attests, bites, lifted))
    return {norm: _any_of(some) for norm, some in shown.items()}


def _any_of(some: set[Facts]) -> Facts:
    return Facts(
        any(f.met for f in some),
        any(f.applicable for f in some),
        any(f.live for f in some),
        any(f.binding for f in some),
        any(f.stands for f in some),
        any(f.breakable for f in some),
        any(f.attested for f in some),
        any(f.bites for f in some),
        any(f.lifted for f in some),
    )


# ---- redundancy


@dataclass(frozen=True, slots=True)
class Redundancy:
    """Which smallest sets of other norms imply a norm, and whether the text means the same without it."""

    implied_by: frozenset[Norms]
    deletable: bool


def redundant(side: Side) -> dict[NormId, Redundancy]:
    """The duties that others at least as strong imply, in source order; what is redundant implies nothing further.

    Only those count that share conduct with it, directly or through others: a clash about something else is another
    matter. A duty that can never be breached is implied by the empty set.
    """
    found: dict[NormId, Redundancy] = {}
    beside = sharing_conduct(side)
    for norm in duties(side, advised=True):
        advised = side.norms[norm].strength is Strength.SHOULD
        others = beside[norm].intersection(duties(side, advised)) - {norm} - found.keys()
        seen = {(o.standing, o.breached) for o in outcomes(side, advised)}
        binds_while_kept = any(norm in standing and not breached & others for standing, breached in seen)
        if binds_while_kept and _implies(others, norm, seen):
            sets = [s for s in _subsets(others) if _implies(s, norm, seen)]
            smallest = frozenset(s for s in sets if not any(t < s for t in sets))
            found[norm] = Redundancy(smallest, deletable(side, norm, advised))
    return found


def sharing_conduct(side: Side) -> dict[NormId, Norms]:
    """For each duty those that speak of conduct that it speaks of, or that is tied to it by others or by axioms."""
    spoken = {norm: side.conduct_of(norm) for norm in duties(side, advised=True)}
    groups: list[frozenset[Part]] = []
    for one in (*spoken.values(), *side.tied_conduct()):
        joined = [group for group in groups if group & one]
        groups = [group for group in groups if group not in joined] + [one.union(*joined)]
    return {
        norm: frozenset(n for n in spoken if any(spoken[n] & group and about & group for group in groups)) | {norm}
        for norm, about in spoken.items()
    }


def _implies(others: Norms, norm: NormId, seen: Iterable[tuple[Norms, Norms]]) -> bool:
    return not any(norm in breached and not breached & others for _, breached in seen)


def _subsets(norms: Norms) -> Iterator[Norms]:
    known = sorted(norms)
    return map(frozenset, chain.from_iterable(combinations(known, size) for size in range(len(known) + 1)))


def deletable(side: Side, norm: NormId, advised: bool) -> bool:
    """Whether the text means the same when the norm and its edges are gone; not if a condition asks about it.

    What is owed after a breach is left aside.
    """
    rest = without(side.system, norm)
    return rest is not None and same_meaning(side, of_system(side, rest), advised, reparation=False)


def of_system(side: Side, system: NormSystem) -> Side:
    """The same bearer in the same episodes, under another text."""
    return Side(system, side.role, also=side.atoms, finer=side.finer)


def same_meaning(one: Side, other: Side, advised: bool, reparation: bool = True) -> bool:
    """Whether two texts leave, permit and exempt from the same conduct, and ask for the same after a breach."""
    pairs = zip(left(one, advised), left(other, advised), strict=True)
    return all(a.left == b.left and a.used == b.used and (not reparation or a.owed == b.owed) for a, b in pairs)


@dataclass(frozen=True, slots=True)
class Left:
    """What a text means for one conduct in one situation.

    `left`: no other conduct there breaches only a part of the duties that it breaches; of such conduct, whether that is
    so of all that it breaches, and of its advice alone: no duty yields to advice. `used`: whether it makes use of some
    permission, and of some exemption. `owed`: step by step, whether some duty is breached and not repaired till then;
    with advice and without.
    """

    left: tuple[bool, bool, bool]
    used: tuple[bool, bool]
    owed: frozenset[tuple[int, bool]]


def left(side: Side, advised: bool) -> Iterator[Left]:
    """The meaning of the text, conduct by conduct."""
    for _, group in groupby(outcomes(side, advised), key=lambda outcome: id(outcome.encounter)):
        here = list(group)
        duties = {n for n, norm in side.norms.items() if norm.strength is Strength.MUST}
        least, of_duties = _least(o.breached for o in here), _least(o.breached & duties for o in here)
        of_advice = _least(o.breached - duties for o in here)
        for outcome in here:
            free = outcome.breached & duties in of_duties
            all_left, advice_left = outcome.breached in least, outcome.breached - duties in of_advice
            yield Left(
                (free, free and all_left, free and advice_left),
                _used(side, outcome),
                owed(side, outcome, outcome.breached, advised),
            )


def _least(breached: Iterable[Norms]) -> set[Norms]:
    """The sets of which no smaller one is among them."""
    some = set(breached)
    return {one for one in some if not any(fewer < one for fewer in some)}


def _used(side: Side, outcome: Outcome) -> tuple[bool, bool]:
    standing = [(side.norms[norm].modality, outcome.conduct.standing[norm].kept) for norm in outcome.standing]
    return (Modality.PERMISSION, True) in standing, (Modality.EXEMPTION, False) in standing


def owed(side: Side, outcome: Outcome, breached: Iterable[NormId], advised: bool) -> frozenset[tuple[int, bool]]:
    """Which steps are left undone after one of these breaches: those that must be done and, `advised`, any of them."""
    found: set[tuple[int, bool]] = set()
    for norm in breached:
        done = outcome.conduct.standing[norm].repaired
        for i, step in enumerate(side.norms[norm].otherwise):
            if not any(done[: i + 1]):
                found |= {(i, True)} if advised else set()
                found |= {(i, False)} if step.strength is Strength.MUST else set()
    return frozenset(found)


def without(system: NormSystem, norm: NormId) -> NormSystem | None:
    """The system with the norm and all edges from and to it left out; None if a condition asks about the norm."""
    if any(norm in named(expression) for expression in _written(system)):
        return None
    rest = [replace(p, yielding=p.yielding - {norm}, prevailing=p.prevailing - {norm}) for p in system.precedences]
    return replace(
        system,
        norms={key: value for key, value in system.norms.items() if key != norm},
        displacements=tuple(edge for edge in system.displacements if norm not in (edge.by, edge.of)),
        precedences=tuple(p for p in rest if p.yielding and p.prevailing),
    )


def _written(system: NormSystem) -> Iterator[Expr]:
    for norm in system.norms.values():
        yield from (guard.condition for guard in (*norm.guards, *norm.exceptions))
        yield norm.content
    yield from (axiom.condition for axiom in system.axioms)
    yield from (promise.condition for promise in system.coverage)
