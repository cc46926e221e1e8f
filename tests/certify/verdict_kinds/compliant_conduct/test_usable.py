"""What clauses leave open, as questions: blocked, narrowed, with advice; and a wrong search is contradicted."""

from __future__ import annotations

import pytest

from cbm.checks import blocked_permission
from cbm.compliance.unavailable_options import OptionQuestion, readings_of
from cbm.finding import RuleId
from cbm.records import replace
from cbm.report import Ending
from cbm.search.open_readings import ReadingCubes
from tests.certify.solved import clear_without_file, contradictions, opinions, upheld
from tests.certify.strait import STRAIT

# 2 can be used, 3 is blocked at night, 4 is narrowed by 5, and 6 by advice alone.
OPTIONS = f"""\
{STRAIT}topic manoeuvre
act turn, call, answer topic manoeuvre
result separation "closest distance" : length from 0 m to 60 nmi topic manoeuvre

draft code "A code"
  uses strait
clause 1 every unit when night must not turn
clause 2 every unit when not night may turn
clause 3 every unit may turn
clause 4 every unit when boats > 3 may keep separation <= 900 m
clause 5 every unit must keep separation >= 500 m
clause 6 every unit may call
clause 7 every unit when boats > 5 should not call
"""


# 1 cannot be used beside 2 on some readings, and 3 cannot beside 4 on any.
ON_READINGS = f"""\
{STRAIT}topic manoeuvre
act turn, call topic manoeuvre
result separation "closest distance" : length from 0 m to 60 nmi topic manoeuvre

draft code "A code"
  uses strait
open term near "near" : length from 500 m to 2,000 m
clause 1 every unit when night may keep separation <= near
clause 2 every unit when night must keep separation > 1,000 m
clause 3 every unit when not night may keep separation <= near
clause 4 every unit when not night must keep separation > 3,000 m
"""


def readings_answered() -> dict[Ending, set[bool]]:
    """How the verdicts ended on whether it is so on every reading, and whether a solver says so."""
    told: dict[Ending, set[bool]] = {}
    for row, said in opinions(ON_READINGS, RuleId.BLOCKED_PERMISSION):
        if "on every reading" in row.question:
            told.setdefault(row.ending, set()).add(said == row.expected)
    return told


def test_both_solvers_say_on_which_readings_nothing_can_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    assert readings_answered() == {Ending.FOUND: {True}, Ending.CLEAR: {True}}

    def no_difference(way: OptionQuestion) -> object:
        on = readings_of(way)
        return replace(on, every=True) if isinstance(on, ReadingCubes) else on

    monkeypatch.setattr(blocked_permission, "readings_of", no_difference)
    assert False in readings_answered()[Ending.FOUND]


def test_both_solvers_say_what_can_be_used() -> None:
    assert upheld(OPTIONS, RuleId.BLOCKED_PERMISSION) == {Ending.CLEAR: 6, Ending.FOUND: 3}  # with what other units owe
    assert all(row.rests_on for row in clear_without_file(OPTIONS, RuleId.BLOCKED_PERMISSION))


@pytest.mark.parametrize(
    ("search", "overlooked"), [("shut", ["3", "6"]), ("narrowed", ["4"])], ids=["blocked", "narrowed"]
)
def test_what_the_search_overlooks_is_contradicted(
    search: str, overlooked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocked_permission, search, lambda *_: None)
    rows = contradictions(OPTIONS, RuleId.BLOCKED_PERMISSION)
    assert sorted({norm.label for row in rows for norm in row.clauses}) == overlooked


def test_what_yields_blocks_nothing() -> None:
    """At night 1 yields to 8, so that there one may turn all the same."""
    yielding = OPTIONS.replace("must not turn\n", "must not turn subject to 8\n", 1) + "clause 8 every unit must turn\n"
    assert upheld(yielding, RuleId.BLOCKED_PERMISSION)[Ending.CLEAR] == 8
