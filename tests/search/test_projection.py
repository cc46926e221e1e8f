"""What formulas say of some of their variables alone."""

from __future__ import annotations

from itertools import product

import pytest

from cbm.core.expressions import Flag, Formula, disjunction, negation
from cbm.core.sorts import FLAG
from cbm.core.variables import Attribute
from cbm.search.implicants import true_at
from cbm.search.projection import projection

ROLES = ("own", "other")


def flags(stem: str, number: int) -> list[Flag]:
    return [Flag(Attribute(f"{stem}_{i}", None, FLAG)) for i in range(number)]


def test_what_is_done_anyhow_says_nothing_of_what_is_kept_however_much_that_is() -> None:
    taken, done = flags("taken", 14), flags("done", 14)
    duties = [disjunction(negation(t), d) for t, d in zip(taken, done, strict=True)]
    assert projection(ROLES, (*duties, *done), [t.variable for t in taken]) == [()]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_cubes_hold_exactly_where_the_others_can_be_chosen(number: int) -> None:
    """Each that is taken has to be done, and at most one can be."""
    taken, done = flags("taken", number), flags("done", number)
    formulas: list[Formula] = [disjunction(negation(t), d) for t, d in zip(taken, done, strict=True)]
    formulas += [disjunction(negation(a), negation(b)) for i, a in enumerate(done) for b in done[:i]]
    kept = [t.variable for t in taken]
    cubes = projection(ROLES, formulas, kept)
    assert isinstance(cubes, list)
    for values in product((False, True), repeat=number):
        point = dict(zip(kept, values, strict=True))
        inside = any(all(true_at(literal, point) for literal in cube) for cube in cubes)
        assert inside == (sum(values) <= 1)
