"""What has words for readers, and none in one language: titles, and the texts quoted in clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.records import Record
from cbm.resolve.labels import clause_label, full_label
from cbm.source import Span
from cbm.syntax import ast
from cbm.translation.saying import say
from cbm.translation.speech import Language


class MissingText(Record):
    """Words that are missing: `message` says whose, `given` what there is to translate from, as it is written.

    `span` is that of the words there are, in whatever languages, or of the clause where there are none.
    """

    span: Span
    message: str
    given: str


def missing_in(documents: Iterable[ast.Document], language: Language) -> tuple[MissingText, ...]:
    """What has no words in a language, in order of place. Words that do not say their language are English.

    A clause that quotes nothing is among them where another clause of its document quotes something.
    """
    found = {  # a statement with brackets is read several times
        (missing.span.start, missing.message): missing
        for document in documents
        for missing in (*_titles(document, language), *_quotations(document, language))
    }
    return tuple(sorted(found.values(), key=lambda missing: missing.span.start))


def _titles(document: ast.Document, language: Language) -> Iterator[MissingText]:
    for article, statement in _by_article(document):
        for holder, field, titles in _titled(statement):
            if field != "texts" and not _stands(titles, language):
                yield _missing(titles, _whose_title(article, holder, field, language))


def _quotations(document: ast.Document, language: Language) -> Iterator[MissingText]:
    statements = [
        (article, statement)
        for article, statement in _by_article(document)
        if isinstance(statement, ast.Clause | ast.OpenTermNode)
    ]
    quoted = {_whole(statement).start for _, statement in statements if statement.texts}
    for article, statement in statements:
        if isinstance(statement, ast.OpenTermNode):
            message = say("open term `{name}` has no text in {language}", name=statement.name.text, language=language)
        else:
            clause = full_label(article, clause_label(statement))
            message = say("clause {clause} has no text in {language}", clause=clause, language=language)
        if statement.texts:
            if not _stands(statement.texts, language):
                yield _missing(statement.texts, message)
        elif quoted and _whole(statement).start not in quoted and not isinstance(statement, ast.OpenTermNode):
            span = _whole(statement)
            yield MissingText(span, message, span.text)


def _whole(clause: ast.Clause | ast.OpenTermNode) -> Span:
    """The place of the whole clause, also where the statement is one of its sentences."""
    sentence = clause.sentence if isinstance(clause, ast.NormClause) else None
    return clause.span if sentence is None else sentence.span


def _by_article(document: ast.Document) -> Iterator[tuple[str, ast.Node]]:
    """The header and the statements of a document, each with the label of its article."""
    article = ""
    for statement in (document.header, *document.declared, *document.statements):
        if isinstance(statement, ast.ArticleHeading):
            article = statement.label
        yield article, statement


def _titled(holder: ast.Node) -> Iterator[tuple[ast.Node, str, tuple[ast.Title, ...]]]:
    """All words for readers in a part of a tree: of which node, in which field."""
    for field in holder.__struct_fields__:
        value = getattr(holder, field)
        parts = value if isinstance(value, tuple) else (value,)
        titles = tuple(part for part in parts if isinstance(part, ast.Title))
        if titles and titles == value:
            yield holder, field, titles
            continue
        for part in parts:
            if isinstance(part, ast.Node):
                yield from _titled(part)


def _stands(titles: tuple[ast.Title, ...], language: Language) -> bool:
    return any((title.language or "en") == language for title in titles)


def _missing(titles: tuple[ast.Title, ...], message: str) -> MissingText:
    first = next((title for own in (None, "en") for title in titles if title.language == own), titles[0])
    code = "" if first.language is None else f"{first.language} "
    last = next(title for title in reversed(titles) if title.span.source == titles[0].span.source)
    return MissingText(titles[0].span.to(last.span), message, f'{code}"{first.text}"')


def _whose_title(article: str, holder: ast.Node, field: str, language: Language) -> str:
    if isinstance(holder, ast.ArticleHeading) and holder.label:
        return say("article {article} has no title in {language}", article=holder.label, language=language)
    if isinstance(holder, ast.ArticleHeading):
        return say("this heading has no text in {language}", language=language)
    if isinstance(holder, ast.Clause):
        return _clause_without_title(full_label(article, clause_label(holder)), language)
    if isinstance(holder, ast.LeftOut) and holder.label:
        return _clause_without_title(holder.label, language)
    name = _name(holder)
    if field == "otherwise":
        return say("`{name}` has no text in {language} after `otherwise`", name=name, language=language)
    if name:
        return say("`{name}` has no title in {language}", name=name, language=language)
    return say("this has no text in {language}", language=language)


def _clause_without_title(clause: str, language: Language) -> str:
    return say("clause {clause} has no title in {language}", clause=clause, language=language)


def _name(holder: ast.Node) -> str:
    """What it is called in the text; empty where it has no name. An act with words for readers has one name."""
    name = getattr(holder, "name", None) or next(iter(getattr(holder, "names", ())), None)
    return name.text if isinstance(name, ast.Name) else ""
