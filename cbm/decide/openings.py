"""Where promises are broken, as boxes of encounter types: each box open altogether, or in part."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import product

from cbm.decide.boxes import Box, Type, boxes, literal, values_of
from cbm.decide.coverage import Region, advised_only, parties_of, types_of, types_with, ungoverned
from cbm.semantics.core import Coverage, Expr
from cbm.semantics.ground import Ground
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown


@dataclass(frozen=True, slots=True)
class Gap:
    """A box of types with an encounter in which the promise is broken; `whole`: it is broken in all there."""

    box: Box
    whole: bool

    def conditions(self, about: Ground) -> tuple[Expr, ...]:
        """What the box says of each axis, where it says anything."""
        sides = zip(about.system.situation.axes, self.box.sides, strict=True)
        return tuple(literal(axis, side) for axis, side in sides if len(side) < len(values_of(axis)))


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything in which a promise is broken for one topic; `soft`: where there is nothing but advice."""

    region: Region
    promise: Coverage
    topic: str
    soft: bool
    gaps: tuple[Gap, ...] | Unknown

    @property
    def question(self) -> str:
        return _question(self.topic, self.soft)


def find_openings(about: Ground, promise: Coverage, real: set[Type] | Unknown) -> Iterator[Opening]:
    """For each topic of the promise both ways of being broken; `real` are the types that its parties can meet in."""
    for topic in promise.topics:
        for soft, region in ((False, ungoverned(about, promise, topic)), (True, advised_only(about, promise, topic))):
            yield Opening(region, promise, topic, soft, _gaps(region, real, _question(topic, soft)))


def real_types(about: Ground, promise: Coverage) -> set[Type] | Unknown:
    """The types of encounter that can happen between units of parties to the text that promises."""
    question = "is there an encounter of the type given below, between units of parties to the text"
    found, none = "the type is real", "it happens nowhere: it may be told as part of any box"
    with asking(system=about.system, bearer=about.bearer, question=question, found=found, none=none):
        return types_with(about, about.system.situation.axes, parties_of(about, promise))


def asking_of(region: Region, question: str, broken: bool) -> AbstractContextManager[None]:
    """Says what is asked of single types or encounters of a region, for its sake."""
    verb = "breaks" if broken else "keeps"
    return asking(
        system=region.about.system,
        bearer=region.about.bearer,
        question=f"is there an encounter of the type given below that {verb} the promise ({question})",
        found="the type is part of a gap" if broken else "the type is no gap, or one in part only",
        none="the type is part of no gap" if broken else "if the type is part of a gap, then altogether",
    )


def _question(topic: str, soft: bool) -> str:
    return f"is {topic} {'more than advised on' if soft else 'governed'} in every promised encounter"


def _gaps(region: Region, real: set[Type] | Unknown, question: str) -> tuple[Gap, ...] | Unknown:
    """The boxes that are open altogether, then those open in part."""
    axes = region.about.system.situation.axes
    with asking_of(region, question, broken=True):
        broken = types_of(region, axes)
    if isinstance(broken, Unknown) or isinstance(real, Unknown):
        return next(unknown for unknown in (broken, real) if isinstance(unknown, Unknown))
    if not broken:
        return ()
    with asking_of(region, question, broken=False):
        governed = types_with(region.about, axes, region.excluded, among=broken)
    partly = set() if isinstance(governed, Unknown) else governed & broken
    impossible = set(product(*map(values_of, axes))) - real
    return tuple(
        Gap(box, whole)
        for whole, types in ((True, broken - partly), (False, partly))
        for box in boxes(axes, types, impossible)
    )
