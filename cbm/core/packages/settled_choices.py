"""What is settled of a text under negotiation, as a user says it, before anything is asked."""

from __future__ import annotations

from cbm.arguments import several_words, words_of
from cbm.records import Record


class SettledChoices(Record):
    """`take`: choices with an option each, as in `3.2=JP` or `distance=2`; `text_of`: whose options stand wherever
    it has one. Choices are called by their names, or by the clauses in which they stand.
    """

    take: tuple[str, ...] = ()
    text_of: str | None = None


NOTHING_SETTLED = SettledChoices()


def settled_choices(take: object, text_of: object) -> SettledChoices:
    """What a caller of the library says of both; Misuse where it is no such thing."""
    return SettledChoices(several_words("take", take, "['3.2=JP']"), words_of("text_of", text_of) or None)
