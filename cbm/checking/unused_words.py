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

_MERGED = mark("name all who propose it before one of them, and take the other one out")


def unused_words(library: Library) -> Iterator[Finding]:
    """Of each vocabulary that was asked for and that texts use, and of each text that defines words of its own.

    Nothing is said where a file could not be read in full, for that may speak of anything.
    """
    unspoken = UnspokenWords(library.documents)
    for name in library.asked if not library.faulty else ():
        yield from _idle_choices(name, library.documents[name])
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


def _idle_choices(name: str, document: ast.Document) -> Iterator[Finding]:
    """Choices that are declared and of which no bracket speaks, and options that say what another one says."""
    taken_up = {choice.name.text for choice in document.choices if choice.name}
    for declared in document.declared:
        if declared.name.text not in taken_up:
            message = say("the choice `{name}` is declared, and no bracket is of it", name=declared.name.text)
            advice = say("write `[{name} …]` where it is open, or take the declaration out", name=declared.name.text)
            matter = (name, declared.name.text)
            yield Finding(
                RuleId.UNUSED, Severity.NOTE, message, Label(declared.span), remedies=(advice,), matter=matter
            )
    listed = {declared.name.text for declared in document.declared}
    for choice in document.choices:
        merged = () if choice.name and choice.name.text in listed else (_MERGED,)  # each that is listed has to be said
        said: dict[tuple[str, ...], ast.Option] = {}
        for option in choice.options:
            words = tuple(_words_of(place, option.number) for place in choice.places)
            first = said.setdefault(words, option)
            if first is not option:
                message = say("two options of one choice say the same")
                yield Finding(
                    RuleId.UNUSED,
                    Severity.NOTE,
                    message,
                    Label(option.span),
                    related=(Label(first.span, say("the other one")),),
                    remedies=tuple(map(say, merged)),
                    matter=(name, *words),
                )


def _words_of(place: ast.OpenPlace, option: int) -> str:
    """What an option says in a place; nothing where it leaves it empty."""
    said = (place.span.source.text[start:end] for number, start, end in place.contents if number == option)
    return " ".join(" ".join(said).split())


def _listed(words: Sequence[DeclaredWord]) -> str:
    """In the order in which they are declared, each with its line: "kind `zone` (line 3), act `fire` (line 12)"."""
    return say(", ").join(map(_placed, words))


def _placed(word: DeclaredWord) -> str:
    return say(_PLACED[word.sort], word=word.name.text, line=word.name.span.begin[0])
