"""An exception in the last of several sentences: that it takes nothing out of the others is told."""

from __future__ import annotations

import pytest

from cbm.wording.findings.stays_open.one_sentence import exceptions_of_one_sentence
from tests.laws.timed import VOCABULARY, system_of

TOLD = (
    "`unless` in 1 sentence 2 takes nothing out of the other sentences of clause 1: write it in each that it is meant "
    "for"
)
WORDS = f"{VOCABULARY}act fire, turn topic telling\n"


def told(clause: str) -> list[str]:
    system = system_of(f"{WORDS}draft code\n  uses sea\nclause 1 {clause}\n")
    return list(exceptions_of_one_sentence(system))


@pytest.mark.parametrize(
    "clause",
    [
        "every unit must report; must not fire unless other.fire",
        "every unit must report; must not fire, turn\n  unless other.fire",
        "every unit when other.fire must report; must turn unless other.turn",
    ],
)
def test_it_is_told_where_it_may_be_read_of_the_whole_clause(clause: str) -> None:
    assert told(clause) == [TOLD]


@pytest.mark.parametrize(
    "clause",
    [
        "every unit must not fire unless other.fire",  # one sentence
        "every unit must report unless other.fire; must not fire unless other.fire",  # as was advised
        "every unit must report unless other.fire; must not fire",  # nobody reads on from there
        "A must report; B must not fire unless other.fire",  # somebody else is bound
        "every unit must report; when other.turn must turn unless other.fire",  # at another time
        "every unit must report; must not fire unless own.fire is after other.turn",  # said of firing
    ],
)
def test_it_is_not_told_where_nobody_takes_it_for_more(clause: str) -> None:
    assert told(clause) == []
