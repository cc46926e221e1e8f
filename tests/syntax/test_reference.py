"""The reference for drafters shows only what can be read, and all that can be."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.source import Source
from cbm.syntax.ast import Document
from cbm.syntax.cutting.cut import LONGER_OPENINGS, OPENINGS
from cbm.syntax.parse import parse

PATH = Path(__file__).parents[2] / "grammar" / "README.md"
PAGE = PATH.read_text(encoding="utf-8")
EXAMPLES = [part.split("```")[0] for part in PAGE.split("```cbm\n")[1:]]


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.split("\n")[0] for example in EXAMPLES])
def test_every_example_is_read(example: str) -> None:
    file, findings = parse(Source("example.cbm", example))
    assert [(finding.primary.span.begin, finding.message) for finding in findings] == []
    assert any(document.statements for document in file.documents)


def test_the_page_itself_is_a_specification() -> None:
    file, findings = parse(Source("README.cbm.md", PAGE))
    assert findings == ()
    assert sum(len(document.statements) for document in file.documents) > 50


@pytest.mark.parametrize("opening", [*OPENINGS, *LONGER_OPENINGS, "each", "shared"])
def test_every_statement_has_an_example(opening: str) -> None:
    assert any(line.strip().startswith(opening) for example in EXAMPLES for line in example.splitlines())


def test_every_kind_of_tree_node_occurs() -> None:
    file, _ = parse(Source("README.cbm.md", PAGE))
    shown = repr(file.documents)
    settled = {"OptionHeading", "EndOfOptions", "Paragraph"}  # what they hold stands in a document by itself
    missing = [node for node in _node_names() if f"{node}(" not in shown and node not in settled]
    assert missing == []


def _node_names() -> list[str]:
    from cbm.syntax import ast

    own = [value for value in vars(ast).values() if isinstance(value, type) and value.__module__ == ast.__name__]
    return [node.__name__ for node in own if issubclass(node, ast.Node) and node not in (ast.Node, Document)]
