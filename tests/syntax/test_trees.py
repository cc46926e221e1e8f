"""A tree that was put in a file comes back as it was: every node, every value, every place."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.msgpack import decode, encode

from cbm.source import Source
from cbm.syntax.ast import Document
from cbm.syntax.parse import parse
from cbm.syntax.trees import TreeData, pack, ship, shipped, unpack
from tests.syntax.test_places import nodes
from tests.syntax.test_reference import PAGE

ROOT = Path(__file__).parents[2]
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("specs/*/*.cbm"))]


def documents(source: Source) -> tuple[Document, ...]:
    return parse(source)[0].documents


@pytest.mark.parametrize("text", [PAGE, *TEXTS], ids=lambda text: text.split("\n", 1)[0][:40])
def test_there_and_back(text: str) -> None:
    """The page on the language has every kind of node."""
    source = Source("x.cbm.md" if text == PAGE else "x.cbm", text)
    before = documents(source)
    after = unpack(decode(encode(pack(before)), type=TreeData), source)
    assert after == before
    assert [(type(node), span) for node, span in nodes(after)] == [(type(node), span) for node, span in nodes(before)]
    assert all(span.source is source for _, span in nodes(after))
    assert repr(after) == repr(before), "a value came back as one of another class"


def test_a_tree_is_that_of_the_text_it_was_made_of(tmp_path: Path) -> None:
    source = Source("one.cbm", "vocabulary v\nparty CN\n")
    ship(tmp_path / "one.tree", source, documents(source))
    same, other = Source("standard:one.cbm", source.text), Source("one.cbm", source.text + "party JP\n")
    known = shipped(tmp_path / "one.tree", same)
    assert known == documents(source)
    assert known is not None
    assert known[0].span.source is same
    assert shipped(tmp_path / "one.tree", other) is None
    assert shipped(tmp_path / "two.tree", source) is None
