"""Drawings of encounters: bearings, range and zone are to scale."""

from __future__ import annotations

from fractions import Fraction
from math import atan2, degrees, hypot
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.finding import Sketch
from cbm.outcomes.coverage_map import CoverageMap
from cbm.questions.covering import Request, answer
from cbm.render.maps import svg
from cbm.render.maps.sketch import BREADTHS, HEIGHT, WIDTH, drawing, heading, positions, scale, shows_something
from tests.render.maps.golden import rendered, strait

SVG = "{http://www.w3.org/2000/svg}"
angles = st.integers(0, 719).map(lambda halves: Fraction(halves, 2))
distances = st.one_of(st.just(Fraction(0)), st.integers(1, 400_000).map(Fraction))


def sketched(first: Fraction, second: Fraction, apart: Fraction, place: str = "eez") -> Sketch:
    return Sketch(("CN warship (own)", "JP fighter (other)"), (first, second), apart, "far", place, f"zone: {place}")


def direction(start: tuple[float, float], end: tuple[float, float]) -> float:
    """From up, clockwise, in degrees."""
    return degrees(atan2(end[0] - start[0], start[1] - end[1])) % 360


def turned(one: float, other: float) -> float:
    """How far two directions are apart."""
    return min((one - other) % 360, (other - one) % 360)


@given(angles, angles, distances)
def test_each_unit_has_the_other_where_its_bearing_says(first: Fraction, second: Fraction, apart: Fraction) -> None:
    sketch = sketched(first, second, apart)
    own, other = positions(sketch)
    if apart:
        assert turned(direction(own, other), float(first)) < 0.01
        ahead = heading(sketch)
        assert ahead is not None
        assert turned(direction(other, own) - ahead, float(second)) < 0.01
    assert hypot(own[0] - other[0], own[1] - other[1]) == pytest.approx(float(apart) * scale(sketch))
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in (own, other))


@given(angles, angles, distances)
def test_the_drawing_is_well_formed_and_its_bar_is_as_long_as_the_range(
    first: Fraction, second: Fraction, apart: Fraction
) -> None:
    sketch = sketched(first, second, apart)
    root = ET.fromstring(drawing(sketch, "x"))
    own, other = positions(sketch)
    bars = [one.get("d", "") for one in root.iter(f"{SVG}path") if one.get("class") == "bar"]
    lengths = [float(bar.split(" h")[1].split(" ")[0]) for bar in bars]
    expected = [hypot(own[0] - other[0], own[1] - other[1])] if apart else []
    assert lengths == pytest.approx(expected, abs=0.01)


@given(st.none() | angles, st.none() | angles, st.none() | distances, st.sampled_from(("", "eez", "roads")))
def test_only_what_matters_is_drawn(
    first: Fraction | None, second: Fraction | None, apart: Fraction | None, place: str
) -> None:
    sketch = Sketch(("CN warship (own)", "JP fighter (other)"), (first, second), apart, "far", place, f"zone: {place}")
    root = ET.fromstring(drawing(sketch, "x"))
    kinds = [one.get("class", "") for one in root.iter()]
    known = [bearing for bearing in (first, second) if bearing is not None]
    assert kinds.count("bow") == len(known)
    assert len(list(root.iter(f"{SVG}circle"))) == (2 - len(known) if "range" in kinds else 0)
    assert ("range" in kinds) == bool(known or apart is not None)
    assert "far apart" in [one.text for one in root.iter(f"{SVG}text")] or not apart
    assert (f"zone: {place}" in [one.text for one in root.iter(f"{SVG}text")]) == bool(place)
    described = root.findtext(f"{SVG}title") or ""
    assert ("deg" in described, "far apart" in described) == (bool(known), apart is not None)


@pytest.mark.parametrize("place", BREADTHS)
def test_zones_are_as_broad_as_the_law_of_the_sea_has_them(place: str) -> None:
    root = ET.fromstring(drawing(sketched(Fraction(0), Fraction(0), Fraction(1), place), "x"))
    boxes = {one.get("class"): one for one in root.iter(f"{SVG}rect")}
    start, end = BREADTHS[place]
    sea, zone = (float(boxes[kind].get("width", 0)) for kind in ("sea", "zone"))
    assert zone / sea == pytest.approx((end - start) / 230, abs=0.001)


def test_a_place_of_another_kind_is_named_only() -> None:
    root = ET.fromstring(drawing(sketched(Fraction(0), Fraction(0), Fraction(1), "roads"), "x"))
    assert list(root.iter(f"{SVG}rect")) == []
    assert "zone: roads" in [one.text for one in root.iter(f"{SVG}text")]
    units = ("CN warship (own)", "JP fighter (other)")
    assert not shows_something(Sketch(units, place="roads", place_words="zone: roads"))
    assert shows_something(Sketch(units, place="eez", place_words="zone: eez"))
    assert shows_something(Sketch(units, distance=Fraction(1), distance_words="1 m"))


def test_the_sheet_draws_the_first_gaps_of_each_topic_with_what_they_say() -> None:
    root = ET.fromstring(rendered("svg"))
    drawn = list(root.iter(f"{SVG}g"))
    assert len(drawn) == sum(min(len(layer.gaps), svg.DRAWN) for layer in strait().layers)
    title = drawn[0].find(f"{SVG}title")
    assert title is not None
    assert title.text == "JP helicopter (own) and CN frigate (other); zone: the roads"


ACTIVITIES = """draft of_activities "{title}"
  uses activities
  between CN, JP
clause 1 organiser when sort_of_activity is missile_launch must notify
clause 2 informed when sort_of_activity is missile_launch must reply
covers notices, consulting in every type of activity
"""


def sheet(folder: Path, title: str) -> str:
    """The sheet of a text on activities, where the place that could be drawn is no zone."""
    text = folder / "of_activities.cbm"
    text.write_text(ACTIVITIES.format(title=title), encoding="utf-8")
    found = answer(Request(str(text)))
    assert isinstance(found, CoverageMap)
    return svg.render(found)


def test_the_place_is_called_what_it_is_and_each_gap_says_who_is_not_bound(tmp_path: Path) -> None:
    words = [one.text or "" for one in ET.fromstring(sheet(tmp_path, "Notices")).iter(f"{SVG}text")]
    assert "sort of activity: exercise" in words
    assert not any(line.startswith("zone") for line in words)
    told = " ".join(words)
    assert "notices and reports (organiser): nothing" in told
    assert "notices and reports (informed): nothing" in told


def test_a_long_title_stays_on_the_sheet(tmp_path: Path) -> None:
    root = ET.fromstring(
        sheet(tmp_path, "Memorandum on the notification of major exercises and on word after incidents")
    )
    head = [one.text or "" for one in root.iter(f"{SVG}text") if one.get("class") == "head"]
    assert len(head) == 2
    assert all(9 * len(line) < float(root.get("width", 0)) for line in head)


def test_what_has_no_bearings_cannot_be_drawn_and_that_is_said() -> None:
    found = answer(Request("hague_code_2002"))
    assert isinstance(found, CoverageMap)
    assert "no gap with an encounter that can be drawn" in svg.render(found)
