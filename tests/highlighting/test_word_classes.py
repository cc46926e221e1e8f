"""The lists have every word of the grammar, and no other."""

from __future__ import annotations

import re

import pytest

from cbm.highlighting.word_classes import (
    BEGINNINGS,
    CONNECTIVES,
    DECLARATIONS,
    MARKS,
    MODALS,
    OTHER_WORDS,
    UNITS,
    pattern_of,
)
from cbm.syntax import ast, signs
from cbm.syntax.mistakes import spelling
from cbm.syntax.tables.grammar import grammar

PHRASES = {*BEGINNINGS, *CONNECTIVES, *MARKS, *MODALS, *OTHER_WORDS}
# What is known by its form, and not by its words.
FORMS = {
    "NAME", "ATTRIBUTE", "STRING", "LANGUAGE", "LABEL", "DATE", "QUANTITY", "RELATION", "RULE", "UNKNOWN_RULE", "CLOCK",
    "ZONE", "WEEKDAY", "_FIGURE", "DAYS", "DAY_OF_YEAR", "PERIOD", "INTERVAL", "SENTENCE", "COMMENT", "BLANK",
}  # fmt: skip
WORDED = [t for t in grammar().tables.terminals if t.name not in FORMS and re.search(r"\w", t.word or t.pattern)]


def fits(terminal: str, phrase: str) -> bool:
    return re.fullmatch(grammar().pattern(terminal), phrase) is not None


@pytest.mark.parametrize("terminal", [t.name for t in WORDED])
def test_every_word_of_the_grammar_is_in_a_list(terminal: str) -> None:
    assert [phrase for phrase in PHRASES if fits(terminal, phrase)]


@pytest.mark.parametrize("phrase", sorted(PHRASES))
def test_every_phrase_is_made_of_words_of_the_grammar(phrase: str) -> None:
    assert [t.name for t in WORDED if fits(t.name, phrase)] or all(
        any(fits(t.name, word) for t in WORDED) for word in phrase.split()
    )


def test_what_says_one_of_several_things_has_all_of_them() -> None:
    assert set(MODALS) == set(spelling.MODALS)
    for told in (ast.Mark, ast.Rank, ast.Status, ast.DateKind):
        assert {one.value for one in told} - {"until"} <= set(MARKS)
    assert UNITS is signs.UNITS
    assert set(DECLARATIONS) <= set(BEGINNINGS)


def test_a_phrase_is_found_as_a_whole_the_longest_first() -> None:
    either = re.compile(pattern_of(("must", "must not")))
    assert [m[0] for m in either.finditer("must  not, must, musty own.must must-see")] == ["must  not", "must"]
