"""The grammar for editors is the one that the lists of words make; what is a pattern here is one there."""

from __future__ import annotations

import json
import re

import pytest

from cbm.highlighting.textmate import textmate
from cbm.highlighting.word_classes import BEGINNINGS, CONNECTIVES, MARKS, MODALS, OTHER_WORDS
from tests.highlighting.golden import GRAMMAR

PATTERNS = json.loads(textmate())["patterns"]
# What Python's own expressions have other words for.
CLASSES = {r"[\p{L}_][\p{L}\p{M}\p{N}_]*": r"[^\W\d]\w*", r"[\p{L}\p{N}_]": r"\w"}


def compiled(pattern: str) -> re.Pattern[str]:
    for theirs, ours in CLASSES.items():
        pattern = pattern.replace(theirs, ours)
    return re.compile(pattern)


def colour(text: str) -> str:
    """The scope of the first word of a line."""
    found = next((p, m) for p in PATTERNS if (m := compiled(p["match"]).match(text)))
    return str(found[0].get("name") or found[0]["captures"]["1"]["name"])


def test_the_file_is_the_one_that_is_made() -> None:
    assert GRAMMAR.read_text(encoding="utf-8") == textmate()


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ("keyword.other.declaration.cbm", BEGINNINGS),
        ("keyword.control.modal.cbm", MODALS),
        ("constant.language.cbm", MARKS),
        ("keyword.operator.word.cbm", CONNECTIVES),
        ("keyword.other.cbm", sorted({*OTHER_WORDS} - {*BEGINNINGS})),
    ],
)
def test_words_have_the_colour_of_what_they_do(scope: str, words: tuple[str, ...]) -> None:
    assert [word for word in words if colour(f"{word} ") != scope] == []


def test_names_of_any_script_are_names() -> None:
    assert colour("own.must") == "variable.other.cbm"
    assert colour("避让 must") == "variable.other.cbm"
    assert colour('zh "守则"') == "storage.modifier.language.cbm"
