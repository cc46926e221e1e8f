"""`cbm lsp`: what editors ask of texts as they are written."""

from __future__ import annotations

import click

from cbm.finding import Exit, Misuse


@click.command()
@click.option(
    "--stdio", is_flag=True, hidden=True, help="What clients say to servers that speak over standard streams."
)
def lsp(stdio: bool) -> Exit:
    """Serve an editor over standard input and output, in the Language Server Protocol.

    It is not for people: editors start it. How they are told to stands in grammar/editors.md.
    """
    del stdio  # there is no other way
    try:
        from cbm.lsp.server import serve
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.split(".")[0] not in ("pygls", "lsprotocol", "cattrs"):
            raise
        raise Misuse("an editor needs pygls beside cbm: install `cbm-checker[lsp]`") from None
    serve()
    return Exit.FINE
