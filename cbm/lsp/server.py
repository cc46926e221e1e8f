"""The language server: each question of an editor to the one who answers it, over standard input and output."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from cbm.editor.completions import Suggestion, suggestions
from cbm.editor.occurrences import CHOICE, CLAUSE, DOCUMENT, ROLE, SITUATION, STATED
from cbm.editor.open_texts import path_of
from cbm.editor.quick_fixes import quick_fixes
from cbm.editor.renaming import Refused, named_at, renamed
from cbm.editor.word_cards import Card, card
from cbm.finding import Finding, Fix, Misuse
from cbm.formatting.texts import layout
from cbm.lsp.desk import Desk
from cbm.lsp.diagnostics import SOURCE, diagnostic
from cbm.render.columns import begun
from cbm.render.markdown_text import plain_words
from cbm.source import Edit
from cbm.translation.saying import mark, say
from cbm.translation.speech import LANGUAGES, Language, speaking, spoken
from cbm.version import VERSION
from cbm.wording.answers import word_entries as sorts

_Asked = TypeVar("_Asked", bound=Callable[..., Awaitable[Any]])
REPAIRS = "cbm.findWaysOut"
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


class _SpokenServer(LanguageServer):
    """A server that answers in one language: the one that was chosen, else that of the editor, else `otherwise`."""

    def __init__(self, *arguments: Any, chosen: Language | None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.language: Language = chosen or spoken()

        @self.feature(lsp.INITIALIZE)
        async def begin(params: lsp.InitializeParams) -> None:
            self.language = chosen or _of_locale(params.locale or "") or self.language

    def feature(self, feature_name: str, options: Any | None = None) -> Callable[[_Asked], _Asked]:
        """Registers who answers."""
        return self._in_the_language(super().feature(feature_name, options))

    def command(self, command_name: str) -> Callable[[_Asked], _Asked]:
        """Registers who carries it out."""
        return self._in_the_language(super().command(command_name))

    def _in_the_language(self, register: Callable[[Any], Any]) -> Callable[[_Asked], _Asked]:
        def registered(answer: _Asked) -> _Asked:
            @wraps(answer)
            async def told(*asked: Any) -> Any:
                with speaking(self.language):
                    return await answer(*asked)

            register(told)
            return answer

        return registered


def _of_locale(locale: str) -> Language | None:
    """The language of a locale such as `zh-CN`, if readers are spoken to in it."""
    begun = locale.replace("_", "-").partition("-")[0].lower()
    return next((language for language in LANGUAGES if language == begun), None)


def make_server(chosen: Language | None = None) -> LanguageServer:
    """A server with nothing open yet; it speaks the language that was chosen, else that of its editor."""
    server = _SpokenServer(
        "cbm",
        f"v{VERSION}",
        # Whole texts: what a line is to the protocol, is one to nobody else.
        text_document_sync_kind=lsp.TextDocumentSyncKind.Full,
        chosen=chosen,
    )
    desk = Desk(server)
    _hear_of_texts(server, desk)
    _answer_about_words(server, desk)
    _answer_with_changes(server, desk)
    return server


def serve(chosen: Language | None = None) -> None:
    """Serves one client, until it has enough or is gone."""
    make_server(chosen).start_io()


def _hear_of_texts(server: LanguageServer, desk: Desk) -> None:
    @server.feature(lsp.INITIALIZED)
    async def begun(params: lsp.InitializedParams) -> None:
        del params
        desk.warm_up()

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        desk.open(params.text_document.uri, params.text_document.text)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        document = server.workspace.get_text_document(params.text_document.uri)
        desk.put(params.text_document.uri, document.source)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        desk.close(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        del params
        desk.changed_outside()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def changed_outside(params: lsp.DidChangeWatchedFilesParams) -> None:
        del params
        desk.changed_outside()

    @server.feature(lsp.SHUTDOWN)
    async def ended(params: None) -> None:
        del params
        desk.end()


def _answer_about_words(server: LanguageServer, desk: Desk) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        path, offset = _place(desk, params)
        found = desk.texts.at(path, offset)
        if found is None:
            return None
        occurrences, occurrence = found
        told = card(occurrences, occurrence.symbol)
        if told is None:
            return None
        content = lsp.MarkupContent(lsp.MarkupKind.Markdown, _markdown(told))
        return lsp.Hover(content, desk.location(occurrence.span).range)

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[".", " "]))
    async def complete(params: lsp.CompletionParams) -> lsp.CompletionList:
        path, offset = _place(desk, params)
        text, occurrences = desk.texts.text(path) or "", desk.texts.occurrences(path)
        positions = desk.positions(path)
        document = _document_at(desk, path, offset)
        found = suggestions(text, offset, occurrences, document)
        by_blank = params.context is not None and params.context.trigger_character == " "
        if by_blank:  # nobody asked: only what a phrase or a word before it clearly wants
            found = [one for one in found if one.rank == 0]
        if positions is None:
            return lsp.CompletionList(False, [])
        items = [_item(one, text, offset, positions.range(one.start, offset)) for one in found]
        return lsp.CompletionList(True, items)

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: lsp.DefinitionParams) -> list[lsp.Location]:
        found = desk.texts.at(*_place(desk, params))
        if found is None:
            return []
        occurrences, occurrence = found
        return [desk.location(one.span) for one in occurrences.declarations(occurrence.symbol)]

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    async def references(params: lsp.ReferenceParams) -> list[lsp.Location]:
        path, offset = _place(desk, params)
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

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def outline(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
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


def _answer_with_changes(server: LanguageServer, desk: Desk) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare(params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder:
        try:
            found = named_at(desk.texts, *_place(desk, params))
        except Refused as why:
            raise JsonRpcInvalidParams(str(why)) from None
        return lsp.PrepareRenamePlaceholder(desk.location(found.span).range, found.symbol.name)

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    async def rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit:
        try:
            done = renamed(desk.texts, *_place(desk, params), params.new_name)
        except Refused as why:
            raise JsonRpcInvalidParams(str(why)) from None
        return _changes(desk, (edit for _, edits in done.edits for edit in edits))

    options = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, options)
    async def actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        path = desk.path(params.text_document.uri)
        positions = desk.positions(path)
        if positions is None:
            return []
        start, end = positions.offset(params.range.start), positions.offset(params.range.end)
        told = [_action(desk, finding, fix) for finding, fix in quick_fixes(desk.texts, path, start, end)]
        found = list(desk.found_at(path, start, end))
        told += [_action(desk, finding, fix) for finding in found for fix in finding.fixes]
        meant = [one for one in params.context.diagnostics if one.source == SOURCE]
        if meant and not told and not found:
            title = say("Look for changes that settle this (takes a while)")
            command = lsp.Command(
                title=title, command=REPAIRS, arguments=[params.text_document.uri, meant[0].message, str(meant[0].code)]
            )
            told.append(lsp.CodeAction(title, lsp.CodeActionKind.QuickFix, meant, command=command))
        return told

    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    async def lay_out(params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
        path = desk.path(params.text_document.uri)
        text, positions = desk.texts.text(path), desk.positions(path)
        if text is None or positions is None:
            return []
        try:
            after = layout(text, name=path.name)
        except Misuse as why:
            raise JsonRpcInvalidParams(str(why)) from None
        return [] if after == text else [lsp.TextEdit(positions.range(0, len(text)), after)]

    @server.command(REPAIRS)
    async def repairs(uri: str, message: str, rule: str) -> None:
        path = desk.path(uri)
        repaired = await desk.repairs(path)
        headline = message.partition("\n")[0]
        found = next((f for f in repaired if f.message == headline and f.rule == rule and f.fixes), None)
        if found is None:
            words = mark("No change was found that settles “{message}” without bringing something else.")
            words = say(words, message=headline)
            server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Info, words))
            return
        choices = [lsp.MessageActionItem(fix.description) for fix in found.fixes]
        asked = say("Change the text so that this is settled? {message}", message=headline)
        chosen = await server.window_show_message_request_async(
            lsp.ShowMessageRequestParams(lsp.MessageType.Info, asked, choices)
        )
        fix = next((fix for fix in found.fixes if chosen is not None and fix.description == chosen.title), None)
        if fix is not None and desk.texts.text(path) == found.primary.span.source.text:
            changes = _changes(desk, fix.edits)
            await server.workspace_apply_edit_async(lsp.ApplyWorkspaceEditParams(changes, fix.description))


def _place(
    desk: Desk,
    params: lsp.HoverParams
    | lsp.CompletionParams
    | lsp.DefinitionParams
    | lsp.ReferenceParams
    | lsp.PrepareRenameParams
    | lsp.RenameParams,
) -> tuple[Path, int]:
    """The file and the offset in it."""
    path = desk.path(params.text_document.uri)
    positions = desk.positions(path)
    return path, 0 if positions is None else positions.offset(params.position)


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


def _action(desk: Desk, finding: Finding, fix: Fix) -> lsp.CodeAction:
    place = desk.location(finding.primary.span).range
    title = begun(fix.description)
    told = diagnostic(finding, place, desk.location)
    return lsp.CodeAction(title, lsp.CodeActionKind.QuickFix, [told], edit=_changes(desk, fix.edits))


def _changes(desk: Desk, edits: Iterable[Edit]) -> lsp.WorkspaceEdit:
    changes: dict[str, list[lsp.TextEdit]] = {}
    for edit in edits:
        place = desk.location(edit.span)
        changes.setdefault(place.uri, []).append(lsp.TextEdit(place.range, edit.replacement))
    return lsp.WorkspaceEdit(changes=changes)
