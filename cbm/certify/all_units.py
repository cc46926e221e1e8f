"""All units at once, as if one bearer did what they do: which duties they keep together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from cbm.certify.claims import AllOf, Claim, NotSo, SomeConduct
from cbm.certify.standing import kept
from cbm.conflicts.deadlocks import Deadlock, beside_axioms, where_it_prevails, where_yielding
from cbm.conflicts.trigger_cycles import circling
from cbm.core.expressions import Formula, NormId
from cbm.core.substitution import variables
from cbm.ground.all_roles import ground_together
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import replace

ALL_UNITS = "all units together"


@dataclass(frozen=True, slots=True)
class AllUnits:
    """All units at once, as if one bearer did what they do; each duty with the role that it binds.

    `uses` are the permissions among them: that one binds, and that it is made use of.
    """

    about: Ground
    duties: dict[tuple[int, NormId], Formula]
    uses: dict[tuple[int, NormId], tuple[Formula, Formula]]

    def kept(self, duties: Iterable[tuple[int, NormId]]) -> SomeConduct:
        return kept(self.about, *(self.duties[duty] for duty in duties))

    def clash(self, duties: Sequence[tuple[int, NormId]]) -> Claim:
        rests = ([other for other in duties if other != duty] for duty in duties)
        return AllOf((NotSo(self.kept(duties)), *map(self.kept, rests)))


def units_together(inquiry: Inquiry, used: Collection[NormId] = ()) -> AllUnits:
    """What is decided is conduct, whoever decides it; duties that close a circle of acts are left out.

    A duty binds where it does not yield to another one of the same unit. Permissions that are `used` stand among them.
    """
    together, yielding = ground_together(inquiry.system), inquiry.yielding()
    norms = [(role, n) for role, group in enumerate(together.norms) for n in group]
    duties = [(role, where_it_prevails(n, role, yielding)) for role, n in norms if n.norm.demands]
    roles = range(len(together.norms))
    around = set(circling(inquiry.system, [(n.norm, role) for role, n in duties], roles))
    duties += [(role, n) for role, n in norms if n.norm.id in used]
    axioms = (*together.axioms, *beside_axioms(together, where_yielding(yielding)))
    said = (*axioms, *(n.demand for _, n in duties))
    conduct = frozenset(v for part in said for v in variables(part) if v.origin.decided)
    possible = tuple(part for part in axioms if conduct.isdisjoint(variables(part)))
    feasible = tuple(part for part in axioms if not conduct.isdisjoint(variables(part)))
    about = replace(inquiry.grounds[0], possible=possible, feasible=feasible, conduct=conduct)
    uses = {(role, n.norm.id): (n.binds, n.fulfilled) for role, n in norms if n.norm.id in used}
    return AllUnits(about, {(role, n.norm.id): n.demand for i, (role, n) in enumerate(duties) if i not in around}, uses)


def turned(inquiry: Inquiry, deadlock: Deadlock) -> Iterator[tuple[tuple[int, NormId], ...]]:
    """What is found for some units holds for all that can change places with them."""
    count = len(inquiry.system.situation.roles)
    for step in range(count if inquiry.system.situation.interchangeable else 1):
        held = dict.fromkeys((*deadlock.duties, *(duty for one in deadlock.classes for duty in one)))
        yield tuple(sorted(((duty.role + step) % count, duty.norm.norm.id) for duty in held))
