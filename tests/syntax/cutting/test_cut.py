"""Where statements begin and end, without reading them: nothing is left out, and a title or a remark opens nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.syntax.cutting.cut import LONGER_OPENINGS, OPENINGS, cut, says_nothing


def openings(text: str) -> list[str]:
    return [piece.opening for piece in cut(text, 0, len(text)) if not says_nothing(text, piece)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("draft code\n  uses strait\nclause 1 every unit must call\n", ["draft", "clause"]),
        ("  draft code\n\tclause 1 every unit must call\n", ["draft", "clause"]),
        ("clause 1 every unit must call clause 2\n", ["clause"]),
        (
            "types  by own.craft\nfixed\troles a, b\nviews differ  on c\n",
            ["types by", "fixed roles", "views differ on"],
        ),
        ("each\n  party : party\n", ["each"]),
        ("each party : party\n", ["each"]),
        ("shared night : flag\n", ["shared"]),
        ("clause 1 units shared night\n", ["clause"]),
        ("look requires range <= 5 nmi\n", ["requires"]),
        ("each\n  party : party\n  act : flag\nact call topic talk\n", ["each", "act"]),
        ('each\n  act "an act" zh "行为" : flag\n', ["each"]),
        ("act call\ntopic talk\nact report topic talk\n", ["act", "act"]),
        ("act call topic talk\ntopic other\n", ["act", "topic"]),
        ("acts call\n", [""]),
        ("# draft code\n\n", []),
        ("", []),
    ],
)
def test_statements(text: str, words: list[str]) -> None:
    assert openings(text) == words


@pytest.mark.parametrize("opening", [*OPENINGS, *LONGER_OPENINGS])
def test_each_opening_begins_a_statement_at_the_beginning_of_a_line_alone(opening: str) -> None:
    assert openings(f"{opening} something\n") == [opening]
    assert openings(f"case 1\n  {opening} something\n") == ["case", opening]
    assert openings(f"case 1 {opening} something\n") == ["case"]
    assert openings(f"case 1\n{opening}x something\n") == ["case"]


LINES = st.sampled_from((*OPENINGS, *LONGER_OPENINGS, "each", "shared", "x requires", "a : b", '"title"', "# a", ""))


@given(st.lists(LINES).map("\n".join))
def test_nothing_is_left_out_between_pieces(text: str) -> None:
    pieces = list(cut(text, 0, len(text)))
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    for piece in pieces[1:]:
        words = text[piece.start : piece.opening_end].split()
        assert words[-1 if piece.opening == "requires" else 0 :] == piece.opening.split()
