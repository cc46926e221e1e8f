"""What a bracket says is told by its beginning, in whole words."""

from __future__ import annotations

import pytest

from cbm.wording.choice_words import shortened


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("1,000 m", "1,000 m"),
        ('clause 6.2 "Not before it is decided" a naval_ship must', 'clause 6.2 "Not before it is decided" a…'),
        ("clause 4.6 a military_unit must not lase anybody", "clause 4.6 a military_unit must not lase anybody"),
        ("条" * 60, f"{'条' * 47}…"),
    ],
)
def test_no_word_is_cut_in_two(words: str, told: str) -> None:
    """It read `a naval_s…`."""
    assert shortened(words) == told
