"""Brackets and tracked changes in the spelling of the language; that spelling is read by the parser of brackets."""

from __future__ import annotations

import pytest

from cbm.papers.brackets_spelled import open_words, spelled
from cbm.papers.paper import TrackedChange, TrackedKind, WordPiece
from cbm.syntax.cutting.bracket_signs import find_brackets

PARTIES = (("China", "CN"), ("日本", "JP"), ("Korea", "KR"))


def added(words: str, author: str, *within: TrackedChange) -> WordPiece:
    return WordPiece(words, (*within, TrackedChange(TrackedKind.INSERTED, author)))


def struck(words: str, author: str, *within: TrackedChange) -> WordPiece:
    return WordPiece(words, (*within, TrackedChange(TrackedKind.DELETED, author)))


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        ([WordPiece("keep "), added("1 km", "JP"), WordPiece(".")], "keep [JP: 1 km]."),
        ([WordPiece("keep "), struck("1 km", "JP"), WordPiece(".")], "keep [1 km | JP: delete]."),
        ([struck("1 km", "JP"), added("2 km", "JP")], "[1 km | JP: 2 km]"),
        ([added("2 km", "JP"), struck("1 km", "JP")], "[JP: 2 km][1 km | JP: delete]"),
        ([struck("1 km", "JP"), added("2 km", "CN")], "[1 km | JP: delete][CN: 2 km]"),
        ([struck(" by day", "JP"), WordPiece(" or night")], " [by day | JP: delete] or night"),
        (
            [added("1 km", "JP"), struck(" or 2", "CN", TrackedChange(TrackedKind.INSERTED, "JP"))],
            "[JP: 1 km [or 2 | CN: delete]]",
        ),
        ([added(" ", "JP"), WordPiece("x")], " x"),
        ([added("x", 'Li "W" Wei')], "[\"Li 'W' Wei\": x]"),
        ([added("x", "")], '["nobody named": x]'),
    ],
)
def test_tracked_changes(pieces: list[WordPiece], words: str) -> None:
    assert spelled(pieces, lambda author: author if len(author) == 2 else "") == words


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("no less than [CN: 500 m] [JP: 1,000 m]", ["[CN: 500 m | JP: 1,000 m]"]),
        ("[75][85] per cent", ["[75 | 85]"]),
        ("[created]/[generated]", ["[created | generated]"]),
        ("[shall/should] keep", ["[shall | should]"]),
        ("［中国：甲｜日本：乙］", ["[中国: 甲 | JP: 乙]"]),
        ("[China/Korea: x] and [y]", ["[CN, KR: x]", "[y]"]),
        ("[in sight] [by day]", ["[in sight] [by day]: or, if one of them is to stand: [in sight | by day]"]),
        ("[CN: a] [1 km | JP: 2 km]", ["[CN: a]", "[1 km | JP: 2 km]"]),
        ("[JP: within [24 | 48] h]", ["[JP: within [24 | 48] h]"]),
        ("at [10:30 | 11:00]", ["[10:30 | 11:00]"]),
        ("[X] nmi", ["[__]: write the range in which the figure will lie: `[__ from 1 nmi to 5 nmi]`"]),
        (
            "[CN: several paragraphs",
            ["a bracket opens or closes in another paragraph: several clauses stand below `option …:`"],
        ),
        ("nothing open", []),
    ],
)
def test_brackets(words: str, told: list[str]) -> None:
    found = [": ".join(filter(None, (one.spelled, one.remark))) for one in open_words(words, PARTIES)]
    assert found == told


@pytest.mark.parametrize(
    "words",
    ["[CN: 500 m] [JP: 1,000 m]", "[75][85]", "[a]/[b]", "[China/Korea: x] [日本: y]", '["Li": a | JP: delete]'],
)
def test_the_language_has_it_so(words: str) -> None:
    (told,) = open_words(words, PARTIES)
    assert find_brackets(told.spelled, [(0, len(told.spelled))]).mistakes == ()
