"""One sentence of a clause goes, what the next one leaves to it is said there, and references follow."""

from __future__ import annotations

import pytest

from cbm.repair.proposing.sentences import without_sentence
from cbm.source import Source, edited
from cbm.syntax import ast
from cbm.syntax.amend import amended
from cbm.syntax.parse import parse

HEADER = "draft code\n  between CN, JP\narticle 3\n"


def removed(number: int, clauses: str) -> str:
    file, wrong = parse(Source("code.cbm", HEADER + clauses))
    assert not wrong
    text, *cases = file.documents
    sentences = [one for one in text.statements if isinstance(one, ast.NormClause) and one.sentence is not None]
    edits = without_sentence(sentences[number - 1], text, tuple(cases))
    return edited(file.source, edits).removeprefix(HEADER)


@pytest.mark.parametrize(
    ("number", "left"),
    [
        (1, 'clause 2 "T" a frigate when night must not call; a tanker must turn\n  source "x"'),
        (2, 'clause 2 "T" a frigate when night must whistle; a tanker must turn\n  source "x"'),
        (3, 'clause 2 "T" a frigate when night must whistle; must not call\n  source "x"'),
    ],
)
def test_a_sentence_goes(number: int, left: str) -> None:
    clause = 'clause 2 "T" a frigate when night must whistle; must not call; a tanker must turn\n  source "x"'
    assert removed(number, clause) == left


def test_references_follow() -> None:
    clauses = (
        "clause 2 JP must whistle; must not call; must turn\nclause 3 exception to {0} when CN is bound by ({1})\n"
    )
    cases = "cases\nexpect CN must turn by {2}, 5 of rules\n"
    before = (clauses + cases).format("2 sentence 3", "2 sentence 3", "3.2 sentence 3")
    after = (clauses + cases).format("2 sentence 2", "2 sentence 2", "3.2 sentence 2")
    assert removed(1, before) == after.replace("must whistle; ", "")


def test_what_is_left_of_two_is_a_whole_clause() -> None:
    assert removed(2, "clause 2 JP must whistle; must turn\nclause 3 CN must turn in place of 2 sentence 1\n") == (
        "clause 2 JP must whistle\nclause 3 CN must turn in place of 2\n"
    )


def test_a_text_with_sentences_is_amended() -> None:
    source = Source(
        "code.cbm", f"{HEADER}clause 1 JP must turn; must call\nclause 2 JP must turn\nclause 2 JP must turn\n"
    )
    changed = Source("code.cbm", source.text.replace("3\n", "3\nclause 4 JP must call; must turn\n", 1))
    assert amended(parse(source)[0].documents, changed) == parse(changed)[0].documents
