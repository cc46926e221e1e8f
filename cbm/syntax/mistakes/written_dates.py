"""Dates as they are written elsewhere (`1 May 2027`, `1.5.2027`, `2027/05/01`), and the days that they can mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from re import IGNORECASE, Match

from cbm.patterns import pattern

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![^\W_])\.?"
)
_DAY_FIRST = rf"[0-9]{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}\s*,?\s+[0-9]{{4}}"
_MONTH_FIRST = rf"{MONTH}\s+[0-9]{{1,2}}(?:st|nd|rd|th)?\s*,?\s+[0-9]{{4}}"
_YEAR_FIRST = r"[0-9]{4}(?:[-/.][0-9]{1,2}[-/.][0-9]{1,2}|年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日)|(?:19|20)[0-9]{6}"
_YEAR_LAST = r"[0-9]{1,2}(?:\.\s?[0-9]{1,2}\.\s?|[-/][0-9]{1,2}[-/])[0-9]{4}"
# Any of these, in an expression that does not tell large letters from small ones.
WRITTEN_DATE = rf"(?:{_DAY_FIRST}|{_MONTH_FIRST}|{_YEAR_FIRST}|{_YEAR_LAST})(?![\w-])(?!\.[0-9])"
_WRITTEN = pattern(WRITTEN_DATE, IGNORECASE)
_MONTH_NAMED = pattern(MONTH, IGNORECASE)
_FIGURES = pattern("[0-9]+")


def date_at(text: str, start: int, end: int) -> Match[str] | None:
    """The date that begins there, in whatever form."""
    return _WRITTEN.match(text, start, end)


def days_meant(written: str) -> tuple[str, ...]:
    """The days that it can mean, as they are written in the language: none where there is no such day."""
    return tuple(dict.fromkeys(_days(written)))


def _days(written: str) -> Iterator[str]:
    figures = [int(figure) for figure in _FIGURES.findall(written)]
    named = _MONTH_NAMED.search(written)
    if named is not None:
        day, year = figures
        yield from _day(year, _MONTHS.index(named[0].lower()[:3]) + 1, day)
    elif len(figures) == 1:
        yield from _day(figures[0] // 10_000, figures[0] // 100 % 100, figures[0] % 100)
    elif figures[0] > 31:
        yield from _day(*figures)
    else:
        first, second, year = figures
        yield from _day(year, second, first)
        if "." not in written:  # with points the day comes first everywhere
            yield from _day(year, first, second)


def _day(year: int, month: int, day: int) -> Iterator[str]:
    try:
        yield date(year, month, day).isoformat()
    except ValueError:
        return
