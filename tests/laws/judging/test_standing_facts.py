"""Law: what pairs of units share tells of each pair what it would tell by itself, whatever events change."""

from __future__ import annotations

import numpy as np
import pytest

from cbm.judging.contradicted_axioms import axioms_read, contradicted
from cbm.judging.partial_episode import Known
from cbm.judging.partial_truth import Counting
from cbm.judging.recorded_binding import RecordedBinding
from cbm.records import replace
from tests.laws.judging.judged import judged
from tests.recorded import THRESHOLDS, MadeRecord, approach, crossing, overtaking

# Of ships that the mapping calls power-driven, in clear weather.
EVENTS = (
    "time_utc,until_utc,unit,what,value",
    "2024-05-04T06:02:00,2024-05-04T06:08:00,B,status,restricted_manoeuvrability",
    "2024-05-04T06:04:00,,,restricted_visibility,yes",
    "2024-05-04T06:05:00,2024-05-04T06:06:00,A,illuminate_fire_control,",
)
CHANGED = replace(crossing(acts=False), events=EVENTS, thresholds={**THRESHOLDS, "risk_min": [6, 12]})


@pytest.mark.parametrize("record", [CHANGED, overtaking(), approach()], ids=["changed by events", "astern", "air"])
def test_what_pairs_share_is_what_each_tells_by_itself(record: MadeRecord) -> None:
    pair = judged(record)
    for shared in (pair.whole, *(binding for _, binding in pair.single[:1])):
        alone = RecordedBinding(shared.episode, shared.system)
        for norm in shared.system.norms.values():
            for role in (0, 1):
                assert same(shared.binds(norm.id, role), alone.binds(norm.id, role)), (norm.id, role)
                for how in Counting if norm.demands else ():
                    assert same(shared.fulfilled(norm, role, how), alone.fulfilled(norm, role, how)), (norm.id, role)
        assert set(alone.may_bind) <= set(shared.may_bind)
        assert set(alone.may_be_set_back) <= set(shared.may_be_set_back)
        told = [axiom for axiom, _ in contradicted(pair.standing.open_axioms, shared)]
        assert told == [axiom for axiom, _ in contradicted(axioms_read(shared.system), alone)]


def same(one: Known, other: Known) -> bool:
    return np.array_equal(one.yes, other.yes) and np.array_equal(one.no, other.no)
