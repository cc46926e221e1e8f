"""Clashes beside the hours of a channel: told by the conditions that hold at all hours, and that there are more."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import Compare, Flag, Formula, Order, conjunction, disjunction, negation
from cbm.core.sorts import FLAG
from cbm.core.substitution import Value
from cbm.core.variables import Attribute, Occurrence, Variable, WeekPlace
from cbm.finding import Finding
from cbm.pipeline import run
from cbm.search.hours_relaxed import beside_hours
from cbm.search.implicants import true_at

TEXT = """\
vocabulary notices
party CN
party JP
situation activity
fixed roles organiser, informed
each party : party
moments decision "the decision", start "the start"
axiom "two sides" organiser.party is not informed.party
axiom "order" start is after decision
topic notification
act notify topic notification
channel line between CN, JP
  for notification
  operational from 2020-01-01
  open 08:00 to 17:00 Asia/Tokyo Mon to Fri at JP
  when closed holds messages
draft rules
  uses notices
  proposed 2024-01-15
clause 1 organiser must notify at least 3 days before start through line
clause 2 organiser must not notify until decision
"""


TOO_SOON = "the start is less than 3 days after the decision"


def conflict_of(folder: Path, text: str) -> Finding:
    (folder / "rules.cbm").write_text(text, encoding="utf-8")
    (found,) = run([folder / "rules.cbm"], select=frozenset({"conflict", "undecided"})).findings
    return found


def test_what_clashes_at_all_hours_is_told_first(tmp_path: Path) -> None:
    found = conflict_of(tmp_path, TEXT)
    assert found.whenever == TOO_SOON
    assert found.extent[0] == (TOO_SOON,)
    assert len(found.extent) > 1


def test_where_too_much_depends_on_the_hours_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cbm.search.extent.CUBES", 2)
    found = conflict_of(tmp_path, TEXT)
    assert found.whenever == f"{TOO_SOON} (and in further encounters, depending on the day and time of the week)"
    assert found.extent == ((TOO_SOON,),)


CASES = """\
cases "Times" for rules
case "when the line is closed all the time that is left"
  given decision occurs and start is at least 132 h after decision and start is at most 133 h after decision
  expect conflict 1, 2
  expect no conflict 1, 2
case "the line opens in between"
  given decision occurs and start is at least 10 days after decision
  expect no conflict 1, 2
"""


def test_a_case_beyond_the_conditions_listed_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cbm.search.extent.CUBES", 2)
    (tmp_path / "rules.cbm").write_text(TEXT + CASES, encoding="utf-8")
    report = run([tmp_path / "rules.cbm"], select=frozenset({"expectation", "undecided"}))
    assert [f.message for f in report.findings] == ["the text does not meet `expect no conflict 1, 2`"]


PLACE = WeekPlace(Occurrence("start"))
FLAGS = [Flag(Attribute(name, None, FLAG)) for name in "ab"]


def atoms() -> st.SearchStrategy[Formula]:
    limits = st.builds(lambda n: Compare(((Fraction(1), PLACE),), Order.AT_MOST, Fraction(n)), st.integers(0, 3))
    return st.one_of(st.sampled_from(FLAGS), limits)


def formulas() -> st.SearchStrategy[Formula]:
    def more(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        some = st.lists(inner, min_size=1, max_size=3)
        return st.one_of(inner.map(negation), some.map(lambda p: conjunction(*p)), some.map(lambda p: disjunction(*p)))

    return st.recursive(atoms(), more, max_leaves=8)


@given(formulas(), st.booleans(), st.booleans(), st.integers(0, 4))
def test_what_meets_a_demand_meets_it_beside_its_hours(demand: Formula, a: bool, b: bool, place: int) -> None:
    point: dict[Variable, Value] = {FLAGS[0].variable: a, FLAGS[1].variable: b, PLACE: Fraction(place)}
    assert true_at(beside_hours(demand), point) or not true_at(demand, point)
