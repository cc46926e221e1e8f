"""`cbm weave`: a text with its words and its clauses side by side, and from one form of it to the other."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cbm.cli.pages import hand_over
from cbm.cli.parameters import TEXT_OR_PAGE_FILE, WEAVE_FORMATS
from cbm.cli.spoken_help import command
from cbm.cli.values import OneOf, Place, require_page_file
from cbm.finding import Exit, Misuse
from cbm.report import Unread
from cbm.translation.saying import say

if TYPE_CHECKING:
    from cbm.source import Source


@command()
@click.argument("file", metavar="FILE", type=Place())
@click.option("--output-format", type=OneOf(WEAVE_FORMATS), default="html", show_default=True, help="What is printed.")
@TEXT_OR_PAGE_FILE
def weave(file: Path, output_format: str, output_file: Path | None) -> Exit:
    """Show the words of a text and its clauses side by side, for those who read and do not write them.

    Of FILE.cbm.md these are the words in Markdown and the clauses below them; of FILE.cbm the titles and texts that
    clauses quote. With `literate` a FILE.cbm becomes a FILE.cbm.md, with room for more words between its clauses, and
    with `plain` a FILE.cbm.md becomes a FILE.cbm, with its words as comments; what is said to cbm stays the same.
    """
    from cbm.project.spec_files import UnreadableFile, is_spec, read_text
    from cbm.source import Source

    if output_file is not None and output_format in ("html", "markdown"):
        require_page_file(output_file)
    elif output_file is not None and os.path.isfile(output_file):
        raise Misuse(say("{path} is there already, and may hold clauses: name another file", path=output_file))
    if not is_spec(file.name):
        raise Misuse(say("{path} does not end in .cbm or .cbm.md", path=file))
    if not os.path.exists(file):
        raise Misuse(say("{path} does not exist", path=file))
    try:
        source = Source(file.as_posix(), read_text(file))
    except UnreadableFile as problem:
        raise Misuse(str(Unread(file.as_posix(), str(problem)))) from None
    hand_over(_page(output_format)(source), output_file)
    return Exit.FINE


def _page(output_format: str) -> Callable[[Source], str]:
    from cbm.papers.literate_rows import woven
    from cbm.papers.literate_texts import as_markdown, as_statements

    if output_format == "literate":
        return as_markdown
    if output_format == "plain":
        return as_statements
    from cbm.render.woven import WOVEN_RENDERERS

    return lambda source: WOVEN_RENDERERS[output_format](woven(source))
