"""Clocks that change with the season: what they show around a point in time depends on the week in which that lies.

The offsets from UTC that matter are quantities of the situation, tied to the number of that week.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from cbm.core.episodes import Axiom
from cbm.core.expressions import Expr, Flag, conjunction, disjunction, negation
from cbm.core.linear import Sum, compare, of_variable, within
from cbm.core.norms import NormSystem
from cbm.core.sorts import BEGINNING, WEEK
from cbm.core.variables import ClockOffset, Event, Occurrence, Occurs, WeekNumber
from cbm.records import Struct, field
from cbm.resolve.zones import utc_of
from cbm.syntax.ast import Relation

# Without a date it is asked about this year.
_USUAL = date(2024, 1, 1)
_YEAR = 53


def monday(week: int) -> date:
    """The day on which the week begins."""
    return BEGINNING + timedelta(weeks=week)


def weeks_asked(day: date | None, alone: bool) -> range:
    """The week of the day alone, or the year that begins with it."""
    first = ((day or _USUAL) - BEGINNING).days // 7
    return range(first, first + (1 if alone else _YEAR))


def weeks_asked_of(system: NormSystem) -> range:
    """The weeks that are asked about where clocks matter."""
    if system.week is not None:
        return weeks_asked(system.week, alone=True)
    return weeks_asked(system.texts[system.subject].adopted, alone=False)


def runs_of(weeks: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of those that follow one another."""
    run: list[int] = []
    for week in sorted(weeks):
        if run and week > run[-1] + 1:
            yield run[0], run[-1]
            run = []
        run.append(week)
    if run:
        yield run[0], run[-1]


class Clocks(Struct):
    """What the texts need to know of clocks: `asked` tells the weeks asked about, by the date that says so.

    `ahead` grows: how far a clock is ahead of UTC, by the point in time and what that is in each week.
    """

    asked: Callable[[], Mapping[date | None, range]] = dict
    ahead: dict[tuple[Event, tuple[int, ...]], ClockOffset] = field(default_factory=dict)

    @property
    def weeks(self) -> tuple[int, ...]:
        """Where points in time may lie: no more than a year away from what is asked about."""
        return tuple(sorted({w for r in self.asked().values() for w in range(r.start - _YEAR, r.stop + _YEAR)}))

    def utc(self, point: Event, zone: str, shown: Fraction, last: bool = False) -> Sum:
        """When clocks show a time of the point's week (or of another one), after the Monday of that in UTC."""
        offsets = _offsets(zone, shown, last, self.weeks or (0,))
        if len(set(offsets)) == 1:
            return Sum((), shown - offsets[0])
        return Sum((), shown).plus(of_variable(self._offset(point, zone, offsets)), -1)

    def _offset(self, point: Event, zone: str, offsets: tuple[int, ...]) -> ClockOffset:
        known = self.ahead.get((point, offsets))
        if known is None:
            number = sum(1 for other, _ in self.ahead if other == point) + 1
            known = self.ahead[point, offsets] = ClockOffset(point, number, zone)
        return known

    def points(self) -> tuple[Event, ...]:
        """The points in time around which clocks matter."""
        return tuple(dict.fromkeys(point for point, _ in self.ahead))

    def axioms(self, turns: bool) -> Iterator[Axiom]:
        """What the clocks are ahead in each week, and for each date which weeks are asked about."""
        for point in self.points():
            yield Axiom("", self._tied(point), rotates=turns and point.role is not None)
        for day, asked in self.asked().items() if self.ahead else ():
            acts = any(point.role is not None for point in self.points())
            yield Axiom("", self._dated(asked), rotates=turns and acts, dated=True, week=day)

    def _tied(self, point: Event) -> Expr:
        tied = {offsets: variable for (other, offsets), variable in self.ahead.items() if other == point}
        alike: dict[tuple[int, ...], list[int]] = {}
        for place, week in enumerate(self.weeks):
            alike.setdefault(tuple(offsets[place] for offsets in tied), []).append(week)
        return disjunction(
            *(
                conjunction(
                    _lies_in(point, weeks),
                    *(
                        compare(of_variable(variable), Relation.EQUAL, Sum((), Fraction(value)))
                        for variable, value in zip(tied.values(), values, strict=True)
                    ),
                )
                for values, weeks in alike.items()
            )
        )

    def _dated(self, asked: range) -> Expr:
        """Some of the moments that occur lies in these weeks; what units do is tied to no other point in time."""
        moments = [point for point in self.points() if isinstance(point, Occurrence)]
        acts = [point for point in self.points() if not isinstance(point, Occurrence)]
        none = conjunction(*(negation(Flag(Occurs(point))) for point in moments))
        some = disjunction(none, *(conjunction(Flag(Occurs(point)), _lies_in(point, asked)) for point in moments))
        return conjunction(some, *(_lies_in(point, asked) for point in acts))


@lru_cache(maxsize=4096)
def _offsets(zone: str, shown: Fraction, last: bool, weeks: tuple[int, ...]) -> tuple[int, ...]:
    """How far clocks that show a time are ahead of UTC in each of these weeks."""
    return tuple(int(shown - utc_of(zone, shown + week * WEEK, last) + week * WEEK) for week in weeks)


def _lies_in(point: Event, weeks: Iterable[int]) -> Expr:
    """The point lies in one of the weeks."""
    number = of_variable(WeekNumber(point))
    return disjunction(*(_between(number, first, last) for first, last in runs_of(weeks)))


def _between(number: Sum, first: int, last: int) -> Expr:
    if first == last:
        return compare(number, Relation.EQUAL, Sum((), Fraction(first)))
    return within(number, Sum((), Fraction(first)), Sum((), Fraction(last)))
