"""Where a place is after an edit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.editor.moved_places import MovedPlaces


@pytest.mark.parametrize(
    ("before", "after", "place", "moved"),
    [
        ("abc", "abc", (0, 3), (0, 3)),
        ("abc def", "abc xyz def", (4, 7), (8, 11)),
        ("abc xyz def", "abc def", (8, 11), (4, 7)),
        ("abc xyz def", "abc def", (4, 7), None),
        ("aaaa", "aaa", (0, 2), (0, 2)),
    ],
)
def test_a_place(before: str, after: str, place: tuple[int, int], moved: tuple[int, int] | None) -> None:
    assert MovedPlaces(before, after).place(*place) == moved


WORDS = st.text("ab\n文", max_size=12)


@given(WORDS, WORDS, WORDS, WORDS)
def test_what_is_told_at_another_place_has_the_same_words(first: str, old: str, new: str, last: str) -> None:
    before, after = first + old + last, first + new + last
    moved = MovedPlaces(before, after)
    for start in range(len(before) + 1):
        for end in range(start, len(before) + 1):
            if (place := moved.place(start, end)) is not None:
                assert after[slice(*place)] == before[start:end]
