"""What is settled of a text under negotiation, as a user says it, before anything is asked."""

from __future__ import annotations

from cbm.records import Record


class SettledChoices(Record):
    """`take`: choices with an option each, as in `3.2=JP` or `distance=2`; `text_of`: whose options stand wherever
    it has one. Choices are called by their names, or by the clauses in which they stand.
    """

    take: tuple[str, ...] = ()
    text_of: str | None = None


NOTHING_SETTLED = SettledChoices()
