"""The solver's answers, read: values are those of the answer they are read from, however many came before."""

from __future__ import annotations

from random import Random

from cbm.semantics.formulas import IsIn, KindSort, Variable
from cbm.smt.solve import Sat, Solver

KINDS = [KindSort(f"kind{i}", tuple(f"m{i}{j}" for j in range(8))) for i in range(6)]
FOUND = [Variable(f"v{i}", None, kind) for i, kind in enumerate(KINDS)]


def test_named_values_are_those_of_their_answer() -> None:
    """Answers are given up as soon as they are read, so that the solver reuses what they took."""
    random, solver = Random(1), Solver(("own", "other"))
    for _ in range(1_000):
        wanted: dict[Variable, str] = {}
        for variable in random.sample(FOUND, 3):
            assert isinstance(variable.sort, KindSort)
            wanted[variable] = random.choice(variable.sort.members)
        answer = solver.ask(*(IsIn(variable, (member,)) for variable, member in wanted.items()))
        assert isinstance(answer, Sat)
        values = answer.values(FOUND)
        assert {variable: values[variable] for variable in wanted} == wanted
        assert all(isinstance(v.sort, KindSort) and values[v] in v.sort.members for v in FOUND)
