"""Laws: what compliance is found to shut out is what plain enumeration says, and every witness is replayed."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbm.comparison.clause_pairs.derogations import ShortQuestion, derogation, short_questions
from cbm.compliance import attainable_ranges
from cbm.compliance.attainable_ranges import Narrowed, claimed
from cbm.compliance.unavailable_options import (
    OptionQuestion,
    Shut,
    duties_of,
    never_by,
    owed_besides,
    shut,
    shut_besides,
    shut_elsewhere,
    standing_against,
    where_shut,
)
from cbm.conflicts.all_conflicts import world_of
from cbm.core.expressions import NormId, conjunction, disjunction, negation
from cbm.core.norms import Norm, NormSystem
from cbm.core.sorts import NumberSort
from cbm.core.substitution import Value
from cbm.core.variables import Variable
from cbm.finding import Finding, RuleId
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry, inquire
from cbm.records import replace
from cbm.search.exists_forall import Stuck, fix
from cbm.search.unanswered_situations import unanswered_in
from cbm.search.world import relevant
from cbm.smt.index import admits
from cbm.smt.solve import Sat, Solver, Unknown, sharing
from cbm.syntax.ast import Modality, Strength
from tests.laws.checked import found_by, is_empty
from tests.laws.dressed import dressed
from tests.laws.episodes import Side, at
from tests.laws.expressions import one_of
from tests.laws.freedoms import blocked, compliant, makes_use, narrowed, situations, used_values
from tests.laws.sparing import sparingly
from tests.laws.systems import systems
from tests.laws.tiny import (
    AT_MOST,
    DISTANCE,
    NIGHT,
    PACT,
    SEPARATION,
    at_least,
    at_most,
    axiom,
    clause,
    compare,
    distress,
    does,
    instead,
    may,
    must,
    must_not,
    need_not,
    norm,
    system,
    yields,
)
from tests.laws.tiny import result as brought_about

NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
ALWAYS = re.compile("never|all the same")


@st.composite
def freer(draw: st.DrawFn) -> NormSystem:
    """A system in which some obligations are permissions or exemptions instead."""
    drawn = draw(systems())
    freedoms = st.sampled_from((Modality.PERMISSION, Modality.EXEMPTION, None))
    norms = dict(drawn.norms)
    for n in drawn.norms.values():
        modality = draw(freedoms)
        if modality and n.modality is Modality.OBLIGATION and n.strength is Strength.MUST:
            norms[n.id] = replace(n, modality=modality, otherwise=())
    return replace(drawn, norms=norms)


@st.composite
def ranging(draw: st.DrawFn) -> NormSystem:
    """A system with two norms more: a range of one result that is allowed, and another that is owed."""
    drawn = draw(systems().filter(lambda system: bool(system.results)))
    known = draw(st.sampled_from(sorted(drawn.results.values(), key=lambda r: r.name)))
    assert isinstance(known.sort, NumberSort)
    variable = replace(brought_about(known.name, 0 if known.each else None), sort=known.sort)
    ends = st.integers(0, int(known.sort.high or 0))

    def one(label: str, modality: Modality) -> Norm:
        bounds = (at_least(variable, draw(ends)), at_most(variable, draw(ends)))
        content = draw(one_of((*bounds, conjunction(*bounds))))
        like = draw(st.sampled_from(list(drawn.norms.values())))
        return replace(norm(label, modality, content), guards=like.guards, exceptions=like.exceptions)

    added = (one("90", Modality.PERMISSION), one("91", Modality.OBLIGATION))
    return replace(drawn, norms={n.id: n for n in (*added, *drawn.norms.values())})


# ---- permissions and exemptions


def compare_freedoms(system: NormSystem, findings: Sequence[Finding]) -> None:
    """What is told of each clause: the first thing that is wrong with it, by the duties of the unit itself."""
    side, before = Side(system, 0), set[str]()
    for severity, advised in (("warning", False), ("note", True)):
        here = [f for f in findings if f.severity == severity and "other unit" not in f.message]
        shut = {f.clauses[0]: bool(ALWAYS.search(f.message)) for f in here if "only" not in f.message}
        owed = {str(n): not b.ever_used for n, b in blocked(side, advised).items()}
        assert shut == {name: never for name, never in owed.items() if name not in before}
        before |= owed.keys()
        cut = Counter(f.clauses[0] for f in here if "only" in f.message)
        ranges = Counter(str(norm) for norm, _ in narrowed(side, advised))
        assert cut == {name: count for name, count in ranges.items() if name not in before}
        before |= ranges.keys()


@sparingly(2)
@given(freer() | ranging())
def test_permissions_and_exemptions_that_cannot_be_used_are_reported(system: NormSystem) -> None:
    if not is_empty(system):
        compare_freedoms(system, found_by(RuleId.BLOCKED_PERMISSION, system))


FREEDOMS = {
    "a duty takes an exemption back": system(must("1", does("hold")), need_not("2", does("hold"))),
    "a duty takes an exemption back at night": system(must("1", does("hold"), NIGHT), need_not("2", does("hold"))),
    "the exemption stands in place of the duty": system(
        must("1", does("hold")), need_not("2", does("hold"), NIGHT), displacements=[instead("2", "1")]
    ),
    "another duty asks for more": system(must("1", at_least(SEPARATION, 2)), need_not("2", at_least(SEPARATION, 1))),
    "the axioms ask for it": system(need_not("1", does("hold"), NIGHT), axioms=[axiom(does("hold"))]),
    "where nobody can comply nothing is blocked": system(
        must("1", at_least(SEPARATION, 2), NIGHT), must("2", at_most(SEPARATION, 1)), may("3", does("hold"), NIGHT)
    ),
    "an unrelated conflict everywhere": system(
        must("1", at_least(SEPARATION, 2)),
        must("2", at_most(SEPARATION, 1)),
        must("3", does("hold")),
        need_not("4", does("hold")),
    ),
    "an unrelated conflict at night": system(
        must("1", at_least(SEPARATION, 2), NIGHT),
        must("2", at_most(SEPARATION, 1)),
        must("3", does("hold")),
        need_not("4", does("hold")),
    ),
    "a part of the range": system(must("1", at_least(SEPARATION, 1), NIGHT), may("2", at_most(SEPARATION, 2))),
    "a hole in the range": system(
        must("1", disjunction(at_most(SEPARATION, 0), at_least(SEPARATION, 2))), may("2", at_most(SEPARATION, 2))
    ),
    "as far as what is found": system(
        must("1", compare({SEPARATION: -1, DISTANCE: 1}, AT_MOST, 0)), may("2", at_most(SEPARATION, 2), distress(0))
    ),
    "what is not decided freely was never allowed": system(
        may("1", at_most(SEPARATION, 2), NIGHT), axioms=[axiom(at_least(SEPARATION, 1))]
    ),
    "own conduct that is owed cuts the range": system(
        must("1", does("turn")), must("2", at_least(SEPARATION, 1), does("turn")), may("3", at_most(SEPARATION, 1))
    ),
    "own conduct that is not owed leaves it": system(
        must("2", at_least(SEPARATION, 1), does("turn")), may("3", at_most(SEPARATION, 1))
    ),
    "the text bars what another one allows": system(
        must_not("1", does("hold"), NIGHT), may("2", does("hold"), document=PACT)
    ),
    "so does the other one": system(
        must_not("1", does("hold"), NIGHT),
        must_not("2", does("hold"), NIGHT, document=PACT),
        may("3", does("hold"), document=PACT),
    ),
    "the other one does so elsewhere": system(
        must_not("1", does("hold"), distress(0)),
        must_not("2", does("hold"), NIGHT, document=PACT),
        may("3", does("hold"), document=PACT),
    ),
    "both together bar it": system(
        must("1", does("turn"), NIGHT),
        must_not("2", does("hold"), does("turn"), document=PACT),
        may("3", does("hold"), document=PACT),
    ),
    "it bars what a text above it allows": system(
        must_not("1", does("hold"), NIGHT),
        may("2", does("hold"), document=PACT),
        precedences=[replace(yields([clause("1")], [clause("2", PACT)]), sweeping=True)],
    ),
    "a permission that it yields to by name": system(
        must_not("1", does("hold"), NIGHT),
        may("2", does("hold"), document=PACT),
        precedences=[yields([clause("1")], [clause("2", PACT)])],
    ),
    "it asks for what another one exempts from": system(
        must("1", does("hold")), need_not("2", does("hold"), document=PACT)
    ),
    "it leaves a part of a range of another one": system(
        must("1", at_least(SEPARATION, 1), NIGHT), may("2", at_most(SEPARATION, 2), document=PACT)
    ),
    "it leaves as much of a range as other duties do": system(
        must("1", at_least(SEPARATION, 1)),
        must("2", at_least(SEPARATION, 1), document=PACT),
        may("3", at_most(SEPARATION, 2), document=PACT),
    ),
    "own conduct brings a permission in that nobody who does so can use": system(
        may("1", does("hold"), does("turn"), distress(0)),
        axioms=[axiom(negation(conjunction(does("hold"), does("turn"))))],
    ),
}


@sparingly(2)
@given(ranging())
def test_the_values_that_are_left_are_those_of_enumeration(system: NormSystem) -> None:
    if not is_empty(system):
        compare_values(system)


@sharing()
def compare_values(system: NormSystem) -> int:
    """Holds the intervals found against the values of enumeration, in the situations that both know; their number."""
    compared = 0
    inquiry, side = inquire(dressed(system)), Side(system, 0)
    for about, advised in ((inquiry.strict[0], False), (inquiry.advised[0], True)):
        for n in about.norms:
            if n.norm.modality is not Modality.PERMISSION:
                continue
            for result in claimed(about, n):
                duties = standing_against(about, n, duties_of(about, advised))
                others = owed_besides(about, n, duties)
                way = OptionQuestion(about, (n.binds, n.fulfilled), (), duties, others=others)
                found = attainable_ranges.narrowed(way, result)
                assert not isinstance(found, Unknown)
                assert (found is not None) == ((n.norm.id, result) in narrowed(side, advised))
                compared += 0 if found is None else compare_ranges(side, found, n.norm.id, advised)
    return compared


def compare_ranges(side: Side, found: Narrowed, norm: NormId, advised: bool) -> int:
    compared = 0
    here = conjunction(*(fix(v, value) for v, value in found.shut.situation.items()))
    known = [v for v in side.choices[side.parts.index(found.result)] if isinstance(v, Fraction)]
    for done in situations(side, advised):
        values = used_values(side, done, norm, found.result)
        if at(here, values.world) and compliant(side, done, norm):
            for claims, some in ((found.allowed, values.claimed), (found.usable, values.usable)):
                assert {v for v in known if any(admits(found.result, one, v) for one in claims)} == some
            compared += 1
        if at(conjunction(*found.shut.cube), values.world):
            others = {v for v in values.claimed if not any(admits(found.result, one, v) for one in found.usable)}
            assert others
            assert not others & values.usable
    return compared


@pytest.mark.parametrize("of", FREEDOMS.values(), ids=FREEDOMS)
def test_freedoms_made_by_hand(of: NormSystem) -> None:
    compare_freedoms(of, found_by(RuleId.BLOCKED_PERMISSION, of))


def test_they_show_something() -> None:
    found = {name: {n.label: b.ever_used for n, b in blocked(Side(of, 0)).items()} for name, of in FREEDOMS.items()}
    assert found["a duty takes an exemption back"] == {"2": False}
    assert found["a duty takes an exemption back at night"] == {"2": True}
    assert found["the exemption stands in place of the duty"] == {}
    assert found["another duty asks for more"] == {"2": False}
    assert found["the axioms ask for it"] == {"1": False}
    assert found["where nobody can comply nothing is blocked"] == {}
    assert found["an unrelated conflict everywhere"] == {}
    assert found["own conduct brings a permission in that nobody who does so can use"] == {"1": False}
    assert found["the text bars what another one allows"] == {"2": True}
    assert found["so does the other one"] == {}
    assert found["the other one does so elsewhere"] == {"3": True}
    assert found["both together bar it"] == {"3": True}
    assert found["it bars what a text above it allows"] == {}
    assert found["a permission that it yields to by name"] == {"2": True}
    assert found["it asks for what another one exempts from"] == {}
    assert [name for name, of in FREEDOMS.items() if narrowed(Side(of, 0))] == [
        "a part of the range", "a hole in the range", "as far as what is found",
        "own conduct that is owed cuts the range", "it leaves a part of a range of another one",
    ]  # fmt: skip
    assert sum(map(compare_values, FREEDOMS.values())) > 0


# ---- where else the same duties are in the way


@sparingly(2)
@given(freer())
def test_all_situations_in_which_the_same_duties_leave_no_use_are_found(system: NormSystem) -> None:
    if not is_empty(system):
        compare_places(system)


@sharing()
def compare_places(system: NormSystem) -> list[int]:
    """Holds the conditions told of each use that is shut against enumeration, and how many are of all its duties."""
    inquiry, side, counts = inquire(dressed(system)), Side(system, 0), list[int]()
    for about, advised in ((inquiry.strict[0], False), (inquiry.advised[0], True)):
        for n in about.norms:
            way = use_of(about, n, duties_of(about, advised))
            closed = None if n.norm.demands else shut(way)
            if isinstance(closed, Shut):
                further = list(shut_elsewhere(way, closed, by=closed.by))
                found = [closed, *(one for one in further if isinstance(one, Shut))]
                assert len(found) == len(further) + 1
                assert all(can_comply(way, one.situation) for one in found)
                compare_conditions(side, n.norm.id, advised, found)
                counts.append(sum(one.by == closed.by for one in found))
    return counts


def can_comply(way: OptionQuestion, there: Mapping[Variable, Value]) -> bool:
    complying = way.compliance(*way.demands)
    parts = tuple(part for part in complying if part not in way.wanted)
    return isinstance(Solver(way.world.roles, (*way.world.possible, *parts, *Stuck(dict(there)).fixed())).ask(), Sat)


def compare_conditions(side: Side, norm: NormId, advised: bool, found: Sequence[Shut]) -> None:
    """Under each of them these duties leave no use, and wherever they do so to who complies one of them holds."""
    by = {d.norm.id for d in found[0].by}
    for done in situations(side, advised):
        standing = [o for o in done if norm in o.standing]
        shut_there = not any(makes_use(side, o, norm) for o in standing if not o.breached & by)
        told = [at(conjunction(*one.cube), done[0].encounter.world) for one in found]
        assert shut_there or not any(told)
        assert any(told) or not shut_there or all(o.breached for o in standing)


def test_where_other_duties_are_in_its_way_too_it_is_found_all_the_same() -> None:
    told = system(
        must("1", negation(does("hold")), NIGHT),
        must("2", negation(does("hold")), disjunction(NIGHT, distress(0))),
        may("3", does("hold")),
    )
    assert compare_places(told) == [2, 2]  # those of 2: what stands later is told first


def test_where_nobody_can_comply_no_further_place_is_found() -> None:
    told = system(
        must("1", negation(does("hold")), disjunction(NIGHT, distress(0))),
        must("2", at_least(SEPARATION, 2), distress(0)),
        must("3", at_most(SEPARATION, 1)),
        may("4", does("hold")),
    )
    assert compare_places(told) == [1, 1]


# ---- all that is in its way


@sparingly(4)
@given(freer())
def test_all_that_is_in_its_way_is_found(system: NormSystem) -> None:
    if not is_empty(system):
        compare_all_in_its_way(system)


@sharing()
def compare_all_in_its_way(system: NormSystem) -> list[tuple[list[list[str]], list[str] | None]]:
    """Holds the sets found of each use that is shut against enumeration, and what shuts it ever; both by label."""
    inquiry, side = inquire(dressed(system)), Side(system, 0)
    told: list[tuple[list[list[str]], list[str] | None]] = []
    for about, advised in ((inquiry.strict[0], False), (inquiry.advised[0], True)):
        for n in about.norms:
            way = use_of(about, n, duties_of(about, advised))
            closed = None if n.norm.demands else shut(way)
            if isinstance(closed, Shut):
                sets = [closed, *(one for one in shut_besides(way, closed) if isinstance(one, Shut))]
                named = [[d.norm.id for d in one.by] for one in sets]
                compare_rest(side, n.norm.id, advised, frozenset(norm for one in named for norm in one))
                ever = None
                if not is_ever_used(side, n.norm.id, advised):
                    by = never_by(way, closed)
                    assert not isinstance(by, Unknown)
                    ever = [d.norm.id for d in by]
                    compare_ever(side, n.norm.id, advised, ever)
                told.append(([labels(one) for one in named], None if ever is None else labels(ever)))
    return told


def is_ever_used(side: Side, norm: NormId, advised: bool) -> bool:
    """Whether what complies makes use of it in some situation."""
    done = (o for done in situations(side, advised) for o in done if norm in o.standing and not o.breached)
    return any(makes_use(side, o, norm) for o in done)


def labels(norms: Sequence[NormId]) -> list[str]:
    return [norm.label for norm in norms]


def compare_rest(side: Side, norm: NormId, advised: bool, told: frozenset[NormId]) -> None:
    """The other duties are nowhere in its way, where some conduct makes use of it."""
    for done in situations(side, advised):
        standing = [o for o in done if norm in o.standing]
        keeping = [o for o in standing if o.breached <= told]
        usable = any(makes_use(side, o, norm) for o in standing)
        assert not (keeping and usable) or any(makes_use(side, o, norm) for o in keeping)


def compare_ever(side: Side, norm: NormId, advised: bool, ever: Sequence[NormId]) -> None:
    """These duties leave no use of it in any situation, and of none of them can that be said of the others alone."""
    using = [o for done in situations(side, advised) for o in done if norm in o.standing and makes_use(side, o, norm)]
    assert all(o.breached & set(ever) for o in using)
    assert all(any(o.breached & set(ever) <= {duty} for o in using) for duty in ever)


IN_ITS_WAY = {
    "nobody can at night, and it is barred in distress": (
        [([[], ["2"]], None)] * 2,
        system(
            may("1", does("hold")),
            must_not("2", does("hold"), distress(0)),
            axioms=[axiom(negation(conjunction(NIGHT, does("hold"))))],
        ),
    ),
    "nobody can at night, and it is barred always": (
        [([[], ["2"]], ["2"])] * 2,
        system(
            may("1", does("hold")),
            must_not("2", does("hold")),
            axioms=[axiom(negation(conjunction(NIGHT, does("hold"))))],
        ),
    ),
    "nobody can by day, and it is barred in distress": (
        [([[], ["2"]], None)] * 2,
        system(
            may("1", does("hold")),
            must_not("2", does("hold"), distress(0)),
            axioms=[axiom(disjunction(NIGHT, negation(does("hold"))))],
        ),
    ),
    "nobody can by day, and it is barred always": (
        [([[], ["2"]], ["2"])] * 2,
        system(
            may("1", does("hold")),
            must_not("2", does("hold")),
            axioms=[axiom(disjunction(NIGHT, negation(does("hold"))))],
        ),
    ),
    "barred at night by one, by day by another one": (
        [([["2"], ["3"]], ["2", "3"])] * 2,
        system(
            may("1", does("hold")), must_not("2", does("hold"), NIGHT), must_not("3", does("hold"), negation(NIGHT))
        ),
    ),
    "nobody ever can": (
        [([[]], [])] * 2,
        system(may("1", does("hold")), must_not("2", does("hold"), NIGHT), axioms=[axiom(negation(does("hold")))]),
    ),
}


@pytest.mark.parametrize(("told", "of"), IN_ITS_WAY.values(), ids=IN_ITS_WAY)
def test_what_is_in_its_way_by_hand(told: object, of: NormSystem) -> None:
    found = compare_all_in_its_way(of)
    assert [(sorted(sets), ever) for sets, ever in found] == told


# ---- what is near decides


BESIDE_A_CLASH = {
    "everywhere": system(
        must("1", at_least(SEPARATION, 1)),
        must("2", at_least(SEPARATION, 2), document=PACT),
        must("3", does("hold")),
        must("4", negation(does("hold"))),
    ),
    "of the duties of the other text": system(
        must("1", at_least(SEPARATION, 1)),
        must("2", at_least(SEPARATION, 2), document=PACT),
        must("3", does("hold"), document=PACT),
        must("4", negation(does("hold")), document=PACT),
    ),
    "at night, when alone it asks for less": system(
        must("1", disjunction(NIGHT, at_most(SEPARATION, 1))),
        must("2", at_least(SEPARATION, 1), document=PACT),
        must("3", does("hold"), NIGHT),
        must("4", negation(does("hold"))),
    ),
}


@settings(max_examples=200 if NIGHTLY else 10)
@given(freer())
def test_what_is_asked_of_what_is_near_is_so_of_everything(system: NormSystem) -> None:
    for is_found, of_all in of_near_and_of_all(system):
        assert is_found == of_all


def test_both_are_seen_where_what_is_far_clashes() -> None:
    beside = {name: of for name, of in FREEDOMS.items() if "unrelated" in name} | BESIDE_A_CLASH
    neither, both = (False, False), (True, True)
    assert {name: set(of_near_and_of_all(of)) for name, of in beside.items()} == {
        "an unrelated conflict everywhere": {neither},
        "an unrelated conflict at night": {both},
        "everywhere": {neither},
        "of the duties of the other text": {neither, both},
        "at night, when alone it asks for less": {neither},
    }


def use_of(about: Ground, n: GroundNorm, duties: tuple[GroundNorm, ...]) -> OptionQuestion:
    done = n.fulfilled if n.norm.modality is Modality.PERMISSION else negation(n.fulfilled)
    return OptionQuestion(about, (n.binds,), (done,), duties)


def of_near_and_of_all(system: NormSystem) -> Iterator[tuple[bool, bool]]:
    """Of each use that is left open whether it is shut somewhere, and of each lesser duty whether it falls short."""
    inquiry = inquire(dressed(system))
    for about, advised in ((inquiry.strict[0], False), (inquiry.advised[0], True)):
        duties, world = duties_of(about, advised), world_of(about)
        for n in about.norms:
            if not n.norm.demands:
                way = use_of(about, n, duties)
                complying = world.some_conduct("complies", (*world.feasible, n.binds, *way.demands))
                whole = unanswered_in(world, (*world.possible, *complying), way.compliance(*way.demands))
                yield isinstance(where_shut(way), Mapping), isinstance(whole, Stuck)
    norms = system.norms.values()
    for one, other in ((n, m) for n in norms for m in norms if m.demands and n.id.document != m.id.document):
        told = derogation(inquiry, one, other)
        if not isinstance(told, Unknown):
            yield told is not None, any(map(falls_short, questions_of(inquiry, one, other)))


def questions_of(inquiry: Inquiry, one: Norm, other: Norm) -> Iterator[ShortQuestion]:
    for about in inquiry.strict if other.strength is Strength.MUST else inquiry.advised:
        yield from short_questions(about, one, other)


def falls_short(asked: ShortQuestion) -> bool:
    world = asked.world
    short = world.some_conduct("short", (*world.feasible, *asked.reached))
    kept = world_of(asked.about).some_conduct("kept", (*world.feasible, *asked.binds, asked.duty))
    compliance = (*relevant(world, asked.excluded), *asked.excluded)
    return isinstance(unanswered_in(world, (*world.possible, *short, *kept), compliance), Stuck)
