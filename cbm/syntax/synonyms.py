"""What drafters say, to what is written for it: the table beside the vocabularies, read when it is needed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from cbm.records import Record

_PACKAGE = Path(__file__).resolve().parents[1]
_PARTS = ("language", "words", "zones")
_EMPTY_FIGURE = "[__ from … to …]"


class Synonyms(Record):
    """For each phrase of the language, word of the vocabularies and time zone, what is said for it elsewhere."""

    language: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    zones: Mapping[str, tuple[str, ...]]


@cache
def synonyms() -> Synonyms:
    """The table."""
    import tomllib  # only who asks for words, or errs, waits for it

    table = tomllib.loads(_file().read_text(encoding="utf-8"))
    return Synonyms(*({name: tuple(said) for name, said in table[part].items()} for part in _PARTS))


def folded(words: str) -> str:
    """Words as they are compared: small letters, and one blank in place of what parts them."""
    return " ".join(words.casefold().replace("_", " ").replace("-", " ").split())


def said_for_words(phrase: str) -> tuple[str, ...]:
    """The words of vocabularies that drafters say this for (`Chinese side`: `CN`), in their order."""
    wanted = folded(phrase)
    return tuple(word for word, said in synonyms().words.items() if wanted in map(folded, said))


def said_for_language(phrase: str) -> str:
    """What is written in the language where drafters say this (`both parties`: `each party`); empty for nothing."""
    wanted = folded(phrase)
    return next((written for written, said in synonyms().language.items() if wanted in map(folded, said)), "")


def stands_for_figure(phrase: str) -> bool:
    """Whether drafters write this where a figure is still to be agreed: `TBD`, or `XX m` with its unit."""
    figure = folded(phrase).partition(" ")[0]
    return _EMPTY_FIGURE in (said_for_language(phrase), said_for_language(figure))


def zone_said_for(place: str) -> str:
    """The time zone that drafters say this for (`JST`, `Asia/Beijing`); empty for nothing."""
    wanted = folded(place.rpartition("/")[2])
    return next((zone for zone, said in synonyms().zones.items() if wanted in map(folded, said)), "")


def _file() -> Path:
    places = [root / "specs" / "vocabulary" / "synonyms.toml" for root in (_PACKAGE, _PACKAGE.parent)]
    return next((path for path in places if path.is_file()), places[0])
