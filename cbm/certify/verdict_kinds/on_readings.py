"""Readings of open terms in questions: what parties read comes first, and what is found and done on it comes after."""

from __future__ import annotations

from collections.abc import Iterable

from cbm.certify.claims import Claim, definitions, free_variables
from cbm.certify.standing import StandingNorms
from cbm.core.norms import NormSystem, OpenTerm
from cbm.core.substitution import mentioned
from cbm.core.variables import Reading, Variable
from cbm.ground.grounding import Ground, within_range
from cbm.ground.party_readings import readings_of
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
