"""Trees as data that a file can hold, and back: the same nodes in the same places.

The texts that come with cbm are read from such files, which takes an eighth of the time of parsing them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

from cbm import derived_files
from cbm.records import Record
from cbm.source import Source, Span
from cbm.syntax import ast
from cbm.version import VERSION

_NODES: Mapping[str, type[ast.Node]] = {
    name: kind for name, kind in vars(ast).items() if isinstance(kind, type) and issubclass(kind, ast.Node)
}
_MAKERS: Mapping[str, Callable[..., object]] = {
    **{name: kind for name, kind in vars(ast).items() if isinstance(kind, type) and issubclass(kind, Enum)},
    "tuple": lambda *parts: parts,
    "frozenset": lambda *parts: frozenset(parts),
    "Fraction": Fraction,
    "date": date.fromisoformat,
}


class TreeData(Record):
    """A tree as nested lists: each begins with the number of what it stands for, a node then has its place.

    Of a node the parts are its fields in order; numbers, texts, flags and None stand for themselves.
    """

    kinds: tuple[str, ...]
    root: Any


def pack(documents: tuple[ast.Document, ...]) -> TreeData:
    """What `unpack` makes the documents of."""
    numbers: dict[str, int] = {}
    root = packed(documents, numbers)
    return TreeData(tuple(numbers), root)


def packed(tree: object, numbers: dict[str, int], offset: int = 0) -> object:
    """The root of a tree as data; `numbers` are the kinds by their numbers, and more are added.

    Places are counted from the offset.
    """

    def pack_part(part: object) -> object:
        parts: list[object]
        match part:
            case ast.Node():
                parts = [part.span.start - offset, part.span.end - offset]
                parts += (pack_part(getattr(part, name)) for name in part.__struct_fields__ if name != "span")
            case Enum():
                parts = [part.value]
            case tuple():
                parts = list(map(pack_part, part))
            case frozenset():
                parts = sorted(part)
            case Fraction() | date():
                parts = [str(part)]
            case _:
                return part
        return [numbers.setdefault(type(part).__name__, len(numbers)), *parts]

    return pack_part(tree)


def unpack(tree: TreeData, source: Source, offset: int = 0) -> object:
    """What the tree is of, in the source; its places are counted from the offset."""
    nodes = [_NODES.get(name) for name in tree.kinds]
    makers = [_MAKERS.get(name) for name in tree.kinds]

    def unpacked(part: Any) -> Any:
        if type(part) is not list:
            return part
        node = nodes[part[0]]
        if node is not None:
            return node(*map(unpacked, part[3:]), span=Span(source, part[1] + offset, part[2] + offset))
        maker = makers[part[0]]
        assert maker is not None, tree.kinds[part[0]]
        return maker(*map(unpacked, part[1:]))

    return unpacked(tree.root)


def ship(path: Path, source: Source, documents: tuple[ast.Document, ...]) -> None:
    """Writes the tree of a source to a file, for a package that is built."""
    derived_files.keep(path, _recipe(source), pack(documents))


def shipped(path: Path, source: Source) -> tuple[ast.Document, ...] | None:
    """What was written there for the same text by the same version of cbm, if it was."""
    tree = derived_files.read(path, _recipe(source), TreeData)
    return None if tree is None else cast("tuple[ast.Document, ...]", unpack(tree, source))


def _recipe(source: Source) -> tuple[str, ...]:
    return VERSION, source.text
