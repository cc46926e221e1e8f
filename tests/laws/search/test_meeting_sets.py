"""Laws: as few sets are found as trying all says, each set can hold together, and each pair that meets is in one."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import IsIn
from cbm.core.sorts import KindSort
from cbm.core.variables import Attribute
from cbm.search.meeting_sets import MeetingSearch, fewest, pairwise
from cbm.smt.solve import Solver

PLACES = ("a", "b", "c", "d", "e", "f")
WHERE = Attribute("where", None, KindSort("place", PLACES))
FAMILIES = st.lists(st.frozensets(st.sampled_from(PLACES), min_size=1, max_size=3), min_size=1, max_size=8)


def meetings(family: list[frozenset[str]]) -> MeetingSearch:
    """Conditions that hold at these places each; only one place is the case."""
    return MeetingSearch(Solver(()), [IsIn(WHERE, tuple(sorted(places))) for places in family])


def meet(family: list[frozenset[str]], members: frozenset[int]) -> bool:
    return bool(frozenset(PLACES).intersection(*(family[one] for one in members)))


@given(FAMILIES)
def test_there_are_as_few_sets_as_can_be(family: list[frozenset[str]]) -> None:
    cover = fewest(meetings(family))
    least = next(
        count
        for count in range(1, len(PLACES) + 1)
        for chosen in combinations(PLACES, count)
        if all(places.intersection(chosen) for places in family)
    )
    assert (len(cover.sets), cover.doubt) == (least, "")
    assert frozenset().union(*cover.sets) == frozenset(range(len(family)))
    assert all(meet(family, members) for members in cover.sets)


@given(FAMILIES)
def test_each_pair_that_meets_is_in_a_set(family: list[frozenset[str]]) -> None:
    sets = pairwise(meetings(family))
    assert all(meet(family, members) for members in sets)
    assert frozenset().union(*sets) == frozenset(range(len(family)))
    for pair in map(frozenset, combinations(range(len(family)), 2)):
        assert meet(family, pair) == any(pair <= members for members in sets)


@pytest.mark.parametrize(
    ("family", "least"), [("ab def bf acd ae aef", 2), ("cf b cd ef ade ac", 3), ("de cef bcd be af aef df af a", 3)]
)
def test_fewer_sets_are_found_than_are_made_one_after_the_other(family: str, least: int) -> None:
    assert len(fewest(meetings([frozenset(places) for places in family.split()])).sets) == least
