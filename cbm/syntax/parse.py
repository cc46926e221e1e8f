"""From a text to its tree: whatever the text is, the answer is a tree and what is wrong with the text."""

from __future__ import annotations

from lark import TextSlice
from lark.exceptions import UnexpectedInput

from cbm.finding import Finding
from cbm.source import Source
from cbm.syntax.assemble import Read, assemble
from cbm.syntax.ast import File
from cbm.syntax.build import build
from cbm.syntax.cut import cut
from cbm.syntax.grammar import grammar
from cbm.syntax.mistake import Mistake, Mistaken
from cbm.syntax.messages import explain
from cbm.syntax.prepare import prepare


def parse(source: Source) -> tuple[File, tuple[Finding, ...]]:
    text = source.text
    out = []
    mistakes = []
    for a, b in ((0, len(text)),):
        for piece in cut(text, a, b):
            try:
                tree = grammar().parse(TextSlice(text, piece.start, piece.end))
                out.append(Read(piece.opening, piece.start, build(source, tree)))
            except UnexpectedInput as e:
                mistakes.append(Mistake(repr(e)[:300] + str(e)[:300], e.pos_in_stream or 0, (e.pos_in_stream or 0)+1))
                out.append(Read(piece.opening, piece.start, None))
            except Mistaken as e:
                mistakes.append(e.mistake)
                out.append(Read(piece.opening, piece.start, None))
    documents, misplaced = assemble(source, out)
    mistakes = sorted([*mistakes, *misplaced], key=lambda m: (m.start, m.end))
    return File(source, documents), tuple(m.finding(source) for m in mistakes)
