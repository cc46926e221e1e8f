"""Times that reach past the day on which a text begins or ends, or a party joins or leaves: told, and not decided."""

from __future__ import annotations

from datetime import date

import pytest

from cbm.records import replace
from cbm.wording.findings.stays_open.text_limits import crossed_limits
from tests.laws.timed import VOCABULARY, system_of

TEXT = """\
{vocabulary}instrument code
  uses sea
  in force 2000-01-01 until 2010-01-01
clause 1 every unit must report at least {length} before contact
clause 2 every unit must report within 60 min after contact
"""


def told(day: date | None, length: str = "42 days") -> list[str]:
    return list(crossed_limits(replace(system_of(TEXT.format(vocabulary=VOCABULARY, length=length)), as_of=day)))


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (date(1999, 11, 20), "begins on 2000-01-01"),  # forty-two days before
        (date(2000, 2, 11), "begins on 2000-01-01"),
        (date(2009, 11, 20), "ends on 2010-01-01"),
        (date(2010, 2, 11), "ends on 2010-01-01"),
    ],
)
def test_a_time_that_reaches_past_the_end_of_its_text_is_told(day: date, word: str) -> None:
    (line,) = told(day)
    assert line.startswith(f"clause 1, asked about on {day}: code {word}")


@pytest.mark.parametrize("day", [None, date(1999, 11, 19), date(2000, 2, 12), date(2009, 11, 19), date(2010, 2, 12)])
def test_one_that_does_not_reach_so_far_is_not(day: date | None) -> None:
    assert told(day) == []


@pytest.mark.parametrize(("length", "last"), [("20 calendar days in UTC", 20), ("10 working days in UTC", 16)])
def test_days_of_the_calendar_count_with_weekends(length: str, last: int) -> None:
    assert told(date(2000, 1, last), length)
    assert not told(date(2000, 1, last + 1), length)
