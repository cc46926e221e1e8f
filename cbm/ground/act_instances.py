"""Act instances: as many of each act as the ways in which the texts speak of it, and when they are done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, takewhile, zip_longest
from math import prod

from cbm.core.episodes import Moment
from cbm.core.expressions import (
    And,
    Compare,
    Does,
    Each,
    Expr,
    Flag,
    Formula,
    Not,
    Or,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.norms import NormSystem
from cbm.core.roles import rotate
from cbm.core.sorts import WEEK
from cbm.core.substitution import mentioned, substitute, variables
from cbm.core.variables import (
    NOW,
    SENT,
    ActInstance,
    AtHand,
    Occurrence,
    Occurs,
    Origin,
    OtherTimes,
    SentAt,
    TimeOf,
    TurnOf,
    ValueAt,
    Variable,
    WeekPlace,
)
from cbm.records import Record, replace
from cbm.syntax.ast import Relation


class SpokenOf(Record):
    """An act instance that an expression speaks of; `at_hand`: the one that a manner describes."""

    instance: ActInstance
    at_hand: bool = False


class InstancePool:
    """How many doings of an act an episode needs at most: one for each way in which the texts speak of it.

    What they speak of for each doing of another act, is needed as often as that act is done. The roles in `acting`
    may do an act as often as needed, all others once at most. With `again` there is room besides for what was done
    before something happened: as often as is needed to comply, and once more.
    """

    def __init__(
        self, system: NormSystem, acting: tuple[int, ...], written: Iterable[Expr], again: bool = False
    ) -> None:
        self._system = system
        self._again = again
        self._acting = acting
        self._spoken: dict[str, dict[tuple[Expr, tuple[Each, ...]], int]] = {}
        self._first: dict[tuple[str, Expr, tuple[str, ...]], tuple[Expr, tuple[Each, ...]]] = {}
        self.timed = False
        roles = len(system.situation.roles)
        for expression in written:
            for does, within in doings_of(expression):
                self._spoken.setdefault(does.act, {}).setdefault((does.manner, within), does.role)
                self.timed = self.timed or bool(within) or _is_timed(does.manner)
                for step in range(roles):
                    said = (does.act, rotate(does.manner, step, roles), tuple(each.act for each in within))
                    self._first.setdefault(said, (does.manner, within))
        self._known: dict[str, int] = {}
        self._later: dict[str, int] = {}
        self._pools: dict[tuple[str, int], tuple[ActInstance, ...]] = {}
        self._moments_of: dict[tuple[str, frozenset[str]], list[Occurrence | None]] = {}

    def of(self, act: str, role: int) -> tuple[ActInstance, ...]:
        """The instances of the act by the role."""
        key = (act, role)
        if key not in self._pools:
            count = self._often(act, role)
            numbers = (None,) if count == 1 else range(1, count + 1)
            self._pools[key] = tuple(ActInstance(act, role, number) for number in numbers)
        return self._pools[key]

    def since(self, act: str, role: int) -> Iterator[tuple[ActInstance, Occurrence | None]]:
        """Each doing of the act by the role, with a moment that its time is told by, as far as there are moments."""
        counted = self._counted(act, frozenset())
        for done, moment in zip_longest(self.of(act, role), counted[: len(self.of(act, role))]):
            yield done, moment or next(iter(self._moments), None)

    def _counted(self, act: str, met: frozenset[str]) -> list[Occurrence | None]:
        """For each way to speak of the act, as often as it needs a doing, the moment from which that is counted.

        What names none is counted from where the doing is that calls for it: that one of its doings for which it is.
        """
        key = act, met
        if key not in self._moments_of:
            found: list[Occurrence | None] = []
            for (manner, within), role in self._spoken.get(act, {}).items():
                copies, own = self._copies(act, manner, within, role, self._room), self._named_in(manner)
                calling = [
                    (self._times(each, role, self._room), self._counted(each.act, met | {act}))
                    for each in within
                    if own is None and each.act not in met
                ]
                found += (own or _of_those(number, calling) for number in range(copies))
            self._moments_of[key] = found
        return self._moments_of[key]

    def _named_in(self, manner: Expr) -> Occurrence | None:
        """The first moment by which it tells when something is done, rather by the hours there."""
        said = set(mentioned(manner))
        by_hours = (moment for moment in self._moments if WeekPlace(moment) in said)
        by_time = (moment for moment in self._moments if TimeOf(moment) in said)
        return next(chain(by_hours, by_time), None)

    @cached_property
    def _moments(self) -> list[Occurrence]:
        """Those with a place in their week: of texts that are compared, one may count no days, and place none."""
        situation = self._system.situation
        once = (Occurrence(moment.name) for moment in situation.moments if moment.times == 1)
        return [moment for moment in once if WeekPlace(moment) in situation.attributes]

    def set_apart(self, does: Does, spoken_of: Sequence[SpokenOf]) -> tuple[ActInstance, ...]:
        """The one doing that is enough to look at where the act is to be done in this manner; all, if none is known.

        What was done before something happened may serve as well, whatever it was done for.

        Whatever conduct there is, another one does the same and besides, in these doings, what they are set apart for.
        """
        copies = self.of(does.act, does.role)
        way = self._first.get((does.act, does.manner, tuple(spoken.instance.act for spoken in spoken_of)))
        if len(copies) == 1 or way is None:
            return copies
        among = 0
        for done in (spoken.instance for spoken in spoken_of):
            several = self.of(done.act, done.role)
            among = among * len(several) + several.index(done)
        place = among + sum(
            self._copies(does.act, manner, within, role, self._room)
            for (manner, within), role in takewhile(lambda item: item[0] != way, self._spoken[does.act].items())
        )
        later = self.later(does.act) if does.role in self._acting else len(copies)
        return (copies[place], *copies[later:]) if place < later else copies

    def further_ways(self, does: Does, within: Sequence[Each]) -> int:
        """How much more often a formula speaks of the act, done for each doing of others, than if no act called for it.

        The others are counted as often as they may be done.
        """
        ways = prod((self._often(each.act, each.role) for each in within), start=self._often(does.act, does.role))
        return max(0, ways - self._room_of(does.act, later=1, count=1))

    def _often(self, act: str, role: int) -> int:
        return self._room(act) if role in self._acting else 1

    def later(self, act: str) -> int:
        """How many of the doings of an acting role are not set apart for what was done before something happened."""
        if not self._again or self._system.acts[act].once:
            return self.count(act)
        if act not in self._later:
            self._later[act] = 1  # where it comes back to itself
            self._later[act] = self._needed(act, self._room)
        return self._later[act]

    def count(self, act: str) -> int:
        """How often an acting role may do it. Acts that call for each other in a circle are counted once each."""
        if self._system.acts[act].once:
            return 1
        if act not in self._known:
            self._known[act] = 1  # where it comes back to itself
            self._known[act] = self._needed(act, self.count)
        return self._known[act]

    def _needed(self, act: str, often: Callable[[str], int]) -> int:
        ways = self._spoken.get(act, {}).items()
        return max(1, sum(self._copies(act, manner, within, role, often) for (manner, within), role in ways))

    def _copies(self, act: str, manner: Expr, within: Sequence[Each], role: int, often: Callable[[str], int]) -> int:
        """How many doings one way of speaking of an act needs: others of the same act that the manner names as well."""
        return prod((self._times(each, role, often) for each in within), start=_together(act, manner))

    def _room(self, act: str) -> int:
        return self._room_of(act, self.later(act), self.count(act))

    def _room_of(self, act: str, later: int, count: int) -> int:
        """For all that is done later and, where acts are done again, for what complied before and one doing more."""
        once = not self._again or self._system.acts[act].once
        return later + (0 if once else count + 1)

    def _times(self, each: Each, role: int, often: Callable[[str], int]) -> int:
        alone = len(self._acting) == 1 and each.role != role
        return 1 if alone else often(each.act)


def _of_those(number: int, calling: Sequence[tuple[int, list[Occurrence | None]]]) -> Occurrence | None:
    """From where the doings are counted for which the doing of this number is, the innermost first.

    Of each that calls for it: how often it is done, and from where each of its doings is counted.
    """
    for times, counted in reversed(calling):
        number, among = divmod(number, times)
        if among < len(counted) and counted[among] is not None:
            return counted[among]
    return None


def triggers(expressions: Iterable[Expr]) -> Iterator[tuple[Each, Does]]:
    """Pairs of which each doing of the first calls for, or rules out, a doing of the second."""
    for expression in expressions:
        for does, within in doings_of(expression):
            yield from ((each, does) for each in within)


def variables_of(done: ActInstance, system: NormSystem) -> tuple[Variable, ...]:
    """All that tells of an act instance."""
    stated = (done.states(item) for item in system.acts[done.act].told)
    worded = (done.language(system.languages),) if system.languages else ()
    sent = (done.sent, done.through(system.channels)) if done.act in system.lines else ()
    return (done.performed, done.at, *stated, *sent, *worded)


def without_hand(spoken_of: Sequence[SpokenOf]) -> tuple[SpokenOf, ...]:
    """The same instances, none of them at hand."""
    return tuple(replace(spoken, at_hand=False) for spoken in spoken_of)


def placed(atom: Formula, spoken_of: Sequence[SpokenOf], moments: Sequence[Moment], acting: Sequence[int]) -> Formula:
    """An atom with the times, and what is read then, of the instances that it speaks of.

    How long a message is under way is only asked of roles in `acting`: what others send is sent when it is done.

    By its name a doing is spoken of that stands outside: in the manner of another doing of the same act, too.
    """
    known = tuple(variables(atom))
    times: dict[Variable, Variable] = {}
    spoken_of = sorted(spoken_of, key=lambda spoken: not spoken.at_hand)
    for spoken in spoken_of:
        done = spoken.instance
        any_time = ActInstance(done.act, done.role)
        sent = done.sent if done.role in acting else done.at
        times |= {TimeOf(any_time): done.at, SentAt(any_time): sent}
        times |= {WeekPlace(any_time): done.place, TurnOf(any_time): TurnOf(done)}
        if spoken.at_hand:
            times |= {NOW: done.at, SENT: sent, TurnOf(AtHand()): TurnOf(done)}
    result = substitute(atom, {v: times[v] for v in known if v in times})
    for variable in dict.fromkeys(known):
        if isinstance(variable, ValueAt):
            read_at = next((s.instance for s in reversed(spoken_of) if _is_read_at(variable, s)), None)
            if read_at is not None:
                result = _read(result, variable, read_at.at, moments)
    return result


def on_its_day(done: ActInstance, since: Occurrence | None) -> Iterator[Formula]:
    """Its place in its week is tied to that of another point in time, or to the beginning of times.

    How far from it is bounded so that it may lie ten years around any moment: no text asks for more, and places in the
    week come again.
    """
    weeks = of_variable(done.weeks).times(WEEK)
    place, time = of_variable(done.place), of_variable(done.at)
    if since is not None:
        place, time = place.plus(of_variable(WeekPlace(since)), -1), time.plus(of_variable(TimeOf(since)), -1)
    yield compare(time, Relation.EQUAL, place.plus(weeks))
    yield compare(of_variable(done.place), Relation.LESS, Sum((), WEEK))


def same_time(one: Variable, other: Variable) -> Formula:
    return compare(of_variable(one), Relation.EQUAL, of_variable(other))


def _is_read_at(variable: ValueAt, spoken: SpokenOf) -> bool:
    """Whether the value is the one at the time of the instance."""
    match variable.at:
        case AtHand():
            return spoken.at_hand
        case ActInstance(act, role):
            return (act, role) == (spoken.instance.act, spoken.instance.role)
        case _:
            return False


def _read(atom: Formula, old: ValueAt, at: Variable, moments: Sequence[Moment]) -> Formula:
    """The atom with the reading as at a moment of the same time, if one occurs then, or as at other times."""

    def read(when: Occurrence | OtherTimes) -> Formula:
        return substitute(atom, {old: replace(old, at=when)})

    once = [Occurrence(m.name) for m in moments if m.times == 1]  # only then is what it reads one value
    occurring = {moment: conjunction(Flag(Occurs(moment)), same_time(TimeOf(moment), at)) for moment in once}
    ways = (conjunction(then, read(moment)) for moment, then in occurring.items())
    return disjunction(*ways, conjunction(*map(negation, occurring.values()), read(OtherTimes())))


def doings_of(expression: Expr) -> tuple[tuple[Does, tuple[Each, ...]], ...]:
    """Each doing that an expression speaks of, with the doings of other acts that it is spoken of for."""
    known: tuple[tuple[Does, tuple[Each, ...]], ...] | None = expression.kept(doings_of)
    if known is None:
        known = tuple(_doings_in(expression, ()))
        expression.keep(doings_of, known)
    return known


def _doings_in(expression: Expr, within: tuple[Each, ...]) -> Iterator[tuple[Does, tuple[Each, ...]]]:
    match expression:
        case Does(_, _, manner):
            yield expression, within
            yield from _doings_in(manner, within)
        case Each(_, _, body):
            yield from _doings_in(body, (*within, expression))
        case Not(operand):
            yield from _doings_in(operand, within)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _doings_in(part, within)
        case _:
            return


def _together(act: str, manner: Expr) -> int:
    """How many doings of the act a manner of it speaks of: the one at hand, and each other one."""
    match manner:
        case Each(named, _, body):
            return (named == act) + _together(act, body)
        case Not(operand):
            return _together(act, operand)
        case And(parts) | Or(parts):
            return max((_together(act, part) for part in parts), default=1)
        case _:
            return 1


def _is_timed(manner: Expr) -> bool:
    match manner:
        case Compare(terms):
            return any(v.origin is Origin.DOING for _, v in terms)
        case Not(operand):
            return _is_timed(operand)
        case And(parts) | Or(parts):
            return any(map(_is_timed, parts))
        case Each():
            return True
        case _:
            return False
