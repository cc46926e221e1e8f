"""Options of `cbm check` that exclude or need each other, as tables: each row says why, and which to leave out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from cbm.cli.commands.check_options import CheckOptions
from cbm.cli.standard_input import STDIN
from cbm.core.packages.settled_choices import NOTHING_SETTLED
from cbm.translation.saying import mark, say

_SEVERAL_DATES = "--as-of with several dates"  # a key, as the names of options are
_SETTLED = frozenset(("--take, --text-of", "--as"))

# Whoever gives the first is to give the second; the first row that fits speaks.
_NEEDS = (
    ("--unsafe-fixes", "--fix"),
    ("--yes", "--fix"),
    ("--diff", "--fix"),
    ("--yes", "--unsafe-fixes"),
)

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
        frozenset((_SEVERAL_DATES,)),
        frozenset(("--repairs", "--fix", "--coverage", "--against")),
        mark("--as-of names several dates: leave --repairs, --fix, --coverage and --against out"),
    ),
)


def require_together(options: CheckOptions) -> None:
    """UsageError where two of the options exclude each other, or one is given without another that it needs."""
    given = _given(options)
    for option, needed in _NEEDS:
        if option in given and needed not in given:
            raise click.UsageError(say("{option} goes with {other}", option=option, other=needed))
    if options.fix and options.output_format != "full":
        raise click.UsageError(say("--fix prints a diff: let reports be written with `-o FORMAT:FILE`"))
    if (options.statistics or options.quiet) and options.output_format not in ("full", "concise"):
        words = mark(
            "{option} is for pages that people read: leave --output-format out, "
            "and let other reports be written with `-o FORMAT:FILE`"
        )
        raise click.UsageError(say(words, option="--statistics" if options.statistics else "--quiet"))
    _require_none_excluded(given)
    _require_places_of_their_own(options)


def _require_places_of_their_own(options: CheckOptions) -> None:
    """A baseline is no page: one in its place would be read as one, or hide what was known."""
    pages = {os.path.realpath(path) for _, path in options.outputs}
    for file in (options.baseline_file, options.written_baseline):
        if file is not None and os.path.realpath(file) in pages:
            raise click.UsageError(say("`{file}` is named twice", file=file))


def require_together_of(options: CheckOptions, paths: Sequence[Path]) -> None:
    """The same of what is asked about: several dates, and a map, which is a chapter of the page on one text."""
    if isinstance(options.as_of, tuple):
        _require_none_excluded((_SEVERAL_DATES, *_given(options)))
    if not options.coverage:
        return
    if "html" not in ("" if options.fix else options.output_format, *(name for name, _ in options.outputs)):
        raise click.UsageError(say("--coverage adds maps to the HTML page: ask for it with `-o html:FILE`"))
    if len(paths) != 1 or os.path.isdir(paths[0]):
        raise click.UsageError(say("--coverage draws one text: name its file"))


def _require_none_excluded(given: Iterable[str]) -> None:
    names = frozenset(given)
    for ones, others, sentence in _EXCLUSIONS:
        if names & ones and names & others:
            raise click.UsageError(say(sentence))


def _given(options: CheckOptions) -> frozenset[str]:
    """Which of the options that the tables name are given."""
    told = {
        "--fix": options.fix,
        "--unsafe-fixes": options.unsafe_fixes,
        "--yes": options.yes,
        "--diff": options.only_diff,
        "--repairs": options.repairs,
        "--baseline": options.baseline_file is not None,
        "--write-baseline": options.written_baseline is not None,
        "--statistics": options.statistics,
        "--quiet": options.quiet,
        "--against": options.against is not None,
        "--coverage": options.coverage,
        "--take, --text-of": options.settled != NOTHING_SETTLED,
        "--as": options.as_if is not None,
        "-": STDIN in options.paths,
    }
    return frozenset(name for name, is_given in told.items() if is_given)
