"""An encounter in which a clause binds, and the nearest ones in which it does not, to a page."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.outcomes.answers import Illustration
from cbm.render.columns import page, wrap
from cbm.render.snippet import place


def render(told: Illustration) -> str:
    """The page: the clause, the encounter, and what is otherwise in each near miss."""
    return page(_lines(told))


def _lines(told: Illustration) -> Iterator[str]:
    title = f" “{told.title}”" if told.title else ""
    yield from wrap(f"{told.clause}{title} ({told.text}): {told.demand}", rest="  ")
    yield f" --> {place(told.place.span)}"
    for words, said in (("as of", told.as_of), ("given:", told.given)):
        if said:
            yield from wrap(f"{words} {said}", "  ", "    ")
    for assumed in told.assumed:
        yield from wrap(f"taken for granted: {assumed}", "  ", "    ")
    yield ""
    if told.undecided or told.why:
        yield from wrap(f"undecided: {told.undecided}" if told.undecided else told.why, rest="  ")
    if told.witness is not None:
        kept = "" if told.complied else ", though not all duties can be kept where it does"
        yield f"It binds here{kept}"
        yield from wrap(told.witness.words, "  ", "    ")
    if told.near_misses is not None and told.witness is not None:
        yield ""
        if not told.near_misses:
            yield from wrap("No encounter that differs in three facts at most is one in which it does not bind.")
            return
        first = told.near_misses[0]
        yield "It does not bind in the nearest encounter"
        yield from wrap(first.witness.words, "  ", "    ")
        yield from wrap(f"otherwise: {'; '.join(first.changed)}", "  = ", "    ")
        yield from wrap(f"why: {first.why}", "  = ", "    ")
        if len(told.near_misses) > 1:
            yield ""
            yield "Nor where one of these is otherwise and all else the same"
            for one in told.near_misses[1:]:
                yield from wrap("; ".join(one.changed), "  - ", "    ")
