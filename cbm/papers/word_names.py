"""Names of elements in Word documents (ECMA-376, WordprocessingML), and how their values are read."""

from __future__ import annotations

from typing import Any, TypeAlias

# The library has no types for elements below those that it makes itself.
Element: TypeAlias = Any

_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
}
# What marks where something begins and ends, and says nothing by itself.
_MARKS = """
bookmarkStart bookmarkEnd proofErr permStart permEnd commentRangeStart commentRangeEnd moveFromRangeStart
moveFromRangeEnd moveToRangeStart moveToRangeEnd sdtPr sdtEndPr customXmlPr
"""
MARKS = frozenset(f"w:{name}" for name in _MARKS.split())
_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def name_of(element: Element) -> str:
    """`w:p` for a paragraph, whatever prefix its file has; empty for comments in the XML and other things."""
    if not isinstance(element.tag, str):
        return ""
    space, _, local = element.tag[1:].rpartition("}")
    return f"{_NAMESPACES.get(space, 'other')}:{local}"


def main_name(name: str) -> str:
    """The full name of `w:p`."""
    return f"{_MAIN}{name.removeprefix('w:')}"


def value(element: Element, name: str = "val") -> str:
    """An attribute of an element; empty where it has none, or there is no element."""
    return "" if element is None else str(element.get(f"{_MAIN}{name}") or "")


def child(element: Element, *path: str) -> Element:
    """The first one below it on this path of names; None where there is none."""
    for name in path:
        element = None if element is None else element.find(main_name(name))
    return element


def is_on(element: Element) -> bool:
    """Whether a switch is set: it is there, and is not set to off."""
    return element is not None and value(element) not in ("0", "false", "off")
