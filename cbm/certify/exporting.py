"""Paths to a folder of SMT-LIB files: a question for each verdict, or all that the search asked on its way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import date

from cbm.arguments import budget_of, cancel_of, flag_of, one_path
from cbm.certify.certificates import Certified, certify
from cbm.export.questions import Exported
from cbm.export.questions import export as write_questions
from cbm.process.budget import Budget, Cancel, within
from cbm.report import Report


def export(
    paths: Iterable[str | os.PathLike[str]],
    folder: str | os.PathLike[str],
    *,
    search: bool = False,
    as_of: date | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    cancel: Cancel | None = None,
    budget: Budget | None = None,
) -> Certified | Exported | Report:
    """Writes what the check of the paths decides as questions that other solvers read, and counts what was written.

    For each verdict a file asks by definition what it claims; with `search`, each question that was asked on the way
    has one. `index.tsv` lists them. The `folder` must be new or empty; nothing is written where something in the texts
    cannot be understood, and a report of that is returned. `progress`, `cancel` and `budget` are as for `check`.

    Misuse where the paths cannot be read, the folder cannot be written, or an argument is not what it has to be.
    """
    place, every = one_path("folder", folder), flag_of("search", search)
    with within(budget_of(budget), cancel_of(cancel)):
        write = write_questions if every else certify
        return write(paths, place, as_of=as_of, progress=progress)
