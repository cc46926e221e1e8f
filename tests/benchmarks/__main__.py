"""Takes all ratios in one run and prints the table."""

from __future__ import annotations

import sys

from tests.benchmarks.measure import table
from tests.benchmarks.suite import FULL, rows

if __name__ == "__main__":
    taken = []
    for row in rows(FULL):
        sys.stderr.write(f"{row.what}: {row.verdict} ({row.seen})\n")
        taken.append(row)
    sys.stdout.write(table(taken))
