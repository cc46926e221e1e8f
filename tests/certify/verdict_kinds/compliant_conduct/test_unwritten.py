"""What duties forbid together, as questions: one for sets of any size, and a wrong search is contradicted."""

from __future__ import annotations

import pytest

from cbm.checks import unwritten_prohibition
from cbm.finding import RuleId
from cbm.report import Ending
from tests.certify.solved import clear_without_file, contradictions, upheld
from tests.certify.strait import STRAIT

VOCABULARY = f"""\
{STRAIT}topic manoeuvre
act turn, call, answer, launch topic manoeuvre

draft code "A code"
  uses strait
"""
# Who launches at night has to call and must not; who turns has to answer.
FORBIDDING = f"""{VOCABULARY}
clause 1 every unit when own.launch must call
clause 2 every unit when own.launch and night must not call
clause 3 every unit when own.turn must answer
"""
# Launching brings 2 into play, turning and launching 3: there is room for all of it.
APART = f"""{VOCABULARY}
clause 1 every unit when boats > 3 must call
clause 2 every unit when own.launch must answer
clause 3 every unit when own.turn and own.launch must call
"""
# Each can be done by itself; together they bring 1 and 2 into play.
OF_TWO = f"""{VOCABULARY}
clause 1 every unit when own.launch must call
clause 2 every unit when own.turn must not call
"""


def test_both_solvers_say_what_nobody_forbids() -> None:
    assert upheld(FORBIDDING, RuleId.UNWRITTEN_PROHIBITION) == {
        Ending.CLEAR: 6,
        Ending.FOUND: 1,
    }  # with advice and without, and that 2 comes into play, with others and by itself
    assert upheld(APART, RuleId.UNWRITTEN_PROHIBITION)[Ending.CLEAR] > 2
    assert all(row.rests_on for row in clear_without_file(APART, RuleId.UNWRITTEN_PROHIBITION))


def test_what_the_search_overlooks_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unwritten_prohibition, "unwritten_bans", lambda *_: iter(()))
    rows = contradictions(FORBIDDING, RuleId.UNWRITTEN_PROHIBITION)
    assert {row.matter.rpartition(": ")[2] for row in rows} == {"own unit does `launch`"}


def test_of_two_clauses_it_is_asked_where_none_is_shown_to_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert upheld(OF_TWO, RuleId.UNWRITTEN_PROHIBITION)[Ending.FOUND] == 1
    monkeypatch.setattr(unwritten_prohibition, "unwritten_bans", lambda *_: iter(()))
    rows = contradictions(OF_TWO, RuleId.UNWRITTEN_PROHIBITION)
    assert {row.matter.rpartition(": ")[2] for row in rows} == {"own unit does `launch` and own unit does `turn`"}


# Who launches has to turn and must not; unless the unit answers.
ALONE = f"""{VOCABULARY}
clause 1 every unit when own.launch must not launch
clause 2 every unit when own.turn must not turn unless own.answer
"""


def test_a_clause_that_leaves_no_room_by_itself_is_not_overlooked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert upheld(ALONE, RuleId.UNWRITTEN_PROHIBITION)[Ending.FOUND] == 2
    monkeypatch.setattr(unwritten_prohibition, "never_kept", lambda *_: None)
    rows = contradictions(ALONE, RuleId.UNWRITTEN_PROHIBITION)
    assert {row.matter.rpartition(": ")[2] for row in rows} == {"own unit does `launch`", "clause 2 comes into play"}
