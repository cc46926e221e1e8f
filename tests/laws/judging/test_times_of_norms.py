"""Law: of times that count from what was done the evaluator says what is told, whatever comes after the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cbm.core.expressions import Expr
from cbm.core.norms import Modality, NormSystem
from cbm.core.viewpoints import seen
from cbm.evaluate import fulfilment, what_binds
from cbm.evaluate.complete_episode import CompleteEpisode, Doing
from cbm.judging.judged_pair import JudgedPair, judge_pair
from cbm.judging.norms_over_time import NormOverTime, Telling, norms_over_time
from cbm.judging.track_basis import TrackBasis
from cbm.questions.recorded_encounters import RecordQuestion, texts_understood
from cbm.records import replace
from cbm.tracks.continuity import usable
from cbm.tracks.event_table import read_events
from cbm.tracks.mapping_file import read_mapping
from cbm.tracks.track_table import read_table
from cbm.tracks.track_words import TrackWords
from tests.recorded import START, Leg, MadeRecord, MadeUnit, warship

ACTS = ("call", "answer", "lase")
DEMANDS = (
    "must not call within 3 min after other.lase",
    "must not call within 3 min before other.lase",
    "must not call until other.answer",
    "must not call except after other.answer",
    "must not call from other.lase until other.answer",
    "must not call from own.answer until other.answer",
    "must not call after other.lase",
    "must not call upon other.lase",
    "must not lase within 3 min after own.lase",
    "must not lase until own.call",
    "must not lase unless other.call is before own.lase",
    "must not call, lase",
    "must answer within 3 min after other.call",
    "must answer at least 2 min after other.call",
    "must answer before other.lase",
    "must answer upon other.call",
    "must answer or call within 2 min after other.lase",
    "must call within 3 min after own.call",
    "must call after own.call",
    "must lase within 2 min before other.call",
    "must answer within 3 min after other.call unless own.lase is at most 1 min before other.call",
    "must not call within 2 min after own.lase except after other.answer",
)
TEXT = 'draft d "D"\n  uses encounters\n  between CN, JP\n' + "".join(
    f"clause {number} every unit {demand}\n" for number, demand in enumerate(DEMANDS, 1)
)
MINUTES = 8
HELD = MadeRecord((
    MadeUnit("A", 0, 0, [Leg(MINUTES * 60, 0, 10)], warship("CN")),
    MadeUnit("B", 2000, 0, [Leg(MINUTES * 60, 0, 10)], warship("JP")),
), {}, complete=ACTS)  # fmt: skip

# The unit by its role, what it does, and in which minute.
Deed = tuple[int, str, int]
DEEDS = st.lists(st.tuples(st.sampled_from((0, 1)), st.sampled_from(ACTS), st.integers(0, MINUTES)), max_size=5)
LATER = st.lists(st.tuples(st.sampled_from((0, 1)), st.sampled_from(ACTS), st.integers(9, 13)), max_size=2)


@cache
def text() -> tuple[NormSystem, TrackWords, Mapping[str, Expr]]:
    with TemporaryDirectory() as folder:
        (file := Path(folder, "d.cbm")).write_text(TEXT, encoding="utf-8")
        read = texts_understood(RecordQuestion((), (str(file),)), START.date())
    assert isinstance(read, tuple)
    return read


def judged(deeds: list[Deed]) -> JudgedPair:
    system, words, conditions = text()
    rows = [
        f"{(START + timedelta(minutes=minute)).replace(tzinfo=None).isoformat()},,{'AB'[role]},{act}"
        for role, act, minute in deeds
    ]
    made = replace(HELD, events=("time_utc,until_utc,unit,what", *rows)) if rows else HELD
    with TemporaryDirectory() as folder:
        files = made.write(Path(folder), 60)
        mapping = read_mapping(files["mapping"])
        events = read_events(files["events"]) if rows else ()
        one, other = (usable(track, mapping)[0] for track in read_table(files["tracks"]))
    found = judge_pair(TrackBasis(system, words, conditions, mapping, events), (one, other), 0, 10**15)
    assert found is not None
    return found


@settings(max_examples=40)
@given(deeds=DEEDS, later=LATER)
@example(deeds=[(1, "lase", 0), (0, "call", 2)], later=[])
@example(deeds=[(1, "answer", 1), (0, "call", 2)], later=[])
@example(deeds=[(1, "call", 0), (0, "answer", 1), (1, "call", 6)], later=[(0, "answer", 9)])
@example(deeds=[(1, "call", 0)], later=[(0, "answer", 9)])
@example(deeds=[(0, "call", 8)], later=[(1, "lase", 10)])
def test_times_are_as_the_evaluator_has_them(deeds: list[Deed], later: list[Deed]) -> None:
    pair, system = judged(deeds), text()[0]
    party = system.situation.party
    assert party is not None
    values = {seen(party, role): side for role, side in enumerate(("CN", "JP"))}
    world = CompleteEpisode(values, frozenset(map(done, deeds)))
    longer = CompleteEpisode(values, world.doings.union(map(done, later)))
    told = {(one.norm.id, one.role): one for one in over_time(pair)}
    for norm in system.norms.values():
        for role in (0, 1):
            one = told.get((norm.id, role))
            if one is None:
                assert not what_binds.binding(norm.id, role, world, system), norm.id
                continue
            if is_breached(one):
                assert not fulfilment.fulfilled(norm, role, longer, system), norm.id
            elif is_kept(one):
                assert fulfilment.fulfilled(norm, role, world, system), norm.id
                of_others = [d for d in longer.doings if d in world.doings or d.role != role]
                if norm.modality is Modality.PROHIBITION:
                    assert fulfilment.fulfilled(norm, role, replace(longer, doings=frozenset(of_others)), system), (
                        norm.id
                    )


def done(deed: Deed) -> Doing:
    role, act, minute = deed
    return Doing(act, role, at=Fraction(60 * minute), sent=Fraction(60 * minute))


def over_time(pair: JudgedPair) -> Iterator[NormOverTime]:
    """Each norm by itself: which of them clash takes long to find."""
    return norms_over_time(pair.basis.words, pair.whole, list)


def is_breached(one: NormOverTime) -> bool:
    return bool((one.breached[one.bound == Telling.YES] == Telling.YES).any())


def is_kept(one: NormOverTime) -> bool:
    return bool((one.breached == Telling.NO).all())


def test_what_is_due_is_breached_when_its_time_is_over() -> None:
    pair = judged([(1, "call", 1), (0, "answer", 5)])
    (one,) = (n for n in over_time(pair) if n.norm.id.label == "13" and n.role == 0)
    late = int(one.too_late.argmax())
    assert pair.episode.times[late] == 4 * 60_000
    assert one.too_late[late:].all()
