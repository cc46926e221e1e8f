"""The layout of a text: where its lines begin, where blanks and blank lines stand, and how figures are grouped.

Line breaks inside a statement, and blanks that set words in columns, stay as the author set them: they show what
belongs together.
"""

from __future__ import annotations

from re import compile as pattern

from cbm.syntax.cutting.bracket_signs import find_brackets
from cbm.syntax.cutting.cut import cut
from cbm.syntax.cutting.fenced_blocks import statements_in
from cbm.syntax.cutting.filled_wordings import without_whole

_OF_A_CASE = frozenset(("given", "expect"))  # may be set in, below their case
_OF_BRACKETS = ("|", "]", "[")  # may begin a line of their own, below the statement that they hold
_INSIDE, _MOST = 2, 6  # blanks before a line that goes on with a statement
_BYTE_ORDER_MARK = "\ufeff"
_PARTS = pattern(r'"[^"\n]*"|[^"#]+|["#].*')
_SIGN = pattern(r"(?<![ \t<>!=])[ \t]?(<=|>=|!=|<|>|=)[ \t]*")
_COMMA = pattern(r"[ \t]*,(?![0-9 \t])")
_SEMICOLON = pattern(r"[ \t]*;[ \t]*(?=[^ \t])|[ \t]*;[ \t]*\Z")
_UNITS = r"nmi|km/h|km|m/s|min|m|ft|yd|kt|FL|deg|days|day|s|h"
_FIGURE = pattern(rf"(?<![\w.,:/-])[0-9]{{4,}}(?=(?:\.[0-9]+)?[ \t]+(?:{_UNITS})(?!\w))")


def laid_out(name: str, text: str) -> str:
    """The text in the layout of all texts; that of a Markdown file is changed in its blocks only.

    `name` is that of the file. What is given can be read without a mistake: of anything else the layout is not known.
    A byte order mark goes, and lines end in one way.
    """
    text = text.removeprefix(_BYTE_ORDER_MARK).replace("\r\n", "\n")
    parts, done = [], 0
    for start, end in statements_in(name, text).ranges:
        parts += [text[done:start], _block(text, start, end)]
        done = end
    return "".join([*parts, text[done:]])


def _block(text: str, start: int, end: int) -> str:
    """The statements between two offsets, each line by itself, with one line break at the end."""
    masked = without_whole(text, find_brackets(text, ((start, end),)))
    pieces = (piece for piece in cut(masked, start, end) if piece.opening)
    openings = {text.count("\n", start, piece.start): piece.opening for piece in pieces}
    lines: list[tuple[int, str]] = []  # the blanks that each begins with, and what follows them
    least = 0  # blanks before a line that goes on with the statement at hand
    above = 0  # so many of the last lines are comments and blank lines above what follows
    for number, line in enumerate(text[start:end].split("\n")):
        said, comment = _parts(line)
        if not said and not comment:
            if lines and lines[-1][1]:
                lines.append((0, ""))
                above += 1
            continue
        opening = openings.get(number)
        if opening is not None:
            own = min(_even(line), _INSIDE) if opening in _OF_A_CASE else 0
            least = own + _INSIDE
        else:
            free = not said or said.startswith(_OF_BRACKETS)
            own = min(_even(line) if free else max(least, _even(line)), _MOST)
        lines.append((own, said + comment))
        if opening is not None:  # comments above a statement are set in no further than it is
            for place in range(len(lines) - 1 - above, len(lines) - 1):
                lines[place] = (min(own, lines[place][0]), lines[place][1])
        above = 0 if said else above + 1
    while lines and not lines[-1][1]:
        lines.pop()
    return "".join(f"{' ' * own}{words}\n" for own, words in lines)


def _even(line: str) -> int:
    """How many blanks a line begins with, as an even number."""
    written = line.expandtabs(_INSIDE)
    blanks = len(written) - len(written.lstrip())
    return blanks - blanks % 2


def _parts(line: str) -> tuple[str, str]:
    """What a line says, and its comment with the blanks before it; texts in quotes stay as they are."""
    said, comment, apart = "", "", ""
    for part in _PARTS.findall(line):
        if part.startswith("#"):
            said, before = said.rstrip(), len(said) - len(said.rstrip())
            apart = " " * max(before, _INSIDE) if said else ""
            words = part[1:].rstrip()
            comment = f"#{words}" if not words or words[0] in " \t!#" else f"# {words}"
        else:
            said += part if part.startswith('"') else _spaced(part)
    return said.strip(), apart + comment


def _spaced(code: str) -> str:
    """The same with a blank around signs and after commas, and with figures in groups of three."""
    code = _COMMA.sub(", ", _SIGN.sub(r" \1 ", code.replace("\t", " ")))
    code = _SEMICOLON.sub("; ", code)
    return _FIGURE.sub(lambda found: f"{int(found[0]):,}", code)
