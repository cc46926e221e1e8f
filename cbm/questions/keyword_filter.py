"""What stands after `-k`, to a choice among names: words, with `and`, `or`, `not` and brackets."""

from __future__ import annotations

import re
from collections.abc import Callable

from cbm.finding import Misuse
from cbm.translation.saying import say
from cbm.wording.choice_words import shortened

Choice = Callable[[str], bool]

_TOKEN = re.compile(r"\(|\)|[^\s()]+")
_SIGNS = ("and", "or", "not", "(", ")")


def choice_of(written: str) -> Choice:
    """Whether a name is meant: it holds the words, whether in capitals or not; words side by side stand so in it.

    Misuse where it cannot be understood. The empty text means all.
    """
    tokens = _TOKEN.findall(written)
    if not tokens:
        return lambda _: True
    reader = _Reader(tokens, written)
    choice = reader.alternatives()
    if reader.rest:
        raise reader.refusal()
    return choice


class _Reader:
    """Takes the tokens one after the other."""

    def __init__(self, tokens: list[str], written: str) -> None:
        self.rest = tokens
        self._written = written

    def refusal(self) -> Misuse:
        return Misuse(
            say(
                "`{written}` is no choice among names: join words with `and`, `or`, `not` and brackets, such as "
                "`radar and not fog`",
                written=shortened(self._written),
            )
        )

    def alternatives(self) -> Choice:
        choices = [self._together()]
        while self._comes("or"):
            choices.append(self._together())
        return lambda name: any(choice(name) for choice in choices)

    def _together(self) -> Choice:
        choices = [self._one()]
        while self._comes("and"):
            choices.append(self._one())
        return lambda name: all(choice(name) for choice in choices)

    def _one(self) -> Choice:
        if self._comes("not"):
            excluded = self._one()
            return lambda name: not excluded(name)
        if self._comes("("):
            inner = self.alternatives()
            if not self._comes(")"):
                raise self.refusal()
            return inner
        words = []
        while self.rest and self.rest[0].lower() not in _SIGNS:
            words.append(self.rest.pop(0))
        if not words:
            raise self.refusal()
        wanted = " ".join(words).lower()
        return lambda name: wanted in name.lower()

    def _comes(self, sign: str) -> bool:
        if self.rest and self.rest[0].lower() == sign:
            del self.rest[0]
            return True
        return False
