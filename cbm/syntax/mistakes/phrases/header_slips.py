"""Slips in the headers of agreements and drafts: whose they are, since when, what they rank as, and beside what."""

from __future__ import annotations

from collections.abc import Iterator
from re import IGNORECASE, Match

from cbm.patterns import pattern
from cbm.syntax.mistake import Mistake
from cbm.syntax.mistakes.failure import Failure
from cbm.syntax.mistakes.phrases.rewritten import DATE, NAME, NAMES, PARTED, Known, Rewritten, instead, rewritten
from cbm.translation.saying import say

# What says of itself which rank a text has; of an agreement, a protocol or an arrangement its parties have to say it.
_RANKS = {
    "treaty": r"convention",
    "memorandum": r"mou|memorandum\s+of\s+understanding",
    "political": r"soft\s+law|declaration|politically\s+binding",
}


_WORDS_TO_A_DATE = 8  # `in force from 2021-06-01`, of which each sign is one


def header_slips(failure: Failure) -> Iterator[Mistake]:
    """What stands at the place where reading ended, or begins one or two words before it."""
    if failure.piece.opening in ("draft", "instrument"):
        of_date = _of_draft if failure.piece.opening == "draft" else _of_instrument
        yield from rewritten(failure, _OF_NAMES, failure.piece.start)
        for start in (*(word.start for word in failure.before[-_WORDS_TO_A_DATE:]), failure.place.start):
            yield from rewritten(failure, ((_IN_FORCE, _from_until),), start)
        for start in (*(word.start for word in failure.before[-2:]), failure.place.start):
            yield from rewritten(failure, (*_KNOWN, (_DATED, of_date)), start)


def _named(found: Match[str]) -> Rewritten:
    """`draft Code of conduct uses`, `draft "Code of conduct" uses`."""
    words = " ".join(found["words"].split())
    name = "_".join(word for word in words.lower().replace("-", " ").split() if word.isidentifier())
    named = f'{found["kind"]} {name} "{words}"'
    return instead(say("a text has a name of one word, and then its title in quotes"), named) if name else Rewritten("")


def _colon(found: Match[str]) -> Rewritten:
    """`draft coc: uses encounters`."""
    return Rewritten(say("nothing follows a name: write `{name}` without `:`", name=found["name"]))


def _version(found: Match[str]) -> Rewritten:
    """`draft coc version 2`, `draft coc v2`."""
    name = f"{found['name']}_{found['number'].replace('.', '_')}"
    return instead(say("which draft it is belongs to its name"), f"{found['kind']} {name}")


def _ratified(_: Match[str]) -> Rewritten:
    """`ratified 2020-01-01`."""
    return Rewritten(
        say("a text has the day on which it was adopted, and the day from which it binds"),
        say("write `adopted DATE`, `in force DATE`, or both"),
    )


def _and_next(found: Match[str]) -> Rewritten:
    """`uses encounters channels`, `between CN JP`."""
    words = f"{found['first']}, {found['second']}"
    return instead(say("a comma stands between the parts of a list"), words, words.lstrip(", "))


def _parties(found: Match[str]) -> Rewritten:
    names = ", ".join(PARTED.split(found["names"]))
    return instead(say("the parties of a text stand behind `between`"), f"between {names}")


def _and_in_list(found: Match[str]) -> Rewritten:
    """`between CN, JP, and US`."""
    return instead(say("`{word}` does not join the parts of a list: write `,`", word="and"), f", {found['next']}")


def _everybody(found: Match[str]) -> Rewritten:
    return Rewritten(say("a text without `between` is open to all: leave `{words}` out", words=found[0]))


def _vocabulary(found: Match[str]) -> Rewritten:
    return instead(say("the vocabulary of a text stands behind `uses`"), f"uses {found['names']}")


def _since(found: Match[str]) -> Rewritten:
    message = say("the date stands behind `{words}` alone", words=found["what"])
    return instead(message, f"{found['what']} {found['date']}")


def _from_until(found: Match[str]) -> Rewritten:
    """`in force 2021-06-01 to 2023-01-01`, `in force from 2021-06-01 until 2023-01-01`."""
    message = say("from when and until when a text binds is said with `in force` and `until`")
    return instead(message, f"in force {found['first']} until {found['last']}")


def _in_force(found: Match[str]) -> Rewritten:
    return instead(say("since when a text binds is said with `in force`"), f"in force {found['date']}")


def _of_draft(found: Match[str]) -> Rewritten:
    return _dated(found, "proposed")


def _of_instrument(found: Match[str]) -> Rewritten:
    return _dated(found, "adopted")


def _dated(found: Match[str], said: str) -> Rewritten:
    return instead(say("the date of a text stands behind `{words}`", words=said), f"{said} {found['date']}")


def _in_words(found: Match[str]) -> Rewritten:
    """`in force from 1 January 2027`, `adopted on May 9, 2018`."""
    month = _MONTHS.index((found["month"] or found["first_month"]).lower()[:3]) + 1
    day = int(found["day"] or found["later_day"])
    what = " ".join(found["what"].split())
    date = f"{found['year']}-{month:02}-{day:02}"
    return instead(say("a date is written as year, month and day in figures"), f"{what} {date}")


def _until(found: Match[str]) -> Rewritten:
    return instead(say("how long a text binds is said with `until`"), f"until {found['date']}")


def _rank(found: Match[str]) -> Rewritten:
    rank = next(rank for rank, named in found.groupdict().items() if named)
    return instead(say("how a text binds is said by its `rank`"), f"rank {rank}")


def _legally(found: Match[str]) -> Rewritten:
    remedy = say("write `rank treaty`, or `rank memorandum` and behind it `binding`")
    if found["no"]:
        remedy = say("write `rank political`, or `rank memorandum` and behind it `not binding`")
    return Rewritten(say("how a text binds is said by its `rank`"), remedy)


def _beside(found: Match[str]) -> Rewritten:
    return instead(say("what a text is read together with stands behind `beside`"), f"beside {found['names']}")


def _changes(found: Match[str]) -> Rewritten:
    message = say(
        "what a text changes in others is not said in its header: write `until DATE` in the text that ends, or"
        " `notwithstanding {text}` where this one prevails",
        text=found["names"],
    )
    return Rewritten(message)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_IN_WORDS = (
    rf"(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})"
    rf"|(?P<first_month>{_MONTH})\s+(?P<later_day>[0-9]{{1,2}}))\s*,?\s+(?P<year>[0-9]{{4}})"
)
_DATED = pattern(rf"(?:signed|dated?|concluded|agreed)(?:\s+on)?\s+{DATE}", IGNORECASE)
_PARTS = r"(?:uses|between|beside|rank|binding|proposed|adopted|until|suspended|in[ ]+force|includes)\b"
_NO_TITLE = rf"(?:{_PARTS}|(?:using|with|based|together|alongside|along|parties)\b)"
_GOES_ON = r"(?=\s*(?:\Z|\n)|\s+(?:uses|between|binding|beside|rank|proposed|adopted|in\s+force)(?!\w))"
_OF_NAMES: tuple[Known, ...] = tuple(
    (pattern(rf"(?P<kind>draft|instrument)\s+{expression}"), told)
    for expression, told in (
        (rf"(?P<name>{NAME})(?P<out>\s*:)", _colon),
        (
            rf"(?P<name>{NAME})\s+(?i:version\s+|ver\.?\s+|v\.?\s*|no\.?\s+)(?P<number>[0-9]+(?:\.[0-9]+)*)(?![\w.])",
            _version,
        ),
        (rf"\"(?P<words>[^\"\n]+)\"{_GOES_ON}", _named),
        (rf"(?P<words>(?!uses\b){NAME}(?:[ -]+(?!{_NO_TITLE}){NAME})+){_GOES_ON}", _named),
    )
)
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DAY_TO_DAY = rf"(?P<first>{_DAY})\s*(?:-|–|—|(?:to|till|until|through|up\s+to|and)(?!\w))\s*(?P<last>{_DAY})"
_IN_FORCE = pattern(rf"in\s+force\s+(?:(?:on|since|from|as\s+of|between)\s+)?{_DAY_TO_DAY}(?!\w)", IGNORECASE)
_KNOWN: tuple[Known, ...] = tuple(
    (pattern(expression, IGNORECASE), told)
    for expression, told in (
        (r"(?:(?:between|among)\s+)?all\s+(?:states|parties|countries)|open\s+to\s+all(?:\s+states)?", _everybody),
        (rf"(?:with|for|among|parties)\s+{NAMES}(?=\s|\Z)", _parties),
        (rf"(?:using|vocabulary|based\s+on|on)\s+(?P<names>{NAME})(?!\w)", _vocabulary),
        (rf"(?P<what>proposed|adopted|suspended|in\s+force)\s+(?:on|since|from|as\s+of)\s+{DATE}", _since),
        (
            rf"(?P<what>proposed|adopted|suspended|until|in\s+force)\s+(?:(?:on|since|from|as\s+of)\s+)?(?:the\s+)?{_IN_WORDS}",
            _in_words,
        ),
        (
            rf"(?:enter(?:s|ed)?\s+into\s+force|effective)(?:\s+(?:on|since|from|as\s+of))?\s+{DATE}",
            _in_force,
        ),
        (rf"(?:expir(?:es|y)|terminates|ends|valid\s+until)(?:\s+on)?\s+{DATE}", _until),
        (r"(?:rank\s+)?(?P<no>not\s+legally\s+|legally\s+non-?|non-|not\s+)?(?:legally\s+)?binding(?!\w)", _legally),
        (rf"(?:rank\s+)?(?:{'|'.join(f'(?P<{rank}>{words})' for rank, words in _RANKS.items())})(?!\w)", _rank),
        (
            rf"(?:alongside|(?:together|along)\s+with|in\s+addition\s+to|supplements|complements)\s+(?P<names>{NAME})(?!\w)",
            _beside,
        ),
        (rf",\s*(?:and|&)\s+(?P<next>{NAME})(?!\w)", _and_in_list),
        (r"ratified(?:\s+by\s+[^\n]*?)?(?:\s+on)?\s+[0-9]{4}-[0-9]{2}-[0-9]{2}", _ratified),
        (
            rf"(?P<first>(?:uses|between|beside|binding|,)\s*(?!{_PARTS}){NAME})\s+(?P<second>(?!{_PARTS}){NAME})(?=\s*(?:\Z|\n))",
            _and_next,
        ),
        (rf"(?:replaces|supersedes|amends)\s+(?P<names>{NAME})(?!\w)", _changes),
    )
)
