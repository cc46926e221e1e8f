"""Slips in what a vocabulary declares: parties, kinds, attributes, acts, channels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from re import Match, Pattern

from cbm.patterns import pattern
from cbm.syntax.comments import without_comments
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.signs import UNITS
from cbm.translation.listing import listed
from cbm.translation.saying import say

_NAME = r"[^\W\d]\w*"
_TITLES = r'(?:\s*(?:[a-z]{2,3}\s+)?"[^"\n]*")*'
_HEAD = rf"(?P<head>(?:(?:each|shared|open\s+term)\s+)?{_NAME}{_TITLES}\s*:)"
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_VALUE = rf"[0-9][0-9,]*(?:\.[0-9]+)?(?:\s*(?:{_UNIT})(?!\w))?"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_PARTED = pattern(r"\s*(?:,|\band\b)\s*")
_TRUTHS = ({"yes", "no"}, {"true", "false"})
_MEASURED = {
    **dict.fromkeys(("nmi", "km", "m", "ft", "yd", "FL"), "length"),
    **dict.fromkeys(("kt", "km/h", "m/s"), "speed"),
    **dict.fromkeys(("s", "min", "h", "day", "days"), "duration"),
    "": "count",
}

Told = tuple[str, str, str]  # the message; a remedy; what is written in place of what is pointed at, if that is known


def declaration_slips(failure: Failure) -> Iterator[Mistake]:
    """What a newcomer declares, and how it is written: looked at from the first word of the line, or the statement."""
    for line in dict.fromkeys((failure.line_start, failure.piece.start)):
        words = without_comments(failure.text[line : failure.piece.end])
        start, said = line + len(words) - len(words.lstrip()), words.strip()
        for known, told in _KNOWN:
            found = known.match(said)
            if found is None or not start <= failure.place.start <= start + found.end():
                continue
            message, remedy, words = told(found)
            if message:
                place = Written(found[0], start, start + found.end())
                yield failure.says(message, remedy, at=place, mend=_mend(failure, place, words))


def _mend(failure: Failure, place: Written, words: str) -> Mend | None:
    """In place of what is pointed at, where no comment stands in it."""
    return (
        Mend(place.start, place.end, words) if words and failure.text[place.start : place.end] == place.text else None
    )


def _instead(message: str, words: str) -> Told:
    return message, say("write `{words}`", words=" ".join(words.split())), words


def _several(found: Match[str]) -> Told:
    what = {"parties": "party", "topics": "topic"}.get(found["what"], found["what"])
    lines = listed([f"`{what} {name}`" for name in _PARTED.split(found["names"])])
    return say("each `{what}` is declared by itself", what=what), say("write {lines}, each on a line", lines=lines), ""


def _named_values(found: Match[str]) -> Told:
    values = [value.strip() for value in found["values"].replace("/", "|").split("|")]
    if set(values) in _TRUTHS:
        return _instead(say("what is so or is not so is a `flag`"), f"{found['head']} flag")
    words = f"kind NAME = {' | '.join(values)}"
    return say("named values are those of a kind"), say("write `{words}` above, and its name here", words=words), ""


def _measured(found: Match[str]) -> Told:
    low, high = found["low"], found["high"]
    unit = high.lstrip("0123456789,.").strip() or low.lstrip("0123456789,.").strip()
    if unit not in _MEASURED:
        return "", "", ""
    ends = [value if value.endswith(unit) else f"{value} {unit}" for value in (low, high)]
    message = say("what is measured stands in front of its range")
    return _instead(message, f"{found['head']} {_MEASURED[unit]} from {' to '.join(ends)}")


def _otherwise(found: Match[str]) -> Told:
    message = say("how readers say that it is not so stands in front of the colon")
    return _instead(message, f"{found['first'].rstrip()} otherwise {found['other']} : flag")


def _unsaid(found: Match[str]) -> Told:
    head = " ".join(found["head"].split())
    return (
        say("what it is stands behind a colon"),
        say("write `{words}`, or a kind or `length from … to …` in place of `flag`", words=f"{head} : flag"),
        "",
    )


def _on_topic(found: Match[str]) -> Told:
    return _instead(say("what an act is about is its `topic`"), f"{found['act']} topic {found['topic']}")


def _stating(found: Match[str]) -> Told:
    return _instead(say("what is stated in an act stands behind `stating`"), f"{found['act']} stating {found['items']}")


def _since(found: Match[str]) -> Told:
    message = say("since when a channel works is said in one way")
    return _instead(message, f"{found['channel']} operational from {found['date']}")


def _always_open(found: Match[str]) -> Told:
    message = say("a channel without hours is open at all times: leave `open …` out")
    return message, say("write `{words}`", words=found["channel"].strip()), found["channel"].rstrip()


def _hours(found: Match[str]) -> Told:
    message = say("hours stand in front of the time zone, the days and whose they are")
    words = f"{found['open']} 08:30 to 17:15 Asia/Tokyo Mon to Fri at JP"
    return message, say("write it as in `{words}`", words=words), ""


def _implies(found: Match[str]) -> Told:
    message = say("what follows from what is said with `implies`")
    return _instead(message, f"{found['axiom']} {found['given'].strip()} implies {found['then'].strip()}")


def _means(found: Match[str]) -> Told:
    return _instead(
        say("a condition that a term stands for is behind `means`"), f"{found['term']} means {found['rest']}"
    )


_KNOWN: tuple[tuple[Pattern[str], Callable[[Match[str]], Told]], ...] = tuple(
    (pattern(expression), told)
    for expression, told in (
        (
            rf"(?P<what>part(?:y|ies)|topics?)\s+(?P<names>{_NAME}(?:\s*(?:,|and(?!\w))\s*{_NAME})+)(?=\s*\Z|\s*\n)",
            _several,
        ),
        (rf"{_HEAD}\s*(?P<values>{_NAME}(?:\s*[|/]\s*{_NAME})+)", _named_values),
        (rf"{_HEAD}\s*(?P<low>{_VALUE})\s*(?:to|-|–)\s*(?P<high>{_VALUE})", _measured),
        (
            rf'(?P<first>(?:(?:each|shared)\s+)?{_NAME}\s*"[^"\n]*"\s*):\s*flag\s+(?:not|else|otherwise|or)\s*(?P<other>"[^"\n]*")',
            _otherwise,
        ),
        (rf"(?P<head>(?:each|shared)[ \t]+{_NAME}{_TITLES})[ \t]*(?=\n|\Z)", _unsaid),
        (rf"(?P<act>act\s+{_NAME}{_TITLES})\s+(?:for|about|in|on|of)\s+(?P<topic>{_NAME})", _on_topic),
        (rf"(?P<act>act\s+{_NAME}{_TITLES})\s*\((?P<items>{_NAME}(?:\s*,\s*{_NAME})*)\)", _stating),
        (
            rf"(?P<channel>channel\s[^\n]*?)\s+(?:in\s+operation|operational|operating|works|usable)\s+(?:from|since|as\s+of)\s+(?P<date>{_DATE})",
            _since,
        ),
        (r"(?P<channel>channel\s[^\n]*?)\s+open\s+(?:24/7|24\s*h\w*|always|at\s+all\s+(?:times|hours))", _always_open),
        (
            r"channel\s[^\n]*?\s(?P<open>open)\s+(?:from\s+[0-9]|(?:from\s+)?[A-Z][a-z]{2}(?=[\s-]))[^\n]*",
            _hours,
        ),
        (rf"(?P<axiom>axiom{_TITLES})\s+if\s+(?P<given>[^\n]+?)(?:,?\s+then\s+|,\s+)(?P<then>[^\n]+)", _implies),
        (rf"(?P<term>term\s+{_NAME}{_TITLES})\s+is\s+(?P<rest>[^\n]*[<>=][^\n]*)", _means),
    )
)
