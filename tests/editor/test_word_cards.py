"""What a reader is told of a word or a text at which the cursor stands."""

from __future__ import annotations

from pathlib import Path

from cbm.editor.occurrences import CLAUSE, DOCUMENT, NamedPlaces, Symbol
from cbm.editor.word_cards import Card, card
from cbm.files import read_library
from cbm.translation.speech import speaking
from cbm.wording.answers.word_entries import ACT

WATERS = """\
vocabulary waters "Waters" zh "水域" ja "水域の語彙"
kind craft = warship
situation encounter
roles own, other
each craft : craft
topic weapons
act lase "uses a laser" zh "使用激光" topic weapons
draft code
  uses waters
"""
CLAUSES = "".join(f"clause {number} every unit must not lase\n" for number in range(1, 8))


def told(tmp_path: Path, symbol: Symbol, more: str = "") -> Card:
    path = tmp_path / "code.cbm"
    found = card(NamedPlaces(read_library([path], unsaved={path: WATERS + CLAUSES + more}).documents), symbol)
    assert found is not None
    return found


def test_of_many_clauses_that_use_a_word_it_is_said_how_many_are_not_named(tmp_path: Path) -> None:
    lines = dict(told(tmp_path, Symbol(ACT, "lase", "waters")).lines)
    assert lines["used in"] == "code 1, 2, 3, 4, 5 and 2 more clauses"


def test_a_title_that_names_no_language_is_told_as_english(tmp_path: Path) -> None:
    with speaking("zh"):
        assert ("en", "uses a laser") in told(tmp_path, Symbol(ACT, "lase", "waters")).lines


def test_a_vocabulary_is_called_in_the_language_of_its_reader(tmp_path: Path) -> None:
    symbol = Symbol(DOCUMENT, "waters", "waters")
    assert told(tmp_path, symbol).heading == "Waters"
    with speaking("zh"):
        assert told(tmp_path, symbol).heading == "水域"


def test_what_else_complies_with_a_clause_is_told_with_it(tmp_path: Path) -> None:
    deeming = "clause 9 a warship is deemed to comply with 8 if it does lase\n"
    more = f"clause 8 every unit must lase\n{deeming}"
    told_of_it = dict(told(tmp_path, Symbol(CLAUSE, "8", "code"), more).lines)
    assert told_of_it["what else complies"] == "9 a warship is deemed to comply with 8 if it does use a laser"
    assert "what else complies" not in dict(told(tmp_path, Symbol(CLAUSE, "7", "code"), more).lines)


def test_a_clause_of_several_sentences_is_told_with_all_of_them(tmp_path: Path) -> None:
    more = 'clause 8 "Calm" a warship must lase; must not lase\n  text en "Both."\n'
    found = told(tmp_path, Symbol(CLAUSE, "8", "code"), more)
    assert found.heading == "8 Calm"
    says = [words for name, words in found.lines if name == "says"]
    assert says == ["a warship must use a laser", "must not use a laser"]
    assert ("text en", "Both.") in found.lines
