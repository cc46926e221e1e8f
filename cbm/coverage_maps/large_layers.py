"""Layers of more types than are told apart one by one: only gaps, as boxes, and not more of them than are read."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from cbm.conflicts.all_conflicts import world_of
from cbm.coverage.governance import CoverageUndecided, possibly
from cbm.coverage.large_regions import AskedCover, partly, silent, told
from cbm.coverage.regions import PromisedMatter
from cbm.coverage.types.axes import all_values, values_of
from cbm.coverage.types.boxes import TYPES
from cbm.coverage.types.maximal_boxes import Sides, maximal_boxes
from cbm.coverage.types.symbolic import type_variables
from cbm.coverage_maps.layers import blank
from cbm.coverage_maps.named import box_words, positions_of
from cbm.outcomes.coverage_map import Gap, Layer, Promise
from cbm.records import replace
from cbm.smt.solve import Unknown
from cbm.translation.saying import mark, say
from cbm.wording.situation_words import situation_words

# So many boxes of each kind are looked for.
BOXES = 20


def far_layer(field: PromisedMatter, promise: Promise) -> Layer:
    """The first boxes that are open altogether and in part; Undecided where none was found and the search given up."""
    about, of, world = field.about, type_variables(field.axes), world_of(field.about)
    of_all, apart = told(field.regions.silent, world), told(field.regions.without_exceptions(), world)
    if of_all is None or apart is None:
        reason = mark("whether a clause binds depends on what the unit does, and there are too many types to try")
        raise CoverageUndecided(reason)
    real = (*world.situations(), *possibly(about, field.between, "between"))
    governed = (*world.situations(), *possibly(about, field.regions.silent.excluded, "governed"))
    gaps: list[Gap] = []
    left_out: list[str] = []
    given_up = False
    for territory, open_, in_part in ((silent, of_all, False), (partly, apart, True)):
        found, rest, ended = _boxes(territory(of, world, real, open_, governed))
        given_up = given_up or ended
        gaps += [_gap(field, box, in_part) for box in found]
        if rest:
            left_out.append(
                say("of those open in part {rest}", rest=rest)
                if in_part
                else say("of those governed by nothing {rest}", rest=rest)
            )
    if left_out and not gaps:
        raise CoverageUndecided(say("; ").join(left_out))
    types = prod(len(all_values(axis)) for axis in field.axes)
    bounded = say(
        "there are {types:,} types, and at most {most:,} are told apart one by one: only boxes were looked for",
        types=types,
        most=TYPES,
    )
    limits = say("; ").join((bounded, *left_out))
    return replace(blank(field, promise), gaps=tuple(gaps), bounded=limits, unfinished=given_up)


def _boxes(territory: AskedCover) -> tuple[list[Sides], str, bool]:
    """Some boxes; why these are not all, where they are not; and whether that is so for the search was given up."""
    found: list[Sides] = []
    for box in maximal_boxes(territory):
        if isinstance(box, Unknown):
            words = mark("the search ended after {count}: {reason}")
            return found, say(words, count=len(found), reason=say(box.reason)), True
        if len(found) == BOXES:
            return found, say("the first {count} are told", count=BOXES), False
        found.append(box)
    return found, "", False


def _gap(field: PromisedMatter, box: Sides, in_part: bool) -> Gap:
    sides = tuple(tuple(values_of(axis)[p] for p in side) for axis, side in zip(field.axes, box, strict=True))
    words = box_words(field.about.system, field.axes, sides)
    in_some = say("in a part of each type of {situation}", situation=situation_words(field.about.system))
    conditions = (in_some,) if in_part else ()
    positions = positions_of(field.axes, sides)
    return Gap(positions, words, prod(map(len, positions)), conditions, share=None if in_part else Fraction(1))
