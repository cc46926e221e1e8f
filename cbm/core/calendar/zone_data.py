"""The rules of time zones, from the database of the system or of `tzdata`; who speaks of no zone does not load them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def zone_info(name: str) -> ZoneInfo:
    """When the clocks of a zone show what; the names are those of the database."""
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)
