"""Law: of a clause that others imply it is told whether the text means the same without it, as enumeration has it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.core.dependence.cyclic_dependence import find_cycles
from cbm.core.expressions import Binds, NormId, Or, negation
from cbm.core.norms import Displacement, NormSystem, Precedence
from cbm.finding import RuleId
from cbm.records import replace
from cbm.syntax.ast import Strength
from tests.laws.checked import found_by, is_empty
from tests.laws.dressed import dressed
from tests.laws.enumerate import deletable, of_system, without
from tests.laws.episodes import Side
from tests.laws.promises import Cover, coverage
from tests.laws.sparing import sparingly
from tests.laws.systems import systems
from tests.laws.tiny import (
    DRAFT,
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
    promise,
    system,
    yields,
)


@st.composite
def repeating_itself(draw: st.DrawFn) -> NormSystem:
    """A system in which a clause is said again, with edges of its own."""
    drawn = draw(systems())
    demanding = [norm for norm in drawn.norms.values() if norm.demands]
    assume(demanding)
    repeated = draw(st.sampled_from(demanding))
    topics = sorted({topic for promise in drawn.coverage for topic in promise.topics})
    again = replace(
        repeated,
        id=NormId(DRAFT, "91"),
        otherwise=draw(st.sampled_from(((), repeated.otherwise))),
        topics=draw(st.sampled_from((repeated.topics, tuple(topics)))),
    )
    others = st.sampled_from([norm for norm in drawn.norms if norm != repeated.id] or [repeated.id])
    displacements = (
        *drawn.displacements,
        *(Displacement(again.id, draw(others), False) for _ in range(draw(st.integers(0, 1)))),
    )
    edges = [
        Precedence(frozenset({low}), frozenset({high}), "the one yields to the other")
        for low, high in [draw(st.permutations([again.id, draw(others)])) for _ in range(draw(st.integers(0, 2)))]
    ]
    precedences = drawn.precedences if draw(st.booleans()) else tuple(edges[:1])
    norms = {**drawn.norms, again.id: again}
    said = replace(drawn, norms=norms, displacements=displacements, precedences=precedences)
    placed = dressed(said)
    assume(not any(find_cycles(placed)))
    return said


def compare(of: NormSystem) -> dict[str, bool]:
    """Holds what is told of each clause found redundant against enumeration; whether it may go."""
    told = {f.clauses[0]: bool(f.remedies) for f in found_by(RuleId.REDUNDANCY, of)}
    side = Side(of, 0)
    for norm in (norm for norm in of.norms.values() if str(norm.id) in told):
        same = all(deletable(side, norm.id, advised) for advised in (False, True))
        if not same or norm.otherwise:
            assert not told[str(norm.id)], norm.id
        else:
            in_types, in_situations = newly_broken(side, norm.id)
            assert told[str(norm.id)] or in_situations, norm.id
            assert not (told[str(norm.id)] and in_types), norm.id
    return told


Broken = dict[tuple[object, ...], set[object]]


def newly_broken(side: Side, norm: NormId) -> tuple[bool, bool]:
    """Whether a promise is broken in types of encounter in which it was not when the norm is gone; and in situations.

    Where it rests on what the unit does, types are compared, and situations where it does not.
    """
    rest = without(side.system, norm)
    assert rest is not None
    before, after = broken(side), broken(of_system(side, rest))
    known = {key: before.get(key, set()) | before.get((Cover.GAP, *key[1:]), set()) for key in after}
    return any(not known[key] for key in after), any(after[key] - known[key] for key in after)


def broken(side: Side) -> Broken:
    """The situations in which a promise is broken: by how, the promise, what is promised, and the type of encounter."""
    found: Broken = {}
    for key, covers in coverage(side).items():
        for cover, worlds in covers.items():
            if cover is not Cover.COVERED and worlds:
                found[cover, *key] = {frozenset(world.values.items()) for world in worlds}
    return found


@given(repeating_itself())
@sparingly(2)
def test_what_may_be_taken_out_is_told(of: NormSystem) -> None:
    if not is_empty(of):
        compare(of)


APART, WEAKER = must("1", at_least(SEPARATION, 2)), must("2", at_least(SEPARATION, 1), NIGHT)
SYSTEMS = {
    "nothing but its demand goes": (True, system(APART, WEAKER)),
    "what it displaces would bind again": (
        False,
        system(APART, WEAKER, must_not("3", does("hold")), displacements=[instead("2", "3")]),
    ),
    "what it displaces is displaced by another as well": (
        True,
        system(
            APART,
            WEAKER,
            must_not("3", does("hold")),
            may("4", does("hold"), NIGHT),
            displacements=[instead("2", "3"), instead("4", "3")],
        ),
    ),
    "what it displaces is implied too": (
        True,
        system(APART, WEAKER, must("3", at_least(SEPARATION, 1)), displacements=[instead("2", "3")]),
    ),
    "what it displaces would yield to what implies it": (
        True,
        system(
            must("1", does("hold")),
            must("2", does("hold"), NIGHT),
            must_not("3", does("hold"), NIGHT),
            displacements=[instead("2", "3")],
            precedences=[yields([clause("3")], [clause("1")])],
        ),
    ),
    "what it displaces is advice": (
        False,
        system(APART, WEAKER, must_not("3", does("hold"), strength=Strength.SHOULD), displacements=[instead("2", "3")]),
    ),
    "it displaces a permission": (
        False,
        system(APART, WEAKER, may("3", does("hold")), displacements=[instead("2", "3")]),
    ),
    "another clause yields where they clash": (
        False,
        system(
            must("1", does("hold")),
            must("2", does("hold"), NIGHT),
            must_not("3", does("hold"), NIGHT),
            precedences=[yields([clause("3")], [clause("2")])],
        ),
    ),
    "another clause yields where they clash, and to the others as well": (
        True,
        system(
            must("1", does("hold")),
            must("2", does("hold"), NIGHT),
            must_not("3", does("hold"), NIGHT),
            precedences=[yields([clause("3")], [clause("1"), clause("2")])],
        ),
    ),
    "one clause yields to another in a clash of three": (
        False,
        system(
            must("1", does("hold")),
            must("2", Or((does("hold"), does("turn"))), NIGHT),
            must_not("3", does("hold")),
            must_not("4", does("turn")),
            precedences=[yields([clause("3")], [clause("4")])],
        ),
    ),
    "what it displaces would displace in its turn": (
        False,
        system(
            APART,
            WEAKER,
            must_not("3", does("hold")),
            must("4", at_least(SEPARATION, 1), NIGHT),
            displacements=[instead("2", "4"), instead("4", "3")],
        ),
    ),
    "what it displaces would make another clause yield": (
        False,
        system(
            APART,
            WEAKER,
            must_not("3", does("hold")),
            must("4", does("hold"), distress(0)),
            must("5", does("hold"), distress(0), NIGHT),
            displacements=[instead("2", "4")],
            precedences=[yields([clause("3")], [clause("4")])],
        ),
    ),
    "what implies it yields to no advice": (
        True,
        system(
            must("1", does("hold"), NIGHT),
            must("2", does("hold")),
            must_not("3", does("hold"), NIGHT, strength=Strength.SHOULD),
            precedences=[yields([clause("2")], [clause("3")])],
        ),
    ),
    "what implies it yields to advice elsewhere": (
        True,
        system(
            must("1", does("hold"), NIGHT),
            must("2", does("hold")),
            must_not("3", does("hold"), negation(NIGHT), strength=Strength.SHOULD),
            precedences=[yields([clause("2")], [clause("3")])],
        ),
    ),
    "what implies it yields to no advice that cannot be followed beside it": (
        True,
        system(APART, must("2", at_least(SEPARATION, 1)), must("3", at_most(SEPARATION, 1), strength=Strength.SHOULD)),
    ),
    "a condition asks about it": (False, system(APART, WEAKER, must("3", does("hold"), Binds(clause("2"), 0)))),
    "a promise is kept by it alone": (
        False,
        system(APART, must("2", at_least(SEPARATION, 1), topics=("safety",)), coverage=[promise("safety")]),
    ),
    "a promise is kept by another as well": (
        True,
        system(
            must("1", at_least(SEPARATION, 2), topics=("safety",)),
            must("2", at_least(SEPARATION, 1), NIGHT, topics=("safety",)),
            coverage=[promise("safety")],
        ),
    ),
    "a promise is kept by it in part": (
        False,
        system(
            must("1", at_least(SEPARATION, 2)),
            must("2", at_least(SEPARATION, 1), NIGHT, topics=("safety",)),
            must("3", does("hold"), distress(0), topics=("safety",)),
            coverage=[promise("safety")],
        ),
    ),
    "a promise is broken beside it as well": (
        True,
        system(
            must("1", at_least(SEPARATION, 2)),
            must("2", at_least(SEPARATION, 1), NIGHT, topics=("safety",)),
            must("3", does("hold"), Or((NIGHT, distress(0))), topics=("safety",)),
            coverage=[promise("safety")],
        ),
    ),
    "what is advised keeps no promise": (
        False,
        system(
            must("1", at_least(SEPARATION, 2)),
            must("2", at_least(SEPARATION, 1), topics=("safety",)),
            must("3", does("hold"), topics=("safety",), strength=Strength.SHOULD),
            coverage=[promise("safety")],
        ),
    ),
    "it says what is owed otherwise": (False, system(APART, otherwise(WEAKER, does("hold")))),
}


@pytest.mark.parametrize(("may_go", "of"), SYSTEMS.values(), ids=SYSTEMS)
def test_systems_made_by_hand(may_go: bool, of: NormSystem) -> None:
    told = compare(of)
    assert set(told.values()) == {may_go}, told
