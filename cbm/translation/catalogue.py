"""What messages are in another language, read from catalogues in the PO format of GNU gettext, one a room.

The key of a message is its English wording; one that stands for several things has a context before it, as gettext
writes it. English needs no catalogue.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path

from cbm import kept
from cbm.translation.speech import Language

_ROOM = Path(__file__).parent
_CONTEXT_ENDS = "\x04"  # as in compiled catalogues of gettext


def key_of(message: str, context: str = "") -> str:
    """Under which key a message stands."""
    return f"{context}{_CONTEXT_ENDS}{message}" if context else message


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Key to translation: what came with the package, or was kept, where it fits the catalogues as they are now."""
    sources = _sources(language)
    shipped = _ROOM / f"{language}.messages"
    own = Path(cache_from_source(__file__)).with_suffix(f".{language}")
    for path in (shipped, own):
        known = kept.read(path, sources, dict[str, str])
        if known is not None:
            return known
    made = make(language)
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            kept.keep(own, sources, made)
    return made


def make(language: Language) -> dict[str, str]:
    """The translations as the catalogues have them now, whatever is kept; what is to be looked at again is left out."""
    import polib  # takes time to load, and is seldom needed

    found: dict[str, str] = {}
    for path in _files(language):
        for entry in polib.pofile(path.read_text("utf-8")):
            words = entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr  # neither language has a plural
            if words and not entry.fuzzy and not entry.obsolete:
                found[key_of(entry.msgid, entry.msgctxt or "")] = words
    return found


def ship(path: Path, language: Language) -> None:
    """Writes them to a file, for a package that is built."""
    kept.keep(path, _sources(language), make(language))


def _files(language: Language) -> list[Path]:
    return sorted((_ROOM / language).glob("*.po"))


def _sources(language: Language) -> tuple[str, ...]:
    return tuple(path.read_text("utf-8") for path in _files(language))
