"""Records: never changed, equal by what they say and not by where it stands, the same on the way to another process."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import ClassVar

import pytest

from cbm.records import Placed, Record, replace


class Point(Record):
    x: int
    y: int = 0


class Mark(Placed, kw_only=True):
    span: int | None = None


class Word(Mark):
    text: str
    size: int = 1


class Full(Mark):
    """Says nothing but where it stands."""


class Measured(Placed):
    ASIDE: ClassVar[frozenset[str]] = frozenset({"span", "unit"})

    value: int
    unit: str | None = None
    span: int | None = None


@dataclass(frozen=True)
class Old:
    x: int


def test_records_are_equal_where_all_fields_are() -> None:
    assert Point(1) == Point(1, 0)
    assert hash(Point(1)) == hash(Point(1, 0))
    assert Point(1) != Point(1, 1)


@pytest.mark.parametrize("one", [Word("a", span=1), Full(span=1), Measured(1, "m", 1)])
def test_what_stands_aside_plays_no_part_in_equality(one: Placed) -> None:
    moved = replace(one, span=2)  # type: ignore[call-arg]  # all three have it
    assert one == moved
    assert not one != moved  # noqa: SIM202  # a question of its own
    assert hash(one) == hash(moved)
    assert repr(one) == repr(moved)


def test_everything_else_plays_a_part() -> None:
    assert Word("a", span=1) != Word("b", span=1)
    assert Word("a", span=1) != Word("a", 2, span=1)
    assert Measured(1, "m") == Measured(1, "km") != Measured(2, "m")


def test_records_of_two_classes_are_never_equal() -> None:
    class Noun(Mark):
        text: str
        size: int = 1

    assert Word("a") != Noun("a")
    assert Full() != Word("a")
    assert Word("a") != "a"
    assert Point(1) != Measured(1)


@pytest.mark.parametrize("one", [Point(1, 2), Word("a", 2, span=3), Full(span=1), Measured(1, "m", 5)])
def test_another_process_gets_the_same(one: Record) -> None:
    copy = pickle.loads(pickle.dumps(one))
    assert copy == one
    assert type(copy) is type(one)
    assert [getattr(copy, name) for name in one.__struct_fields__] == [
        getattr(one, name) for name in one.__struct_fields__
    ]


@pytest.mark.parametrize(("one", "name"), [(Point(1), "x"), (Word("a"), "text"), (Word("a"), "span")])
def test_a_record_is_never_changed(one: Record, name: str) -> None:
    with pytest.raises(AttributeError):
        setattr(one, name, 1)


def test_the_same_with_other_values() -> None:
    assert replace(Point(1, 2), y=3) == Point(1, 3)
    assert replace(Word("a", span=1), text="b").span == 1
    assert replace(Old(1), x=2) == Old(2)
    with pytest.raises(TypeError):
        replace(Point(1), z=3)  # type: ignore[call-arg]  # that is what is tried


def test_a_record_is_taken_apart_by_what_it_says() -> None:
    match Word("a", 2, span=3):
        case Word(text, size):
            assert (text, size) == ("a", 2)
    assert Word.__match_args__ == ("text", "size")
