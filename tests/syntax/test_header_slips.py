"""What newcomers write in the header of a text is told with how it is written, and what is advised leaves nothing."""

from __future__ import annotations

import pytest

import cbm
from tests.syntax.reading import mended, said, told_once

CLAUSE = "\nclause 1 a warship must call\n"
PARTIES = "the parties of a text stand behind `between`"
RANK = "how a text binds is said by its `rank`"
DATE = "the date stands behind `{}` alone"


IN_WORDS = "a date is written as year, month and day in figures"
IN_FORCE = "from when a text binds is said with `in force`, and from when it binds no more with `until`"


@pytest.mark.parametrize(
    ("written", "message", "meant"),
    [
        ("draft coc uses encounters with CN and JP", PARTIES, "draft coc uses encounters between CN, JP"),
        ("draft coc parties CN, JP uses encounters", PARTIES, "draft coc between CN, JP uses encounters"),
        (
            "draft coc using encounters between CN, JP",
            "the vocabulary of a text stands behind `uses`",
            "draft coc uses encounters between CN, JP",
        ),
        (
            "draft coc uses encounters between CN, JP, and US",
            "`and` does not join the parts of a list: write `,`",
            "draft coc uses encounters between CN, JP, US",
        ),
        (
            "instrument coc uses encounters in force from 1 January 2027",
            IN_WORDS,
            "instrument coc uses encounters in force 2027-01-01",
        ),
        (
            "instrument coc uses encounters adopted on May 9, 2018",
            IN_WORDS,
            "instrument coc uses encounters adopted 2018-05-09",
        ),
        (
            "draft coc\n  uses encounters\n  parties CN, JP",
            PARTIES,
            "draft coc\n  uses encounters\n  between CN, JP",
        ),
        (
            "draft coc uses encounters proposed on 2024-01-01",
            DATE.format("proposed"),
            "draft coc uses encounters proposed 2024-01-01",
        ),
        (
            "instrument coc uses encounters in force since 2024-01-01",
            DATE.format("in force"),
            "instrument coc uses encounters in force 2024-01-01",
        ),
        (
            "instrument coc uses encounters in force 2021-06-01 to 2023-01-01",
            IN_FORCE,
            "instrument coc uses encounters in force 2021-06-01 until 2023-01-01",
        ),
        (
            "instrument coc uses encounters in force from 2021-06-01 until 2023-01-01",
            IN_FORCE,
            "instrument coc uses encounters in force 2021-06-01 until 2023-01-01",
        ),
        (
            "instrument coc uses encounters in force 2021-06-01 - 2023-01-01 between CN, JP",
            IN_FORCE,
            "instrument coc uses encounters in force 2021-06-01 until 2023-01-01 between CN, JP",
        ),
        (
            "instrument coc uses encounters entered into force on 2024-01-01",
            "since when a text binds is said with `in force`",
            "instrument coc uses encounters in force 2024-01-01",
        ),
        (
            "instrument coc uses encounters signed 2024-01-01",
            "the date of a text stands behind `adopted`",
            "instrument coc uses encounters adopted 2024-01-01",
        ),
        (
            "draft coc uses encounters dated 2024-01-01",
            "the date of a text stands behind `proposed`",
            "draft coc uses encounters proposed 2024-01-01",
        ),
        (
            "instrument coc uses encounters in force 2024-01-01 expires 2030-01-01",
            "from the day behind `until` on a text binds no more",
            "instrument coc uses encounters in force 2024-01-01 until 2030-01-01",
        ),
        (
            "instrument coc uses encounters rank MoU adopted 2024-01-01",
            RANK,
            "instrument coc uses encounters rank memorandum adopted 2024-01-01",
        ),
        (
            "instrument coc uses encounters rank soft law adopted 2024-01-01",
            RANK,
            "instrument coc uses encounters rank political adopted 2024-01-01",
        ),
        (
            "draft Code of conduct uses encounters",
            "a text has a name of one word, and then its title in quotes",
            'draft code_of_conduct "Code of conduct" uses encounters',
        ),
        (
            'draft "Code of conduct" uses encounters',
            "a text has a name of one word, and then its title in quotes",
            'draft code_of_conduct "Code of conduct" uses encounters',
        ),
        ("draft coc: uses encounters", "nothing follows a name: write `coc` without `:`", "draft coc uses encounters"),
        ("draft coc version 2 uses encounters", "which draft it is belongs to its name", "draft coc_2 uses encounters"),
        (
            "draft coc uses encounters channels",
            "a comma stands between the parts of a list",
            "draft coc uses encounters, channels",
        ),
        (
            "draft coc uses encounters between CN, JP together with colregs",
            "what a text is read together with stands behind `beside`",
            "draft coc uses encounters between CN, JP beside colregs",
        ),
    ],
)
def test_what_is_told_of_a_header_and_what_it_becomes(written: str, message: str, meant: str) -> None:
    text = written + CLAUSE
    assert told_once(text).partition(" → ")[0] == message
    after = mended(text)
    assert after == meant + CLAUSE
    assert cbm.load_text(after)[1] == ()


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "draft coc uses encounters between all states",
            "a text without `between` is open to all: leave `between all states` out",
        ),
        ("draft coc uses encounters open to all", "a text without `between` is open to all: leave `open to all` out"),
        (
            "draft coc uses encounters between CN, JP replaces cues",
            (
                "what a text changes in others is not said in its header: write `until DATE` in the text that ends,"
                " or `notwithstanding cues` where this one prevails"
            ),
        ),
        (
            "instrument coc uses encounters legally binding adopted 2024-01-01",
            f"{RANK} → write `rank treaty`, or `rank memorandum` and behind it `binding`",
        ),
        (
            "instrument coc uses encounters rank not legally binding adopted 2024-01-01",
            f"{RANK} → write `rank political`, or `rank memorandum` and behind it `not binding`",
        ),
        (
            "draft coc uses encounters with Finland and Iceland",
            f"{PARTIES} → write `between Finland, Iceland`",
        ),
        ("code coc uses encounters", "no statement begins with `code`: did you mean `draft`?"),
    ],
)
def test_what_is_told_of_a_header_that_is_written_anew(written: str, message: str) -> None:
    assert said(written + CLAUSE)[0].split(" ", 1)[1] == message


def test_what_can_be_read_is_no_slip() -> None:
    assert not said(
        f"instrument coc uses encounters between CN, JP rank memorandum not binding adopted 2014-01-01"
        f" in force 2015-01-01 until 2030-01-01 suspended 2020-01-01 beside colregs{CLAUSE}"
    )


def test_the_day_of_ratification_is_told_with_the_days_that_there_are() -> None:
    (line,) = said("instrument coc uses encounters ratified by CN 2020-01-01" + CLAUSE)
    assert line.endswith(" → write `adopted DATE`, `in force DATE`, or both")
