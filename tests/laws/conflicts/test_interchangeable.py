"""Laws: sets that are told as one are all there, they clash where enumeration says so, and nothing else changes."""

from __future__ import annotations

from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.comparison.meaning import TextMeaning, meaning
from cbm.conflicts.all_conflicts import ConflictSet, find_clashes
from cbm.conflicts.precedence import suspended_in
from cbm.core.expressions import FALSE, Expr, Formula, NormId, conjunction, disjunction, negation
from cbm.core.norms import Norm, NormSystem
from cbm.ground.grounding import Ground, ground
from cbm.search.extent import Extent
from cbm.smt.solve import Solver, Unsat, sharing
from cbm.syntax.ast import Strength
from tests.laws.enumerate import clashes, conflict_sets, suspended
from tests.laws.episodes import Side, at
from tests.laws.tiny import NIGHT, clause, distress, does, must, must_not, system, yields

ACTS = ("report", "hold", "turn")
GUARDS: tuple[Expr, ...] = (NIGHT, negation(NIGHT), distress(0), negation(distress(0)), conjunction(NIGHT, distress(0)))


@st.composite
def regimes(draw: st.DrawFn) -> NormSystem:
    """One duty to do some act, and bans on each of the acts, of which several may speak of one act."""
    acts = ACTS[: draw(st.integers(2, 3))]
    norms: list[Norm] = [must("1", disjunction(*map(does, acts)), *draw(st.lists(st.sampled_from(GUARDS), max_size=1)))]
    for act in acts:
        for guard in draw(st.lists(st.sampled_from(GUARDS), min_size=1 + (act != ACTS[2]), max_size=2)):
            strength = draw(st.sampled_from((*[Strength.MUST] * 5, Strength.SHOULD)))
            norms.append(must_not(str(len(norms) + 1), does(act), guard, strength=strength))
    made = system(*norms)
    if draw(st.integers(0, 2)) == 2:
        bans = [clause(norm.id.label) for norm in norms[1:]]
        lower = draw(st.lists(st.sampled_from(bans), min_size=1, unique=True))
        edge = yields(lower, [clause("1")]) if draw(st.booleans()) else yields([clause("1")], lower)
        made = system(*norms, precedences=(edge,))
    return made


@sharing()
def found_in(of: NormSystem) -> tuple[Ground, tuple[ConflictSet, ...]]:
    about = ground(of, 0)
    found, given_up = find_clashes(about)
    assert given_up == ()
    return about, found


@given(regimes(), st.booleans())
def test_sets_are_told_once_clash_where_one_of_them_does_and_yield_as_enumeration_says(
    of: NormSystem, advised: bool
) -> None:
    about, found = found_in(of)
    side = Side(of, 0)
    compare_sets(side, found)
    compare_where(side, found)
    compare_yielding(side, about, found, advised)


def compare_sets(side: Side, found: tuple[ConflictSet, ...]) -> None:
    """Every set is told with exactly one."""
    expected = set(conflict_sets(side, advised=True))
    told = [frozenset(choice) for clash in found for choice in product(*clash.choices)]
    assert len(set(told)) == len(told)
    assert expected <= set(told)
    assert {frozenset(clash.norms) for clash in found} <= expected


def compare_where(side: Side, found: tuple[ConflictSet, ...]) -> None:
    """Where they clash is where one of them does."""
    for encounter in side.encounters:
        here = clashes(side, encounter, advised=True)
        for clash in found:
            one = any(frozenset(choice) in here for choice in product(*clash.choices))
            assert at(clash.formula, encounter.world) == one
            assert at(clash.extent.formula, encounter.world) == (frozenset(clash.norms) in here)


def compare_yielding(side: Side, about: Ground, found: tuple[ConflictSet, ...], advised: bool) -> None:
    where = suspended_in(side.system, found, 0, advised)
    binds = {n.norm.id: n.binds for n in about.norms}
    for encounter in side.encounters:
        expected = suspended(side, encounter, advised)
        for norm in side.norms:
            assert at(conjunction(where.get(norm, FALSE), binds[norm]), encounter.world) == (norm in expected), norm


def test_norms_at_the_two_ends_of_an_edge_do_not_stand_in_for_each_other() -> None:
    of = system(
        must("1", disjunction(does("hold"), does("turn"))),
        *(must_not("2", does("hold"), NIGHT), must_not("3", does("hold"), negation(NIGHT))),
        *(must_not("4", does("turn"), distress(0)), must_not("5", does("turn"), negation(distress(0)))),
        precedences=[yields([clause("4")], [clause("5")])],
    )
    about, found = found_in(of)
    compare_sets(Side(of, 0), found)
    compare_yielding(Side(of, 0), about, found, advised=True)


@given(regimes(), st.booleans())
@sharing()
def test_the_text_means_what_it_means_with_each_set_by_itself(of: NormSystem, advised: bool) -> None:
    about, found = found_in(of)
    assume(any(clash.classes for clash in found))
    binds = {n.norm.id: n.binds for n in about.norms}
    singly = tuple(one for clash in found for one in by_itself(clash, binds))
    together, apart = meaning(about, found, advised), meaning(about, singly, advised)
    assert isinstance(together, TextMeaning)
    assert isinstance(apart, TextMeaning)
    solver = Solver(of.situation.roles, (*about.possible, *about.feasible))
    for one, other in zip(together.claims, apart.claims, strict=True):
        assert isinstance(solver.ask(one.holds, other.fails), Unsat)
        assert isinstance(solver.ask(other.holds, one.fails), Unsat)


def by_itself(clash: ConflictSet, binds: dict[NormId, Formula]) -> list[ConflictSet]:
    if not clash.classes:
        return [clash]
    return [
        ConflictSet(clash.bearer, choice, Extent((), True, conjunction(clash.formula, *(binds[n] for n in choice))))
        for choice in product(*clash.choices)
    ]
