"""`cbm test`: what cases expect, and whether it is so."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cbm.arguments import FailLevel
from cbm.cli.pages import print_page, wants_color
from cbm.cli.parameters import (
    AS_OF,
    CACHE_DIR,
    COLOR,
    CONFIG,
    ISOLATED,
    JOBS,
    NO_CACHE,
    PATHS,
    STEPS,
    SUITE,
    TAKE,
    TEXT_OF,
    TIMEOUT,
    configurations_of,
    suite_of,
)
from cbm.cli.spoken_help import command
from cbm.cli.values import OneOf, PageFile, WholeNumber
from cbm.finding import Severity
from cbm.process.output import write
from cbm.translation.saying import say

if TYPE_CHECKING:
    from cbm.outcomes.suite_report import SuiteReport


@command()
@PATHS
@SUITE
@click.option(
    "-k",
    "keywords",
    metavar="WORDS",
    default="",
    help="Only what has these words in its file, titles or line; with `and`, `or`, `not` and brackets.",
)
@click.option(
    "--clauses", is_flag=True, help="Also list which cases exercise each clause, and which clauses none does."
)
@click.option(
    "--fail-under",
    metavar="PERCENT",
    type=WholeNumber(0, 100),
    help="Exit with 1 where cases exercise fewer of the clauses; goes with --clauses.",
)
@click.option("-v", "--verbose", is_flag=True, help="Print each expectation, also those that passed.")
@click.option("-q", "--quiet", is_flag=True, help="Print no progress.")
@AS_OF
@click.option(
    "--fail-level",
    type=OneOf([severity.value for severity in Severity]),
    help="An expectation fails from this severity on.  [default: error]",
)
@CONFIG
@ISOLATED
@TAKE
@TEXT_OF
@click.option(
    "--fail-on",
    type=OneOf(["any-package"]),
    help="Of a text with brackets: an expectation also fails where it does not hold on some packages only.",
)
@click.option(
    "--output-format",
    type=OneOf(["full", "json", "junit"]),
    default="full",
    show_default=True,
    help="What is printed.",
)
@click.option("--junitxml", metavar="FILE", type=PageFile(beside=True), help="Also write JUnit XML to this file.")
@CACHE_DIR
@NO_CACHE
@TIMEOUT
@STEPS
@JOBS
@COLOR
def test(
    paths: tuple[Path, ...],
    suite: str | None,
    keywords: str,
    clauses: bool,
    fail_under: int | None,
    verbose: bool,
    quiet: bool,
    as_of: date | None,
    fail_level: FailLevel | None,
    config_file: Path | None,
    isolated: bool,
    take: tuple[str, ...],
    text_of: str | None,
    fail_on: str | None,
    output_format: str,
    junitxml: Path | None,
    timeout: float | None,
    steps: int | None,
    jobs: int | None,
    color: str,
) -> int:
    """Run the cases in files, or in folders with all below them: each expectation passes, fails or is undecided.

    An expectation fails where `cbm check` finds that it does not hold. Exit codes: 0 where all pass, 1 where one fails
    or could not be asked, or too few clauses are exercised, 2 where there is nothing to test, 3 where something stayed
    undecided and nothing is worse.
    """
    from cbm.cli.progress_line import progress_on
    from cbm.cli.runs import within_limits
    from cbm.questions.testing import NOTHING
    from cbm.questions.testing import test as run

    if fail_under is not None and not clauses:
        raise click.UsageError(say("{option} goes with {other}", option="--fail-under", other="--clauses"))
    configurations = configurations_of(config_file, isolated)
    asked = suite_of(paths, suite, configurations, isolated)
    with (
        within_limits(timeout, steps, NOTHING) as limits,
        nullcontext() if quiet else progress_on(sys.stderr) as watch,
    ):
        report = run(
            asked.paths,
            keywords=keywords,
            as_of=as_of or asked.as_of,
            fail_level=fail_level or asked.fail_level,
            clauses=clauses,
            fail_under=fail_under,
            configurations=configurations,
            jobs=jobs,
            progress=watch,
            take=take,
            text_of=text_of,
            any_package=fail_on is not None,
        )
    _show(report, output_format, verbose=verbose, colored=wants_color(color), junitxml=junitxml)
    return limits.signalled or report.exit


def _show(report: SuiteReport, output_format: str, *, verbose: bool, colored: bool, junitxml: Path | None) -> None:
    """Prints the page, and writes the file of JUnit XML before it, if one is wanted."""
    from cbm.render import COLORED_SUITE, SUITE_RENDERERS

    pages = {**SUITE_RENDERERS, **(COLORED_SUITE if colored else {})}
    shown = pages[output_format](report, verbose)
    write([] if junitxml is None else [(junitxml, SUITE_RENDERERS["junit"](report, verbose))])
    print_page(shown)
