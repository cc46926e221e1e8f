"""A Word document to what it says: the reader of `.docx` files, with python-docx."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml

from cbm.finding import Misuse
from cbm.papers.numbering import Numbering
from cbm.papers.paper import MarginNote, Paper, PaperParagraph, PaperTable, TrackedChange, TrackedKind, UnreadPart
from cbm.papers.paragraph_words import NO_SIDELINES, Sidelines, change_of_end, pieces_of, references_in, unread_changes
from cbm.papers.word_names import MARKS, Element, child, name_of, value
from cbm.process.output import reason
from cbm.records import replace
from cbm.translation.saying import mark, say

_LARGEST = 500_000_000  # bytes of all parts unpacked
# What holds paragraphs without being one.
_AROUND = frozenset(("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:del", "w:moveTo", "w:moveFrom"))
_PROPERTIES = "sectPr tblPr tblGrid tblPrEx trPr tcPr"
_SILENT = MARKS | {f"w:{name}" for name in _PROPERTIES.split()}
_AROUND_PAGES = (
    (RELATIONSHIP_TYPE.HEADER, mark("above the pages")),
    (RELATIONSHIP_TYPE.FOOTER, mark("below the pages")),
)


def open_document(path: Path) -> WordDocument:
    """The document of a file; Misuse where there is none."""
    try:
        with ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > _LARGEST:
                raise Misuse(say("{path} is too large to be read", path=path))
        return Document(str(path))
    except OSError as problem:
        raise Misuse(say("cannot read `{path}`: {reason}", path=path, reason=reason(problem))) from None
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, SyntaxError):
        words = mark("{path} is no Word document that can be read: open it in Word, and save it as .docx")
        raise Misuse(say(words, path=path)) from None


def body_paragraphs(document: WordDocument) -> list[Element]:
    """The paragraphs of the body in order, those in cells of tables among them."""
    return list(_paragraphs_in(document.element.body))


def _paragraphs_in(element: Element) -> Iterator[Element]:
    for one in _body(element):
        if name_of(one) == "w:p":
            yield one
        elif name_of(one) == "w:tbl":
            for row in _rows(one):
                for inside in _cells(row):
                    yield from _paragraphs_in(inside)


def read_paper(document: WordDocument, name: str) -> Paper:
    """All that the document says; `name` is what it is called where it has no title of its own."""
    sidelines = Sidelines(
        {str(one.comment_id): _comment(one.author, one.text) for one in document.comments},
        _notes(document, RELATIONSHIP_TYPE.FOOTNOTES, mark("footnote {number}")),
        _notes(document, RELATIONSHIP_TYPE.ENDNOTES, mark("endnote {number}")),
    )
    numbering = _part(document, RELATIONSHIP_TYPE.NUMBERING)
    reader = _BodyReader(Numbering(numbering, _part(document, RELATIONSHIP_TYPE.STYLES)), sidelines)
    blocks = tuple(map(reader.block, _body(document.element.body)))
    titles = [" ".join(one.words.split()) for one in blocks if isinstance(one, PaperParagraph) and one.is_title]
    return Paper(next(filter(None, titles), name), blocks, tuple(_around_pages(document)))


class _BodyReader:
    """Reads the paragraphs of a document in order, since each number depends on those before."""

    def __init__(self, numbering: Numbering, sidelines: Sidelines) -> None:
        self._numbering = numbering
        self._sidelines = sidelines
        self._place = 0

    def block(self, element: Element) -> PaperParagraph | PaperTable | UnreadPart:
        match name_of(element):
            case "w:p":
                return self._paragraph(element)
            case "w:tbl":
                return self._table(element)
            case other:
                words = say("something that Word calls {name}", name=other.partition(":")[2])
                inside = " ".join("".join(element.itertext()).split())
                return UnreadPart(
                    say("{kind}, with the words “{words}”", kind=words, words=inside) if inside else words
                )

    def _paragraph(self, element: Element) -> PaperParagraph:
        self._place += 1
        shown = self._numbering.next_number(element)
        pieces = pieces_of(element, self._sidelines)
        unread = [*unread_changes(element), *([shown.unread] if shown and shown.unread else [])]
        paragraph = PaperParagraph(
            place=self._place,
            pieces=pieces,
            number=shown.text if shown else "",
            numbered_as=(shown.list_id, shown.level) if shown else None,
            heading=self._numbering.heading(element),
            is_title=self._numbering.is_title(element),
            notes=tuple(references_in(element, self._sidelines)),
        )
        end = change_of_end(element)
        if end is not None and end not in (paragraph.change, *(change for piece in pieces for change in piece.changes)):
            unread.append(_said_of_end(end))
        return replace(paragraph, unread=tuple(unread))

    def _table(self, element: Element) -> PaperTable:
        rows, unread = [], dict[str, None]()
        for row in _rows(element):
            cells = []
            for cell in _cells(row):
                if child(cell, "tcPr", "vMerge") is not None or child(cell, "tcPr", "gridSpan") is not None:
                    unread[say("that cells are joined")] = None
                inside = tuple(self._in_cell(cell, unread))
                cells.append(inside)
            for kind, words in (
                ("ins", mark("a row inserted by {author}")),
                ("del", mark("a row deleted by {author}")),
            ):
                if (changed := child(row, "trPr", kind)) is not None:
                    unread[say(words, author=value(changed, "author"))] = None
            rows.append(tuple(cells))
        return PaperTable(tuple(rows), tuple(unread))

    def _in_cell(self, cell: Element, unread: dict[str, None]) -> Iterator[PaperParagraph]:
        """The paragraphs of a cell; of a table in it as well, which is told."""
        for one in _body(cell):
            if name_of(one) == "w:p":
                yield self._paragraph(one)
            elif name_of(one) == "w:tbl":
                unread[say("that a table stands in a cell")] = None
                for row in self._table(one).rows:
                    for inside in row:
                        yield from inside


def _rows(table: Element) -> Iterator[Element]:
    return (one for one in _body(table) if name_of(one) == "w:tr")


def _cells(row: Element) -> Iterator[Element]:
    return (one for one in _body(row) if name_of(one) == "w:tc")


def _body(element: Element) -> Iterator[Element]:
    """What stands in it in order, content controls and the like opened."""
    for one in element.iterchildren():
        name = name_of(one)
        if name in _AROUND:
            yield from _body(one)
        elif name == "mc:AlternateContent":
            yield from _body(next(one.iterchildren(), one))
        elif name and name not in _SILENT:
            yield one


def _said_of_end(change: TrackedChange) -> str:
    if change.kind is TrackedKind.INSERTED:
        return say("that {author} divides the paragraph here", author=change.author)
    return say("that {author} joins it with the next paragraph", author=change.author)


def _comment(author: str, words: str) -> MarginNote:
    return MarginNote(say("comment by {author}", author=author), words)


def _notes(document: WordDocument, kind: str, name: str) -> dict[str, MarginNote]:
    """Footnotes or endnotes by id, numbered as they stand; what only parts them from the page has a type."""
    part = _part(document, kind)
    found = [] if part is None else [one for one in part.iterchildren() if value(one, "id") and not value(one, "type")]
    return {
        value(one, "id"): MarginNote(say(name, number=number), _words_in(one)) for number, one in enumerate(found, 1)
    }


def _around_pages(document: WordDocument) -> Iterator[MarginNote]:
    for kind, name in _AROUND_PAGES:
        told: dict[str, None] = {}
        for related in document.part.rels.values():
            if (
                related.reltype == kind
                and not related.is_external
                and (words := _words_in(parse_xml(related.target_part.blob)))
            ):
                told[words] = None
        yield from (MarginNote(say(name), words) for words in told)


def _words_in(element: Element) -> str:
    """The words of all its paragraphs, one behind the other."""
    said = ("".join(p.text for p in pieces_of(one, NO_SIDELINES)) for one in element.iter() if name_of(one) == "w:p")
    return " ".join(" ".join(said).split())


def _part(document: WordDocument, kind: str) -> Element:
    """The XML of a part of the document; None where it has no such part."""
    for related in document.part.rels.values():
        if related.reltype == kind and not related.is_external:
            return parse_xml(related.target_part.blob)
    return None
