"""Ways out that take whole clauses out of a text: how they are told, and of which clauses that is kept in mind."""

from __future__ import annotations

from collections.abc import Iterable

from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem
from cbm.finding import Finding
from cbm.records import Record, replace
from cbm.translation.listing import listed
from cbm.translation.saying import say
from cbm.wording.clause_names import names_of


class TakenOut(Record):
    """A way out by which these norms, or one of them, go."""

    words: str
    norms: tuple[NormId, ...]


Way = str | TakenOut


def taken_out(system: NormSystem, norms: tuple[NormId, ...], words: str) -> TakenOut:
    """That these go, in words that name them as the {clause}: with its acts, where it lists others as well."""
    return TakenOut(say(words, clause=listed(names_of(system, norms))), norms)


def with_ways(finding: Finding, ways: Iterable[Way]) -> Finding:
    """The finding with these ways out, in place of those that it had."""
    told = tuple(ways)
    return replace(
        finding,
        remedies=tuple(way if isinstance(way, str) else way.words for way in told),
        takes_out=tuple(norm.exact for way in told if isinstance(way, TakenOut) for norm in way.norms),
    )


def also_taking_out(finding: Finding, ways: Iterable[TakenOut]) -> Finding:
    """The finding where its notes tell of these ways besides."""
    norms = (norm.exact for way in ways for norm in way.norms)
    return replace(finding, takes_out=(*finding.takes_out, *norms))
