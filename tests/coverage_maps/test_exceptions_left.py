"""What exceptions leave of a clause, and, of a text under negotiation, on which packages that is so."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from cbm.outcomes.coverage_map import CoverageMap
from cbm.questions.covering import Request, answer
from cbm.render.maps.text import render

TEXT = """\
vocabulary sea
party CN
party JP
kind craft = frigate | tanker
situation encounter
roles own, other
each
  party : party
  craft : craft
  distress : flag
types by own.craft
axiom "two sides" own.party is not other.party
topic signals
act call, lamp topic signals

draft code
  uses sea
clause 1 every unit must call unless own.distress
"""
HALF = Fraction(1, 2)


Left = tuple[str, int, int, Fraction | None, str]


def told(tmp_path: Path, *edits: tuple[str, str]) -> tuple[CoverageMap, list[Left]]:
    """The map, and of each clause the types that it speaks of, those in which it binds, its share, and its packages."""
    text = TEXT
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    drawn = answer(Request(str(tmp_path / "code.cbm")))
    assert isinstance(drawn, CoverageMap)
    return drawn, [(one.clause, one.types, one.binding, one.kept, one.packages) for one in drawn.excepted]


def test_of_wordings_that_bind_alike_it_is_told_once(tmp_path: Path) -> None:
    drawn, left = told(tmp_path, ("must call", "[CN: should | JP: must] [call | lamp]"))
    assert [one[1:] for one in left] == [(2, 2, HALF, "")]
    assert render(drawn).count("still binds") == 1


def test_an_exception_in_brackets_is_told_with_the_packages_on_which_it_stands(tmp_path: Path) -> None:
    drawn, left = told(tmp_path, ("unless own.distress", "[CN: unless own.distress]"))
    assert [one[1:] for one in left] == [(2, 2, HALF, "CN's “unless own.distress” is taken in 1")]
    assert "tell apart, if CN's “unless own.distress” is taken in 1" in " ".join(render(drawn).split())


@pytest.mark.parametrize(
    ("exception", "binding", "kept"),
    [("when own.distress", 2, HALF), ("when own.craft is tanker", 1, HALF)],
)
def test_a_clause_in_brackets_is_an_exception_where_it_stands(
    tmp_path: Path, exception: str, binding: int, kept: Fraction
) -> None:
    """That it does not stand leaves the other clause whole, and is no type of encounter."""
    _, left = told(tmp_path, (" unless own.distress", f"\n[CN: clause 2 exception to 1 {exception}]"))
    assert left == [("code:1", 2, binding, kept, "2 stands")]


def test_options_with_exceptions_of_their_own_are_told_apart(tmp_path: Path) -> None:
    options = "[CN: unless own.distress | JP: unless own.craft is tanker | chair: unless other.distress]"
    _, left = told(tmp_path, ("unless own.distress", options))
    assert [one[1:] for one in left] == [
        (2, 2, HALF, "CN's “unless own.distress” or chair's “unless other.distress” is taken in 1"),
        (2, 1, HALF, "JP's “unless own.craft is tanker” is taken in 1"),
    ]
