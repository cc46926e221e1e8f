"""What an editor is told about words: cards, words that fit, places of names, and what a text declares."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types as lsp

from cbm.editor.completions import Suggestion, suggestions
from cbm.editor.occurrences import CHOICE, CLAUSE, DOCUMENT, ROLE, SITUATION, STATED
from cbm.editor.open_texts import path_of
from cbm.editor.word_cards import Card, card
from cbm.lsp.desk import Desk
from cbm.render.markdown_text import plain_words
from cbm.translation.saying import say
from cbm.wording.answers import word_entries as sorts

_SHOWN_AS = {
    sorts.PARTY: lsp.CompletionItemKind.Constant,
    sorts.KIND: lsp.CompletionItemKind.Enum,
    sorts.VALUE: lsp.CompletionItemKind.EnumMember,
    sorts.ATTRIBUTE: lsp.CompletionItemKind.Field,
    sorts.TERM: lsp.CompletionItemKind.Class,
    sorts.OPEN_TERM: lsp.CompletionItemKind.Class,
    sorts.ACT: lsp.CompletionItemKind.Method,
    sorts.RESULT: lsp.CompletionItemKind.Property,
    sorts.MOMENT: lsp.CompletionItemKind.Event,
    sorts.CHANNEL: lsp.CompletionItemKind.Interface,
    CLAUSE: lsp.CompletionItemKind.Reference,
    DOCUMENT: lsp.CompletionItemKind.File,
}
_OUTLINED = {
    sorts.PARTY: lsp.SymbolKind.Constant,
    sorts.KIND: lsp.SymbolKind.Enum,
    sorts.VALUE: lsp.SymbolKind.EnumMember,
    sorts.ATTRIBUTE: lsp.SymbolKind.Field,
    sorts.ACT: lsp.SymbolKind.Method,
    sorts.RESULT: lsp.SymbolKind.Property,
    sorts.MOMENT: lsp.SymbolKind.Event,
    sorts.CHANNEL: lsp.SymbolKind.Interface,
    CLAUSE: lsp.SymbolKind.Function,
    DOCUMENT: lsp.SymbolKind.File,
}
_ASIDE = (STATED, ROLE, SITUATION, CHOICE)  # what an outline does not list


def hover(desk: Desk, params: lsp.HoverParams) -> lsp.Hover | None:
    """What a word means, for a reader who points at it."""
    found = desk.texts.at(*desk.place(params))
    if found is None:
        return None
    occurrences, occurrence = found
    told = card(occurrences, occurrence.symbol)
    if told is None:
        return None
    content = lsp.MarkupContent(lsp.MarkupKind.Markdown, _markdown(told))
    return lsp.Hover(content, desk.location(occurrence.span).range)


def completions(desk: Desk, params: lsp.CompletionParams) -> lsp.CompletionList:
    """The words that fit at a place."""
    path, offset = desk.place(params)
    text, occurrences = desk.texts.text(path) or "", desk.texts.occurrences(path)
    positions = desk.positions(path)
    if positions is None:
        return lsp.CompletionList(is_incomplete=False, items=[])
    found = suggestions(text, offset, occurrences, _document_at(desk, path, offset))
    by_blank = params.context is not None and params.context.trigger_character == " "
    if by_blank:  # nobody asked: only what a phrase or a word before it clearly wants
        found = [one for one in found if one.rank == 0]
    items = [_item(one, text, offset, positions.range(one.start, offset)) for one in found]
    return lsp.CompletionList(is_incomplete=True, items=items)


def definitions(desk: Desk, params: lsp.DefinitionParams) -> list[lsp.Location]:
    """Where what stands at a place is declared."""
    found = desk.texts.at(*desk.place(params))
    if found is None:
        return []
    occurrences, occurrence = found
    return [desk.location(one.span) for one in occurrences.declarations(occurrence.symbol)]


def references(desk: Desk, params: lsp.ReferenceParams) -> list[lsp.Location]:
    """All places, in all texts near, where the same is named."""
    path, offset = desk.place(params)
    found = desk.texts.at(path, offset)
    if found is None or found[1].symbol.document not in found[0].documents:
        return []
    occurrences, symbol = found[0], found[1].symbol
    home = path_of(occurrences.documents[symbol.document].span.source)
    places = dict.fromkeys(
        one
        for _, one in desk.texts.everywhere(symbol, home, path)
        if params.context.include_declaration or not one.declares
    )
    return [desk.location(one.span) for one in places]


def outline(desk: Desk, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
    """What a text declares, in its order."""
    path = desk.path(params.text_document.uri)
    occurrences, source = desk.texts.occurrences(path), desk.texts.source(path)
    if occurrences is None or source is None:
        return []
    told = []
    for name in occurrences.documents_in(source):
        for one in occurrences.within(name):
            if one.declares and one.symbol.sort not in _ASIDE:
                kind = _OUTLINED.get(one.symbol.sort, lsp.SymbolKind.Object)
                place = desk.location(one.span).range
                told.append(lsp.DocumentSymbol(one.symbol.name, kind, place, place, detail=say(one.symbol.sort)))
    return told


def _document_at(desk: Desk, path: Path, offset: int) -> str | None:
    """The document that is written in; of a text that cannot be read now, as it was read last."""
    occurrences, source = desk.texts.occurrences(path), desk.texts.source(path)
    if occurrences is None:
        return None
    if source is None or not occurrences.documents_in(source):
        source = next((d.span.source for d in occurrences.documents.values() if path_of(d.span.source) == path), None)
    return None if source is None else occurrences.document_at(source, offset)


def _item(one: Suggestion, text: str, offset: int, place: lsp.Range) -> lsp.CompletionItem:
    """What was typed is found by the server: editors are not to look for it in the words once more."""
    return lsp.CompletionItem(
        label=one.title or one.text,
        label_details=lsp.CompletionItemLabelDetails(description=one.text if one.title else say(one.sort)),
        kind=_SHOWN_AS.get(one.sort, lsp.CompletionItemKind.Keyword if not one.detail else lsp.CompletionItemKind.Text),
        detail=say("{sort} of {text}", sort=say(one.sort), text=one.detail) if one.detail else say(one.sort),
        sort_text=f"{one.rank:03}{one.title or one.text}",
        filter_text=text[one.start : offset] or one.text,
        text_edit=lsp.TextEdit(place, one.text),
    )


def _markdown(told: Card) -> str:
    lines = [f"**{plain_words(told.heading)}**  ", f"*{plain_words(told.what)}*", ""]
    lines += [
        f"- {say('{name}: {text}', name=plain_words(name), text=plain_words(words)) if name else plain_words(words)}"
        for name, words in told.lines
    ]
    return "\n".join(lines)
