"""Statements of texts, kept in a file by the names of the texts: so of an edited text little is read anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from msgspec import MsgspecError
from msgspec.msgpack import decode, encode

from cbm.cache.byte_store import ByteStore
from cbm.cache.code_version import code_version
from cbm.syntax.known_statements import StatementData, statements_kept
from cbm.syntax.tables.grammar import grammar_text

MOST = 50_000_000  # bytes of content


class StatementFile:
    """One run's view of a store."""

    def __init__(self, store: ByteStore) -> None:
        self._store = store
        self._terms = f"{code_version()} {sha256(grammar_text().encode()).hexdigest()}"
        self.fresh = dict[bytes, bytes]()

    def get(self, name: str) -> StatementData | None:
        content = self._store.look_up(self._key(name))
        try:
            return None if content is None else decode(content, type=StatementData)
        except MsgspecError:
            return None

    def put(self, name: str, data: StatementData) -> None:
        self.fresh[self._key(name)] = encode(data)

    def _key(self, name: str) -> bytes:
        return sha256(f"{self._terms} {name}".encode("utf-8", "surrogatepass")).digest()


@contextmanager
def statements_kept_in(folder: Path) -> Iterator[None]:
    """What is parsed within is looked up in the folder and kept there."""
    with ByteStore(folder, "statements", MOST) as store:
        file = StatementFile(store)
        with statements_kept(file):
            yield
        store.put_all(file.fresh, ())
