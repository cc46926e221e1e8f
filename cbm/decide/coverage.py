"""Where a promise is broken: the situations it speaks of in which nothing governs a topic, or advice only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from cbm.decide.boxes import Type, situations, types_in
from cbm.decide.clashes import world_of
from cbm.decide.engine import Duel, Stuck, duel
from cbm.decide.prevailing import is_steady
from cbm.semantics.core import (
    FALSE,
    Coverage,
    Expr,
    NormId,
    Reserve,
    Strength,
    Variable,
    conjunction,
    disjunction,
    negation,
)
from cbm.semantics.ground import Ground, Grounder
from cbm.semantics.substitute import Value, variables
from cbm.smt.solve import Solver, Unknown, Unsat


@dataclass(frozen=True, slots=True)
class Region:
    """Situations in which each of some `ways` is taken by some feasible conduct, and none brings `excluded` about.

    A way has a tag, which tells its conduct apart, and a formula, which that conduct meets. `absent` are the norms of
    which none binds there under conduct that takes the last way, as far as none of them is ever suspended; `topic` is
    what they are about, where it is promised.
    """

    about: Ground
    ways: tuple[tuple[str, Expr], ...]
    excluded: Expr
    absent: tuple[NormId, ...] = ()
    topic: str = ""

    @property
    def by_choice(self) -> bool:
        """Whether it is told by the several things that conduct may bring about, not by what none does."""
        return len(self.ways) > 1

    @property
    def holding(self) -> tuple[Expr, ...]:
        """What its situations meet, apart from what is excluded there."""
        return tuple(part for tag, formula in self.ways for part in _possibly(self.about, formula, tag))

    def within(self, condition: Expr) -> Region:
        """The part of it that meets a condition on situations."""
        return replace(self, ways=tuple((tag, conjunction(formula, condition)) for tag, formula in self.ways))

    @property
    def compliance(self) -> tuple[Expr, ...]:
        """What conduct would have to make true for a situation not to belong here."""
        return (*self.about.feasible, self.excluded)

    def search(self, *literals: Expr) -> Duel:
        """A search for situations of the region that meet the literals too."""
        world = world_of(self.about)
        outer = Solver(world.roles, (*world.situations(), *self.holding, *literals))
        return duel(outer, world.roles, self.compliance, world.conduct)


def promised_in(about: Ground, promise: Coverage) -> Expr:
    """Where the promise speaks: its condition, between units of the parties of its text."""
    grounder = Grounder(about.system, (about.bearer,))
    return conjunction(grounder.formula(promise.condition), parties_of(about, promise))


def parties_of(about: Ground, said: Coverage | Reserve) -> Expr:
    """That the units belong to parties of the text that promises this, or leaves it open."""
    grounder = Grounder(about.system, (about.bearer,))
    return conjunction(*grounder.joined(about.system.texts[said.document]))


def owed_in(about: Ground, promise: Coverage, topic: str) -> Expr:
    """Where the promise has to be kept for this topic: not where the text is silent on purpose."""
    return conjunction(promised_in(about, promise), negation(reserved_in(about, topic)))


def reserved_in(about: Ground, topic: str) -> Expr:
    """Where the text is silent on the topic on purpose, by a reserve that has not ended."""
    system = about.system
    counting = (r for r in system.reserves if r.concerns(topic) and not r.has_ended(system.as_of))
    return disjunction(*(left_open_in(about, reserve) for reserve in counting))


def left_open_in(about: Ground, reserve: Reserve) -> Expr:
    """Where the reserve speaks: its condition, between units of the parties of its text."""
    grounder = Grounder(about.system, (about.bearer,))
    return conjunction(grounder.formula(reserve.condition), parties_of(about, reserve))


def ungoverned(about: Ground, promise: Coverage, topic: str) -> Region:
    """Where no clause of the topic binds, whatever the unit does."""
    strict, soft = _governing(about, topic)
    owed = owed_in(about, promise, topic)
    governed, absent = disjunction(strict, soft), _never_suspended(about, topic, Strength.MUST, Strength.SHOULD)
    return Region(about, (("promised", owed),), conjunction(owed, governed), absent, topic)


def advised_only(about: Ground, promise: Coverage, topic: str) -> Region:
    """Where some clause of the topic may bind, and none that is a `must`."""
    strict, soft = _governing(about, topic)
    owed = owed_in(about, promise, topic)
    ways = (("advised", conjunction(owed, soft)),)
    return Region(about, ways, conjunction(owed, strict), _never_suspended(about, topic, Strength.MUST), topic)


def by_conduct(about: Ground, promise: Coverage, topic: str) -> Region | None:
    """Where it is for the unit's own conduct whether some clause of the topic binds; None if it is so nowhere."""
    owed, governed = owed_in(about, promise, topic), disjunction(*_governing(about, topic))
    if about.conduct.isdisjoint(variables(governed)):
        return None
    ways = (("governed", conjunction(owed, governed)), ("escaped", conjunction(owed, negation(governed))))
    return Region(about, ways, FALSE, _never_suspended(about, topic, Strength.MUST, Strength.SHOULD), topic)


def keeping(region: Region) -> Region:
    """Situations in which the promise is kept that those of the region break."""
    if not region.by_choice:
        return Region(region.about, (("kept", region.excluded),), FALSE)
    (_, governed), (_, escaped) = region.ways
    return Region(region.about, (("kept", governed),), escaped)


def types_of(region: Region, axes: tuple[Variable, ...], among: Collection[Type] | None = None) -> set[Type] | Unknown:
    """The types of encounter with a situation in the region; where `among` is given, complete for these only."""
    about = region.about
    world = world_of(about)
    if world.conduct.isdisjoint(variables(region.excluded)):
        formulas = (*world.possible, *region.holding, negation(region.excluded))
        solver = Solver(world.roles, (*formulas, *world.some_conduct("some", world.feasible)))
        return types_in(axes, situations(solver, formulas, axes), () if _fettered(about) else formulas, among)
    search = region.search()

    def ask(*literals: Expr) -> Mapping[Variable, Value] | Unsat | Unknown:
        answer = search.next(*literals)
        return answer.values if isinstance(answer, Stuck) else answer

    return types_in(axes, ask, (), among)


def types_with(
    about: Ground, axes: tuple[Variable, ...], condition: Expr, among: Collection[Type] | None = None
) -> set[Type] | Unknown:
    """The types with a situation in which some conduct meets the condition; `among` as above."""
    return types_of(Region(about, (("met", condition),), FALSE), axes, among)


def _governing(about: Ground, topic: str) -> tuple[Expr, Expr]:
    """That some `must` (or `may`) clause of the topic binds; that some `should` clause does."""
    concerned = [n for n in about.norms if topic in n.norm.topics]
    strict = disjunction(*(n.binds for n in concerned if n.norm.strength is Strength.MUST))
    return strict, disjunction(*(n.binds for n in concerned if n.norm.strength is Strength.SHOULD))


def _never_suspended(about: Ground, topic: str, *strengths: Strength) -> tuple[NormId, ...]:
    """The clauses of the topic that prevail wherever they bind."""
    concerned = (n for n in about.norms if topic in n.norm.topics and n.norm.strength in strengths)
    return tuple(n.norm.id for n in concerned if is_steady(about, n))


def _possibly(about: Ground, formula: Expr, tag: str) -> tuple[Expr, ...]:
    """That some feasible conduct makes the formula true."""
    if about.conduct.isdisjoint(variables(formula)):
        return (formula,)
    return world_of(about).some_conduct(tag, (*about.feasible, formula))


def _fettered(about: Ground) -> bool:
    """Whether what can be done depends on the situation, so that a moved situation may leave nothing to do."""
    return any(v not in about.conduct for part in about.feasible for v in variables(part))
