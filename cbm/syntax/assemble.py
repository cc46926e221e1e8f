"""From statements to documents: a header begins one, and what follows must have its place in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from cbm.source import Source, Span
from cbm.syntax.ast import Document, Header, Statement, CasesHeader, TextHeader, VocabularyHeader
from cbm.syntax.cut import HEADERS
from cbm.syntax.mistake import Mistake


@dataclass(frozen=True, slots=True)
class Read:
    opening: str
    start: int
    statement: Statement | None


def assemble(source: Source, statements: Iterable[Read]) -> tuple[tuple[Document, ...], tuple[Mistake, ...]]:
    docs = []
    for r in statements:
        s = r.statement
        if isinstance(s, CasesHeader | TextHeader | VocabularyHeader):
            docs.append((s, []))
        elif docs and s:
            docs[-1][1].append(s)
    return tuple(Document(h, tuple(b), span=h.span.to(b[-1].span) if b else h.span) for h, b in docs), ()
