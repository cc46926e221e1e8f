"""Words that only resemble those of the language: misspelt ones, units of other systems, words that mean the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from itertools import pairwise
from re import IGNORECASE, MULTILINE

from cbm.finding import RuleId
from cbm.patterns import pattern
from cbm.records import replace
from cbm.syntax.comments import without_comments
from cbm.syntax.cutting.cut import LONGER_OPENINGS, OPENINGS
from cbm.syntax.expected import words_of
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.signs import MEANT_UNITS, UNITS, WORDS
from cbm.syntax.synonyms import zone_said_for
from cbm.syntax.tokens import RESERVED
from cbm.syntax.typing_slips import typed_for
from cbm.translation.listing import listed
from cbm.translation.saying import say

MODALS = ("must", "must not", "shall", "shall not", "should", "should not", "may", "need not")

# What a name of the grammar stands for where it is not one fixed word.
_CHOICES = {
    "MODAL": MODALS,
    "RULE": tuple(RuleId),
    "RANK_NAME": ("treaty", "memorandum", "political", "unilateral"),
    "DATE_KIND": ("adopted", "proposed", "in force", "suspended"),
    "MARK": ("seen text", "seen secondary", "from memory", "own choice"),
}
_COMMANDS = ("must", "shall", "should", "may", "need")
_TODAY = {"shall": "must", "shall not": "must not"}  # what is read and no longer written, and what is
_DENIAL = pattern(r"n['’]?o?t$")
_NUMBER = pattern(r"[0-9][0-9.,]*")
_TWO_WORDS = pattern(r"(?i:(?:nautical|sea) miles?)\b")
# What newcomers begin a statement with, and what begins it here.
_PARTIES = "parties"
_SAID_FOR = {
    _PARTIES: "party",
    "kinds": "kind",
    "event": "moments",
    "events": "moments",
    "action": "act",
    "hotline": "channel",
    "definition": "term",
    **dict.fromkeys(("comment", "note", "remark"), "#"),
    **dict.fromkeys(
        ("treaty", "agreement", "memorandum", "protocol", "convention", "arrangement", "declaration", "pact"),
        "instrument",
    ),
    **dict.fromkeys(("chapter", "section", "part", "annex", "appendix", "Art", "art"), "article"),
    **dict.fromkeys(("paragraph", "para", "provision", "rule"), "clause"),
    **dict.fromkeys(("line", "lines", "link"), "channel"),
    **dict.fromkeys(("example", "test", "scenario"), "case"),
    **dict.fromkeys(("examples", "tests", "scenarios"), "cases"),
    **dict.fromkeys(("always", "axioms", "fact"), "axiom"),
    **dict.fromkeys(("reservation", "reservations"), "reserve"),
    **dict.fromkeys(("promise", "coverage"), "covers"),
    **dict.fromkeys(("omitted", "leave"), "left out"),
    **dict.fromkeys(("alternative", "variant"), "option"),
    "package": "tie",
    "assume": "given",
    "then": "expect",
    "promises": "covers",
    "code": "draft",
    **dict.fromkeys(("草案", "草稿"), "draft"),
    **dict.fromkeys(("协定", "协议", "協定", "文书", "文書"), "instrument"),
    **dict.fromkeys(("词汇", "词汇表", "語彙"), "vocabulary"),
    **dict.fromkeys(("条款", "款", "条項", "項"), "clause"),
    **dict.fromkeys(("条", "條"), "article"),
    **dict.fromkeys(("案例", "事例"), "case"),
    **dict.fromkeys(("渠道", "热线", "連絡線", "ホットライン"), "channel"),
    **dict.fromkeys(("定义", "定義", "术语", "用語"), "term"),
}
_UP_TO = pattern(r"up[ \t]+to\s+\Z")
_TIME = pattern(r"[ \t]+(?:standard[ \t]+)?time(?!\w)", IGNORECASE)
_SHORT = frozenset(("Art", "art", "para"))
_OR_MORE = pattern(r"\w+\s+or\s+(?:more|fewer|less)(?!\w)")
_TWO_UNITS = "M"  # nautical miles on charts, and metres elsewhere
_SAME = 1.0
_LIKE = 0.7  # as alike as a word and the one it was meant to be
_VERY_LIKE = 0.82


def misspellings(failure: Failure) -> Iterator[Mistake]:
    return (mistake for known in _KNOWN if (mistake := known(failure)) is not None)


def misspelt_opening(failure: Failure) -> str:
    """The word a line was meant to begin a statement with, where its first word only resembles one; else empty."""
    if not failure.begins_line:
        return ""
    if failure.names_attribute:  # with a colon, as an attribute has it
        return failure.word if failure.word in OPENINGS and not failure.accepts("ATTRIBUTE") else ""
    likeness = _SAME if failure.word in RESERVED else _VERY_LIKE if failure.accepts("ATTRIBUTE") else _LIKE
    openings = (*OPENINGS, *LONGER_OPENINGS, "each", "shared")
    if failure.word == _PARTIES and "between" in _following(failure):
        return ""  # a part of the header
    if failure.word in _NO_STATEMENT or (failure.word == "end" and _ENDS_OTHERS.match(failure.rest)):
        return ""
    if failure.word == "type" and "=" in failure.rest.split("#")[0]:
        return "kind"
    if failure.word == "assume" and _within(failure) == "vocabulary":
        return "axiom"
    if said := _SAID_FOR.get(failure.word) or _SAID_FOR.get(failure.word.lower()):
        return said
    near = _nearest(failure.word, [*openings, *_following(failure)], likeness)
    return near if near in openings and near != failure.word else ""


# What resembles a word that begins a statement, and is said for none.
_NO_STATEMENT = frozenset(("title", "preamble"))
_ENDS_OTHERS = pattern(r"end[ \t]+(?:of[ \t]+)?(?!of\b|options?\b|alternatives?\b|choices?\b)\w")
_DOCUMENT = pattern(r"^[ \t]*(vocabulary|instrument|draft|cases)(?!\w)", MULTILINE)


def _within(failure: Failure) -> str:
    """The word that begins the document in which it stands."""
    return next(iter(_DOCUMENT.findall(failure.text[: failure.place.start])[-1:]), "")


def unknown_opening(failure: Failure, meant: str) -> Mistake:
    """A first word of a line that no statement begins with."""
    found = failure.place.shown
    mend = _of_several(failure, meant) if meant else None
    colon = failure.text.find(":", failure.place.end, failure.piece.end)
    if mend is not None and colon >= 0 and failure.text[mend.start : mend.end].split() == meant.split():
        return failure.says(
            say("no `:` stands behind `{word}`: leave it out", word=meant),
            at=Written(":", colon, colon + 1),
            mend=Mend(colon, colon + 1, ""),
        )
    if mend is not None:
        message = say("no statement begins with {found}: did you mean `{meant}`?", found=found, meant=meant)
        if failure.word in _SHORT and failure.text[mend.end : mend.end + 1] == ".":
            mend = replace(mend, end=mend.end + 1)
        already = failure.text[mend.start : mend.end] == mend.text
        mistake = failure.says(message, mend=None if already else mend)
        return mistake.lexical if meant == typed_for(failure.word, OPENINGS) else mistake
    message = say("no statement begins with {found}", found=found)
    if not without_comments(failure.text[: failure.piece.start]).strip():
        return failure.says(
            message,
            say("a file begins with a header, such as `draft code uses encounters between CN, JP`"),
            say("and each provision is a clause of its own; `cbm init FOLDER` writes a text to begin with"),
        )
    return failure.says(message, say("begin it with a word such as `vocabulary`, `draft`, `clause` or `case`"))


def _unknown_zone(failure: Failure) -> Mistake | None:
    """A city, a State or an abbreviation where the name of a time zone has to stand."""
    meant = zone_said_for(failure.word) if failure.word and failure.accepts("ZONE") else ""
    if not meant:
        return None
    message = say("no time zone is called `{text}`", text=failure.word)
    behind = _TIME.match(failure.text, failure.place.end, failure.piece.end)
    mend = Mend(failure.place.start, behind.end() if behind else failure.place.end, meant)
    return failure.says(message, say("write {name}", name=f"`{meant}`"), mend=mend)


def _unknown_unit(failure: Failure) -> Mistake | None:
    """A word behind a number on its line; it may have been read as the name of who is bound."""
    if (failure.accepts("PERIOD") and failure.word == "per") or failure.accepts("ZONE"):
        return None
    words = [*failure.before[-2:], *([failure.found] if failure.found else [])]
    for number, behind in reversed(list(pairwise(words))):
        between = failure.text[number.end : behind.start]
        if not _NUMBER.fullmatch(number.text) or between.strip(" \t"):
            continue
        unit = _in_two_words(failure, behind)
        if unit.text == _TWO_UNITS:
            return failure.says(
                say("unknown unit `{unit}`", unit=unit.text),
                say("write `nmi` for nautical miles, or `m` for metres"),
                at=unit,
            )
        meant = MEANT_UNITS.get(" ".join(unit.text.lower().split())) or _same_letters(unit.text)
        if meant:
            return failure.says(
                say("unknown unit `{unit}`, did you mean `{meant}`?", unit=unit.text, meant=meant),
                at=unit,
                mend=Mend(unit.start, unit.end, f" {meant}" if unit.start == number.end else meant),
            ).lexical
        if unit == failure.found and unit.text == "times" and _UP_TO.search(failure.text[: number.start]):
            return failure.says(
                say("`{word}` is not needed: leave it out", word="times"), mend=Mend(number.end, unit.end, "")
            )
        if _OR_MORE.match(failure.rest) or _is_no_amount(failure, number):  # `9,000 troops or more`
            return None
        if unit == failure.found and failure.word and failure.word not in RESERVED | set(_following(failure)):
            return failure.says(
                say("unknown unit `{unit}`", unit=unit.text),
                say("the units are {units}", units=listed(UNITS, ",")),
                at=unit,
            )
    return None


def _is_no_amount(failure: Failure, number: Written) -> bool:
    """Whether a number is the end of a date, or the label of a statement."""
    first = failure.text[failure.piece.opening_end : number.start]
    if failure.piece.opening in _WITH_LABEL and not first.strip():
        return True
    return _DATE_BEFORE.search(failure.text, max(failure.piece.start, number.end - 10), number.end) is not None


_WITH_LABEL = ("clause", "article", "reserve", "without prejudice", "left out")
_DATE_BEFORE = pattern(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\Z")


def _in_two_words(failure: Failure, unit: Written) -> Written:
    """The unit with the word behind it, where they are one: `nautical miles`."""
    found = _TWO_WORDS.match(failure.text, unit.start, failure.piece.end)
    return unit if found is None else Written(found[0], found.start(), found.end())


def _same_letters(word: str) -> str:
    """A unit in other letters: `KM`, `Nmi`."""
    return next((unit for unit in UNITS if unit.lower() == word.lower() and unit != word), "")


def _word_meant(failure: Failure) -> Mistake | None:
    """A word of ordinary English for which the language has another."""
    found, last = failure.word.lower(), failure.last.text.lower()
    if found == "than" and last in WORDS:
        return failure.says(
            say("`{last} than` is not read: write `{meant}` instead of `is {last} than`", last=last, meant=WORDS[last])
        )
    if found == "then":
        return failure.says(say("`then` is not needed: leave it out"), instead="")
    if found in WORDS:
        than = failure.onwards[1:2] if WORDS[found] in "<>" else ()
        end = than[0].end if than and than[0].text == "than" else failure.place.end
        said = " ".join(failure.text[failure.place.start : end].split())
        return failure.says(
            say("`{word}` is not a word of the language: write `{meant}`", word=said, meant=WORDS[found]),
            mend=Mend(failure.place.start, end, WORDS[found]),
        )
    return None


def _misspelt_word(failure: Failure) -> Mistake | None:
    following = _following(failure)
    if failure.word in following or failure.word in ("own", "other"):
        return None
    # A word of the language is not misspelt, but it may be the first of several that belong together.
    near = _written_today(failure.word, _nearest(failure.word, following, _SAME if failure.word in RESERVED else _LIKE))
    if not near or _begins_another(failure, near):
        return None
    mistake = failure.says(
        say("`{word}` is unknown here: did you mean `{near}`?", word=failure.word, near=near),
        mend=_of_several(failure, near),
    )
    return mistake.lexical if near == typed_for(failure.word, following) else mistake


def _begins_another(failure: Failure, meant: str) -> bool:
    """Whether `is` stands there as in any sentence, and begins no words that belong together."""
    following = [word.text for word in failure.onwards[1:2]]
    more = meant.split()[1:2]
    return (
        (failure.word == "is" or meant == "in force")
        and bool(more)
        and not any(_nearest(word, more, _LIKE) for word in following)
    )


def _written_today(word: str, near: str) -> str:
    """What forbids is never taken for what commands (`musnt` is `must not`), and no old form is advised."""
    meant = f"{near} not" if near in _COMMANDS and _DENIAL.search(word.lower()) else near
    return _TODAY.get(meant, meant)


def _of_several(failure: Failure, meant: str) -> Mend:
    """Words that belong together, in place of as many as were written for them."""
    start = failure.place.start
    mends = [Mend(start, failure.following(count), meant) for count in range(1, len(meant.split()) + 1)]
    return min(mends, key=failure.left) if len(mends) > 1 else mends[0]


def _misspelt_before(failure: Failure) -> Mistake | None:
    """A misspelt word that was read as the name of who is bound."""
    if not failure.accepts("MODAL") or failure.last.text in RESERVED or len(failure.last.text) < len("must"):
        return None
    near = _nearest(failure.last.text, [*sorted(RESERVED), *MODALS, "exception to", "applies when"], _VERY_LIKE)
    if not near or near == failure.last.text:
        return None
    near = _TODAY.get(near, near)
    return failure.says(
        say("`{word}` is unknown here: did you mean `{near}`?", word=failure.last.text, near=near),
        at=failure.last,
        instead=near,
    )


def _following(failure: Failure) -> list[str]:
    """The words that could have stood where reading ended; of several that belong together, the first."""
    words: set[str] = set()
    for name in failure.acceptable:
        words.update(_CHOICES.get(name, (words_of(name),)))
    return sorted(words)


def _nearest(word: str, candidates: list[str], likeness: float) -> str:
    """The candidate whose first word is nearest, unless several longer ones begin with it."""
    by_first: dict[str, list[str]] = {}
    for candidate in candidates:
        if candidate[:1].isalpha():
            by_first.setdefault(candidate.split()[0], []).append(candidate)
    firsts = [first for first, whole in by_first.items() if first in whole or len(whole) == 1]
    near = get_close_matches(word.lower(), firsts, n=1, cutoff=likeness) if len(word) > 1 else []
    return min(by_first[near[0]], key=len) if near else ""


def _misspelt_keep(failure: Failure) -> Mistake | None:
    """`must kep separation >= 1 nmi`, which was read as an act."""
    word, before = failure.last, [one.text for one in failure.before[-2:-1]]
    if failure.piece.opening != "clause" or not {*before} & {*MODALS, "not"} or word.text in RESERVED:
        return None
    mend = Mend(word.start, word.end, "keep")
    if not get_close_matches(word.text.lower(), ["keep"], 1, _LIKE) or failure.mended(mend) is not None:
        return None
    return failure.says(
        say("`{word}` is unknown here: did you mean `{near}`?", word=word.text, near="keep"), at=word, mend=mend
    ).lexical


_KNOWN: tuple[Callable[[Failure], Mistake | None], ...] = (
    _misspelt_keep,
    _unknown_zone,
    _unknown_unit,
    _word_meant,
    _misspelt_word,
    _misspelt_before,
)


def capital_letters(failure: Failure) -> Mistake | None:
    """`Each party`, `A warship`, which were read as a name."""
    for word in reversed(failure.before[-2:]):
        small = word.text.lower()
        if small == word.text or small not in RESERVED | _LEADING:
            continue
        mend = Mend(word.start, word.end, small)
        if failure.left(mend) < failure.piece.end - failure.place.start:
            message = say("words of the language are written in small letters: write `{word}`", word=small)
            return failure.says(message, at=word, mend=mend).lexical
    return None


# What begins a clause and is no word with a place of its own.
_LEADING = frozenset(("each",))
