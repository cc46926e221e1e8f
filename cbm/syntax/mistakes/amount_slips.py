"""Slips in comparisons, quantities and times."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cbm.patterns import pattern
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.mistakes.slip_words import MODALS, PROMPTLY, in_content, role_bound, vague_time
from cbm.syntax.signs import UNITS
from cbm.syntax.tokens import RESERVED
from cbm.translation.saying import say

_RELATIONS = {"<", ">", "=", "!"}


_SIGNS = {
    **dict.fromkeys(("less than", "fewer than", "lower than", "under", "below"), "<"),
    **dict.fromkeys(("more than", "greater than", "higher than", "over", "above", "exceeds", "exceed"), ">"),
    **dict.fromkeys(("at most", "no more than", "not more than", "not over"), "<="),
    **dict.fromkeys(("at least", "no less than", "not less than", "not under"), ">="),
    "between": "from",
}


_COMPARED = pattern(
    rf"(?P<what>[^\W\d][\w.]*)\s+(?:(?:is|are|of|to\s+be|being)\s+)?(?P<words>{'|'.join(_SIGNS)})\s+(?P<amount>[0-9][\w.,]*(?:\s+(?P<unit>[a-z]+))?)"
)


_MORE = {"more": ">=", "fewer": "<=", "less": "<="}
_FIGURE_FIRST = pattern(
    rf"(?:(?P<words>{'|'.join(_SIGNS)})\s+)?(?P<amount>[0-9][0-9,]*)\s+(?P<what>[^\W\d]\w*)(?:\s+or\s+(?P<or>{'|'.join(_MORE)}))?(?!\w)"
)
_APART = r"(?P<far>[\d.,]+ \w+ (?P<order>after|before) [\w.]+)"
_TIME_APART, _WINDOW = pattern(_APART), pattern(rf"(?P<within>within|at least) {_APART}")
_TIMES = frozenset(["s", "min", "h", "day", "days", "week", "weeks"])


def time_unsaid(failure: Failure) -> Mistake | None:
    """`must call without delay`, `must call as soon as possible`."""
    for found in PROMPTLY.finditer(failure.text, failure.line_start, failure.piece.end):
        if found.start() <= failure.place.start <= found.end():
            return failure.says(*vague_time(found[0]), at=Written(found[0], found.start(), found.end()))
    return None


_BOUNDS = ("from", "to", "within", "is")  # `from over 1 h to under 2 h` is as it should be


def compared_in_words(failure: Failure) -> Mistake | None:
    """`visibility is under 2 nmi`, `visibility exceeds 2 nmi`; lengths of time stand between two points in time."""
    place = failure.place.start
    for found in _COMPARED.finditer(failure.text, failure.line_start, failure.piece.end):
        if not found.start() <= place <= found.end() + 1 or found["what"] in _BOUNDS or found["unit"] in _TIMES:
            continue
        amount = found["amount"] if found["unit"] in UNITS else found["amount"].split()[0]
        between = found["words"] == "between"
        sign = _SIGNS[found["words"]]
        return failure.says(
            say("`{words}` is not how quantities are compared", words=found["words"]),
            say("write `{words}`", words=f"{found['what']} {f'from {amount} to …' if between else f'{sign} {amount}'}"),
            at=Written(found["words"], found.start("words"), found.end("words")),
            mend=None if between else Mend(found.end("what"), found.start("amount"), f" {sign} "),
        )
    return None


def figure_first(failure: Failure) -> Mistake | None:
    """`when more than 9,000 troops must`, `when 9,000 troops or more must`."""
    for found in _FIGURE_FIRST.finditer(failure.text, failure.line_start, failure.piece.end):
        words, amount, what = found["words"], found["amount"], found["what"]
        if not found.start() <= failure.place.start <= found.end() or in_content(failure):
            continue
        if what in UNITS or what in RESERVED or words == "between" or not (words or found["or"]):
            continue
        meant = f"{what} {_SIGNS[words] if words else _MORE[found['or']]} {amount}"
        return failure.says(
            say("what is compared stands before the figure"),
            say("write `{words}`", words=meant),
            at=Written(found[0], found.start(), found.end()),
            mend=Mend(found.start(), found.end(), meant),
        )
    return None


def end_in_words(failure: Failure) -> Mistake | None:
    """`range from 2 nmi to below 5 nmi`."""
    word = failure.last
    if word.text not in _ENDS or [one.text for one in failure.before[-2:-1]] not in (["from"], ["to"]):
        return None
    meant = _ENDS[word.text]
    message = say("`{said}` is not how it is written: write `{meant}`", said=word.text, meant=meant)
    return failure.says(message, at=word, instead=meant)


_ENDS = {"below": "under", "above": "over"}


def blank_for_figure(failure: Failure) -> Mistake | None:
    """`keep speed <= ___ kt`."""
    if not failure.last.text or failure.last.text.strip("_") or failure.word not in UNITS:
        return None
    return failure.says(
        say("a figure that is still open stands with its range: write `[__ from … to …]`"),
        say("write the lowest and the highest that is thought of, such as `[__ from 1 nmi to 5 nmi]`"),
        at=Written("", failure.last.start, failure.place.end),
    )


def length_for_point(failure: Failure) -> Mistake | None:
    """`until 3 h after incident`, `until 1 day before start`."""
    amount, order = failure.rest.split()[:2], failure.rest.split()[2:3]
    if failure.last.text != "until" or amount[-1:] == amount[:1] or amount[-1] not in _TIMES:
        return None
    length = " ".join(amount)
    time = f"at least {length} before …" if order == ["before"] else f"within {length} after …"
    begins = next((word for word in failure.before if word.text == "from"), failure.last)
    since = failure.text[begins.end : failure.last.start].strip()
    barred = (
        order != ["before"]
        and not since
        and [word.text for word in failure.before if word.text in _BANS][-1:] == ["not"]
    )
    if barred:  # of several acts; what is said of one is told before
        words = f"unless … is at least {length} before {role_bound(failure)}.ACT"
        return failure.says(
            say("what is forbidden until some time after something is said as a condition of each doing"),
            say("write `{words}`", words=words),
            say("or write `{words}`, which forbids it in that time alone", words=time),
            at=Written("", begins.start, failure.last.end),
        )
    if since:  # from a point on, and no longer than that
        time = f"not before {since} {time}"
    return failure.says(
        say("`until` takes a point in time"),
        say("write `{time}`, whether that is the time to do something or not to do it", time=time),
        at=Written("", begins.start, failure.last.end),
    )


_BANS = MODALS | {"not"}


def length_from(failure: Failure) -> Mistake | None:
    """`from 2 h before contact until closest`, `from 2 h after contact until closest`."""
    time = _TIME_APART.match(failure.rest)
    if failure.last.text != "from" or time is None:
        return None
    at = Written("", failure.last.start, failure.place.start + time.end())
    message = say("`from` takes a point in time")
    if time["order"] == "after":
        return failure.says(message, say("write `{time}`", time=f"at least {time['far']} not later than …"), at=at)
    if not any(word.text == "not" for word in failure.before):
        return failure.says(message, at=at)
    words = f"within {time['far']}"
    return failure.says(message, say("write `{time}`, and what comes later in a further sentence", time=words), at=at)


def time_behind_except(failure: Failure) -> Mistake | None:
    """`must not call except within 10 min after contact`."""
    time = _WINDOW.match(failure.rest)
    forbidden = next((act for word, act in pairwise(failure.before) if word.text == "not"), None)
    if failure.last.text != "except" or time is None or forbidden is None:
        return None
    far = "at most" if time["within"] == "within" else "at least"
    words = f"except while own.{forbidden.text} is {far} {time['far']}"
    return failure.says(
        say("which doings are left free is said as a condition of them"),
        say("write `{words}`", words=words),
        at=Written("", failure.place.start, failure.place.start + time.end()),
    )


def one_after_another(failure: Failure) -> Mistake | None:
    """What can be said once, said twice in a row."""
    if failure.word == "implies" and failure.accepts("PLUS"):
        return failure.says(say("`implies` after `implies` can be read two ways: put brackets around one of them"))
    if failure.word == "not" and failure.last.text == "not":
        return failure.says(say("`not` stands twice in a row"))
    if failure.found is not None and failure.found.text in _RELATIONS and failure.accepts("AND", "PLUS"):
        return failure.says(say("one comparison after another: join two of them with `and`, or write `from … to …`"))
    if (
        failure.found is not None
        and failure.found.text == "."
        and [word.text for word in failure.before[-2:-1]] == ["."]
    ):
        return failure.says(say("a name has two parts at most: a role and what is said of it, as in `own.craft`"))
    return None


_COUNTED_FROM = frozenset(("after", "before", "upon", "until", "from", "than"))
_UP_TO = frozenset(("before", "until", "than"))
_OF_ANOTHER_ACT = _COUNTED_FROM | frozenset(("within", "at", "every", "not", "through", "stating", "to", "worded"))


def points_joined(failure: Failure) -> Mistake | None:
    """`must call upon sighting, contact`, `must call within 5 min after own.launch or contact`."""
    joining = [word for word in failure.onwards[:2] if word.text in (",", "or", "and")]
    modal = next((word for word in reversed(failure.before) if word.text in MODALS), None)
    beyond, next_word = _path(failure.onwards[len(joining) :])
    first, _ = (
        _path(failure.before[-3:]) if failure.before[-2:-1] and failure.before[-2].text == "." else (failure.last, "")
    )
    counted = next((word.text for word in reversed(failure.before) if word.end <= first.start), "")
    if failure.piece.opening != "clause" or not joining or modal is None or counted not in _COUNTED_FROM:
        return None
    if not beyond.text or beyond.text in RESERVED or beyond.text[0].isdigit():
        return None
    again = failure.text[modal.start : first.start]
    ahead = next((word.text for word in failure.before if word.start > modal.start), "")
    asked = f"{modal.text} not" if ahead == "not" else modal.text
    place = Written("", first.start, beyond.end)
    if next_word in _OF_ANOTHER_ACT and "." not in beyond.text:
        words = f"{asked} {beyond.text}"
        message = say("a further sentence of a clause stands behind a semicolon: write `; {words} …`", words=words)
        return failure.says(message, at=beyond, mend=Mend(failure.last.end, beyond.start, f"; {asked} "))
    if counted in _UP_TO and joining[-1].text == "or":
        message = say("a time of a clause ends at one point, and whichever of several comes first is not one by itself")
        way = say("declare a moment for whichever comes first, or write a sentence for each if the last one is meant")
        return failure.says(message, way, at=place)
    message = say("a time of a clause counts from one point: what is asked at several takes a sentence for each")
    words = " ".join(again.split())
    if "." in beyond.text:
        way = say("write `; {words} {point} …`", words=words, point=beyond.text)
        return failure.says(message, way, at=place, mend=Mend(failure.last.end, beyond.start, f"; {again}"))
    ways = [say("write `; {words} {point} …`, if `{point}` is a moment", words=words, point=beyond.text)]
    if joining[-1].text == "or" and asked in ("must", "shall", "should"):
        words = f"{ahead} or {beyond.text}"
        ways.append(say("or `{words} …`, if `{act}` is another act that is enough", words=words, act=beyond.text))
    else:
        ways.append(say("or `; {asked} {act} …`, if `{act}` is what is to be done", asked=asked, act=beyond.text))
    return failure.says(message, *ways, at=place)  # a moment or an act: who reads it on would have to know


def _path(words: Sequence[Written]) -> tuple[Written, str]:
    """The name that these begin with, with whose act it is of, and the word behind it."""
    ends = 3 if [word.text for word in words[1:2]] == ["."] else 1
    if not words:
        return Written("", 0, 0), ""
    named = words[:ends]
    text = "".join(word.text for word in named)
    return Written(text, named[0].start, named[-1].end), next((word.text for word in words[ends:]), "")


def recurring_in_part(failure: Failure) -> Mistake | None:
    """`every 30 min` without its beginning or its end."""
    words = [word.text for word in failure.before[-6:]]
    if "every" not in words:
        return None
    rest = words[words.index("every") + 1 :]
    if not rest or not rest[0][0].isdigit() or "until" in rest or not failure.acceptable & {"FROM", "UNTIL"}:
        return None
    at = failure.before[-6:][words.index("every")]
    message = say("what recurs needs to be said from when, and until when")
    return failure.says(message, say("write, for example, `every 30 min from contact until clear`"), at=at)


def time_without_within(failure: Failure) -> Mistake | None:
    """`report 30 min after incident`."""
    if failure.found is None or not failure.found.text[0].isdigit() or not failure.accepts("WITHIN"):
        return None
    found = _TIME_AFTER.match(failure.rest)
    if found is None:
        return None
    way = "within" if found["way"] in ("after", "following") else "at least"
    place = Written(found[0], failure.found.start, failure.found.start + found.end())
    amount = found["amount"]
    message = say("`{words}` does not say whether it is done in that time, or not before it is over", words=found[0])
    other = "at least" if way == "within" else "within"
    then = f"{amount} {'after' if way == 'within' else 'before'}"
    return failure.says(
        message,
        say("write `{words}`, or `{others}`", words=f"{way} {then} …", others=f"{other} {then} …"),
        at=place,
        mend=Mend(place.start, place.end, f"{way} {then}"),
    )


def sign_apart(failure: Failure) -> Mistake | None:
    """`> =`."""
    if failure.found is None or failure.found.text != "=" or failure.last.text not in ("<", ">", "!"):
        return None
    sign = f"{failure.last.text}="
    place = Written(sign, failure.last.start, failure.found.end)
    return failure.says(
        say("`{apart}` is one sign: write `{sign}`", apart=f"{failure.last.text} =", sign=sign), at=place, instead=sign
    )


def between_two(failure: Failure) -> Mistake | None:
    """`separation between 500 m and 1 nmi`."""
    for found in _BETWEEN.finditer(failure.text, failure.piece.start, failure.piece.end):
        if found.start() <= failure.place.start <= found.end():
            written = f"from {found['low']} to {found['high']}"
            place = Written(found[0], found.start(), found.end())
            return failure.says(
                say("`between` is not how quantities are compared"),
                say("write `{words}`", words=written),
                at=place,
                instead=written,
            )
    return None


_TIME_AFTER = pattern(
    r"(?P<amount>[0-9][\w.,]*\s+[a-z]+)\s+(?P<way>after|before|following|prior\s+to|ahead\s+of|in\s+advance\s+of)\b"
)


_AMOUNT = r"[0-9][\w.,]*(?:\s+[a-z]+)?"


_BETWEEN = pattern(rf"between\s+(?P<low>{_AMOUNT})\s+and\s+(?P<high>{_AMOUNT})")
