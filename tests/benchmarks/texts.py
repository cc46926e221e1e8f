"""Rows about whole texts: what is shipped against the solver time of its questions, another solver, and reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import process_time

import z3

from cbm.export.questions import asked_of
from cbm.finding import Report
from cbm.pipeline import run
from cbm.smt.script import Scribe
from cbm.source import Source
from cbm.syntax.parse import parse
from tests.benchmarks.law import law_text
from tests.benchmarks.measure import Row, cpu, medians


def shipped(drafts: Sequence[Path], rounds: int) -> Iterator[Row]:
    """Everything that is found in the drafts, and what two solvers take for the questions alone."""
    questions = [script for draft in drafts for script in exported(draft)]
    check, plain = medians(rounds, lambda: cpu(lambda: [run([draft]) for draft in drafts]), lambda: _plain(questions))
    seen = f"{check:.1f} s against {plain:.1f} s for {len(questions):,} questions"
    yield Row("all findings on the shipped drafts / Z3 on their exported questions", check / plain, 3, seen)
    yield _second_opinion(questions, rounds)


def exported(draft: Path) -> list[str]:
    """The questions that the check of the draft asks, as they are exported, without the words."""
    scribe = Scribe()
    asked = asked_of([draft], scribe)
    assert not isinstance(asked, Report)
    return [scribe.script(q.entry, q.verdict, lambda _: "", lambda _: "") for q in asked]


def _plain(questions: list[str]) -> float:
    """Seconds for reading and answering, each in a context of its own; making the contexts is not counted."""
    taken = 0.0
    for question in questions:
        context = z3.Context()
        before = process_time()
        answer = z3.Z3_eval_smtlib2_string(context.ref(), question).strip()
        taken += process_time() - before
        assert answer in ("sat", "unsat", "unknown"), answer
    return taken


def _second_opinion(questions: list[str], rounds: int) -> Row:
    what = "cvc5 / Z3 on the same files"
    try:
        from tests.second_opinion import answer
    except ModuleNotFoundError:
        return Row(what, None, 5, "cvc5 is not installed")
    refused: set[int] = set()

    def ask_all() -> None:
        for number, question in enumerate(questions):
            try:
                answer(question)
            except ValueError:  # it cannot read the file, or contradicts the answer stated in it
                refused.add(number)

    other, plain = medians(rounds, lambda: cpu(ask_all), lambda: _plain(questions))
    agreed = f"{len(questions) - len(refused):,} of {len(questions):,} files with the answer of cbm"
    return Row(what, other / plain, 5, f"{other:.1f} s against {plain:.1f} s; {agreed}")


def reading(norms: int, rounds: int) -> Row:
    """How the time for reading a text grows when it gets ten times as long."""
    texts = [law_text(norms), law_text(10 * norms)]
    short, long = medians(rounds, *(_parsing(text) for text in texts))
    lines = [text.count("\n") for text in texts]
    seen = f"{long:.1f} s for {lines[1]:,} lines, {short:.2f} s for {lines[0]:,}"
    return Row("parsing 10 times as many lines", long / short, 12, seen)


def _parsing(text: str) -> Callable[[], float]:
    source = Source("law.cbm", text)
    return lambda: cpu(lambda: parse(source))
