"""Whom norms concern by whose units they are, as the reference evaluator says: at all moments the same."""

from __future__ import annotations

from cbm.core.expressions import NormId
from cbm.core.norms import Norm, NormSystem
from cbm.core.variables import Variable
from cbm.evaluate import parties_bound, what_binds
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.records import replace

# Each way in which units may belong to parties.
Sides = tuple[tuple[tuple[Variable, str], ...], ...]


class ConcernedParties:
    """What follows of norms from whose units these may be, and of nothing else; what was asked is remembered."""

    def __init__(self, system: NormSystem, sides: Sides) -> None:
        self.sides = sides
        self._system = system
        self._worlds = [CompleteEpisode(dict(side)) for side in sides]
        self._concerned: dict[tuple[NormId, int], bool | None] = {}
        self._owed: dict[tuple[NormId, int], tuple[bool, ...]] = {}

    def concern(self, norm: Norm, role: int) -> bool | None:
        """Whether the norm speaks to the unit in the role, whatever its conditions are; None: nobody can tell."""
        key = (norm.id, role)
        if key not in self._concerned:
            bare = replace(norm, guards=(), exceptions=())
            self._concerned[key] = _common([what_binds.live(bare, role, world, self._system) for world in self._worlds])
        return self._concerned[key]

    def lifts(self, upper: Norm, bearer: int, norm: Norm, role: int) -> bool | None:
        """Whether the upper norm can stand in its place: what is owed to others is not lifted by what is not."""
        both = zip(self._owing(upper, bearer), self._owing(norm, role), strict=True)
        return _common([above or not below for above, below in both])

    def _owing(self, norm: Norm, role: int) -> tuple[bool, ...]:
        key = (norm.id, role)
        if key not in self._owed:
            self._owed[key] = tuple(parties_bound.owed(norm, role, world, self._system) for world in self._worlds)
        return self._owed[key]


def _common(answers: list[bool]) -> bool | None:
    """What all answers are, if they are the same; of no answer: not so."""
    return None if len(set(answers)) > 1 else answers[:1] == [True]
