"""All units at once, as ground formulas: what they find and do together, and the norms of each of them."""

from __future__ import annotations

from functools import lru_cache

from cbm.core.expressions import Formula
from cbm.core.norms import NormSystem
from cbm.core.substitution import parts_of, variables
from cbm.core.variable_order import variable_order
from cbm.ground.declared_variables import declared_variables, within_range
from cbm.ground.grounder import Grounder, GroundNorm
from cbm.records import LATEST, Itself, Record


class Together(Record):
    """What all units find and do together: the axioms, and the norms of each role.

    `links` say of acts with several flags that the plain one is set when one of them is; nothing else speaks of it.
    """

    axioms: tuple[Formula, ...]
    norms: tuple[tuple[GroundNorm, ...], ...]  # by role
    links: tuple[Formula, ...]

    @property
    def everything(self) -> tuple[Formula, ...]:
        return (*self.axioms, *self.links)


def ground_together(system: NormSystem) -> Together:
    """The formulas for all units at once; those of the last systems are remembered."""
    return _together(Itself(system))


@lru_cache(maxsize=LATEST)
def _together(of: Itself[NormSystem]) -> Together:
    system = of.thing
    roles = range(len(system.situation.roles))
    grounder = Grounder(system, tuple(roles))
    axioms = [part for axiom in grounder.axioms() for part in parts_of(axiom)]
    norms = tuple(grounder.norms(role) for role in roles)
    links = [link for act in system.acts for role in roles for link in grounder.plain_flag(act, role)]
    used = {v for f in (*axioms, *links) for v in variables(f)}
    used |= {v for group in norms for n in group for f in (n.live, n.fulfilled) for v in variables(f)}
    used.update(declared_variables(system))
    axioms += [part for v in sorted(used, key=variable_order) for part in within_range(v)]
    return Together(tuple(axioms), norms, tuple(links))
