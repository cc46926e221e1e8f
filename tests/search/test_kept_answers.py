"""Answers are told as they were found, take as much work, and rest on all that is said of their question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import pytest

from cbm.core.expressions import And, Compare, Flag, Not, Or, Order
from cbm.core.sorts import FLAG, Dimension, NumberSort
from cbm.core.variables import Attribute, Counterpart
from cbm.process.budget import Budget, Work, WorkSpent, charged_to, within
from cbm.search.kept_answers import answers_kept, answers_remembered, are_kept, example, remembered, whether
from cbm.smt.solve import Answer, Sat, Solver, Unknown, Unsat

FOG = Flag(Attribute("fog", None, FLAG))
NIGHT = Flag(Attribute("night", None, FLAG))
RANGE = Attribute("range", None, NumberSort(Dimension.LENGTH, Fraction(0)))
NEAR = Compare(((Fraction(1), RANGE),), Order.AT_MOST, Fraction(926, 3), "m")


@dataclass(frozen=True)
class Found:
    """An answer of a kind of its own."""

    words: str
    whose: object


def unasked() -> object:
    pytest.fail("it was asked again")


def never() -> Answer:
    pytest.fail("it was asked again")


class Memory(dict[bytes, bytes]):
    """A store that forgets nothing."""

    def get(self, key: bytes) -> bytes | None:  # type: ignore[override]  # there is no default
        return super().get(key)

    def put(self, key: bytes, content: bytes) -> None:
        self[key] = content


@pytest.fixture
def store() -> Iterator[Memory]:
    kept = Memory()
    with answers_kept(kept, ("this code",)):
        yield kept


ANSWERS: tuple[object, ...] = (
    None,
    True,
    "words",
    (FOG, Not(NIGHT), Or((FOG, And((NIGHT, NEAR))))),
    [(), ((NEAR,),)],
    frozenset({FOG, NEAR}),
    {Counterpart(RANGE, "kept"): Fraction(1, 3), FOG.variable: True},
    1 << 70,
    -(1 << 200),
    Unknown("it was too hard"),
)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: type(answer).__name__)
@pytest.mark.usefixtures("store")
def test_an_answer_is_told_as_it_was_found(answer: object) -> None:
    assert remembered("what is it", (FOG,), lambda: answer) == answer
    told: object = remembered("what is it", (FOG,), unasked)
    assert told == answer
    assert type(told) is type(answer)


@pytest.mark.usefixtures("store")
def test_formulas_are_the_same_objects_with_the_units_that_were_written() -> None:
    remembered("which", (), lambda: NEAR)
    told: object = remembered("which", (), unasked)
    assert told is NEAR


@pytest.mark.usefixtures("store")
def test_records_are_told_where_they_are_named_and_what_is_given_as_it_is() -> None:
    somebody = object()
    found = Found("a ship", somebody)
    remembered("who", (), lambda: found, Found, given=(somebody,))
    other = object()
    assert remembered("who", (), lambda: found, Found, given=(other,)) == Found("a ship", other)


@pytest.mark.usefixtures("store")
def test_what_is_of_a_kind_that_is_not_known_is_asked_each_time() -> None:
    found: list[Found] = []
    for number in range(2):
        found += [remembered("who", (), partial(Found, "a ship", number))]
        found += [remembered("who", (object(),), partial(Found, "a ship", number))]
    assert [one.whose for one in found] == [0, 0, 1, 1]


class Read(tuple[str, ...]):
    """An answer that counts how often it is looked through."""

    times = 0

    def __iter__(self) -> Iterator[str]:
        self.times += 1
        return super().__iter__()


def test_what_one_run_remembers_is_written_when_it_is_asked_for_again() -> None:
    answer = Read(("fog", "night"))
    with answers_remembered():
        assert remembered("what is it", (FOG,), lambda: answer) is answer
        assert answer.times == 0
        assert [remembered("what is it", (FOG,), unasked) for _ in range(2)] == [("fog", "night")] * 2
        assert answer.times == 1
        unknown = [remembered("whose is it", (FOG,), lambda: Found("mine", None)) for _ in range(2)]
        assert unknown[0] is not unknown[1]


def test_each_thing_that_a_question_rests_on_makes_it_another_one(store: Memory) -> None:
    rests: list[tuple[object, ...]] = [
        (),
        (FOG,),
        (NIGHT,),
        (FOG, NIGHT),
        (NIGHT, FOG),
        ((FOG,), NIGHT),
        (frozenset((FOG, NIGHT)),),
        (NEAR,),
    ]
    rests += [(Compare(NEAR.terms, NEAR.order, NEAR.bound),), (1,), ("1",), (True,), (None,), ({FOG: 1},)]
    rests += [(Attribute("range", None, NumberSort(Dimension.LENGTH, Fraction(1))),), (RANGE,)]
    rests += [(frozenset((FOG,)),), (frozenset((NIGHT,)),), ({FOG: 2},), ({NIGHT: 1},), ({FOG: 1, NIGHT: 1},)]
    for number, rests_on in enumerate(rests):
        assert remembered("what is it", rests_on, partial(int, number)) == number
    remembered("what else is it", (), lambda: 0)
    with answers_kept(store, ("other code",)):
        remembered("what is it", (), lambda: 0)
    with within(Budget(steps=7)):
        remembered("what is it", (), lambda: 0)
    assert len(store) == len(rests) + 3
    assert [remembered("what is it", rests_on, lambda: -1) for rests_on in rests] == list(range(len(rests)))


def test_bytes_that_are_no_answer_are_asked_anew(store: Memory) -> None:
    remembered("which", (), lambda: (FOG,))
    (key,) = store
    for content in (b"", b"\xc1", b"\x93\x00\x90\x91\x05", b"\x93\x00\x91\x91\xa4Nope\x91\x00", store[key][:-3]):
        store[key] = content
        assert remembered("which", (), lambda: (NIGHT,)) == (NIGHT,)


def found_with_work() -> bool:
    return isinstance(Solver(("own",), (FOG,)).ask(NIGHT), Sat)


@pytest.mark.usefixtures("store")
def test_what_is_told_again_takes_as_much_work_as_when_it_was_asked() -> None:
    spent = []
    for _ in range(2):
        with charged_to(work := Work(10_000_000)):
            assert remembered("can it be", (), found_with_work)
        spent.append(10_000_000 - work.left)
    assert spent[0] == spent[1] > 0
    with charged_to(Work(-1)), pytest.raises(WorkSpent):
        remembered("can it be", (), found_with_work)


def test_what_a_run_finds_that_is_stopped_is_not_kept(store: Memory) -> None:
    with within(stopped := Budget()):
        remembered("what", (), lambda: stopped.stop("it is over"))
        remembered("what else", (), lambda: 1)
    assert not store


def test_whether_there_is_a_case_is_kept_and_that_nobody_knows_is_not(store: Memory) -> None:
    lost = Unknown("lost")
    assert isinstance(whether("can it be", (FOG,), lambda: Solver(("own",)).ask(FOG), never), Sat)
    assert isinstance(whether("can it be", (NIGHT,), lambda: Unsat((FOG,)), never), Unsat)
    assert isinstance(whether("can it be", (FOG,), never, never), Sat)
    assert whether("can it be", (NIGHT,), never, never) == Unsat()
    assert whether("can it be", (NEAR,), lambda: lost, lambda: lost) == lost
    assert isinstance(whether("can it be", (NEAR,), lambda: lost, Unsat), Unsat)
    assert len(store) == 2


def test_an_example_is_kept_and_that_none_is_found_is_not(store: Memory) -> None:
    with charged_to(work := Work(10_000_000)):
        assert example("what shows it", (FOG,), lambda: None) is None
        assert not store
        assert example("what shows it", (FOG,), lambda: (found_with_work(), Fraction(1, 3))) == (True, Fraction(1, 3))
        assert example("what shows it", (FOG,), unasked) == (True, Fraction(1, 3))
        assert example("what shows it", (NIGHT,), lambda: (False,)) == (False,)
    assert work.left == 10_000_000
    for key in store:
        store[key] = b"\xc1"
    assert example("what shows it", (FOG,), lambda: (False,)) == (False,)


def test_nothing_is_kept_where_nobody_keeps_it() -> None:
    assert not are_kept()
    assert [remembered("what", (), partial(int, number)) for number in range(2)] == [0, 1]
