"""What looks alike has one skeleton, and what languages write together is no mixture of scripts."""

from __future__ import annotations

from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.syntax import confusables
from cbm.syntax.confusables import mixed_scripts, skeleton, strange_signs

SIGNS = f"{ascii_letters}{digits}_"


@pytest.mark.parametrize("sign", SIGNS)
def test_the_rows_for_ascii_are_those_of_the_table(sign: str) -> None:
    assert skeleton(sign) == confusables._prototype(sign)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("call", "\u0441all"),
        ("call", "ca11"),
        ("O", "0"),
        ("burn", "bum"),
        ("口", "ロ"),
        ("工", "エ"),
        ("é", "e\u0301"),
    ],
)
def test_what_looks_alike_has_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other) == skeleton(skeleton(one))


@given(st.text(st.characters(categories=("L", "Mn", "Nd")), max_size=4))
def test_a_skeleton_is_its_own(name: str) -> None:
    assert skeleton(skeleton(name)) == skeleton(name)


@pytest.mark.parametrize(
    ("name", "scripts"),
    [
        ("call_2", ()),
        ("сигнал", ()),
        ("EEZ水域", ()),
        ("レーダー照射を_X", ()),
        ("신호_信號", ()),
        ("\u0441all", ("Cyrillic", "Latin")),
        ("αlert", ("Greek", "Latin")),
        ("信号сигнал", ("Han", "Cyrillic")),
        ("カ한", ("Katakana", "Hangul")),
    ],
)
def test_scripts_that_no_language_writes_together(name: str, scripts: tuple[str, ...]) -> None:
    assert mixed_scripts(name) == scripts


def test_a_sign_is_told_by_its_name() -> None:
    assert strange_signs("\u0441all", "call") == "`\u0441` is U+0441 CYRILLIC SMALL LETTER ES"
    assert strange_signs("c\u0430ll") == "`\u0430` is U+0430 CYRILLIC SMALL LETTER A"
