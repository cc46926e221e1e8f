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
    """What `cbm export --search` writes for each draft."""
    home = TemporaryDirectory()
    folders = tuple(Path(home.name) / draft.stem for draft in drafts)
    for draft, folder in zip(drafts, folders, strict=True):
        outcome = run_python([*COMMAND, "export", "--search", "--smt2", str(folder), str(draft)], bound=bound)
        if isinstance(outcome, NotEnded):
            return outcome
    return Exported(folders, home)


@dataclass(frozen=True, slots=True)
class Taken:
    """What the check of the drafts took, and one solver, the values of which are how many answers were others."""

    counts: str
    check: Outcome
    plain: Outcome
    kept: Outcome


@cache
def take(drafts: Drafts, rounds: int, bound: float) -> Taken | NotEnded:
    """The check of all drafts, and their questions asked of one solver in either way, in turns."""
    exported = export(drafts, bound)
    if isinstance(exported, NotEnded):
        return exported
    outcome = run_apart(lambda: _take(exported, drafts, rounds, bound))
    assert isinstance(outcome, Done)
    assert isinstance(outcome.value, Taken)
    return outcome.value


def _take(exported: Exported, drafts: Drafts, rounds: int, bound: float) -> Taken:
    asked = exported.read()
    totals = [count_distinct(questions) for questions in asked]
    total, distinct = (sum(numbers) for numbers in zip(*totals, strict=True))
    counts = f"{sum(map(len, asked)):,} questions, {total:,} assertions, {distinct:,} distinct"
    with TemporaryDirectory() as folder:
        file = Path(folder) / "trivial.cbm"
        file.write_text(TRIVIAL, encoding="utf-8")
        _check((file,))  # what is imported or prepared once is so before the clock runs
    check, plain, kept = take_medians(
        rounds,
        lambda: run_apart(lambda: _check(drafts), bound),
        lambda: run_apart(lambda: sum(ask(questions, keep=False) for questions in asked), bound),
        lambda: run_apart(lambda: sum(ask(questions, keep=True) for questions in asked), bound),
    )
    return Taken(counts, check, plain, kept)


def _check(drafts: Drafts) -> None:
    for draft in drafts:
        run([draft])


def shipped(drafts: Drafts, rounds: int, bound: float) -> Row:
    """Everything that is found, over one solver that is told what each question asserts."""
    what = "all findings on the shipped drafts / one incremental Z3 on the exported questions"
    taken = take(drafts, rounds, bound)
    if isinstance(taken, NotEnded):
        return Row(what, taken, 1.5, "the export")
    return compare(what, taken.check, taken.plain, 1.5, f"{taken.counts}{_others(taken.plain)}")


def shipped_kept(drafts: Drafts, rounds: int, bound: float) -> Row:
    """The same over a solver in which stays asserted what a question has in common with the one before."""
    what = "the same / one in which stays what a question has in common with the one before"
    taken = take(drafts, rounds, bound)
    if isinstance(taken, NotEnded):
        return Row(what, taken, None, "the export")
    return compare(what, taken.check, taken.kept, None, f"{taken.counts}{_others(taken.kept)}")


def _others(plain: Outcome) -> str:
    return f", BUT {plain.value:,} other answers" if isinstance(plain, Done) and plain.value else ""


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
