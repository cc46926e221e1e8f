"""Law: the times of a recurring duty that cannot be kept are those that lie wholly in what is forbidden."""

from __future__ import annotations

from fractions import Fraction
from functools import cache, partial

from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import NormId
from cbm.core.variables import moment_flag, time_of_moment
from cbm.dynamics.missed_stretches import missed
from cbm.ground.grounding import Ground, ground
from cbm.search.exists_forall import fix
from cbm.smt.solve import Solver
from tests.laws.timed import system_of

MOMENTS = ("contact", "clear", "silence", "sound")
HALF = Fraction(1800)
TEXT = """\
vocabulary watch
party CN
party JP
situation encounter
roles own, other
each party : party
moments contact, clear, silence, sound
topic telling
act report topic telling
draft code
  uses watch
clause 1 every unit must report every 1 h {since} contact until clear up to {times}
clause 2 every unit must not report from silence until sound
"""


@cache
def asked(since: str, times: int) -> tuple[Ground, Solver]:
    about = ground(system_of(TEXT.format(since=since, times=times)), 0)
    return about, Solver(about.system.situation.roles, (*about.possible, *about.feasible))


@given(
    st.sampled_from(("from", "after")),
    st.integers(2, 4),
    st.lists(st.integers(-1, 10), min_size=4, max_size=4),
    st.booleans(),
)
def test_what_is_missed_lies_wholly_in_what_is_forbidden(since: str, times: int, at: list[int], ends: bool) -> None:
    """All times in half hours; without an end what recurs goes on, and silence that comes after the sound lasts."""
    about, solver = asked(since, times)
    contact, clear, silence, sound = at
    occurring = [(name, name != "clear" or ends) for name in MOMENTS]
    situation = [fix(moment_flag(name), occurs) for name, occurs in occurring]
    situation += [fix(time_of_moment(name), HALF * half) for name, half in zip(MOMENTS, at, strict=True)]
    other = about.norm(NormId("code", "2")).demand
    found = missed(about, about.norm(NormId("code", "1")).norm, partial(solver.ask, *situation, other))
    owed = [n for n in range(times) if not ends or clear < contact or contact + 2 * (n + 1) <= clear]
    lasts = sound < silence
    forbidden = [n for n in owed if silence <= contact + 2 * n and (lasts or contact + 2 * (n + 1) <= sound)]
    assert found == tuple(forbidden)
