"""Law: what checks tell as gaps are the boxes that maps show, of shipped drafts, of examples and of random systems."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

import cbm
from cbm.checks import gap
from cbm.core.expressions import Formula
from cbm.core.matters import Matter, name_of
from cbm.core.norms import NormSystem
from cbm.core.roles import rotate
from cbm.coverage.gaps import BrokenPromise, GapBox, Kind
from cbm.coverage_maps.maps import Wanted, draw
from cbm.coverage_maps.named import positions_of
from cbm.inquiry import Inquiry, inquire
from cbm.smt.solve import Unknown, sharing
from cbm.wording.condition_words import literal_words
from cbm.wording.phrases import role_words
from cbm.wording.reading_words import cubes_words
from tests.laws.checked import is_empty
from tests.laws.coverage_maps.test_maps import mapped
from tests.laws.dressed import dressed
from tests.laws.sparing import sparingly
from tests.shipped import DRAFTS

EXAMPLES = Path(__file__).parents[2] / "checks" / "examples"

# The bearer and the matter, values by position on each axis, and conditions and readings in words.
Told = tuple[str, str, tuple[tuple[int, ...], ...], tuple[str, ...], str]


@pytest.mark.parametrize("name", ["gap", "open_terms", "promised_acts", "seam"])
def test_examples(name: str) -> None:
    """Of several texts in one file, each by itself."""
    for system in systems(EXAMPLES / f"{name}.cbm"):
        if system.coverage and system.situation.axes:
            compare(inquire(system))


def test_a_shipped_draft() -> None:
    (system,) = systems(DRAFTS / "code_of_conduct_2019.cbm")
    found = compare(inquire(system), "weapons", "communication")
    assert {matter for _, matter, *_ in found} == {"weapons"}, "in `communication` only a bound is left out"


@given(mapped())
@sparingly(8)
def test_random_systems(system: NormSystem) -> None:
    if not is_empty(system):
        compare(inquire(dressed(system)))


def systems(path: Path) -> tuple[NormSystem, ...]:
    found, _ = cbm.load([path])
    return tuple(found)


def compare(inquiry: Inquiry, *matters: Matter) -> set[Told]:
    with sharing():
        told = set(in_checks(inquiry, matters))
    shown = set(in_maps(inquiry, matters))
    assert told == shown, inquiry.system.subject
    return told


def in_checks(inquiry: Inquiry, matters: tuple[Matter, ...]) -> list[Told]:
    system = inquiry.system
    pieces = [
        promise for promise in gap.pieces(inquiry) if not matters or set(system.coverage[promise].topics) & set(matters)
    ]
    known = [broken for _, broken in gap.told(inquiry, pieces) if isinstance(broken, BrokenPromise)]
    told = [broken for broken in known if broken.kind is Kind.GAP]
    return [
        (
            role_words(system, bearer),
            name_of(box.region.matter),
            positions_of(box.axes, box.sides),
            tuple(literal_words(system, seen_by(bearer, box, condition)) for condition in box.conditions),
            "" if box.on is None or box.on.every else cubes_words(system, box.on.cubes),
        )
        for box, bearers in ((broken.box, (broken.region.about.bearer, *broken.alike)) for broken in told)
        for bearer in bearers
        if not isinstance(box.on, Unknown)
    ]


def seen_by(bearer: int, box: GapBox, condition: Formula) -> Formula:
    about = box.region.about
    return rotate(condition, bearer - about.bearer, len(about.system.situation.roles))


def in_maps(inquiry: Inquiry, matters: tuple[Matter, ...]) -> list[Told]:
    layers = draw(inquiry, Wanted(matters)).layers
    assert not any(layer.undecided for layer in layers)
    return [
        (layer.bearer, layer.named.name, gap.sides, gap.conditions, gap.reading)
        for layer in layers
        for gap in layer.gaps
        if not gap.seam
    ]
