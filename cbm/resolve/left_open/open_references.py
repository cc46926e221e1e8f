"""References of a text to clauses that not every package has: where they are written, and where their clauses stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from cbm.core.expressions import FALSE, TRUE, Formula, disjunction
from cbm.core.norms import OpenTerm
from cbm.core.packages.choices import OpenReference, Referral
from cbm.records import parts, replace
from cbm.resolve.faults import Fault
from cbm.resolve.labels import LabelIndex, Places, full_label
from cbm.resolve.left_open.open_choices import condition_of
from cbm.syntax import ast
from cbm.translation.saying import say


def open_references(
    document: ast.Document, indexes: Mapping[str, LabelIndex], choices: Mapping[str, Sequence[OpenTerm]]
) -> Iterator[OpenReference]:
    """Each place of a text that refers to what some option leaves out, once for all its wordings, in order."""
    header = document.header
    assert isinstance(header, ast.TextHeader)
    own, found = header.name.text, dict[tuple[int, int], OpenReference]()
    if not any(choices.values()):
        return
    for holder, taken, (referral, words, reference) in _written(document):
        stands = _stands(Places(indexes, own, holder.article), reference, choices)
        if stands == TRUE:
            continue
        written = condition_of(taken, choices[own])
        elsewhere = "" if reference.document is None or reference.document.text == own else reference.document.text
        one = OpenReference(
            by=holder.by,
            origin=holder.origin,
            clause=holder.clause,
            referral=referral,
            words=words,
            label=reference.span.text,
            elsewhere=elsewhere,
            written=written,
            stands=stands,
            span=reference.span,
        )
        place = reference.span.start, reference.span.end
        before = found[place].written if place in found else FALSE
        found[place] = replace(one, written=disjunction(before, written))
    yield from found.values()


class _Holder(NamedTuple):
    """What a reference stands in: in words, the same in all languages, the label of a clause, and of its article."""

    by: str = ""
    origin: str = ""
    clause: str = ""
    article: str = ""


_Referring = tuple[Referral, str, ast.Reference]


def _written(document: ast.Document) -> Iterator[tuple[_Holder, ast.Taken, _Referring]]:
    """Each reference with what it stands in, and the options it stands with."""
    header = document.header
    assert isinstance(header, ast.TextHeader)
    for said, references in (("subject to", header.subject_to), ("notwithstanding", header.notwithstanding)):
        for reference in references:
            yield _Holder(), (), (Referral.HEADER, f"{said} {reference.span.text}", reference)
    article = ""
    for number, statement in enumerate(document.statements):
        taken = document.stands_with(number)
        match statement:
            case ast.ArticleHeading(label):
                article = label
            case (
                ast.NormClause()
                | ast.ExceptionClause()
                | ast.ScopeClause()
                | ast.DeemingClause()
                | ast.DeemedCompliance()
                | ast.ReserveNode()
            ):
                label = full_label(article, statement.label)
                holder = _Holder(say("clause {label}", label=label), f"clause {label}", label, article)
                yield from ((holder, taken, one) for one in _referring(statement))
            case ast.TermDeclaration(name):
                holder = _Holder(say("term `{name}`", name=name.text), f"term `{name.text}`")
                yield from ((holder, taken, one) for one in _referring(statement))
            case ast.PromiseNode():
                holder = _Holder(say("a promise"), "a promise")
                yield from ((holder, taken, one) for one in _referring(statement))
            case _:
                pass


def _referring(statement: ast.Statement) -> Iterator[_Referring]:
    """What a statement refers to: how, and with which words."""
    edges: list[tuple[str, ast.Reference]] = []
    if isinstance(statement, ast.NormClause):
        edges += (("in place of", one) for edge in statement.displacements for one in edge.references)
        edges += (("notwithstanding", one) for one in statement.notwithstanding)
        edges += (("subject to", one) for one in statement.subject_to)
        edges += (("restates", one) for one in statement.restates)
    if isinstance(statement, ast.DeemedCompliance):
        edges += (("deemed to comply with", one) for one in statement.targets)
    yield from ((Referral.EDGE, f"{said} {one.span.text}", one) for said, one in edges)
    targets = statement.targets if isinstance(statement, ast.ExceptionClause) else ()
    for target in targets:
        alone = len(targets) == 1
        yield Referral.EXCEPTION if alone else Referral.EXCEPTION_TO_SEVERAL, target.span.text, target
    known = {one.span for one in (*targets, *(one for _, one in edges))}
    yield from ((Referral.CONDITION, one.span.text, one) for one in references_in(statement) if one.span not in known)


def references_in(part: object) -> Iterator[ast.Reference]:
    """Every reference that a part of a tree holds, in order."""
    match part:
        case ast.Reference():
            yield part
        case tuple():
            for one in part:
                yield from references_in(one)
        case ast.Node():
            yield from references_in(parts(part))
        case _:
            pass


def _stands(places: Places, reference: ast.Reference, choices: Mapping[str, Sequence[OpenTerm]]) -> Formula:
    """That something is there which the reference can mean; of a text as a whole something always is."""
    document = places.document if reference.document is None else reference.document.text
    if reference.label is None:
        return TRUE
    with suppress(Fault):  # told where it is read
        return disjunction(*(condition_of(one.taken, choices[document]) for one in places.clauses(reference)))
    return TRUE
