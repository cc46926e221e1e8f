"""What traps and what can be missed, as questions of just these clauses; the wrong clauses are contradicted."""

from __future__ import annotations

import pytest

from cbm.checks import trap
from cbm.core.expressions import NormId
from cbm.dynamics.traps import AskedTrap
from cbm.finding import Ending, RuleId
from tests.certify.solved import contradicted, upheld
from tests.checks.test_last_moment import TEXT as LATE
from tests.laws.timed import VOCABULARY as IN_TIME

TRAPPING = f"""{IN_TIME}\
draft code
  uses sea
clause 1 every unit must report within 2 h after contact
clause 2 every unit when other.ask is after contact must not report within 3 h after other.ask
"""


def test_both_solvers_say_what_traps_and_what_can_be_missed() -> None:
    assert upheld(TRAPPING, RuleId.TRAP) == {Ending.FOUND: 1}
    assert upheld(LATE, RuleId.LAST_MOMENT)[Ending.FOUND] == 1


def test_clauses_that_do_not_trap_by_themselves_are_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    def of_the_first(bearer: int, norms: tuple[NormId, ...]) -> AskedTrap:
        return AskedTrap(bearer, norms[:1])

    monkeypatch.setattr(trap, "AskedTrap", of_the_first)
    assert contradicted(TRAPPING, RuleId.TRAP) == ["1"]
