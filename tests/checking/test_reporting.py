"""A report tells its findings in one order, whatever language it is told in."""

from __future__ import annotations

from cbm.checking.reporting import in_order
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.source import Source, Span


def test_findings_of_one_place_are_told_by_what_they_are_about_and_not_by_their_words() -> None:
    place = Label(Span(Source("code.cbm", "clause"), 0, 6), "")
    told = [
        Finding(RuleId.CONFLICT, Severity.ERROR, words, place, clauses=("code:1", other))
        for words, other in (("甲", "code:2"), ("乙", "code:3"))
    ]
    assert in_order(reversed(told)) == told
