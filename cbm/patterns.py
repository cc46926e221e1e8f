"""Regular expressions that are compiled when first used: of those that a check imports it uses a few."""

from __future__ import annotations

import re
from typing import Any, cast


class _LatePattern:
    """Has the methods of a compiled expression; each is found once."""

    def __init__(self, expression: str, flags: int) -> None:
        self._given = expression, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._given), name)  # which keeps what it has compiled
        setattr(self, name, found)
        return found


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`; where a function of `re` asks for a pattern, it takes the methods of this one alone."""
    return cast("re.Pattern[str]", _LatePattern(expression, flags))
