"""What a delegation's own file comes to: what it would have, and what it expects and misses, which nobody is shown."""

from __future__ import annotations

from dataclasses import dataclass

from cbm.core.packages.package_boxes import Taking
from cbm.finding import Finding


@dataclass(frozen=True, slots=True)
class PrivateView:
    """`missed`: expectations that some or all packages miss; of `by_reading` it is open how terms are read."""

    delegation: str
    wished: frozenset[Taking] = frozenset()
    expected: int = 0
    missed: tuple[Finding, ...] = ()
    by_reading: int = 0
    undecided: int = 0
