"""A fix as the lines it takes out and puts in."""

from __future__ import annotations

from cbm.finding import Fix
from cbm.render.patch import patch
from cbm.render.style import ansi, plain
from cbm.source import Edit, Source, Span
from tests.render.sample import CHINESE, CODE, edit

BLANK = "    "


def lines(*edits: Edit, home: Source = CODE) -> list[str]:
    return list(patch(Fix("do so", edits), home, BLANK, plain))


def test_a_line_is_taken_out_and_put_in_with_its_number() -> None:
    number = CODE.text[: CODE.text.index("1,000 m")].count("\n") + 1
    assert lines(edit(CODE, "1,000 m", "500 m")) == [
        f"{number:>3} -   must keep separation >= 1,000 m",
        f"{number:>3} +   must keep separation >= 500 m",
    ]


def test_what_is_put_in_takes_nothing_out() -> None:
    end = Span(CODE, len(CODE.text), len(CODE.text))
    number = CODE.text.count("\n") + 1
    assert lines(Edit(end, "clause 6 every unit must report\n")) == [f"{number:>3} + clause 6 every unit must report"]


def test_a_change_of_another_text_is_headed_by_its_name() -> None:
    first, second, *_ = lines(edit(CHINESE, "must not", "must"), edit(CODE, "500 m", "600 m"))
    assert "::: drafts/code_of_conduct.cbm" not in first
    assert any(f"::: {CHINESE.name}" in line for line in lines(edit(CHINESE, "must not", "must")))
    assert not any(":::" in line for line in lines(edit(CHINESE, "must not", "must"), home=CHINESE))
    assert second


def test_tabs_are_shown_as_blanks_and_colours_are_those_of_what_goes_and_comes() -> None:
    out, put = patch(Fix("do so", (edit(CHINESE, "must not", "must"),)), CHINESE, BLANK, ansi)
    assert "\t" not in out
    assert "\x1b[31m-" in out
    assert "\x1b[32m+" in put
