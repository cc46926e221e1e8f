"""Slips where several ways to do what is asked are joined, each with a time or a channel of its own."""

from __future__ import annotations

from collections.abc import Sequence

from cbm.patterns import pattern
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.mistakes.slip_words import MODALS, in_content
from cbm.syntax.tokens import RESERVED
from cbm.translation.saying import mark, say

_BETWEEN = frozenset((",", "or", "else", "alternatively", "otherwise"))
_TIMES = ("within", "at", "upon", "before", "after", "not", "until", "from", "every")
# How an act is done, by the words that begin to say it.
_MANNERS = {**dict.fromkeys(_TIMES, "time"), "through": "channel", "stating": "statement", "worded": "language"}
_OF_DOINGS = frozenset(("stating", "through", "worded", "to"))  # behind them stands no further act
_CASES = ("where", "when", "if", "whenever")
_LABEL = pattern(r"\s*(?P<label>[^\s\"]+(?:\s+(?:bis|ter|quater)(?!\w))?)")
_NAME = pattern(r"[^\W\d]\w*")


def another_way(failure: Failure) -> Mistake | None:
    """`must report through line or notify through note`, `must report within 2 h or must notify within 3 h`."""
    if failure.piece.opening != "clause" or not in_content(failure):
        return None
    if mistake := _another_act_in_another_case(failure):
        return mistake
    joining, rest = _joined(failure.onwards)
    if "or" not in joining:
        return _asked_twice(failure)
    number = max(number for number, word in enumerate(failure.before) if word.text in MODALS)
    modal, asked = failure.before[number], failure.before[number + 1 :]
    negated = bool(asked) and asked[0].text == "not"
    again = [word for word in rest[:1] if word.text == modal.text]
    if rest and rest[0].text.lower() in _CASES and asked:
        timed = not {word.text for word in rest}.isdisjoint(_TIMES)  # else something else may be asked there
        same = [word.text for word in asked[: 1 + negated]] if timed else ["…"]
        return _in_another_case(failure, " ".join((modal.text, *same)))
    duty = not negated and modal.text not in ("may", "need")
    if rest and rest[0].text[0].isdigit():
        return _another_time(failure, asked, rest) if duty else None
    act, following = _act(rest[len(again) :])
    if act is None or (negated and again):
        return None
    told = {_MANNERS[word.text] for word in asked[negated:] if word.text in _MANNERS}
    own = _MANNERS.get(following)
    if not again and (own is None or (own not in told and _counted(failure.before) is None)):
        return None
    if not duty:
        return _each(failure, f"{modal.text} not" if negated or modal.text == "need" else modal.text, act)
    ways = [_deemed(failure, act.text) if not any(word.text == "every" for word in asked) else _excepted(failure)]
    if not again and own not in told:
        ways.append(say("or declare a moment for whichever comes first, if `{point}` is a moment", point=act.text))
    message = say("`or` joins acts with the same times and channels, and `{act}` has others", act=act.text)
    return failure.says(message, *ways, at=Written("", failure.place.start, act.end))


def _asked_twice(failure: Failure) -> Mistake | None:
    """`must call or must answer`."""
    if failure.last.text != "or" or failure.word not in ("must", "shall", "should", "may"):
        return None
    if [word.text for word in failure.before if word.text in MODALS][-1] != failure.word:
        return None
    return failure.says(
        say("`{word}` stands once for all that `or` joins: leave the second one out", word=failure.word), instead=""
    )


def either_way(failure: Failure) -> Mistake | None:
    """`must either report within 2 h after incident`."""
    if failure.last.text != "either" or failure.piece.opening != "clause" or not in_content(failure):
        return None
    following = [word.text for word in failure.onwards[1:]]
    if not failure.word or failure.word in RESERVED or "or" not in following[1:]:
        return None
    return failure.says(
        say("`or` alone says that one of them is enough: leave `either` out"),
        at=failure.last,
        mend=Mend(failure.last.start, failure.place.start, ""),
    )


def _another_time(failure: Failure, asked: Sequence[Written], rest: Sequence[Written]) -> Mistake | None:
    """`must call within 2 h after incident or 3 h after contact`."""
    window = [word.text for word in rest[:3]]
    if _counted(failure.before) is None or not asked:
        return None
    words = " ".join(["within", *window])
    message = say("a time of a clause counts from one point: what may be done at another takes a clause of its own")
    return failure.says(message, _deemed(failure, f"{asked[0].text} {words}"))


def _in_another_case(failure: Failure, asked: str) -> Mistake:
    """`must notify at least 21 days before start, or, where dangerous, within 24 h after decision`."""
    return failure.says(
        say("what is asked in one case only takes a clause of its own"),
        say(
            "write in a clause of its own: `… when … {asked} … in place of {label}`",
            asked=asked,
            label=_label(failure),
        ),
    )


def _another_act_in_another_case(failure: Failure) -> Mistake | None:
    """`must call or, if in_sight, lase`, `must call and, if in_sight, lase`, `must call or, failing that, lase`."""
    said = [word.text for word in failure.before]
    modal, *asked = said[max(number for number, text in enumerate(said) if text in MODALS) :]
    onwards = [word.text for word in failure.onwards]
    rest = onwards[next((n for n, text in enumerate(onwards) if text not in (*_BETWEEN, "and")), len(onwards)) :]
    joining = {said[-1], *onwards[: len(onwards) - len(rest)]} & {"or", "and"}
    if not joining or not rest or modal not in ("must", "shall", "should") or asked[:1] == ["not"]:
        return None
    act = asked[0] if asked and all(text in _BETWEEN for text in asked[1:]) else ""
    closed = rest.index(",") if "," in rest else len(rest)
    behind = rest[closed + 1] if rest[closed + 1 :] else "…"
    if behind in RESERVED | _MANNERS.keys() or not _OF_DOINGS.isdisjoint(asked):
        return None
    behind = behind if behind.isidentifier() else "…"
    other = f"{modal} {behind}"
    either = f"{modal} {act} or {behind}"
    if rest[0].lower() in _CASES:
        message = say("what is asked in one case only takes a clause of its own")
        if "or" not in joining:
            return failure.says(message, say("write in a clause of its own: `… when … {asked}`", asked=other))
        label = _label(failure)
        instead = say(
            "write in a clause of its own: `… when … {asked} … in place of {label}`", asked=other, label=label
        )
        return failure.says(
            message, instead, *([say("write `{words}` there if either will do then", words=either)] if act else [])
        )
    if rest[:2] in (["failing", "that"], ["failing", "which"]) and act:
        return failure.says(
            say("`{words}` can be read two ways", words=" ".join(rest[:2])),
            say("write `{words}` if either will do", words=either),
            say("write `{words}` for what is owed after a breach", words=f"{modal} {act} otherwise {other}"),
        )
    return None


def _deemed(failure: Failure, act: str) -> str:
    """How another way to comply is written."""
    told = mark("write in a clause of its own: `… is deemed to comply with {label} if it does {act} …`")
    return say(told, label=_label(failure), act=act)


def _excepted(failure: Failure) -> str:
    """The same of what recurs, which nothing is deemed to comply with."""
    told = mark("write in a clause of its own: `exception to {label} when …`, with what is enough instead")
    return say(told, label=_label(failure))


def _label(failure: Failure) -> str:
    """How the sentence that is read is named: by its clause, and by its number where there are several."""
    found = _LABEL.match(failure.text, failure.piece.opening_end)
    label = found["label"] if found else "…"
    if not any(word.text == ";" for word in (*failure.before, *failure.onwards)):
        return label
    return f"{label} sentence {1 + sum(word.text == ';' for word in failure.before)}"


def _joined(words: Sequence[Written]) -> tuple[list[str], Sequence[Written]]:
    """The words that join, and what they join."""
    count = next((number for number, word in enumerate(words) if word.text not in _BETWEEN), len(words))
    return [word.text for word in words[:count]], words[count:]


def _act(words: Sequence[Written]) -> tuple[Written | None, str]:
    """What may be an act, with what follows it."""
    if not words or words[0].text in RESERVED or not _NAME.fullmatch(words[0].text):
        return None, ""
    following = words[1].text if len(words) > 1 else ""
    return (None, "") if following == "." else (words[0], following)


def _counted(before: Sequence[Written]) -> str | None:
    """From what the last time is counted, where that is what was read last."""
    words = [word.text for word in before]
    counted = {"after", "before", "upon", "until", "from"}
    return words[-1] if len(words) > 1 and words[-2] in counted else None


def _each(failure: Failure, asked: str, act: Written) -> Mistake:
    """A ban, a permission and an exemption hold for each of several acts."""
    words = f"{asked} {act.text}"
    start = failure.last.start if failure.last.text == "," else failure.last.end
    return failure.says(
        say("a further sentence of a clause stands behind a semicolon: write `; {words} …`", words=words),
        at=act,
        mend=Mend(start, act.start, f"; {asked} "),
    )
