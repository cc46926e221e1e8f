"""What is advised where a clause does not bind in a case: what the case leaves open, and nothing that it excludes."""

from __future__ import annotations

from datetime import date

import pytest

import cbm
from cbm.finding import Finding, RuleId, Severity

TEXT = """\
draft notice uses activities between CN, JP proposed 2024-01-01
clause 1 organiser when sort_of_activity is exercise and troops < 5000 must notify at least 3 days before start
clause 2 organiser when dangerous must warn_mariners
clause 3 organiser when near_the_other must warn_mariners
cases "Notices" for notice
case "an exercise"
  given {given}
  expect {expected}
"""
LEFT_OPEN = "if it is meant in this case that {}, add that to what is given"
STARTS = "the start of the activity occurs"


def failed(given: str, expected: str) -> Finding | None:
    (system,), faults = cbm.load_text(TEXT.format(given=given, expected=expected))
    assert faults == ()
    report = cbm.check(system, select={"expectation"})
    assert {finding.rule for finding in report.findings} <= {RuleId.EXPECTATION}
    return next(iter(report.findings), None)


@pytest.mark.parametrize(
    ("given", "words", "added"),
    [
        ("sort_of_activity is exercise and troops = 10", STARTS, "start occurs"),
        (
            "start occurs",
            "sort of activity is exercise and troops taking part is under 5,000",
            "sort_of_activity is exercise and troops < 5000",
        ),
    ],
)
def test_what_a_case_leaves_open_is_advised_and_makes_its_expectation_hold(given: str, words: str, added: str) -> None:
    expected = "organiser must notify by 1"
    finding = failed(given, expected)
    assert finding is not None
    assert finding.remedies == (LEFT_OPEN.format(words),)
    assert failed(f"{given} and {added}", expected) is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("troops = 5001 and start occurs", "organiser must notify"),  # excludes it
        ("start occurs", "organiser must request_clarification"),  # no clause says so
        ("dangerous and not near_the_other", "organiser must warn_mariners by 3"),
    ],
)
def test_nothing_is_advised_that_could_not_be_so_or_would_not_help(given: str, expected: str) -> None:
    finding = failed(given, expected)
    assert finding is not None
    assert finding.remedies == ()


ADVISED = """\
draft code uses encounters between CN, JP
clause 1 a warship meeting a warship should call
cases "Calls" for code
case "a warship"
  given own is a warship and other is a {other}
  expect own {asked} call
"""


@pytest.mark.parametrize(
    ("other", "asked", "told"),
    [
        ("warship", "must", "clause 1 only advises it"),
        ("warship", "should", None),
        ("submarine", "must", "no clause says so"),  # nor does it advise it there
    ],
)
def test_a_duty_that_is_only_advised_is_told_so(other: str, asked: str, told: str | None) -> None:
    (system,), faults = cbm.load_text(ADVISED.format(other=other, asked=asked))
    assert faults == ()
    found = cbm.check(system, select={"expectation"}).findings
    assert [finding.primary.text for finding in found] == ([] if told is None else [told])
    advised = "write `should` in what is expected, or `must` in clause 1"
    assert [advised in finding.remedies for finding in found] == ([] if told is None else ["only" in told])


DONE = "if it is enough that this can be done, write `expect possible own.call`"
LESS = """\
draft code uses encounters between CN, JP
clause 1 a warship may call after own.transmit
clause 2 a warship must not jam until own.call
clause 3 a warship must keep separation >= 200 m
clause 4 a warship may keep speed_kept from 5 kt to 20 kt
clause 5 a warship must not aim_weapons
clause 6 a warship should not lase until own.call
cases "What is less than expected" for code
case "a warship"
  given own is a warship
  expect {expected}
"""


@pytest.mark.parametrize(
    ("expected", "told", "advised"),
    [
        (
            "own may call",
            "less than that is left free by clause 1",
            DONE,
        ),
        (
            "own may call by 1",
            "less than that is left free by clause 1",
            DONE,
        ),
        ("own may keep speed_kept from 5 kt to 30 kt", "less than that is left free by clause 4", None),
        ("own must not jam", "less than that is asked for by clause 2", None),
        ("own must keep separation >= 300 m", "less than that is asked for by clause 3", None),
        ("own must keep separation >= 300 m by 2", "no clause says so", None),
        ("own must not lase", "no clause says so", None),  # what is advised for a time is no duty
        ("own may answer", "no clause says so", None),
        ("own must jam", "no clause says so", None),
        ("own may call by 4", "no clause says so", None),
        ("own must keep separation >= 100 m", None, None),
        ("possible own.call", None, None),
    ],
)
def test_a_clause_that_says_less_is_told_so(expected: str, told: str | None, advised: str | None) -> None:
    (system,), faults = cbm.load_text(LESS.format(expected=expected))
    assert faults == ()
    found = cbm.check(system, select={"expectation", "never-reached"}).findings
    assert [finding.primary.text for finding in found] == ([] if told is None else [told])
    for finding in found:
        assert list(finding.remedies) == ([] if advised is None else [advised])


NEGOTIATED = """\
draft code "A code"
  uses encounters
  between CN, JP
open term safe "safe distance" : length from 200 m to 3 nmi
clause 1 a warship {modality} keep separation >= safe
cases "Cases"
case "half a mile"
  given own.craft is warship and other.craft is warship and own.party is CN and other.party is JP and safe >= 0.5 nmi
  expect {expected}
"""


def of_package(modality: str, expected: str) -> Finding:
    (system,), faults = cbm.load_text(NEGOTIATED.format(modality=modality, expected=expected))
    assert faults == ()
    (found,) = cbm.check(system, select={"expectation", "impossible", "never-reached"}).findings
    return found


@pytest.mark.parametrize(
    ("expected", "by", "modality"),
    [
        ("never separation < 0.5 nmi", "CN", "should"),
        ("own must keep separation >= 0.5 nmi by 1", "CN", "should"),
        ("possible separation < 0.4 nmi", "JP", "must"),
    ],
)
def test_with_an_option_it_weighs_as_much_as_in_the_text_of_that_option(expected: str, by: str, modality: str) -> None:
    """The readings that the case excludes do not count, whatever else is open."""
    found, written_out = (of_package(said, expected) for said in ("[CN: should | JP: must]", modality))
    assert written_out.severity is found.severity is Severity.ERROR
    assert found.message == f"{written_out.message}, if {by}'s “{modality}” is taken in 1"
    assert found.reach is not None
    assert found.reach.surely == found.reach.boxes


def test_what_is_so_on_every_reading_of_one_option_alone_is_told_with_it() -> None:
    found = of_package("[CN: should | JP: must]", expected := "own must keep separation >= 1 nmi by 1")
    assert of_package("should", expected).severity is found.severity is Severity.ERROR
    assert of_package("must", expected).severity is Severity.WARNING
    assert found.message.endswith("if CN's “should” is taken in 1, or if safe distance is from 0.5 nmi to under 1 nmi")


OF_THEN = """\
instrument near uses encounters between CN, JP in force 2020-01-01 until 2025-01-01
clause 1 a patrol_aircraft meeting a warship must keep separation >= 1,000 m
cases "Distance" for near
case "a patrol" as of {day}
  given own.craft is patrol_aircraft and other.craft is warship
  expect {expected}
"""


@pytest.mark.parametrize(
    "expected",
    ["own must keep separation >= 1,000 m by 1", "own is bound by (1)", "never separation < 1,000 m"],
)
@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2019-01-01", "it is in force from 2020-01-01 on, and asked about is 2019-01-01"),
        ("2026-01-01", "from 2025-01-01 on it no longer binds, and asked about is 2026-01-01"),
        ("2021-01-01", None),
    ],
)
def test_that_a_text_binds_nobody_on_the_date_of_a_case_is_told_where_it_fails(
    expected: str, day: str, why: str | None
) -> None:
    (system,), faults = cbm.load_text(OF_THEN.format(expected=expected, day=day))
    assert faults == ()
    for asked in (None, date(2018, 1, 1), date(2022, 1, 1)):  # the date of the case counts
        found = cbm.check(system, select={"expectation", "impossible"}, as_of=asked).findings
        told = [note for finding in found for note in finding.notes if "binds nobody" in note]
        assert told == ([] if why is None else [f"near binds nobody on {day}: {why}"])


HELD = """\
vocabulary lines "Lines"
party A "Aland"
party B "Bland"
situation watch "watch"
roles own, other
each
  party : party
moments incident
axiom "two sides" own.party is not other.party
topic notices
kind level = desks < ministries
act report "reports" topic notices
channel night_line "Line with hours" between A, B
  level desks  for notices
  operational from 2020-01-01
  open 06:00 to 18:00 UTC Mon to Fri at A
draft notes uses lines between A, B proposed 2024-01-01
clause 1 every unit when incident occurs must report within 30 h after incident through night_line
cases "Held" for notes
case "an incident"
  given incident occurs
  expect own must report by 1
"""


def test_a_message_that_is_held_until_an_end_opens_is_what_is_expected_where_no_time_is_said() -> None:
    (system,), faults = cbm.load_text(HELD)
    assert faults == ()
    assert not cbm.check(system, select={"expectation"}).findings


@pytest.mark.parametrize(
    ("clause", "given", "reason"),
    [
        (
            "when start is less than 14 days after decision must warn_mariners",
            "start occurs and decision occurs and start is at least 20 days after decision",
            "the decision to hold the activity is at least 14 days before the start of the activity",
        ),
        (
            "when organiser.notify must warn_mariners within 1 h after organiser.notify",
            "start occurs",
            "organiser does not notify the activity",
        ),
    ],
)
def test_why_a_clause_does_not_bind_is_told_once_and_only_what_is_so(clause: str, given: str, reason: str) -> None:
    cases = f'cases "c" for notice\ncase "c"\ngiven {given}\nexpect organiser must warn_mariners by 1\n'
    header = "draft notice uses activities between CN, JP proposed 2024-01-01\n"
    (system,), faults = cbm.load_text(f"{header}clause 1 organiser {clause}\n{cases}")
    assert faults == ()
    (finding,) = cbm.check(system, select={"expectation"}).findings
    assert finding.notes[0] == f"1 does not bind here: {reason}"


@pytest.mark.parametrize(
    ("expected", "notes"),
    [
        ("conflict 1, 2", ("there is `impossible-duty` of clause 1",)),
        ("conflict 2, 3", ()),
        ("no conflict 1, 2", None),
        ("conflict 1, 2 when own.status is not submerged", ()),
    ],
)
def test_what_else_is_found_of_clauses_that_were_expected_to_clash(
    expected: str, notes: tuple[str, ...] | None
) -> None:
    text = (
        "draft code uses encounters between CN, JP\nclause 1 every unit must call\nclause 2 every unit must assist\n"
        f'clause 3 every unit must not lase\ncases "Clashes"\ncase "all"\n  expect {expected}\n'
    )
    (system,), faults = cbm.load_text(text)
    assert faults == ()
    found = cbm.check(system, select={"expectation"}).findings
    assert [finding.notes for finding in found] == ([] if notes is None else [notes])
