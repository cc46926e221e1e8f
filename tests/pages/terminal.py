"""A page with the colours of a terminal as a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from tests.pages.sheet import sheet

LETTER, LINE, MARGIN, BAR = 8, 18, 18, 26
# The codes that pages use, in colours that can be told apart on a dark ground.
COLOURS = {"31": "#ff8a80", "32": "#9ccc65", "33": "#ffd54f", "34": "#82b1ff", "36": "#80deea"}
STYLE = """
text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#e6e6e6;white-space:pre}
.b{font-weight:bold}
""".strip()
_PIECE = re.compile(r"\x1b\[([0-9;]+)m(.*?)\x1b\[0m|([^\x1b]+)")


def draw(command: str, page: str) -> str:
    """The command as it was typed, and what it printed, with a line break at the end."""
    lines = [f"$ {command}", *page.rstrip("\n").split("\n")]
    longest = max(len("".join(words for _, words in pieces(line))) for line in lines)
    wide, high = round(longest * LETTER + 2 * MARGIN), BAR + len(lines) * LINE + MARGIN
    drawn = [
        f'<rect width="{wide}" height="{high}" rx="8" fill="#1d232b"/>',
        *(f'<circle cx="{MARGIN + 18 * n}" cy="15" r="5" fill="#4a5563"/>' for n in range(3)),
    ]
    for number, line in enumerate(lines):
        y, column = BAR + LINE * (number + 1) - 4, 0
        for codes, words in pieces(line):
            drawn.append(piece(codes, words, MARGIN + column * LETTER, y))
            column += len(words)
    return sheet(wide, high, f"What {command} prints", STYLE, drawn)


def pieces(line: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each stretch of one style, with its codes."""
    for found in _PIECE.finditer(line):
        yield (tuple(found[1].split(";")), found[2]) if found[1] else ((), found[3])


def piece(codes: tuple[str, ...], words: str, x: int, y: int) -> str:
    """Held to its columns, whatever the width of the letters of the reader."""
    bold = ' class="b"' if "1" in codes else ""
    colour = next((f' style="fill:{COLOURS[code]}"' for code in codes if code in COLOURS), "")
    ahead = len(words) - len(words.lstrip())
    words, x = words.strip(), x + ahead * LETTER
    return (
        f'<text x="{x}" y="{y}" textLength="{len(words) * LETTER}"{bold}{colour}>{escape(words)}</text>'
        if words
        else ""
    )
