"""Which texts a text is read with: all that its header names, and those that its statements refer to."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.pipeline import run
from cbm.resolve.related_documents import related_texts
from cbm.source import Source
from cbm.syntax import ast
from cbm.syntax.parse import parse

RULES = "instrument rules\n  uses strait\nclause 1 every unit must call\n"
BOUND = "own is bound by (1 of rules)"
STATEMENTS = (
    "clause 1 every unit must call in place of 1 of rules",
    "clause 1 every unit must call notwithstanding 1 of rules",
    "clause 1 every unit must call subject to 1 of rules",
    "clause 1 every unit must call restates 1 of rules",
    f"clause 1 every unit when {BOUND} must call",
    f"clause 1 every unit must call unless {BOUND}",
    f"clause 1 every unit when night and {BOUND} must call",
    f"clause 1 every unit when night or {BOUND} must call",
    f"clause 1 every unit when not ({BOUND}) must call",
    f"clause 1 every unit when {BOUND} implies night must call",
    f"clause 1 every unit when night implies {BOUND} must call",
    f"clause 1 applies when {BOUND}",
    f"clause 1 exception to 2 when {BOUND}",
    f"clause 1 deems night when {BOUND}",
    f"term bound means {BOUND}",
    f"term room is 1 m when {BOUND}, 2 m otherwise",
    f"covers signals in every type of encounter when {BOUND}",
    f'reserve 1 "waters" when {BOUND}',
)


def test_a_text_of_the_name_of_its_vocabulary_is_told_so(tmp_path: Path) -> None:
    """What stands in a file of its own was said not to be there."""
    (tmp_path / "words.cbm").write_text('vocabulary sea "The sea"\n  uses encounters\n', encoding="utf-8")
    path = tmp_path / "code.cbm"
    path.write_text(
        'draft sea\n  uses sea from "words.cbm"\n  between CN, JP\nclause 1 every unit must call\n', "utf-8"
    )
    found, twice = run([path]).findings
    assert twice.message == "two documents are called `sea`"
    assert (found.message, found.remedies) == (
        "`sea` is no vocabulary: another document has this name",
        ("give one of the two another name",),
    )
    assert [label.span.text.split()[:2] for label in found.related] == [["draft", "sea"]]


def test_the_name_of_a_file_is_told_with_the_texts_that_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text("draft code uses activities beside vienna_document\nclause 1 organiser must notify\n", "utf-8")
    (found,) = run([path]).findings
    assert found.remedies == ("a file is called so: it holds `vienna_2011`",)
    path.write_text(path.read_text("utf-8").replace("vienna_document", "vienna_2011"), "utf-8")
    assert all(finding.rule != "undefined" for finding in run([path]).findings)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_text_that_a_statement_refers_to_is_read_with_it(statement: str) -> None:
    documents = read(f"draft code\n  uses strait\n{statement}\n{RULES}")
    assert [getattr(d.header, "name", d.header.span).text for d in related_texts(documents, "code")] == [
        "code",
        "rules",
    ]


def test_a_text_that_nothing_refers_to_is_not() -> None:
    documents = read(f"draft code\n  uses strait\nclause 1 every unit must call\n{RULES}")
    assert len(related_texts(documents, "code")) == 1


def read(text: str) -> dict[str, ast.Document]:
    file, mistakes = parse(Source("code.cbm", text))
    assert not mistakes
    return {getattr(d.header, "name", d.header.span).text: d for d in file.documents}
