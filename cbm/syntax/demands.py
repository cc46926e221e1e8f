"""What is asked of a bearer: from modal, items and `stating` to demands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from cbm.source import Span
from cbm.syntax.ast import (
    ActItem,
    Comparison,
    Connective,
    Demand,
    Item,
    KeepItem,
    Modality,
    Name,
    Range,
    Strength,
)
from cbm.syntax.marks import Otherwise, Part, Stating
from cbm.syntax.mistake import mistaken
from cbm.syntax.words import Names, Word

_MODALS: Mapping[str, tuple[Modality, Strength]] = {
    "must": (Modality.OBLIGATION, Strength.MUST),
    "shall": (Modality.OBLIGATION, Strength.MUST),
    "should": (Modality.OBLIGATION, Strength.SHOULD),
    "must not": (Modality.PROHIBITION, Strength.MUST),
    "shall not": (Modality.PROHIBITION, Strength.MUST),
    "should not": (Modality.PROHIBITION, Strength.SHOULD),
    "may": (Modality.PERMISSION, Strength.MUST),
    "need not": (Modality.EXEMPTION, Strength.MUST),
}


def with_content(parts: Iterable[Demand | Part[object]]) -> tuple[Demand, ...]:
    """The demands of a statement in order, each with what it asks to be stated.

    `stating` belongs to the demand before it, whatever stands between.
    """
    demands: list[Demand] = []
    directly_before = False
    for part in parts:
        if isinstance(part, Demand):
            demands.append(part)
        elif isinstance(part, Otherwise):
            demands.extend(part.values)
        elif isinstance(part, Stating):
            last = demands[-1]
            place = last.span.to(part.span) if directly_before else last.span
            demands[-1] = replace(last, stating=(*last.stating, *part.values), span=place)
        directly_before = isinstance(part, Demand | Otherwise) or (directly_before and isinstance(part, Stating))
    return tuple(demands)


def _demand(span: Span, modal: Word, first: Item, *rest: Item | Word) -> Demand:
    modality, strength = _MODALS[modal.text]
    ors = [part for part in rest if isinstance(part, Word)]
    items = (first, *(part for part in rest if not isinstance(part, Word)))
    if ors and modality is Modality.PROHIBITION:
        raise mistaken(
            ors[0].span,
            f"`{modal.text} … or …` can be read two ways: write a comma to forbid each of them",
        )
    return Demand(modality, strength, items, Connective.ANY if ors else Connective.EACH, span=span)


def _act_item(span: Span, act: Name) -> ActItem:
    return ActItem(act, span=span)


def _keep_item(span: Span, condition: Comparison | Range) -> KeepItem:
    return KeepItem(condition, span=span)


def _stating(span: Span, names: Names) -> Stating:
    return Stating(names, span)


BUILDERS: Mapping[str, Callable[..., object]] = {
    "demand": _demand,
    "act_item": _act_item,
    "keep_item": _keep_item,
    "stating": _stating,
}
