"""Words and signs that begin alike, stand side by side, or mean different things in different places."""

from __future__ import annotations

import pytest

from cbm.syntax.ast import (
    ActItem,
    AttributeBlock,
    CitationNode,
    Comparison,
    DisplacementNode,
    EveryUnit,
    ExpectCondition,
    ExpectFinding,
    In,
    IsA,
    KeepItem,
    Mark,
    NamedBearer,
    NormClause,
    NounBearer,
    Range,
    TextHeader,
)
from tests.syntax.reading import NOWHERE, clause, condition, declared, documents, expected, name, names, path, reference


def norm(text: str) -> NormClause:
    statement = clause(text)
    assert isinstance(statement, NormClause)
    return statement


def test_in_of_a_list_and_in_place_of() -> None:
    statement = norm("clause 1 JP must report unless zone in (eez) in place of 2")
    assert statement.exceptions == (In(path("zone"), names("eez"), negated=False, span=NOWHERE),)
    assert statement.displacements == (DisplacementNode((reference("2"),), both=False, span=NOWHERE),)


def test_in_force_and_in_place_of() -> None:
    (document,) = documents("draft d in force 2020-01-01\nclause 1 JP must report in place of 3")
    assert isinstance(document.header, TextHeader)
    assert len(document.header.dates) == 1


def test_for_topics_and_for_both() -> None:
    statement = norm("clause 1 JP must report in place of 2, 3 for both")
    assert statement.displacements[0].both
    finding = expected("expect no gap 2, 3 for bothersome")
    assert isinstance(finding, ExpectFinding)
    assert finding.topics == names("bothersome")


def test_from_of_a_range_and_from_memory() -> None:
    statement = norm('clause 1 JP when d from 1 m to 2 m must report unless d from 3 m to 4 m source "x" from memory')
    assert [type(tree) for tree in (*statement.conditions, *statement.exceptions)] == [Range, Range]
    assert statement.citations == (CitationNode("x", Mark.MEMORY, span=NOWHERE),)


def test_every_unit_every_noun_and_every_type() -> None:
    assert norm("clause 1 every unit must report").bearer == EveryUnit(span=NOWHERE)
    assert norm("clause 1 every units must report").bearer == NounBearer(names("units"), (), span=NOWHERE)
    documents("draft d\ncovers t in every type of unit")


def test_each_party_and_each_attribute() -> None:
    assert norm("clause 1\neach party must report").bearer == EveryUnit(span=NOWHERE)
    assert isinstance(declared("each party : party"), AttributeBlock)


def test_is_of_a_value_a_noun_and_a_clause() -> None:
    assert condition("own is a ship") == IsA(name("own"), name("ship"), negated=False, span=NOWHERE)
    assert condition("own.x is bound") != condition("own.x is bounded")
    documents("vocabulary v\nterm t means x is bound and own is bound by (3)")


def test_a_noun_after_a_condition_is_the_bearer() -> None:
    statement = norm("clause 1 when zone is eez a ship must report")
    assert statement.bearer == NounBearer(names("ship"), (), span=NOWHERE)
    statement = norm("clause 1 when own is a ship JP must report")
    assert statement.bearer == NamedBearer(name("JP"), span=NOWHERE)
    statement = norm("clause 1 when troops >= 9,000 organiser must report")
    assert statement.bearer == NamedBearer(name("organiser"), span=NOWHERE)


def test_or_between_nouns_and_between_conditions() -> None:
    statement = norm("clause 1 a ship or drone when p or q must aim or fire unless p or q")
    assert statement.bearer == NounBearer(names("ship drone"), (), span=NOWHERE)
    assert statement.demand.items == (ActItem(name("aim"), span=NOWHERE), ActItem(name("fire"), span=NOWHERE))


def test_a_comma_after_a_result_separates_what_is_asked() -> None:
    statement = norm("clause 1 JP must keep d >= 1,000 m, keep e < 2, report")
    assert [type(item) for item in statement.demand.items] == [KeepItem, KeepItem, ActItem]
    first = statement.demand.items[0]
    assert isinstance(first, KeepItem)
    assert isinstance(first.condition, Comparison)
    assert first.condition.right == condition("1000 m")


def test_language_codes_are_names_elsewhere() -> None:
    documents('vocabulary v\nparty en "x" ja "y"\nterm ja means zh is en and ko\naxiom zh "x" zh\naxiom zh = 1')


def test_small_words_before_a_text_are_no_languages() -> None:
    statement = norm('clause 1 JP must aim text "x" ja "y" text zh "z" source "s"')
    assert [(title.language, title.text) for title in statement.texts] == [(None, "x"), ("ja", "y"), ("zh", "z")]


def test_kinds_of_finding_and_conditions() -> None:
    assert isinstance(expected("expect conflict"), ExpectFinding)
    assert isinstance(expected("expect impossible-duty 3"), ExpectFinding)
    assert isinstance(expected("expect impossible 3"), ExpectFinding)
    assert isinstance(expected("expect conflicts"), ExpectCondition)


def test_labels_numbers_and_names() -> None:
    statement = norm("clause I.2 when II > 3 V must report in place of (3, V, VI.1 of X1), X1")
    assert statement.label == "I.2"
    assert statement.bearer == NamedBearer(name("V"), span=NOWHERE)
    assert statement.displacements[0].references == (
        reference("3", "X1"),
        reference("V", "X1"),
        reference("VI.1", "X1"),
        reference(None, "X1"),
    )


def test_shall_reads_as_must() -> None:
    assert norm("clause 1 JP shall report") == norm("clause 1 JP must report")
    assert norm("clause 1 JP shall not report") == norm("clause 1 JP must not report")


@pytest.mark.parametrize(
    "opening", ["party", "act", "kind", "topic", "result", "case", "term", "never", "each", "shared"]
)
def test_attributes_named_like_statements(opening: str) -> None:
    block = declared(f'each\n  a1 : flag\n  {opening} "Text" ja "文" : flag\n  {opening}2 : flag\n  {opening}:flag')
    assert isinstance(block, AttributeBlock)
    assert [attribute.name.text for attribute in block.attributes] == ["a1", opening, f"{opening}2", opening]


def test_a_result_with_a_short_name_and_a_text_is_no_attribute() -> None:
    documents('vocabulary v\nresult gap "x" : length topic t\nresult gap ja "x" : length topic t')


def test_quotation_marks_in_remarks_and_signs_of_remarks_in_texts() -> None:
    documents('vocabulary v # "\nparty CN "# 1" # it\'s "\nparty JP # party "x\n')


def test_statements_in_texts_and_remarks_are_none() -> None:
    (document,) = documents('vocabulary v\nparty CN "a" # party JP\n  "party KR"\n# party RU\n')
    assert len(document.statements) == 1
