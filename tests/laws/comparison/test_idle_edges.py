"""Laws: what comes of an `in place of` is what enumeration says of the text with it and without it; and what a clause
says of its precedence is told as idle if and only if nothing yields by it in any situation.

Whether precedence settles that a clause falls short of a duty is taken from the search for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.comparison.clause_pairs.derogations import derogation
from cbm.comparison.idle_edges import EdgeOutcome, Effect, outcome_of
from cbm.core.dependence.cyclic_dependence import find_cycles
from cbm.core.expressions import Or, conjunction, negation
from cbm.core.norms import Displacement, NormSystem, Precedence
from cbm.evaluate.what_binds import binding
from cbm.finding import RuleId
from cbm.inquiry import inquire
from cbm.records import replace
from cbm.syntax.ast import Modality, Strength
from tests.laws.checked import bearers_of, found_by, is_empty
from tests.laws.conflicts.test_deadlocks import EPISODES, enumerated, size
from tests.laws.dressed import dressed
from tests.laws.enumerate import Norms, clashes, of_system, same_meaning, suspended
from tests.laws.episodes import Conduct, Side
from tests.laws.sparing import sparingly
from tests.laws.systems import systems
from tests.laws.tiny import (
    AT_MOST,
    DISTANCE,
    NIGHT,
    SEPARATION,
    at_least,
    at_most,
    clause,
    distress,
    does,
    instead,
    may,
    must,
    must_not,
    otherwise,
    said_by,
    system,
)
from tests.laws.tiny import (
    compare as compare_sums,
)


@st.composite
def anywhere(draw: st.DrawFn) -> NormSystem:
    return draw(systems(interchangeable=draw(st.booleans())).filter(lambda of: any(p.by for p in of.precedences)))


def compare(of: NormSystem) -> int:
    """Holds what is told of each edge against enumeration; the number of edges told."""
    told = [f.primary.span.start for f in found_by(RuleId.VACUITY, of) if "in no encounter:" in f.message]
    clothed = dressed(of)
    inquiry = inquire(clothed)
    met, between = list(clashing(of)), [frozenset(norm for norm, _ in some) for some in enumerated(of)]
    expected = []
    for edge, placed in zip(of.precedences, clothed.precedences, strict=True):
        if edge.by is not None and edge.by.document == of.subject:
            within = any(lower(of, clash, edge) and (clash - gone) & edge.prevailing for clash, gone in met)
            across = any(lower(of, some, edge) and some & edge.prevailing for some in between)
            others = (clothed.norms[norm] for norm in (edge.yielding | edge.prevailing) - {edge.by})
            foreign = (norm for norm in others if norm.id.document != of.subject and norm.demands)
            short = any(derogation(inquiry, clothed.norms[edge.by], norm) is not None for norm in foreign)
            if not (within or across or short):
                assert placed.span is not None
                expected.append(placed.span.start)
    assert sorted(told) == sorted(expected)
    return len(told)


def lower(of: NormSystem, clash: Norms, edge: Precedence) -> Norms:
    """What yields by the edge in a clash: no duty, where advice takes part in it."""
    advice = frozenset(norm for norm in clash if of.norms[norm].strength is Strength.SHOULD)
    return edge.yielding & (advice or clash)


def clashing(of: NormSystem) -> Iterator[tuple[Norms, Norms]]:
    """Every clash of one unit in every situation, and what is suspended there; without advice, and with it."""
    for side, advised in product((Side(of, bearer) for bearer in bearers_of(of)), (False, True)):
        for encounter in side.encounters:
            gone = suspended(side, encounter, advised)
            yield from ((clash, gone) for clash in clashes(side, encounter, advised))


@sparingly(2)
@given(anywhere())
def test_precedence_that_never_has_to_be_taken_is_reported(of: NormSystem) -> None:
    assume(size(of) <= EPISODES)
    if not is_empty(of):
        compare(of)


# ---- in place of


@st.composite
def displacing(draw: st.DrawFn) -> NormSystem:
    """A system with an edge more, or none less; now and then between two clauses that speak of the same."""
    drawn = draw(systems(interchangeable=draw(st.booleans())))
    assume(len(drawn.norms) > 1)
    one, other = draw(st.permutations(sorted(drawn.norms)))[:2]
    edges = (*drawn.displacements, Displacement(one, other, draw(st.booleans())))
    said = replace(drawn, displacements=tuple({(e.by, e.of): e for e in edges}.values()))
    placed = dressed(said)
    assume(not any(find_cycles(placed)))
    return said


def effect_of(of: NormSystem, edge: Displacement) -> Effect:
    """The effect by enumeration."""
    rest = replace(of, displacements=tuple(e for e in of.displacements if e != edge))
    everyone = [(one, of_system(one, rest)) for one in (Side(of, b) for b in bearers_of(of))]
    sides = [(one, other) for one, other in everyone if edge.of in one.norms]
    seen = [c for one, _ in sides for e in one.encounters for c in e.conducts if lifts(one, c, edge)]
    if not seen:
        return Effect.NONE
    if not all(same_meaning(one, other, advised) for (one, other), advised in product(everyone, (False, True))):
        return Effect.ACTS
    modes = product(sides, (False, True))
    for (one, other), advised in modes:
        for before, after in zip(one.encounters, other.encounters, strict=True):
            anew = clashes(other, after, advised) - clashes(one, before, advised)
            clash = any(edge.of in some for some in anew)
            if clash and any(lifts(one, c, edge) for c in before.conducts):
                return Effect.ACTS
    upper, lower = of.norms[edge.by], of.norms[edge.of]
    weaker = upper.strength is Strength.SHOULD and lower.strength is Strength.MUST
    for conduct in seen:
        above = conduct.standing.get(edge.by)
        keeps = above is None or not above.binding or above.kept or not upper.demands or weaker
        felt = conduct.standing[edge.of].kept is (lower.modality is Modality.PERMISSION)
        if felt and (keeps or not lower.demands):
            return Effect.UNDONE if any(says_it(*pair, edge) for pair in sides) else Effect.SHARED
    return Effect.IDLE


def says_it(side: Side, rest: Side, edge: Displacement) -> bool:
    """Whether the lower clause would be breached, or made use of, somewhere if the upper one did not lift it."""
    pairs = (
        (c, d)
        for e, r in zip(side.encounters, rest.encounters, strict=True)
        for c, d in zip(e.conducts, r.conducts, strict=True)
    )
    back = [d.standing[edge.of] for c, d in pairs if lifts(side, c, edge)]
    modality = side.system.norms[edge.of].modality
    used = modality is Modality.PERMISSION
    return any(one.binding and one.kept is used for one in back)


def lifts(side: Side, conduct: Conduct, edge: Displacement) -> bool:
    """Whether the upper clause stands in place of the lower one there."""
    if not conduct.standing[edge.of].live:
        return False
    if not edge.both:
        return edge.by in conduct.standing and conduct.standing[edge.by].binding
    return any(binding(edge.by, role, side.world(conduct.choice), side.system) for role in (0, 1))


def compare_displacements(of: NormSystem) -> list[Effect]:
    """Holds what is found of each edge against enumeration."""
    inquiry = inquire(dressed(of))
    found = []
    for edge in of.displacements:
        outcome = outcome_of(inquiry, edge)
        assert isinstance(outcome, EdgeOutcome)
        assert outcome.effect is effect_of(of, edge), edge
        found.append(outcome.effect)
    return found


@given(displacing())
@sparingly(2)
def test_what_stands_in_place_of_another_has_the_effect_that_enumeration_sees(of: NormSystem) -> None:
    assume(size(of) <= EPISODES)
    if not is_empty(of):
        compare_displacements(of)


DAY = negation(NIGHT)
FAR, NEAR = at_least(SEPARATION, 2), at_least(SEPARATION, 1)
NOT_NEARER = compare_sums({SEPARATION: -1, DISTANCE: 1}, AT_MOST, 0)
DISPLACED = {
    "a stricter rule in place of a looser one": (
        [Effect.IDLE],
        system(must("1", NEAR), must("2", FAR, NIGHT), displacements=[instead("2", "1")]),
    ),
    "a looser rule in place of a stricter one": (
        [Effect.ACTS],
        system(must("1", FAR), must("2", NEAR, NIGHT), displacements=[instead("2", "1")]),
    ),
    "they never meet": (
        [Effect.NONE],
        system(must("1", FAR, DAY), must("2", NEAR, NIGHT), displacements=[instead("2", "1")]),
    ),
    "advice in place of a duty, however strict": (
        [Effect.ACTS],
        system(must("1", NEAR), must("2", FAR, NIGHT, strength=Strength.SHOULD), displacements=[instead("2", "1")]),
    ),
    "another clause asks for the same still": (
        [Effect.UNDONE],
        system(must("1", FAR), must("2", NEAR, NIGHT), must("3", FAR), displacements=[instead("2", "1")]),
    ),
    "what is owed after a breach is lifted as well": (
        [Effect.ACTS],
        system(otherwise(must("1", NEAR), does("hold")), must("2", FAR, NIGHT), displacements=[instead("2", "1")]),
    ),
    "what is lifted would lift a third": (
        [Effect.ACTS, Effect.ACTS],
        system(
            must("1", does("hold")),
            must("2", NEAR),
            must("3", FAR, NIGHT),
            displacements=[instead("2", "1"), instead("3", "2")],
        ),
    ),
    "duties clash there, and it is one more that cannot be kept": (
        [Effect.ACTS],
        system(
            must("1", FAR),
            must("2", NEAR, NIGHT),
            must("3", FAR),
            must_not("4", NEAR),
            displacements=[instead("2", "1")],
        ),
    ),
    "duties that clash elsewhere hide no difference": (
        [Effect.ACTS],
        system(
            must("1", NEAR),
            must("2", does("report"), NIGHT),
            must("3", does("hold")),
            must_not("4", does("hold")),
            displacements=[instead("2", "1")],
        ),
    ),
    "duties that clash elsewhere make no difference": (
        [Effect.IDLE],
        system(
            must("1", NEAR),
            must("2", FAR, NIGHT),
            must("3", does("hold")),
            must_not("4", does("hold")),
            displacements=[instead("2", "1")],
        ),
    ),
    "advice that cannot be followed hides no duty": (
        [Effect.IDLE],
        system(
            must("1", FAR),
            must("2", at_most(SEPARATION, 1), strength=Strength.SHOULD),
            must("3", NEAR, NIGHT),
            must("4", negation(at_most(SEPARATION, 1))),
            displacements=[instead("4", "3")],
        ),
    ),
    "what nobody can keep there clashes with nothing further": (
        [Effect.UNDONE],
        system(
            must("1", does("turn"), at_least(DISTANCE, 2)),
            must("2", negation(at_most(SEPARATION, 1))),
            must("3", negation(at_most(SEPARATION, 1)), at_least(DISTANCE, 2)),
            must("4", conjunction(at_most(SEPARATION, 1), NOT_NEARER)),
            displacements=[instead("1", "2")],
        ),
    ),
    "each of two lifts what the other one lifts": (
        [Effect.SHARED, Effect.SHARED],
        system(
            must("1", at_least(SEPARATION, 2)),
            must("2", at_least(SEPARATION, 1)),
            must("3", does("hold")),
            displacements=[instead("2", "1"), instead("3", "1")],
        ),
    ),
    "another one lifts part of it": (
        [Effect.ACTS, Effect.SHARED],
        system(
            must("1", at_least(SEPARATION, 2)),
            must("2", at_least(SEPARATION, 1)),
            must("3", does("hold"), NIGHT),
            displacements=[instead("2", "1"), instead("3", "1")],
        ),
    ),
    "what is permitted is permitted by another still": (
        [Effect.UNDONE],
        system(
            may("1", does("hold")),
            must("2", does("turn"), NIGHT),
            may("3", does("hold")),
            displacements=[instead("2", "1")],
        ),
    ),
    "what is permitted where it is not done": (
        [Effect.IDLE],
        system(may("1", does("hold"), negation(does("hold"))), must("2", FAR), displacements=[instead("2", "1")]),
    ),
}


@pytest.mark.parametrize(("effects", "of"), DISPLACED.values(), ids=DISPLACED)
def test_displacements_made_by_hand(effects: list[Effect], of: NormSystem) -> None:
    assert compare_displacements(of) == effects


# ---- precedence


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
    "what prevails over advice alone stands, for no duty yields to advice": (
        1,
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
