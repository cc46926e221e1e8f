"""Which norms bind which role at moments known in part; who is concerned at all the reference evaluator says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product

from cbm.core.expressions import And, Expr, NormId, Not, Truth
from cbm.core.norms import Displacement, Norm, NormSystem
from cbm.core.viewpoints import seen
from cbm.judging.concerned_parties import ConcernedParties, Sides
from cbm.judging.partial_episode import Known, PartialEpisode
from cbm.judging.partial_truth import Counting, PartialView


class RecordedBinding:
    """The norms of a system over the moments of one episode; what was worked out is remembered.

    `lasting` are the norms over one moment of which no more is known than of each of these, and `wider` those over the
    same moments, of which no more is known. What either tells is worked out once for many episodes.
    """

    def __init__(
        self,
        episode: PartialEpisode,
        system: NormSystem,
        lasting: RecordedBinding | None = None,
        wider: RecordedBinding | None = None,
    ) -> None:
        self.episode = episode
        self.system = system
        self._lasting = lasting
        self._wider = wider
        self._roles = range(len(system.situation.roles))
        self._views = {
            (role, counting): PartialView(
                episode, system, role, self.binds, counting, *_views_of((lasting, wider), role, counting)
            )
            for role in self._roles
            for counting in Counting
        }
        self._bound: dict[tuple[NormId, int], Known] = {}
        sides = self._sides()
        known = None if lasting is None else lasting.parties
        self.parties: ConcernedParties = (
            known if known is not None and known.sides == sides else ConcernedParties(system, sides)
        )
        self._conditions: dict[NormId, Expr] = {}

    @cached_property
    def may_bind(self) -> tuple[tuple[Norm, int], ...]:
        """The norms, each with a role, that may bind at some moment as far as what lasts tells."""
        if self._lasting is not None:
            return self._lasting.may_bind
        norms = self.system.norms.values()
        return tuple((n, role) for n in norms for role in self._roles if not self.binds(n.id, role).is_nowhere)

    @cached_property
    def may_be_set_back(self) -> tuple[tuple[NormId, int], ...]:
        """The same of norms that an exception takes out, or in whose place another one stands."""
        if self._lasting is not None:
            return self._lasting.may_be_set_back
        return tuple(
            (name, role) for name in self.system.norms for role in self._roles if self._is_set_back(name, role)
        )

    def _is_set_back(self, identity: NormId, role: int) -> bool:
        exceptions = range(len(self.system.norms[identity].exceptions))
        return not all(self.excepted(identity, role, number).is_nowhere for number in exceptions) or not all(
            self.displaced(identity, role, *other).is_nowhere for other in self.displacing(identity, role)
        )

    def view(self, role: int, counting: Counting = Counting.SO_FAR) -> PartialView:
        return self._views[role, counting]

    def of_norm(self, norm: Norm, role: int, counting: Counting = Counting.SO_FAR) -> PartialView:
        """The moments as the norm speaks of them that binds the role."""
        return self.view(role if norm.rotates else 0, counting)

    def binds(self, identity: NormId, role: int) -> Known:
        """Where the norm is live for the role, and nothing that binds stands in its place."""
        key = (identity, role)
        found = self._bound.get(key)
        if found is None:
            found = self._bound_before(identity, role)
            found = self._not_displaced(identity, role) if found is None else found
            self._bound[key] = found
        return found

    def _bound_before(self, identity: NormId, role: int) -> Known | None:
        if self._lasting is not None and (settled := self._lasting.binds(identity, role).at(0)) is not None:
            return self.episode.everywhere(settled)
        found = None if self._wider is None else self._wider.binds(identity, role)
        return None if found is None or found.open.any() else found

    def _not_displaced(self, identity: NormId, role: int) -> Known:
        found = self._live(self.system.norms[identity], role)
        for by, bearer in self.displacing(identity, role):
            if found.is_nowhere:
                break
            found &= ~self._displaces(by, bearer, identity, role)
        return found

    def displacing(self, identity: NormId, role: int) -> Iterator[tuple[NormId, int]]:
        """The norms that stand in its place where they bind, each with the role that it has to bind."""
        for edge in self.edges.get(identity, ()):
            yield from ((edge.by, bearer) for bearer in (self._roles if edge.both else (role,)))

    @cached_property
    def edges(self) -> Mapping[NormId, list[Displacement]]:
        """By the norm in whose place another one stands."""
        if self._lasting is not None:
            return self._lasting.edges
        found: dict[NormId, list[Displacement]] = {}
        for edge in self.system.displacements:
            found.setdefault(edge.of, []).append(edge)
        return found

    def displaced(self, identity: NormId, role: int, by: NormId, bearer: int) -> Known:
        """Where the norm would bind the role, and this one stands in its place."""
        live = self._live(self.system.norms[identity], role)
        return live if live.is_nowhere else live & self._displaces(by, bearer, identity, role)

    def excepted(self, identity: NormId, role: int, number: int) -> Known:
        """Where the norm would be live for the role, were it not for its exception of this number."""
        norm = self.system.norms[identity]
        concerned = self._concerns(norm, role)
        if concerned.is_nowhere:
            return concerned
        view = self.of_norm(norm, role)
        return concerned & view.truth(_all(_guards(norm))) & view.truth(norm.exceptions[number].condition)

    def fulfilled(self, norm: Norm, role: int, counting: Counting) -> Known:
        """Where what is done and measured is as the norm describes it for the role."""
        return self.of_norm(norm, role, counting).truth(norm.content)

    def open_parts(self, identity: NormId, role: int, index: int) -> Iterator[tuple[Expr, int]]:
        """What would have to be known to tell whether the norm binds at this moment, each as a role sees it."""
        norm = self.system.norms[identity]
        view = self.of_norm(norm, role)
        if self._applies(norm, role).open[index]:
            for guard in (*norm.guards, *norm.exceptions):
                yield from ((leaf, view.role) for leaf in view.open_leaves(guard.condition, index))
        for by, bearer in self.displacing(identity, role):
            if self.binds(by, bearer).open[index]:
                yield from self.open_parts(by, bearer, index)

    def _displaces(self, by: NormId, bearer: int, identity: NormId, role: int) -> Known:
        bound = self.binds(by, bearer)
        if bound.is_nowhere:
            return bound
        upper, lower = self.system.norms[by], self.system.norms[identity]
        return bound & self.episode.everywhere(self.parties.lifts(upper, bearer, lower, role))

    def _live(self, norm: Norm, role: int) -> Known:
        concerned = self._concerns(norm, role)
        return concerned if concerned.is_nowhere else concerned & self._applies(norm, role)

    def _concerns(self, norm: Norm, role: int) -> Known:
        return self.episode.everywhere(self.parties.concern(norm, role))

    def _applies(self, norm: Norm, role: int) -> Known:
        return self.of_norm(norm, role).truth(self.condition(norm))

    def condition(self, norm: Norm) -> Expr:
        """All that it says of when it applies."""
        if self._lasting is not None:
            return self._lasting.condition(norm)
        if norm.id not in self._conditions:
            self._conditions[norm.id] = _all((*_guards(norm), *(Not(e.condition) for e in norm.exceptions)))
        return self._conditions[norm.id]

    def _sides(self) -> Sides:
        """Whose units these may be."""
        party = self.system.situation.party
        if party is None:
            return ((),)
        own = [seen(party, role) for role in self._roles]
        able = [[name for name, mask in self.episode.members(one).items() if mask.any()] for one in own]
        return tuple(tuple(zip(own, names, strict=True)) for names in product(*able))


def _views_of(
    bindings: Iterable[RecordedBinding | None], role: int, counting: Counting
) -> Iterator[PartialView | None]:
    return (None if one is None else one.view(role, counting) for one in bindings)


def _guards(norm: Norm) -> tuple[Expr, ...]:
    return tuple(guard.condition for guard in norm.guards)


def _all(parts: tuple[Expr, ...]) -> Expr:
    """As written, with nothing made simpler: where parts cannot be told, neither can the whole."""
    return And(parts) if parts else Truth(True)
