"""The examples' own check: it fails when a finding is missing, unexpected, or on another line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.finding import Finding, Label, RuleId, Severity
from cbm.source import Source, Span
from tests.examples import Expectation, differences, expectations, load, verify

TEXT = """\
draft a "A"  # prose is free, even about an error
clause 1 must report  # error: [conflict] "clauses 1"; warning: [vacuity] "never"
clause 2 must stop
"""
SOURCE = Source("a.cbm", TEXT)


def found(rule: str, message: str, line: int, source: Source = SOURCE) -> Finding:
    severity = Severity.ERROR if rule == "conflict" else Severity.WARNING
    start = sum(len(text) + 1 for text in source.text.split("\n")[: line - 1])
    return Finding(RuleId(rule), severity, message, Label(Span(source, start, start)))


CONFLICT = found("conflict", "clauses 1 and 2 clash", 2)
VACUITY = found("vacuity", "is never met", 2)


def test_what_is_announced_and_found_is_fine_in_any_order() -> None:
    verify(SOURCE, lambda source: [VACUITY, CONFLICT] if source is SOURCE else [])


def test_expectations_stand_on_their_line() -> None:
    assert list(expectations(SOURCE)) == [
        Expectation(2, Severity.ERROR, "conflict", "clauses 1"),
        Expectation(2, Severity.WARNING, "vacuity", "never"),
    ]


def test_the_failure_shows_both_sides_in_the_order_of_lines() -> None:
    with pytest.raises(AssertionError) as failure:
        verify(SOURCE, lambda _: [found("gap", "no duty", 3), found("conflict", "clauses 2 clash", 2), VACUITY])
    assert str(failure.value).splitlines() == [
        "a.cbm: expected (-) and found (+) differ",
        '- a.cbm:2: error: [conflict] "clauses 1"',
        '+ a.cbm:2: error: [conflict] "clauses 2 clash"',
        '+ a.cbm:3: warning: [gap] "no duty"',
    ]


def test_a_missing_finding_fails() -> None:
    assert differences(SOURCE, [CONFLICT]) == ['- a.cbm:2: warning: [vacuity] "never"']


def test_a_finding_said_twice_fails() -> None:
    assert differences(SOURCE, [CONFLICT, VACUITY, VACUITY]) == ['+ a.cbm:2: warning: [vacuity] "is never met"']


@pytest.mark.parametrize(
    "other",
    [
        found("vacuity", "is never met", 3),
        found("redundancy", "is never met", 2),
        Finding(RuleId.VACUITY, Severity.ERROR, "is never met", VACUITY.primary),
        found("vacuity", "is always met", 2),
        found("vacuity", "is never met", 2, Source("b.cbm", TEXT)),
    ],
    ids=["line", "rule", "severity", "message", "source"],
)
def test_everything_counts(other: Finding) -> None:
    assert len(differences(SOURCE, [CONFLICT, other])) == 2


def test_each_expectation_needs_a_finding_of_its_own() -> None:
    source = Source("b.cbm", 'x # error: [conflict] "a"; error: [conflict] "a"\n')
    one, other = found("conflict", "a and b", 1, source), found("conflict", "a and c", 1, source)
    assert differences(source, [one]) == ['- b.cbm:1: error: [conflict] "a"']
    assert differences(source, [one, other]) == []


def test_a_vague_expectation_leaves_the_finding_to_a_precise_one() -> None:
    source = Source("b.cbm", 'x # error: [conflict] "a"; error: [conflict] "a and b"\n')
    one, other = found("conflict", "a and b", 1, source), found("conflict", "a and c", 1, source)
    assert differences(source, [one, other]) == differences(source, [other, one]) == []


@pytest.mark.parametrize(
    "comment",
    [
        '# error: conflict "a"',
        '# error [conflict] "a"',
        "# error: [conflict]",
        '# error: [conflict] ""',
        '# error: [conflict] "a" and more',
        '# error: [conflict] "a", [vacuity] "b"',
        '# error: [conflict] "a"; [vacuity] "b"',
        '# Error: [conflict] "a"',
        '# errors: [conflict] "a"',
        '#warning: [Conflict] "a"',
        "# note: this is prose",
    ],
)
def test_a_comment_that_only_begins_like_an_expectation_is_refused(comment: str) -> None:
    with pytest.raises(ValueError, match=r"^b\.cbm:2: not of the form"):
        list(expectations(Source("b.cbm", f"draft b\nclause 1 {comment}\n")))


def test_lines_are_counted_as_sources_count_them() -> None:
    source = Source("b.cbm", 'one \u2028 two\r\nclause # error: [conflict] "a"\r\n')
    assert differences(source, [found("conflict", "a", 2, source)]) == []


def test_an_example_is_named_after_its_file(tmp_path: Path) -> None:
    (tmp_path / "例.cbm").write_text("条款", encoding="utf-8")
    assert load(tmp_path / "例.cbm") == Source("例.cbm", "条款")
