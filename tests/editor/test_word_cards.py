"""What a reader is told of a word or a text at which the cursor stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.editor.occurrences import CLAUSE, DOCUMENT, NamedPlaces, Symbol
from cbm.editor.word_cards import Card, card
from cbm.files import read_library
from cbm.translation.speech import Language, speaking
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


SHADOWED = """\
vocabulary waters
kind craft = warship
situation encounter
roles own, other
each craft : craft
shared range : length from 0 m to 10 nmi
topic weapons
act lase "uses a laser" topic weapons
term big "large unit" means own.craft is warship
term near "close by" means range < 5 nmi
draft code
  uses waters
term near "hard by" means range < 1 nmi
open term far "far apart" : length from 2 nmi to 3 nmi
draft paper
  uses waters
  beside code
term big "capital unit" means own.craft is warship
term near "within sight" means range < 8 nmi
open term far "at large" : length from 5 nmi to 6 nmi
"""


@pytest.mark.parametrize(
    ("clause", "english", "chinese"),
    [
        ("a big must not lase", "a capital unit must not use a laser", "capital unit"),
        ("every unit when near must not lase", "every unit when within sight must", "“within sight”"),
        ("every unit when near of code must not lase", "every unit when near of code must", "`near of code`"),
        ("every unit when not near of code must not lase", "when not near of code must", "`near of code`"),
        ("every unit when own.big of code must not lase", "when own.big of code must", "`own.big of code`"),
        ("every unit when range > far of code must not lase", "when range > far of code must", "`range > far of code`"),
    ],
)
def test_a_clause_is_told_in_the_words_of_the_text_that_declares_them(
    tmp_path: Path, clause: str, english: str, chinese: str
) -> None:
    path = tmp_path / "code.cbm"
    library = read_library([path], unsaved={path: f"{SHADOWED}clause 1 {clause}\n"})
    told_in: tuple[tuple[Language, str], ...] = (("en", english), ("zh", chinese))
    for language, words in told_in:
        with speaking(language):
            found = card(NamedPlaces(library.documents), Symbol(CLAUSE, "1", "paper"))
        assert found is not None
        assert words in found.lines[0][1]
