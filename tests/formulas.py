"""Strategies for ground formulas and points: flags, named values, lengths and a count, found or brought about."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import strategies as st

from cbm.core.expressions import Flag, Formula, IsIn, conjunction, disjunction, negation
from cbm.core.linear import Sum, compare
from cbm.core.roles import same, sorted_terms
from cbm.core.sorts import FLAG, Dimension, KindSort, NumberSort
from cbm.core.substitution import Value
from cbm.core.variables import ActInstance, Attribute, ResultValue, Variable
from cbm.search.implicants import Point
from cbm.syntax.ast import Relation

CRAFT = KindSort("craft", ("frigate", "tanker", "helicopter"))
LENGTH = NumberSort(Dimension.LENGTH)
COUNT = NumberSort(Dimension.COUNT, Fraction(0), Fraction(3))

NIGHT = Attribute("night", None, FLAG)
CALL = ActInstance("call", 0).performed
OWN, OTHER = Attribute("craft", 0, CRAFT), Attribute("craft", 1, CRAFT)
RANGE, DEPTH = Attribute("range", None, LENGTH), Attribute("depth", None, LENGTH)
SEPARATION = ResultValue("separation", None, LENGTH)
HEIGHT = ResultValue("height", None, LENGTH)
BOATS = ResultValue("boats", None, COUNT)

FLAGS, KINDS, QUANTITIES = (NIGHT, CALL), (OWN, OTHER), (RANGE, DEPTH, SEPARATION, HEIGHT)
EVERYTHING = (*FLAGS, *KINDS, *QUANTITIES, BOATS)
CONDUCT = (CALL, SEPARATION, HEIGHT, BOATS)

numbers = st.sampled_from([Fraction(n, 2) for n in range(-6, 7)])
coefficients = st.sampled_from([Fraction(n) for n in (-2, -1, 1, 2)])


def sums(variables: Sequence[Variable] = (*QUANTITIES, BOATS)) -> st.SearchStrategy[Sum]:
    """Linear sums of at most three variables."""
    terms = st.dictionaries(st.sampled_from(variables), coefficients, max_size=3)
    return st.builds(lambda chosen, constant: Sum(sorted_terms(chosen), constant), terms, numbers)


def values(variable: Variable) -> st.SearchStrategy[Value]:
    """What a variable can be; quantities near the bounds that occur in formulas."""
    match variable.sort:
        case KindSort(_, members):
            return st.sampled_from(members)
        case NumberSort(Dimension.COUNT):
            return st.sampled_from([Fraction(n) for n in range(4)])
        case NumberSort():
            return numbers
        case _:
            return st.booleans()


def points(variables: Sequence[Variable] = EVERYTHING) -> st.SearchStrategy[Point]:
    return st.fixed_dictionaries({variable: values(variable) for variable in variables})


def comparisons() -> st.SearchStrategy[Formula]:
    return st.builds(compare, sums(), st.sampled_from(Relation), sums())


def atoms() -> st.SearchStrategy[Formula]:
    """Formulas without connectives."""
    some = st.lists(st.sampled_from(CRAFT.members), min_size=1, max_size=2, unique=True)
    listed = some.map(lambda chosen: tuple(m for m in CRAFT.members if m in chosen))
    return st.one_of(
        st.builds(Flag, st.sampled_from(FLAGS)),
        st.builds(IsIn, st.sampled_from(KINDS), listed),
        st.just(same(OWN, OTHER)),
        comparisons(),
    )


def formulas() -> st.SearchStrategy[Formula]:
    """Ground formulas of a few atoms."""

    def joined(parts: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        several = st.lists(parts, min_size=2, max_size=3)
        return st.one_of(
            several.map(lambda chosen: conjunction(*chosen)),
            several.map(lambda chosen: disjunction(*chosen)),
            parts.map(negation),
        )

    return st.recursive(atoms(), joined, max_leaves=6)
