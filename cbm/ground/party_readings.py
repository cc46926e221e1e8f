"""Who reads an open term how: what one party reads for itself, and how that is tied to the units of the party.

In the formulas of a system a term that each party reads for itself is one variable a role, since units take the roles
in turn. A verdict over all readings is about the parties: one variable for each, fixed before any situation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from cbm.core.expressions import Formula, IsIn, disjunction, negation
from cbm.core.linear import equal
from cbm.core.norms import NormSystem, OpenTerm
from cbm.core.roles import same
from cbm.core.variables import Attribute, Reading, Variable
from cbm.core.viewpoints import seen
from cbm.records import Record, replace


class PartyReading(Record):
    """A term as all parties read it (None), or as one of them does."""

    term: OpenTerm
    party: str | None

    @property
    def variable(self) -> Variable:
        known = self.term.variable
        return known if self.party is None else replace(known, role=None, party=self.party)


def is_of_party(variable: Variable) -> bool:
    """Whether it is what a party reads, and not what some unit does."""
    return isinstance(variable, Reading) and variable.party is not None


def readings_of(system: NormSystem, terms: Iterable[OpenTerm]) -> Iterator[PartyReading]:
    """Every reading of these terms, in their order, party by party where parties may differ."""
    for term in terms:
        for party in _party(system)[1] if term.per_party else (None,):
            yield PartyReading(term, party)


def tied(system: NormSystem, terms: Iterable[OpenTerm]) -> Iterator[Formula]:
    """That a unit reads these terms as its party does."""
    for reading in readings_of(system, (term for term in terms if term.per_party)):
        attribute, _ = _party(system)
        for role in range(len(system.situation.roles)):
            of_party = IsIn(seen(attribute, role), (str(reading.party),))
            yield disjunction(negation(of_party), equal(seen(reading.term.variable, role), reading.variable))


def read_alike(system: NormSystem) -> Iterator[Formula]:
    """That units of one party read alike whatever their party reads for itself."""
    for term in system.open_terms:
        if term.per_party:
            attribute, _ = _party(system)
            for one, other in combinations(range(len(system.situation.roles)), 2):
                apart = negation(same(seen(attribute, one), seen(attribute, other)))
                yield disjunction(apart, equal(seen(term.variable, one), seen(term.variable, other)))


def _party(system: NormSystem) -> tuple[Attribute, tuple[str, ...]]:
    attribute = system.situation.party
    assert attribute is not None, "who reads a term is a party"
    return attribute, system.situation.parties
