"""`cbm init`: a folder to begin in."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from cbm.cli.pages import print_wanted
from cbm.cli.spoken_help import command
from cbm.cli.values import Place
from cbm.finding import Exit
from cbm.patterns import pattern
from cbm.translation.saying import say

_WORD = pattern(r"[\w./+=:@%-]+\Z")


@command()
@click.argument("named", required=False, metavar="[DIR]", type=Place())
@click.option("--example", metavar="NAME", help="Begin with this draft of those that come with cbm.")
@click.option("--list", "listing", is_flag=True, help="List the drafts that come with cbm.")
def init(named: Path | None, example: str | None, listing: bool) -> Exit:
    """Write a small code of conduct with its cases into a folder, or a draft that comes with cbm.

    The code passes its own checks; its titles and remarks are in the language of `--lang`. What a draft that comes
    with cbm is found to contradict is noted in known.json, so that only what you change shows; this takes as long as a
    check of it. No file is overwritten.
    """
    from cbm.starter import examples, new_suite, note_what_is_found, write_suite

    if listing and not (named is None and example is None):
        raise click.UsageError(say("--list writes nothing: leave DIR and --example out"))
    if listing:
        print_wanted("".join(f"{name}\n" for name in examples()))
        return Exit.FINE
    suite = new_suite(folder := named or Path(), example)
    write_suite(suite)
    known = note_what_is_found(suite) if example is not None else ()
    lines = [say("wrote {file}", file=path.as_posix()) for path in (*suite.paths, *known)]
    beside = "".join(f" --baseline {_typed(path)}" for path in known)
    following = say("Next: {command}", command=f"cbm check {_typed(folder)}{beside}")
    print_wanted("\n".join([*lines, "", following]) + "\n")
    return Exit.FINE


def _typed(path: Path) -> str:
    """A path as it is typed in a shell: one word, in quotes where it would be none."""
    return path.as_posix() if _WORD.match(path.as_posix()) else shlex.quote(path.as_posix())
