"""`cbm fmt`: texts in the layout of all texts."""

from __future__ import annotations

from pathlib import Path

import click

from cbm.cli.pages import print_page, print_wanted, tell
from cbm.cli.parameters import CONFIG, ISOLATED, PATHS, configurations_of
from cbm.cli.spoken_help import command
from cbm.cli.standard_input import STDIN, text_from_stdin
from cbm.finding import Exit
from cbm.translation.saying import say, say_count


@command("fmt")
@PATHS
@click.option("--check", is_flag=True, help="Write nothing, and exit with 1 where a file would be changed.")
@click.option("--diff", is_flag=True, help="Write nothing, print the changes, and exit with 1 where there are any.")
@CONFIG
@ISOLATED
def fmt(paths: tuple[Path, ...], check: bool, diff: bool, config_file: Path | None, isolated: bool) -> int:
    """Lay texts out as all texts are: indentation, blanks, blank lines, and figures in groups of three.

    What they say, their comments and their line breaks stay. With `-` as the only PATH the text comes from standard
    input and is printed. A text that cannot be read is not changed, and the exit code is 1.
    """
    from cbm.files import rewrite
    from cbm.finding import Report
    from cbm.fixing import diff as unified
    from cbm.formatting.texts import lay_out, layout
    from cbm.render import RENDERERS

    if paths == (STDIN,):
        if check or diff:
            raise click.UsageError(say("what comes from standard input is printed: leave --check and --diff out"))
        print_wanted(layout(text_from_stdin()))
        return Exit.FINE
    if not paths or STDIN in paths:
        raise click.UsageError(say("name the files or folders to lay out, or `-` alone for standard input"))
    told = lay_out(paths, configurations_of(config_file, isolated))
    if told.faults:
        print_page(RENDERERS["concise"](Report(told.faults)))
    for file in told.unread:
        tell(say("Not read: {file}", file=file))
    if diff:
        print_page(unified(told.changes))
    elif not check:
        rewrite([(change.path, change.before, change.after) for change in told.changes])
    if not diff:
        for change in told.changes:
            done = say("would lay out {file}", file=change.name) if check else say("laid out {file}", file=change.name)
            print_page(f"{done}\n")
    still = len({finding.primary.span.source.name for finding in told.faults}) + len(told.unread)
    tell(_in_numbers(len(told.changes), told.same, still, only_said=check or diff))
    return Exit.FINDINGS if still or ((check or diff) and told.changes) else Exit.FINE


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
