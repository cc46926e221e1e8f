"""Names that stand in quotes: what readers call something is looked up, and its name stands in the tree.

`must "keep out of the way"` is `must keep_out_of_the_way`. A phrase means what is declared with this title, in any
language, with a title that is its infinitive, or with a name that reads so. Where a topic is called like something
else, as submarines in languages without a plural, the topic is meant where topics stand, and the other one elsewhere.
What means nothing, or several things, stays as it is written: whoever looks for the name says so at its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from cbm.records import parts, replace
from cbm.source import Span
from cbm.syntax import ast
from cbm.syntax.renamed import with_each_name
from cbm.translation.speech import Language
from cbm.translation.verb_forms import in_plain_english

_PLAIN = frozenset((str, int, bool, type(None), Span))  # most of what trees are made of; no name is in it


def with_names(documents: Mapping[str, ast.Document]) -> dict[str, ast.Document]:
    """The same documents, each phrase in them as the name that it stands for."""
    return {name: _looked_up(document, documents) for name, document in documents.items()}


def _looked_up(document: ast.Document, documents: Mapping[str, ast.Document]) -> ast.Document:
    if not _quotes(document):
        return document
    words = QuotedNames(document, documents)
    topics = set(_topics_named(document))

    def named(name: ast.Name) -> ast.Name:
        if not name.quoted:
            return name
        return replace(name, text=words.name_for(name.text, topic=name.span in topics) or name.text)

    return with_each_name(document, named)


def _quotes(part: object) -> bool:
    """Whether some name in a part of a tree is quoted: looked at in any order, for most texts have none."""
    waiting = [part]
    while waiting:
        part = waiting.pop()
        kind = type(part)
        if kind is ast.Name:
            if cast("ast.Name", part).quoted:
                return True
        elif kind is tuple:
            waiting.extend(cast("tuple[object, ...]", part))
        elif kind not in _PLAIN and isinstance(part, ast.Node):
            waiting.extend(parts(part))
    return False


def _topics_named(part: object) -> Iterator[Span]:
    """Where topics are named in a part of a tree."""
    if isinstance(part, tuple):
        for one in part:
            yield from _topics_named(one)
    elif isinstance(part, ast.Node):
        for field, held in zip(part.__struct_fields__, parts(part), strict=True):
            if field in ("topic", "topics"):
                yield from (name.span for name in (held if isinstance(held, tuple) else (held,)) if name is not None)
            else:
                yield from _topics_named(held)


class QuotedNames:
    """What is declared in sight of a document, by what readers call it."""

    def __init__(self, document: ast.Document, documents: Mapping[str, ast.Document]) -> None:
        self._by_name: dict[str, set[str]] = {}
        self._by_title: dict[str, set[str]] = {}
        self._titles: dict[str, tuple[ast.Title, ...]] = {}
        self._topics: set[str] = set()
        for one in _in_sight(document, documents):
            self._topics.update(s.name.text for s in one.statements if isinstance(s, ast.TopicDeclaration))
            for name, titles in _called(one):
                self._titles[name] = titles
                self._by_name.setdefault(_folded(name), set()).add(name)
                for phrase in _phrases(titles):
                    self._by_title.setdefault(_folded(phrase), set()).add(name)

    def name_for(self, phrase: str, *, topic: bool = False) -> str | None:
        """The only name that reads so, else the only one with such a title; None where there is no such one.

        `topic`: where a topic is named; of several names it is that of one then, and elsewhere that of none.
        """
        wanted = _folded(phrase)
        names = self._by_name.get(wanted) or self._by_title.get(wanted, set())
        if len(names) > 1:
            names = names & self._topics if topic else names - self._topics
        return next(iter(names)) if len(names) == 1 else None

    def phrase_for(self, name: str, language: Language) -> str | None:
        """What may be written for the name in a language; None where nothing there means this name alone."""
        code = None if language == "en" else language
        titles = (title for title in self._titles.get(name, ()) if title.language in (code, language))
        phrases = (in_plain_english(title.text) or title.text for title in titles)
        topic = name in self._topics
        return next((phrase for phrase in phrases if self.name_for(phrase, topic=topic) == name), None)


def _in_sight(document: ast.Document, documents: Mapping[str, ast.Document]) -> Iterator[ast.Document]:
    """The document, and all that it uses or is about, and what these use."""
    waiting, seen = [document], set[str]()
    for one in waiting:
        yield one
        for name in _used(one):
            if name not in seen and name in documents:
                seen.add(name)
                waiting.append(documents[name])


def _used(document: ast.Document) -> Iterator[str]:
    match document.header:
        case ast.CasesHeader(documents=names):
            yield from (name.text for name in names)
        case ast.VocabularyHeader(uses=uses) | ast.TextHeader(uses=uses):
            yield from (inclusion.name.text for inclusion in uses)


def _called(part: object) -> Iterator[tuple[str, tuple[ast.Title, ...]]]:
    """The names that are declared in a part of a tree, each with its titles."""
    match part:
        case tuple():
            for one in part:
                yield from _called(one)
        case ast.Document():
            yield from _called((*part.statements, *part.declared))
        case ast.Node():
            titles: tuple[ast.Title, ...] = getattr(part, "titles", ())
            yield from ((name.text, titles) for name in _declared(part))
            for field in ("members", "attributes", "moments", "roles"):
                yield from _called(getattr(part, field, ()))
        case _:
            return


def _declared(part: ast.Node) -> tuple[ast.Name, ...]:
    match part:
        case ast.ActDeclaration(names=names):
            return names
        case _:
            name = getattr(part, "name", None)
            return (name,) if isinstance(name, ast.Name) and hasattr(part, "titles") else ()


def _phrases(titles: tuple[ast.Title, ...]) -> Iterator[str]:
    """What may be written for something with these titles."""
    for title in titles:
        yield title.text
        yield in_plain_english(title.text) or title.text


def _folded(words: str) -> str:
    return " ".join(words.casefold().replace("_", " ").split())
