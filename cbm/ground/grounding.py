"""A norm system as plain formulas for one bearer: what it finds, what it can do, and the norms that can bind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import repeat
from typing import Any, ClassVar

from cbm.core.expressions import Formula, NormId
from cbm.core.norms import NormSystem
from cbm.core.substitution import parts_of, variables
from cbm.core.variable_order import variable_order
from cbm.core.variables import Decision, Variable, decision_of
from cbm.ground.declared_variables import declared_variables, within_range
from cbm.ground.grounder import Grounder, GroundNorm
from cbm.process.garbage import without_collection
from cbm.records import LATEST, Itself, Placed


class Ground(Placed, dict=True):  # with room for what is worked out once
    """All questions about one bearer are put over these formulas.

    `possible` speaks of the situation alone (with the ranges of its quantities), `feasible` of conduct too;
    `conduct` are the variables the bearer decides or that are free because an axiom ties them to those.
    `clashing` are the norms that may clash with others of theirs, or be impossible; None: nobody has looked for them.
    """

    ASIDE: ClassVar[frozenset[str]] = frozenset({"grounder"})

    system: NormSystem
    bearer: int
    possible: tuple[Formula, ...]
    feasible: tuple[Formula, ...]
    conduct: frozenset[Variable]
    norms: tuple[GroundNorm, ...]
    grounder: Grounder  # of which they are made, for whatever else is asked
    clashing: frozenset[NormId] | None = None

    def norm(self, identity: NormId) -> GroundNorm:
        """The norm of this label, which can bind this bearer."""
        return self._by_label[identity]

    def find(self, identity: NormId) -> GroundNorm | None:
        """The same; None if it never speaks to this bearer."""
        return self._by_label.get(identity)

    @cached_property
    def worked_out(self) -> dict[str, Any]:
        """What others work out of it, to be found again."""
        return {}

    @cached_property
    def _by_label(self) -> Mapping[NormId, GroundNorm]:
        return {n.norm.id: n for n in self.norms}

    @cached_property
    def demanding(self) -> tuple[GroundNorm, ...]:
        """The obligations and prohibitions."""
        return tuple(n for n in self.norms if n.norm.demands)


def ground(system: NormSystem, bearer: int, again: bool = False) -> Ground:
    """The formulas for the unit in this role; those of the last systems are remembered.

    With `again` acts have room for what was done before something happened and what is done from then
    on (`InstancePool`).
    """
    with without_collection():
        return _ground(Itself(system), bearer, again)


@lru_cache(maxsize=LATEST)
def _ground(of: Itself[NormSystem], bearer: int, again: bool) -> Ground:
    grounder = Grounder(of.thing, (bearer,), again)
    return _of_norms(grounder, bearer, grounder.norms(bearer))


def with_edges_of(about: Ground, system: NormSystem) -> Ground:
    """The same bearer in a system that has other clauses in place of one another, and else is the same."""
    if about.grounder.asks_what_binds:
        return ground(system, about.bearer)
    with without_collection():
        grounder = about.grounder.with_edges_of(system)
        return _of_norms(grounder, about.bearer, tuple(map(grounder.bound_anew, about.norms, repeat(about.bearer))))


def _of_norms(grounder: Grounder, bearer: int, norms: tuple[GroundNorm, ...]) -> Ground:
    system = grounder.system
    axioms = [(part, frozenset(variables(part))) for axiom in grounder.axioms() for part in parts_of(axiom)]
    about = [speaking_of for _, speaking_of in axioms]
    conduct = _conduct(about, [f for n in norms for f in (n.binds, n.fulfilled, *n.otherwise)], bearer)
    used = {v for n in norms for f in (n.live, n.fulfilled, *n.otherwise) for v in variables(f)}
    used.update(*about, declared_variables(system))
    axioms += [(part, frozenset((v,))) for v in sorted(used, key=variable_order) for part in within_range(v)]
    possible = tuple(part for part, speaking_of in axioms if conduct.isdisjoint(speaking_of))
    feasible = tuple(part for part, speaking_of in axioms if not conduct.isdisjoint(speaking_of))
    return Ground(
        system=system,
        bearer=bearer,
        possible=possible,
        feasible=feasible,
        conduct=conduct,
        norms=norms,
        grounder=grounder,
    )


def bearers(system: NormSystem) -> tuple[int, ...]:
    """The roles to ask about: one is enough where units take the roles in turn, or where no clause binds anybody."""
    if system.situation.interchangeable:
        return (0,)
    bound = tuple(
        role
        for role in range(len(system.situation.roles))
        if any(n.rotates or n.bearer == role for n in system.norms.values())
    )
    return bound or (0,)


def touched(content: Formula) -> frozenset[Decision]:
    """The acts and results of a ground formula."""
    known: frozenset[Decision] | None = content.kept(touched)
    if known is None:
        known = frozenset(decision_of(v) for v in variables(content) if v.origin.decided)
        content.keep(touched, known)
    return known


def _conduct(axioms: Iterable[frozenset[Variable]], formulas: Iterable[Formula], bearer: int) -> frozenset[Variable]:
    """What the bearer decides, and what an axiom, given by what it speaks of, ties to that.

    Own acts and results, and results that the units share; then the acts and results of others that stand in one
    axiom with any of these, an act with all that it states.
    """
    mentioned = frozenset().union(*axioms, *(variables(f) for f in formulas))
    made = {v for v in mentioned if v.origin.decided}
    own = {v for v in made if v.role is None or v.role == bearer}
    tied = {decision_of(v) for axiom in axioms if not own.isdisjoint(axiom) for v in axiom & made}
    return frozenset(v for v in made if v in own or decision_of(v) in tied)
