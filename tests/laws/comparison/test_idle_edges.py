"""Law: what a clause says of its precedence is told as idle if and only if nothing yields by it in any situation.

Whether it settles that a clause falls short of a duty is taken from the search for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.comparison.derogations import derogation
from cbm.core.expressions import Or, negation
from cbm.core.norms import NormSystem
from cbm.finding import RuleId
from cbm.inquiry import inquire
from cbm.syntax.ast import Strength
from tests.laws.checked import bearers_of, found_by, is_empty
from tests.laws.conflicts.test_deadlocks import EPISODES, enumerated, size
from tests.laws.dressed import dressed
from tests.laws.enumerate import Norms, clashes, suspended
from tests.laws.episodes import Side
from tests.laws.systems import systems
from tests.laws.tiny import (
    NIGHT,
    SEPARATION,
    at_least,
    at_most,
    clause,
    distress,
    does,
    may,
    must,
    must_not,
    said_by,
    system,
)


@st.composite
def anywhere(draw: st.DrawFn) -> NormSystem:
    return draw(systems(interchangeable=draw(st.booleans())).filter(lambda of: any(p.by for p in of.precedences)))


def compare(of: NormSystem) -> int:
    """Holds what is told of each edge against enumeration; the number of edges told."""
    told = [f.primary.span.start for f in found_by(RuleId.VACUITY, of) if "in no encounter:" in f.message]
    clothed = dressed(of)
    inquiry = inquire(clothed)
    met, between = list(clashing(of)), [{label for label, _ in some} for some in enumerated(of)]
    expected = []
    for edge, placed in zip(of.precedences, clothed.precedences, strict=True):
        if edge.by is not None and edge.by.document == of.subject:
            within = any(clash & edge.yielding and (clash - gone) & edge.prevailing for clash, gone in met)
            ends = [{str(norm) for norm in end} for end in (edge.yielding, edge.prevailing)]
            across = any(all(some & end for end in ends) for some in between)
            others = (clothed.norms[norm] for norm in (edge.yielding | edge.prevailing) - {edge.by})
            foreign = (norm for norm in others if norm.id.document != of.subject and norm.demands)
            short = any(derogation(inquiry, clothed.norms[edge.by], norm) is not None for norm in foreign)
            if not (within or across or short):
                assert placed.span is not None
                expected.append(placed.span.start)
    assert sorted(told) == sorted(expected)
    return len(told)


def clashing(of: NormSystem) -> Iterator[tuple[Norms, Norms]]:
    """Every clash of one unit in every situation, and what is suspended there; without advice, and with it."""
    for side, advised in product((Side(of, bearer) for bearer in bearers_of(of)), (False, True)):
        for encounter in side.encounters:
            gone = suspended(side, encounter, advised)
            yield from ((clash, gone) for clash in clashes(side, encounter, advised))


@given(anywhere())
def test_precedence_that_never_has_to_be_taken_is_reported(of: NormSystem) -> None:
    assume(size(of) <= EPISODES)
    if not is_empty(of):
        compare(of)


HOLD, NOT_AT_NIGHT = must("1", does("hold")), must_not("2", does("hold"), NIGHT)
ONE, TWO = clause("1"), clause("2")
SYSTEMS = {
    "it settles a clash": (0, system(HOLD, NOT_AT_NIGHT, precedences=[said_by(ONE, [ONE], [TWO])])),
    "they never clash": (1, system(HOLD, must("2", does("turn")), precedences=[said_by(ONE, [ONE], [TWO])])),
    "a permission never clashes": (1, system(HOLD, may("2", does("turn")), precedences=[said_by(TWO, [ONE], [TWO])])),
    "a header provides for what may come": (
        0,
        system(HOLD, must("2", does("turn")), precedences=[said_by(None, [ONE], [TWO])]),
    ),
    "it settles a clash between units": (
        0,
        system(
            must("1", at_least(SEPARATION, 2), distress(0)),
            must("2", at_most(SEPARATION, 1), distress(1), negation(distress(0))),
            precedences=[said_by(ONE, [ONE], [TWO])],
        ),
    ),
    "what prevails yields itself wherever they clash": (
        1,
        system(
            must("1", does("hold"), NIGHT),
            must_not("2", does("hold")),
            must("3", does("hold")),
            precedences=[said_by(TWO, [ONE], [TWO]), said_by(clause("3"), [TWO], [clause("3")])],
        ),
    ),
    "what prevails yields itself in some of the situations in which they clash": (
        0,
        system(
            must("1", does("hold")),
            must_not("2", does("hold")),
            must("3", does("hold"), NIGHT),
            precedences=[said_by(TWO, [ONE], [TWO]), said_by(clause("3"), [TWO], [clause("3")])],
        ),
    ),
    "advice yields": (
        0,
        system(
            HOLD,
            must_not("2", does("hold"), strength=Strength.SHOULD),
            precedences=[said_by(TWO, [TWO], [ONE])],
        ),
    ),
    "what prevails yields itself to advice, where that is asked about": (
        0,
        system(
            HOLD,
            must_not("2", does("hold")),
            must("3", does("hold"), strength=Strength.SHOULD),
            precedences=[said_by(TWO, [ONE], [TWO]), said_by(clause("3"), [TWO], [clause("3")])],
        ),
    ),
    "one of those that prevail yields to another": (
        0,
        system(
            must("1", Or((does("hold"), does("turn")))),
            must_not("2", does("hold")),
            must_not("3", does("turn")),
            precedences=[said_by(ONE, [ONE], [TWO, clause("3")]), said_by(clause("3"), [clause("3")], [TWO])],
        ),
    ),
    "a clash of three": (
        0,
        system(
            must("1", at_least(SEPARATION, 1)),
            must("2", at_most(SEPARATION, 1)),
            must_not("3", at_most(SEPARATION, 1)),
            precedences=[said_by(TWO, [TWO], [clause("3")])],
        ),
    ),
}


@pytest.mark.parametrize(("count", "of"), SYSTEMS.values(), ids=SYSTEMS)
def test_systems_made_by_hand(count: int, of: NormSystem) -> None:
    assert compare(of) == count
