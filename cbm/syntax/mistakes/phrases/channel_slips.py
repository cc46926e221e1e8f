"""Slips in what is said of a channel: its hours, its delays, since when it is used, what stands in for it."""

from __future__ import annotations

from collections.abc import Iterator
from re import IGNORECASE, Match

from cbm.patterns import pattern
from cbm.syntax.comments import without_comments
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.mistakes.phrases.rewritten import NAME, NAMES, PARTED, Known, Rewritten, instead, rewritten_around
from cbm.syntax.mistakes.written_dates import WRITTEN_DATE, days_meant
from cbm.syntax.mistakes.written_hours import hours_written
from cbm.syntax.signs import MEANT_UNITS, UNITS
from cbm.translation.saying import say

_WORDS_OF_A_PART = 10  # `operational from 2023-03-31 to 2030-12-31`, of which each sign is one
_OPENS = pattern(r"(?<![\w])(?<![0-9][ \t])(?:open|hours|available|staffed|manned)(?!\w)[ \t]*:?", IGNORECASE)
_NEXT_PART = pattern(
    r"\s+(?:level|agreed|operational|when\s+closed|delay|meets|held|suspended|languages|falls\s+back|prior\s+consent"
    r"|acknowledged|source|until)(?!\w)|\n"
)
_PARTIES = pattern(rf"(?<!\w)between\s+{NAMES}")


def channel_slips(failure: Failure) -> Iterator[Mistake]:
    """What is told of a channel where reading ended, or a few words before."""
    if failure.piece.opening == "channel":
        yield from _hours(failure)
        yield from rewritten_around(failure, _KNOWN, _WORDS_OF_A_PART)


def _hours(failure: Failure) -> Iterator[Mistake]:
    """`open Mon-Fri 9 to 17 JST at JP`: what is said of the hours, in whatever order."""
    text, piece = failure.text, failure.piece
    openings = list(_OPENS.finditer(text, piece.opening_end, failure.place.end))
    if not openings:
        return
    begins = openings[-1]
    ends = _NEXT_PART.search(text, begins.end(), piece.end)
    written = text[begins.end() : ends.start() if ends else piece.end]
    if _BY_OFFSET.search(written) or _is_zone(failure):
        return  # what is wrong with the zone is told of it alone
    stop = begins.end() + len(written.rstrip())
    if failure.place.start <= stop and without_comments(written) == written:
        yield _told_of_hours(failure, written, Written("", begins.start(), stop))


def _told_of_hours(failure: Failure, written: str, place: Written) -> Mistake:
    """How such hours are written, or what of them nobody can know; the place begins with `open`."""
    parties = _PARTIES.search(failure.text, failure.piece.start, failure.piece.end)
    ends = PARTED.split(parties["names"]) if parties else []
    found = hours_written(written, ends)
    message = say("hours are written in one way: the times, the time zone, the days, and at whose end")
    if "holiday" in written.lower():
        return failure.says(say("of which days are holidays nothing is known: leave them out of the hours"), at=place)
    if found is None:
        remedy = say("write it as in `{words}`", words="open 08:30 to 17:15 Asia/Tokyo Mon to Fri at JP")
        return failure.says(message, remedy, at=place)
    if found.always:
        before = len(failure.text[: place.start].rstrip())
        words = say("a channel without hours is open at all times: leave `open …` out")
        return failure.says(words, at=place, mend=Mend(before, place.end, ""))
    if found.apart:
        one, other = "open 08:30 to 17:15 Asia/Tokyo Mon to Fri at JP", "open 10:00 to 12:00 Asia/Tokyo Sat, Sun at JP"
        remedy = say("write `{words}`, and `{other}`", words=one, other=other)
        return failure.says(say("other hours on other days are said by themselves"), remedy, at=place)
    if found.both_ends:
        one, other = (f"open {found.words.replace('…', party)}" for party in ends[:2])
        remedy = say("write `{words}`, and `{other}`", words=one, other=other)
        return failure.says(say("hours are those of one end of a channel"), remedy, at=place)
    words = f"open {found.words}"
    if found.no_days and words.count("…") == 1:
        daily = words.replace("…", "Mon to Sun")
        remedy = say(
            "write `{words}` if these are its hours on every day, else those days in place of `Mon to Sun`", words=daily
        )
        return failure.says(message, remedy, at=place)
    if "…" in words:
        remedy = say("write `{words}`, with what is not said yet in place of `…`", words=words)
        return failure.says(message, remedy, at=place)
    mend = Mend(place.start, place.end, words)
    return failure.says(message, say("write `{words}`", words=words), at=place, mend=mend)


def _is_zone(failure: Failure) -> bool:
    """Whether a word stands where a time zone has to, and is meant for one."""
    return failure.accepts("ZONE") and bool(failure.word) and not _NO_ZONE.fullmatch(failure.word)


_BY_OFFSET = pattern(r"(?:UTC|GMT)[ \t]*[+-]")
_NO_ZONE = pattern(
    r"(?:mon|tue|wed|thu|fri|sat|sun)\w*|on|at|in|for|and|or|local|every|daily|week\w*|working|each|all", IGNORECASE
)


def _day(found: Match[str], name: str = "date") -> str:
    days = days_meant(found[name])
    return days[0] if len(days) == 1 else "DATE"


def _known_day(message: str, words: str) -> Rewritten:
    return Rewritten(message, say("write `{words}`", words=words)) if "DATE" in words else instead(message, words)


def _since(found: Match[str]) -> Rewritten:
    return _known_day(say("since when a channel works is said in one way"), f"operational from {_day(found)}")


def _until(found: Match[str]) -> Rewritten:
    return _known_day(say("how long a channel works is said with `until`"), f"until {_day(found)}")


def _from_until(found: Match[str]) -> Rewritten:
    words = f"operational from {_day(found, 'first')} until {_day(found, 'last')}"
    return _known_day(say("how long a channel works is said with `until`"), words)


def _suspended(found: Match[str]) -> Rewritten:
    words = f"suspended from {_day(found, 'first')} to {_day(found, 'last')}"
    return _known_day(say("when a channel is suspended is said in one way"), words)


def _suspended_since(found: Match[str]) -> Rewritten:
    return _known_day(say("when a channel is suspended is said in one way"), f"suspended from {_day(found)}")


def _suspended_for_now(_: Match[str]) -> Rewritten:
    remedy = say("write `{words}`", words="suspended from DATE")
    return Rewritten(say("it is not said since when it is suspended"), remedy)


def _closed_days(_: Match[str]) -> Rewritten:
    return Rewritten(
        say("it is said when a channel is open, and not when it is closed"),
        say("write it as in `{words}`", words="open 08:30 to 17:15 Asia/Tokyo Mon to Fri at JP"),
    )


def _parties(found: Match[str]) -> Rewritten:
    names = ", ".join(PARTED.split(found["names"])) if found["names"] else f"{found['one']}, {found['other']}"
    return instead(say("a channel goes both ways: the parties at its ends stand behind `between`"), f"between {names}")


def _topics(found: Match[str]) -> Rewritten:
    return instead(
        say("the topics that a channel serves stand behind `for`"), f"for {', '.join(PARTED.split(found['names']))}"
    )


def _all_topics(_: Match[str]) -> Rewritten:
    return Rewritten(
        say("a channel names the topics that it serves, one by one"),
        say("write it as in `{words}`", words="for notices, incidents"),
    )


def _languages(found: Match[str]) -> Rewritten:
    names = ", ".join(PARTED.split(found["names"]))
    return instead(say("in which languages messages are is said with `languages`"), f"languages {names}")


def _level(found: Match[str]) -> Rewritten:
    name = found["level"] or found["first"]
    return instead(say("on which level a channel runs is said with `level`"), f"level {name}")


def _one_level(_: Match[str]) -> Rewritten:
    return Rewritten(say("a channel runs on one level: leave `or above` out"))


def _closed(found: Match[str]) -> Rewritten:
    how = "refuses" if found["refused"] else "holds"
    return instead(say("what becomes of messages out of hours is said in one way"), f"when closed {how} messages")


def _fallback(found: Match[str]) -> Rewritten:
    return instead(say("what stands in for a channel is said with `falls back to`"), f"falls back to {found['names']}")


def _or_in_fallback(found: Match[str]) -> Rewritten:
    return instead(
        say("`{word}` does not join the parts of a list: write `,`", word="or"), f"{found['before']}, {found['next']}"
    )


def _consent(found: Match[str]) -> Rewritten:
    message = say("who has to agree first does an act, and the act is named")
    if found["act"]:
        return instead(message, f"prior consent {found['act']}")
    return Rewritten(message, say("write `{words}`, with the name of the act", words="prior consent ACT"))


_OFTEN = {
    **dict.fromkeys(("annually", "yearly", "year", "annual"), "year"),
    **dict.fromkeys(("monthly", "month"), "month"),
    **dict.fromkeys(("weekly", "week"), "week"),
    "quarterly": "3 months",
    "quarter": "3 months",
    "half-yearly": "6 months",
}


def _interval(found: Match[str]) -> Rewritten:
    how = " ".join(found["how"].lower().split())
    often = _OFTEN.get(how) or how
    return instead(say("how often a meeting is held is said in one way"), f"meets once every {often}")


def _twice(_: Match[str]) -> Rewritten:
    return Rewritten(
        say("how often a meeting is held is said in one way"),
        say("write, for example, `{words}`", words="meets once every 6 months"),
    )


def _no_interval(found: Match[str]) -> Rewritten:
    return Rewritten(
        say("where no interval of meetings is agreed, none is written: leave `{words}` out", words=found["out"])
    )


def _value(amount: str, unit: str) -> str:
    meant = MEANT_UNITS.get(" ".join(unit.lower().split()), unit)
    return f"{amount} {meant}"


def _delay(found: Match[str]) -> Rewritten:
    """`delay "answer" 30 min`, `delay up to 10 min`, `delay "answer" from 0 to 30 min`."""
    unit = found["high_unit"] or found["low_unit"] or "min"
    high = _value(found["high"] or found["low"], unit)
    titles, most = (found["titles"] or "").strip(), bool(found["most"])
    ranged = bool(found["high"])
    if not titles:
        low = _value(found["low"], found["low_unit"] or unit) if ranged else "0 min"
        message = say("a delay has words for readers, a shortest and a longest time")
        return Rewritten(
            message, say("write, for example, `{words}`", words=f'delay "until it is read" {low} to {high}')
        )
    message = say("a delay has a shortest and a longest time")
    if ranged and found["low_unit"] and not found["filler"]:
        return Rewritten("")  # only a unit is written otherwise
    if ranged:
        return instead(message, f"delay {titles} {_value(found['low'], found['low_unit'] or unit)} to {high}")
    if most:
        return instead(message, f"delay {titles} 0 min to {high}")
    words = f"delay {titles} 0 min to {high}", f"delay {titles} {high} to {high}"
    return Rewritten(message, say("write `{words}` or `{other}`, whichever is meant", words=words[0], other=words[1]))


def _delay_in_words(found: Match[str]) -> Rewritten:
    """`delay answer 0 min to 30 min`."""
    title = f'"{" ".join(found["words"].split())}"'
    return instead(say("words for readers stand in quotes: write `{title}`", title=title), f"delay {title} ")


def _takes(found: Match[str]) -> Rewritten:
    low = found["low"] or "0 min"
    high = "never" if found["never"] else _value(found["high"], found["high_unit"])
    words = f'delay "until it is answered" {low} to {high}'
    return Rewritten(
        say("how long a channel takes is said with `delay`"), say("write, for example, `{words}`", words=words)
    )


_UNIT = "|".join(sorted((*UNITS, *(unit for unit in MEANT_UNITS if unit.isascii())), key=len, reverse=True))
_AMOUNT = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_TITLES = r'(?:\s*(?:[a-z]{2,3}\s+)?"[^"\n]*")+'
_DATE = rf"(?P<date>{WRITTEN_DATE})"
_RANGE = rf"(?P<first>{WRITTEN_DATE})\s*(?:-|–|(?:to|till|until|through|and)(?!\w))\s*(?P<last>{WRITTEN_DATE})"
_TO = r"\s*(?:-|–|to(?!\w)|and(?!\w))\s*"
_KNOWN: tuple[Known, ...] = tuple(
    (pattern(expression, IGNORECASE), told)
    for expression, told in (
        (
            (
                rf"delay(?P<titles>{_TITLES})?\s*:?\s*(?:(?P<most>up\s+to|at\s+most|not\s+more\s+than|no\s+more\s+than|maximum(?:\s+of)?)"
                r"|(?P<filler>of|about|from|between|around))?\s*"
                rf"(?P<low>{_AMOUNT})\s*(?P<low_unit>{_UNIT})?(?!\w)(?:{_TO}(?P<high>{_AMOUNT})\s*(?P<high_unit>{_UNIT})(?!\w))?"
                r"(?!\s*(?:to|-)(?!\w))"
            ),
            _delay,
        ),
        (rf"delay\s+(?P<words>(?!(?:of|up|about|from)\b){NAME}(?:[ \t]+{NAME})*)\s+(?=[0-9])", _delay_in_words),
        (
            (
                r"(?:takes?|may\s+take|can\s+take|needs?|(?:answer(?:s|ed)?|responds?|repl(?:y|ies))\s+(?:within|in|after))\s+(?:up\s+to\s+|at\s+most\s+|about\s+|from\s+)?"
                rf"(?:(?P<low>{_AMOUNT}\s*(?:{_UNIT}))\s*(?:to|-)\s*)?(?P<high>{_AMOUNT})\s*(?P<high_unit>{_UNIT})(?!\w)(?P<never>(?!))?"
            ),
            _takes,
        ),
        (
            r"(?:may|might|can|need)\s+(?P<never>(?:never|not)\s+be\s+(?:answered|picked\s+up))(?P<low>(?!))?(?P<high>(?!))?",
            _takes,
        ),
        (rf"operational\s+(?:from\s+|between\s+)?{_RANGE}", _from_until),
        (rf"(?:operational|usable|working|works|available|in\s+use|in\s+operation)\s+(?:until|till)\s+{_DATE}", _until),
        (
            (
                r"(?:in\s+(?:operation|force|service|use)|operational|operating|works|usable|opened|established|installed"
                rf"|inaugurated|launched)\s*(?:\s(?:from|since|as\s+of|on))?\s*{_DATE}"
            ),
            _since,
        ),
        (
            rf"(?:suspended|out\s+of\s+(?:service|order|operation|use)|interrupted|closed|cut)\s+(?:from\s+|between\s+)?{_RANGE}",
            _suspended,
        ),
        (
            rf"(?:suspended|out\s+of\s+(?:service|order|use)|interrupted|cut)\s+(?:since|from|on|as\s+of)\s+{_DATE}",
            _suspended_since,
        ),
        (r"suspended\s+(?:until\s+further\s+notice|indefinitely|for\s+now|at\s+present)", _suspended_for_now),
        (
            r"(?:is\s+)?closed\s+(?:on\s+)?(?:weekends?|holidays|sundays?|saturdays?|(?:mon|tue|wed|thu|fri|sat|sun)\w*)(?!\w)[^\n]*",
            _closed_days,
        ),
        (rf"(?:linking|connecting|among|links|connects)\s+{NAMES}(?P<one>(?!))?(?P<other>(?!))?(?=\s|\Z)", _parties),
        (
            r"(?:from\s+)?(?P<one>(?-i:[A-Z])\w*)\s+(?:to|-)\s+(?P<other>(?-i:[A-Z])\w*)(?P<names>(?!))?(?=\s|\Z)",
            _parties,
        ),
        (r"for\s+(?:all|any|every)\s+(?:topics?|purposes?|matters?|messages|subjects?)", _all_topics),
        (rf"(?:on|about|concerning|regarding)\s+{NAMES}(?=\s|\Z)", _topics),
        (
            rf"(?:(?:working\s+|official\s+)?language\s+is|working\s+languages?|worded\s+in|spoken\s+in|in)\s+{NAMES}(?=\s*(?:\Z|\n))",
            _languages,
        ),
        (rf"(?:at|on)\s+(?:the\s+)?level\s+(?:of\s+)?(?P<level>{NAME})(?P<first>(?!))?(?!\w)", _level),
        (rf"(?:at\s+)?(?P<first>(?!for\b|level\b){NAME})\s+level(?=\s|\Z)(?P<level>(?!))?", _level),
        (r"(?P<out>or\s+(?:above|higher))(?!\w)", _one_level),
        (
            (
                r"(?:when\s+closed|out\s+of\s+hours|outside\s+(?:of\s+)?hours|if\s+closed|while\s+closed)\s*,?\s*"
                r"(?:(?P<refused>refuses?|rejects?|declines?|does\s+not\s+(?:take|accept|receive))|holds?|stores?|keeps?|queues?|saves?)"
                r"\s+(?:all\s+)?messages?"
            ),
            _closed,
        ),
        (
            (
                r"(?:(?P<refused>refuses?|rejects?|declines?)|holds?|stores?|keeps?|queues?)\s+(?:all\s+)?messages?\s+"
                r"(?:when|while|if)\s+(?:it\s+is\s+)?closed"
            ),
            _closed,
        ),
        (
            rf"(?:falls?\s+back\s+(?:on|upon|onto)|fall\s+back\s+to|fallback(?:\s+(?:to|is))?|backup(?:\s+is)?|otherwise|else)\s+(?P<names>{NAME})(?!\w)",
            _fallback,
        ),
        (
            rf"(?P<before>falls\s+back\s+to\s+{NAME}(?:\s*,\s*{NAME})*)\s*,?\s+or\s+(?P<next>{NAME})(?!\w)",
            _or_in_fallback,
        ),
        (
            r"(?:(?:requires?|needs|with|after|subject\s+to)\s+)(?:the\s+)?(?:prior\s+)?consent(?:\s+(?P<act>(?!of\b|by\b)[a-z_]\w*))?(?!\w)",
            _consent,
        ),
        (
            (
                r"(?:meets|held|convened|convenes|meeting)\s+(?:at\s+least\s+)?(?:once\s+)?(?:(?:every|each|a|an|per)\s+)?"
                r"(?P<how>annually|yearly|monthly|weekly|quarterly|half-yearly|year|month|week|quarter|[0-9]+\s+(?:weeks|months|years|days))(?!\w)"
            ),
            _interval,
        ),
        (r"meets\s+(?:twice|three\s+times|[0-9]+\s+times)\s+(?:a|an|every|each|per)\s+year", _twice),
        (
            r"(?P<out>meets\s+(?:when|as|if|where)\s+(?:needed|necessary|required|agreed|appropriate))(?!\w)",
            _no_interval,
        ),
    )
)
