"""`cbm fmt`: texts in the layout of all texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cbm.cli.pages import inert, print_page, print_wanted, tell
from cbm.cli.parameters import CONFIG, ISOLATED, PATHS, configurations_of
from cbm.cli.spoken_help import command
from cbm.cli.standard_input import STDIN, text_from_stdin
from cbm.cli.values import OneOf
from cbm.finding import Exit
from cbm.translation.saying import mark, say, say_count
from cbm.translation.speech import LANGUAGES, Language

_NAMES = "names"  # in place of a language

if TYPE_CHECKING:
    from cbm.finding import Finding
    from cbm.project.configuration.configurations import Configurations
    from cbm.report import Unread


@command("fmt")
@PATHS
@click.option("--check", is_flag=True, help="Write nothing, and exit with 1 where a file would be changed.")
@click.option("--diff", is_flag=True, help="Write nothing, print the changes, and exit with 1 where there are any.")
@click.option(
    "language",
    "--texts",
    type=OneOf(LANGUAGES),
    help="Write nothing, list titles and quoted texts that this language lacks, and exit with 1 where there are any.",
)
@click.option(
    "acts",
    "--acts",
    type=OneOf((*LANGUAGES, _NAMES)),
    help='Also write acts as they are called in this language (`must "call the other unit"`), or by their names.',
)
@CONFIG
@ISOLATED
def fmt(
    paths: tuple[Path, ...],
    check: bool,
    diff: bool,
    language: Language | None,
    acts: str | None,
    config_file: Path | None,
    isolated: bool,
) -> int:
    """Lay texts out as all texts are: indentation, blanks, blank lines, and figures in groups of three.

    What they say, their comments, their line breaks and blanks that set words in columns stay. With `-` as the only
    PATH the text comes from standard input and is printed. A text with a mistake of form is not changed, and the exit
    code is 1; it is 2 where a file cannot be read, or holds no text.

    With `--texts` nothing is laid out: what is still to be written in a language is listed for translators, with the
    words that there are.
    """
    from cbm.cli.shown_fixes import diff as unified
    from cbm.files import rewrite
    from cbm.formatting.texts import lay_out, write_acts

    if language is not None and (check or diff or acts):
        words = mark("--texts lists what is missing and lays nothing out: leave --check, --diff and --acts out")
        raise click.UsageError(say(words))
    if not paths or (STDIN in paths and paths != (STDIN,)):
        raise click.UsageError(say("name the files or folders to lay out, or `-` alone for standard input"))
    if language is not None:
        return _list_missing(paths, language, configurations_of(config_file, isolated))
    if paths == (STDIN,):
        return _lay_out_stdin(only_said=check or diff, acts=acts)
    configurations = configurations_of(config_file, isolated)
    if acts is None:
        told = lay_out(paths, configurations)
    else:
        spoken = next((language for language in LANGUAGES if language == acts), None)
        told = write_acts(paths, spoken, configurations)
    left = _tell_unreadable(told.faults, told.unread)
    found = bool(told.faults) or ((check or diff) and bool(told.changes))
    if diff:
        print_page(unified(told.changes))
    elif not check:
        rewrite([(change.path, change.before, change.after) for change in told.changes])
    if not diff:
        for change in told.changes:
            done = say("would lay out {file}", file=change.name) if check else say("laid out {file}", file=change.name)
            print_page(f"{done}\n")
    tell(_in_numbers(len(told.changes), told.same, left, only_said=check or diff))
    return _ending(told.unread, found=found)


def _ending(unread: tuple[Unread, ...], *, found: bool) -> Exit:
    if unread:
        return Exit.MISUSE
    return Exit.FINDINGS if found else Exit.FINE


def _lay_out_stdin(*, only_said: bool, acts: str | None) -> int:
    """Prints what comes from standard input as it is laid out."""
    from cbm.formatting.texts import layout

    if only_said:
        raise click.UsageError(say("what comes from standard input is printed: leave --check and --diff out"))
    if acts:
        raise click.UsageError(say("--acts reads what a text builds on: name its file in place of `-`"))
    print_wanted(layout(text_from_stdin()))
    return Exit.FINE


def _list_missing(paths: tuple[Path, ...], language: Language, configurations: Configurations) -> int:
    """Prints what the texts lack in a language."""
    from cbm.formatting.texts import untranslated, untranslated_in
    from cbm.source import Source

    if paths == (STDIN,):
        told = untranslated_in([Source("<stdin>", text_from_stdin())], language)
    else:
        told = untranslated(paths, language, configurations)
    left = _tell_unreadable(told.faults, told.unread)
    for missing in told.missing:
        line, column = missing.span.begin
        given = "\n  ".join(missing.given.splitlines())
        print_page(inert(f"{missing.span.source.name}:{line}:{column}: {missing.message}\n  {given}") + "\n")
    count = len(told.missing)
    if count:
        tell(
            say_count(
                "{count} text is missing in {language}.",
                "{count} texts are missing in {language}.",
                count,
                language=language,
            )
        )
    elif not left:
        tell(say("Nothing is missing in {language}.", language=language))
    if left:
        tell(
            say_count(
                "{count} file cannot be read: nothing of it is listed.",
                "{count} files cannot be read: nothing of them is listed.",
                left,
            )
        )
    return _ending(told.unread, found=bool(count or told.faults))


def _tell_unreadable(faults: tuple[Finding, ...], unread: tuple[Unread, ...]) -> int:
    """Prints what is wrong with the form of texts, and tells which could not be read; how many files these are."""
    from cbm.render import RENDERERS
    from cbm.report import Report

    if faults:
        print_page(RENDERERS["concise"](Report(faults, quiet=True)))
    for file in unread:
        tell(say("Not read: {file}", file=file))
    return len({finding.primary.span.source.name for finding in faults}) + len(unread)


def _in_numbers(changed: int, same: int, unread: int, *, only_said: bool) -> str:
    """How many files are as they should be, and how many are not."""
    if only_said:
        done = say_count("{count} file would be changed", "{count} files would be changed", changed)
    else:
        done = say_count("{count} file changed", "{count} files changed", changed)
    if not unread:
        return say("{done}, {same} as they should be.", done=done, same=same)
    left = say_count("{count} cannot be read and was left alone", "{count} cannot be read and were left alone", unread)
    return say("{done}, {same} as they should be, {left}.", done=done, same=same, left=left)
