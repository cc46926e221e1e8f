"""An outcome as data that a file can hold, and back: the same findings, at the places where they stand now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from cbm import finding, report
from cbm.cache.fingerprints import Fingerprint, NoFingerprint
from cbm.finding import ClauseWords, Finding, PackageReach
from cbm.records import Record, parts, replace
from cbm.report import Outcome, Question
from cbm.source import Span

_KINDS: Mapping[str, type[Any]] = {
    name: kind
    for module in (finding, report)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, Record | Enum)
}
_TUPLE, _SPAN, _DATE, _QUOTE, _NUMBER = "tuple", "Span", "date", "quote", "Fraction"
_TEXT = "text"
_OTHERS: Mapping[str, Callable[..., object]] = {_TUPLE: lambda *of: of, _DATE: date.fromisoformat, _NUMBER: Fraction}


def packed(outcome: Outcome, known: Fingerprint) -> object:
    """Nested lists, each with what it stands for in front; texts, numbers and None stand for themselves.

    What findings quote is named by its number, for it may be another text next time.
    NoFingerprint where it holds something else, or a place that is not one of these.
    """

    texts = {text: number for number, text in enumerate(known.texts)}
    quotes = {words: number for number, words in enumerate(known.quotes)}

    def pack(thing: object) -> object:
        match thing:
            case Span():
                return [_SPAN, *known.places.rank(thing)]
            case Enum() if type(thing).__name__ in _KINDS:
                return [type(thing).__name__, thing.value]
            case str() if thing in quotes:
                return [_QUOTE, quotes[thing]]
            case None | bool() | int() | str():
                return thing
            case tuple():
                return [_TUPLE, *map(pack, thing)]
            case Fraction():
                return [_NUMBER, str(thing)]
            case date():
                return [_DATE, thing.isoformat()]
            case ClauseWords() if (text := (thing.reference, thing.words)) in texts:
                others = (thing.reference, thing.name, thing.title)
                return ["ClauseWords", *others, [_TEXT, texts[text]], pack(thing.recalled)]
            case Question(of=of) if of is not None:
                return pack(replace(thing, of=None))  # whoever makes certificates of it asks anew
            case PackageReach(by_reading=held) if held is not None:
                return pack(replace(thing, by_reading=None))  # it is asked about where findings are made
            case Finding(held=held) if held is not None:
                return pack(replace(thing, held=None))
            case Record() if type(thing).__name__ in _KINDS:
                return [type(thing).__name__, *map(pack, parts(thing))]
            case _:
                raise NoFingerprint(type(thing).__name__)

    return pack(outcome)


def unpacked(data: object, known: Fingerprint, told: Callable[[str], str]) -> Outcome | None:
    """The outcome, with its words as they are `told` today; None where this is no form of one."""

    def unpack(thing: Any) -> Any:
        if not isinstance(thing, list):
            return told(thing) if type(thing) is str else thing
        kind, *of = thing
        if kind == _SPAN:
            number, start, end = of
            return known.places.span((number, start, end))
        if kind == _TEXT:
            return told(known.texts[of[0]][1])
        if kind == _QUOTE:
            return told(known.quotes[of[0]])
        return (_OTHERS.get(kind) or _KINDS[kind])(*map(unpack, of))

    try:
        outcome = unpack(data)
    except (TypeError, ValueError, KeyError, IndexError, RecursionError):
        return None
    return outcome if isinstance(outcome, Outcome) else None
