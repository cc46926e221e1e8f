"""Word documents that commands read and write, and what is said where the library for them is not there."""

from __future__ import annotations

import os
from pathlib import Path

import click

from cbm.cli.commands.check_options import CheckOptions
from cbm.cli.pages import tell
from cbm.papers.word_exchange import to_word, word_library
from cbm.project.configuration.configurations import Configurations
from cbm.report import Report
from cbm.translation.saying import mark, say, say_count

FORMAT = "docx"


def document_for(options: CheckOptions, configurations: Configurations) -> Path | None:
    """The document that findings are written into: the one that is named, or that the texts were laid out from.

    None where no such file is asked for. UsageError, or Misuse, where it is not known which one, or nothing can be
    written; so that nobody waits for a check in vain.
    """
    wanted = [path for name, path in options.outputs if name == FORMAT]
    if not wanted:
        if options.document is not None:
            raise click.UsageError(say("--document names what findings are written into: add `-o docx:FILE`"))
        return None
    with word_library():
        from cbm.papers.word_document import open_document

        document = options.document or _origin(options.paths, configurations)
        open_document(document)
    if any(os.path.realpath(path) == os.path.realpath(document) for path in wanted):
        words = mark("{path} is the document itself, which stays as it is: name another file for the one with comments")
        raise click.UsageError(say(words, path=document))
    return document


def commented(report: Report, document: Path) -> bytes:
    """The document with the findings of the report as comments; how many is told."""
    written = to_word(report, document)
    if written.without_place:
        tell(
            say_count(
                "{count} finding is about no paragraph of {document}: its comment stands at the first one.",
                "{count} findings are about no paragraph of {document}: their comments stand at the first one.",
                written.without_place,
                document=document,
            )
        )
    return written.content


def _origin(paths: tuple[Path, ...], configurations: Configurations) -> Path:
    """The one document that the texts say they were laid out from."""
    from cbm.papers.anchors import origin_of
    from cbm.project.spec_files import UnreadableFile, find_specs, read_text

    found: dict[Path, None] = {}
    for path in find_specs(paths, configurations).files:
        try:
            if name := origin_of(read_text(path)):
                found[path.parent / name] = None
        except UnreadableFile:
            continue  # whoever reads the texts says so
    if len(found) == 1:
        return next(iter(found))
    if found:
        raise click.UsageError(say("these texts were laid out from several documents: name one with --document"))
    words = mark("nothing says which document findings are written into: name it with --document")
    raise click.UsageError(say(words))
