"""The square brackets of a text under negotiation: where they stand, what their options are, and who proposes them."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.records import Record
from cbm.syntax.mistake import Mistake


class Proposer(Record):
    """Who proposes an option, with the place of the name."""

    name: str
    start: int
    end: int


class PlacedOption(Record):
    """One of the things that may stand in a bracket; its content lies from `start` to `end`.

    `number` counts from 1, as they stand; `deletes`: it says that nothing is to stand there.
    """

    number: int
    proposers: tuple[Proposer, ...]
    remark: str
    start: int
    end: int
    deletes: bool


class Bracket(Record):
    """One place in which one of several options stands; `start` and `end` hold its signs.

    `whole`: its options are whole statements. `depth`: in how many other brackets it stands.
    """

    start: int
    end: int
    name: str
    options: tuple[PlacedOption, ...]
    whole: bool
    depth: int


class Brackets(Record):
    """All brackets of a text in order, the outer ones first, and what is wrong with others.

    `broken` are the places of those; what stands around one is not read.
    """

    places: tuple[Bracket, ...]
    mistakes: tuple[Mistake, ...]
    broken: tuple[int, ...] = ()

    def within(self, start: int, end: int) -> tuple[Bracket, ...]:
        """Those that stand inside statements, from one offset to another."""
        return tuple(place for place in self.places if not place.whole and start <= place.start and place.end <= end)

    def around(self, place: int) -> Iterator[tuple[int, PlacedOption]]:
        """The brackets of whole statements around a place, each by its number in the text, with the option there."""
        for number, bracket in enumerate(self.places):
            if bracket.whole and bracket.start <= place < bracket.end:
                for option in bracket.options:
                    if option.start <= place < option.end:
                        yield number, option


NO_BRACKETS = Brackets((), ())


def content(text: str, option: PlacedOption) -> tuple[int, int]:
    """Where what an option says begins and ends, without blanks around it."""
    said = text[option.start : option.end]
    return option.start + len(said) - len(said.lstrip()), option.end - (len(said) - len(said.rstrip()))
