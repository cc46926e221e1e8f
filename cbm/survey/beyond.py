"""Layers of more types than are told apart one by one: only gaps, as boxes, and not more of them than are read."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import islice
from math import prod

from cbm.coverage_map import Gap, Layer, Promise
from cbm.decide.axes import values_of
from cbm.decide.beyond import Asked, cells, partly, silent, told
from cbm.decide.boxes import TYPES
from cbm.decide.clashes import world_of
from cbm.decide.coverage import possibly
from cbm.decide.growth import Sides, grow
from cbm.decide.terrain import Field, Undecided
from cbm.smt.solve import Unknown
from cbm.survey.layers import blank
from cbm.survey.named import box_words

# So many boxes of each kind are looked for.
BOXES = 20


def far_layer(field: Field, promise: Promise) -> Layer:
    """The first boxes that are open altogether and in part; Undecided where a question was given up."""
    about, of, world = field.about, cells(field.axes), world_of(field.about)
    open_ = told(field.open, world)
    if open_ is None:
        raise Undecided("whether a clause binds depends on what the unit does, and there are too many types to try")
    real = (*world.situations(), *possibly(about, field.between, "between"))
    governed = (*world.situations(), *possibly(about, field.open.excluded, "governed"))
    gaps: list[Gap] = []
    more = False
    for territory, in_part in ((silent, False), (partly, True)):
        found = _boxes(territory(of, world, real, open_, governed))
        more |= len(found) > BOXES
        gaps += [_gap(field, box, in_part) for box in found[:BOXES]]
    types = prod(of.sizes)
    bounded = f"there are {types:,} types, and at most {TYPES:,} are told apart one by one: only boxes were looked for"
    if more:
        bounded += f", the first {BOXES} of each kind"
    return replace(blank(field, promise), gaps=tuple(gaps), bounded=bounded)


def _boxes(territory: Asked) -> list[Sides]:
    found: list[Sides] = []
    for box in islice(grow(territory), BOXES + 1):
        if isinstance(box, Unknown):
            raise Undecided(box.reason)
        found.append(box)
    return found


def _gap(field: Field, box: Sides, in_part: bool) -> Gap:
    sides = tuple(tuple(values_of(axis)[p] for p in side) for axis, side in zip(field.axes, box, strict=True))
    words = box_words(field.about.system, field.axes, sides)
    conditions = ("in some encounters of each type",) if in_part else ()
    return Gap(box, words, prod(map(len, box)), conditions, None if in_part else Fraction(1))
