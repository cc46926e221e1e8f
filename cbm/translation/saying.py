"""Messages to readers, in the language that is spoken.

A message is an English sentence, or a part of one, with named places for values: `{clause} cannot be kept`. Catalogues
have its translations, in which the places may stand in another order. A value that is words itself is a message that
was told before. What follows a number is chosen by it, since English has a plural.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from cbm.translation.catalogue import catalogue, key_of
from cbm.translation.speech import speaking, spoken

Part = TypeVar("Part")
# What may have to be said in more than one language: a message that was marked, or whatever says it.
Sayable: TypeAlias = str | Callable[[], str]


class _Marked(str):
    """A message with its values, as English has it; of the same worth as those words, but `say` knows what it was."""

    message: str
    values: dict[str, object]

    def __str__(self) -> str:
        """Itself, so that it is not lost where an exception has it."""
        return self


def mark(message: str, /, **values: object) -> str:
    """A message that is told later, by `say` of whoever uses it: it is put into the catalogues, and stays English."""
    if not values:
        return message
    marked = _Marked(message.format_map(values))
    marked.message, marked.values = message, values
    return marked


def say(message: str, /, **values: object) -> str:
    """The message in the language that is spoken, with the values in their places.

    Braces that are no places are doubled where there are values.
    """
    if isinstance(message, _Marked):
        return _filled(_translated(message.message), {name: _again(value) for name, value in message.values.items()})
    return _filled(_translated(message), values)


def say_as(context: str, message: str, /, **values: object) -> str:
    """The same for a message that is not translated alike everywhere: the context says which one is meant."""
    return _filled(_translated(message, context), values)


def say_count(one: str, several: str, count: int, /, **values: object) -> str:
    """The first message for a count of 1, the second one for others; the count itself has the place `{count}`."""
    said = one if spoken() == "en" and count == 1 else _translated(several, plural_of=one)
    return _filled(said, {"count": count, **values})


def told(words: Sayable) -> str:
    """In the language that is spoken."""
    return say(words) if isinstance(words, str) else words()


def in_english(words: Sayable) -> str:
    """By what they are known, to programs and to other parts of cbm: that depends on no reader."""
    if isinstance(words, str):
        return f"{words}"  # and nothing more, where it was a message with values
    with speaking("en"):
        return words()


def ordering(words: Callable[[], str]) -> str:
    """By what things are put in one order, whatever is spoken: their words in English, if they have others."""
    return "" if spoken() == "en" else in_english(words)


def english(words: Callable[[], tuple[Part, ...]]) -> tuple[Part, ...]:
    """The same of several words: in English where another language is spoken, and none where English is."""
    if spoken() == "en":
        return ()
    with speaking("en"):
        return words()


def _again(value: object) -> object:
    """Of a message within a message, what it is called where that is told."""
    return say(value) if isinstance(value, _Marked) else value


def _translated(message: str, context: str = "", plural_of: str = "") -> str:
    language = spoken()
    if language == "en":
        return message
    return catalogue(language).get(key_of(plural_of or message, context), message)


def _filled(words: str, values: dict[str, object]) -> str:
    return words.format_map(values) if values else words
