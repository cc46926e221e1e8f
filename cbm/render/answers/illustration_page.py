"""An encounter in which a clause binds, and the nearest ones in which it does not, to a page."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.outcomes.answers import Illustration
from cbm.render.clause_titles import titled
from cbm.render.columns import page, wrap
from cbm.render.remarks import Remark, named
from cbm.render.snippet import place
from cbm.translation.listing import row
from cbm.translation.saying import mark, say


def render(told: Illustration) -> str:
    """The page: the clause, the encounter, and what is otherwise in each near miss."""
    return page(_lines(told))


def _lines(told: Illustration) -> Iterator[str]:
    clause = say("{clause} ({text})", clause=titled(told.clause, told.title), text=told.text)
    yield from wrap(named(clause, told.demand), rest="  ")
    yield f" --> {place(told.place.span)}"
    if told.as_of:
        yield from wrap(say("as of {date}", date=told.as_of), "  ", "    ")
    if told.given:
        yield from wrap(say("given: {conditions}", conditions=told.given), "  ", "    ")
    for assumed in told.assumed:
        yield from wrap(say("taken for granted: {assumed}", assumed=assumed), "  ", "    ")
    yield ""
    if told.undecided or told.why:
        yield from wrap(say("undecided: {why}", why=told.undecided) if told.undecided else told.why, rest="  ")
    if told.witness is not None:
        here, though = mark("It binds here"), mark("It binds here, though not all duties can be kept where it does")
        yield say(here if told.complied else though)
        yield from wrap(told.witness.words, "  ", "    ")
    if told.near_misses is not None and told.witness is not None:
        yield ""
        if not told.near_misses:
            yield from wrap(say("No encounter that differs in three facts at most is one in which it does not bind."))
            return
        first = told.near_misses[0]
        yield say("It does not bind in the nearest encounter")
        yield from wrap(first.witness.words, "  ", "    ")
        yield from wrap(say("otherwise: {facts}", facts=row(first.changed)), "  = ", "    ")
        yield from wrap(named(Remark.WHY.words, first.why), "  = ", "    ")
        if len(told.near_misses) > 1:
            yield ""
            yield say("Nor where one of these is otherwise and all else the same")
            for one in told.near_misses[1:]:
                yield from wrap(row(one.changed), "  - ", "    ")
