"""Whole documents laid out: as they read, and that they can be checked."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from cbm.papers.paper import Paper, PaperParagraph, PaperTable, TrackedChange, TrackedKind, WordPiece
from cbm.papers.skeleton import skeleton
from cbm.papers.word_document import open_document, read_paper
from cbm.pipeline import run
from cbm.source import Source
from cbm.syntax.parse import parse
from tests.papers.written import code

BECAUSE = 'because "not formalised yet"'
LAID_OUT = Path(__file__).parent / "code.cbm.md"


def test_a_code_of_conduct(tmp_path: Path) -> None:
    paper = read_paper(open_document(code(tmp_path / "code.docx")), "code")
    told = skeleton(paper, "code.docx", {"li  wei": "CN"})
    assert told.text == LAID_OUT.read_text(encoding="utf-8")
    assert (told.paragraphs, told.provisions, told.unknown_authors, told.unread) == (14, 9, (), 0)


def test_it_can_be_checked_as_it_is_laid_out() -> None:
    report = run([LAID_OUT])
    assert (report.findings, report.unread, report.documents) == ((), (), 3)
    assert len(report.omissions) == 9
    assert any(told.startswith("open for negotiation: 2.1, CN's ") for told in report.background)
    assert any(told.startswith("open for negotiation: 2.2, ") for told in report.background)


def test_labels_are_written_so_that_they_are_read_as_meant() -> None:
    lines = ("Article 1 Scope", "1. x", "(a) y", "Article 2 Notices", "1. x", "(a) y")
    paragraphs = tuple(PaperParagraph(place, (WordPiece(words),)) for place, words in enumerate(lines, 1))
    text = skeleton(Paper("x", paragraphs), "x.docx").text
    assert [line.split()[2] for line in text.splitlines() if line.startswith("left")] == ["1", "1.1(a)", "1", "1(a)"]


def test_a_chinese_document_is_one() -> None:
    lines = ("第一条 目的", "一、双方应保持安全距离［中方：500米｜日方：1000米］。", "（一）不得瞄准。")
    paragraphs = tuple(PaperParagraph(place, (WordPiece(words),)) for place, words in enumerate(lines, 1))
    text = skeleton(Paper("准则", paragraphs), "zh.docx").text
    for line in ('draft zh zh "准则"', "  between CN, JP", 'article 1 zh "目的"', "  # [CN: 500米 | JP: 1000米]"):
        assert f"\n{line}\n" in text
    for more in ("第二条 双方会晤。", "第三条", "双方可以使用热线。"):
        paragraphs = (*paragraphs, PaperParagraph(len(paragraphs) + 1, (WordPiece(more),)))
    assert parse(Source("zh.cbm.md", skeleton(Paper("准则", paragraphs), "zh.docx").text))[1] == ()


def test_whose_changes_are_whose_is_asked_for() -> None:
    change = TrackedChange(TrackedKind.INSERTED, "Li Wei")
    told = skeleton(Paper("x", (PaperParagraph(1, (WordPiece("1. a", (change,)),)),)), "x.docx")
    assert told.unknown_authors == ("Li Wei",)
    assert '["Li Wei": 1. a]' in told.text
    assert '["Li Wei": left out 1 because "not formalised yet"]' in told.text


def test_options_and_rows_of_tables_are_laid_out_and_can_be_read() -> None:
    lines = ("第一条 通報", "選択肢1", "１．通報する。", "選択肢2（日本側提案）", "１．乙", "第二条 雑則")
    cells = (("番号", "中方案文", "日本側提案"), ("1", "丙", "丁"))
    places = count(1)
    paragraphs = [PaperParagraph(next(places), (WordPiece(words),)) for words in lines]
    rows = tuple(tuple((PaperParagraph(next(places), (WordPiece(words),)),) for words in row) for row in cells)
    text = skeleton(Paper("規範", (*paragraphs, PaperTable(rows))), "ja.docx").text
    file, findings = parse(Source("ja.cbm.md", text))
    assert findings == ()
    assert [len(choice.options) for choice in file.documents[0].choices] == [2, 2]
    assert [line for line in text.splitlines() if line.startswith(("#", "option", "left", "end"))] == [
        *("# 規範", "## 第一条 通報", "### 選択肢1", 'option 1 ja "選択肢1":', f"left out 1 {BECAUSE}"),
        *("### 選択肢2（日本側提案）", 'option JP ja "選択肢2":', f"left out 1 {BECAUSE}", "end of options"),
        *("## 第二条 雑則", "option CN:", f"left out 1 {BECAUSE}", "option JP:", f"left out 1 {BECAUSE}"),
        "end of options",
    ]


def test_a_cell_that_says_that_nothing_stands_there_is_an_option_without_clauses() -> None:
    cells = (
        ("No.", "China", "Japan"),
        ("1", "(deleted)", "Silence."),
        ("2", "Notice.", "削除"),
        ("3", "None of it.", "Both."),
    )
    places = count(1)
    rows = tuple(tuple((PaperParagraph(next(places), (WordPiece(words),)),) for words in row) for row in cells)
    text = skeleton(Paper("code", (PaperTable(rows),)), "a.docx").text
    assert parse(Source("a.cbm.md", text))[1] == ()
    assert [line for line in text.splitlines() if line.startswith(("option", "left", "end"))] == [
        *("option CN: delete", "option JP:", f"left out 1 {BECAUSE}", "end of options"),
        *("option CN:", f"left out 2 {BECAUSE}", "option JP: delete", "end of options"),
        *("option CN:", f"left out 3 {BECAUSE}", "option JP:", f"left out 3 {BECAUSE}", "end of options"),
    ]
