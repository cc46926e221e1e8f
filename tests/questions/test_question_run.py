"""Whatever a program asks can be watched, stopped, shared out and kept, as a check can; and the answer is the same."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest

import cbm
from cbm.cli import main
from cbm.finding import Exit, Misuse, StoppedEarly
from cbm.process.budget import RunStopped, broken_off
from cbm.questions import diffing
from tests.process.test_budget import Counted
from tests.small_text import CASES, CODE

ONE: dict[str, Any] = {"text": "code", "take": ["2=CN"]}
QUESTIONS: dict[str, Callable[..., Any]] = {
    "ask": lambda **how: cbm.ask(["code.cbm"], given="own.craft is warship", **ONE, **how),
    "cards": lambda **how: cbm.cards("code.cbm", given="own.party is CN", **ONE, **how),
    "compare": lambda **how: cbm.compare("code.cbm", ["code.cbm:pact"], **ONE, **how),
    "coverage": lambda **how: cbm.coverage("code.cbm", text="code", topics=["weapons"], **how),
    "diff": lambda **how: cbm.diff("code.cbm", "code.cbm", text="code", **how),
    "options": lambda **how: cbm.options("code.cbm", text="code", **how),
    "repairs": lambda **how: cbm.repairs(["settled.cbm"], select=["conflict"], **how),
    "test": lambda **how: cbm.test(["code.cbm", "cases.cbm"], as_of=date(2020, 3, 1), **how),
}
SHARED = {"coverage", "diff", "options", "repairs", "test"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a text, its cases, and the text without brackets."""
    Path(tmp_path, "code.cbm").write_text(CODE, encoding="utf-8")
    Path(tmp_path, "cases.cbm").write_text(CASES, encoding="utf-8")
    Path(tmp_path, "settled.cbm").write_text(CODE.replace("[CN: call | JP: answer]", "not lase"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_is_the_same_whoever_watches_helps_or_remembers(name: str) -> None:
    heard: list[tuple[str, int, int]] = []
    ask = QUESTIONS[name]
    page = cbm.render(ask(progress=lambda *told: heard.append(told), cache="kept"))
    assert all(0 <= done <= of for _, done, of in heard)
    assert heard
    kept = {path.name.partition("-")[0] for path in Path("kept").iterdir()}
    assert {"answers", "statements"} <= kept, "what was asked, and what was read"
    again: dict[str, Any] = {"cache": "kept", "budget": cbm.Budget(seconds=600)}
    if name in SHARED:
        with ThreadPoolExecutor(2) as threads:
            assert cbm.render(ask(executor=threads, **again)) == page
    else:
        assert cbm.render(ask(**again)) == page


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is nearly done when a run ends is not finished."""
    monkeypatch.setattr("cbm.process.budget._FINISHING", -1.0)


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_cancelled_tells_what_it_knows(name: str) -> None:
    cancel, budget = Event(), cbm.Budget()
    found = QUESTIONS[name](progress=lambda *_: cancel.set(), cancel=cancel, budget=budget)
    assert found.exit is Exit.UNDECIDED
    assert budget.stopped == "it was cancelled"


def test_what_is_known_by_then_is_told() -> None:
    """Provisions are told one by one: that of the first is known when the others are not."""
    Path("two.cbm").write_text(CODE.replace("must not lase", "must not lase\nclause 2 a warship should call", 1))
    heard: list[int] = []
    cancel = Event()

    def stop(_: str, done: int, of: int) -> None:
        heard.append(done)
        if done == 1 < of:
            cancel.set()

    (compared,) = cbm.compare("two.cbm", ["two.cbm:pact"], **ONE, progress=stop, cancel=cancel).models
    told = [provision for article in compared.articles for provision in article.provisions]
    assert [(bool(one.stances), bool(one.undecided)) for one in told] == [(True, False), (False, True)]


def test_of_a_unit_only_what_is_so_is_told_wherever_a_run_stops() -> None:
    def said(budget: cbm.Budget | None = None) -> set[object]:
        try:
            with broken_off():  # nothing is done after the end
                told = cbm.ask(["code.cbm"], given="own.craft is warship", **ONE, budget=budget)
        except StoppedEarly:
            return set()
        assert (told.exit is Exit.UNDECIDED) is bool(budget and budget.stopped)
        units = [unit for period in told.periods for unit in period.bearers]
        marks = {
            (unit.role, one.name, mark.mark)
            for unit in units
            for one in unit.conduct
            for mark in one.marks
            if not mark.where.undecided
        }
        return marks | {(unit.role, one) for unit in units for one in (*unit.never, *unit.unspoken)}

    known, whole = said(), Counted(1_000_000)
    assert said(whole) == known
    for most in range(0, whole.asked, whole.asked // 6):
        assert said(Counted(most)) <= known, most


def test_what_has_nothing_to_tell_says_why() -> None:
    budget = cbm.Budget()
    budget.stop("enough was asked")
    Path("code.cbm").write_text("#\n" * 50_000 + CODE, encoding="utf-8")
    for name, ask in QUESTIONS.items():
        if name != "repairs":
            with pytest.raises(StoppedEarly, match=r": enough was asked$") as told:
                ask(budget=budget)
            assert told.value.exit is Exit.UNDECIDED
    with pytest.raises(StoppedEarly, match="nothing is known: enough was asked"):
        cbm.example("code.cbm", "1", text="code", budget=budget)


def test_what_was_found_in_two_texts_is_told_where_they_cannot_be_compared_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stopped(*_: object) -> None:
        raise RunStopped("enough was asked")

    Path("older.cbm").write_text(Path("code.cbm").read_text().replace("clause 3 a warship must lase\n", ""))
    monkeypatch.setattr(diffing, "two_texts", stopped)
    (told,) = cbm.diff("older.cbm", "code.cbm", text="code").steps
    assert told.undecided == ("what changed in meaning: enough was asked",)
    assert told.found
    assert not told.changes


@pytest.mark.usefixtures("at_once")
def test_an_example_has_a_time_limit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["example", "settled.cbm", "1", "--text", "code", "--timeout", "1e-6"]) == Exit.UNDECIDED
    assert "the 1e-06 s for this run were over" in capsys.readouterr().err


def test_what_is_no_such_argument_is_told() -> None:
    with pytest.raises(Misuse, match="`progress` is a function"):
        cbm.ask(["code.cbm"], progress=3)  # type: ignore[arg-type]
    with pytest.raises(Misuse, match="`cancel` is an event"):
        cbm.diff("code.cbm", "code.cbm", cancel=True)  # type: ignore[arg-type]
    with pytest.raises(Misuse, match="`budget` is a `Budget`"):
        cbm.example("code.cbm", "1", budget=3)  # type: ignore[arg-type]
    with pytest.raises(Misuse, match="`executor` is an executor"):
        cbm.options("code.cbm", executor=3)  # type: ignore[arg-type]
