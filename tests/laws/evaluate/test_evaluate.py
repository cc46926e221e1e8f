"""Laws of the reference semantics alone: what must not change its answers, and a second way to *binding*."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import And, Binds, Does, Expr, NormId, Not, Or, Truth
from cbm.core.norms import Guard, Norm, NormSystem
from cbm.core.roles import rotate
from cbm.core.viewpoints import with_roles
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.possible_episodes import possible
from cbm.evaluate.what_binds import applicable, binding, holds, live
from cbm.records import replace
from cbm.syntax.ast import DocumentKind
from tests.fields import changed_throughout, field_names
from tests.laws.systems import systems, worlds

ROLES = (0, 1)
Table = Mapping[tuple[NormId, int], bool]
"""Whether each norm binds each role."""


@st.composite
def readings(draw: st.DrawFn) -> tuple[NormSystem, CompleteEpisode]:
    """A system, its roles interchangeable or fixed, and an episode to read it in."""
    system = draw(systems(interchangeable=draw(st.booleans())))
    return system, draw(worlds(system))


def bound(system: NormSystem, world: CompleteEpisode) -> Table:
    return {(norm, role): binding(norm, role, world, system) for norm in system.norms for role in ROLES}


# ---- a second way to *binding*


def standing(system: NormSystem, world: CompleteEpisode, guess: bool) -> Table:
    """Whether each norm binds each role, settled in rounds from a guess.

    In each round the norms that a condition or an edge asks about stand as the round before left them. Nothing
    depends on itself, so each round settles one more layer and as many rounds as norms settle all.
    """
    table: Table = {(norm, role): guess for norm in system.norms for role in ROLES}
    for _ in system.norms:
        table = {(norm, role): _stands(system.norms[norm], role, table, system, world) for norm, role in table}
    return table


def _stands(norm: Norm, role: int, table: Table, system: NormSystem, world: CompleteEpisode) -> bool:
    if not norm.rotates and role != norm.bearer:
        return False
    text, day = system.texts[norm.id.document], system.as_of
    if text.kind is DocumentKind.INSTRUMENT and day is not None:
        begun = text.in_force or text.adopted
        if (begun and begun > day) or (text.until and text.until <= day):
            return False
    units = {value for variable, value in world.values.items() if system.situation.tells_party(variable)}
    if text.parties is not None and units - text.parties:
        return False
    for edge in system.displacements:
        if edge.of == norm.id and (table[edge.by, role] or (edge.both and table[edge.by, 1 - role])):
            return False
    step = role if norm.rotates else 0

    def said(guard: Guard) -> bool:
        return holds(_settled(rotate(guard.condition, step, len(ROLES)), table), world, system)

    return not any(not said(guard) for guard in norm.guards) and not any(map(said, norm.exceptions))


def _settled(expression: Expr, table: Table) -> Expr:
    """The expression with each question about being bound answered from the table; roles are absolute."""
    match expression:
        case Binds(norm, role):
            return Truth(table[norm, role])
        case Not(operand):
            return Not(_settled(operand, table))
        case And(parts):
            return And(tuple(_settled(part, table) for part in parts))
        case Or(parts):
            return Or(tuple(_settled(part, table) for part in parts))
        case Does(act, role, manner):
            return Does(act, role, _settled(manner, table))
        case _:
            return expression


@given(st.data(), st.booleans())
def test_binding_settles_in_rounds_from_any_guess(data: st.DataObject, guess: bool) -> None:
    """Looked at in several episodes of each system, since most edges act in few of them."""
    system, _ = data.draw(readings())
    for _ in range(6):
        world = data.draw(worlds(system))
        assert bound(system, world) == standing(system, world, guess)


# ---- the layers of a norm


@given(readings())
def test_binding_is_live_and_live_is_applicable(reading: tuple[NormSystem, CompleteEpisode]) -> None:
    system, world = reading
    for norm in system.norms.values():
        for role in ROLES:
            layers = (
                binding(norm.id, role, world, system),
                live(norm, role, world, system),
                applicable(norm, role, world, system),
            )
            assert sorted(layers) == list(layers)


@given(readings())
def test_without_edges_what_is_live_binds(reading: tuple[NormSystem, CompleteEpisode]) -> None:
    system, world = replace(reading[0], displacements=()), reading[1]
    for norm in system.norms.values():
        for role in ROLES:
            assert binding(norm.id, role, world, system) == live(norm, role, world, system)


# ---- the side it is read from


@given(readings())
def test_reading_from_a_role_is_reading_what_is_turned_to_it(reading: tuple[NormSystem, CompleteEpisode]) -> None:
    system, world = reading
    for expression in said(system):
        for role in ROLES:
            turned = rotate(expression, role, len(ROLES))
            assert holds(expression, world, system, role) == holds(turned, world, system)


@given(systems().flatmap(lambda system: st.tuples(st.just(system), worlds(system))))
def test_units_that_change_places_change_duties(reading: tuple[NormSystem, CompleteEpisode]) -> None:
    system, world = reading
    mirrored = CompleteEpisode(
        {with_roles(v, lambda role: 1 - role): value for v, value in world.values.items()},
        frozenset(replace(doing, role=1 - doing.role) for doing in world.doings),
    )
    assert possible(world, system) == possible(mirrored, system)
    for norm in system.norms.values():
        for role in ROLES:
            assert binding(norm.id, role, world, system) == binding(norm.id, 1 - role, mirrored, system)
            assert fulfilled(norm, role, world, system) == fulfilled(norm, 1 - role, mirrored, system)


# ---- names and order


@given(readings())
def test_other_names_change_nothing(reading: tuple[NormSystem, CompleteEpisode]) -> None:
    system, world = reading
    other, there = _renamed(system), _renamed(world)
    assert possible(world, system) == possible(there, other)
    assert {(_renamed(norm), role): binds for (norm, role), binds in bound(system, world).items()} == bound(
        other, there
    )
    for norm in system.norms.values():
        for role in ROLES:
            assert fulfilled(norm, role, world, system) == fulfilled(_renamed(norm), role, there, other)


@given(readings())
def test_another_order_changes_nothing(reading: tuple[NormSystem, CompleteEpisode]) -> None:
    system, world = reading
    other = replace(
        system,
        norms={key: _reversed(norm) for key, norm in list(system.norms.items())[::-1]},
        displacements=system.displacements[::-1],
        axioms=system.axioms[::-1],
    )
    assert bound(system, world) == bound(other, world)
    assert possible(world, system) == possible(world, other)
    for before, after in zip(system.norms.values(), list(other.norms.values())[::-1], strict=True):
        assert all(fulfilled(before, r, world, system) == fulfilled(after, r, world, other) for r in ROLES)


# ---- tools of these laws


def said(system: NormSystem) -> Iterator[Expr]:
    """Every expression in the system."""
    for norm in system.norms.values():
        yield norm.content
        yield from (guard.condition for guard in (*norm.guards, *norm.exceptions))
    yield from (axiom.condition for axiom in system.axioms)
    yield from (promise.condition for promise in system.coverage)


def _renamed(thing: Any) -> Any:
    """The same thing with every name spelt backwards and marked, whatever it is the name of."""
    if isinstance(thing, Enum):
        return thing
    if isinstance(thing, str):
        return f"{thing[::-1]}'"
    if isinstance(thing, tuple | frozenset):
        return type(thing)(map(_renamed, thing))
    if isinstance(thing, Mapping):
        return {_renamed(key): _renamed(value) for key, value in thing.items()}
    if field_names(thing):
        return changed_throughout(thing, _renamed)
    return thing


def _reversed(norm: Norm) -> Norm:
    """The norm with what it says in the opposite order."""

    def turned(guards: tuple[Guard, ...]) -> tuple[Guard, ...]:
        return tuple(replace(guard, condition=_backwards(guard.condition)) for guard in reversed(guards))

    content = _backwards(norm.content)
    return replace(norm, guards=turned(norm.guards), exceptions=turned(norm.exceptions), content=content)


def _backwards(expression: Expr) -> Expr:
    match expression:
        case And(parts):
            return And(tuple(map(_backwards, reversed(parts))))
        case Or(parts):
            return Or(tuple(map(_backwards, reversed(parts))))
        case Not(operand):
            return Not(_backwards(operand))
        case _:
            return expression
