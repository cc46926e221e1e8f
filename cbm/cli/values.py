"""Values of options and arguments, and what is told of one that is none of them."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from cbm.translation.saying import mark, say


class OneOf(click.Choice[str]):
    """One of a few words."""

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        """What there is to choose from."""
        del param, ctx
        return say("Choose from: {choices}.", choices=", ".join(self.choices))

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """That a word is none of them."""
        del ctx
        known = ", ".join(map(repr, self.choices))
        if len(self.choices) == 1:
            return say("{value} is not {choice}.", value=repr(value), choice=known)
        return say("{value} is not one of {choices}.", value=repr(value), choices=known)


class WholeNumber(click.IntRange):
    """A whole number within bounds."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; refused where it is none, or lies outside."""
        first, last = self.min, self.max
        with suppress(ValueError):
            number = int(value)
            if (first is None or number >= first) and (last is None or number <= last):
                return number
        words = mark("{value} is not a whole number from {first} to {last}.")
        if last is None:
            words = mark("{value} is not a whole number from {first} on.")
        return self.fail(say(words, value=repr(value), first=first, last=last), param, ctx)


class Seconds(click.FloatRange):
    """A time of more than nothing."""

    def __init__(self) -> None:
        super().__init__(min=0, min_open=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number; refused where it is none, or nothing."""
        try:
            number = float(value)
        except ValueError:
            number = 0.0
        if not number > 0:
            self.fail(say("{value} is not a number of seconds over 0.", value=repr(value)), param, ctx)
        return number


class Place(click.Path):
    """A file or a folder; nothing is none: a variable that a shell does not know does not mean the working folder."""

    def __init__(self, *, file_okay: bool = True) -> None:
        super().__init__(file_okay=file_okay, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; refused where nothing stands there."""
        if os.fspath(value) == "":
            self.fail(say("no path is named"), param, ctx)
        return super().convert(value, param, ctx)


class PageFile(Place):
    """A file that a page is written to, and no text: a page in its place would delete it.

    `beside`: another page is printed as well, and this is not written to the same place.
    """

    def __init__(self, *, beside: bool = False) -> None:
        super().__init__()
        self.beside = beside

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; refused where it is that of a text, or of no file."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        require_page_file(path, param, ctx, beside=self.beside)
        return path


def require_page_file(
    file: Path, parameter: click.Parameter | None = None, context: click.Context | None = None, *, beside: bool = False
) -> None:
    """Refused where a page in this place would delete a text, stand among what is printed, or where it is no file."""
    from cbm.project.spec_files import is_spec  # needed where something is written

    problem = ""
    if os.fspath(file) == "-":
        problem = say("`-` is no file, and this is written to one")
    elif os.path.exists(file) and is_spec(os.path.realpath(file)):
        problem = say("`{file}` is a text: a page in its place would delete it", file=file)
    elif beside and _is_printed_to(file):
        problem = say(
            "what is printed goes to `{file}` already: name another file, or choose it with --output-format", file=file
        )
    if problem:
        raise click.BadParameter(problem, context, parameter)


def _is_printed_to(file: Path) -> bool:
    """Whether standard output leads there, as `/dev/stdout` or by the shell; what goes nowhere mixes with nothing."""
    try:
        there, printed = os.stat(file), os.fstat(sys.stdout.fileno())
        return os.path.samestat(there, printed) and not os.path.samestat(there, os.stat(os.devnull))
    except (OSError, ValueError, AttributeError):  # there is no such file, or no output that has a place
        return False
