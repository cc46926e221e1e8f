"""Elements of HTML and SVG as text in which everything that is not markup is escaped."""

from __future__ import annotations

from html import escape

from cbm.render.columns import visible


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def tag(element: str, /, *inside: str, **attributes: str | int | None) -> Markup:
    """An element; `class_` is written for `class`, `aria_label` for `aria-label`, and what is None is left out."""
    told = "".join(f' {_name(key)}="{_escaped(str(value))}"' for key, value in attributes.items() if value is not None)
    if not inside and element in _VOID:
        return Markup(f"<{element}{told}>")
    return Markup(f"<{element}{told}>{joined(*inside)}</{element}>")


def joined(*parts: str) -> Markup:
    """Pieces in a row, each escaped unless it is markup."""
    return Markup("".join(part if isinstance(part, Markup) else _escaped(part, quote=False) for part in parts))


def _escaped(text: str, quote: bool = True) -> str:
    """Text that is no markup, and no command `##[name]` in the log of a CI server that prints the page."""
    return escape(text, quote).replace("##", "#&#35;")


_VOID = frozenset({"input", "meta", "br", "hr"})


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-") if key != "viewBox" else key


def words(text: str) -> Markup:
    """Words of a report, with what is quoted of the language set as code."""
    pieces = visible(text).split("`")
    if len(pieces) % 2 == 0:
        return joined(visible(text))
    return joined(*(tag("code", piece) if number % 2 else piece for number, piece in enumerate(pieces)))
