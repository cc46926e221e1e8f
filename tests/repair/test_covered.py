"""Promises before a change and after it: where one is broken that was not, and whether one still is."""

from __future__ import annotations

import pytest

from cbm.coverage import newly_broken
from cbm.coverage.governance import SituationRegion
from cbm.finding import RuleId
from cbm.repair.covered import newly_open, still_excepted, still_open
from cbm.repair.finding_matters import Open, OpenByException
from cbm.smt.solve import Unknown
from tests.repair.changing import BY_NIGHT, HEADER, PROMISE, ROLES, footing_of, goal_of, inquired

IN_TURN = BY_NIGHT.replace("fixed roles", "roles")


class NoAnswer:
    """In place of a search: the solver gives up."""

    def next(self) -> Unknown:
        return Unknown("canceled")


def test_what_stays_undecided_is_still_open(monkeypatch: pytest.MonkeyPatch) -> None:
    base = footing_of(BY_NIGHT + PROMISE)
    matter = goal_of(base, RuleId.GAP, "").matter
    assert isinstance(matter, Open)
    after = inquired(base, ("1 every unit when night", "1 every unit"))
    assert not still_open(base.inquiry, after, matter.opening)
    monkeypatch.setattr(SituationRegion, "search", lambda _region, *_conditions: NoAnswer())
    assert still_open(base.inquiry, after, matter.opening)


def test_a_promise_is_looked_at_in_the_encounters_that_the_other_role_sees() -> None:
    """What is found of own unit, of a helicopter, is found of the other one where that is a helicopter."""
    base = footing_of(f"{ROLES}{HEADER}clause 1 a frigate must call\n{PROMISE}")
    matter = goal_of(base, RuleId.GAP, "").matter
    assert isinstance(matter, Open)
    own = "clause 2 own when own.craft is helicopter must call\n"
    for condition, is_left in (("", False), (" and own.craft is helicopter", True)):
        other = f"clause 3 other when other.craft is helicopter{condition} must call\n"
        after = inquired(base, (f"must call\n{PROMISE}", f"must call\n{own}{other}{PROMISE}"))
        assert still_open(base.inquiry, after, matter.opening) is is_left


@pytest.mark.parametrize("strength", ["must", "should"])
def test_what_an_exception_leaves_open_is_open_for_each_role(monkeypatch: pytest.MonkeyPatch, strength: str) -> None:
    """What is only advised on from then on is left open as well: the clause that is excepted binds."""
    when = "range < 1 m"
    text = f"{ROLES}{HEADER}clause 1 a frigate must call\nclause 2 exception to 1 when {when}\n"
    base = footing_of(f"{text}clause 3 a helicopter must turn\n{PROMISE}")
    matter = goal_of(base, RuleId.GAP, "").matter
    assert isinstance(matter, OpenByException)
    own = f"clause 4 own when {when} and own.craft is frigate {strength} turn\n"
    other = f"clause 5 other when {when} and other.craft is frigate {strength} turn\n"
    part = other.replace(when, f"{when} and own.craft is frigate")
    for added, is_settled in ((own, False), (other, False), (own + part, False), (own + other, strength == "must")):
        after = inquired(base, (f"must turn\n{PROMISE}", f"must turn\n{added}{PROMISE}"))
        assert still_excepted(base.inquiry, after, matter.opening) is not is_settled
    after = inquired(base, (f"must turn\n{PROMISE}", f"must turn\n{own}{other}{PROMISE}"))
    monkeypatch.setattr(SituationRegion, "search", lambda _region, *_conditions: NoAnswer())
    assert still_excepted(base.inquiry, after, matter.opening)


@pytest.mark.parametrize(
    ("more", "is_new"),
    [
        ("every unit when not night should call", False),
        ("every unit when not night must call unless own.turn", False),
        ("exception to 1 when range < 1 m", True),
        ("exception to 1 when own.turn", True),
        ("exception to 1 when not night", False),
    ],
)
def test_what_is_governed_in_part_is_no_new_gap_where_nothing_governed(more: str, *, is_new: bool) -> None:
    base = footing_of(IN_TURN + PROMISE)
    after = inquired(base, (f"must call\n{PROMISE}", f"must call\nclause 2 {more}\n{PROMISE}"))
    assert newly_open(base.inquiry, after) is is_new


@pytest.mark.parametrize(
    ("before", "after", "is_new"),
    [
        ("night", "night and range < 1 m", False),
        ("night", "night and not night", True),
        ("night and not night", "not night and night", False),
    ],
)
def test_a_promise_that_speaks_of_nothing_any_more_is_not_kept(before: str, after: str, *, is_new: bool) -> None:
    base = footing_of(f"{BY_NIGHT}{PROMISE[:-1]} when {before}\n")
    assert newly_open(base.inquiry, inquired(base, (f"when {before}\n", f"when {after}\n"))) is is_new


def test_types_that_are_not_known_count_as_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it rests on what the unit does, types of encounter are compared."""
    base = footing_of(f"{IN_TURN}clause 2 every unit when not night must turn unless own.call\n{PROMISE}")
    change = ("unless own.call", "unless own.call and range < 1 m")
    assert not newly_open(base.inquiry, inquired(base, change))
    monkeypatch.setattr(newly_broken, "types_of", lambda _region, _axes: Unknown("canceled"))
    assert newly_open(base.inquiry, inquired(base, change))
