"""The pages that explain rules."""

from __future__ import annotations

from cbm.finding import Rule, RuleId, Severity
from cbm.records import replace
from cbm.render.rules import explanation, table

CONFLICT = Rule(
    id=RuleId.CONFLICT,
    severity=Severity.ERROR,
    summary="clauses that cannot all be complied with",
    explanation="There is a situation in which\nno conduct will do.\n\nSecond paragraph.\n",
    failing='draft a "A"\n\nclause 1 must report\n',
    passing='draft a "A"\n',
)
GAP = Rule(RuleId.GAP, Severity.WARNING, "a promised situation without a duty", "…", "", "")


def test_a_rule_is_explained_with_an_example_and_its_mended_form() -> None:
    assert (
        explanation(CONFLICT)
        == """\
conflict (error): clauses that cannot all be complied with

There is a situation in which no conduct will do.

Second paragraph.

Found here:

    draft a "A"

    clause 1 must report

Mended:

    draft a "A"
"""
    )


def test_of_a_rule_that_no_document_breaks_for_sure_only_the_other_example_is_shown() -> None:
    assert explanation(replace(CONFLICT, failing="")).splitlines()[5:] == [
        "",
        "Nothing of it here:",
        "",
        '    draft a "A"',
    ]


def test_rules_are_listed_by_name_in_columns() -> None:
    assert table([GAP, CONFLICT]) == (
        "conflict  error    clauses that cannot all be complied with\n"
        "gap       warning  a promised situation without a duty\n"
    )
