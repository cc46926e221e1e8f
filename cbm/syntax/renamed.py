"""Documents in which some names are others: wherever a name is written that was given, the other one stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cbm.records import parts, replace
from cbm.syntax import ast


def renamed(document: ast.Document, names: Mapping[str, str]) -> ast.Document:
    """The same document; places and quoted words stay what they were."""
    return with_each_name(document, lambda name: replace(name, text=names.get(name.text, name.text)))


def with_each_name(document: ast.Document, change: Callable[[ast.Name], ast.Name]) -> ast.Document:
    """The same document with something else in place of each name."""
    changed: ast.Document = _changed(document, change)
    return changed


def _changed(thing: Any, change: Callable[[ast.Name], ast.Name]) -> Any:
    if isinstance(thing, ast.Name):
        return change(thing)
    if isinstance(thing, tuple):
        return tuple(_changed(part, change) for part in thing)
    if isinstance(thing, ast.Node):
        fields = zip(thing.__struct_fields__, parts(thing), strict=True)
        return type(thing)(**{field: _changed(part, change) for field, part in fields})
    return thing
