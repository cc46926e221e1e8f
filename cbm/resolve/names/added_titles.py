"""Titles that stand in files of their own: each is put where its word is declared, as if it stood there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cbm.finding import Finding, Label, RuleId
from cbm.patterns import pattern
from cbm.records import Struct, parts
from cbm.resolve.faults import Fault, fault, suggestion, undefined
from cbm.syntax import ast
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say

_SORTS: Mapping[type[ast.Node], str] = {
    ast.VocabularyHeader: mark("vocabulary"),
    ast.PartyDeclaration: mark("party"),
    ast.KindDeclaration: mark("kind"),
    ast.MemberDeclaration: mark("value"),
    ast.SituationDeclaration: mark("situation"),
    ast.RoleDeclaration: mark("role"),
    ast.AttributeDeclaration: mark("attribute"),
    ast.MomentDeclaration: mark("moment"),
    ast.CounterDeclaration: mark("counter"),
    ast.ChannelDeclaration: mark("channel"),
    ast.LanguageDeclaration: mark("language"),
    ast.TopicDeclaration: mark("topic"),
    ast.TermDeclaration: mark("term"),
    ast.ActDeclaration: mark("act"),
    ast.ResultDeclaration: mark("result"),
}
_CODE = pattern(r"[a-z]{2,3}")


def with_added_titles(documents: Mapping[str, ast.Document]) -> tuple[dict[str, ast.Document], tuple[Finding, ...]]:
    """The documents with all titles that are told of their words in others, and what is wrong with these."""
    told, findings = dict(documents), list[Finding]()
    for document in documents.values():
        for statement in document.statements:
            if isinstance(statement, ast.TitlesFor):
                findings.extend(_add(told, statement))
    return told, tuple(findings)


def _add(documents: dict[str, ast.Document], statement: ast.TitlesFor) -> Iterator[Finding]:
    """Each entry by itself, so that a mistake in one leaves the others alone."""
    try:
        target = _target(documents, statement)
    except Fault as problem:
        if problem.finding is not None:
            yield problem.finding
        return
    holders = list(_holders((target.header, *target.statements)))
    added: dict[int, ast.TitleEntry] = {}
    for entry in statement.entries:
        try:
            for holder in _meant(holders, entry, target):
                _take(holder, entry, added, statement.language)
        except Fault as problem:
            if problem.finding is not None:
                yield problem.finding
    if added:
        documents[statement.of.text] = _entitled(target, added)


def _target(documents: Mapping[str, ast.Document], statement: ast.TitlesFor) -> ast.Document:
    of = statement.of
    target = documents.get(of.text)
    if target is None or not isinstance(target.header, ast.VocabularyHeader):
        known = (name for name, one in documents.items() if isinstance(one.header, ast.VocabularyHeader))
        raise undefined(say("vocabulary"), of.text, of.span, known)
    if not _CODE.fullmatch(statement.language):
        words = mark("`{name}` is no language: it is told by two or three letters, such as `zh`, `ja` and `en`")
        raise fault(RuleId.UNDEFINED, statement.span, say(words, name=statement.language))
    return target


def _holders(part: object) -> Iterator[ast.Node]:
    """All that has titles, each once; what adds to a kind that is declared elsewhere has none of its own."""
    match part:
        case tuple():
            for one in part:
                yield from _holders(one)
        case ast.TitlesFor():
            return
        case ast.Node():
            if _titles(part) or (type(part) in _SORTS and not getattr(part, "adds", False)):
                yield part
            yield from _holders(parts(part))
        case _:
            pass


def _titles(node: ast.Node) -> tuple[ast.Title, ...]:
    found: tuple[ast.Title, ...] = getattr(node, "titles", ())
    return found


def _names(node: ast.Node) -> tuple[str, ...]:
    names = node.names if isinstance(node, ast.ActDeclaration) else (getattr(node, "name", None),)
    return tuple(name.text for name in names if isinstance(name, ast.Name))


def _meant(holders: list[ast.Node], entry: ast.TitleEntry, target: ast.Document) -> list[ast.Node]:
    """What an entry speaks of: one thing, or the values of several kinds that have one name."""
    if entry.name is None:
        found = [one for one in holders if entry.beside in (title.text for title in _titles(one))]
        if not found:
            message = say("nothing in `{vocabulary}` is called “{title}”", vocabulary=_name(target), title=entry.beside)
            raise fault(RuleId.UNDEFINED, entry.span, message)
        return found
    name, wanted = entry.name, entry.sort
    if wanted is not None and wanted.text not in _SORTS.values():
        message = say("no {what} is called `{name}`", what=say("sort of word"), name=wanted.text)
        shown = listed([f"`{sort}`" for sort in _SORTS.values()], ",")
        advice = suggestion(wanted.text, _SORTS.values()) or (say("write one of {shown}", shown=shown),)
        raise fault(RuleId.UNDEFINED, wanted.span, message, remedies=advice)
    of_the_sort = [
        one for one in holders if type(one) in _SORTS and (wanted is None or _SORTS[type(one)] == wanted.text)
    ]
    found = [one for one in of_the_sort if name.text in _names(one)]
    if not found:
        what = say("word of `{vocabulary}`", vocabulary=_name(target)) if wanted is None else say(wanted.text)
        raise undefined(what, name.text, name.span, [known for one in of_the_sort for known in _names(one)])
    sorts = dict.fromkeys(_SORTS[type(one)] for one in found)
    if len(sorts) > 1:
        message = say("several things are called `{name}`: this does not say which of them is meant", name=name.text)
        advice = tuple(say("write {name}", name=f'`{name.text} as {sort} "…"`') for sort in sorts)
        raise fault(RuleId.DUPLICATE, name.span, message, remedies=advice)
    return found


def _name(document: ast.Document) -> str:
    assert isinstance(document.header, ast.VocabularyHeader)
    return document.header.name.text


def _take(holder: ast.Node, entry: ast.TitleEntry, added: dict[int, ast.TitleEntry], language: str) -> None:
    """One title in a language for each thing."""
    if len(names := _names(holder)) > 1:
        message = say("`{name}` is declared together with other acts, and these have no titles", name=names[0])
        advice = say("declare each act on its own line to give it a text")
        raise fault(RuleId.TYPE_MISMATCH, entry.span, message, remedies=(advice,))
    before = added[id(holder)].title if id(holder) in added else _in_language(_titles(holder), language)
    if before is not None:
        message = say("this has a title in `{language}` already", language=language)
        other = Label(before.span, say("the other one"))
        raise fault(RuleId.DUPLICATE, entry.span, message, related=(other,))
    if entry.otherwise is not None and not getattr(holder, "otherwise", ()):
        message = say("`{name}` has no words for what is so otherwise", name=_names(holder)[0])
        raise fault(RuleId.TYPE_MISMATCH, entry.otherwise.span, message)
    added[id(holder)] = entry


def _in_language(titles: tuple[ast.Title, ...], language: str) -> ast.Title | None:
    return next((title for title in titles if title.language == language), None)


def _entitled(document: ast.Document, added: Mapping[int, ast.TitleEntry]) -> ast.Document:
    changed: ast.Document = _changed(document, added)
    return changed


def _changed(thing: Any, added: Mapping[int, ast.TitleEntry]) -> Any:
    """The same tree with the titles of these nodes."""
    if isinstance(thing, tuple):
        return tuple(_changed(part, added) for part in thing)
    if not (isinstance(thing, Struct) and isinstance(thing, ast.Node)):
        return thing
    fields = {field: _changed(part, added) for field, part in zip(thing.__struct_fields__, parts(thing), strict=True)}
    entry = added.get(id(thing))
    if entry is not None:
        fields["titles"] = (*fields["titles"], entry.title)
        if entry.otherwise is not None:
            fields["otherwise"] = (*fields["otherwise"], entry.otherwise)
    return type(thing)(**fields)
