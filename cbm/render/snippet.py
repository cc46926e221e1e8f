"""Labels to the lines they speak of, each place underlined, with what is to be said about it beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.finding import Finding, Label
from cbm.render.columns import expand, visible, width
from cbm.render.style import STYLE_OF_SEVERITY, Paint, Style
from cbm.source import Source, Span

# Places at most this many lines apart are shown in one piece.
_NEAR = 3
# Of a longer line so much is shown, with so much of it before the first place.
_LONGEST, _BEFORE = 400, 80


def place(span: Span) -> str:
    """`name:line:column`, the form editors and terminals open on a click."""
    line, column = span.begin
    return f"{visible(span.source.name)}:{line}:{column}"


def margin(finding: Finding) -> str:
    """The blanks left of the frame: as wide as the longest line number shown, and one."""
    lines = (label.span.begin[0] for label in (finding.primary, *finding.related))
    return " " * (len(str(max(lines))) + 1)


def snippet(finding: Finding, paint: Paint) -> Iterator[str]:
    """The lines of a finding: its own place first, then the further ones, neighbours together."""
    blank = margin(finding)
    yield f"{blank[1:]}{paint(Style.FRAME, '-->')} {place(finding.primary.span)}"
    yield blank + paint(Style.FRAME, "|")
    for number, block in enumerate(blocks((finding.primary, *finding.related))):
        if number > 0:
            first = min(block, key=(finding.primary, *finding.related).index)
            yield f"{blank[1:]}{paint(Style.FRAME, ':::')} {place(first.span)}"
        yield from _block(block, finding, paint)


def blocks(labels: Sequence[Label]) -> list[list[Label]]:
    """Labels of one source on neighbouring lines, in the order in which each block is first spoken of."""
    found: list[list[Label]] = []
    for source in dict.fromkeys(label.span.source for label in labels):
        found.extend(_neighbours([label for label in labels if label.span.source == source]))
    return sorted(found, key=lambda block: min(labels.index(label) for label in block))


def _neighbours(labels: Sequence[Label]) -> Iterator[list[Label]]:
    block: list[Label] = []
    for label in sorted(labels, key=lambda label: label.span.begin[0]):
        if block and label.span.begin[0] - block[-1].span.begin[0] > _NEAR:
            yield block
            block = []
        block.append(label)
    yield block


def _block(block: Sequence[Label], finding: Finding, paint: Paint) -> Iterator[str]:
    blank = margin(finding)
    source = block[0].span.source
    for number in range(block[0].span.begin[0], block[-1].span.begin[0] + 1):
        here = [label for label in block if label.span.begin[0] == number]
        cut = _shown_part(source.line(number), here)
        text = _shown(source.line(number), *cut)
        head = paint(Style.FRAME, f"{number:>{len(blank) - 1}} |")
        yield f"{head} {text}".rstrip()
        for label in here:
            yield f"{blank}{paint(Style.FRAME, '|')} {_underline(source, label, cut, finding, paint)}"


def _shown_part(line: str, labels: Sequence[Label]) -> tuple[int, int]:
    """From where to where a line is shown."""
    if len(line) <= _LONGEST:
        return 0, len(line)
    start = max(0, min((label.span.begin[1] - 1 for label in labels), default=0) - _BEFORE)
    return start, min(start + _LONGEST, len(line))


def _shown(line: str, start: int, end: int) -> str:
    return expand(f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}")


def _underline(source: Source, label: Label, cut: tuple[int, int], finding: Finding, paint: Paint) -> str:
    """The mark below a place and its text; of a place of several lines, its first one is marked."""
    line, column = label.span.begin
    text = source.line(line).rstrip()
    last_line, last_column = label.span.finish
    end = last_column - 1 if last_line == line else len(text)
    before, after = (width(_shown(text[: max(cut[0], min(place, cut[1]))], *cut)) for place in (column - 1, end))
    length = max(after - before, 1)
    own = label is finding.primary
    style = STYLE_OF_SEVERITY[finding.severity] if own else Style.RELATED
    mark = ("^" if own else "-") * length
    return " " * before + paint(style, f"{mark} {visible(label.text)}".rstrip())
