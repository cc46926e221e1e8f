"""What a check asks of a bearer, kept as a way to put it into formulas.

Who wants the question again, of norms that bind where something else is said to be so, puts it over other formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import ClassVar, TypeAlias

from cbm.core.expressions import Formula, NormId
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.records import Placed, Record


class Sought(Record):
    """Situations in which some conduct meets what is `given` and keeps the duties.

    Where something is `wanted`, they are such as leave no conduct that meets that as well. `about`: the clause that it
    is about, where the same is asked of others at once.
    """

    given: tuple[Formula, ...]
    duties: tuple[GroundNorm, ...] = ()
    wanted: tuple[Formula, ...] | None = None
    about: NormId | None = None


# From the norms of a bearer as they bind, and as they bind where they do not yield.
Put: TypeAlias = Callable[[Ground, Ground], Iterable[Sought]]


class Posed(Placed):
    """The question whether there are such situations for one bearer, or for any (None).

    `advised`: advice takes part in what yields. `clears`: nothing is found where there are such situations, and
    something is where there are none. `day`: the date asked about; `packages`: what they have in common, of a text
    under negotiation. `beside`: it is asked on the readings of open terms on which nothing of this is found.
    `leads_to_effect`: a clause that has an effect somewhere meets this there.
    """

    ASIDE: ClassVar[frozenset[str]] = frozenset({"put"})  # of two processes, two objects that do the same

    put: Put
    norms: tuple[NormId, ...] = ()
    bearer: int | None = None
    advised: bool = False
    clears: bool = False
    day: date | None = None
    packages: tuple[Formula, ...] = ()
    beside: tuple[Posed, ...] = ()
    leads_to_effect: bool = False


class AskedOnReadings(Record):
    """Whether something that was asked about, and found, is so on every reading of open terms: in encounters of each.

    Where it names what stands `beside` it, it counts on the readings on which nothing of that is so.
    """

    of: object
