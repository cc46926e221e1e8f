"""Proposals that say which of two clauses makes way: `in place of`, `subject to`, `notwithstanding`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cbm.core.expressions import Formula, NormId, conjunction, negation
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.repair.editable_text import Proposal, Sheet, line_break, put_in
from cbm.source import Edit, Span
from cbm.syntax import ast
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import clause_name


def displacing(sheet: Sheet, above: NormId, below: Sequence[NormId], both: bool = False, rank: str = "") -> Proposal:
    """One clause of the text in place of others; `rank` is the message why it should be the one that stands."""
    names = ", ".join(map(sheet.name, below))
    words = f"in place of {names}{' for both' if both else ''}"
    description = say("let {clause}{rank} stand `{words}`", clause=sheet.called(above), rank=say(rank), words=words)
    listing = _own_listing(sheet.clause(above), both)
    return Proposal(description, (sheet.added(above, words) if listing is None else put_in(listing, f", {names}"),))


def reaching_both(sheet: Sheet, above: NormId, below: NormId) -> Proposal | None:
    """A clause that stands in place of another one does so for both units; None where it names that in no such list.

    Others that it lists stay as they are: the one goes out of their list, and behind it.
    """
    for listing in (one.references for one in sheet.clause(above).displacements if not one.both):
        named = [n for n, one in enumerate(listing) if one.document is None and one.label == below.label]
        if named:
            words = f"in place of {sheet.name(below)} for both"
            description = say("let {clause}{rank} stand `{words}`", clause=sheet.called(above), rank="", words=words)
            return Proposal(description, tuple(_set_apart([one.span for one in listing], named[0], words)))
    return None


def _set_apart(listing: Sequence[Span], number: int, words: str) -> Iterator[Edit]:
    """The one of the list stands behind the others, with words of its own."""
    if len(listing) == 1:
        yield put_in(listing[0], " for both")
        return
    one, last = listing[number], listing[-1]
    if one is last:
        yield Edit(Span(one.source, listing[-2].end, one.end), f" {words}")
    else:
        yield Edit(Span(one.source, one.start, listing[number + 1].start), "")
        yield put_in(last, f" {words}")


def _own_listing(clause: ast.NormClause, both: bool) -> Span | None:
    """Where the clause lists others of its text already in whose place it stands, the last of them."""
    lists = (one.references[-1] for one in clause.displacements if one.both is both)
    return next((last.span for last in lists if last.document is None), None)


def yielding(sheet: Sheet, below: NormId, above: NormId, rank: str = "") -> Proposal:
    """A clause of the text yields to another one, of this text or an agreement, where they clash."""
    other = clause_name(sheet.system, above)
    words = f"subject to {sheet.name(above)}"
    description = say(
        "let {clause} yield to {other}{rank} where they clash: `{words}`",
        clause=sheet.called(below),
        other=other,
        rank=say(rank),
        words=words,
    )
    return Proposal(description, (sheet.added(below, words),))


def prevailing(sheet: Sheet, above: NormId, below: NormId, rank: str = "") -> Proposal:
    """A clause of the text prevails over one of an agreement where they clash."""
    other = clause_name(sheet.system, below)
    words = f"notwithstanding {sheet.name(below)}"
    description = say(
        "let {clause}{rank} prevail over {other} where they clash: `{words}`",
        clause=sheet.called(above),
        rank=say(rank),
        other=other,
        words=words,
    )
    return Proposal(description, (sheet.added(above, words),))


def yielding_throughout(sheet: Sheet, document: str) -> Proposal:
    """The whole text yields to an agreement wherever they clash."""
    header = sheet.document.header
    assert isinstance(header, ast.TextHeader)
    if header.subject_to:
        edit = put_in(header.subject_to[-1].span, f", {document}")
    else:
        edit = put_in(header.span, f"{_next_line(header.span)}subject to {document}")
    words = say("let the whole text yield to {text} where they clash: `subject to {text}`", text=document)
    return Proposal(words, (edit,))


def more_special(inquiry: Inquiry, about: Ground, one: NormId, other: NormId) -> bool:
    """Whether it is proved that the one clause speaks of nothing but what the other speaks of too, and not of all."""
    narrow, wide = (_spoken(about, norm) for norm in (one, other))
    norms, question = (one, other), mark("is there an encounter that the one clause speaks of and the other does not")
    inside = inquiry.can(about, norms, question, narrow, negation(wide)) is False
    return inside and inquiry.can(about, norms, question, wide, negation(narrow)) is True


def later(sheet: Sheet, one: NormId, other: NormId) -> bool:
    """Whether the text of the one clause is dated after that of the other."""
    dates = [_date(sheet, norm) for norm in (one, other)]
    return dates[0] is not None and dates[1] is not None and dates[0] > dates[1]


def _date(sheet: Sheet, norm: NormId) -> date | None:
    text = sheet.system.texts[norm.document]
    return text.in_force or text.adopted


def _spoken(about: Ground, norm: NormId) -> Formula:
    """What the clause is about: its condition, exceptions aside."""
    grounder, n = about.grounder, about.norm(norm).norm
    return conjunction(*(grounder.guard(guard, n, about.bearer) for guard in n.guards))


def _next_line(header: Span) -> str:
    """The break and the indentation with which a further line of the header begins; a blank if it has but one."""
    text = header.text
    if "\n" not in text:
        return " "
    line = text[text.rindex("\n") + 1 :]
    return f"{line_break(header.source)}{line[: len(line) - len(line.lstrip())]}"
