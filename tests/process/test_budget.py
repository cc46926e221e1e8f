"""A run that is told to stop, wherever it is: no answer is made up, what was found stays, the rest is undecided."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

import pytest

from cbm.checking import check_shares
from cbm.conflicts import pointwise
from cbm.core.expressions import Flag, disjunction
from cbm.core.sorts import FLAG
from cbm.core.variables import Attribute
from cbm.finding import Exit, RuleId, StoppedEarly
from cbm.pipeline import check, load, run
from cbm.process.budget import (
    SPENT,
    Budget,
    RunStopped,
    Work,
    WorkSpent,
    broken_off,
    charged_to,
    current_budget,
    require_going_on,
    until_stopped,
    within,
)
from cbm.render import RENDERERS
from cbm.render.json import render as render_json
from cbm.repair import mended_texts
from cbm.repair.mended_texts import mend, repairs
from cbm.search import extent
from cbm.search.open_questions import Undecided
from cbm.smt.solve import Solver, Unknown
from cbm.translation.speech import speaking
from tests.laws.timed import system_of

CODE = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must keep separation >= 500 m
clause 2 a warship when in_sight must keep separation <= 400 m
clause 3 a warship may aim_weapons
clause 4 a helicopter must not aim_weapons
covers separation in every type of encounter when own.craft is warship
cases "Cases"
case "warships"
  given own.craft is warship and own.party is JP and other.party is CN
  expect own must keep separation >= 400 m by 1
  expect never separation < 100 m
expect no redundancy
"""


SMALL = """\
vocabulary strait
party CN
party JP
situation encounter
roles own, other
each party : party
shared night : flag
act call, turn topic signals
draft code
  uses strait
  between CN, JP
clause 1 every unit must call
clause 2 every unit when night must not call
"""


TIMED = """\
vocabulary world
situation episode
roles own, other
moments m0 "moment 0", m1 "moment 1"
topic notices
act report topic notices
draft code
  uses world
clause 1 every unit must report within 5 h after m1
clause 2 every unit must not report within 9 h after m0
clause 3 every unit must report within 3 h after m0
"""


class Counted(Budget):
    """Stops after so many questions to the solver; the thread that looks at the time asks none."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        self.asked = 0

    def why(self) -> str:
        if current_thread() is main_thread():
            self.asked += 1
            if self.asked > self.most:
                self.stop("enough was asked")
        return super().why()


@pytest.fixture
def code(tmp_path: Path) -> Path:
    path = tmp_path / "code.cbm"
    path.write_text(CODE, encoding="utf-8")
    return path


def test_wherever_a_run_stops_nothing_is_found_that_is_not_so(code: Path) -> None:
    budget = Counted(1_000_000)
    run([code])  # what is remembered of a text is not asked again: later runs ask as often as one another
    whole = run([code], budget=budget)
    known = {(finding.rule, finding.message) for finding in whole.findings}
    assert whole.stopped == ""
    for most in (0, 1, 2, *range(3, budget.asked, budget.asked // 6)):
        report = run([code], budget=Counted(most))
        found = {(finding.rule, finding.message) for finding in report.findings if finding.rule != RuleId.UNDECIDED}
        assert found <= known, most
        assert report.undecided, most
        assert report.exit is (Exit.FINDINGS if any(rule == RuleId.CONFLICT for rule, _ in found) else report.exit)
        assert report.exit in (Exit.FINDINGS, Exit.UNDECIDED), most
        assert report.stopped == "enough was asked"


def test_what_is_left_open_is_told_once_a_rule_and_every_format_says_why(code: Path) -> None:
    report = run([code], budget=Counted(0))
    rules = [finding.message.split("`")[1] for finding in report.undecided if "` without" in finding.message]
    assert len(rules) == len(set(rules)) > 5
    assert any("expect never" in finding.message for finding in report.undecided)
    for render in RENDERERS.values():
        assert "enough was asked" in render(report)


def test_why_a_run_was_stopped_is_told_in_the_language_of_its_reader(code: Path) -> None:
    budget = Budget(seconds=1e-6)
    with speaking("zh"):
        assert run([code], budget=budget).stopped == "本次运行的1e-06秒已用完"
    assert budget.stopped == "the 1e-06 s for this run were over"


def test_a_text_is_not_understood_once_a_run_is_stopped(code: Path) -> None:
    budget = Budget()
    budget.stop("enough was asked")
    report = run([code], budget=budget)
    (open_one,) = (finding for finding in report.findings if finding.rule == RuleId.UNDECIDED)
    assert open_one.message == "undecided: nothing was asked of this text"
    assert open_one.notes == ("enough was asked",)
    assert (report.stopped, report.exit, report.clauses) == ("enough was asked", Exit.UNDECIDED, 0)


def test_a_long_text_is_read_to_its_end_only_by_a_run_that_goes_on(code: Path) -> None:
    budget = Budget()
    budget.stop("enough was asked")
    code.write_text("#\n" * 50_000 + CODE, encoding="utf-8")
    assert len(load([code])[0]) == 1
    for ask in (run, repairs):
        with pytest.raises(StoppedEarly, match=r"^nothing was checked: enough was asked$"):
            ask([code], budget=budget)


class Looked(Budget):
    """Stops when it is looked at for the so manieth time, by whoever asks the solver or goes on without it.

    The thread that looks at the time looks the more often the longer a run takes, and is not counted.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most, self.looked = most, 0

    def heed(self) -> None:
        if current_thread() is not main_thread():
            return
        self.looked += 1
        if self.looked > self.most:
            self.stop("enough was asked")


def test_wherever_a_run_is_broken_off_it_tells_what_is_known(tmp_path: Path) -> None:
    (tmp_path / "small.cbm").write_text(SMALL + "clause 3 every unit must turn after own.call\n", encoding="utf-8")
    (system,), _ = load([tmp_path / "small.cbm"])
    budget = Looked(1_000_000)
    check(system)  # what is remembered of a text is not asked again: later runs look as often as one another
    with within(budget):
        known = {(finding.rule, finding.message) for finding in check(system).findings}
    assert known
    for most in range(0, budget.looked, budget.looked // 20):
        with within(Looked(most)):
            told = check(system)
        found = {(finding.rule, finding.message) for finding in told.findings if finding.rule != RuleId.UNDECIDED}
        assert found <= known, most
        assert told.stopped == "enough was asked", most


def test_no_way_out_is_looked_for_by_a_run_that_is_over(code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def over(*_: object) -> None:
        raise AssertionError("it was looked for")

    monkeypatch.setattr(mended_texts._Asked, "footing", over)
    budget = Budget()
    budget.stop("enough was asked")
    assert repairs([code], budget=budget).stopped == "enough was asked"


def test_what_is_broken_off_goes_on_for_so_many_steps() -> None:
    budget = Budget()
    with within(budget), broken_off(2):
        budget.stop("enough was asked")
        with broken_off():  # a part of it
            require_going_on()
            require_going_on()
            with pytest.raises(RunStopped, match="enough was asked"):
                require_going_on()
    require_going_on()


def test_what_is_broken_off_goes_on_for_so_much_work(monkeypatch: pytest.MonkeyPatch) -> None:
    worked = iter([7.0, 7.0, 7.4, 7.6])
    monkeypatch.setattr("cbm.process.budget.process_time", lambda: next(worked))
    budget = Budget()
    with within(budget), broken_off(1_000_000):
        require_going_on()
        budget.stop("enough was asked")
        require_going_on()
        require_going_on()
        with pytest.raises(RunStopped):
            require_going_on()


def test_what_is_found_until_a_run_stops_stays() -> None:
    stopped: list[RunStopped] = []
    assert list(until_stopped(map(_unless_over, range(5)), stopped)) == [0, 1, 2]
    assert [str(why) for why in stopped] == ["enough was asked"]
    assert list(until_stopped(range(5), stopped)) == []


def _unless_over(number: int) -> int:
    if number > 2:
        raise RunStopped("enough was asked")
    return number


def test_time_that_is_over_is_told(code: Path) -> None:
    report = run([code], budget=Budget(seconds=1e-6))
    assert (report.exit, report.stopped) == (Exit.UNDECIDED, "the 1e-06 s for this run were over")
    (system,), _ = load([code])
    assert check(system, budget=Budget(seconds=1e-6)).exit is Exit.UNDECIDED


@pytest.mark.parametrize("seconds", [10**400, 1e300, float("inf")])
def test_more_time_than_anybody_has_is_enough(code: Path, seconds: float) -> None:
    assert run([code], budget=Budget(seconds=seconds)).stopped == ""


def test_a_bound_for_each_question_is_no_end_of_the_run(code: Path) -> None:
    report = run([code], budget=Budget(steps=1))
    assert (report.exit, report.stopped) == (Exit.UNDECIDED, "")
    assert all("number of steps" in note for finding in report.undecided for note in finding.notes)


@pytest.mark.parametrize(("where", "much"), [(check_shares, 0), (pointwise, 0), (extent, 0), (extent, 20_000)])
def test_a_part_that_takes_too_much_work_ends_undecided_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: Any, much: int
) -> None:
    """The same whatever else is done, by whomever: it is counted in steps of the solver."""
    path = tmp_path / "timed.cbm"
    path.write_text(TIMED, encoding="utf-8")
    known = {(finding.rule, finding.message) for finding in run([path]).findings}
    monkeypatch.setattr(where, "WORK", much)
    monkeypatch.setattr(check_shares, "WORK_FOR_A_NORM", 0)
    monkeypatch.setattr(extent, "EACH", 0)
    report = run([path])
    found = {(finding.rule, finding.message) for finding in report.findings if finding.rule != RuleId.UNDECIDED}
    assert found < known
    assert report.stopped == ""
    assert any(SPENT in note for finding in report.undecided for note in finding.notes)
    assert render_json(run([path])) == render_json(report)


def test_what_a_part_of_the_work_takes_is_taken_from_the_whole() -> None:
    whole, part, solver = Work(100_000), Work(0), Solver(("own", "other"))
    flags = [Flag(Attribute(f"f{i}", None, FLAG)) for i in range(6)]
    with charged_to(whole):
        with charged_to(part):
            solver.ask(disjunction(*flags))
            with pytest.raises(WorkSpent):
                solver.ask(*flags)
        assert whole.left == 100_000 + part.left < 100_000
        solver.ask(*flags)


@pytest.mark.parametrize("part", [0.3, 0.9])
def test_where_ways_out_are_looked_for_a_run_that_stops_offers_only_what_was_tried(code: Path, part: float) -> None:
    code.write_text(SMALL, encoding="utf-8")
    budget = Counted(1_000_000)
    whole = repairs([code], budget=budget)
    assert any(finding.fixes for finding in whole.findings)
    report = repairs([code], budget=Counted(int(part * budget.asked)))
    assert report.stopped == "enough was asked"
    fixes = {finding.message: finding.fixes for finding in whole.findings}
    for finding in report.findings:
        if finding.rule != RuleId.UNDECIDED:
            assert finding.fixes == fixes[finding.message][: len(finding.fixes)]
            assert finding.fixes or not any("no change of the text" in note for note in finding.notes)
    with within(counted := Counted(1_000_000)):
        assert mend([code], lambda *_: True).changes
    with within(Counted(int(part * counted.asked))):
        mended = mend([code], lambda *_: True)
    assert mended.before.stopped == "enough was asked"
    assert mended.changes == () or not mended.after.undecided


def test_a_budget_may_be_used_again_and_by_several(code: Path) -> None:
    budget = Budget(seconds=600)
    with within(budget):
        until = budget.until
        assert run([code], budget=budget).stopped == ""
    assert (run([code], budget=budget).stopped, budget.until) == ("", until)
    with ThreadPoolExecutor(2) as threads:
        reports = list(threads.map(lambda seconds: run([code], budget=Budget(seconds=seconds)), (600, 1e-6)))
    assert [bool(report.stopped) for report in reports] == [False, True]
    budget.stop("nobody waits for it")
    assert run([code], budget=budget).stopped == "nobody waits for it"


def test_a_budget_is_for_what_is_asked_inside(code: Path) -> None:
    with within(Counted(0)):
        assert isinstance(Solver(()).ask(), Unknown)
        assert run([code]).stopped == "enough was asked"
    assert current_budget().stopped == ""
    assert run([code]).stopped == ""


def test_undecided_is_never_yes_or_no() -> None:
    with pytest.raises(TypeError):
        bool(Undecided("is it so", "enough was asked"))


def test_a_clock_that_jumps_changes_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hours pass whenever anybody looks; nobody asked for a limit in seconds."""
    calm = check(system_of(SMALL))
    hours = count(step=3600)
    for clock in ("time", "monotonic", "perf_counter"):
        monkeypatch.setattr(time, clock, lambda: float(next(hours)))
    monkeypatch.setattr("cbm.process.budget.time", lambda: float(next(hours)))
    hurried = check(system_of(SMALL))
    assert hurried.findings == calm.findings
    assert RuleId.UNDECIDED not in {f.rule for f in hurried.findings}


# Z3 begins a thread for whatever it gives up by the clock, and keeps it.
TIMERS = """import os, threading
def timers(): return len(os.listdir("/proc/self/task")) - threading.active_count()
from tests.laws.timed import system_of
from tests.process.test_budget import SMALL
from cbm.certify.certificates import certified_text
from cbm.certify.claims import script
from cbm.certify.opinions import z3_opinion
from cbm.pipeline import check
system = system_of(SMALL)
check(system)
asked = next(row for row in certified_text(system).rows if row.asked is not None)
text = script(asked.asked, asked.expected)
z3_opinion(text)
print(timers())
z3_opinion(text, 1000)
print(timers())
"""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are told of in /proc alone")
def test_z3_gives_nothing_up_by_the_clock_unless_it_is_asked_to() -> None:
    done = subprocess.run([sys.executable, "-c", TIMERS], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "1"]
