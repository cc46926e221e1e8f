"""Precedence that has an effect, as a question: both solvers find where, and where there is none they say so."""

from __future__ import annotations

import pytest

from cbm.certify.certificates import certified_text
from cbm.certify.claims import script
from cbm.certify.opinions import cvc5_opinion, z3_opinion
from cbm.certify.verdict_kinds.yielding import NOWHERE
from cbm.report import Ending
from cbm.smt.journal import Verdict
from cbm.wording.findings.idle import idle_words
from tests.certify.verdict_kinds.test_asked_again import ACTING
from tests.laws.timed import system_of

# At night 2 prevails over 1; 4 never prevails over 3.
PREVAILING = f"""{ACTING}\
clause 1 every unit must turn
clause 2 every unit when night must not turn
  notwithstanding 1
clause 3 every unit when boats > 3 must call
clause 4 every unit when boats > 5 must call
  notwithstanding 3
"""


def answers() -> dict[str, tuple[Ending, bool]]:
    """What is said of precedence: how each verdict ended, and whether both solvers say so; of what it rests on, too."""
    told: dict[str, tuple[Ending, bool]] = {}
    for row in certified_text(system_of(PREVAILING)).rows:
        if (
            row.asked is not None and (row.carries or ("", ""))[1].startswith("nowhere")
        ) or "never prevail" in row.question:
            text = "" if row.asked is None else script(row.asked, row.expected)
            agreed = not text or {z3_opinion(text), cvc5_opinion(text)} == {row.expected}
            told[row.question] = row.ending, agreed
    return told


def test_both_solvers_say_that_something_yields_or_that_nothing_does() -> None:
    assert answers() == {
        "does 2 never prevail over 1": (Ending.CLEAR, True),
        NOWHERE: (Ending.CLEAR, True),
        "does 4 never prevail over 3": (Ending.FOUND, True),
    }


def test_precedence_without_an_effect_that_is_overlooked_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle_words, "is_idle", lambda *_: False)
    monkeypatch.setattr(idle_words, "acts_in_a_clash", lambda *_: True)
    assert answers() == {
        "does 2 never prevail over 1": (Ending.CLEAR, True),
        "does 4 never prevail over 3": (Ending.CLEAR, False),
    }


def test_precedence_with_an_effect_that_is_overlooked_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle_words, "is_idle", lambda _, edge: all(norm.label == "2" for norm in edge.prevailing))
    monkeypatch.setattr(idle_words, "acts_in_a_clash", lambda *_: True)
    told = answers()
    assert told[NOWHERE] == (Ending.CLEAR, False)
    assert told["does 2 never prevail over 1"][0] is Ending.FOUND


# 1 stands if CN has its way, and is left out if JP has; 2 yields to it wherever it stands, and 3 never does.
BRACKETED = f"""{ACTING.replace("uses strait", "uses strait between CN, JP")}\
[CN: clause 1 every unit when boats > 3 must turn | JP: delete]
clause 2 every unit when night must not turn subject to 1
clause 3 every unit when night must not call subject to 1
"""


def test_of_a_text_under_negotiation_it_is_asked_of_each_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> dict[str, set[object]]:
        rows = [row for row in certified_text(system_of(BRACKETED)).rows if "never yield" in row.question]
        texts = {row.question: script(row.asked, row.expected) for row in rows if row.asked is not None}
        assert all(row.ending is Ending.CLEAR for row in rows if row.question in texts)
        return {question: {z3_opinion(text), cvc5_opinion(text)} for question, text in texts.items()}

    assert told() == {"does 2 never yield to 1": {Verdict.UNSAT}}
    monkeypatch.setattr(idle_words, "is_idle", lambda *_: False)
    monkeypatch.setattr(idle_words, "acts_in_a_clash", lambda *_: True)
    assert told()["does 3 never yield to 1"] == {Verdict.SAT}
