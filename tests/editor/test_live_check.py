"""The process that checks while one types: what comes first, what is given up, and what is told when it is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Condition

import pytest

from cbm.editor.live_check import CheckRequest, LiveCheck, Progress, answer
from cbm.process.budget import Budget

CODE = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a patrol_aircraft meeting a warship
  must keep separation >= 1,000 m
clause 2 a patrol_aircraft meeting a warship when calls_unanswered
  must keep separation <= 500 m
"""
OTHER = CODE.replace("draft code", "draft other").replace("separation <= 500 m", "sepration <= 500 m")


def rules(progress: Progress) -> set[str]:
    return {finding.rule.value for finding in progress.findings}


class Ear:
    """Hears what is told, and waits for something."""

    def __init__(self) -> None:
        self.heard: list[Progress] = []
        self._came = Condition()

    def __call__(self, progress: Progress) -> None:
        with self._came:
            self.heard.append(progress)
            self._came.notify_all()

    def until(self, told: Callable[[Progress], bool]) -> Progress:
        with self._came:
            assert self._came.wait_for(lambda: any(map(told, self.heard)), 60)
            return next(filter(told, self.heard))


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def check(ear: Ear) -> Iterator[LiveCheck]:
    check = LiveCheck(ear)
    yield check
    check.close()


def test_names_come_before_what_is_asked_and_the_whole_comes_last(tmp_path: Path) -> None:
    code, other = tmp_path / "code.cbm", tmp_path / "other.cbm"
    told: list[Progress] = []
    texts = ((str(code), CODE), (str(other), OTHER))
    request = CheckRequest(1, ((str(other), str(code)),), texts)
    answer(request, tmp_path, Budget(), told.append)
    assert rules(told[0]) == {"undefined"}
    assert [progress.final for progress in told] == [*(False for _ in told[1:]), True]
    assert rules(told[-1]) == {"undefined", "conflict"}
    assert any("conflict" in rules(progress) for progress in told[:-1])


def test_texts_of_different_groups_do_not_know_each_other(tmp_path: Path) -> None:
    paths = [tmp_path / "one.cbm", tmp_path / "two.cbm"]
    request = CheckRequest(1, tuple((str(path),) for path in paths), tuple((str(path), CODE) for path in paths))
    told: list[Progress] = []
    answer(request, tmp_path, Budget(), told.append)
    assert rules(told[-1]) == {"conflict"}
    assert len(told[-1].findings) == 2


def test_what_cannot_be_read_is_told_and_hides_nothing(tmp_path: Path) -> None:
    code, missing = tmp_path / "code.cbm", tmp_path / "missing.cbm"
    told: list[Progress] = []
    answer(CheckRequest(1, ((str(missing),), (str(code),)), ((str(code), CODE),)), tmp_path, Budget(), told.append)
    assert told[-1].problems == (f"{missing} does not exist",)
    assert told[-1].hindered == ((str(missing), f"{missing} does not exist"),)
    assert rules(told[-1]) == {"conflict"}


def test_a_text_in_which_nothing_is_written_yet_hinders_nobody(tmp_path: Path) -> None:
    code, begun = tmp_path / "code.cbm", tmp_path / "begun.cbm"
    told: list[Progress] = []
    texts = ((str(code), CODE), (str(begun), "# later\n"))
    answer(CheckRequest(1, ((str(begun),), (str(code),)), texts), tmp_path, Budget(), told.append)
    assert [problem.partition(" in ")[0] for problem in told[-1].problems] == [
        "no vocabulary, instrument, draft or cases"
    ]
    assert not told[-1].hindered


@pytest.mark.parametrize("clauses", [2, 2_000])
def test_nothing_more_is_told_of_what_was_given_up(tmp_path: Path, clauses: int) -> None:
    code, budget = tmp_path / "code.cbm", Budget()
    budget.stop("given up")
    told: list[Progress] = []
    one = "a patrol_aircraft meeting a warship when calls_unanswered must not lase"
    many = "".join(f"clause {number} {one}\n" for number in range(3, clauses + 1))
    answer(CheckRequest(1, ((str(code),),), ((str(code), CODE + many),)), tmp_path, budget, told.append)
    assert not any(progress.final for progress in told)


def test_the_latest_text_is_what_is_answered(tmp_path: Path, check: LiveCheck, ear: Ear) -> None:
    code = tmp_path / "code.cbm"
    last = check.ask([[code]], {code: CODE})
    for number in range(5):
        last = check.ask([[code]], {code: CODE.replace("<= 500 m", f">= {number + 500} m")})
    assert rules(ear.until(lambda told: told.final)) == {"redundancy"}
    assert [progress.number for progress in ear.heard if progress.final] == [last]


def test_a_process_that_is_ended_from_outside_is_replaced(tmp_path: Path, check: LiveCheck, ear: Ear) -> None:
    code = tmp_path / "code.cbm"
    check.ask([[code]], {code: CODE})
    assert check._process is not None
    check._process.kill()
    lost = ear.until(lambda told: bool(told.problems) or told.final)
    again = check.ask([[code]], {code: CODE})
    assert rules(ear.until(lambda told: told.final and told.number == again)) == {"conflict"}
    assert lost.number < again
