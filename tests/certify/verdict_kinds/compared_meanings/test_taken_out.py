"""What a text would mean without some of its words, as a question: both solvers answer so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cbm.certify.certificates import certified_text
from cbm.certify.claims import script
from cbm.certify.opinions import cvc5_opinion, z3_opinion
from cbm.checks import redundancy
from cbm.comparison.deletion import means_the_same_without
from cbm.comparison.idle_edges import EdgeOutcome, Effect
from cbm.report import Ending
from cbm.wording.findings.idle import idle_words
from tests.certify.verdict_kinds.test_asked_again import ACTING
from tests.laws.timed import system_of

# 3 clashes with 2, and implies 1 and 4. Without 1 as much is left; 4 lifts 5.
IMPLIED = f"""{ACTING}\
clause 1 every unit when night must turn
clause 2 every unit when boats > 5 must not turn
clause 3 every unit must turn
clause 4 every unit when boats > 3 must turn in place of 5
clause 5 every unit must call
"""
# 2 asks for more than 1, in whose place it stands. What 3 lifts would clash with 5, as 4 does without it.
IDLE = f"""{ACTING}\
clause 1 every unit must keep separation >= 500 m
clause 2 every unit when night must keep separation >= 800 m in place of 1
clause 3 every unit when night must not call in place of 4
clause 4 every unit must call
clause 5 every unit must not call
"""
TEXTS = pytest.mark.parametrize(
    ("text", "about", "ended"),
    [
        (IMPLIED, "be taken out", {"1": Ending.CLEAR, "4": Ending.FOUND}),
        (IDLE, "stands in place", {"2": Ending.FOUND, "3": Ending.CLEAR}),
    ],
    ids=["taken out", "in place"],
)


def answers(text: str, about: str) -> Iterator[tuple[str, Ending, bool]]:
    """How each verdict ended, by clause, and whether both solvers say so."""
    for row in certified_text(system_of(text)).rows:
        if about in row.question and row.asked is not None:
            asked = script(row.asked, row.expected)
            said = {z3_opinion(asked) == row.expected, cvc5_opinion(asked) == row.expected}
            yield row.clauses[0].label, row.ending, said == {True}


@TEXTS
def test_both_solvers_compare_the_two_texts(text: str, about: str, ended: dict[str, Ending]) -> None:
    assert list(answers(text, about)) == [(clause, ending, True) for clause, ending in ended.items()]


@TEXTS
def test_a_search_that_says_the_opposite_is_contradicted(
    text: str, about: str, ended: dict[str, Ending], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redundancy, "means_the_same_without", lambda *asked: not means_the_same_without(*asked))
    effects = {"2": Effect.ACTS, "3": Effect.IDLE, "4": Effect.ACTS}
    monkeypatch.setattr(idle_words, "outcome_of", lambda _, edge: EdgeOutcome(effects[edge.by.label]))
    opposite = {Ending.CLEAR: Ending.FOUND, Ending.FOUND: Ending.CLEAR}
    told = {clause: (ending, agreed) for clause, ending, agreed in answers(text, about)}
    assert told == {clause: (opposite[ending], False) for clause, ending in ended.items()}
