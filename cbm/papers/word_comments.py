"""Findings to comments at the paragraphs of a Word document, of which nothing else is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, NAMESPACE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from cbm.finding import Misuse
from cbm.papers.comment_words import PlacedComment, comments_of
from cbm.papers.laid_out import CommentedDocument
from cbm.papers.word_document import body_paragraphs, open_document, read_paper
from cbm.papers.word_names import Element, name_of
from cbm.report import Report
from cbm.translation.saying import say

_AUTHOR = "cbm"
_CONTENT_TYPES = "[Content_Types].xml"


def with_comments(report: Report, path: Path) -> CommentedDocument:
    """The document with what was found; what belongs to no paragraph that it has stands at its first one."""
    document = open_document(path)
    paragraphs = body_paragraphs(document)
    if not paragraphs:
        raise Misuse(say("{path} has no paragraph to write a comment at", path=path))
    comments = comments_of(report, read_paper(document, path.stem))
    _write_comments(document, paragraphs, comments)
    told = [comment for comment in comments if comment.is_finding]
    return CommentedDocument(_packed(document, path), len(told), sum(not comment.place for comment in told))


def _write_comments(document: WordDocument, paragraphs: Sequence[Element], comments: Iterable[PlacedComment]) -> None:
    written = document.comments
    for comment in comments:
        added = written.add_comment("\n".join(comment.lines), author=_AUTHOR, initials=_AUTHOR)
        _mark(paragraphs[max(comment.place, 1) - 1], str(added.comment_id))


def _mark(paragraph: Element, name: str) -> None:
    """Marks all of a paragraph as what a comment is about."""
    start, end, run = (OxmlElement(f"w:{tag}") for tag in ("commentRangeStart", "commentRangeEnd", "r"))
    properties, style, reference = (OxmlElement(f"w:{tag}") for tag in ("rPr", "rStyle", "commentReference"))
    for element in (start, end, reference):
        element.set(qn("w:id"), name)
    style.set(qn("w:val"), "CommentReference")
    properties.append(style)
    run.extend((properties, reference))
    begins = next((place for place, one in enumerate(paragraph) if name_of(one) != "w:pPr"), len(paragraph))
    paragraph.insert(begins, start)
    paragraph.extend((end, run))


def _packed(document: WordDocument, path: Path) -> bytes:
    """The file of the document with what has been written; each other part has the bytes that it had."""
    body, comments = document.part, document.part.part_related_by(RELATIONSHIP_TYPE.COMMENTS)
    changed = {body.partname.membername: body.blob, comments.partname.membername: comments.blob}
    packed = BytesIO()
    with ZipFile(path) as before, ZipFile(packed, "w", ZIP_DEFLATED) as after:
        if comments.partname.membername not in before.namelist():
            changed.update(_announced(document, before))
        for part in before.infolist():
            after.writestr(part, changed.pop(part.filename, None) or before.read(part))
        for name, content in changed.items():
            after.writestr(name, content)
    return packed.getvalue()


def _announced(document: WordDocument, before: ZipFile) -> Iterator[tuple[str, bytes]]:
    """The lists of parts and of their relations with the comments that are new among them."""
    body, comments = document.part, document.part.part_related_by(RELATIONSHIP_TYPE.COMMENTS)
    types = parse_xml(before.read(_CONTENT_TYPES))
    content_type = types.makeelement(
        f"{{{NAMESPACE.OPC_CONTENT_TYPES}}}Override",
        {"PartName": comments.partname, "ContentType": CONTENT_TYPE.WML_COMMENTS},
    )
    types.append(content_type)
    yield _CONTENT_TYPES, serialize_part_xml(types)
    name = body.partname.rels_uri.lstrip("/")
    relations = parse_xml(before.read(name))
    relation = next(one for one in body.rels.values() if one.reltype == RELATIONSHIP_TYPE.COMMENTS)
    relations.append(
        relations.makeelement(
            f"{{{NAMESPACE.OPC_RELATIONSHIPS}}}Relationship",
            {"Id": relation.rId, "Type": relation.reltype, "Target": relation.target_ref},
        )
    )
    yield name, serialize_part_xml(relations)
