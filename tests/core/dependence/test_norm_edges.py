"""What makes a clause depend on another: that it asks whether the other one binds."""

from __future__ import annotations

from cbm.core.dependence.norm_edges import asked
from cbm.core.expressions import Binds, Does, Expr, NormId, conjunction, disjunction, negation

ONE, TWO, THREE = (NormId("code", label) for label in "123")


def test_clauses_are_asked_about_anywhere_in_an_expression() -> None:
    binds: list[Expr] = [Binds(norm, 0) for norm in (ONE, TWO, THREE)]
    said = conjunction(binds[0], disjunction(negation(binds[1]), Does("call", 0, binds[2])))
    assert sorted(asked(said)) == [ONE, TWO, THREE]
    assert list(asked(Does("call", 0))) == []
