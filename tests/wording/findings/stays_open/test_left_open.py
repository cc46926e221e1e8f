"""What a report says is left open, and which rules do not tell the readings of open terms apart."""

from __future__ import annotations

from datetime import date

import pytest

from cbm.records import replace
from cbm.wording.findings.stays_open.left_open import left_open, omissions
from tests.laws.timed import VOCABULARY, system_of

CLAUSE = "clause 1 every unit must report within {} after contact"


def lines(*statements: str) -> list[str]:
    return list(left_open(system_of("\n".join([f"{VOCABULARY}draft code", "  uses sea", *statements, ""]))))


def test_rules_that_do_not_tell_readings_apart_are_named_where_a_term_is_open() -> None:
    opened = lines('open term soon "soon" : duration from 1 h to 2 h', CLAUSE.format("soon"))
    assert opened[0] == "open term of code: soon, read as from 1 h to 2 h"
    assert "trap, last-moment and unserved-function are told where they are so on some reading" in opened[1]
    assert "restatement and vacuity where they are so on every one" in opened[1]
    assert not any("readings" in line for line in lines(CLAUSE.format("1 h")))


def test_languages_that_nobody_reads_are_named() -> None:
    quoted = CLAUSE.format("1 h") + '\n  text en "within one hour" fr "dans un délai de deux heures"'
    assert "quoted texts in fr are not compared with their clauses: only those in en, zh and ja are" in lines(quoted)
    assert not any("compared" in line for line in lines(CLAUSE.format("1 h") + '\n  text ja "一時間以内"'))


def test_a_quoted_text_that_does_not_change_with_its_clause_is_named() -> None:
    told = "clause 1: the quoted text is one for all options, and is compared with all of them together"
    open_in_force = CLAUSE.format("1 h").replace("must", "[must | should]")
    assert any(line.startswith(told) for line in lines(f'{open_in_force}\n  text en "shall report within one hour"'))
    figure = CLAUSE.format("[A: 1 h | B: 2 h]")
    assert any(line.startswith(told) for line in lines(f'{figure}\n  text en "shall report within one hour"'))
    assert not any("quoted" in line for line in lines(open_in_force))
    adapted = """\
options d one of A, B
clause 1 every unit [d A: must | B: should] report within 1 h after contact
  [d A: text en "shall report" | B: text en "should report"]"""
    assert not any("quoted" in line for line in lines(adapted))


def test_a_moment_that_who_owes_something_before_it_is_taken_to_know_is_named_once() -> None:
    early = "clause {} every unit must report at least 1 h before {}"
    told = [line for line in lines(early.format(1, "contact"), early.format(2, "contact")) if "beforehand" in line]
    words = "clauses 1 and 2 is taken to know beforehand when contact comes: something is due before it"
    assert told == [f"who can be bound by {words}, and it is not declared `planned`"]
    assert not any("beforehand" in line for line in lines(CLAUSE.format("1 h")))
    planned = VOCABULARY.replace("moments contact, alarm", "moments contact planned\nmoments alarm")
    text = "\n".join([f"{planned}draft code", "  uses sea", early.format(1, "contact"), ""])
    assert not any("beforehand" in line for line in left_open(system_of(text)))


def test_hours_that_begin_in_the_morning_and_go_over_midnight_are_told() -> None:
    """`open 08:30 to 5:30`, where 17:30 was meant, was read as 21 hours a day without a word."""
    hours = 'channel desk "Desk" between A, B for telling operational from 2018-01-01 open {} UTC Mon to Fri at A'
    text = f"{VOCABULARY}{hours}\ndraft code\n  uses sea\n{CLAUSE.format('3 h')} through desk\n"
    told = [line for line in left_open(system_of(text.format("08:30 to 5:30"))) if "Desk" in line]
    assert told == ["the hours of Desk at A go over midnight: 08:30 to 05:30 on the next day, and not to 17:30"]
    for usual in (
        "08:30 to 17:30",
        "20:00 to 06:00",
        "17:30 to 08:30",
        "08:00 to 24:00",
        "00:00 to 24:00",
        "06:00 to 00:30",
    ):
        assert not any("Desk" in line for line in left_open(system_of(text.format(usual)))), usual
    unused = text.format("08:30 to 5:30").replace(" through desk", "")
    assert not any("Desk" in line for line in left_open(system_of(unused)))


def test_how_long_is_waited_for_a_meeting() -> None:
    meeting = 'channel talks "Talks" between A, B for telling operational from 2018-01-01 meets once every year'
    text = f"{VOCABULARY}{meeting}\ndraft code\n  uses sea\n{CLAUSE.format('30 days')} through talks\n"
    words = (
        "`talks` is held once every year, on days that are not known (early in one year, say, and late in a later one):"
        " what is told there may wait up to 730 days"
    )
    assert words in list(left_open(system_of(text)))
    assert not any("held" in line for line in left_open(system_of(text.replace(" through talks", ""))))
    without = "no interval is agreed for `talks`, last held on 2019-03-01: what is told there may wait for ever"
    assert without in list(left_open(system_of(text.replace("meets once every year", "held 2019-03-01"))))


def test_a_clause_of_which_there_are_several_wordings_is_named_once() -> None:
    told = lines("clause 1 every unit must report at least [1 h | 2 h] before contact")
    assert [line.partition(" is taken")[0] for line in told if "beforehand" in line] == ["who can be bound by clause 1"]


def test_what_a_text_leaves_out_is_named_with_its_reason() -> None:
    said = (
        'left out 9 "radio" because "its heading alone was seen"',
        'article 4 "Ends"',
        'left out 2 because "unseen"',
    )
    system = system_of("\n".join([f"{VOCABULARY}draft code", "  uses sea", 'left out because "long"', *said, ""]))
    assert list(omissions(system)) == [
        "code: long",
        "9 of code, radio: its heading alone was seen",
        "4.2 of code: unseen",
    ]


def test_how_much_is_left_out_is_told() -> None:
    """A text of which everything is left out was told without findings, and without a word of that."""
    text = f'{VOCABULARY}\ndraft code\n  uses sea\nleft out 1 because "not yet"\nleft out 2 because "not yet"\n'
    told = "2 provisions of code are left out: nothing is asked of them (`cbm check --explain-green` tells which)"
    assert told in list(left_open(system_of(text)))
    assert not any("left out" in line for line in lines("clause 1 every unit must report"))


ENDS = """\
instrument pact
  uses sea
  in force 2018-06-08
  until {until}
clause 1 every unit must report within 1 h after contact
"""


@pytest.mark.parametrize(
    ("until", "begins", "is_told"),
    [("2026-12-31", "2027-01-01", True), ("2027-01-01", "2027-01-01", True), ("2027-01-02", "2027-01-01", False)],
)
def test_a_text_that_has_ended_before_the_one_under_check_begins_is_named(
    until: str, begins: str, *, is_told: bool
) -> None:
    """A clash with it was told as one that somebody will meet."""
    header = f"draft code\n  uses sea\n  proposed 2026-06-01\n  in force {begins}\n  beside pact\n"
    of = system_of(f"{VOCABULARY}{ENDS.format(until=until)}{header}{CLAUSE.format('3 h')}\n")
    told = f"pact no longer binds from {until} on, and code comes into force on {begins}: what is found of both is so"
    assert any(line.startswith(told) for line in left_open(of)) is is_told
    asked = replace(of, as_of=date.fromisoformat(begins))
    assert not any(line.startswith(told) for line in left_open(asked)), "that it binds no longer is told by itself"
