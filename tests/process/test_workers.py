"""Processes that do shares of the work: none outlives who started it, and what is lost with one is done by another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from itertools import count
from pathlib import Path
from threading import Timer
from time import sleep

import pytest

from cbm.cache.answer_file import answers_kept_for_now, answers_kept_in
from cbm.process.budget import Budget, RunStopped, broken_off, current_budget, require_going_on, within
from cbm.process.workers import AGAIN, LOST, Workers
from cbm.search.kept_answers import are_kept, remembered
from cbm.search.parallel import FEWEST, Crew

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
ROOT = Path(__file__).parents[2]
ENDLESS = """\
import os, sys, time
from cbm.process.workers import Workers

def work(number):
    os.write(1, b"%d\\n" % os.getpid())  # at once: two processes write
    time.sleep(600)

if __name__ == "__main__":
    list(Workers(2).map(work, range(2)))
"""


def double(number: int) -> int:
    return 2 * number


def die(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(number: int, mark: Path) -> int:
    if number == 1 and not mark.exists():
        mark.touch()
        die(number)
    return double(number)


def stopped_after(number: int) -> tuple[int | None, float | None]:
    del number
    return current_budget().steps, current_budget().until


def goes_on(number: int) -> int:
    current_budget().stop("enough was asked")
    require_going_on()
    return number


def sleep_long(number: int) -> int:
    sleep(600)
    return number


def doubled_once(base: str, number: int) -> int:
    return remembered(base, (number,), lambda: double(number))


def told_before(base: str, number: int) -> int:
    return remembered(base, (number,), lambda: pytest.fail("it was asked again"))


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_results_come_in_order_and_the_budget_goes_along() -> None:
    with Workers(2) as workers, within(Budget(seconds=600, steps=7)) as budget:
        assert list(workers.map(double, range(9))) == [double(number) for number in range(9)]
        assert set(workers.map(stopped_after, range(2))) == {(7, budget.until)}
        assert workers.lost == 0


def test_what_is_lost_with_a_process_is_done_again(tmp_path: Path) -> None:
    with Workers(2) as workers, within(Budget()) as budget:
        assert list(workers.map(die_once, range(9), [tmp_path / "mark"] * 9)) == [double(number) for number in range(9)]
        assert workers.lost == 1
        assert budget.incidents == [AGAIN]


@pytest.mark.parametrize(("lost_at", "lost"), [((2,), 1), ((1,), 1), ((2, 4), 2)])
def test_one_that_is_lost_while_work_is_sent_is_replaced(
    lost_at: tuple[int, ...], lost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it was sent then ended the run: the pool refuses what is sent to it once a process is gone."""
    calls = count(1)
    with Workers(2) as workers, within(Budget()):
        real = workers.submit

        def submit(work: Callable[..., int], /, *arguments: int) -> Future[int]:
            if next(calls) in lost_at:
                vars(workers)["_pool"]._broken = "a process is gone"  # as the pool is when it has seen so
            return real(work, *arguments)

        monkeypatch.setattr(workers, "submit", submit)
        assert list(workers.map(double, range(4))) == [0, 2, 4, 6]
        assert workers.lost == lost


def test_where_every_process_is_lost_that_is_told() -> None:
    with Workers(2) as workers, within(Budget()) as budget:
        with pytest.raises(RunStopped, match="ended from outside"):
            list(workers.map(die, range(2)))
        assert budget.stopped == LOST


def test_a_run_that_is_stopped_waits_for_nobody() -> None:
    with Workers(2) as workers, within(Budget()) as budget:
        Timer(0.2, budget.stop, ["it was interrupted"]).start()
        with pytest.raises(RunStopped, match=r"^it was interrupted$"):
            list(workers.map(sleep_long, range(2)))


def test_what_processes_are_answered_is_kept(tmp_path: Path) -> None:
    with answers_kept_in(tmp_path), Workers(2) as workers:
        list(Crew(workers).each("numbers", doubled_once, "twice as much", range(FEWEST)))
    with answers_kept_in(tmp_path):
        assert remembered("twice as much", (3,), lambda: pytest.fail("it was asked again")) == double(3)


def test_what_processes_are_answered_is_told_again_in_the_same_run() -> None:
    with answers_kept_for_now(), Workers(2) as workers:
        for work in (doubled_once, told_before):
            found = list(Crew(workers).each("numbers", work, "twice as much", range(FEWEST)))
            assert found == list(map(double, range(FEWEST)))
    assert not are_kept()


def test_where_there_can_be_no_folder_each_process_remembers_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/dev/null/nowhere")
    with answers_kept_for_now():
        assert doubled_once("twice as much", 3) == told_before("twice as much", 3) == double(3)
    assert not are_kept()


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM])
def test_processes_end_with_the_one_that_started_them(tmp_path: Path, by: signal.Signals) -> None:
    script = tmp_path / "endless.py"
    script.write_text(ENDLESS, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script)]
    complaints = tmp_path / "complaints"  # a file: processes of other tests may hold the end of a pipe
    with (
        complaints.open("wb") as stderr,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, env=environment) as parent,
    ):
        assert parent.stdout is not None
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        assert all(map(is_running, workers))
        parent.send_signal(by)
    while any(map(is_running, workers)):
        sleep(0.01)
    assert complaints.read_bytes() == b""


def test_what_a_worker_does_is_broken_off_where_it_would_be_here() -> None:
    workers = Workers(1)
    with within(Budget(60.0)):
        assert list(workers.map(goes_on, range(1))) == [0]
        with broken_off(), pytest.raises(RunStopped, match="enough was asked"):
            list(workers.map(goes_on, range(1)))
    workers.shutdown()
