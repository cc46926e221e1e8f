"""The frame of a picture: its size, its title for those who cannot see it, and its style."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape


def sheet(wide: int, high: int, title: str, style: str, drawn: Iterable[str]) -> str:
    """An SVG file with a line break at its end."""
    size = f'viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title">',
        f'<title id="title">{escape(title)}</title>',
        f"<style>{escape(style)}</style>",
        *drawn,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"
