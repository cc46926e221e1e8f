"""What a terminal shows, counted."""

from __future__ import annotations

import pytest

from cbm.render.columns import ahead, begun, expand, inert_cell, padded, page, visible, width, wrap
from cbm.translation.speech import speaking


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("中国", 4),
        ("日本 a", 6),
        ("ｱｲ", 2),
        ("ＡＢ", 4),
        ("e\u0301", 1),
        ("a\u200db", 2),
        ("…", 1),
    ],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("\ta", "    a"),
        ("ab\tc", "ab  c"),
        ("abcd\te", "abcd    e"),
        ("中\ta", "中  a"),
        ("a\rb\x00", "a\ufffdb\ufffd"),
    ],
)
def test_tabs_go_to_the_next_multiple_of_four_columns(line: str, shown: str) -> None:
    assert expand(line) == shown


def test_what_would_break_a_line_is_replaced() -> None:
    assert visible("a\nb\u2028c\x85d") == "a\ufffdb\ufffdc\ufffdd"


def test_lines_break_at_blanks() -> None:
    assert wrap("one two  three\nfour", limit=9) == ["one two", "three", "four"]


def test_a_line_may_be_as_long_as_the_limit() -> None:
    assert wrap("12345 7890 2", limit=10) == ["12345 7890", "2"]


def test_both_prefixes_count() -> None:
    assert wrap("one two three", first="note: ", rest="  ", limit=9) == ["note: one", "  two", "  three"]


def test_lines_break_beside_wide_characters_but_not_before_their_punctuation() -> None:
    assert wrap("巡逻机，军舰。", limit=6) == ["巡逻", "机，军", "舰。"]
    assert wrap("巡逻（机）", limit=6) == ["巡逻", "（机）"]
    assert wrap("（巡逻机）", limit=5) == ["（巡", "逻", "机）"]


def test_words_of_narrow_scripts_stay_whole_among_wide_characters() -> None:
    assert wrap("条款coc:3.2与", limit=8) == ["条款", "coc:3.2", "与"]


def test_an_empty_text_is_one_line() -> None:
    assert wrap("", first="note: ") == ["note:"]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("::stop-commands::x", r"\::stop-commands::x"),
        ("   ::error file=a::x", r"   \::error file=a::x"),
        ("a ##[group] and ##vso[task]", r"a ##\[group] and ##vso\[task]"),
        (" ::: drafts/a.cbm:1:2", " ::: drafts/a.cbm:1:2"),
        ("title: ::x::", "title: ::x::"),
    ],
)
def test_no_line_of_a_page_is_a_command_to_a_server(line: str, shown: str) -> None:
    assert page([line, line]) == f"{shown}\n" * 2


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\rx"])
def test_no_cell_of_a_table_is_a_formula(cell: str) -> None:
    assert inert_cell(cell) == f"'{cell}"
    assert inert_cell(f"a{cell}") == f"a{cell}"


def test_cells_of_a_table_take_their_columns_whatever_script_they_are_in() -> None:
    for cell in ("error", "错误", "エラー", ""):
        assert width(padded(cell, 8)) == width(ahead(cell, 8)) == 8
        assert padded(cell, 8).rstrip() == ahead(cell, 8).lstrip() == cell
    assert padded("规范化的条款", 4) == "规范化的条款"


def test_a_line_in_chinese_or_japanese_begins_as_it_is_written() -> None:
    """What begins with a small letter there is the name of a text."""
    assert begun("read with colregs") == "Read with colregs"
    with speaking("ja"):
        assert begun("colregsと併せて読む") == "colregsと併せて読む"
