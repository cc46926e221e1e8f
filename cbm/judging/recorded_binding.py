"""Which norms bind which role at moments known in part; who is concerned at all the reference evaluator says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, reduce
from itertools import product

from cbm import evaluate
from cbm.core.expressions import Expr, NormId
from cbm.core.norms import Displacement, Norm, NormSystem
from cbm.core.variables import Variable
from cbm.core.viewpoints import seen
from cbm.judging.partial_episode import Known, PartialEpisode
from cbm.judging.partial_truth import Counting, PartialView
from cbm.records import replace


class RecordedBinding:
    """The norms of a system over the moments of one episode; what was worked out is remembered."""

    def __init__(self, episode: PartialEpisode, system: NormSystem) -> None:
        self.episode = episode
        self.system = system
        self._roles = range(len(system.situation.roles))
        self._views = {
            (role, counting): PartialView(episode, system, role, self.binds, counting)
            for role in self._roles
            for counting in Counting
        }
        self._bound: dict[tuple[NormId, int], Known] = {}
        self._concerned: dict[tuple[NormId, int], Known] = {}
        self._edges: dict[NormId, list[Displacement]] = {}
        for edge in system.displacements:
            self._edges.setdefault(edge.of, []).append(edge)

    def view(self, role: int, counting: Counting = Counting.SO_FAR) -> PartialView:
        return self._views[role, counting]

    def of_norm(self, norm: Norm, role: int, counting: Counting = Counting.SO_FAR) -> PartialView:
        """The moments as the norm speaks of them that binds the role."""
        return self.view(role if norm.rotates else 0, counting)

    def binds(self, identity: NormId, role: int) -> Known:
        """Where the norm is live for the role, and nothing that binds stands in its place."""
        key = (identity, role)
        if key not in self._bound:
            found = self._live(self.system.norms[identity], role)
            for by, bearer in self.displacing(identity, role):
                if found.no.all():
                    break
                found &= ~self._displaces(by, bearer, identity, role)
            self._bound[key] = found
        return self._bound[key]

    def displacing(self, identity: NormId, role: int) -> Iterator[tuple[NormId, int]]:
        """The norms that stand in its place where they bind, each with the role that it has to bind."""
        for edge in self._edges.get(identity, ()):
            yield from ((edge.by, bearer) for bearer in (self._roles if edge.both else (role,)))

    def displaced(self, identity: NormId, role: int, by: NormId, bearer: int) -> Known:
        """Where the norm would bind the role, and this one stands in its place."""
        live = self._live(self.system.norms[identity], role)
        return live if live.no.all() else live & self._displaces(by, bearer, identity, role)

    def excepted(self, identity: NormId, role: int, number: int) -> Known:
        """Where the norm would be live for the role, were it not for its exception of this number."""
        norm = self.system.norms[identity]
        if self._concerns(norm, role).no.all():
            return self.episode.everywhere(False)
        held = self.of_norm(norm, role).truth(norm.exceptions[number].condition)
        return self._concerns(norm, role) & self._guarded(norm, role) & held

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
        return bound if bound.no.all() else bound & self._lifts(by, bearer, self.system.norms[identity], role)

    def _live(self, norm: Norm, role: int) -> Known:
        concerned = self._concerns(norm, role)
        return concerned if concerned.no.all() else concerned & self._applies(norm, role)

    def _concerns(self, norm: Norm, role: int) -> Known:
        """Whether the norm speaks to the unit in the role, whatever its conditions are."""
        key = (norm.id, role)
        if key not in self._concerned:
            bare = replace(norm, guards=(), exceptions=())
            self._concerned[key] = self._is_so(lambda world: evaluate.live(bare, role, world, self.system))
        return self._concerned[key]

    def _applies(self, norm: Norm, role: int) -> Known:
        view = self.of_norm(norm, role)
        return self._guarded(norm, role) & ~reduce(
            Known.__or__, (view.truth(e.condition) for e in norm.exceptions), self.episode.everywhere(False)
        )

    def _guarded(self, norm: Norm, role: int) -> Known:
        view = self.of_norm(norm, role)
        return reduce(Known.__and__, (view.truth(g.condition) for g in norm.guards), self.episode.everywhere(True))

    def _lifts(self, by: NormId, bearer: int, norm: Norm, role: int) -> Known:
        """What is owed to others is not lifted by what is not."""
        upper = self.system.norms[by]
        return self._is_so(
            lambda world: (
                evaluate.owed(upper, bearer, world, self.system) or not evaluate.owed(norm, role, world, self.system)
            )
        )

    def _is_so(self, test: Callable[[evaluate.CompleteEpisode], bool]) -> Known:
        """Whether it is so whosever units these are, as far as that is known: it is the same at all moments."""
        answers = {test(evaluate.CompleteEpisode(dict(world))) for world in self._sides}
        if len(answers) > 1:
            return self.episode.nowhere_known
        return self.episode.everywhere(answers == {True})

    @cached_property
    def _sides(self) -> list[tuple[tuple[Variable, str], ...]]:
        """Whose units these may be."""
        party = self.system.situation.party
        if party is None:
            return [()]
        own = [seen(party, role) for role in self._roles]
        able = [[name for name, mask in self.episode.members(one).items() if mask.any()] for one in own]
        return [tuple(zip(own, names, strict=True)) for names in product(*able)]
