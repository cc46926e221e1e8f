"""Trees of records, whatever they are made of: every part of them, from the root on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from cbm.core.store import Stored
from cbm.source import Source


def parts_of_tree(tree: object) -> Iterator[object]:
    """The tree and all that it holds, in tuples and mappings too."""
    yield tree
    match tree:
        case Source():
            return
        case tuple() | list():
            for part in tree:
                yield from parts_of_tree(part)
        case Mapping():
            for key, value in tree.items():
                yield from parts_of_tree(key)
                yield from parts_of_tree(value)
        case _:
            for name in field_names(tree):
                yield from parts_of_tree(getattr(tree, name))


def field_names(tree: object) -> tuple[str, ...]:
    """What a record is made of; nothing for anything else."""
    if is_dataclass(tree) and not isinstance(tree, type):
        return tuple(field.name for field in fields(tree))
    if isinstance(tree, Stored):
        return tree.__match_args__
    return tuple(getattr(tree, "__struct_fields__", ()))
