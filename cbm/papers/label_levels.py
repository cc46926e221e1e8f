"""Numbers below each other to labels: `(a)` below `2.` is `2(a)`."""

from __future__ import annotations

import re

from cbm.papers.number_forms import han_value, letters, roman_value

_CIRCLED = ("①", "⑳")


class Levels:
    """The numbers above the one that is read: of which form each is, and its label."""

    def __init__(self, article: str = "") -> None:
        self.article = article
        self._above: list[tuple[str, str, str]] = []  # form, what was counted, label

    def copied(self) -> Levels:
        """Another one that stands where this one does."""
        other = Levels(self.article)
        other._above = list(self._above)
        return other

    def label(self, number: str) -> str:
        """The label of a paragraph with this number, where it stands; empty where a clause cannot have it."""
        form, count = self._form(number)
        if not form:
            return ""
        known = [place for place, (other, _, _) in enumerate(self._above) if other == form]
        if known:
            del self._above[known[0] :]
        elif form.startswith("dotted"):
            self._above = [one for one in self._above if one[0].startswith("dotted") and one[0] < form]
        above = self._above[-1][2] if self._above else ""
        label = self._written(form, count, above)
        if label:
            self._above.append((form, count, label))
        return label

    def _written(self, form: str, count: str, above: str) -> str:
        """The label: behind that of the number above it, or of the article."""
        if form.startswith("dotted"):
            return count if not self.article or count.startswith(f"{self.article}.") else f"{self.article}.{count}"
        if above:
            return f"{above}({count})"
        if self.article:
            return f"{self.article}.{count}" if form == "han" else f"{self.article}({count})"
        return "" if form in ("letter", "roman") else count

    def _form(self, number: str) -> tuple[str, str]:
        """Of which form a number is, and what it counts, without its signs."""
        again = re.search(r"(?:bis|ter|quater)", number)
        plain = number[: again.start()] if again else number
        bare = "".join(_plain_digit(sign) for sign in plain).strip(" ()（）.．、，\u3000")
        tail = f" {again[0]}" if again else ""
        signs = plain.strip()
        is_circled = any(_CIRCLED[0] <= sign <= _CIRCLED[1] for sign in signs)
        bracketed = "circled " if is_circled else "brackets " if signs.startswith(("(", "（")) else ""
        if re.fullmatch(r"[0-9]+(?:[.．][0-9]+)*[A-Z]?", bare):
            dotted = bare.replace("．", ".")
            return (f"{bracketed}digits" if bracketed else f"dotted {dotted.count('.')}"), f"{dotted}{tail}"
        if value := han_value(bare):
            return f"{bracketed}han", f"{value}{tail}"
        if re.fullmatch(r"[ivxlc]+", bare) and roman_value(bare) and not self._continues(bare):
            return "roman", f"{bare}{tail}"
        if re.fullmatch(r"[a-z]{1,2}", bare):
            return "letter", f"{bare}{tail}"
        return ("capital", f"{bare}{tail}") if re.fullmatch(r"[A-Z]|[IVXLC]+", bare) else ("", "")

    def _continues(self, letter: str) -> bool:
        """Whether it is the letter after the last one that was counted: `(i)` after `(h)`."""
        counted = next((count for form, count, _ in reversed(self._above) if form == "letter"), "")
        return len(counted) == 1 and letters(ord(counted) - ord("a") + 2) == letter


def _plain_digit(sign: str) -> str:
    """A full-width or a circled digit as a plain one."""
    if _CIRCLED[0] <= sign <= _CIRCLED[1]:
        return str(ord(sign) - ord(_CIRCLED[0]) + 1)
    return chr(ord(sign) - ord("０") + ord("0")) if "０" <= sign <= "９" else sign
