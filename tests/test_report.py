"""What a report counts, and the exit code that follows from it."""

from __future__ import annotations

import pytest

from cbm.finding import Exit, Finding, Label, RuleId, Severity
from cbm.report import Pairs, Report
from cbm.source import Source, Span

PLACE = Label(Span(Source("code.cbm", "draft code\n"), 0, 5))
CONFLICT = Finding(RuleId.CONFLICT, Severity.ERROR, "", PLACE)
NEEDLESS = Finding(RuleId.REDUNDANCY, Severity.NOTE, "", PLACE)
GIVEN_UP = Finding(RuleId.UNDECIDED, Severity.WARNING, "", PLACE)


@pytest.mark.parametrize(
    ("findings", "level", "code"),
    [
        ((), Severity.ERROR, Exit.FINE),
        ((CONFLICT,), Severity.ERROR, Exit.FINDINGS),
        ((NEEDLESS,), Severity.ERROR, Exit.FINE),
        ((NEEDLESS,), Severity.WARNING, Exit.FINE),
        ((NEEDLESS,), Severity.NOTE, Exit.FINDINGS),
        ((GIVEN_UP,), Severity.NOTE, Exit.UNDECIDED),
        ((GIVEN_UP, NEEDLESS), Severity.ERROR, Exit.UNDECIDED),
        ((GIVEN_UP, CONFLICT), Severity.ERROR, Exit.FINDINGS),
    ],
)
def test_the_exit_code_says_the_worst(findings: tuple[Finding, ...], level: Severity, code: Exit) -> None:
    assert Report(findings, fail_level=level).exit is code


def test_what_was_given_up_is_counted_by_itself() -> None:
    report = Report((GIVEN_UP, CONFLICT, NEEDLESS))
    assert {severity: report.count(severity) for severity in Severity} == {
        Severity.ERROR: 1,
        Severity.WARNING: 0,
        Severity.NOTE: 1,
    }
    assert report.undecided == (GIVEN_UP,)


def test_pairs_of_several_texts_are_added_up() -> None:
    assert Pairs.total([Pairs(1, 2, 3, 4), Pairs(10, 20, 30, 40)]) == Pairs(11, 22, 33, 44)
    assert Pairs.total([]) == Pairs()
