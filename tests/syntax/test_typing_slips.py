"""Which words may be taken for each other: those that one slip of typing makes of each other, and no others."""

from __future__ import annotations

import pytest

from cbm.syntax.typing_slips import typed_for


@pytest.mark.parametrize(
    "word", ["reduce_sped", "reduce_speeed", "reduce_spead", "reduce_seped", "Reduce_Speed", "reducespeed"]
)
def test_one_letter_makes_no_other_word(word: str) -> None:
    assert typed_for(word, ["turn", "reduce_speed"]) == "reduce_speed"


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("unarmed", ["armed"]),
        ("asymmetric", ["symmetric"]),
        ("ship", ["warship"]),
        ("KR", ["KP"]),
        ("phase_2", ["phase_1"]),
        ("reduce_sped", ["reduce_speed", "reduce_shed"]),
        ("turn", ["turn"]),
    ],
)
def test_what_may_be_meant_otherwise_is_left_alone(word: str, known: list[str]) -> None:
    assert typed_for(word, known) == ""


def test_a_letter_that_looks_alike_is_the_same_letter() -> None:
    assert typed_for("c\u0430ll", ["call"]) == "call"


def test_short_names_may_differ_in_case() -> None:
    assert typed_for("cn", ["CN", "JP"]) == "CN"
