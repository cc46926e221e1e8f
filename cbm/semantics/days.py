"""Days by the calendar of a time zone: where the counted day begins or ends, as seen from a point in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from cbm.semantics.core import TRUE, WEEK, Expr, Variable, conjunction, disjunction, place_in_week
from cbm.semantics.linear import Sum, compare, of_variable
from cbm.syntax.ast import Relation

DAY = Fraction(24 * 3600)
_WORKING = range(5)  # Monday to Friday; holidays are not known


@dataclass(frozen=True, slots=True)
class Days:
    """So many days after that of a point in time (before it, if negative), in a zone so many seconds ahead of UTC.

    The day of the point is not counted. What is meant is the end of the last one counted, or its beginning.
    """

    count: int
    working: bool
    offset: Fraction
    end: bool

    def reached(self, at: Variable, says: Callable[[Sum], Expr]) -> Expr:
        """`says` of how long after the point that is, on whichever day of the week the point lies."""
        place = of_variable(place_in_week(at))
        return disjunction(
            *(
                conjunction(
                    compare(place, Relation.AT_LEAST, Sum((), low)) if low > 0 else TRUE,
                    compare(place, Relation.LESS, Sum((), high)) if high < WEEK else TRUE,
                    says(Sum((), edge).plus(place, -1)),
                )
                for low, high, edge in self._edges()
            )
        )

    def _edges(self) -> Iterator[tuple[Fraction, Fraction, Fraction]]:
        """For each day of a week in UTC: where it begins and ends in it, and where what is meant lies."""
        for day in range(floor(self.offset / DAY), ceil((WEEK + self.offset) / DAY)):
            low, high = (edge * DAY - self.offset for edge in (day, day + 1))
            last = day + self._away(day % 7) + self.end
            yield low, high, last * DAY - self.offset

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
