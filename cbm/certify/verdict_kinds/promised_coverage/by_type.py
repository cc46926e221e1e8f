"""What is so of types of encounter, as claims: some encounter of a type is such, and none of that type is otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from cbm.certify.claims import Claim, NotSo, SomeConduct, anywhere
from cbm.certify.rows import BearerCase
from cbm.certify.standing import StandingNorms
from cbm.certify.verdict_kinds.on_readings import read_by_parties, reading_first, terms_of
from cbm.core.expressions import Formula, disjunction, negation
from cbm.core.norms import OpenTerm
from cbm.core.substitution import substitute, variables
from cbm.core.variables import Reading, Variable
from cbm.coverage.types.axes import dividers, literal, values_of
from cbm.ground.party_readings import tied
from cbm.search.world import copy_of

_TYPE = "type"


@dataclass(frozen=True)  # with room for what is worked out once
class TypesMet:
    """Encounters of one bearer that are of one type, whichever it is, on one reading of the open terms.

    What is told of the type is told by copies of what its axes ask about; all that is found and done is chosen. So a
    claim may be put together of several encounters of one type and reading.
    """

    view: StandingNorms
    spoken: tuple[Formula, ...]  # what the claims may say, for the terms that they are read by

    def case(self, *claims: tuple[str, Claim]) -> BearerCase:
        """There is a type of which this is so, or a reading."""
        return BearerCase(reading_first(self.view.ground, self._terms), claims)

    def some(self, *parts: Claim) -> SomeConduct:
        """Some encounter of the type, and what is done there, meet this."""
        return self._anywhere(*self._of_the_type, *parts)

    def on_some_reading(self, claim: Claim) -> SomeConduct:
        """There is a reading on which this is so; all encounters that the claim speaks of are read so."""
        return SomeConduct((*reading_first(self.view.ground, self._terms).possible, claim), self._read)

    def of_some_type(self, claim: Claim) -> SomeConduct:
        """There is a type of which this is so; all encounters of which the claim says it are of that type."""
        return SomeConduct((claim,), self._told_of_types)

    def none(self, *parts: Claim) -> Claim:
        """No encounter of the type does, whatever is done."""
        return NotSo(self._anywhere(*self.view.ground.feasible, *self._of_the_type, *parts))

    def some_done(self, *parts: Claim) -> SomeConduct:
        """In some encounter of the type something can be done that meets this."""
        return self.some(*self.view.ground.feasible, *parts)

    def done_somewhere(self, *parts: Claim) -> SomeConduct:
        """In some encounter, of whatever type, something can be done that meets this."""
        return self._anywhere(*self.view.ground.feasible, *parts)

    def _anywhere(self, *parts: Claim) -> SomeConduct:
        about = self.view.ground
        alike = tied(about.system, self._terms)
        return anywhere(self.view.meanings, *about.possible, *alike, *parts, but=self._told_of_types | self._read)

    @cached_property
    def _terms(self) -> tuple[OpenTerm, ...]:
        return terms_of(self.view, (*self.spoken, *self._of_the_type))

    @cached_property
    def _read(self) -> frozenset[Variable]:
        return frozenset(read_by_parties(self.view.ground.system, self._terms))

    @cached_property
    def _told_of_types(self) -> frozenset[Variable]:
        return frozenset(copy_of(v, _TYPE) for formula in self._sides for v in _told(formula))

    @cached_property
    def _sides(self) -> tuple[Formula, ...]:
        """That an encounter has a value of an axis, for each of them."""
        return tuple(literal(axis, (v,)) for axis in dividers(self.view.ground) for v in values_of(axis))

    @cached_property
    def _of_the_type(self) -> tuple[Formula, ...]:
        return tuple(part for side in self._sides for part in _as_often(side))


def _as_often(side: Formula) -> Iterator[Formula]:
    """It is so in the encounter where it is so of the type."""
    there = substitute(side, {v: copy_of(v, _TYPE) for v in _told(side)})
    yield disjunction(negation(side), there)
    yield disjunction(side, negation(there))


def _told(formula: Formula) -> Iterable[Variable]:
    """What differs between encounters: terms are read alike in all of them."""
    return dict.fromkeys(v for v in variables(formula) if not isinstance(v, Reading))
