"""Names of several words that are written apart: the one name that is meant."""

from __future__ import annotations

from functools import cache

from cbm.patterns import pattern
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.mistakes.slip_words import BEFORE_CONDITIONS, in_content, with_article
from cbm.syntax.synonyms import synonyms
from cbm.syntax.tokens import RESERVED
from cbm.translation.saying import say


def words_apart(failure: Failure) -> Mistake | None:
    """`military aircraft`, `slow down`, `in sight`: a name of several words."""
    line = failure.text[failure.line_start : failure.place.start]
    plain = bool(failure.word) or (failure.found is not None and failure.found.text == "-")
    if not plain or failure.found is None or failure.piece.opening not in ("clause", "given", "expect", "covers"):
        return None
    if failure.last.text.lower() == "no" and (failure.piece.opening == "given" or failure.accepts("MODAL")):
        return _denied(failure)
    if (
        failure.last.text in _NO_NAMES
        or failure.word in RESERVED - {"in", "by"}
        or failure.last.text in ("unit", "party")  # of `every unit`, `each party`
        or (in_content(failure) and any(word.text == "every" for word in failure.before[-3:]))
    ):
        return None
    begins, opening = failure.found.start, failure.last.end <= failure.piece.opening_end
    if not opening and failure.last.text not in RESERVED and _NAME.fullmatch(failure.last.text) and line.strip():
        begins = failure.last.start
        if failure.text[failure.last.end : failure.found.start].strip(" -"):
            return None
    elif failure.word not in ("in", "by", "on", "at"):
        return None
    found = _SEVERAL_WORDS.match(failure.text, begins, failure.piece.end)
    several = [
        Mend(begins, begins + len(words), _JOINT.sub("_", words)) for words in _shorter(found[0] if found else "")
    ]
    whole = [mend for mend in several if not (left := failure.left(mend)) or left < failure.piece.end - mend.end]
    # Where no name of theirs leads on, what follows may be a slip of its own.
    mend = whole[-1] if whole else several[0] if several else None
    if mend is None:
        return None
    words = failure.text[mend.start : mend.end]
    place = Written(words, mend.start, mend.end)
    return failure.says(
        say("`{words}` is not one name: write `{name}` if a word of it is meant", words=words, name=mend.text),
        at=place,
        mend=mend,
    )


def _denied(failure: Failure) -> Mistake:
    """`no warship must`, `given no fog`."""
    in_condition = BEFORE_CONDITIONS & {word.text for word in failure.before}
    if failure.piece.opening == "given" or in_condition:
        return failure.says(say("`no` does not deny a condition: write `not`"), at=failure.last, instead="not")
    return failure.says(
        say("`{word}` does not say that something is forbidden", word="no"),
        say("write `{words}`", words=f"{_bound(failure.word)} … must not …"),
        at=failure.last,
    )


def _bound(noun: str) -> str:
    """Who is bound where none of them is allowed to."""
    return {"party": "each party", "unit": "every unit"}.get(noun) or with_article(noun)


@cache
def _words_of_the_language() -> frozenset[str]:
    """Single words that are said for those of the language."""
    said = (one for several in synonyms().language.values() for one in several)
    return frozenset(one.replace("'", "") for one in said if " " not in one)


def _shorter(words: str) -> list[str]:
    """The words, and fewer of them, from two on."""
    ends: list[int] = []
    for found in _NAME.finditer(words):
        if ends and (found[0] in RESERVED | _NO_NAMES | _WHERE | _HOW_MANY or found[0] in _words_of_the_language()):
            break
        ends.append(found.end())
    return [words[:end] for end in ends[1:]]


# What denies or limits is no part of a name.
_NO_NAMES = frozenset(("no", "never", "neither", "nor", "none", "only", "always", "under"))


# What says how many are meant is no part of a name: `answer all calls`.
_HOW_MANY = frozenset(("all", "any"))


# What says where or when begins something else: `fishing vessel at night`.
_WHERE = frozenset(("at", "near", "on", "with", "within", "during", "from", "while", "inside", "outside", "beyond"))


_NAME = pattern(r"[^\W\d]\w*")


_JOINT = pattern(r"[ \t-]+")


_SEVERAL_WORDS = pattern(r"[^\W\d]\w*(?:[ \t-]+[^\W\d]\w*){1,4}")
