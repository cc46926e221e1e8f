"""Work in shares: whoever does it, the same results in the same order, and everything packed once."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cbm.core.calendar.asked_day import AskedDay, noting
from cbm.search.parallel import ALONE, FEWEST, Crew, shares_of
from cbm.smt.journal import keeping

BASE = ("base", 10)
SHARES = shares_of(range(FEWEST * 3 - 1), 3)


def total(base: tuple[str, int], share: Iterable[int]) -> str:
    word, least = base
    return f"{word} {sum(share) + least}"


class Afar(Executor):
    """Does everything at once and here, but all that goes in and out is packed as for another process."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        self.sent.append(pickle.dumps((work, arguments, named)))
        done: Future[Any] = Future()
        unpacked, given, options = pickle.loads(self.sent[-1])
        done.set_result(pickle.loads(pickle.dumps(unpacked(*given, **options))))
        return done


@dataclass
class Packing:
    """Counts how often it is packed."""

    packed: list[int] = field(default_factory=list)

    def __reduce__(self) -> tuple[type[Packing], tuple[()]]:
        self.packed.append(1)
        return Packing, ()


def nothing(base: Packing, share: int) -> int:
    del base
    return share


def test_pieces_keep_their_order() -> None:
    assert shares_of("abcdefg", 3) == ["abc", "def", "g"]
    assert shares_of("", 3) == []


def test_the_results_are_the_same_whoever_does_the_work() -> None:
    alone = list(ALONE.each("sums", total, BASE, SHARES))
    assert alone[0] == "base 13"
    with ThreadPoolExecutor(2) as threads:
        assert list(Crew(threads).each("sums", total, BASE, SHARES)) == alone
    afar = Afar()
    assert list(Crew(afar).each("sums", total, BASE, SHARES)) == alone
    assert len(afar.sent) == len(SHARES)


def test_little_work_is_not_sent_away() -> None:
    afar = Afar()
    assert len(list(Crew(afar).each("sums", total, BASE, SHARES[: FEWEST - 1]))) == FEWEST - 1
    assert afar.sent == []
    assert len(list(Crew(afar).each("sums", total, BASE, SHARES[:FEWEST]))) == len(afar.sent) == FEWEST


def test_a_single_share_is_sent_where_others_work_anyway() -> None:
    afar = Afar()
    assert list(Crew(afar).each("sums", total, BASE, SHARES[:1], even_one=True)) == ["base 13"]
    assert len(afar.sent) == 1
    assert list(ALONE.each("sums", total, BASE, SHARES[:1], even_one=True)) == ["base 13"]


def test_others_begin_before_a_result_is_taken() -> None:
    afar = Afar()
    results = Crew(afar).each("sums", total, BASE, SHARES)
    assert len(afar.sent) == len(SHARES)
    assert next(results) == "base 13"


def test_nothing_is_sent_away_while_a_journal_is_kept() -> None:
    afar = Afar()
    with keeping():
        assert list(Crew(afar).each("sums", total, BASE, SHARES)) == list(ALONE.each("sums", total, BASE, SHARES))
    assert afar.sent == []


def test_the_base_is_packed_once() -> None:
    base = Packing()
    assert list(Crew(Afar()).each("sums", nothing, base, range(FEWEST))) == list(range(FEWEST))
    assert len(base.packed) == 1


def test_whoever_watches_hears_of_every_share_before_its_result_is_used() -> None:
    heard: list[tuple[str, int, int]] = []
    results = Crew(watch=lambda doing, done, of: heard.append((doing, done, of))).each("sums", total, BASE, SHARES[:3])
    next(results)
    assert heard == [("sums", 0, 3), ("sums", 1, 3)]
    assert len(list(results)) == 2
    assert heard == [("sums", done, 3) for done in range(4)]


def is_past(base: date, share: Iterable[int]) -> list[bool]:
    return [base > date(year, 1, 1) for year in share]


def test_what_is_asked_of_the_day_elsewhere_is_known_here() -> None:
    day = date(2019, 10, 1)
    asked = []
    for crew in (ALONE, Crew(Afar())):
        with noting() as notes:
            assert list(crew.each("years", is_past, AskedDay.of(day), [[2017], [2018], [2019], [2020]]))
        asked.append(notes)
    assert asked[0] == asked[1]
    assert asked[0].same_on(date(2019, 5, 1))
    assert not asked[0].same_on(date(2018, 5, 1))
