"""Rows about whole texts: what is shipped against its questions alone, another solver, and reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import z3

from cbm import run
from cbm.source import Source
from cbm.syntax.parse import parse
from tests.benchmarks.law import law_text
from tests.benchmarks.measure import Done, NotEnded, Outcome, Row, compare, run_apart, run_python, take_medians
from tests.benchmarks.one_solver import Asked, ask, count_distinct, read_folder, write_script
from tests.benchmarks.processes import COMMAND, TRIVIAL

Drafts = tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """A folder for each draft; they are there as long as this is."""

    folders: tuple[Path, ...]
    home: TemporaryDirectory[str]

    def read(self) -> list[list[Asked]]:
        """The questions of each draft."""
        return [read_folder(folder) for folder in self.folders]


@cache
def export(drafts: Drafts, bound: float) -> Exported | NotEnded:
    """What `cbm export` writes for each draft."""
    home = TemporaryDirectory()
    folders = tuple(Path(home.name) / draft.stem for draft in drafts)
    for draft, folder in zip(drafts, folders, strict=True):
        outcome = run_python([*COMMAND, "export", "--smt2", str(folder), str(draft)], bound=bound)
        if isinstance(outcome, NotEnded):
            return outcome
    return Exported(folders, home)


def shipped(drafts: Drafts, rounds: int, bound: float) -> Row:
    """Everything that is found, over one solver that is told what each question asserts."""
    what = "all findings on the shipped drafts / one incremental Z3 on the exported questions"
    return _against_one_solver(drafts, rounds, bound, what, 1.5, keep=False)


def shipped_kept(drafts: Drafts, rounds: int, bound: float) -> Row:
    """The same over a solver in which stays asserted what a question has in common with the one before."""
    what = "the same / one in which stays what a question has in common with the one before"
    return _against_one_solver(drafts, rounds, bound, what, None, keep=True)


def _against_one_solver(drafts: Drafts, rounds: int, bound: float, what: str, target: float | None, keep: bool) -> Row:
    exported = export(drafts, bound)
    if isinstance(exported, NotEnded):
        return Row(what, exported, target, "the export")
    asked = exported.read()
    _warm_up()
    check, plain = take_medians(
        rounds,
        lambda: run_apart(lambda: _check(drafts), bound),
        lambda: run_apart(lambda: sum(ask(questions, keep) for questions in asked), bound),
    )
    counts = [count_distinct(questions) for questions in asked]
    total, distinct = (sum(numbers) for numbers in zip(*counts, strict=True))
    seen = f"{sum(map(len, asked)):,} questions, {total:,} assertions, {distinct:,} distinct"
    if isinstance(plain, Done) and plain.value:
        seen += f", BUT {plain.value:,} other answers"
    return compare(what, check, plain, target, seen)


def _check(drafts: Drafts) -> None:
    for draft in drafts:
        run([draft])


def _warm_up() -> None:
    """What is imported or prepared once is so before the clock runs."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "trivial.cbm"
        file.write_text(TRIVIAL, encoding="utf-8")
        _check((file,))


def second_solver(drafts: Drafts, rounds: int, bound: float) -> Row:
    """cvc5 over Z3, each file in a context of its own: neither is told more than what stands in the files."""
    what = "cvc5 / Z3 on the same files"
    try:
        from tests.second_opinion import answer
    except ModuleNotFoundError:
        return Row(what, None, 5, "cvc5 is not installed")
    exported = export(drafts, bound)
    if isinstance(exported, NotEnded):
        return Row(what, exported, 5, "the export")
    questions = [asked for questions in exported.read() for asked in questions]
    scripts = [write_script(asked) for asked in questions]

    def ask_all() -> int:
        agreed = 0
        for asked, script in zip(questions, scripts, strict=True):
            try:
                agreed += answer(f"(set-logic ALL)\n{script}") == asked.answer
            except ValueError:  # it cannot read the file
                continue
        return agreed

    def ask_plain() -> None:
        for script in scripts:
            context = z3.Context()
            z3.Z3_eval_smtlib2_string(context.ref(), script)

    other, plain = take_medians(rounds, lambda: run_apart(ask_all, bound), lambda: run_apart(ask_plain, bound))
    agreed = f"{other.value:,} of {len(questions):,} files with the answer of cbm" if isinstance(other, Done) else ""
    return compare(what, other, plain, 5, agreed)


def reading(norms: int, rounds: int, bound: float) -> Row:
    """How the time for reading a text grows when it gets ten times as long."""
    texts = [law_text(10 * norms), law_text(norms)]
    parse(Source("law.cbm", law_text(1)))  # the grammar is read
    long, short = take_medians(rounds, *(_parsing(text, bound) for text in texts))
    lines, fewer = (text.count("\n") for text in texts)
    return compare("parsing 10 times as many lines", long, short, 11, f"{lines:,} lines and {fewer:,}")


def _parsing(text: str, bound: float) -> Callable[[], Outcome]:
    source = Source("law.cbm", text)
    return lambda: run_apart(lambda: len(parse(source)[0].documents), bound)
