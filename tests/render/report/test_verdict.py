"""The paragraph that begins a page: nothing in it may look better than it is."""

from __future__ import annotations

import pytest

from cbm.checks import RULES
from cbm.finding import Finding, PackageReach, RuleId, Severity
from cbm.records import replace
from cbm.render.report.verdict import verdict
from cbm.report import Ending, Question, Report, Unread
from cbm.source import Source
from tests.render.sample import label

PLACE = label(Source("a.cbm", "x"), "x")
ASKED = Report((), questions=(Question(RuleId.CONFLICT, "3.2", Ending.CLEAR),), titles=("A code",))


def found(rule: RuleId, severity: Severity) -> Finding:
    return Finding(rule, severity, "m", PLACE)


def test_errors_are_told_by_what_they_are_the_most_frequent_first() -> None:
    errors = [found(rule, Severity.ERROR) for rule in (RuleId.SEAM, RuleId.CONFLICT, RuleId.CONFLICT)]
    notes = [found(RuleId.DEROGATION, Severity.NOTE), found(RuleId.UNUSED, Severity.WARNING)]
    report = replace(ASKED, findings=(*errors, *notes))
    assert verdict(report) == (
        "“A code” cannot stand as it is: 2 clashes of clauses and 1 seam. Beside that: 1 warning and 1 note."
    )


def test_what_is_called_alike_is_counted_together() -> None:
    errors = [found(rule, Severity.ERROR) for rule in (RuleId.EXPECTATION, RuleId.IMPOSSIBLE)]
    assert verdict(replace(ASKED, findings=tuple(errors))) == (
        "“A code” cannot stand as it is: 2 expectations that are not met."
    )


def test_without_errors_what_is_milder_is_counted() -> None:
    assert verdict(replace(ASKED, findings=(found(RuleId.UNUSED, Severity.NOTE),))) == (
        "No error was found in “A code”; 1 note."
    )


def test_what_is_wrong_with_some_packages_is_not_said_of_the_text() -> None:
    """Such a run ends with 0: the text can still become one that stands."""
    some = replace(found(RuleId.CONFLICT, Severity.ERROR), reach=PackageReach(False))
    assert verdict(replace(ASKED, findings=(some,))) == (
        "Some packages of “A code” cannot stand as they are: 1 clash of clauses."
    )
    every = replace(some, reach=PackageReach(True))
    assert verdict(replace(ASKED, findings=(some, every))).startswith("“A code” cannot stand as it is")


def test_what_cannot_be_read_is_said_of_no_text_by_its_title() -> None:
    """It may be the header of another text."""
    errors = (found(RuleId.SYNTAX, Severity.ERROR), found(RuleId.UNDEFINED, Severity.ERROR))
    assert verdict(replace(ASKED, findings=errors)).startswith("What was checked cannot stand as it is: ")


def test_an_error_is_not_said_of_each_of_several_texts() -> None:
    report = replace(ASKED, titles=("A", "B"), findings=(found(RuleId.CONFLICT, Severity.ERROR),))
    assert verdict(report) == "Not all of the 2 texts can stand as they are: 1 clash of clauses."


def test_several_texts_are_counted() -> None:
    assert verdict(replace(ASKED, titles=("A", "B"))) == "Nothing was found in the 2 texts."


def test_nothing_asked_undecided_or_not_read_is_not_fine() -> None:
    assert "no question was asked" in verdict(Report(()))
    undecided = replace(ASKED, findings=(found(RuleId.UNDECIDED, Severity.WARNING),))
    assert verdict(undecided).endswith("1 question stays undecided: that is neither found nor fine.")
    for report in (replace(ASKED, unread=(Unread("a.cbm", "is a pipe"),)), replace(ASKED, stopped="it took too long")):
        assert verdict(report).endswith("Not everything was looked at.")


@pytest.mark.parametrize("rule", [known.id for known in RULES.values() if known.severity is Severity.ERROR])
def test_what_is_an_error_by_itself_is_told_in_words(rule: RuleId) -> None:
    assert "`" not in verdict(replace(ASKED, findings=(found(rule, Severity.ERROR),))).replace("`otherwise`", "")


def test_a_rule_without_a_noun_goes_by_its_name() -> None:
    report = replace(ASKED, findings=(found(RuleId.LAST_MOMENT, Severity.ERROR),))
    assert "1 finding of `last-moment`" in verdict(report)
