"""What `--fix` prints, asks and writes, on a terminal and elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from cbm.cli.pages import is_terminal, print_page, tell
from cbm.cli.values import OneOf
from cbm.report import Report
from cbm.translation.saying import mark, say

_OWN_WORDS = mark("these changes alter what the text means; `--unsafe-fixes` writes them")
_NOBODY = mark("`--yes` accepts these changes where nobody can be asked")
_SHOWN = mark("`--diff` shows what would be changed")


def fixed(paths: Sequence[Path], terms: Mapping[str, Any], *, unsafe: bool, yes: bool, shown: bool) -> Report:
    """Prints what settles the findings, and writes it where that is accepted; what is found in the files then.

    `shown`: nothing is written. Slips that change nothing of what is meant are mended unasked.
    """
    from cbm.cli.progress_line import progress_on
    from cbm.cli.shown_fixes import Dialogue, WrittenPart, describe_changes, diff
    from cbm.files import rewrite
    from cbm.repair.mended_texts import mend

    unsafe = unsafe and not shown
    asks = unsafe and not yes and is_terminal(sys.stdin) and is_terminal(sys.stdout)
    with nullcontext() if asks else progress_on(sys.stderr) as watch:
        mended = mend(paths, Dialogue(print_page, _answer, None if asks else True).accepts, **terms, watch=watch)
    if not asks:
        print_page(diff(mended.changes))
    written = WrittenPart.NOTHING if shown else WrittenPart.ALL if yes or asks else WrittenPart.SLIPS
    changes = {WrittenPart.ALL: mended.changes, WrittenPart.SLIPS: mended.safe_changes, WrittenPart.NOTHING: ()}[
        written
    ]
    rewrite([(change.path, change.before, change.after) for change in changes])
    for line in describe_changes(mended, written, say(_SHOWN if shown else _NOBODY if unsafe else _OWN_WORDS)):
        tell(line)
    if mended.before.stopped:
        tell(say("Stopped before the end: {why}.", why=say(mended.before.stopped)))
    for file in mended.before.unread:
        tell(say("Not read: {file}", file=file))
    return {WrittenPart.ALL: mended.after, WrittenPart.SLIPS: mended.spelt, WrittenPart.NOTHING: mended.before}[written]


def _answer(question: str) -> str:
    """One of the answers that there are; whoever says anything else is asked again."""
    from cbm.cli.shown_fixes import ANSWERS

    known = OneOf(ANSWERS)
    while True:
        said = str(click.prompt(f"{question} ({', '.join(ANSWERS)})", default="n", err=True))
        if said in ANSWERS:
            return said
        tell(say("Error: {message}", message=known.get_invalid_choice_message(said, None)))
