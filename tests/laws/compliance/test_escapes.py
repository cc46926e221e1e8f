"""Laws: the sets of duties that have to be switched off to comply are those of plain enumeration."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.compliance.escapes import Escape, _needed, escapes, switches
from cbm.compliance.unavailable_options import duties_of
from cbm.core.expressions import Expr, NormId, Or, conjunction, negation
from cbm.core.norms import Displacement, Norm, NormSystem
from cbm.core.substitution import Value
from cbm.core.variables import Variable
from cbm.finding import RuleId
from cbm.ground.grounding import bearers
from cbm.inquiry import inquire
from cbm.records import replace
from cbm.smt.solve import sharing
from cbm.syntax.ast import DocumentKind, Strength
from tests.laws.checked import found_by, is_empty
from tests.laws.episodes import Side, at
from tests.laws.freedoms import Escaping, escaping, situations, thrown
from tests.laws.sparing import sparingly
from tests.laws.systems import systems
from tests.laws.tiny import (
    NIGHT,
    PACT,
    SEPARATION,
    at_least,
    at_most,
    attribute,
    clause,
    distress,
    does,
    instead,
    may,
    must,
    must_not,
    system,
    text,
)


@st.composite
def escapable(draw: st.DrawFn) -> NormSystem:
    """A system with three clauses more: two that may be at odds, and one that own conduct puts in place of one."""
    drawn = draw(systems(interchangeable=draw(st.booleans())).filter(lambda of: bool(of.acts)))
    act, other = (does(draw(st.sampled_from(sorted(drawn.acts)))) for _ in range(2))
    contents = [act, *(norm.content for norm in drawn.norms.values() if norm.rotates or norm.bearer == 0)]
    content = draw(st.sampled_from(contents))

    def guards() -> tuple[Expr, ...]:
        known = [g.condition for n in drawn.norms.values() if n.rotates or n.bearer == 0 for g in n.guards]
        return tuple(draw(st.lists(st.sampled_from(known), max_size=1))) if known else ()

    strength = draw(st.sampled_from((Strength.MUST, Strength.MUST, Strength.SHOULD)))
    added: list[Norm] = [
        must("91", content, *guards()),
        must("92", negation(content), *guards(), strength=strength),
        draw(st.sampled_from((may, must)))("93", act, Or((other, *guards())) if draw(st.booleans()) else other),
    ]
    edges = (instead("93", draw(st.sampled_from(("91", "92"))), both=draw(st.booleans())), *drawn.displacements)
    return replace(drawn, norms={**drawn.norms, **{norm.id: norm for norm in added}}, displacements=edges)


@sharing()
def compare(of: NormSystem) -> set[frozenset[Displacement]]:
    """Holds what is found for each bearer, without advice and with it, against enumeration; the sets found."""
    inquiry, sides = inquire(of), [Side(of, bearer) for bearer in bearers(of)]
    told: set[frozenset[Displacement]] = set()
    for grounds, advised in ((inquiry.strict, False), (inquiry.advised, True)):
        for about, side in zip(grounds, sides, strict=True):
            found = [one for one in escapes(about, advised) if isinstance(one, Escape)]
            seen = list(escaping(side, advised))
            sets = [frozenset(switch.edge for switch in one.switches) for one in found]
            smallest = {some for one in seen for some in one.smallest}
            assert smallest.issuperset(sets)
            told_by = [(some, one.shut.by) for some, one in zip(sets, found, strict=True)]
            assert len(set(told_by)) == len(told_by)
            assert all(any(one.needs(some) for some in sets) for one in seen if one.smallest)
            assert all(suffices(one, seen) for one in found)
            assert all(is_told(found, some, side, advised) for some in sets)
            told |= set(sets)
    return told


def suffices(escape: Escape, seen: list[Escaping]) -> bool:
    """Whether all who comply throw a switch wherever the conditions hold and other conduct is bound by the duties."""
    edges, cube = [switch.edge for switch in escape.switches], conjunction(*escape.shut.cube)
    bound = (one for one in seen if one.could_bind.issuperset(edge.of for edge in edges))
    return all(one.needs(edges) for one in bound if one.ways and at(cube, one.world))


def is_told(found: list[Escape], some: frozenset[Displacement], side: Side, advised: bool) -> bool:
    """Whether wherever one of these has to be thrown, one of the sets of duties told leaves no other way."""
    by = [{duty.norm.id for duty in one.shut.by} for one in found if some == {switch.edge for switch in one.switches}]
    return all(
        any(all(o.breached & duties or some & thrown(side, o, advised) for o in done) for duties in by)
        for done, one in zip(situations(side, advised), escaping(side, advised), strict=True)
        if one.needs(some) and one.could_bind.issuperset(edge.of for edge in some)
    )


@sparingly(2)
@given(escapable())
def test_what_has_to_be_switched_off_is_found(of: NormSystem) -> None:
    if not is_empty(of):
        compare(of)


@given(escapable())
@sparingly(4)
@sharing()
def test_escapes_are_reported(of: NormSystem) -> None:
    if is_empty(of):
        return
    found = found_by(RuleId.ESCAPE, of)
    inquiry = inquire(of)
    expected = []
    for number, bearer in enumerate(bearers(of)):
        for about, advised in ((inquiry.strict[number], False), (inquiry.advised[number], True)):
            sets = [some for one in escaping(Side(of, bearer), advised) for some in one.smallest]
            expected += [concerns(of, (n for e in some for n in (e.by, e.of))) for some in sets]
            # What leaves no other way may be of the draft as well; one such set of several is chosen by the search.
            shut = (e.shut.by for e in escapes(about, advised) if isinstance(e, Escape))
            expected += [concerns(of, (duty.norm.id for duty in by)) for by in shut]
    assert bool(found) == any(expected)


def concerns(of: NormSystem, norms: Iterable[NormId]) -> bool:
    return any(norm.document == of.subject for norm in norms)


APART, CLOSE = must("1", at_least(SEPARATION, 2)), must("2", at_most(SEPARATION, 1), NIGHT)
SYSTEMS = {
    "only who turns can comply": (
        [["3"]],
        system(APART, CLOSE, must("3", at_most(SEPARATION, 1), does("turn")), displacements=[instead("3", "1")]),
    ),
    "it is the same whatever is done": (
        [],
        system(APART, CLOSE, may("3", does("turn"), Or((NIGHT, does("turn")))), displacements=[instead("3", "1")]),
    ),
    "who does not turn can comply as well": (
        [],
        system(APART, may("3", does("turn"), does("turn")), displacements=[instead("3", "1")]),
    ),
    "two ways out, neither of them the only one": (
        [["3", "4"]],
        system(
            APART,
            CLOSE,
            may("3", does("turn"), does("turn")),
            may("4", does("hold"), does("hold")),
            displacements=[instead("3", "1"), instead("4", "2")],
        ),
    ),
    "two duties, each with its way out": (
        [["3"], ["4"]],
        system(
            APART,
            CLOSE,
            may("3", does("turn"), does("turn")),
            must_not("5", does("report"), distress(0)),
            must("6", does("report"), distress(0)),
            may("4", does("hold"), does("hold")),
            displacements=[instead("3", "1"), instead("4", "5")],
        ),
    ),
    "a way out of what only advice asks for": (
        [["3"]],
        system(
            must("1", at_least(SEPARATION, 2)),
            must("2", at_most(SEPARATION, 1), NIGHT, strength=Strength.SHOULD),
            may("3", does("turn"), does("turn")),
            displacements=[instead("3", "1")],
        ),
    ),
    "own conduct binds the other unit, for both": (
        [["3"]],
        system(APART, CLOSE, may("3", does("turn"), does("turn", 1)), displacements=[instead("3", "1", both=True)]),
    ),
    "a duty that is not in force is not switched off": (
        [["3"]],
        system(
            APART,
            CLOSE,
            may("3", does("turn"), does("turn")),
            must("5", does("report"), document=PACT),
            displacements=[instead("3", "1"), Displacement(clause("3"), clause("5", PACT), False)],
            pact=text(PACT, DocumentKind.INSTRUMENT, None, in_force=date(2021, 1, 1)),
            as_of=date(2020, 1, 1),
        ),
    ),
    "at night one duty leaves no other way, in distress another one": (
        [["3"]],
        system(
            APART,
            CLOSE,
            must("4", at_most(SEPARATION, 1), distress(0)),
            may("3", does("turn"), does("turn")),
            displacements=[instead("3", "1")],
        ),
    ),
    "nobody can comply": (
        [],
        system(
            APART,
            CLOSE,
            may("3", does("turn"), does("turn")),
            must_not("4", does("turn")),
            displacements=[instead("3", "1")],
        ),
    ),
}


@pytest.mark.parametrize(("by", "of"), SYSTEMS.values(), ids=SYSTEMS)
def test_systems_made_by_hand(by: list[list[str]], of: NormSystem) -> None:
    found = compare(of)
    assert {frozenset(edge.by for edge in some) for some in found} == {frozenset(map(clause, some)) for some in by}


def test_each_set_of_duties_that_leaves_no_other_way_is_told() -> None:
    _, of = SYSTEMS["at night one duty leaves no other way, in distress another one"]
    (about,) = inquire(of).strict
    found = [one for one in escapes(about, advised=False) if isinstance(one, Escape)]
    assert sorted([duty.norm.id.label for duty in one.shut.by] for one in found) == [["1", "2"], ["1", "4"]]


def test_a_switch_that_is_counted_needlessly_is_left_out() -> None:
    _, of = SYSTEMS["two duties, each with its way out"]
    (about,) = inquire(of).strict
    duties, known = duties_of(about, advised=False), switches(about, advised=False)
    point: dict[Variable, Value] = {attribute("night"): True, attribute("distress", 0): True}
    assert _needed(about, duties, list(known), point) == [known[1]]
