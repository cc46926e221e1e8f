"""How a run of a command ends that was stopped."""

from __future__ import annotations

import pytest

from cbm.cli.runs import Run
from cbm.finding import Exit
from cbm.process.budget import Budget
from cbm.process.interruption import Interruption


@pytest.mark.parametrize(
    ("known", "code"),
    [
        (Exit.FINE, Exit.UNDECIDED),
        (Exit.UNDECIDED, Exit.UNDECIDED),
        (Exit.FINDINGS, Exit.FINDINGS),
        (Exit.CONTRADICTED, Exit.CONTRADICTED),
    ],
)
def test_what_was_found_before_a_run_was_stopped_is_in_its_exit_code(
    known: Exit, code: Exit, capsys: pytest.CaptureFixture[str]
) -> None:
    stopped = Budget(seconds=1)
    stopped.stopped = "it took too long"
    assert Run(stopped, Interruption()).exit(known) == code
    assert capsys.readouterr().err == "Stopped before the end: it took too long.\n"
    assert Run(Budget(), Interruption()).exit(known) == known
