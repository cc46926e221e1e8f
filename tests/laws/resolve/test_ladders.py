"""Law: each step of a ladder of `otherwise` has its time from the end of the one before, however many there are."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from cbm.core.expressions import NormId
from cbm.core.variables import Variable, moment_flag, time_of_moment
from cbm.evaluate.complete_episode import CompleteEpisode, Doing, Value
from cbm.evaluate.fulfilment import fulfilled, repaired
from tests.laws.timed import system_of

HOUR = 3_600
TALKS = """\
vocabulary patience "Patience"
situation talks "talks"
fixed roles one, two
moments incident
topic talking
act meet topic talking

draft code
  uses patience
clause 1 one must meet within {} h after incident
"""
INCIDENT = moment_flag("incident")


def ladder(hours: list[int]) -> str:
    """The first step counts from the incident, each further one from the breach of the one before."""
    return TALKS.format(hours[0]) + "".join(f"  otherwise must meet within {h} h\n" for h in hours[1:])


@given(
    hours=st.lists(st.integers(0, 5), min_size=2, max_size=5),
    incident=st.integers(-3, 3),
    halves=st.lists(st.integers(-2, 50), max_size=3),
)
@example(hours=[10, 10, 10], incident=0, halves=[40])  # the end of the second step is the beginning of the third
@example(hours=[10, 10, 10], incident=0, halves=[39])
@example(hours=[10, 10, 10], incident=0, halves=[61])
def test_a_step_begins_where_the_one_before_ends(hours: list[int], incident: int, halves: list[int]) -> None:
    """`halves` are when they meet, in half hours after the incident."""
    system = system_of(ladder(hours))
    norm = system.norms[NormId("code", "1")]
    start = Fraction(incident * HOUR)
    values: dict[Variable, Value] = {INCIDENT: True, time_of_moment("incident"): start}
    meetings = frozenset(Doing("meet", 0, at=start + Fraction(h * HOUR, 2)) for h in halves)
    world = CompleteEpisode(values, meetings)
    assert fulfilled(norm, 0, world, system) == any(0 <= h <= 2 * hours[0] for h in halves)
    for step in range(len(hours) - 1):
        first, last = 2 * sum(hours[: step + 1]), 2 * sum(hours[: step + 2])
        assert repaired(norm, step, 0, world, system) == any(first <= h <= last for h in halves)
