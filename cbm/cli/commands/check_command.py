"""`cbm check`: findings as pages, or changes as a diff."""

from __future__ import annotations

from typing import Any

import click

from cbm.cli.commands.check_options import CheckOptions
from cbm.cli.commands.exclusions import require_together
from cbm.cli.parameters import (
    CACHE_DIR,
    COLOR,
    CONFIG,
    DATES,
    FORMATS,
    ISOLATED,
    JOBS,
    NO_CACHE,
    PATHS,
    STATUSES,
    STEPS,
    SUITE,
    TAKE,
    TEXT_OF,
    TIMEOUT,
    hidden_rules_of,
    outputs_of,
    rules_of,
)
from cbm.cli.spoken_help import command
from cbm.cli.values import OneOf, PageFile, Place
from cbm.finding import Severity


@command()
@PATHS
@SUITE
@DATES
@click.option("--select", metavar="RULE,...", multiple=True, callback=rules_of, help="Report these rules only.")
@click.option("--ignore", metavar="RULE,...", multiple=True, callback=hidden_rules_of, help="Leave these rules out.")
@click.option(
    "--fail-level",
    type=OneOf([severity.value for severity in Severity]),
    help="Exit with 1 from this severity on.  [default: error]",
)
@click.option(
    "--baseline",
    "baseline_file",
    metavar="FILE",
    type=Place(),
    help="Do not tell what is known from this file, and tell what is in it and found no more.",
)
@click.option(
    "--write-baseline",
    "written_baseline",
    metavar="FILE",
    type=PageFile(beside=True),
    help="Write what is found into this file, for --baseline.",
)
@click.option("--against", metavar="git:REF", help="Tell only what was not found in these paths as they were there.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found; what is undecided still counts.")
@click.option(
    "--statistics", is_flag=True, help="Print how many findings there are of each rule, and not the findings."
)
@click.option("-q", "--quiet", is_flag=True, help="Print findings only: no progress, no remarks, no closing line.")
@click.option(
    "--stdin-filename",
    metavar="FILE",
    type=Place(),
    help="With `-` as a PATH: the file whose text comes from standard input, whatever is saved there.",
)
@CONFIG
@ISOLATED
@click.option(
    "--explain-green",
    is_flag=True,
    help="On the full page, also show for each clause an encounter in which it binds and everything is complied with.",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="On a long page, tell each finding in full, and not only the errors.",
)
@click.option(
    "--coverage", is_flag=True, help="On the HTML page of one text, also draw how its promises are kept, as maps."
)
@click.option(
    "--repairs",
    is_flag=True,
    help="Also try changes of the drafts, and show with each finding at most three that settle it. Takes far longer.",
)
@click.option("--fix", is_flag=True, help="Mend slips of spelling, and print as a diff what else settles the findings.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix: write it, as far as you accept each change of meaning.")
@click.option("--yes", is_flag=True, help="With --unsafe-fixes: accept every change, and ask nothing.")
@click.option("--diff", "only_diff", is_flag=True, help="With --fix: print the diff only, and write nothing.")
@click.option("--output-format", type=OneOf(FORMATS), default="full", show_default=True, help="What is printed.")
@click.option(
    "outputs",
    "-o",
    metavar="FORMAT:FILE",
    multiple=True,
    callback=outputs_of,
    help="Also write a file; repeatable. Beside the formats above there is docx: findings as comments in a document.",
)
@click.option(
    "--document",
    metavar="IN.docx",
    type=Place(),
    help="With -o docx:FILE: write comments into a copy of this.  [default: what `cbm docx` laid the text out from]",
)
@click.option(
    "as_if",
    "--as",
    metavar="status STATUS",
    type=(OneOf(["status"]), OneOf(STATUSES)),
    help="Ask about drafts as if they had become: track2, track1_5, political or treaty.",
)
@TAKE
@TEXT_OF
@click.option(
    "--fail-on",
    type=OneOf(["any-package"]),
    help="Of a text with brackets: exit with 1 also where a finding holds on some packages only.",
)
@CACHE_DIR
@NO_CACHE
@TIMEOUT
@STEPS
@JOBS
@COLOR
def check(**given: Any) -> int:
    """Check specifications: files, or folders with all below them; `-` stands for standard input.

    With --fix a diff is printed instead of findings. What is spelt wrong is mended in the files, too, and all the rest
    with --unsafe-fixes as well.
    After --timeout, Ctrl-C or SIGTERM what was found by then is reported, and the rest is undecided.
    """
    from cbm.cli.commands.check_page import tell_report
    from cbm.cli.commands.check_run import outcome_of, run_of
    from cbm.cli.commands.word_files import document_for

    options = CheckOptions(**given)
    require_together(options)
    run = run_of(options)
    document = document_for(options, run.configurations)
    outcome = outcome_of(run)
    code = tell_report(outcome.report, options, run.configurations, outcome.drawn, document)
    return outcome.signalled or code
