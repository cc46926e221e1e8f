"""Law: who gives way in a crossing is told once; whatever either does then, nobody else does before past and clear."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cbm.judging.first_finding import first_finding
from cbm.judging.partial_episode import Known
from tests.laws.judging.judged import judged
from tests.recorded import Leg, crossing_with_turns

Moments = list[tuple[bool, bool]]
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


# What is so of a moment, and whether the record tells it.
TOLD = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=4, max_size=4)


@settings(max_examples=60)
@given(begins=st.tuples(TOLD, TOLD), closing=TOLD, already=TOLD, clear=TOLD, before=st.booleans())
def test_what_is_found_is_found_however_the_rest_of_the_record_may_be(
    begins: tuple[Moments, Moments], closing: Moments, already: Moments, clear: Moments, before: bool
) -> None:
    def found(*, whole: bool) -> list[Known]:
        one, other, near, met, apart = (known(part, whole=whole) for part in (*begins, closing, already, clear))
        finding = first_finding([one, other], near, met, apart, False if whole or before else None)
        return [*finding.of_each, finding.otherwise]

    for less, more in zip(found(whole=False), found(whole=True), strict=True):
        assert not (less.yes & ~more.yes).any()
        assert not (less.no & ~more.no).any()


def known(moments: Moments, *, whole: bool) -> Known:
    so, told = np.array([so for so, _ in moments]), np.array([told or whole for _, told in moments])
    return Known(so & told, ~so & told)
