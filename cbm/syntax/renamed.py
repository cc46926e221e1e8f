"""Documents in which some names are others: wherever a name is written that was given, the other one stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cbm.records import Struct, parts
from cbm.syntax import ast


def renamed(document: ast.Document, names: Mapping[str, str]) -> ast.Document:
    """The same document; places and quoted words stay what they were."""
    changed: ast.Document = _renamed(document, names)
    return changed


def _renamed(thing: Any, names: Mapping[str, str]) -> Any:
    if isinstance(thing, ast.Name):
        return ast.Name(names.get(thing.text, thing.text), span=thing.span)
    if isinstance(thing, tuple):
        return tuple(_renamed(part, names) for part in thing)
    if isinstance(thing, Struct) and type(thing).__module__ == ast.__name__:
        return type(thing)(
            **dict(zip(thing.__struct_fields__, (_renamed(p, names) for p in parts(thing)), strict=True))
        )
    return thing
