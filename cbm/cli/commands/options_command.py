"""`cbm options`: where the negotiation of a text with brackets stands."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from cbm.cli.pages import hand_over, named, tell, told_instead
from cbm.cli.parameters import (
    AS_OF,
    CACHE_DIR,
    CONFIG,
    ISOLATED,
    NO_CACHE,
    STEPS,
    TAKE,
    TEXT_OF,
    TEXT_OR_PAGE_FILE,
    TIMEOUT,
    day_asked,
)
from cbm.cli.spoken_help import command
from cbm.cli.values import OneOf, Place, require_page_file
from cbm.core.packages.settled_choices import SettledChoices
from cbm.report import Report
from cbm.translation.saying import mark, say


@command()
@click.argument("draft", metavar="DRAFT", type=click.Path())
@click.option("--text", metavar="NAME", help="Of several texts in the file, the one of this name.")
@click.option(
    "--delegation", "--party", "delegation", metavar="WHO", help="What this delegation can keep, first of all."
)
@click.option(
    "--private",
    metavar="FILE",
    type=Place(),
    help="What that delegation expects, as cases, and `wish CHOICE is OPTION`: counted, and never printed.",
)
@TAKE
@TEXT_OF
@click.option("written", "--write", is_flag=True, help="Print the text of the first clean package, without brackets.")
@AS_OF
@CONFIG
@ISOLATED
@click.option(
    "--output-format",
    type=OneOf(["text", "json", "html", "markdown", "csv"]),
    default="text",
    show_default=True,
    help="What is printed.",
)
@TEXT_OR_PAGE_FILE
@CACHE_DIR
@NO_CACHE
@TIMEOUT
@STEPS
def options(
    draft: str,
    text: str | None,
    delegation: str | None,
    private: Path | None,
    take: tuple[str, ...],
    text_of: str | None,
    written: bool,
    as_of: date | None,
    config_file: Path | None,
    isolated: bool,
    output_format: str,
    output_file: Path | None,
    timeout: float | None,
    steps: int | None,
) -> int:
    """Show where the negotiation of a text with square brackets stands.

    DRAFT is a file, or the name of a text of the standard library. A package takes one option of each choice. What is
    told: what is agreed, which options no clean package holds, which cannot go together and why, brackets without
    difference, ways to settle it, and what each delegation can keep. The exit code is 1 where something is wrong with
    every package or an option is in no clean one, and 3 where something stayed undecided.
    """
    from cbm.cli.progress_line import progress_on
    from cbm.cli.runs import within_limits
    from cbm.outcomes.state_of_play import WrittenPackage
    from cbm.questions.named_texts import path_of
    from cbm.questions.negotiating import NOTHING, OpenText, package, take_stock
    from cbm.render.options import STATE_RENDERERS
    from cbm.search.parallel import Crew

    if written and (private is not None or delegation is not None or output_format != "text"):
        words = mark("--write prints the text of a package: leave --delegation, --private and --output-format out")
        raise click.UsageError(say(words))
    if output_file is not None and not written:
        require_page_file(output_file)

    day = day_asked(as_of, (draft,), config_file, isolated)
    asked = OpenText(path_of(draft), text, day, SettledChoices(take, text_of), delegation, private)
    with within_limits(timeout, steps, NOTHING) as run, progress_on(sys.stderr) as watch:
        found = package(asked, watch, output_file) if written else take_stock(asked, Crew(None, watch))
    if isinstance(found, Report):
        return told_instead(found, "" if written else output_format, named(output_file))
    page = found.text if isinstance(found, WrittenPackage) else STATE_RENDERERS[output_format](found, delegation)
    hand_over(page, output_file)
    if isinstance(found, WrittenPackage):
        for words in found.warnings():
            tell(words)
    run.exit(found.exit)  # says why it was stopped, if it was
    return run.signalled or found.exit
