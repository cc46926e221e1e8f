"""The signs of brackets in a text, read: `[`, `|`, `]`, who proposes an option, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from re import MULTILINE, VERBOSE, Match

from cbm.patterns import pattern
from cbm.records import replace
from cbm.syntax.comments import without_comments
from cbm.syntax.cutting.brackets import Bracket, Brackets, PlacedOption, Proposer, content
from cbm.syntax.mistake import Mend, Mistake, Mistaken
from cbm.translation.listing import listed
from cbm.translation.saying import say

_NAME = r"[^\W\d]\w*"
_ASIDE = pattern(r'"[^"\n]*"?|#[^\n]*')
_MARKS = pattern(r'"[^"\n]*"?|#[^\n]*|\\?[\[\]|]|[［］｜【】〔〕]')
_WIDE = {"［": "[", "］": "]", "｜": "|", "：": ":", "【": "[", "】": "]", "〔": "[", "〕": "]"}
_ESCAPED = {"\\[": "[", "\\]": "]", "\\|": "|"}  # as converters of documents write them
_COMMENT_OR_BLANK = r"(?: [ \t\r\n] | \#[^\n]* )*"
_HEAD = pattern(
    rf"""
    {_COMMENT_OR_BLANK}
    (?: (?P<who> {_NAME} (?: \s* [,/] \s* {_NAME} )* | [0-9]{{1,2}} ) \s* (?P<remark> "[^"\n]*" )?
      | (?P<alone> "[^"\n]*" ) )
    \s* (?P<colon> [:：] )
    """,
    VERBOSE,
)
_PARTED = pattern(rf'\s*[,;/]\s*(?P<who>{_NAME}(?:\s*"[^"\n]*")?)\s*\Z')
_NAMED = pattern(rf"\s* (?P<name> {_NAME} ) (?= \s )", VERBOSE)
_DECLARED = pattern(
    rf"""
    ^[ \t]* options [ \t]+ (?P<name> {_NAME} ) (?: \s* (?: [a-z]{{2,3}} \s+ )? "[^"\n]*" )* \s*
    (?: \s one [ \t]+ of \s* [:]? | : ) \s*  # how else it is written is told where it is read
    (?P<options> (?: {_NAME} | [0-9]+ ) (?: \s* (?: [,/] | or\s | and\s ) \s* (?: {_NAME} | [0-9]+ ) )* )
    """,
    VERBOSE | MULTILINE,
)
# Statements that stand in no bracket, which is told once they are read.
_ELSEWHERE = r"""
    (?:tie|options|act|result|channel|topic|language|kind|party|counter|axiom)[ \t]+
    (?! (?:is|in|and|or)(?!\w) ) (?: [\w.]+[ \t] | ")
"""
_WHOLE = pattern(
    rf"""
    {_COMMENT_OR_BLANK}
    (?: (?:clause|covers|reserve|without[ \t]+prejudice|left[ \t]+out|open[ \t]+term|term|article)(?!\w)
      | {_ELSEWHERE} )
    """,
    VERBOSE,
)
_WITH_COLON = pattern(rf"{_COMMENT_OR_BLANK} (?: open[ \t]+term(?!\w) | {_ELSEWHERE} )", VERBOSE)
_DELETE = pattern(rf"{_COMMENT_OR_BLANK} delete {_COMMENT_OR_BLANK} \Z", VERBOSE)
_MISSPELT_DELETE = pattern(
    rf"""
    {_COMMENT_OR_BLANK}
    (deleted|deletion|delete[ \t]+(?:this|it|all|clause|paragraph)|out|none|nothing|nil|[-–—])
    {_COMMENT_OR_BLANK} \Z
    """,
    VERBOSE,
)
_FIGURE = pattern(rf"\[? {_COMMENT_OR_BLANK} (?: {_NAME} \s+ )?? __ (?!\w)", VERBOSE)
_WORDS = pattern(_NAME)
_WORD_OR_NUMBER = pattern(rf"{_NAME}|[0-9]+")


def find_brackets(text: str, ranges: Iterable[tuple[int, int]]) -> Brackets:
    """The brackets in these parts of a text; what stands in quotes and comments is none.

    A choice is known in all of them, whichever part declares it.
    """
    places: list[Bracket] = []
    mistakes: list[Mistake] = []
    broken: list[int] = []
    parts = list(ranges)
    declared = {
        found["name"]: tuple(_WORD_OR_NUMBER.findall(found["options"]))
        for start, end in parts
        for found in _DECLARED.finditer(text, start, end)
    }
    for start, end in parts:
        if all(text.find(sign, start, end) < 0 for sign in "[]［］【】〔〕"):
            continue
        _find(text, start, end, declared, places, mistakes, broken)
    ordered = sorted(places, key=lambda place: (place.start, -place.end))
    return Brackets(tuple(ordered), tuple(mistakes), tuple(broken))


def _find(
    text: str,
    start: int,
    end: int,
    declared: Mapping[str, Sequence[str]],
    places: list[Bracket],
    mistakes: list[Mistake],
    broken: list[int],
) -> None:
    """All brackets from one offset to another."""
    opened: list[list[int]] = []  # of each open bracket: its place, then its bars
    figures: list[int] = []  # which of the open ones hold an empty figure, and are no choice
    for found in _MARKS.finditer(text, start, end):
        sign, place = found[0], found.end() - 1  # behind a backslash
        if sign in _WIDE:
            mistakes.append(_of_full_width(sign, found.start()))
            broken.append(found.start())
            sign = _WIDE[sign]
        elif sign in _ESCAPED:
            mistakes.append(_escaped(sign, found.start()))
            broken.append(found.start())
            sign = _ESCAPED[sign]
        if sign == "[" and _FIGURE.match(text, place):
            figures.append(len(opened))
            opened.append([place])
        elif sign == "[":
            opened.append([place])
        elif sign == "|" and opened:
            opened[-1].append(place)
        elif sign == "]" and opened:
            bars = opened.pop()
            try:
                if figures and figures[-1] == len(opened):
                    figures.pop()
                    _check_figure(text, bars, place)
                    continue
                places.append(_bracket(text, [*bars, place], declared, len(opened) - len(figures)))
            except Mistaken as mistaken:
                mistakes.append(mistaken.mistake)
                broken.append(bars[0])
        elif sign == "]":
            mistakes.append(Mistake(say("`]` closes no bracket"), place, found.end()))
            broken.append(place)
    for first, *_ in opened:
        mistakes.append(_not_closed(first))
        broken.append(first)


def _not_closed(place: int) -> Mistake:
    message = say("the bracket that opens here is not closed")
    remedies = (say("write `]` where it ends; for several clauses `option …:` above each and `end of options` below"),)
    return Mistake(message, place, place + 1, remedies=remedies)


def _of_full_width(sign: str, place: int) -> Mistake:
    message = say("`{wide}` is of full width: write `{narrow}`", wide=sign, narrow=_WIDE[sign])
    return Mistake(message, place, place + 1, mend=Mend(place, place + 1, _WIDE[sign])).lexical


def _escaped(sign: str, place: int) -> Mistake:
    message = say("no backslash belongs in front of `{sign}`: write `{sign}`", sign=_ESCAPED[sign])
    return Mistake(message, place, place + len(sign), mend=Mend(place, place + len(sign), _ESCAPED[sign])).lexical


def _check_figure(text: str, signs: Sequence[int], end: int) -> None:
    """Mistaken where it is one of several options, `[__ from 1 nmi to 5 nmi | JP: 500 m]`, or has no range: `[__]`."""
    if len(signs) > 1:
        raise Mistaken(_unbracketed(text, signs[0] + 1, signs[1]))
    if text[signs[0] : end].rstrip().endswith("__"):
        message = say("the range in which this figure will lie is missing")
        remedies = (say("write the lowest and the highest that is thought of, such as `[__ from 1 nmi to 5 nmi]`"),)
        raise Mistaken(Mistake(message, signs[0], end + 1, remedies=remedies))


def _unbracketed(text: str, start: int, end: int) -> Mistake:
    said = " ".join(text[start:end].split())
    message = say("an empty figure has square brackets of its own")
    return Mistake(
        message, start, end, remedies=(say("write `{words}` in place of `{said}`", words=f"[{said}]", said=said),)
    )


def _bracket(text: str, signs: list[int], declared: Mapping[str, Sequence[str]], depth: int) -> Bracket:
    opening, closing = signs[0], signs[-1]
    begin, name = opening + 1, ""
    if (found := _NAMED.match(text, begin, closing)) and found["name"] in declared:
        name, begin = found["name"], found.end()
    elif found and (head := _HEAD.match(text, found.end(), closing)) and head["who"]:
        _refuse_name(text, found, head["who"], signs, declared)
    options: list[PlacedOption] = []
    for number, (start, end) in enumerate(zip([begin, *(s + 1 for s in signs[1:-1])], signs[1:], strict=True), 1):
        options.append(_option(text, number, start, end, alone=len(signs) == 2))
    if name:
        options = _as_declared(name, declared[name], options, opening)
    if all(option.deletes for option in options):
        raise Mistaken(Mistake(say("nothing stands in this bracket but `delete`"), opening, closing + 1))
    whole = any(_WHOLE.match(text, option.start, option.end) for option in options if not option.deletes)
    return Bracket(opening, closing + 1, name, tuple(options), whole, depth)


def _refuse_name(text: str, found: Match[str], first: str, signs: Sequence[int], declared: Iterable[str]) -> None:
    """`[distence CN: …]`, where `options distance` is declared, or nothing like it."""
    from difflib import get_close_matches  # only who errs waits for it

    for near in get_close_matches(found["name"], list(declared), n=1):
        message = say("there is no choice `{choice}`", choice=found["name"])
        start, end = found.span("name")
        remedies = (say("did you mean `{near}`?", near=near),)
        raise Mistaken(Mistake(message, start, end, remedies=remedies, mend=Mend(start, end, near)))
    heads = (_HEAD.match(text, start + 1, end) for start, end in pairwise(signs[1:]))
    others = [head["who"] for head in heads if head and head["who"]]
    if not others:
        return  # it may be no name: `[CN proposes: …]`
    who = dict.fromkeys(_WORD_OR_NUMBER.findall(several)[0] for several in (first, *others))
    written = f"options {found['name']} one of {', '.join(who)}"
    ways = (
        say("declare it in front of the clause, on a line of its own: `{options}`", options=written),
        say("or leave `{choice}` out of the bracket", choice=found["name"]),
    )
    message = say("there is no choice `{choice}`", choice=found["name"])
    raise Mistaken(Mistake(message, *found.span("name"), remedies=ways))


def _as_declared(name: str, known: Sequence[str], options: list[PlacedOption], opening: int) -> list[PlacedOption]:
    """The options in the order, and with the numbers, in which the choice lists them."""
    numbered: dict[int, PlacedOption] = {}
    for option in options:
        called = [proposer.name for proposer in option.proposers] or [str(option.number)]
        meant = next((known.index(who) + 1 for who in called if who in known), None)
        if meant is None:
            message = say(
                "`options {choice}` lists no {options}",
                choice=name,
                options=listed([f"`{who}`" for who in called], "or"),
            )
            place = option.proposers[0] if option.proposers else None
            start, end = (place.start, place.end) if place else (option.start, option.end)
            raise Mistaken(
                Mistake(message, start, end, remedies=(say("name one of {options}", options=listed(known, ",")),))
            )
        if meant in numbered:
            message = say(
                "`{option}` has two options here, and `options {choice}` lists it once",
                option=known[meant - 1],
                choice=name,
            )
            raise Mistaken(Mistake(message, option.start, option.end, remedies=(say("number the options instead"),)))
        numbered[meant] = replace(option, number=meant)
    missing = [who for number, who in enumerate(known, 1) if number not in numbered]
    if missing:
        message = say(
            "what stands here for `{option}` is not said, and `options {choice}` lists it",
            option=missing[0],
            choice=name,
        )
        remedy = say("add `| {option}: …`, or `| {option}: delete` if nothing is to stand", option=missing[0])
        raise Mistaken(Mistake(message, opening, opening + 1, remedies=(remedy,)))
    return [numbered[number] for number in sorted(numbered)]


def _option(text: str, number: int, start: int, end: int, alone: bool) -> PlacedOption:
    proposers: list[Proposer] = []
    remark, begin = "", start
    if found := _HEAD.match(text, start, end):
        if found["colon"] in _WIDE:
            raise Mistaken(_of_full_width(found["colon"], found.start("colon")))
        begin = found.end()
        remark = (found["remark"] or found["alone"] or "")[1:-1]
        if found["who"] and not found["who"].isdigit():
            words = _WORDS.finditer(text, found.start("who"), found.end("who"))
            proposers += (Proposer(word[0], word.start(), word.end()) for word in words)
        elif found["who"]:
            number = _numbered(found, number)
    said = without_comments(text[begin:end])
    _refuse_colon(said, begin)
    if not said.strip():
        if alone:
            message = say("nothing stands in this bracket")
            remedy = say("an empty figure is written `[__ from 1 nmi to 5 nmi]`")
        else:
            message, remedy = say("nothing stands in this option"), say("write `delete` for nothing")
        raise Mistaken(Mistake(message, start - 1, end + 1, remedies=(remedy,)))
    if wrong := _MISSPELT_DELETE.match(text, begin, end):
        message = say("`{word}` does not say that nothing is to stand here: did you mean `delete`?", word=wrong[1])
        remedy = say("write `{words}`", words="delete")
        raise Mistaken(Mistake(message, wrong.start(1), wrong.end(1), remedies=(remedy,)))
    if not text[begin:end].lstrip().startswith("[") and _FIGURE.match(text, begin, end):
        raise Mistaken(_unbracketed(text, *content(text, PlacedOption(number, (), "", begin, end, deletes=False))))
    return PlacedOption(number, tuple(proposers), remark, begin, end, _DELETE.match(text, begin, end) is not None)


def _numbered(found: Match[str], number: int) -> int:
    """The number that an option gives itself."""
    if int(found["who"]) == number:
        return number
    message = say("options are numbered as they stand, and this is number {number}", number=number)
    remedy = say("write `{words}`", words=f"{number}:")
    raise Mistaken(Mistake(message, found.start("who"), found.end("who"), remedies=(remedy,)))


def _refuse_colon(said: str, begin: int) -> None:
    """`CN proposes: …`: what stands before a colon is who proposes, and nothing else."""
    bare = _ASIDE.sub(lambda aside: " " * len(aside[0]), said)
    depth = 0
    for place, sign in enumerate(bare):
        depth += {"[": 1, "]": -1}.get(sign, 0)
        if sign == ":" and not depth and not _is_clock(bare, place) and not _WITH_COLON.match(said):
            if parted := _PARTED.search(said, 0, place):
                words = f"| {parted['who']}:"
                message, first = say("options are parted by `|`: write `{words}`", words=words), begin + parted.start()
                end = begin + place + 1
                raise Mistaken(Mistake(message, first, end, mend=Mend(first, end, f" {words}")))
            message = say("only who proposes an option stands in front of its colon")
            remedies = (say('write `CN: …`, `CN, KR: …` or `CN "a remark": …`'),)
            raise Mistaken(Mistake(message, begin + place, begin + place + 1, remedies=remedies))
        if sign == "\n" and not depth:
            return


def _is_clock(text: str, place: int) -> bool:
    return text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()
