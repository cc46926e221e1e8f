"""Slips in what a vocabulary declares: parties, kinds, attributes, acts, channels."""

from __future__ import annotations

from collections.abc import Iterator
from re import Match

from cbm.patterns import pattern
from cbm.records import replace
from cbm.syntax.mistake import Mistake
from cbm.syntax.mistakes.failure import Failure
from cbm.syntax.mistakes.phrases.rewritten import (
    NAME,
    NAMES,
    PARTED,
    UNIT,
    Known,
    Rewritten,
    instead,
    rewritten,
    rewritten_around,
)
from cbm.syntax.mistakes.written_dates import WRITTEN_DATE
from cbm.syntax.signs import MEANT_UNITS
from cbm.syntax.tokens import RESERVED
from cbm.translation.listing import listed
from cbm.translation.saying import say

_TITLES = r'(?:\s*(?:[a-z]{2,3}\s+)?"[^"\n]*")*'
_HEAD = rf"(?P<head>(?:(?:each|shared|open\s+term|result(?:\s+each)?)\s+)?(?!options?\b){NAME}{_TITLES}\s*:)"
_MEANT = "|".join(sorted((unit for unit in MEANT_UNITS if unit.isascii()), key=len, reverse=True))
_VALUE = rf"[0-9][0-9,]*(?:\.[0-9]+)?(?:\s*(?:{UNIT}|{_MEANT})(?!\w))?(?![\w/])"
_AMOUNT = pattern(r"([0-9][0-9,.]*)\s*(\D*)")
_DIMENSION = r"(?:length|speed|duration|count)"
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
    """What a newcomer declares, and how it is written: looked at from the first word of the line, or the statement.

    A line that begins no statement was read as a part of the one above it, and nothing can be tried in its place.
    """
    if failure.begins_line:
        known = (*_OF_A_LINE, *(_OF_ACTS if failure.piece.opening in _BESIDE_ACTS else ()))
        yield from (replace(one, mend=None) for one in rewritten(failure, known, failure.line_start))
    for start in dict.fromkeys((failure.line_start, failure.piece.start)):
        yield from rewritten(failure, _KNOWN, start)
    yield from rewritten_around(failure, _ANYWHERE, 2)
    if failure.accepts("PER_PARTY"):
        yield from rewritten(failure, _PER_PARTY, failure.place.start)


def _several(found: Match[str]) -> Rewritten:
    what = {"parties": "party", "topics": "topic", "languages": "language"}.get(found["what"], found["what"])
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
    low, high, unit = _range(found["low"], found["high"])
    message = say("what is measured stands in front of its range")
    if unit not in _MEASURED:
        return Rewritten("")
    return instead(message, f"{found['head']} {_MEASURED[unit]} from {low} to {high}")


def _range(low: str, high: str) -> tuple[str, str, str]:
    """Both ends with the unit of either, and that unit, as they are written here."""
    parts = [_AMOUNT.fullmatch(value.strip()) for value in (low, high)]
    amounts = [(part[1], MEANT_UNITS.get(part[2].strip().lower(), part[2].strip())) for part in parts if part]
    unit = amounts[-1][1] or amounts[0][1]
    low, high = (f"{amount} {own or unit}".strip() for amount, own in amounts)
    return low, high, unit


def _ranged(found: Match[str]) -> Rewritten:
    """`: speed 0 kt to 40 kt`, `: speed up to 40 kt`, `: length between 500 m and 2,000 m`."""
    if (not found["low"] and not found["most"]) or (found["from"] and (found["to"] or "").strip() == "to"):
        return Rewritten("")
    low, high, _ = _range(found["low"] or "0", found["high"])
    message = say("the range of what is measured stands behind `from`")
    return instead(message, f"{found['head']} {found['measure']} from {low} to {high}")


def _round(found: Match[str]) -> Rewritten:
    """`: angle 0 to 360`."""
    message = say("an angle goes from 0 to 360 degrees by itself: leave the range out")
    return Rewritten(message, words=f"{found['head']} angle")


def _over_time(found: Match[str]) -> Rewritten:
    """`: length over time from 0 m to 5 m`, `"distance" over time : length`."""
    return instead(say("`over time` stands at the end"), f"{found['head'].rstrip()} {found['what'].strip()} over time")


def _colon(found: Match[str]) -> Rewritten:
    """`each armed "armed" flag`, `result gap length from 0 m to 5 m topic talk`."""
    head = " ".join(found["head"].split())
    return instead(say("what it is stands behind a colon"), f"{head} : {found['what'].strip()}")


def _attribute_of_words(found: Match[str]) -> Rewritten:
    """`shared sea state : count from 0 to 9`, `each unit armed : flag`."""
    words = found["words"].split()
    name = "_".join(words[1:] if words[0] in ("unit", "role") else words)
    head = f"{found['what']} {name}{found['titles']} :"
    return instead(say("an attribute has a name of one word"), " ".join(head.split()))


def _area(found: Match[str]) -> Rewritten:
    """`zone adiz "ADIZ"`, `area box from 30N to 31N`."""
    words = " ".join(f"kind zone also {found['name']}{found['titles']}".split())
    return Rewritten(
        say("an area is a value of a kind, and has no bounds in degrees"),
        say("write `{words}` where a vocabulary in use has the kind `zone`, and else `kind zone = …`", words=words),
    )


def _takes(found: Match[str]) -> Rewritten:
    """`fire only when night`, `fire needs visibility > 5 nmi`."""
    return instead(say("what an act takes is said with `requires`"), f"{found['act']} requires {found['rest'].strip()}")


def _never_with(found: Match[str]) -> Rewritten:
    """`never fire and call`, `fire excludes call`."""
    message = say("which acts no unit does both is said with `never … with …`")
    return instead(message, f"never {found['act']} with {found['other']}")


def _reasoned(found: Match[str]) -> Rewritten:
    """`axiom "night" visibility < 5 nmi when night`, `axiom "night" night -> visibility < 5 nmi`."""
    message = say("what follows from what is said with `implies`")
    given, then = (found[part].strip() for part in ("given", "then"))
    if any(f" {word} " in f" {part} " for part in (given, then) for word in ("implies", "if", "when")):
        return Rewritten("")
    return instead(message, f"{found['axiom']} {given} implies {then}")


def _by_cases(found: Match[str]) -> Rewritten:
    return instead(say("a quantity by cases stands behind `is`"), f"{found['term']} is {found['rest']}")


def _in_all_cases(found: Match[str]) -> Rewritten:
    message = say("what a term stands for in all cases is behind `means`")
    return instead(message, f"{found['term']} means {found['value'].strip()}")


def _last_row(found: Match[str]) -> Rewritten:
    message = say("what holds in all other cases stands at the end, with `otherwise`")
    return instead(message, f"{found['before'].rstrip(' ,')}, {found['value'].strip()} otherwise")


def _term_of_words(found: Match[str]) -> Rewritten:
    name = "_".join(found["words"].replace("-", " ").split())
    return instead(say("a term has a name of one word"), f"term {name} {found['is']}")


def _before_topic(found: Match[str]) -> Rewritten:
    """`act hail topic talk stating name`."""
    once = " once" if found["once"] else ""
    words = f"{found['act']} stating {found['items']}{once} topic {found['topic']}"
    return instead(say("what is stated in an act stands in front of its topic"), words)


def _once(found: Match[str]) -> Rewritten:
    return instead(say("what is done at most once is said with `once`"), f"{found['act']} once")


def _not_needed(found: Match[str]) -> Rewritten:
    return Rewritten(say("`{word}` is not needed: leave it out", word=found["out"].strip()))


def _result_on(found: Match[str]) -> Rewritten:
    return instead(say("what a result is about is its `topic`"), f"{found['result']} topic {found['topic']}")


def _result_of_each(_: Match[str]) -> Rewritten:
    return instead(say("a result that every role has its own of begins with `result each`"), "result each ")


def _repeating(found: Match[str]) -> Rewritten:
    message = say("how often a moment may come is said with `repeating up to`")
    return instead(message, f"{found['before']} repeating up to {found['most']}")


def _ordered(found: Match[str]) -> Rewritten:
    message = say("which of two comes first is said with `is before` or `is after`")
    return instead(message, f"{found['one']} is {found['order']}")


def _year_before(found: Match[str]) -> Rewritten:
    message = say("which year is meant is said with `of the year of …` or `of the year before that of …`")
    return instead(message, f"of the year before that of {found['of']}")


def _one_of(found: Match[str]) -> Rewritten:
    """`open term hostile_act : lase, call`, `options reach : CN, JP`."""
    if found["listed"]:
        return Rewritten("")
    values = ", ".join(value.strip() for value in _BETWEEN_VALUES.split(found["values"]))
    return instead(say("what can be taken is listed behind `one of`"), f"{found['head']} one of {values}")


def _per_party(_: Match[str]) -> Rewritten:
    return instead(say("what each party reads for itself is said with `per party`"), "per party")


def _party_since(_: Match[str]) -> Rewritten:
    """`party US "United States" from 1992-01-01`."""
    return Rewritten(
        say("since when a State is a party is said in the header of each text"),
        say("write `{words}` there", words="between CN, US from DATE"),
    )


def _successor(_: Match[str]) -> Rewritten:
    """`party RU successor of SU from 1991-12-26`."""
    return Rewritten(
        say("a State that goes on under another name is not one that takes the place of another"),
        say(
            "write `{words}` here for the first, and `{others}` in the header of a text for the second",
            words="party RU continues SU from DATE",
            others="between US, RU succeeds SU",
        ),
    )


def _title_in_header(_: Match[str]) -> Rewritten:
    return Rewritten(say("the title of a text stands in its header, behind its name"))


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


def _implies(found: Match[str]) -> Rewritten:
    message = say("what follows from what is said with `implies`")
    return instead(message, f"{found['axiom']} {found['given'].strip()} implies {found['then'].strip()}")


def _means(found: Match[str]) -> Rewritten:
    return instead(
        say("a condition that a term stands for is behind `means`"), f"{found['term']} means {found['rest']}"
    )


_BESIDE_ACTS = frozenset(("act", "result", "never", "requires", "axiom", "term", "topic"))
_OF_A_LINE: tuple[Known, ...] = tuple(
    (pattern(expression), told)
    for expression, told in (
        (
            (
                rf"(?P<head>(?:each|shared)[ \t]+{NAME}{_TITLES})[ \t]+"
                rf"(?P<what>(?:flag|party|{_DIMENSION}|angle)(?![\w:])[^\n]*)"
            ),
            _colon,
        ),
        (
            rf"(?P<what>each|shared)[ \t]+(?P<words>{NAME}(?:[ \t]+{NAME})+)(?P<titles>{_TITLES})\s*:",
            _attribute_of_words,
        ),
        (rf"(?P<head>(?:each|shared)[ \t]+{NAME}{_TITLES})[ \t]+over[ \t]+time\s*(?P<what>:[^\n]*)", _over_time),
        (rf"(?:zones?|areas?)[ \t]+(?P<name>(?!(?:is|in|not|at|from)\b){NAME})(?P<titles>{_TITLES})", _area),
        (r"title\s*:?\s*\"", _title_in_header),
    )
)
_OF_ACTS: tuple[Known, ...] = tuple(
    (pattern(expression), told)
    for expression, told in (
        (
            (
                rf"(?P<act>{NAME})\s+(?:needs|only\s+(?:when|if|where)|is\s+(?:only\s+)?possible\s+(?:only\s+)?(?:when|if|where))"
                r"\s+(?P<rest>[^\n]+)"
            ),
            _takes,
        ),
        (
            rf"(?P<act>{NAME})\s+(?:never\s+with|excludes?|not\s+with|never\s+together\s+with)\s+(?P<other>{NAME})",
            _never_with,
        ),
    )
)
_ANYWHERE: tuple[Known, ...] = tuple(
    (pattern(expression), told)
    for expression, told in (
        (
            rf"(?P<one>{NAME}(?:\.{NAME})?)\s+(?:occurs|happens|comes|takes\s+place)\s+(?P<order>before|after)(?!\w)",
            _ordered,
        ),
        (rf"of\s+the\s+year\s+before\s+(?P<of>(?!that\b){NAME})(?!\w)", _year_before),
    )
)
_PER_PARTY: tuple[Known, ...] = ((pattern(r"(?:by|for|of)\s+(?:each\s+|every\s+)?part(?:y|ies)(?!\w)"), _per_party),)
_KNOWN: tuple[Known, ...] = tuple(
    (pattern(expression), told)
    for expression, told in (
        (
            rf"(?P<what>part(?:y|ies)|topics?|languages?)\s+(?={NAME}(?:\s*,|\s+and\s)){NAMES}(?=\s*\Z|\s*\n)",
            _several,
        ),
        (
            rf"(?P<what>{_ATTRIBUTES}|{'|'.join(_MEASURES)})\s+(?P<name>{NAME})(?:\s+of\s+\w+)?(?P<titles>{_TITLES})[^\n]*",
            _said_of_units,
        ),
        (
            (
                rf"(?P<head>(?:open\s+term|options)\s+{NAME}{_TITLES})\s*:?\s*"
                r"(?:(?P<listed>one\s+of\s+)|(?:one|any|either)\s+(?:of\s*)?:?\s*)?"
                rf"(?P<values>{NAME}(?:(?:\s*,|\s*/|,?\s+or|\s*\|)\s*{NAME})+)"
                r"(?=\s*(?:\Z|\n|per\b|source\b|text\b|by\b|for\b))"
            ),
            _one_of,
        ),
        (
            (
                rf"{_HEAD}\s*(?:(?:one|any|either)\s+of\s*:?\s*)?"
                rf"(?P<values>{NAME}(?:\s*[|/]\s*{NAME}|(?:[ \t]*,|,?[ \t]+or)[ \t]+{NAME})+)"
            ),
            _named_values,
        ),
        (rf"{_HEAD}\s*(?:from\s+|between\s+)?(?P<low>{_VALUE})\s*(?:to|-|–|and)\s*(?P<high>{_VALUE})", _measured),
        (
            (
                rf"{_HEAD}\s*(?P<measure>{_DIMENSION})\s+(?:(?P<most>up\s+to|at\s+most)\s+|between\s+|(?P<from>from\s+))?"
                rf"(?:(?P<low>{_VALUE})\s*(?P<to>to|-|–|and)\s*)?(?P<high>{_VALUE})"
            ),
            _ranged,
        ),
        (rf"{_HEAD}\s*angle\s+(?:from\s+)?[0-9][^\n]*?(?=\s*(?:topic\b|\Z|\n))", _round),
        (rf"(?P<head>[^\n]*?:\s*{_DIMENSION})\s+over\s+time\s+(?P<what>from\s+[^\n]+)", _over_time),
        (r"(?:each|shared)?[^\n]*?:[^\n]*?(?P<out>(?:changing|varying|which\s+changes)\s+)over\s+time", _not_needed),
        (rf"(?P<head>result\s+(?:each\s+)?{NAME}{_TITLES})\s+(?P<what>(?:{_DIMENSION}|angle)\b[^\n]*)", _colon),
        (rf"(?P<result>result\s[^\n]*?)\s+(?:on|about|for|concerning)\s+(?P<topic>{NAME})(?=\s*(?:\Z|\n))", _result_on),
        (r"result\s+of\s+each\s+", _result_of_each),
        (
            rf"never\s+(?:both\s+)?(?P<act>{NAME})\s*(?:,|(?:and|or|nor|together\s+with)(?!\w))\s*(?P<other>{NAME})(?=\s*(?:\Z|\n))",
            _never_with,
        ),
        (rf"kind\s+{NAME}\s+also\s+(?P<out>(?:includes?|including)\s+){NAME}", _not_needed),
        (
            rf"(?P<axiom>axiom{_TITLES})\s+(?:when|where|whenever)\s+(?P<given>[^\n]+?)(?:,?\s+then\s+|,\s+)(?P<then>[^\n]+)",
            _reasoned,
        ),
        (rf"(?P<axiom>axiom{_TITLES})\s+(?P<then>[^\n]+?)\s+(?:if|when|where|whenever)\s+(?P<given>[^\n]+)", _reasoned),
        (
            rf"(?P<axiom>axiom{_TITLES})\s+(?P<given>[^\n]+?)\s*(?:=>|->|→|⇒|\s(?:requires|means|entails|then))\s+(?P<then>[^\n0-9][^\n]*)",
            _reasoned,
        ),
        (rf"(?P<term>term\s+{NAME}{_TITLES})\s+means\s+(?P<rest>{_VALUE}\s+(?:when|if)\s[^\n]*)", _by_cases),
        (rf"(?P<term>term\s+{NAME}{_TITLES})\s+is\s+(?P<value>{_VALUE})(?=\s*(?:\Z|\n))", _in_all_cases),
        (
            rf"(?P<before>term\s+{NAME}{_TITLES}\s+is\s[^\n]*?\s(?:when|if)\s[^\n]*?),?\s*(?:else|otherwise)\s+(?P<value>{_VALUE})(?=\s*(?:\Z|\n))",
            _last_row,
        ),
        (rf"term\s+(?P<words>{NAME}(?:[ \t]+(?!means\b|is\b){NAME})+)[ \t]+(?P<is>means|is)\b", _term_of_words),
        (
            (
                rf"(?P<act>act\s+{NAME}{_TITLES})(?P<once>\s+once)?\s+topic\s+(?P<topic>{NAME})\s+stating\s+"
                rf"(?P<items>{NAME}(?:\s*,\s*{NAME})*)"
            ),
            _before_topic,
        ),
        (
            (
                rf"(?P<act>act\s+{NAME}{_TITLES})\s+(?:states|giving|gives|with|containing|including|saying|says)\s+"
                rf"(?P<items>{NAME}(?:\s*,\s*{NAME})*)(?=\s+(?:once\s+)?topic\b)"
            ),
            _stating,
        ),
        (
            rf"(?P<act>act\s+{NAME}{_TITLES})\s+(?:only\s+once|at\s+most\s+once|once\s+only|(?:just|not\s+more\s+than)\s+once)",
            _once,
        ),
        (rf"act\s+{NAME}{_TITLES}\s+(?P<out>(?:on|about|of|for|under|with)\s+)topic\b", _not_needed),
        (
            (
                rf"(?P<before>moments\s(?:[^\n]*?,\s*)?{NAME}{_TITLES})\s+(?:(?:repeating|repeated|repeats|recurring|occurring|happening)\s+)?"
                r"(?:up\s+to|at\s+most)\s+(?P<most>[0-9]+)(?:\s+times)?(?!\w)"
            ),
            _repeating,
        ),
        (rf"party\s+{NAME}{_TITLES}\s+(?:from|since|until|till)\s+{WRITTEN_DATE}", _party_since),
        (
            rf"party\s+{NAME}\s+(?:is\s+)?(?:the\s+)?(?:successor\s+(?:of|to)|succeeds|succeeded|replaces|formerly)\s+{NAME}",
            _successor,
        ),
        (rf"titles\s+(?P<out>in\s+){NAME}", _not_needed),
        (
            rf'(?P<first>(?:(?:each|shared)\s+)?{NAME}\s*"[^"\n]*"\s*):\s*flag\s+(?:not|else|otherwise|or)\s*(?P<other>"[^"\n]*")',
            _otherwise,
        ),
        (rf"(?P<head>(?:each|shared)[ \t]+{NAME}{_TITLES})[ \t]*(?=\n|\Z)", _unsaid),
        (rf"(?P<act>act\s+{NAME}{_TITLES})\s+(?:for|about|in|on|of)\s+(?P<topic>{NAME})", _on_topic),
        (rf"(?P<act>act\s+{NAME}{_TITLES})\s*\((?P<items>{NAME}(?:\s*,\s*{NAME})*)\)", _stating),
        (rf"act\s+{NAME}{_TITLES}[^\n]*?\stopic\s+{NAME}\s*(?:,|and\s)\s*{NAME}", _one_topic),
        (
            rf"(?P<what>moments)\s+(?P<words>{NAME}(?:[ \t]+(?!(?:on|planned|repeating)\b){NAME})+)(?!\w)",
            _several_words,
        ),
        (
            r"(?P<out>not\s+(?:yet\s+)?(?:operational|in\s+operation|operating|in\s+use|usable|established))(?!\w)",
            _not_in_use,
        ),
        (rf"(?P<axiom>axiom{_TITLES})\s+if\s+(?P<given>[^\n]+?)(?:,?\s+then\s+|,\s+)(?P<then>[^\n]+)", _implies),
        (rf"(?P<term>term\s+{NAME}{_TITLES})\s+is\s+(?P<rest>[^\n]*[<>=][^\n]*)", _means),
    )
)
