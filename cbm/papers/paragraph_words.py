"""What stands in a paragraph to pieces: words, the tracked changes they are part of, and what is not read of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cbm.papers.paper import MarginNote, TrackedChange, TrackedKind, WordPiece
from cbm.papers.word_names import MARKS, Element, child, name_of, value
from cbm.records import Record
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say

_CHANGES = {
    "w:ins": TrackedKind.INSERTED,
    "w:moveTo": TrackedKind.INSERTED,
    "w:del": TrackedKind.DELETED,
    "w:moveFrom": TrackedKind.DELETED,
}
_HOLDERS = "r hyperlink smartTag sdt sdtContent customXml fldSimple dir bdo ruby rubyBase"
_HOLDS_ONLY = frozenset(f"w:{name}" for name in _HOLDERS.split())
_SIGNS = {"w:tab": " ", "w:ptab": " ", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011", "w:softHyphen": ""}
# What a field computes stands beside its instruction.
_SAYING_NOTHING = """
pPr rPr smartTagPr rubyPr lastRenderedPageBreak annotationRef footnoteRef endnoteRef separator continuationSeparator
fldChar instrText delInstrText commentReference fldData pgNum
"""
_SILENT = MARKS | {f"w:{name}" for name in _SAYING_NOTHING.split()}
_UNREAD = {
    "w:drawing": mark("a picture or drawing"),
    "w:pict": mark("a picture or drawing"),
    "w:object": mark("an embedded object"),
    "w:sym": mark("a sign of a symbol font"),
    "m:oMath": mark("a formula"),
    "m:oMathPara": mark("a formula"),
    "w:subDoc": mark("a document in the document"),
    "w:contentPart": mark("handwriting or another part"),
}
_CHANGED_FORMS = ("w:rPrChange", "w:pPrChange", "w:numberingChange", "w:sectPrChange")


class Sidelines(Record):
    """What a paragraph may refer to, by id: comments, and notes below pages or at the end, each with its words."""

    comments: Mapping[str, MarginNote]
    footnotes: Mapping[str, MarginNote]
    endnotes: Mapping[str, MarginNote]


NO_SIDELINES = Sidelines({}, {}, {})


def pieces_of(paragraph: Element, sidelines: Sidelines = NO_SIDELINES) -> tuple[WordPiece, ...]:
    """The pieces in order; those that stand side by side in the same changes are one."""
    joined: list[WordPiece] = []
    for piece in _pieces(paragraph, (), sidelines):
        if joined and _go_together(joined[-1], piece):
            joined[-1] = WordPiece(joined[-1].text + piece.text, piece.changes)
        elif piece.text or piece.unread:
            joined.append(piece)
    return tuple(joined)


def _go_together(one: WordPiece, next_one: WordPiece) -> bool:
    special = one.unread or next_one.unread or one.is_ours or next_one.is_ours
    return not special and one.changes == next_one.changes


def _pieces(element: Element, changes: tuple[TrackedChange, ...], sidelines: Sidelines) -> Iterator[WordPiece]:
    for one in element.iterchildren():
        name = name_of(one)
        if name in _CHANGES:
            yield from _pieces(one, (*changes, TrackedChange(_CHANGES[name], value(one, "author"))), sidelines)
        elif name in _HOLDS_ONLY:
            yield from _pieces(one, changes, sidelines)
        elif name in ("w:t", "w:delText"):
            yield WordPiece(one.text or "", changes)
        elif name == "mc:AlternateContent":
            yield from _pieces(next(one.iterchildren(), one), changes, sidelines)
        elif name == "w:rt":
            yield WordPiece(say("({words})", words=_all_words(one)), changes)
        elif name in ("w:footnoteReference", "w:endnoteReference"):
            notes = sidelines.footnotes if name == "w:footnoteReference" else sidelines.endnotes
            note = notes.get(value(one, "id"))
            if note is None:
                yield WordPiece("", changes, say("a note"))
            else:
                yield WordPiece(f" {say('({words})', words=note.name)}", changes, is_ours=True)
        elif name in _SIGNS:
            yield WordPiece(_SIGNS[name], changes)
        elif name and name not in _SILENT:
            yield WordPiece("", changes, _unread(one, name))


def _unread(element: Element, name: str) -> str:
    """What it is, and the words that stand in it."""
    kind = (
        say(_UNREAD[name]) if name in _UNREAD else say("something that Word calls {name}", name=name.partition(":")[2])
    )
    if name == "w:sym":
        kind = say("{kind} ({name})", kind=kind, name=f"{value(element, 'font')} {value(element, 'char')}".strip())
    words = " ".join(_all_words(element).split())
    return say("{kind}, with the words “{words}”", kind=kind, words=words) if words else kind


def _all_words(element: Element) -> str:
    return "".join(
        " " if name_of(one) == "w:p" else one.text or ""
        for one in element.iter()
        if name_of(one) in ("w:p", "w:t", "w:delText", "m:t")
    )


def references_in(paragraph: Element, sidelines: Sidelines) -> Iterator[MarginNote]:
    """The comments and notes that a paragraph refers to, in order."""
    kinds = {
        "w:commentReference": sidelines.comments,
        "w:footnoteReference": sidelines.footnotes,
        "w:endnoteReference": sidelines.endnotes,
    }
    for one in paragraph.iter():
        if (notes := kinds.get(name_of(one))) is not None and value(one, "id") in notes:
            yield notes[value(one, "id")]


def unread_changes(paragraph: Element) -> Iterator[str]:
    """Changes of form and of the end of a paragraph, which no bracket can show: who proposes them."""
    authors = dict.fromkeys(value(one, "author") for one in paragraph.iter() if name_of(one) in _CHANGED_FORMS)
    if authors:
        yield say("a change of form by {authors}", authors=listed(list(authors), "and"))


def change_of_end(paragraph: Element) -> TrackedChange | None:
    """A tracked change of the end of a paragraph: it was inserted, or is to be joined with the next one."""
    for name, kind in (("ins", TrackedKind.INSERTED), ("del", TrackedKind.DELETED)):
        found = child(paragraph, "pPr", "rPr", name)
        if found is not None:
            return TrackedChange(kind, value(found, "author"))
    return None
