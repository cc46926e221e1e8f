"""Signs and words of other languages, of other keyboards and of other units, with what is written here instead."""

from __future__ import annotations

from collections.abc import Mapping

from cbm.translation.saying import mark

# Signs that look like those of the language, or mean the same elsewhere.
INSTEAD: Mapping[str, str] = {
    "==": "=",
    "<>": "!=",
    "=>": ">=",
    "=<": "<=",
    "&&": "and",
    "||": "or",
    "≥": ">=",
    "≧": ">=",
    "≤": "<=",
    "≦": "<=",
    "≠": "!=",
    "×": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "—": "-",
    "、": ",",
    "，": ",",
    "＂": '"',
    "「": '"',
    "」": '"',
    "『": '"',
    "』": '"',
    "“": '"',
    "”": '"',
    "„": '"',
    "‟": '"',
    "«": '"',
    "»": '"',
    "'": '"',
    "‘": '"',
    "’": '"',
    "°": "deg",
    "&": "and",
    "!": "not",
}
_NO_FULL_STOP = mark("a statement ends without a full stop")
_NO_SEMICOLON = mark("a statement ends without a semicolon")
# Signs that are not needed at all, and why: a message.
NEEDLESS: Mapping[str, str] = {
    ".": _NO_FULL_STOP,
    "。": _NO_FULL_STOP,
    "．": _NO_FULL_STOP,
    ";": _NO_SEMICOLON,
    "；": _NO_SEMICOLON,
}
COMMENTS = ("//", "--", "/*")  # what begins a comment elsewhere

WORDS: Mapping[str, str] = {
    "if": "when",
    "else": "otherwise",
    "will": "must",
    "ought": "should",
    "can": "may",
    "cannot": "must not",
    "might": "may",
    "greater": ">",
    "less": "<",
    "equals": "=",
}

UNITS = ("nmi", "km", "m", "ft", "yd", "kt", "km/h", "m/s", "FL", "deg", "s", "min", "h", "day", "days")
MEANT_UNITS: Mapping[str, str] = {
    **dict.fromkeys(
        ("nm", "nmile", "nmiles", "nautical mile", "nautical miles", "sea mile", "sea miles", "海里", "浬"), "nmi"
    ),
    **dict.fromkeys(("kilometre", "kilometres", "kilometer", "kilometers", "公里"), "km"),
    **dict.fromkeys(("metre", "metres", "meter", "meters", "mtr", "米", "公尺", "メートル"), "m"),
    **dict.fromkeys(("foot", "feet", "英尺", "フィート"), "ft"),
    **dict.fromkeys(("yard", "yards", "yds", "码", "ヤード"), "yd"),
    **dict.fromkeys(("knot", "knots", "kn", "kts", "节", "節", "ノット"), "kt"),
    **dict.fromkeys(("kmh", "kph"), "km/h"),
    **dict.fromkeys(("mps",), "m/s"),
    **dict.fromkeys(("degree", "degrees", "度"), "deg"),
    **dict.fromkeys(("sec", "secs", "second", "seconds", "秒"), "s"),
    **dict.fromkeys(("mins", "minute", "minutes", "分", "分钟", "分間"), "min"),
    **dict.fromkeys(("hr", "hrs", "hour", "hours", "小时", "時間"), "h"),
    **dict.fromkeys(("日", "天"), "days"),
}


def ascii_form(sign: str) -> str:
    """The ordinary sign a full-width letter, digit or sign stands for; empty for any other."""
    return chr(ord(sign) - 0xFEE0) if "\uff01" <= sign <= "\uff5e" else ""
