"""Which changes are taken for ways out: those that settle what was found, and bring nothing that was not."""

from __future__ import annotations

import pytest

from cbm.finding import RuleId
from cbm.repair.trial import tried
from cbm.source import hunks
from tests.laws.drafts import STRAIT
from tests.repair.changing import BY_NIGHT, HEADER, PROMISE, ROLES, footing_of, goal_of, replacing

CLASH = "clause 8 CN must turn\nclause 9 CN must not turn\n"
SETTLED = ("clause 9 CN must not turn", "clause 9 CN must keep separation >= 1 m")


def lines_tried(text: str, rule: RuleId, clauses: str, *changes: tuple[str, str]) -> list[str] | None:
    """The lines that are other ones after words were replaced, if the finding of the clauses is settled by it alone."""
    base = footing_of(text)
    found = tried(base, base.documents, [*replacing(base, *changes)], [goal_of(base, rule, clauses)])
    return None if found is None else [line for hunk in hunks(found) for line in hunk.added]


def test_a_clash_that_gets_graver_is_something_else() -> None:
    text = (
        f"{STRAIT}{HEADER}clause 1 JP must keep separation >= 2 m\nclause 2 JP should keep separation <= 1 m\n{CLASH}"
    )
    graver = ("should keep separation", "must keep separation")
    assert lines_tried(text, RuleId.CONFLICT, "8 9", SETTLED) == [SETTLED[1]]
    assert lines_tried(text, RuleId.CONFLICT, "8 9", SETTLED, graver) is None


@pytest.mark.parametrize("cases", ["", 'cases "C"\ncase "by night"\n  given night\n  expect conflict 3, 4\n'])
def test_what_cannot_be_decided_is_something_else(cases: str) -> None:
    """Acts that call for one another have no end; and with a change they do. A case can follow the change, or none."""
    text = (
        f"{STRAIT}{HEADER}clause 1 JP must call within 5 min after own.turn\n"
        f"clause 2 JP must turn within 5 min after other.call\n"
        f"clause 3 JP must keep separation >= 2 m\nclause 4 JP must keep separation <= 1 m\n{cases}"
    )
    met, circle = ("separation >= 2 m\nclause 4", "separation >= 1 m\nclause 4"), ("after other.call", "after own.call")
    follow = ["  expect no conflict 3, 4"] if cases else []
    assert lines_tried(text, RuleId.CONFLICT, "3 4", met) == ["clause 3 JP must keep separation >= 1 m", *follow]
    assert lines_tried(text, RuleId.CONFLICT, "3 4", met, circle) is None


def test_a_clash_of_several_roles_is_settled_when_it_is_settled_for_each() -> None:
    """`own` and `other` are bound alike, and of both it is told once."""
    text = f"{ROLES}{HEADER}clause 1 every unit must call\nclause 2 every unit must not call\n"
    for role in ("own", "other"):
        assert lines_tried(text, RuleId.CONFLICT, "1 2", ("2 every unit", f"2 {role}")) is None
    both = ("1 every unit", "1 own"), ("2 every unit", "2 other")
    assert lines_tried(text, RuleId.CONFLICT, "1 2", *both) == [
        "clause 1 own must call",
        "clause 2 other must not call",
    ]


def test_no_case_follows_that_expects_a_finding_to_be_absent() -> None:
    """That one side alone owes something is a note, and no obstacle; that a case rules it out is one."""
    text, uneven = f"{STRAIT}{HEADER}clause 1 every unit must call\n{CLASH}", ("1 every unit", "1 JP")
    assert lines_tried(text, RuleId.CONFLICT, "8 9", SETTLED, uneven)
    text += 'cases "C"\ncase "by night"\n  given night\n  expect no asymmetry 1\n'
    assert lines_tried(text, RuleId.CONFLICT, "8 9", SETTLED) == [SETTLED[1]]
    assert lines_tried(text, RuleId.CONFLICT, "8 9", SETTLED, uneven) is None


@pytest.mark.parametrize(("expected", "follows"), [("conflict 8, 9", True), ("no conflict 8, 9", False)])
def test_what_a_case_holds_to_be_right_stays_expected(expected: str, *, follows: bool) -> None:
    """A case that expects the clash describes what was wrong; a case that expects none does not."""
    text = f'{STRAIT}{HEADER}{CLASH}cases "C"\ncase "C"\n  given own.party is CN\n  expect {expected}\n'
    by_the_clause = text + "  expect own must not turn by 9\n"
    assert lines_tried(text, RuleId.CONFLICT, "8 9", SETTLED)
    assert (lines_tried(by_the_clause, RuleId.CONFLICT, "8 9", SETTLED) is not None) is follows


def test_a_promise_broken_for_several_roles_is_kept_when_it_is_kept_for_each() -> None:
    text = f"{BY_NIGHT}{PROMISE}"
    for role, settles in (("own", False), ("other", False), ("every unit", True)):
        added = f"must call\nclause 2 {role} when not night must call\ncovers"
        assert (lines_tried(text, RuleId.GAP, "", ("must call\ncovers", added)) is not None) is settles


def test_a_change_after_which_nobody_is_bound_in_a_role_is_none() -> None:
    """Of a role that no clause binds nothing is asked, so nothing is known of it."""
    assert lines_tried(BY_NIGHT + PROMISE, RuleId.GAP, "", ("1 every unit when night", "1 own")) is None
    assert lines_tried(BY_NIGHT + PROMISE, RuleId.GAP, "", ("1 every unit when night", "1 every unit"))


def test_what_is_shown_of_a_clause_stays_shown() -> None:
    """By night nothing can be complied with: of a clause that binds by night alone no encounter shows that it is."""
    text = (
        f"{STRAIT}{HEADER}clause 1 CN must hold_course\nclause 2 CN when night must turn\n"
        "clause 5 CN must keep separation >= 2 m\n"
        "clause 6 JP must keep separation >= 2 m\nclause 7 JP must keep separation <= 1 m\n"
    )
    settled, by_night = (
        ("6 JP must keep separation >= 2 m", "6 JP must keep separation >= 1 m"),
        ("5 CN", "5 CN when night"),
    )
    by_day = ("5 CN", "5 CN when not night")
    assert lines_tried(text, RuleId.CONFLICT, "6 7", settled, by_day)
    assert lines_tried(text, RuleId.CONFLICT, "6 7", settled, by_night) is None
