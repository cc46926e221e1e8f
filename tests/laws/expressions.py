"""Strategies for the expressions of small norm systems: conditions and contents over a part of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from itertools import combinations
from math import prod
from typing import TypeVar, assert_never

from hypothesis import strategies as st

from cbm.core.episodes import Act, Result
from cbm.core.expressions import (
    TRUE,
    Binds,
    Does,
    Expr,
    Flag,
    IsIn,
    NormId,
    Order,
    Same,
    States,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.sorts import FlagSort, KindSort, NumberSort, Sort
from cbm.core.variables import Attribute, Variable
from cbm.core.viewpoints import seen
from cbm.records import replace
from tests.laws.tiny import ACTS, ATTRIBUTES, RESULTS, attribute, compare, result

# How many ways each part of the vocabulary multiplies the episodes by; the product stays below BUDGET.
COSTS = {
    "party": 6, "craft": 4, "distress": 4, "crew": 4, "night": 2, "zone": 3, "distance": 5,
    "separation": 9, "speed": 15, "report": 12, "hold": 4, "turn": 4, "log": 80,
}  # fmt: skip
BUDGET = 4_000
NAMES = st.lists(st.sampled_from(sorted(COSTS)), min_size=2, max_size=7, unique=True)
Said = TypeVar("Said")
STEPS = (Fraction(1), Fraction(1), Fraction(1, 3), Fraction(1, 7))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The part of the small vocabulary that one system speaks; lengths are bounded by multiples of a step."""

    attributes: tuple[Attribute, ...]
    results: tuple[Result, ...]
    acts: tuple[Act, ...]
    step: Fraction = Fraction(1)

    def found(self) -> list[Variable]:
        return [v for a in self.attributes for v in ([a] if a.role is None else both(a))]

    def brought_about(self, roles: Sequence[int] = (0, 1)) -> list[Variable]:
        known = [(r, role) for r in self.results for role in (roles if r.each else (None,))]
        return [replace(result(r.name, role), sort=r.sort) for r, role in known]

    def unit(self, variable: Variable) -> Fraction:
        """What the bounds of a quantity are multiples of."""
        return self.step if isinstance(variable.sort, NumberSort) and not variable.sort.whole else Fraction(1)


@st.composite
def vocabularies(draw: st.DrawFn, needs: Sequence[str] = ()) -> Vocabulary:
    """A part of the small vocabulary in which something can be done or brought about, with what it needs."""
    names = [draw(st.sampled_from(("separation", "separation", "hold", "report", "speed"))), *needs]
    if names[0] == "separation" and "distance" not in names and draw(st.booleans()):
        names.append("distance")  # what a result is compared with, so that contents depend on what is found
    for name in draw(NAMES):
        if name not in names and prod(COSTS[n] for n in (*names, name)) <= BUDGET:
            names.append(name)
    step = draw(st.sampled_from(STEPS))
    return Vocabulary(
        tuple(replace(a, sort=_stepped(a.sort, step)) for a in ATTRIBUTES.values() if a.name in names),
        tuple(replace(r, sort=_stepped(r.sort, step)) for r in RESULTS.values() if r.name in names),
        tuple(a for a in ACTS.values() if a.name in names),
        step,
    )


def _stepped(sort: Sort, step: Fraction) -> Sort:
    if not isinstance(sort, NumberSort) or sort.whole:
        return sort
    return NumberSort(sort.dimension, (sort.low or 0) * step, (sort.high or 0) * step)


def one_of(expressions: Sequence[Said]) -> st.SearchStrategy[Said]:
    """Any of them, and never those of another system: variables are equal whatever their range, and strategies for
    tuples that are equal are kept.
    """
    return st.sampled_from(list(expressions))


# ---- conditions


@st.composite
def conditions(
    draw: st.DrawFn, vocabulary: Vocabulary, asks: Sequence[NormId] = (), own: int = 0, conduct: bool = True
) -> Expr:
    """One or two things said; about conduct too if wanted, and about whether the norms in `asks` bind."""
    parts = [draw(literals(vocabulary, asks, own, conduct)) for _ in range(draw(st.integers(1, 2)))]
    return draw(st.sampled_from((conjunction, disjunction)))(*parts)


@st.composite
def literals(
    draw: st.DrawFn, vocabulary: Vocabulary, asks: Sequence[NormId] = (), own: int = 0, conduct: bool = True
) -> Expr:
    """One thing that may be said about an episode, or its denial."""
    asked = [Binds(norm, role) for norm in asks for role in (0, 1)]
    groups = _sayings(vocabulary, own, conduct)
    groups += [lambda: asked] * (2 if asks else 0)
    said = draw(one_of(draw(one_of(groups))())) if groups else TRUE
    return negation(said) if draw(st.sampled_from((False, False, True))) else said


Group = Callable[[], Sequence[Expr]]  # written out only if it is drawn from


def _sayings(vocabulary: Vocabulary, own: int, conduct: bool) -> list[Group]:
    """Everything a literal can say, in groups of equal weight."""
    groups: list[Group] = [partial(_said_of, variable, vocabulary) for variable in vocabulary.found()]
    each = [variable for variable in vocabulary.attributes if variable.role is not None]
    groups += [partial(_alike, *both(v)) for v in each if isinstance(v.sort, KindSort)]
    groups += [partial(_compared, *both(v), vocabulary) for v in each if isinstance(v.sort, NumberSort)]
    if conduct:
        groups += [partial(_done, act, role) for act in vocabulary.acts for role in (0, 1)]
        groups += kept(vocabulary, own)
    return groups


def _said_of(variable: Variable, vocabulary: Vocabulary) -> Sequence[Expr]:
    match variable.sort:
        case FlagSort():
            return [Flag(variable)]
        case KindSort(_, members):
            sizes = range(1, len(members))
            return [IsIn(variable, some) for size in sizes for some in combinations(members, size)]
        case NumberSort() as sort:
            return _bounds(variable, sort, vocabulary.unit(variable))
        case _:
            assert_never(variable.sort)


@cache  # by the range as well: variables are equal whatever their range
def _bounds(variable: Variable, sort: NumberSort, unit: Fraction) -> Sequence[Expr]:
    last = int((sort.high or 0) / unit)
    said = [(sign, order, bound) for sign in (1, -1) for order in Order for bound in range(last + 1)]
    never = [(1, Order.LESS, 0), (-1, Order.LESS, last)]  # nothing is below its range or above it
    return [
        compare({variable: sign}, order, sign * b * unit) for sign, order, b in said if (sign, order, b) not in never
    ]


def _alike(one: Variable, other: Variable) -> Sequence[Expr]:
    return [Same(one, other)]


def _done(act: Act, role: int) -> Sequence[Expr]:
    return [Does(act.name, role), *(Does(act.name, role, States(item)) for item in act.states)]


def _compared(left: Variable, right: Variable, vocabulary: Vocabulary) -> Sequence[Expr]:
    """How two quantities differ; so many heads count as so many steps."""
    return _differences(left, left.sort, vocabulary.unit(left), right, right.sort, vocabulary.unit(right))


@cache
def _differences(
    left: Variable, _left: Sort, unit: Fraction, right: Variable, _right: Sort, other: Fraction
) -> Sequence[Expr]:
    sides = {left: Fraction(1), right: -unit / other}
    return [
        compare({v: sign * c for v, c in sides.items()}, order, bound * unit)
        for sign in (1, -1)
        for order in Order
        for bound in (-1, 0, 1)
    ]


# ---- contents


Item = tuple[Expr, str | None]  # an act or a bound on a result, and the topic it belongs to


@st.composite
def items(draw: st.DrawFn, vocabulary: Vocabulary, own: int) -> tuple[Item, ...]:
    """One or two things that a norm can ask of `own`."""
    all_known: list[Act | Result] = [*vocabulary.acts, *vocabulary.results * 2]
    known = [draw(st.sampled_from(all_known)) for _ in range(draw(st.integers(1, 2)))]
    return tuple(
        (draw(_ordered(one, own) if isinstance(one, Act) else _kept_of(vocabulary, one, own)), one.topic)
        for one in known
    )


@st.composite
def contents(draw: st.DrawFn, asked: tuple[Item, ...], forbidden: bool) -> Expr:
    """All or any of the items, or none of them."""
    if forbidden:
        return conjunction(*(negation(item) for item, _ in asked))
    return draw(st.sampled_from((conjunction, disjunction)))(*(item for item, _ in asked))


@st.composite
def _ordered(draw: st.DrawFn, act: Act, own: int) -> Expr:
    """The act, stating any of its items together."""
    return Does(act.name, own, conjunction(*(States(item) for item in act.states if draw(st.booleans()))))


@st.composite
def _kept_of(draw: st.DrawFn, vocabulary: Vocabulary, known: Result, own: int) -> Expr:
    return draw(one_of(draw(one_of(kept(replace(vocabulary, results=(known,)), own)))()))


def kept(vocabulary: Vocabulary, own: int) -> list[Group]:
    """Bounds on results: fixed ones, and ones that depend on what is found or on what the other brings about."""
    found = vocabulary.found()
    groups: list[Group] = []
    for known in vocabulary.brought_about((own,)):
        groups += [partial(_said_of, known, vocabulary)] * 2
        if known.role is not None:
            groups += [partial(_compared, *both(known), vocabulary)]
        else:
            near = [v for v in found if v in (attribute("distance"), attribute("crew", own))]
            groups += [partial(_compared, known, v, vocabulary) for v in near] * 2
    return groups


def both(variable: Variable) -> tuple[Variable, Variable]:
    return seen(variable, 0), seen(variable, 1)
