"""Where a promise is broken: the situations it speaks of in which nothing governs a topic, or advice only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cbm.decide.boxes import Type, situations, types_in
from cbm.decide.clashes import world_of
from cbm.decide.engine import Duel, Stuck, duel
from cbm.decide.prevailing import is_steady
from cbm.semantics.core import FALSE, Coverage, Expr, NormId, Strength, Variable, conjunction, disjunction, negation
from cbm.semantics.ground import Ground, Grounder
from cbm.semantics.substitute import Value, variables
from cbm.smt.solve import Solver, Unknown, Unsat


@dataclass(frozen=True, slots=True)
class Region:
    """Situations in which each of some formulas is met by some feasible conduct, and none brings `excluded` about.

    The formulas in `met` are known by tags, which tell their conducts apart. `absent` are the norms of which none binds
    there, as far as none of them is ever suspended; with several formulas, only under the conduct that meets the last.
    `clauses` are all norms of the topic.
    """

    about: Ground
    met: tuple[tuple[str, Expr], ...]
    excluded: Expr
    absent: tuple[NormId, ...] = ()
    clauses: tuple[NormId, ...] = ()

    @property
    def by_choice(self) -> bool:
        """Whether different conducts make different things of its situations, and not what no conduct brings about."""
        return len(self.met) > 1

    @property
    def holding(self) -> tuple[Expr, ...]:
        """What its situations meet, apart from what is excluded there."""
        return tuple(part for tag, formula in self.met for part in _possibly(self.about, formula, tag))

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


def parties_of(about: Ground, promise: Coverage) -> Expr:
    """That the units belong to parties of the text that promises."""
    grounder = Grounder(about.system, (about.bearer,))
    return conjunction(*grounder.joined(about.system.texts[promise.document]))


def ungoverned(about: Ground, promise: Coverage, topic: str) -> Region:
    """Where no clause of the topic binds, whatever the unit does."""
    promised, governed = promised_in(about, promise), disjunction(*_governing(about, topic))
    absent = _never_suspended(about, topic, Strength.MUST, Strength.SHOULD)
    return Region(about, (("promised", promised),), conjunction(promised, governed), absent)


def advised_only(about: Ground, promise: Coverage, topic: str) -> Region:
    """Where some clause of the topic may bind, and none that is a `must`."""
    strict, soft = _governing(about, topic)
    promised = promised_in(about, promise)
    met = (("advised", conjunction(promised, soft)),)
    return Region(about, met, conjunction(promised, strict), _never_suspended(about, topic, Strength.MUST))


def by_conduct(about: Ground, promise: Coverage, topic: str) -> Region | None:
    """Where it is for the unit's own conduct whether some clause of the topic binds; None if it is so nowhere."""
    promised, governed = promised_in(about, promise), disjunction(*_governing(about, topic))
    if about.conduct.isdisjoint(variables(governed)):
        return None
    met = (("governed", conjunction(promised, governed)), ("escaped", conjunction(promised, negation(governed))))
    clauses = tuple(n.norm.id for n in about.norms if topic in n.norm.topics)
    return Region(about, met, FALSE, _never_suspended(about, topic, Strength.MUST, Strength.SHOULD), clauses)


def kept(region: Region, promise: Coverage) -> Region:
    """Situations that the promise speaks of and that keep it, as far as the region says how it is broken."""
    promised = ("promised", promised_in(region.about, promise))
    if region.by_choice:
        (_, escaped) = region.met[-1]
        return Region(region.about, (promised,), escaped)
    return Region(region.about, (("kept", region.excluded),), FALSE)


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
