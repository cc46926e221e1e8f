"""What each name of a text stands for, and where it is declared."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.core.sorts import Dimension
from cbm.editor.occurrences import CLAUSE, DECLARED, SORTS_OF, NamedPlaces, Symbol
from cbm.files import read_library
from cbm.syntax import ast

SPECS = Path(__file__).parents[2] / "specs"
DRAFT = """\
vocabulary waters
party CN
party JP
kind craft = warship | trawler
situation encounter
roles own, other
each
  party : party
  craft : craft
shared
  distance : length from 0 m to 10 nmi
topic weapons
act lase topic weapons
result separation : length from 0 m to 10 nmi topic weapons
term near means distance < 1 nmi

draft code
  uses waters
  between CN, JP
article 1
clause 2 a warship meeting a trawler when near and other.craft is trawler
  must not lase
clause 3 JP when own.lase
  must keep separation >= 500 m
  in place of 2

cases "what is found" for code
case "near"
  given own.party is CN and other.craft is warship
  expect own must not lase by 1.2
"""


def read(tmp_path: Path, text: str = DRAFT) -> NamedPlaces:
    path = tmp_path / "code.cbm"
    return NamedPlaces(read_library([path], unsaved={path: text}).documents)


def named(occurrences: NamedPlaces, symbol: Symbol) -> list[str]:
    """Line and column of each place, with `*` where it is declared."""
    return ["{}:{}{}".format(*one.span.begin, "*" if one.declares else "") for one in occurrences.of(symbol)]


@pytest.mark.parametrize(
    ("symbol", "places"),
    [
        (Symbol("act", "lase", "waters"), ["13:5*", "22:12", "23:22", "30:23"]),
        (Symbol("term", "near", "waters"), ["15:6*", "21:43"]),
        (Symbol("kind", "craft", "waters"), ["4:6*", "9:11"]),
        (Symbol("attribute", "craft", "waters"), ["9:3*", "21:58", "29:35"]),
        (Symbol("value", "trawler", "waters"), ["4:24*", "21:30", "21:67"]),
        (Symbol("party", "JP", "waters"), ["3:7*", "19:15", "23:10"]),
        (Symbol("role", "own", "waters"), ["6:7*", "23:18", "29:9", "30:10"]),
        (Symbol("result", "separation", "waters"), ["14:8*", "24:13"]),
        (Symbol("topic", "weapons", "waters"), ["12:7*", "13:16", "14:53"]),
        (Symbol("document", "waters", "waters"), ["1:12*", "18:8"]),
        (Symbol("document", "code", "code"), ["17:7*", "27:27"]),
        (Symbol(CLAUSE, "1.2", "code"), ["21:8*", "25:15", "30:31"]),
    ],
)
def test_where_a_thing_is_named(tmp_path: Path, symbol: Symbol, places: list[str]) -> None:
    assert named(read(tmp_path), symbol) == places


def test_what_stands_where_the_cursor_is(tmp_path: Path) -> None:
    occurrences = read(tmp_path)
    source = occurrences.documents["code"].span.source
    at = DRAFT.index("must not lase") + len("must not lase")
    assert (found := occurrences.at(source, at)) is not None
    assert found.symbol == Symbol("act", "lase", "waters")
    assert occurrences.at(source, DRAFT.index("must not lase")) is None


def test_a_term_of_a_text_stands_before_that_of_its_vocabulary(tmp_path: Path) -> None:
    text = DRAFT.replace("article 1", "term near means distance < 2 nmi\narticle 1")
    assert named(read(tmp_path, text), Symbol("term", "near", "code")) == ["20:6*", "22:43"]


def test_a_name_that_says_of_which_text_it_is_is_that_of_this_text(tmp_path: Path) -> None:
    text = DRAFT.replace("article 1", "term near means distance < 2 nmi\nopen term wide one of near, fits\narticle 1")
    paper = """
draft paper
  uses waters
  beside code
term near means distance < 3 nmi
clause 1 a warship when near of code and own.near of code and near must not lase
clause 2 a warship when wide of code is near of code must not lase
"""
    occurrences = read(tmp_path, text + paper)
    places = ["20:6*", "21:23", "23:43", "38:25", "38:46", "39:41"]
    assert named(occurrences, Symbol("term", "near", "code")) == places
    assert named(occurrences, Symbol("term", "near", "paper")) == ["37:6*", "38:63"]
    assert named(occurrences, Symbol("open term", "wide", "code")) == ["21:11*", "39:25"]


def test_every_name_of_the_tree_is_thought_of() -> None:
    """A class of the tree that is added has its line in one of the two tables."""
    nodes = [c for c in vars(ast).values() if isinstance(c, type) and issubclass(c, ast.Node) and c is not ast.Node]
    written = ("Name", "Name | None", "tuple[Name, ...]")
    named = {node: [f for f, kind in node.__annotations__.items() if kind in written] for node in nodes}
    assert any(named.values()), "annotations are read otherwise"
    for node, fields in named.items():
        thought_of = {**SORTS_OF.get(node, {}), **DECLARED.get(node, {})}
        assert [field for field in fields if field not in thought_of] == [], node.__name__


@pytest.mark.parametrize("path", sorted((SPECS / "drafts").glob("*.cbm")), ids=lambda path: path.stem)
def test_every_name_of_a_shipped_draft_stands_for_something(path: Path) -> None:
    occurrences = NamedPlaces(read_library([path]).documents)
    source = next(one.span.source for one in occurrences.documents.values() if one.span.source.name.endswith(path.name))
    for document in occurrences.documents_in(source):
        known = {one.span.start for one in occurrences.within(document)}
        tree = occurrences.documents[document]
        lost = {name.text for name in names_in((tree.header, *tree.statements)) if name.span.start not in known}
        assert lost <= {"flag", "party", *Dimension}  # what the language itself has


def names_in(part: object) -> list[ast.Name]:
    """All names but those of time zones, rules and empty figures."""
    match part:
        case ast.Name():
            return [part]
        case tuple():
            return [name for one in part for name in names_in(one)]
        case ast.Node():
            silent = {field for field, sorts in SORTS_OF.get(type(part), {}).items() if not sorts}
            fields = [f for f in part.__struct_fields__ if f not in {"span", *silent}]
            return [name for field in fields for name in names_in(getattr(part, field))]
        case _:
            return []


@pytest.mark.parametrize("named", ["strait", 'strait from "strait.cbm"'])
def test_a_text_that_is_saved_nowhere_yet_is_found_by_its_name(tmp_path: Path, named: str) -> None:
    vocabulary, _, rest = DRAFT.partition("\n\n")
    unsaved = {
        tmp_path / "strait.cbm": vocabulary.replace("vocabulary waters", "vocabulary strait"),
        tmp_path / "code.cbm": rest.replace("uses waters", f"uses {named}"),
    }
    library = read_library([tmp_path / "code.cbm"], unsaved=unsaved)
    assert (library.findings, "strait" in library.documents) == ((), True)
