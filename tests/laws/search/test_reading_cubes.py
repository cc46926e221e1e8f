"""Law: on which options something holds is told alike, whether it is seen at once or has to be asked."""

from __future__ import annotations

from functools import cache

from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.core.expressions import IsIn, conjunction, disjunction, negation
from cbm.core.sorts import KindSort
from cbm.search.extent import Cube
from cbm.search.open_readings import Openness, ReadingCubes
from cbm.smt.solve import Solver, Unsat
from tests.laws.bracketed import WORLD, understood
from tests.laws.sparing import sparingly

_ROLES = ("own", "other")
_TEXT = f"""{WORLD}\
clause 1 every unit must keep gap >= [d A: 50 m | B: 150 m]
clause 2 every unit must [call | lamp | shoot]
clause 3 every unit [A: must | B: should] call
clause 4 every unit must [lamp | call, lamp | shoot]
"""


@cache
def _terms() -> Openness:
    system = understood(_TEXT)
    return Openness(system, system.open_terms)


@st.composite
def cubes(draw: st.DrawFn) -> Cube:
    """At most one condition on each choice but the first."""
    literals = []
    for variable in draw(st.lists(st.sampled_from(_terms().kept[1:]), unique=True, max_size=3)):
        assert isinstance(variable.sort, KindSort)
        members = draw(st.lists(st.sampled_from(variable.sort.members), unique=True, min_size=1))
        literal = IsIn(variable, tuple(m for m in variable.sort.members if m in members))
        literals.append(draw(st.sampled_from((literal, negation(literal)))))
    return tuple(literals)


@sparingly(4)
@given(cubes())
def test_a_cube_is_told_as_it_is_beside_one_that_lies_in_it(cube: Cube) -> None:
    first = _terms().kept[0]
    assert isinstance(first.sort, KindSort)
    within = (*cube, IsIn(first, first.sort.members[:1]))
    assume(not isinstance(Solver(_ROLES).ask(*cube), Unsat))
    seen, asked = _terms().of([cube]), _terms().of([cube, within])
    assert isinstance(seen, ReadingCubes)
    assert seen == asked
    elsewhere = disjunction(*(conjunction(*other) for other in seen.outside))
    assert isinstance(Solver(_ROLES).ask(*cube, elsewhere), Unsat)
