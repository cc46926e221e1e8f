"""Where pages are printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from cbm.finding import Misuse
from cbm.process.output import show, write
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say

if TYPE_CHECKING:
    from cbm.report import Report

NOWHERE = mark("there is nowhere to print to: the output is closed")


def print_wanted(page: str) -> None:
    """Prints what the command is there for."""
    if sys.stdout is None:
        raise Misuse(say(NOWHERE))
    print_page(page)


def hand_over(page: str, output_file: Path | None) -> None:
    """Prints what the command is there for, or writes it to the file that is named."""
    if output_file is None:
        print_wanted(page)
    else:
        write([(output_file, page)])


def named(output_file: Path | None) -> tuple[Path, ...]:
    """The files that an option names: one, or none."""
    return () if output_file is None else (output_file,)


def tell(words: str) -> None:
    """A sentence beside the page, on stderr."""
    click.echo(inert(words), err=True)


def inert(words: str) -> str:
    """The words, which do nothing to a terminal or a log whatever names they hold."""
    from cbm.render.columns import page, visible  # not needed where nothing is told

    return page(map(visible, words.split("\n"))).removesuffix("\n")


def print_page(page: str) -> None:
    show(page, sys.stdout)


def told_instead(report: Report, output_format: str, files: Sequence[Path] = ()) -> int:
    """The exit code where texts cannot be understood; the report of that is no page in a format for programs.

    To the files that were named nothing is written: what is there already may be of other texts.
    """
    from cbm.render import RENDERERS

    show(RENDERERS["full"](report), sys.stdout if output_format == "text" else sys.stderr)
    if files:
        tell(say("nothing was written to {files}", files=listed([f"`{file}`" for file in files])))
    return report.exit


def wants_color(choice: str) -> bool:
    if choice == "auto":
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return not plain and is_terminal(sys.stdout)
    return choice == "always"


def is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()
