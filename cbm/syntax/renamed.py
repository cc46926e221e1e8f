"""Documents in which some names are others: wherever a name is written that was given, the other one stands.

So of other parts: what recurs is looked at another number of times.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from cbm.records import parts, replace
from cbm.source import Span
from cbm.syntax import ast

Part = TypeVar("Part", bound=ast.Node)


def renamed(document: ast.Document, names: Mapping[str, str]) -> ast.Document:
    """The same document; places and quoted words stay what they were."""
    return with_each_name(document, lambda name: replace(name, text=names.get(name.text, name.text)))


def with_each_name(document: ast.Document, change: Callable[[ast.Name], ast.Name]) -> ast.Document:
    """The same document with something else in place of each name."""
    changed: ast.Document = _changed(document, ast.Name, change)
    return changed


def with_times(document: ast.Document, times: Mapping[tuple[Span, ast.Recurring], int]) -> ast.Document:
    """The same document in which what recurs is looked at so many times, of those given with their places."""

    def change(window: ast.Recurring) -> ast.Recurring:
        return replace(window, times=times.get((window.span, window), window.times))

    changed: ast.Document = _changed(document, ast.Recurring, change) if times else document
    return changed


def _changed(thing: Any, kind: type[Part], change: Callable[[Part], Part]) -> Any:
    if isinstance(thing, kind):
        return change(thing)
    if isinstance(thing, tuple):
        return tuple(_changed(part, kind, change) for part in thing)
    if isinstance(thing, ast.Node):
        fields = zip(thing.__struct_fields__, parts(thing), strict=True)
        return type(thing)(**{field: _changed(part, kind, change) for field, part in fields})
    return thing
