"""What is known of one matter to a layer of the map: cells of types that nothing tells apart, and gaps as boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from cbm.core.expressions import FALSE, negation
from cbm.core.matters import Matter as Asked
from cbm.core.matters import Settled, name_of
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.substitution import parts_of
from cbm.coverage.gaps import GapBox, gaps
from cbm.coverage.governance import CoverageUndecided
from cbm.coverage.regions import ClashTypes, MatterTypes, PromisedMatter, union
from cbm.coverage.seams import at_seams
from cbm.coverage.types.axes import Divider, all_values, members_of, values_of
from cbm.coverage.types.grid import Types, as_bytes, classes, indices
from cbm.coverage_maps.due_times import due_times
from cbm.coverage_maps.named import box_words, class_words, positions_of
from cbm.coverage_maps.shares import said_in, share_along, share_of
from cbm.coverage_maps.witnesses import OpenWitnesses
from cbm.inquiry import Inquiry
from cbm.outcomes.coverage_map import Cell, Class, Force, Gap, GovernedBy, Hinge, Layer, Matter, Promise, State
from cbm.outcomes.map_parts import Clash, Named
from cbm.records import replace
from cbm.search.open_readings import ReadingCubes
from cbm.smt.solve import Unknown
from cbm.translation.saying import mark, say
from cbm.wording.condition_words import literal_words
from cbm.wording.findings.clashes.clash_rules import rule_of
from cbm.wording.findings.clashes.opposed_clauses import clash_message
from cbm.wording.findings.stays_open.left_open import reserve_words
from cbm.wording.phrases import role_words
from cbm.wording.reading_words import cubes_words
from cbm.wording.situation_words import situation_words

# More cells than this are not listed one by one; gaps and numbers are told all the same.
CELLS = 20_000
# So many gaps are shown with an example; the largest come first.
SHOWN = 100


def layer(inquiry: Inquiry, terrain: MatterTypes, promise: Promise) -> Layer:
    """The layer of one matter."""
    field, system = terrain.field, inquiry.system
    states = partition(terrain)
    groups = _alike(field.axes, classes(terrain.grid, [some.bits for some in _told_apart(terrain)]))
    bounded: list[str] = []
    cells: tuple[Cell, ...] = ()
    if (count := prod(map(len, groups))) <= CELLS:
        cells = tuple(_cells(inquiry, terrain, states, groups))
    else:
        bounded.append(say("{count:,} cells are told apart, which are not listed one by one", count=count))
    boxes, more = _boxes(terrain)
    if more:
        words = mark("{types:,} more types of {situation} are open in part under other conditions")
        bounded.append(say(words, types=len(more), situation=situation_words(system)))
    witnesses = OpenWitnesses(field.axes)
    return replace(
        blank(field, promise),
        classes=tuple(
            tuple(Class(all_of, class_words(system, axis, all_of)) for all_of in _all_positions(axis, rows))
            for axis, rows in zip(field.axes, groups, strict=True)
        ),
        cells=cells,
        tally={state: len(types) for state, types in states.items() if types},
        gaps=tuple(
            _gap(terrain, box, seam, witnesses if number < SHOWN else None) for number, (box, seam) in enumerate(boxes)
        ),
        due=due_times(terrain),
        bounded=say("; ").join(bounded),
        hinges=frozenset().union(
            *(_hinges(system, on) for _, on in terrain.depending),
            *(_hinges(system, clashing.on) for clashing in terrain.clashing),
        ),
    )


def blank(field: PromisedMatter, promise: Promise) -> Layer:
    """A layer of which nothing is known yet."""
    system = field.about.system
    kind = Matter.ACT if isinstance(field.matter, Settled) else Matter.TOPIC
    return Layer(kind, matter_named(system, field.matter), role_words(system, field.about.bearer), promise)


def matter_named(system: NormSystem, matter: Asked) -> Named:
    """A topic or an act with its titles."""
    name = name_of(matter)
    if isinstance(matter, Settled):
        return Named(name, system.acts[name].title, system.words.translations.get(("act", name), {}))
    return Named(name, system.words.topics.get(name, name), system.words.translations.get(("topic", name), {}))


# For each axis the classes of positions among the values that count apart.
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
    return one is other or (
        type(one) is type(other) and (values_of(one), all_values(one)) == (values_of(other), all_values(other))
    )


def _all_positions(axis: Divider, rows: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """Classes by position among all values, also of those that count as one."""
    names = values_of(axis)
    return [members_of(axis, [names[p] for p in row]) for row in rows]


def partition(terrain: MatterTypes) -> Mapping[State, Types]:
    """Each type under the first state that applies to it."""
    grid = terrain.grid
    on_some = [*(types for types, _ in terrain.depending), *(c.types for c in terrain.clashing if not c.always)]
    left, found = grid.everything, dict[State, Types]()
    for state, types in (
        (State.IMPOSSIBLE, terrain.impossible),
        (State.OUTSIDE, terrain.real - terrain.spoken),
        (State.CONTRADICTORY, union(grid, (c.types for c in terrain.clashing if c.always))),
        (State.UNDECIDED, terrain.doubtful),
        (State.DEPENDING, union(grid, on_some)),
        (State.SILENT, terrain.silent),
        (State.PARTLY, terrain.partly),
        (State.RESERVED, terrain.spoken - terrain.owed),
        (State.EXCEPTED, terrain.excepted),
        (State.SWAYED, terrain.swayed),
        (State.PARTLY_RESERVED, terrain.left_open),
        (State.NOTIFIED, terrain.governed - terrain.heeded),
        (State.GOVERNED, terrain.governed),
    ):
        found[state] = types & left
        left -= types
    assert not left, "what is promised is open, reserved or governed"
    return found


def _told_apart(terrain: MatterTypes) -> list[Types]:
    """Everything that may make a difference between two types."""
    return [
        *(
            terrain.real,
            terrain.spoken,
            terrain.owed,
            terrain.open,
            terrain.doubtful,
            terrain.governed,
            terrain.excepted,
        ),
        *(terrain.swayed, terrain.soft, terrain.firm, terrain.heeded),
        *terrain.clauses.values(),
        *(clashing.types for clashing in terrain.clashing),
        *(reserved.types for reserved in terrain.reserved),
        *(types for types, _ in terrain.depending),
    ]


@dataclass(frozen=True, slots=True)
class _Held:
    """What can be said of cells, each in words, with the types of which it is so, looked up type by type."""

    bits: Mapping[int, bytes]

    def of(self, types: Types, index: int) -> bool:
        return bool(self.bits[id(types)][index >> 3] >> (index & 7) & 1)


def _cells(inquiry: Inquiry, terrain: MatterTypes, states: Mapping[State, Types], groups: Groups) -> list[Cell]:
    grid, system, axes = terrain.grid, inquiry.system, terrain.field.axes
    told_apart = _told_apart(terrain)
    held = _Held({id(s): as_bytes(grid, s.bits) for s in (*told_apart, *states.values())})
    clashes = [(_clash(inquiry, clashing), clashing.types) for clashing in terrain.clashing]
    reserves = [(reserve_words(reserved.reserve, system.as_of), reserved.types) for reserved in terrain.reserved]
    readings = [(_open_if(system, on), types) for types, on in terrain.depending]
    sizes = [[len(row) for row in _all_positions(*pair)] for pair in zip(axes, groups, strict=True)]
    found: list[Cell] = []
    numbers = indices(grid, [[members[0] for members in rows] for rows in groups])
    for place, index in zip(product(*(range(len(rows)) for rows in groups)), numbers, strict=True):
        clauses = [norm for norm, types in terrain.clauses.items() if held.of(types, index)]
        here = tuple(clash for clash, types in clashes if held.of(types, index))
        found.append(
            Cell(
                place=place,
                state=next(state for state, types in states.items() if held.of(types, index)),
                types=prod(several[position] for several, position in zip(sizes, place, strict=True)),
                force=_force(held.of(terrain.firm, index), held.of(terrain.soft, index)),
                origin=_origin({norm.document == system.subject for norm in clauses}),
                clauses=tuple(map(str, clauses)),
                clashes=here,
                reserves=tuple(words for words, types in reserves if held.of(types, index)),
                readings=(
                    *(words for words, types in readings if held.of(types, index)),
                    *(_clash_if(clash) for clash in here if clash.reading),
                ),
            )
        )
    return found


def _force(firm: bool, soft: bool) -> Force | None:
    if firm:
        return Force.MIXED if soft else Force.BINDING
    return Force.HORTATORY if soft else None


def _origin(own: set[bool]) -> GovernedBy | None:
    """Whether what governs is the text's own, by which of the two occurs."""
    if len(own) == 1:
        return GovernedBy.SUBJECT if True in own else GovernedBy.OTHERS
    return GovernedBy.BOTH if own else None


def _clash(inquiry: Inquiry, clashing: ClashTypes) -> Clash:
    system, clash, on = inquiry.system, clashing.clash, clashing.on
    reading = "" if on is None or on.every else cubes_words(system, on.cubes)
    return Clash(rule_of(inquiry, clash), tuple(map(str, clash.norms)), clash_message(system, clash), reading)


def _clash_if(clash: Clash) -> str:
    return say("{words} if {condition}", words=clash.words, condition=clash.reading)


def _hinges(system: NormSystem, on: ReadingCubes | None) -> frozenset[Hinge]:
    """What it turns on whether something is so."""
    if on is None or on.every:
        return frozenset()
    negotiation = Negotiation(system)
    spoken_of = (variable for cube in on.cubes for literal in cube for variable in literal.variables)
    return frozenset(Hinge.PACKAGE if negotiation.is_choice(one) else Hinge.READING for one in spoken_of)


def _open_if(system: NormSystem, on: ReadingCubes) -> str:
    return say("nothing governs it if {condition}", condition=cubes_words(system, on.cubes))


def _boxes(terrain: MatterTypes) -> tuple[list[tuple[GapBox, bool]], Types]:
    """The boxes of each promise, with whether they lie at a seam, and what is left of types to be told in boxes."""
    field, axes = terrain.field, terrain.field.axes
    at_seam = at_seams(field.about, field.matter)
    found: dict[tuple[object, ...], tuple[GapBox, bool]] = {}
    more = terrain.grid.nothing
    for seam, where in ((False, negation(at_seam)), (True, at_seam)):
        for region in field.broken if where != FALSE else ():
            searched = gaps(region.within(where), axes, terrain.real)
            if searched.given_up is not None:
                raise CoverageUndecided(searched.given_up.reason)
            more |= searched.more
            for box in searched.found:
                if not isinstance(box.on, Unknown):  # these types are told as undecided
                    found.setdefault((box.sides, box.conditions, box.on), (box, seam))
    return list(found.values()), more


def _gap(terrain: MatterTypes, box: GapBox, seam: bool, shown: OpenWitnesses | None) -> Gap:
    axes, conditions, system = terrain.field.axes, box.conditions, terrain.field.about.system
    on = box.on if isinstance(box.on, ReadingCubes) and not box.on.every else None
    known = said_in(terrain.field.about.possible, conditions, axes, box.sides) if on is None else None
    return Gap(
        sides=positions_of(axes, box.sides),
        words=box_words(system, axes, box.sides, conditions),
        types=box.types,
        conditions=tuple(literal_words(system, condition) for condition in conditions),
        reading="" if on is None else cubes_words(system, on.cubes),
        hinges=_hinges(system, on),
        share=None if known is None else share_of(conditions, (*parts_of(terrain.field.promised), *known)),
        along=share_along(axes, box.sides),
        witness=None if shown is None else shown.of(box.region, box.first, conditions),
        seam=seam,
    )
