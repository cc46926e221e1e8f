"""Whatever a document says, no word of it is lost where it is laid out, and what is laid out can be read."""

from __future__ import annotations

import re
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from cbm.papers.paper import (
    MarginNote,
    Paper,
    PaperParagraph,
    PaperTable,
    TrackedChange,
    TrackedKind,
    UnreadPart,
    WordPiece,
)
from cbm.papers.skeleton import skeleton
from cbm.records import replace
from cbm.source import Source
from cbm.syntax.parse import parse
from tests.laws.sparing import sparingly

_TEXT = st.text(st.sampled_from('ab*_`#[]()<>|\\"-+1.3 \t\n：「中～!&~='), min_size=1, max_size=12)
_CHANGES = st.lists(
    st.builds(TrackedChange, st.sampled_from(TrackedKind), st.sampled_from(["CN", "Li Wei", 'a "b"'])), max_size=2
).map(tuple)
_HEADS = st.sampled_from(["Option 1", "Option 2: (deleted)", "Alternative A: a.", "案文一（中国）", "China", "1"])
_PIECES = st.lists(st.builds(WordPiece, st.one_of(_TEXT, _TEXT, _HEADS), _CHANGES), max_size=3).map(tuple)
_NOTES = st.lists(st.builds(MarginNote, st.just("n"), _TEXT), max_size=1).map(tuple)
# `place` is given by where they come to stand.
_PARAGRAPHS = st.builds(
    PaperParagraph,
    place=st.just(0),
    pieces=_PIECES,
    number=st.sampled_from(["", "", "1.", "(a)", "•", "3.2", "一、", "Article 4", "*"]),
    heading=st.sampled_from([0, 0, 1]),
    notes=_NOTES,
)
_TABLES = st.lists(st.lists(st.lists(_PARAGRAPHS, max_size=2).map(tuple), max_size=2).map(tuple), max_size=2).map(tuple)
_BLOCKS = st.lists(st.one_of(_PARAGRAPHS, st.builds(PaperTable, _TABLES), st.builds(UnreadPart, _TEXT)), max_size=4)


def paper_of(blocks: list[PaperParagraph | PaperTable | UnreadPart]) -> Paper:
    places = count(1)

    def placed(cell: tuple[PaperParagraph, ...]) -> tuple[PaperParagraph, ...]:
        return tuple(replace(one, place=next(places)) for one in cell)

    def numbered(block: PaperParagraph | PaperTable | UnreadPart) -> PaperParagraph | PaperTable | UnreadPart:
        if isinstance(block, PaperTable):
            return replace(block, rows=tuple(tuple(map(placed, row)) for row in block.rows))
        return placed((block,))[0] if isinstance(block, PaperParagraph) else block

    return Paper("A title", tuple(map(numbered, blocks)), (MarginNote("above the pages", "Draft 3"),))


def signs(words: str) -> str:
    """Words without blanks, and without what Markdown and brackets add."""
    return re.sub(r"[\s\\\u2191-\u2426]", "", words)


def words_in(block: PaperParagraph | PaperTable | UnreadPart) -> list[str]:
    match block:
        case PaperParagraph():
            return [*(piece.text for piece in block.pieces), *(note.words for note in block.notes)]
        case PaperTable():
            return [words for row in block.rows for inside in row for one in inside for words in words_in(one)]
        case UnreadPart():
            return [block.words]


@given(_BLOCKS)
@sparingly(4)
def test_no_word_is_lost_and_it_can_always_be_read(blocks: list[PaperParagraph | PaperTable | UnreadPart]) -> None:
    paper = paper_of(blocks)
    text = skeleton(paper, "a--b.docx").text
    file, findings = parse(Source("x.cbm.md", text))
    assert findings == ()
    assert len(file.documents) == 1
    whole = signs(text)
    for block in paper.blocks:
        for words in words_in(block):
            assert signs(words) in whole
