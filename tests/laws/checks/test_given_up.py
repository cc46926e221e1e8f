"""Law: whichever question is given up, each finding is told in full or something is undecided; none is made up."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import count

import pytest

import cbm
from cbm.core.expressions import Formula
from cbm.core.norms import NormSystem
from cbm.finding import Exit, Finding, RuleId
from cbm.report import Report
from cbm.smt.solve import Answer, Solver, Unknown

HEAD = """\
vocabulary tiny
party CN "China"
party JP "Japan"
kind craft "kind of unit" = warship "warship" | fighter "fighter" | drone "drone"
situation encounter "encounter"
roles own, other
each
  party : party
  craft "kind of unit" : craft
  distress "in distress" : flag
shared
  seen "in sight" : flag
axiom "two sides" own.party is not other.party
axiom "drones" own.craft is drone implies not own.distress
topic talk
act call "calls" topic talk
act answer "answers" topic talk
types by own.craft

draft code "A code"
  uses tiny
  between CN, JP
"""
OPEN = "covers acts call in every type of encounter when own.craft in (warship, fighter)\n"
LIFTED = "clause 1 a warship must call unless own.distress\nclause 2 a fighter must call\n"
SHUT = """\
clause 1 a warship must call or answer
clause 2 a warship when seen must not call
clause 3 a warship must not answer
"""
TEXTS = {
    "a gap": "clause 1 a warship must call\n" + OPEN,
    "a gap by exception": LIFTED + OPEN,
    "no encounter": "clause 1 a drone when own.distress and seen must answer\n",
    "conflicts": SHUT,
}
ALONE, AND_ELEVEN_MORE = 1, 12
OF_WHAT_WAS_GIVEN_UP = ("given up", "not known", "not found out")


@contextmanager
def giving_up(which: Collection[int]) -> Iterator[count[int]]:
    """The questions of these numbers that are asked within have no answer; gives their count."""
    numbers, ask = count(), Solver.ask

    def answer(solver: Solver, *assumed: Formula) -> Answer:
        return Unknown("it was too hard") if next(numbers) in which else ask(solver, *assumed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Solver, "ask", answer)
        yield numbers


def told(report: Report) -> dict[str, Finding]:
    return {one.message: one for one in report.findings if one.rule is not RuleId.UNDECIDED}


def says_so(finding: Finding) -> bool:
    return any(words in note for note in finding.notes for words in OF_WHAT_WAS_GIVEN_UP)


def is_whole(finding: Finding, before: Finding) -> bool:
    """Whether nothing is left out of it; a reason may name more than is needed."""
    shown = finding.witness is not None or before.witness is None
    return shown and len(before.notes) <= len(finding.notes)


def read(text: str) -> NormSystem:
    (system,), faults = cbm.load_text(HEAD + text)
    assert not faults
    return system


@pytest.mark.parametrize("many", [ALONE, AND_ELEVEN_MORE])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_is_given_up_is_told(text: str, many: int) -> None:
    system = read(text)
    with giving_up(()) as numbers:
        known = told(cbm.check(system))
        asked = next(numbers)
    assert known
    for first in range(asked):
        with giving_up(range(first, first + many)):
            report = cbm.check(system)
        found = told(report)
        if report.undecided:
            assert report.exit is not Exit.FINE
            continue
        assert found.keys() == known.keys()
        assert all(is_whole(one, known[message]) or says_so(one) for message, one in found.items())
