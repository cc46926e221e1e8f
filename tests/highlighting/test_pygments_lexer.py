"""Texts in colours: what each part of a sentence is, and nothing in a text that was shipped without one."""

from __future__ import annotations

import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from pygments.token import Comment, Error, Keyword, Name, Number, Operator, String, _TokenType

from cbm.finding import RuleId
from cbm.highlighting.pygments_lexer import CbmLexer
from cbm.syntax.cutting.cut import LONGER_OPENINGS, OPENINGS

ROOT = Path(__file__).parents[2]
TEXTS = sorted((ROOT / "specs").rglob("*.cbm"))
SAMPLE = """\
draft coc "Code" zh "守则" rank political
clause 2.1 bis "Keep clear" # as in CUES
  a ship meeting a warship when own.must_stop and distance <= 1,000 m
  must not lase within 60 min after incident unless other.distress
expect no conflict 2.1
  party : party
"""


def tokens(text: str) -> list[tuple[_TokenType, str]]:
    return [(kind, value) for kind, value in CbmLexer().get_tokens(text) if value.strip()]


def test_each_part_of_a_sentence() -> None:
    found = tokens(SAMPLE)
    for kind, value in (
        (Keyword.Declaration, "draft"),
        (Name.Class, "coc"),
        (String.Affix, "zh"),
        (String.Double, '"守则"'),
        (Keyword.Constant, "political"),
        (Name.Label, "2.1 bis"),
        (Comment.Single, "# as in CUES"),
        (Keyword.Pseudo, "meeting"),
        (Name, "must_stop"),
        (Operator.Word, "and"),
        (Number, "1,000"),
        (Keyword.Type, "m"),
        (Keyword, "must not"),
        (Operator.Word, "unless"),
        (Name.Exception, "conflict"),
        (Name.Attribute, "party"),
    ):
        assert (kind, value) in found


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_nothing_in_a_shipped_text_is_without_a_colour(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = list(CbmLexer().get_tokens_unprocessed(text))
    assert [(at, value) for at, kind, value in found if kind is Error] == []
    assert "".join(value for _, _, value in found) == text


@pytest.mark.parametrize("word", [*OPENINGS, *LONGER_OPENINGS])
def test_what_begins_a_statement(word: str) -> None:
    assert tokens(f"  {word} x")[0] == (Keyword.Declaration, word)


@pytest.mark.parametrize("rule", RuleId)
def test_a_finding_that_is_expected(rule: RuleId) -> None:
    assert tokens(f"expect no {rule} 3.2") == [
        (Keyword.Declaration, "expect"),
        (Keyword, "no "),
        (Name.Exception, rule),
        (Name.Label, "3.2"),
    ]


def test_a_half_written_text_has_no_error() -> None:
    assert Error not in {kind for kind, _ in tokens('clause 1 "not closed\n  every unit mus')}


def test_pygments_finds_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (found,) = project["entry-points"]["pygments.lexers"].values()
    assert EntryPoint("cbm", found, "pygments.lexers").load() is CbmLexer
