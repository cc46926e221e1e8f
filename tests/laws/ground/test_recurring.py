"""Laws about what recurs: formulas say what the evaluator says by itself, and the clashes are those of enumeration."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from cbm.conflicts.all_conflicts import find_clashes
from cbm.core.expressions import NormId
from cbm.core.norms import Norm, NormSystem
from cbm.core.variables import ActInstance, Occurrence, Occurs, TimeOf, ValueAt, Variable
from cbm.evaluate.complete_episode import CompleteEpisode, Doing, Value
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding, holds
from cbm.ground.grounding import ground
from cbm.search.implicants import true_at
from tests.laws.ground.test_timed import point_of
from tests.laws.sparing import sparingly
from tests.laws.timed import HOUR, LENGTHS, VOCABULARY, conditions, exceptions, situations, system_of, windows

FEWER = sparingly(10)
REPEATED = VOCABULARY.replace("alarm\n", "alarm repeating up to 2\n")
POINTS = ("contact", "other.ask")
BOTH = ("report, ask", "report or ask")
MORE_POINTS = (*POINTS, "alarm", "own.ask")


@st.composite
def recurring(draw: st.DrawFn, points: tuple[str, ...]) -> str:
    start, until = draw(st.permutations(points))[:2]
    length, since = draw(st.sampled_from(LENGTHS[:2])), draw(st.sampled_from(("from", "after")))
    often = draw(st.sampled_from((" up to 2", "")))
    stating = draw(st.sampled_from(("", "", " stating nature")))
    act = "report" if stating or "own.ask" not in points else draw(st.sampled_from(("report", "report", *BOTH)))
    return f"every unit must {act} every {length} {since} {start} until {until}{often}{stating}"


@st.composite
def drafts(draw: st.DrawFn, points: tuple[str, ...], vocabulary: str = VOCABULARY) -> str:
    """One or two clauses that recur, and one or two that ask for a report at some time, or forbid it."""
    clauses = [draw(recurring(points)) for _ in range(draw(st.sampled_from((1, 1, 2))))]
    for _ in range(draw(st.integers(1, 2))):
        modal, when = draw(st.sampled_from(("must", "must not", "must not"))), draw(windows(POINTS))
        rest = draw(st.lists(exceptions(POINTS), max_size=1)) if modal == "must not" else []
        condition = draw(st.sampled_from(("", f"when {draw(conditions(POINTS))} ")))
        clauses.append(f"every unit {condition}{modal} report {' '.join([when, *rest])}")
    numbered = [f"clause {number} {clause}" for number, clause in enumerate(draw(st.permutations(clauses)), 1)]
    return "\n".join([f"{vocabulary}draft code", "  uses sea", *numbered, ""])


@st.composite
def episodes(draw: st.DrawFn) -> tuple[str, CompleteEpisode]:
    """With moments that lie a few hours apart, or at one time, and up to five reports."""
    text = draw(drafts(MORE_POINTS, REPEATED))
    found = draw(st.sampled_from(list(situations(system_of(text)))))
    times = st.integers(-12, 20).map(lambda quarters: Fraction(quarters, 4) * HOUR)
    values: dict[Variable, Value] = dict(found.values)
    for alarm in (Occurrence("alarm"), Occurrence("alarm", 2)):
        values[Occurs(alarm)] = draw(st.booleans())
        values[TimeOf(alarm)] = draw(times)
    states = st.sampled_from((frozenset[str](), frozenset({"nature"})))
    even = st.integers(-2, 6).map(lambda hours: hours * HOUR)  # so that they lie where a stretch begins or ends
    done = st.builds(Doing, st.just("report"), st.just(0), states, times | even | even)
    reports = draw(st.lists(done, min_size=draw(st.integers(0, 3)), max_size=5, unique=True))
    questions = draw(st.lists(st.builds(Doing, st.just("ask"), st.just(0), at=times), max_size=1))
    return text, CompleteEpisode(values, found.doings | frozenset((*reports, *questions)))


@given(episodes())
def test_ground_formulas_say_of_what_recurs_what_the_evaluator_says(drawn: tuple[str, CompleteEpisode]) -> None:
    text, world = drawn
    system = system_of(text)
    about = ground(system, 0)
    point = point_of(about, world)
    fits = sum(d.act == "report" for d in world.doings) <= max(
        1, sum(ActInstance("report", 0, i).performed in point for i in range(1, 20))
    )
    for n in about.norms:
        assert true_at(n.binds, point) == binding(n.norm.id, 0, world, system), n.norm.id
        if fits:
            assert true_at(n.fulfilled, point) == fulfilled(n.norm, 0, world, system), n.norm.id


@given(episodes())
def test_it_is_owed_where_a_stretch_is_complete_and_the_formulas_of_the_text_say_so(
    drawn: tuple[str, CompleteEpisode],
) -> None:
    text, world = drawn
    system = system_of(text)
    for norm in system.norms.values():
        if norm.recurrence is not None:
            assert binding(norm.id, 0, world, system) == any(stretches(norm, world)), norm.id
            assert holds(norm.content, world, system) == fulfilled(norm, 0, world, system), norm.id


@given(episodes())
def test_each_stretch_has_a_doing_of_its_own(drawn: tuple[str, CompleteEpisode]) -> None:
    """Written out: as many doings as there are stretches, each within its own."""
    text, world = drawn
    system = system_of(text)
    for norm in system.norms.values():
        if norm.recurrence is None:
            continue
        recurs, asked = norm.recurrence, set(norm.recurrence.states)
        own = [d for d in world.doings if d.role == 0 and d.states >= asked]
        served = [
            (all if recurs.each else any)(any(d.act == act and low <= d.at <= high for d in own) for act in recurs.acts)
            for low, high in (span for part in stretches(norm, world) for span in part)
        ]
        assert fulfilled(norm, 0, world, system) == all(served)


def stretches(norm: Norm, world: CompleteEpisode) -> Iterator[list[tuple[Fraction, Fraction]]]:
    """For each beginning the stretches that are complete, as the quarters of an hour that belong to them."""
    recurs = norm.recurrence
    assert recurs is not None
    ends = list(occurring(recurs.until, world))
    for start in occurring(recurs.start, world):
        end = min((e for e in ends if e >= start), default=None)
        spans = []
        for number in range(recurs.times):
            closed = start + (number + 1) * recurs.length
            opened = start + number * recurs.length + (HOUR / 4 if number or recurs.later else 0)
            if end is None or closed <= end:
                spans.append((opened, closed))
        yield spans


def occurring(point: tuple[str, int | None], world: CompleteEpisode) -> Iterator[Fraction]:
    name, role = point
    if role is not None:
        yield from (d.at for d in world.doings if (d.act, d.role) == (name, role))
        return
    for one in (Occurrence(name), Occurrence(name, 2)):
        at = world.values.get(TimeOf(one))
        if world.values.get(Occurs(one)) is True and isinstance(at, Fraction):
            yield at


@FEWER
@given(drafts(POINTS))
def test_clashes_of_what_recurs_are_those_of_enumeration(text: str) -> None:
    system = system_of(text)
    found, given_up = find_clashes(ground(system, 0))
    assert given_up == ()
    assert {frozenset(clash.norms) for clash in found} == set(
        chain(*(clashes(system, w) for w in unlike(text, system)))
    )


def unlike(text: str, system: NormSystem) -> list[CompleteEpisode]:
    """The situations that the text can tell apart."""
    return [w for w in situations(system) if "distance" in text or len({*_distances(w)}) == 1]


def _distances(world: CompleteEpisode) -> Iterator[Value]:
    return (value for variable, value in world.values.items() if isinstance(variable, ValueAt))


def clashes(system: NormSystem, found: CompleteEpisode) -> set[frozenset[NormId]]:
    """The smallest sets of duties that no reports keep together in this situation.

    A prohibition speaks of every report for itself, and more reports that state more keep every duty that fewer keep:
    so it is enough to try all those at once that the prohibitions allow.
    """
    norms = [n for n in system.norms.values() if binding(n.id, 0, found, system)]
    reports = [Doing("report", 0, frozenset({"nature"}), Fraction(n, 4) * HOUR) for n in range(-32, 45)]
    duties = [n for n in norms if not fulfilled(n, 0, found, system)]
    bans = [n for n in norms if fulfilled(n, 0, found, system)]
    allowed = {
        ban.id: frozenset(
            r for r in reports if fulfilled(ban, 0, CompleteEpisode(found.values, found.doings | {r}), system)
        )
        for ban in bans
    }
    clashing: set[frozenset[NormId]] = set()
    for duty in duties:
        for size in range(len(bans) + 1):
            for some in combinations(bans, size):
                together = frozenset((duty.id, *(ban.id for ban in some)))
                free = frozenset(reports).intersection(*(allowed[ban.id] for ban in some))
                if not any(known <= together for known in clashing) and not fulfilled(
                    duty, 0, CompleteEpisode(found.values, found.doings | free), system
                ):
                    clashing.add(together)
    return clashing
