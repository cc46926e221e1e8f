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
from string import Formatter

from cbm import derived_files
from cbm.translation.speech import Language

_ROOM = Path(__file__).parent
_CONTEXT_ENDS = "\x04"  # as in compiled catalogues of gettext
_ADVICE = "install cbm anew, or ask for English: `--lang en`"


class BrokenCatalogue(Exception):
    """A catalogue is not as it came with cbm, so that nothing can be told in its language; this is told in English."""


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
        known = derived_files.read(path, sources, dict[str, str])
        if known is not None:
            return known
    made = make(language)
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            derived_files.keep(own, sources, made)
    return made


def make(language: Language) -> dict[str, str]:
    """The translations as the catalogues have them now, whatever is kept; what is to be looked at again is left out."""
    import polib  # takes time to load, and is seldom needed

    found: dict[str, str] = {}
    for path, content in zip(_files(language), _sources(language), strict=True):
        try:
            entries = polib.pofile(content)
        except OSError as problem:  # as it calls a mistake of form
            raise _broken(path, str(problem)) from None
        if not entries:
            raise _broken(path, "it has no message")
        for entry in entries:
            words = entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr  # neither language has a plural
            if words and not entry.fuzzy and not entry.obsolete:
                if places(words) != places(entry.msgid_plural or entry.msgid):
                    raise _broken(path, f"“{entry.msgid}” has other places in its translation")
                found[key_of(entry.msgid, entry.msgctxt or "")] = words
    return found


def places(message: str) -> frozenset[str]:
    """The names of the places for values; none where the braces are no places."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(message) if name is not None)
    except ValueError:
        return frozenset()


def ship(path: Path, language: Language) -> None:
    """Writes them to a file, for a package that is built."""
    derived_files.keep(path, _sources(language), make(language))


def _files(language: Language) -> list[Path]:
    """Each language has the same ones: one that only another language has is missing."""
    names = {path.name for path in _ROOM.glob("*/*.po")}
    if not names:
        raise BrokenCatalogue(f"no catalogue in {_ROOM} is there; {_ADVICE}")
    return [_ROOM / language / name for name in sorted(names)]


def _sources(language: Language) -> tuple[str, ...]:
    return tuple(map(_content, _files(language)))


def _content(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise _broken(path, "it is not there") from None
    except OSError as problem:
        raise _broken(path, str(problem.strerror)) from None
    except UnicodeDecodeError:
        raise _broken(path, "it is not in UTF-8") from None


def _broken(path: Path, why: str) -> BrokenCatalogue:
    name = path.relative_to(_ROOM).as_posix()
    return BrokenCatalogue(f"the catalogue {name} cannot be used: {why}; {_ADVICE}")
