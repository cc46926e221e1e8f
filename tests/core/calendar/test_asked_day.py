"""The day asked about: it answers as any date does, and whatever is asked of it is noted."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import pytest

from cbm.core.calendar.asked_day import COMPARISONS, PARTS, USES, AskedDay, noting

DAY, EARLIER, LATER = date(2019, 10, 1), date(2018, 1, 1), date(2020, 1, 1)
# What makes, copies or sends a date, and says nothing of the one that it is called on.
OF_NONE = {"fromisocalendar", "fromisoformat", "fromordinal", "fromtimestamp", "today", "max", "min", "resolution"}
OF_OBJECTS = set(dir(object)) - {*COMPARISONS, "__hash__", "__str__", "__repr__", "__format__"}


def test_whatever_can_be_asked_of_a_date_is_noted() -> None:
    assert set(dir(date)) - OF_NONE - OF_OBJECTS == {*COMPARISONS, *PARTS, *USES}


@pytest.mark.parametrize("other", [EARLIER, DAY, LATER], ids=str)
@pytest.mark.parametrize("comparison", COMPARISONS)
def test_comparisons_are_those_of_a_date_and_hold_on_days_with_the_same_answers(comparison: str, other: date) -> None:
    with noting() as asked:
        assert getattr(AskedDay.of(DAY), comparison)(other) == getattr(DAY, comparison)(other)
    for day in (EARLIER, DAY, LATER):
        assert asked.same_on(day) is (getattr(day, comparison)(other) == getattr(DAY, comparison)(other))


def test_it_is_noted_on_whichever_side_it_stands() -> None:
    with noting() as asked:
        assert EARLIER < AskedDay.of(DAY) <= LATER
    assert asked.same_on(date(2019, 1, 1))
    assert asked.same_on(LATER)
    assert not asked.same_on(EARLIER)


@pytest.mark.parametrize(
    "use",
    [str, hash, "{:%Y}".format, lambda day: day.year, lambda day: day + timedelta(1), lambda day: LATER - day],
    ids=["str", "hash", "format", "year", "later", "length"],
)
def test_who_takes_it_otherwise_makes_it_count_by_itself(use: object) -> None:
    assert callable(use)
    with noting() as asked:
        assert use(AskedDay.of(DAY)) == use(DAY)
    assert not asked.same_on(DAY)


def test_what_is_sent_elsewhere_is_noted_there() -> None:
    with noting() as here:
        sent = pickle.loads(pickle.dumps(AskedDay.of(DAY)))
        with noting() as there:
            assert sent > EARLIER
    assert here.answers == {}
    assert not there.same_on(EARLIER)
