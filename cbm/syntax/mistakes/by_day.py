"""`not later than` where no day follows it, or where nothing is owed: said at its place, with what can be written."""

from __future__ import annotations

from re import compile as pattern

from cbm.syntax.mistake import Mistake
from cbm.syntax.mistakes.failure import Failure, Written

_PHRASE = pattern(r"not\s+later\s+than(?!\w)")
_DAY = "15 November of the year before that of start in UTC"
_MOMENT = f"name a moment for the day, as in `moments calendar_due on {_DAY}`, and write `is before calendar_due`"
_OTHERS = "of hours and days write `within 24 h after …` or `at least 14 days before …`, of a moment `not after …`"


def misplaced_day(failure: Failure) -> Mistake | None:
    """A day of the year where the language has none, or something else where it wants one."""
    phrase = _phrase(failure)
    if phrase is None:
        return None
    if failure.accepts("DAY_OF_YEAR"):
        wanted = "`not later than` is said of a day of the calendar"
        return failure.says(wanted, f"write, for example, `not later than {_DAY}`", _OTHERS, at=phrase)
    return failure.says(f"`{phrase.text}` stands behind what is owed, and nowhere else", _MOMENT, at=phrase)


def _phrase(failure: Failure) -> Written | None:
    """The words, where reading ended in them or just behind them."""
    place = failure.place.start if failure.found else failure.place.end
    for found in _PHRASE.finditer(failure.text, failure.piece.start, failure.piece.end):
        if found.start() <= place and not failure.text[found.end() : place].strip():
            return Written(" ".join(found[0].split()), found.start(), found.end())
    return None
