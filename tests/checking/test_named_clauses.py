"""Who takes a clause out as it is advised is told of everything that names it: of just what would be an error then."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.finding import Finding, RuleId
from cbm.pipeline import check, load_text, run
from cbm.report import Report
from cbm.source import Span

RULES = """\
instrument rules "Rules of the road"
  uses encounters
  rank treaty in force 1977-07-15
clause 1 a helicopter meeting a warship must keep separation >= 1,000 m
"""
CODE = """\
draft code "A code"
  uses encounters
  between CN, JP
  beside rules
"""
UNMET = "clause 1 a submarine when own.submerged_unit and in_sight must answer"
# Whatever can name a clause; every line would be an error without it.
NAMING = """\
clause 21 a fighter when own.distress must answer in place of 1
clause 22 a fighter must not aerobatics subject to 1
clause 23 a fighter must not aim_weapons notwithstanding 1
clause 24 exception to 1 when own.distress
clause 25 a fighter when own is bound by (1) must not illuminate_fire_control
clause 26 a submarine must answer restates 1
clause 27 every unit is deemed to comply with 1 if it does call
term minded means own is bound by (1)
covers weapons in every type of encounter when own is bound by (1)
cases "Cases"
case "first"
given own is bound by (1)
expect own must answer by 1
expect no conflict 1, 22
"""
ADVISED = {
    "its condition is never met": UNMET,
    "it cannot be kept": "clause 1 a fighter must keep separation < 0 m",
    "others imply it": "clause 1 a fighter must answer\nclause 2 a fighter must answer",
    "it repeats a treaty": "clause 1 a helicopter meeting a warship must keep separation >= 1,000 m",
    "it asks for less than a treaty": "clause 1 a helicopter meeting a warship must keep separation >= 500 m",
    "nobody could use it": "clause 0 a fighter must not answer\nclause 1 a fighter may answer",
    "it clashes and is all about the same": "clause 0 a fighter must not answer\nclause 1 a fighter must answer",
    "units keep each other from it": "clause 1 CN must keep separation <= 1 m\nclause 2 JP must keep separation > 1 m",
    "its advice clashes": "clause 0 a fighter must not answer\nclause 1 a fighter should answer notwithstanding 0",
}


@pytest.mark.parametrize("clauses", ADVISED.values(), ids=ADVISED)
def test_what_names_the_clause_is_told_where_it_may_be_taken_out(clauses: str, tmp_path: Path) -> None:
    naming = "clause 9 a auxiliary should not aerobatics subject to 1\n"
    findings = _taking_out(_report(tmp_path, f"{CODE}{clauses}\n{naming}"))
    assert findings
    for finding in findings:
        assert [place.text for place in _named(finding)] == ["1"]
        assert finding.remedies[-1] == "if 1 is taken out, change what names it too: else that is an error"
    for finding in _taking_out(_report(tmp_path, f"{CODE}{clauses}\n")):
        assert not _named(finding)
        assert "change what names it too" not in finding.remedies[-1]


def test_told_is_just_what_would_be_an_error(tmp_path: Path) -> None:
    finding, *_ = _taking_out(_report(tmp_path, f"{CODE}{UNMET}\n{NAMING}"))
    places = {place.begin[0] for place in _named(finding)}
    left = _report(tmp_path, f"{CODE}\n{NAMING}")
    assert places == {f.primary.span.begin[0] for f in left.findings if f.rule is RuleId.UNDEFINED}
    assert len(places) == len(NAMING.splitlines()) - 2  # but for the beginnings of the cases


def test_an_article_or_a_text_that_is_named_is_still_there(tmp_path: Path) -> None:
    article = 'article 1 "First"\nclause 1 a submarine when own.submerged_unit and in_sight must answer\n'
    others = (
        'clause 2 a fighter must answer\narticle 3 "Second"\nclause 5 a fighter must not aerobatics subject to {}\n'
    )
    for name, found in (("1", False), ("1.1", True), ("1.2", False)):
        (finding,) = _taking_out(_report(tmp_path, f"{CODE}{article}{others.format(name)}"))
        assert bool(_named(finding)) is found
    (finding,) = _taking_out(
        _report(tmp_path, f"{CODE}{article}{others.format('1').replace('clause 2', '# clause 2')}")
    )
    assert _named(finding)  # nothing would be left of the article


def test_of_several_acts_one_that_goes_leaves_the_clause_there(tmp_path: Path) -> None:
    again, naming = "clause 3 a fighter must answer\n", "clause 2 a auxiliary should not aerobatics subject to 1\n"
    for more, found in (("", True), (", call", False)):
        (finding,) = _taking_out(_report(tmp_path, f"{CODE}clause 1 a fighter must answer{more}\n{naming}{again}"))
        assert bool(_named(finding)) is found


def test_a_text_that_was_loaded_is_told_alike() -> None:
    naming = "clause 9 a auxiliary must not aerobatics subject to 1\n"
    systems, _ = load_text(f"{RULES}{CODE}{UNMET}\n{naming}")
    code = next(system for system in systems if system.subject == "code")
    (finding,) = _taking_out(check(code))
    assert [place.text for place in _named(finding)] == ["1"]


def _report(folder: Path, text: str) -> Report:
    path = folder / "code.cbm"
    path.write_text(f"{RULES}{text}", encoding="utf-8")
    return run([path])


def _taking_out(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.takes_out]


def _named(finding: Finding) -> list[Span]:
    return [label.span for label in finding.related if label.text.endswith("is named here")]
