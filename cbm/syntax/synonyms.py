"""What drafters say, to what is written for it: the table beside the vocabularies, read when it is needed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from cbm.records import Record

_PACKAGE = Path(__file__).resolve().parents[1]


class Synonyms(Record):
    """For each phrase of the language, and for each word of the vocabularies, what is said for it elsewhere."""

    language: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]


@cache
def synonyms() -> Synonyms:
    """The table."""
    import tomllib  # only who asks for words, or errs, waits for it

    table = tomllib.loads(_file().read_text(encoding="utf-8"))
    return Synonyms(*({name: tuple(said) for name, said in table[part].items()} for part in ("language", "words")))


def _file() -> Path:
    places = [root / "specs" / "vocabulary" / "synonyms.toml" for root in (_PACKAGE, _PACKAGE.parent)]
    return next((path for path in places if path.is_file()), places[0])
