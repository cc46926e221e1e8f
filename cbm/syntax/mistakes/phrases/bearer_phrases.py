"""Slips in the words with which a clause begins: whom it binds, as a treaty would say it."""

from __future__ import annotations

from collections.abc import Iterator
from re import IGNORECASE, Match

from cbm.patterns import pattern
from cbm.syntax.mistake import Mistake
from cbm.syntax.mistakes.failure import Failure
from cbm.syntax.mistakes.phrases.rewritten import NAME, Known, Rewritten, instead, rewritten
from cbm.syntax.mistakes.slip_words import meeting_alike, singular, with_article
from cbm.syntax.synonyms import said_for_words
from cbm.translation.saying import say

# What stands before the words: the label and the titles.
_BEGINNING = pattern(r'clause\s+\S+(?:\s+(?:bis|ter|quater)\b)?(?:\s+(?:[a-z]{2,3}\s+)?"[^"\n]*")*\s*')
_PARTY = r"(?:party|parties|side|sides|state|states|government|governments|country|countries)"
_PARTIES = r"(?:parties|sides|states|governments|countries)"
_UNIT = r"(?:units?|one)"
_MODAL = r"(?:must|shall|should|may|will|can)"
_PLACED = r"(?:in|at|on|off|near|over|inside|outside|beyond|under|during|by)"


def bearer_phrases(failure: Failure) -> Iterator[Mistake]:
    """What is told of the words between the label of a clause and what it asks for."""
    if failure.piece.opening == "clause":
        beginning = _BEGINNING.match(failure.text, failure.piece.start, failure.piece.end)
        yield from rewritten(failure, _KNOWN, beginning.end()) if beginning else ()


def _denied(found: Match[str]) -> Rewritten:
    """`neither party may`, `none of the ships may`, `no warship shall`."""
    modal, every = ("should" if found["modal"].lower() == "should" else "must"), _all_of(found["noun"])
    if found["not"]:
        return Rewritten(
            say("it is denied twice, and could mean either of two rules"),
            say("write `{every} {modal} …` or `{every} {modal} not …`", every=every, modal=modal),
        )
    message = say("`{word}` does not say that something is forbidden", word=found["no"].split()[0])
    return instead(message, f"{every} {modal} not")


def _dispensed(found: Match[str]) -> Rewritten:
    """`no party shall be required to`."""
    message = say("who is not obliged is told by `need not`")
    return instead(message, f"{_all_of(found['noun'])} need not")


def _neither_nor(_: Match[str]) -> Rewritten:
    """`neither a warship nor a fighter may`."""
    return Rewritten(
        say("`{word}` does not say that something is forbidden", word="neither"),
        say("write a clause with `must not` for each"),
    )


def _either(_: Match[str]) -> Rewritten:
    """`either a warship or a fighter must`."""
    return Rewritten(say("`or` alone says that each of them is bound: leave `either` out"))


def _several_kinds(found: Match[str]) -> Rewritten:
    """`a warship, a fighter and a submarine must`: each of these is bound, and none is two of them."""
    names = [name.split()[-1] for name in _PARTED.split(found["kinds"])]
    words = f"{found['article']} {' or '.join(names)}"
    return instead(say("kinds of unit are joined by `or`, and one article stands for all"), words)


def _kinds_with_the(found: Match[str]) -> Rewritten:
    """`the warship and the fighter must`, `the organiser or informed must`."""
    first, *others = (singular(name.split()[-1]) for name in _PARTED.split(found["kinds"]))
    words = " or ".join((with_article(first), *others))
    return Rewritten(
        say("kinds of unit are joined by `or`, and one article stands for all"),
        say("write `{words}` for kinds of unit, `each party` for all roles, or a clause for each", words=words),
        words,
    )


def _never(found: Match[str]) -> Rewritten:
    """`a warship never calls`."""
    return Rewritten(
        say("that something is forbidden is said with `must not`"),
        say("write `{words}`", words=f"{_in_line(found['who'])} must not …"),
    )


def _told_as_fact(found: Match[str]) -> Rewritten:
    """`a warship calls`."""
    return Rewritten(
        say("it is not said whether that is a duty, advice or a permission"),
        say(
            "write `{words}` for a duty, `should …` for advice, `may …` for a permission",
            words=f"{_in_line(found['who'])} must …",
        ),
    )


def _all_of(noun: str) -> str:
    """Who is bound where none of them is allowed to."""
    if _OF_PARTIES.fullmatch(noun):
        return _EACH_PARTY
    return _EVERY_UNIT if _OF_UNITS.fullmatch(noun) else f"every {singular(noun)}"


def _other_one(found: Match[str]) -> Rewritten:
    """`the other party must`."""
    every = _all_of(found["noun"])
    return Rewritten(
        say("a clause speaks from the side of who is bound: `{words}` is the one that it meets", words=found[0]),
        say(
            "write `{every}`, which binds that one as well; a role that stays with its unit stands by its name",
            every=every,
        ),
    )


def _described(found: Match[str]) -> Rewritten:
    """`the Chinese side must`, `the notifying party must`."""
    meant = said_for_words(f"{found['what']} {found['noun']}")
    if len(meant) == 1:
        return instead(say("a party is bound by its name"), meant[0])
    return Rewritten(
        say("`{words}` is no party or role", words=f"{found['what']} {found['noun']}"),
        say("write the name of a role, which `cbm words` lists, or `each party` and behind it `when …`"),
    )


def _several_words(found: Match[str]) -> Rewritten:
    """`the approaching aircraft must`."""
    return Rewritten(
        say("`{words}` is no kind of unit, and no role", words=_in_line(found["what"])),
        say("write `every`, the kind by its one name, and behind it `when …` with what else is so"),
    )


def _two(found: Match[str]) -> Rewritten:
    """`the two units must`, `both warships must`: who meets one of another kind is not bound by the latter."""
    every = _all_of(found["noun"])
    both = every if every in (_EACH_PARTY, _EVERY_UNIT) else meeting_alike(singular(found["noun"]))
    return instead(say("a clause binds each of those who meet"), both)


def _in_brackets(found: Match[str]) -> Rewritten:
    """`every unit (when in_sight) must`."""
    return instead(say("a condition stands without brackets"), f"{found['who']} {found['condition'].strip()}")


def _only(found: Match[str]) -> Rewritten:
    """`only warships must`."""
    return Rewritten(
        say("a clause binds whom it names, and nobody else: leave `{word}` out", word=found["out"].strip())
    )


def _only_allowed(_: Match[str]) -> Rewritten:
    """`only warships may`, which forbids it to all others."""
    return Rewritten(
        say("a clause that allows something to some forbids it to nobody"),
        say("write `every unit must not …` and behind it `unless own is a …`"),
    )


def _time_first(found: Match[str]) -> Rewritten:
    """`upon contact every unit must`."""
    return Rewritten(
        say("who is bound stands first, and when it is to be done at the end"),
        say("write `{bearer} must … {time}`", bearer=_in_line(found["bearer"]), time=_in_line(found["time"])),
    )


def _condition_first(found: Match[str]) -> Rewritten:
    """`in fog every unit must`."""
    return Rewritten(
        say("`{words}` says when a clause binds, and that is written as a condition", words=_in_line(found["words"])),
        say("write `when …` in its place, with a word that `cbm words` finds"),
    )


def _of_all(found: Match[str]) -> Rewritten:
    """`a warship of either party must`."""
    return Rewritten(say("a text binds its parties: leave `{words}` out", words=found["out"].strip()))


def _belonging(found: Match[str]) -> Rewritten:
    """`a warship of CN must`."""
    return Rewritten(
        say("`{words}` says whose unit it is, and that is written as a condition", words=_in_line(found["whose"])),
        say("write `when own.party is …` behind who is bound"),
    )


def _qualified(found: Match[str]) -> Rewritten:
    """`a warship with helicopters must`, `a warship in fog must`."""
    return Rewritten(
        say("`{words}` describes who is bound, and that is written as a condition", words=_in_line(found["words"])),
        say("write `when …` in its place, with a word that `cbm words` finds"),
    )


def _in_line(words: str) -> str:
    return " ".join(words.split())


_EACH_PARTY, _EVERY_UNIT = "each party", "every unit"
_OF_PARTIES = pattern(_PARTY, IGNORECASE)
_OF_UNITS = pattern(_UNIT, IGNORECASE)
_NO_NAME = rf"(?:{_PLACED}|each|either|neither|none|both|all|the|an?|any|every|when|unless|if|no|only)"
_WHO = rf"(?:every\s+unit|each\s+party|(?:the\s+|an?\s+|any\s+|every\s+|all\s+)?(?!{_NO_NAME}\b){NAME})"
_BOUND = rf"(?:every\s+unit|each\s+party|(?:an?|any|every)\s+{NAME})"
_AHEAD = rf"(?=\s+(?:{_MODAL}|when|unless|meeting|if)(?!\w))"
_OWED = rf"(?=\s+(?:(?!may\b|can\b){_MODAL}|(?:may|can)\s+not)(?!\w))"
_BESIDE = (
    rf"(?:{_PLACED}|with|without|of|from|having|who|whose|(?:that|which)(?!\s+(?:meets|encounters)\b)"
    rf"|(?!meeting\b|encountering\b|during\b)[a-z]+(?:ing|ed))"
)
_NONE = r"(?P<no>neither(?:\s+of\s+the(?:\s+two)?)?|none\s+of\s+the(?:\s+two)?|no)"
_OBLIGED = r"be\s+(?:required|obliged|obligated|bound)\s+to|have\s+to|need(?:\s+to)?"
_PARTED = pattern(r"\s*,\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+", IGNORECASE)
_CLOSED = r"(?=\s*\Z|\s+(?:before|after|within|at|unless|through|upon|until|if|when|to)(?!\w))"
_ONE = rf"(?:(?:the|an?|any|every)\s+)?(?!{_NO_NAME}\b){NAME}"
_KNOWN: tuple[Known, ...] = (
    (pattern(rf"neither\s+{_ONE}\s+nor\s+{_ONE}{_AHEAD}", IGNORECASE), _neither_nor),
    (pattern(rf"(?P<out>either\s+){_ONE}\s+or\s+{_ONE}{_AHEAD}", IGNORECASE), _either),
    (
        pattern(
            rf"(?=(?P<article>an?|every|any)\s)(?P<kinds>{_ONE}(?:\s*,\s*{_ONE})+(?:\s*,)?\s+(?:or|and)\s+{_ONE}){_AHEAD}",
            IGNORECASE,
        ),
        _several_kinds,
    ),
    (
        pattern(
            rf"(?P<who>(?:every\s+unit|each\s+party|(?:an?|every|any)\s+(?!{_NO_NAME}\b){NAME}))\s+(?!meets\b){NAME}s{_CLOSED}"
        ),
        _told_as_fact,
    ),
    (pattern(rf"(?P<who>{_WHO})\s+never\s+{NAME}(?!\w)"), _never),
    (
        pattern(
            rf"{_NONE}\s+(?P<noun>{NAME})\s+(?:(?:{_MODAL})\s+(?:{_OBLIGED})|needs?(?:\s+to)?|has\s+to)(?!\w)",
            IGNORECASE,
        ),
        _dispensed,
    ),
    (
        pattern(rf"{_NONE}\s+(?P<noun>{NAME})\s+(?P<modal>{_MODAL})(?P<not>\s+not)?(?!\w)", IGNORECASE),
        _denied,
    ),
    (pattern(rf"(?:the|an?|every|each|any)\s+other\s+(?P<noun>{NAME}){_AHEAD}", IGNORECASE), _other_one),
    (pattern(rf"(?:the|each)\s+(?!two\b)(?P<what>{NAME})\s+(?P<noun>{_PARTY})(?!\w)", IGNORECASE), _described),
    (
        pattern(
            rf"the\s+(?!two\b)(?P<kinds>{_ONE}(?:\s*,\s*{_ONE})*(?:\s*,)?\s+(?:or|and)\s+{_ONE}){_AHEAD}", IGNORECASE
        ),
        _kinds_with_the,
    ),
    (
        pattern(
            rf"the\s+(?!two\b)(?P<what>(?:(?!(?:and|or|when|unless|meeting|if)\b){NAME}\s+)+{NAME}){_AHEAD}", IGNORECASE
        ),
        _several_words,
    ),
    (pattern(rf"(?:(?:the|all|both)\s+two|both)\s+(?P<noun>{NAME}){_AHEAD}", IGNORECASE), _two),
    (pattern(rf"(?:only\s+{_WHO}|{_WHO}\s+only)\s+(?:may|can)(?!\w|\s+not\b)", IGNORECASE), _only_allowed),
    (pattern(rf"(?P<out>only\s+){_WHO}{_OWED}", IGNORECASE), _only),
    (pattern(rf"{_WHO}(?P<out>\s+only){_OWED}", IGNORECASE), _only),
    (pattern(rf"(?P<who>{_WHO})\s*\(\s*(?P<condition>(?:when|unless)\s[^()\n]+)\)"), _in_brackets),
    (pattern(rf"(?P<time>(?:upon|after|before|within)\s[^\n,]+?),?\s+(?P<bearer>{_BOUND})\s+must(?!\w)"), _time_first),
    (
        pattern(
            r"(?P<time>(?:upon|(?:(?:within|at\s+least|not?\s+later\s+than)\s+[0-9]+\s+[a-z]+\s+)?(?:after|before))"
            rf"\s+{NAME}(?:\.{NAME})?),?\s+(?P<bearer>{_BOUND}|(?!{_NO_NAME}\b){NAME})\s+must(?!\w)"
        ),
        _time_first,
    ),
    (pattern(rf"(?P<words>{_PLACED}\s[^\n,]+?),?\s+{_BOUND}{_AHEAD}"), _condition_first),
    (
        pattern(
            rf"{_WHO}(?P<out>\s+of\s+(?:(?:both|either|each|any)\s+{_PARTY}|the(?:\s+two)?\s+{_PARTIES}))(?!\w)",
            IGNORECASE,
        ),
        _of_all,
    ),
    (pattern(rf"{_WHO}\s+(?P<whose>(?:of|from)\s+{NAME}){_AHEAD}"), _belonging),
    (pattern(rf"(?P<whose>{NAME}['’]s?)\s+{NAME}{_AHEAD}"), _belonging),
    (pattern(rf"{_WHO}\s+(?P<words>{_BESIDE}\s[^\n,]+?){_AHEAD}"), _qualified),
)
