"""A run of a command within its limits, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import click

from cbm.cli.pages import tell
from cbm.cli.parameters import cache_folder
from cbm.finding import Exit
from cbm.process.budget import Budget
from cbm.process.interruption import Interruption, stopped_by_signals
from cbm.questions.question_run import question_run
from cbm.translation.saying import say


class Run(NamedTuple):
    """What a run may take, and whether it was stopped from outside."""

    budget: Budget
    came: Interruption

    def exit(self, otherwise: int) -> int:
        """The exit code of a run that tells no report; that it was stopped is said here, and hides no findings."""
        if not self.budget.stopped:
            return otherwise
        click.echo(say("Stopped before the end: {why}.", why=say(self.budget.stopped)), err=True)
        return self.signalled or otherwise or Exit.UNDECIDED

    @property
    def signalled(self) -> int:
        """The exit code that shells expect after a signal; 0 where none came."""
        return self.came.exit


@contextmanager
def within_limits(timeout: float | None, steps: int | None, nothing: str) -> Iterator[Run]:
    """Limits what is done inside; where it ends before there is anything to tell, `nothing` says of what.

    Answers are kept where the command keeps them, and told from there.
    """
    budget = Budget(timeout, steps)
    with stopped_by_signals(budget) as came, question_run(nothing, budget, None, cache_folder()):
        yield Run(budget, came)
    tell_incidents(budget)


def tell_incidents(budget: Budget) -> None:
    """What went wrong outside and changed nothing in what is found."""
    for incident in budget.incidents:
        tell(say("Note: {incident}.", incident=say(incident)))
