"""Statements with one option in the place of each of their brackets, and which options stand together.

A text is read by filling in: each wording of a statement is the text with one option in the place of each bracket and
everything else blanked out, so that places stay as they are. The grammar of statements knows nothing of brackets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from cbm.process.budget import require_going_on
from cbm.records import Record
from cbm.syntax.cutting.brackets import Bracket, Brackets
from cbm.syntax.mistake import Mistake, Mistaken
from cbm.translation.saying import say

MOST_WORDINGS = 64  # of one statement
_FILLED_ANYWAY = 100_000  # signs of its wordings are filled in however little time there is


def without_whole(text: str, brackets: Brackets) -> str:
    """The text with the signs and heads of brackets around whole statements blanked out, all else in its place."""
    kept = list(text)
    for bracket in brackets.places:
        if bracket.whole:
            edges = [bracket.start]
            for option in sorted(bracket.options, key=lambda option: option.start):  # as they stand, not as declared
                edges += [option.end, option.end] if option.deletes else [option.start, option.end]
            edges.append(bracket.end)
            for start, end in zip(edges[::2], edges[1::2], strict=True):
                _blank(kept, start, end)
    return "".join(kept)


class FilledWording(Record):
    """A statement with one option in the place of each bracket.

    `taken` says which, by the number of the bracket in the text and that of the option; 0: the bracket is left out.
    """

    text: str
    taken: tuple[tuple[int, int], ...]


def wordings(
    text: str, start: int, end: int, brackets: Brackets, optional: Mapping[int, bool]
) -> Iterator[FilledWording]:
    """All wordings of the statement from one offset to another, the first options first.

    Places of one choice take one option. `optional` says of a bracket whether it may be left out. Mistaken where there
    are more than can be looked at.
    """
    inside = [number for number, place in enumerate(brackets.places) if start <= place.start and place.end <= end]
    inside = [number for number in inside if not brackets.places[number].whole]
    ways = [_ways(brackets.places[number], optional.get(number, False)) for number in inside]
    around = _around(brackets, inside)
    seen: set[tuple[tuple[int, int], ...]] = set()
    for count, chosen in enumerate(product(*ways)):
        if count >= MOST_WORDINGS**2 or len(seen) >= MOST_WORDINGS:
            message = say("with its brackets this statement has more than {most} wordings", most=MOST_WORDINGS)
            first = brackets.places[inside[0]]
            raise Mistaken(Mistake(message, first.start, first.end, remedies=(say("split it into several clauses"),)))
        if count * (end - start) > _FILLED_ANYWAY:
            require_going_on()
        taken = _active(brackets, around, dict(zip(inside, chosen, strict=True)))
        if _agree(brackets, taken) and (key := tuple(sorted(taken.items()))) not in seen:
            seen.add(key)
            yield FilledWording(filled(text, start, end, brackets, taken), key)


def filled(text: str, start: int, end: int, brackets: Brackets, taken: Mapping[int, int]) -> str:
    """The text from one offset to another with these options; every other part of a bracket is blank."""
    kept = list(text[start:end])
    for number, bracket in enumerate(brackets.places):
        if bracket.whole or not (start <= bracket.start and bracket.end <= end) or number not in taken:
            continue
        option = next((option for option in bracket.options if option.number == taken[number]), None)
        if option is None or option.deletes:
            _blank(kept, bracket.start - start, bracket.end - start)
        else:
            _blank(kept, bracket.start - start, option.start - start)
            _blank(kept, option.end - start, bracket.end - start)
    return "".join(kept)


def _ways(bracket: Bracket, optional: bool) -> list[int]:
    return [*(option.number for option in bracket.options), *([0] if optional else [])]


def _around(brackets: Brackets, inside: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """For each of the brackets, which begin one after the other, those of them in which it stands."""
    found: dict[int, tuple[int, ...]] = {}
    open_: tuple[int, ...] = ()
    for number in inside:
        place = brackets.places[number]
        while open_ and brackets.places[open_[-1]].end < place.end:
            open_ = open_[:-1]
        found[number] = open_
        open_ = (*open_, number)
    return found


def _active(brackets: Brackets, around: Mapping[int, Iterable[int]], chosen: Mapping[int, int]) -> dict[int, int]:
    """Without the brackets that stand in an option which is not taken; `around`: in which ones each of them stands."""
    taken: dict[int, int] = {}
    for number, outer in around.items():
        place = brackets.places[number]
        if all(n in taken and _is_in(brackets.places[n], taken[n], place) for n in outer):
            taken[number] = chosen[number]
    return taken


def _is_in(outer: Bracket, taken: int, inner: Bracket) -> bool:
    return any(
        option.number == taken and option.start <= inner.start and inner.end <= option.end for option in outer.options
    )


def _agree(brackets: Brackets, taken: Mapping[int, int]) -> bool:
    """Whether places of one choice take the same option."""
    named: dict[str, int] = {}
    places = ((brackets.places[number].name, option) for number, option in taken.items())
    return all(not name or named.setdefault(name, option) == option for name, option in places)


def _blank(kept: list[str], start: int, end: int) -> None:
    for place in range(start, end):
        if kept[place] not in "\n\r":
            kept[place] = " "
