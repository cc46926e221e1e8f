"""Hours of a line as they are written elsewhere (`Mon-Fri 9 to 17 JST`), and how they are written here."""

from __future__ import annotations

from collections.abc import Sequence
from re import IGNORECASE, Match, Pattern

from cbm.patterns import pattern
from cbm.records import Record
from cbm.syntax.synonyms import zone_said_for

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CLOCK = r"[0-9]{1,2}(?:[:.h]?[0-9]{2})?(?![0-9])(?:[ \t]*(?:[ap]\.?m\.?|h|hrs|hours|o'clock)(?!\w))?"
_TO = r"[ \t]*(?:-|–|—|(?:to|till|until)(?!\w))[ \t]*"
_ALWAYS = pattern(
    r"(?:24[ \t]*/[ \t]*7|24[ \t]*(?:h|hrs|hours)(?:[ \t]+(?:a|per)[ \t]+day)?"
    r"(?:[ \t]*,?[ \t]*(?:7|seven)[ \t]+days(?:[ \t]+a[ \t]+week)?)?|always|at[ \t]+(?:all|any)[ \t]+(?:times?|hours)"
    r"|a?round[ \t]+the[ \t]+clock|day[ \t]+and[ \t]+night|continuously|permanently|(?:every|all)[ \t]+hours)",
    IGNORECASE,
)
_HOURS = pattern(
    rf"(?:from[ \t]+)?(?P<first>{_CLOCK}){_TO}(?P<last>{_CLOCK})"
    rf"|between[ \t]+(?P<after>{_CLOCK})[ \t]+and[ \t]+(?P<before>{_CLOCK})",
    IGNORECASE,
)
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?\.?(?!\w)"
_OF_DAYS = pattern(rf"(?P<first>{_DAY})(?:{_TO}(?P<last>{_DAY}))?", IGNORECASE)
_NAMED_DAYS = (
    (pattern(r"(?:every[ \t]+)?(?:weekdays?|working[ \t]+days?|business[ \t]+days?)(?!\w)", IGNORECASE), "Mon to Fri"),
    (pattern(r"(?:every[ \t]+)?weekends?(?!\w)", IGNORECASE), "Sat, Sun"),
    (
        pattern(r"(?:daily|(?:every|each|all)[ \t]+days?(?:[ \t]+of[ \t]+the[ \t]+week)?)(?!\w)", IGNORECASE),
        "Mon to Sun",
    ),
)
_ZONE = pattern(r"(?<![\w/+-])(?:UTC(?![ \t]*[+-])|[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)+)(?![\w/])")
_WORD = pattern(r"[A-Z][A-Za-z]*(?:[ \t]+[A-Z][A-Za-z]*)*")
_NAME = pattern(r"[A-Za-z]\w*")
_BOTH = pattern(
    r"(?:at|in|on|for)[ \t]+(?:both|each|either)(?:[ \t]+(?:ends?|sides?|part(?:y|ies)))?(?!\w)", IGNORECASE
)
_BETWEEN_WORDS = pattern(
    r"(?:\s|,|;|/|\(|\)|(?<!\w)(?:on|at|in|from|between|and|time|local|each|every|the|open|hours|of|for|during)(?!\w))*",
    IGNORECASE,
)
_HALF = 12
_FIGURES = 4  # of `0900`


class WrittenHours(Record):
    """`words` stand behind `open`, with `…` for what is not said (`no_days`: which days); or it is `always` open."""

    words: str
    always: bool = False
    both_ends: bool = False
    no_days: bool = False
    apart: bool = False  # other hours on other days


def hours_written(said: str, parties: Sequence[str]) -> WrittenHours | None:
    """What is meant by these words, where nothing else is said in them."""
    if _ALWAYS.fullmatch(said.strip()):
        return WrittenHours("", always=True)
    left, zones = _taken(said, _ZONE)
    left, hours = _taken(left, _HOURS)
    days: list[str] = []
    for form, meant in _NAMED_DAYS:
        left, found = _taken(left, form)
        days += [meant for _ in found]
    left, named = _taken(left, _OF_DAYS)
    days += [" to ".join(_day(one[name]) for name in ("first", "last") if one[name]) for one in named]
    left, both = _taken(left, _BOTH)
    party = rf"(?:{'|'.join(parties) or '(?!both|each|either|local)[A-Za-z]+'})(?!\w)"
    left, sides = _taken(
        left, pattern(rf"(?<!\w)(?:at|in|for|of)[ \t]+(?P<ends>{party}(?:[ \t]*(?:,|and(?!\w)|&)[ \t]*{party})*)")
    )
    told = [name[0] for one in sides for name in _NAME.finditer(one["ends"]) if name[0] != "and"]
    words = [one[0] for one in _WORD.finditer(left)]
    known = [zone for zone in map(zone_said_for, words) if zone]
    if known and len(known) == len(words):
        left = _WORD.sub("", left)
    names = [*known, *(one[0] for one in zones)]
    if len(hours) > 1 and len(days) > 1 and _apart(said):
        return WrittenHours("", apart=True)
    times = [_times(one["first"] or one["after"], one["last"] or one["before"]) for one in hours]
    if not _BETWEEN_WORDS.fullmatch(left) or not hours or "" in times or len(names) > 1:
        return None
    listed = (", ".join(times), names[0] if names else "…", ", ".join(days) or "…")
    if both or len(told) > 1:
        return WrittenHours(f"{' '.join(listed)} at …", both_ends=len(parties) > 1, no_days=not days)
    return WrittenHours(f"{' '.join(listed)} at {told[0] if told else '…'}", no_days=not days)


def _apart(said: str) -> bool:
    """Whether days are named between hours, and in front of them or behind as well."""
    places = [found.start() for found in _HOURS.finditer(said)]
    named = [found.start() for form in (_OF_DAYS, *(form for form, _ in _NAMED_DAYS)) for found in form.finditer(said)]
    between = [place for place in named if min(places) < place < max(places)]
    return bool(between) and len(between) < len(named)


def _taken(said: str, form: Pattern[str]) -> tuple[str, list[Match[str]]]:
    """What is left of the words, and what was taken from them."""
    return form.sub(" ", said), list(form.finditer(said))


def _day(word: str) -> str:
    return next(day for day in _DAYS if word.lower().startswith(day.lower()))


def _times(first: str, last: str) -> str:
    """`9 am`, `0900`, `9.30`: each as a time of the day; empty where one is none."""
    ends = _clock(first), _clock(last)
    return " to ".join(ends) if all(ends) and ends[0] != ends[1] else ""


def _clock(written: str) -> str:
    figures = "".join(sign for sign in written if sign.isdigit())
    parted = any(sign in written for sign in ":.") or len(figures) >= _FIGURES - 1
    hours = int(figures[:-2]) if parted and len(figures) > 2 else int(figures)
    minutes = int(figures[-2:]) if parted and len(figures) > 2 else 0
    half = written.lower().replace(".", "")
    if half.endswith(("am", "pm")):
        if not 1 <= hours <= _HALF:
            return ""
        hours = hours % _HALF + (_HALF if half.endswith("pm") else 0)
    if minutes > 59 or hours > 24 or (hours == 24 and minutes):
        return ""
    return f"{hours:02}:{minutes:02}"
