"""`cbm lsp` and `cbm serve`: texts as they are written, in an editor or on a page."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path

import click

from cbm.cli.pages import print_wanted, tell
from cbm.cli.spoken_help import command
from cbm.cli.values import Place, WholeNumber
from cbm.finding import Exit, Misuse
from cbm.process.output import reason
from cbm.translation.saying import mark, say
from cbm.translation.speech import spoken

_FOR_YOU = mark("The page is for you alone: whoever has its address can read and write these texts.")


@command()
@click.option(
    "--stdio", is_flag=True, hidden=True, help="What clients say to servers that speak over standard streams."
)
def lsp(stdio: bool) -> int:
    """Serve an editor over standard input and output, in the Language Server Protocol.

    It is not for people: editors start it. How they are told to stands in grammar/editors.md.
    """
    del stdio  # there is no other way
    try:
        from cbm.lsp.server import serve
    except ModuleNotFoundError as missing:
        if missing.name not in ("pygls", "lsprotocol", "cattrs"):
            raise
        raise Misuse(say("an editor needs pygls beside cbm: install `cbm-checker[lsp]`")) from None
    chosen = click.get_current_context().find_root().obj is None
    return serve(spoken() if chosen else None)


@command()
@click.argument("path", default=".", type=Place())
@click.option("--port", type=WholeNumber(0, 65535), default=0, help="Where the page is served.  [default: any]")
@click.option("--no-browser", is_flag=True, help="Print the address of the page, and open no browser.")
def serve(path: Path, port: int, no_browser: bool) -> Exit:
    """Serve a page for writing to this machine: a text left, what cbm says of it right, as one types.

    PATH is a folder, of which the page shows the texts and nothing else, or one text in its folder. The page is for who
    knows its address, and nothing leaves the machine. Ctrl-C ends it.
    """
    import webbrowser

    from cbm.serve.desk_server import DeskServer
    from cbm.serve.workroom import Workroom

    if not os.path.exists(path):
        raise Misuse(_missing(path))
    with closing(Workroom(path if path.is_dir() else path.parent)) as workroom:
        first = "" if path.is_dir() else workroom.name_of(path)
        for file in workroom.unread():
            tell(say("Not read: {file}", file=file))
        try:
            server = DeskServer(workroom, port, first)
        except OSError as refusal:
            words = say("the page cannot be served at port {port}: {reason}", port=port, reason=reason(refusal))
            raise Misuse(words) from None
        print_wanted(f"{server.url}\n\n{say(_FOR_YOU)}\n{say('Ctrl-C ends it.')}\n")
        if not no_browser:
            webbrowser.open(server.url)
        with server, suppress(KeyboardInterrupt):
            server.serve_forever()
    return Exit.FINE


def _missing(path: Path) -> str:
    """That there is no such folder or text, and what to do."""
    from cbm.project.spec_files import is_spec

    if is_spec(path.name):
        return say("{file} does not exist: name a text that does, or its folder", file=path)
    return say("{file} does not exist; `cbm init {file}` writes a text to begin with", file=path)
