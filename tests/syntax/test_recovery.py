"""One message for one mistake: reading goes on at the next statement, and a lost header takes nothing with it."""

from __future__ import annotations

import pytest

from cbm.source import Source
from cbm.syntax.ast import NormClause, PartyDeclaration
from cbm.syntax.parse import parse
from tests.syntax.reading import said


def labels(text: str) -> list[str]:
    """The labels of the clauses that were read in spite of what is wrong."""
    file, findings = parse(Source("text.cbm", text))
    assert findings
    return [
        statement.label
        for document in file.documents
        for statement in document.statements
        if isinstance(statement, NormClause)
    ]


TWO_MISTAKES = """\
draft d
clause 1 every unit must report
clause 2 every unit report
clause 3 every unit must report
  unless p and q or r
  in place of 2
clause 4 every unit must report
"""


def test_two_mistakes_give_two_messages() -> None:
    messages = said(TWO_MISTAKES)
    assert [message.split(" ")[0] for message in messages] == ["3:21", "5:18"]
    assert labels(TWO_MISTAKES) == ["1", "4"]


def test_findings_come_in_the_order_of_places() -> None:
    text = "vocabulary v\nclause 1 JP must report\nparty\nclause 2 JP must report\nparty when\n"
    assert [message.split(" ")[0] for message in said(text)] == ["2:1", "3:1", "4:1", "5:7"]


HEADERS = [
    "draft",
    "draft 5",
    "draft d\n  rank high",
    "draft d\n  between CN\n  between JP",
    "darft d",
    "draft d \u202e",
    'draft d "open',
]


@pytest.mark.parametrize("header", HEADERS)
def test_after_a_broken_header_its_statements_are_not_misplaced(header: str) -> None:
    text = f"{header}\nclause 1 every unit must report\nclause 2 every unit must report\n"
    assert len(said(text)) == 1
    assert len(said(f"vocabulary v\nparty CN\n{text}")) == 1
    file, _ = parse(Source("text.cbm", f"{text}\nvocabulary v\nparty CN"))
    assert [document.header.span.text for document in file.documents][-1] == "vocabulary v"


def test_a_broken_header_keeps_its_kind() -> None:
    assert [message.split(" ")[0] for message in said("draft\nclause 1 every unit must x\nparty CN")] == ["1:1", "3:1"]


def test_a_mistake_before_a_misspelt_word_is_told_too() -> None:
    messages = said("draft d\nclause 1 every unit\nclasue 2 every unit must report\nclause 3 JP must report")
    assert messages == [
        "2:16 expected `must`, `should`, `may` … or `when` after `every unit`",
        "3:1 no statement begins with `clasue`: did you mean `clause`?",
    ]


def test_a_misspelt_word_leaves_the_statement_before_it_whole() -> None:
    assert labels("draft d\nclause 1 JP must report\nclasue 2 JP must report\nclause 3 JP must report") == [
        "1",
        "2",
        "3",
    ]


def test_each_line_that_begins_with_the_same_misspelt_word_is_told() -> None:
    told = "no statement begins with `clasue`: did you mean `clause`?"
    lines = ("clasue 1 JP must report", "  clasue 2 JP must report", "clasue 3 JP must report", "clause 4 x must y")
    text = "\n".join(("draft d uses sea", *lines))
    assert said(text) == [f"2:1 {told}", f"3:3 {told}", f"4:1 {told}"]
    assert labels(text) == ["1", "2", "3", "4"]


def test_a_misspelt_header_begins_its_document() -> None:
    assert said("vocabulary v\nparty CN\nintrument d\nclause 1 JP must report") == [
        "3:1 no statement begins with `intrument`: did you mean `instrument`?"
    ]


def test_a_misspelt_case_is_one() -> None:
    assert said('cases\ncsae "x"\ngiven p\nexpect q') == ["2:1 no statement begins with `csae`: did you mean `case`?"]


def test_words_for_statements_in_other_languages_are_told_what_begins_them() -> None:
    told = "no statement begins with `{}`: did you mean `{}`?".format
    assert said("草案 code uses sea\nclause 1 JP must call") == [f"1:1 {told('草案', 'draft')}"]
    for word in ("条款", "条項"):
        assert said(f"draft code uses sea\n{word} 1 JP must call") == [f"2:1 {told(word, 'clause')}"]


def test_a_broken_case_is_one() -> None:
    assert said("cases\ncase x\ngiven p\nexpect q") == ['2:6 a title stands in quotes: write `"x"`']


def test_an_open_text_ends_with_its_line() -> None:
    file, findings = parse(Source("text.cbm", 'vocabulary v\nparty CN "China\nparty JP "Japan"\nparty KR'))
    assert [finding.primary.span.begin for finding in findings] == [(2, 10)]
    assert [type(statement) for statement in file.documents[0].statements] == [PartyDeclaration] * 3
    assert findings[0].primary.span.text == '"China'


def test_one_missing_header_is_told_once() -> None:
    assert len(said("clause 1 JP must report\nclause 2 JP must report\nparty CN")) == 1


def test_a_misplaced_statement_shows_where_its_document_begins() -> None:
    _, (finding,) = parse(Source("text.cbm", "draft d\nparty CN"))
    assert finding.primary.span.text == "party"
    assert [(label.span.text, label.text) for label in finding.related] == [("draft", "the `draft` begins here")]


def test_a_misplaced_statement_with_a_mistake_is_told_once() -> None:
    assert said("draft d\nparty when") == ["2:7 `when` is a word of the language; choose another name"]


def test_a_misplaced_statement_is_not_part_of_the_document() -> None:
    file, _ = parse(Source("text.cbm", "draft d\nparty CN\nclause 1 JP must report"))
    assert [type(statement) for statement in file.documents[0].statements] == [NormClause]


def test_the_rest_of_a_statement_is_read_as_its_beginning_is_advised() -> None:
    text = "draft d\nclause 1 every unit must report not later than 24 h after contact\n  unless\nclause when"
    assert [message.split(" →")[0] for message in said(text)] == [
        "2:33 `not later than 24 h after` is not how it is written: write `within 24 h after`",
        "3:3 expected a condition after `unless`",
        "4:8 a clause needs a label: expected one such as `3.2` after `clause`, not `when`",
    ]


@pytest.mark.parametrize("text", ["", " \n\t\n", "# only a remark", "\ufeff", "\r\n# a\r\n"])
def test_nothing_written_is_nothing_wrong(text: str) -> None:
    assert said(text) == []


def test_after_many_mistakes_the_rest_is_not_read() -> None:
    messages = said("vocabulary v\n" + "party\n" * 1_500)
    assert len(messages) == 1_001
    assert messages[-1] == "1002:1 1,000 mistakes were found; what follows was not read"


def test_eight_slips_of_one_statement_give_eight_messages() -> None:
    text = "draft d\nclause 1 both parties where fog & night mustn't keep separation of at least 1 000 metres;"
    assert said(text) == [
        "2:10 `both parties` is not how it is written: write `each party`",
        "2:23 `where` is not a word of the language: write `when`",
        "2:33 `&` is not a sign of the language: write `and`",
        "2:41 `mustn't` is not a word of the language: write `must not`",
        "2:68 `at least` is not how quantities are compared → write `separation >= 1`",
        "2:79 `1 000` are two numbers → write thousands with a comma, as in `1,000`",
        "2:83 unknown unit `metres`, did you mean `m`?",
        "2:89 `;` is not needed: a statement ends without a semicolon",
    ]


def test_what_is_meant_stands_in_the_document_at_the_places_of_what_is_written() -> None:
    text = "draft d\nclause 1 both parties where fog mustn't lase unless night"
    file, findings = parse(Source("text.cbm", text))
    (clause,) = file.documents[0].statements
    assert isinstance(clause, NormClause)
    assert [finding.primary.span.text for finding in findings] == ["both parties", "where", "mustn't"]
    assert [part.span.text for part in (clause.bearer, *clause.conditions, *clause.exceptions)] == [
        "both parties",
        "fog",
        "night",
    ]
    assert clause.demand.span.text == "mustn't lase"


def test_a_title_without_quotes_is_called_one() -> None:
    assert said("draft d\narticle 3 Safe distance\nclause 1 every unit must report") == [
        '2:11 a title stands in quotes: write `"Safe distance"`'
    ]
