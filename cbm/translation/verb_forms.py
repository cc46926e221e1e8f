"""What is said of a deed as an infinitive, and of one that is not done: the verb of a phrase in the language spoken."""

from __future__ import annotations

import re

from cbm.patterns import pattern
from cbm.translation.speech import spoken

_IRREGULAR = {"has": "have", "does": "do", "is": "be", "goes": "go"}
_VERB = r"[a-z]+s\b"
# `stops`, `stops or anchors`, `stops, boards or arrests`, `pushes, then turns`.
_VERBS = pattern(rf"{_VERB}(?:(?:, {_VERB})*,? (?:and|or) {_VERB}|, then {_VERB})?")
# Behind what the first verb is about, a further one stands before what it is about: `and closes its gunports`.
_FURTHER_VERB = pattern(
    rf"(?:^(?:(?:and|or|then) )?| (?:and|or|then) ){_VERB}(?= (?:an?|the|its?|their|them|what|there)\b)"
)
_SUBORDINATE = pattern(r"\b(?:that|which|who|what|where|when|as|if)\b")
_CHINESE = pattern(r"[\u3400-\u9fff]")
# How a Japanese verb ends, and how it does where it is negated. What ends in る after a kanji may be of either class.
_NEGATED = {"う": "わ", "く": "か", "ぐ": "が", "す": "さ", "つ": "た", "ぬ": "な", "ぶ": "ば", "む": "ま"}
_ONE_STEM = pattern("[いきぎしじちにひびみりえけげせぜてでねへべめれ]る$")
_TWO_STEMS = pattern("[あかがさざただなはばまらわおこごそぞとどのほぼもろうくぐすずつづぬふぶむゆる]る$")
# Between verbs, the first of which ends in hiragana. What follows a kanji joins nouns; after に it joins adverbs.
_SEVERAL_VERBS = pattern("(?<=[ぁ-ん])(?<!に)(?:、|又は|及び|かつ)")


def is_phrase(title: str) -> bool:
    """Whether the title says in the language that is spoken what a unit does, and not in another one."""
    match spoken():
        case "en":
            return _VERBS.match(title) is not None
        case "zh":
            return _CHINESE.match(title) is not None
        case "ja":
            return _not_in_japanese(title) is not None


def fits(title: str) -> bool:
    """Whether sentences of the language that is spoken can be made with the title; in English, whatever it is."""
    return spoken() == "en" or is_phrase(title)


def infinitive(title: str) -> str | None:
    """`call the other unit` for `calls the other unit`; None for a title that does not begin like that."""
    if spoken() == "en":
        return in_plain_english(title)
    return title if is_phrase(title) else None


def in_plain_english(title: str) -> str | None:
    """The infinitive of an English title, whatever language is spoken."""
    found = _VERBS.match(title)
    if found is None:
        return None
    return _in_infinitive(found[0]) + ", ".join(map(_with_further, title[found.end() :].split(", ")))


def _with_further(part: str) -> str:
    """A part of a title between commas, in which further verbs may stand; what is subordinate in it stays as it is."""
    subordinate = _SUBORDINATE.search(part)
    end = len(part) if subordinate is None else subordinate.start()
    return _FURTHER_VERB.sub(lambda verb: _in_infinitive(verb[0]) if verb.end() < end else verb[0], part)


def _in_infinitive(verbs: str) -> str:
    return re.sub(_VERB, lambda verb: _infinitive(verb[0]), verbs)


def not_done(title: str) -> str | None:
    """`does not call the other unit` for `calls the other unit`; None for a title that does not begin like that."""
    match spoken():
        case "en":
            verb = infinitive(title)
            return None if verb is None else f"does not {verb}"
        case "zh":
            return f"未{title}" if is_phrase(title) else None
        case "ja":
            return _not_in_japanese(title)


def _infinitive(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("ies") and len(verb) > len("dies"):
        return f"{verb[:-3]}y"
    return verb[:-2] if verb.endswith(("sses", "shes", "ches", "xes", "zzes")) else verb[:-1]


def _not_in_japanese(title: str) -> str | None:
    """`相手を呼び出さない` of `相手を呼び出す`; of several verbs, and of those of unknown class, as a whole."""
    if title[-1:] not in {*_NEGATED, "る"}:
        return None
    if _SEVERAL_VERBS.search(title) is None:
        if title.endswith("する"):
            return f"{title[:-2]}しない"
        if title[-1] in _NEGATED:
            return f"{title[:-1]}{_NEGATED[title[-1]]}ない"
        if _ONE_STEM.search(title):
            return f"{title[:-1]}ない"
        if _TWO_STEMS.search(title):
            return f"{title[:-1]}らない"
    return f"{title}ことをしない"
