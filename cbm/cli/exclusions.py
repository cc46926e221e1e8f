"""Options of `cbm check` that exclude each other, as a table: each row says why, and which to leave out."""

from __future__ import annotations

from collections.abc import Iterable

import click

from cbm.translation.saying import mark, say

SEVERAL_DATES = "--as-of with several dates"  # a key, as the names of options are
_SETTLED = frozenset(("--take, --text-of", "--as"))

# Whoever gives one of the first and one of the second is told the third; the first row that fits speaks.
_EXCLUSIONS: tuple[tuple[frozenset[str], frozenset[str], str], ...] = (
    (
        frozenset(("--repairs",)),
        frozenset(("--fix",)),
        mark("--repairs shows changes with the findings, --fix prints them as a diff: choose one"),
    ),
    (
        frozenset(("--fix",)),
        frozenset(("--baseline", "--write-baseline")),
        mark("--fix prints a diff: leave --baseline and --write-baseline out"),
    ),
    (
        frozenset(("--against",)),
        _SETTLED,
        mark("--against compares texts as they are written: leave --take, --text-of and --as out"),
    ),
    (
        frozenset(("--against",)),
        frozenset(("--fix", "--repairs", "--baseline", "--write-baseline", "-")),
        mark("--against tells what is new: leave --fix, --repairs, baselines and standard input out"),
    ),
    (
        frozenset(("--fix",)),
        frozenset(("--statistics", "--quiet")),
        mark("--fix prints a diff: leave --statistics and --quiet out"),
    ),
    (
        frozenset(("--fix", "--repairs")),
        _SETTLED,
        mark("changes are tried of a text as it is written: leave --take, --text-of and --as out"),
    ),
    (
        frozenset(("--coverage",)),
        _SETTLED | {"-"},
        mark("a map is of a text as its file has it: leave --take, --text-of, --as and `-` out"),
    ),
    (
        frozenset((SEVERAL_DATES,)),
        frozenset(("--repairs", "--fix", "--coverage", "--against")),
        mark("--as-of names several dates: leave --repairs, --fix, --coverage and --against out"),
    ),
)


def require_together(given: Iterable[str]) -> None:
    """UsageError where two of the options given exclude each other."""
    names = frozenset(given)
    for ones, others, sentence in _EXCLUSIONS:
        if names & ones and names & others:
            raise click.UsageError(say(sentence))
