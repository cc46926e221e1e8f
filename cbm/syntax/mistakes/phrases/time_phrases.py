"""Slips in when something is to be done: deadlines, lead times and what recurs, as agreements on notices put it."""

from __future__ import annotations

from collections.abc import Iterator
from re import IGNORECASE, Match

from cbm.patterns import pattern
from cbm.syntax.mistake import Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.mistakes.phrases.rewritten import NAME, Known, Rewritten, instead, rewritten_around
from cbm.syntax.mistakes.slip_words import PROMPTLY, role_bound, vague_time
from cbm.syntax.numbers_in_words import TO_99, number_of
from cbm.translation.saying import mark, say

_UNITS = {
    "day": "day",
    "days": "days",
    "hour": "h",
    "hours": "h",
    "minute": "min",
    "minutes": "min",
    "h": "h",
    "min": "min",
}
_WEEKS = ("week", "weeks")
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_NUMBER = rf"(?:[0-9]+|{TO_99})"
_PARTS_OF_HOURS = {"half an": 30, "a quarter of an": 15, "three quarters of an": 45, "an": 60}  # in minutes
_PART_OF_HOUR = "|".join(_PARTS_OF_HOURS).replace(" ", r"\s+")
_UNIT = "(?:" + "|".join(sorted((*_UNITS, *_WEEKS), key=len, reverse=True)) + r")(?!\w)"
_SOONER, _LATER = r"(?:before|prior\s+to|ahead\s+of|in\s+advance\s+of)", r"(?:after|following)"
_WORDS_READ = 6  # before the place at which reading ended, of those that may begin the phrase


def time_phrases(failure: Failure) -> Iterator[Mistake]:
    """What stands at the place where reading ended, or begins a few words before it."""
    if failure.piece.opening == "clause":
        yield from rewritten_around(failure, _KNOWN, _WORDS_READ)


def _length(found: Match[str], number: str = "number", unit: str = "unit") -> str:
    """`14 days` for `fourteen days` and for `two weeks`."""
    figure = _figure(found[number])
    if found[unit].lower() in _WEEKS:
        return f"{7 * figure} days"
    return f"{figure} {_UNITS[found[unit].lower()]}"


def _figure(number: str) -> int:
    return int(number_of(number, "en"))


def _minutes(length: str) -> int:
    figure, unit = length.split()
    return int(figure) * {"min": 1, "h": 60}.get(unit, 24 * 60)


def not_until_later(failure: Failure) -> Mistake | None:
    """`must not fire until 48 h after own.notify`, `must wait 48 h after own.notify before fire`.

    `within 48 h after own.notify` would leave free who notifies nobody, and what is done before that.
    """
    if failure.piece.opening != "clause":
        return None
    for form, said in ((_NOT_UNTIL, ""), (_WAITS, "must not {act} ")):
        for found in form.finditer(failure.text, failure.piece.start, failure.piece.end):
            if found.start() <= failure.place.start <= found.end():
                ban = said.format(act=found["act"])
                point, length = found["point"], _length(found)
                apart = f"{ban}unless {point} is at least {length} before {role_bound(failure)}.{found['act']}"
                return failure.says(
                    say("what is forbidden until some time after something is said as a condition of each doing"),
                    say("write `{words}`", words=apart),
                    say(
                        "or write `{words}`, which forbids it in that time alone",
                        words=f"{ban}within {length} after {point}",
                    ),
                    at=Written(found["said"], found.start("said"), found.end("said")),
                )
    return None


def _vague(found: Match[str]) -> Rewritten:
    """`in due course`, `as early as possible`."""
    return Rewritten(*vague_time(" ".join(found[0].split())))


def _lead_time(found: Match[str]) -> Rewritten:
    """`not later than 14 days before`, `not after 14 days before`, `earlier than 14 days before`."""
    return instead(say("a shortest time before something is said with `at least`"), f"at least {_length(found)} before")


def _or_more(found: Match[str]) -> Rewritten:
    """`14 days or more before`, `14 or more days before`; `14 days before` could mean within that time as well."""
    if "more" not in found[0].lower().split():
        return Rewritten("")
    return _lead_time(found)


def _longest_before(found: Match[str]) -> Rewritten:
    """`not earlier than 14 days before`, `at most 14 days before`, `after 14 days before`."""
    message = say("a longest time before something is said with `within`")
    return instead(message, f"within {_length(found)} before")


def _at_the_latest(found: Match[str]) -> Rewritten:
    """`14 days before start at the latest`."""
    before = _BEFORE.fullmatch(found["when"])
    words = f"{_length(found)} {'before' if before else 'after'} {found['moment']}"
    if before:
        return instead(say("a shortest time before something is said with `at least`"), f"at least {words}")
    return instead(say("a longest time after something is said with `within`"), f"within {words}")


def _shortest_after(found: Match[str]) -> Rewritten:
    """`not earlier than 2 h after`, `not before 2 h after`."""
    return instead(say("a shortest time after something is said with `at least`"), f"at least {_length(found)} after")


def _more_or_less(found: Match[str]) -> Rewritten:
    """`more than 14 days before`, `less than 2 h after`: whether the length itself is meant is a question of words."""
    bound = "within" if found["sign"].lower() in ("less", "fewer") else "at least"
    when = "before" if _BEFORE.fullmatch(found["when"]) else "after"
    return Rewritten(
        say("`{words}` is not how a time is said", words=f"{found['sign']} than"),
        say("write `{words}`, which counts the moment itself as kept", words=f"{bound} {_length(found)} {when}"),
    )


def _at_moment(found: Match[str]) -> Rewritten:
    """`at start`."""
    return Rewritten(
        say("`at` could mean a moment or a condition"),
        say(
            "write `upon {name}` for a moment; a condition stands before what is asked, as `when {name}`",
            name=found["name"],
        ),
    )


def _during(found: Match[str]) -> Rewritten:
    """`during the exercise`."""
    return Rewritten(
        say("`{word}` does not say from when until when", word=found["word"].lower()),
        say("write `from … until …` with two moments, or `when …` before what is asked for what is so meanwhile"),
    )


def _and_another(found: Match[str]) -> Rewritten:
    """`before start and after end`, `within 24 h after decision, but before start`."""
    word = found["word"].lower()
    message = say("`{word}` joins no times", word=word)
    if word == "or":
        way = mark("write in a clause of its own: `… is deemed to comply with … if it does …`, with the other time")
        return Rewritten(message, say(way))
    way = mark("leave `{word}` out if both limit one doing, or write a clause of its own if it is to be done at both")
    return Rewritten(message, say(way, word=word))


def _on_that_day(found: Match[str]) -> Rewritten:
    """`on the day of decision`, `the same day`."""
    message = say("`{words}` is counted by the clock of a place", words=" ".join(found[0].split()))
    return Rewritten(message, say("write, for example, `within 24 h after …`"))


def _working_days(found: Match[str]) -> Rewritten:
    """`at least 14 working days before`, `no later than 14 calendar days before`."""
    figure, days = _figure(found["number"]), f"{found['sort'].lower()} days"
    return Rewritten(
        say("`{words}` are counted by the clock of a place", words=days),
        say(
            "write, for example, `{words}`, or `{days}` of 24 hours each",
            words=f"{figure} {days} in Asia/Tokyo",
            days=f"{figure} days",
        ),
    )


def _in_advance(found: Match[str]) -> Rewritten:
    """`14 days in advance`."""
    return Rewritten(
        say("`{words}` does not say what it is counted from", words=" ".join(found[0].split())),
        say("write `at least {length} before …`", length=_length(found)),
    )


def _in_figures(found: Match[str]) -> Rewritten:
    """`fourteen days`, `two weeks`, `2 weeks`."""
    weeks = found["unit"].lower() in _WEEKS
    if not weeks and found["number"].isdecimal():
        return Rewritten("")
    message = (
        say("a time is counted in days, hours, minutes or seconds") if weeks else say("numbers are written in figures")
    )
    words = f"{found['before'] or ''}{_length(found)}{found['behind'] or ''}"
    # Alone it does not say whether it is a shortest or a longest time, and that is told next.
    return (
        instead(message, words)
        if found["before"] or not found["behind"]
        else Rewritten(message, instead("", words).remedy)
    )


def _part_of_an_hour(found: Match[str]) -> Rewritten:
    """`within half an hour after`."""
    length = f"{_PARTS_OF_HOURS[' '.join(found['part'].lower().split())]} min"
    words = f"{found['before']}{'1 h' if length == '60 min' else length}"
    return instead(say("numbers are written in figures"), words)


def _no_length(found: Match[str]) -> Rewritten:
    """`3 months`."""
    return Rewritten(
        say("`{unit}` has no fixed length", unit=found["unit"].lower().removesuffix("s")),
        say("write how many days are meant, as in `30 days`"),
    )


def _recurring(found: Match[str]) -> Rewritten:
    """`once a year`, `every month`, `twice a year from start until end`."""
    unit = found["unit"].lower().removesuffix("s")
    days = _DAYS[unit] * (_figure(found["number"]) if found["number"] else 1)
    length = f"{days // 2} days" if found["twice"] and days > 1 else f"{days} days" if days > 1 else "1 day"
    every = f"every {length} from … until …"
    if found["span"] is None:
        return Rewritten(
            say("`{words}` does not say from when and until when it recurs", words=" ".join(found[0].split())),
            say("write, for example, `{every}`, with a moment in each place", every=every),
        )
    if unit in ("day", "week"):
        message = say("a time is counted in days, hours, minutes or seconds")
        return Rewritten(message, say("write `{words}`", words=f"every {length}"))
    message = say("`{unit}` has no fixed length", unit=unit)
    return Rewritten(message, say("write how many days are meant, as in `{every}`", every=every))


def _of_the_moment(found: Match[str]) -> Rewritten:
    """`before the start`, `before the start of the exercise`: of what it is one is in its name or nowhere."""
    message, words = (
        say("a moment stands by its name alone"),
        f"{' '.join(found['when'].lower().split())} {found['moment']}",
    )
    if found["of"]:
        return Rewritten(message, say("write `{words}`, if that is the moment that is meant", words=words))
    return instead(message, words)


def _of_a_message(found: Match[str]) -> Rewritten:
    """`after receipt of the notice`, `after the notice of the other party`."""
    return Rewritten(
        say("a time counts from a moment, or from an act and whose act it is"),
        say("write `{when} ROLE.ACT` with the act that is meant, as in `after other.call`", when=found["when"].lower()),
    )


def _barred_for(found: Match[str]) -> Rewritten:
    """`must not begin_activity for 48 h after incident`; of a duty it would say that it goes on."""
    within = f"within {_length(found)} after"
    message = say("a time that counts from something is said with `within`")
    return instead(message, f"{' '.join(found['barred'].split())} {within}", within)


def _each_time(found: Match[str]) -> Rewritten:
    """`within 1 min after each other.call`."""
    return Rewritten(say("`{word}` is not needed: leave it out", word=found["out"].strip()))


def _what_was_done(found: Match[str]) -> Rewritten:
    """`unless it has notified`; with a role in place of `it` the act is told where names are known."""
    word = found["word"].lower()
    return Rewritten(
        say("what a unit has done is said by its role and the act, with a dot between them"),
        say("write `{word} ROLE.ACT` with those that are meant, as in `{word} other.call`", word=word),
    )


def _by_day(found: Match[str]) -> Rewritten:
    """`by 15 November`, `by November 15 each year`."""
    day, month = found["day"] or found["later_day"], (found["month"] or found["first_month"]).capitalize()
    return Rewritten(
        say("a day of the calendar stands behind `not later than`"),
        say("write, for example, `not later than {day} of the year of … in Asia/Tokyo`", day=f"{day} {month}"),
    )


def _between(found: Match[str]) -> Rewritten:
    """`between 14 and 30 days before start`, `from 30 days until 14 days before start`."""
    first = _length(found, "first", "first_unit" if found["first_unit"] else "unit")
    if "began" in found.re.groupindex and (found["began"], found["point"]) != (found["when"], found["moment"]):
        return Rewritten("")
    lengths = sorted((first, _length(found, "second", "unit")), key=_minutes)
    when = "before" if _BEFORE.fullmatch(found["when"]) else "after"
    message = say("a shortest and a longest time are said one behind the other")
    return instead(
        message, f"at least {lengths[0]} {when} {found['moment']} within {lengths[1]} {when} {found['moment']}"
    )


def _up_to_it(found: Match[str]) -> Rewritten:
    """`from 10 days before start until start`, `between 10 days before start and the start`."""
    if found["point"].lower() != found["end"].lower():
        return Rewritten("")
    message = say("a longest time before something is said with `within`")
    return instead(message, f"within {_length(found)} before {found['end']}")


def _until_then(found: Match[str]) -> Rewritten:
    """`must not begin_activity before 14 days after own.notify`."""
    return instead(say("a time that counts from something is said with `within`"), f"within {_length(found)} after")


_ENDING = r"(?!\w)(?=\s*(?:\Z|\n|[;,#])|\s+(?:within|at|unless|through|stating|otherwise|except|in|to|subject)(?!\w))"
_BEFORE = pattern(_SOONER, IGNORECASE)
_AMOUNT = rf"(?P<number>{_NUMBER})\s+(?P<unit>{_UNIT})"
_BOUNDED = r"(?:at\s+least|within|not?\s+(?:later|less)\s+than)"
_NOT_MORE = r"(?:not?\s+(?:earlier|sooner|more)\s+than|not\s+before|at\s+(?:the\s+)?most|a\s+maximum\s+of)"
_SHORTEST_AND_LONGEST = tuple(
    rf"{before}(?P<first>{_NUMBER})(?:\s+(?P<first_unit>{_UNIT}))?\s+{between}"
    rf"\s+(?P<second>{_NUMBER})\s+(?P<unit>{_UNIT})\s+(?P<when>{_SOONER}|{_LATER})\s+(?:the\s+)?(?P<moment>{NAME})"
    for before, between in (
        (r"between\s+", "and"),
        (r"(?:from\s+)?", "(?:to|until)"),
        (r"(?:from|between)\s+", rf"(?P<began>{_SOONER}|{_LATER})\s+(?:the\s+)?(?P<point>{NAME})\s+(?:to|until|and)"),
        (
            r"(?:at\s+least|not?\s+(?:less|later)\s+than)\s+",
            r",?\s*(?:and|but)\s+(?:at\s+most|not?\s+(?:more|earlier)\s+than)",
        ),
    )
)
_DAY = (
    rf"by\s+(?:the\s+)?(?:(?P<day>[0-9]{{1,2}})\s+(?P<month>{_MONTH})|(?P<first_month>{_MONTH})\s+(?P<later_day>[0-9]{{1,2}}))"
    r"(?:\s+(?:of\s+)?(?:each|every)\s+year)?(?!\w)"
)
_POINT = rf"(?P<point>{NAME}(?:\.{NAME})?)(?![\w.])"
_NOT_UNTIL = pattern(
    rf"(?<!\w)(?:must|shall|should|may)\s+not\s+(?P<act>{NAME})\s+(?P<said>(?:until|before|(?:earlier|sooner)\s+than)"
    rf"\s+{_AMOUNT}\s+(?:have\s+passed\s+)?{_LATER}\s+(?:the\s+)?{_POINT})",
    IGNORECASE,
)
_WAITS = pattern(
    rf"(?<!\w)(?P<said>must\s+wait\s+(?:for\s+)?{_AMOUNT}\s+{_LATER}\s+(?:the\s+)?{_POINT}\s+before\s+(?P<act>{NAME}))(?!\w)",
    IGNORECASE,
)
_KNOWN: tuple[Known, ...] = (
    (PROMPTLY, _vague),
    *(
        (pattern(expression, IGNORECASE), told)
        for expression, told in (
            (
                rf"(?:{_BOUNDED}\s+)?(?P<number>{_NUMBER})\s+(?P<sort>working|calendar)\s+days?\s+(?:{_SOONER}|{_LATER})(?!\w)",
                _working_days,
            ),
            (
                rf"(?:at\s+least\s+)?(?P<number>{_NUMBER})\s+(?:or\s+more\s+)?(?P<unit>{_UNIT})\s+(?:or\s+more\s+)?{_SOONER}(?:\s+the)?(?!\w)",
                _or_more,
            ),
            (
                rf"(?:not?\s+(?:later|less)\s+than|not\s+after|at\s+the\s+latest|at\s+minimum)\s+{_AMOUNT}\s+{_SOONER}(?:\s+the)?(?!\w)",
                _lead_time,
            ),
            (rf"(?:{_NOT_MORE}|at\s+the\s+earliest)\s+{_AMOUNT}\s+{_SOONER}(?:\s+the)?(?!\w)", _longest_before),
            (rf"(?:before|(?:earlier|sooner)\s+than)\s+{_AMOUNT}\s+{_SOONER}(?:\s+the)?(?!\w)", _lead_time),
            (rf"after\s+{_AMOUNT}\s+{_SOONER}(?:\s+the)?(?!\w)", _longest_before),
            (rf"not?\s+(?:earlier|sooner)\s+than\s+{_AMOUNT}\s+{_LATER}(?:\s+the)?(?!\w)", _shortest_after),
            (rf"not\s+before\s+{_AMOUNT}\s+{_LATER}(?:\s+the)?(?!\w)", _shortest_after),
            (
                rf"(?P<sign>more|less|fewer|longer)\s+than\s+{_AMOUNT}\s+(?P<when>{_SOONER}|{_LATER})(?:\s+the)?(?!\w)",
                _more_or_less,
            ),
            (
                rf"{_AMOUNT}\s+(?P<when>{_SOONER}|{_LATER})\s+(?:the\s+)?(?P<moment>{NAME}),?\s+at\s+the\s+latest(?!\w)",
                _at_the_latest,
            ),
            (rf"at\s+(?:the\s+)?(?P<name>(?!(?:time|latest|earliest|least|most|level)\b){NAME}){_ENDING}", _at_moment),
            (rf"(?P<word>during|throughout)\s+(?:the\s+)?{NAME}(?!\w)", _during),
            (
                rf",?\s*(?P<word>and|or|but)\s+(?:{_SOONER}|{_LATER}|within|at\s+least|upon|until|from|not\s+later)(?!\w)",
                _and_another,
            ),
            (rf"(?:on\s+)?(?:the\s+same\s+day|the\s+day\s+of\s+{NAME})(?!\w)", _on_that_day),
            (rf"(?:at\s+least\s+)?{_AMOUNT}\s+(?:in\s+advance(?!\s+of)|beforehand|ahead(?!\s+of))(?!\w)", _in_advance),
            *((form, _between) for form in _SHORTEST_AND_LONGEST),
            (
                (
                    rf"(?:from|between)\s+{_AMOUNT}\s+{_SOONER}\s+(?:the\s+)?{_POINT}"
                    rf"\s+(?:to|until|and)\s+(?:the\s+)?(?P<end>{NAME})(?![\w.])"
                ),
                _up_to_it,
            ),
            (rf"(?P<barred>not\s+{NAME})\s+for\s+(?:a\s+period\s+of\s+)?{_AMOUNT}\s+{_LATER}(?!\w)", _barred_for),
            (rf"(?:before|earlier\s+than)\s+{_AMOUNT}\s+(?:have\s+passed\s+)?{_LATER}(?!\w)", _until_then),
            (
                rf"(?P<before>(?:at\s+least|within|not\s+later\s+than)\s+)?{_AMOUNT}(?P<behind>\s+(?:{_SOONER}|{_LATER}))?(?!\w)",
                _in_figures,
            ),
            (
                rf"(?P<before>(?:at\s+least|within|not\s+later\s+than|every)\s+)(?P<part>{_PART_OF_HOUR})\s+hour(?!\w)",
                _part_of_an_hour,
            ),
            (rf"{_NUMBER}\s+(?P<unit>months?|years?)(?!\w)", _no_length),
            (
                (
                    r"(?:(?:once|(?P<twice>twice))\s+(?:a|an|per|every|each|in\s+an?)|every|each)\s+"
                    rf"(?:(?P<number>{_NUMBER})\s+)?(?P<unit>(?:day|week|month|year)s?)(?!\w)"
                    r"(?=(?P<span>\s+(?:from|after)\s+[\w.]+\s+until\s)?)"
                ),
                _recurring,
            ),
            (
                rf"(?P<when>after|upon|from)\s+(?:the\s+)?(?:receiving|receipt\s+of)\s+(?:an?\s+|the\s+|any\s+|such\s+)?{NAME}(?!\w)",
                _of_a_message,
            ),
            (
                rf"(?P<when>after|upon|from)\s+the\s+{NAME}\s+(?:of|by|from)\s+the\s+other\s+(?:party|side|unit|ship|aircraft)(?!\w)",
                _of_a_message,
            ),
            (
                rf"(?P<when>before|after|upon|until|from|not\s+later\s+than)\s+the\s+(?P<moment>{NAME})(?P<of>\s+of\s+(?:the\s+|an?\s+)?{NAME})?{_ENDING}",
                _of_the_moment,
            ),
            (rf"(?:after|before|upon|until)\s+(?P<out>(?:each|every|any|an?|the)\s+){NAME}\.{NAME}", _each_time),
            (_DAY, _by_day),
            (
                (
                    rf"(?P<word>until|unless|after|before|when|once|if)\s+(?:it|they)\s+(?:has|have|had)\s+"
                    rf"(?:not\s+|first\s+|been\s+)*{NAME}(?!\w)"
                ),
                _what_was_done,
            ),
        )
    ),
)
