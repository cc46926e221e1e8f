"""What a quoted text says in plain words that its clause says as well: figures with units, force, and named parties.

English, Chinese and Japanese are read, each by its own words. Only what can be read without doubt counts: figures with
a unit of length, speed, time or angle, in digits or written out; the one modal verb of a text; parties by their titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache

from cbm.core.units import UNITS
from cbm.patterns import pattern
from cbm.records import Record
from cbm.source import Span
from cbm.syntax.ast import Mark
from cbm.syntax.numbers_in_words import NUMBERS, is_in_digits, number_in_digits, number_of

READ = ("en", "zh", "ja")
_LATEST = 512  # of which it is known what they say: each text is compared with its clause and with several others


class Citation(Record):
    """Where something is said, and how that source was read."""

    text: str
    mark: Mark | None


class Quotation(Record):
    """The words of the authentic text that a clause formalises, in one language ("en", "zh", …)."""

    language: str
    text: str
    span: Span | None = None


class Bindingness(StrEnum):
    """How far what is said binds."""

    BINDING = "binding"
    ADVICE = "advice"
    FREEDOM = "freedom"


class QuotedFigure(Record):
    """A number with a unit: `value` in base units of the `measure` (months by themselves), `written` as it stands."""

    measure: str
    value: Fraction
    written: str

    @property
    def key(self) -> tuple[str, Fraction]:
        return self.measure, self.value


class QuotedClause(Record):
    """A clause with the texts that it quotes; `force` None: it neither asks for anything nor leaves anything free.

    `bans`: whether it forbids acts, or asks for them; None where it does neither. `acts` are by what readers call them.
    """

    label: str
    place: Span
    quotations: tuple[Quotation, ...]
    force: Bindingness | None = None
    bans: bool | None = None
    acts: tuple[Mapping[str, str], ...] = ()


_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400}
_DEGREE = ("angle", Fraction(1))


def _time(name: str) -> tuple[str, Fraction]:
    return "duration", Fraction(_SECONDS[name])


def _unit(name: str) -> tuple[str, Fraction]:
    unit = UNITS[name]
    return unit.dimension.value, unit.factor


_MONTH, _YEAR = ("months", Fraction(1)), ("months", Fraction(12))
# Longer spellings first: the first that fits is taken.
_SPELLINGS: Mapping[str, tuple[tuple[str, tuple[str, Fraction]], ...]] = {
    "en": (
        (r"nautical[ -]miles?|nmi\b|n\.? ?miles?\b|NM\b", _unit("nmi")),
        (r"kilomet(?:re|er)s? per hour|km/h", _unit("km/h")),
        (r"met(?:re|er)s? per second|m/s", _unit("m/s")),
        (r"kilomet(?:re|er)s?\b|km\b", _unit("km")),
        (r"met(?:re|er)s?\b|m\b", _unit("m")),
        (r"feet\b|foot\b|ft\b", _unit("ft")),
        (r"yards?\b|yd\b", _unit("yd")),
        (r"knots?\b|kt\b", _unit("kt")),
        (r"minutes?\b|min\b", _time("minute")),
        (r"hours?\b|h\b", _time("hour")),
        (r"(?:calendar |working )?days?\b", _time("day")),
        (r"weeks?\b", _time("week")),
        (r"seconds?\b|s\b", _time("second")),
        (r"degrees?\b|deg\b|°", _DEGREE),
        (r"months?\b", _MONTH),
        (r"years?\b", _YEAR),
    ),
    "zh": (
        (r"海里", _unit("nmi")),
        (r"公里|千米", _unit("km")),
        (r"米", _unit("m")),
        (r"英尺", _unit("ft")),
        (r"码", _unit("yd")),
        (r"节", _unit("kt")),
        (r"分钟", _time("minute")),
        (r"(?:个)?小时", _time("hour")),
        (r"天|日", _time("day")),
        (r"周|星期", _time("week")),
        (r"秒", _time("second")),
        (r"度", _DEGREE),
        (r"个月|(?<=个半)月", _MONTH),
    ),
    "ja": (
        (r"海里", _unit("nmi")),
        (r"キロメートル", _unit("km")),
        (r"メートル", _unit("m")),
        (r"フィート", _unit("ft")),
        (r"ヤード", _unit("yd")),
        (r"ノット", _unit("kt")),
        (r"分(?:間|以内|前|後)", _time("minute")),
        (r"時間", _time("hour")),
        (r"日", _time("day")),
        (r"週間", _time("week")),
        (r"秒", _time("second")),
        (r"度", _DEGREE),
        (r"[かカヶケ箇]月", _MONTH),
    ),
}
# What adds a half: before the unit (`两个半小时`), and behind it (`两海里半`).
_HALVES = {"en": ("(?!)", "(?!)"), "zh": ("个?半", "半"), "ja": ("半", "半(?![径分数])")}
# `十度` is "ten degrees" and `一度` "once", so this sign is read after digits only.
_NOT_AFTER_SIGNS = ("度",)
# `十五节` is "fifteen knots", but `第十五节` is "section fifteen" and `一节` "a section".
_KNOTS_OR_SECTION = "节"

# A `may` in a relative clause or a condition ("where it may harm") does not say what is allowed. The Chinese sign that
# stands for "shall" and for "should" alike is left out.
_BESIDE = pattern(r"\b(?:that|which|who|where|when|whether|as|if|what)\b[^,.]*?\bmay\b")
_FORCES: Mapping[str, tuple[tuple[Bindingness, str], ...]] = {
    "en": (
        (Bindingness.BINDING, r"\b(?:shall|must)\b"),
        (Bindingness.ADVICE, r"\bshould\b"),
        (Bindingness.FREEDOM, r"\bmay\b|\bneed not\b"),
    ),
    "zh": (
        (Bindingness.BINDING, r"不得|必须|禁止"),
        (Bindingness.ADVICE, r"(?<![便适事])宜"),
        (Bindingness.FREEDOM, r"可以|无须|无需|不必"),
    ),
    "ja": (
        (Bindingness.BINDING, r"なければならない|てはならない|ものとする"),
        (Bindingness.ADVICE, r"べきで"),
        (Bindingness.FREEDOM, r"ことができる|必要はない|てもよい"),
    ),
}


_NOBODY = r"no (?!later|less|more|fewer|closer|nearer|longer|further)|(?:none|neither|nobody|never)\b"
# `may` that leaves nothing free: "may not", "no ship may", and the same in Chinese. Each is read as the word beside it.
_BARRING = (
    (pattern(r"\bmay not\b"), "must not"),
    (pattern(rf"\b({_NOBODY})([^,.;]*?)\bmay\b", re.IGNORECASE), r"\1\2must"),
    (pattern(r"不可以"), "不得"),
)
# What may be done by some only, or only so, is left free and forbidden in one; what may not be able to is neither.
_DOUBTFUL = pattern(
    r"\bonly\b[^,.;]*\bmay\b|\bmay only\b|\bmay not (?:be able|have|always|yet)\b|[只仅][^，。；]*可以",
    re.IGNORECASE,
)


# What forbids, and what asks for something; and words beside these by which a text may say the one in the words of the
# other ("shall refrain from"). The Chinese sign counts where it is no part of another word.
_FORBIDDING = {
    "en": r"\b(?:shall|must|should) not\b",
    "zh": r"不得|不应|不可|不宜|禁止",
    "ja": r"てはならない|てはいけない|べきでは?ない|ないものとする",
}
_ASKING = {
    "en": r"\b(?:shall|must|should)\b",
    "zh": r"必须|(?<![相对反响回供适])应当?(?![对急答用邀变付])|(?<![便适事])宜",
    "ja": r"なければならない|ものとする|べきである",
}
_TURNED = {
    "en": r"\b(?:not|no|none|nor|neither|never|nobody|without|unless|except|only|refrain|abstain|avoid|cease|stop"
    r"|desist|prevent|clear|away|off|out|apart|outside|beyond)\b",
    "zh": r"[不未无非勿免避禁除仅离停止防距外]",
    "ja": r"ない|なく|ず|[無非未避控慎除離止防外禁]|のみ|以外",
}


@lru_cache(maxsize=_LATEST)
def figures(text: str, language: str) -> tuple[QuotedFigure, ...]:
    """The figures with units in a text of one of the languages that are read, in order; of a range, both."""
    found = []
    for match in _pattern(language).finditer(text.translate(_FULL_WIDTH)):
        place = next(n for n in range(len(_SPELLINGS[language])) if match[f"u{n}"] is not None)
        measure, factor = _SPELLINGS[language][place][1]
        unit, before, after = match[f"u{place}"], match["before"] or "", match["after"] or ""
        if unit == _KNOTS_OR_SECTION and (text[: match.start()].rstrip().endswith("第") or match["last"] == "一"):
            continue
        for words, halves in ((match["first"], ("", "")), (match["last"], (before, after))):
            if words and (is_in_digits(words) or unit not in _NOT_AFTER_SIGNS):
                number = number_of(words, language) + (Fraction(1, 2) if any(halves) else 0)
                found.append(QuotedFigure(measure, number * factor, f"{words}{halves[0]} {unit}{halves[1]}"))
    return tuple(found)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    number, (before, after) = f"(?:{NUMBERS[language]})", _HALVES[language]
    units = "|".join(f"(?P<u{place}>{spelling})" for place, (spelling, _) in enumerate(_SPELLINGS[language]))
    between = r"\s?(?:to|or|and|至|到|から|~|～)\s?|(?<=\d)\s?[-–]\s?(?=\d)"
    # "two hundred and fifty" is one number: two are looked for where one alone does not do.
    ranged = rf"(?:(?P<first>{number})(?:{between}))??(?P<last>{number})"
    measured = rf"(?P<before>{before})?[ \u00a0-]?(?:{units})(?P<after>{after})?"
    return re.compile(rf"(?<![\d月.]){ranged}{measured}", re.IGNORECASE)


@lru_cache(maxsize=_LATEST)
def force(text: str, language: str) -> Bindingness | None:
    """The force of a text of one sentence; None where it has no modal verb that is known, or several."""
    if re.search(r"[;；.。].", text.strip()) or _BESIDE.search(text) or _DOUBTFUL.search(text):
        return None
    text = _as_barred(text)
    found = [kind for kind, pattern in _FORCES[language] for _ in re.finditer(pattern, text)]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=_LATEST)
def forbids(text: str, language: str) -> bool | None:
    """Whether a text of one sentence forbids, or asks for something; None where that may be said in other words.

    What has a figure may: not nearer than 500 m is at least 500 m away.
    """
    if re.search(r"[;；.。].", text.strip()) or figures(text, language):
        return None
    text = _as_barred(text)
    forbidding = re.findall(_FORBIDDING[language], text)
    rest = re.sub(_FORBIDDING[language], " ", text)
    asking, rest = re.findall(_ASKING[language], rest), re.sub(_ASKING[language], " ", rest)
    if len(forbidding) + len(asking) != 1 or re.search(_TURNED[language], rest, re.IGNORECASE):
        return None
    return bool(forbidding)


def names_act(text: str, language: str, called: str) -> bool:
    """Whether a text speaks of an act in the words by which it is called: what says it in others may turn it round."""
    if language == "en":
        spoken = {_stem(word) for word in _WORD.findall(text.lower())}
        first, *others = [_stem(word) for word in _WORD.findall(called.lower()) if word not in _OF_ANY_ACT] or [""]
        return first in spoken and (not others or not spoken.isdisjoint(others))
    pairs = [called[n : n + 2] for n in range(len(called) - 1)]
    return sum(pair in text for pair in pairs) * 2 > len(pairs)


_WORD = pattern(r"[a-z]{3,}")
_OF_ANY_ACT = frozenset(("the", "its", "other", "unit", "own", "and", "with", "for", "towards", "against", "near"))


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s|e)$", "", word)


def _as_barred(text: str) -> str:
    """The text with the words of a ban where it says with `may` that something may not be."""
    for said, meant in _BARRING:
        text = said.sub(meant, text)
    return text


def parties(text: str, titles: Mapping[str, str]) -> frozenset[str]:
    """The parties that a text names; `titles` are theirs, by name, in its language."""
    return frozenset(name for name, title in titles.items() if title and title in text)


def written_figures(source: str) -> tuple[QuotedFigure, ...]:
    """The figures with units that stand in the source of a clause, what it quotes and remarks left out."""
    bare = re.sub(r'"[^"]*"|#[^\n]*', " ", source)
    return tuple(
        QuotedFigure(_WRITTEN[unit][0], number_in_digits(number) * _WRITTEN[unit][1], f"{number} {unit}")
        for number, unit in _FIGURE_WRITTEN.findall(bare)
    )


_WRITTEN = {
    **{name: (unit.dimension.value, unit.factor) for name, unit in UNITS.items()},
    "month": _MONTH,
    "months": _MONTH,
    "year": _YEAR,
    "years": _YEAR,
}
_FIGURE_WRITTEN = pattern(
    rf"(\d[\d,]*(?:\.\d+)?)\s*(?:calendar\s+|working\s+)?"
    rf"({'|'.join(sorted(map(re.escape, UNITS), key=len, reverse=True))}|months?|years?)(?![\w/])"
)


def unmatched(some: Iterable[QuotedFigure], others: Iterable[QuotedFigure]) -> list[QuotedFigure]:
    """Those of the figures that have no equal among the others."""
    known = {figure.key for figure in others}
    return [figure for figure in some if figure.key not in known]


_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {ord("．"): ".", ord("，"): ","}
