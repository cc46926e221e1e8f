"""Law: what is told of a moment is what the evaluator says of it, however the rest of the moment may be.

A moment of a record is completed by chance to a whole episode, as a case would give it. Where the record tells
whether a clause binds or is kept, the evaluator agrees in every completion; where all is known, it is always told.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbm.core.sorts import FlagSort, KindSort
from cbm.core.variables import ResultValue, Variable
from cbm.evaluate import fulfilment, possible_episodes, what_binds
from cbm.evaluate.complete_episode import CompleteEpisode, Doing, Value
from cbm.judging.judged_pair import JudgedPair
from cbm.judging.norms_over_time import Telling, counting
from cbm.judging.partial_episode import PartialEpisode
from cbm.judging.partial_truth import Counting, exact
from cbm.outcomes.judgement import Setback
from cbm.tracks.track_words import track_words
from tests.laws.judging.judged import judged
from tests.recorded import MadeRecord, approach, crossing, head_on, interception, overtaking

RECORDS = {
    "crossing": crossing(),
    "no one acts": crossing(acts=False),
    "head-on": head_on(),
    "overtaking": overtaking(),
    "approach": approach(),
    "interception": interception(),
}
WORDS = track_words("encounter")


def completed(
    episode: PartialEpisode, variables: set[Variable], index: int, so_far: bool, draw: st.DataObject
) -> dict[Variable, Value]:
    """One value of each variable that is possible at the moment."""
    values: dict[Variable, Value] = {}
    for variable in sorted(variables, key=str):
        match variable.sort:
            case FlagSort():
                known = episode.flag(variable)
                choices: list[bool] = [True] * (not known.no[index]) + [False] * (not known.yes[index])
                values[variable] = draw.draw(st.sampled_from(choices))
            case KindSort():
                able = [member for member, mask in episode.members(variable).items() if mask[index]]
                values[variable] = draw.draw(st.sampled_from(able))
            case _:
                least = episode.so_far if so_far and isinstance(variable, ResultValue) else {}
                low, high = least.get(variable) or episode.bounds(variable)
                values[variable] = exact(draw.draw(st.integers(int(low[index]), int(high[index]))))
    return values


def done(pair: JudgedPair, index: int, how: Counting, draw: st.DataObject) -> frozenset[Doing]:
    """What is done at the moment or by then, with further doings of acts that nobody witnesses."""
    episode, now = pair.episode, int(pair.episode.times[index])
    found = [
        Doing(d.act, d.role, d.states or frozenset(), Fraction(d.at, 1000), d.through, Fraction(d.at, 1000))
        for d in episode.doings
        if d.at <= now and (how is Counting.SO_FAR or d.until >= now)
    ]
    acts = sorted(pair.whole.system.acts)
    for act, role in draw.draw(st.sets(st.tuples(st.sampled_from(acts), st.sampled_from((0, 1))), max_size=6)):
        witnessed = episode.witnessed.get((act, role))
        known = witnessed is not None and (witnessed[: index + 1].all() if how is Counting.SO_FAR else witnessed[index])
        if not known:
            found.append(Doing(act, role))
    return frozenset(found)


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
@settings(max_examples=4)
@given(draw=st.data())
def test_what_is_told_is_so_in_every_completion(record: MadeRecord, draw: st.DataObject) -> None:
    pair = judged(record)
    system, binding = pair.whole.system, pair.whole
    # Where something changes for some norm, as often as anywhere.
    changes = {int(i) for one in pair.norms for i in np.flatnonzero(np.diff(one.bound)) + 1} or {0}
    index = draw.draw(st.integers(0, len(pair.episode) - 1) | st.sampled_from(sorted(changes)))
    for how in Counting:
        values = completed(pair.episode, set(possible_episodes.variables(system)), index, how is Counting.SO_FAR, draw)
        world = CompleteEpisode(values, done(pair, index, how, draw))
        for norm in system.norms.values():
            for role in (0, 1):
                if how is Counting.SO_FAR:
                    bound = binding.binds(norm.id, role)
                    binds = what_binds.binding(norm.id, role, world, system)
                    assert not (bound.no if binds else bound.yes)[index], (norm.id, role)
                if norm.demands and counting(norm, WORDS) is how:
                    kept = binding.fulfilled(norm, role, how)
                    meets = fulfilment.fulfilled(norm, role, world, system)
                    assert not (kept.no if meets else kept.yes)[index], (norm.id, role)


@settings(max_examples=8)
@given(draw=st.data())
def test_what_is_set_back_is_so_in_every_completion(draw: st.DataObject) -> None:
    pair = judged(crossing(acts=False))
    system, certain = pair.whole.system, [one for one in pair.setbacks if (one.codes == Telling.YES).any()]
    assert {Setback.DISPLACED, Setback.YIELDS, Setback.CLASHES} <= {one.how for one in certain}
    assert not any(((norm.yields == Telling.YES) & (norm.breached == Telling.YES)).any() for norm in pair.norms)
    one = draw.draw(st.sampled_from(certain))
    index = draw.draw(st.sampled_from(np.flatnonzero(one.codes == Telling.YES).tolist()))
    values = completed(pair.episode, set(possible_episodes.variables(system)), index, True, draw)
    world = CompleteEpisode(values, done(pair, index, Counting.SO_FAR, draw))
    binding = {norm: what_binds.binding(norm, one.role, world, system) for norm in (*one.norms, *one.by)}
    match one.how:
        case Setback.EXCEPTED | Setback.DISPLACED:
            assert not any(binding[norm] for norm in one.norms)
        case Setback.YIELDS:
            assert any(binding[norm] for norm in one.norms)
            assert any(binding[norm] for norm in one.by)
        case Setback.CLASHES | Setback.UNDECIDED:
            assert any(binding[norm] for norm in one.norms)


def test_a_moment_that_is_known_in_full_is_always_told() -> None:
    pair = judged(crossing())
    steering = [
        norm for norm in pair.whole.system.norms.values() if norm.id.label in ("13(a)", "15(a)", "17(a)(i)", "14(a)")
    ]
    assert len(steering) == 4
    assert not any(pair.whole.binds(norm.id, role).open.any() for norm in steering for role in (0, 1))


def test_what_is_displaced_does_not_bind() -> None:
    pair = judged(crossing(acts=False))
    norms = {norm.id.label: norm.id for norm in pair.whole.system.norms.values() if norm.id.document == "colregs"}
    acting, holding = (pair.whole.binds(norms[label], 1) for label in ("17(b)", "17(a)(i)"))
    assert acting.yes.any()
    assert holding.no[acting.yes].all()
