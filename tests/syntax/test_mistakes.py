"""What is said about mistakes, word by word and place by place: the page `mistakes.md` is the test."""

from __future__ import annotations

from pathlib import Path
from re import DOTALL, MULTILINE
from re import compile as pattern

import pytest

from tests.syntax.reading import said

_BLOCK = pattern(r"^```cbm\n(.*?)\n```\n\n((?:- [^\n]*\n)+)", DOTALL | MULTILINE)
_IMPLEMENTATION = pattern(r"(?i)\b(tokens?|terminals?|parse[rd]?|grammar|lexer|AST|tree|node|regex)\b|\$")
PAGE = (Path(__file__).parent / "mistakes.md").read_text(encoding="utf-8")
MISTAKES = [(text, findings.splitlines()) for text, findings in _BLOCK.findall(PAGE)]


@pytest.mark.parametrize(("text", "findings"), MISTAKES, ids=[text.replace("\n", "; ") for text, _ in MISTAKES])
def test_mistake(text: str, findings: list[str]) -> None:
    assert [f"- {line}" for line in said(text)] == findings


def test_no_block_is_passed_over() -> None:
    assert len(MISTAKES) == PAGE.count("```cbm") > 150


@pytest.mark.parametrize("finding", sorted({line for _, lines in MISTAKES for line in lines}))
def test_messages_are_a_drafters(finding: str) -> None:
    message = finding.split(" ", 2)[2].split(" → ")[0]
    assert not message.endswith((".", "!"))
    assert message[0] == "`" or message[0].islower() or message.startswith("U+")
    assert not _IMPLEMENTATION.search(message)
