"""What a text leaves open: terms that can be read in several ways, and what it is silent on for a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cbm.source import Span
from cbm.syntax.ast import Name, OpenTermNode, ReserveNode, SortSyntax
from cbm.syntax.mistake import mistaken
from cbm.syntax.statements.clause_parts import Cites, Concerns, Ends, Part, When, Wording, gathered
from cbm.syntax.tokens import Day, Names, Titles, Word
from cbm.translation.saying import say


def _open_term(
    span: Span, name: Name, titles: Titles, readings: SortSyntax | Names, *rest: Word | Part[object]
) -> OpenTermNode:
    per_party = any(isinstance(part, Word) for part in rest)
    notes = [part for part in rest if isinstance(part, Part)]
    return OpenTermNode(name, titles, readings, per_party, gathered(notes, Wording), gathered(notes, Cites), span=span)


def _named_readings(_: Span, names: Names) -> Names:
    return names


def _reserve(span: Span, label: Word, titles: Titles, *parts: Part[object]) -> ReserveNode:
    topics = [part for part in parts if isinstance(part, Concerns)]
    if len(topics) > 1:
        raise mistaken(topics[1].span, say("`for` stands twice in this reserve"), say("name all topics in one place"))
    return ReserveNode(
        label.text,
        titles,
        gathered(parts, Concerns),
        condition=next(iter(gathered(parts, When))),
        until=next(iter(gathered(parts, Ends)), None),
        texts=gathered(parts, Wording),
        citations=gathered(parts, Cites),
        span=span,
    )


def _ends(span: Span, _until: Word, day: Day) -> Ends:
    return Ends((day.value,), span)


BUILDERS: Mapping[str, Callable[..., object]] = {
    "open_term": _open_term,
    "named_readings": _named_readings,
    "reserve": _reserve,
    "reserve_as_before": _reserve,
    "ends": _ends,
}
