"""A word to the one known word that it is with a single slip of typing: such words may be taken for each other."""

from __future__ import annotations

from collections.abc import Iterable

from cbm.syntax.confusables import skeleton

_SHORTEST = 4  # in shorter words one letter makes another word: `KR` and `KP`


def typed_for(word: str, known: Iterable[str]) -> str:
    """The only one of the known words that is nearly this one; empty where there is none, or are several.

    What begins otherwise is another word (`symmetric` and `asymmetric`), and so is what has other figures.
    """
    near = [one for one in dict.fromkeys(known) if _is_nearly(word, one)]
    return near[0] if len(near) == 1 and near[0] != word else ""


def _is_nearly(word: str, other: str) -> bool:
    one, two = word.casefold(), other.casefold()
    if one == two or skeleton(word) == skeleton(other):
        return True
    if min(len(one), len(two)) < _SHORTEST or one[0] != two[0]:
        return False
    return _figures(one) == _figures(two) and _differ_once(one, two)


def _figures(word: str) -> list[str]:
    return [sign for sign in word if sign.isdigit()]


def _differ_once(one: str, two: str) -> bool:
    """One letter is left out, is too many, is another one, or stands behind the next."""
    same = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    left, right = one[same:], two[same:]
    return (
        left[1:] == right
        or left == right[1:]
        or left[1:] == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )
