"""Law: whichever questions are given up, each finding is told or something is undecided, and none is made up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import chain, repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cbm
from cbm.core.expressions import Formula
from cbm.finding import Exit, Finding, RuleId
from cbm.report import Report
from cbm.smt.solve import Answer, Solver, Unknown

HEAD = """\
draft code "A code"
  uses encounters
  between CN, JP
"""
OPEN = "covers acts call in every type of encounter when own.craft in (warship, fighter)\n"
TEXTS = (
    HEAD + "clause 1 a warship must call unless own.distress\nclause 2 a fighter must call\n" + OPEN,
    HEAD + "clause 1 a warship must call\n" + OPEN,
    HEAD + "clause 1 a submarine when own.submerged_unit and in_sight must answer\n",
)
SAID = ("given up", "undecided", "not known", "not found out")


@contextmanager
def giving_up(which: list[bool]) -> Iterator[None]:
    """The questions that are asked within have no answer where it is so; later ones are answered."""
    left, ask = chain(which, repeat(False)), Solver.ask

    def answer(solver: Solver, *assumed: Formula) -> Answer:
        return Unknown("it was too hard") if next(left) else ask(solver, *assumed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Solver, "ask", answer)
        yield


def checked(text: str) -> Report:
    (system,), _ = cbm.load_text(text)
    return cbm.check(system, select=["gap", "vacuity"])


def told(report: Report) -> dict[str, Finding]:
    return {one.message: one for one in report.findings if one.rule is not RuleId.UNDECIDED}


@cache
def honest(text: str) -> dict[str, Finding]:
    return told(checked(text))


@settings(max_examples=60)
@given(st.sampled_from(TEXTS), st.lists(st.booleans(), min_size=6, max_size=6))
def test_what_is_given_up_is_told(text: str, place: list[bool]) -> None:
    """Some questions one after the other are given up; how many are answered before, is written in binary."""
    before = sum(1 << digit for digit, one in enumerate(place) if one)
    which = [*repeat(False, before), *repeat(True, 12)]
    known = honest(text)
    with giving_up(which):
        report = checked(text)
    found = told(report)
    assert known.keys() <= found.keys() or report.undecided
    for message, one in found.items():
        says_so = any(words in note for note in one.notes for words in SAID)
        assert message in known or says_so or report.undecided
        if message in known:
            assert says_so or (one.witness is None) <= (known[message].witness is None)
            assert says_so or set(known[message].notes) <= set(one.notes) or report.undecided
    assert report.undecided or known.keys() == found.keys()
    assert not report.undecided or report.exit is not Exit.FINE
