"""Slips in how an act is done: through which channel, in which form, with what stated, and where that stands."""

from __future__ import annotations

from collections.abc import Iterator
from re import IGNORECASE, Match

from cbm.patterns import pattern
from cbm.syntax.mistake import Mistake
from cbm.syntax.mistakes.failure import Failure
from cbm.syntax.mistakes.phrases.rewritten import NAME, Known, Rewritten, instead, rewritten_around
from cbm.syntax.mistakes.slip_words import MODALS, in_content
from cbm.translation.saying import say

_WORDS_READ = 5  # before the place at which reading ended, of those that may begin the phrase


def manner_phrases(failure: Failure) -> Iterator[Mistake]:
    """What stands at the place where reading ended, or begins a few words before it, once it is said what is asked."""
    if failure.piece.opening == "clause" and in_content(failure):
        yield from rewritten_around(failure, _KNOWN, _WORDS_READ)


def _in_form(_: Match[str]) -> Rewritten:
    """`in writing`, `orally`."""
    return Rewritten(
        say("in which form a message is sent is said by its channel"),
        say("write `through` and a channel, which `cbm words` finds"),
    )


def _by_way(found: Match[str]) -> Rewritten:
    """`using diplomatic_note`."""
    return instead(say("by which channel it goes is said with `through`"), f"through {found['channel']}")


def _by(found: Match[str]) -> Rewritten:
    """`by diplomatic_note`, `by start`; `on vhf_16`, `on incident`."""
    if found["name"] in ("night", "day"):
        return _on_days(found)
    moment, name = "upon" if found["word"].lower() == "on" else "not later than", "_".join(found["name"].split())
    return Rewritten(
        say("`{word}` could mean a channel or a time", word=found["word"]),
        say("write `through {name}` for a channel, `{moment} {name}` for a moment", name=name, moment=moment),
    )


def _no_other_channel(found: Match[str]) -> Rewritten:
    """`must notify only through diplomatic_note`, `must notify through diplomatic_note only`."""
    through, act = f"through {found['channel'] or found['named']}", found["act"]
    return Rewritten(
        say("`only` forbids nothing: a clause says no more than what it asks for or allows"),
        say(
            "write `{asked}`, and `; {barred}` behind it if no other channel is to be used",
            asked=f"{found['modal']} {act} {through}",
            barred=f"must not {act} except {through}",
        ),
    )


def _not_through(found: Match[str]) -> Rewritten:
    """`must notify through diplomatic_note and not through navigational_warning`."""
    barred = f"must not {found['act']} through {found['channel']}"
    return instead(
        say("what is forbidden takes a sentence of its own"),
        f"{' '.join(found['asked'].split())}; {barred}",
        f"; {barred}",
    )


def _on_days(found: Match[str]) -> Rewritten:
    """`must call on working days`."""
    return Rewritten(
        say("`{words}` is no channel and no moment", words=" ".join(found[0].split())),
        say("write it as a condition before `must`, with a fact that a vocabulary declares"),
    )


def _channel_said(found: Match[str]) -> Rewritten:
    """`through channel vhf_16`."""
    return Rewritten(say("a channel stands by its name alone: leave `{words}` out", words=found["out"].strip()))


def _stated(_: Match[str]) -> Rewritten:
    """`must notify, stating nature`."""
    return Rewritten(say("what is stated stands without a comma: leave `,` out"))


def _including(found: Match[str]) -> Rewritten:
    """`must notify, including purpose`."""
    return instead(say("what is stated stands behind `stating`, without a comma"), f" stating {found['what']}")


def _article(found: Match[str]) -> Rewritten:
    """`stating the purpose`, `through the diplomatic_note`."""
    return Rewritten(say("`{word}` is not needed: leave it out", word=found["out"].strip()))


def _done_before(found: Match[str]) -> Rewritten:
    """`must within 24 h after incident notify`, `must through diplomatic_note notify`."""
    modal, manner, act = (" ".join(found[part].split()) for part in ("modal", "manner", "act"))
    return instead(say("how and when it is done is said behind the act"), f"{modal} {act} {manner}")


_BEHIND_A_NAME = (
    "unless|through|within|at|stating|otherwise|except|in|to|when|and|or|of|for|before|after|upon|until|not"
)
_DAY = "days?|holidays?|weekdays?|weekends?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_FIGURE = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_MODAL = "|".join(sorted(MODALS))
_KNOWN: tuple[Known, ...] = tuple(
    (pattern(expression, IGNORECASE), told)
    for expression, told in (
        (
            r"in\s+(?:writing|written\s+form)|orally|verbally|by\s+(?:letter|telephone|phone|fax|e-?mail)(?!\w)",
            _in_form,
        ),
        (rf"(?:using|over)\s+(?:the\s+)?(?P<channel>{NAME})(?!\w|\.)", _by_way),
        (rf"(?P<word>on|during)\s+(?:(?:working|business|week|public)\s*)?(?:{_DAY})(?!\w)", _on_days),
        (
            rf"(?P<word>by|on)\s+(?:the\s+)?(?P<name>{NAME}(?:[ ]+(?!(?:{_BEHIND_A_NAME})\b){NAME})?)(?!\w|\.)",
            _by,
        ),
        (
            (
                rf"(?P<modal>must|shall|should|may|can)\s+(?P<act>{NAME})\s+(?:(?:only|solely|exclusively)\s+through\s+"
                rf"(?:the\s+)?(?P<channel>{NAME})|through\s+(?:the\s+)?(?P<named>{NAME})\s+(?:only|alone))(?!\w)"
            ),
            _no_other_channel,
        ),
        (
            (
                rf"(?P<asked>(?P<modal>must|shall|should|may)\s+(?P<act>{NAME})\s+through\s+{NAME})\s*,?\s*(?:and\s+|but\s+)?"
                rf"not\s+through\s+(?P<channel>{NAME})(?!\w)"
            ),
            _not_through,
        ),
        (rf"through\s+(?P<out>(?:the\s+)?channel\s+){NAME}(?!\w)", _channel_said),
        (r"(?P<out>\s*,)\s*stating(?!\w)", _stated),
        (rf",\s*(?:including|specifying|indicating|containing)\s+(?P<what>(?!the\b|its\b){NAME})(?!\w)", _including),
        (
            (
                rf"(?P<modal>(?:{_MODAL})(?:\s+not)?)\s*,?\s*(?P<manner>(?:within|at\s+least)\s+{_FIGURE}\s*(?:days?|h|hours?|min)\s+"
                rf"(?:after|before)\s+{NAME}(?:\.{NAME})?|through\s+{NAME})\s*,?\s*(?P<act>{NAME})(?!\w)"
            ),
            _done_before,
        ),
        (rf"(?:stating|through|worded\s+in)\s+(?:{NAME}\s*,\s*)*(?P<out>(?:the|its|an?)\s+){NAME}(?!\w)", _article),
    )
)
