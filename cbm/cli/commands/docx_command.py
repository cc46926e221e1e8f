"""`cbm docx`: a Word document laid out as a text to be formalised."""

from __future__ import annotations

import os
from pathlib import Path

import click

from cbm.cli.pages import print_wanted, tell
from cbm.cli.parameters import renamed_of
from cbm.cli.spoken_help import command
from cbm.cli.values import Place
from cbm.finding import Exit, Misuse
from cbm.papers.word_exchange import from_word
from cbm.translation.listing import listed
from cbm.translation.saying import say, say_count


@command()
@click.argument("document", metavar="IN.docx", type=Place())
@click.argument("text", metavar="OUT.cbm.md", type=Place())
@click.option(
    "delegations",
    "--delegation",
    metavar="AUTHOR=PARTY",
    multiple=True,
    callback=renamed_of,
    help="For which party an author of tracked changes speaks, such as 'Li Wei=CN'; repeatable.",
)
def docx(document: Path, text: Path, delegations: dict[str, str]) -> Exit:
    """Lay a Word document out as a text to be formalised: its words, and below each paragraph a place for its clause.

    Numbers are those that Word shows. Tracked changes become brackets with who proposes them, `[500 m | JP: 1,000 m]`,
    and brackets are spelled below as clauses have them. Comments, notes, tables and what cannot be read stand at their
    places. The findings go back with `cbm check OUT.cbm.md -o docx:FILE`, as comments at these paragraphs.
    """
    from cbm.process.output import write
    from cbm.syntax.cutting.fenced_blocks import SUFFIX

    if not text.name.endswith(SUFFIX):
        raise click.UsageError(say("{path} is to be a text in Markdown: let its name end in `.cbm.md`", path=text))
    if os.path.exists(text):
        raise Misuse(say("{path} is there already, and may hold clauses: name another file", path=text))
    laid_out = from_word(document, into=text, delegations=delegations)
    write([(text, laid_out.text)])
    print_wanted(say("wrote {file}", file=text.as_posix()) + "\n")
    tell(_in_numbers(laid_out.paragraphs, laid_out.provisions))
    if laid_out.unread:
        words = (
            "{count} thing was not read: it is told at its place.",
            "{count} things were not read: each is told at its place.",
        )
        tell(say_count(*words, laid_out.unread))
    if laid_out.unknown_authors:
        names = listed([f"“{name}”" for name in laid_out.unknown_authors])
        tell(say("Of no known party: {authors}. Say whose they are with --delegation 'AUTHOR=PARTY'.", authors=names))
    return Exit.FINE


def _in_numbers(paragraphs: int, provisions: int) -> str:
    laid_out = say_count("{count} paragraph laid out", "{count} paragraphs laid out", paragraphs)
    places = say_count("{count} with a place for its clause", "{count} with a place for their clauses", provisions)
    return say("{paragraphs}, {places}.", paragraphs=laid_out, places=places)
