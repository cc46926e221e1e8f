"""An editor's session with `cbm lsp` as a process of its own, by the client of pygls; for tests that wait in turn."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Condition, Thread
from typing import Any, TypeVar

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds: whatever takes longer never comes
Answer = TypeVar("Answer")


class Session:
    """A client with its server, and what that has told of each text by now."""

    def __init__(self, locale: str | None = None) -> None:
        self.client = LanguageClient("test", "1")
        self.diagnostics: dict[str, list[lsp.Diagnostic]] = {}
        self.applied: list[lsp.WorkspaceEdit] = []
        self.told: list[str] = []
        self.choosing: Callable[[], object] = bool  # what happens while a choice is to be made
        self._came = Condition()
        self._loop = asyncio.new_event_loop()
        self._versions: dict[str, int] = {}
        Thread(target=self._loop.run_forever, daemon=True).start()
        self._listen()
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.wait(self.client.start_io(sys.executable, "-m", "cbm", "lsp", env=environment))
        parameters = lsp.InitializeParams(lsp.ClientCapabilities(), process_id=os.getpid(), locale=locale)
        self.capabilities = self.wait(self.client.initialize_async(parameters)).capabilities
        self.run(lambda: self.client.initialized(lsp.InitializedParams()))

    def wait(self, answer: Awaitable[Answer]) -> Answer:
        """What a question is answered with."""

        async def asked() -> Answer:
            return await answer

        return asyncio.run_coroutine_threadsafe(asked(), self._loop).result(PATIENCE)

    def run(self, work: Callable[[], object]) -> None:
        """Sends something that is not answered."""
        done: Future[None] = Future()

        def run() -> None:
            work()
            done.set_result(None)

        self._loop.call_soon_threadsafe(run)
        done.result(PATIENCE)

    def open(self, path: Path, text: str | None = None) -> str:
        """Opens a file, with a text that is not saved if one is given; its URI."""
        uri = path.as_uri()
        item = lsp.TextDocumentItem(uri, "cbm", 1, path.read_text(encoding="utf-8") if text is None else text)
        self._versions[uri] = 1
        self.run(lambda: self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item)))
        return uri

    def type(self, uri: str, text: str) -> None:
        """The text is another one now, and not saved."""
        self.run(lambda: self.change(uri, text))

    def change(self, uri: str, text: str) -> None:
        """The same, told from where the client runs."""
        self._versions[uri] += 1
        identifier = lsp.VersionedTextDocumentIdentifier(version=self._versions[uri], uri=uri)
        change = lsp.DidChangeTextDocumentParams(identifier, [lsp.TextDocumentContentChangeWholeDocument(text)])
        self.client.text_document_did_change(change)

    def close(self, uri: str) -> None:
        closed = lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri))
        self.run(lambda: self.client.text_document_did_close(closed))

    def until(self, uri: str, told: Callable[[list[lsp.Diagnostic]], bool]) -> list[lsp.Diagnostic]:
        """The diagnostics of a text, once they are as they should be."""
        with self._came:
            assert self._came.wait_for(lambda: told(self.diagnostics.get(uri, [])), PATIENCE), self.diagnostics
            return self.diagnostics.get(uri, [])

    def heard(self, count: int) -> list[str]:
        """So many messages to the drafter, once they have come; they are not heard again."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.told) >= count, PATIENCE), self.told
            told, self.told = self.told, []
            return told

    def end(self) -> None:
        self.wait(self.client.shutdown_async(None))
        self.run(lambda: self.client.exit(None))
        self.wait(self.client.stop())  # type: ignore[no-untyped-call] # so it is in pygls
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _listen(self) -> None:
        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator] # so it is in pygls
        def told(params: lsp.PublishDiagnosticsParams) -> None:
            with self._came:
                self.diagnostics[params.uri] = list(params.diagnostics)
                self._came.notify_all()

        @self.client.feature(lsp.WORKSPACE_APPLY_EDIT)  # type: ignore[untyped-decorator] # so it is in pygls
        def apply(params: lsp.ApplyWorkspaceEditParams) -> lsp.ApplyWorkspaceEditResult:
            self.applied.append(params.edit)
            return lsp.ApplyWorkspaceEditResult(applied=True)

        @self.client.feature(lsp.WINDOW_SHOW_MESSAGE_REQUEST)  # type: ignore[untyped-decorator] # so it is in pygls
        def choose(params: lsp.ShowMessageRequestParams) -> lsp.MessageActionItem | None:
            self.choosing()
            return next(iter(params.actions or ()), None)

        @self.client.feature(lsp.WINDOW_SHOW_MESSAGE)  # type: ignore[untyped-decorator] # so it is in pygls
        def tell(params: lsp.ShowMessageParams) -> None:
            with self._came:
                self.told.append(params.message)
                self._came.notify_all()


def place(text: str, marker: str) -> lsp.Position:
    """Where some words end in a text, in UTF-16."""
    before = text[: text.index(marker) + len(marker)]
    line = before.rpartition("\n")[2]
    return lsp.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)


def edited(text: str, edits: Any) -> str:
    """A text with the changes of a client, which come in any order."""
    lines = text.split("\n")

    def offset(position: lsp.Position) -> int:
        line = lines[position.line].encode("utf-16-le")[: position.character * 2].decode("utf-16-le")
        return sum(len(one) + 1 for one in lines[: position.line]) + len(line)

    for edit in sorted(edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text
