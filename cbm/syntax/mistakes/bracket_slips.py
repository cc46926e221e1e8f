"""Slips in square brackets: a figure that is left open in other words, and who proposes what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from cbm.patterns import pattern
from cbm.syntax.cutting.brackets import Bracket, Brackets, PlacedOption, content
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.phrases.rewritten import NAME, UNIT
from cbm.syntax.mistakes.slip_words import sides_of
from cbm.translation.saying import say

_NAMES = rf"{NAME}(?:\s*[,/]\s*{NAME})*"
_NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_UNIT = rf"(?:{UNIT})(?!\w)"
_RANGE = pattern(
    rf"(?P<between>between\s+)?(?P<low>{_NUMBER})(?:\s*(?P<unit>{_UNIT}))?\s*(?P<joined>to\b|and\b|[-–—])\s*"
    rf"(?P<high>{_NUMBER})(?:\s*(?P<last>{_UNIT}))?\Z"
)
_FIGURE = pattern(rf"{_NUMBER}(?:\s*(?P<unit>{_UNIT}))?\Z")
_UNIT_BEHIND = pattern(rf"\s*(?P<unit>{_UNIT})")
_LEFT_OPEN = pattern(rf"(?:[^\W\d_]+|[_.…?]+)(?:\s*{_UNIT})?\Z")
_NAMED_ALONE = pattern(rf"{_NAMES}\Z")
_WHO_BEFORE = pattern(rf"(?P<who>{_NAMES})\s+(?P<words>.*)\Z")
_WHO_IN_BRACKETS = pattern(rf"\[\s*(?P<who>{_NAMES})\s*\]\s*(?P<words>.*)\Z")
_WHO_BEHIND = pattern(rf"(?P<words>[^()]*[^()\s])\s*\(\s*(?P<who>{_NAMES})\s*\)\Z")
_WORD = pattern(NAME)


def ranges_alone(text: str, inside: Collection[Bracket]) -> Iterator[Mistake]:
    """`[5 kt to 10 kt]`, `[between 5 kt and 10 kt]`, `[5-10] kt`: a range alone is no figure."""
    for bracket in inside:
        for option in bracket.options:
            start, end = content(text, option)
            found = _RANGE.match(text, start, end)
            if found is None or (found["joined"] == "and") != bool(found["between"]):
                continue
            if found["joined"] == "to" and text[max(0, bracket.start - 80) : bracket.start].split()[-1:] == ["from"]:
                continue
            behind = None if found["last"] else _UNIT_BEHIND.match(text, bracket.end)
            last = found["last"] or (behind and behind["unit"]) or found["unit"] or ""
            low, high = f"{found['low']} {found['unit'] or last}".strip(), f"{found['high']} {last}".strip()
            words, mend = f"[__ from {low} to {high}]", None
            if last == "deg":  # an angle is no empty figure
                words = f"[{low} | {high}]"
            if len(bracket.options) == 1:
                mend = Mend(bracket.start, behind.end() if behind else bracket.end, words)
            yield Mistake(say("a figure that is still open is written `{words}`", words=words), start, end, mend=mend)


def units_twice(text: str, inside: Collection[Bracket]) -> Iterator[Mistake]:
    """`[5 min | 10] min`: a unit behind the bracket, and in an option as well."""
    for bracket in inside:
        behind = _UNIT_BEHIND.match(text, bracket.end)
        said = [text[slice(*content(text, option))] for option in bracket.options if not option.deletes]
        figures = [_FIGURE.match(words) for words in said]
        if behind is None or not all(figures) or not any(found["unit"] for found in figures if found):
            continue
        message = say("the unit stands behind the bracket, and in one of its options as well")
        yield Mistake(
            message,
            behind.start("unit"),
            behind.end("unit"),
            remedies=(say("write it once: behind the bracket, or in each option"),),
            mend=Mend(bracket.start, behind.end(), _with_units(text, bracket, behind["unit"])),
        )


def _with_units(text: str, bracket: Bracket, unit: str) -> str:
    """The bracket with the unit of each figure in its option."""
    words = text[bracket.start : bracket.end]
    for option in reversed(bracket.options):
        start, end = content(text, option)
        found = _FIGURE.match(text[start:end])
        if found and not found["unit"]:
            words = f"{words[: end - bracket.start]} {unit}{words[end - bracket.start :]}"
    return words


def statement_behind_stroke(text: str, option: PlacedOption) -> Mistake:
    """`[A: clause 1 … | B: clause 1 …]`: the second statement stands on the line of the first."""
    stroke = text.rindex("|", 0, option.start)
    start, end = content(text, option)
    who = ", ".join(one.name for one in option.proposers)
    return Mistake(
        say("an option that is a whole clause begins a line of its own"),
        start,
        end,
        remedies=(say("write `{words}` on the next line", words=f"| {who}: …" if who else "| …"),),
        mend=Mend(stroke, stroke, "\n"),
    )


def bracket_slip(
    text: str, brackets: Brackets, bracket: Bracket, option: PlacedOption, readable: Callable[[str], bool]
) -> Mistake | None:
    """What a drafter meant by an option that cannot be read; `readable`: whether these words can, in its place."""
    start, end = content(text, option)
    said = text[start:end]
    if not option.proposers and _NAMED_ALONE.match(said) and _known(text, brackets, said) and not readable(said):
        return _named_alone(said, bracket)
    if found := _LEFT_OPEN.match(said):
        return _left_open(text, bracket, start, end) if not readable(said) else None
    for sign in ("/", " or "):
        parts = [part.strip() for part in said.split(sign)]
        if len(parts) > 1 and all(part and readable(part) for part in parts):
            place = start + said.index(sign)
            return Mistake(
                say("`{sign}` does not part options", sign=sign.strip()),
                place,
                place + len(sign),
                remedies=(say("write `|` between what is proposed, in one bracket"),),
                mend=Mend(start, end, " | ".join(parts)),
            )
    for where in (_WHO_BEFORE, _WHO_IN_BRACKETS, _WHO_BEHIND):
        found = where.match(said)
        if found and not option.proposers and _known(text, brackets, found["who"]) and readable(found["words"]):
            words = f"{found['who']}: {found['words']}"
            message = say("who proposes an option stands in front of it, with a colon: write `{words}`", words=words)
            return Mistake(message, start, end, mend=Mend(start, end, words))
    return None


def _named_alone(who: str, bracket: Bracket) -> Mistake:
    """`clause 2 [JP] every unit must call`: what is proposed stands behind the bracket."""
    return Mistake(
        say("a bracket goes around all that is proposed, and who proposes it stands in front, with a colon"),
        bracket.start,
        bracket.end,
        remedies=(say("write `[{who}: …]`, with the words that {who} proposes in place of `…`", who=who),),
    )


def _left_open(text: str, bracket: Bracket, start: int, end: int) -> Mistake | None:
    """`[TBD] kt`, `[… kt]`: something in the place of a figure that is not known yet."""
    word = text[start:end].split()[0]
    if word.isalpha() and not (len(word) == 1 or word.isupper()):
        return None  # `[ten] min`
    if text[start:end].isalpha() and not _UNIT_BEHIND.match(text, bracket.end):
        return None
    return Mistake(
        say("a figure that is still open stands with its range: write `[__ from … to …]`"),
        start,
        end,
        remedies=(say("write the lowest and the highest that is thought of, such as `[__ from 1 nmi to 5 nmi]`"),),
    )


def _known(text: str, brackets: Brackets, who: str) -> bool:
    """Whether the text has sides, or others who propose, that are called so."""
    others = {name for name in _WORD.findall(who) if name not in {"chair", *sides_of(text)}}
    return not others or others <= {
        one.name for place in brackets.places for option in place.options for one in option.proposers
    }
