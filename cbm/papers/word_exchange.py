"""What programs and commands do with Word documents: lay them out as texts, and write findings into copies of them.

They need a library that is not always installed; it is imported when they are called.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cbm.arguments import one_path, require, words_by_word
from cbm.finding import Misuse
from cbm.papers.laid_out import CommentedDocument, LaidOutDocument
from cbm.report import Report
from cbm.translation.saying import mark, say


def from_word(
    document: str | os.PathLike[str],
    *,
    into: str | os.PathLike[str] | None = None,
    delegations: Mapping[str, str] | None = None,
) -> LaidOutDocument:
    """A Word document laid out as a text to be formalised; nothing is written.

    `into` is the file in which the text is to stand: the text says from there where its document is. `delegations` says
    for which party an author of tracked changes speaks, such as `{"Li Wei": "CN"}`. Raises Misuse where the document
    cannot be read, or python-docx is not installed.
    """
    path, text = one_path("document", document), None if into is None else one_path("into", into)
    parties = None if delegations is None else words_by_word("delegations", delegations)
    with word_library():
        from cbm.papers.word_document import open_document, read_paper
    from cbm.papers.skeleton import skeleton

    paper = read_paper(open_document(path), path.stem)
    return skeleton(paper, path.name if text is None else _seen_from(text, path), parties)


def to_word(report: Report, document: str | os.PathLike[str]) -> CommentedDocument:
    """A copy of the document with the findings of a report as comments at their paragraphs; nothing is written.

    Raises Misuse where the document cannot be read, or python-docx is not installed.
    """
    path = one_path("document", document)
    require(isinstance(report, Report), "report", say("is a report, such as `check` gives"), report)
    with word_library():
        from cbm.papers.word_comments import with_comments
    return with_comments(report, path)


@contextmanager
def word_library() -> Iterator[None]:
    """Misuse where what is imported inside needs a library that is not installed."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if missing.name not in ("docx", "lxml"):
            raise
        words = mark("Word documents need python-docx beside cbm: install `cbm-checker[docx]`")
        raise Misuse(say(words)) from None


def _seen_from(text: Path, document: Path) -> str:
    """The path of the document from where the text stands, so that both can be moved together."""
    try:
        return Path(os.path.relpath(document, text.parent)).as_posix()
    except ValueError:  # on another drive
        return document.resolve().as_posix()
