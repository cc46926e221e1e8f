"""Circles of acts: a duty is on one exactly if its acts can be walked through and come back to where they began."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from cbm.conflicts.trigger_cycles import circling
from cbm.core.expressions import Each
from cbm.core.norms import Norm
from cbm.records import replace
from tests.laws.tiny import ACTS, does, must, system

PAIRS = st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 1), st.sampled_from(sorted(ACTS)), st.integers(0, 1))


def duty(label: int, pair: tuple[str, int, str, int]) -> Norm:
    first, by, second, then = pair
    return must(str(label), Each(first, by, does(second, then)))


@given(st.lists(PAIRS, max_size=5), st.lists(st.integers(0, 1), min_size=5, max_size=5))
def test_a_duty_is_on_a_circle_if_a_walk_comes_back(pairs: list[tuple[str, int, str, int]], roles: list[int]) -> None:
    norms = [duty(i, pair) for i, pair in enumerate(pairs)]
    of = system(*norms)
    bound = list(zip(norms, roles, strict=False))
    turned = [((a, (r + role) % 2), (b, (s + role) % 2)) for (a, r, b, s), role in zip(pairs, roles, strict=False)]
    for acting in ((0,), (1,), (0, 1)):
        known = {i for i, (one, other) in enumerate(turned) if {one[1], other[1]} <= set(acting)}
        walks = (walk for size in range(1, len(known) + 1) for walk in permutations(sorted(known), size))
        closed = [
            walk
            for walk in walks
            if all(turned[i][1] == turned[j][0] for i, j in zip(walk, (*walk[1:], walk[0]), strict=True))
        ]
        assert set(circling(of, bound, acting)) == {i for walk in closed for i in walk}


def test_what_is_done_once_at_most_ends_a_circle() -> None:
    again = must("1", Each("turn", 0, does("turn")))
    of = system(again)
    assert circling(of, [(again, 0)], (0,)) == [0]
    acts = {**of.acts, "turn": replace(of.acts["turn"], once=True)}
    assert circling(replace(of, acts=acts), [(again, 0)], (0,)) == []
