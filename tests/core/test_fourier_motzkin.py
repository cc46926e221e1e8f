"""Elimination says of the other quantities what is so for some values of those eliminated: as the solver says it."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from cbm.core.expressions import And, Flag, Formula, Not, Or
from cbm.core.fourier_motzkin import some
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.sorts import FLAG, Dimension, NumberSort
from cbm.core.substitution import Value, substitute, variables
from cbm.core.variables import Attribute, Variable
from cbm.search.implicants import true_at
from cbm.smt.solve import Sat, Solver
from cbm.syntax.ast import Relation

FREE = NumberSort(Dimension.DURATION)
X, Y = (Attribute(name, None, FREE) for name in "xy")
Z = Attribute("z", None, FREE)
WAIT = Attribute("wait", None, NumberSort(Dimension.DURATION, Fraction(0), Fraction(2)))
SET = Flag(Attribute("set", None, FLAG))


@st.composite
def comparisons(draw: st.DrawFn) -> Formula:
    total = Sum((), Fraction(draw(st.integers(-2, 2))))
    for variable in (X, Y, Z, WAIT):
        total = total.plus(of_variable(variable), draw(st.sampled_from((-1, 0, 0, 1, 2))))
    relation = draw(st.sampled_from((Relation.LESS, Relation.AT_MOST, Relation.EQUAL, Relation.AT_LEAST)))
    return compare(total, relation, Sum())


CONDITIONS = st.recursive(
    comparisons() | st.just(SET),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=6,
)


def less(one: Variable, other: Variable | int, relation: Relation = Relation.LESS) -> Formula:
    """The first one lies below the other."""
    bound = Sum((), Fraction(other)) if isinstance(other, int) else of_variable(other)
    return compare(of_variable(one), relation, bound)


NOTHING_BETWEEN = And((less(X, 0), less(Z, X, Relation.AT_MOST)))
NOTHING_ABOVE = And((less(WAIT, X), less(X, 2)))
HALVES = st.integers(-6, 6).map(lambda n: Fraction(n, 2))


@example(NOTHING_BETWEEN, Fraction(0), Fraction(0), False)
@example(NOTHING_ABOVE, Fraction(0), Fraction(2), False)
@given(CONDITIONS, HALVES, st.integers(0, 4).map(lambda n: Fraction(n, 2)), st.booleans())
def test_elimination_is_existence(condition: Formula, z: Fraction, wait: Fraction, flag: bool) -> None:
    without = some((X, Y), condition)
    assert {X, Y}.isdisjoint(variables(without))
    here: dict[Variable, Value] = {Z: z, WAIT: wait, SET.variable: flag}
    exists = isinstance(Solver(("own", "other"), (substitute(condition, here),)).ask(), Sat)
    assert true_at(without, here) is exists
