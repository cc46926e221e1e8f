"""Days and clocks: `not later than` where no day follows it, or where nothing is owed, and what is no time zone."""

from __future__ import annotations

from cbm.patterns import pattern
from cbm.syntax.mistake import Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.translation.saying import say

_PHRASE = pattern(r"not\s+later\s+than(?!\w)")
_OFFSET = pattern(r"(?:UTC|GMT)\s*[-+−][0-9][0-9:]*")
_DAY = "15 November of the year before that of start in UTC"


def misplaced_day(failure: Failure) -> Mistake | None:
    """A day of the year where the language has none, or something else where it wants one."""
    phrase = _phrase(failure)
    if phrase is None:
        return None
    if failure.accepts("DAY_OF_YEAR"):
        return failure.says(
            say("`not later than` is followed by a moment, or by a day of the calendar"),
            say("write, for example, `{words}`", words=f"not later than {_DAY}"),
            say("of hours and days write `within 24 h after …` or `at least 14 days before …`"),
            at=phrase,
        )
    return failure.says(
        say("`{words}` stands behind what is owed, and nowhere else", words=phrase.text),
        say(
            "name a moment for the day, as in `{moment}`, and write `is before calendar_due`",
            moment=f"moments calendar_due on {_DAY}",
        ),
        at=phrase,
    )


def zone_by_offset(failure: Failure) -> Mistake | None:
    """`UTC+9`."""
    for found in _OFFSET.finditer(failure.text, failure.piece.start, failure.piece.end):
        if found.start() <= failure.place.start < found.end():
            said = " ".join(found[0].split())
            return failure.says(
                say("`{zone}` is no time zone here: a zone is that of a place, whose clocks are known", zone=said),
                say("write, for example, `{zone}`, or `{other}`", zone="Asia/Tokyo", other="UTC"),
                at=Written(said, found.start(), found.end()),
            )
    return None


def _phrase(failure: Failure) -> Written | None:
    """The words, where reading ended in them or just behind them."""
    place = failure.place.start if failure.found else failure.place.end
    for found in _PHRASE.finditer(failure.text, failure.piece.start, failure.piece.end):
        if found.start() <= place and not failure.text[found.end() : place].strip():
            return Written(" ".join(found[0].split()), found.start(), found.end())
    return None
