"""By when a meeting is due: so many days on, or months by the calendar; or in a calendar year."""

from __future__ import annotations

from datetime import date

import pytest

from cbm.core.calendar.meetings import due_on, longest_gap, works
from cbm.core.episodes import Channel
from cbm.syntax.ast import MeetingInterval
from tests.syntax.reading import NOWHERE


def meeting(count: int, unit: str, *held: date, began: date | None = None) -> Channel:
    return Channel(
        "commission",
        "",
        ("CN", "JP"),
        operational=began,
        interval=MeetingInterval(count, unit, span=NOWHERE),
        held=held,
    )


@pytest.mark.parametrize(
    ("held", "count", "unit", "due"),
    [
        (date(2020, 1, 15), 6, "month", date(2020, 7, 15)),
        (date(2020, 8, 31), 6, "month", date(2021, 2, 28)),
        (date(2019, 8, 31), 6, "month", date(2020, 2, 29)),
        (date(2020, 12, 31), 12, "month", date(2021, 12, 31)),
        (date(2020, 2, 29), 12, "month", date(2021, 2, 28)),
        (date(2020, 1, 15), 60, "day", date(2020, 3, 15)),
        (date(2020, 1, 15), 2, "week", date(2020, 1, 29)),
        (date(2020, 1, 31), 1, "month", date(2020, 2, 29)),
        (date(2020, 6, 30), 30, "month", date(2022, 12, 30)),
    ],
)
def test_due(held: date, count: int, unit: str, due: date) -> None:
    assert due_on(meeting(count, unit, held), date(2030, 1, 1)) == due


def test_once_every_year_is_once_in_each_calendar_year() -> None:
    held = (date(2018, 1, 2), date(2018, 12, 27))
    due = [due_on(meeting(years, "year", day), date(2030, 1, 1)) for day in held for years in (1, 2)]
    assert due == [date(2019, 12, 31), date(2020, 12, 31)] * 2


def test_the_last_one_before_the_date_counts_and_the_beginning_like_one() -> None:
    channel = meeting(12, "month", date(2020, 5, 1), date(2022, 5, 1), began=date(2018, 5, 1))
    dates = (date(2018, 4, 30), date(2019, 1, 1), date(2021, 1, 1), date(2023, 1, 1))
    assert [due_on(channel, day) for day in dates] == [None, date(2019, 5, 1), date(2021, 5, 1), date(2023, 5, 1)]


def test_it_serves_up_to_the_day_on_which_it_is_due() -> None:
    channel = meeting(12, "month", date(2020, 5, 1), began=date(2019, 1, 1))
    assert [works(channel, day) for day in (date(2021, 5, 1), date(2021, 5, 2), None)] == [True, False, True]


def test_a_meeting_that_is_held_on_the_date_is_held() -> None:
    channel = meeting(12, "month", date(2020, 5, 1), date(2022, 6, 1), began=date(2019, 1, 1))
    dates = [date(2022, 5, 31), date(2022, 6, 1)]
    assert [due_on(channel, day) for day in dates] == [date(2021, 5, 1), date(2023, 6, 1)]
    assert [works(channel, day) for day in dates] == [False, True]


def test_what_has_no_interval_is_never_due() -> None:
    line = Channel("line", "", ("CN", "JP"), operational=date(2020, 1, 1))
    assert due_on(line, date(2021, 1, 1)) is None
    assert [works(line, day) for day in (date(2019, 12, 31), date(2020, 1, 1))] == [False, True]


@pytest.mark.parametrize(
    ("count", "unit", "days"),
    [
        (1, "day", 1),
        (2, "week", 14),
        (1, "month", 31),
        (6, "month", 184),
        (12, "month", 366),
        (1, "year", 730),  # on the first day of one, and on the last day of the next
        (2, "year", 1095),
    ],
)
def test_the_longest_gap_lasts_until_a_meeting_is_due(count: int, unit: str, days: int) -> None:
    assert longest_gap(MeetingInterval(count, unit, span=NOWHERE)) == days


@pytest.mark.parametrize(("count", "unit"), [(7, "month"), (60, "week"), (1, "year")])
def test_no_day_comes_after_the_last_one_of_the_calendar(count: int, unit: str) -> None:
    assert due_on(meeting(count, unit, began=date(9999, 6, 30)), date(9999, 7, 1)) == date.max
