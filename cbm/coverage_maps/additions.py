"""What the text under check adds to those in force: types governed throughout, not without it or not by it alone."""

from __future__ import annotations

from cbm.core.dependence.norm_edges import asked
from cbm.core.norms import NormSystem
from cbm.core.written import written
from cbm.coverage.governance import SituationRegion, decided, governing, types_of, uncovered
from cbm.coverage.regions import MatterTypes
from cbm.coverage.types.boxes import boxes
from cbm.coverage.types.grid import Types
from cbm.coverage_maps.named import box_words, positions_of
from cbm.ground.grounding import ground
from cbm.inquiry import Inquiry, inquire
from cbm.outcomes.coverage_map import Addition, Additions
from cbm.records import replace


def others_alone(system: NormSystem) -> Inquiry | None:
    """The inquiry without the text under check; None where there are no others, or what they say asks what it binds."""
    if len(system.texts) == 1:
        return None
    own = {norm for norm in system.norms if norm.document == system.subject}
    precedences = (replace(p, yielding=p.yielding - own, prevailing=p.prevailing - own) for p in system.precedences)
    rest = replace(
        system,
        norms={key: norm for key, norm in system.norms.items() if key not in own},
        axioms=tuple(axiom for axiom in system.axioms if axiom.document != system.subject),
        displacements=tuple(edge for edge in system.displacements if own.isdisjoint((edge.by, edge.of))),
        precedences=tuple(p for p in precedences if p.yielding and p.prevailing),
        cases=(),
    )
    leans = any(not own.isdisjoint(asked(expression)) for expression in written(rest))
    return None if leans else inquire(rest)


def additions(terrain: MatterTypes, others: Inquiry) -> Additions:
    """Undecided where a question was given up."""
    field = terrain.field
    bearer = field.about.bearer
    # Where none of the others speaks to this bearer, none of them governs anything.
    about = next((g for g in others.strict if g.bearer == bearer), None) or ground(others.system, bearer)
    without = _open(uncovered(about, field.owed, governing(about, field.matter)), terrain)
    own = [n for n in field.norms if n.norm.id.document == field.about.system.subject]
    by_itself = _open(uncovered(field.about, field.owed, own), terrain)
    return Additions(
        _told(terrain, without & terrain.covered),
        _told(terrain, by_itself & terrain.covered),
        len(terrain.owed - without),
    )


def _open(region: SituationRegion, terrain: MatterTypes) -> Types:
    return decided(types_of(region, terrain.field.axes, terrain.owed)) & terrain.owed


def _told(terrain: MatterTypes, types: Types) -> tuple[Addition, ...]:
    axes = terrain.field.axes
    return tuple(
        Addition(positions_of(axes, box.sides), box_words(terrain.field.about.system, axes, box.sides), len(box.types))
        for box in sorted(boxes(axes, types, terrain.impossible), key=lambda box: -len(box.types))
    )
