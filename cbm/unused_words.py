"""A library to notes on what it declares and never uses: asked of all texts of a run together, told once a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.files import Library
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.resolve.unspoken_words import DeclaredWord, UnspokenWords
from cbm.syntax import ast


def unused_words(library: Library) -> Iterator[Finding]:
    """Of each vocabulary that was asked for and that texts use, and of each text that defines words of its own.

    Nothing is said where a file could not be read in full, for that may speak of anything.
    """
    unspoken = UnspokenWords(library.documents)
    for name in library.asked if not library.faulty else ():
        header, words = library.documents[name].header, unspoken.of(name)
        if words and not isinstance(header, ast.CasesHeader):
            whose = f"the vocabulary {name}" if isinstance(header, ast.VocabularyHeader) else f"{name} itself"
            several = f"{len(words)} words" if len(words) > 1 else "one word"
            yield Finding(
                RuleId.UNUSED,
                Severity.NOTE,
                f"no clause speaks of {several} of {whose}: {_listed(words)}",
                Label(header.name.span),
                remedies=("take out what no text is to speak of",),
                matter=(name,),
            )


def _listed(words: Sequence[DeclaredWord]) -> str:
    """In the order in which they are declared, each with its line: "kind `zone` (line 3), act `fire` (line 12)"."""
    return ", ".join(f"{word.sort} `{word.name.text}` (line {word.name.span.begin[0]})" for word in words)
