"""Messages through channels: when what is sent arrives, with delays and hours, as conditions on the doing at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from math import ceil, floor

from cbm.core.episodes import Channel, Hours, OpeningHours
from cbm.core.expressions import TRUE, Expr, IsIn, conjunction, disjunction, negation
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.sorts import FOR_EVER, WEEK
from cbm.core.variables import NOW, SENT, TimeOf, Variable, WeekPlace
from cbm.core.viewpoints import seen
from cbm.process.budget import require_going_on
from cbm.records import Record, replace
from cbm.resolve.clocks import Clocks
from cbm.resolve.zones import changes, utc_of
from cbm.syntax.ast import Relation

# So many weeks more are looked at before the first and after the last week that a window reaches into.
SPARE = 1
# No clock is further away from UTC.
_ASIDE = Fraction(24 * 3600)


class OpenStretch(Record):
    """Hours as seen from a point in time, after the Monday of its week in UTC; clocks may shift them.

    Without a start or an end they are open from ever, or for ever.
    """

    start: Sum | None
    end: Sum | None


class Reach(Record):
    """The time that hours are counted from, the weeks around it that matter (0: its own), and what clocks show.

    `first` and `last` are the ends of the window, after the point. Where it has none, what lies farther away than these
    weeks counts as open.
    """

    point: TimeOf
    weeks: range
    clocks: Clocks
    first: Fraction | None
    last: Fraction | None

    def holds(self, opening: OpeningHours) -> bool:
        """Whether something in the window can fall into the opening, wherever in its week the point lies."""
        late = self.last is not None and opening.start > WEEK + self.last + _ASIDE
        early = self.first is not None and opening.end < self.first - _ASIDE
        return not (late or early)


class Answers(Record):
    """When the other end consented before anything was sent, and when it acknowledges what came in; None: not asked."""

    consent: Variable | None = None
    acknowledged: Variable | None = None


_NOT_ASKED = Answers()


def carried(
    channel: Channel,
    reach: Reach | None,
    party: Variable | None,
    sender: int,
    answers: Answers = _NOT_ASKED,
    lasting: bool = False,
) -> Expr:
    """Of the doing at hand: when it is sent, it arrives as the channel takes it.

    Without a time to count from no hour is known: an end counts as open, and may take what it holds at any time after
    it came in. `party` says whose unit role 0 is, `sender` is the role that sends to the other one. `lasting`: no delay
    is by its length too long, so that it is asked besides whether one lasts for ever.
    """
    arrival = of_variable(SENT)
    for wait in channel.waits:
        arrival = arrival.plus(of_variable(wait))
    hours = {} if reach is None else {known.party: _spans(known, reach) for known in channel.hours}
    point = None if reach is None else reach.point
    received = _by_party(
        party, 1 - sender, hours, lambda openings: _received(channel, arrival, openings, point, answers)
    )
    sent = _by_party(party, sender, hours, lambda openings: _open(of_variable(SENT), openings, point))
    if answers.consent is not None:
        sent = conjunction(sent, compare(of_variable(SENT), Relation.AT_LEAST, of_variable(answers.consent)))
    ending = (compare(of_variable(wait), Relation.LESS, Sum((), FOR_EVER)) for wait in channel.endless if lasting)
    return conjunction(received, sent, *ending)


def has_changing_clocks(channel: Channel) -> bool:
    """Whether what its hours mean depends on the time of the year."""
    return any(changes(hours.zone) for hours in channel.hours)


def weeks_reached(first: Fraction | None, last: Fraction | None) -> range:
    """The weeks that matter for a window between two offsets from a point in time; None: without end."""
    low = first if first is not None else (last or Fraction(0)) - WEEK
    high = last if last is not None else (first or Fraction(0)) + WEEK
    return range(floor(low / WEEK) - SPARE, ceil(high / WEEK) + 1 + SPARE)


def _by_party(
    party: Variable | None,
    role: int,
    hours: Mapping[str, list[OpenStretch]],
    says: Callable[[list[OpenStretch] | None], Expr],
) -> Expr:
    """What is so at the end of the role, whichever party it is of; `says` is told its openings, None for no hours."""
    if party is None or not hours:
        return says(None)
    attribute = seen(party, role)
    known = [conjunction(IsIn(attribute, (name,)), says(openings)) for name, openings in hours.items()]
    others = conjunction(*(negation(IsIn(attribute, (name,))) for name in hours), says(None))
    return disjunction(*known, others)


def _received(
    channel: Channel, arrival: Sum, openings: list[OpenStretch] | None, point: TimeOf | None, answers: Answers
) -> Expr:
    """It is done when it comes in, or when that is acknowledged."""
    acknowledged, relation, upon = answers.acknowledged, Relation.EQUAL, conjunction()
    if acknowledged is not None:
        relation, upon = Relation.AT_LEAST, compare(of_variable(NOW), Relation.EQUAL, of_variable(acknowledged))
    elif point is None and channel.hours and channel.holds:
        relation = Relation.AT_LEAST
    at_once = conjunction(compare(of_variable(NOW), relation, arrival), upon)
    if openings is None:
        return at_once
    in_time = conjunction(at_once, _open(arrival, openings, point))
    if not channel.holds:
        return in_time
    return disjunction(in_time, *(conjunction(way, upon) for way in _held(arrival, openings, point, relation)))


def _held(arrival: Sum, openings: list[OpenStretch], point: TimeOf | None, relation: Relation) -> Iterator[Expr]:
    """It comes in before an opening, and after the one before, and is taken when that begins."""
    before: OpenStretch | None = None
    for opening in openings:
        start = opening.start
        if start is None:
            before = opening
            continue
        waits = compare(_place(arrival, point), Relation.LESS, start)
        if before is not None and before.end is not None:
            waits = conjunction(compare(_place(arrival, point), Relation.MORE, before.end), waits)
        yield conjunction(compare(_place(of_variable(NOW), point), relation, start), waits)
        before = opening


def _open(time: Sum, openings: list[OpenStretch] | None, point: TimeOf | None) -> Expr:
    if openings is None:
        return conjunction()
    place = _place(time, point)
    return disjunction(
        *(
            conjunction(
                TRUE if opening.start is None else compare(place, Relation.AT_LEAST, opening.start),
                TRUE if opening.end is None else compare(place, Relation.AT_MOST, opening.end),
            )
            for opening in openings
        )
    )


def _place(time: Sum, point: TimeOf | None) -> Sum:
    """How long after the Monday of the point's week it lies."""
    assert point is not None
    return time.plus(of_variable(point), -1).plus(of_variable(WeekPlace(point.event)))


def _spans(hours: Hours, reach: Reach) -> list[OpenStretch]:
    def utc(shown: Fraction, last: bool) -> Sum:
        require_going_on()  # there may be many hours in many weeks
        return reach.clocks.utc(reach.point.event, hours.zone, shown, last)

    openings = [opening for opening in _weekly(hours, reach.weeks) if reach.holds(opening)]
    spans = [OpenStretch(utc(opening.start, last=False), utc(opening.end, last=True)) for opening in openings]
    if spans and reach.first is None:
        spans[0] = replace(spans[0], start=None)
    if spans and reach.last is None:
        spans[-1] = replace(spans[-1], end=None)
    return spans


def open_in(hours: Hours, week: int, weeks: range) -> list[OpeningHours]:
    """When an end is open in the weeks around the one of this number, after its Monday 00:00 UTC."""
    shown = _weekly(hours, range(week + weeks.start, week + weeks.stop))
    found = ((utc_of(hours.zone, o.start), utc_of(hours.zone, o.end, last=True)) for o in shown)
    return [OpeningHours(start - week * WEEK, end - week * WEEK) for start, end in found]


def _weekly(hours: Hours, weeks: range) -> list[OpeningHours]:
    """The hours as clocks show them in these weeks, and just before and after."""
    around = range(weeks.start - 1, weeks.stop + 1)
    shifted = joined((o.start + WEEK * w, o.end + WEEK * w) for w in around for o in hours.shown)
    low, high = weeks.start * WEEK - _ASIDE, weeks.stop * WEEK + _ASIDE
    return [OpeningHours(max(o.start, low), min(o.end, high)) for o in shifted if o.start < high and o.end > low]


def joined(spans: Iterable[tuple[Fraction, Fraction]]) -> list[OpeningHours]:
    """The same times in order, what overlaps or touches made one."""
    result: list[OpeningHours] = []
    for start, end in sorted(spans):
        if result and start <= result[-1].end:
            result[-1] = OpeningHours(result[-1].start, max(end, result[-1].end))
        else:
            result.append(OpeningHours(start, end))
    return result
