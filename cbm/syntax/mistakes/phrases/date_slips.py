"""Slips in dates, wherever one has to stand: other forms, words in front of them, and words for having no end."""

from __future__ import annotations

from collections.abc import Iterator
from re import IGNORECASE, Match

from cbm.patterns import pattern
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.mistakes.phrases.rewritten import Known, Rewritten, rewritten_around
from cbm.syntax.mistakes.written_dates import MONTH, date_at, days_meant
from cbm.translation.saying import say

# What stands in front of a date elsewhere.
_BEFORE_DATE = pattern(r"(?:(?:in|at)\s+[A-Z]\w*\s*,?\s*)?(?:(?:on|from|since|as\s+of|as\s+from|the|dated?)\s+)*")
_NO_DAY = pattern(rf"(?:{MONTH}\s+)?(?:19|20)[0-9]{{2}}(?:-[0-9]{{1,2}})?(?![\w./-])", IGNORECASE)
_SINCE = pattern(r"(?:since|as\s+of|as\s+from|starting|on)\s+(?=[0-9])")
_WITH_END = ("draft", "instrument", "reserve", "channel")


def date_slips(failure: Failure) -> Iterator[Mistake]:
    """What stands where a date has to, and what says that a text, a reserve or a suspension has no end."""
    if failure.piece.opening in _WITH_END:
        yield from rewritten_around(failure, _NO_END, 1)
    if failure.found is None:
        return
    if failure.accepts("DATE"):
        yield from _in_place_of_date(failure)
    elif failure.accepts("FROM") and failure.piece.opening in ("draft", "instrument", "party"):
        yield from _without_from(failure)


def _in_place_of_date(failure: Failure) -> Iterator[Mistake]:
    start, end = failure.place.start, failure.piece.end
    before = _BEFORE_DATE.match(failure.text, start, end)
    begins = before.end() if before else start
    written = date_at(failure.text, begins, end)
    if written is None:
        found = _NO_DAY.match(failure.text, start, end)
        if found is not None and not failure.accepts("DAY_OF_YEAR"):
            yield failure.says(
                say("a date has a year, a month and a day"),
                say("write, for example, `{words}`", words="2027-05-01"),
                at=Written(found[0], start, found.end()),
            )
        return
    days = days_meant(written[0])
    place = Written(failure.text[start : written.end()], start, written.end())
    if days == (written[0],):
        yield failure.says(
            say("the date stands behind `{words}` alone", words=failure.last.text), mend=Mend(start, begins, "")
        )
    elif len(days) == 1:
        remedy = say("write `{words}`", words=days[0])
        yield failure.says(
            say("a date is written as year, month and day in figures"), remedy, at=place, instead=days[0]
        )
    elif days:
        remedy = say("write `{words}` or `{other}`, whichever day is meant", words=days[0], other=days[1])
        yield failure.says(say("a date is written as year, month and day in figures"), remedy, at=place)


def _without_from(failure: Failure) -> Iterator[Mistake]:
    """`status track2 since 2024-10-01`, `US since 1992-01-01`, `RU continues SU 1991-12-26`."""
    start, end = failure.place.start, failure.piece.end
    before = _SINCE.match(failure.text, start, end)
    begins = before.end() if before else start
    written = date_at(failure.text, begins, end)
    if written is None or (before is None and failure.acceptable != {"FROM"}):
        return
    message = say("since when it is so is said with `from`")
    day = next(iter(days_meant(written[0])), "DATE")
    if failure.accepts("SUCCEEDS"):  # behind the last party: it may be said of all of the text
        remedy = say("write `from {day}` of this party alone, or `in force {day}` of the text", day=day)
        yield failure.says(message, remedy, at=Written("", start, written.end()))
        return
    yield failure.says(
        message,
        say("write `{words}`", words=f"from {day}"),
        at=Written("", start, written.end()),
        mend=Mend(start, begins, "from "),
    )


def _endless(found: Match[str]) -> Rewritten:
    return Rewritten(say("where no end is written there is none: leave `{words}` out", words=found["out"].strip()))


_NO_END: tuple[Known, ...] = (
    (
        pattern(
            r"(?P<out>(?:(?:remains?|shall\s+remain)\s+in\s+force\s+)?(?:until\s+(?:further\s+notice|terminated|denounced|revoked)"
            r"|for\s+an\s+(?:indefinite|unlimited)\s+(?:period|duration|time)(?:\s+of\s+time)?|indefinitely"
            r"|without\s+(?:limit\s+(?:of|in)\s+time|time\s+limit|an?\s+end)|for\s+an?\s+indefinite\s+period))(?!\w)",
            IGNORECASE,
        ),
        _endless,
    ),
)
