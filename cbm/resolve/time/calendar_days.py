"""Days by the calendar of a time zone: where the counted day begins or ends, as seen from a point in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import ClassVar

from cbm.core.expressions import TRUE, Expr, conjunction, disjunction
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.sorts import WEEK
from cbm.core.variables import TimeOf, WeekPlace
from cbm.records import Placed
from cbm.resolve.clocks import Clocks
from cbm.syntax.ast import Relation

DAY = Fraction(24 * 3600)
_WORKING = range(5)  # Monday to Friday; holidays are not known


class Days(Placed):
    """So many days after that of a point in time (before it, if negative), by the clocks of a zone.

    The day of the point is not counted. What is meant is the end of the last one counted, or its beginning.
    """

    ASIDE: ClassVar[frozenset[str]] = frozenset({"clocks"})

    count: int
    working: bool
    zone: str
    end: bool
    clocks: Clocks

    def reached(self, at: TimeOf, says: Callable[[Sum], Expr]) -> Expr:
        """`says` of how long after the point that is, on whichever day of the week the point lies."""
        place = of_variable(WeekPlace(at.event))
        return disjunction(
            *(
                conjunction(
                    TRUE if low.is_constant and low.constant <= 0 else compare(place, Relation.AT_LEAST, low),
                    TRUE if high.is_constant and high.constant >= WEEK else compare(place, Relation.LESS, high),
                    says(edge.plus(place, -1)),
                )
                for low, high, edge in self._edges(at)
            )
        )

    def _edges(self, at: TimeOf) -> Iterator[tuple[Sum, Sum, Sum]]:
        """For each day of the point's week in UTC: where it begins and ends in it, and where what is meant lies."""
        for day in range(-2, 9):
            low, high = (self.clocks.utc(at.event, self.zone, edge * DAY) for edge in (day, day + 1))
            before = high.is_constant and high.constant <= 0
            after = low.is_constant and low.constant >= WEEK
            if not before and not after:
                last = day + self._away(day % 7) + self.end
                yield low, high, self.clocks.utc(at.event, self.zone, last * DAY)

    def _away(self, weekday: int) -> int:
        """How many days of the calendar the last one counted is away from that of the point."""
        step = 1 if self.count >= 0 else -1
        if not self.working:
            return self.count
        away, left = 0, abs(self.count)
        while left:
            away += step
            left -= (weekday + away) % 7 in _WORKING
        return away
