"""Laws about times: formulas say what the evaluator says, and the clashes found are those of enumeration."""

from __future__ import annotations

from fractions import Fraction
from re import search

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.conflicts.all_conflicts import find_clashes
from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem
from cbm.core.sorts import FLAG
from cbm.core.substitution import variables
from cbm.core.variables import ActInstance, Occurrence, Origin, ValueAt, Variable, moment_flag, time_of_moment
from cbm.evaluate.complete_episode import CompleteEpisode, Doing, Value
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding
from cbm.ground.grounding import Ground, ground
from cbm.search.implicants import true_at
from tests.laws.sparing import sparingly
from tests.laws.timed import CHAINED, HOUR, POINTS, VOCABULARY, all_clashes, drafts, situations, system_of

FEWER = sparingly(6)


def point_of(about: Ground, world: CompleteEpisode) -> dict[Variable, Value]:
    """The values of ground variables in an episode; each doing takes the next free copy of its act."""
    mentioned = dict.fromkeys(v for n in about.norms for f in (n.live, n.binds, n.fulfilled) for v in variables(f))
    point: dict[Variable, Value] = {
        v: world.values[v] if v.origin is not Origin.DOING else False if v.sort == FLAG else Fraction(0)
        for v in mentioned
    }
    taken: dict[tuple[str, int], int] = {}
    for doing in sorted(world.doings, key=lambda d: (d.act, d.role, d.at, sorted(map(str, d.states)))):
        number = taken[doing.act, doing.role] = taken.get((doing.act, doing.role), 0) + 1
        for done in (ActInstance(doing.act, doing.role, number), ActInstance(doing.act, doing.role)):
            told: dict[Variable, Value] = {done.performed: True, done.at: doing.at}
            told |= {done.states(item): True for item in doing.states}
            point |= {v: value for v, value in told.items() if v in point}
    return point


@st.composite
def episodes(draw: st.DrawFn) -> tuple[str, CompleteEpisode]:
    text = draw(drafts((*POINTS, CHAINED)))
    system = system_of(text)
    found = draw(st.sampled_from(list(situations(system))))
    times = st.integers(-12, 12).map(lambda quarters: Fraction(quarters, 4) * HOUR)
    alarm: dict[Variable, Value] = {
        moment_flag("alarm"): draw(st.booleans()),
        time_of_moment("alarm"): draw(times),
    }
    states = st.sampled_from((frozenset[str](), frozenset({"nature"})))
    reports = draw(st.lists(st.builds(Doing, st.just("report"), st.just(0), states, times), max_size=2, unique=True))
    questions = draw(st.lists(st.builds(Doing, st.just("ask"), st.just(0), at=times), max_size=1))
    others = found.doings if draw(st.booleans()) else frozenset[Doing]()
    return text, CompleteEpisode({**found.values, **alarm}, others | frozenset((*reports, *questions)))


@given(episodes())
def test_ground_formulas_say_of_times_what_the_evaluator_says(drawn: tuple[str, CompleteEpisode]) -> None:
    text, world = drawn
    system = system_of(text)
    about = ground(system, 0)
    point = point_of(about, world)
    if sum(d.act == "report" for d in world.doings) > max(
        1, sum(ActInstance("report", 0, i).performed in point for i in range(1, 9))
    ):
        return
    for n in about.norms:
        assert true_at(n.binds, point) == binding(n.norm.id, 0, world, system), n.norm.id
        assert true_at(n.fulfilled, point) == fulfilled(n.norm, 0, world, system), n.norm.id


@pytest.mark.parametrize("later", [-HOUR, Fraction(0), HOUR])
def test_what_is_done_after_a_doing_of_the_same_act_is_told_from_it(later: Fraction) -> None:
    """Each report calls for one that states its nature, and is one itself."""
    system = system_of(
        f"{VOCABULARY}draft code\nuses sea\n"
        "clause 1 every unit must report within 2 h after own.report stating nature\n"
    )
    about, found = ground(system, 0), next(situations(system))
    doings = (Doing("report", 0, frozenset({"nature"}), Fraction(0)), Doing("report", 0, at=later))
    world = CompleteEpisode(found.values, frozenset(doings))
    (n,) = about.norms
    said = fulfilled(n.norm, 0, world, system)
    assert (true_at(n.fulfilled, point_of(about, world)), said) == (later <= 0, later <= 0)


@FEWER
@given(drafts())
def test_clashes_of_times_are_those_of_enumeration(text: str) -> None:
    system = system_of(text)
    found, given_up = find_clashes(ground(system, 0))
    assert given_up == ()
    assert {frozenset(clash.norms) for clash in found} == expected(system)


HAIL = """\
act hail topic telling
axiom "nobody hails from afar" {}
draft code"""


@FEWER
@given(drafts(), st.booleans())
def test_an_act_that_nobody_can_do_stands_beside_what_the_rest_of_its_clause_clashes_with(
    text: str, ever: bool
) -> None:
    """A clause asks for a second act as well, which nothing forbids, but which from afar (or ever) nobody can do."""
    found = search(r"clause (\d) every unit [^\n]*must report(?! [^\n]*stating)", text)
    assume(found is not None)
    assert found is not None
    rule = HAIL.format("own.hail implies distance at contact < 1 km" if ever else "not own.hail")
    changed = text.replace(found[0], f"{found[0]}, hail").replace("draft code", rule, 1)
    both, alone = NormId("code", found[1]), frozenset((NormId("code", found[1]),))
    asked, system = system_of(text), system_of(changed)
    wanted: set[frozenset[NormId]] = set()
    for world, clashing in all_clashes(asked, situations(asked, far_from_contact=ever)):
        afar = not ever or world.values[ValueAt("distance", None, Occurrence("contact"), FLAG)] != 0
        if afar and binding(both, 0, world, asked):
            wanted.add(alone)
        wanted |= clashing
    reported, given_up = find_clashes(ground(system, 0))
    assert given_up == ()
    assert {frozenset(norm.clause for norm in clash.norms) for clash in reported} == wanted


def expected(system: NormSystem) -> set[frozenset[NormId]]:
    return {clash for _, clashing in all_clashes(system, situations(system)) for clash in clashing}
