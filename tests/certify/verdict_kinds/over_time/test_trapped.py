"""What traps and what can be missed, as questions of just these clauses; the wrong clauses are contradicted."""

from __future__ import annotations

import pytest

from cbm.certify.certificates import certified_text
from cbm.certify.claims import script
from cbm.certify.opinions import cvc5_opinion
from cbm.certify.verdict_kinds.over_time.trapped import NEVER_SURE
from cbm.checks import last_moment, trap
from cbm.core.expressions import NormId
from cbm.dynamics import trap_parts
from cbm.dynamics.traps import AskedTrap
from cbm.finding import RuleId
from cbm.report import Ending
from cbm.smt.journal import Verdict
from tests.certify.solved import contradicted, upheld
from tests.checks.test_last_moment import TEXT as LATE
from tests.laws.timed import VOCABULARY as IN_TIME
from tests.laws.timed import system_of

TRAPPING = f"""{IN_TIME}\
draft code
  uses sea
clause 1 every unit must report within 2 h after contact
clause 2 every unit when other.ask is after contact must not report within 3 h after other.ask
"""
# What a unit owes something before it knows beforehand: on each package with the ban the alarm is no surprise.
UNDER_NEGOTIATION = f"""{IN_TIME}\
draft code
  uses sea
  between A, B
clause 1 every unit must report within 2 h after contact
[A: clause 2 every unit when alarm is after contact must not report within 6 h after alarm | B: delete]
[A: clause 3 every unit must ask at least 1 h before alarm | B: delete]
tie 2 is A only if 3 is A
"""
# Clause 1 traps whoever waits with the report, however long the line takes; so it is not told of the line again.
IN_HINDSIGHT = LATE[: LATE.index("clause 1")].replace("act report", "act report, ask, call") + (
    "clause 1 every unit when other.ask occurs must report within 3 h after sighting through line\n"
)
ALSO_LATE = f"{IN_HINDSIGHT}clause 2 every unit must call within 3 h after sighting through line\n"


def test_both_solvers_say_what_traps_and_what_can_be_missed() -> None:
    assert upheld(TRAPPING, RuleId.TRAP) == {Ending.FOUND: 1}
    assert upheld(LATE, RuleId.LAST_MOMENT)[Ending.FOUND] == 1


def test_clauses_that_do_not_trap_by_themselves_are_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    def of_the_first(bearers: tuple[int, ...], norms: tuple[NormId, ...]) -> AskedTrap:
        return AskedTrap(bearers, norms[:1])

    monkeypatch.setattr(trap, "AskedTrap", of_the_first)
    assert contradicted(TRAPPING, RuleId.TRAP) == ["1"]


def test_what_is_known_beforehand_on_some_packages_keeps_from_traps_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert upheld(UNDER_NEGOTIATION, RuleId.TRAP) == {Ending.CLEAR: 2}
    monkeypatch.setattr(trap_parts, "may_trap", lambda *_, **__: False)
    untied = UNDER_NEGOTIATION[: UNDER_NEGOTIATION.index("tie")]
    assert contradicted(untied, RuleId.TRAP) == ["1, 2"]


def test_what_traps_in_any_case_is_left_out_of_what_can_be_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = certified_text(system_of(IN_HINDSIGHT)).rows
    (clear,) = (row for row in rows if row.rule == RuleId.LAST_MOMENT and row.rests_on)
    rested_on = [row for row in rows if row.carries in clear.rests_on]
    assert [(row.rule, row.expected) for row in rested_on] == [
        (RuleId.TRAP, Verdict.SAT),
        (RuleId.LAST_MOMENT, Verdict.UNSAT),
    ]
    assert all(cvc5_opinion(script(row.asked, row.expected)) == row.expected for row in rested_on if row.asked)
    monkeypatch.setattr(trap_parts, "late_messages", lambda *_: iter(()))
    assert contradicted(ALSO_LATE, RuleId.LAST_MOMENT) == ["2"]


# The line may take two hours, and what it leaves of a day is barred.
SILENT = LATE[: LATE.index("clause 2")] + "clause 2 every unit must not report within 23 h after sighting\n"


# The line may take longer than there is time.
SURE_BESIDE = (
    LATE[: LATE.index("clause 2")]
    .replace("0 min to 2 h", "0 min to 2 days")
    .replace("topic calls\nact", "topic calls\ntopic weather\nact")
)


def test_what_can_be_missed_though_it_can_be_sent_in_good_time_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert upheld(SILENT, RuleId.LAST_MOMENT) == {Ending.CLEAR: 1}
    short = LATE[: LATE.index("clause 2")].replace("1 day", "1 h")
    rows = certified_text(system_of(short)).rows
    assert [row.why for row in rows if row.rule == RuleId.LAST_MOMENT and row.plain] == [NEVER_SURE]
    monkeypatch.setattr(last_moment, "_finding_of", lambda *_: None)  # as if it could not be sent in good time
    assert contradicted(LATE, RuleId.LAST_MOMENT) == ["1"]


def test_a_channel_that_serves_nothing_makes_no_message_sure_where_another_one_serves() -> None:
    second = 'channel second "Second line" between CN, JP for weather operational from 2020-01-01\n'
    text = SURE_BESIDE.replace("draft code", f"{second}draft code").replace("through line", "through line, second")
    text += "clause 2 every unit when start occurs must not report except through second\n"
    assert contradicted(text, RuleId.LAST_MOMENT) == [], "as a mutant of a shipped draft was"
    rows = certified_text(system_of(text)).rows
    assert [row.why for row in rows if row.rule == RuleId.LAST_MOMENT and row.plain] == [NEVER_SURE]
