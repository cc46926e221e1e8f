"""What exceptions alone leave open: where some clause of a matter would bind, were it not for an exception.

Only exceptions on what is found are looked at; what the unit itself brings about is for its conduct to decide. That
something is barred until the other side acts is an exception to it as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeAlias

from cbm.core.expressions import FALSE, Formula, conjunction, disjunction, negation
from cbm.core.matters import Matter, lifted_by_others, where_governed
from cbm.core.norms import Coverage, Guard, Strength
from cbm.core.substitution import parts_of, variables
from cbm.coverage.by_reading import group_by_reading
from cbm.coverage.governance import (
    SituationRegion,
    advised,
    decided,
    governing,
    keeping,
    never_suspended,
    owed_in,
    some_binds,
    swayed,
    types_of,
    uncovered,
)
from cbm.coverage.types.axes import Divider, dividers, literal, values_of
from cbm.coverage.types.boxes import boxes
from cbm.coverage.types.grid import Types
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.records import Record, replace
from cbm.search.open_readings import ReadingCubes
from cbm.smt.journal import asking
from cbm.source import Span

# What tells one exception from another: the clause that it stands in, if it is one, and its place.
ExceptionPlace: TypeAlias = tuple[str | None, Span | None]


class Lifting(Record):
    """An exception on what is found, to clauses of a matter: `where` one of them would bind if it were not for it.

    `strict`: the same of those that are a `must`. `condition`: that the exception is met; `met`: what is found there,
    as far as conduct has no part in it. `by_others`: it is no exception, but a ban that ends as others act.
    """

    exception: Guard
    norms: tuple[GroundNorm, ...]
    where: Formula
    strict: Formula
    condition: Formula
    met: Formula
    by_others: bool = False

    @property
    def place(self) -> ExceptionPlace:
        return self.exception.label, self.exception.span


class LeftOpen(Record):
    """Where an exception alone keeps a matter from being governed, or from more than being advised on.

    `elsewhere`: not in the types of encounter that are left out altogether.
    """

    lifting: Lifting
    ungoverned: SituationRegion
    advised: SituationRegion
    elsewhere: Formula


class OpenedByException(Record):
    """A promise, and matters of it that one exception keeps from being governed, in part of some types.

    So it is `alike` for other bearers.
    """

    about: Ground
    promise: Coverage
    opened: tuple[LeftOpen, ...]
    alike: tuple[int, ...] = ()

    @property
    def conditions(self) -> tuple[Formula, ...]:
        """What is found wherever it is so."""
        return parts_of(disjunction(*(one.lifting.met for one in self.opened)))

    @property
    def matters(self) -> tuple[Matter, ...]:
        return tuple(one.ungoverned.matter for one in self.opened)


class MatterRegions(Record, dict=True):  # with room for what is worked out once
    """Where a matter is owed and nothing governs it, or advice alone: exceptions aside, and by exception.

    What asks for `left_out` raises CoverageUndecided where it is not known which types these are.
    """

    about: Ground
    matter: Matter
    owed: Formula
    norms: tuple[GroundNorm, ...]

    @cached_property
    def liftings(self) -> tuple[Lifting, ...]:
        """The exceptions on what is found to the clauses that govern the matter, each once, in order."""
        found: dict[ExceptionPlace, list[Lifting]] = {}
        for n in self.norms:
            for lifting in _lifted(self.about, self.about.norm(n.norm.id), self.matter):
                if lifting.where != FALSE:
                    found.setdefault(lifting.place, []).append(lifting)
        return tuple(map(_one, found.values()))

    @cached_property
    def lifted(self) -> Formula:
        """Where some clause is lifted by an exception on what is found."""
        return disjunction(*(lifting.where for lifting in self.liftings))

    @cached_property
    def silent(self) -> SituationRegion:
        """Where nothing governs the matter, be it by an exception."""
        return uncovered(self.about, self.owed, self.norms, self.matter)

    @cached_property
    def excepted(self) -> SituationRegion:
        """Where nothing governs it, and an exception lifts what would; also in types that are all left out."""
        return self.silent.within(self.lifted)

    @cached_property
    def left_out(self) -> Formula:
        """The types of encounter in which an exception leaves it open and nothing ever governs it, as terms are read.

        Whatever else they are open by, they are a gap.
        """
        question = "is there an encounter of the type given below that an exception leaves open"
        found, none = "there is: it may be of a type that is always left open", "there is none of this type"
        about = self.about
        with asking(system=about.system, bearer=about.bearer, question=question, found=found, none=none):
            return self._always_left_out()

    def _always_left_out(self) -> Formula:
        axes = dividers(self.about)
        concerned = decided(types_of(self.excepted, axes))
        if not concerned:
            return FALSE
        kept = keeping(self.silent)
        governed = decided(types_of(kept, axes, concerned)) & concerned
        found = [in_types(axes, concerned - governed)]
        for types, on in group_by_reading(kept, axes, governed) if governed else ():
            known = decided(on)
            if isinstance(known, ReadingCubes) and not known.every:
                found.append(conjunction(in_types(axes, types), known.elsewhere))
        return disjunction(*found)

    @property
    def unsettled(self) -> SituationRegion:
        """Where nothing governs it, exceptions left out; and all of the types in which nothing ever does."""
        return self.without_exceptions(self.left_out) if self.liftings else self.silent

    def without_exceptions(self, everywhere_in: Formula = FALSE) -> SituationRegion:
        """Where nothing governs it, exceptions left out, and wherever nothing does in some part of it all."""
        return _but_for(self.silent, conjunction(self.lifted, negation(everywhere_in)))

    @property
    def advised(self) -> SituationRegion:
        """Where advice alone governs it, exceptions to what is a `must` left out."""
        region = advised(self.about, self.owed, self.norms, self.matter)
        return _but_for(region, disjunction(*(lifting.strict for lifting in self.liftings)))

    @property
    def swayed(self) -> SituationRegion | None:
        """Where it is for the unit's own conduct whether something governs it; None if it is so nowhere."""
        return swayed(self.about, self.owed, self.norms, self.matter)

    def left_open(self, elsewhere: Formula) -> Iterator[LeftOpen]:
        """For each exception where it leaves the matter open, or advised on only; open of the encounters `elsewhere`.

        Elsewhere is not in the types that are all left out.
        """
        strict = [n for n in self.norms if n.norm.strength is Strength.MUST]
        soft = some_binds(n for n in self.norms if n.norm.strength is Strength.SHOULD)
        bound = conjunction(self.owed, some_binds(strict))
        for one in self.liftings:
            open_ = conjunction(self.owed, elsewhere, one.where)
            advised_on = conjunction(self.owed, one.strict, soft)
            yield LeftOpen(
                one,
                replace(self.silent, ways=(("excepted", open_),), told=True),
                SituationRegion(
                    self.about,
                    (("excepted", advised_on),),
                    bound,
                    never_suspended(self.about, strict),
                    self.matter,
                    told=True,
                    owed=self.owed,
                ),
                elsewhere,
            )


def regions_of(about: Ground, promise: Coverage, matter: Matter) -> MatterRegions:
    return MatterRegions(about, matter, owed_in(about, promise, matter), governing(about, matter))


def in_types(axes: tuple[Divider, ...], types: Types) -> Formula:
    """That an encounter is of one of these types."""
    if not types:
        return FALSE
    return disjunction(
        *(
            conjunction(
                *(literal(a, side) for a, side in zip(axes, box.sides, strict=True) if len(side) < len(values_of(a)))
            )
            for box in boxes(axes, types, types.grid.nothing)
        )
    )


def _but_for(region: SituationRegion, condition: Formula) -> SituationRegion:
    """The part of a region in which no conduct meets the condition."""
    if condition == FALSE:
        return region
    return replace(region, excluded=disjunction(region.excluded, conjunction(region.owed, condition)))


def _lifted(about: Ground, n: GroundNorm, matter: Matter) -> Iterator[Lifting]:
    """Each exception on what is found to a clause that governs the matter."""
    norm, grounder, bearer = n.norm, about.grounder, about.bearer
    governs, until = where_governed(norm, matter), lifted_by_others(norm, matter)
    met = [grounder.guard(guard, norm, bearer) for guard in norm.guards]
    if until != FALSE:
        condition = grounder.guard(ending := Guard(until, span=norm.content_span), norm, bearer)
        if _is_found(about, condition):
            yield replace(_lifting(about, ending, n, conjunction(n.binds, condition), condition, met), by_others=True)
    exceptions = [(exception, grounder.guard(exception, norm, bearer)) for exception in norm.exceptions]
    others = [formula for _, formula in exceptions if not _is_found(about, formula)]
    where = grounder.guard(Guard(governs), norm, bearer)
    for exception, condition in exceptions if governs != FALSE else ():
        if _is_found(about, condition):
            applicable = conjunction(*met, condition, negation(disjunction(*others)))
            binds = grounder.binds_where(norm, bearer, applicable)
            yield _lifting(about, exception, n, conjunction(binds, where), condition, met)


def _lifting(
    about: Ground, exception: Guard, n: GroundNorm, where: Formula, condition: Formula, met: Iterable[Formula]
) -> Lifting:
    binds = conjunction(where, n.owed)
    strict = binds if n.norm.strength is Strength.MUST else FALSE
    found = (part for formula in (*met, condition) for part in parts_of(formula) if _is_found(about, part))
    return Lifting(exception, (n,), binds, strict, condition, conjunction(*found))


def _one(several: Sequence[Lifting]) -> Lifting:
    """One exception to several clauses."""
    return Lifting(
        exception=several[0].exception,
        norms=tuple(n for one in several for n in one.norms),
        where=disjunction(*(one.where for one in several)),
        strict=disjunction(*(one.strict for one in several)),
        condition=disjunction(*(one.condition for one in several)),
        met=disjunction(*(one.met for one in several)),
        by_others=several[0].by_others,
    )


def _is_found(about: Ground, formula: Formula) -> bool:
    return about.conduct.isdisjoint(variables(formula))
