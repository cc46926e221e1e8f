"""A library to notes on what it declares and never uses: asked of all texts of a run together, told once a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.files import Library
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.resolve.unspoken_words import DeclaredWord, UnspokenWords
from cbm.syntax import ast
from cbm.translation.saying import mark, say, say_count

_PLACED = {
    "party": mark("party `{word}` (line {line})"),
    "kind": mark("kind `{word}` (line {line})"),
    "value": mark("value `{word}` (line {line})"),
    "attribute": mark("attribute `{word}` (line {line})"),
    "moment": mark("moment `{word}` (line {line})"),
    "counter": mark("counter `{word}` (line {line})"),
    "topic": mark("topic `{word}` (line {line})"),
    "term": mark("term `{word}` (line {line})"),
    "act": mark("act `{word}` (line {line})"),
    "result": mark("result `{word}` (line {line})"),
}


def unused_words(library: Library) -> Iterator[Finding]:
    """Of each vocabulary that was asked for and that texts use, and of each text that defines words of its own.

    Nothing is said where a file could not be read in full, for that may speak of anything.
    """
    unspoken = UnspokenWords(library.documents)
    for name in library.asked if not library.faulty else ():
        header, words = library.documents[name].header, unspoken.of(name)
        if words and not isinstance(header, ast.CasesHeader):
            said = {"name": name, "words": _listed(words)}
            message = (
                say_count(
                    "no clause speaks of one word of the vocabulary {name}: {words}",
                    "no clause speaks of {count} words of the vocabulary {name}: {words}",
                    len(words),
                    **said,
                )
                if isinstance(header, ast.VocabularyHeader)
                else say_count(
                    "no clause speaks of one word of {name} itself: {words}",
                    "no clause speaks of {count} words of {name} itself: {words}",
                    len(words),
                    **said,
                )
            )
            yield Finding(
                RuleId.UNUSED,
                Severity.NOTE,
                message,
                Label(header.name.span),
                remedies=(say("take out what no text is to speak of"),),
                matter=(name,),
            )


def _listed(words: Sequence[DeclaredWord]) -> str:
    """In the order in which they are declared, each with its line: "kind `zone` (line 3), act `fire` (line 12)"."""
    return say(", ").join(map(_placed, words))


def _placed(word: DeclaredWord) -> str:
    return say(_PLACED[word.sort], word=word.name.text, line=word.name.span.begin[0])
