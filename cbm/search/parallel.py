"""Independent work in shares: done here or by an executor, with the same results in the same order either way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat, starmap
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from cbm.core.calendar.asked_day import DayNotes, note_all, noting
from cbm.process.garbage import without_collection
from cbm.records import Record
from cbm.search.kept_answers import Elsewhere, kept_elsewhere
from cbm.smt.journal import is_kept
from cbm.smt.solve import sharing

if TYPE_CHECKING:
    from concurrent.futures import Executor

Base = TypeVar("Base")
Share = TypeVar("Share")
Piece = TypeVar("Piece")
Result = TypeVar("Result")

# Fewer shares than this are not worth a trip to another process. Who cuts work aims at a quarter of a second a share.
FEWEST = 4


# Hears what is done, and how many shares of how many are.
Watch = Callable[[str, int, int], None]


class Crew(Record):
    """Who does the work, and who is told how far it is.

    How work is cut never depends on who does it, and a share starts from nothing but its base: so results do not
    either. Of an executor no more is asked than that it can be sent functions of modules and what can be pickled.
    """

    executor: Executor | None = None
    watch: Watch | None = None

    @property
    def afar(self) -> Executor | None:
        """Who else does work now; nobody while a journal is kept, for notes are taken here only."""
        return None if is_kept() else self.executor

    def sends(self, count: int, *, even_one: bool = False) -> bool:
        """Whether so many shares are done by others."""
        return self.afar is not None and count >= (1 if even_one else FEWEST)

    def each(
        self,
        doing: str,
        work: Callable[[Base, Share], Result],
        base: Base,
        shares: Sequence[Share],
        *,
        even_one: bool = False,
    ) -> Iterator[Result]:
        """What the work makes of each share, in order; `doing` says to who watches what is done.

        Others begin at once: meanwhile something else can be done here. What is done here is begun when its result is
        taken. `even_one`: others work anyway, so that a single share is worth the trip.
        """
        results: Iterable[Result]
        if self.afar is not None and self.sends(len(shares), even_one=even_one):
            done_afar = self.afar.map(_unpacked, repeat(kept_elsewhere()), repeat(work), repeat(_Packed(base)), shares)
            results = starmap(_noted_here, done_afar)
        else:
            results = map(_begun_here, repeat(work), repeat(base), shares)
        return self._watched(doing, results, len(shares))

    def _watched(self, doing: str, results: Iterable[Result], count: int) -> Iterator[Result]:
        watch = self.watch or _nobody
        if count:
            watch(doing, 0, count)
        for done, result in enumerate(results, start=1):
            watch(doing, done, count)
            yield result


ALONE = Crew()


def _nobody(doing: str, done: int, of: int) -> None:
    del doing, done, of


def counted(things: Iterable[Piece], doing: str, watch: Watch | None) -> Iterator[Piece]:
    """The things one after the other; who watches hears of how many of them it is done."""
    every = list(things)
    for done, one in enumerate(every):
        if watch is not None:
            watch(doing, done, len(every))
        yield one
    if watch is not None and every:
        watch(doing, len(every), len(every))


def shares_of(pieces: Sequence[Piece], size: int) -> list[Sequence[Piece]]:
    """The pieces in their order, so many a share."""
    return [pieces[i : i + size] for i in range(0, len(pieces), size)]


class _Packed(Generic[Base]):
    """What all shares start from: packed once, however often it is sent, and opened once where it arrives."""

    def __init__(self, content: Base) -> None:
        self.content = content
        self._packed: bytes | None = None

    def __reduce__(self) -> tuple[Callable[[bytes], _Packed[Any]], tuple[bytes]]:
        if self._packed is None:
            from pickle import dumps  # takes time to load, for those alone who send work to others

            self._packed = dumps(self.content)
        return _opened, (self._packed,)


@lru_cache(maxsize=2)
def _opened(packed: bytes) -> _Packed[Any]:
    from pickle import loads

    with without_collection():
        return _Packed(loads(packed))


def _unpacked(
    within: Elsewhere, work: Callable[[Base, Share], Result], packed: _Packed[Base], share: Share
) -> tuple[Result, DayNotes]:
    with within(), noting() as asked:
        return _begun_here(work, packed.content, share), asked


def _noted_here(result: Result, asked: DayNotes) -> Result:
    note_all(asked)
    return result


def _begun_here(work: Callable[[Base, Share], Result], base: Base, share: Share) -> Result:
    with sharing():
        return work(base, share)
