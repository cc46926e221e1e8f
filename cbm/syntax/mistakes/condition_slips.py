"""Slips in where conditions and exceptions stand, and in how they are joined."""

from __future__ import annotations

from re import IGNORECASE

from cbm.patterns import pattern
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.mistakes.slip_words import MODALS, in_content
from cbm.syntax.signs import UNITS
from cbm.syntax.tokens import RESERVED
from cbm.translation.saying import say

_POINT = r"[^\W\d]\w*(?:\.\w+)?"
_ORDERED = pattern(rf"(?P<one>{_POINT})\s+(?P<is>is\s+not\s+)?(?P<order>before|after)\s+(?P<other>{_POINT})(?![\w.])")
_IN_CASE = pattern(r"in\s+(?:the\s+event|(?:the\s+)?case)\s+of(?!\w)", IGNORECASE)


def and_beside_or(failure: Failure) -> Mistake | None:
    other = {"and": "OR", "or": "AND"}.get(failure.word)
    if other is None or not failure.accepts(other) or in_content(failure):
        return None
    if failure.rest.split()[:2] == ["or", "neither"]:
        return failure.says(say("that all hold or none does begins with `both`: write `both a and b or neither`"))
    return failure.says(
        say("`and` beside `or` can be read two ways: put brackets around what belongs together"),
        say("write `(a and b) or c`, or `a and (b or c)`"),
    )


def order_of_two(failure: Failure) -> Mistake | None:
    """`axiom "order" start before end`, `when start is not after end`."""
    for found in _ORDERED.finditer(failure.text, failure.line_start, failure.piece.end):
        if not found.start() <= failure.place.start <= found.end() or in_content(failure):
            continue
        one, order, other = found["one"], found["order"], found["other"]
        if {one, other} & {*RESERVED, *UNITS}:
            continue
        meant = f"not {one} is {order} {other}" if found["is"] else f"{one} is {order} {other}"
        message = say("which of two comes first is said with `is before` or `is after`")
        return failure.says(message, say("write `{words}`", words=meant), mend=Mend(found.start(), found.end(), meant))
    return None


def unit_in_condition(failure: Failure) -> Mistake | None:
    """`when a fighter is near`, `given a warship meeting a fighter`."""
    words = failure.rest.split()
    if failure.word not in ("a", "an", "another", "every") or not failure.accepts("NOT") or not words[1:]:
        return None
    one = f"{failure.word if failure.word in ('a', 'an') else 'a'} {words[1]}"
    if words[2:3] == ["meeting"] and words[4:]:
        meant = f"own is {one} and other is {words[3]} {words[4]}"
        mend = Mend(failure.place.start, failure.following(5), meant)
        message = say("a condition speaks of each unit by itself: write `{words}`", words=meant)
        return failure.says(message, mend=mend)
    if words[2:3] == ["occurs"]:
        message = say("a moment stands by its name alone")
        meant = f"{words[1]} occurs"
        return failure.says(
            message, say("write `{words}`", words=meant), mend=Mend(failure.place.start, failure.following(2), words[1])
        )
    if failure.word in ("a", "an") and (words[1].endswith(",") or MODALS & set(words[3:4])):
        message = say("`{word}` is not needed: leave it out", word=failure.word)
        behind = next(word.start for word in failure.onwards if word.start >= failure.place.end)
        return failure.says(message, mend=Mend(failure.place.start, behind, ""))
    return failure.says(
        say("a condition says which unit it speaks of"),
        say(
            "write `ROLE is {unit}`, with the role that is meant: `own` or `other`, or what the vocabulary says",
            unit=one,
        ),
    )


def condition_without_when(failure: Failure) -> Mistake | None:
    """`a warship meeting a fishing_vessel at night must call`."""
    words = failure.rest.split()
    if failure.word not in ("at", "during") or not failure.accepts("WHEN") or not words[1:] or in_content(failure):
        return None
    name = words[1]
    if not name.isidentifier() or name in RESERVED:
        return None
    return failure.says(
        say("a condition begins with `when`"),
        say("write `when NAME` with its name, which `cbm words {word}` finds", word=name),
        mend=Mend(failure.place.start, failure.following(2), f"when {name}"),
    )


def condition_too_late(failure: Failure) -> Mistake | None:
    """`must call when dangerous`, `must call if dangerous`, `must call, when dangerous`."""
    behind_comma = failure.last.text == "," and in_content(failure)
    if failure.word not in ("when", "if", "where") or not (failure.accepts("UNLESS") or behind_comma):
        return None
    return _too_late(failure, failure.word)


def in_case(failure: Failure) -> Mistake | None:
    """`must call in case of danger`, `must call in the event of danger`."""
    found = _IN_CASE.match(failure.rest)
    return _too_late(failure, found[0]) if found and failure.accepts("UNLESS") else None


def _too_late(failure: Failure, words: str) -> Mistake:
    message = say(
        "`{word}` comes too late: a condition stands before what is asked",
        word=" ".join(words.split()),
    )
    modal = next((word for word in reversed(failure.before) if word.text in MODALS), None)
    asked = modal.text if modal else "must"
    advice = (
        say("put it in front of `{word}`", word=asked)
        if words == "when"
        else say("put it in front of `{word}`, with `when`", word=asked)
    )
    return failure.says(message, advice, mend=_condition_first(failure, modal, failure.place.start + len(words)))


def _condition_first(failure: Failure, modal: Written | None, behind: int) -> Mend | None:
    """The condition in front of what is asked, where it is the last thing that is said."""
    if modal is None:
        return None
    words = failure.text[behind : failure.piece.end]
    condition = words.rstrip()
    asked = failure.text[modal.start : failure.place.start].rstrip(" \n\t,")
    mend = Mend(modal.start, behind + len(condition), f"when{condition} {asked}")
    return mend if failure.mended(mend) is None else None


def exception_too_early(failure: Failure) -> Mistake | None:
    """`every unit unless own.distress must call`, `unless own.distress every unit must call`."""
    if failure.word not in ("unless", "except") or not failure.accepts("MODAL"):
        return _exception_in_front(failure)
    message = say("`{word}` comes too early: an exception stands behind what is asked", word=failure.word)
    modal = next((word for word in failure.onwards if word.text in MODALS), None)
    asked = modal.text if modal else "must"
    return failure.says(
        message,
        say("put it behind what follows `{word}`, with `unless`", word=asked),
        mend=_exception_last(failure, modal),
    )


def _exception_in_front(failure: Failure) -> Mistake | None:
    if failure.word not in ("unless", "except", "save") or not failure.accepts("EVERY_UNIT"):
        return None
    return failure.says(
        say("`{word}` comes too early: an exception stands behind what is asked", word=failure.word),
        say("write `WHO must … unless …`; who is bound stands first"),
    )


def _exception_last(failure: Failure, modal: Written | None) -> Mend | None:
    """The exception behind what is asked, where no further sentence and no `otherwise` would take it."""
    if modal is None or any(word.text in (";", "otherwise") for word in failure.onwards):
        return None
    condition = failure.text[failure.place.end : modal.start].strip().removeprefix("when ")
    asked = failure.text[modal.start : failure.piece.end].rstrip()
    mend = Mend(failure.place.start, modal.start + len(asked), f"{asked} unless {condition.rstrip(',')}")
    return mend if failure.mended(mend) is None else None


def exception_to_behind(failure: Failure) -> Mistake | None:
    """`a warship must not transmit exception to 9`."""
    words = [word.text for word in failure.onwards]
    if words[:2] != ["exception", "to"] or not failure.accepts("UNLESS"):
        return None
    clause = words[2] if words[2:] else "1"
    return failure.says(
        say("`exception to` begins a clause of its own, which says when another one does not apply"),
        say(
            "write `in place of {clause}` here, or `clause LABEL exception to {clause} when …` on a line of its own",
            clause=clause,
        ),
    )


def exception_without_when(failure: Failure) -> Mistake | None:
    """`except in_sight`, `otherwise answer`."""
    if not failure.word or failure.word in RESERVED:
        return None
    if failure.last.text == "except" and not failure.accepts("NAME"):
        return failure.says(say("an exception begins with `unless`"), at=failure.last, instead="unless")
    if failure.last.text == "otherwise" and failure.accepts("MODAL"):
        return failure.says(
            say("`otherwise` says again how strong the duty is: write `otherwise must {word}`", word=failure.word),
            mend=Mend(failure.place.start, failure.place.start, "must "),
        )
    return None
