"""The grammar of the language, compiled: read once, and only when a text is read."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path

from cbm import derived_files
from cbm.finding import RuleId
from cbm.syntax.tables.lalr import Parser
from cbm.syntax.tables.parse_table import ParseTable
from cbm.syntax.tokens import RESERVED
from cbm.version import VERSION

_PACKAGE = Path(__file__).parents[2]
_FILE = "grammar/cbm.lark"
# Read whole wherever they stand, and known for one of the language where they are: so `unlessx` is never read as
# `unless x`, and `when` never as a name.
WHOLE = ("NAME", *sorted(word.upper() for word in RESERVED))


@cache
def grammar() -> Parser:
    """Reads single statements; trees carry the offsets of the text they were read from."""
    return Parser(_tables())


def make() -> ParseTable:
    """The tables as the grammar has them now, whatever is kept."""
    from cbm.syntax.tables.compiler import compile_grammar  # brings lark, which is slow to load

    return compile_grammar(grammar_text(), WHOLE)


def ship(path: Path) -> None:
    """Writes the tables to a file, for a package that is built."""
    derived_files.keep(path, _sources(), make())


def _tables() -> ParseTable:
    """Those that came with the package; in a checkout those that were kept beside what Python compiles.

    Where there are none, or the grammar was changed meanwhile, they are made, and kept if that is wanted and possible.
    """
    sources = _sources()
    shipped = (_PACKAGE / _FILE).with_suffix(".tables")
    own = Path(cache_from_source(__file__)).with_suffix(".tables")
    for path in (shipped, own):
        known = derived_files.read(path, sources, ParseTable)
        if known is not None:
            return known
    tables = make()
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            derived_files.keep(own, sources, tables)
    return tables


def _sources() -> tuple[str, ...]:
    """All that the tables depend on: the version of cbm, the code that makes them, and the grammar."""
    maker = Path(__file__).with_name("compiler.py").read_text(encoding="utf-8")
    return VERSION, maker, " ".join(WHOLE), grammar_text()


def grammar_text() -> str:
    """The file with what stands in the code: the names of findings."""
    return f"{_written()}\nRULE.2: /(?:{'|'.join(RuleId)})(?![\\w-])/\n"


def _written() -> str:
    """Inside the package when it is installed, beside it in a checkout."""
    installed = _PACKAGE / _FILE
    path = installed if installed.is_file() else _PACKAGE.parent / _FILE
    return path.read_text(encoding="utf-8")
