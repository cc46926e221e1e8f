"""Numbers below each other to labels: `(a)` below `2.` is `2(a)`."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from cbm.papers.number_forms import han_value, letters, roman_value

_CIRCLED = ("①", "⑳")


class _Signs(Enum):
    DOTTED, DIGITS, HAN, ROMAN, LETTER, CAPITAL = range(6)


class _Enclosure(Enum):
    NOTHING, BRACKETS, CIRCLE = range(3)


class _Form(NamedTuple):
    """How a level is numbered: with which signs, and what stands around them; `dots`: so many are in the number."""

    signs: _Signs
    enclosure: _Enclosure = _Enclosure.NOTHING
    dots: int = 0

    @property
    def is_dotted(self) -> bool:
        """Whether its numbers name those above them: 3, 3.1, 3.1.2."""
        return self.signs is _Signs.DOTTED


class Levels:
    """The numbers above the one that is read: of which form each is, and its label."""

    def __init__(self, article: str = "") -> None:
        self.article = article
        self._above: list[tuple[_Form, str, str]] = []  # what was counted, and its label

    def copied(self) -> Levels:
        """Another one that stands where this one does."""
        other = Levels(self.article)
        other._above = list(self._above)
        return other

    def label(self, number: str) -> str:
        """The label of a paragraph with this number, where it stands; empty where a clause cannot have it."""
        form, count = self._form(number)
        if form is None:
            return ""
        known = [place for place, (other, _, _) in enumerate(self._above) if other == form]
        if known:
            del self._above[known[0] :]
        elif form.is_dotted:
            self._above = [one for one in self._above if one[0].is_dotted and one[0].dots < form.dots]
        above = self._above[-1][2] if self._above else ""
        label = self._written(form, count, above)
        if label:
            self._above.append((form, count, label))
        return label

    def _written(self, form: _Form, count: str, above: str) -> str:
        """The label: behind that of the number above it, or of the article."""
        if form.is_dotted:
            return count if not self.article or count.startswith(f"{self.article}.") else f"{self.article}.{count}"
        if above:
            return f"{above}({count})"
        if self.article:
            is_han = form == _Form(_Signs.HAN)
            return f"{self.article}.{count}" if is_han else f"{self.article}({count})"
        return "" if form.signs in (_Signs.LETTER, _Signs.ROMAN) else count

    def _form(self, number: str) -> tuple[_Form | None, str]:
        """Of which form a number is, and what it counts, without its signs."""
        again = re.search(r"(?:bis|ter|quater)", number)
        plain = number[: again.start()] if again else number
        bare = "".join(_plain_digit(sign) for sign in plain).strip(" ()（）.．、，\u3000")
        tail = f" {again[0]}" if again else ""
        enclosure = _enclosure(plain.strip())
        if re.fullmatch(r"[0-9]+(?:[.．][0-9]+)*[A-Z]?", bare):
            dotted = bare.replace("．", ".")
            is_bare = enclosure is _Enclosure.NOTHING
            form = _Form(_Signs.DOTTED, dots=dotted.count(".")) if is_bare else _Form(_Signs.DIGITS, enclosure)
            return form, f"{dotted}{tail}"
        if value := han_value(bare):
            return _Form(_Signs.HAN, enclosure), f"{value}{tail}"
        if re.fullmatch(r"[ivxlc]+", bare) and roman_value(bare) and not self._continues(bare):
            return _Form(_Signs.ROMAN), f"{bare}{tail}"
        if re.fullmatch(r"[a-z]{1,2}", bare):
            return _Form(_Signs.LETTER), f"{bare}{tail}"
        is_capital = re.fullmatch(r"[A-Z]|[IVXLC]+", bare)
        return (_Form(_Signs.CAPITAL), f"{bare}{tail}") if is_capital else (None, "")

    def _continues(self, letter: str) -> bool:
        """Whether it is the letter after the last one that was counted: `(i)` after `(h)`."""
        counted = next((count for form, count, _ in reversed(self._above) if form.signs is _Signs.LETTER), "")
        return len(counted) == 1 and letters(ord(counted) - ord("a") + 2) == letter


def _plain_digit(sign: str) -> str:
    """A full-width or a circled digit as a plain one."""
    if _CIRCLED[0] <= sign <= _CIRCLED[1]:
        return str(ord(sign) - ord(_CIRCLED[0]) + 1)
    return chr(ord(sign) - ord("０") + ord("0")) if "０" <= sign <= "９" else sign


def _enclosure(number: str) -> _Enclosure:
    if any(_CIRCLED[0] <= sign <= _CIRCLED[1] for sign in number):
        return _Enclosure.CIRCLE
    return _Enclosure.BRACKETS if number.startswith(("(", "（")) else _Enclosure.NOTHING
