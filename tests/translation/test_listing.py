"""Words one after the other."""

from __future__ import annotations

import pytest

from cbm.translation.listing import Last, listed
from cbm.translation.speech import speaking


@pytest.mark.parametrize(
    ("words", "last", "told"),
    [
        ([], "and", ""),
        (["a"], "and", "a"),
        (["a", "b"], "and", "a and b"),
        (["a", "b", "c"], "or", "a, b or c"),
        (["a", "b"], "then", "a then b"),
    ],
)
def test_english_has_a_word_before_the_last_one(words: list[str], last: Last, told: str) -> None:
    assert listed(words, last) == listed(words, last, "sentences") == told


def test_names_and_sentences_are_listed_unlike_each_other() -> None:
    with speaking("zh"):
        assert listed(["甲", "乙", "丙"]) == "甲、乙和丙"
        assert listed(["甲来", "乙去"], "and", "sentences") == "甲来，且乙去"
    with speaking("ja"):
        assert listed(["甲", "乙", "丙"]) == "甲、乙及び丙"
