"""What is so of two units whatever their tracks show: worked out once for all pairs of units of the same kinds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cbm.judging.contradicted_axioms import AxiomRead, axioms_read, contradicted, held
from cbm.judging.partial_episode import PartialEpisode
from cbm.judging.recorded_binding import RecordedBinding
from cbm.judging.stated_facts import facts
from cbm.judging.track_basis import TrackBasis


@dataclass(frozen=True, slots=True)
class StandingFacts:
    """What is stated of two units and of their meeting, with all that follows from it alone.

    `given` is what is stated and what the vocabulary concludes from it, as one moment. `lasting` are the norms over
    what of that neither events nor tracks can change. `open_axioms` are those that a record may contradict, and
    `against` one that the given facts contradict: then the two are no encounter.
    """

    given: PartialEpisode
    lasting: RecordedBinding
    open_axioms: tuple[AxiomRead, ...]
    against: AxiomRead | None


def standing_facts(basis: TrackBasis, units: Sequence[str]) -> StandingFacts:
    """Those of the two units; they rest on what the mapping says of either, and not on what it calls them."""
    given = facts(basis, units)
    against = next((axiom for axiom, _ in contradicted(axioms_read(basis.system), _norms(basis, given))), None)
    changing = {basis.attribute(name, role) for name in _changing(basis) for role in range(len(units))}
    values = {variable: known for variable, known in given.values.items() if variable not in changing}
    lasting = _norms(basis, PartialEpisode(np.zeros(1, np.int64), values))
    axioms = tuple(axiom for axiom in axioms_read(basis.system) if held(axiom, lasting).at(0) is not True)
    return StandingFacts(given, lasting, axioms, against)


def _norms(basis: TrackBasis, episode: PartialEpisode) -> RecordedBinding:
    return RecordedBinding(episode, basis.system)


def _changing(basis: TrackBasis) -> set[str]:
    """The attributes that do not stay as they are stated: events tell of them, or tracks show what was first found."""
    found = {name for one in basis.words.first_found for name in (one.name, one.otherwise, one.brings) if name}
    return found | basis.told_by_events
