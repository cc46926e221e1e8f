"""The words of a vocabulary, or of a text that defines some itself, of which no clause of several texts speaks.

A word is spoken of if a clause, a promise or a case names it, or if it belongs to what another word means that is
spoken of. Words are told by their names alone: whatever is named so anywhere counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property

from cbm.records import Record
from cbm.resolve.faults import Fault
from cbm.resolve.related_documents import vocabularies_of
from cbm.syntax import ast

PARTY, VALUE = "party", "value"


class DeclaredWord(Record):
    """A word with what it is, and the names that belong to what it means."""

    sort: str
    name: ast.Name
    means: tuple[str, ...] = ()


class UnspokenWords:
    """What is spoken of in a library of documents by name, gathered once when it is first asked for."""

    def __init__(self, library: Mapping[str, ast.Document]) -> None:
        self._library = library

    def of(self, name: str) -> tuple[DeclaredWord, ...] | None:
        """The words of a vocabulary or a text that no clause speaks of, in order; None where nothing is asked of it.

        Of a vocabulary on which no text builds every word would be one, and a text need not define any.
        """
        document, words = self._library[name], list(_words(self._library[name]))
        texts = list(self._texts)
        if isinstance(document.header, ast.VocabularyHeader):
            texts = [text for text in texts if name in self._vocabularies[text]]
        if not words or not texts:
            return None
        spoken = self._spoken(texts)
        if any(self._texts[text].between == () for text in texts):  # open to all of them
            spoken.update(word.name.text for word in words if word.sort == PARTY)
        passed_over = _values_passed_over(document, spoken)
        return tuple(
            word
            for word in words
            if (word.name.text not in spoken if word.sort != VALUE else word.name.text in passed_over)
        )

    @cached_property
    def _texts(self) -> dict[str, ast.TextHeader]:
        headers = ((name, document.header) for name, document in self._library.items())
        return {name: header for name, header in headers if isinstance(header, ast.TextHeader)}

    @cached_property
    def _vocabularies(self) -> dict[str, set[str]]:
        """For each text the names of the vocabularies that it builds on."""
        found: dict[str, set[str]] = {name: set() for name in self._texts}
        for name in found:
            with suppress(Fault):  # told when the text itself is resolved
                headers = (one.header for one in vocabularies_of(self._library, (self._library[name],)))
                found[name].update(h.name.text for h in headers if isinstance(h, ast.VocabularyHeader))
        return found

    @cached_property
    def _means(self) -> dict[str, set[str]]:
        """For each word the names that belong to what it means, wherever it is declared."""
        found: dict[str, set[str]] = {}
        for document in self._library.values():
            for word in _words(document):
                found.setdefault(word.name.text, set()).update(word.means)
            for statement in document.statements:
                if isinstance(statement, ast.Requirement):
                    found.setdefault(statement.act.text, set()).update(ast.names_in(statement.condition))
        return found

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        """For each document what it names: types of encounter and channels, or all but what it defines."""
        return {name: _named_by(document) for name, document in self._library.items()}

    def _spoken(self, texts: Sequence[str]) -> set[str]:
        """All names that are spoken of in these texts, and what these mean in turn."""
        others = (name for name in self._library if name not in self._texts)
        found = {named for name in (*texts, *others) for named in self._named[name]}
        waiting = list(found)
        while waiting:
            fresh = self._means.get(waiting.pop(), set()) - found
            found |= fresh
            waiting += fresh
        return found


def _named_by(document: ast.Document) -> set[str]:
    if isinstance(document.header, ast.VocabularyHeader):
        said = [s for s in document.statements if isinstance(s, ast.TypesDeclaration | ast.ChannelDeclaration)]
        return set(ast.names_in(tuple(said)))
    spoken = [s for s in document.statements if not isinstance(s, ast.TermDeclaration)]
    return set(ast.names_in((document.header, *spoken)))


def _values_passed_over(document: ast.Document, spoken: set[str]) -> set[str]:
    """Values of kinds of which something is said, that nothing tells apart: one alone is the rest of its kind.

    An order tells all of them apart.
    """
    found: set[str] = set()
    for statement in document.statements:
        if isinstance(statement, ast.KindDeclaration) and not statement.ordered and statement.name.text in spoken:
            left = [member.name.text for member in statement.members if member.name.text not in spoken]
            found.update(left if len(left) > 1 else ())
    return found


def _words(document: ast.Document) -> Iterator[DeclaredWord]:
    """What a document declares that clauses can speak of, in order."""
    for statement in document.statements:
        match statement:
            case ast.PartyDeclaration(name=name):
                yield DeclaredWord(PARTY, name)
            case ast.KindDeclaration():
                if not statement.adds:
                    yield DeclaredWord("kind", statement.name)
                for member in statement.members:
                    yield DeclaredWord(VALUE, member.name, (statement.name.text,))
            case ast.AttributeBlock():
                for attribute in (one for one in statement.attributes if one.sort.name.text != PARTY):
                    yield DeclaredWord("attribute", attribute.name, (attribute.sort.name.text,))
            case ast.MomentsDeclaration():
                for moment in statement.moments:
                    yield DeclaredWord("moment", moment.name, tuple(ast.names_in(moment.on)))
            case ast.CounterDeclaration(name=name, condition=condition):
                yield DeclaredWord("counter", name, tuple(ast.names_in(condition)))
            case ast.TopicDeclaration(name=name):
                yield DeclaredWord("topic", name)
            case ast.TermDeclaration(name=name, meaning=meaning):
                yield DeclaredWord("term", name, tuple(ast.names_in(meaning)))
            case ast.ActDeclaration():
                for name in statement.names:
                    yield DeclaredWord("act", name, tuple(ast.names_in((statement.stating, statement.topic))))
            case ast.ResultDeclaration(name=name, topic=topic):
                yield DeclaredWord("result", name, tuple(ast.names_in(topic)))
            case _:
                pass
