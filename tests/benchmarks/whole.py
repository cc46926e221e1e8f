"""Rows about whole checks, all rules, of regimes that grow: what one takes, how that grows, and the peak.

Beside the time stands what there is to find. In a regime the pairs of clauses that clash grow with the square of the
clauses, and each is told with an example of its own, which takes as long however many there are. In one that grows by
new matters they grow as the clauses do.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

from cbm.records import replace
from tests.benchmarks.measure import Done, Outcome, Row, compare, run_python, take_medians
from tests.benchmarks.processes import COMMAND, write_loop
from tests.benchmarks.regime import ALIKE, regime_text

OF_A_CHECK = (0, 1, 3)  # nothing found, something found, something undecided


# Findings that two clauses or more have a part in that cannot be kept together.
CLASHES = ("conflict", "agreement-conflict", "deadlock")


@dataclass(frozen=True, slots=True)
class Told:
    """What a report has: questions, findings, and those of clauses that clash."""

    questions: int
    findings: int
    clashes: int


@cache
def take(clauses: int, rounds: int, bound: float, turns: int, *, new_matters: bool = False) -> tuple[Outcome, Outcome]:
    """What `cbm check` takes for a regime of so many clauses, and a loop in turns with it, as a control."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "regime.cbm"
        file.write_text(regime_text(clauses, new_matters=new_matters), encoding="utf-8")
        check, loop = take_medians(
            rounds,
            lambda: check_file(file, bound),
            lambda: run_python(write_loop(turns)),
        )
    return check, loop


def check_file(file: Path, bound: float) -> Outcome:
    """The check of the file, with what was told."""
    page = file.with_suffix(".json")
    command = [*COMMAND, "check", "--output-format", "concise", "-o", f"json:{page}", str(file)]
    outcome = run_python(command, OF_A_CHECK, bound)
    if not isinstance(outcome, Done):
        return outcome
    report = json.loads(page.read_text(encoding="utf-8"))
    rules = [finding["rule"] for finding in report["findings"]]
    return replace(outcome, value=Told(len(report["questions"]), len(rules), sum(map(rules.count, CLASHES))))


def seconds(clauses: int, rounds: int, bound: float, turns: int) -> Row:
    """For comparison with other runs of the same hour alone: the control says how fast the machine was."""
    check, loop = take(clauses, rounds, bound, turns)
    reached = check.seconds if isinstance(check, Done) else check
    seen = f"{_told(check)}a loop beside it took {loop}"
    return Row(f"seconds of a whole check: {clauses:,} clauses", reached, None, seen)


def _told(check: Outcome) -> str:
    told = check.value if isinstance(check, Done) else None
    if not isinstance(told, Told):
        return ""
    return f"{told.questions:,} questions, {told.findings:,} findings, {told.clashes:,} of them clashes; "


def growth(
    small: int, large: int, rounds: Mapping[int, int], bound: float, turns: int, *, new_matters: bool = False
) -> Row:
    """The ratio of two sizes, and the power of the size with which the time grows between each two that ended."""
    taken = {}
    for clauses, count in rounds.items():  # what another row has taken is known by what it named
        anew = {"new_matters": True} if new_matters and clauses != ALIKE else {}
        taken[clauses] = take(clauses, count, bound, turns, **anew)
    checks = {clauses: check for clauses, (check, _) in taken.items()}
    loops = [loop.seconds for _, loop in taken.values() if isinstance(loop, Done)]
    found = {clauses: check.value for clauses, check in checks.items() if isinstance(check, Done)}
    counts = ", ".join(
        f"{what} {_powers({clauses: getattr(told, what) for clauses, told in found.items()})}"
        for what in ("questions", "findings", "clashes")
    )
    seconds = {clauses: check.seconds for clauses, check in checks.items() if isinstance(check, Done)}
    seen = f"{_powers(seconds)} ({counts}); loops beside them took {min(loops):.2f} to {max(loops):.2f} s"
    kind = ", of new matters" if new_matters else ""
    what = f"whole check, all rules: {large:,} clauses{kind} / {small:,} clauses"
    return compare(what, checks[large], checks[small], 5, seen)


def _powers(amounts: Mapping[int, float]) -> str:
    """`N^1.7 from 100 to 300`, and so on."""
    powers = [
        f"N^{log(later / earlier) / log(large / small):.1f} from {small:,} to {large:,}"
        for (small, earlier), (large, later) in pairwise(amounts.items())
        if earlier and later
    ]
    return ", ".join(powers) or "of one size alone"


def memory(clauses: int, rounds: int, bound: float, turns: int) -> Row:
    """The peak of the process that checks the largest regime."""
    check, _ = take(clauses, rounds, bound, turns)
    reached = check.peak if isinstance(check, Done) else check
    return Row(f"MiB at the peak: whole check of {clauses:,} clauses", reached, 500, f"from text to page: {check}")
