"""What is true of an episode as each role sees it, and which norms apply, are displaced and bind there."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import assert_never

from cbm.core.calendar.meetings import works
from cbm.core.expressions import (
    And,
    Binds,
    Compare,
    Does,
    Each,
    Expr,
    Flag,
    IsIn,
    NormId,
    Not,
    Or,
    Order,
    Same,
    States,
    Through,
    Truth,
    Worded,
    Works,
)
from cbm.core.matters import Matter, is_left_open, where_governed
from cbm.core.norms import Norm, NormSystem
from cbm.core.variables import (
    ActInstance,
    Addressee,
    AtHand,
    MessagePart,
    Occurrence,
    Occurs,
    OtherTimes,
    SentAt,
    TimeOf,
    TurnOf,
    ValueAt,
    Variable,
    WeekPlace,
)
from cbm.evaluate.complete_episode import CompleteEpisode, Doing, Value, all_roles, as_role
from cbm.evaluate.parties_bound import (
    between_parties,
    in_force,
    is_heard,
    names_of,
    owed,
    parties_of,
    party_in,
    viewpoint,
)
from cbm.records import LATEST, Itself, Record, replace


def holds(expression: Expr, world: CompleteEpisode, system: NormSystem, role: int = 0) -> bool:
    """Whether an expression written for role 0 is true of the episode as `role` sees it."""
    return is_true(expression, RoleView(world, system, role))


def applicable(norm: Norm, role: int, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether the norm speaks to this role, its whole condition holds and none of its exceptions does."""
    view = viewpoint(norm, role)
    return (
        (norm.rotates or role == norm.bearer)
        and all(holds(guard.condition, world, system, view) for guard in norm.guards)
        and not any(holds(exception.condition, world, system, view) for exception in norm.exceptions)
    )


def live(norm: Norm, role: int, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether it is applicable, its text is in force, and binds the role here: always, or between parties.

    A clause that is addressed to somebody who is not there on the date binds nobody.
    """
    text = system.texts[norm.id.document]
    always = party_in(text.binding, role, world, system) and party_in(parties_of(text, system), role, world, system)
    bound = always or between_parties(norm, role, world, system)
    heard = is_heard(norm, system)
    return bound and heard and in_force(text, system) and applicable(norm, role, world, system)


def defeated(norm: Norm, role: int, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether a norm that stands in place of it binds this role or, where the edge is for both, any role.

    What is owed to others is not lifted by what is not.
    """
    return any(
        binding(edge.by, bearer, world, system)
        and (owed(system.norms[edge.by], bearer, world, system) or not owed(norm, role, world, system))
        for edge in system.displacements
        if edge.of == norm.id
        for bearer in (all_roles(system) if edge.both else (role,))
    )


def binding(norm_id: NormId, role: int, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether the norm is live for this role and not defeated. Ends because nothing depends on itself.

    It is decided once an episode: where each asks whether the one before binds, the last would ask without end.
    """
    known, key = _bindings(Itself(world), Itself(system)), (norm_id, role)
    if key not in known:
        norm = system.norms[norm_id]
        known[key] = live(norm, role, world, system) and not defeated(norm, role, world, system)
    return known[key]


@lru_cache(maxsize=LATEST)
def _bindings(of: Itself[CompleteEpisode], system: Itself[NormSystem]) -> dict[tuple[NormId, int], bool]:
    """What was decided of the episode so far: which norms bind which roles."""
    del of, system
    return {}


def governs(norm_id: NormId, matter: Matter, role: int, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether the norm binds this role, is owed to whom that meets, and settles the matter, or says something on it."""
    norm = system.norms[norm_id]
    where = where_governed(norm, matter)
    return (
        owed(norm, role, world, system)
        and holds(where, world, system, viewpoint(norm, role))
        and binding(norm_id, role, world, system)
    )


def reserved(matter: Matter, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether the text under check is silent on the matter on purpose here, by a reserve that has not ended."""
    return any(
        not reserve.has_ended(system.as_of) and holds(reserve.condition, world, system)
        for reserve in system.reserves
        if is_left_open(reserve, matter, system)
    )


class RoleView(Record):
    """An episode as one role sees it; `doing` is the doing at hand inside a manner, `spoken_of` those of `Each`."""

    world: CompleteEpisode
    system: NormSystem
    role: int
    doing: Doing | None = None
    spoken_of: tuple[Doing, ...] = ()

    def turned(self, role: int) -> int:
        return (role + self.role) % len(self.system.situation.roles)

    def done(self, act: str, role: int) -> list[Doing]:
        who = self.turned(role)
        return [doing for doing in self.world.doings if doing.act == act and doing.role == who]

    def value(self, variable: Variable) -> Value:
        """What a variable is in the episode, for this role.

        When something is done is asked of a doing: of the one at hand, or of the innermost of that act and role which
        is spoken of. All else is read from the episode, at the place of the role that it belongs to.
        """
        match variable:
            case TimeOf(AtHand()):
                return self._at_hand().at
            case SentAt(AtHand()):
                return _sent(self._at_hand())
            case SentAt(ActInstance(act, role)):
                return _sent(self._spoken_of(act, role))
            case TimeOf(ActInstance(act, role)):
                return self._spoken_of(act, role).at
            case TurnOf(AtHand()):
                return self._at_hand().turn
            case TurnOf(ActInstance(act, role)):
                return self._spoken_of(act, role).turn
            case WeekPlace(ActInstance(act, role)):
                return self._spoken_of(act, role).at % (7 * 24 * 3600)
            case ValueAt(_, _, AtHand()):
                return self._reading(variable, self._at_hand())
            case ValueAt(_, _, ActInstance(act, role)):
                return self._reading(variable, self._spoken_of(act, role))
            case _ if variable.role is None:
                return self.world.values[variable]
            case _:
                return self.world.values[as_role(variable, self.turned(variable.role))]

    def _at_hand(self) -> Doing:
        assert self.doing is not None, "something is asked of no doing"
        return self.doing

    def _spoken_of(self, act: str, role: int) -> Doing:
        return next(d for d in reversed(self.spoken_of) if (d.act, d.role) == (act, self.turned(role)))

    def _reading(self, variable: ValueAt, doing: Doing) -> Value:
        """What an attribute over time is when something is done: as at a moment of the same time, or as otherwise."""
        role = None if variable.role is None else self.turned(variable.role)

        def value(at: Occurrence | OtherTimes) -> Value:
            return self.world.values[ValueAt(variable.attribute, role, at, variable.sort)]

        for moment in (Occurrence(m.name) for m in self.system.situation.moments if m.times == 1):
            occurs = self.world.values[Occurs(moment)] is True
            if occurs and self.world.values[TimeOf(moment)] == doing.at:
                return value(moment)
        return value(OtherTimes())

    def number(self, variable: Variable) -> Fraction:
        value = self.value(variable)
        assert isinstance(value, Fraction), f"{variable} is no number"
        return value


def is_true(expression: Expr, view: RoleView) -> bool:
    """Whether what a text says is so in the episode, as one role sees it.

    It says case by case what the formulas of `ground/` say of all episodes, and shares no code with them.
    """
    match expression:
        case Truth(value):
            return value
        case Not(operand):
            return not is_true(operand, view)
        case And(parts):
            return all(is_true(part, view) for part in parts)
        case Or(parts):
            return any(is_true(part, view) for part in parts)
        case Flag(variable):
            return view.value(variable) is True
        case IsIn(variable, members) if view.system.situation.tells_party(variable):
            return any(view.value(variable) in names_of(party, view.system) for party in members)
        case IsIn(variable, members):
            return view.value(variable) in members
        case Same(left, right):
            return view.value(left) == view.value(right)
        case Compare(terms, order, bound):
            return _compares(_excess(terms, bound, view), order)
        case Does(act, role, manner):
            return any(is_true(manner, replace(view, doing=doing)) for doing in view.done(act, role))
        case Each(act, role, body):
            return all(
                is_true(body, replace(view, spoken_of=(*view.spoken_of, doing))) for doing in view.done(act, role)
            )
        case States(item):
            assert view.doing is not None, f"{item} is asked for outside a doing"
            return says(view.doing, item, view.system)
        case Through(channel):
            assert view.doing is not None, f"{channel} is asked for outside a doing"
            return view.doing.through == channel
        case Worded(language):
            assert view.doing is not None, f"{language} is asked for outside a doing"
            return view.doing.language == language
        case Works(channel):
            return works(view.system.channels[channel], view.system.as_of)
        case Binds(norm, role):
            return binding(norm, view.turned(role), view.world, view.system)
        case _:
            assert_never(expression)


def says(doing: Doing, item: MessagePart, system: NormSystem) -> bool:
    """Whether it says this, or is addressed to that party, by whatever name it is there."""
    said = [Addressee(name) for name in names_of(item.party, system)] if isinstance(item, Addressee) else [item]
    return not doing.states.isdisjoint(said)


def _excess(terms: Iterable[tuple[Fraction, Variable]], bound: Fraction, view: RoleView) -> int:
    """By how much the sum exceeds the bound, times some number above 0: fractions would be reduced at each step."""
    over, under = -bound.numerator, bound.denominator
    for coefficient, variable in terms:
        value = view.number(variable)
        parts = coefficient.denominator * value.denominator
        over, under = over * parts + coefficient.numerator * value.numerator * under, under * parts
    return over


def _compares(excess: int, order: Order) -> bool:
    match order:
        case Order.LESS:
            return excess < 0
        case Order.AT_MOST:
            return excess <= 0
        case Order.EQUAL:
            return excess == 0
        case _:
            assert_never(order)


def _sent(done: Doing) -> Fraction:
    return done.at if done.through is None else done.sent
