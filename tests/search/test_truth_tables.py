"""Which sets of formulas over flags clash: as trying every set finds it, and nothing where this is no way."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import FALSE, TRUE, Flag, Formula, IsIn, conjunction, disjunction, negation
from cbm.core.sorts import FLAG
from cbm.core.substitution import variables
from cbm.core.variables import Attribute
from cbm.search.implicants import true_at
from cbm.search.truth_tables import FLAGS, SETS, smallest_clashes
from tests.formulas import CRAFT, OWN

KNOWN = [Flag(Attribute(f"flag{i}", None, FLAG)) for i in range(4)]
over_flags: st.SearchStrategy[Formula] = st.recursive(
    st.sampled_from([*KNOWN, TRUE, FALSE]),
    lambda parts: parts.map(negation) | st.builds(conjunction, parts, parts) | st.builds(disjunction, parts, parts),
    max_leaves=4,
)


@given(st.lists(over_flags, max_size=5), st.lists(over_flags, max_size=2))
def test_as_by_trying_every_set(asked: list[Formula], required: list[Formula]) -> None:
    found = smallest_clashes(asked, required)
    assert found is not None
    assert len(set(found)) == len(found)
    mentioned = list(dict.fromkeys(v for formula in (*asked, *required) for v in variables(formula)))
    points = [dict(zip(mentioned, values, strict=True)) for values in product((False, True), repeat=len(mentioned))]
    clashing = {
        frozenset(some)
        for size in range(len(asked) + 1)
        for some in combinations(range(len(asked)), size)
        if not any(true_at(conjunction(*required, *(asked[i] for i in some)), point) for point in points)
    }
    assert set(found) == {some for some in clashing if not any(other < some for other in clashing)}


def test_there_are_answers_without_any_flag() -> None:
    assert smallest_clashes([TRUE, FALSE], []) == [frozenset({1})]
    assert smallest_clashes([TRUE], [FALSE]) == [frozenset()]


def test_it_is_no_way_where_more_is_said_than_flags_say_or_much_of_it() -> None:
    flags = [Flag(Attribute(f"flag{i}", None, FLAG)) for i in range(FLAGS + 1)]
    assert smallest_clashes(flags[:-1], [negation(disjunction(*flags[:-1]))]) == [frozenset({i}) for i in range(FLAGS)]
    assert smallest_clashes(flags, []) is None
    assert smallest_clashes([IsIn(OWN, CRAFT.members[:1])], []) is None
    many = [conjunction(*some) for some in combinations(flags[:-1], 3)]
    asked = [one for formula in many for one in (formula, negation(formula))]
    assert len(asked) < SETS
    assert smallest_clashes(asked, []) is None
