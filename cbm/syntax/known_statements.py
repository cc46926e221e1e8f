"""Statements that were read before, by what is written: each is given back at the place where it stands now.

What a statement says depends on its own words alone. So of an edited text the statements that were edited are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, Protocol, cast

from cbm.records import Record
from cbm.source import Source
from cbm.syntax.ast import Statement
from cbm.syntax.trees import TreeData, packed, unpack


class StatementData(Record):
    """The statements of one text by what is written, packed as if each were a text of its own; `kinds` are theirs."""

    kinds: tuple[str, ...] = ()
    statements: dict[str, Any] = {}  # noqa: RUF012, it is copied for each of them


class StatementStore(Protocol):
    """The statements of texts, by how the texts are named, from run to run; None where it knows none."""

    def get(self, name: str) -> StatementData | None: ...

    def put(self, name: str, data: StatementData) -> None: ...


class KnownStatements:
    """The statements of one text: those that are known, and those that are met while it is read."""

    def __init__(self, known: StatementData) -> None:
        self._known, self._met = known.statements, dict[str, Any]()
        self._numbers = {kind: number for number, kind in enumerate(known.kinds)}

    def get(self, source: Source, start: int, words: str) -> Statement | None:
        """The statement with these words, which begin there."""
        if words not in self._known:
            return None
        data = self._met[words] = self._known[words]
        return cast("Statement", unpack(TreeData(tuple(self._numbers), data), source, start))

    def put(self, start: int, words: str, statement: Statement) -> None:
        """Knows from now on what these words say, which were read from there on."""
        with suppress(RecursionError):  # it is read each time
            self._met[words] = packed(statement, self._numbers, start)

    @property
    def news(self) -> StatementData | None:
        """The statements that were met; None where they are those that were known."""
        if self._met.keys() == self._known.keys():
            return None
        return StatementData(tuple(self._numbers), self._met)


_store: ContextVar[StatementStore | None] = ContextVar("_store", default=None)
_reading: ContextVar[KnownStatements | None] = ContextVar("_reading", default=None)


@contextmanager
def statements_kept(store: StatementStore) -> Iterator[None]:
    """Texts that are parsed within are looked up there, statement by statement, and kept there."""
    token = _store.set(store)
    try:
        yield
    finally:
        _store.reset(token)


@contextmanager
def known_in(source: Source, *, whole: bool = True) -> Iterator[None]:
    """What is read within belongs to this text; where that is not the whole text, nothing more is known afterwards."""
    store = _store.get()
    if store is None:
        yield
        return
    names = (source.name, _beginning(source))
    data = next((data for data in map(store.get, names) if data is not None), StatementData())
    known = KnownStatements(data)
    token = _reading.set(known)
    try:
        yield
    finally:
        _reading.reset(token)
    if whole and known.news is not None:
        for name in names:
            store.put(name, known.news)


def _beginning(source: Source) -> str:
    """The name of the file and the first words of the text: what it has in whichever folder one stands."""
    lines = (line.strip() for line in source.text.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return f"{source.name.rpartition('/')[2]}: {first}"


def known_statement(source: Source, start: int, words: str) -> Statement | None:
    """What these words were read as before."""
    known = _reading.get()
    return None if known is None else known.get(source, start, words)


def keep_statement(start: int, words: str, statement: Statement) -> None:
    """They are read as this."""
    known = _reading.get()
    if known is not None:
        known.put(start, words, statement)
