"""The grammar of the language, read once and only when a text is read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.util import cache_from_source
from pathlib import Path

from lark import Lark, Token

from cbm.finding import RuleId
from cbm.syntax.tokens import RESERVED

_FILE = "grammar/cbm.lark"


class _WholeWords:
    """Makes a word be read whole in every place, and known for one of the language where it is one.

    So `unlessx` is never read as `unless x`, and `when` never as a name.
    """

    always_accept = ("NAME", *sorted(word.upper() for word in RESERVED))

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        return stream


@cache
def grammar() -> Lark:
    """Reads single statements; trees carry the offsets of the text they were read from."""
    return Lark(
        _text(),
        cache=_remembered() or False,
        start="statement",
        parser="lalr",
        lexer="contextual",
        keep_all_tokens=True,
        maybe_placeholders=False,
        postlex=_WholeWords(),
    )


def _remembered() -> str | None:
    """Where tables made of the grammar are kept, as Python keeps what it compiles: beside it, if that is wanted.

    They are made anew where they were made of another grammar or by another version, or where nothing can be written.
    """
    if sys.dont_write_bytecode:
        return None
    return str(Path(cache_from_source(__file__)).with_suffix(".tables"))


def _text() -> str:
    """The file with what stands in the code: the names of findings."""
    return f"{_written()}\nRULE.2: /(?:{'|'.join(RuleId)})(?![\\w-])/\n"


def _written() -> str:
    """Inside the package when it is installed, beside it in a checkout."""
    installed = files("cbm").joinpath(_FILE)
    if installed.is_file():
        return installed.read_text(encoding="utf-8")
    return (Path(__file__).parents[2] / _FILE).read_text(encoding="utf-8")
