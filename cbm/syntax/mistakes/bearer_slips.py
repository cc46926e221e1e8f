"""Slips in who is bound, and in whom is spoken of."""

from __future__ import annotations

from collections.abc import Container, Sequence

from cbm.patterns import pattern
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.mistakes.slip_words import BEFORE_CONDITIONS, MODALS, in_content, sides_of, singular, with_article
from cbm.syntax.tables.lalr import END
from cbm.syntax.tokens import RESERVED
from cbm.translation.saying import say


def nobody_bound(failure: Failure) -> Mistake | None:
    if not failure.accepts("EVERY_UNIT") or failure.word not in MODALS:
        return None
    return failure.says(
        say("nobody is bound: expected who it is before `{word}`", word=failure.word),
        say("write, for example, `every unit`, `each party`, `a warship` or the name of a party"),
    )


def restates_only(failure: Failure) -> Mistake | None:
    """`clause 9 restates 3.2`, where `restates` was read as the name of who is bound."""
    if failure.last.text != "restates" or not failure.accepts("MODAL"):
        return None
    return failure.says(
        say("a clause that restates another also says what it asks for"),
        say("write who is bound and to what, then `restates` and the label"),
        at=failure.last,
    )


def bearers_joined(failure: Failure) -> Mistake | None:
    """`a warship and a fighter must`, where each of them is meant; `CN and JP must`, where both are."""
    words = [word.text for word in failure.before]
    if failure.word in ("and", "or") and failure.last.text == ";":
        message = say("`{word}` is not needed behind a semicolon: leave it out", word=failure.word)
        return failure.says(message, instead="")
    if failure.word == "and" and failure.accepts("OR") and _of_units(failure, words):
        return failure.says(
            say("`and` does not join kinds of unit, since no unit is of two: write `or`"),
            say("`a warship or fighter` speaks of every warship and of every fighter"),
            mend=_or_without_article(failure),
        )
    if failure.word in ("and", "or") or (failure.found is not None and failure.found.text == ","):
        named = failure.accepts("MODAL") and not failure.accepts("OR") and not BEFORE_CONDITIONS & set(words)
        if named and failure.last.text not in ("unit", "party"):
            remedies = [say("write `each party` or `every unit` where all are meant, or a clause for each")]
            if failure.last.text not in sides_of(failure.text):
                remedies.append(say("kinds of unit have one article: write `a warship or fighter` for these"))
            return failure.says(
                say(
                    "one party or role is bound by a clause, and `{written}` is named already",
                    written=failure.last.text,
                ),
                *remedies,
            )
    return None


def _or_without_article(failure: Failure) -> Mend:
    """`or` for `and a`."""
    articles = ("a", "an", "any", "every")
    count = 2 if failure.rest.split()[1:2] and failure.rest.split()[1] in articles else 1
    return Mend(failure.place.start, failure.following(count), "or")


def _of_units(failure: Failure, words: list[str]) -> bool:
    """Whether it is being read who is bound, or whom it meets."""
    telling = [word for word in words if word in BEFORE_CONDITIONS | {"meeting"}]
    return failure.accepts("MEETING") or (not in_content(failure) and telling[-1:] in ([], ["meeting"]))


def article_before_name(failure: Failure) -> Mistake | None:
    """`zone is the eez`, `the warship`, `all warships`."""
    conditional = BEFORE_CONDITIONS & {word.text for word in failure.before}
    joined = failure.word in ("a", "an", "every", "any") and failure.last.text == "or"
    if (failure.word in ("the", "this", "that") or joined) and failure.accepts("NAME"):
        end = failure.following(1)
        blank = len(failure.text[end : failure.piece.end]) - len(failure.text[end : failure.piece.end].lstrip())
        return failure.says(
            say("`{word}` is not needed: leave it out", word=failure.word),
            mend=Mend(failure.place.start, end + blank, ""),
        )
    article = failure.before[-2] if len(failure.before) > 2 else failure.last
    named = failure.word or failure.place.text == ","
    opened = failure.before[-3].text if len(failure.before) > 2 else ""
    if named and article.text in ("the", "this") and opened in ("when", "unless"):
        word, mend = article.text, Mend(article.start, failure.last.start, "")
        return failure.says(say("`{word}` is not needed: leave it out", word=word), at=article, mend=mend)
    last = failure.last.text.lower()
    of_text = last in ("the", "this") and {word.text for word in failure.before[-3:-1]} & _BEFORE_TEXTS
    if (last in ("the", "this") and failure.word and conditional) or (of_text and failure.word):
        mend = Mend(failure.last.start, failure.place.start, "")
        return failure.says(
            say("`{word}` is not needed: leave it out", word=failure.last.text), at=failure.last, mend=mend
        )
    if last not in ("the", "this", "each", "all", "both") or not failure.word or conditional:
        return None
    if last in ("each", "all", "both") and failure.word.lower() in _PARTIES:
        meant = Mend(failure.last.start, failure.place.end, "each party")
        said = failure.text[meant.start : meant.end]
        message = say("`{said}` is not how it is written: write `{meant}`", said=said, meant=meant.text)
        return failure.says(message, at=Written(said, meant.start, meant.end), mend=meant)
    return None if not failure.accepts("MODAL") or failure.word in _NO_NOUNS else _article_of_bearer(failure)


# Behind these stands a clause or a text.
_BEFORE_TEXTS = frozenset(("to", "notwithstanding", "of", "beside", "restates", "cases", "for", "uses"))


def _article_of_bearer(failure: Failure) -> Mistake:
    """`the warship must`, `all warships must`."""
    noun = singular(failure.word)
    one = failure.last.text.lower() in ("the", "this") and noun == failure.word
    if one and noun in sides_of(failure.text):
        message = say("`{word}` is not needed: leave it out", word=failure.last.text)
        return failure.says(message, at=failure.last, mend=Mend(failure.last.start, failure.place.start, ""))
    words = with_article(noun) if one else f"every {noun}"
    message = say("`{written}` does not say who is bound", written=failure.last.text)
    remedy = say("write `{words}` for a kind of unit, `{word}` alone for a role", words=words, word=noun)
    if one:
        return failure.says(message, remedy, at=failure.last, instead=words.split()[0])
    return failure.says(message, remedy, at=failure.last, mend=Mend(failure.last.start, failure.place.end, words))


def role_apart(failure: Failure) -> Mistake | None:
    """`own distress`, `other unit is a fighter`."""
    if not failure.word or failure.word in RESERVED or failure.last.text not in ("own", "other"):
        return None
    if failure.rest.split()[1:3] in (["is", "a"], ["is", "an"], ["is", "not"]):
        message = say("`{role}` is a unit already: leave `{word}` out", role=failure.last.text, word=failure.word)
        return failure.says(message, mend=Mend(failure.last.end, failure.place.end, ""))
    place = Written("", failure.last.start, failure.place.end)
    whole = f"{failure.last.text}.{failure.word}"
    return failure.says(
        say("what is said of a unit stands behind a dot: write `{whole}`", whole=whole), at=place, instead=whole
    )


def kind_without_article(failure: Failure) -> Mistake | None:
    """`warship meeting fighter`, `a warship meeting fighter`."""
    start, words = failure.place.start, failure.rest.split()
    if failure.word == "meeting" and failure.accepts("MODAL") and _is_name(failure.last.text) and words[1:]:
        start, met = failure.last.start, words[1:2] if _is_name(words[1]) else words[1:3]
        met = [with_article(met[0])] if len(met) == 1 else met
        end, meant = failure.following(1 + len(met)), " ".join((with_article(failure.last.text), "meeting", *met))
    elif failure.last.text == "meeting" and _is_name(failure.word):
        end, meant = failure.place.end, with_article(failure.word)
    else:
        return None
    return failure.says(
        say("`meeting` stands between kinds of units with their articles: write `{words}` for these", words=meant),
        at=Written(failure.text[start:end], start, end),
        instead=meant,
    )


_ANY_UNIT = pattern(
    r"meeting\s+(?:(?:any|every|each|all|another|other|the|a)\s+)*(?:other\s+)?(?:units?|part(?:y|ies)|side)(?!\w)"
)


def whoever_meeting(failure: Failure) -> Mistake | None:
    """`every unit meeting a submarine must call`."""
    if failure.word != "meeting" or failure.last.text not in ("unit", "party") or not failure.accepts("WHEN"):
        return None
    words = failure.rest.split()
    if whoever := _ANY_UNIT.match(failure.rest):
        message = say("a clause is about whoever is met: leave `{words}` out", words=whoever[0])
        place = Written(whoever[0], failure.place.start, failure.place.start + len(whoever[0]))
        return failure.says(message, at=place, mend=Mend(failure.last.end, place.end, ""))
    met = words[1:3] if words[1:2] and words[1] in ("a", "an") else [with_article(word) for word in words[1:2]]
    if not met or not _is_name(met[-1].split()[-1]):
        return None
    meant = f"when other is {' '.join(met)}"
    alone = words[1] in ("a", "an") and words[3:4] and words[3] in MODALS
    return failure.says(
        say("`meeting` stands behind a kind of unit: of whoever meets one, write `{words}`", words=meant),
        mend=Mend(failure.place.start, failure.following(3), meant) if alone else None,
    )


def second_sentence(failure: Failure) -> Mistake | None:
    """`a warship must call and must not lase`, and a sentence on the next line."""
    return _further_sentence(failure) if failure.accepts("SEMICOLON") else None


def sentence_behind_comma(failure: Failure) -> Mistake | None:
    """`a warship must call, and it must not lase`, where what is behind the comma might be one more act."""
    joined = failure.word in ("and", "but", *MODALS) and failure.last.text == ","
    return _further_sentence(failure) if joined else None


def negation_in_list(failure: Failure) -> Mistake | None:
    """`must not lase, not jam`, `must call, not answer`, `must call but not answer`."""
    modals = [number for number, word in enumerate(failure.before) if word.text in MODALS]
    but = failure.word == "not" and [word.text for word in failure.before[-2:]] == [",", "but"]  # read as an act
    joined = but or [word.text for word in failure.onwards[:2]] in (["but", "not"], ["and", "not"])
    listed = failure.word == "not" and failure.last.text == ","
    if not (joined or listed) or failure.piece.opening != "clause" or not modals:
        return None
    modal, negation = (word.text for word in failure.before[modals[-1] : modals[-1] + 2])
    if joined:
        if negation == "not":
            return None
        last = next(word for word in reversed(failure.before) if word.text not in (",", "but"))
        negated = next(word for word in failure.onwards if word.text == "not")
        mend = Mend(last.end, negated.start, f"; {modal} ")
        words = f"{modal} not"
        return failure.says(
            say("a further sentence of a clause stands behind a semicolon: write `; {words} …`", words=words), mend=mend
        )
    if negation == "not":
        behind = next((word.start for word in failure.onwards if word.text != "not"), failure.place.end)
        return failure.says(
            say("`{words}` holds for all that is listed: leave the second `not` out", words=f"{modal} not"),
            mend=Mend(failure.place.start, behind, ""),
        )
    return failure.says(
        say("a further sentence of a clause stands behind a semicolon: write `; {words} …`", words=f"{modal} not"),
        mend=Mend(failure.last.start, failure.place.start, f"; {modal} "),
    )


def _further_sentence(failure: Failure) -> Mistake | None:
    """What is read here as a sentence of its own, since it asks for something."""
    if failure.piece.opening != "clause" or failure.found is None:
        return None
    words = [word for word in failure.onwards if word.text not in _BETWEEN_SENTENCES]
    modal = next((number for number, word in enumerate(words) if word.text in MODALS), None)
    if modal is None or not any(word.text in MODALS for word in failure.before):
        return None
    if any(word.text in RESERVED - _OF_BEARERS and word.text not in MODALS for word in words[:modal]):
        return None
    before, begun = failure.before, words
    if len(before) > 2 and before[-2].text == "." and before[-2].end < before[-1].start:
        before, begun = before[:-2], [before[-1], *words]  # read as one name, with the dot
    first = next((word for word in begun if word.text not in _MEANING_THE_SAME), words[modal])
    last = next(word for word in reversed(before) if word.text not in _BETWEEN_SENTENCES)
    return failure.says(
        say("a further sentence of a clause stands behind a semicolon: write `; {words} …`", words=first.text),
        at=Written("", failure.found.start, words[modal].end),
        mend=Mend(last.end, first.start, "; "),
    )


_MEANING_THE_SAME = ("it", "It", "they", "They")  # as who is bound by the sentence before
_BETWEEN_SENTENCES = frozenset(("and", "but", "or", "also", ",", ";", "."))
_OF_BEARERS = frozenset(("a", "an", "any", "every", "meeting", "or"))


_NO_NOUNS = ("but", "except", "other", "of")  # behind `all`: they begin whom it leaves out

_PARTIES = ("party", "parties", "state", "states", "side", "sides", "country", "countries")


_PARTICIPLE = pattern(r"[a-z]+ed|kept|given|told|made|sent|left|held|done|met|seen|shown|taken|flown|driven|drawn")


def passive(failure: Failure) -> Mistake | None:
    """`separation must be kept >= 500 m`, `calls must be answered`."""
    if failure.last.text != "be" or not _PARTICIPLE.fullmatch(failure.word) or not in_content(failure):
        return None
    place = Written(f"be {failure.word}", failure.last.start, failure.place.end)
    message = say("it is not said who does it: who is bound stands first, and what it does behind `must`")
    return failure.says(message, say("write it as in `{words}`", words="a warship must call"), at=place)


def object_of_act(failure: Failure) -> Mistake | None:
    """`a warship must not lase a fighter`."""
    words = failure.rest.split()
    sentence = failure.before[_last(failure.before, (";",)) + 1 :]
    number = _last(sentence, MODALS)
    if number < 0 or failure.word not in _BEFORE_OBJECTS or not in_content(failure):
        return None
    if not words[1:] or words[1] in RESERVED:  # `a warship must not lase other`
        return _other_side(failure, 0) if failure.word in _OF_OTHERS else None
    last = next((n for n, word in enumerate(words) if n and word not in _OF_OTHERS), 0)
    if not failure.accepts(END) or not _is_name(failure.last.text) or not _is_name(words[last]):
        return None
    noun, end = singular(words[last]) if failure.word == "other" else words[last], failure.following(last + 1)
    if failure.last.text in _NO_ACTS:  # `must not under any circumstances lase`, `must call within half an hour`
        return None
    if noun.lower() in (*_PARTIES, "unit", "units"):
        return _other_side(failure, last)
    before, modal = sentence[:number], sentence[number]
    if any(word.text == "meeting" for word in before):
        message = say("whom an act is done to is said before `{modal}` only", modal=modal.text)
        named = any(word.text == noun for word in before)  # else it would be another one than is meant
        return failure.says(message, mend=Mend(failure.last.end, end, "") if named else None)
    if failure.word == "each" or noun in sides_of(failure.text):  # `must answer each call`, `must not lase a JP ship`
        return _as_condition(failure, modal)
    return _condition_on_other(failure, before, modal, Written(with_article(noun), failure.place.start, end))


def _last(words: Sequence[Written], sought: Container[str]) -> int:
    """Where one of these stands last, or -1."""
    return max((number for number, word in enumerate(words) if word.text in sought), default=-1)


def _as_condition(failure: Failure, modal: Written) -> Mistake:
    message = say("what an act is about is a condition, and stands before `{modal}`", modal=modal.text)
    remedy = say("write `… when … {modal} …`, with a word that `cbm words` finds", modal=modal.text)
    other = say("or leave it out where it is the other side, whom each clause is about")
    if failure.word != "the" or any(word.text == "not" for word in failure.before[-3:]):
        return failure.says(message, remedy, other)
    told = say("or write `{act} stating …` for what is told by it", act=failure.last.text)  # `must notify the area`
    return failure.says(message, remedy, told, other)


def _condition_on_other(failure: Failure, before: Sequence[Written], modal: Written, other: Written) -> Mistake:
    """`meeting a fighter` where a kind of unit is bound, and `other is a fighter` where all units are."""
    when = next((number for number, word in enumerate(before) if word.text == "when"), None)
    bound, mend = [word.text for word in before[:when]], None
    of_kind = not {"a", "an", "any", "every"}.isdisjoint(bound) and _is_name(bound[-1]) and bound[-1] != "unit"
    if of_kind and when is None:
        told = f"meeting {other.text} {modal.text}"
        mend = Mend(modal.start, other.end, f"meeting {other.text} {failure.text[modal.start : failure.last.end]}")
    elif of_kind or {*bound[-1:]} & {"unit", "party", *sides_of(failure.text)}:
        told = f"{'when' if when is None else 'and'} other is {other.text} {modal.text}"
    else:
        return _as_condition(failure, modal)
    return failure.says(
        say("whom an act is done to is said before `{modal}`: write `… {told} …`", modal=modal.text, told=told),
        mend=mend,
    )


def _other_side(failure: Failure, last: int) -> Mistake:
    """Whom an act is done to is said, in so many words and one more, and goes without saying."""
    said, end = " ".join(failure.rest.split()[: last + 1]), failure.following(last + 1)
    return failure.says(
        say("each clause is about the other side already: leave `{words}` out", words=said),
        say("to name a party write `to` and its name"),
        at=Written(said, failure.place.start, end),
        mend=Mend(failure.last.end, end, ""),
    )


_NO_ACTS = ("half", "under", "in", "within", "the", "to")  # behind them no act has been named
_OF_OTHERS = ("other", "others", "other's", "others'")
_BEFORE_OBJECTS = ("a", "an", "any", "the", "another", "other", "every", "each")


def _is_name(word: str) -> bool:
    return word.isidentifier() and word not in RESERVED
