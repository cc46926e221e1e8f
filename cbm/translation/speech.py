"""Which languages readers are spoken to in, and which one at the moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, TypeAlias, get_args

Language: TypeAlias = Literal["en", "zh", "ja"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
# Whose translation no lawyer who speaks it from childhood has read.
UNREVIEWED: frozenset[Language] = frozenset({"zh", "ja"})

_SPOKEN: ContextVar[Language] = ContextVar("language", default="en")


def spoken() -> Language:
    """The language in which readers are told something now: `en`, `zh` or `ja`, as ISO 639-1 has them."""
    return _SPOKEN.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """All that is said inside is said in this language; of this thread, and of what it sends to other processes."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def speak(language: Language) -> None:
    """All that is said from here on is said in this language, until what is inside the `speaking` around it is over."""
    _SPOKEN.set(language)
