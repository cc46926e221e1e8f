"""Proposals to take a clause out of a text, with what refers to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cbm.core.expressions import NormId
from cbm.repair.editable_text import Proposal, Sheet, behind_mark
from cbm.repair.proposing.sentences import without_sentence
from cbm.resolve.labels import clauses, full_label
from cbm.resolve.severance import named
from cbm.source import Edit, Span
from cbm.syntax import ast
from cbm.translation.listing import listed
from cbm.translation.saying import say


def removing(sheet: Sheet, norm: NormId) -> Proposal:
    """The clause goes, with the exceptions made to it and what cases expect to be found of it."""
    clause = sheet.clause(norm)
    if clause.sentence is None:
        edits = [_without(clause.span)]
    else:
        edits = without_sentence(clause, sheet.document, sheet.cases)
    edits += _exceptions(sheet.document, norm)
    edits += (edit for document in sheet.cases for edit in _expectations(document, norm))
    return Proposal(say("take {clause} out", clause=sheet.called(norm)), tuple(edits))


def removing_acts(sheet: Sheet, norm: NormId, acts: Collection[str]) -> Proposal:
    """Some of the acts that a clause lists go, with the commas between them."""
    items = sheet.clause(norm).demand.items
    kept = [item for item in items if named(item) not in acts]
    place = items[0].span.to(items[-1].span)
    written = ", ".join(item.span.text for item in kept)
    words = listed([f"`{named(item)}`" for item in items if item not in kept])
    return Proposal(say("take {acts} out of {clause}", acts=words, clause=sheet.called(norm)), (Edit(place, written),))


def _expectations(document: ast.Document, norm: NormId) -> Iterator[Edit]:
    """What cases expect to be found of it; a case in which nothing else is expected goes as a whole, and so do all."""
    cases = [(case, _expected_of(case, norm)) for case in _cases(document)]
    gone = [statement for case, (all_of_it, some) in cases for statement in (case if all_of_it else some)]
    if gone and gone == list(document.statements):
        yield from behind_mark(document.header.span)
    for statement in gone:
        yield from behind_mark(statement.span)


def _expected_of(case: list[ast.Statement], norm: NormId) -> tuple[bool, list[ast.Statement]]:
    """What a case expects to be found of it, and whether it expects nothing else."""
    expected = [s for s in case if not isinstance(s, ast.CaseHeading | ast.Given)]
    gone: list[ast.Statement] = [
        s for s in expected if isinstance(s, ast.ExpectFinding) and not s.absent and _speaks_of(s, norm)
    ]
    return bool(gone) and gone == expected, gone


def _cases(document: ast.Document) -> list[list[ast.Statement]]:
    """The statements of a document of cases, each case with its own; first what stands before the first heading."""
    found: list[list[ast.Statement]] = [[]]
    for statement in document.statements:
        if isinstance(statement, ast.CaseHeading):
            found.append([])
        found[-1].append(statement)
    return found


def _speaks_of(expected: ast.ExpectFinding, norm: NormId) -> bool:
    return any(reference.document is None and reference.label == norm.label for reference in expected.references)


def _exceptions(document: ast.Document, norm: NormId) -> Iterator[Edit]:
    """What says of the clause alone when it does not bind, or what complies with it as well."""
    for article, clause in clauses(document):
        if isinstance(clause, ast.ExceptionClause | ast.DeemedCompliance):
            targets = clause.targets
            for i, target in enumerate(targets):
                named = {target.label, full_label(article, target.label or "")}
                if target.document is None and norm.label in named:
                    yield _without(clause.span) if len(targets) == 1 else _from_list(targets, i)


def _from_list(references: tuple[ast.Reference, ...], i: int) -> Edit:
    """One of several references, with the comma behind it, or before it if it is the last."""
    source = references[i].span.source
    if i + 1 < len(references):
        return Edit(Span(source, references[i].span.start, references[i + 1].span.start), "")
    return Edit(Span(source, references[i - 1].span.end, references[i].span.end), "")


def _without(place: Span) -> Edit:
    """A statement goes with the rest of its last line and the empty lines behind it."""
    text = place.source.text
    end = text.find("\n", place.end)
    end = len(text) if end < 0 else end + 1
    while text[end:].startswith(("\n", "\r\n")):
        end = text.index("\n", end) + 1
    return Edit(Span(place.source, place.start, end), "")
