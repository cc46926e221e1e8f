"""Commands whose help is told in the language that is spoken, and the option that chooses it.

The option holds for the whole command line, also for what is wrong with it; so it is looked for before it is read.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from copy import copy
from functools import partial
from typing import Any

import click
from click.core import ParameterSource

from cbm.translation.saying import mark, say
from cbm.translation.speech import LANGUAGES, UNREVIEWED, Language, speaking, spoken

_NAME = "--lang"
_HELP = mark(
    "The language of what is printed; without it that of the texts where they have one of these, else English."
)
_UNREVIEWED = mark("No lawyer who is a native speaker has read this translation yet.")


def language_asked_for(arguments: Sequence[str]) -> Language | None:
    """The language that a command line asks for; None where it names none, or one that there is not."""
    before_files = arguments[: arguments.index("--")] if "--" in arguments else arguments
    named = None
    for word, following in zip(before_files, [*before_files[1:], ""], strict=True):
        if word == _NAME:
            named = following
        elif word.startswith(f"{_NAME}="):
            named = word.partition("=")[2]
    return next((language for language in LANGUAGES if language == named), None)


class _Spoken(click.Command):
    """What is told of a command or of a group, in the language that is spoken."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """What is said of it beside its name."""
        return click.Command.get_short_help_str(self._told(), limit)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How it is written."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=say("Usage: "))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does."""
        click.Command.format_help_text(self._told(), ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it takes."""
        rows = [_told(parameter).get_help_record(ctx) for parameter in self.get_params(ctx)]
        with formatter.section(say("Options")):
            formatter.write_dl([row for row in rows if row is not None])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What is to be known of all that it says."""
        del ctx
        if spoken() in UNREVIEWED:
            formatter.write_paragraph()
            formatter.write_text(say(_UNREVIEWED))

    def _told(self) -> click.Command:
        told = click.Command(self.name)
        told.help = say(inspect.cleandoc(self.help)) if self.help else self.help
        return told


class SpokenCommand(_Spoken):
    """A command with the option; where its language was not chosen, it speaks that of the texts it is given."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.params.append(click.Option([_NAME], type=click.Choice(LANGUAGES), expose_value=False, help=_HELP))

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        chosen = ctx.get_parameter_source("lang") is not ParameterSource.DEFAULT
        given = ctx.params.get("paths")
        paths = given if isinstance(given, tuple) and not chosen and spoken() == "en" else ()
        if not paths:
            return super().invoke(ctx)
        from cbm.files import language_of  # not needed by commands without texts

        with speaking(language_of(paths)):
            return super().invoke(ctx)


class SpokenGroup(_Spoken, click.Group):
    """A group of such commands."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it takes, and its commands."""
        super().format_options(ctx, formatter)
        known = [self.commands[name] for name in self.list_commands(ctx)]
        limit = formatter.width - 6 - max(len(one.name or "") for one in known)
        with formatter.section(say("Commands")):
            formatter.write_dl([(one.name or "", one.get_short_help_str(limit)) for one in known])


command = partial(click.command, cls=SpokenCommand)
group = partial(click.group, cls=SpokenGroup)


def _told(parameter: click.Parameter) -> click.Parameter:
    told = copy(parameter)
    if isinstance(told, click.Option) and told.help:
        told.help = say("Show this message and exit.") if "--help" in told.opts else say(told.help)
    return told
