"""How a matter stands in each type of encounter of a small norm system, answered by trying every episode."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from cbm.core.expressions import TRUE, And, Does, Expr, IsIn, NormId, Or, conjunction, disjunction
from cbm.core.matters import Matter, Settled, concerns, is_left_open, matters
from cbm.core.norms import Modality, NormSystem, Reserve
from cbm.outcomes.coverage_map import Force, State
from cbm.records import replace
from cbm.syntax.ast import Strength
from tests.laws.enumerate import Outcome, clashes, outcomes
from tests.laws.episodes import Side
from tests.laws.promises import Type, is_excepted


@dataclass(slots=True)
class Seen:
    """What the encounters of one type show of one matter; `happens` at all, between the parties of the text.

    `unsettled`: somewhere nothing governs it, exceptions on what is found left out; `excepted`: somewhere they alone
    keep it from being governed.
    """

    happens: bool = False
    promised: bool = False
    reserved: bool = False
    owed: bool = False
    clashing: bool = False
    unsettled: bool = False
    excepted: bool = False
    governed: bool = False
    swayed: bool = False
    advised: bool = False
    firm: bool = False
    heeded: bool = False
    clauses: set[NormId] = field(default_factory=set)

    @property
    def open(self) -> bool:
        """What exceptions leave out altogether is as open as if nobody had thought of it."""
        return self.unsettled or (self.excepted and not self.governed)

    @property
    def state(self) -> State:
        if not self.happens:
            return State.IMPOSSIBLE
        if not self.promised:
            return State.OUTSIDE
        if self.clashing:
            return State.CONTRADICTORY
        if self.open:
            return State.PARTLY if self.governed else State.SILENT
        if not self.owed:
            return State.RESERVED
        if self.excepted:
            return State.EXCEPTED
        if self.swayed:
            return State.SWAYED
        if self.reserved:
            return State.PARTLY_RESERVED
        return State.GOVERNED if self.heeded else State.NOTIFIED

    @property
    def force(self) -> Force | None:
        if self.firm:
            return Force.MIXED if self.advised else Force.BINDING
        return Force.HORTATORY if self.advised else None


def seen(side: Side, matter: Matter) -> dict[Type, Seen]:
    """Every type of encounter that some situation is of; others are impossible.

    A matter that is promised is measured by its promises, one that is not by the scope of the text.
    """
    system = side.system
    between = side.condition(parties_of(system), side.view)
    promised = side.condition(where(system, matter), side.view)
    reserves = [r for r in system.reserves if is_left_open(r, matter, system) and not r.has_ended(system.as_of)]
    reserved = side.condition(disjunction(*(r.condition for r in reserves)), side.view)
    found: dict[Type, Seen] = {}
    for _, done in groupby(outcomes(side), key=lambda outcome: id(outcome.encounter)):
        here = list(done)
        cell = tuple(here[0].encounter.world.values[axis] for axis in side.axes)
        of = found.setdefault(cell, Seen())
        of.happens |= any(between(o.conduct.choice) for o in here)
        promising = [o for o in here if between(o.conduct.choice) and promised(o.conduct.choice)]
        owed = [o for o in promising if not reserved(o.conduct.choice)]
        of.promised |= bool(promising)
        of.reserved |= len(owed) < len(promising)
        of.owed |= bool(owed)
        _count(of, side, matter, owed)
    return found


def _count(of: Seen, side: Side, matter: Matter, owed: Sequence[Outcome]) -> None:
    if not owed:
        return
    binding = [frozenset(n for n in o.standing if concerns(side.norms[n], matter)) for o in owed]
    everything = frozenset[NormId]().union(*binding)
    must = [any(side.norms[n].strength is Strength.MUST for n in norms) for norms in binding]
    if not everything:
        lifted = is_excepted(side, matter, owed)
        of.excepted |= lifted
        of.unsettled |= not lifted
    of.swayed |= bool(everything) and not all(binding)
    of.governed |= bool(everything)
    of.firm |= any(must)
    of.advised |= bool(everything) and not any(must)
    of.heeded |= any(not _gives_notice(side.system, n) or _only_notices(side.system, matter) for n in everything)
    of.clauses |= everything
    of.clashing |= any(
        any(concerns(side.norms[n], matter) for n in clash) and not _settled(side.system, clash)
        for clash in clashes(side, owed[0].encounter)
    )


def _settled(system: NormSystem, clash: frozenset[NormId]) -> bool:
    return any(edge.yielding & clash and edge.prevailing & clash for edge in system.precedences)


def _gives_notice(system: NormSystem, identity: NormId) -> bool:
    norm = system.norms[identity]
    asked = set(_asked(norm.content))
    return norm.modality is Modality.OBLIGATION and all(act and system.acts[act].states for act in asked)


def _asked(content: Expr) -> Iterator[str | None]:
    """The acts asked for; None stands for everything else."""
    match content:
        case Does(act):
            yield act
        case And(parts) | Or(parts):
            for part in parts:
                yield from _asked(part)
        case _:
            yield None


def _only_notices(system: NormSystem, matter: Matter) -> bool:
    """Whether nothing that the matter is about could be asked for but notice."""
    if isinstance(matter, Settled):
        return True
    acts = [act for act in system.acts.values() if act.topic == matter]
    return all(act.states for act in acts) and not any(r.topic == matter for r in system.results.values())


def where(system: NormSystem, matter: Matter) -> Expr:
    """Where the matter is promised."""
    promises = [promise.condition for promise in system.coverage if matter in matters(promise)]
    return disjunction(*promises)


def parties_of(system: NormSystem) -> Expr:
    """That all units belong to parties of the text under check."""
    parties = system.texts[system.subject].parties
    if parties is None or system.situation.party is None:
        return TRUE
    party = system.situation.party
    roles = range(len(system.situation.roles))
    return conjunction(*(IsIn(replace(party, role=role), tuple(sorted(parties))) for role in roles))


def reserving(system: NormSystem, conditions: Iterable[Expr]) -> NormSystem:
    """The system with a reserve on everything for each condition."""
    reserves = tuple(Reserve(system.subject, f"r{i}", "", condition) for i, condition in enumerate(conditions))
    return replace(system, reserves=reserves)
