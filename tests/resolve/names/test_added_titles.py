"""Titles in files of their own: they are told as if they stood in the vocabulary, and slips in them at their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm import layout, load, speaking, words
from cbm.editor.occurrences import NamedPlaces
from cbm.files import read_library
from cbm.formatting.texts import untranslated
from cbm.syntax import ast

STRAIT = """\
vocabulary strait "Strait"
  uses strait_ja
party A "Aland"
party B "Bland"
kind craft "craft" = ship "ship" | boat "boat"
situation encounter "meeting"
roles own, other
each
  party : party
  craft "kind of craft" : craft
  in_trouble "in trouble" otherwise "not in trouble" : flag
topic warning "warnings"
act warn "warns" topic warning
act look, listen topic warning
axiom "boats are safe" own.craft is boat implies not own.in_trouble
types by own.craft
"""
TITLES = """\
vocabulary strait_ja "Titles"

titles ja for strait
  strait "海峡"
  A "甲国"
  ship "船舶"
  craft as attribute "船種"
  in_trouble "遭難中" otherwise "遭難していない"
  warn "警告する"
  "boats are safe" "小舟は安全である"
"""
DRAFT = """\
draft near "Near"
  uses strait
  between A, B
clause 1 when own.in_trouble every "船舶" must "警告する"
"""
SORTS = ", ".join(
    f"`{sort}`"
    for sort in (
        [
            "vocabulary",
            "party",
            "kind",
            "value",
            "situation",
            "role",
            "attribute",
            "moment",
            "counter",
            "channel",
            "language",
            "topic",
            "term",
            "act",
            "result",
        ]
    )
)
CRAFT = "several things are called `craft`: this does not say which of them is meant"
LOOK = "`look` is declared together with other acts, and these have no titles"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in (("strait", STRAIT), ("strait_ja", TITLES), ("near", DRAFT)):
        Path(f"{name}.cbm").write_text(text, encoding="utf-8")
    return tmp_path


def test_titles_are_those_of_the_vocabulary() -> None:
    with speaking("ja"):
        systems, findings = load(["near.cbm"])
        assert findings == ()
        told = systems[0].words
        assert (told.acts["warn"], told.members["ship"], told.members["boat"]) == ("警告する", "船舶", "boat")
    assert words("船舶", uses=["strait.cbm"]).words[0].name == "ship"


def test_what_is_missing_is_what_stands_in_neither_file() -> None:
    missing = untranslated(["strait.cbm"], "ja").missing
    assert [one.given for one in missing] == [
        *('"Bland"', '"craft"', '"boat"', '"meeting"', '"warnings"'),
    ]


def test_they_are_laid_out_as_they_are_written() -> None:
    assert layout(TITLES) == TITLES


def test_names_in_them_are_places_of_these_words() -> None:
    places = NamedPlaces(read_library(["near.cbm"]).documents)
    told = [(one.symbol.sort, one.symbol.name) for one in places.within("strait_ja") if one.symbol.document == "strait"]
    assert told == [
        *(("document", "strait"), ("document", "strait"), ("party", "A"), ("value", "ship"), ("attribute", "craft")),
        *(("attribute", "in_trouble"), ("act", "warn")),
    ]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('shp "船"', "no word of `strait` is called `shp`; did you mean `ship`?"),
        ('craft "船種"', f'{CRAFT}; write `craft as kind "…"`; write `craft as attribute "…"`'),
        ('ship "船" ship "舟"', "this has a title in `zh` already"),
        ('boat "舟" otherwise "船"', "`boat` has no words for what is so otherwise"),
        ('warn as topic "警告"', "no topic is called `warn`; did you mean `warning`?"),
        ('warn as deed "警告"', f"no sort of word is called `deed`; write one of {SORTS}"),
        (
            'look "看"',
            f"{LOOK}; declare each act on its own line to give it a text",
        ),
        ('"boats are fast" "快"', "nothing in `strait` is called “boats are fast”"),
    ],
)
def test_slips(entry: str, told: str) -> None:
    Path("more.cbm").write_text(f'vocabulary more\ntitles zh for strait\n  {entry}\n  B "乙国"\n', encoding="utf-8")
    library = read_library(["near.cbm", "more.cbm"])
    assert ["; ".join((one.message, *one.remedies)) for one in library.findings] == [told]
    parties = [one for one in library.documents["strait"].statements if isinstance(one, ast.PartyDeclaration)]
    assert [title.text for title in parties[1].titles] == ["Bland", "乙国"]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("titles ja for stait", "no vocabulary is called `stait`"),
        ("titles ja for near", "no vocabulary is called `near`"),
        ("titles Japanese for strait", "`Japanese` is no language"),
    ],
)
def test_of_what_and_in_what_language(header: str, told: str) -> None:
    Path("more.cbm").write_text(f'vocabulary more\n{header}\n  B "乙国"\n', encoding="utf-8")
    (found,) = read_library(["near.cbm", "more.cbm"]).findings
    assert found.message.startswith(told)
