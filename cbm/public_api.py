"""The library as its callers see it, for what stands below it: the package puts itself here when it is imported."""

from __future__ import annotations

TYPE_CHECKING = False  # importing the name takes longer than all the rest here

if TYPE_CHECKING:
    from typing import Any

library: Any = None  # whose names are loaded when they are first asked for
