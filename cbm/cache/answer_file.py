"""Answers to single questions, kept in a file by what they rest on: looked up while a run asks, written at its end.

So an edited clause costs what rests on it. Whatever is wrong with the file, it holds nothing then.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from cbm.cache.byte_store import ByteStore
from cbm.cache.code_version import code_version
from cbm.search.kept_answers import answers_kept, answers_remembered, are_kept

MOST = 400_000_000  # bytes of content


class AnswerFile:
    """One run's view of a store: what it finds out is known to it at once, and to others when it is done."""

    def __init__(self, store: ByteStore) -> None:
        self._store, self._fresh = store, dict[bytes, bytes]()
        self._asked: set[bytes] = set()

    def get(self, key: bytes) -> bytes | None:
        fresh = self._fresh.get(key)
        if fresh is not None:
            return fresh
        found = self._store.look_up(key)
        if found is not None:
            self._asked.add(key)
        return found

    def put(self, key: bytes, content: bytes) -> None:
        self._fresh[key] = content

    def write(self) -> None:
        """Keeps what was found out, and says of what was known that it was asked for."""
        self._store.put_all(self._fresh, self._asked)


@contextmanager
def answers_kept_in(folder: Path | None) -> Iterator[None]:
    """What is asked within is told from the folder where it was asked before, and kept there; None: it is all asked.

    Within another such run it is a part of that one.
    """
    if folder is None or are_kept():
        yield
        return
    with ByteStore(folder, "answers", MOST) as store:
        answers = AnswerFile(store)
        try:
            with answers_kept(answers, (code_version(),), partial(answers_kept_in, folder)):
                yield
        finally:
            answers.write()


@contextmanager
def answers_kept_for_now() -> Iterator[None]:
    """What is asked within is told again within, by all processes of this machine that do a share of it.

    It is kept in a folder that is gone afterwards; where there can be none, each process remembers its own.
    """
    with ExitStack() as until_then:
        try:
            folder = until_then.enter_context(TemporaryDirectory(prefix="cbm-", ignore_cleanup_errors=True))
        except OSError:
            until_then.enter_context(answers_remembered())
        else:
            until_then.enter_context(answers_kept_in(Path(folder)))
        yield
