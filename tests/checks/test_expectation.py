"""What is advised where a clause does not bind in a case: what the case leaves open, and nothing that it excludes."""

from __future__ import annotations

import pytest

import cbm
from cbm.finding import Finding, RuleId

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
