"""The grammar and what is built from it belong together."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from cbm.finding import RuleId
from cbm.source import Source
from cbm.syntax.ast import ExpectCondition, ExpectFinding, Mark, Modality, Rank
from cbm.syntax.expected import expected, words_of
from cbm.syntax.mistakes.spelling import MODALS
from cbm.syntax.parse import parse
from cbm.syntax.signs import UNITS
from cbm.syntax.statements.build import BUILDERS
from cbm.syntax.tables.grammar import grammar, make
from cbm.syntax.tables.lalr import Token, Tree
from cbm.syntax.tokens import RESERVED, WORDS
from tests.syntax.reading import documents, said
from tests.syntax.reading import expected as expected_of

GRAMMAR_RULES = {production.node for production in grammar().tables.productions}
TERMINALS = {terminal.name for terminal in grammar().tables.terminals}


def test_every_rule_that_leaves_a_trace_has_its_builder() -> None:
    traceless = {"statement", "expression", "negation", "relation", "sum", "product", "factor"}
    named = {rule for rule in GRAMMAR_RULES if not rule.startswith("_")}
    assert named - traceless <= set(BUILDERS)
    assert set(BUILDERS) <= named


def test_every_word_that_is_read_is_one_of_the_grammar() -> None:
    assert set(WORDS) <= TERMINALS
    assert {word.upper() for word in RESERVED} <= TERMINALS


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_reserved_words_are_never_names(word: str) -> None:
    assert said(f"vocabulary v\nparty {word}") == [f"2:7 `{word}` is a word of the language; choose another name"]


@pytest.mark.parametrize("terminal", sorted(TERMINALS - {"COMMENT", "BLANK"}))
def test_every_word_can_be_named_to_a_drafter(terminal: str) -> None:
    assert words_of(terminal)
    (phrase,) = expected({terminal})
    assert "_" not in phrase
    assert not any(word.isupper() and len(word) > 1 for word in phrase.replace("`", " ").split())


def test_a_word_without_builder_is_refused() -> None:
    from cbm.syntax.statements.build import build

    with pytest.raises(KeyError):
        build(Source("x", ""), 0, Tree("nothing_of_the_kind", [Token("NAME", "x", 0, 1)]))


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit(unit: str) -> None:
    documents(f"vocabulary v\nterm t means d < 5 {unit} and e > 6{unit}")


@pytest.mark.parametrize("modal", MODALS)
def test_every_modal(modal: str) -> None:
    documents(f"draft d\nclause 1 every unit {modal} report")


@pytest.mark.parametrize("rule", RuleId)
def test_every_kind_of_finding(rule: RuleId) -> None:
    for text in (f"expect {rule}", f"expect no {rule}", f"expect {rule} 3.2, colregs for t when p"):
        found = expected_of(text)
        assert isinstance(found, ExpectFinding)
        assert found.rule.text == rule


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("expect no subsumption", "subsumption"),
        ("expect no never-reach", "never-reach"),
        ("expect confilct 3.2, 3.5", "confilct"),
        ("expect confilct for weapons", "confilct"),
        ("expect confilct when own.ship", "confilct"),
        ("expect type-missmatch", "type-missmatch"),
        ("expect type-missmatch # as before", "type-missmatch"),
        ("expect type-missmatch IV.2", "type-missmatch"),
    ],
)
def test_what_can_only_be_the_name_of_a_finding_is_read_as_one(text: str, name: str) -> None:
    found = expected_of(text)
    assert isinstance(found, ExpectFinding)
    assert found.rule.text == name


@pytest.mark.parametrize("text", ["expect fog", "expect far-near > 3 m", "expect far - near\n  >= 3 m"])
def test_a_condition_is_no_name_of_a_finding(text: str) -> None:
    assert isinstance(expected_of(text), ExpectCondition)


def test_closed_lists_are_those_of_the_tree() -> None:
    for rank in Rank:
        documents(f"draft d rank {rank.value}")
    for mark in Mark:
        documents(f'draft d source "x" {mark.value}')
    assert len(Modality) * 2 == len(MODALS)


def test_tables_are_those_of_the_grammar() -> None:
    assert grammar().tables == make()


def test_reading_leaves_no_trace() -> None:
    """Two texts read in turn do not know of each other."""
    first = Source("one.cbm", "vocabulary v\nparty CN")
    before = parse(first)
    parse(Source("two.cbm", "draft d\nclause"))
    assert parse(first) == before


@pytest.mark.parametrize("collecting", [True, False])
def test_reading_leaves_the_collector_as_it_was(collecting: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if collecting else gc.disable)()
        parse(Source("one.cbm", "vocabulary v\nparty"))
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if before else gc.disable)()


def test_the_grammar_stands_beside_the_package_or_in_it() -> None:
    assert (Path(__file__).parents[3] / "grammar" / "cbm.lark").is_file()
