"""What `cbm weave` shows of a text, as plain data: its words and its statements side by side."""

from __future__ import annotations

from cbm.outcomes.spoken_record import SpokenRecord
from cbm.records import Record


class ColouredWords(Record):
    """A stretch of statements and what it is: "word", "modal", "label", "quoted", "comment" or nothing of these."""

    kind: str
    text: str


class WovenRow(Record):
    """Words in Markdown, and the statements that stand for them; either may be empty."""

    prose: str
    statements: tuple[ColouredWords, ...] = ()

    @property
    def source(self) -> str:
        """The statements as they are written."""
        return "".join(stretch.text for stretch in self.statements)


class WovenText(SpokenRecord):
    """A text from top to bottom."""

    title: str
    rows: tuple[WovenRow, ...]
