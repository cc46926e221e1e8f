"""Law: the deadlocks found are those of plain enumeration over everything that both units do."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.conflicts.deadlocks import Deadlock, Yielding, find_deadlocks, places_alike
from cbm.core.expressions import TRUE, Expr, NormId, conjunction, disjunction, negation
from cbm.core.norms import Norm, NormSystem
from cbm.core.variables import ResultValue
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding, holds
from cbm.inquiry import inquire
from cbm.search.exists_forall import fix
from cbm.syntax.ast import Strength
from tests.laws.enumerate import smallest_unkept, yielding_to
from tests.laws.episodes import Choice, Question, Side, at
from tests.laws.grid import Deed, asked, atoms, parts, said
from tests.laws.sparing import sparingly
from tests.laws.systems import systems
from tests.laws.tiny import (
    NIGHT,
    SEPARATION,
    at_least,
    at_most,
    axiom,
    clause,
    distress,
    does,
    must,
    must_not,
    result,
    system,
    yields,
)

# Systems with more episodes than this are left to the nightly laws about single bearers.
EPISODES = 20_000

Duty = tuple[NormId, int]
Duties = frozenset[Duty]


@dataclass(slots=True)
class Found:
    """What both units find, in one episode of it; what each thing they can do there keeps, and what binds in any.

    `done` tells of each of these things besides what binds then and is kept: so a permission is made use of.
    """

    world: CompleteEpisode
    kept: set[Duties] = field(default_factory=set)
    bound: set[Duty] = field(default_factory=set)
    done: set[tuple[Duties, Duties]] = field(default_factory=set)


def situations(
    of: NormSystem, prevailing: bool = False, used: Container[NormId] = ()
) -> tuple[list[Duty], list[Found]]:
    """All duties, and every situation in which the units can do something at all.

    If only what is `prevailing` counts, a duty binds nowhere where it yields to others of its own unit. Permissions
    that are `used` count as if they were owed.
    """
    side = everything(of)
    counted = [n for n in of.norms.values() if n.demands or n.id in used]
    owed = [(n, role) for role in (0, 1) for n in counted if n.rotates or n.bearer == role]
    asks = {(n.id, role): _standing(side, n, role) for n, role in owed}
    where = [place for place, part in enumerate(side.parts) if not isinstance(part, Deed | ResultValue)]
    lifted = yielded(side, asks) if prevailing else {}
    found: dict[tuple[int, ...], Found] = {}
    for encounter in side.encounters:
        for conduct in encounter.conducts:
            situation = tuple(conduct.choice[place] for place in where)
            if situation not in found:
                found[situation] = Found(side.world(conduct.choice))
            here = found[situation]
            gone = lifted.get(conduct.choice, frozenset())
            stands = {duty: ask(conduct.choice) for duty, ask in asks.items()}
            stands |= {duty: (False, does) for duty, (_, does) in stands.items() if duty in gone}
            kept = frozenset(duty for duty, (binds, does) in stands.items() if does or not binds)
            here.kept.add(kept)
            here.done.add((kept, frozenset(duty for duty, (binds, does) in stands.items() if does and binds)))
            here.bound.update(duty for duty, (binds, _) in stands.items() if binds)
    return list(asks), list(found.values())


def yielded(side: Side, asks: Mapping[Duty, Question[tuple[bool, bool]]]) -> dict[Choice, Duties]:
    """For each thing that both units can do, the duties that yield there to others of the same unit.

    What a unit finds is everything but its own part: what the other unit does belongs to it.
    """
    spoken = said(side.system, 0) | said(side.system, 1)
    lifted: dict[Choice, Duties] = {}
    for role in (0, 1):
        view = Side(side.system, role, spoken, often=True)
        duties = ((norm, ask) for (norm, whose), ask in asks.items() if whose == role)
        owed = {norm: ask for norm, ask in duties if side.system.norms[norm].demands}
        decided = view.parts[view.found :]
        found = [place for place, part in enumerate(side.parts) if part not in decided]
        same: dict[Choice, list[Choice]] = {}
        for conduct in (conduct for encounter in side.encounters for conduct in encounter.conducts):
            same.setdefault(tuple(conduct.choice[place] for place in found), []).append(conduct.choice)
        for choices in same.values():
            kept = frozenset(frozenset(n for n, ask in owed.items() if _is_kept(*ask(choice))) for choice in choices)
            here = smallest_unkept(tuple(owed), kept)
            advice = frozenset(n for n in frozenset().union(*here) if side.system.norms[n].strength is Strength.SHOULD)
            gone = yielding_to(side.system.precedences, here, advice)
            for choice in choices:
                lifted[choice] = lifted.get(choice, frozenset()) | {(norm, role) for norm in gone}
    return lifted


def _is_kept(binds: bool, does: bool) -> bool:
    return does or not binds


def enumerated(of: NormSystem, where: Expr = TRUE, prevailing: bool = False) -> set[Duties]:
    """The smallest sets of duties, of several roles, that nothing both units do keeps together in some situation."""
    duties, found = situations(of, prevailing)
    kept = {frozenset(here.kept) for here in found if holds(where, here.world, of)}
    sets = {s for several in kept for s in smallest(duties, several)}
    return {s for s in sets if len({role for _, role in s}) > 1}


def everything(of: NormSystem) -> Side:
    """All that both units find and do."""
    return Side(of, 0, said(of, 0) | said(of, 1), often=True)


def _standing(side: Side, norm: Norm, role: int) -> Question[tuple[bool, bool]]:
    """Whether it binds this role, and whether what it asks for is done."""
    of, view = side.system, role if norm.rotates else 0

    def answer(world: CompleteEpisode) -> tuple[bool, bool]:
        return binding(norm.id, role, world, of), fulfilled(norm, role, world, of)

    return side.question(answer, parts((*asked(norm.id, role, of), *atoms(norm.content, view, of))))


def smallest(duties: list[Duty], ways: frozenset[Duties]) -> list[Duties]:
    found: list[Duties] = []
    for size in range(1, len(duties) + 1):
        for some in map(frozenset, combinations(duties, size)):
            if not any(s <= some for s in found) and not any(some <= way for way in ways):
                found.append(some)
    return found


def searched(of: NormSystem, expected: set[Duties], where: Expr = TRUE, yielding: Yielding = ()) -> set[Duties]:
    """What the search finds, with the changes of places it leaves out, and those told with a set that are expected."""
    deadlocks, given_up = find_deadlocks(of, given=where, yielding=yielding)
    assert given_up == ()
    first = [duties_told(deadlock) for deadlock in deadlocks]
    told = [choices(deadlock) for deadlock in deadlocks]
    assert sum(map(len, told)) == len(set().union(*told))
    found = set(first) | (set().union(*told) & expected)
    turned = {frozenset((n, 1 - role) for n, role in s) for s in found} if len(places_alike(of, where)) > 1 else set()
    return found | turned


def duties_told(deadlock: Deadlock) -> Duties:
    return frozenset((d.norm.norm.id, d.role) for d in deadlock.duties)


def choices(deadlock: Deadlock) -> set[Duties]:
    """All sets that are told with it, itself among them."""
    classes = deadlock.classes or tuple((duty,) for duty in deadlock.duties)
    return {frozenset((d.norm.norm.id, d.role) for d in choice) for choice in product(*classes)}


@st.composite
def anywhere(draw: st.DrawFn) -> NormSystem:
    return draw(systems(interchangeable=draw(st.booleans())))


def size(of: NormSystem) -> int:
    """How many episodes enumeration would have to look at."""
    return prod(len(options) for options in everything(of).choices)


@given(anywhere())
def test_deadlocks_are_those_of_enumeration(of: NormSystem) -> None:
    assume(size(of) <= EPISODES)
    expected = enumerated(of)
    assert searched(of, expected) == expected


@st.composite
def partly_known(draw: st.DrawFn) -> tuple[NormSystem, Expr]:
    """A system, and some of what is found in one of its situations."""
    of = draw(anywhere())
    assume(size(of) <= EPISODES)
    side = everything(of)
    assume(side.encounters)
    values = draw(st.sampled_from(side.encounters)).world.values
    facts = [fix(v, values[v]) for v in side.parts[: side.found] if not isinstance(v, Deed | ResultValue)]
    return of, conjunction(*(fact for fact in facts if draw(st.booleans())))


@given(partly_known())
def test_deadlocks_under_what_is_given_are_those_of_enumeration(known: tuple[NormSystem, Expr]) -> None:
    of, where = known
    expected = enumerated(of, where)
    assert searched(of, expected, where) == expected


@given(anywhere())
@sparingly(2)
def test_deadlocks_of_what_prevails_are_those_of_enumeration(of: NormSystem) -> None:
    assume(of.precedences and size(of) <= EPISODES)
    compare_prevailing(of)


def compare_prevailing(of: NormSystem) -> set[Duties]:
    """Those of the duties that yield to no other one of the same unit."""
    expected = enumerated(of, prevailing=True)
    assert searched(of, expected, yielding=inquire(of).yielding()) == expected
    return expected


@given(anywhere())
def test_extents_are_those_of_enumeration(of: NormSystem) -> None:
    assume(size(of) <= EPISODES)
    compare_extents(of)


def test_an_extent_tells_of_no_situation_in_which_a_duty_of_it_cannot_be_brought_to_bind() -> None:
    """By day nobody can turn: the first clause clashes alone then, and the second one, which it brings about, never."""
    turn = does("turn")
    compare_extents(
        system(
            must("1", turn, distress(0)),
            must("2", does("hold"), does("turn", 1)),
            must_not("3", does("hold"), distress(1)),
            axioms=[axiom(disjunction(negation(turn), NIGHT))],
        )
    )


def compare_extents(of: NormSystem) -> None:
    """An extent holds exactly where the set clashes, or a part of it does while each duty of it can bind."""
    deadlocks, _ = find_deadlocks(of)
    duties, found = situations(of) if deadlocks else ([], [])
    for here in found:
        sets = smallest(duties, frozenset(here.kept))
        for deadlock in (one for one in deadlocks if one.extent.complete):
            told = frozenset((d.norm.norm.id, d.role) for d in deadlock.duties)
            inside = at(deadlock.extent.formula, here.world)
            assert not inside or any(part <= told for part in sets), "clashes nowhere near this situation"
            assert not inside or told <= here.bound, "some of them do not bind here"
            assert inside or told not in sets, "a situation in which it clashes is left out"


SYSTEMS = {
    "each unit keeps what the other prevents": system(
        must("1", at_least(SEPARATION, 2), distress(0)), must("2", at_most(SEPARATION, 1), distress(1))
    ),
    "one clause binds both units against each other": system(must("1", at_least(result("speed", 0), 1), NIGHT)),
    "what one does the other has to answer": system(
        must("1", does("turn"), distress(0)),
        must("2", does("hold"), does("turn", 1)),
        must_not("3", does("hold"), distress(1)),
    ),
}


@pytest.mark.parametrize("of", SYSTEMS.values(), ids=SYSTEMS)
def test_systems_made_by_hand(of: NormSystem) -> None:
    expected = enumerated(of)
    assert searched(of, expected) == expected


@pytest.mark.parametrize("where", [distress(0), negation(distress(1)), conjunction(distress(0), negation(distress(1)))])
def test_what_is_given_of_one_unit_is_not_given_of_the_other(where: Expr) -> None:
    of = SYSTEMS["each unit keeps what the other prevents"]
    expected = enumerated(of, where)
    assert searched(of, expected, where) == expected


def test_they_show_something() -> None:
    assert [len(enumerated(of)) for of in SYSTEMS.values()] == [2, 0, 2]


FAR, CLOSE = at_least(SEPARATION, 2), at_most(SEPARATION, 1)
# In distress a unit owes both distances, and the one that it owes less is all that the other unit is at odds with.
TORN = (must("1", FAR, distress(0)), must("2", CLOSE, distress(0)), must("3", CLOSE, distress(1)))
ONE_YIELDS = [yields([clause("1")], [clause("2")])]


def test_what_yields_within_its_unit_takes_part_in_no_deadlock() -> None:
    assert compare_prevailing(system(*TORN, precedences=ONE_YIELDS, interchangeable=False)) == set()
    assert len(compare_prevailing(system(*TORN, interchangeable=False))) > 0


def test_what_yields_by_night_alone_takes_part_in_a_deadlock_by_day() -> None:
    first, _, third = TORN
    by_night = must("2", CLOSE, distress(0), NIGHT)
    assert len(compare_prevailing(system(first, by_night, third, precedences=ONE_YIELDS))) > 0


def test_advice_that_yields_within_its_unit_takes_part_in_no_deadlock() -> None:
    _, *owed = TORN
    advised = must("1", FAR, distress(0), strength=Strength.SHOULD)
    assert compare_prevailing(system(advised, *owed, precedences=ONE_YIELDS, interchangeable=False)) == set()


@pytest.mark.parametrize("stated", [(), ("place",)])
def test_whether_a_duty_yields_may_hang_on_what_the_other_unit_has_to_do(stated: tuple[str, ...]) -> None:
    """The first clause yields unless the other unit logs, which it must: so it binds, and the units are at odds."""
    of = system(
        must("1", FAR, negation(distress(0))),
        must("2", CLOSE, negation(distress(0)), unless=does("log", 1)),
        must("3", does("log", 0, *stated), distress(0)),
        must("4", does("log", 0, "course"), distress(0)),
        must("5", CLOSE, distress(0)),
        precedences=[yields([clause("1")], [clause("2")])],
    )
    found = compare_prevailing(of)
    assert any({norm.label for norm, _ in one} == {"1", "3", "5"} for one in found)
