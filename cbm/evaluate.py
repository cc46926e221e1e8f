"""The reference semantics: what a norm system says in one fully known episode, decided in plain Python.

It is meant to be read beside the definitions of the language. It shares nothing with the encoding for the solver
but the data types, and every witness the solver finds is replayed here before it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import floor
from typing import assert_never

from cbm.core.calendar.meetings import works
from cbm.core.calendar.zone_data import zone_info
from cbm.core.episodes import CalendarDay, Moment
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
from cbm.core.norms import Norm, NormSystem, OpenTerm, Recurrence, Secondary, Status, Text
from cbm.core.sorts import Dimension, FlagSort, KindSort, NumberSort, Sort
from cbm.core.variables import (
    ActInstance,
    Addressee,
    AtHand,
    Attribute,
    ClockOffset,
    MessagePart,
    Occurrence,
    Occurs,
    OtherTimes,
    Reading,
    ResultValue,
    SentAt,
    TimeOf,
    TurnOf,
    ValueAt,
    Variable,
    WeekNumber,
    WeekPlace,
    moment_flag,
    time_of_moment,
)
from cbm.records import LATEST, Itself, Record, replace
from cbm.syntax.ast import DocumentKind

Value = bool | str | Fraction
# Variables as other roles have them: asked of the same few for each episode. They are told apart by identity, since two
# texts may have equal variables whose kinds differ.
_TURNED: dict[tuple[int, int], tuple[Variable, Variable]] = {}
_TURNED_AT_MOST = 10_000
_COMMITMENTS = (Status.POLITICAL, Status.TREATY)
_MIDNIGHT = datetime(2020, 1, 6, tzinfo=UTC)  # where days are named times are counted from it


class Doing(Record, cache_hash=True):
    """One time that a role does an act: what its message states, and when, in seconds of the episode.

    Of a message through a channel, `at` is when it arrives and `sent` when it is sent. `turn` is where it comes among
    doings of the same time that wait for one another.
    """

    act: str
    role: int
    states: frozenset[MessagePart] = frozenset()
    at: Fraction = Fraction(0)
    through: str | None = None
    sent: Fraction = Fraction(0)
    language: str | None = None
    turn: Fraction = Fraction(0)


class CompleteEpisode(Record):
    """One episode in full: the value of every attribute and result, roles absolute, and all that is done in it.

    The reading of every open term is given with it, for each role where parties may read it differently.
    """

    values: Mapping[Variable, Value]
    doings: frozenset[Doing] = frozenset()


# ---- expressions


def holds(expression: Expr, world: CompleteEpisode, system: NormSystem, role: int = 0) -> bool:
    """Whether an expression written for role 0 is true of the episode as `role` sees it."""
    return _true(expression, _RoleView(world, system, role))


# ---- norms


def applicable(norm: Norm, role: int, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether the norm speaks to this role, its whole condition holds and none of its exceptions does."""
    view = _viewpoint(norm, role)
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
    always = _party_in(text.binding, role, world, system) and _party_in(_parties(text, system), role, world, system)
    bound = always or _between_parties(norm, role, world, system)
    heard = _is_heard(norm, system)
    return bound and heard and in_force(text, system) and applicable(norm, role, world, system)


def owed(norm: Norm, role: int, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether what binds this role is owed to those it meets: what an alliance asks for is owed to allies alone."""
    text = system.texts[norm.id.document]
    return text.towards_all or not text.binding or _between_parties(norm, role, world, system)


def defeated(norm: Norm, role: int, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether a norm that stands in place of it binds this role or, where the edge is for both, any role.

    What is owed to others is not lifted by what is not.
    """
    return any(
        binding(edge.by, bearer, world, system)
        and (owed(system.norms[edge.by], bearer, world, system) or not owed(norm, role, world, system))
        for edge in system.displacements
        if edge.of == norm.id
        for bearer in (_roles(system) if edge.both else (role,))
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
        and holds(where, world, system, _viewpoint(norm, role))
        and binding(norm_id, role, world, system)
    )


def fulfilled(norm: Norm, role: int, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether what is done and brought about is as the norm describes it for this role, binding or not."""
    return _fulfils(norm, _RoleView(world, system, _viewpoint(norm, role)))


def repaired(norm: Norm, step: int, role: int, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether what it asks for otherwise, at this step (from 0), is so for this role; whether it is owed or not."""
    return _fulfils(norm.otherwise[step], _RoleView(world, system, _viewpoint(norm, role)))


def in_force(text: Text, system: NormSystem) -> bool:
    """Whether the text counts on the date; a draft is read as if in force, and no date asks for all texts.

    What several agreed binds nobody when one of them is left. What is read beside the text under check and says what it
    has become counts from a political commitment on.
    """
    day = system.as_of
    so_far = [status for status, since in text.statuses if day is None or since <= day]
    if text.statuses and text.name != system.subject and (not so_far or so_far[-1] not in _COMMITMENTS):
        return False
    if text.kind is DocumentKind.DRAFT or day is None:
        return True
    start = text.adopted if text.in_force is None else text.in_force
    if (start is not None and day < start) or (text.until is not None and text.until <= day):
        return False
    several = text.parties is not None and len(text.parties) >= 2 and not text.binding
    several = several and system.situation.party is not None
    left = {name for party in _parties(text, system) for name in _names_of(party, system)}
    return not several or len(left) >= 2


def reserved(matter: Matter, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether the text under check is silent on the matter on purpose here, by a reserve that has not ended."""
    return any(
        not reserve.has_ended(system.as_of) and holds(reserve.condition, world, system)
        for reserve in system.reserves
        if is_left_open(reserve, matter, system)
    )


# ---- what can occur


def possible(world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether such an episode can occur: values of the right kind and range, and every axiom that counts holds."""
    if not _in_range(world, system) or _repeats_what_is_done_once(world, system):
        return False
    if not all(_arrives(doing, world, system) for doing in world.doings):
        return False
    if not all(_is_on_its_day(moment, moment.on, world) for moment in system.situation.moments if moment.on):
        return False
    return is_of_its_time(world, system) and all(holds(axiom, world, system, role) for axiom, role in axioms(system))


def axioms(system: NormSystem) -> tuple[tuple[Expr, int], ...]:
    """Each axiom with each role it is read from; what a text deems counts while that text is in force.

    What is dated counts where its week is asked about.

    Also that units of one party, which has one reading of a term, read it alike.
    """
    return _axioms(Itself(system))


@lru_cache(maxsize=LATEST)
def _axioms(of: Itself[NormSystem]) -> tuple[tuple[Expr, int], ...]:
    return tuple(_axioms_in(of.thing))


def _axioms_in(system: NormSystem) -> Iterator[tuple[Expr, int]]:
    for axiom in system.axioms:
        asked = not axiom.dated or axiom.week == system.week
        if asked and (axiom.document is None or in_force(system.texts[axiom.document], system)):
            for role in _roles(system) if axiom.rotates else (0,):
                yield axiom.condition, role
    for term in system.open_terms:
        if term.per_party:
            yield from ((_read_alike(term, pair, system), 0) for pair in combinations(_roles(system), 2))


def variables(system: NormSystem) -> Iterator[Variable]:
    """Every attribute, every reading and every result, once for each role that has its own."""
    for attribute in system.situation.attributes:
        yield from _for_roles(attribute, system)
    for term in system.open_terms:
        yield from _for_roles(term.variable, system)
    for result in system.results.values():
        yield from _for_roles(ResultValue(result.name, 0 if result.each else None, result.sort), system)


def _for_roles(variable: Variable, system: NormSystem) -> Iterator[Variable]:
    """What role 0 has, once for each role; what the roles share once."""
    yield from (variable,) if variable.role is None else (_as_role(variable, role) for role in _roles(system))


def _as_role(variable: Variable, role: int) -> Variable:
    """What an attribute, a reading, or a result is for another role; what the roles share stays."""
    known = _TURNED.get((id(variable), role))
    if known is not None and known[0] is variable:
        return known[1]
    if len(_TURNED) >= _TURNED_AT_MOST:
        _TURNED.clear()
    turned = _turned(variable, role)
    _TURNED[id(variable), role] = variable, turned
    return turned


def _turned(variable: Variable, role: int) -> Variable:
    match variable:
        case Attribute(name, int(), sort):
            return Attribute(name, role, sort)
        case ResultValue(name, int(), sort):
            return ResultValue(name, role, sort)
        case Reading(term, document, int(), sort):
            return Reading(term, document, role, sort)
        case ValueAt(attribute, int(), at, sort):
            return ValueAt(attribute, role, at, sort)
        case WeekNumber(ActInstance(act)):
            return WeekNumber(ActInstance(act, role))
        case ClockOffset(ActInstance(act), number, zone):
            return ClockOffset(ActInstance(act, role), number, zone)
        case _:
            return variable


def _read_alike(term: OpenTerm, roles: tuple[int, int], system: NormSystem) -> Expr:
    one, other = (_as_role(term.variable, role) for role in roles)
    party = system.situation.party
    assert party is not None, "who reads a term is a party"
    of_one_party = Same(*(_as_role(party, role) for role in roles))
    if isinstance(term.variable.sort, NumberSort):
        alike: Expr = Compare(((Fraction(1), one), (Fraction(-1), other)), Order.EQUAL, Fraction(0))
    else:
        alike = Same(one, other)
    return Or((Not(of_one_party), alike))


class _RoleView(Record):
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
                return self.world.values[_as_role(variable, self.turned(variable.role))]

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


def _sent(done: Doing) -> Fraction:
    return done.at if done.through is None else done.sent


def _true(expression: Expr, view: _RoleView) -> bool:
    match expression:
        case Truth(value):
            return value
        case Not(operand):
            return not _true(operand, view)
        case And(parts):
            return all(_true(part, view) for part in parts)
        case Or(parts):
            return any(_true(part, view) for part in parts)
        case Flag(variable):
            return view.value(variable) is True
        case IsIn(variable, members) if view.system.situation.tells_party(variable):
            return any(view.value(variable) in _names_of(party, view.system) for party in members)
        case IsIn(variable, members):
            return view.value(variable) in members
        case Same(left, right):
            return view.value(left) == view.value(right)
        case Compare(terms, order, bound):
            return _compares(_excess(terms, bound, view), order)
        case Does(act, role, manner):
            return any(_true(manner, replace(view, doing=doing)) for doing in view.done(act, role))
        case Each(act, role, body):
            return all(_true(body, replace(view, spoken_of=(*view.spoken_of, doing))) for doing in view.done(act, role))
        case States(item):
            assert view.doing is not None, f"{item} is asked for outside a doing"
            return _states(view.doing, item, view.system)
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


def _fulfils(owed: Norm | Secondary, view: _RoleView) -> bool:
    """What recurs is seen here by itself; only whether messages can arrive so is read from the content."""
    recurs = owed.recurrence
    if recurs is None:
        return _true(owed.content, view)
    return _recurs(recurs, view) and (not recurs.through or _true(owed.content, view))


def _recurs(recurs: Recurrence, view: _RoleView) -> bool:
    """Whether in every stretch that is over before the end, of the first ones, there is what it asks for."""
    ends = _times(recurs.until, view)
    for start in _starts(recurs, view):
        complete = [end for end in ends if end >= start]
        owed = recurs.times if not complete else min(recurs.times, (min(complete) - start) // recurs.length)
        for number in range(owed):
            done = {doing.act for doing in view.world.doings if _serves(doing, recurs, start, number, view)}
            if not (all if recurs.each else any)(act in done for act in recurs.acts):
                return False
    return True


def _serves(doing: Doing, recurs: Recurrence, start: Fraction, number: int, view: _RoleView) -> bool:
    """Whether it is of the kind asked for, and done in the stretch of this number (from 0)."""
    since = doing.at - start - number * recurs.length
    begun = since > 0 or (since == 0 and number == 0 and not recurs.later)
    through = not recurs.through or doing.through in recurs.through
    by = doing.act in recurs.acts and doing.role == view.turned(recurs.role)
    said = all(_states(doing, item, view.system) for item in recurs.states)
    return begun and since <= recurs.length and through and by and said


def _states(doing: Doing, item: MessagePart, system: NormSystem) -> bool:
    """Whether it says this, or is addressed to that party, by whatever name it is there."""
    said = [Addressee(name) for name in _names_of(item.party, system)] if isinstance(item, Addressee) else [item]
    return not doing.states.isdisjoint(said)


def _starts(recurs: Recurrence, view: _RoleView) -> list[Fraction]:
    """When it begins to be owed: not each time that an act is done from which it recurs, if just some are meant."""
    name, role = recurs.start
    if role is None:
        return _times(recurs.start, view)
    doings = (doing for doing in view.world.doings if (doing.act, doing.role) == (name, view.turned(role)))
    return [doing.at for doing in doings if _true(recurs.meant, replace(view, spoken_of=(doing,)))]


def _times(point: tuple[str, int | None], view: _RoleView) -> list[Fraction]:
    """When the moment occurs, each time it does, or when the act is done."""
    name, role = point
    if role is not None:
        return [doing.at for doing in view.world.doings if (doing.act, doing.role) == (name, view.turned(role))]
    known = view.system.situation.moment(name).occurrences
    return [view.number(TimeOf(one)) for one in known if view.world.values[Occurs(one)] is True]


def _arrives(doing: Doing, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether a message takes as long as its channel lets it wait, or longer where it may be kept waiting besides."""
    if doing.through is None:
        return True
    channel = system.channels[doing.through]
    waits = [world.values[wait] for wait in channel.waits]
    taken = doing.at - doing.sent - sum((wait for wait in waits if isinstance(wait, Fraction)), Fraction(0))
    later = bool(channel.hours) or channel.acknowledged is not None
    return doing.through in system.lines.get(doing.act, ()) and (taken == 0 or (later and taken > 0))


def _is_on_its_day(moment: Moment, on: CalendarDay, world: CompleteEpisode) -> bool:
    """Whether it is the end of its day, told by dates; without the moment in whose year that lies it does not occur."""
    occurs, other = (world.values[moment_flag(n)] is True if n else True for n in (moment.name, on.of))
    if not occurs or not other:
        return occurs == other
    end = day_after(on, world)
    return end is not None and world.values[time_of_moment(moment.name)] == end


def day_after(on: CalendarDay, world: CompleteEpisode) -> Fraction | None:
    """When the day begins that follows it, in seconds after the beginning of times; None where dates do not reach."""
    zone, year = zone_info(on.zone), on.year
    try:
        if on.of is not None:
            other = world.values[time_of_moment(on.of)]
            assert isinstance(other, Fraction)
            year = (_MIDNIGHT + timedelta(seconds=floor(other))).astimezone(zone).year - on.before
        assert year is not None, "a day has its year, or the moment in whose year it lies"
        begins = datetime.combine(date(year, on.month, on.day) + timedelta(days=1), time(), zone)
        return Fraction((begins.astimezone(UTC) - _MIDNIGHT) // timedelta(seconds=1))
    except (OverflowError, ValueError):
        return None


def _excess(terms: Iterable[tuple[Fraction, Variable]], bound: Fraction, view: _RoleView) -> int:
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


def _repeats_what_is_done_once(world: CompleteEpisode, system: NormSystem) -> bool:
    done = [(doing.act, doing.role) for doing in world.doings if system.acts[doing.act].once]
    return len(done) > len(set(done))


def _roles(system: NormSystem) -> range:
    return range(len(system.situation.roles))


def _viewpoint(norm: Norm, role: int) -> int:
    return role if norm.rotates else 0


def _between_parties(norm: Norm, role: int, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether the role, and those the norm speaks of beside it, belong to parties; of none, whether any other does."""
    text = system.texts[norm.id.document]
    if system.situation.party is None or text.parties is None:
        return True
    joined = {one for one in _roles(system) if _party_in(_parties(text, system), one, world, system)}
    owing = {one for one in joined - {role} if not _in_one_seat(text, (role, one), world, system)}
    spoken_of = {(other + _viewpoint(norm, role)) % len(_roles(system)) for other in norm.towards} - {role}
    met = spoken_of <= owing if spoken_of else len(owing) > 0 or len(_roles(system)) == 1
    return role in joined and met


def _party_in(parties: Iterable[str], role: int, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether the unit is of one of the parties that are named."""
    party = system.situation.party
    return party is not None and any(
        world.values[_as_role(party, role)] in _names_of(named, system) for named in parties
    )


def _parties(text: Text, system: NormSystem) -> Iterable[str]:
    """The parties that the text has on the date, as it names them; without a date all that it ever has."""
    if text.parties is None or not text.memberships:
        return text.parties or ()
    return [one.party for one in text.memberships if one.holds(system.as_of)]


def _in_one_seat(text: Text, roles: tuple[int, int], world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether the units are of two parties that have the place of one, or of one that has two names in turn."""
    party = system.situation.party
    assert party is not None, "a text has parties where units have them"
    names = [world.values[_as_role(party, role)] for role in roles]
    for seat in {one.seat for one in text.memberships}:
        held = [one.party for one in text.memberships if one.seat == seat and one.holds(system.as_of)]
        sitting = {name for holder in held for name in _names_of(holder, system)}
        if len(sitting) > 1 and sitting.issuperset(names):
            return True
    return False


def _names_of(party: str, system: NormSystem) -> frozenset[str]:
    """What the party is called on the date: nothing before it is there. Without one, all names from then on."""
    if not system.continuations:
        return frozenset({party})
    later = [_names_of(c.party, system) for c in system.continuations if c.of == party]
    if system.as_of is None:
        return frozenset({party}).union(*later)
    if any(system.as_of < c.since for c in system.continuations if c.party == party):
        return frozenset()
    if any(c.since <= system.as_of for c in system.continuations if c.of == party):
        return frozenset().union(*later)
    return frozenset({party})


def _is_heard(norm: Norm, system: NormSystem) -> bool:
    """Whether those are there whom it is addressed to; of what is forbidden, or need not be, whether anybody is."""
    gone = [party for party in norm.recipients if not _names_of(party, system)]
    return not gone or (not norm.is_to_all and len(gone) < len(norm.recipients))


def is_of_its_time(world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether every unit is of a party that there is on the date; without one, whether no party meets itself."""
    party = system.situation.party
    if party is None or not system.continuations:
        return True
    names = [str(world.values[_as_role(party, role)]) for role in _roles(system)]
    if system.as_of is not None:
        return all(name in _names_of(name, system) for name in names)
    return not any(
        one != other and (other in _names_of(one, system) or one in _names_of(other, system))
        for one, other in combinations(names, 2)
    )


def _in_range(world: CompleteEpisode, system: NormSystem) -> bool:
    sorts = _sorts(Itself(system))
    return all(_belongs(value, sorts[variable]) for variable, value in world.values.items())


@lru_cache(maxsize=LATEST)
def _sorts(of: Itself[NormSystem]) -> dict[Variable, Sort]:
    return {variable: variable.sort for variable in variables(of.thing)}


def _belongs(value: Value, sort: Sort) -> bool:
    match sort:
        case FlagSort():
            return isinstance(value, bool)
        case KindSort(_, members):
            return value in members
        case NumberSort():
            return isinstance(value, Fraction) and _in_bounds(value, sort)
        case _:
            assert_never(sort)


def _in_bounds(value: Fraction, sort: NumberSort) -> bool:
    if sort.whole and value.denominator != 1:
        return False
    if sort.dimension is Dimension.ANGLE and not 0 <= value < 360:
        return False
    return (sort.low is None or sort.low <= value) and (sort.high is None or value <= sort.high)
