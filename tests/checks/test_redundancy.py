"""Which clauses imply another one: a smallest set of them, with few questions however many there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from cbm.checks.redundancy import _fewest
from cbm.ground.grounder import GroundNorm


def fewest(count: int, enough: Collection[frozenset[int]]) -> tuple[list[int], int]:
    """The smallest set among so many, where each of these sets is enough; and how often that was asked of a set."""
    asked = 0

    def suffice(fewer: Sequence[GroundNorm]) -> bool:
        nonlocal asked
        asked += 1
        return any(one <= set(cast("Sequence[int]", fewer)) for one in enough)

    kept = _fewest(cast("Sequence[GroundNorm]", range(count)), suffice)
    return cast("list[int]", kept), asked


@given(st.integers(0, 9), st.lists(st.frozensets(st.integers(0, 8)), min_size=1))
def test_from_the_last_one_on_each_is_left_out_where_the_rest_suffices(
    count: int, enough: list[frozenset[int]]
) -> None:
    enough = [*enough, frozenset(range(count))]
    kept = list(range(count))
    for one in reversed(range(count)):
        rest = [other for other in kept if other != one]
        if any(several <= set(rest) for several in enough):
            kept = rest
    assert fewest(count, enough)[0] == kept


def test_of_many_it_takes_few_questions() -> None:
    """Each was left out by itself: that was too much work for 90 clauses on one act, and nothing was told of them."""
    kept, asked = fewest(1_000, [frozenset([700])])
    assert kept == [700]
    assert asked <= 2 * 10 + 1
