"""Lines and columns in UTF-16, whatever script a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, PositionEncodingKind

from cbm.lsp.line_columns import Positions

TEXT = 'clause 1 "避让"\r\n  # 🚢🛩 ok\nend\u2028same line\rlast'


@pytest.mark.parametrize(
    ("word", "line", "column"),
    [
        ("clause", 0, 0),
        ("让", 0, 11),
        ("#", 1, 2),
        ("🛩", 1, 6),
        ("ok", 1, 9),
        ("same", 2, 4),
        ("last", 3, 0),
    ],
)
def test_columns_are_counted_in_units_of_utf_16(word: str, line: int, column: int) -> None:
    positions = Positions(TEXT)
    found = positions.position(TEXT.index(word))
    assert (found.line, found.character) == (line, column)
    assert positions.offset(found) == TEXT.index(word)


def test_other_units_that_a_client_may_ask_for() -> None:
    at = TEXT.index("ok")
    assert Positions(TEXT, PositionEncodingKind.Utf32).position(at) == Position(1, 7)
    assert Positions(TEXT, PositionEncodingKind.Utf8).position(at) == Position(1, 13)


def test_a_place_that_is_not_there_is_the_nearest_one() -> None:
    positions = Positions("ab\r\ncd")
    assert positions.offset(Position(0, 99)) == 2
    assert positions.offset(Position(9, 0)) == 6


@given(st.text("a文🚢\n\r", max_size=20), st.sampled_from(list(PositionEncodingKind)))
def test_there_and_back_is_the_same_place(text: str, encoding: PositionEncodingKind) -> None:
    positions = Positions(text, encoding)
    for offset in range(len(text) + 1):
        if not (0 < offset < len(text) and text[offset - 1 : offset + 1] == "\r\n"):
            assert positions.offset(positions.position(offset)) == offset
