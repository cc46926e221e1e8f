"""What a clause is called in full, and what a reference means from where it stands."""

from __future__ import annotations

import pytest

import cbm
from cbm.core.expressions import NormId
from cbm.resolve.faults import Fault
from cbm.resolve.labels import Places, full_label, index_labels
from cbm.source import Source
from cbm.syntax import ast
from cbm.syntax.parse import parse


@pytest.mark.parametrize(
    ("article", "label", "full"),
    [
        ("3", "2", "3.2"),
        ("3", "12", "3.12"),
        ("", "2", "2"),
        ("", "17(a)(i)", "17(a)(i)"),
        ("17", "17(a)(i)", "17(a)(i)"),
        ("17", "(a)", "17.(a)"),
        ("2", "2.8.1", "2.8.1"),
        ("2", "2", "2.2"),
        ("2", "20", "2.20"),
        ("2", "20.1", "2.20.1"),
        ("III", "6", "III.6"),
        ("III", "III.6", "III.6"),
        ("I", "III.6", "I.III.6"),
        ("3", "2 bis", "3.2 bis"),
        ("A", "1", "A.1"),
    ],
)
def test_full_label(article: str, label: str, full: str) -> None:
    assert full_label(article, label) == full


RULES = """\
instrument rules
  uses strait
article 17
clause 17(a)(i) every unit must call
clause 17(a)(ii) every unit must answer
clause 17(b) applies when night
clause 17(c) every unit must turn
article 170
clause 1 every unit must call
"""
CODE = """\
draft code
  uses strait
article 1
clause 1 every unit must call
clause 2 every unit must answer
article 2
clause 1 every unit must call
clause 17 every unit must answer
"""


def places(article: str = "") -> Places:
    (rules,), (code,) = (parse(Source("x.cbm", text))[0].documents for text in (RULES, CODE))
    return Places({"rules": index_labels(rules)[0], "code": index_labels(code)[0]}, "code", article)


def meant(label: str | None, document: str | None = None, article: str = "") -> list[str]:
    place = parse(Source("x.cbm", CODE))[0].documents[0].header.span
    name = None if document is None else ast.Name(document, span=place)
    return [str(norm) for norm in places(article).norms(ast.Reference(label, name, span=place))]


@pytest.mark.parametrize(
    ("label", "document", "article", "norms"),
    [
        ("1", None, "1", ["code:1.1"]),
        ("1", None, "2", ["code:2.1"]),
        ("1.2", None, "2", ["code:1.2"]),
        ("2", None, "1", ["code:1.2"]),
        ("2", None, "2", ["code:2.1", "code:2.17"]),
        ("1", None, "", ["code:1.1", "code:1.2"]),
        ("17", None, "2", ["code:2.17"]),
        ("17", "rules", "2", ["rules:17(a)(i)", "rules:17(a)(ii)", "rules:17(c)"]),
        ("17(a)", "rules", "", ["rules:17(a)(i)", "rules:17(a)(ii)"]),
        ("17(c)", "rules", "", ["rules:17(c)"]),
        ("170", "rules", "", ["rules:170.1"]),
        (None, "code", "", ["code:1.1", "code:1.2", "code:2.1", "code:2.17"]),
    ],
)
def test_what_a_reference_means(label: str | None, document: str | None, article: str, norms: list[str]) -> None:
    assert meant(label, document, article) == norms


@pytest.mark.parametrize(
    ("label", "document", "words"),
    [
        ("3", None, "no clause of `code` is called `3`"),
        ("1", "rules", "no clause of `rules` is called `1`"),
        ("17(b)", "rules", "`17(b)` does not bind, forbid or permit anything"),
        ("1", "line", "`code` names no text `line`, so its clauses are not read with it"),
    ],
)
def test_what_means_nothing(label: str, document: str | None, words: str) -> None:
    with pytest.raises(Fault) as refused:
        meant(label, document)
    assert refused.value.finding is not None
    assert (refused.value.finding.rule, refused.value.finding.message) == ("undefined", words)


@pytest.mark.parametrize(
    ("label", "advised"),
    [
        ("17(d)", "write one of `17(a)(i)`, `17(a)(ii)`, `17(b)`, `17(c)`, `170.1`"),
        ("17.b", "did you mean `17(b)`?"),
        ("170(1)", "did you mean `170.1`?"),
        ("170.1a", "did you mean `170.1`?"),
        ("170.10", "write one of `17(a)(i)`, `17(a)(ii)`, `17(b)`, `17(c)`, `170.1`"),
    ],
)
def test_another_clause_is_not_advised_because_its_label_looks_alike(label: str, advised: str) -> None:
    with pytest.raises(Fault) as refused:
        meant(label, "rules")
    assert refused.value.finding is not None
    assert (refused.value.finding.remedies, refused.value.finding.meant) == ((advised,), "")


@pytest.mark.parametrize(
    ("count", "advised"),
    [(9, "its clauses are `1`, `2`, `3`, `4`, `5`, `6`, `7`, `8`, `9`"), (41, "its clauses are `1` to `41`")],
)
def test_the_clauses_that_there_are_are_named(count: int, advised: str) -> None:
    clauses = "".join(f"clause {number} a warship must call\n" for number in range(1, count + 1))
    _, (finding,) = cbm.load_text(f"draft code\n  uses encounters\n{clauses}clause 90 exception to 71 when by_night\n")
    assert finding.remedies == (advised.replace(f"`{count}`", f"`{count}`, `90`" if count == 9 else "`90`"),)


def test_the_article_a_reference_stands_in_says_nothing_about_another_text() -> None:
    assert meant("1", article="2") == ["code:2.1"]
    with pytest.raises(Fault):
        meant("1", "rules", article="170")


def test_norms_are_listed_in_source_order_and_nothing_else_is_one() -> None:
    index = places().indexes["rules"]
    assert index.norms == tuple(NormId("rules", label) for label in ("17(a)(i)", "17(a)(ii)", "17(c)", "170.1"))
    assert list(index.entries) == ["17(a)(i)", "17(a)(ii)", "17(b)", "17(c)", "170.1"]
