"""The header of a text to what the text is: its parties, rank and dates, and what it puts in force for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from cbm.core.norms import Text
from cbm.core.persons import Membership
from cbm.resolve.cases.presence import require_presence
from cbm.resolve.faults import undefined, wrong_type
from cbm.resolve.harvest import Harvest
from cbm.resolve.labels import LabelIndex
from cbm.resolve.names.scope import Scope
from cbm.resolve.names.titles import title_of
from cbm.resolve.provisions.text_terms import terms_of
from cbm.syntax import ast
from cbm.syntax.ast import DateKind, Rank
from cbm.translation.listing import listed
from cbm.translation.saying import say


def require_parties(scope: Scope, document: ast.Document, day: date | None) -> None:
    """That a draft is not made between parties that there are no more, or not yet."""
    header = document.header
    assert isinstance(header, ast.TextHeader)
    if header.kind is ast.DocumentKind.DRAFT:
        for party in header.between:
            holds = day is None or _membership(party).holds(day)
            require_presence(scope, (party.name.text,), day if holds else None, party.name.span)


def described_text(
    document: ast.Document, scope: Scope, indexes: Mapping[str, LabelIndex], harvest: Harvest
) -> dict[str, Text]:
    """What the text is, by its name; a Fault where its header does not fit the vocabularies or contradicts itself."""
    header = document.header
    assert isinstance(header, ast.TextHeader)
    _check_header(header, scope)
    parties = [party.name.text for party in header.between] or [party.text for party in header.binding]
    dates = {entry.kind: entry.value for entry in header.dates}
    name = header.name.text
    return {
        name: Text(
            name=name,
            title=title_of(header.titles, name),
            kind=header.kind,
            parties=frozenset(parties) or None,
            rank=header.rank or (Rank(header.status[-1].status) if _ends_in_rank(header) else None),
            adopted=dates.get(DateKind.ADOPTED, dates.get(DateKind.PROPOSED)),
            in_force=dates.get(DateKind.IN_FORCE),
            until=min((dates[kind] for kind in (DateKind.UNTIL, DateKind.SUSPENDED) if kind in dates), default=None),
            suspended=dates.get(DateKind.SUSPENDED),
            clauses=len(indexes[name].clauses),
            beside=tuple(inclusion.name.text for inclusion in header.beside),
            restates=None if header.restates is None else header.restates.text,
            terms=tuple(terms_of(document, scope, harvest.scopes[name])),
            binding=frozenset(party.text for party in header.binding),
            towards_all=header.towards_all,
            binds=header.binds,
            statuses=tuple((entry.status, entry.since) for entry in header.status),
            memberships=tuple(map(_membership, header.between)),
            sentences=indexes[name].parts_of_clauses,
            span=header.span,
        )
    }


def _check_header(header: ast.TextHeader, scope: Scope) -> None:
    """A Fault where a header names no party of the vocabularies, or contradicts itself."""
    for party in (*_named_in(header), *header.binding):
        if party.text not in scope.parties:
            titles, declared = scope.readers_words("member"), f'party {party.text} "…"'
            raise undefined(say("party"), party.text, party.span, scope.parties, titles, declared=declared)
    if header.binding and scope.party is None:
        message = say("the units of this situation have no party, so a text cannot bind some of them")
        raise wrong_type(header.binding[0].span, message, say("take `binding` out"))
    for party_to in header.between:
        _check_seat(header, party_to)
    between = [party.name.text for party in header.between]
    for party in header.binding:
        if between and party.text not in between:
            message = say(
                "`{text}` binds `{party}`, which is no party to it: it is between {between}",
                text=header.name.text,
                party=party.text,
                between=listed(between, ","),
            )
            raise wrong_type(
                party.span,
                message,
                say("write `between {between}, {party}`", between=", ".join(between), party=party.text),
                say("or leave it out here"),
            )
    _check_dates(header)
    if header.binds is not None and header.rank is not Rank.MEMORANDUM:
        message = say("`{text}` is no memorandum, of which alone is said whether it binds", text=header.name.text)
        raise wrong_type(header.name.span, message, say("write `rank memorandum` besides, or leave it out"))


def _check_dates(header: ast.TextHeader) -> None:
    """A Fault where a text ends before it begins, or where `until` says when a suspension is over, which it cannot."""
    for pause, end in pairwise(header.dates):
        adjacent = not header.span.source.text[pause.span.end : end.span.start].strip()
        if adjacent and (pause.kind, end.kind) == (DateKind.SUSPENDED, DateKind.UNTIL) and pause.value < end.value:
            raise wrong_type(
                end.span,
                say("`until` ends a text for good, and not a time in which it is suspended"),
                say("what binds again from {day} on is a text of its own: `in force {day}`", day=end.value),
                say("or put `until {day}` in front of `suspended` where it stays so until it ends", day=end.value),
            )
    dates = {entry.kind: entry for entry in header.dates}
    begins = dates.get(DateKind.IN_FORCE)
    for kind in (DateKind.UNTIL, DateKind.SUSPENDED):
        last = dates.get(kind)
        if begins is not None and last is not None and last.value <= begins.value:
            message = say("it ends on {end}, before it begins on {start}", end=last.value, start=begins.value)
            raise wrong_type(last.span, message)


def _named_in(header: ast.TextHeader) -> Iterator[ast.Name]:
    for party in header.between:
        yield party.name
        if party.succeeds is not None:
            yield party.succeeds


def _check_seat(header: ast.TextHeader, party: ast.PartyTo) -> None:
    """Who succeeds a party does so in its place, which has to be one in this text."""
    others = [other.name.text for other in header.between if other.name.text != party.name.text]
    if party.succeeds is not None and party.succeeds.text not in others:
        message = say(
            "`{party}` succeeds `{other}` here, which is no other party to this text",
            party=party.name.text,
            other=party.succeeds.text,
        )
        raise wrong_type(
            party.succeeds.span, message, say("name it as well: `between {text}, …`", text=party.succeeds.text)
        )


def _ends_in_rank(header: ast.TextHeader) -> bool:
    return bool(header.status) and header.status[-1].status.commits


def _membership(party: ast.PartyTo) -> Membership:
    seat = party.name if party.succeeds is None else party.succeeds
    return Membership(party.name.text, seat.text, party.since, party.until)
