"""When what is owed is due, by size: the times that clauses name, each with the types in which it is owed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.core.packages.settled_choices import SettledChoices
from cbm.outcomes.coverage_map import CoverageMap
from cbm.questions.covering import Request, answer
from cbm.render.maps.text import render

TEXT = """\
vocabulary notices
party CN
party JP
situation activity
fixed roles organiser, informed
each party : party
shared troops "troops" : count from 0 to 500,000
moments start
types by troops at thresholds
axiom "two sides" organiser.party is not informed.party
topic notices
act notify "notifies the activity" stating area topic notices

draft lead_times
  uses notices
clause 1 organiser when troops from 3,000 to 8,999 must notify at least 14 days before start
clause 2 organiser when troops >= 9,000
  must notify at least 42 days
    before start stating area
clause 3 organiser must not notify until start
covers acts notify in every type of activity when start occurs
"""


def test_lead_times_by_size(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(TEXT, encoding="utf-8")
    drawn = answer(Request(str(tmp_path / "code.cbm")))
    assert isinstance(drawn, CoverageMap)
    (layer,) = drawn.layers
    assert [(due.clause, due.times, due.where, due.types) for due in layer.due] == [
        ("lead_times:1", "at least 14 days before start", ("troops is from 3,000 to 8,999",), 1),
        ("lead_times:2", "at least 42 days before start", ("troops is at least 9,000",), 1),
    ]
    assert [gap.words for gap in layer.gaps] == ["troops is at most 2,999"]
    page = render(drawn)
    assert "when it is due" in page
    assert "at least 42 days before start (2): troops is at least 9,000 (1 type)" in page


def test_sizes_that_tell_no_types_apart_are_told_in_the_words_of_the_clause(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(TEXT.replace("types by troops at thresholds\n", ""), encoding="utf-8")
    drawn = answer(Request(str(tmp_path / "code.cbm")))
    assert isinstance(drawn, CoverageMap)
    (layer,) = drawn.layers
    assert [(due.clause, due.when) for due in layer.due] == [
        ("lead_times:1", "troops from 3,000 to 8,999"),
        ("lead_times:2", "troops >= 9,000"),
    ]
    assert "at least 14 days before start, when troops from 3,000 to 8,999 (1)" in " ".join(render(drawn).split())


def test_of_a_clause_with_brackets_it_is_told_when_it_is_due_on_which_packages(tmp_path: Path) -> None:
    open_demand = "[must | should] notify at least [CN: 14 | JP: 21] days"
    text = TEXT.replace("must notify at least 14 days", open_demand).replace("8,999 ", "[8,999 | 8,000] ", 1)
    text = text.replace("types by troops at thresholds\n", "")
    (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    drawn = answer(Request(str(tmp_path / "code.cbm")))
    assert isinstance(drawn, CoverageMap)
    (layer,) = drawn.layers
    assert [(due.name, due.times, due.when, due.packages) for due in layer.due if due.name == "1"] == [
        (
            "1",
            f"at least {days} days before start",
            f"troops from 3,000 to {most}",
            f"“{most}” is taken in bracket 1 of 1 and {who}'s “{days}” is taken in bracket 3 of 1",
        )
        for most in ("8,999", "8,000")
        for days, who in (("14", "CN"), ("21", "JP"))
    ]
    told = "at least 14 days before start, when troops from 3,000 to 8,999, if “8,999” is taken in bracket 1 of 1"
    assert told in " ".join(render(drawn).split())


AREA = f"""{TEXT.partition("draft lead_times")[0]}
draft code
  uses notices
article 1 "Notices"
[JP: clause 1.1 applies when troops > 10
| CN: clause 1.1 applies when troops > 20 or start occurs
| delete]
clause 1.2 organiser must notify at least [JP: 14 | CN: 7] days before start
covers acts notify in every type of activity when start occurs
"""


@pytest.mark.parametrize(
    ("take", "when", "packages"),
    [
        (("1.1=JP", "1.2=JP"), "troops > 10", ""),
        (("1.1=3", "1.2=JP"), "", ""),
        (
            ("1.2=JP",),
            "troops > 10 (if 1.1 stands as JP has it) and troops > 20 or start occurs (if 1.1 stands as CN has it)",
            "",
        ),
    ],
)
def test_a_condition_in_brackets_is_told_with_the_packages_that_have_it(
    take: tuple[str, ...], when: str, packages: str, tmp_path: Path
) -> None:
    (tmp_path / "code.cbm").write_text(AREA, encoding="utf-8")
    drawn = answer(Request(str(tmp_path / "code.cbm"), by="organiser.party", settled=SettledChoices(take)))
    assert isinstance(drawn, CoverageMap), drawn
    (layer,) = drawn.layers
    assert [(due.times, due.when, due.packages) for due in layer.due] == [
        ("at least 14 days before start", when, packages)
    ]
