"""What stands in Word documents beside plain words: it is read, or told at its place."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from cbm.finding import Misuse
from cbm.papers.paper import MarginNote, Paper, PaperTable, TrackedChange, TrackedKind, UnreadPart
from cbm.papers.word_document import open_document, read_paper
from tests.papers.written import MAIN, Written, inserted, run_xml


def read(document: Written, folder: Path) -> Paper:
    return read_paper(open_document(document.save(folder / "a.docx")), "a")


def words_of(xml: str, folder: Path) -> str:
    """The words of a paragraph, with what was not read in square brackets."""
    document = Written()
    document.paragraph("", None, xml)
    (paragraph,) = read(document, folder).paragraphs
    return "".join(f"[{piece.unread}]" if piece.unread else piece.text for piece in paragraph.pieces)


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (
            "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>",
            "a b\nc\u2011d",
        ),
        (f"<w:hyperlink>{run_xml('linked')}</w:hyperlink>", "linked"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run_xml('chosen')}</w:sdtContent></w:sdt>", "chosen"),
        (f'<w:smartTag w:element="x">{run_xml("tagged")}</w:smartTag>', "tagged"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF x</w:instrText></w:r><w:r><w:t>3.2</w:t></w:r>',
            "3.2",
        ),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>かん</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>艦</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "(かん)艦",
        ),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>', "[a sign of a symbol font (Wingdings F0E0)]"),
        (
            f"<w:r><w:pict><w:p>{run_xml('boxed')}</w:p></w:pict></w:r>",
            "[a picture or drawing, with the words “boxed”]",
        ),
        (
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x=1</m:t></m:r></m:oMath>',
            "[a formula, with the words “x=1”]",
        ),
        ('<w:r><w:footnoteReference w:id="9"/></w:r>', "[a note]"),
        ("<w:unheard><w:r><w:t>of</w:t></w:r></w:unheard>", "[something that Word calls unheard, with the words “of”]"),
    ],
)
def test_what_a_paragraph_can_hold(xml: str, words: str, tmp_path: Path) -> None:
    assert words_of(xml, tmp_path) == words


def test_changes_moves_and_the_ends_of_paragraphs(tmp_path: Path) -> None:
    document = Written()
    moved = inserted("to here", "JP").replace("w:ins", "w:moveTo")
    document.paragraph("", None, moved + inserted(" and this", "CN"))
    joined = document.paragraph("joined")
    from docx.oxml import parse_xml

    joined.get_or_add_pPr().append(parse_xml(f'<w:rPr {MAIN}><w:del w:id="1" w:author="CN"/></w:rPr>'))
    document.paragraph("", None, '<w:r><w:rPr><w:rPrChange w:id="2" w:author="KR"/></w:rPr><w:t>bold</w:t></w:r>')
    first, second, third = read(document, tmp_path).paragraphs
    assert [piece.changes for piece in first.pieces] == [
        (TrackedChange(TrackedKind.INSERTED, "JP"),),
        (TrackedChange(TrackedKind.INSERTED, "CN"),),
    ]
    assert second.unread == ("that CN joins it with the next paragraph",)
    assert third.unread == ("a change of form by KR",)


def test_comments_notes_headers_and_tables(tmp_path: Path) -> None:
    document = Written()
    noted = document.paragraph("", None, run_xml("noted") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    document.comment(noted, "Why?", "Sato")
    document.footnotes("A note.")
    document.document.sections[0].header.paragraphs[0].text = "Draft 3"
    table = document.document.add_table(1, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "joined"
    table.cell(0, 2).add_table(1, 1).cell(0, 0).text = "inner"
    paper = read(document, tmp_path)
    assert paper.paragraphs[0].words == "noted (footnote 1)"
    assert paper.paragraphs[0].all_words == "noted"
    assert {note.name for note in paper.paragraphs[0].notes} == {"footnote 1", "comment by Sato"}
    assert paper.around == (MarginNote("above the pages", "Draft 3"),)
    (found,) = (block for block in paper.blocks if isinstance(block, PaperTable))
    assert [[[one.words for one in cell if one.words] for cell in row] for row in found.rows] == [
        [["joined"], ["inner"]]
    ]
    assert found.unread == ("that cells are joined", "that a table stands in a cell")


def test_what_stands_in_the_body_and_is_not_known(tmp_path: Path) -> None:
    document = Written()
    from docx.oxml import parse_xml

    body = document.document.element.body
    body.insert(0, parse_xml(f"<w:altChunk {MAIN}/>"))
    assert read(document, tmp_path).blocks == (UnreadPart("something that Word calls altChunk"),)


def test_what_is_no_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match=r"cannot read `.*none\.docx`: no such file or directory"):
        open_document(tmp_path / "none.docx")
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 broken")
    with ZipFile(tmp_path / "b.docx", "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    for name in ("a.docx", "b.docx"):
        with pytest.raises(Misuse, match="is no Word document that can be read"):
            open_document(tmp_path / name)
