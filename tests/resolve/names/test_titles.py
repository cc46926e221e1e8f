"""What things are called for readers: their titles, as the vocabulary gives them."""

from __future__ import annotations

from pathlib import Path

from cbm.core.variables import Attribute
from cbm.pipeline import load
from cbm.translation.speech import speaking

TEXT = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
situation encounter "Encounter"
roles own, other
each
  party : party
topic signals "Signals"
act call "calls the other unit" topic signals
act turn topic signals
result separation "closest distance" : length from 0 m to 20 nmi topic signals
result height : length from 0 m to 20 nmi topic signals
draft code "A code"
  uses strait
clause 1 every unit must call
"""


def test_acts_and_results_have_the_titles_that_are_written(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(TEXT, encoding="utf-8")
    ((system,), ()) = load([path])
    assert system.acts["call"].title == "calls the other unit"
    assert system.results["separation"].title == "closest distance"
    assert system.results["height"].title == "height"
    assert system.texts["code"].title == "A code"


def test_an_attribute_without_a_title_is_called_as_its_kind_of_the_same_name(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    kinds = 'kind craft "kind of ship" ja "船種" = ferry | tug\nkind bare = one | two\n'
    told = TEXT.replace("situation", f"{kinds}situation", 1).replace(
        "  party : party\n", "  party : party\n  craft : craft\n  bare : bare\n"
    )
    path.write_text(told, encoding="utf-8")
    with speaking("ja"):
        ((system,), ()) = load([path])
        called = {v.name: title for v, title in system.words.attributes.items() if isinstance(v, Attribute)}
    assert (called["craft"], called.get("bare", "")) == ("船種", "")
