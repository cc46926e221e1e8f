"""The packages on which findings hold, as boxes, and several of them as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cbm.core.negotiation import Negotiation
from cbm.core.packages.package_boxes import Box, bits
from cbm.core.substitution import parts_of
from cbm.finding import PackageReach
from cbm.wording.reading_words import HeldOn, reach_of


def boxes_in(negotiation: Negotiation, reach: PackageReach, *, surely: bool = False) -> tuple[Box, ...]:
    """The packages that a report tells, as boxes."""
    if reach.every and not surely:
        return ({},)
    numbers = {negotiation.name(number): number for number in range(len(negotiation.choices))}
    return tuple(_box(negotiation, numbers, box) for box in (reach.surely if surely else reach.boxes))


def joined_reach(negotiation: Negotiation, reaches: Sequence[PackageReach]) -> PackageReach:
    """The packages of any of them."""
    space = negotiation.space
    boxes = space.told(box for reach in reaches for box in boxes_in(negotiation, reach))
    surely = space.told(box for reach in reaches for box in boxes_in(negotiation, reach, surely=True))
    return reach_of(negotiation, boxes, surely, _joined(negotiation, reaches))


def _joined(negotiation: Negotiation, reaches: Sequence[PackageReach]) -> HeldOn | None:
    """Where any of them holds, of packages and readings; None where no reading plays a part."""
    several = [reach.by_reading for reach in reaches if isinstance(reach.by_reading, HeldOn)]
    if not several:
        return None
    certain = (box for reach in reaches for box in boxes_in(negotiation, reach, surely=True))
    cubes = (*(tuple(parts_of(negotiation.formula((box,)))) for box in certain), *(c for h in several for c in h.cubes))
    terms = dict.fromkeys(term for held in several for term in held.terms)
    gravest = max((held.severity for held in several), key=lambda severity: severity.weight)
    return HeldOn(tuple(terms), tuple(dict.fromkeys(cubes)), gravest)


def _box(negotiation: Negotiation, numbers: Mapping[str, int], named: Iterable[tuple[str, Sequence[int]]]) -> Box:
    box: dict[int, int] = {}
    for name, options in named:
        known = [option.number for option in negotiation.choices[numbers[name]].options]
        box[numbers[name]] = bits(known.index(option) for option in options)
    return box
