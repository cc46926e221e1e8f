"""What bound whom in a recorded encounter, as programs ask it; what reads records is imported for it alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import date

from cbm.arguments import day_of, one_path, paths_in, progress_of, words_of
from cbm.checking.executors import crew_of
from cbm.finding import Misuse
from cbm.outcomes.judgement import Judgement
from cbm.process.budget import Budget, Cancel
from cbm.questions.named_texts import first_fault
from cbm.questions.question_run import question_run
from cbm.report import Report
from cbm.search.parallel import Crew
from cbm.translation.saying import mark, say

_LIBRARIES = ("gpxpy", "numpy", "pyais", "pyproj", "scipy")


def judge(
    tracks: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    texts: Iterable[str | os.PathLike[str]],
    *,
    mapping: str | os.PathLike[str] | None = None,
    events: str | os.PathLike[str] | None = None,
    as_of: date | None = None,
    text: str | None = None,
    executor: Executor | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    cancel: Cancel | None = None,
    budget: Budget | None = None,
) -> Judgement:
    """What bound whom in a recorded encounter, and what came of it. Without a date that of the first row counts.

    `executor`, `progress`, `cancel` and `budget` are as for `check`. Misuse where a text, the mapping or a row cannot
    be read (a row is told with its line and column), the extra `tracks` is not installed, or nothing is known when a
    run is stopped.
    """
    with record_libraries():
        from cbm.questions.recorded_encounters import NOTHING, RecordQuestion, judgement
        from cbm.tracks.recording import UnreadableRecord

    files = paths_in([tracks] if isinstance(tracks, str | os.PathLike) else tracks, "tracks")
    question = RecordQuestion(
        files,
        tuple(map(str, paths_in(texts, "texts"))),
        None if mapping is None else one_path("mapping", mapping),
        None if events is None else one_path("events", events),
        day_of("as_of", as_of),
        words_of("text", text) or None,
    )
    try:
        watch = progress_of("progress", progress)
        with question_run(NOTHING, budget, cancel, None), crew_of(1, executor) as crew:
            told = judgement(question, Crew(crew, watch))
    except UnreadableRecord as why:
        raise Misuse("\n".join(f"{flaw.place}: {flaw.words}" for flaw in why.flaws)) from None
    if isinstance(told, Report):
        raise Misuse(say("a text cannot be understood: {fault}", fault=first_fault(told)))
    return told


@contextmanager
def record_libraries() -> Iterator[None]:
    """Misuse where what is imported inside needs a library of the extra `tracks` that is not installed."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if missing.name not in _LIBRARIES:
            raise
        words = mark("tracks need the Python package `{package}`: install cbm-checker with its extra `tracks`")
        raise Misuse(say(words, package=missing.name)) from None
