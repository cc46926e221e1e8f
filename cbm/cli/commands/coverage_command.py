"""`cbm coverage`: the map of what a draft governs."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from cbm.cli.pages import hand_over, named, told_instead
from cbm.cli.parameters import (
    AS_OF,
    CACHE_DIR,
    CONFIG,
    ISOLATED,
    MAP_FORMATS,
    NO_CACHE,
    OUTPUT_FILE,
    STEPS,
    TAKE,
    TEXT_OF,
    TIMEOUT,
    axes_of,
    day_asked,
    names_of,
)
from cbm.cli.spoken_help import command
from cbm.cli.values import OneOf
from cbm.core.packages.settled_choices import SettledChoices
from cbm.report import Report


@command()
@click.argument("draft", metavar="DRAFT")
@click.option("--text", metavar="NAME", help="Of several texts in the file, the one of this name.")
@click.option(
    "--by", metavar="AXIS,...", callback=axes_of, help="Tell types of encounter apart by these, not as usual."
)
@click.option(
    "--topic", "topics", metavar="TOPIC,...", multiple=True, callback=names_of, help="Only these topics or acts."
)
@click.option("--party", metavar="PARTY", help="Only what binds units of this party.")
@click.option(
    "--with",
    "beside",
    metavar="INSTRUMENT,...",
    multiple=True,
    callback=names_of,
    help="Read these with it as well.",
)
@TAKE
@TEXT_OF
@AS_OF
@CONFIG
@ISOLATED
@click.option("--output-format", type=OneOf(MAP_FORMATS), default="text", show_default=True, help="What is printed.")
@OUTPUT_FILE
@CACHE_DIR
@NO_CACHE
@TIMEOUT
@STEPS
def coverage(
    draft: str,
    text: str | None,
    by: str,
    topics: tuple[str, ...],
    party: str | None,
    beside: tuple[str, ...],
    take: tuple[str, ...],
    text_of: str | None,
    as_of: date | None,
    config_file: Path | None,
    isolated: bool,
    output_format: str,
    output_file: Path | None,
    timeout: float | None,
    steps: int | None,
) -> int:
    """Show which types of encounter a draft governs, topic by topic, and which it forgets.

    DRAFT is a file, or the name of a text of the standard library. A map judges nothing: the exit code is 0, or 3
    where something stayed undecided, and 1 where the texts cannot be understood. After --timeout, Ctrl-C or SIGTERM
    what is not known by then is undecided.
    """
    from cbm.cli.progress_line import progress_on
    from cbm.cli.runs import within_limits
    from cbm.questions.covering import NOTHING, Request, answer
    from cbm.render.maps import MAP_RENDERERS, WITH_EXAMPLES

    day = day_asked(as_of, (draft, *beside), config_file, isolated)
    examples, settled = output_format in WITH_EXAMPLES, SettledChoices(take, text_of)
    request = Request(draft, beside, by, topics, party, day, examples=examples, text=text, settled=settled)
    with within_limits(timeout, steps, NOTHING) as run, progress_on(sys.stderr) as watch:
        drawn = answer(request, watch)
    if isinstance(drawn, Report):
        return told_instead(drawn, output_format, named(output_file))
    page = MAP_RENDERERS[output_format](drawn)
    hand_over(page, output_file)
    return run.exit(drawn.exit)
