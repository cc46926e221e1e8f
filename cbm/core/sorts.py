"""What values a variable may have; numbers are exact, in the base unit of their dimension (m, m/s, s, deg, count)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

from cbm.records import Record


class Dimension(StrEnum):
    LENGTH = "length"
    SPEED = "speed"
    ANGLE = "angle"
    DURATION = "duration"
    COUNT = "count"


class FlagSort(Record):
    """True or false."""


class KindSort(Record):
    """A closed list of names, from least to greatest where `ordered`. Parties are the kind "party"."""

    name: str
    members: tuple[str, ...]
    ordered: bool = False


class NumberSort(Record):
    """A quantity in its base unit; bounds inclusive, None where there is none. Counts are whole numbers.

    Angles are 0 <= x < 360 and wrap: a range over 0 is two ranges.
    """

    dimension: Dimension
    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def whole(self) -> bool:
        return self.dimension is Dimension.COUNT


Sort = FlagSort | KindSort | NumberSort
FLAG = FlagSort()
# Times are seconds from a beginning that nobody knows: only how far apart two of them are says something.
TIME = NumberSort(Dimension.DURATION)
WEEK = Fraction(7 * 24 * 3600)
IN_WEEK = NumberSort(Dimension.DURATION, Fraction(0), WEEK)
# Where days and clocks matter times are seconds after this Monday 00:00 UTC, and weeks are numbered from it.
BEGINNING = date(2020, 1, 6)
WEEKS = NumberSort(Dimension.COUNT, Fraction(-2600), Fraction(2600))
# How many weeks an act may lie from the point that its place in the week is told by: ten years around any moment.
AROUND = NumberSort(Dimension.COUNT, Fraction(-5730), Fraction(5730))
# The place of an act among those of the same time: any number will do.
TURN = NumberSort(Dimension.DURATION)
_DAY = Fraction(24 * 3600)
# A wait that may go on for ever does so where it is as long as this, and no time that a text sets is: a thousand years.
FOR_EVER = Fraction(1_000 * 365 * 24 * 3600)
# How far clocks may be ahead of UTC.
AHEAD = NumberSort(Dimension.DURATION, -_DAY, _DAY)
