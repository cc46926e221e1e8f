"""When what is owed on a matter is due, clause by clause, with the types of encounter in which it is owed."""

from __future__ import annotations

from cbm.core.expressions import TRUE, Formula, Or, disjunction, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Modality, Norm
from cbm.core.substitution import substitute
from cbm.coverage.regions import MatterTypes
from cbm.coverage.types.axes import Divider, literal, values_of
from cbm.coverage.types.boxes import boxes
from cbm.coverage_maps.named import box_words, packages_words
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.outcomes.coverage_map import Due
from cbm.source import Span
from cbm.translation.listing import in_brackets
from cbm.translation.saying import say
from cbm.wording.choice_words import boxes_words
from cbm.wording.clause_names import clause_name


def due_times(terrain: MatterTypes) -> tuple[Due, ...]:
    """Of every clause that asks for something by a time; in source order. Wordings that say the same are one."""
    field = terrain.field
    system, negotiation = field.about.system, Negotiation(field.about.system)
    found: dict[tuple[str, str, str, tuple[str, ...]], list[GroundNorm]] = {}
    for n in field.norms:
        times, types = _times(n.norm), terrain.clauses[n.norm.id]
        if times and types:
            told = sorted(boxes(field.axes, types, terrain.impossible), key=lambda box: -len(box.types))
            where = tuple(box_words(system, field.axes, box.sides) for box in told)
            name, when = clause_name(system, n.norm.id), _further(field.about, field.axes, n.norm)
            found.setdefault((name, times, when, where), []).append(n)
    return tuple(
        Due(
            str(alike[0].norm.id),
            name,
            times,
            when,
            where,
            len(terrain.clauses[alike[0].norm.id]),
            packages_words(negotiation, (box for n in alike for box in negotiation.boxes_of((n.norm,)))),
        )
        for (name, times, when, where), alike in found.items()
    )


def _further(about: Ground, axes: tuple[Divider, ...], norm: Norm) -> str:
    """The conditions of a duty, as written, on more than types are told by; not who bears it, and not its times."""
    told = {variable for axis in axes for variable in literal(axis, values_of(axis)[:1]).variables}
    further: dict[Span, str] = {}
    for guard in norm.guards:
        if guard.span is not None and not _is_within(guard.span, norm.content_span):
            condition = about.grounder.formula(guard.condition)
            if not told.issuperset(condition.variables):
                further[guard.span] = _as_taken(Negotiation(about.system), guard.words, condition)
    return " and ".join(filter(None, further.values()))


def _as_taken(negotiation: Negotiation, words: str, condition: Formula) -> str:
    """What stands there, with the packages in which it does, if others have it not; nothing where none has it."""
    left = substitute(condition, negotiation.settled)
    if left == TRUE:
        return ""
    parts = left.parts if isinstance(left, Or) else ()
    taken = [part for part in parts if negotiation.speaks_of_choices(part)]
    if not taken:
        return words
    packages = negotiation.boxes(negation(disjunction(*taken)))
    return words + in_brackets(say("if {condition}", condition=boxes_words(negotiation, packages)))


def _times(norm: Norm) -> str:
    """The windows of a duty as they are written; empty if it has none."""
    content = norm.content_span
    if norm.modality is not Modality.OBLIGATION or content is None:
        return ""
    windows = (guard for guard in norm.guards if guard.span is not None and _is_within(guard.span, content))
    return " ".join({guard.span: guard.words for guard in windows}.values())


def _is_within(span: Span, content: Span | None) -> bool:
    return content is not None and content.covers(span)
