"""Slips in what a vocabulary declares: parties, kinds, attributes, acts, channels."""

from __future__ import annotations

from collections.abc import Iterator
from re import Match

from cbm.patterns import pattern
from cbm.syntax.mistake import Mistake
from cbm.syntax.mistakes.failure import Failure
from cbm.syntax.mistakes.phrases.rewritten import DATE, NAME, NAMES, PARTED, UNIT, Known, Rewritten, instead, rewritten
from cbm.syntax.tokens import RESERVED
from cbm.translation.listing import listed
from cbm.translation.saying import say

_TITLES = r'(?:\s*(?:[a-z]{2,3}\s+)?"[^"\n]*")*'
_HEAD = rf"(?P<head>(?:(?:each|shared|open\s+term)\s+)?{NAME}{_TITLES}\s*:)"
_VALUE = rf"[0-9][0-9,]*(?:\.[0-9]+)?(?:\s*(?:{UNIT})(?!\w))?"
# A part of a channel, behind its beginning or on a line of its own.
_LINE = r"(?P<channel>(?:channel\s[^\n]*?\s+)?)"
_DAY = r"(?:(?:on|every)\s+)?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*(?=[\s-])|(?:weekday|weekend|working|week|dai)\w*)"
_CLOCKS = r"[0-9][0-9:.]*\s*(?:to|-|–)\s*[0-9][0-9:.]*"
_BETWEEN_VALUES = pattern(r"\s*[|/]\s*|\s*,?\s+or\s+|\s*,\s*")
_TRUTHS = ({"yes", "no"}, {"true", "false"})
_MEASURED = {
    **dict.fromkeys(("nmi", "km", "m", "ft", "yd", "FL"), "length"),
    **dict.fromkeys(("kt", "km/h", "m/s"), "speed"),
    **dict.fromkeys(("s", "min", "h", "day", "days"), "duration"),
    "": "count",
}
_MEASURES = {
    **dict.fromkeys(("length", "distance", "range", "height"), "length from 0 m to 10 nmi"),
    "speed": "speed from 0 kt to 40 kt",
    "duration": "duration from 0 h to 24 h",
    **dict.fromkeys(("count", "number", "integer"), "count from 0 to 20"),
    "quantity": "length from 0 m to 10 nmi",
}
_ATTRIBUTES = "flag|boolean|bool|attribute|property|feature|characteristic|fact|variable"


def declaration_slips(failure: Failure) -> Iterator[Mistake]:
    """What a newcomer declares, and how it is written: looked at from the first word of the line, or the statement."""
    for start in dict.fromkeys((failure.line_start, failure.piece.start)):
        yield from rewritten(failure, _KNOWN, start)


def _several(found: Match[str]) -> Rewritten:
    what = {"parties": "party", "topics": "topic"}.get(found["what"], found["what"])
    lines = listed([f"`{what} {name}`" for name in PARTED.split(found["names"])])
    message = say("each `{what}` is declared by itself", what=what)
    return Rewritten(message, say("write {lines}, each on a line", lines=lines))


def _said_of_units(found: Match[str]) -> Rewritten:
    """`flag armed "is armed"`, `attribute pace "pace" speed`, as declarations are written elsewhere."""
    message = say(
        "no statement begins with `{word}`: what is said of each unit is declared under `each`, of the "
        "encounter under `shared`",
        word=found["what"],
    )
    kind = _MEASURES.get(found["what"])
    head = " ".join(f"each {found['name']}{found['titles']}".split())
    if kind is None:
        return Rewritten(message, say("write `{words}`", words=f"{head} : flag"))
    return Rewritten(message, say("write it as in `{words}`", words=f"{head} : {kind}"))


def _named_values(found: Match[str]) -> Rewritten:
    values = [value.strip() for value in _BETWEEN_VALUES.split(found["values"])]
    if set(values) in _TRUTHS:
        return instead(say("what is so or is not so is a `flag`"), f"{found['head']} flag")
    words = f"kind NAME = {' | '.join(values)}"
    remedy = say("write `{words}` above, and its name here", words=words)
    return Rewritten(say("named values are those of a kind"), remedy)


def _measured(found: Match[str]) -> Rewritten:
    low, high = found["low"], found["high"]
    unit = high.lstrip("0123456789,.").strip() or low.lstrip("0123456789,.").strip()
    if unit not in _MEASURED:
        return Rewritten("")
    ends = [value if value.endswith(unit) else f"{value} {unit}" for value in (low, high)]
    message = say("what is measured stands in front of its range")
    return instead(message, f"{found['head']} {_MEASURED[unit]} from {' to '.join(ends)}")


def _delay(found: Match[str]) -> Rewritten:
    """`delay up to 10 min`."""
    words = f'delay "until it is read" 0 min to {found["longest"]}'
    return Rewritten(
        say("a delay has words for readers, a shortest and a longest time"),
        say("write, for example, `{words}`", words=words),
    )


def _answers(found: Match[str]) -> Rewritten:
    """`answers within 1 h`."""
    words = f'delay "an answer" 0 min to {found["longest"]}'
    return Rewritten(
        say("how long a channel takes is said with `delay`"), say("write, for example, `{words}`", words=words)
    )


def _not_in_use(found: Match[str]) -> Rewritten:
    """`not yet operational`."""
    return Rewritten(
        say("a channel is in use from the day that is written: leave `{words}` out", words=found["out"].strip()),
        say("write `agreed DATE` alone where it was agreed and is not in use"),
    )


def _one_topic(_: Match[str]) -> Rewritten:
    """`act announce "announces" topic notices, talk`."""
    return Rewritten(
        say("an act has one topic"), say("leave the others out, or declare an act of its own for each of them")
    )


def _several_words(found: Match[str]) -> Rewritten:
    """`moments start of exercise`, `moments the start`."""
    words = found["words"].split()
    if not RESERVED.isdisjoint(set(words) - {"of", "a", "an", "the"}):
        return Rewritten("")
    name = "_".join(words[1:] if words[0] in ("the", "a", "an") else words)
    return instead(say("a moment has a name of one word"), f"{found['what']} {name}")


def _otherwise(found: Match[str]) -> Rewritten:
    message = say("how readers say that it is not so stands in front of the colon")
    return instead(message, f"{found['first'].rstrip()} otherwise {found['other']} : flag")


def _unsaid(found: Match[str]) -> Rewritten:
    head = " ".join(found["head"].split())
    remedy = say("write `{words}`, or a kind or `length from … to …` in place of `flag`", words=f"{head} : flag")
    return Rewritten(say("what it is stands behind a colon"), remedy)


def _on_topic(found: Match[str]) -> Rewritten:
    return instead(say("what an act is about is its `topic`"), f"{found['act']} topic {found['topic']}")


def _stating(found: Match[str]) -> Rewritten:
    return instead(say("what is stated in an act stands behind `stating`"), f"{found['act']} stating {found['items']}")


def _since(found: Match[str]) -> Rewritten:
    message = say("since when a channel works is said in one way")
    return instead(message, f"{found['channel']}operational from {found['date']}")


def _always_open(_: Match[str]) -> Rewritten:
    return Rewritten(say("a channel without hours is open at all times: leave `open …` out"))


def _hours(_: Match[str]) -> Rewritten:
    message = say("hours stand in front of the time zone, the days and whose they are")
    return Rewritten(message, say("write it as in `{words}`", words="open 08:30 to 17:15 Asia/Tokyo Mon to Fri at JP"))


def _implies(found: Match[str]) -> Rewritten:
    message = say("what follows from what is said with `implies`")
    return instead(message, f"{found['axiom']} {found['given'].strip()} implies {found['then'].strip()}")


def _means(found: Match[str]) -> Rewritten:
    return instead(
        say("a condition that a term stands for is behind `means`"), f"{found['term']} means {found['rest']}"
    )


_KNOWN: tuple[Known, ...] = tuple(
    (pattern(expression), told)
    for expression, told in (
        (
            rf"(?P<what>part(?:y|ies)|topics?)\s+(?={NAME}(?:\s*,|\s+and\s)){NAMES}(?=\s*\Z|\s*\n)",
            _several,
        ),
        (
            rf"(?P<what>{_ATTRIBUTES}|{'|'.join(_MEASURES)})\s+(?P<name>{NAME})(?:\s+of\s+\w+)?(?P<titles>{_TITLES})[^\n]*",
            _said_of_units,
        ),
        (
            (
                rf"{_HEAD}\s*(?:(?:one|any|either)\s+of\s*:?\s*)?"
                rf"(?P<values>{NAME}(?:\s*[|/]\s*{NAME}|(?:[ \t]*,|,?[ \t]+or)[ \t]+{NAME})+)"
            ),
            _named_values,
        ),
        (rf"{_HEAD}\s*(?P<low>{_VALUE})\s*(?:to|-|–)\s*(?P<high>{_VALUE})", _measured),
        (
            rf'(?P<first>(?:(?:each|shared)\s+)?{NAME}\s*"[^"\n]*"\s*):\s*flag\s+(?:not|else|otherwise|or)\s*(?P<other>"[^"\n]*")',
            _otherwise,
        ),
        (rf"(?P<head>(?:each|shared)[ \t]+{NAME}{_TITLES})[ \t]*(?=\n|\Z)", _unsaid),
        (rf"(?P<act>act\s+{NAME}{_TITLES})\s+(?:for|about|in|on|of)\s+(?P<topic>{NAME})", _on_topic),
        (rf"(?P<act>act\s+{NAME}{_TITLES})\s*\((?P<items>{NAME}(?:\s*,\s*{NAME})*)\)", _stating),
        (
            rf"{_LINE}(?:in\s+operation|operational|operating|works|usable)\s+(?:from|since|as\s+of)\s+{DATE}",
            _since,
        ),
        (rf"act\s+{NAME}{_TITLES}[^\n]*?\stopic\s+{NAME}\s*(?:,|and\s)\s*{NAME}", _one_topic),
        (
            rf"(?P<what>moments)\s+(?P<words>{NAME}(?:[ \t]+(?!(?:on|planned|repeating)\b){NAME})+)(?!\w)",
            _several_words,
        ),
        (
            rf"{_LINE}(?:answers?|answered|responds?|repl(?:y|ies))\s+(?:within|in|after)\s+(?P<longest>{_VALUE})",
            _answers,
        ),
        (
            rf"{_LINE}(?P<out>not\s+(?:yet\s+)?(?:operational|in\s+operation|operating|in\s+use|usable|established))(?!\w)",
            _not_in_use,
        ),
        (r"channel\s(?s:.*?)(?P<out>\s*open\s+(?:24/7|24\s*h\w*|always|at\s+all\s+(?:times|hours)))", _always_open),
        (
            rf"{_LINE}(?:open\s+(?:from\s+[0-9]|(?:{_CLOCKS}\s+|from\s+)?{_DAY}|on\s|between\s)|(?:hours|available)\s)[^\n]*",
            _hours,
        ),
        (rf"{_LINE}delay\s+(?:(?:up\s+to|at\s+most|of|about)\s+)?(?P<longest>{_VALUE})[^\n]*", _delay),
        (rf"(?P<axiom>axiom{_TITLES})\s+if\s+(?P<given>[^\n]+?)(?:,?\s+then\s+|,\s+)(?P<then>[^\n]+)", _implies),
        (rf"(?P<term>term\s+{NAME}{_TITLES})\s+is\s+(?P<rest>[^\n]*[<>=][^\n]*)", _means),
    )
)
