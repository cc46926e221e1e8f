"""Commands whose help is told in the language that is spoken, and the option that chooses it.

The option holds for the whole command line, also for what is wrong with it; so it is looked for before it is read.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cbm.cli.parameters import cache_folder
from cbm.cli.refusals import UnknownCommand, told_again
from cbm.cli.values import OneOf
from cbm.cli.wide_help import HelpContext, shortened
from cbm.finding import Misuse
from cbm.translation.saying import mark, say, say_count
from cbm.translation.speech import LANGUAGES, UNREVIEWED, Language, speak, spoken

if TYPE_CHECKING:
    from cbm.project.configuration.configurations import Configurations

_NAME = "--lang"
_HELP = mark(
    "The language of what is printed; without it what the configuration says, else that of the texts, else English."
)
# Parameters that name the text that is asked about, some with further ones behind it.
_ASKED_ABOUT = ("documents", "document", "draft", "named", "texts", "path", "folder")
_UNREVIEWED = mark("No lawyer who is a native speaker has read this translation yet.")


def language_asked_for(arguments: Sequence[str]) -> Language | None:
    """The language that a command line asks for; None where it names none, or one that there is not."""
    before_files = arguments[: arguments.index("--")] if "--" in arguments else arguments
    named = None
    for word, following in pairwise((*before_files, "")):
        if word == _NAME:
            named = following
        elif word.startswith(f"{_NAME}="):
            named = word.partition("=")[2]
    return next((language for language in LANGUAGES if language == named), None)


def language_here() -> Language | None:
    """The language that the configuration of the working folder says."""
    return _configured({}).language_of([Path()])


def _configured(given: Mapping[str, Any]) -> Configurations:
    """The configuration that a command is given; the nearest one where that cannot be read, which the command tells."""
    from cbm.project.configuration import configurations  # not needed where the language is chosen

    if given.get("isolated"):
        return configurations.isolated()
    with suppress(Misuse):
        return configurations.from_file(given["config_file"]) if given.get("config_file") else configurations.nearest()
    return configurations.isolated()


def _texts_of(given: Mapping[str, Any]) -> Iterator[Path]:
    """The texts that a command speaks of: all that are checked together, else the one that is asked about."""
    if given.get("paths"):
        yield from map(Path, given["paths"])
        return
    for name in _ASKED_ABOUT:
        if named := given.get(name):
            yield Path(named[0] if isinstance(named, tuple) else named)
            return


def _read_before() -> AbstractContextManager[None]:
    """What is parsed within is told from where the command keeps what it finds."""
    from cbm.pipeline import read_before  # needed for texts in several languages alone

    return read_before(cache_folder())


class _Spoken(click.Command):
    """What is told of a command or of a group, in the language that is spoken."""

    context_class = HelpContext

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.params.append(click.Option([_NAME], type=OneOf(LANGUAGES), expose_value=False, help=_HELP))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the command line."""
        try:
            return super().parse_args(ctx, args)
        except click.BadOptionUsage as misuse:
            raise told_again(misuse, self) from None

    def get_short_help_str(self, limit: int = 45) -> str:
        """What is said of it beside its name."""
        told = self._told()
        if spoken() == "en" or not told.help:
            return click.Command.get_short_help_str(told, limit)
        return shortened(told.help, limit)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How it is written."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=say("Usage: "))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does."""
        click.Command.format_help_text(self._told(), ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it takes."""
        rows = [_record(one, ctx) for one in self.get_params(ctx) if isinstance(one, click.Option)]
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
        told.help = say(paragraphs(self.help)) if self.help else self.help
        return told


class SpokenCommand(_Spoken):
    """A command; where its language was not chosen, it is that of the configuration, or of the texts it is given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the command line; what no parameter takes is refused."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            words = say_count(
                "Got unexpected extra argument ({args})",
                "Got unexpected extra arguments ({args})",
                len(rest),
                args=" ".join(rest),
            )
            raise click.UsageError(words, ctx)
        return rest

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; what becomes of it is told in its language as well."""
        otherwise: Language | None = ctx.find_root().obj
        if otherwise is None:
            return super().invoke(ctx)
        texts = list(_texts_of(ctx.params))
        said = _configured(ctx.params).language_of(texts or [Path()])
        if said is None and texts and otherwise == "en":
            from cbm.files import language_of  # not needed by commands without texts

            said = language_of(texts, _read_before)
        speak(said or otherwise)
        return super().invoke(ctx)


class SpokenGroup(_Spoken, click.Group):
    """A group of such commands."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that a command line begins with."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise UnknownCommand(args[0], self.commands, ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it takes, and its commands."""
        super().format_options(ctx, formatter)
        known = [self.commands[name] for name in self.list_commands(ctx)]
        limit = formatter.width - 6 - max(len(one.name or "") for one in known)
        with formatter.section(say("Commands")):
            formatter.write_dl([(one.name or "", one.get_short_help_str(limit)) for one in known])


command = partial(click.command, cls=SpokenCommand)
group = partial(click.group, cls=SpokenGroup)


def paragraphs(docstring: str) -> str:
    """What a docstring says, each paragraph in one line: that is the message which is translated."""
    parts = inspect.cleandoc(docstring).split("\n\n")
    return "\n\n".join(" ".join(part.split()) for part in parts)


def _record(option: click.Option, ctx: click.Context) -> tuple[str, str] | None:
    """How an option is written, and what is told of it; nothing of one that is hidden."""
    record = option.get_help_record(ctx)
    if record is None or not option.help:
        return record
    if "--help" in option.opts:
        return record[0], say("Show this message and exit.")
    known = option.get_help_extra(ctx)
    extra = [say("default: {default}", default=known["default"])] if "default" in known else []
    extra += [known["range"]] if "range" in known else []
    extra += [say("required")] if "required" in known else []
    told = say(option.help)
    return record[0], say("{help}  [{extra}]", help=told, extra="; ".join(extra)) if extra else told
