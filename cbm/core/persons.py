"""Who is a party to what, and since when: persons of the law that have one name after the other, and memberships."""

from __future__ import annotations

from datetime import date

from cbm.core.quotations import Citation
from cbm.records import Placed, Record
from cbm.source import Span


class Continuation(Placed):
    """From a day on the one party is what the other was before: one person in law, which has two names in turn."""

    party: str
    of: str
    since: date
    citations: tuple[Citation, ...] = ()
    span: Span | None = None


class Membership(Record):
    """A party to a text, from its first day there to its last, both included.

    `seat` is the party in whose place it stands: itself, or the one that it succeeds. Those of one seat owe each other
    nothing by the text.
    """

    party: str
    seat: str
    since: date | None = None
    until: date | None = None

    def holds(self, day: date | None) -> bool:
        """Whether it is a party on the day; without one, whether it ever is."""
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
