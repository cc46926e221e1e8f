"""Laws about counters: what axioms say of several of them holds of every history that they could have counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import permutations, product

from hypothesis import given
from hypothesis import strategies as st

from cbm.core.norms import NormSystem
from cbm.core.variables import Variable
from cbm.evaluate.complete_episode import CompleteEpisode, Value
from cbm.evaluate.possible_episodes import axioms, variables
from cbm.evaluate.what_binds import holds
from cbm.resolve.declarations.counters import implied
from cbm.wording.variable_names import variable_name
from tests.laws.timed import system_of

HEAD = """\
vocabulary caps
party A
party B
kind where = sea | land | air
situation activity
fixed roles organiser, informed
each party : party
shared
  troops : count from 0 to 5
  range : length from 0 m to 5 m
  where : where
  night : flag
topic t
act hold topic t
"""
ATOMS = (
    *(f"troops {relation} {n}" for relation in ("<", "<=", "=", "!=", ">=", ">") for n in (1, 2, 3, "2.5")),
    *(f"range {relation} {n} m" for relation in ("<", "<=", "=", ">=", ">") for n in (1, 2)),
    "troops + troops > 3", "troops from over 1 to under 4", "night", "where is sea", "where is not sea",
    "where in (sea, land)", "organiser.party is A", "organiser.party is informed.party",
)  # fmt: skip
DRAFT = ("draft code", "  uses caps", "clause 1 organiser must hold", "")
VALUES: Mapping[str, Sequence[Value]] = {
    "party": ("A", "B"),
    "troops": [Fraction(n) for n in range(6)],
    "range": [Fraction(n, 2) for n in range(7)],
    "where": ("sea", "land", "air"),
    "night": (False, True),
}
Activity = tuple[int, CompleteEpisode]  # how many years ago, and what it was like


def conditions() -> st.SearchStrategy[str]:
    def joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        several = st.lists(parts, min_size=2, max_size=3)
        return several.map(lambda p: f"({' and '.join(p)})") | several.map(lambda p: f"({' or '.join(p)})") | negated

    negated = st.sampled_from(ATOMS).map(lambda atom: f"(not ({atom}))")
    return st.recursive(st.sampled_from(ATOMS), joined, max_leaves=4)


@st.composite
def counted(draw: st.DrawFn) -> tuple[str, tuple[int, ...]]:
    """A text with counters, some of them narrower than others, and how many years each of them looks back over."""
    one, other = draw(conditions()), draw(conditions())
    said = [one, other, f"{one} and {other}", f"{one} or {other}"]
    years = tuple(draw(st.integers(1, 3)) for _ in said)
    counters = [
        f"counter c{i} counts {c} per {n} calendar years" for i, (c, n) in enumerate(zip(said, years, strict=True))
    ]
    return "\n".join((HEAD, *counters, *DRAFT)), years


def worlds(system: NormSystem) -> st.SearchStrategy[CompleteEpisode]:
    known = [v for v in variables(system) if variable_name(v) in VALUES]
    return st.fixed_dictionaries({v: st.sampled_from(VALUES[variable_name(v)]) for v in known}).map(CompleteEpisode)


def everywhere(system: NormSystem) -> Iterator[CompleteEpisode]:
    """Every activity between two parties by day."""
    known = [v for v in variables(system) if variable_name(v) in VALUES]
    free = [v for v in known if variable_name(v) not in ("party", "night")]
    fixed: dict[Variable, Value] = {v: "AB"[v.role or 0] if variable_name(v) == "party" else False for v in known}
    for values in product(*(VALUES[variable_name(v)] for v in free)):
        yield CompleteEpisode({**fixed, **dict(zip(free, values, strict=True))})


@given(st.data())
def test_every_history_meets_the_axioms(data: st.DataObject) -> None:
    text, years = data.draw(counted())
    system = system_of(text)
    ago = st.integers(0, 4)
    history: list[Activity] = data.draw(st.lists(st.tuples(ago, worlds(system)), max_size=4))
    found: dict[Variable, Value] = {
        counter.variable: Fraction(sum(back < n and holds(counter.condition, w, system) for back, w in history))
        for counter, n in zip(system.situation.counters, years, strict=True)
    }
    world = CompleteEpisode(found)
    assert all(holds(axiom, world, system, role) for axiom, role in axioms(system)), found


@given(st.sampled_from((0, 24, 34)), st.data())
def test_what_is_implied_holds_wherever_the_other_does(first: int, data: st.DataObject) -> None:
    """Of conditions on the same few things, so that many of them are near each other."""
    near = st.sampled_from(ATOMS[first : first + 12])
    said = data.draw(st.lists(near | st.tuples(near, near).map(_joined), min_size=8, max_size=8, unique=True))
    counters = [f"counter c{i} counts {condition} per calendar year" for i, condition in enumerate(said)]
    system = system_of("\n".join((HEAD, *counters, *DRAFT)))
    known = [c.condition for c in system.situation.counters]
    grid = list(everywhere(system))
    holding = [frozenset(i for i, w in enumerate(grid) if holds(c, w, system)) for c in known]
    for (one, here), (other, there) in permutations(zip(known, holding, strict=True), 2):
        assert not implied(one, other) or here <= there, (one, other)


def _joined(pair: tuple[str, str]) -> str:
    return f"{pair[0]} {'and' if len(pair[0]) % 2 else 'or'} not ({pair[1]})"


@given(conditions(), conditions(), st.integers(1, 3))
def test_a_part_is_never_more_than_the_whole(one: str, other: str, years: int) -> None:
    """What is said by the words alone is found."""
    counters = [f"counter part counts {one} per {years} calendar years"]
    counters += [f"counter whole counts {one} or {other} per 3 calendar years"]
    system = system_of("\n".join((HEAD, *counters, *DRAFT)))
    values: dict[Variable, Value] = {c.variable: Fraction(c.name == "part") for c in system.situation.counters}
    assert not all(holds(axiom, CompleteEpisode(values), system, role) for axiom, role in axioms(system))


def test_what_lies_in_the_range_of_an_attribute_need_not_be_said() -> None:
    said = ("troops >= 0", "troops <= 5", "troops >= 1", "night")
    counters = [f"counter c{i} counts {condition} per calendar year" for i, condition in enumerate(said)]
    every, too, some, night = (c.condition for c in system_of("\n".join((HEAD, *counters, *DRAFT))).situation.counters)
    assert implied(night, every)
    assert implied(every, too)
    assert not implied(every, some)
