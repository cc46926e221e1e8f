"""Cycles among clauses: the first one in source order, and that there is one at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.core.dependence.cyclic_dependence import first_cycle
from cbm.core.expressions import NormId

ONE, TWO, THREE, FOUR = (NormId("code", label) for label in "1234")


@pytest.mark.parametrize(
    ("edges", "cycle"),
    [
        ({}, None),
        ({ONE: [TWO], TWO: [THREE], THREE: []}, None),
        ({ONE: [TWO, THREE], TWO: [FOUR], THREE: [FOUR], FOUR: []}, None),
        ({ONE: [ONE]}, [ONE, ONE]),
        ({ONE: [TWO], TWO: [ONE]}, [ONE, TWO, ONE]),
        ({ONE: [TWO], TWO: [THREE, FOUR], THREE: [], FOUR: [TWO]}, [TWO, FOUR, TWO]),
        ({ONE: [], TWO: [THREE], THREE: [FOUR], FOUR: [TWO, THREE]}, [TWO, THREE, FOUR, TWO]),
    ],
)
def test_the_first_cycle(edges: dict[NormId, list[NormId]], cycle: list[NormId] | None) -> None:
    assert first_cycle(edges) == cycle


NODES = [NormId("code", str(number)) for number in range(6)]
EDGES = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=12)


@given(EDGES)
def test_there_is_a_cycle_unless_the_nodes_can_be_put_into_an_order(pairs: list[tuple[NormId, NormId]]) -> None:
    edges = {node: [end for start, end in pairs if start == node] for node in NODES}
    cycle = first_cycle(edges)
    left = set(NODES)
    while ready := {node for node in left if not left & set(edges[node])}:
        left -= ready
    assert (cycle is not None) == bool(left)
    if cycle is not None:
        assert cycle[0] == cycle[-1]
        assert all(end in edges[start] for start, end in pairwise(cycle))


def test_a_chain_of_any_length_is_followed() -> None:
    chain = [NormId("code", str(number)) for number in range(10_000)]
    edges = {node: [following] for node, following in pairwise(chain)}
    assert first_cycle(edges | {chain[-1]: []}) is None
    assert first_cycle(edges | {chain[-1]: [chain[0]]}) == [*chain, chain[0]]
