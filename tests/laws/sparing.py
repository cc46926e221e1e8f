"""Laws that take long are tried on fewer examples in the short run, and on all of them in the long one."""

from __future__ import annotations

from hypothesis import settings

SHORT = 100


def sparingly(part: int) -> settings:
    """One in so many examples of the short run."""
    count = settings().max_examples
    return settings(max_examples=max(count // part, 1) if count <= SHORT else count)
