"""Slips in the headers of agreements and drafts: whose they are, since when, what they rank as, and beside what."""

from __future__ import annotations

from collections.abc import Iterator
from re import IGNORECASE, Match

from cbm.patterns import pattern
from cbm.records import replace
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure
from cbm.syntax.mistakes.phrases.rewritten import NAME, NAMES, PARTED, Known, Rewritten, instead, rewritten
from cbm.syntax.mistakes.written_dates import WRITTEN_DATE, days_meant
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
    if failure.piece.opening == "cases":
        yield from rewritten(failure, _OF_CASES, failure.piece.start)
    if failure.piece.opening in ("draft", "instrument"):
        of_date = _of_draft if failure.piece.opening == "draft" else _of_instrument
        yield from rewritten(failure, _OF_NAMES, failure.piece.start)
        for start in (*(word.start for word in failure.before[-_WORDS_TO_A_DATE:]), failure.place.start):
            yield from rewritten(failure, ((_IN_FORCE, _from_until), (_SUSPENDED, _resumed)), start)
        said = failure.text[failure.piece.start : failure.place.start]
        known = _KNOWN if _USES.search(said) else (_OF_VOCABULARY, *_KNOWN)
        for start in (*(word.start for word in failure.before[-2:]), failure.place.start):
            for one in rewritten(failure, (*known, (_DATED, of_date)), start):
                yield _of_the_text(failure, one)


def _of_the_text(failure: Failure, mistake: Mistake) -> Mistake:
    """An end that would be read as that of the last party stands in front of `between`."""
    mend = mistake.mend
    between = next((word for word in reversed(failure.before) if word.text == "between"), None)
    behind_party = between is not None and failure.accepts("SUCCEEDS")
    if mend is None or between is None or not behind_party or not mend.text.startswith("until "):
        return mistake
    if _OF_PARTY.match(failure.text, mend.start):
        return mistake
    parties = failure.text[between.start : mend.start].rstrip()
    remedy = say("write `{words}`", words=" ".join(f"{mend.text} {parties}".split()))
    return replace(mistake, remedies=(remedy,), mend=Mend(between.start, mend.end, f"{mend.text} {parties}"))


def _named(found: Match[str]) -> Rewritten:
    """`draft Code of conduct uses`, `draft "Code of conduct" uses`."""
    words = " ".join(found["words"].split())
    name = "_".join(word for word in words.lower().replace("-", " ").split() if word.isidentifier())
    named = f'{found["kind"]} {name} "{words}"'
    return instead(say("a text has a name of one word, and then its title in quotes"), named) if name else Rewritten("")


def _cases_for(found: Match[str]) -> Rewritten:
    """`cases code`, `cases "Some" of code`."""
    return instead(say("which text cases are about stands behind `for`"), f"cases{found['titles']} for {found['name']}")


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


def _with_day(message: str, said: str, found: Match[str]) -> Rewritten:
    """`said` and the date behind it, as it is written, where one day alone can be meant."""
    days = days_meant(found["date"])
    if len(days) == 1:
        return instead(message, f"{said} {days[0]}")
    return Rewritten(message, say("write `{words}`", words=f"{said} {' / '.join(days)}")) if days else Rewritten("")


def _since(found: Match[str]) -> Rewritten:
    """`in force since 2024-01-01`, `adopted on May 9, 2018`, `proposed 1.5.2027`."""
    what = " ".join(found["what"].split())
    if days_meant(found["date"]) == (found["date"],):
        message = say("the date stands behind `{words}` alone", words=what)
    else:
        message = say("a date is written as year, month and day in figures")
    return _with_day(message, what, found)


def _from_until(found: Match[str]) -> Rewritten:
    """`in force 2021-06-01 to 2023-01-01`, `in force from 2021-06-01 until 2023-01-01`."""
    message = say("from when a text binds is said with `in force`, and from when it binds no more with `until`")
    first, last = (days_meant(found[which]) for which in ("first", "last"))
    return instead(message, f"in force {first[0]} until {last[0]}") if len(first) == len(last) == 1 else Rewritten("")


def _in_force(found: Match[str]) -> Rewritten:
    return _with_day(say("since when a text binds is said with `in force`"), "in force", found)


def _of_draft(found: Match[str]) -> Rewritten:
    return _dated(found, "proposed")


def _of_instrument(found: Match[str]) -> Rewritten:
    return _dated(found, "adopted")


def _dated(found: Match[str], said: str) -> Rewritten:
    return _with_day(say("the date of a text stands behind `{words}`", words=said), said, found)


def _until(found: Match[str]) -> Rewritten:
    return _with_day(say("from the day behind `until` on a text binds no more"), "until", found)


def _resumed(found: Match[str]) -> Rewritten:
    """`suspended from 2020-02-01 to 2021-06-01`."""
    first, last = (days_meant(found[which]) for which in ("first", "last"))
    if len(first) != 1 or len(last) != 1:
        return Rewritten("")
    remedy = say(
        "write `suspended {first}` here, and a text of its own, `in force {last}`, for what binds again",
        first=first[0],
        last=last[0],
    )
    return Rewritten(say("no text binds again that was suspended"), remedy)


def _for_years(found: Match[str]) -> Rewritten:
    """`for 5 years`, `for a period of five years`."""
    del found
    remedy = say("write `until DATE`, with the first day on which it binds no more")
    return Rewritten(say("how long a text binds is said with `until`"), remedy)


def _bound(found: Match[str]) -> Rewritten:
    """`binding on JP, US`, `binds JP`."""
    names = ", ".join(PARTED.split(found["names"]))
    return instead(say("whom a text binds whomever they meet stands behind `binding`"), f"binding {names}")


def _joined(found: Match[str]) -> Rewritten:
    """`US acceded 1992-01-01`."""
    return _with_day(say("since when a State is a party stands behind it, with `from`"), "from", found)


def _left(found: Match[str]) -> Rewritten:
    """`US withdrew 2020-11-22`."""
    return _with_day(say("how long a State is a party stands behind it, with `until`"), "until", found)


def _track(found: Match[str]) -> Rewritten:
    """`status track 2`, `status track1.5`."""
    status = "track1_5" if "5" in found["level"] else "track2"
    return Rewritten(
        say("`{said}` is not how it is written: write `{meant}`", said=found[0], meant=status), words=status
    )


def _stands_to(found: Match[str]) -> Rewritten:
    """`in accordance with unclos`, `without prejudice to unclos`, `based on macm`."""
    text = found["text"]
    return Rewritten(
        say("how a text stands to another one is said in three ways"),
        say(
            "write `subject to {text}` where that one prevails, `notwithstanding {text}` where this one does, and "
            "`beside {text}` where they stand side by side",
            text=text,
        ),
    )


def _prevails(found: Match[str]) -> Rewritten:
    """`takes precedence over cues`, `in place of cues`."""
    text = found["text"]
    return instead(say("a text that prevails over another one says `notwithstanding`"), f"notwithstanding {text}")


def _file(found: Match[str]) -> Rewritten:
    """`uses encounters.cbm`."""
    name = found["name"]
    return Rewritten(
        say("a vocabulary is named by its name"),
        say(
            "write `{name}` where it comes with cbm, `{own}` for a file of your own",
            name=name,
            own=f'{name} from "{name}.cbm"',
        ),
    )


def _noun(found: Match[str]) -> Rewritten:
    """`uses vocabulary encounters`, `draft code entitled "Code"`."""
    return Rewritten(say("`{word}` is not needed: leave it out", word=found["out"].strip()))


def _between_parts(found: Match[str]) -> Rewritten:
    """`adopted 2018-05-09, in force 2018-06-08`."""
    return Rewritten(say("nothing stands between the parts of a header: leave `{word}` out", word=found["out"].strip()))


def _state(found: Match[str]) -> Rewritten:
    """`between the People's Republic of China and Japan`."""
    del found
    return Rewritten(
        say("a party stands in a header by its name in the vocabulary"),
        say("write, for example, `{words}`", words="between CN, JP"),
    )


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


_DATE = rf"(?:the\s+)?(?P<date>{WRITTEN_DATE})"
_BY = r"\s*:?\s*(?:on|since|from|as\s+of|as\s+from)?\s*"
_DATED = pattern(rf"(?:signed|dated?|concluded|agreed|done|adoption)(?:\s+(?:in|at)\s+\w+)?{_BY}{_DATE}", IGNORECASE)
_PARTS = (
    r"(?:uses|between|beside|rank|(?:non-?)?binding|status|source|subject[ ]+to|notwithstanding|restates|proposed"
    r"|adopted|until|suspended|in[ ]+force|includes)\b"
)
_NO_TITLE = rf"(?:{_PARTS}|(?:using|with|based|together|alongside|along|parties)\b)"
_OF_CASES: tuple[Known, ...] = (
    (
        pattern(
            rf'cases(?P<titles>(?:\s*(?:[a-z]{{2,3}}\s+)?"[^"\n]*")*)\s+(?:(?:of|on|about|in)\s+)?(?P<name>{NAME})(?=\s*(?:\Z|\n))'
        ),
        _cases_for,
    ),
)
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
_DAY_TO_DAY = (
    rf"(?P<first>{WRITTEN_DATE})\s*(?:-|–|—|(?:to|till|until|through|up\s+to|and)(?!\w))\s*(?P<last>{WRITTEN_DATE})"
)
_SUSPENDED = pattern(rf"suspended\s+(?:(?:from|between|since)\s+)?{_DAY_TO_DAY}(?!\w)", IGNORECASE)
_IN_FORCE = pattern(rf"in\s+force\s+(?:(?:on|since|from|as\s+of|between)\s+)?{_DAY_TO_DAY}(?!\w)", IGNORECASE)
_OF_PARTY = pattern(r"(?:withdrew|withdrawn|left|withdrawal)(?!\w)", IGNORECASE)
_USES = pattern(r"(?<!\w)uses(?!\w)")
_OF_VOCABULARY: Known = (
    pattern(rf"(?:using|vocabulary|based\s+on|on)\s+(?P<names>{NAME})(?!\w)", IGNORECASE),
    _vocabulary,
)
_KNOWN: tuple[Known, ...] = tuple(
    (pattern(expression, IGNORECASE), told)
    for expression, told in (
        (r"(?:(?:between|among)\s+)?all\s+(?:states|parties|countries)|open\s+to\s+all(?:\s+states)?", _everybody),
        (rf"(?:binding\s+(?:on|upon|for)|binds)\s+{NAMES}(?=\s|\Z)", _bound),
        (
            (
                r"(?:with|for(?!\s+(?:each|every|all|any|the|an?)\b)|among|(?:the\s+)?(?:(?:high\s+)?contracting\s+|states\s+)?parties|signatories|members)"
                rf"\s*:?\s+{NAMES}(?=\s|\Z)"
            ),
            _parties,
        ),
        (r"between\s+the\s+[A-Z][\w’']*(?:\s+[\w’']+)*", _state),
        (rf"(?:takes?|has|having)\s+(?:precedence|priority)\s+over\s+(?P<text>{NAME})(?!\w)", _prevails),
        (
            (
                r"(?:in\s+(?:accordance|conformity|line)\s+with|consistent\s+with|pursuant\s+to|implements|implementing"
                rf"|annexed\s+to|without\s+prejudice\s+to|in\s+place\s+of)\s+(?:the\s+)?(?P<text>{NAME})(?!\w)"
            ),
            _stands_to,
        ),
        (rf"uses\s+(?P<out>(?:the\s+)?vocabulary\s+){NAME}", _noun),
        (rf"uses\s+\"(?P<names>{NAME})\"", _vocabulary),
        (rf"(?:draft|instrument)\s+{NAME}\s+(?P<out>(?:titled?|entitled|named|called)\s+)\"", _noun),
        (rf"uses\s+\"?(?P<name>{NAME})\.cbm\"?", _file),
        (rf"(?P<out>,\s*and(?!\w)|,|;|and(?!\w))(?=\s+{_PARTS})", _between_parts),
        (rf"based\s+(?:up)?on\s+(?:the\s+)?(?P<text>{NAME})(?!\w)", _stands_to),
        (rf"(?P<what>proposed|adopted|suspended|until|in\s+force)(?:\s+(?:in|at)\s+\w+)?{_BY}{_DATE}", _since),
        (
            (
                r"(?:(?:(?:shall|will|to|has|have)\s+)?(?:enter(?:s|ed|ing)?|comes?|came)\s+into\s+(?:force|effect)"
                r"|entry\s+into\s+(?:force|effect)|force|effective|(?:(?:valid|applies|applied|applicable)(?=\s+(?:from|since|as\s))))"
                rf"{_BY}{_DATE}"
            ),
            _in_force,
        ),
        (
            (
                r"(?:(?:shall|will)\s+)?(?:expir(?:es?|ed|y)|terminat(?:es?|ed|ion)|end(?:s|ed)?|valid\s+(?=until))"
                rf"(?:\s*:?\s*(?:on|until|as\s+of))?\s*{_DATE}"
            ),
            _until,
        ),
        (r"(?:valid\s+)?for\s+(?:a\s+(?:period|term)\s+of\s+)?\w+\s+(?:years?|months?)(?!\w)", _for_years),
        (rf"(?:acceded|joined|accession){_BY}{_DATE}", _joined),
        (rf"(?:withdrew|withdrawn|left|withdrawal){_BY}{_DATE}", _left),
        (r"(?!track2(?!\w))track[\s-]*(?P<level>1[._]5|2|II|two|1\s*1/2)(?![\w.])", _track),
        (
            r"(?:rank\s+)?(?P<no>not\s+legally\s+|legally\s+non-?|non-?\s*|not\s+)?(?:legally\s+)?binding(?!\w)",
            _legally,
        ),
        (rf"(?:rank\s+)?(?:{'|'.join(f'(?P<{rank}>{words})' for rank, words in _RANKS.items())})(?!\w)", _rank),
        (
            rf"(?:alongside|(?:together|along)\s+with|in\s+addition\s+to|supplements|complements)\s+(?P<names>{NAME})(?!\w)",
            _beside,
        ),
        (rf",\s*(?:and|&)\s+(?P<next>{NAME})(?!\w)", _and_in_list),
        (rf"ratified(?:\s+by\s+[^\n]*?)?(?:\s+on)?\s+{_DATE}", _ratified),
        (
            rf"(?P<first>(?:uses|between|beside|binding|,)\s*(?!{_PARTS}){NAME})\s+(?P<second>(?!{_PARTS}){NAME})(?=\s*(?:\Z|\n))",
            _and_next,
        ),
        (rf"(?:(?:replac|supersed|amend)(?:e?s|ing))\s+(?P<names>{NAME})(?!\w)", _changes),
    )
)
