"""What a demand says, apart from how its clause is numbered and called and from what is taken of choices."""

from __future__ import annotations

from cbm.core.expressions import Expr
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Norm
from cbm.core.substitution import deeds_of
from cbm.core.variables import Origin
from cbm.records import Record

NEAR = 1  # so many things may differ


class DemandWording(Record):
    """A demand as it is worded: who is bound, what it speaks of, and the things that may differ.

    `beside` is what is said of how it is done, how often, and of what follows a breach.
    """

    bearer: tuple[int, bool]
    spoken_of: frozenset[object]
    said: tuple[object, ...]
    beside: tuple[object, ...] = ()

    def differs(self, other: DemandWording) -> int:
        """In how many things: in more than are near where they are not about the same."""
        about = self.spoken_of & other.spoken_of or self.spoken_of == other.spoken_of
        if self.bearer != other.bearer or not about:
            return NEAR + 1
        return sum(one != another for one, another in zip(self.said, other.said, strict=True))


def wording(negotiation: Negotiation, norm: Norm) -> DemandWording:
    """What is taken of choices is none of the things that may differ."""
    conditions = (guard.condition for guard in norm.guards)
    guards = tuple(one for one in conditions if not (one.variables and negotiation.speaks_of_choices(one)))
    exceptions = tuple(guard.condition for guard in norm.exceptions)
    force = norm.modality, norm.strength
    said = (force, norm.content, guards, exceptions)
    beside = norm.through, norm.needs, norm.recurrence, norm.otherwise
    return DemandWording((norm.bearer, norm.rotates), _spoken_of(norm.content), said, beside)


def _spoken_of(content: Expr) -> frozenset[object]:
    """The acts and results that it speaks of."""
    results = (variable for variable in content.variables if variable.origin is Origin.RESULT)
    return frozenset((*(done.act for done in deeds_of(content)), *results))
