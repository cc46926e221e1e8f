"""Word documents made for tests: paragraphs with numbers, tracked changes, comments, notes, tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

MAIN = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ARTICLES = "900"  # a list of four levels: Article 1, 1., (a), (i)
_LEVELS = (("decimal", "Article %1"), ("decimal", "%2."), ("lowerLetter", "(%3)"), ("lowerRoman", "(%4)"))


def level_xml(depth: int, form: str, text: str, more: str = "") -> str:
    counted = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{counted}</w:lvl>'


def run_xml(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def inserted(words: str, author: str) -> str:
    return f'<w:ins w:id="70" w:author="{author}">{run_xml(words)}</w:ins>'


def deleted(words: str, author: str) -> str:
    inside = run_xml(words).replace("w:t>", "w:delText>").replace("w:t ", "w:delText ")
    return f'<w:del w:id="71" w:author="{author}">{inside}</w:del>'


class Written:
    """A document while it is written."""

    def __init__(self) -> None:
        self.document: WordDocument = Document()
        self.add_list(ARTICLES, "".join(level_xml(n, form, text) for n, (form, text) in enumerate(_LEVELS)))

    def add_list(self, name: str, levels: str, overrides: str = "", *, of: str = "") -> None:
        """A list with its levels; `of`: it counts on with another one."""
        numbering = self.document.part.numbering_part.element
        if not of:
            numbering.insert(0, parse_xml(f'<w:abstractNum {MAIN} w:abstractNumId="{name}">{levels}</w:abstractNum>'))
        content = f'<w:abstractNumId w:val="{of or name}"/>{overrides}'
        numbering.append(parse_xml(f'<w:num {MAIN} w:numId="{name}">{content}</w:num>'))

    def paragraph(self, words: str = "", level: int | None = None, xml: str = "", **more: Any) -> Any:
        """A paragraph of words or of runs in XML, on a level of a list; its element."""
        element = self.document.add_paragraph(words, style=more.get("style"))._p
        if level is not None:
            counted = f'<w:ilvl w:val="{level}"/><w:numId w:val="{more.get("of", ARTICLES)}"/>'
            element.get_or_add_pPr().append(parse_xml(f"<w:numPr {MAIN}>{counted}</w:numPr>"))
        for one in list(parse_xml(f"<w:p {MAIN}>{xml}</w:p>")):
            element.append(one)
        return element

    def comment(self, element: Any, words: str, author: str) -> None:
        paragraph = next(one for one in self.document.paragraphs if one._p is element)
        self.document.add_comment(paragraph.runs, text=words, author=author, initials="")

    def footnotes(self, *notes: str) -> None:
        """Footnotes 2, 3 …, behind the two that every document has."""
        lines = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        lines += "".join(
            f'<w:footnote w:id="{number}"><w:p>{run_xml(words)}</w:p></w:footnote>'
            for number, words in enumerate(notes, 2)
        )
        content = f"<w:footnotes {MAIN}>{lines}</w:footnotes>".encode()
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, content, self.document.part.package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def save(self, path: Path) -> Path:
        self.document.save(str(path))
        return path


def parts_of(path: Path) -> dict[str, bytes]:
    """The parts of a document by name, as their bytes are."""
    with ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def code(path: Path) -> Path:
    """A small code of conduct as delegations negotiate it."""
    written = Written()
    written.document.add_heading("Code for encounters", 0)
    written.paragraph("The Parties, recalling *their* obligations [and <other> rules],")
    written.paragraph("Distances", 0, style="Heading 1")
    written.paragraph("Aircraft shall keep a distance of [CN: 500 m] [JP: 1,000 m] from ships.", 1)
    replaced = deleted("500 m", "Delegation of Japan") + inserted("1,000 m", "Delegation of Japan")
    written.paragraph("", 1, run_xml("Ships shall keep ") + replaced + inserted(" by day", "Li Wei") + run_xml("."))
    written.paragraph("Units shall not:", 1)
    written.paragraph("illuminate [bridges]/[cockpits];", 2)
    aimed = written.paragraph("aim at the other unit, in particular:", 2)
    written.comment(aimed, "Does this cover cameras?", "Sato")
    written.paragraph("with guns;", 3)
    written.paragraph("with missiles.", 3)
    written.paragraph("Notices", 0, style="Heading 1")
    written.paragraph("", 1, inserted("Each side gives notice within [X] hours.", "CN"))
    written.paragraph("", 1, deleted("Notice may be given by telephone.", "JP"))
    written.paragraph("", None, run_xml("Done in two originals.") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    written.footnotes("In Chinese and Japanese.")
    table = written.document.add_table(2, 2)
    for cell, words in zip(table._cells, ("Channel", "Hours", "Hotline", "[24|48] h"), strict=True):
        cell.text = words
    return written.save(path)
