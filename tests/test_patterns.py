"""Regular expressions that are compiled when first used."""

from __future__ import annotations

import re

import pytest

from cbm.patterns import pattern


def test_an_expression_is_compiled_when_first_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compiling = re.compile

    def noted(expression: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(expression)
        return compiling(expression, flags)

    monkeypatch.setattr(re, "compile", noted)
    word = pattern("[a-z]+", re.IGNORECASE)
    assert compiled == []
    assert [found[0] for text in ("One two", "THREE") for found in word.finditer(text)] == ["One", "two", "THREE"]
    assert compiled == ["[a-z]+"]
