"""What is drawn from is not looked through each time.

Before the first draw from a strategy, Hypothesis asks whether it has any value, and whether its values may be used
again; it looks for that through all that the strategy is made of, and leaves what it looked with to the garbage
collector. Laws make hundreds of strategies for each system that they draw, most of a few kinds, which always have a
value, and of which no value is used again. What is drawn is the same.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any


def draw_unasked() -> None:
    """Answers for these kinds; where Hypothesis has no such names, it asks."""
    with suppress(ImportError):
        from hypothesis.strategies._internal.core import CompositeStrategy, PermutationStrategy
        from hypothesis.strategies._internal.numbers import IntegersStrategy
        from hypothesis.strategies._internal.strategies import SampledFromStrategy

        kinds: tuple[Any, ...] = (CompositeStrategy, IntegersStrategy, PermutationStrategy, SampledFromStrategy)
        for kind in kinds:
            kind.cached_is_empty = kind.cached_has_reusable_values = False
