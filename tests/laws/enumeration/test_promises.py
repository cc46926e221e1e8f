"""Coverage and expectations as enumeration finds them, against systems worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from cbm.core.expressions import TRUE, Expr, Not, Or
from cbm.core.norms import Case, ConductExpected, NormSystem
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.records import replace
from cbm.syntax.ast import DocumentKind, Strength
from tests.laws.episodes import Side
from tests.laws.promises import Cover, coverage, met, reachable
from tests.laws.tiny import (
    DRAFT,
    LESS,
    NIGHT,
    PACT,
    SEPARATION,
    ZONE,
    at_least,
    at_most,
    attribute,
    axiom,
    clause,
    compare,
    distress,
    does,
    instead,
    may,
    must,
    must_not,
    of_party,
    promise,
    result,
    system,
    text,
    yields,
)

HOLD = must("1", does("hold"), topics=("moving",))
AT_NIGHT = must("1", does("hold"), NIGHT, topics=("moving",))
ADVICE = must("2", does("hold"), topics=("moving",), strength=Strength.SHOULD)


def covers(of: NormSystem, topic: str = "moving", role: int = 0) -> dict[bool, set[Cover]]:
    """How a topic is governed by day (False) and at night (True), over all types of encounter."""
    found: dict[bool, set[Cover]] = {}
    for (_, about, _), worlds in coverage(Side(of, role)).items():
        for cover, some in worlds.items():
            for night in {world.values[attribute("night")] for world in some} if about == topic else ():
                assert isinstance(night, bool)
                found.setdefault(night, set()).add(cover)
    return found


# ---- coverage


def test_a_gap_where_no_norm_of_the_topic_binds() -> None:
    assert covers(system(AT_NIGHT, coverage=[promise("moving")])) == {False: {Cover.GAP}, True: {Cover.COVERED}}


def test_norms_of_other_topics_do_not_fill_it() -> None:
    other = must("2", does("report"), topics=("telling",))
    gaps = covers(system(AT_NIGHT, other, coverage=[promise("moving", "telling")]))
    assert gaps == {False: {Cover.GAP}, True: {Cover.COVERED}}


def test_a_permission_fills_it_and_advice_does_so_half() -> None:
    freedom = may("2", does("hold"), topics=("moving",))
    assert covers(system(AT_NIGHT, freedom, coverage=[promise("moving")]))[False] == {Cover.COVERED}
    assert covers(system(AT_NIGHT, ADVICE, coverage=[promise("moving")]))[False] == {Cover.ADVISED}


def test_what_is_displaced_fills_nothing() -> None:
    of = system(HOLD, must("2", does("report"), NIGHT), displacements=[instead("2", "1")], coverage=[promise("moving")])
    assert covers(of) == {False: {Cover.COVERED}, True: {Cover.GAP}}


def test_what_is_suspended_fills_nothing() -> None:
    above = must_not("2", does("hold"), NIGHT)
    of = system(HOLD, above, precedences=[yields([clause("1")], [clause("2")])], coverage=[promise("moving")])
    assert covers(of) == {False: {Cover.COVERED}, True: {Cover.GAP}}


def test_a_norm_that_ones_own_conduct_switches_off_covers_by_conduct() -> None:
    following = must("1", does("hold"), Or((NIGHT, does("turn"))), topics=("moving",))
    of = system(following, coverage=[promise("moving")])
    assert covers(of) == {False: {Cover.BY_CONDUCT}, True: {Cover.COVERED}}
    advice = replace(following, strength=Strength.SHOULD)
    assert covers(system(advice, coverage=[promise("moving")])) == {
        False: {Cover.ADVISED, Cover.BY_CONDUCT},
        True: {Cover.ADVISED},
    }


def test_a_promise_speaks_of_its_condition_only() -> None:
    assert covers(system(AT_NIGHT, coverage=[promise("moving", when=NIGHT)])) == {True: {Cover.COVERED}}


def test_a_promise_speaks_of_encounters_between_parties_of_its_text() -> None:
    of = system(must("1", does("hold"), of_party(0, "A", "B"), NIGHT, topics=("moving",)), coverage=[promise("moving")])
    between = replace(of, texts={**of.texts, DRAFT: text(DRAFT, DocumentKind.DRAFT, "AB")})
    assert covers(of)[True] == {Cover.COVERED, Cover.GAP}
    assert covers(between)[True] == {Cover.COVERED}


def test_types_that_do_not_occur_are_kept_empty() -> None:
    zone = attribute("zone")
    of = system(HOLD, axioms=[axiom(Not(NIGHT))], axes=[zone, attribute("night")], coverage=[promise("moving")])
    cells = coverage(Side(of, 0))
    assert [(cell, set(worlds)) for (_, _, cell), worlds in cells.items()] == [
        ((member, night), set() if night else {Cover.COVERED}) for member in ZONE.members for night in (False, True)
    ]


@pytest.mark.parametrize("role", [0, 1])
def test_each_bearer_has_its_own_gaps_and_its_own_types(role: int) -> None:
    """The type is read from the bearer: the gap is where it is not itself in distress."""
    axes = [attribute("distress", 0), attribute("distress", 1)]
    of = system(must("1", does("hold"), distress(0), topics=("moving",)), axes=axes, coverage=[promise("moving")])
    cells = coverage(Side(of, role))
    assert {cell for (_, _, cell), worlds in cells.items() if Cover.GAP in worlds} == {(False, False), (False, True)}
    worlds = [w for some in cells.values() for w in some.get(Cover.GAP, ())]
    assert {w.values[attribute("distress", role)] for w in worlds} == {False}
    assert {w.values[attribute("distress", 1 - role)] for w in worlds} == {False, True}


# ---- expectations


CLOSE: Expr = at_most(SEPARATION, 1)


def test_what_the_duties_exclude_is_not_reached() -> None:
    apart = must("1", at_least(SEPARATION, 2), NIGHT)
    of = system(apart)
    assert reachable(of, CLOSE, given=NIGHT) is None
    assert reachable(of, CLOSE) is not None
    assert reachable(of, CLOSE, given=NIGHT, complying=()) is not None
    assert reachable(system(apart, axioms=[axiom(Not(CLOSE))]), CLOSE, complying=()) is None


def test_it_takes_all_who_comply() -> None:
    """Only who is in distress has to keep away, and here that is the other side."""
    of = system(must("1", at_least(SEPARATION, 2), distress(0)))
    assert reachable(of, CLOSE, given=distress(1)) is None
    found = reachable(of, CLOSE, given=distress(1), complying=[0])
    assert found is not None
    assert found.values[attribute("distress", 1)] is True


def test_advice_excludes_nothing_unless_it_is_added() -> None:
    of = system(must("1", at_least(SEPARATION, 2), strength=Strength.SHOULD))
    assert reachable(of, CLOSE) is not None
    assert reachable(of, CLOSE, advised=True) is None


def test_what_clashes_is_reached_only_by_what_is_suspended() -> None:
    duty, ban = must("1", does("hold")), must_not("2", does("hold"))
    assert reachable(system(duty, ban), TRUE) is None
    settled = system(duty, ban, precedences=[yields([clause("1")], [clause("2")])])
    assert reachable(settled, Not(does("hold"))) is not None
    assert reachable(settled, does("hold")) is None
    assert reachable(settled, does("hold", 1)) is None


def test_both_may_do_an_act_in_several_ways() -> None:
    place, course = must("1", does("log", 0, "place")), must("2", does("log", 0, "course"))
    of = system(place, course, must_not("3", does("log", 0, "place", "course")))
    world = reachable(of, TRUE)
    assert isinstance(world, CompleteEpisode)
    assert len([doing for doing in world.doings if doing.role == 1]) == 2


def test_speeds_that_differ_find_room_between_whole_numbers() -> None:
    """Both are in distress and under way; the other side is to be slower than own, and nobody at full speed."""
    moving = must("1", Not(at_most(result("speed", 0), 0)), distress(0))
    below_full = must("2", Not(at_least(result("speed", 0), 1)), distress(0))
    slower = compare({result("speed", 1): 1, result("speed", 0): -1}, LESS, 0)
    assert (
        reachable(system(moving, below_full), slower, given=Not(Or((Not(distress(0)), Not(distress(1)))))) is not None
    )


@pytest.mark.parametrize("never", [True, False])
def test_expectations_on_the_date_of_their_case(never: bool) -> None:
    start = date(2020, 1, 1)
    pact = text(PACT, DocumentKind.INSTRUMENT, None, in_force=start)
    of = system(must("1", at_least(SEPARATION, 2), document=PACT), pact=pact, as_of=start)
    expected = ConductExpected(never, CLOSE, "close")
    assert met(of, Case("", None, TRUE, ()), expected) is never
    assert met(of, Case("", date(2019, 1, 1), TRUE, ()), expected) is not never
