"""Time zones whose clocks never change: how far they are ahead of UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from cbm.semantics.faults import fault, suggestion, wrong_type
from cbm.syntax import ast

# A clock that shows the same offset in every month of these years is taken not to change.
_YEARS = range(2000, 2036)


def offset_of(zone: ast.Name) -> Fraction:
    """How far the zone is ahead of UTC, in seconds; a fault where there is none, or where its clocks change."""
    try:
        known = ZoneInfo(zone.text)
    except (ZoneInfoNotFoundError, ValueError):
        remedies = suggestion(zone.text, available_timezones())
        raise fault("undefined", zone.span, f"no time zone is called `{zone.text}`", remedies=remedies) from None
    offsets = {_at(known, year, month) for year in _YEARS for month in range(1, 13)}
    if len(offsets) > 1:
        message = f"clocks in `{zone.text}` change with the season, and times of day there are not supported yet"
        raise wrong_type(zone.span, message, "use UTC, with the hours as they are in the season that is asked about")
    (offset,) = offsets
    return Fraction(offset // timedelta(seconds=1))


def _at(zone: ZoneInfo, year: int, month: int) -> timedelta:
    return datetime(year, month, 1, tzinfo=UTC).astimezone(zone).utcoffset() or timedelta(0)
