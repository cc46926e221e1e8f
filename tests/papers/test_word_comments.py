"""Findings as comments: where they stand, what they say, and that nothing else of the document is changed."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from xml.etree.ElementTree import canonicalize

import pytest

from cbm.papers.comment_words import comments_of
from cbm.papers.paper import PaperParagraph
from cbm.papers.skeleton import skeleton
from cbm.papers.word_comments import with_comments
from cbm.papers.word_document import open_document, read_paper
from cbm.pipeline import run
from cbm.report import Report
from tests.papers.written import Written, code, parts_of

CLAUSES = {
    'left out 1 because "not formalised yet"\n  # [CN: 500 m': (
        "clause 1 a military_aircraft meeting a warship must keep separation >= [CN: 500 m"
    ),
    'left out 2 because "not formalised yet"\n  # [500 m | JP: 1,000 m]\n  # [CN: by day]': (
        "clause 2 every unit must keep separation <= 300 m"
    ),
}
REFERENCE = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{}"/></w:r>'
OURS = '<w:commentRange(?:Start|End) w:id="{}"/>|' + REFERENCE


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """A document, and what is found in two of its paragraphs."""
    folder = tmp_path_factory.mktemp("papers")
    document = code(folder / "code.docx")
    text = skeleton(read_paper(open_document(document), "code"), "code.docx", {"Li Wei": "CN"}).text
    for written, clause in CLAUSES.items():
        assert written in text
        text = text.replace(written, clause)
    (folder / "code.cbm.md").write_text(text, encoding="utf-8")
    return document, run([folder / "code.cbm.md"])


def comments_in(path: Path) -> list[tuple[str, str]]:
    """Of each paragraph with comments, the beginning of its words and of each comment."""
    paragraphs = read_paper(open_document(path), "x").paragraphs
    return [(one.words[:12], note.words.split("\n")[0][:45]) for one in paragraphs for note in one.notes]


def test_they_stand_at_their_paragraphs(checked: tuple[Path, Report], tmp_path: Path) -> None:
    document, report = checked
    commented = with_comments(report, document)
    (tmp_path / "b.docx").write_bytes(commented.content)
    assert (commented.findings, commented.without_place) == (1, 0)
    assert comments_in(tmp_path / "b.docx")[:2] == [
        ("Code for enc", "“Code for encounters” cannot stand as it is: "),
        ("Aircraft sha", "1. Error: clauses 1.1 and 1.2 cannot both be "),
    ]


def test_what_has_no_clause_is_not_called_fine(checked: tuple[Path, Report]) -> None:
    document, report = checked
    first = comments_of(report, read_paper(open_document(document), "x"))[0]
    assert "7 provisions have no clause yet, and nothing is said of them." in first.lines


def test_nothing_else_is_changed(checked: tuple[Path, Report], tmp_path: Path) -> None:
    document, report = checked
    (tmp_path / "b.docx").write_bytes(with_comments(report, document).content)
    before, after = parts_of(document), parts_of(tmp_path / "b.docx")
    assert list(after) == list(before)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"word/document.xml", "word/comments.xml"}
    ours = OURS.replace("{}", "[1-9]")  # 0 is the comment that was there
    body = re.sub(ours, "", after["word/document.xml"].decode())
    assert canonicalize(body) == canonicalize(before["word/document.xml"].decode())
    comments = canonicalize(before["word/comments.xml"].decode())
    assert canonicalize(after["word/comments.xml"].decode()).startswith(comments.removesuffix("</w:comments>"))


def test_a_document_without_comments_gets_its_first(checked: tuple[Path, Report], tmp_path: Path) -> None:
    plain = Written()
    plain.paragraph("2. Something else")
    document = plain.save(tmp_path / "a.docx")
    commented = with_comments(checked[1], document)
    (tmp_path / "b.docx").write_bytes(commented.content)
    before, after = parts_of(document), parts_of(tmp_path / "b.docx")
    changed = {name for name in after if before.get(name) != after[name]}
    lists = {"[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert changed == {"word/document.xml", "word/comments.xml", *lists}
    assert commented.without_place == 1
    assert [words for words, _ in comments_in(tmp_path / "b.docx")] == ["2. Something", "2. Something"]


def test_a_paragraph_is_found_again_when_others_came_before_it(checked: tuple[Path, Report], tmp_path: Path) -> None:
    later = Written()
    for words in ("New", "Aircraft shall keep a distance of [CN: 500 m] [JP: 1,000 m] from ships.", "Last"):
        later.paragraph(words)
    (tmp_path / "b.docx").write_bytes(with_comments(checked[1], later.save(tmp_path / "a.docx")).content)
    assert [words for words, _ in comments_in(tmp_path / "b.docx")] == ["New", "Aircraft sha"]


def test_a_changed_paragraph_is_found_by_its_number(checked: tuple[Path, Report], tmp_path: Path) -> None:
    later = Written()
    for words in ("Article 1 Distances", "1. Aircraft keep away.", "2. Ships as well."):
        later.paragraph(words)
    (tmp_path / "b.docx").write_bytes(with_comments(checked[1], later.save(tmp_path / "a.docx")).content)
    assert [words for words, _ in comments_in(tmp_path / "b.docx")] == ["Article 1 Di", "2. Ships as "]


def test_laid_out_again_it_is_the_same_with_these_comments(checked: tuple[Path, Report], tmp_path: Path) -> None:
    document, report = checked
    (tmp_path / "b.docx").write_bytes(with_comments(report, document).content)

    def said(path: Path) -> list[PaperParagraph]:
        return list(read_paper(open_document(path), "x").paragraphs)

    first, again = said(document), said(tmp_path / "b.docx")
    assert [(one.pieces, one.number, one.digest) for one in first] == [(o.pieces, o.number, o.digest) for o in again]
    kept = [note for one in again for note in one.notes if note.name != "comment by cbm"]
    assert kept == [note for one in first for note in one.notes]


def test_findings_stand_in_the_cells_that_they_are_about(tmp_path: Path) -> None:
    written = Written()
    written.paragraph("Article 1 Distances")
    table = written.document.add_table(3, 3)
    rows = (("No.", "Text", "Japan"), ("1", "Aircraft keep 1 km.", ""), ("2", "All stay near.", "All keep 2 km."))
    for one, words in zip(table._cells, chain(*rows), strict=True):
        one.text = words
    document = written.save(tmp_path / "a.docx")
    text = skeleton(read_paper(open_document(document), "a"), "a.docx").text
    away, near = "must keep separation >= 1,000 m", "must keep separation <= 300 m"
    for clause in (f"1 a military_aircraft meeting a warship {away}", f"2 every unit {near}", f"2 every unit {away}"):
        text = re.sub(f"left out {clause[0]} .*", f"clause {clause}", text, count=1)
    (tmp_path / "a.cbm.md").write_text(text, encoding="utf-8")
    commented = with_comments(run([tmp_path / "a.cbm.md"], select=["conflict"]), document)
    (tmp_path / "b.docx").write_bytes(commented.content)
    assert (commented.findings, commented.without_place) == (1, 0)
    found = comments_in(tmp_path / "b.docx")
    assert found[1] == ("Aircraft kee", "1. Error: clauses 1.1 and 1.2 cannot both be ")
    before, after = parts_of(document), parts_of(tmp_path / "b.docx")
    body = re.sub(OURS.replace("{}", "[0-9]"), "", after["word/document.xml"].decode())
    assert canonicalize(body) == canonicalize(before["word/document.xml"].decode())
