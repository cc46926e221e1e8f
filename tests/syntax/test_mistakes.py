"""What is said about mistakes, word by word and place by place: the page `mistakes.md` is the test."""

from __future__ import annotations

from pathlib import Path
from re import DOTALL, MULTILINE
from re import compile as pattern

import pytest

from cbm.translation.speech import Language, speaking
from tests.syntax.reading import said

_BLOCK = pattern(r"^```cbm\n(.*?)\n```\n\n((?:- [^\n]*\n)+)", DOTALL | MULTILINE)
_IMPLEMENTATION = pattern(r"(?i)\b(tokens?|terminals?|parse[rd]?|grammar|lexer|AST|tree|node|regex)\b|\$")
PAGE = (Path(__file__).parent / "mistakes.md").read_text(encoding="utf-8")
MISTAKES = [(text, findings.splitlines()) for text, findings in _BLOCK.findall(PAGE)]


@pytest.mark.parametrize(("text", "findings"), MISTAKES, ids=[text.replace("\n", "; ") for text, _ in MISTAKES])
def test_mistake(text: str, findings: list[str]) -> None:
    assert [f"- {line}" for line in said(text)] == findings


def test_messages_are_told_in_chinese_and_japanese() -> None:
    text = "draft d\nclause 1 every unit report\nclause 2 every unit must keep separation >= 5 nm\nparty CN"
    with speaking("zh"):
        assert said(text) == [
            "2:21 `every unit`之后应为`must`、`should`、`may`等或`when`，而不是`report`",
            "3:47 未知计量单位`nm`，您是指`nmi`吗？",
            "4:1 `party`属于词汇表，不属于协定或草案",
        ]
    with speaking("ja"):
        assert said(text) == [
            "2:21 `every unit`の後に、`report`ではなく`must`、`should`、`may`など又は`when`が必要",
            "3:47 未知の単位`nm`、`nmi`のことか？",
            "4:1 `party`は語彙に属し、協定又は草案には属さない",
        ]


_ENGLISH = pattern(r"(?<![\w.+-])[a-z]{3,}(?![\w-])")
_QUOTED = pattern(r"`[^`]*`|“[^”]*”|「[^」]*」")


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_no_message_has_english_words_outside_of_what_is_written(language: Language) -> None:
    with speaking(language):
        told = [line for text, _ in MISTAKES for line in said(text)]
    assert len(told) > 200
    assert [line for line in told if _ENGLISH.search(_QUOTED.sub("", line)) and "nmi、km" not in line] == []


def test_no_block_is_passed_over() -> None:
    assert len(MISTAKES) == PAGE.count("```cbm") > 150


@pytest.mark.parametrize("finding", sorted({line for _, lines in MISTAKES for line in lines}))
def test_messages_are_a_drafters(finding: str) -> None:
    message = finding.split(" ", 2)[2].split(" → ")[0]
    assert not message.endswith((".", "!"))
    assert message[0] == "`" or message[0].islower() or message.startswith("U+")
    assert not _IMPLEMENTATION.search(message)
