"""Rows about asking for less or for more than one check of a draft: one rule only, several dates, and once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from math import inf
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import TemporaryDirectory

from tests.benchmarks.measure import (
    Done,
    Outcome,
    Row,
    as_used,
    compare,
    run_in,
    run_python,
    take_medians,
)
from tests.benchmarks.processes import COMMAND
from tests.benchmarks.whole import OF_A_CHECK

CHEAP = "unserved-function"  # it looks channels up, and asks no solver
DATES = ("2018-12-20", "2019-10-01", "2021-06-01", "2023-06-01", "2025-12-06")


def one_rule(draft: Path, rounds: int, bound: float) -> Row:
    """One rule that costs next to nothing over everything; starting cbm counts."""
    cheap, everything = take_medians(
        rounds,
        lambda: run_python([*COMMAND, "check", "--select", CHEAP, str(draft)], OF_A_CHECK, bound),
        lambda: run_python([*COMMAND, "check", str(draft)], OF_A_CHECK, bound),
    )
    return compare(f"`--select {CHEAP}` / everything: {draft.stem}", cheap, everything, 0.2)


def several_dates(draft: Path, rounds: int, bound: float) -> Row:
    """Five dates in one command over one date."""
    five, one = take_medians(rounds, lambda: _ask(draft, DATES, bound), lambda: _ask(draft, DATES[1:2], bound))
    return compare(f"five dates / one date: {draft.stem}", five, one, 1.3)


def _ask(draft: Path, dates: Sequence[str], bound: float) -> Outcome:
    return run_python([*COMMAND, "check", "--as-of", ",".join(dates), str(draft)], OF_A_CHECK, bound)


def edited_clause(draft: Path, rounds: int, bound: float) -> Row:
    """The check after one duty became advice over the first one; the answers of the first one are kept.

    Some clauses have much to do with others, some little: every third duty is edited, each in the text as it was.
    """
    text = draft.read_text(encoding="utf-8")
    duties = [line.start(1) for line in re.finditer(r"^  (must )(?!not )", text, flags=re.MULTILINE)]
    edited = [text[:at] + text[at:].replace("must", "should", 1) for at in duties[::3]]
    return _again(draft, edited, "one clause", 0.1, rounds, bound)


def edited_words(draft: Path, rounds: int, bound: float) -> Row:
    """The same after one more word was put into a quoted text."""
    text = draft.read_text(encoding="utf-8")
    edited = re.sub(r'( text \w+) "([^"\n]+)"', r'\1 "\2 anew"', text, count=1)
    return _again(draft, [edited], "a quoted text", 0.03, rounds, bound)


def _again(draft: Path, edited: Sequence[str], what: str, target: float, rounds: int, bound: float) -> Row:
    """Each round with an empty cache: the draft as it is, and then each edited text over what is known of that.

    Told is the edit that takes the median, beside the one that takes most.
    """
    text = draft.read_text(encoding="utf-8")
    assert edited, "there is something to edit"
    assert text not in edited, "each differs"
    with TemporaryDirectory() as home:
        first, latest = Path(home) / "first", Path(home) / "latest"

        def cold() -> Outcome:
            rmtree(first, ignore_errors=True)
            return _check_copy(Path(home), text, first, bound)

        def warm(one: str) -> Outcome:
            rmtree(latest, ignore_errors=True)
            copytree(first, latest)
            return _check_copy(Path(home), one, latest, bound)

        whole, *again = take_medians(rounds, cold, *(partial(warm, one) for one in edited))
    ranked = sorted(again, key=lambda one: one.seconds if isinstance(one, Done) else inf)
    seen = f"{len(ranked)} edits, the slowest {ranked[-1]}" if len(ranked) > 1 else ""
    return compare(f"after an edit of {what} / cold: {draft.stem}", ranked[len(ranked) // 2], whole, target, seen)


def _check_copy(home: Path, text: str, cache: Path, bound: float) -> Outcome:
    file = home / "draft.cbm"
    file.write_text(text, encoding="utf-8")
    environment = as_used() | {"CBM_CACHE_DIR": str(cache), "CBM_JOBS": "1"}
    environment.pop("CBM_NO_CACHE", None)
    return run_in(environment, [*COMMAND, "check", str(file)], OF_A_CHECK, bound)
