"""Conflict sets of whole bodies of law: as plain Z3 finds them pair by pair, whichever way they are looked for.

Every norm has two conditions that relate two quantities or two units, which the index cannot see. The vocabulary ties
acts together two by two and no conduct to any situation: so a set that clashes is a pair of norms whose contents
exclude one another, wherever the conditions of both hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from itertools import chain, combinations
from unittest.mock import Mock

import pytest
import z3
from hypothesis import settings

from cbm.conflicts.all_conflicts import world_of
from cbm.conflicts.minimal_sets import MinimalSet, Search, find_minimal_sets
from cbm.core.expressions import Formula, NormId
from cbm.core.substitution import variables
from cbm.ground.grounding import Ground, ground
from cbm.search.implicants import true_at
from cbm.smt.encode import Encoder
from tests.benchmarks.law import law

NIGHTLY = settings.default is not None and settings.default.max_examples >= 2_000
NORMS = 2_000 if NIGHTLY else 240
SCRIPT = 1_000  # questions; longer scripts take longer for each

Pairs = frozenset[frozenset[NormId]]


@pytest.fixture(scope="module", params=[1, 2] if NIGHTLY else [1, 2, 3])
def about(request: pytest.FixtureRequest) -> Ground:
    return ground(law(NORMS, seed=request.param, relating=2), 0)


@pytest.fixture(scope="module")
def expected(about: Ground) -> Pairs:
    """By plain Z3, from the formulas alone."""
    world, duties = world_of(about), about.demanding
    assert all(world.conduct.issuperset(variables(part)) for part in world.feasible)
    contents = list(dict.fromkeys(n.fulfilled for n in duties))
    assert list(_held_together(about, world.feasible, [(one,) for one in contents])) == [True] * len(contents)
    asked = list(combinations(contents, 2))
    apart = [pair for pair, held in zip(asked, _held_together(about, world.feasible, asked), strict=True) if not held]
    askers = {content: [n for n in duties if n.fulfilled == content] for content in contents}
    candidates = [(one, other) for pair in apart for one in askers[pair[0]] for other in askers[pair[1]]]
    meet = _held_together(about, world.possible, [(one.binds, other.binds) for one, other in candidates])
    found = [frozenset((one.norm.id, other.norm.id)) for (one, other), met in zip(candidates, meet, strict=True) if met]
    assert found, "nothing clashes, so nothing is compared"
    assert len(found) < len(candidates), "everything clashes"
    return frozenset(found)


def _held_together(about: Ground, required: Sequence[Formula], asked: Sequence[tuple[Formula, ...]]) -> Iterator[bool]:
    """Whether the formulas of each question can hold together with what is required."""
    encoder = Encoder(about.system.situation.roles)
    spoken_of = dict.fromkeys(chain.from_iterable(variables(f) for f in (*required, *chain.from_iterable(asked))))
    head = "\n".join([encoder.declarations(spoken_of), *(f"(assert {encoder.formula(part)})" for part in required)])
    for start in range(0, len(asked), SCRIPT):
        lines = [head]
        for formulas in asked[start : start + SCRIPT]:
            lines += ["(push 1)", *(f"(assert {encoder.formula(part)})" for part in formulas), "(check-sat)", "(pop 1)"]
        context = z3.Context()
        answers = z3.Z3_eval_smtlib2_string(context.ref(), "\n".join(lines)).split()
        assert set(answers) <= {"sat", "unsat"}, answers
        yield from (answer == "sat" for answer in answers)


def search(about: Ground, executor: Executor | None = None) -> Search:
    return find_minimal_sets(world_of(about), about.demanding, executor)


def norms(about: Ground, one: MinimalSet) -> frozenset[NormId]:
    return frozenset(about.demanding[i].norm.id for i in one.members)


def pairs(about: Ground, searched: Search) -> Pairs:
    assert searched.undecided == ()
    found = [norms(about, one) for one in searched.sets]
    assert len(set(found)) == len(found), "a set is found twice"
    return frozenset(found)


def test_the_search_finds_what_plain_z3_finds(about: Ground, expected: Pairs) -> None:
    assert pairs(about, search(about)) == expected


def test_with_two_workers_the_same_is_found_in_the_same_order(about: Ground, expected: Pairs) -> None:
    with ProcessPoolExecutor(2) as executor:
        shared = search(about, executor)
    assert pairs(about, shared) == expected
    assert [one.members for one in shared.sets] == [one.members for one in search(about).sets]


def test_without_the_index_the_same_is_found(about: Ground, expected: Pairs, monkeypatch: pytest.MonkeyPatch) -> None:
    known = Mock(return_value={})
    monkeypatch.setattr("cbm.conflicts.compatible_conditions.box_of", known)
    monkeypatch.setattr("cbm.conflicts.compatible_conditions.is_box", lambda _: False)
    assert pairs(about, search(about)) == expected
    known.assert_called()


def test_every_conflict_is_shown_by_a_situation_in_which_both_bind(about: Ground) -> None:
    for one in search(about).sets:
        binding = (about.demanding[i].binds for i in one.members)
        assert all(true_at(part, one.situation) for part in (*world_of(about).possible, *binding))
