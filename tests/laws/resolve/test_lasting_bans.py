"""Law: what is forbidden from one point until another one is so until the next time of that, if it ever comes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cbm.core.expressions import NormId
from cbm.core.variables import Occurrence, Occurs, TimeOf, Variable
from cbm.evaluate.complete_episode import CompleteEpisode, Doing, Value
from cbm.evaluate.fulfilment import fulfilled
from tests.laws.timed import system_of

SILENCE = """\
vocabulary watch "A watch"
situation encounter "encounter"
roles own, other
moments alarm "the alarm" repeating up to 2, relief "the relief" repeating up to 2
topic calls
act call "calls" topic calls
act report "reports" topic calls

draft code
  uses watch
clause 1 every unit must not call from {start} until {end}
"""
ENDS = {
    "two moments": ("alarm", "relief"),
    "a moment and an act of the other": ("alarm", "other.report"),
    "a moment and an act of its own": ("alarm", "own.report"),
    "an act and a moment": ("other.report", "relief"),
}
TIMES = st.lists(st.integers(0, 6), max_size=2)


def times_of(moment: str, times: list[int]) -> dict[Variable, Value]:
    """Twice at most, in order."""
    told: dict[Variable, Value] = {}
    for number, at in enumerate([*sorted(times), None, None][:2], start=1):
        once = Occurrence(moment, number)
        told[Occurs(once)], told[TimeOf(once)] = at is not None, Fraction(at or 0)
    return told


@pytest.mark.parametrize(("start", "end"), ENDS.values(), ids=ENDS)
@given(starts=TIMES, ends=TIMES, call=st.integers(0, 6))
@example(starts=[1], ends=[], call=3)
@example(starts=[3], ends=[1], call=4)
@example(starts=[1, 4], ends=[2, 5], call=3)
@example(starts=[1], ends=[2], call=2)
def test_it_lasts_until_the_next_end(start: str, end: str, starts: list[int], ends: list[int], call: int) -> None:
    system = system_of(SILENCE.format(start=start, end=end))
    values: dict[Variable, Value] = {**times_of("alarm", []), **times_of("relief", [])}
    doings = {Doing("call", 0, at=Fraction(call))}
    for point, times in ((start, starts), (end, ends)):
        role, _, act = point.rpartition(".")
        if role:
            doings |= {Doing(act, ("own", "other").index(role), at=Fraction(at)) for at in times}
        else:
            values |= times_of(point, times)
    barred = any(a <= call and not any(a <= b < call for b in ends) for a in starts)
    world = CompleteEpisode(values, frozenset(doings))
    assert fulfilled(system.norms[NormId("code", "1")], 0, world, system) == (not barred)
