"""How a question is asked: within a budget, until it is cancelled, and told from what is kept of earlier ones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cbm.arguments import budget_of, cancel_of, folder_of
from cbm.pipeline import read_before
from cbm.process.budget import Budget, Cancel, told_or_stopped, within


@contextmanager
def kept_for(folder: Path | None) -> Iterator[None]:
    """What is read and asked inside is told from the folder, as far as it was before; None: it is read and asked."""
    if folder is None:
        yield
        return
    from cbm.cache.answer_file import answers_kept_in  # not needed where nothing is kept

    with read_before(folder), answers_kept_in(folder):
        yield


@contextmanager
def question_run(
    nothing: str, budget: Budget | None, cancel: Cancel | None, cache: str | os.PathLike[str] | None
) -> Iterator[None]:
    """What is asked inside ends with the budget or when it is cancelled: what has no answer by then is undecided.

    StoppedEarly where it ends before there is anything to tell; `nothing`, which was marked, says of what.
    """
    folder = folder_of("cache", cache)
    with within(budget_of(budget), cancel_of(cancel)), kept_for(folder), told_or_stopped(nothing):
        yield
