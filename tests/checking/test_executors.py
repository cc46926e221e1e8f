"""Who does the work of a run: processors, executors of other people, a cluster; the report is the same with any."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

import cbm
from cbm.checking.executors import crew_of, processors
from cbm.process.budget import Budget, within
from cbm.process.workers import DONE_HERE, Workers

STRAIT = """\
vocabulary strait
party CN
party JP
situation encounter
roles own, other
each party : party
shared night : flag
act call, turn topic signals
"""
TEXT = """\
draft text{number}
  uses strait
  between CN, JP
clause 1 every unit must call
clause 2 every unit when night must {words}
"""
WORDS = ("not call", "turn", "not turn", "call")


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with so many texts that whole ones are sent away."""
    return written(tmp_path_factory.mktemp("suite"), 20)


def written(folder: Path, count: int) -> Path:
    (folder / "strait.cbm").write_text(STRAIT, encoding="utf-8")
    for number in range(count):
        text = TEXT.format(number=number, words=WORDS[number % len(WORDS)])
        (folder / f"text{number}.cbm").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def alone(suite: Path) -> str:
    return cbm.render(cbm.run([suite]), "json")


class Broken(Executor):
    """Takes two tasks, loses one of them, and takes no more."""

    def __init__(self) -> None:
        self.taken = 0

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        self.taken += 1
        if self.taken > 2:
            raise RuntimeError("there is nobody left")
        future: Future[Any] = Future()
        if self.taken == 2:
            future.set_exception(TimeoutError("nobody answers"))
        else:
            future.set_result(work(*arguments, **named))
        return future


def test_threads_and_processes_of_the_caller_find_the_same(suite: Path, alone: str) -> None:
    for executor in ThreadPoolExecutor(2), ProcessPoolExecutor(2):
        with executor:
            assert cbm.render(cbm.run([suite], executor=executor), "json") == alone
            assert executor.submit(abs, -1).result() == 1, "it is its owner's to shut down"


def test_cases_are_shared_out_as_well(suite: Path) -> None:
    (suite / "cases.cbm").write_text("cases of text0, text1\nexpect no trap\n", encoding="utf-8")
    try:
        with ThreadPoolExecutor(2) as executor:
            assert cbm.test([suite], executor=executor) == cbm.test([suite])
    finally:
        (suite / "cases.cbm").unlink()


def test_what_an_executor_does_not_do_is_done_here(suite: Path, alone: str) -> None:
    budget = cbm.Budget()
    assert cbm.render(cbm.run([suite], executor=Broken(), budget=budget), "json") == alone
    assert budget.incidents == [DONE_HERE]


def test_what_the_work_raises_elsewhere_is_raised_here() -> None:
    with ThreadPoolExecutor(1) as threads, crew_of(1, threads) as crew:
        assert crew is not None
        assert list(crew.map(abs, [-1, 2])) == [1, 2]
        with pytest.raises(TypeError, match="bad operand"):
            list(crew.map(abs, ["x"]))


def test_processes_are_started_for_work_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[int] = []

    def start(count: int) -> Workers:
        started.append(count)
        return Workers(count)

    monkeypatch.setattr("cbm.process.workers.Workers", start)
    monkeypatch.setattr("cbm.checking.executors.processors", lambda: 2)
    few = written(tmp_path, 3)
    assert cbm.run([few], jobs=None).findings
    assert started == []
    with crew_of(None) as crew:
        assert crew is not None
        assert list(crew.map(abs, [-1, 2])) == [1, 2]
    assert started == [2]


def test_while_a_run_goes_on_in_another_thread_no_process_is_started(
    suite: Path, alone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be a copy of this one, and wait without end for what the other thread holds."""
    monkeypatch.setattr("cbm.process.workers.Workers", lambda _: pytest.fail("a process was started"))
    going, ended = Event(), Event()

    def other() -> None:
        with within(Budget()):
            going.set()
            ended.wait()

    with ThreadPoolExecutor(1) as threads:
        threads.submit(other)
        going.wait()
        try:
            assert cbm.render(cbm.run([suite], jobs=2), "json") == alone
            with crew_of(2) as crew:
                assert crew is not None
                assert list(crew.map(abs, [-1, 2])) == [1, 2]
        finally:
            ended.set()


def test_processors_are_those_that_this_process_may_use() -> None:
    assert 1 <= processors() <= (os.cpu_count() or 1)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills a process")
def test_a_cluster_that_loses_a_machine_finds_the_same(tmp_path: Path) -> None:
    """200 documents; in an environment with the extra `cluster` only."""
    distributed = pytest.importorskip("distributed")
    folder = written(tmp_path, 200)
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        machines = list(client.run(os.getpid).values())

        def kill_one(doing: str, done: int, of: int) -> None:
            if (doing, done) == ("texts", of // 4) and len(machines) == 2:
                os.kill(machines.pop(), signal.SIGKILL)

        afar = cbm.run([folder], executor=client.get_executor(), progress=kill_one)
    assert len(machines) == 1
    assert cbm.render(afar, "json") == cbm.render(cbm.run([folder]), "json")
