"""The suite at small sizes: every ratio is taken and told. How large it is hangs on the machine, and is not tested."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cbm import load
from tests.benchmarks import options
from tests.benchmarks.measure import (
    Done,
    NotEnded,
    Outcome,
    Row,
    compare,
    run_apart,
    run_python,
    take_medians,
    write_table,
)
from tests.benchmarks.one_solver import Asked, ask
from tests.benchmarks.regime import ALIKE, regime_text
from tests.benchmarks.suite import BEYOND, FULL, QUICK, Size, Sizes, choose, list_rows, take_rows

DRAFT = """\
vocabulary world
situation encounter
roles own, other
each
  armed : flag
topic everything
act turn topic everything
draft code "Code"
  uses world
clause 1 every unit when own.armed
  must turn
  text en "An armed unit turns."
clause 2 every unit when other.armed
  must not turn
"""


@pytest.fixture
def sizes(tmp_path: Path) -> Sizes:
    draft = tmp_path / "draft.cbm"
    draft.write_text(DRAFT, encoding="utf-8")
    return Sizes(
        laws=(Size(60, 1, 3), Size(250, 1, None)),
        regimes={10: 1, 20: 1},
        drafts=(draft,),
        draft=draft,
        members=2,
        read=5,
        shared=10,
        moments=6,
        windows=4,
        starts=1,
        turns=1_000,
        rounds=1,
        few=1,
        beyond=30,
    )


def test_every_row_is_measured(sizes: Sizes) -> None:
    taken = dict(take_rows(list_rows(sizes, 100)))
    assert all(isinstance(row.reached, float) for row in taken.values()), taken
    nothing = {name for name, row in taken.items() if not row.reached}
    assert nothing <= {"conflicts-questions"}, "a small text is answered without a solver, and all else takes time"
    assert len({row.what for row in taken.values()}) == len(taken) == 29
    assert not [row for row in taken.values() if "BUT" in row.seen], "two sides that have to agree do not"
    page = write_table(taken)
    assert page.count("\n") == len(taken) + 2
    assert all(name in page and row.what in page and row.verdict in page for name, row in taken.items())


def test_rows_are_taken_by_name() -> None:
    rows = list_rows(FULL, 300)
    assert list(choose(rows, ["drafts"])) == ["drafts", "drafts-kept"]
    assert list(choose(rows, ["options"])) == ["options", "options-modality"]
    assert list(choose(rows, ["whole-growth", "dates"])) == ["whole-growth", "dates"]
    assert choose(rows, []).keys() == rows.keys() - {BEYOND}
    assert list(choose(rows, [BEYOND])) == [BEYOND]
    assert choose(rows, ["draft"]) == {}
    assert len(list_rows(QUICK, 300)) == len(rows) - 1  # a law less


def test_brackets_are_put_into_a_draft_clause_by_clause() -> None:
    """40 of them, of each kind some: what a delegation disputes, and never a word that stands in no clause."""
    draft = FULL.draft.read_text(encoding="utf-8")
    text, counted = options.with_brackets(draft, options.BRACKETS)
    assert counted.total() == options.MOST
    assert counted.keys() == {one.kind for one in options.BRACKETS}
    assert "  a naval_ship meeting a civil_ship when range <= [CN: 2,000 | JP: 1,000] m\n" in text
    assert "  must not lase [JP: , jam]\n" in text
    assert text.partition("\ncovers ")[2] == draft.partition("\ncovers ")[2]


def test_a_row_says_whether_its_target_is_met() -> None:
    assert Row("a", 0.5, 0.5, "").verdict == "met"
    assert Row("a", 0.6, 0.5, "").verdict == "not met"
    assert Row("a", 0.6, 0.85, "", at_least=True).verdict == "not met"
    assert Row("a", 0.9, 0.85, "", at_least=True).verdict == "met"
    assert Row("a", None, 0.5, "not there").verdict == "not measured"
    assert Row("a", 0.5, None, "").verdict == "–"
    assert Row("a", NotEnded(5), 0.5, "").verdict == "not met"


def test_what_does_not_end_is_told_and_never_left_out() -> None:
    ended, stopped = Done(2, 10), NotEnded(300)
    slow, fast = compare("a", stopped, ended, 5), compare("b", ended, stopped, 5)
    assert (slow.reached, slow.verdict, slow.seen) == (stopped, "not met", "not ended in 300 s against 2.0 s")
    assert (fast.reached, fast.verdict, fast.seen) == (None, "not measured", "2.0 s against not ended in 300 s")
    assert "| not ended in 300 s | not met " in write_table({"row": slow})


def loop_forever() -> None:
    while True:
        pass


def test_work_is_stopped_at_its_bound() -> None:
    assert run_apart(loop_forever, bound=1) == NotEnded(1)
    assert run_python(["-c", "while True: pass"], bound=1) == NotEnded(1)


def test_work_that_was_stopped_once_is_not_tried_again() -> None:
    outcomes: Iterator[Outcome] = iter([Done(1, 1), NotEnded(5)])
    others = iter([Done(4, 1, "a"), Done(9, 1, "b"), Done(5, 1, "c")])
    assert take_medians(3, lambda: next(outcomes), lambda: next(others)) == [NotEnded(5), Done(5, 1, "c")]


def test_work_runs_apart_and_a_mistake_in_it_is_told() -> None:
    kept: list[int] = []

    def work() -> int:
        kept.append(1)
        return os.getpid()

    outcome = run_apart(work)
    assert isinstance(outcome, Done)
    assert outcome.value != os.getpid()
    assert kept == []
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        run_apart(lambda: 1 / 0)


def test_one_solver_answers_each_question_for_itself() -> None:
    def question(answer: str, *asserted: str) -> Asked:
        return Asked(("(declare-const x Int)",), tuple(f"(assert {part})" for part in asserted), answer)

    questions = [
        question("sat", "(> x 0)", "(< x 9)"),
        question("unsat", "(> x 0)", "(< x 0)"),
        question("sat", "(< x 0)"),
        question("sat"),
        question("sat", "(< x 0)"),
    ]
    assert ask(questions, keep=False) == ask(questions, keep=True) == 0
    wrong = [Asked(one.declarations, one.assertions, "unsat") for one in questions]
    assert ask(wrong, keep=False) == ask(wrong, keep=True) == 4


def test_a_regime_has_what_whole_checks_are_made_of(tmp_path: Path) -> None:
    text = regime_text(200)
    assert text == regime_text(200)
    assert sum(line.startswith("clause ") for line in text.splitlines()) == 200
    norms = [line for line in text.splitlines() if line.startswith(("  may ", "  need not "))]
    assert 10 <= len(norms) <= 30
    assert min(map(text.count, ("  in place of ", "  subject to ", " <= x", "covers "))) >= 2
    file = tmp_path / "regime.cbm"
    file.write_text(regime_text(30), encoding="utf-8")
    assert load([file])[1] == ()


def test_a_regime_of_new_matters_says_as_much_of_each_as_a_shorter_one(tmp_path: Path) -> None:
    assert regime_text(ALIKE, new_matters=True) == regime_text(ALIKE)
    short, long = (regime_text(clauses, new_matters=True) for clauses in (ALIKE, 3 * ALIKE))
    for statement in ("\nact ", "\nresult ", "\ntopic ", "\nclause "):
        assert long.count(statement) == 3 * short.count(statement), statement
    assert long.count(" act0\n") == short.count(" act0\n") > 5
    file = tmp_path / "regime.cbm"
    file.write_text(regime_text(30, new_matters=True), encoding="utf-8")
    assert load([file])[1] == ()
