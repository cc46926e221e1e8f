"""Time zones: whether their clocks change, and when a clock shows what, in seconds after `BEGINNING` 00:00 UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache, lru_cache

from cbm.core.calendar.zone_data import zone_info
from cbm.core.sorts import BEGINNING
from cbm.finding import RuleId
from cbm.resolve.faults import fault
from cbm.syntax import ast
from cbm.syntax.synonyms import zone_said_for
from cbm.syntax.typing_slips import typed_for
from cbm.translation.saying import say

# A clock that shows the same offset in every month of these years is taken not to change.
_YEARS = range(2000, 2036)
_START = datetime(BEGINNING.year, BEGINNING.month, BEGINNING.day)
_SECOND = timedelta(seconds=1)
_DAY = 24 * 3600


def known_zone(zone: ast.Name) -> str:
    """The name of the zone; a fault where there is none."""
    try:
        return zone_info(zone.text).key
    except (KeyError, ValueError, OSError):  # it has none, never could, or has a folder of this name, as `Asia`
        message = say("no time zone is called `{text}`", text=zone.text)
        raise fault(RuleId.UNDEFINED, zone.span, message, remedies=(_zone_meant(zone.text),)) from None


def _zone_meant(written: str) -> str:
    """The zone to write for this one: another place that is only spelt alike has other clocks, and is never told."""
    from zoneinfo import available_timezones

    said_for = zone_said_for(written)
    if said_for:
        return say("write {name}", name=f"`{said_for}`")
    near = typed_for(written, available_timezones())
    if near:
        return say("did you mean `{near}`?", near=near)
    return say("a zone is called by a city of the time zone database, as in `Asia/Tokyo`, or `UTC`")


@cache
def changes(zone: str) -> bool:
    """Whether the clocks of the zone change at some time."""
    months = (datetime(year, month, 1, tzinfo=UTC) for year in _YEARS for month in range(1, 13))
    return len({month.astimezone(zone_info(zone)).utcoffset() for month in months}) > 1


@lru_cache(maxsize=1 << 16)
def utc_of(zone: str, shown: Fraction, last: bool = False) -> Fraction:
    """When the clocks of the zone show this time, in UTC.

    What they show twice they show first, or `last`, and what they skip when they are put forward.
    """
    if not changes(zone):
        return shown - _offset(zone, 0)
    written = (_START + timedelta(seconds=int(shown))).replace(fold=int(last))
    time = written.replace(tzinfo=zone_info(zone)).astimezone(UTC)
    seconds = (time.replace(tzinfo=None) - _START) // _SECOND
    if time.astimezone(zone_info(zone)).replace(tzinfo=None, fold=0) != written.replace(fold=0):
        return Fraction(_change(zone, seconds - _DAY, seconds + _DAY))
    return Fraction(seconds)


def _offset(zone: str, seconds: int) -> int:
    time = (_START + timedelta(seconds=seconds)).replace(tzinfo=UTC)
    offset = time.astimezone(zone_info(zone)).utcoffset()
    assert offset is not None, "a zone has an offset"
    return offset // _SECOND


def _change(zone: str, low: int, high: int) -> int:
    """The first second at which the offset is another one than at `low`."""
    before = _offset(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high
