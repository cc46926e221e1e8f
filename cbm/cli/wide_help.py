"""Help in which wide characters stand: lines end where a terminal ends them, and not where characters are counted."""

from __future__ import annotations

from collections.abc import Iterable

import click

from cbm.translation.saying import say

_COLUMN, _BETWEEN = 30, 2  # as click lays lists out


class WideHelp(click.HelpFormatter):
    """Help whose lines are counted in columns; where all characters take one, it is as click has it."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How a command is written; what does not fit into the line stands below its beginning."""
        from cbm.render.columns import width

        begun, room = len(self.buffer), " " * width(prefix or "")
        super().write_usage(prog, args, room if prefix else None)
        self.buffer[begun:] = ["".join(self.buffer[begun:]).replace(room, prefix or "", 1)]

    def write_heading(self, heading: str) -> None:
        """The first line of a part."""
        self.write(" " * self.current_indent + say("{heading}:", heading=heading) + "\n")

    def write_text(self, text: str) -> None:
        """Paragraphs."""
        super().write_text(_cut(text, self.width - self.current_indent))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _COLUMN, col_spacing: int = _BETWEEN) -> None:
        """A list of words, and what each of them is for."""
        rows = list(rows)
        first = min(max((len(word) for word, _ in rows), default=0), col_max) + col_spacing
        super().write_dl([(word, _cut(told, self.width - first - 2)) for word, told in rows], col_max, col_spacing)


class HelpContext(click.Context):
    """A run of a command whose help is written like that."""

    formatter_class = WideHelp


def shortened(text: str, columns: int) -> str:
    """The first sentence, as far as it fits."""
    from cbm.render.columns import width

    sentence = text.partition("\n\n")[0].partition("。")[0]
    if width(sentence) <= columns:
        return sentence
    while width(sentence) > columns - 3:
        sentence = sentence[:-1]
    return f"{sentence}..."


def _cut(text: str, columns: int) -> str:
    """The text with the lines that it is to have, for click to leave as they are; one of narrow characters as it is."""
    from cbm.render.columns import width, wrap

    if text.isascii() or all(width(line) == len(line) for line in text.splitlines()):
        return text
    return "\n\n".join("\n".join(("\b", *wrap(part, limit=columns))) for part in text.split("\n\n"))
