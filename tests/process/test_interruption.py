"""A check that is interrupted tells what it has found by then, without a trace of what was going on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from time import sleep

import pytest

from cbm.finding import Exit, StoppedEarly
from cbm.process.budget import Budget
from cbm.process.interruption import stopped_by_signals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are of Unix")
ROOT = Path(__file__).parents[2]
# Tells when the first question is asked, and asks it for ever, as one that is far too hard for Z3.
HARD = dedent(
    """\
    import os, signal, sys
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may outlive a terminal
    from cbm.smt import solve
    ask = solve.Solver.ask

    def for_ever(solver, *assumed):
        os.write(2, b"asked\\n")
        while not isinstance(ask(solver, *assumed), solve.Unknown):
            pass
        return solve.Unknown(solve.current_budget().why())

    solve.Solver.ask = for_ever
    from cbm.cli import main
    sys.exit(main())
    """
)
CODE = 'draft code "A code"\n  uses encounters\n  between CN, JP\nclause 1 a warship must not aim_weapons\n'


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_was_found_is_told(tmp_path: Path, by: signal.Signals) -> None:
    (tmp_path / "code.cbm").write_text(CODE, encoding="utf-8")
    command = [sys.executable, "-c", HARD, "check", "code.cbm", "--output-format", "concise"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=tmp_path
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == b"asked\n"
        process.send_signal(by)
        page, trace = process.communicate()
    assert process.returncode == 128 + by
    assert trace.replace(b"asked\n", b"") == b""
    assert b"Stopped before the end: it was" in page
    assert b"undecided: " in page


def test_a_report_is_written_to_its_file_when_the_terminal_is_gone(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(CODE, encoding="utf-8")
    waiting = HARD.replace('os.write(2, b"asked\\n")', "open('asked', 'w').close()")
    command = [sys.executable, "-c", waiting, "check", "code.cbm", "-o", "json:found.json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    terminal, its_end = os.openpty()
    with subprocess.Popen(
        command, stdin=its_end, stdout=its_end, stderr=its_end, env=environment, cwd=tmp_path, start_new_session=True
    ) as process:
        os.close(its_end)
        while not (tmp_path / "asked").exists():
            sleep(0.05)
        os.close(terminal)
        process.send_signal(signal.SIGHUP)
    assert process.returncode  # nothing could be printed
    assert "(SIGHUP)" in (tmp_path / "found.json").read_text(encoding="utf-8")


def test_a_run_that_outlives_its_terminal_goes_on() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stopped_by_signals(budget := Budget()) as came:
            os.kill(os.getpid(), signal.SIGHUP)
            os.kill(os.getpid(), 0)
        assert (came.signal, budget.why()) == (0, "")
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize(("by", "code"), [(0, Exit.UNDECIDED), (signal.SIGTERM, 128 + signal.SIGTERM)])
def test_a_run_with_nothing_to_tell_ends_as_it_was_ended(by: int, code: int) -> None:
    def nothing_to_tell() -> None:
        with stopped_by_signals(Budget()) as came:
            came.signal = by
            raise StoppedEarly

    with pytest.raises(StoppedEarly) as told:
        nothing_to_tell()
    assert told.value.exit == code


def test_a_run_that_does_not_come_to_an_end_is_ended(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(CODE, encoding="utf-8")
    endless = HARD.replace("not isinstance(ask(solver, *assumed), solve.Unknown)", "True")
    endless = endless.replace('os.write(2, b"asked\\n")', "solve.current_budget().until = 0.0")  # it is over now
    script = f"from cbm.process import interruption\ninterruption._PATIENCE = 0.1\n{endless}"
    command = [sys.executable, "-c", script, "check", "code.cbm", "--timeout", "600"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, capture_output=True, env=environment, cwd=tmp_path, check=False)
    assert (result.returncode, result.stdout) == (Exit.UNDECIDED, b"")
    told = result.stderr.decode()
    assert told == "Ended without a report: the 600 s for this run were over, and it did not come to an end.\n"
