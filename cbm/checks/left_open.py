"""What texts leave open, in words for every report: terms with the range of their readings, and reserves."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.checks.naming import listed
from cbm.checks.wording import literal_words, value_words
from cbm.semantics.core import NormSystem, NumberSort, OpenTerm, Reserve


def left_open(system: NormSystem) -> Iterator[str]:
    """The open terms of the text and of those it is read with, and its reserves, each in one line."""
    yield from (_term(system, term) for term in system.open_terms)
    yield from (_reserve(system, reserve) for reserve in system.reserves)


def _term(system: NormSystem, term: OpenTerm) -> str:
    sort = term.variable.sort
    if isinstance(sort, NumberSort) and sort.low is not None and sort.high is not None:
        low, high = (value_words(system, term.variable, end) for end in (sort.low, sort.high))
        readings = f"read as from {low} to {high}"
    else:
        readings = f"read as {listed([title for _, title in term.titles], 'or')}"
    apart = ", each party for itself" if term.per_party else ""
    return f"open term of {term.document}: {term.title}, {readings}{apart}"


def _reserve(system: NormSystem, reserve: Reserve) -> str:
    title = f": {reserve.title}" if reserve.title else ""
    topics = f", on {listed(reserve.topics)}" if reserve.topics else ""
    where = f", where {literal_words(system, reserve.condition)}"
    if reserve.until is None:
        ends = ", without an end"
    else:
        ends = f", {'ended on' if reserve.has_ended(system.as_of) else 'until'} {reserve.until.isoformat()}"
    return f"reserve {reserve.label} of {reserve.document}{title}{topics}{where}{ends}"
