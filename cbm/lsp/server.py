"""The language server: each question of an editor to the one who answers it, over standard input and output."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from functools import wraps
from typing import Any, TypeVar

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from cbm.lsp import text_changes, word_answers
from cbm.lsp.desk import Desk
from cbm.translation.saying import mark, say
from cbm.translation.speech import LANGUAGES, Language, speaking, spoken
from cbm.version import VERSION

_Asked = TypeVar("_Asked", bound=Callable[..., Awaitable[Any]])


class _AnsweringProtocol(LanguageServerProtocol):
    """The protocol, in which a request that is not of its form is answered with an error: its client waits for it.

    What is refused in words is an answer like any other, and leaves no trace of the program in the log.
    """

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message of its type; one whose method takes nothing may leave out what it takes."""
        named = {"params": None, **data} if "method" in data else data
        try:
            return super().structure_message(named)
        except JsonRpcException as refusal:
            if "method" in data and isinstance(data.get("id"), (int, str)):
                self._send_response(data["id"], error=refusal.to_response_error())
            raise

    def _send_handler_result(self, future: Future[Any], *, msg_id: int | str) -> None:
        refusal = None if future.cancelled() else future.exception()
        if isinstance(refusal, JsonRpcInvalidParams):
            self._request_futures.pop(msg_id, None)
            self._send_response(msg_id, error=refusal.to_response_error())
        else:
            super()._send_handler_result(future, msg_id=msg_id)


class _SpokenServer(LanguageServer):
    """A server that answers in one language: the one that was chosen, else that of the editor, else `otherwise`."""

    def __init__(self, *arguments: Any, chosen: Language | None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.language: Language = chosen or spoken()
        self.shut_down = False

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


def make_server(chosen: Language | None = None) -> _SpokenServer:
    """A server with nothing open yet; it speaks the language that was chosen, else that of its editor."""
    server = _SpokenServer(
        "cbm",
        f"v{VERSION}",
        # Whole texts: what a line is to the protocol, is one to nobody else.
        text_document_sync_kind=lsp.TextDocumentSyncKind.Full,
        protocol_cls=_AnsweringProtocol,
        chosen=chosen,
    )
    desk = Desk(server)
    _hear_of_texts(server, desk)
    _answer_about_words(server, desk)
    _answer_with_changes(server, desk)
    return server


def serve(chosen: Language | None = None) -> int:
    """Serves one client, until it has enough or is gone; the exit code that the protocol wants: 0 after a shutdown."""
    server = make_server(chosen)
    server.start_io()
    return int(not server.shut_down)


def _hear_of_texts(server: _SpokenServer, desk: Desk) -> None:
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
        server.shut_down = True
        desk.end()


def _answer_about_words(server: LanguageServer, desk: Desk) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        return word_answers.hover(desk, params)

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[".", " ", '"']))
    async def complete(params: lsp.CompletionParams) -> lsp.CompletionList:
        return word_answers.completions(desk, params)

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    async def definitions(params: lsp.DefinitionParams) -> list[lsp.Location]:
        return word_answers.definitions(desk, params)

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    async def references(params: lsp.ReferenceParams) -> list[lsp.Location]:
        return word_answers.references(desk, params)

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def outline(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        return word_answers.outline(desk, params)


def _answer_with_changes(server: LanguageServer, desk: Desk) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare(params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder:
        return text_changes.renamable(desk, params)

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    async def rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit:
        return text_changes.rename(desk, params)

    kinds = [lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.SourceFixAll]
    options = lsp.CodeActionOptions(code_action_kinds=kinds)

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, options)
    async def actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        return text_changes.actions(desk, params)

    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    async def lay_out(params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
        return text_changes.lay_out(desk, params)

    @server.command(text_changes.REPAIRS)
    async def settle(*given: str) -> None:  # whatever the client gives
        match given:
            case str(uri), str(message), str(rule):
                await text_changes.settle(server, desk, uri, message, rule)
            case _:
                words = mark("`{command}` takes three texts: the URI of a document, and the message and the rule found")
                raise JsonRpcInvalidParams(say(words, command=text_changes.REPAIRS))
