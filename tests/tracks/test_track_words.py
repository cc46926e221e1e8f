"""The table beside the vocabularies: each of its words is one of the vocabulary, and each threshold names its unit."""

from __future__ import annotations

import cbm
from cbm.core.variables import Attribute
from cbm.tracks.cells import factor
from cbm.tracks.track_words import track_words


def test_each_word_of_the_table_is_one_of_the_vocabulary() -> None:
    system = next(iter(cbm.load(["specs/instruments/colregs.cbm"])[0]))
    words = track_words("encounter")
    attributes = {v.name for v in system.situation.attributes if isinstance(v, Attribute)}
    named = {*words.attributes, *(f.name for f in words.flags), *(f.name for f in words.first_found)}
    assert named <= attributes
    assert set(words.results) <= set(system.results)
    assert set(words.acts) <= set(system.acts)


def test_thresholds_name_their_units_and_other_situations_have_none() -> None:
    words = track_words("encounter")
    assert {name.rpartition("_")[2] for name in words.thresholds} <= {"nmi", "m", "min", "s", "deg", "kt"}
    assert factor("risk_nmi") == 1852
    assert words.needed_for("alter_course") == ("turn_deg", "manoeuvre_s")
    assert track_words("activity").thresholds == ()
