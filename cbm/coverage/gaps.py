"""Where a promise is broken, as boxes of types: altogether, or under conditions that make it so throughout the box.

This is the one search for gaps: what checks tell and what maps show are its boxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from enum import Enum
from functools import partial
from typing import Any

from cbm.core.declaration_order import declared, rank
from cbm.core.expressions import FALSE, Formula, NormId, conjunction, negation
from cbm.core.matters import Matter, Settled
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Coverage
from cbm.core.substitution import parts_of, variables
from cbm.core.variables import Variable
from cbm.coverage.by_exception import ExceptionPlace, MatterRegions
from cbm.coverage.by_reading import group_by_reading
from cbm.coverage.gap_witness import ConditionSearch
from cbm.coverage.governance import (
    CoverageUndecided,
    SituationRegion,
    beside,
    decided,
    type_search,
    types_of,
)
from cbm.coverage.types.axes import Divider, literal, values_of
from cbm.coverage.types.boxes import Box, boxes
from cbm.coverage.types.evaluation import type_space
from cbm.coverage.types.grid import Grid, Type, Types
from cbm.records import Record, replace
from cbm.search.extent import Cube
from cbm.search.kept_answers import remembered
from cbm.search.open_readings import ReadingCubes, openness, readable
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown, Unsat

# So many sets of conditions are looked for; a reader will not read more.
CONDITIONS = 24
# Of more boxes than this it is not asked whether the others hold one of them.
MANY = 100


class Kind(Enum):
    """How a promise is broken: by silence, by advice only, or as the unit acts."""

    GAP = "gap"
    ADVISED = "advised only"
    BY_CONDUCT = "by conduct"


class AskedPromise(Record):
    """Whether a bearer finds a promise kept: of a matter, in one way or (None) where clauses have exceptions.

    `bans`: whether what is barred of a topic in some types of encounter is made up for in others.
    """

    promise: Coverage
    matter: Matter
    bearer: int
    kind: Kind | None = None
    bans: bool = False


class AskedBox(Record):
    """Whether a promise is broken so in each type of a box in which it is on some reading of open terms.

    `inside`: what the box says of its types.
    """

    asked: AskedPromise
    inside: tuple[Formula, ...]


class AskedException(Record):
    """Whether an exception leaves matters of a promise open on every reading: each matter, or (`advised`) to advice."""

    promise: Coverage
    bearer: int
    exception: ExceptionPlace
    left: tuple[tuple[Matter, bool], ...]


class AskedUneven(Record):
    """Whether acts of a topic are uneven on every reading, each in the types of a box.

    For each act what its box says of its types, and what other boxes say that are told on the readings on which they
    are: there this one is not.
    """

    asked: AskedPromise
    acts: tuple[tuple[str, tuple[Formula, ...], tuple[tuple[Formula, ...], ...]], ...]


# What is asked of a matter, for each kind.
_ASKED = {
    Kind.GAP: "governed",
    Kind.ADVISED: "more than advised on",
    Kind.BY_CONDUCT: "governed whatever the unit does",
}


def asked_of(kind: Kind, name: str) -> str:
    """What is asked of a matter, in words."""
    return f"is {name} {_ASKED[kind]} in every promised encounter"


def regions(of: MatterRegions) -> Iterator[tuple[Kind, SituationRegion]]:
    """Where the matter is owed and not kept, in each way in which it may be so, exceptions aside.

    Raises CoverageUndecided where it is not known which types exceptions leave out altogether.
    """
    yield Kind.GAP, of.unsettled
    yield Kind.ADVISED, of.advised
    swayed = of.swayed
    if swayed is not None:
        yield Kind.BY_CONDUCT, swayed


# For each axis some of its values.
Sides = tuple[tuple[str, ...], ...]


class GapBox(Record):
    """A box of values of the axes: in each type the promise is broken wherever the conditions hold; without, wherever.

    `types` counts those of the box in which it happens, and `first` is the first of them: where maps are large, sets of
    types take room. `region` is where, for finding an example. `on`: on these readings of open terms only; None: no
    open term plays a part; Unknown: it is not known on which, and the box is what was shown on some.
    """

    axes: tuple[Divider, ...]
    sides: Sides
    conditions: Cube
    types: int
    first: Type
    region: SituationRegion
    on: ReadingCubes | Unknown | None = None


class BrokenPromise(Record):
    """A promise, and a box of types of encounter in which it is broken; so it is `alike` for other bearers."""

    promise: Coverage
    kind: Kind
    box: GapBox
    alike: tuple[int, ...] = ()

    @property
    def region(self) -> SituationRegion:
        return self.box.region

    @property
    def conditions(self) -> tuple[Formula, ...]:
        """What the box says of the types of encounter."""
        return tuple(part for condition in inside(self.box.axes, self.box.sides) for part in parts_of(condition))


class Gaps(Record):
    """The boxes found, the largest first, those without conditions before others.

    `types` are all in which it is broken, by the readings on which it is. `more`: those in which it is so under
    conditions that were not looked for any more. `given_up`: a question was, and there may be other boxes and types.
    """

    found: tuple[GapBox, ...]
    types: tuple[tuple[Types, ReadingCubes | Unknown | None], ...]
    more: Types
    given_up: Unknown | None = None


def gaps(
    region: SituationRegion,
    axes: tuple[Divider, ...],
    real: Types,
    question: str = "",
    among: Types | None = None,
) -> Gaps:
    """The boxes of a region where a promise is broken; of these types only, if any are given.

    Types that are not `real` may be told as part of any box. The question is what is promised, in words.
    """
    about = region.about
    return remembered(
        "where is it broken",
        (region, region.absent, region.matter, axes, real, among, readable(about.system)),
        partial(_gaps, region, axes, real, question, among),
        *(Gaps, GapBox, Types, Grid, SituationRegion, NormId, Settled, ReadingCubes),
        given=(about, *about.system.open_terms),
    )


def _gaps(region: SituationRegion, axes: tuple[Divider, ...], real: Types, question: str, among: Types | None) -> Gaps:
    search = _Search(axes, real, question)
    groups: list[tuple[Types, ReadingCubes | Unknown | None]] = []
    given_up = None
    try:
        with search.asking(region, breaking=True):
            types = decided(types_of(region, axes, among))
        types = types if among is None else types & among
        for group, on in group_by_reading(region, axes, types) if types else ():
            groups.append((group, on))
            search.add(region, group, on)
    except CoverageUndecided as reason:
        given_up = Unknown(str(reason))
    return Gaps(search.in_order, tuple(groups), search.more, given_up)


def inside(axes: tuple[Divider, ...], sides: Sides) -> tuple[Formula, ...]:
    """What the sides of a box say of the axes."""
    pairs = zip(axes, sides, strict=True)
    return tuple(literal(axis, side) for axis, side in pairs if len(side) < len(values_of(axis)))


def _place(box: GapBox) -> tuple[Any, ...]:
    """What puts boxes into one order, whatever things are called: of boxes alike, as conditions were declared."""
    known = declared(box.region.about.system)
    positions = tuple(values_of(axis).index(v) for axis, side in zip(box.axes, box.sides, strict=True) for v in side)
    return _depends(box.on), bool(box.conditions), -box.types, positions, [rank(c, known) for c in box.conditions]


class _Search:
    """Boxes while they are found: one group of types after the other, of each those open altogether first."""

    def __init__(self, axes: tuple[Divider, ...], real: Types, question: str) -> None:
        self._axes, self._real, self._question = axes, real, question
        self._impossible = real.grid.everything - real
        self.found: list[GapBox] = []
        self.more = real.grid.nothing

    @property
    def in_order(self) -> tuple[GapBox, ...]:
        return tuple(sorted(self.found, key=_place))

    def asking(self, region: SituationRegion, *, breaking: bool) -> AbstractContextManager[None]:
        verb = "breaks" if breaking else "keeps"
        return asking(
            system=region.about.system,
            bearer=region.about.bearer,
            question=f"is there an encounter of the type given below that {verb} the promise ({self._question})",
            found="the type is part of a gap" if breaking else "the type is no gap, or one in part only",
            none="the type is part of no gap" if breaking else "if the type is part of a gap, then altogether",
        )

    def add(self, region: SituationRegion, types: Types, on: ReadingCubes | Unknown | None) -> None:
        """The boxes of these types, which are broken on these readings."""
        if isinstance(on, ReadingCubes) and not on.every:
            region = region.within(on.condition)
        contrary = _Contrary(region, self._axes)
        with self.asking(region, breaking=False):
            partly = contrary.types(types)
        before = len(self.found)
        for box in boxes(self._axes, types - partly, self._impossible):
            self.found.append(
                GapBox(
                    axes=self._axes,
                    sides=box.sides,
                    conditions=(),
                    types=len(box.types),
                    first=box.types.first,
                    region=region,
                    on=on,
                )
            )
        if partly:
            with self.asking(region, breaking=True):
                for part in self._under_conditions(region, contrary, partly, types if _depends(on) else self._real):
                    self.found.append(replace(part, on=on))
                if len(self.found) - before <= MANY:
                    self.found[before:] = _needed(region, self._axes, self.found[before:])
                self.found[before:] = map(_on_its_packages, self.found[before:])

    def _under_conditions(
        self, region: SituationRegion, contrary: _Contrary, partly: Types, among: Types
    ) -> Iterator[GapBox]:
        """Boxes under the conditions of some situation of the region, until they hold all of it or are many.

        The boxes hold types `among` these.
        """
        left, elsewhere, further = partly, list[Formula](), type_search(region, self._axes, _spoken_of(region))
        search = ConditionSearch(region)
        for _ in range(CONDITIONS):
            if not left:
                return
            cell = tuple(literal(axis, (value,)) for axis, value in zip(self._axes, left.first, strict=True))
            found = decided(search.conditions(cell, tuple(elsewhere)))
            conditions = contrary.needed(left.grid.types([left.first]), found)
            for box, reached in self._under(contrary, conditions, left, among):
                yield GapBox(self._axes, box.sides, conditions, len(reached), reached.first, region)
                elsewhere.append(negation(conjunction(*inside(self._axes, box.sides), *conditions)))
            left = decided(further.under(elsewhere, left)) & left
        self.more |= left

    def _under(self, contrary: _Contrary, conditions: Cube, left: Types, among: Types) -> Iterator[tuple[Box, Types]]:
        """Boxes of the types in which nothing is kept under the conditions and none of them is idle, of those left.

        A type that is open under fewer conditions gets those later; it may still lie within a box.
        """
        nothing_kept = contrary.absent(conditions, among)
        wanted = nothing_kept & left
        for condition in conditions:  # something is owed under fewer conditions, too
            fewer = [c for c in conditions if c is not condition]
            wanted &= contrary.types(wanted, fewer)
        assert wanted, "conditions that were found somewhere hold there"
        for box in boxes(self._axes, wanted, (nothing_kept - wanted) | self._impossible):
            positions = [[values_of(a).index(v) for v in side] for a, side in zip(self._axes, box.sides, strict=True)]
            yield box, Types(left.grid, left.grid.box(positions)) & nothing_kept


class _Contrary:
    """What is owed and does not belong to a region: where it is absent, the region is all there is."""

    def __init__(self, region: SituationRegion, axes: tuple[Divider, ...]) -> None:
        self._axes, others = axes, beside(region)
        self._searches = [type_search(other, axes, _spoken_of(region)) for other in others]
        owed = SituationRegion(region.about, (("met", region.owed),), FALSE)
        self._owed = type_search(owed, axes, _spoken_of(region))

    def types(self, among: Types, conditions: Sequence[Formula] = ()) -> Types:
        """The types, of these, in which some of it is under the conditions."""
        found = among.grid.nothing
        for search in self._searches:
            found |= decided(search.under(conditions, among - found)) & among
        return found

    def needed(self, cell: Types, cube: Cube) -> Cube:
        """Of conditions that keep it out of a type, those that the type itself does not make idle."""
        space = type_space(self._axes)
        kept = [part for part in cube if not space.exact(part)]
        for part in tuple(kept):
            rest = [other for other in kept if other is not part]
            found = [search.under(rest, cell) for search in self._searches]
            if not any(isinstance(types, Unknown) or types for types in found):
                kept = rest
        return tuple(kept)

    def absent(self, conditions: Sequence[Formula], among: Types) -> Types:
        """The types in which something is owed under the conditions, and all of that belongs to the region."""
        here = among - self.types(among, conditions)
        return decided(self._owed.under(conditions, here)) & here


def _spoken_of(region: SituationRegion) -> tuple[Variable, ...]:
    """What conditions that alone make it so may speak of."""
    about = region.about
    parts = (*about.possible, *about.feasible, region.excluded, *(way for _, way in region.ways))
    return tuple(dict.fromkeys(v for part in parts for v in variables(part) if v not in about.conduct))


def _on_its_packages(box: GapBox) -> GapBox:
    """The box with what its conditions say of choices taken for what it is: packages on which the rest suffices."""
    system, negotiation = box.region.about.system, Negotiation(box.region.about.system)
    taken = tuple(part for part in box.conditions if negotiation.speaks_of_choices(part))
    if not taken or isinstance(box.on, Unknown):
        return box
    region = box.region.within(conjunction(*taken))
    terms = openness(system, (*region.holding, region.excluded))
    assert terms is not None, "conditions speak of choices"
    known: tuple[Cube, ...] = ((),) if box.on is None else box.on.cubes
    rest = tuple(part for part in box.conditions if part not in taken)
    return replace(box, conditions=rest, region=region, on=terms.of((*cube, *taken) for cube in known))


def _depends(on: ReadingCubes | Unknown | None) -> bool:
    return isinstance(on, Unknown) or (on is not None and not on.every)


def _needed(region: SituationRegion, axes: tuple[Divider, ...], found: list[GapBox]) -> list[GapBox]:
    """Without those that lie within all others together; the smaller ones with more conditions go first."""
    kept, search = list(found), region.search()
    told = {id(box): conjunction(*inside(axes, box.sides), *box.conditions) for box in found}
    for box in sorted(found, key=lambda box: (-len(box.conditions), box.types)):
        others = [negation(told[id(other)]) for other in kept if other is not box]
        if isinstance(search.next(told[id(box)], *others), Unsat):
            kept.remove(box)
    return kept
