"""What the shipped vocabularies call things stands in each language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cbm.source import Source
from cbm.syntax import ast
from cbm.syntax.parse import parse
from tests.catalogues import ROOT
from tests.fields import field_names

VOCABULARIES = sorted((ROOT / "specs" / "vocabulary").glob("*.cbm"))


@pytest.mark.parametrize("path", VOCABULARIES, ids=lambda path: path.stem)
def test_each_title_stands_in_chinese_and_japanese(path: Path) -> None:
    file, _ = parse(Source(path.name, path.read_text(encoding="utf-8")))
    several = [titles for document in file.documents for titles in _titles(document)]
    assert several
    assert [titles[0].text for titles in several if not {"zh", "ja"} <= {title.language for title in titles}] == []


def _titles(part: object) -> Iterator[tuple[ast.Title, ...]]:
    if isinstance(part, tuple):
        if part and all(isinstance(one, ast.Title) for one in part):
            yield part
            return
        for one in part:
            yield from _titles(one)
    elif isinstance(part, ast.Node):
        for name in field_names(part):
            yield from _titles(getattr(part, name))
