"""Laws: a drill exercises what it says, as the evaluator sees it, and the drills exercise all that ever binds."""

from __future__ import annotations

from itertools import combinations

from hypothesis import assume, given

from cbm.compliance.joint import joint
from cbm.conflicts.all_conflicts import find_clashes
from cbm.core.dependence.cyclic_dependence import find_cycles
from cbm.core.expressions import TRUE
from cbm.core.norms import NormSystem
from cbm.evaluate.what_binds import binding
from cbm.given_situations.drills import Drill, drills
from cbm.given_situations.in_play import clauses_of
from cbm.ground.grounding import bearers, ground
from cbm.smt.solve import sharing
from tests.laws.checked import is_empty
from tests.laws.dressed import dressed
from tests.laws.episodes import Side
from tests.laws.sparing import sparingly
from tests.laws.systems import anywhere


@given(anywhere())
@sparingly(4)
def test_drills_exercise_what_they_say_and_all_that_binds(of: NormSystem) -> None:
    assume(not is_empty(of))
    of = dressed(of)
    assume(not any(find_cycles(of)))
    clauses = clauses_of(of)
    with sharing():
        clashes = [clash for role in bearers(of) for clash in find_clashes(ground(of, role))[0]]
        found = drills(joint(of, clashes), clauses, TRUE)
    assert (found.doubt, found.unknown, found.open_pairs) == ("", (), ())
    for drill in (*found.each, *found.pairs):
        assert_replays(of, drill)
    binds = {
        norm
        for role in (0, 1)
        for encounter in Side(of, role).encounters
        for conduct in encounter.conducts
        for norm, standing in conduct.standing.items()
        if standing.binding and norm in clauses
    }
    assert {clause for drill in found.each for clause in drill.clauses} == binds
    pairs = {pair for drill in found.pairs for pair in combinations(sorted(drill.clauses), 2)}
    assert len(pairs) == found.met
    assert found.met + found.apart == len(binds) * (len(binds) - 1) // 2


def assert_replays(of: NormSystem, drill: Drill) -> None:
    for role, exercised in enumerate(drill.exercised):
        for clause in clauses_of(of):
            norm = of.norms[clause]
            speaks = norm.rotates or norm.bearer == role
            assert (clause in exercised) == (speaks and binding(clause, role, drill.episode.world, of))
