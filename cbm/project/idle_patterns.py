"""Configurations to their patterns that are for no text: as of a file that is called otherwise now.

What is hidden, and what others wrote, is not looked through.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

from cbm.finding import Misuse
from cbm.project.configuration.configurations import Configurations
from cbm.project.configuration.settings import Configuration
from cbm.project.spec_files import is_foreign, is_spec
from cbm.report import IdlePattern

# Without these some text is looked at no more, or told otherwise, and nobody hears of it; what is excluded in vain is
# looked at, and as a rule is not there in every checkout.
TELLING = ("include", "per-file-ignores")
ALL = (*TELLING, "exclude")


def idle_patterns(
    configurations: Configurations, keys: Collection[str] = TELLING, read: Iterable[Path] = ()
) -> tuple[IdlePattern, ...]:
    """The patterns of these keys, in the files in play, that are for no text; `exclude`: for no folder either.

    What was `read` is a text, wherever it came from: that of an editor or of standard input need lie in no file.
    """
    texts = [(path, False) for path in read]
    return tuple(one for used in configurations.used for one in _idle_in(used, configurations, keys, texts))


def _idle_in(
    used: Configuration, configurations: Configurations, keys: Collection[str], texts: Iterable[tuple[Path, bool]]
) -> Iterator[IdlePattern]:
    said = {
        "include": used.include,
        "exclude": used.exclude,
        "per-file-ignores": tuple(pattern for pattern, _ in used.per_file_ignores),
    }
    waiting = [(key, pattern) for key in ALL if key in keys for pattern in said[key]]
    nearer: dict[tuple[str, str], str] = {}
    for path, is_folder in chain(texts, _below(used.folder)) if waiting else ():
        met = [one for one in waiting if used.is_for(one[1], path) and (one[0] == "exclude" or not is_folder)]
        counts = _counting(path.parent, configurations, used) if met else used
        if counts == used:
            waiting = [one for one in waiting if one not in met]
        else:
            nearer |= dict.fromkeys(met, counts.name)
        if not waiting:
            break
    lines = dict(used.lines)
    for key, pattern in waiting:
        line = lines.get(f"{key}.{pattern}", lines.get(key, 1))
        yield IdlePattern(used.name, line, key, pattern, nearer.get((key, pattern), ""))


def _counting(folder: Path, configurations: Configurations, used: Configuration) -> Configuration:
    """The configuration that counts in a folder below that of the one in use; this one where that cannot be told."""
    with suppress(Misuse):
        return configurations.of(folder)
    return used


def _below(folder: str) -> Iterator[tuple[Path, bool]]:
    """The texts and the folders below a folder, and whether each is a folder."""
    for place, folders, names in os.walk(folder):
        yield from ((Path(place, one), True) for one in folders)
        folders[:] = [one for one in folders if not one.startswith(".") and not is_foreign(Path(place, one))]
        yield from ((Path(place, name), False) for name in names if is_spec(name))
