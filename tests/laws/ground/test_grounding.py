"""Law: the ground formulas, and their encoding, say of every episode what the evaluator says of it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import Formula
from cbm.core.norms import NormSystem
from cbm.core.substitution import variables
from cbm.core.variables import ActInstance, Origin, Variable
from cbm.evaluate.complete_episode import CompleteEpisode, Value
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.parties_bound import owed
from cbm.evaluate.possible_episodes import possible
from cbm.evaluate.what_binds import binding, live
from cbm.ground.grounding import ground, with_edges_of
from cbm.records import replace
from cbm.search.exists_forall import fix
from cbm.search.implicants import true_at
from cbm.smt.solve import Sat, Solver
from tests.laws.sparing import sparingly
from tests.laws.systems import systems, worlds


@st.composite
def readings(draw: st.DrawFn) -> tuple[NormSystem, CompleteEpisode]:
    system = draw(systems(interchangeable=draw(st.booleans())))
    if draw(st.booleans()):  # displacing either bearer is rare in the systems drawn
        edges = tuple(replace(edge, both=True) for edge in system.displacements)
        system = replace(system, displacements=edges)
    return system, draw(worlds(system))


@st.composite
def readings_of_headers(draw: st.DrawFn) -> tuple[NormSystem, CompleteEpisode]:
    system = draw(binding_some(draw(systems(interchangeable=draw(st.booleans()), needs=("party",)))))
    return system, draw(worlds(system))


@st.composite
def binding_some(draw: st.DrawFn, system: NormSystem) -> NormSystem:
    """The same texts, some of which bind some of their parties whomever they meet, or towards all."""
    party = st.frozensets(st.sampled_from(system.situation.parties), min_size=1)
    texts = {}
    for name, text in system.texts.items():
        parties = draw(st.none() | party)
        bound = frozenset() if parties is None else draw(st.frozensets(st.sampled_from(sorted(parties)), min_size=1))
        texts[name] = replace(text, parties=parties, binding=bound, towards_all=bool(bound) and draw(st.booleans()))
    towards: st.SearchStrategy[tuple[int, ...]] = st.sampled_from(((), (1,)))
    norms = {n: replace(norm, towards=draw(towards)) for n, norm in system.norms.items()}
    return replace(system, texts=texts, norms=norms)


def point_of(world: CompleteEpisode, formulas: list[Formula]) -> dict[Variable, Value]:
    """The values of ground variables in an episode; each doing takes the next free copy of its act."""
    point: dict[Variable, Value] = {}
    mentioned = list(dict.fromkeys(v for f in formulas for v in variables(f)))
    for variable in mentioned:
        point[variable] = False if variable.origin is Origin.DOING else world.values[variable]
    for doing in sorted(world.doings, key=lambda d: (d.act, d.role, sorted(map(str, d.states)))):
        free = [one for one in instances(doing.act, doing.role) if point.get(one.performed) is False]
        if free:
            point[free[0].performed] = True
            point |= {free[0].states(item): True for item in doing.states if free[0].states(item) in point}
    return point


def instances(act: str, role: int) -> list[ActInstance]:
    return [ActInstance(act, role, number) for number in (None, *range(1, 9))]


def agrees(formula: Formula, point: dict[Variable, Value], expected: bool, solver: Solver) -> bool:
    asked = isinstance(solver.ask(*(fix(v, x) for v, x in point.items()), formula), Sat)
    return true_at(formula, point) == expected == asked


def within_copies(world: CompleteEpisode, system: NormSystem, bearer: int) -> bool:
    """Whether the episode has no more doings of an act than the ground formulas have room for."""
    formulas = formulas_of(system, bearer)
    room = point_of(CompleteEpisode(world.values), formulas)
    for act in {d.act for d in world.doings}:
        for role in {d.role for d in world.doings}:
            copies = sum(one.performed in room for one in instances(act, role))
            if copies and copies < sum(d.act == act and d.role == role for d in world.doings):
                return False
    return True


def formulas_of(system: NormSystem, bearer: int) -> list[Formula]:
    about = ground(system, bearer)
    return [*about.possible, *about.feasible, *(f for n in about.norms for f in (n.live, n.binds, n.fulfilled, n.owed))]


@given(readings(), st.integers(0, 1))
def test_ground_formulas_say_what_the_evaluator_says(reading: tuple[NormSystem, CompleteEpisode], bearer: int) -> None:
    _agree(*reading, bearer)


@given(systems(interchangeable=False), st.integers(0, 1), st.data())
@sparingly(2)
def test_other_edges_change_what_they_would_have_changed_from_the_start(
    system: NormSystem, bearer: int, data: st.DataObject
) -> None:
    left = tuple(edge for edge in system.displacements if data.draw(st.booleans()))
    other = replace(system, displacements=left)
    assert with_edges_of(ground(system, bearer), other) == ground(other, bearer)
    assert with_edges_of(ground(other, bearer), system) == ground(system, bearer)


@given(readings_of_headers(), st.integers(0, 1))
def test_headers_bind_whom_the_evaluator_says(reading: tuple[NormSystem, CompleteEpisode], bearer: int) -> None:
    _agree(*reading, bearer)


def _agree(system: NormSystem, world: CompleteEpisode, bearer: int) -> None:
    if not within_copies(world, system, bearer):
        return
    about = ground(system, bearer)
    formulas = formulas_of(system, bearer)
    point = point_of(world, formulas)
    solver = Solver(system.situation.roles)
    for n in about.norms:
        pairs: list[tuple[Any, bool]] = [
            (n.live, live(n.norm, bearer, world, system)),
            (n.binds, binding(n.norm.id, bearer, world, system)),
            (n.fulfilled, fulfilled(n.norm, bearer, world, system)),
            (n.owed, owed(n.norm, bearer, world, system)),
        ]
        for formula, expected in pairs:
            assert agrees(formula, point, expected, solver), (n.norm.id, formula)
    axioms = [*about.possible, *about.feasible]
    assert all(true_at(a, point) for a in axioms) or not possible(world, system)
