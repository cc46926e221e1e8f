"""Texts that are being written to findings, in a process of its own: what it does is given up for what comes later.

First what is wrong with the form of the texts and with their names, then each finding as it comes, then all of them as
a report tells them. A process that does not give up in time is ended, and another one takes its place.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from cbm.checking.reporting import in_order, report
from cbm.checking.selection import RunTerms
from cbm.checking.subjects import subjects_of
from cbm.checking.suppression import NO_COMMENTS, without_suppressed
from cbm.files import NothingWritten, read_library
from cbm.finding import Finding, Misuse
from cbm.pipeline import check_subject, read_before, understand
from cbm.process.budget import Budget, RunStopped, within
from cbm.project.configuration.configurations import Configurations
from cbm.records import Record, replace
from cbm.repair.mended_texts import repairs
from cbm.report import Outcome, Report
from cbm.translation.saying import mark, say
from cbm.translation.speech import Language, speaking, spoken

_MANY = 100_000  # objects that may come into being before Python looks for cycles among them
_PACE = 0.3  # seconds: findings are not told more often
PATIENCE = 3.0  # seconds: so long a process may take to give up what it is doing
_LOST = mark("the process that checks was ended from outside, perhaps for want of memory")
_GIVEN_UP = "the text was changed meanwhile"


class Task(StrEnum):
    """What is wanted of texts: what is found in them, that with ways out, or a page with the map of the first one."""

    FINDINGS = "findings"
    REPAIRS = "repairs"
    MAP = "map"


class CheckRequest(Record):
    """What is to be checked: groups of files that are read together, and the texts that stand for them."""

    number: int
    groups: tuple[tuple[str, ...], ...]
    unsaved: tuple[tuple[str, str], ...] = ()
    task: Task = Task.FINDINGS
    language: Language = "en"

    @property
    def texts(self) -> Mapping[Path, str]:
        return {Path(path): text for path, text in self.unsaved}


class Progress(Record):
    """What is known by now, a report for each group: `final`, or what was found so far.

    `problems` say why something could not be asked, `hindered` about which files, each with the reason: none in which
    nothing is written yet. None for reports: the work was begun.
    """

    number: int
    reports: tuple[Report, ...] | None = None
    final: bool = False
    problems: tuple[str, ...] = ()
    hindered: tuple[tuple[str, str], ...] = ()
    page: str = ""  # a map

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Those of all groups, each once."""
        return tuple(dict.fromkeys(finding for report in self.reports or () for finding in report.findings))


class LiveCheck:
    """The process, and who is told of what it finds, in a thread of its own; nothing of what was given up is told.

    What is found is told in the language in which it was asked for.
    """

    def __init__(self, told: Callable[[Progress], object]) -> None:
        self._told = told
        self._lock = threading.RLock()
        self._number = self._begun = 0
        self._pending: CheckRequest | None = None
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._folder = TemporaryDirectory(prefix="cbm-")
        self._closed = False

    def ask(self, groups: Sequence[Sequence[Path]], unsaved: Mapping[Path, str], task: Task = Task.FINDINGS) -> int:
        """Checks these from now on, and nothing else; the number that answers will bear."""
        with self._lock:
            self._number += 1
            texts = tuple((str(path), text) for path, text in unsaved.items())
            named = tuple(tuple(map(str, group)) for group in groups)
            request = CheckRequest(self._number, named, texts, task, spoken())
            busy = self._pending is not None
            self._pending = request
            self._send(request)
            if busy:
                timer = threading.Timer(PATIENCE, self._replace_if_stuck, (request,))
                timer.daemon = True
                timer.start()
            return request.number

    def warm_up(self) -> None:
        """Starts the process before there is anything to check."""
        with self._lock:
            if self._process is None:
                self._start()

    def close(self) -> None:
        """Ends the process."""
        with self._lock:
            self._closed = True
            self._end()
        self._folder.cleanup()

    def _send(self, request: CheckRequest) -> None:
        if self._connection is None or self._process is None or not self._process.is_alive():
            self._start()
        assert self._connection is not None
        try:
            self._connection.send(request)
        except OSError:  # it ended just now
            self._start()
            self._connection.send(request)

    def _start(self) -> None:
        self._end()
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self._folder.name), name="check", daemon=True)
        process.start()
        theirs.close()
        self._process, self._connection = process, ours
        threading.Thread(target=self._hear, args=(ours,), name="findings", daemon=True).start()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None

    def _hear(self, connection: Connection) -> None:
        with suppress(EOFError, OSError):
            while True:
                progress = connection.recv()
                with self._lock:
                    self._begun = max(self._begun, progress.number)
                    current = progress.number == self._number and not self._closed
                    if current and progress.final:
                        self._pending = None
                if current and progress.reports is not None:
                    self._told(progress)
        with self._lock:  # it was ended from outside, perhaps for want of memory
            lost = self._pending if connection is self._connection and not self._closed else None
            self._pending = None if lost else self._pending
        if lost:
            with speaking(lost.language):
                problem = say(_LOST)
            hindered = tuple((path, problem) for group in lost.groups for path in group)
            self._told(Progress(lost.number, (), final=True, problems=(problem,), hindered=hindered))

    def _replace_if_stuck(self, request: CheckRequest) -> None:
        with self._lock:
            if self._pending == request and not self._closed and self._begun < request.number:
                self._start()
                assert self._connection is not None
                self._connection.send(request)


def _work(connection: Connection, folder: str) -> None:
    """The process: answers the latest request, and ends with who started it."""
    gc.set_threshold(_MANY)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    latest: list[CheckRequest] = []
    came = threading.Condition()
    running = [Budget()]

    def hear() -> None:
        with suppress(EOFError, OSError):
            while True:
                request = connection.recv()
                with came:
                    latest[:] = [request]
                    running[0].stop(_GIVEN_UP)
                    came.notify()
        os._exit(0)

    threading.Thread(target=hear, name="requests", daemon=True).start()
    while True:
        with came:
            came.wait_for(lambda: bool(latest))
            request = latest.pop()
            running[0] = budget = Budget()
        with suppress(OSError):
            connection.send(Progress(request.number))
            with speaking(request.language):
                answer(request, Path(folder), budget, connection.send)


def answer(request: CheckRequest, folder: Path, budget: Budget, tell: Callable[[Progress], object]) -> None:
    """Tells what is found, again and again, and in the end all of it; nothing more once the budget was stopped."""
    done: list[Report] = []
    problems: list[str] = []
    hindered: list[tuple[str, str]] = []
    page = ""
    with within(budget), suppress(RunStopped):
        for group in request.groups:

            def hear(report: Report) -> None:
                tell(Progress(request.number, (*done, report)))

            try:
                match request.task:
                    case Task.FINDINGS:
                        done.append(_checked(group, request, folder, hear))
                    case Task.REPAIRS:
                        done.append(repairs(group, configurations=Configurations(), unsaved=request.texts))
                    case Task.MAP:
                        page = _map(group[0], request)
            except Misuse as problem:
                problems.append(str(problem))
                if not isinstance(problem, NothingWritten):
                    hindered += ((path, str(problem)) for path in group)
    if not budget.stopped:
        ended = Progress(request.number, tuple(done), final=True, page=page)
        tell(replace(ended, problems=tuple(problems), hindered=tuple(hindered)))


def _checked(group: tuple[str, ...], request: CheckRequest, folder: Path, hear: Callable[[Report], object]) -> Report:
    configurations = Configurations()
    terms = RunTerms.of(None, (), (), None, configurations)
    with read_before(folder):
        library = read_library(group, configurations, request.texts)
    subjects = subjects_of(library)

    def told(outcomes: list[Outcome], further: Sequence[Finding] = ()) -> Report:
        found = report(library, outcomes, terms.day, terms.selection, terms.fail_level)
        if further:
            shown = without_suppressed(Report(tuple(further)), NO_COMMENTS)
            found = replace(found, findings=tuple(in_order((*found.findings, *shown.findings))))
        return terms.told(found, library.excluded, library.files.values())

    names = [understand(library, subject, terms.day)[1] for subject in subjects]
    hear(told(names))
    done: list[Outcome] = []
    coming: list[Finding] = []
    due = monotonic()

    def one_more(finding: Finding) -> None:
        nonlocal due
        coming.append(finding)
        if monotonic() >= due:
            hear(told([*done, *names[len(done) :]], coming))
            due = monotonic() + _PACE

    work = partial(check_subject, library, as_of=terms.day, selection=terms.selection, showing=False, tell=one_more)
    for subject in subjects:
        done.append(work(subject, cache=folder))
        coming.clear()
    return told(done)


def _map(path: str, request: CheckRequest) -> str:
    """The page with the map of a text; Misuse where it cannot be understood."""
    from cbm.questions.covering import Request, answer  # not every session draws
    from cbm.render.maps import MAP_RENDERERS

    drawn = answer(Request(path), unsaved=request.texts)
    if isinstance(drawn, Report):
        raise Misuse(say("there is no map of a text with mistakes: mend what is found first"))
    return MAP_RENDERERS["html"](drawn)
