"""Laws about seams: what is left out at a boundary, and governed just beside it, is what trying values finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st

from cbm.core.expressions import Compare, NormId, Order
from cbm.core.matters import Aspect, Matter, Settled, SingleMatter, concerns
from cbm.core.norms import Norm, NormSystem
from cbm.core.sorts import FLAG, Dimension, NumberSort
from cbm.core.variables import Attribute, Variable
from cbm.coverage.seams import Seam, found_on
from cbm.coverage.types.thresholds import comparisons
from cbm.evaluate.complete_episode import CompleteEpisode, Value
from cbm.evaluate.possible_episodes import possible, variables
from cbm.evaluate.what_binds import binding
from cbm.finding import RuleId
from cbm.ground.grounding import ground
from cbm.search.implicants import true_at
from cbm.syntax.ast import Strength
from cbm.syntax.taking import with_taken
from cbm.wording.variable_names import variable_name
from tests.laws.bracketed import WORLD, document, found_by, holds_on, names_of, packages
from tests.laws.sparing import sparingly
from tests.laws.timed import system_of

VOCABULARY = """\
vocabulary sea
party A
party B
situation encounter
roles own, other
each party : party
shared
  night : flag
  range : length from 0 m to 100 m
  depth : length from 0 m to 100 m
  ships : count from 0 to 6
axiom "two sides" own.party is not other.party
axiom "near by night" night implies range <= 40.5 m
axiom "never near" range >= 1 m
topic calls
act call, answer topic calls
"""
LENGTHS, COUNTS = (40, 40.5, 60), (2, 3, 5)
METRES = NumberSort(Dimension.LENGTH, Fraction(0), Fraction(100))
RANGE, DEPTH = Attribute("range", None, METRES), Attribute("depth", None, METRES)
SHIPS = Attribute("ships", None, NumberSort(Dimension.COUNT, Fraction(0), Fraction(6)))
NIGHT = Attribute("night", None, FLAG)
Place = tuple[Fraction, Fraction, Fraction, bool]  # how far, how deep, how many ships, and whether by night
SHIPS_PLACE = 2
TINY = Fraction(1, 100)
# Every stretch between the lengths that texts name, and what lies on their ends.
RANGES = [Fraction(x) for x in (1, 20, 40, 40.25, 40.5, 50, 60, 80, 100)]
DEPTHS = [Fraction(x) for x in (20, 40, 40.25, 40.5, 50, 60, 80)]


@st.composite
def drafts(draw: st.DrawFn) -> str:
    clauses = [draw(_clauses(label)) for label in range(1, draw(st.integers(2, 4)) + 1)]
    return "\n".join([f"{VOCABULARY}draft code", "  uses sea", *clauses, ""])


@st.composite
def _clauses(draw: st.DrawFn, label: int) -> str:
    modal = draw(st.sampled_from(("must", "must", "must not", "should", "may")))
    content = draw(st.sampled_from(("call", "call", "answer")))
    met = draw(st.lists(_conditions(), min_size=1, max_size=2))
    joined = draw(st.sampled_from((" and ", " or "))).join(met)
    unless = f" unless {draw(_conditions())}" if draw(st.sampled_from((False, False, True))) else ""
    return f"clause {label} every unit when {joined} {modal} {content}{unless}"


@st.composite
def _conditions(draw: st.DrawFn) -> str:
    relation = draw(st.sampled_from(("<", "<=", ">", ">=", "<", ">", "=")))
    what = draw(st.sampled_from(("range", "range", "range", "ships", "depth", "between", "night")))
    match what:
        case "ships":
            return f"ships {relation} {draw(st.sampled_from(COUNTS))}"
        case "between":
            return f"range {relation} depth"
        case "night":
            return "night"
        case _:
            return f"{what} {relation} {draw(st.sampled_from(LENGTHS))} m"


NEAR_BY_NIGHT = f"""{VOCABULARY}\
draft code
  uses sea
clause 1 every unit when range < 40.5 m must call
clause 2 every unit when range > 40.5 m must call
"""


BETWEEN_BOUNDS = f"""{VOCABULARY}\
draft code
  uses sea
clause 1 every unit when depth > 60 m must call unless range = depth
clause 2 every unit when range < 40.5 m must call
clause 3 every unit when range < depth must call unless range <= 40.5 m
clause 4 every unit when depth = 60 m or ships >= 2 may call
"""


BOUND_ALONE = f"""{VOCABULARY}\
draft code
  uses sea
clause 1 every unit when ships != 3 must call
clause 2 every unit when ships = 3 and night must answer
"""


WITHIN_THE_STRETCH = f"""{VOCABULARY}\
draft code
  uses sea
clause 1 every unit when range < 40 m must call
clause 2 every unit when range > 40.5 m must call
clause 3 every unit when range > 40 m must not call unless range > depth
"""


MET_BY_CHANCE = f"""{VOCABULARY}\
draft code
  uses sea
clause 1 every unit when range = depth must answer
clause 2 every unit when range < 40 m must call
clause 3 every unit when range > 40 m must call
"""


@sparingly(2)
@example(MET_BY_CHANCE)
@example(WITHIN_THE_STRETCH)
@example(NEAR_BY_NIGHT)
@example(BOUND_ALONE)
@example(BETWEEN_BOUNDS)
@given(drafts())
def test_a_boundary_is_left_out_where_values_on_it_are_and_values_beside_it_are_not(text: str) -> None:
    system = system_of(text)
    about = ground(system, 0)
    found: dict[Group, list[Seam]] = {}
    for name, seam, undecided in found_on(about, "calls"):
        assert undecided is None
        found.setdefault((name, frozenset(n.norm.id for n in seam.norms), seam.advised), []).append(seam)
    # Of each group those that were not told before.
    sea = Sea(system)
    situations = [place for place in _places(text.removeprefix(VOCABULARY)) if sea.can_be(place)]
    before: set[int] = set()
    for group, norms in _groups(system).items():
        expected = {i for i, place in enumerate(situations) if _is_left_out(place, norms, sea)} - before
        seams = found.pop(group, [])
        told = {i for i, place in enumerate(situations) if any(_is_told(seam, sea.world(place)) for seam in seams)}
        assert told - before == expected, group
        assert bool(seams) == bool(expected), group
        before |= expected
    assert not found


class Sea:
    """The situations of a system, each looked at once."""

    def __init__(self, system: NormSystem) -> None:
        self.system = system
        self._sides: dict[Variable, Value] = {
            v: "AB"[v.role or 0] for v in variables(system) if variable_name(v) == "party"
        }
        self._can_be: dict[Place, bool] = {}
        self._bound: dict[Place, frozenset[NormId]] = {}

    def world(self, place: Place) -> CompleteEpisode:
        return CompleteEpisode({**self._sides, **dict(zip((RANGE, DEPTH, SHIPS, NIGHT), place, strict=True))})

    def can_be(self, place: Place) -> bool:
        if place not in self._can_be:
            sorts = (sort_of(v) for v in (RANGE, DEPTH, SHIPS))
            inside = all(
                (sort.low or 0) <= value <= (sort.high or 0) for sort, value in zip(sorts, place[:3], strict=True)
            )
            self._can_be[place] = inside and possible(self.world(place), self.system)
        return self._can_be[place]

    def bound(self, place: Place) -> frozenset[NormId]:
        """The norms that bind there."""
        if place not in self._bound:
            world = self.world(place)
            self._bound[place] = frozenset(n for n in self.system.norms if binding(n, 0, world, self.system))
        return self._bound[place]

    def is_governed(self, place: Place, norms: Sequence[Norm]) -> bool:
        return not self.bound(place).isdisjoint(n.id for n in norms)


# What the seams are of, the clauses counted, and whether these are the `must`s among them.
Group = tuple[str, frozenset[NormId], bool]


def _groups(system: NormSystem) -> dict[Group, list[Norm]]:
    """Of each act what is owed, what is barred, and both; of the topic everything: each set of clauses once."""
    groups: dict[Group, list[Norm]] = {}
    known: set[frozenset[NormId]] = set()
    for name, matter in [*((act, m) for act in ("call", "answer") for m in _of_act(act)), ("calls", "calls")]:
        norms = [n for n in system.norms.values() if concerns(n, matter)]
        strict = [n for n in norms if n.strength is Strength.MUST]
        for some, advised in ((norms, False), (strict, True)):
            key = frozenset(n.id for n in some)
            if some and key not in known:
                known.add(key)
                groups[name, key, advised] = some
    return groups


def _of_act(act: str) -> tuple[Matter | SingleMatter, ...]:
    aspects = (Aspect.OWED, Aspect.OWED_ALONE, Aspect.BARRED)
    return (*(SingleMatter(act, aspect) for aspect in aspects), Settled(act))


def _is_told(seam: Seam, world: CompleteEpisode) -> bool:
    assert seam.told is not None
    return true_at(seam.told, world.values)


def _is_left_out(place: Place, norms: Sequence[Norm], sea: Sea) -> bool:
    """A quantity can be moved out of a narrow stretch in either direction, and there something governs.

    No clause on the topic that compares the quantity with an end of the stretch speaks of it alone: one that speaks of
    `range = depth` is met there by chance.
    """
    if sea.is_governed(place, norms):
        return False
    for stretch in _stretches(place, norms):
        below, above = (_moved(place, stretch.quantity, end) for end in (stretch.start, stretch.end))
        beside = all(sea.is_governed(there, norms) and sea.can_be(there) for there in (below, above))
        alone = sea.bound(place) - sea.bound(below) - sea.bound(above)
        if beside and not any(stretch.is_cut_by(sea.system.norms[norm]) for norm in alone):
            return True
    return False


class Stretch(NamedTuple):
    """A narrow stretch of a quantity, by values just outside of it; what is compared there is counted from `beside`."""

    quantity: int
    compared: tuple[Variable, ...]
    beside: Fraction
    start: Fraction
    end: Fraction

    def is_cut_by(self, norm: Norm) -> bool:
        """Whether a comparison of the norm is met by some values from the start to the end, and not by all."""
        compared = (c for c in _compared_in([norm]) if _compared(c) == self.compared)
        return any(len({_meets(value, c) for value in self._values_about(c)}) > 1 for c in compared)

    def _values_about(self, comparison: Compare) -> list[Fraction]:
        """The ends, and of the bound and what lies just beside it what lies between them."""
        start, end = (value - self.beside for value in (self.start, self.end))
        bound = comparison.bound / comparison.terms[0][0]
        return [start, end, *(v for v in (bound - TINY / 2, bound, bound + TINY / 2) if start <= v <= end)]


def _meets(value: Fraction, comparison: Compare) -> bool:
    """Whether the comparison is true where what it compares, its first coefficient made 1, has this value."""
    total = value * comparison.terms[0][0]
    match comparison.order:
        case Order.EQUAL:
            return total == comparison.bound
        case Order.LESS:
            return total < comparison.bound
        case Order.AT_MOST:
            return total <= comparison.bound


def _compared(comparison: Compare) -> tuple[Variable, ...]:
    return tuple(v for _, v in comparison.terms)


def _compared_in(norms: Sequence[Norm]) -> list[Compare]:
    return [c for n in norms for guard in (*n.guards, *n.exceptions) for c in comparisons(guard.condition)]


def _moved(place: Place, quantity: int, value: Fraction) -> Place:
    *quantities, night = place
    at, depth, ships = (value if number == quantity else old for number, old in enumerate(quantities))
    return (at, depth, ships, night)


def _stretches(place: Place, norms: Sequence[Norm]) -> Iterator[Stretch]:
    """What lies next to a narrow stretch around each quantity: between two bounds that texts name, or the depth."""
    at, depth, ships, _ = place
    yield Stretch(SHIPS_PLACE, (SHIPS,), Fraction(0), ships - 1, ships + 1)
    named = _compared_in(norms)
    for quantity, variable, value in ((0, RANGE, at), (1, DEPTH, depth)):
        bounds = {c.bound / c.terms[0][0] for c in named if [v for _, v in c.terms] == [variable]}
        pairs: list[tuple[tuple[Variable, ...], tuple[Fraction, Fraction]]] = [
            ((variable,), (low, high))
            for low, high in product(bounds, bounds)
            if 0 <= high - low <= high * Fraction(2, 100)
        ]
        if variable == RANGE:
            pairs += [(both, (Fraction(0), Fraction(0))) for both in {_compared(c) for c in named} if len(both) == 2]
        for compared, (low, high) in pairs:
            beside = depth if len(compared) == 2 else Fraction(0)  # of `range = depth`, from which on it is counted
            for start, end in product((low - TINY, low), (high, high + TINY)):
                if start < value - beside < end:
                    yield Stretch(quantity, compared, beside, start + beside, end + beside)


def _places(clauses: str) -> Iterator[Place]:
    """What can be found, as far as clauses ask for it."""
    depths, counts = DEPTHS if "depth" in clauses else DEPTHS[:1], range(7) if "ships" in clauses else (1,)
    return ((at, depth, Fraction(n), night) for at, depth, n, night in product(RANGES, depths, counts, (False, True)))


def sort_of(variable: Variable) -> NumberSort:
    assert isinstance(variable.sort, NumberSort)
    return variable.sort


_WITH_RANGE = WORLD.replace("shared", "shared\n  range : length from 0 m to 10 km")
_ADVISED_IN_A_PACKAGE = f"""{_WITH_RANGE}\
clause 1 every unit when range > 5 km must call
clause 2 every unit when range < 5 km must call
[d A: clause 3 every unit when range >= 4 km should call | B: delete]
"""


def test_a_seam_is_told_on_each_package_as_it_is_there() -> None:
    """Where the package has advice at the bound, it is advised on there, and left out elsewhere."""
    draft, names = document(_ADVISED_IN_A_PACKAGE), names_of(_ADVISED_IN_A_PACKAGE)
    whole = found_by(RuleId.SEAM, _ADVISED_IN_A_PACKAGE)
    assert whole is not None
    assert len({finding.matter for finding in whole}) == len(whole) == 2
    for taken in packages(draft):
        (told,) = (finding for finding in whole if holds_on(finding, taken, names))
        (alone,) = found_by(RuleId.SEAM, with_taken(_ADVISED_IN_A_PACKAGE, draft, taken)) or (None,)
        assert alone is not None
        assert (told.severity, told.message.partition(", if")[0]) == (alone.severity, alone.message)
