"""Laws: fewer sets of conditions say the same as before, and stretches of the week are told as they lie in it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, product

from hypothesis import example, given
from hypothesis import strategies as st

from cbm.core.expressions import Compare, Flag, Formula, Order, conjunction, disjunction, negation
from cbm.core.sorts import FLAG, WEEK, Dimension, NumberSort
from cbm.core.substitution import Value
from cbm.core.variables import Attribute, Occurrence, Variable, WeekPlace
from cbm.search.fewer_cubes import AxisStretch, Cube, fewer, week_stretches
from cbm.search.implicants import true_at

PLACE = WeekPlace(Occurrence("start"))
RANGE = Attribute("range", None, NumberSort(Dimension.LENGTH, Fraction(0), Fraction(8)))
NIGHT = Flag(Attribute("night", None, FLAG))
PART = WEEK / 8
# Every half step, so that ends that are left out are told from those that are not; the week ends before its end.
PLACES = [PART * n / 2 for n in range(16)]
RANGES = [Fraction(n, 2) for n in range(17)]


def bound(variable: Variable, step: Fraction, upper: bool, strict: bool, limit: int) -> Formula:
    sign = Fraction(1 if upper else -1)
    return Compare(((sign, variable),), Order.LESS if strict else Order.AT_MOST, sign * limit * step)


def bounds(variable: Variable, step: Fraction) -> st.SearchStrategy[Formula]:
    return st.builds(bound, st.just(variable), st.just(step), st.booleans(), st.booleans(), st.integers(1, 7))


CUBES = st.lists(
    st.lists(
        st.one_of(
            bounds(PLACE, PART),
            bounds(PLACE, PART),
            bounds(RANGE, Fraction(1)),
            st.sampled_from([NIGHT, negation(NIGHT)]),
        ),
        min_size=1,
        max_size=3,
        unique=True,
    ).map(tuple),
    min_size=1,
    max_size=6,
)


def points() -> list[dict[Variable, Value]]:
    return [
        {PLACE: place, RANGE: size, NIGHT.variable: night}
        for place, size, night in product(PLACES, RANGES[::3], (True, False))
    ]


def holds(cubes: Sequence[Cube], point: dict[Variable, Value]) -> bool:
    return true_at(disjunction(*(conjunction(*cube) for cube in cubes)), point)


def is_empty(cube: Cube) -> bool:
    return not any(holds([cube], point) for point in points())


def later(limit: int, strict: bool = False) -> Formula:
    return bound(PLACE, PART, False, strict, limit)


def earlier(limit: int, strict: bool = True) -> Formula:
    return bound(PLACE, PART, True, strict, limit)


@example([(later(6),), (later(5),), (earlier(4),)])
@example([(NIGHT, later(2), earlier(3)), (NIGHT, later(3), earlier(5))])
@example([(NIGHT,), (NIGHT, later(2))])
@example([(NIGHT, earlier(3)), (NIGHT, later(3, strict=True))])
@given(CUBES)
def test_fewer_sets_of_conditions_hold_exactly_where_the_given_ones_do(cubes: list[Cube]) -> None:
    told = fewer(cubes)
    assert len(told) <= len(cubes)
    for point in points():
        assert holds(told, point) == holds(cubes, point)
    for one, other in combinations([cube for cube in told if not is_empty(cube)], 2):
        assert one != other


@example([(NIGHT, later(2), earlier(3)), (NIGHT, later(5))], [(NIGHT, later(2), earlier(6))])
@given(CUBES, CUBES)
def test_what_is_told_already_becomes_one_with_more_of_it(some: list[Cube], others: list[Cube]) -> None:
    told = fewer([*fewer(some), *fewer(others)])
    for point in points():
        assert holds(told, point) == holds([*some, *others], point)


def test_stretches_of_the_week_told_as_one_are_one_with_those_that_overlap_them() -> None:
    told = fewer([(NIGHT, later(2), earlier(3)), (NIGHT, later(5), earlier(6))])
    assert len(told) == 1
    assert fewer([*told, (NIGHT, later(1), earlier(6))]) == ((NIGHT, later(1), earlier(6)),)
    assert len(fewer([*told, (NIGHT, later(7))])) == 1
    assert len(fewer([*told, (later(7),)])) == 2


@example([(1, 2), (2, 3), (0, 1)])
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=5))
def test_stretches_of_the_week_become_one_set_and_are_told_once_around(stretches: list[tuple[int, int]]) -> None:
    known = [(low, high) for low, high in stretches if low < high]
    if not known:
        return
    cubes = [(NIGHT, *stretch(low, high)) for low, high in known]
    (told,) = fewer(cubes)
    rest = [literal for literal in told if literal != NIGHT]
    covered = {n for low, high in known for n in range(low, high)}
    runs = sum(1 for n in covered if (n - 1) % 8 not in covered)
    if len(covered) == 8:
        assert rest == []
        return
    found = week_stretches(conjunction(*rest))
    assert found is not None
    place, spans = found
    assert (place, len(spans)) == (PLACE, runs)
    for at in PLACES:
        assert any(lies(at, span) for span in spans) == (at // PART in covered)


def stretch(low: int, high: int) -> list[Formula]:
    return [*([later(low)] if low else []), *([earlier(high)] if high < 8 else [])]


def lies(at: Fraction, span: AxisStretch) -> bool:
    low, high = span.low or Fraction(0), WEEK if span.high is None else span.high
    after, until = at > low if span.after else at >= low, at < high if span.before else at <= high
    return (after and until) if low <= high else (after or until)
