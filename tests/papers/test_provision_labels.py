"""Which label of the language a paragraph has, by its number and by those above it."""

from __future__ import annotations

import pytest

from cbm.papers.delegations import DelegationNames, party_titles
from cbm.papers.option_heads import PaperPassage
from cbm.papers.paper import Paper, PaperParagraph, WordPiece
from cbm.papers.provision_labels import numbered
from cbm.papers.table_rows import passages_of
from cbm.papers.typed_numbers import typed_number


def read(paragraphs: list[PaperParagraph]) -> list[PaperPassage]:
    return passages_of(Paper("x", tuple(paragraphs)), DelegationNames({}, party_titles()).proposer)


def labels(*lines: str) -> list[str]:
    """Of paragraphs with typed numbers, or with a counted one before a bar; `#` before a heading."""
    paragraphs = []
    for place, line in enumerate(lines, 1):
        number, bar, words = line.partition("|")
        heading = int(line.startswith("#"))
        said = (words if bar else line).removeprefix("#").strip()
        counted = number.removeprefix("#").strip() if bar else ""
        paragraphs.append(PaperParagraph(place, (WordPiece(said),), counted, heading=heading))
    return [
        f"article {one.label}: {one.title}"
        if one.is_article
        else f"heading: {one.title}"
        if one.is_heading
        else one.label
        for one in numbered(read(paragraphs))
    ]


def test_numbers_below_each_other() -> None:
    assert labels("1. A", "(a) b", "(i) c", "(ii) d", "(b) e", "2. F", "(a) g") == [
        *("1", "1(a)", "1(a)(i)", "1(a)(ii)", "1(b)", "2", "2(a)")
    ]


def test_a_letter_i_after_h_is_no_numeral() -> None:
    letters = [f"({letter}) x" for letter in "abcdefghij"]
    assert labels("1. A", *letters)[-3:] == ["1(h)", "1(i)", "1(j)"]


def test_dotted_numbers_say_where_they_are() -> None:
    assert labels("1. A", "1.1 b", "1.1.1 c", "(a) d", "1.2 e", "2. F") == ["1", "1.1", "1.1.1", "1.1.1(a)", "1.2", "2"]


def test_articles_stand_in_front() -> None:
    assert labels("Article 1 Scope", "1. A", "(a) b", "Article 2: Distances", "2.1 c", "2.2 d") == [
        *("article 1: Scope", "1.1", "1.1(a)", "article 2: Distances", "2.1", "2.2")
    ]


def test_a_count_before_an_ideographic_blank_is_a_number() -> None:
    """So paragraphs and items are numbered in Japanese statutes; the first paragraph has no number there."""
    statute = "第二条　船舶は離れる。", "２　前項は適用しない。", "一　遭難", "二　救助", "３　保持する。"
    assert labels(*statute) == ["2", "2.2", "2.2(1)", "2.2(2)", "2.3"]
    assert labels("第三条　通信", "１　呼び出す。", "２　応答する。") == ["article 3: 通信", "3.1", "3.2"]
    assert labels("二 隻の船舶は離れる。", "１０ 海里以内", "二隻　離れる。") == ["", "", ""]


def test_an_article_without_paragraphs_is_a_clause_itself() -> None:
    assert labels(
        "Article 4 The Parties shall meet every year.", "(a) in Tokyo;", "Article 5", "They pay.", "Both."
    ) == [*("4", "4(a)", "heading: Article 5", "5", "")]
    assert labels("Article 6 Costs", "They pay:", "(a) half;", "Article 7 Nobody pays") == [
        *("heading: Article 6 Costs", "6", "6(a)", "7")
    ]


def test_chinese_and_japanese_articles() -> None:
    assert labels(
        "第一条 目的", "一、双方应", "（一）甲", "第2条の2　通報", "１．乙", "①丙", "第三条 双方应当通报。"
    ) == [*("article 1: 目的", "1.1", "1.1(1)", "article 2.2: 通報", "2.2.1", "2.2.1(1)", "3")]


def test_counted_numbers_and_inserted_ones() -> None:
    assert labels("Article 3|Notices", "1.|A", "1 bis. B", "(a)|c", "•|d") == [
        *("article 3: Notices", "3.1", "3.1 bis", "3.1 bis(a)", "")
    ]


def test_headings_that_are_no_articles() -> None:
    assert labels("#Preamble", "words", "#1. Scope", "1.1 A", "#Annex", "I. B") == [
        *("heading: Preamble", "", "article 1: Scope", "1.1", "heading: Annex", "I")
    ]


def test_what_can_be_no_label_says_why() -> None:
    paragraphs = [PaperParagraph(n, (WordPiece(words),)) for n, words in enumerate(("(a) x", "1. y", "1. z"), 1)]
    assert [(one.label, one.problem) for one in numbered(read(paragraphs))] == [
        ("", "a clause cannot have the number (a)"),
        ("1", ""),
        ("", "the number 1 stands at another paragraph, too"),
    ]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("1. x", "1."),
        ("3.2 x", "3.2"),
        ("5 bis x", "5 bis"),
        ("(iv) x", "(iv)"),
        ("a) x", "a)"),
        ("１．甲", "１．"),
        ("（二）甲", "（二）"),
        ("500 m or more", ""),
        ("2019-10-01", ""),
        ("1,000 m", ""),
        ("1.5 km apart", "1.5"),  # a number to the eye as well
        ("A ship", ""),
        ("I agree", ""),
        ("(see above)", ""),
    ],
)
def test_what_is_typed_as_a_number(words: str, number: str) -> None:
    assert typed_number(words) == number
