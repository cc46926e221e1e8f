"""Examples of gaps: one is looked for, and moved to the other types as far as that goes without other figures."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest

from cbm.coverage_maps import witnesses
from cbm.outcomes.coverage_map import CoverageMap
from cbm.questions.covering import Request, answer

TEXT = """\
vocabulary harbour "Harbour"
kind craft "kind" = cutter "cutter" | liner "liner" | tug "tug"
kind water "water" = inner "inner water" | outer "outer water" | high "high seas"
kind hull "hull" = steel "steel" | wood "wood"
situation encounter "encounter"
roles own, other
each
  craft : craft
  hull : hull
shared
  water : water
  width "width" : length from 0 m to 100 m
axiom "a tug is of wood" own.craft is tug implies own.hull is wood
types by own.craft, water, width at thresholds
topic talk "talk"
act call "calls" topic talk
draft port_code "Port code"
  uses harbour
clause 1 when own.craft is cutter and water is not high every unit must call
clause 2 when water is outer every unit must call
clause 3 when own.craft is liner and width < 50 m every unit must call
covers talk in every type of encounter
"""


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """Called for each example that is looked for."""
    found = Mock(wraps=witnesses._first_met)
    monkeypatch.setattr(witnesses, "_first_met", found)
    return found


def test_an_example_is_moved_unless_its_figures_would_change(searched: Mock, tmp_path: Path) -> None:
    file = tmp_path / "port.cbm"
    file.write_text(TEXT, encoding="utf-8")
    drawn = answer(Request(str(file)))
    assert isinstance(drawn, CoverageMap)
    (layer,) = drawn.layers
    shown = [gap.witness for gap in layer.gaps]
    assert [witness and witness.shown.words for witness in shown] == [
        "cutter (own) and cutter (other); water: high seas; width: 0 m",
        "liner (own) and cutter (other); water: inner water; width: 50 m",
        "tug (own) and cutter (other); water: inner water; width: 0 m",
    ]
    hulls = [fact.value for of in shown if of for fact in of.everything if (fact.subject, fact.name) == ("own", "hull")]
    assert hulls == ["steel", "steel", "wood"]
    assert searched.call_count == 2, "the one on the tug is the first one, mended"
