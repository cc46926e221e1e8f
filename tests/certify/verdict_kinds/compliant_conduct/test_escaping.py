"""Escapes, as questions: both solvers find them, and where the search overlooks or invents one they say so."""

from __future__ import annotations

import pytest

from cbm.checks import escape
from cbm.finding import RuleId
from cbm.report import Ending
from tests.certify.solved import contradicted, upheld
from tests.certify.verdict_kinds.test_asked_again import ACTING

# By day who complies puts 3 in place of 1; with other figures nobody has to.
ESCAPING = f"""{ACTING}\
clause 1 every unit must keep separation >= 2 nmi
clause 2 every unit when not night must keep separation <= 1 nmi
clause 3 every unit when own.call may answer in place of 1
"""
STAYING = ESCAPING.replace("<= 1 nmi", "<= 3 nmi")


def test_both_solvers_say_where_one_can_comply_in_no_other_way() -> None:
    assert upheld(ESCAPING, RuleId.ESCAPE) == {Ending.FOUND: 1}
    assert upheld(STAYING, RuleId.ESCAPE) == {Ending.CLEAR: 2}


def test_an_escape_that_is_overlooked_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escape, "escapes", lambda *_: iter(()))
    assert contradicted(ESCAPING, RuleId.ESCAPE) == ["3, 1"]
