"""Deadlines and lead times as agreements on notices put them: what is told, and what it becomes."""

from __future__ import annotations

import pytest

import cbm
from tests.syntax.reading import mended, told_once, told_without_a_change

HEAD = "draft notices uses activities, channels between CN, JP proposed 2024-01-01\nclause 1 organiser must "
SHORTEST = "a shortest time before something is said with `at least`"
SHORTEST_AFTER = "a shortest time after something is said with `at least`"
LONGEST = "a longest time before something is said with `within`"
VAGUE = "sets no time of which it could be told whether it was kept → write `within … after …`, or leave it out"
BOTH = "a shortest and a longest time are said one behind the other"
DAYS = "a time is counted in days, hours, minutes or seconds"


@pytest.mark.parametrize(
    ("written", "message", "meant"),
    [
        ("notify not later than 14 days prior to the start", SHORTEST, "notify at least 14 days before start"),
        ("notify not less than two weeks before start", SHORTEST, "notify at least 14 days before start"),
        (
            "notify between 14 and 30 days before start",
            BOTH,
            "notify at least 14 days before start within 30 days before start",
        ),
        (
            "notify from 30 days until 14 days before the start",
            BOTH,
            "notify at least 14 days before start within 30 days before start",
        ),
        (
            "reply between 12 hours and 3 days after decision",
            BOTH,
            "reply at least 12 h after decision within 3 days after decision",
        ),
        (
            "notify not less than 3 days and not more than 10 days before start",
            BOTH,
            "notify at least 3 days before start within 10 days before start",
        ),
        ("notify not later than the start", "a moment stands by its name alone", "notify not later than start"),
        ("notify 30 to 14 days before start", BOTH, "notify at least 14 days before start within 30 days before start"),
        (
            "notify at least 14 and at most 30 days before start",
            BOTH,
            "notify at least 14 days before start within 30 days before start",
        ),
        (
            "notify before 14 days after decision",
            "a time that counts from something is said with `within`",
            "notify within 14 days after decision",
        ),
        ("notify before 14 days before start", SHORTEST, "notify at least 14 days before start"),
        ("notify earlier than 14 days before start", SHORTEST, "notify at least 14 days before start"),
        ("not notify before 60 h before start", SHORTEST, "not notify at least 60 h before start"),
        ("not notify after 60 h before start", LONGEST, "not notify within 60 h before start"),
        ("notify 14 days or more before start", SHORTEST, "notify at least 14 days before start"),
        ("notify at least 14 or more days before start", SHORTEST, "notify at least 14 days before start"),
        (
            "notify between 30 days before start and 14 days before the start",
            BOTH,
            "notify at least 14 days before start within 30 days before start",
        ),
        ("notify from 30 days before start until start", LONGEST, "notify within 30 days before start"),
        ("notify between thirty days before the start and the start", LONGEST, "notify within 30 days before start"),
        ("not notify from 30 days before start until the start", LONGEST, "not notify within 30 days before start"),
        (
            "notify from 30 days before start until 14 days before start",
            BOTH,
            "notify at least 14 days before start within 30 days before start",
        ),
        (
            "notify at least fourteen days before start",
            "numbers are written in figures",
            "notify at least 14 days before start",
        ),
        (
            "notify at least twenty-one days before start",
            "numbers are written in figures",
            "notify at least 21 days before start",
        ),
        ("notify at least 2 weeks before start", DAYS, "notify at least 14 days before start"),
        ("notify within two weeks after decision", DAYS, "notify within 14 days after decision"),
        (
            "notify at least 14 days before the start",
            "a moment stands by its name alone",
            "notify at least 14 days before start",
        ),
        ("notify no earlier than 14 days before start", LONGEST, "notify within 14 days before start"),
        ("notify not before 60 h before start", LONGEST, "notify within 60 h before start"),
        ("notify not after 48 h before start", SHORTEST, "notify at least 48 h before start"),
        ("notify not more than two weeks before start", LONGEST, "notify within 14 days before start"),
        ("notify at most 14 days before start", LONGEST, "notify within 14 days before start"),
        ("notify 14 days before start at the latest", SHORTEST, "notify at least 14 days before start"),
        (
            "reply 48 hours after decision at the latest",
            "a longest time after something is said with `within`",
            "reply within 48 h after decision",
        ),
        ("reply not before 2 hours after decision", SHORTEST_AFTER, "reply at least 2 h after decision"),
        ("reply no earlier than 2 h after decision", SHORTEST_AFTER, "reply at least 2 h after decision"),
        ("notify prior to start", "`prior to` is not how it is written: write `before`", "notify before start"),
    ],
)
def test_what_is_told_of_a_time_and_what_it_becomes(written: str, message: str, meant: str) -> None:
    assert told_once(f"{HEAD}{written}\n").partition(" → ")[0] == message
    after = mended(f"{HEAD}{written}\n")
    assert after == f"{HEAD}{meant}\n"
    assert cbm.load_text(after)[1] == ()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "notify 14 days in advance",
            "`14 days in advance` does not say what it is counted from → write `at least 14 days before …`",
        ),
        ("notify two weeks before start", f"{DAYS} → write `14 days before`"),
        (
            "notify more than 14 days before start",
            (
                "`more than` is not how a time is said"
                " → write `at least 14 days before`, which counts the moment itself as kept"
            ),
        ),
        (
            "not notify less than 14 days before start",
            (
                "`less than` is not how a time is said"
                " → write `within 14 days before`, which counts the moment itself as kept"
            ),
        ),
        (
            "notify at start",
            (
                "`at` could mean a moment or a condition"
                " → write `upon start` for a moment; a condition stands before what is asked, as `when start`"
            ),
        ),
        (
            "report during the exercise",
            (
                "`during` does not say from when until when → write `from … until …` with two moments, or `when …` "
                "before what is asked for what is so meanwhile"
            ),
        ),
        (
            "notify within 24 h after decision, but before start",
            (
                "`but` joins no times → leave `but` out if both limit one doing,"
                " or write a clause of its own if it is to be done at both"
            ),
        ),
        (
            "notify within 24 h after decision or before start",
            (
                "`or` joins no times → write in a clause of its own:"
                " `… is deemed to comply with … if it does …`, with the other time"
            ),
        ),
        (
            "notify on the day of decision",
            ("`on the day of decision` is counted by the clock of a place → write, for example, `within 24 h after …`"),
        ),
        (
            "notify before start and after end",
            (
                "`and` joins no times → leave `and` out if both limit one doing,"
                " or write a clause of its own if it is to be done at both"
            ),
        ),
        (
            "notify within 3 days of start",
            "`within 3 days of` can mean two things: write `within 3 days after` or `within 3 days before`",
        ),
        (
            "notify within 2 h of start through diplomatic_note",
            "`within 2 h of` can mean two things: write `within 2 h after` or `within 2 h before`",
        ),
        ("notify well in advance", f"`well in advance` {VAGUE}"),
        ("notify in a timely manner", f"`in a timely manner` {VAGUE}"),
        ("notify in due course", f"`in due course` {VAGUE}"),
        ("notify within a reasonable time", f"`within a reasonable time` {VAGUE}"),
        (
            "notify within 3 months after decision",
            "`month` has no fixed length → write how many days are meant, as in `30 days`",
        ),
        (
            "notify once a year",
            (
                "`once a year` does not say from when and until when it recurs"
                " → write, for example, `every 365 days from … until …`, with a moment in each place"
            ),
        ),
        (
            "notify once a week from decision until start",
            "a time is counted in days, hours, minutes or seconds → write `every 7 days`",
        ),
        (
            "notify once a day",
            (
                "`once a day` does not say from when and until when it recurs"
                " → write, for example, `every 1 day from … until …`, with a moment in each place"
            ),
        ),
        (
            "notify once every 6 months",
            (
                "`once every 6 months` does not say from when and until when it recurs"
                " → write, for example, `every 180 days from … until …`, with a moment in each place"
            ),
        ),
        (
            "notify twice a year from decision until start",
            "`year` has no fixed length → write how many days are meant, as in `every 182 days from … until …`",
        ),
        (
            "notify every 6 months from decision until start",
            "`month` has no fixed length → write how many days are meant, as in `every 180 days from … until …`",
        ),
        (
            "notify by November 15 each year",
            (
                "a day of the calendar stands behind `not later than`"
                " → write, for example, `not later than 15 November of the year of … in Asia/Tokyo`"
            ),
        ),
        (
            "notify no later than fourteen calendar days prior to start",
            (
                "`calendar days` are counted by the clock of a place"
                " → write, for example, `14 calendar days in Asia/Tokyo`, or `14 days` of 24 hours each"
            ),
        ),
        (
            "notify at least 14 working days before start",
            (
                "`working days` are counted by the clock of a place"
                " → write, for example, `14 working days in Asia/Tokyo`, or `14 days` of 24 hours each"
            ),
        ),
    ],
)
def test_a_time_that_could_mean_several_things_is_told_without_a_change(written: str, told: str) -> None:
    assert told_without_a_change(f"{HEAD}{written}\n") == told


@pytest.mark.parametrize(
    "written",
    [
        "notify not later than 15 November of the year of start in Asia/Tokyo",
        "notify at least 14 working days in Asia/Tokyo before start",
        "notify at least 14 calendar days in Asia/Tokyo before start",
        "notify every 365 days from start until end",
        "notify every 180 days from start until end",
    ],
)
def test_what_is_shown_as_an_example_is_understood(written: str) -> None:
    assert cbm.load_text(f"{HEAD}{written}\n")[1] == ()
