"""Readings of open terms in questions: what parties read comes first, and what is found and done on it comes after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cbm.certify.claims import AnyOf, Claim, NotSo, anywhere, definitions, free_variables
from cbm.certify.rows import BearerCase
from cbm.certify.standing import StandingNorms
from cbm.core.norms import NormSystem, OpenTerm
from cbm.core.substitution import mentioned
from cbm.core.variables import Reading, Variable
from cbm.ground.declared_variables import within_range
from cbm.ground.grounding import Ground
from cbm.ground.party_readings import readings_of, tied
from cbm.records import replace


def terms_of(view: StandingNorms, claims: Iterable[Claim]) -> tuple[OpenTerm, ...]:
    """The open terms that these claims speak of, or axioms, or what it means that norms yield."""
    said, system = tuple(claims), view.ground.system
    whole = (*said, *(claim for _, claim in definitions(view.meanings, said)))
    spoken = [v for part in whole for v in free_variables(part)]
    spoken += [v for axiom in system.axioms for v in mentioned(axiom.condition)]
    read = {(v.document, v.term) for v in spoken if isinstance(v, Reading)}
    return tuple(term for term in system.open_terms if (term.variable.document, term.variable.term) in read)


def read_by_parties(system: NormSystem, terms: Iterable[OpenTerm]) -> tuple[Variable, ...]:
    """What each party reads these terms to mean."""
    return tuple(reading.variable for reading in readings_of(system, terms))


def reading_first(about: Ground, terms: Iterable[OpenTerm]) -> Ground:
    """The same bearer before anything is found: there are readings alone, each in its range."""
    read = read_by_parties(about.system, terms)
    return replace(about, possible=tuple(part for variable in read for part in within_range(variable)))


@dataclass(frozen=True, slots=True)
class Incident:
    """What may happen in encounters: to whom, with what yields there, and what has to be so."""

    view: StandingNorms
    case: BearerCase

    @property
    def claims(self) -> tuple[Claim, ...]:
        return (*self.case.about.possible, *(claim for _, claim in self.case.claims))


def happening_on_some(incidents: Sequence[Incident], beside: Sequence[Incident]) -> BearerCase:
    """There is a reading on which one of these happens in an encounter, and nothing that stands beside in any."""
    read = _OneReading((*incidents, *beside))
    return read.case(("nothing else happens", NotSo(read.somewhere(beside))), ("it does", read.somewhere(incidents)))


def failing_on_some(incidents: Sequence[Incident], beside: Sequence[Incident]) -> BearerCase:
    """There is a reading on which these happen in no encounter, or on which what stands beside happens in one."""
    read = _OneReading((*incidents, *beside))
    claim = AnyOf((*([read.somewhere(beside)] if beside else []), NotSo(read.somewhere(incidents))))
    return read.case(("it is so in no encounter", claim))


class _OneReading:
    """One reading of all the terms that incidents speak of, whichever it is."""

    def __init__(self, incidents: Sequence[Incident]) -> None:
        self._about = incidents[0].view.ground
        spoken = {term.variable for one in incidents for term in terms_of(one.view, one.claims)}
        system = self._about.system
        self._terms = tuple(term for term in system.open_terms if term.variable in spoken)
        self._read, self._tied = read_by_parties(system, self._terms), tuple(tied(system, self._terms))

    def case(self, *claims: tuple[str, Claim]) -> BearerCase:
        return BearerCase(reading_first(self._about, self._terms), claims)

    def somewhere(self, incidents: Sequence[Incident]) -> Claim:
        """One of these happens in some encounter on the reading."""
        each = (anywhere(one.view.meanings, *self._tied, *one.claims, but=self._read) for one in incidents)
        return AnyOf(tuple(each))
