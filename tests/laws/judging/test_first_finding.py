"""Law: who gives way in a crossing is told once; whatever either does then, nobody else does before past and clear."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws.judging.judged import judged
from tests.recorded import Leg, crossing_with_turns

COURSES = st.integers(0, 359)
KNOTS = st.integers(4, 25)


@settings(max_examples=10)
@given(own=st.tuples(COURSES, KNOTS), other=st.tuples(COURSES, KNOTS))
def test_no_turn_changes_who_gives_way(own: tuple[int, int], other: tuple[int, int]) -> None:
    pair = judged(crossing_with_turns(Leg(600, *own), Leg(600, *other)))
    norms = {norm.id.label: norm.id for norm in pair.whole.system.norms.values() if norm.id.document == "colregs"}
    risk = pair.whole.binds(norms["15(a)"], 0)
    assert risk.yes[0]
    for label in ("13(a)", "14(a)", "15(a)"):
        assert pair.whole.binds(norms[label], 1).no.all(), label
    assert not pair.whole.binds(norms["17(a)(i)"], 0).yes.any()
    variable = next(v for v in pair.episode.values if getattr(v, "name", "") == "risk_of_collision")
    assert (risk.yes == pair.episode.flag(variable).yes).all()
