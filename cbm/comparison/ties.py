"""Which packages the ties of two texts exclude, and which of these one of the texts alone does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.comparison.two_texts import OwnText, TwoTexts
from cbm.core.negotiation import Negotiation
from cbm.core.packages.package_boxes import Box, PackageSpace
from cbm.records import replace


def excluded_by_ties(both: TwoTexts) -> Iterator[tuple[str, Box, bool]]:
    """Whose tie it is ("old", "new"), what it excludes, and whether the ties of the other text leave some of that.

    Packages are boxes of `in_common`. TooManyBoxes where ties join too many choices.
    """
    negotiation = in_common(both)
    space = PackageSpace(tuple(len(choice.options) for choice in negotiation.choices))
    once, now = (_excluded(text, negotiation, space) for text in (both.old, both.new))
    for whose, ours, theirs in (("old", once, now), ("new", now, once)):
        for box in ours:
            yield whose, box, not _lies_in(box, theirs, space)


def in_common(both: TwoTexts) -> Negotiation:
    """The choices of both texts, where they are the same with the options that both have, and no ties."""
    return Negotiation(replace(both.system, ties=(), open_cycles=()))


def _excluded(text: OwnText, negotiation: Negotiation, space: PackageSpace) -> list[Box]:
    conditions = (text.rewriting.formula(tie.condition) for tie in text.system.ties)
    return [box for condition in conditions for box in space.maximal_outside(negotiation.boxes(condition))]


def _lies_in(box: Box, boxes: Iterable[Box], space: PackageSpace) -> bool:
    outside = ({choice: left} for choice, options in box.items() if (left := space.whole(choice) & ~options))
    return space.is_everything((*boxes, *outside))
