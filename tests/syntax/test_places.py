"""Every node knows where it is written: exactly its own words, with neither blanks nor comments around them."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.source import Source, Span
from cbm.syntax.ast import (
    ActDeclaration,
    AttributeBlock,
    Both,
    DemandNode,
    ExpectDuty,
    KindDeclaration,
    Name,
    NormClause,
    ResultDeclaration,
    TermDeclaration,
    TextHeader,
)
from cbm.syntax.parse import parse
from tests.fields import field_names
from tests.syntax.reading import clause, condition, declared, documents, expected

SAMPLE = """\
# before
vocabulary v "V"  uses w from "w.cbm"   # after

kind k "K" = a1 "A" zh "甲"   # one
   | b1   # two

each   # which
  party "P" : party   # mine
  深さ : length from 0 m to ( 5 + 1 ) * 1 km  # yours
act x, y stating nature   topic t  # end
result each r "R" : angle topic t
term tt is 1 when  not p , 2 otherwise
term c means ( p or q )  and own is not a ship  and (own.d) + 1 < 2 * -( 3 )
draft d rank treaty in force 2020-01-01  # header
  subject to 3  of  x

clause 2 "Title" # what
  when p   a warship or drone  meeting an aircraft
  must   lase , keep s >= 1 m   stating n , o  unless p  # until here
  otherwise  may lase   stating n
  source "S"   seen  text
# trailing

cases
case "one"  as of 2020-01-01
given p
expect own must lase   stating n   by 3  # done
"""


def nodes(node: object) -> Iterator[tuple[object, Span]]:
    """Everything in a tree that has a place, with it."""
    if isinstance(node, tuple):
        for part in node:
            yield from nodes(part)
    elif field_names(node) and not isinstance(node, Span | Source):
        span = getattr(node, "span", None)
        if isinstance(span, Span):
            yield node, span
        for name in field_names(node):
            yield from nodes(getattr(node, name))


def test_no_node_has_blanks_or_comments_at_its_ends() -> None:
    source = Source("sample.cbm", SAMPLE)
    file, findings = parse(source)
    assert findings == ()
    placed = list(nodes(file.documents))
    assert len(placed) > 100
    for node, span in placed:
        assert span.source is source
        assert span.text, node
        assert span.text == span.text.strip(), node
        assert not span.text.startswith("#"), node
        assert "#" not in span.text.rsplit("\n", 1)[-1], node


def test_a_part_lies_within_the_whole() -> None:
    file, _ = parse(Source("sample.cbm", SAMPLE))
    for document in file.documents:
        for statement in (document.header, *document.statements):
            for node, span in nodes(statement):
                assert statement.span.start <= span.start <= span.end <= statement.span.end, node
                assert document.span.start <= span.start <= span.end <= document.span.end, node


def test_names_have_exactly_their_own_place() -> None:
    file, _ = parse(Source("sample.cbm", SAMPLE))
    found = [node for node, _ in nodes(file.documents) if isinstance(node, Name)]
    assert all(name.span.text == name.text for name in found)
    assert {"w", "a1", "party", "深さ", "nature", "own", "x"} <= {name.text for name in found}


def test_statements() -> None:
    (first, second, third) = documents(SAMPLE)
    assert first.header.span.text == 'vocabulary v "V"  uses w from "w.cbm"'
    assert first.statements[0].span.text == 'kind k "K" = a1 "A" zh "甲"   # one\n   | b1'
    assert first.statements[2].span.text == "act x, y stating nature   topic t"
    assert second.header.span.text.endswith("subject to 3  of  x")
    (norm,) = second.statements
    assert norm.span.text.startswith('clause 2 "Title"')
    assert norm.span.text.endswith('source "S"   seen  text')
    assert third.statements[-1].span.text == "expect own must lase   stating n   by 3"
    assert third.span.text == SAMPLE[SAMPLE.index("cases") : SAMPLE.index("  # done")]


def test_parts_of_a_vocabulary() -> None:
    (document, *_) = documents(SAMPLE)
    kind, block, act, result, table, _ = document.statements
    assert isinstance(kind, KindDeclaration)
    assert [member.span.text for member in kind.members] == ['a1 "A" zh "甲"', "b1"]
    assert [title.span.text for title in kind.members[0].titles] == ['"A"', 'zh "甲"']
    assert isinstance(block, AttributeBlock)
    assert [attribute.sort.span.text for attribute in block.attributes] == [
        "party",
        "length from 0 m to ( 5 + 1 ) * 1 km",
    ]
    assert isinstance(act, ActDeclaration)
    assert isinstance(result, ResultDeclaration)
    assert result.sort.span.text == "angle"
    assert isinstance(table, TermDeclaration)
    assert isinstance(table.meaning, tuple)
    assert [row.span.text for row in table.meaning] == ["1 when  not p", "2 otherwise"]


def test_an_expression_includes_its_brackets() -> None:
    tree = condition("( p or q )  and own is not a ship  and (own.d) + 1 < 2 * -( 3 )")
    assert isinstance(tree, Both)
    assert [part.span.text for part in tree.parts] == ["( p or q )", "own is not a ship", "(own.d) + 1 < 2 * -( 3 )"]


def test_a_demand_goes_from_the_modal_to_what_is_stated() -> None:
    (_, document, _) = documents(SAMPLE)
    (norm,) = document.statements
    assert isinstance(norm, NormClause)
    assert norm.bearer.span.text == "a warship or drone  meeting an aircraft"
    assert norm.conditions[0].span.text == "p"
    assert norm.demand.span.text == "must   lase , keep s >= 1 m   stating n , o"
    assert [item.span.text for item in norm.demand.items] == ["lase", "keep s >= 1 m"]
    assert norm.otherwise[0].span.text == "may lase   stating n"
    assert norm.citations[0].span.text == 'source "S"   seen  text'


def demand_of(text: str) -> DemandNode:
    statement = clause(text)
    assert isinstance(statement, NormClause)
    return statement.demand


def test_what_is_stated_further_on_does_not_stretch_the_demand() -> None:
    assert demand_of("clause 1 JP must lase").span.text == "must lase"
    assert demand_of("clause 1 JP must lase unless p stating n").span.text == "must lase"
    assert demand_of("clause 1 JP must lase stating n stating o unless p").span.text == "must lase stating n stating o"
    duty = expected("expect own must lase stating n by 3")
    assert isinstance(duty, ExpectDuty)
    assert duty.demand.span.text == "must lase stating n"
    assert duty.by[0].span.text == "3"


def test_references_and_headers() -> None:
    (_, document, _) = documents(SAMPLE)
    header = document.header
    assert isinstance(header, TextHeader)
    assert header.dates[0].span.text == "in force 2020-01-01"
    assert header.subject_to[0].span.text == "3  of  x"


def test_lines_and_columns_are_those_of_the_file() -> None:
    statement = declared('\n\n  party CN\n    zh "中国"   ja "中"')
    assert statement.span.begin == (4, 3)
    assert statement.span.finish == (5, 21)
