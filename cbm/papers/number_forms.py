"""A count to how Word writes it in a list: `3`, `c`, `iii`, `三`, `③`."""

from __future__ import annotations

from collections.abc import Callable
from string import ascii_lowercase

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_HAN = "〇一二三四五六七八九"
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"


def roman(count: int) -> str:
    written = ""
    for worth, sign in _ROMAN:
        while count >= worth:
            written, count = written + sign, count - worth
    return written


def roman_value(written: str) -> int:
    """What a Roman numeral counts; 0 where it is none."""
    return next((count for count in range(1, 400) if roman(count) == written.lower()), 0)


def han(count: int) -> str:
    """Up to 99 as Chinese and Japanese count: 十二, 三十."""
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    return f"{'' if tens < 2 else _HAN[tens]}{'十' if tens else ''}{_HAN[ones] if ones else ''}"


def han_value(written: str) -> int:
    """What a Chinese numeral counts; 0 where it is none below 100."""
    return next((count for count in range(1, 100) if han(count) == written), 0)


def letters(count: int) -> str:
    """a to z, then aa to zz, as Word counts."""
    turn, place = divmod(count - 1, len(ascii_lowercase))
    return ascii_lowercase[place] * (turn + 1)


def _listed(signs: str) -> Callable[[int], str]:
    return lambda count: signs[(count - 1) % len(signs)]


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": lambda count: str(count).translate({ord("0") + n: ord("０") + n for n in range(10)}),
    "decimalEnclosedCircle": lambda count: chr(0x2460 + count - 1) if count <= 20 else str(count),
    "lowerLetter": letters,
    "upperLetter": lambda count: letters(count).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda count: roman(count).upper(),
    "chineseCounting": han,
    "chineseCountingThousand": han,
    "ideographDigital": lambda count: "".join(_HAN[int(digit)] for digit in str(count)),
    "japaneseCounting": han,
    "japaneseDigitalTenThousand": lambda count: "".join(_HAN[int(digit)] for digit in str(count)),
    "taiwaneseCounting": han,
    "aiueo": _listed(_KANA),
    "aiueoFullWidth": _listed(_KANA),
    "iroha": _listed(_IROHA),
    "irohaFullWidth": _listed(_IROHA),
    "none": lambda _: "",
}


def is_known(form: str) -> bool:
    return form in _FORMS


def written(count: int, form: str) -> str:
    """The count in this form, in digits where the form is not known."""
    return _FORMS.get(form, str)(count) if count > 0 else str(count)
