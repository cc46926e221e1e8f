"""`cbm config`, `cbm rule`, `cbm rules`, `cbm schema` and `cbm words`: what there is to look up."""

from __future__ import annotations

import os
from pathlib import Path

import click

from cbm.cli.pages import print_wanted
from cbm.cli.parameters import CONFIG, ISOLATED, WORDS_FORMATS, configurations_for, configurations_of
from cbm.cli.spoken_help import command, group
from cbm.cli.values import OneOf, Place
from cbm.finding import Exit, Misuse, RuleId
from cbm.translation.saying import say


@group()
def config() -> None:
    """What configuration files say: cbm.toml, or [tool.cbm] in pyproject.toml."""


@command("show")
@click.argument("path", default=".", metavar="[PATH]", type=Place())
@CONFIG
@ISOLATED
def show_config(path: Path, config_file: Path | None, isolated: bool) -> Exit:
    """Show what holds for a file or a folder, and where each setting stands."""
    from cbm.project.configuration.description import described
    from cbm.project.idle_patterns import ALL, idle_patterns
    from cbm.render.columns import width

    if not os.path.lexists(path):
        raise Misuse(say("{file} does not exist", file=path))
    configurations = configurations_of(config_file, isolated)
    holding = configurations.use(path)
    print_wanted(described(holding, width, idle_patterns(configurations, ALL)))
    return Exit.FINE


config.add_command(show_config)


@command()
@click.argument("name")
def rule(name: str) -> Exit:
    """Explain a rule, with an example and its mended form."""
    from cbm.checks import RULES
    from cbm.render.rules import explanation

    print_wanted(explanation(RULES[RuleId.named(name)]))
    return Exit.FINE


@command()
@click.argument(
    "page",
    type=OneOf(
        ("report", "coverage", "diff", "compare", "options", "ask", "example", "cards", "judge", "test", "words")
    ),
)
def schema(page: str) -> Exit:
    """Print the JSON Schema of what a command prints as JSON; `report` is that of `cbm check`."""
    from cbm.render.schemas import shipped_schema

    print_wanted(shipped_schema(page))
    return Exit.FINE


@command()
def rules() -> Exit:
    """List all rules."""
    from cbm.checks import RULES
    from cbm.render.rules import table

    print_wanted(table(RULES.values()))
    return Exit.FINE


@command()
@click.argument("query", nargs=-1, metavar="[QUERY]")
@click.option(
    "--uses",
    metavar="NAME",
    multiple=True,
    help="Only words of this vocabulary or text, and of what it builds on: a file, or a name of the standard library.",
)
@CONFIG
@ISOLATED
@click.option("--output-format", type=OneOf(WORDS_FORMATS), default="text", show_default=True, help="What is printed.")
def words(
    query: tuple[str, ...], uses: tuple[str, ...], config_file: Path | None, isolated: bool, output_format: str
) -> Exit:
    """Look up the words that clauses can use: by name, by what readers call it, or by what you would say for it.

    Parties, kinds, facts, terms, acts, results, moments, channels and topics, each with how it is written, what it
    takes, and which clauses use it. The name of a text shows its articles and clauses, how each was read, and what is
    left out.
    Exit codes: 0, 1 where nothing is found, 2 where a text cannot be read.
    """
    from cbm.questions.looking_up import look_up
    from cbm.render import WORDS_RENDERERS

    configurations_for(uses, config_file, isolated)
    told = look_up(" ".join(query), uses)
    print_wanted(WORDS_RENDERERS[output_format](told))
    return told.exit
