"""How well a word answers what is looked for."""

from __future__ import annotations

import pytest

from cbm.questions.matching_words import IN_TITLE, NAME, SAID, TITLE, WordQuery


@pytest.mark.parametrize(
    ("query", "rank"),
    [
        ("reduce speed", NAME),
        ("Reduces Speed", TITLE),
        ("减速", TITLE),
        ("slow down", SAID),
        ("slows down", SAID),
        ("speeds", IN_TITLE),
        ("速", IN_TITLE),
        ("speedboat", None),
    ],
)
def test_the_rank_of_an_answer(query: str, rank: int | None) -> None:
    found = WordQuery(query).rank("reduce_speed", ["reduces speed", "减速"], ["slow down"])
    assert (found[0] if found else None) == rank


def test_a_phrase_with_a_gap_stands_for_any_words() -> None:
    assert WordQuery("within 30 min of the incident").matches_pattern("within … of")
    assert WordQuery("within … of").matches_pattern("within … of")
    assert not WordQuery("within sight").matches_pattern("within … of")
    assert not WordQuery("of").matches_pattern("within … of")


def test_what_is_spelt_nearly_so_comes_nearest_first() -> None:
    assert WordQuery("warshp").nearest(["worship", "warship", "fighter"]) == ["warship", "worship"]
