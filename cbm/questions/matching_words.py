"""How well a word answers what somebody looks for: by its name, its titles, what is said for it, or nearly spelt so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher, get_close_matches

_WORD = re.compile(r"[^\W_]+")
# Where words are not set apart by blanks.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_NEAR = 0.75
_ENDINGS = ("ing", "es", "ed", "s")
_SHORTEST = 3
# In the order in which they count.
NAME, TITLE, SAID, IN_TITLE = range(4)


class WordQuery:
    """What is looked for."""

    def __init__(self, query: str) -> None:
        self.words = _folded(query)
        self._stems = [_stem(word) for word in self.words.split()]

    def rank(self, name: str, titles: Iterable[str], said: Iterable[str]) -> tuple[int, str] | None:
        """How it answers: the lower the better, and the words by which it does; None where it does not."""
        titles, said = list(titles), list(said)
        if _folded(name) == self.words:
            return NAME, name
        if (title := next((one for one in titles if _folded(one) == self.words), None)) is not None:
            return TITLE, title
        if (one := next((one for one in said if self._is_said(one)), None)) is not None:
            return SAID, one
        within = next((one for one in (name, *titles) if self._stands_in(one)), None)
        return None if within is None else (IN_TITLE, within)

    def matches_pattern(self, said: str) -> bool:
        """Whether a phrase of the language is meant, in which `…` stands for any words."""
        before, gap, after = (_folded(part) for part in said.partition("…"))
        if "…" not in said:
            return self._is_said(said)
        del gap
        return (self.words == f"{before} {after}".strip()) or bool(
            re.fullmatch(rf"{re.escape(before)}\s*\b.+\b\s*{re.escape(after)}(?: .*)?", self.words)
        )

    def nearest(self, names: Iterable[str]) -> list[str]:
        """Those that are spelt nearly so, the nearest first."""
        by_words = {_folded(name): name for name in names}
        near = get_close_matches(self.words, list(by_words), n=6, cutoff=_NEAR)
        return [by_words[one] for one in near]

    def _is_said(self, said: str) -> bool:
        return _stems(_folded(said)) == self._stems

    def _stands_in(self, title: str) -> bool:
        """Whether each of its words begins one of the title's; of scripts without blanks, whether it stands there."""
        folded = _folded(title)
        if _UNSPACED.search(self.words):
            return self.words in folded
        return bool(self._stems) and all(any(word.startswith(stem) for word in folded.split()) for stem in self._stems)


def alike(one: str, other: str) -> float:
    """How much of two spellings is the same, from 0 to 1."""
    return SequenceMatcher(None, _folded(one), _folded(other)).ratio()


def _folded(words: str) -> str:
    return " ".join(found[0] for found in _WORD.finditer(words.casefold()))


def _stems(words: str) -> list[str]:
    return [_stem(word) for word in words.split()]


def _stem(word: str) -> str:
    """Without the ending of a plural or a verb: `reduces` and `reduce`, `vessels` and `vessel`."""
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= _SHORTEST), "")
    return word[: len(word) - len(ending)] if ending else word.removesuffix("e") if len(word) > _SHORTEST else word


def phrases_for(wanted: WordQuery, language: Iterable[tuple[str, Iterable[str]]]) -> Iterator[tuple[str, str]]:
    """What is said for a phrase of the language, and the phrase, where that is looked for."""
    for written, said in language:
        one = next((one for one in said if wanted.matches_pattern(one)), None)
        if one is not None:
            yield one, written
