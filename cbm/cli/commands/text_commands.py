"""`cbm diff` and `cbm compare`: a text beside an older one, and beside those it takes as its models."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from cbm.cli.pages import print_wanted, told_instead
from cbm.cli.parameters import (
    AS_OF,
    CACHE_DIR,
    CONFIG,
    DIFF_FORMATS,
    ISOLATED,
    NO_CACHE,
    STEPS,
    TAKE,
    TEXT_OF,
    TIMEOUT,
    configurations_for,
    day_asked,
    diff_outputs_of,
    names_of,
    renamed_of,
)
from cbm.cli.spoken_help import command
from cbm.cli.values import OneOf, Place
from cbm.core.packages.settled_choices import SettledChoices
from cbm.process.output import write
from cbm.report import Report

_OUTPUTS = click.option(
    "outputs",
    "-o",
    metavar="FORMAT:FILE",
    multiple=True,
    callback=diff_outputs_of,
    help="Also write a file, in one of the formats above; repeatable.",
)


@command()
@click.argument("paths", nargs=-1, required=True, metavar="OLD NEW...", type=Place())
@click.option("--against", metavar="git:REF", default="", help="The only file as it was there, in place of OLD.")
@click.option("--text", metavar="NAME", help="Of several texts in a file, the one of this name.")
@click.option(
    "--as",
    "renamed",
    metavar="OLD=NEW",
    multiple=True,
    callback=renamed_of,
    help="What older texts call NEW otherwise.",
)
@AS_OF
@CONFIG
@ISOLATED
@click.option(
    "--fail-on",
    metavar="KIND,...",
    multiple=True,
    callback=names_of,
    help="Exit with 1 where there is such a change.",
)
@click.option("--no-findings", is_flag=True, help="Do not check the texts by themselves as well.")
@click.option("--output-format", type=OneOf(DIFF_FORMATS), default="text", show_default=True, help="What is printed.")
@_OUTPUTS
@CACHE_DIR
@NO_CACHE
@TIMEOUT
@STEPS
def diff(
    paths: tuple[Path, ...],
    against: str,
    text: str | None,
    renamed: dict[str, str],
    as_of: date | None,
    config_file: Path | None,
    isolated: bool,
    fail_on: tuple[str, ...],
    no_findings: bool,
    output_format: str,
    outputs: tuple[tuple[str, Path], ...],
    timeout: float | None,
    steps: int | None,
) -> int:
    """Show what changed in meaning from one text to the next, with an encounter that shows it.

    Texts are named from the oldest to the newest; of more than two, each step is told and then all of them together.
    KIND is tightened, relaxed, advice, permissions, exemptions, reparation, definitions, declared or new-finding.
    Exit codes: 0, or 1 for --fail-on and where a text cannot be understood, 3 where something is undecided or could
    not be compared.
    """
    from cbm.cli.progress_line import progress_on
    from cbm.cli.runs import within_limits
    from cbm.questions.diffing import NOTHING, DiffRequest, answer
    from cbm.render import DIFF_RENDERERS
    from cbm.search.parallel import Crew

    configured = configurations_for(paths, config_file, isolated)
    day = as_of or configured.agreed_date()
    request = DiffRequest(
        paths=paths,
        against=against,
        text=text,
        names=renamed,
        as_of=day,
        fail_on=fail_on,
        findings=not no_findings,
        configurations=configured,
    )
    with within_limits(timeout, steps, NOTHING) as run, progress_on(sys.stderr) as watch:
        outcome = answer(request, Crew(None, watch))
    if isinstance(outcome, Report):
        return told_instead(outcome, output_format, [path for _, path in outputs])
    write([(path, DIFF_RENDERERS[name](outcome)) for name, path in outputs])
    print_wanted(DIFF_RENDERERS[output_format](outcome))
    return run.exit(outcome.exit)


@command()
@click.argument("draft", metavar="DRAFT")
@click.argument("models", nargs=-1, required=True, metavar="MODEL...")
@click.option(
    "--as",
    "names",
    metavar="THEIRS=OURS",
    multiple=True,
    callback=renamed_of,
    help="In whose place a party of a model stands, such as US=JP; or what the draft calls something of a model.",
)
@click.option("--text", metavar="NAME", help="Of several texts in the file of the draft, the one of this name.")
@TAKE
@TEXT_OF
@AS_OF
@CONFIG
@ISOLATED
@click.option(
    "--fail-on",
    metavar="KIND,...",
    multiple=True,
    callback=names_of,
    help="Exit with 1 for these alone; left out: for all but what is kept.",
)
@click.option("--output-format", type=OneOf(DIFF_FORMATS), default="text", show_default=True, help="What is printed.")
@_OUTPUTS
@CACHE_DIR
@NO_CACHE
@TIMEOUT
@STEPS
def compare(
    draft: str,
    models: tuple[str, ...],
    names: dict[str, str],
    text: str | None,
    take: tuple[str, ...],
    text_of: str | None,
    as_of: date | None,
    config_file: Path | None,
    isolated: bool,
    fail_on: tuple[str, ...],
    output_format: str,
    outputs: tuple[tuple[str, Path], ...],
    timeout: float | None,
    steps: int | None,
) -> int:
    """Show how a draft stands to each provision of the texts that it takes as its models.

    A MODEL is a file (of several texts in it, FILE:TEXT is one), or a text of the standard library by its name. Where a
    provision can bind parties of the draft, the draft keeps it, contradicts it, permits what it forbids
    (permits-breach), only advises it (only-advised), asks for less (weaker) or for nothing (missing); a permission may
    be not-granted; where duties clash there is no-verdict. These are the KINDs. Then comes what no model has. Of a
    draft with brackets it is told on which packages each is so; what is so on some only makes nothing fail, unless
    any-package is among the KINDs. Exit codes: 0 where all is kept, 1 for --fail-on and where a text cannot be
    understood, 3 where something is undecided or could not be compared.
    """
    from cbm.cli.progress_line import progress_on
    from cbm.cli.runs import within_limits
    from cbm.questions.comparing import NOTHING, CompareRequest, answer
    from cbm.render import COMPARE_RENDERERS

    settled = SettledChoices(take, text_of)
    day = day_asked(as_of, (draft, *models), config_file, isolated)
    request = CompareRequest(
        draft=draft, models=models, names=names, text=text, as_of=day, settled=settled, fail_on=fail_on or None
    )
    with within_limits(timeout, steps, NOTHING) as run, progress_on(sys.stderr) as watch:
        outcome = answer(request, watch)
    if isinstance(outcome, Report):
        return told_instead(outcome, output_format, [path for _, path in outputs])
    write([(path, COMPARE_RENDERERS[name](outcome)) for name, path in outputs])
    print_wanted(COMPARE_RENDERERS[output_format](outcome))
    return run.exit(outcome.exit)
