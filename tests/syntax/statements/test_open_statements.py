"""What a text leaves open: open terms, reserves, and terms of other texts."""

from __future__ import annotations

from datetime import date

import pytest

from cbm.records import replace
from cbm.syntax.ast import CitationNode, Comparison, Is, Mark, OpenTermNode, Relation, ReserveNode, SortSyntax
from tests.syntax.reading import NOWHERE, clause, condition, name, names, path, quantity, title

RANGE = SortSyntax(name("length"), quantity(500, "m"), quantity(2000, "m"), span=NOWHERE)
ISLANDS = ReserveNode("11", (title("islands"),), (), path("p"), None, span=NOWHERE)


def test_an_open_term_has_a_range() -> None:
    assert clause('open term near "near" ja "近く" : length from 500 m to 2,000 m') == OpenTermNode(
        name("near"), (title("near"), title("近く", "ja")), RANGE, per_party=False, span=NOWHERE
    )


def test_or_it_names_its_readings() -> None:
    assert clause("open term near one of in_sight, in_hail") == OpenTermNode(
        name("near"), (), names("in_sight in_hail"), per_party=False, span=NOWHERE
    )


@pytest.mark.parametrize("readings", [": length from 500 m to 2,000 m", "one of in_sight, in_hail"])
def test_each_party_may_read_it_for_itself(readings: str) -> None:
    alike, apart = clause(f"open term near {readings}"), clause(f"open term near {readings} per party")
    assert isinstance(alike, OpenTermNode)
    assert apart == replace(alike, per_party=True)


def test_it_says_where_it_comes_from() -> None:
    found = clause('open term near one of a_mile, in_hail per party\n  source "CUES 2.6" seen secondary text en "near"')
    assert isinstance(found, OpenTermNode)
    assert found.texts == (title("near", "en"),)
    assert found.citations == (CitationNode("CUES 2.6", Mark.SECONDARY, span=NOWHERE),)


def test_a_reserve_has_a_condition() -> None:
    assert clause('reserve 11 "islands" when p') == ISLANDS


def test_it_may_end() -> None:
    assert clause('reserve 11 "islands" when p until 2030-01-01') == replace(ISLANDS, until=date(2030, 1, 1))


@pytest.mark.parametrize("text", ["for weapons, talk when p", "when p for weapons, talk"])
def test_it_may_be_about_some_topics(text: str) -> None:
    assert clause(f'reserve 11 "islands" {text}') == replace(ISLANDS, topics=names("weapons talk"))


def test_a_reserve_says_where_it_comes_from() -> None:
    found = clause('reserve 11 "islands" when p until 2030-01-01 source "x" seen text text en "y"')
    assert isinstance(found, ReserveNode)
    assert (found.texts, found.citations) == ((title("y", "en"),), (CitationNode("x", Mark.TEXT, span=NOWHERE),))


def test_a_term_of_another_text() -> None:
    of_cues = replace(path("near"), document=name("cues"))
    far = replace(path("other.far"), document=name("cues"))
    assert condition("near of cues") == of_cues
    assert condition("other.far of cues") == far
    assert condition("zone is near of cues") == Is(path("zone"), of_cues, negated=False, span=NOWHERE)
    assert condition("range < near of cues") == Comparison(Relation.LESS, path("range"), of_cues, span=NOWHERE)
