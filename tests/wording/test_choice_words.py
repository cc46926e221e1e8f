"""What a bracket says is told by its beginning, in whole words."""

from __future__ import annotations

import pytest

from cbm.core.packages.choices import NegotiatedChoice, ProposedOption
from cbm.wording.choice_words import shortened, taking_words


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


@pytest.mark.parametrize(("titled", "told"), [(True, "“Where it applies” stands"), (False, "4.6 stands")])
def test_the_title_of_a_choice_is_a_quotation(titled: bool, told: str) -> None:
    """It read `if Where it applies stands`."""
    stands = ProposedOption(number=1, proposers=("JP",), remark="", words="clause 1", out=False)
    out = ProposedOption(number=2, proposers=("CN",), remark="", words="", out=True)
    choice = NegotiatedChoice(name="waters", options=(stands, out), titled=titled, spoken_of=True, whole=True)
    assert taking_words(choice, "Where it applies" if titled else "4.6", (stands,)) == told
