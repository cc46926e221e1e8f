"""When what is owed on a matter is due, clause by clause, with the types of encounter in which it is owed."""

from __future__ import annotations

from cbm.core.norms import Modality, Norm
from cbm.coverage.regions import MatterTypes
from cbm.coverage.types.boxes import boxes
from cbm.coverage_map import Due
from cbm.survey.named import box_words
from cbm.wording.clause_names import clause_name


def due_times(terrain: MatterTypes) -> tuple[Due, ...]:
    """Of every clause that asks for something by a time; in source order."""
    field = terrain.field
    system = field.about.system
    found: list[Due] = []
    for n in field.norms:
        times, types = _times(n.norm), terrain.clauses[n.norm.id]
        if times and types:
            told = sorted(boxes(field.axes, types, terrain.impossible), key=lambda box: -len(box.types))
            where = tuple(box_words(system, field.axes, box.sides) for box in told)
            found.append(Due(str(n.norm.id), clause_name(system, n.norm.id), times, where, len(types)))
    return tuple(found)


def _times(norm: Norm) -> str:
    """The windows of a duty as they are written; empty if it has none."""
    content = norm.content_span
    if norm.modality is not Modality.OBLIGATION or content is None:
        return ""
    spans = dict.fromkeys(guard.span for guard in norm.guards if guard.span is not None)
    windows = [s for s in spans if s.source == content.source and content.start <= s.start and s.end <= content.end]
    return " ".join(" ".join(span.text.split()) for span in windows)
