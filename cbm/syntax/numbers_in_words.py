"""Numbers in plain words, digits or both: `two hundred and fifty`, `1,500`, `half a`, `一千五百`, `二・五`, `3万`.

Each language has a pattern of what is read as a number, and `number_of` says which one that is.
"""

from __future__ import annotations

import re
from fractions import Fraction

# Digits in groups of three, parted by commas or blanks, or all in a row.
_DIGITS = r"(?:\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)|\d[\d,，]*)(?:[.．]\d+)?"

_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORTH = (
    {name: n for n, name in enumerate(_ONES, 1)} | {name: 10 * n for n, name in enumerate(_TENS, 2)} | {"a": 1, "an": 1}
)
TO_99 = "|".join(
    (
        f"(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES[:9])}))?",
        *sorted(_ONES, key=len, reverse=True),
    )
)
# What follows `hundred` belongs to it unless it counts hundreds itself: "between one hundred and two hundred".
_HUNDREDS = rf"(?:{TO_99}|a)[ -]hundred(?:(?: and)?[ -](?:{TO_99})(?![ -](?:hundred|thousand)))?"
_THOUSANDS = (
    rf"(?:{_HUNDREDS}|{TO_99}|a)[ -]thousand(?:,?(?: and)?[ -](?:{_HUNDREDS}|{TO_99})(?![ -](?:hundred|thousand)))?"
)
_HALF_BESIDE = " and (?:a|one) half"
_PARTS = {
    "half": Fraction(1, 2),
    "three": Fraction(3, 4),
    "a": Fraction(1, 4),
    "one": Fraction(1, 4),
}  # by their first word
_PART = r"half[ -]an?|half|three[ -]quarters of an?|(?:a|one) quarter of an?"
# One of something, where it says how much: "within an hour", "more than a day". Years are read in English alone.
_ONE = "|".join(rf"(?<=\b{word} )an?(?! year)" for word in ("within", "than", "least", "most"))
_ENGLISH = rf"\b(?:(?:{_DIGITS}|{_THOUSANDS}|{_HUNDREDS}|{TO_99})(?:{_HALF_BESIDE})?|{_PART}|{_ONE})"

_SIGNS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"两": 2, "零": 0}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = "万"
_WHOLE = rf"[{''.join(_SIGNS)}{''.join(_POWERS)}{_MYRIAD}]+"
_POINT = "点・．."
_WRITTEN_OUT = rf"{_WHOLE}(?:[{_POINT}][{''.join(_SIGNS)}]+)?"
_HALF = "半"
_SIGNED = rf"{_DIGITS}{_MYRIAD}?|{_WRITTEN_OUT}|(?<![上下前后大多小过後]){_HALF}"

NUMBERS = {"en": _ENGLISH, "zh": _SIGNED, "ja": _SIGNED}


def is_in_digits(words: str) -> bool:
    """Whether the number is written in digits, and not in words or signs."""
    return words[0].isdigit() and words[0].isascii()


def number_in_digits(digits: str) -> Fraction:
    return Fraction(re.sub("[,，\\s]", "", digits))


def number_of(words: str, language: str) -> Fraction:
    """What number that is; the words are read as one in the language."""
    return _in_english(words.lower()) if language == "en" else _in_signs(words)


def _in_english(words: str) -> Fraction:
    whole = re.sub(f"{_HALF_BESIDE}$", "", words)
    if whole != words:
        return _in_english(whole) + Fraction(1, 2)
    if is_in_digits(words):
        return number_in_digits(words)
    if re.fullmatch(_PART, words):
        return _PARTS[re.split("[ -]", words)[0]]
    total = below = 0
    for word in re.split("[ ,-]+", words):
        if word == "hundred":
            below *= 100
        elif word == "thousand":
            total, below = total + below * 1000, 0
        elif word != "and":
            below += _WORTH[word]
    return Fraction(total + below)


def _in_signs(words: str) -> Fraction:
    if words == _HALF:
        return Fraction(1, 2)
    if is_in_digits(words):
        return number_in_digits(words.rstrip(_MYRIAD)) * (10_000 if words.endswith(_MYRIAD) else 1)
    whole, *after = re.split(f"[{_POINT}]", words)
    total = below = digit = 0
    for sign in whole:
        if sign == _MYRIAD:
            total, below, digit = (total + below + digit or 1) * 10_000, 0, 0
        elif sign in _POWERS:
            below, digit = below + (digit or 1) * _POWERS[sign], 0
        else:
            digit = digit * 10 + _SIGNS[sign]
    decimals = "".join(str(_SIGNS[sign]) for sign in "".join(after))
    return total + below + digit + Fraction(int(decimals or 0), 10 ** len(decimals))
