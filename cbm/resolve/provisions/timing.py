"""When, and through what, a demand is to be kept: its windows, channels and exceptions as conditions on each doing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial

from cbm.core.episodes import Channel, Moment
from cbm.core.expressions import TRUE, Expr, Through, Worded, conjunction, disjunction, negation
from cbm.core.variables import NOW, SENT, Timed, TimeOf
from cbm.records import replace
from cbm.resolve.conditions import Resolver
from cbm.resolve.fallbacks import Routes, channels_of, languages_of, ways_of
from cbm.resolve.faults import wrong_type
from cbm.resolve.names.scope import Scope
from cbm.resolve.names.term_definitions import ActPoint
from cbm.resolve.time.one_doing import OneDoing
from cbm.resolve.time.recurrence import stretches_of
from cbm.resolve.time.timeline import add_weeks
from cbm.resolve.time.transmission import Answers, Reach, carried, has_changing_clocks, weeks_reached
from cbm.resolve.time.windows import (
    FROM_THEN_ON,
    UP_TO_THEN,
    Limit,
    Point,
    PointSpan,
    deadline,
    in_each_window,
    in_some_window,
    kept,
    limits_of,
    not_yet,
    occurs,
    points_of,
)
from cbm.resolve.zones import changes
from cbm.source import Span
from cbm.syntax import ast
from cbm.syntax.ast import Modality, Relation, TimeOrder
from cbm.translation.saying import mark, say

# What is forbidden until something happens is forbidden throughout if it never does.
_OPEN_ENDED = (TimeOrder.UNTIL, TimeOrder.BEFORE, TimeOrder.NOT_AFTER)
# Windows that reach further are not asked about beside the hours of a channel.
_MOST_WEEKS = 20
# What can be written instead of a time by clocks that change that is counted from the bearer's own acts.
_A_MOMENT = mark("declare a moment for it (`moments firing`), count from that, and forbid the act `until firing`")


class Timing:
    """The times of one demand; `breached` is what was not kept, one after the other, where it is owed instead.

    `said` is what the clause says of the doings from which they count.
    """

    def __init__(
        self,
        resolver: Resolver,
        demand: ast.DemandNode,
        breached: Sequence[ast.DemandNode] = (),
        said: OneDoing | None = None,
    ) -> None:
        self._resolver = resolver
        self._demand = demand
        self._said = OneDoing() if said is None else said
        _check(demand)
        self._ways = ways_of(resolver.scope, demand)
        self._excepted = channels_of(resolver.scope, demand.except_through)
        self._lines = lines_of(resolver.scope, demand)
        self.stretches = stretches_of(resolver.scope, demand, resolver.duration)
        if self.stretches is not None:
            self._windows: list[tuple[ast.Window, tuple[Limit, ...]]] = []
            return
        breach = self._breach(breached) if counts_from_breach(demand) else None
        self._windows = [(window, tuple(self._limits(window, breach))) for window in demand.windows]
        for window, limits in self._windows:
            for limit in limits:
                self._on_the_calendar(limit, window.span)

    def owed(self, done: Callable[[Expr], Expr]) -> Expr:
        """`done` within the windows, for each occurrence of what these count from."""
        limits = [limit for _, limits in self._windows for limit in limits]
        meant = self._said.meant(points_of(limits))
        begun = tuple(begins for limit in limits if (begins := limit.begun()))
        # What is sent upon something arrives when it arrives.
        arriving = [x for x in limits if not (self._lines and x.relation is Relation.EQUAL)]

        def within(at: Mapping[Point, TimeOf]) -> Expr:
            return done(conjunction(kept(arriving, at), self._sent(arriving, begun, at)))

        return in_each_window(limits, within, meant)

    def recurring(self, done: Callable[[Expr], Expr]) -> tuple[Expr, ...]:
        """The same for each of the stretches that it is cut into, if it recurs."""
        known = self.stretches
        if known is None:
            return ()

        def within(limits: tuple[Limit, ...], at: Mapping[Point, TimeOf]) -> Expr:
            return done(conjunction(kept(limits, at), self._sent(limits, known.begun, at)))

        meant = self._said.meant((known.start,))
        return tuple(known.owed(n, partial(within, known.limits(n)), meant) for n in range(known.times))

    def forbidden(self) -> Callable[[ast.Item], Expr]:
        """For each item, what doing it must not be like: within the windows, so, and in no exception.

        It speaks of when something is begun: a message is sent then, and may arrive when that would be forbidden. A
        time that counts from doings of the item itself speaks of others of them: it forbids to do it again.
        """
        closed = [(w, limits) for w, limits in self._windows if not _is_open_ended(w)]
        used = disjunction(*(Through(way[0].name) for way in self._ways)) if self._ways else TRUE
        unused = [negation(Through(channel.name)) for channel in self._excepted]
        unused += [negation(Worded(name)) for name in languages_of(self._resolver.scope, self._demand.except_languages)]
        others = [exception for exception in self._demand.meanwhile if not _is_after(exception)]
        counted = counted_from(self._resolver, self._demand)

        def barred(item: ast.Item) -> Expr:
            itself = self._as_act(item)
            said = self._said.forbidding(itself, counted)
            waiting = (not_yet(limit, self._begun, said.meant((limit.point,))) for limit in self._waited_for())
            within = self._in_some(closed, said, itself) if closed else TRUE
            excepted = (self._without(exception, item, said) for exception in others)
            meant = said.meant_at_hand(counted)
            return conjunction(*waiting, within, used, *unused, meant, *map(negation, excepted))

        return barred

    def _as_act(self, item: ast.Item) -> Point | None:
        """When the bearer does what the item speaks of; None of what is kept."""
        return ActPoint(item.act.text, self._resolver.bearer or 0) if isinstance(item, ast.ActItem) else None

    def _waited_for(self) -> Iterator[Limit]:
        """What it is forbidden before, and free from then on: `until X`, or `except after own.act` of several acts."""
        for window, limits in self._windows:
            if _is_open_ended(window):
                until = isinstance(window, ast.At) and window.order is TimeOrder.UNTIL
                yield from (replace(limit, relation=Relation.LESS) for limit in limits) if until else limits
        for exception in self._demand.meanwhile:
            if isinstance(exception, ast.At) and _is_after(exception):
                yield from (replace(limit, relation=Relation.LESS) for limit in self._limits(exception, None))

    def _in_some(
        self, windows: Sequence[tuple[ast.Window, Sequence[Limit]]], said: OneDoing, itself: Point | None
    ) -> Expr:
        """Within all of these; `from X until Y` lasts where Y does not come any more.

        What is done `itself` lies in none that begins or ends with it.
        """
        during = [points_of(limits) for window, limits in windows if isinstance(window, ast.During)]
        spans = [PointSpan(start, end, beyond=start == itself) for start, end in during]
        limits = [limit for window, some in windows if not isinstance(window, ast.During) for limit in some]
        limits = [limit.beyond() if limit.point == itself else limit for limit in limits]
        return in_some_window(limits, self._begun, said.meant, spans)

    @property
    def _begun(self) -> Timed:
        """When the doing at hand is begun: of what no clause names a channel for, when it is done."""
        return SENT if self._lines else NOW

    def _on_the_calendar(self, limit: Limit, span: Span) -> None:
        """What is counted in days of the calendar needs to know on which day its point lies."""
        if limit.days is None:
            return
        if self._is_own(limit.point) and changes(limit.days.zone):
            message = say(
                "days by clocks that change cannot be counted from what the unit itself does: it chooses when it acts, "
                "and with that the season"
            )
            raise wrong_type(span, message, say(_A_MOMENT), say("or count in days of 24 hours"))
        add_weeks(self._resolver.scope)
        self._place(limit.point)

    def _place(self, point: Point) -> None:
        """Where in its week the point lies matters."""
        if not isinstance(point, Moment):
            self._resolver.scope.placed[point.act, self._is_own(point)] = None

    def _is_own(self, point: Point) -> bool:
        """Whether it is what the bearer itself does."""
        return not isinstance(point, Moment) and point.role == (self._resolver.bearer or 0)

    def _breach(self, breached: Sequence[ast.DemandNode]) -> Limit | None:
        """The moment at which the last of these is breached, which may count from the breach of the one before."""
        if not breached:
            return None
        *before, last = breached
        if last.modality is Modality.PROHIBITION and last.windows:
            message = say("what is forbidden is breached when it is done, and not when its time is over")
            role = self._resolver.scope.roles[self._resolver.bearer or 0]
            acts = [f"{role}.{item.act.text}" for item in last.items if isinstance(item, ast.ActItem)]
            advice = (say("count it from that, as in `within 1 h after {act}`", act=act) for act in acts[:1])
            raise wrong_type(self._demand.span, message, *advice)
        if any(isinstance(window, ast.Recurring) for window in last.windows):
            message = say(
                "what is owed again and again is breached in any of its stretches, so this cannot be counted from that"
            )
            raise wrong_type(self._demand.span, message, say("count it from a moment, or leave its time out"))
        start = self._breach(before) if counts_from_breach(last) else None
        return deadline([x for w in last.windows for x in self._limits(w, start)], last.span)

    def _limits(self, window: ast.Window, breach: Limit | None) -> Iterator[Limit]:
        return limits_of(self._resolver.scope, window, self._resolver.duration, breach)

    def _sent(self, limits: Sequence[Limit], begun: Sequence[Limit], at: Mapping[Point, TimeOf]) -> Expr:
        """Of the doing at hand: begun within the limits for that, and sent so that it arrives as that takes it.

        Where the demand names no channel, those that other clauses name for what is done take as long.
        """
        if not self._lines:
            return TRUE
        sent = kept(begun, at, SENT)
        if not self._ways and self._demand.modality is not Modality.OBLIGATION:
            return sent
        routes = Routes(self._resolver.scope, self._demand, self._resolver.bearer or 0)

        def through(channel: Channel) -> Callable[[Answers], Expr]:
            reach = self._reach(channel, limits, begun, at)
            party = None if reach is None else self._resolver.scope.party
            lasting = self._is_lasting(limits, begun)
            return lambda answers: carried(channel, reach, party, routes.sender, answers, lasting)

        if not self._ways:
            others = tuple(c for c in self._lines if c.hours or c.hangs_on or c.languages or c.endless)
            return conjunction(sent, *(routes.if_through(channel, through(channel)) for channel in others))
        ways = {channel.name: through(channel) for way in self._ways for channel in way}
        return conjunction(routes.used(self._ways, ways, conjunction(kept(limits, at), sent)), sent)

    def _is_lasting(self, limits: Sequence[Limit], begun: Sequence[Limit]) -> bool:
        """Whether a duty has to ask if a message arrives at all: its time has no beginning or no end, or it has none.

        Where the time has both, a message that takes long enough is late in any case.
        """
        if self._demand.modality is not Modality.OBLIGATION:
            return False
        late = {limit.point for limit in limits if limit.relation in UP_TO_THEN}
        return not (late and begun)

    def _reach(
        self, channel: Channel, limits: Sequence[Limit], sending: Sequence[Limit], at: Mapping[Point, TimeOf]
    ) -> Reach | None:
        """Where the hours of the channel are counted from; None where it has none, or nothing to count from."""
        scope = self._resolver.scope
        last = next((x for x in limits if x.relation in UP_TO_THEN), next(iter((*limits, *sending)), None))
        if not channel.hours or last is None or scope.party is None:
            return None
        if self._is_own(last.point) and has_changing_clocks(channel):
            message = say(
                "`{channel}` has hours by clocks that change, and these cannot be counted from what the unit itself "
                "does: it chooses when it acts, and with that the season",
                channel=channel.name,
            )
            raise wrong_type(self._demand.span, message, say(_A_MOMENT))
        self._place(last.point)
        first = self._offset(sending, last.point, FROM_THEN_ON)
        final = self._offset(limits, last.point, UP_TO_THEN)
        weeks = weeks_reached(first, final)
        if weeks.stop - weeks.start > _MOST_WEEKS:  # which may be more than a length can be
            message = say(
                "`{channel}` has hours, and a time of more than {weeks} weeks is not counted beside them",
                channel=channel.name,
                weeks=_MOST_WEEKS,
            )
            raise wrong_type(self._demand.span, message)
        return Reach(at[last.point], weeks, scope.clocks, first, final)

    def _offset(self, limits: Sequence[Limit], point: Point, relations: tuple[ast.Relation, ...]) -> Fraction | None:
        """How long after the point the window begins or ends, as far as it is said; None where it is not."""
        fixed = [x.fixed() for x in limits if x.point == point and x.relation in relations]
        if None in fixed:
            raise wrong_type(
                self._demand.span,
                say("beside the hours of a channel a time must be a fixed length"),
                say("write, for example, `at least 72 h before …` or `within 3 days after …`, days of 24 hours each"),
            )
        return next(iter(fixed), None)

    def _without(self, exception: ast.At | ast.While, item: ast.Item, said: OneDoing) -> Expr:
        match exception:
            case ast.While(condition):
                act = item.act.text if isinstance(item, ast.ActItem) else None
                return self._resolver.while_doing(act).condition(condition)
            case ast.At():
                return self._in_some([(exception, tuple(self._limits(exception, None)))], said, self._as_act(item))


def happening(resolver: Resolver, demand: ast.DemandNode) -> Iterator[tuple[Expr, Span]]:
    """That the points occur from which the windows of a duty, a permission or an exemption count."""
    stretches = stretches_of(resolver.scope, demand, resolver.duration)
    if stretches is not None:
        yield stretches.happening(), next(w.span for w in demand.windows if isinstance(w, ast.Recurring))
    elif demand.modality is not Modality.PROHIBITION:
        for window in demand.windows:
            if not (isinstance(window, ast.Within) and window.point is None):
                for point in points_of(limits_of(resolver.scope, window, resolver.duration, None)):
                    yield occurs(_presence_of(resolver.scope, point)), window.span


def doings_meant(resolver: Resolver, demand: ast.DemandNode) -> tuple[Point, ...]:
    """What the conditions of a clause speak of as its demand does: what its times count from, and what it bars."""
    acts = [item.act.text for item in demand.items if isinstance(item, ast.ActItem)]
    barred = acts if demand.modality is Modality.PROHIBITION else []
    own = (ActPoint(act, resolver.bearer or 0) for act in barred)
    return tuple(dict.fromkeys((*counted_from(resolver, demand), *own)))


def counted_from(resolver: Resolver, demand: ast.DemandNode) -> tuple[Point, ...]:
    """The points from which the times of a demand count, whether it is owed, forbidden or excepted then."""
    stretches = stretches_of(resolver.scope, demand, resolver.duration)
    if stretches is not None:
        return (stretches.start,)
    limited = (*demand.windows, *(when for when in demand.meanwhile if isinstance(when, ast.At)))
    told = (window for window in limited if not (isinstance(window, ast.Within) and window.point is None))
    return points_of(x for window in told for x in limits_of(resolver.scope, window, resolver.duration, None))


def _presence_of(scope: Scope, point: Point) -> Point:
    """The point that says whether there is this one: of a day of the year, the moment in whose year it lies."""
    if isinstance(point, Moment) and point.on is not None and point.on.of is not None:
        return scope.moments[point.on.of]
    return point


def last_moment(resolver: Resolver, demand: ast.DemandNode) -> Limit | None:
    """The one moment after which a demand is too late; None where there are several, or none."""
    limits = (limit for w in demand.windows for limit in limits_of(resolver.scope, w, resolver.duration, None))
    last = [limit for limit in limits if limit.relation in UP_TO_THEN]
    return last[0] if len(last) == 1 else None


def counts_from_breach(demand: ast.DemandNode) -> bool:
    """Whether a time of it counts from the breach of what stands before it."""
    return any(isinstance(window, ast.Within) and window.point is None for window in demand.windows)


def _is_after(exception: ast.At | ast.While) -> bool:
    return isinstance(exception, ast.At) and exception.order is TimeOrder.AFTER


def lines_of(scope: Scope, demand: ast.DemandNode) -> tuple[Channel, ...]:
    """The channels that clauses name for what a demand is about, with those that it names itself."""
    acts = (item.act.text for item in demand.items if isinstance(item, ast.ActItem))
    named = [scope.channels[name] for act in acts for name in scope.lines.get(act, ())]
    own = (*(channel for way in ways_of(scope, demand) for channel in way), *channels_of(scope, demand.except_through))
    return tuple(dict.fromkeys((*named, *own)))


def _is_open_ended(window: ast.Window) -> bool:
    return isinstance(window, ast.NotLater) or (isinstance(window, ast.At) and window.order in _OPEN_ENDED)


def _check(demand: ast.DemandNode) -> None:
    """Times and channels belong to acts, and exceptions to them to prohibitions."""
    level = () if demand.level is None else (demand.level,)
    told = (*demand.windows, *demand.meanwhile, *demand.through, *demand.except_through, *level)
    first = next(iter((*told, *demand.languages, *demand.except_languages)), None)
    if first is not None and any(isinstance(item, ast.KeepItem) for item in demand.items):
        message = say("what is kept is kept throughout: a time, a channel or a language can be given for acts only")
        raise wrong_type(first.span, message, say("make the time a condition, or ask for an act"))
    if demand.modality is Modality.PROHIBITION:
        return
    if demand.meanwhile:
        place = demand.meanwhile[0].span
        words = " ".join(place.text.split()[:2])
        raise wrong_type(
            place,
            say("`{words}` limits what is forbidden, and this forbids nothing", words=words),
            say("write `unless …`"),
        )
    for names, words in ((demand.except_through, "through"), (demand.except_languages, "worded in")):
        if names:
            message = say("`except {words}` limits what is forbidden, and this forbids nothing", words=words)
            raise wrong_type(names[0].span, message, say("write `{words} …`", words=words))
