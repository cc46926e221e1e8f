"""Which findings were there before: those of the same rule, gravity, clauses and matter."""

from __future__ import annotations

import pytest

from cbm.finding import Finding, Label, RuleId, Severity
from cbm.questions.findings_again import known, without_counterpart
from cbm.records import replace
from cbm.source import Source, Span

PLACE = Label(Span(Source("code.cbm", "covers safety"), 0, 13))
GAP = Finding(RuleId.GAP, Severity.ERROR, "a gap", PLACE, matter=("code", "safety", "gap"))
CLASH = Finding(RuleId.CONFLICT, Severity.ERROR, "a clash", PLACE, clauses=("code:1", "code:2"))
FOG, NIGHT = (("it is foggy",),), (("it is night",),)

THE_SAME = {
    "as it is": (CLASH, CLASH),
    "other words": (CLASH, replace(CLASH, message="another clash")),
    "another order": (CLASH, replace(CLASH, clauses=("code:2", "code:1"))),
    "other conditions": (replace(CLASH, extent=FOG), replace(CLASH, extent=NIGHT)),
    "a text of another name": (GAP, replace(GAP, matter=("new", "safety", "gap"))),
}
ANOTHER = {
    "another rule": (CLASH, replace(CLASH, rule=RuleId.DEADLOCK)),
    "less grave": (CLASH, replace(CLASH, severity=Severity.WARNING)),
    "other clauses": (CLASH, replace(CLASH, clauses=("code:1", "code:3"))),
    "another matter": (GAP, replace(GAP, matter=("code", "notices", "gap"))),
    "a matter called as the older text": (GAP, replace(GAP, matter=("new", "safety", "code"))),
}


@pytest.mark.parametrize(("old", "new"), THE_SAME.values(), ids=THE_SAME)
def test_it_is_found_again(old: Finding, new: Finding) -> None:
    assert found_anew([old], [new]) == found_gone([old], [new]) == ()


@pytest.mark.parametrize(("old", "new"), ANOTHER.values(), ids=ANOTHER)
def test_it_is_another_one(old: Finding, new: Finding) -> None:
    assert found_anew([old], [new]) == (new,)
    assert found_gone([old], [new]) == (old,)


def test_of_several_the_one_under_the_same_conditions_is_found_first() -> None:
    at_night, in_fog = replace(CLASH, extent=NIGHT), replace(CLASH, extent=FOG)
    assert found_gone([at_night, in_fog], [in_fog]) == (at_night,)
    assert found_anew([in_fog], [at_night, in_fog]) == (at_night,)


def test_labels_are_those_of_the_newer_text() -> None:
    new = replace(CLASH, clauses=("new:1", "new:7"))
    assert not without_counterpart(known([new], "new", {}), known([CLASH], "code", {"2": "7"}))


def found_anew(old: list[Finding], new: list[Finding]) -> tuple[Finding, ...]:
    return without_counterpart(known(new, named(new), {}), known(old, "code", {}))


def found_gone(old: list[Finding], new: list[Finding]) -> tuple[Finding, ...]:
    return without_counterpart(known(old, "code", {}), known(new, named(new), {}))


def named(findings: list[Finding]) -> str:
    """What the text of these findings is called."""
    return "new" if any(finding.matter[:1] == ("new",) for finding in findings) else "code"
