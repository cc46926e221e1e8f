"""What checks ask of bearers, asked again: both solvers answer so, found or not, and what is overlooked is told."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import partial

import pytest

from cbm.certify.certificates import certified_text
from cbm.certify.claims import script
from cbm.certify.opinions import z3_opinion
from cbm.checks import reparation, unserved_function, vacuity
from cbm.comparison.idle_edges import EdgeOutcome, Effect
from cbm.finding import RuleId
from cbm.ground.grounding import Ground
from cbm.ground.posed import Posed, Sought
from cbm.inquiry import Inquiry
from cbm.report import Ending
from cbm.smt.journal import Verdict
from cbm.wording.findings.idle import idle_words
from cbm.wording.findings.norm_galleries import ASKED_FOR
from tests.certify.solved import clear_without_file, contradicted, upheld
from tests.certify.strait import STRAIT
from tests.laws.certify.test_verdicts import add_up
from tests.laws.timed import system_of

ACTING = f"""\
{STRAIT}topic manoeuvre
act turn, call, answer topic manoeuvre
result separation "closest distance" : length from 0 m to 60 nmi topic manoeuvre

draft code "A code"
  uses strait
"""
# 1 can be repaired, and 2 cannot, for 3 forbids it.
REPAIRED = f"""{ACTING}\
clause 1 every unit when boats > 3 must call
  otherwise must answer
clause 2 every unit when night must keep separation >= 500 m
  otherwise must turn
clause 3 every unit when night and boats > 5 must not turn
"""
# Whoever breaches 1 keeps its `otherwise`; 2 cannot be breached; the exception to 3 never comes into play.
WITHOUT_EFFECT = f"""{ACTING}\
clause 1 every unit must keep separation >= 5 nmi
  otherwise must keep separation <= 5 nmi
clause 2 every unit must keep separation >= 0 m
clause 3 every unit when night must call unless not night
"""
# 1 lifts 2, and never meets 3.
LIFTING = f"""{ACTING}\
clause 1 every unit when not night must keep separation >= 400 m in place of 2, 3
clause 2 every unit must keep separation >= 2 nmi
clause 3 every unit when night must not call
"""
# With one of the options 2 cannot bind, with the other it can.
ON_PACKAGES = f"""{ACTING}\
clause 1 every unit must answer
clause 2 every unit when night [JP: and not night] must call
clause 3 every unit [CN: when night | JP: when boats > 3] must turn
"""
# 1 has a line, and 2 has none; 4 leaves none to 3.
SERVED = f"""\
{STRAIT}moments incident
topic notices
act report, inform, tell topic notices
channel line between CN, JP for notices operational from 2018-06-08
channel old_line between CN, JP for notices operational from 2018-06-08 until 2019-01-01

draft code "A code"
  uses strait
  between CN, JP
  proposed 2019-10-01
clause 1 every unit must report within 24 h after incident through line
clause 2 every unit must inform within 24 h after incident through old_line
clause 3 every unit must tell within 24 h after incident
clause 4 every unit must not tell except through old_line
"""


@pytest.mark.parametrize(
    ("text", "rule", "found", "clear"),
    [
        (REPAIRED, RuleId.REPARATION, 1, 3),
        (WITHOUT_EFFECT, RuleId.VACUITY, 3, 17),
        (LIFTING, RuleId.VACUITY, 1, 14),
        (ON_PACKAGES, RuleId.VACUITY, 1, 24),
        (SERVED, RuleId.UNSERVED_FUNCTION, 2, 1),
    ],
    ids=["reparation", "without effect", "lifting", "on packages", "channels"],
)
def test_both_solvers_say_what_is_found_and_what_is_not(text: str, rule: RuleId, found: int, clear: int) -> None:
    assert upheld(text, rule) == {Ending.FOUND: found, Ending.CLEAR: clear}
    assert all(row.rests_on for row in clear_without_file(text, rule))


def test_each_wording_of_a_clause_has_its_own_account() -> None:
    """The report tells wordings as one clause, and one of them binds nowhere."""
    text = certified_text(system_of(ON_PACKAGES))
    add_up(text)
    asked = {row.clauses[0].exact: row for row in text.rows if row.rule == ASKED_FOR and len(row.clauses) == 1}
    ended = {name: row.expected for name, row in asked.items() if name.startswith("code:2")}
    assert ended == {"code:2 [1]": Verdict.UNSAT, "code:2 [2]": Verdict.SAT}
    questions = {name: row.asked for name, row in asked.items() if row.asked is not None}
    assert {name: z3_opinion(script(questions[name], said)) for name, said in ended.items()} == ended


def never(*_: object, **__: object) -> bool:
    return False


def nothing(*_: object) -> None:
    return None


def always_acts(*_: object) -> EdgeOutcome:
    return EdgeOutcome(Effect.ACTS, eases=True)


@pytest.mark.parametrize(
    ("text", "rule", "room", "search", "answer", "overlooked"),
    [
        (REPAIRED, RuleId.REPARATION, reparation, "shut", nothing, ["2"]),
        (SERVED, RuleId.UNSERVED_FUNCTION, unserved_function, "shut", nothing, ["3, 4"]),
        (SERVED, RuleId.UNSERVED_FUNCTION, Inquiry, "can", never, ["2"]),
        (WITHOUT_EFFECT, RuleId.VACUITY, vacuity, "opposite", never, ["1", "2", "3"]),
        (ON_PACKAGES, RuleId.VACUITY, vacuity, "opposite", never, ["2"]),
        (LIFTING, RuleId.VACUITY, idle_words, "outcome_of", always_acts, ["1, 3"]),
    ],
    ids=["repaired", "left without", "served", "without effect", "on packages", "never meeting"],
)
def test_what_the_search_overlooks_is_contradicted(
    text: str,
    rule: RuleId,
    room: object,
    search: str,
    answer: Callable[..., object],
    overlooked: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, search, answer)
    assert contradicted(text, rule) == overlooked


def sought_nowhere(_binding: Ground, _keeping: Ground) -> tuple[Sought, ...]:
    return ()


def test_what_was_asked_in_another_process_is_what_would_have_been_asked_here() -> None:
    posed = Posed(partial(sought_nowhere), advised=True)
    assert pickle.loads(pickle.dumps(posed)) == posed
    assert posed != Posed(partial(sought_nowhere))
