"""A norm system built in code, dressed with places, so that everything that shows places can be run on it."""

from __future__ import annotations

from cbm.core.norms import NormSystem
from cbm.records import replace
from cbm.source import Source, Span

SOURCE = Source("made up.cbm", "\n".join(f"line {i}" for i in range(200)))


def place(number: int) -> Span:
    """The place of the thing with this number: a line of its own."""
    start = sum(len(f"line {i}") + 1 for i in range(number))
    return Span(SOURCE, start, start + len(f"line {number}"))


def dressed(system: NormSystem) -> NormSystem:
    """The same system with a place for every text, norm, exception, `otherwise`, edge, promise, axiom and case."""
    numbers, later = iter(range(150)), iter(range(150, 200))

    def here() -> Span:
        return place(next(numbers))

    return replace(
        system,
        texts={name: replace(text, span=here()) for name, text in system.texts.items()},
        norms={
            identity: replace(
                norm,
                span=(span := here()),
                content_span=span,
                exceptions=tuple(replace(e, span=here()) for e in norm.exceptions),
                # Where nothing else is: the rest keeps its places without them.
                otherwise=tuple(replace(step, span=place(next(later))) for step in norm.otherwise),
            )
            for identity, norm in system.norms.items()
        },
        displacements=tuple(replace(edge, span=here()) for edge in system.displacements),
        precedences=tuple(replace(edge, span=here()) for edge in system.precedences),
        coverage=tuple(replace(promise, span=here()) for promise in system.coverage),
        axioms=tuple(replace(axiom, span=here()) for axiom in system.axioms),
        cases=tuple(
            replace(case, span=here(), expected=tuple(replace(e, span=here()) for e in case.expected))
            for case in system.cases
        ),
    )
