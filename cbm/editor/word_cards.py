"""A word or a clause of a text to what a reader wants to know: its meaning, its sources, and where it is used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from cbm.editor.occurrences import CLAUSE, NamedPlaces, Symbol
from cbm.outcomes.word_list import ProvisionEntry, WordEntry
from cbm.records import Record
from cbm.render.words.words_outline import uses
from cbm.resolve.faults import Fault
from cbm.resolve.labels import Places, clause_label, clauses, full_label
from cbm.resolve.names.titles import title_of
from cbm.syntax import ast
from cbm.translation.listing import in_brackets, listed
from cbm.translation.saying import mark, say
from cbm.wording.answers.provision_words import text_entry

# How a source was read, for a reader who does not know the marks.
_READ = {
    ast.Mark.TEXT: mark("its text was read"),
    ast.Mark.SECONDARY: mark("read in a secondary source"),
    ast.Mark.MEMORY: mark("from memory, not verified"),
    ast.Mark.CHOICE: mark("the drafter's own choice"),
}


class Card(Record):
    """What is said of one thing: a heading, what it is, and lines, each with its name."""

    heading: str
    what: str
    lines: tuple[tuple[str, str], ...] = ()


def card(occurrences: NamedPlaces, symbol: Symbol) -> Card | None:
    """What is known of a word or a clause; None where it is neither."""
    if symbol.sort == CLAUSE:
        return _clause(occurrences, symbol)
    if symbol.document not in occurrences.documents:
        return None
    words = occurrences.lexicon.words(symbol.document)
    found = next((word for word in words if (word.sort, word.name) == (symbol.sort, symbol.name)), None)
    return _document(occurrences, symbol) if found is None else _word(found)


def _word(word: WordEntry) -> Card:
    lines = [(language or "en", text) for language, text in word.titles if text != word.title]
    lines += [(say("note"), need) for need in word.needs]
    lines += [(say("write"), " · ".join(word.written))] if word.written else []
    lines += [(say("used in"), uses(word))] if word.uses else []
    return Card(word.title or word.name, _of(word.sort, word.name, word.declared_in), tuple(lines))


def _of(sort: str, name: str, document: str) -> str:
    """What it is, and where it stands."""
    if not name:
        return say("{sort} of {text}", sort=say(sort), text=document)
    return say("{sort} {name} of {text}", sort=say(sort), name=name, text=document)


def _document(occurrences: NamedPlaces, symbol: Symbol) -> Card | None:
    document = occurrences.documents[symbol.document]
    match document.header:
        case ast.TextHeader():
            told = text_entry(document, (), whole=False)
            lines = [(language or "en", text) for language, text in told.titles if text != told.title]
            lines += [(say("between"), listed(told.parties, ","))] if told.parties else []
            lines += [(say("dates"), listed(told.dates, ","))] if told.dates else []
            read = listed([f"{count} {say(way)}" for way, count in told.read_as], ",")
            lines += [(say("clauses by their weakest source"), read)] if read else []
            return Card(
                told.title,
                listed([f"{say(told.kind)} {told.name}", *([say(told.rank)] if told.rank else [])], ","),
                tuple(lines),
            )
        case ast.VocabularyHeader(name, titles):
            title = title_of(titles, name.text)
            return Card(title, f"{say('vocabulary')} {name.text}") if symbol.name == name.text else None
        case _:
            return None


def _clause(occurrences: NamedPlaces, symbol: Symbol) -> Card | None:
    document = occurrences.documents[symbol.document]
    words = (
        word for place in occurrences.lexicon.built_on(symbol.document) for word in occurrences.lexicon.words(place)
    )
    told = text_entry(document, words, whole=True)
    labels = {
        full_label(article, one.label) for article, one in clauses(document) if _whole(article, one) == symbol.name
    }
    found = [one for one in told.provisions or () if one.label in labels and one.what != "article"]
    deeming = _deeming(occurrences, symbol)
    beside = [one for one in told.provisions or () if one.label in deeming]
    return None if not found else _provision(document, symbol, found, beside)


def _whole(article: str, clause: ast.Clause) -> str:
    return full_label(article, clause_label(clause))


def _deeming(occurrences: NamedPlaces, symbol: Symbol) -> set[str]:
    """The clauses of its text that say what else complies with it."""
    found = set[str]()
    for article, one in clauses(occurrences.documents[symbol.document]):
        if isinstance(one, ast.DeemedCompliance):
            places = Places(occurrences.indexes, symbol.document, article)
            with suppress(Fault, KeyError):
                named = [entry.whole for reference in one.targets for entry in places.clauses(reference)]
                found |= {full_label(article, one.label)} if symbol.name in named else set()
    return found


def _provision(
    document: ast.Document, symbol: Symbol, sentences: Sequence[ProvisionEntry], deeming: Iterable[ProvisionEntry]
) -> Card:
    provision = sentences[0]
    lines = [(say("says"), one.words) for one in sentences if one.words]
    lines += [(say("what else complies"), f"{one.label} {one.words}") for one in deeming]
    lines += [(f"{say('text')} {title.language or ''}".strip(), title.text) for title in _texts(document, symbol.name)]
    for source in provision.sources:
        read = next((in_brackets(say(_READ[one])) for one in ast.Mark if one.value == source.mark), "")
        lines.append((say("source"), f"{source.text}{read}"))
    heading = f"{symbol.name} {provision.title}".strip()
    return Card(heading, _of(provision.what, "", symbol.document), tuple(lines))


def _texts(document: ast.Document, label: str) -> tuple[ast.Title, ...]:
    """What a clause quotes of the text that it formalises."""
    return next((one.texts for article, one in clauses(document) if _whole(article, one) == label), ())
