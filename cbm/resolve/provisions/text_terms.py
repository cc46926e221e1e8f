"""Terms that a text defines for itself, and its empty figures: a scope for each text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from cbm.core.norms import Term
from cbm.resolve.conditions import Resolver
from cbm.resolve.declarations.vocabulary import declare, resolve_terms
from cbm.resolve.harvest import Harvest
from cbm.resolve.labels import LabelIndex, Places
from cbm.resolve.left_open.empty_figures import check_same, named_figures, open_term_of
from cbm.resolve.names.scope import Scope
from cbm.resolve.names.titles import title_of
from cbm.syntax import ast


def harvest_terms(
    documents: Iterable[ast.Document], scope: Scope, indexes: Mapping[str, LabelIndex], harvest: Harvest
) -> None:
    """A scope for each text, with its own terms; all of them first, since a text may name a term of another one."""
    for document in documents:
        name = name_of(document)
        local = harvest.scopes[name] = scope.local(name, harvest.scopes)
        for statement in document.statements:
            if isinstance(statement, ast.TermDeclaration | ast.OpenTermNode):
                with harvest.attempt():
                    _local_term(local, statement)
        _local_figures(local, document, harvest)
    for name, local in harvest.scopes.items():
        harvest.findings.extend(resolve_terms(local, Places(indexes, name)))


def terms_of(document: ast.Document, vocabulary: Scope, local: Scope) -> Iterator[Term]:
    """The terms that a text defines, and those of its vocabularies that it uses."""
    declared = (s for s in document.statements if isinstance(s, ast.TermDeclaration | ast.OpenTermNode))
    own = {statement.name.text: statement.span for statement in declared}
    figures = (name for name in local.figures.values() if name in local.terms)
    own |= {name: local.places[("term", name)] for name in figures}
    parts = [part.span for part in (document.header, *document.statements)]  # after a change, of two sources
    called = {name: span for name, span in local.called.items() if any(part.covers(span) for part in parts)}
    for name in dict.fromkeys((*own, *called)):
        if name in local.terms:
            place = own[name] if name in own else vocabulary.places[("term", name)]
            yield Term(name, local.terms[name], name in own, place, called.get(name))


def name_of(document: ast.Document) -> str:
    """What a text is called."""
    assert isinstance(document.header, ast.TextHeader)
    return document.header.name.text


def _local_term(scope: Scope, statement: ast.TermDeclaration | ast.OpenTermNode) -> None:
    declare(scope, "term", statement.name)
    text = statement.name.text
    scope.entitle(("term", text), partial(title_of, statement.titles, text.replace("_", " ")))
    scope.pending[statement.name.text] = statement


def _figure_title(document: ast.Document, wanted: str) -> str:
    return next(title for name, title, _ in named_figures(document) if name.text == wanted)


def _local_figures(scope: Scope, document: ast.Document, harvest: Harvest) -> None:
    """Empty figures are open terms; those of one name are one."""
    first: dict[str, ast.EmptyFigure] = {}
    for name, title, figure in named_figures(document):
        scope.figures[figure.span.start] = name.text
        if name.text in first:
            with harvest.attempt():
                check_same(name, figure, first[name.text])
            continue
        first[name.text] = figure
        faults = len(harvest.findings)
        with harvest.attempt():
            _local_term(scope, open_term_of(name, figure, Resolver(scope).quantity))
            if title:
                scope.entitle(("term", name.text), partial(_figure_title, document, name.text))
        if len(harvest.findings) > faults:
            scope.broken.add(name.text)  # said once
