"""Documents to the names in them that readers may take for others: they look alike, or mix scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.core.norms import LookAlike
from cbm.patterns import pattern
from cbm.records import Struct, parts
from cbm.source import Span
from cbm.syntax import ast
from cbm.syntax.confusables import mixed_scripts, skeleton

_WORD = pattern(r'"[^"\n]*"?|#[^\n]*|([^\W\d][\w\u0300-\u109d\u3099\u309a]*)')


def look_alikes(documents: Iterable[ast.Document]) -> tuple[LookAlike, ...]:
    """The names, each where it stands first, that look like one before them, or mix scripts."""
    listed = list(documents)
    if not _suspicious({word for source in {d.span.source for d in listed} for word in _WORD.findall(source.text)}):
        return ()
    seen: dict[str, ast.Name] = {}
    for name in (name for document in listed for name in _names(document)):
        seen.setdefault(name.text, name)
    return tuple(_among(seen.values()))


def _among(names: Iterable[ast.Name]) -> Iterator[LookAlike]:
    first: dict[str, ast.Name] = {}
    for name in names:
        earlier = first.setdefault(skeleton(name.text), name)
        if earlier is not name:
            yield LookAlike(name.text, name.span, earlier.text, earlier.span)
        elif mixed_scripts(name.text):
            yield LookAlike(name.text, name.span)


def _suspicious(words: set[str]) -> bool:
    """Whether names can be found among these words; most words are no names, and it takes less time to look at them."""
    return len({skeleton(word) for word in words}) < len(words) or any(map(mixed_scripts, words))


def _names(part: object) -> Iterator[ast.Name]:
    match part:
        case ast.Name():
            yield part
        case Span():
            return
        case tuple():
            for inner in part:
                yield from _names(inner)
        case Struct():
            for inner in parts(part):
                yield from _names(inner)
        case _:
            return
