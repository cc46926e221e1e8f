"""The command line: arguments become a call, a report becomes pages and an exit code; nothing is decided here.

Whatever is heavy is imported by the command that needs it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import suppress
from errno import EBADF, EDQUOT, EIO, ENAMETOOLONG, ENOSPC
from importlib import import_module
from typing import NoReturn

import click

from cbm.cli.pages import NOWHERE, print_wanted, tell
from cbm.cli.refusals import told
from cbm.cli.spoken_help import group, language_asked_for, language_here
from cbm.finding import Exit, Misuse
from cbm.process.output import prepare, reason
from cbm.translation.catalogue import BrokenCatalogue
from cbm.translation.saying import say
from cbm.translation.speech import Language, speaking, spoken

_INTERRUPTED = 130  # what shells expect after Ctrl-C


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; every failure ends in a sentence on stderr."""
    prepare(sys.stdout)
    prepare(sys.stderr)
    given = sys.argv[1:] if arguments is None else arguments
    chosen = language_asked_for(given)
    otherwise = None if chosen else spoken()
    try:
        with speaking(chosen or language_here() or spoken()):
            return _run(given, otherwise)
    except BrokenCatalogue as broken:
        with speaking("en"):
            return _refuse(click.ClickException(str(broken)))


def _run(arguments: Sequence[str], otherwise: Language | None) -> int:
    """`otherwise`: what is spoken where neither a configuration nor a text says a language; None: it was chosen."""
    try:
        if sys.stdout is None and {"-h", "--help"}.intersection(arguments):
            raise Misuse(say(NOWHERE))
        return int(all_commands.main(arguments, prog_name="cbm", standalone_mode=False, obj=otherwise))
    except click.Abort:
        return _INTERRUPTED
    except click.ClickException as refusal:
        return _refuse(refusal)
    except Misuse as misuse:
        _refuse(click.ClickException(str(misuse)))
        return misuse.exit
    except BrokenCatalogue:  # nothing can be told in the language that is spoken
        raise
    except Exception as bug:
        from cbm.process.broken_packages import broken_package

        if refused := _refusal(bug) or broken_package(bug):
            return _refuse(click.ClickException(refused))
        _confess(bug)
        return Exit.INTERNAL


def _show_version(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    del parameter
    if wanted:
        from cbm.version import VERSION

        print_wanted(f"cbm {VERSION}\n")
        context.exit()


_MODULES = {
    "ask": "counsel_commands",
    "cards": "counsel_commands",
    "check": "check_command",
    "compare": "text_commands",
    "config": "reference_commands",
    "coverage": "coverage_command",
    "diff": "text_commands",
    "docx": "docx_command",
    "example": "counsel_commands",
    "export": "verdict_commands",
    "fmt": "format_command",
    "init": "init_command",
    "judge": "judge_command",
    "lsp": "desk_commands",
    "options": "options_command",
    "rule": "reference_commands",
    "rules": "reference_commands",
    "schema": "reference_commands",
    "serve": "desk_commands",
    "test": "test_command",
    "verify": "verdict_commands",
    "weave": "weave_command",
    "words": "reference_commands",
}


class _Commands(MutableMapping[str, click.Command]):
    """Each command by its name, from a module that is imported when it is asked for."""

    def __getitem__(self, name: str) -> click.Command:
        found: click.Command = getattr(import_module(f"cbm.cli.commands.{_MODULES[name]}"), name)
        return found

    def __contains__(self, name: object) -> bool:
        return name in _MODULES

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)

    def __setitem__(self, name: str, command: click.Command) -> NoReturn:
        raise NotImplementedError

    def __delitem__(self, name: str) -> NoReturn:
        raise NotImplementedError


@group(commands=_Commands(), context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
def all_commands() -> None:
    """Checks codes of conduct for encounters at sea and in the air.

    Exit codes: 0 nothing found at or above the fail level, 1 findings, 2 the request could not be carried out,
    3 something stayed undecided, 4 what is to be verified is contradicted, 70 an error of cbm itself.
    """


def _refuse(refusal: click.ClickException) -> Exit:
    """Tells why what was asked for cannot be done, as far as there is where to tell it."""
    with suppress(OSError):
        tell(told(refusal))
    return Exit.MISUSE


def _refusal(problem: Exception) -> str:
    """What the system refused to anybody; nothing where cbm may be at fault."""
    if not isinstance(problem, OSError):
        return ""
    try:
        os.getcwd()
    except OSError:
        return say("the working folder does not exist any more: change into another one")
    if problem.errno in (ENOSPC, EDQUOT, EIO, EBADF):
        return say("cannot write: {reason}", reason=reason(problem))
    if problem.errno == ENAMETOOLONG:
        return reason(problem)
    return ""


def _confess(bug: Exception) -> None:
    if os.environ.get("CBM_TRACEBACK") == "1":
        from traceback import print_exception

        print_exception(bug)
    what = " ".join(f"{type(bug).__name__}: {bug}".split())
    tell(say("Internal error of cbm: {what}. Please report it; CBM_TRACEBACK=1 shows where it happened.", what=what))
