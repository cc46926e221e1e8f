"""Law: what forbids an act forbids all that takes it, each at its own time."""

from __future__ import annotations

from re import Match, sub

from hypothesis import given

from cbm.conflicts.all_conflicts import find_clashes
from cbm.core.expressions import NormId
from cbm.ground.grounding import ground
from tests.laws.sparing import sparingly
from tests.laws.timed import drafts, system_of

SPEECH = """\
act speak topic telling
report requires own.speak
draft code"""


def of_speech(text: str) -> str:
    """The text in which what is forbidden is to speak, and nobody reports without it."""

    def said(ban: Match[str]) -> str:
        return ban[0].replace("must not report", "must not speak").replace("own.report", "own.speak")

    return sub(r"must not report[^\n]*", said, text).replace("draft code", SPEECH, 1)


@sparingly(6)
@given(drafts())
def test_what_forbids_an_act_forbids_what_takes_it(text: str) -> None:
    assert clashes(of_speech(text)) == clashes(text)


def clashes(text: str) -> set[frozenset[NormId]]:
    found, given_up = find_clashes(ground(system_of(text), 0))
    assert given_up == ()
    return {frozenset(clash.norms) for clash in found}
