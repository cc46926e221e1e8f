"""Every format of one map, as it was read and accepted; `python -m tests.golden` rewrites them."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from cbm.cli.parameters import MAP_FORMATS
from cbm.outcomes.coverage_map import Gap
from cbm.render.columns import width
from cbm.render.maps import MAP_RENDERERS
from cbm.render.maps.map_words import fraction, gap_words, percent
from tests.render.maps.golden import PAGES, page, rendered, strait
from tests.render.schemas import shipped


@pytest.fixture(autouse=True)
def _at_the_top(monkeypatch: pytest.MonkeyPatch) -> None:
    """Places are told from the folder somebody works in."""
    monkeypatch.chdir(Path(__file__).parents[3])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_accepted(name: str) -> None:
    assert rendered(name) == page(name).read_bytes().decode()


def test_every_format_has_a_page_and_can_be_asked_for() -> None:
    assert set(PAGES) == set(MAP_RENDERERS) == set(MAP_FORMATS)


def test_the_page_for_a_terminal_keeps_to_eighty_columns() -> None:
    assert [line for line in rendered("text").splitlines() if width(line) > 80] == []


def test_the_map_obeys_its_schema() -> None:
    schema = json.loads(shipped("coverage").read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(json.loads(rendered("json")))) == []
    assert len(list(Draft202012Validator(schema).iter_errors({"version": 1}))) > 0


def test_the_values_of_each_cell_stand_in_a_table_for_other_programs() -> None:
    rows = list(csv.DictReader(io.StringIO(rendered("csv"))))
    assert len(rows) == sum(len(layer.cells) for layer in strait().layers)
    assert {row["state"] for row in rows} >= {"governed", "in part", "silent", "reserved", "contradictory"}
    total = sum(int(row["types"]) for row in rows if row["matter"] == "weapons")
    assert total == 3 * 3 * 3


def test_percentages_are_rounded_down_and_something_is_never_called_nothing() -> None:
    assert [percent(Fraction(n, 1000)) for n in (0, 1, 9, 10, 666, 999, 1000)] == [
        *("0%", "under 1%", "under 1%", "1%", "66%", "99%", "100%")
    ]


def test_fractions_too_long_to_read_are_told_as_percentages() -> None:
    assert fraction(Fraction(13, 56)) == "13/56"
    assert fraction(Fraction(31250000000, 111139113388948889)) == "under 1%"


def test_a_gap_says_how_much_of_each_type_and_of_the_range_it_takes() -> None:
    def said(**share: Fraction | None) -> str:
        return gap_words(Gap((), "it is night", 1200, ("it is night",), **share))  # type: ignore[arg-type]

    assert said(share=Fraction(1, 2)) == "it is night (1,200 types, 1/2 of each)"
    assert said(share=Fraction(0)) == "it is night (1,200 types, a single point of each)"
    assert said(share=None, along=Fraction(1, 3)) == "it is night (1,200 types, 33% of the range)"
