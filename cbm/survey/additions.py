"""What the text under check adds to those in force: types governed by it alone, and those it leaves to the others."""

from __future__ import annotations

from dataclasses import replace

from cbm.coverage_map import Addition, Additions
from cbm.decide.axes import Divider, values_of
from cbm.decide.boxes import boxes
from cbm.decide.coverage import governing, types_of, uncovered
from cbm.decide.grid import Types
from cbm.decide.inquiry import Inquiry, inquire
from cbm.decide.terrain import Terrain, decided
from cbm.semantics.core import NormSystem
from cbm.semantics.cycles import asked
from cbm.survey.named import box_words


def others_alone(system: NormSystem) -> Inquiry | None:
    """The inquiry without the text under check; None where there are no others, or its promises ask what it binds."""
    subject = system.subject
    own = {norm for norm in system.norms if norm.document == subject}
    leans = any(not own.isdisjoint(asked(promise.condition)) for promise in system.coverage)
    if len(system.texts) == 1 or leans:
        return None
    precedences = (replace(p, yielding=p.yielding - own, prevailing=p.prevailing - own) for p in system.precedences)
    return inquire(
        replace(
            system,
            norms={key: norm for key, norm in system.norms.items() if key not in own},
            axioms=tuple(axiom for axiom in system.axioms if axiom.document != subject),
            displacements=tuple(edge for edge in system.displacements if own.isdisjoint((edge.by, edge.of))),
            precedences=tuple(p for p in precedences if p.yielding and p.prevailing),
            cases=(),
        )
    )


def additions(terrain: Terrain, others: Inquiry) -> Additions:
    """Undecided where a question was given up."""
    field = terrain.field
    about = next(ground for ground in others.strict if ground.bearer == field.about.bearer)
    without = decided(
        types_of(uncovered(about, field.promised, governing(about, field.matter)), field.axes, terrain.spoken)
    )
    own = [n for n in field.norms if n.norm.id.document == field.about.system.subject]
    by_itself = decided(types_of(uncovered(field.about, field.promised, own), field.axes, terrain.spoken))
    governed = terrain.spoken - terrain.open
    return Additions(
        _told(terrain, without & governed),
        _told(terrain, by_itself & governed),
        len(terrain.spoken - without),
    )


def _told(terrain: Terrain, types: Types) -> tuple[Addition, ...]:
    axes = terrain.field.axes
    return tuple(
        Addition(positions(axes, box.sides), box_words(terrain.field.about.system, axes, box.sides), len(box.types))
        for box in sorted(boxes(axes, types, terrain.impossible), key=lambda box: -len(box.types))
    )


def positions(axes: tuple[Divider, ...], sides: tuple[tuple[str, ...], ...]) -> tuple[tuple[int, ...], ...]:
    """A box by the positions of its values."""
    return tuple(tuple(values_of(axis).index(v) for v in side) for axis, side in zip(axes, sides, strict=True))
