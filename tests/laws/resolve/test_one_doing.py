"""Law: what bars an act, or counts from it, is said of each doing by itself, as far as the clause speaks of that."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem
from cbm.core.variables import ActInstance, Occurrence, Occurs, TimeOf, Variable
from cbm.evaluate.complete_episode import CompleteEpisode, Doing, Value
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.possible_episodes import possible
from cbm.evaluate.what_binds import binding, holds
from cbm.ground.grounding import ground
from cbm.records import replace
from cbm.search.implicants import true_at
from tests.laws.ground.test_timed import point_of
from tests.laws.timed import HOUR, LENGTHS, VOCABULARY, situations, system_of

ONE = NormId("code", "1")
ABOUT = (
    "distance at own.report {} 1 km",
    "not distance at own.report {} 1 km",
    "near_report",
    "not near_report",
    "own.report is after contact",
    "own.report is at most 1 h before alarm",
    "(distance at own.report {} 1 km or own.report is before alarm)",
    "contact occurs",
)
OF_BOTH = "own.ask is at least 1 h before own.report"
# When a report itself is barred.
BARRED = ("", "within {} after own.ask", "until contact", "after alarm", "except while distance at own.report < 1 km")
WINDOWS = ("within {} after own.report", "at least {} before own.report", "upon own.report", "not before own.report")


@st.composite
def said(draw: st.DrawFn) -> str:
    return draw(st.sampled_from(ABOUT)).format(draw(st.sampled_from(("<", ">="))))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """One clause that asks for questions, or forbids them, counted from each report; or one that forbids reports."""
    bars = draw(st.booleans())
    of_reports = said() | st.just(OF_BOTH) if bars else said()
    when = " and ".join(draw(st.lists(of_reports, max_size=2, unique=True)))
    window = draw(st.sampled_from(WINDOWS)).format(draw(st.sampled_from(LENGTHS[:2])))
    recurring = f"every {draw(st.sampled_from(LENGTHS[:2]))} from own.report until alarm up to 2"
    barred = f"must not report {draw(st.sampled_from(BARRED)).format(draw(st.sampled_from(LENGTHS[:2])))}"
    asked = draw(st.sampled_from((f"must ask {window}", f"must not ask {window}", f"must ask {recurring}")))
    unless = f" unless {exception}" if (exception := draw(st.none() | of_reports)) else ""
    clauses = [f"clause 1 every unit {f'when {when} ' if when else ''}{barred if bars else asked}{unless}"]
    clauses += [f"clause 2 exception to 1 when {draw(of_reports)}"] * draw(st.booleans())
    term = "term near_report means distance at own.report < 1 km"
    return "\n".join([VOCABULARY, term, "draft code", "  uses sea", *clauses, ""])


@st.composite
def episodes(draw: st.DrawFn) -> tuple[str, CompleteEpisode]:
    """With up to three reports and two questions, where the distance was another one at times."""
    done = st.tuples(st.lists(doings("report"), max_size=3), st.lists(doings("ask"), max_size=2))
    return draw(episodes_of(draw(texts()), done.map(lambda both: [*both[0], *both[1]])))


@st.composite
def episodes_of(draw: st.DrawFn, text: str, done: st.SearchStrategy[list[Doing]]) -> tuple[str, CompleteEpisode]:
    """Of such a text, with these doings, where an alarm may come at any time."""
    system = system_of(text)
    found = draw(st.sampled_from(list(situations(system))))
    alarm = Occurrence("alarm")
    told: dict[Variable, Value] = {Occurs(alarm): draw(st.booleans()), TimeOf(alarm): draw(TIMES)}
    told |= {v: draw(st.sampled_from((Fraction(0), Fraction(2000)))) for v in found.values if "distance" in str(v)}
    world = CompleteEpisode({**found.values, **told}, frozenset(draw(done)))
    assume(possible(world, system))
    return text, world


AGAIN = ("within {} after own.report", "within {} before own.report", "from own.report until alarm", "after own.report")


@st.composite
def repeating(draw: st.DrawFn) -> tuple[str, CompleteEpisode]:
    """A clause that forbids reports counted from reports, and an episode with up to three of them."""
    window = draw(st.sampled_from(AGAIN)).format(draw(st.sampled_from(LENGTHS[:2])))
    text = "\n".join([VOCABULARY, "draft code", "  uses sea", f"clause 1 every unit must not report {window}", ""])
    return draw(episodes_of(text, st.lists(doings("report"), max_size=3)))


TIMES = st.integers(-6, 6).map(lambda halves: Fraction(halves, 2) * HOUR)


def doings(act: str) -> st.SearchStrategy[Doing]:
    return st.builds(Doing, st.just(act), st.just(0), at=TIMES)


def breached(system: NormSystem, world: CompleteEpisode) -> bool:
    return binding(ONE, 0, world, system) and not fulfilled(system.norms[ONE], 0, world, system)


@given(episodes())
def test_a_clause_binds_and_is_breached_where_it_would_be_if_one_of_the_doings_were_the_only_one(
    drawn: tuple[str, CompleteEpisode],
) -> None:
    text, world = drawn
    system = system_of(text)
    reports = frozenset(doing for doing in world.doings if doing.act == "report")
    alone = [replace(world, doings=world.doings - reports | {report}) for report in reports]
    assert breached(system, world) == any(breached(system, one) for one in alone)
    if reports:
        assert binding(ONE, 0, world, system) == any(binding(ONE, 0, one, system) for one in alone)


@given(repeating())
def test_doing_it_again_is_barred_where_it_would_be_if_two_of_the_doings_were_the_only_ones(
    drawn: tuple[str, CompleteEpisode],
) -> None:
    text, world = drawn
    system = system_of(text)
    pairs = [replace(world, doings=frozenset(pair)) for pair in combinations(world.doings, 2)]
    assert breached(system, world) == any(breached(system, pair) for pair in pairs)
    assert not any(breached(system, replace(world, doings=frozenset((one,)))) for one in world.doings)


@given(repeating())
def test_there_is_room_for_doing_it_again(drawn: tuple[str, CompleteEpisode]) -> None:
    text, world = drawn
    system = system_of(text)
    about = ground(system, 0)
    point = point_of(about, world)
    (norm,) = about.norms
    assert ActInstance("report", 0, 2).performed in about.conduct
    if len(world.doings) <= 2:
        assert true_at(norm.fulfilled, point) == fulfilled(norm.norm, 0, world, system)


@given(episodes())
def test_ground_formulas_say_the_same_of_one_doing(drawn: tuple[str, CompleteEpisode]) -> None:
    text, world = drawn
    system = system_of(text)
    about = ground(system, 0)
    point = point_of(about, world)
    for act in ("report", "ask"):
        room = sum(ActInstance(act, 0, i).performed in point for i in range(1, 9))
        assume(sum(doing.act == act for doing in world.doings) <= max(1, room))
    (norm,) = about.norms
    assert true_at(norm.binds, point) == binding(ONE, 0, world, system)
    assert true_at(norm.fulfilled, point) == fulfilled(norm.norm, 0, world, system)


@given(episodes())
def test_stretches_say_together_what_the_evaluator_says_of_what_recurs(
    drawn: tuple[str, CompleteEpisode],
) -> None:
    text, world = drawn
    system = system_of(text)
    norm = system.norms[ONE]
    assert holds(norm.content, world, system) == fulfilled(norm, 0, world, system)
