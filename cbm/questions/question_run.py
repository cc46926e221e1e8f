"""How a question is asked: within a budget, until it is cancelled, and told from what is kept of earlier ones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from cbm.arguments import budget_of, cancel_of, folder_of
from cbm.finding import Misuse
from cbm.process.budget import Budget, Cancel, RunStopped, within
from cbm.translation.saying import say


def kept_for(folder: Path | None) -> AbstractContextManager[None]:
    """What is asked inside is told from the folder, as far as it was asked before; None: it is asked."""
    if folder is None:
        return nullcontext()
    from cbm.cache.answer_file import answers_kept_in  # not needed by what only reads

    return answers_kept_in(folder)


@contextmanager
def question_run(
    nothing: str, budget: Budget | None, cancel: Cancel | None, cache: str | os.PathLike[str] | None
) -> Iterator[None]:
    """What is asked inside ends with the budget or when it is cancelled: what has no answer by then is undecided.

    Misuse where it ends before there is anything to tell; `nothing`, which was marked, says of what.
    """
    folder = folder_of("cache", cache)
    with within(budget_of(budget), cancel_of(cancel)), kept_for(folder):
        try:
            yield
        except RunStopped as why:
            raise Misuse(say("{nothing}: {why}", nothing=say(nothing), why=say(str(why)))) from None
