"""Laws of records: less of a record tells less and never something else; sampling and order of units change nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cbm.core.expressions import NormId
from cbm.judging.judged_pair import JudgedPair
from cbm.judging.norms_over_time import Codes, Telling
from cbm.records import replace
from cbm.tracks.continuity import Times
from tests.laws.judging.judged import judged
from tests.recorded import FACTS, THRESHOLDS, WARSHIP, MadeRecord, approach, crossing, head_on, overtaking

RECORDS = {"crossing": crossing(), "no one acts": crossing(acts=False), "head-on": head_on(), "approach": approach()}
RANGES = {**THRESHOLDS, "risk_nmi": [0.3, 0.8], "clear_m": [600, 1200]}
COMPLETE = ("call", "answer", "illuminate_fire_control", "aim_weapons", "impede", "listen")
EVENTS = (
    "time_utc,until_utc,unit,what",
    "2024-05-04T06:03:00,,A,call",
    "2024-05-04T06:04:00,,B,answer",
    "2024-05-04T06:05:00,2024-05-04T06:06:00,A,illuminate_fire_control",
)


Told = dict[tuple[NormId, int], tuple[Codes, Codes]]


def codes(pair: JudgedPair, times: Times) -> Told:
    """What is told of each norm at these moments; of norms that bind nowhere nothing."""
    at = np.isin(pair.geometry.times, times)
    return {(one.norm.id, one.role): (one.bound[at], one.breached[at]) for one in pair.norms}


def both(one: JudgedPair, other: JudgedPair) -> Iterator[tuple[tuple[NormId, int], list[Codes], list[Codes]]]:
    """What either tells of each norm, at the moments that both have."""
    times = np.intersect1d(one.geometry.times, other.geometry.times)
    nothing = np.zeros(len(times), np.int8)
    first, second = codes(one, times), codes(other, times)
    for key in {*first, *second}:
        yield key, list(first.get(key, (nothing, nothing))), list(second.get(key, (nothing, nothing)))


def tells_less(less: JudgedPair, more: JudgedPair) -> None:
    """Whatever the one tells, the other tells as well."""
    for key, some, every in both(less, more):
        told = some[0] != Telling.UNTOLD
        assert (some[0][told] == every[0][told]).all(), key
        sure = told & (some[1] != Telling.UNTOLD) & (some[0] != Telling.NO)
        assert (some[1][sure] == every[1][sure]).all(), key


@pytest.mark.parametrize("column", ["course_deg", "speed_kt", "altitude_m"])
@pytest.mark.parametrize("name", RECORDS)
def test_a_dropped_column_never_turns_a_verdict_into_another(name: str, column: str) -> None:
    tells_less(judged(RECORDS[name], without=(column,)), judged(RECORDS[name]))


# Of the doings of a crew alone: what is not in the record may have been done all the same.
@example(facts=set(), own=set(), thresholds=set(), complete=set(), events={3}, ranges=False, so=set())
@settings(max_examples=4)
@given(
    facts=st.sets(st.sampled_from(sorted(FACTS))),
    own=st.sets(st.sampled_from(sorted(WARSHIP))),
    thresholds=st.sets(st.sampled_from(sorted(THRESHOLDS)), max_size=4),
    complete=st.sets(st.sampled_from(COMPLETE)),
    events=st.sets(st.integers(1, 3)),
    ranges=st.booleans(),
    so=st.sets(st.sampled_from(("planned", "calls_unanswered", "incident", "language_agreed"))),
)
def test_a_dropped_fact_or_event_never_turns_a_verdict_into_another(
    facts: set[str],
    own: set[str],
    thresholds: set[str],
    complete: set[str],
    events: set[int],
    ranges: bool,
    so: set[str],
) -> None:
    stated_facts = {key: key in so if value is False else value for key, value in FACTS.items()}
    stated = RANGES if ranges else THRESHOLDS
    # The record need not have every doing of an act of which an event is dropped.
    dropped = {EVENTS[number].rpartition(",")[2] for number in events}
    whole = replace(
        crossing(acts=False),
        facts=stated_facts,
        thresholds=stated,
        events=EVENTS,
        complete=tuple(a for a in COMPLETE if a not in dropped),
    )
    units = tuple(
        replace(unit, who={key: value for key, value in unit.who.items() if key not in own}) for unit in whole.units
    )
    less = replace(
        whole,
        units=units,
        facts={key: value for key, value in stated_facts.items() if key not in facts},
        thresholds={key: value for key, value in stated.items() if key not in thresholds},
        complete=tuple(act for act in whole.complete if act not in complete),
        events=tuple(row for number, row in enumerate(EVENTS) if number not in events),
    )
    tells_less(judged(less), judged(whole))


@pytest.mark.parametrize("name", RECORDS)
def test_a_finer_sampling_changes_no_verdict_but_at_its_ends(name: str) -> None:
    coarse, fine = judged(RECORDS[name], step=60), judged(RECORDS[name], step=10)
    for key, rough, exact in both(coarse, fine):
        for few, many in zip(rough, exact, strict=True):
            inside = np.ones(len(few), bool)
            for edge in np.flatnonzero((np.diff(few) != 0) | (np.diff(many) != 0)):
                inside[max(0, edge - 1) : edge + 3] = False
            assert (few[inside] == many[inside]).all(), key


@pytest.mark.parametrize("record", [crossing(), crossing(acts=False), head_on(), overtaking(), approach()])
def test_exchanging_units_exchanges_verdicts(record: MadeRecord) -> None:
    straight, swapped = judged(record), judged(record, swapped=True)
    times = straight.geometry.times
    assert (times == swapped.geometry.times).all()
    one, other = codes(straight, times), codes(swapped, times)
    assert {(norm, 1 - role) for norm, role in other} == set(one)
    for (norm, role), (bound, breached) in other.items():
        assert (bound == one[norm, 1 - role][0]).all()
        assert (breached == one[norm, 1 - role][1]).all()
