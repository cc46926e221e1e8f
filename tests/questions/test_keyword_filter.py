"""`-k`: words with `and`, `or`, `not` and brackets, as pytest users know them."""

from __future__ import annotations

import pytest

from cbm.finding import Misuse
from cbm.questions.keyword_filter import choice_of

NAMES = ("radar by night", "radar in fog", "Calls by night", "not one")


@pytest.mark.parametrize(
    ("written", "chosen"),
    [
        ("", NAMES),
        ("radar", NAMES[:2]),
        ("RADAR and Fog", NAMES[1:2]),
        ("calls or fog", NAMES[1:3]),
        ("not night", (NAMES[1], NAMES[3])),
        ("radar and not (night or rain)", NAMES[1:2]),
        ("radar or calls and night", NAMES[:3]),
        ("by night", (NAMES[0], NAMES[2])),
        ("night by", ()),
        ("not not radar", NAMES[:2]),
    ],
)
def test_a_name_is_chosen(written: str, chosen: tuple[str, ...]) -> None:
    assert tuple(filter(choice_of(written), NAMES)) == chosen


@pytest.mark.parametrize("written", ["and", "radar and", "or fog", "(radar", "radar)", "not", "()", "radar (fog)"])
def test_what_is_no_choice_is_refused(written: str) -> None:
    with pytest.raises(Misuse, match="is no choice among names"):
        choice_of(written)


def test_a_long_choice_is_not_repeated_whole() -> None:
    with pytest.raises(Misuse, match=r"^`near_vessel and near_vessel and near_vessel and…` is no choice among names"):
        choice_of("near_vessel and " * 300)
