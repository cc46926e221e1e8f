"""Takes ratios in one run and prints one table: `python -m tests.benchmarks [--quick] [--bound SECONDS] [ROW…]`.

How to read it. Each row has a name, by which it can be taken alone (`python -m tests.benchmarks drafts`; `whole` takes
all whose name begins so), and says what is divided by what. `reached` is the ratio, or where the row says so an amount
in seconds or MiB; beside it stand the target and whether it is met, and last the two figures behind the ratio.

- All times are CPU time, of the system and of the user, of all processes that a work begins; only `two-processes` goes
  by the clock. Figures are medians of several rounds, and within a row the two sides take turns. So a ratio holds on a
  busy machine; seconds of one row are not to be compared with those of another.
- Each work runs in a process of its own, and keeps nothing from one round to the next. What every work needs (imports,
  the grammar) is there before the clock runs, except in rows about commands, which count from start to end.
- A work that takes more than the bound (300 s; `--bound` sets it, for each work in each round) is stopped, and its row
  says `not ended in 300 s`: then the target is not met.
- A row without a target (`–`) is told for comparison.
- The yardsticks are the best that somebody would write who has the questions and knows the solver: one Z3 that is told
  each formula once (`drafts`), plain Z3 on the pairs of clauses that an index leaves (`conflicts`).
- `BUT` in the last column says that two sides which have to agree do not: then the ratio is worth nothing.

All of them take some twelve minutes on a quiet machine. `beyond`, the check of 3,000 clauses, is taken only by name:
`python -m tests.benchmarks beyond --bound 3000`.

`--quick` takes small sizes and one round: whether everything can be measured, in minutes; targets are for full sizes.
Another checkout is measured with the same suite from a folder that holds `tests/` and `specs/` and no `cbm/`, with that
checkout on PYTHONPATH; only `conflicts`, `pairs` and `schedules` import what is not public.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter

from tests.benchmarks.measure import Row, write_table
from tests.benchmarks.suite import FULL, QUICK, choose, list_rows, take_rows


def main() -> None:
    """Rows are told on stderr as they are taken, the table comes last."""
    parser = ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.add_argument(
        "rows", metavar="ROW", nargs="*", help="names of rows, or what they begin with; none: all but `beyond`"
    )
    parser.add_argument("--quick", action="store_true", help="small sizes, one round")
    parser.add_argument("--bound", type=float, default=300, metavar="SECONDS", help="of CPU time, for each work")
    parser.add_argument("--list", action="store_true", help="print the names of the rows, and measure nothing")
    given = parser.parse_args()
    rows = list_rows(QUICK if given.quick else FULL, given.bound)
    unknown = [name for name in given.rows if not choose(rows, [name])]
    if unknown:
        parser.error(f"no row is called {', '.join(unknown)}; there are {', '.join(rows)}")
    chosen = choose(rows, given.rows)
    if given.list:
        sys.stdout.write("\n".join([*chosen, ""]))
        return
    taken: dict[str, Row] = {}
    for name, row in take_rows(chosen):
        sys.stderr.write(f"{name}: {row.what}: {row.words}, {row.verdict} ({row.seen})\n")
        taken[name] = row
    sys.stdout.write(write_table(taken))


if __name__ == "__main__":
    main()
