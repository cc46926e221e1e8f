"""Which paragraphs are heads of options, which of them stand against each other, and where the last option ends."""

from __future__ import annotations

import pytest

from cbm.papers.delegations import DelegationNames, party_titles
from cbm.papers.option_heads import passage_of
from cbm.papers.paper import Paper, PaperParagraph, WordPiece
from cbm.papers.provision_labels import numbered
from cbm.papers.table_rows import passages_of


def paragraphs(*lines: str) -> tuple[PaperParagraph, ...]:
    """Of lines; `#` before headings, as often as they are deep."""
    return tuple(
        PaperParagraph(place, (WordPiece(line.lstrip("#")),), heading=len(line) - len(line.lstrip("#")))
        for place, line in enumerate(lines, 1)
    )


def laid_out(*lines: str) -> str:
    """Each paragraph by its label, `-` for none, with `[`, `|` and `]` where options begin and end, `?` for a guess."""
    read = passages_of(Paper("x", paragraphs(*lines)), DelegationNames({}, party_titles()).proposer)
    told = []
    for one in numbered(read):
        told.append(("[" if one.option.begins else "|") if one.option else "")
        told.append("A" * one.is_article + "H" * one.is_heading + (one.label or ("x" if one.problem else "-")))
        told.append("]" * one.ends_options + "?" * one.is_end_guessed)
    return " ".join(filter(None, told))


@pytest.mark.parametrize(
    ("line", "called"),
    [
        ("Option 1", "option 1"),
        ("[OPTION 2:]", "option 2"),
        ("Alternative A (China)", "alternative 1 China"),
        ("Alt. III", "alt. 3"),
        ("备选案文一：", "备选案文 1"),
        ("備選案文二（中方）", "備選案文 2 中方"),
        ("選択肢１", "選択肢 1"),
        ("甲案", "案 1"),
        ("第2案", "案 2"),
        ("Ｂ案（日本）", "案 2 日本"),
        ("#Option 1 Distances by agreement", "option 1 “Distances by agreement”"),
        ("Option 1: distances by agreement", "option 1 “distances by agreement”"),
        ("Option 2: (deleted)", "option 2 delete"),
        ("选项二：删除", "选项 2 delete"),
        ("選択肢2：削除", "選択肢 2 delete"),
    ],
)
def test_heads(line: str, called: str) -> None:
    passage = passage_of(paragraphs(line)[0])
    head = passage.head
    assert head is not None
    told = [head.form, str(head.count), head.who, f"“{head.title}”" if head.title else "", "delete" * head.deletes]
    assert " ".join(filter(None, told)) == called
    assert passage.read.words == ""


@pytest.mark.parametrize(
    "line",
    [
        "Option 1 is preferred by China.",
        "Options 1 and 2",
        "Option one",
        "案1の説明は次のとおり。",
        "方案",
        "Alternatives",
    ],
)
def test_what_is_no_head(line: str) -> None:
    assert passage_of(paragraphs(line)[0]).head is None


def test_what_an_option_says_on_its_line_is_a_provision() -> None:
    assert passage_of(paragraphs("2. Option 1: Ships report.")[0]).read.words == "2. Ships report."
    assert passage_of(paragraphs("[Option 1: Ships report.]")[0]).read.words == "Ships report."


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            ("Article 1 A", "1. a", "##Option 1", "2. b", "3. c", "##Option 2", "2. d", "Article 2 B", "1. e"),
            "A1 1.1 [ - 1.2 1.3 | - 1.2 ] A2 2.1",
        ),
        (
            ("1. a", "Option 1", "2. b", "(a) c", "Option 2", "2. d", "(a) e", "(b) f", "3. g"),
            "1 [ - 2 2(a) | - 2 2(a) 2(b) ]? 3",
        ),
        (
            ("Article 4", "Option A", "They meet.", "Option B", "They do not.", "Article 5 They end."),
            "H- [ - 4 | - 4 ] 5",
        ),
        (
            ("Option 1", "Article 3 A", "1. a", "Option 2", "Article 3 B", "1. b", "Article 4 C", "1. c"),
            "[ - A3 3.1 | - A3 3.1 ] A4 4.1",
        ),
        (("Article 3 Option 1: A", "1. a", "Article 3 Option 2: B", "1. b"), "[ A3 3.1 | A3 3.1 ]"),
        (("1. a", "Option 1: ships report.", "Option 2: ships call.", "2. b"), "1 [ x | x ]? 2"),
        (
            ("Option 1", "1. a", "Alternative A", "2. b", "Alternative B", "2. c", "Option 2", "1. d"),
            "[ - 1 - 2 - x | - 1 ]",
        ),
        (
            ("Article 1 A", "Option 1", "1. a", "Article 2 B", "Option 1", "1. b", "Option 2", "1. c"),
            "A1 [ - 1.1 ] A2 [ - 2.1 | - 2.1 ]",
        ),
        (
            ("第一条 甲", "備選案文一", "一、乙", "備選案文二", "一、丙", "第二条 丁", "一、戊"),
            "A1 [ - 1.1 | - 1.1 ] A2 2.1",
        ),
    ],
)
def test_choices(lines: tuple[str, ...], told: str) -> None:
    assert laid_out(*lines) == told
