"""Written times to core expressions: points in time, how far apart they are, and the windows of a demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from cbm.core.episodes import Moment
from cbm.core.expressions import TRUE, Does, Each, Expr, Flag, conjunction, disjunction, negation
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.meanings import Quantity
from cbm.core.sorts import FLAG, TIME, Dimension
from cbm.core.units import DIMENSION_POWERS, UNITS, dimension_words
from cbm.core.variables import NOW, Occurs, Timed, TimeOf, moment_flag, time_of_act
from cbm.finding import RuleId
from cbm.records import Record, replace
from cbm.resolve.faults import Fault, fault, undefined, words_near, wrong_type, wrong_unit
from cbm.resolve.names.paths import need_roles, split
from cbm.resolve.names.scope import Scope
from cbm.resolve.names.term_definitions import ActPoint
from cbm.resolve.names.unnamed import written_instead
from cbm.resolve.quantities.quantity_arithmetic import Rows
from cbm.resolve.time.calendar_days import Days
from cbm.resolve.time.dates import name_of
from cbm.resolve.zones import known_zone
from cbm.source import Span
from cbm.syntax import ast
from cbm.syntax.ast import Relation, TimeOrder
from cbm.syntax.synonyms import said_for_words
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say

_OF_MEETINGS = ("approach", "contact", "detection", "encounter", "meeting", "sighting")  # acts, or points in time
_DURATION = DIMENSION_POWERS[TIME.dimension]
NOTHING: Rows = ((TRUE, Quantity(Sum(), _DURATION, None)),)


Point = Moment | ActPoint


def point_of(scope: Scope, path: ast.Path) -> Point:
    """The moment or the act that a path names."""
    if path.document is not None and path.document.text in scope.acts:  # `receipt of notify`
        raise _nobodys(scope, path, path.document.text)
    role, name = split(scope, path)
    if name.text in scope.moments:
        if role is not None:
            message = say("the moment `{text}` is shared by the units and belongs to no role", text=name.text)
            raise wrong_type(path.span, message, say("write `{text}`", text=name.text))
        return scope.moments[name.text]
    if name.text in scope.acts:
        if role is None:
            raise _nobodys(scope, path, name.text)
        return ActPoint(name.text, role)
    raise _no_point(scope, name, role)


def _nobodys(scope: Scope, path: ast.Path, act: str) -> Fault:
    """That it is not said who does the act."""
    need_roles(scope)
    words = mark("say whose act: `{first}.{act}` or `{other}.{act}`")
    return wrong_type(path.span, say(words, first=scope.roles[0], act=act, other=scope.roles[-1]))


def _no_point(scope: Scope, name: ast.Name, role: int | None) -> Fault:
    """What is said of a name that is neither, with what can stand in its place."""
    from difflib import get_close_matches  # only who errs waits for it

    what, own = say("moment or act"), scope.roles[0] if scope.roles else "own"
    near_moment = undefined(what, name.text, name.span, scope.moments)
    said_for = said_for_words(name.text)
    near_acts = [act for act in scope.acts if act in said_for] or words_near(name.text, scope.acts)
    message = say("no {what} is called `{name}`", what=what, name=name.text)
    if said := written_instead(scope, "", name.span.text.split()):
        return fault(RuleId.UNDEFINED, name.span, message, remedies=said)
    attribute = scope.attributes.get(name.text)
    if attribute is not None and attribute.sort == FLAG:
        path = name.text if attribute.role is None else f"{own}.{name.text}"
        words = mark(
            "`{path}` is so or not, and at no time of its own: write `when {path}` in place of the time, or declare a "
            "moment to count from in a vocabulary of yours, `moments the_{name}`"
        )
        advice = say(words, path=path, name=name.text)
    elif name.text == "receipt":  # before moments that are spelt alike
        advice = say("a message is done when it arrives: count from the act itself, `ROLE.ACT`")
    elif get_close_matches(name.text, scope.moments, n=1):
        return near_moment
    elif role is not None:
        return undefined(what, name.text, name.span, scope.acts, scope.readers_words("act"))
    elif near_acts:
        whose = (f"`{one}.{act}`" for act in near_acts for one in dict.fromkeys((own, *scope.roles[-1:])))
        advice = say("write {name}", name=say(" or ").join(whose))
        if scope.situation and name.text in _OF_MEETINGS:
            words = mark(
                "or declare a moment in a vocabulary of yours: `situation {name} also`, and below it `{moment}`"
            )
            moment = say(words, name=scope.situation, moment=f"moments {name.text}")
            return fault(RuleId.UNDEFINED, name.span, message, remedies=(advice, moment))
    elif scope.moments:
        told = listed([f"`{one}`" for one in scope.moments], ",")
        advice = say("moments here are {names}; what a unit does can stand there, too", names=told)
    else:
        words = mark(
            "the vocabularies used here have no moments: write what a unit does, such as `{act}`, or declare one in a "
            "vocabulary of yours, `moments {name}`"
        )
        advice = say(words, act=f"{own}.{next(iter(scope.acts), 'call')}", name=name.text)
    return fault(RuleId.UNDEFINED, name.span, message, remedies=(advice,))


def occurs(point: Point) -> Expr:
    """That the moment occurs, or the act is done, at all."""
    match point:
        case Moment(name):
            return Flag(moment_flag(name))
        case ActPoint(act, role):
            return Does(act, role)
        case _:
            assert_never(point)


def for_each(point: Point, body: Callable[[TimeOf], Expr]) -> Expr:
    """The body holds for the time of every occurrence."""
    match point:
        case Moment():
            happening = ((Flag(Occurs(one)), TimeOf(one)) for one in point.occurrences)
            return conjunction(*(disjunction(negation(flag), body(time)) for flag, time in happening))
        case ActPoint(act, role):
            return Each(act, role, body(time_of_act(act, role)))
        case _:
            assert_never(point)


def for_some(point: Point, body: Callable[[TimeOf], Expr]) -> Expr:
    """The body holds for the time of some occurrence."""
    return negation(for_each(point, lambda time: negation(body(time))))


def for_all(points: Sequence[Point], body: Callable[[Mapping[Point, TimeOf]], Expr]) -> Expr:
    """The body holds whichever occurrence of each of them is taken."""
    if not points:
        return body({})
    first, *rest = points
    return for_each(first, lambda time: for_all(rest, lambda times: body({first: time, **times})))


def apart(
    node: ast.Apart, left: Point, right: Point, length: Rows, at_hand: Callable[[ActPoint], bool] = lambda _: False
) -> Expr:
    """Some occurrence of the one lies so far before or after some occurrence of the other.

    Of an act it is said of the one doing that is spoken of; `at_hand` tells whether that is the one at hand.
    """
    if left == right:
        raise wrong_type(node.span, say("`{text}` is compared with itself", text=node.left.span.text))
    later, earlier = (left, right) if node.after else (right, left)
    at_least_nothing = node.relation in (Relation.LESS, Relation.AT_MOST)

    def ordered(after: TimeOf, before: TimeOf) -> Expr:
        gap = of_variable(after).plus(of_variable(before), -1)
        told = _any_row(length, lambda q: compare(gap, node.relation, q.sum, q.unit))
        return conjunction(told, compare(gap, Relation.AT_LEAST, Sum())) if at_least_nothing else told

    def of_one(point: Point, body: Callable[[TimeOf], Expr]) -> Expr:
        if isinstance(point, ActPoint):
            return body(NOW if at_hand(point) else time_of_act(point.act, point.role))
        return for_some(point, body)

    return of_one(later, lambda after: of_one(earlier, lambda before: ordered(after, before)))


def checked_length(rows: Rows, node: ast.Expression) -> Rows:
    """The same rows; a fault where they are no length of time, or less than nothing."""
    for _, quantity in rows:
        if quantity.powers != _DURATION:
            message = say(
                "`{text}` is {dimension} where a length of time is wanted",
                text=node.span.text,
                dimension=dimension_words(quantity.powers),
            )
            raise wrong_unit(node.span, message, say("write its unit, as in `60 min`, `24 h` or `42 days`"))
        if quantity.sum.is_constant and quantity.sum.constant < 0:
            raise wrong_type(
                node.span, say("`{text}` is less than no time: say `before` or `after` instead", text=node.span.text)
            )
    return rows


# ---- windows


class PointSpan(Record):
    """From one point until the next time of the other one; without end where that never comes.

    `beyond`: the point at which it begins does not belong to it.
    """

    start: Point
    end: Point
    beyond: bool = False

    @property
    def begins(self) -> Limit:
        """What it asks of the time of what is done within it."""
        return Limit(self.start, Relation.MORE if self.beyond else Relation.AT_LEAST)


class Limit(Record):
    """What is done is done at least, at most, … the given time after the point (`sign` -1: before it)."""

    point: Point
    relation: Relation
    sign: int = 1
    length: Rows = NOTHING
    further: Rows = NOTHING  # added to it
    days: Days | None = None  # what is counted in days of the calendar, in place of a length
    breach: bool = False  # the point is a time at which something else was not kept

    def begun(self) -> Limit | None:
        """What it asks of when that is begun which is done within it: not before what nobody can foresee.

        What is due before something may be begun whenever that serves, and so may what counts from a time that is
        known beforehand.
        """
        if self.relation is Relation.EQUAL or (self.breach and self.relation in FROM_THEN_ON):
            return self
        later = self.length == NOTHING or self.sign > 0 if self.days is None else self.days.count > 0
        known = isinstance(self.point, Moment) and self.point.planned
        if self.relation not in FROM_THEN_ON or not later or known:
            return None
        at_once = self.relation is Relation.MORE and self.length == NOTHING
        return Limit(self.point, Relation.MORE if at_once else Relation.AT_LEAST)

    def beyond(self) -> Limit:
        """The same without the point itself, where it begins or ends there."""
        there = self.days is None and self.length == NOTHING == self.further
        return replace(self, relation=_STRICT.get(self.relation, self.relation)) if there else self

    def fixed(self) -> Fraction | None:
        """How long after the point it is; None where that depends on something."""
        rows = [(q.sum, more.sum) for _, q in self.length for _, more in self.further]
        if self.days or len(rows) != 1 or not all(part.is_constant for part in rows[0]):
            return None
        return self.sign * rows[0][0].constant + rows[0][1].constant

    def holds(self, at: TimeOf, now: Timed = NOW) -> Expr:
        """That the limit is kept by what is done now."""
        gap = of_variable(now).plus(of_variable(at), -1)
        if self.days:
            return self.days.reached(
                at,
                lambda there: _any_row(self.further, lambda more: compare(gap, self.relation, there.plus(more.sum))),
            )
        return _any_row(
            self.length,
            lambda q: _any_row(
                self.further,
                lambda more: compare(gap, self.relation, q.sum.times(self.sign).plus(more.sum), more.unit or q.unit),
            ),
        )


FROM_THEN_ON = (Relation.AT_LEAST, Relation.MORE, Relation.EQUAL)
UP_TO_THEN = (Relation.AT_MOST, Relation.LESS, Relation.EQUAL)
_STRICT = {Relation.AT_LEAST: Relation.MORE, Relation.AT_MOST: Relation.LESS}


def limits_of(
    scope: Scope, window: ast.Window, length: Callable[[ast.Expression], Rows], breach: Limit | None
) -> Iterator[Limit]:
    """What a window asks of the time of what is done; `breach` is what was not kept, where one was not."""
    match window:
        case ast.Within():
            yield from _within(scope, window, length, breach)
        case ast.AtLeast(ast.DaysNode() as written, after, path):
            relation = Relation.AT_LEAST if after else Relation.LESS
            yield Limit(point_of(scope, path), relation, days=_counted(scope, written, after, end=not after))
        case ast.AtLeast(written, after, path):
            assert not isinstance(written, ast.DaysNode), "the case before"
            relation = Relation.AT_LEAST if after else Relation.AT_MOST
            yield Limit(point_of(scope, path), relation, 1 if after else -1, length(written))
        case ast.At(order, path):
            yield Limit(point_of(scope, path), _RELATIONS[order])
        case ast.NotLater(day):
            yield Limit(scope.moments[name_of(day)], Relation.LESS)
        case ast.During(start, end):
            first_point, last_point = point_of(scope, start), point_of(scope, end)
            if first_point == last_point:
                raise wrong_type(
                    window.span, say("`{text}` begins and ends at the same time: write `upon`", text=window.span.text)
                )
            yield Limit(first_point, Relation.AT_LEAST)
            yield Limit(last_point, Relation.AT_MOST)
        case ast.Recurring():
            raise AssertionError("what recurs has a time of its own in each stretch")
        case _:
            assert_never(window)


def _within(
    scope: Scope, window: ast.Within, length: Callable[[ast.Expression], Rows], breach: Limit | None
) -> Iterator[Limit]:
    """From the point on and for so long, or for so long before it; without a point, after what was not kept."""
    written, after, path = window.length, window.after, window.point
    if path is not None and isinstance(written, ast.DaysNode):
        point, last_day = point_of(scope, path), _counted(scope, written, after, end=after)
        yield Limit(point, Relation.AT_LEAST) if after else Limit(point, Relation.AT_LEAST, days=last_day)
        yield Limit(point, Relation.LESS, days=last_day) if after else Limit(point, Relation.AT_MOST)
        return
    if path is not None and not isinstance(written, ast.DaysNode):
        point = point_of(scope, path)
        first, last = (NOTHING, length(written)) if after else (length(written), NOTHING)
        yield Limit(point, Relation.AT_LEAST, -1, first)
        yield Limit(point, Relation.AT_MOST, 1, last)
        return
    if breach is None and isinstance(written, ast.QuantityNode) and _is_distance(written):
        amount = " ".join(written.span.text.split())
        raise wrong_type(
            window.span,
            say("`{text}` is a distance, and no time", text=window.span.text),
            say("write `when NAME <= {amount}` before `must`, with its name, which `cbm words` finds", amount=amount),
        )
    if breach is None:
        message = say("`{text}` does not say of what", text=window.span.text)
        raise wrong_type(window.span, message, say("write `{text} after …` or `… before …`", text=window.span.text))
    if isinstance(written, ast.DaysNode):
        raise wrong_type(window.span, say("what is owed after a breach is counted in hours or days of 24 hours"))
    yield replace(breach, relation=Relation.AT_LEAST, breach=True)
    yield replace(breach, relation=Relation.AT_MOST, further=_together(breach.further, length(written)))


def _is_distance(written: ast.QuantityNode) -> bool:
    unit = UNITS.get(written.unit or "")
    return unit is not None and unit.dimension is Dimension.LENGTH


def _together(rows: Rows, more: Rows) -> Rows:
    """One length of time after the other."""
    return tuple(
        (conjunction(when, then), Quantity(a.sum.plus(b.sum), _DURATION, b.unit or a.unit))
        for when, a in rows
        for then, b in more
    )


def _counted(scope: Scope, written: ast.DaysNode, after: bool, end: bool) -> Days:
    count = written.count if after else -written.count
    return Days(count, written.working, known_zone(written.zone), end, scope.clocks)


_RELATIONS = {
    TimeOrder.AFTER: Relation.MORE,
    TimeOrder.BEFORE: Relation.LESS,
    TimeOrder.NOT_AFTER: Relation.AT_MOST,
    TimeOrder.NOT_BEFORE: Relation.AT_LEAST,
    TimeOrder.UPON: Relation.EQUAL,
    TimeOrder.UNTIL: Relation.AT_MOST,
}


def points_of(limits: Iterable[Limit]) -> tuple[Point, ...]:
    """The points they name, each once."""
    return tuple(dict.fromkeys(limit.point for limit in limits))


def deadline(limits: Sequence[Limit], span: Span) -> Limit:
    """The one limit after which it is too late."""
    last = [limit for limit in limits if limit.relation in UP_TO_THEN]
    if len(last) != 1:
        from_there = say("or count the time behind `otherwise` from a moment, as in `within 1 h after …`")
        if last:
            message = mark(
                "what comes before `otherwise` has several last moments, so it cannot be told when it is breached"
            )
            raise wrong_type(span, say(message), say("leave one of its last moments"), from_there)
        message = mark("what comes before `otherwise` has no last moment, so it cannot be told when it is breached")
        raise wrong_type(span, say(message), say("say by when it is to be done, or until when"), from_there)
    return last[0]


def kept(limits: Iterable[Limit], at: Mapping[Point, TimeOf], now: Timed = NOW) -> Expr:
    """Of the doing at hand: it is done (or whatever `now` tells) within the limits."""
    return conjunction(*(limit.holds(at[limit.point], now) for limit in limits))


def in_each_window(limits: Sequence[Limit], done: Callable[[Mapping[Point, TimeOf]], Expr], meant: Expr = TRUE) -> Expr:
    """What is owed, whichever occurrence of the points is taken of those meant."""
    return for_all(points_of(limits), lambda at: disjunction(negation(meant), done(at)))


def in_some_window(
    limits: Sequence[Limit], now: Timed, meant: Callable[[Iterable[Point]], Expr], spans: Iterable[PointSpan] = ()
) -> Expr:
    """Of the doing at hand: it lies within the limits that some occurrences of the points set, of those meant.

    It lies in these spans too, each of which lasts from such an occurrence until the next one that ends it.
    """
    wanted = [*limits, *(span.begins for span in spans)]

    def within(at: Mapping[Point, TimeOf]) -> Expr:
        return conjunction(meant(at), kept(wanted, at, now), *(_not_over(span, at, now, meant) for span in spans))

    return negation(for_all(points_of(wanted), lambda at: negation(within(at))))


def _not_over(
    span: PointSpan, at: Mapping[Point, TimeOf], now: Timed, meant: Callable[[Iterable[Point]], Expr]
) -> Expr:
    """The span has begun before the doing at hand, and nothing has ended it since; what ends it belongs to it."""
    start = at[span.start]

    def passed(end: TimeOf) -> Expr:
        before = Limit(span.start, Relation.LESS).holds(start, end)
        return disjunction(
            negation(meant((span.start, span.end))), before, Limit(span.end, Relation.AT_MOST).holds(end, now)
        )

    return for_each(span.end, passed)


def not_yet(limit: Limit, now: Timed, meant: Expr = TRUE) -> Expr:
    """Of the doing at hand: the limit is kept by it, or the point never comes, of those meant."""
    return for_each(limit.point, lambda at: disjunction(negation(meant), limit.holds(at, now)))


def _any_row(rows: Rows, says: Callable[[Quantity], Expr]) -> Expr:
    return disjunction(*(conjunction(given, says(quantity)) for given, quantity in rows))
