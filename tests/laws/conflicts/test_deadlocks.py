"""Law: the deadlocks found are those of plain enumeration over everything that both units do."""

from __future__ import annotations

from itertools import combinations, product
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.conflicts.deadlocks import Deadlock, find_deadlocks
from cbm.core.norms import Norm, NormSystem
from cbm.core.variables import ResultValue
from cbm.evaluate import CompleteEpisode, binding, fulfilled
from tests.laws.episodes import Question, Side
from tests.laws.grid import asked, atoms, parts, said
from tests.laws.systems import systems
from tests.laws.tiny import NIGHT, SEPARATION, at_least, at_most, distress, does, must, must_not, result, system

# Systems with more episodes than this are left to the nightly laws about single bearers.
EPISODES = 20_000

Duty = tuple[str, int]
Duties = frozenset[Duty]


def enumerated(of: NormSystem) -> set[Duties]:
    """The smallest sets of duties, of several roles, that nothing both units do keeps together in some situation."""
    side = everything(of)
    owed = [(n, role) for role in (0, 1) for n in of.norms.values() if n.demands and (n.rotates or n.bearer == role)]
    kept = {(str(n.id), role): _kept(side, n, role) for n, role in owed}
    ways: dict[tuple[object, ...], set[Duties]] = {}
    for encounter in side.encounters:
        for conduct in encounter.conducts:
            world = side.world(conduct.choice)
            found = tuple(v for k, v in sorted(world.values.items(), key=str) if not isinstance(k, ResultValue))
            ways.setdefault(found, set()).add(frozenset(d for d, ask in kept.items() if ask(conduct.choice)))
    sets = {s for several in {frozenset(w) for w in ways.values()} for s in smallest(list(kept), several)}
    return {s for s in sets if len({role for _, role in s}) > 1}


def everything(of: NormSystem) -> Side:
    """All that both units find and do."""
    return Side(of, 0, said(of, 0) | said(of, 1), often=True)


def _kept(side: Side, norm: Norm, role: int) -> Question[bool]:
    of, view = side.system, role if norm.rotates else 0

    def answer(world: CompleteEpisode) -> bool:
        return fulfilled(norm, role, world, of) or not binding(norm.id, role, world, of)

    return side.question(answer, parts((*asked(norm.id, role, of), *atoms(norm.content, view, of))))


def smallest(duties: list[Duty], ways: frozenset[Duties]) -> list[Duties]:
    found: list[Duties] = []
    for size in range(1, len(duties) + 1):
        for some in map(frozenset, combinations(duties, size)):
            if not any(s <= some for s in found) and not any(some <= way for way in ways):
                found.append(some)
    return found


def searched(of: NormSystem, expected: set[Duties]) -> set[Duties]:
    """What the search finds, with the changes of places it leaves out, and those told with a set that are expected."""
    deadlocks, given_up = find_deadlocks(of)
    assert given_up == ()
    first = [frozenset((str(d.norm.norm.id), d.role) for d in deadlock.duties) for deadlock in deadlocks]
    told = [_choices(deadlock) for deadlock in deadlocks]
    assert sum(map(len, told)) == len(set().union(*told))
    found = set(first) | (set().union(*told) & expected)
    turned = {frozenset((n, 1 - role) for n, role in s) for s in found} if of.situation.interchangeable else set()
    return found | turned


def _choices(deadlock: Deadlock) -> set[Duties]:
    classes = deadlock.classes or tuple((duty,) for duty in deadlock.duties)
    return {frozenset((str(d.norm.norm.id), d.role) for d in choice) for choice in product(*classes)}


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


def test_they_show_something() -> None:
    assert [len(enumerated(of)) for of in SYSTEMS.values()] == [2, 0, 2]
