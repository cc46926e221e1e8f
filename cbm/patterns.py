"""Regular expressions that are compiled when they are first needed: of those that a check imports it uses a few.

An expression can match only where the words stand that are part of all it matches. These are found in a tenth of the
time that it takes to compile it, and nearly all forms in which a newcomer may have written a statement are ruled out by
them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from re import Match
from typing import Any, TypeAlias, cast

# Of expressions with comments in them, no words are looked for: in these blanks mean nothing, and `#` begins a comment.
_WITH_COMMENTS = re.VERBOSE
_MISSES = 8  # so often an expression is ruled out by words; what is asked for more often is compiled
_LONGEST = 4_000  # characters in which words are looked for
_SAME_AS_ASCII = "İıſK"  # letters that match `I`, `i`, `s`, `k` where case is ignored, and are lower case of none

_FEWER = r"(?:[?*]|\{\d*,?\d*\})?"  # behind what need not be there
_NO_WORD = r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^A-Za-z()|\\\[?*+{]"  # an escape, one of several characters, or a sign
# A word; how a group begins: by its name, or else by what it is; how it ends; and what is neither, with how often.
_TOKEN = re.compile(
    rf"[A-Za-z]+{_FEWER}|\(\?P<\w+>|\(\?:|\(\?\(\w+\)|\(\?[a-zA-Z]+\)|\(\?P=|\(\?[^()]*?[:=!]|\((?!\?)"
    rf"|\){_FEWER}|\||(?:{_NO_WORD})(?:{_NO_WORD}|[?*+{{])*|.",
    re.DOTALL,
)

# One of each of these stands in all that an expression matches, in lower case.
Words: TypeAlias = tuple[tuple[str, ...], ...]


class _Group:
    """A group that is being read: the words of the sequence at hand, and those of the alternatives before it."""

    def __init__(self, counts: bool) -> None:
        self.sequence: list[tuple[str, ...]] = []
        self.alternatives: list[Words] = []
        self.counts = counts  # whether what it holds has to be there

    def next_alternative(self) -> None:
        self.alternatives.append(tuple(self.sequence))
        self.sequence.clear()

    @property
    def words(self) -> Words:
        """All of its only sequence, or one set of one from each alternative."""
        several = (*self.alternatives, tuple(self.sequence))
        if not self.counts or not all(several):
            return ()
        if len(several) == 1:
            return several[0]
        return (tuple(word for one in several for word in max(one, key=_rarity)),)


def words_of(expression: str, flags: int = 0) -> Words:
    """Words of which one of each set stands in whatever the expression matches, in lower case; none if none is known.

    What stands in several alternatives is one set: the rarest word of each.
    """
    if flags & _WITH_COMMENTS:
        return ()
    group, around = _Group(counts=True), list[_Group]()
    for token in _TOKEN.findall(expression):
        first = token[0]
        if first.isalpha():
            word = token.lower() if token[-1].isalpha() else _without_last_letter(token).lower()
            if word:
                group.sequence.append((word,))
        elif first == "(":
            if token[-1] != ")":
                around.append(group)
                group = _Group(counts=token == "(" or token.startswith(("(?:", "(?P<")))
            elif token[2] == "(":  # two ways, by whether a group was there
                around.append(group)
                group = _Group(counts=False)
        elif first == "|":
            group.next_alternative()
        elif first == ")":
            words = group.words
            group = around.pop()
            if token == ")":
                group.sequence += words
    return group.words


def _without_last_letter(token: str) -> str:
    """Of a word behind which stands how often: its last letter need not be there."""
    return token.rstrip("?*{},0123456789")[:-1]


def _rarity(several: tuple[str, ...]) -> tuple[int, int]:
    return min(map(len, several)), -len(several)


class LatePattern:
    """Has the methods of a compiled expression; each is found once."""

    def __init__(self, expression: str, flags: int) -> None:
        self.given = expression, int(flags)
        self._misses = 0

    def __getattr__(self, name: str) -> Any:
        if name == "_words":  # looked for when they are first asked for
            found: Any = words_of(*self.given)
        else:
            found = getattr(re.compile(*self.given), name)  # which keeps what it has compiled
        setattr(self, name, found)
        return found

    def match(self, string: str, pos: int = 0, endpos: int = sys.maxsize) -> Match[str] | None:
        return None if self.is_ruled_out(string[pos:endpos]) else self._compiled("match")(string, pos, endpos)

    def fullmatch(self, string: str, pos: int = 0, endpos: int = sys.maxsize) -> Match[str] | None:
        return None if self.is_ruled_out(string[pos:endpos]) else self._compiled("fullmatch")(string, pos, endpos)

    def search(self, string: str, pos: int = 0, endpos: int = sys.maxsize) -> Match[str] | None:
        return None if self.is_ruled_out(string[pos:endpos]) else self._compiled("search")(string, pos, endpos)

    def finditer(self, string: str, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[Match[str]]:
        if self.is_ruled_out(string[pos:endpos]):
            return iter(())
        return cast("Iterator[Match[str]]", self._compiled("finditer")(string, pos, endpos))

    def _compiled(self, name: str) -> Any:
        """The method of the compiled expression, which is the one of this from now on."""
        return self.__getattr__(name)

    def is_ruled_out(self, said: str) -> bool:
        """Whether some word does not stand there without which nothing is matched."""
        if self._misses >= _MISSES or len(said) > _LONGEST:
            return False
        if not said.isascii() and any(letter in said for letter in _SAME_AS_ASCII):
            return False
        lower = said.lower()
        if all(any(word in lower for word in several) for several in self._words):
            return False
        self._misses += 1
        return True


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`; where a function of `re` asks for a pattern, it takes the methods of this one alone."""
    return cast("re.Pattern[str]", LatePattern(expression, flags))
