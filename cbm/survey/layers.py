"""What is known of one matter to a layer of the map: cells of types that nothing tells apart, and gaps as boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import prod

from cbm.checks.clashing import clash_message, rule_of
from cbm.checks.wording import literal_words, role_words
from cbm.coverage_map import (
    Cell,
    Clash,
    Class,
    Force,
    Gap,
    Layer,
    Matter,
    Named,
    Origin,
    Promise,
    State,
)
from cbm.decide.axes import Divider, values_of
from cbm.decide.clashes import Clash as Found
from cbm.decide.grid import Types, as_bytes, classes, indices
from cbm.decide.inquiry import Inquiry
from cbm.decide.openings import Opening, openings
from cbm.decide.terrain import Field, Terrain
from cbm.semantics.core import KindSort, NormSystem, Variable
from cbm.semantics.matters import Matter as Asked
from cbm.semantics.matters import Settled, name_of
from cbm.survey.named import box_words, class_words
from cbm.survey.shares import share_along, share_of
from cbm.survey.witnesses import open_witness

# More cells than this are not listed one by one; gaps and numbers are told all the same.
CELLS = 20_000


def layer(inquiry: Inquiry, terrain: Terrain, promise: Promise) -> Layer:
    """The layer of one matter."""
    field, system = terrain.field, inquiry.system
    states = partition(terrain)
    groups = _alike(field.axes, classes(terrain.grid, [some.bits for some in _told_apart(terrain)]))
    bounded = ""
    cells: tuple[Cell, ...] = ()
    if (count := prod(map(len, groups))) <= CELLS:
        cells = tuple(_cells(inquiry, terrain, states, groups))
    else:
        bounded = f"{count:,} cells are told apart, which are not listed one by one"
    found = openings(terrain)
    if found.more:
        bounded = f"{bounded}; " if bounded else ""
        bounded += f"{len(found.more):,} more types of {system.situation.name} are open in part under other conditions"
    return replace(
        blank(field, promise),
        classes=tuple(
            tuple(Class(members, class_words(system, axis, members)) for members in rows)
            for axis, rows in zip(field.axes, groups, strict=True)
        ),
        cells=cells,
        tally={state: len(types) for state, types in states.items() if types},
        gaps=tuple(_gap(terrain, opening) for opening in found.found),
        bounded=bounded,
    )


def blank(field: Field, promise: Promise) -> Layer:
    """A layer of which nothing is known yet."""
    system = field.about.system
    kind = Matter.ACT if isinstance(field.matter, Settled) else Matter.TOPIC
    return Layer(kind, matter_named(system, field.matter), role_words(system, field.about.bearer), promise)


def matter_named(system: NormSystem, matter: Asked) -> Named:
    """A topic or an act with its titles."""
    name = name_of(matter)
    if isinstance(matter, Settled):
        return Named(name, system.acts[name].title, system.words.translations.get(f"act {name}", {}))
    return Named(name, system.words.topics.get(name, name), system.words.translations.get(f"topic {name}", {}))


Groups = tuple[tuple[tuple[int, ...], ...], ...]


def _alike(axes: Sequence[Divider], groups: Groups) -> Groups:
    """Axes with the same values get the same classes, so that they are told by the same words."""
    found: list[tuple[tuple[int, ...], ...]] = []
    for axis in axes:
        parts: dict[tuple[int, ...], list[int]] = {}
        for position in range(len(values_of(axis))):
            same = (rows for other, rows in zip(axes, groups, strict=True) if _same_values(axis, other))
            key = tuple(next(i for i, members in enumerate(rows) if position in members) for rows in same)
            parts.setdefault(key, []).append(position)
        found.append(tuple(map(tuple, parts.values())))
    return tuple(found)


def _same_values(one: Divider, other: Divider) -> bool:
    if one is other:
        return True
    kinds = (axis.sort for axis in (one, other) if isinstance(axis, Variable) and isinstance(axis.sort, KindSort))
    return len(known := list(kinds)) == 2 and known[0] == known[1]


def partition(terrain: Terrain) -> Mapping[State, Types]:
    """Each type under the first state that applies to it."""
    contradictory = terrain.grid.nothing
    for clashing in terrain.clashing:
        contradictory |= clashing.types
    left = terrain.grid.everything
    found: dict[State, Types] = {}
    governed = terrain.governed - terrain.open
    for state, types in (
        (State.IMPOSSIBLE, terrain.impossible),
        (State.OUTSIDE, terrain.real - terrain.spoken),
        (State.CONTRADICTORY, contradictory),
        (State.SILENT, terrain.silent),
        (State.PARTLY, terrain.partly),
        (State.NOTIFIED, governed - terrain.heeded),
        (State.GOVERNED, governed),
    ):
        found[state] = types & left
        left -= types
    return found


def _told_apart(terrain: Terrain) -> list[Types]:
    """Everything that may make a difference between two types."""
    sets = [terrain.real, terrain.spoken, terrain.open, terrain.governed, terrain.soft, terrain.firm, terrain.heeded]
    return [*sets, *terrain.clauses.values(), *(clashing.types for clashing in terrain.clashing)]


def _cells(
    inquiry: Inquiry, terrain: Terrain, states: Mapping[State, Types], groups: Sequence[Sequence[Sequence[int]]]
) -> list[Cell]:
    grid, system = terrain.grid, inquiry.system
    held = {id(s): as_bytes(grid, s.bits) for s in (*_told_apart(terrain), *states.values())}
    clashes = [(_clash(inquiry, clashing.clash), clashing.types) for clashing in terrain.clashing]
    found: list[Cell] = []
    numbers = indices(grid, [[members[0] for members in rows] for rows in groups])
    for place, index in zip(product(*(range(len(rows)) for rows in groups)), numbers, strict=True):

        def has(types: Types, index: int = index) -> bool:
            return bool(held[id(types)][index >> 3] >> (index & 7) & 1)

        clauses = [norm for norm, types in terrain.clauses.items() if has(types)]
        own = any(norm.document == system.subject for norm in clauses)
        other = any(norm.document != system.subject for norm in clauses)
        found.append(
            Cell(
                place,
                next(state for state, types in states.items() if has(types)),
                prod(len(rows[position]) for rows, position in zip(groups, place, strict=True)),
                _force(has(terrain.firm), has(terrain.soft)),
                Origin.BOTH if own and other else Origin.SUBJECT if own else Origin.OTHERS if other else None,
                tuple(map(str, clauses)),
                tuple(clash for clash, types in clashes if has(types)),
            )
        )
    return found


def _force(firm: bool, soft: bool) -> Force | None:
    if firm:
        return Force.MIXED if soft else Force.BINDING
    return Force.HORTATORY if soft else None


def _clash(inquiry: Inquiry, clash: Found) -> Clash:
    return Clash(rule_of(inquiry, clash), tuple(map(str, clash.norms)), clash_message(inquiry.system, clash))


def _gap(terrain: Terrain, opening: Opening) -> Gap:
    field, conditions = terrain.field, opening.conditions
    system, sides = field.about.system, opening.box.sides
    return Gap(
        tuple(tuple(values_of(axis).index(v) for v in side) for axis, side in zip(field.axes, sides, strict=True)),
        box_words(system, field.axes, sides, conditions),
        len(opening.types),
        tuple(literal_words(system, condition) for condition in conditions),
        share_of(conditions),
        share_along(field.axes, sides),
        open_witness(field.open, field.axes, opening.types.first, conditions),
    )
