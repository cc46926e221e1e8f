"""What one editor has open, and what it is shown of it: diagnostics as one types, the quick ones at once.

The form of a text is looked at here, as soon as it was changed; what it means in another process, after a pause. Until
that is known, what was found before stays, at the places to which the text has moved.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from lsprotocol.types import (
    Diagnostic,
    Location,
    MessageType,
    Position,
    PositionEncodingKind,
    PublishDiagnosticsParams,
    ShowMessageParams,
    TextDocumentIdentifier,
)
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from cbm.editor.live_check import LiveCheck, Progress, Task
from cbm.editor.moved_places import MovedPlaces
from cbm.editor.open_texts import OpenTexts, path_of
from cbm.finding import Finding, RuleId
from cbm.lsp.diagnostics import diagnostic, not_checked
from cbm.lsp.line_columns import Positions
from cbm.source import Source, Span
from cbm.syntax.parse import parse
from cbm.translation.speech import Language, speaking, spoken

QUICK, PAUSE = 0.02, 0.25  # seconds after a change: until its form is looked at, and until everything is asked


class AskedAt(Protocol):
    """What is asked about a place in a text."""

    @property
    def text_document(self) -> TextDocumentIdentifier:
        """The text."""

    @property
    def position(self) -> Position:
        """Line and column, as the client counts them."""


class Desk:
    """The open texts of one client."""

    def __init__(self, server: LanguageServer) -> None:
        self.texts = OpenTexts()
        self.findings: tuple[Finding, ...] = ()
        self.repaired: tuple[Finding, ...] = ()
        self._server = server
        self._language: Language = "en"
        self._uris: dict[Path, str] = {}
        self._form: dict[Path, tuple[Finding, ...]] = {}
        self._shown: dict[str, list[Diagnostic]] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._check: LiveCheck | None = None
        self._problems: tuple[str, ...] = ()  # why something could not be asked last time
        self._hindered: dict[str, str] = {}  # by the files about which it was not
        self._wanting: dict[int, asyncio.Future[tuple[Finding, ...] | None]] = {}

    def warm_up(self) -> None:
        """What is needed where something is wrong is loaded while nobody waits for it, and so is what checks."""
        parse(Source("", "draft d\nclause 1 every unit mustnt lase"))
        self._loop = asyncio.get_running_loop()
        self._language = spoken()
        self._worker().warm_up()

    # ---- texts

    def open(self, uri: str, text: str) -> None:
        """A text was opened."""
        path = self.path(uri)
        self._uris[path] = uri
        self.put(uri, text)

    def put(self, uri: str, text: str) -> None:
        """A text is another one now."""
        self.texts.put(self.path(uri), text)
        self.repaired = ()
        self._later("form", QUICK, self._look_at_forms)
        self._later("check", PAUSE, self.check)

    def close(self, uri: str) -> None:
        """A text is not open any more."""
        path = self.path(uri)
        self.texts.drop(path)
        self._form.pop(path, None)
        self._uris.pop(path, None)
        self._later("check", PAUSE, self.check)

    def changed_outside(self) -> None:
        """Some file is another one now."""
        self.texts.forget()
        self._later("check", PAUSE, self.check)

    def path(self, uri: str) -> Path:
        """The file of a text; one that has none is thought of as one of the working folder."""
        named = to_fs_path(uri) if uri.startswith("file:") else None
        if named is None:
            named = f"{uri.partition(':')[2].strip('/') or 'untitled'}".replace("/", "_")
            named = named if named.endswith(".cbm") else f"{named}.cbm"
        return Path(os.path.realpath(named))

    def uri(self, path: Path) -> str:
        """What the client calls a file."""
        return self._uris.get(path) or from_fs_path(str(path)) or path.as_uri()

    def positions(self, path: Path) -> Positions | None:
        """The lines of a file as it is now."""
        text = self.texts.text(path)
        return None if text is None else Positions(text, self._encoding())

    def place(self, asked: AskedAt) -> tuple[Path, int]:
        """The file of a place, and the offset in it."""
        path = self.path(asked.text_document.uri)
        positions = self.positions(path)
        return path, 0 if positions is None else positions.offset(asked.position)

    def location(self, span: Span) -> Location:
        """Where a place is, in a text that was not changed since."""
        positions = Positions(span.source.text, self._encoding())
        return Location(self.uri(path_of(span.source)), positions.range(span.start, span.end))

    # ---- findings

    def check(self) -> None:
        """Asks everything of what is open, and gives up what was asked before."""
        self._give_up()
        if not self.texts.unsaved:
            self.findings = ()
            self._publish()
            return
        self._worker().ask(self.texts.groups(), self.texts.unsaved)

    async def repairs(self, path: Path) -> tuple[Finding, ...] | None:
        """The findings in one file with ways out, once they were looked for; None where that was given up."""
        self._cancel("check")
        self._give_up()
        wanted: asyncio.Future[tuple[Finding, ...] | None] = asyncio.get_running_loop().create_future()
        number = self._worker().ask([[path]], self.texts.unsaved, Task.REPAIRS)
        self._wanting = {number: wanted}
        try:
            found = await wanted
        finally:
            if wanted.cancelled() or wanted.result() is not None:  # else something else is asked by now
                self._later("check", PAUSE, self.check)  # what was asked before was given up for this
        self.repaired = found or ()
        return found

    def found_at(self, path: Path, start: int, end: int) -> Iterator[Finding]:
        """The findings with ways out that stand between two places."""
        text = self.texts.text(path)
        for finding in self.repaired:
            span = finding.primary.span
            here = path_of(span.source) == path and span.source.text == text
            if here and finding.fixes and span.start <= end and start <= span.end:
                yield finding

    def end(self) -> None:
        """Nothing is asked any more."""
        for name in tuple(self._timers):
            self._cancel(name)
        if self._check is not None:
            self._check.close()

    def _give_up(self) -> None:
        """Who waits for ways out is told that nobody looks for them any more."""
        for wanted in self._wanting.values():
            if not wanted.done():
                wanted.set_result(None)
        self._wanting = {}

    def _worker(self) -> LiveCheck:
        if self._check is None:
            self._check = LiveCheck(self._heard)
        return self._check

    def _heard(self, progress: Progress) -> None:
        """In a thread of its own."""
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._told, progress)

    def _told(self, progress: Progress) -> None:
        with speaking(self._language):
            self._take(progress)

    def _take(self, progress: Progress) -> None:
        wanted = self._wanting.pop(progress.number, None) if progress.final else None
        if progress.final:
            before, self._problems = self._problems, progress.problems if progress.hindered else ()
            for problem in self._problems:
                if problem not in before:  # it is told once, and not each time that something is typed
                    self._server.window_show_message(ShowMessageParams(MessageType.Warning, problem))
        if wanted is not None:
            if not wanted.done():
                wanted.set_result(progress.findings)
            return
        self.findings, self._hindered = progress.findings, dict(progress.hindered)
        self._publish()

    def _look_at_forms(self) -> None:
        for path, text in self.texts.unsaved.items():
            self._form[path] = parse(Source(path.name, text))[1]
        self._publish()

    def _publish(self) -> None:
        """Shows what is known now: the form of open texts as they are, and what was found in all texts."""
        known: dict[str, list[Diagnostic]] = {self.uri(path): [] for path in self.texts.unsaved}
        for path, uri in [(path, self.uri(path)) for path in self.texts.unsaved]:
            if why := self._hindered.get(str(path)):  # else it would look as if nothing was wrong
                known[uri].append(not_checked(why))
        for path, findings in self._form.items():
            for finding in findings:
                self._add(known, path, finding, MovedPlaces("", ""))
        moved: dict[Source, MovedPlaces] = {}
        for finding in self.findings:
            source = finding.primary.span.source
            path = path_of(source)
            if finding.rule is RuleId.SYNTAX and path in self._form:
                continue
            if source not in moved:
                moved[source] = MovedPlaces(source.text, self.texts.text(path) or "")
            self._add(known, path, finding, moved[source])
        for uri in (*known, *(gone for gone in self._shown if gone not in known)):
            told = known.get(uri, [])
            if told != self._shown.get(uri):
                self._server.text_document_publish_diagnostics(PublishDiagnosticsParams(uri, told))
        self._shown = {uri: told for uri, told in known.items() if told or uri in map(self.uri, self.texts.unsaved)}

    def _add(self, known: dict[str, list[Diagnostic]], path: Path, finding: Finding, moved: MovedPlaces) -> None:
        span, text = finding.primary.span, self.texts.text(path)
        same = text == span.source.text
        place = (span.start, span.end) if same else moved.place(span.start, span.end)
        if place is None or text is None:
            return
        shown = Positions(text, self._encoding()).range(*place)
        known.setdefault(self.uri(path), []).append(diagnostic(finding, shown, self.location))

    def _encoding(self) -> str:
        return self._server.workspace.position_encoding or PositionEncodingKind.Utf16

    def _later(self, name: str, seconds: float, work: Callable[[], object]) -> None:
        self._cancel(name)
        self._loop = asyncio.get_running_loop()
        self._timers[name] = self._loop.call_later(seconds, work)

    def _cancel(self, name: str) -> None:
        timer = self._timers.pop(name, None)
        if timer is not None:
            timer.cancel()
