"""Where a promise is broken: the situations it speaks of in which nothing governs a topic or an act, or advice only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cbm.decide.axes import Divider
from cbm.decide.boxes import situations, types_in
from cbm.decide.clashes import world_of
from cbm.decide.engine import Duel, Stuck, duel
from cbm.decide.grid import Types
from cbm.decide.prevailing import is_steady
from cbm.semantics.core import FALSE, Coverage, Expr, NormId, Strength, Variable, conjunction, disjunction, negation
from cbm.semantics.ground import Ground, Grounder, GroundNorm
from cbm.semantics.matters import Matter, concerns
from cbm.semantics.substitute import Value, variables
from cbm.smt.solve import Solver, Unknown, Unsat


@dataclass(frozen=True, slots=True)
class Region:
    """Situations that meet all of `holding`, and in which no feasible conduct brings `excluded` about.

    `absent` are the norms of which none binds there, as far as none of them is ever suspended.
    """

    about: Ground
    holding: tuple[Expr, ...]
    excluded: Expr
    absent: tuple[NormId, ...] = ()

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


def ungoverned(about: Ground, promise: Coverage, topic: Matter) -> Region:
    """Where no clause of the topic binds, whatever the unit does."""
    return uncovered(about, promised_in(about, promise), governing(about, topic))


def advised_only(about: Ground, promise: Coverage, topic: Matter) -> Region:
    """Where some clause of the topic may bind, and none that is a `must`."""
    return advised(about, promised_in(about, promise), governing(about, topic))


def governing(about: Ground, topic: Matter) -> tuple[GroundNorm, ...]:
    """The clauses that govern the topic where they bind."""
    return tuple(n for n in about.norms if concerns(n.norm, topic))


def uncovered(about: Ground, promised: Expr, norms: Sequence[GroundNorm]) -> Region:
    """Where the promise speaks and none of these norms binds, whatever the unit does."""
    governed = conjunction(promised, some_binds(norms))
    return Region(about, possibly(about, promised, "promised"), governed, _never_suspended(about, norms))


def advised(about: Ground, promised: Expr, norms: Sequence[GroundNorm]) -> Region:
    """Where some of these norms may bind, and none that is a `must`."""
    strict = [n for n in norms if n.norm.strength is Strength.MUST]
    soft = some_binds([n for n in norms if n.norm.strength is Strength.SHOULD])
    holding = possibly(about, conjunction(promised, soft), "advised")
    return Region(about, holding, conjunction(promised, some_binds(strict)), _never_suspended(about, strict))


def some_binds(norms: Iterable[GroundNorm]) -> Expr:
    return disjunction(*(n.binds for n in norms))


def types_of(region: Region, axes: tuple[Divider, ...], among: Types | None = None) -> Types | Unknown:
    """The types of encounter with a situation in the region; where `among` is given, complete for these only."""
    about = region.about
    world = world_of(about)
    if world.conduct.isdisjoint(variables(region.excluded)):
        formulas = (*world.situations(), *region.holding, negation(region.excluded))
        asking = situations(Solver(world.roles, formulas), formulas, axes)
        return types_in(axes, asking, formulas, formulas, among)
    search = region.search()
    necessary = (*world.possible, *region.holding)

    def ask(*literals: Expr) -> Mapping[Variable, Value] | Unsat | Unknown:
        answer = search.next(*literals)
        return answer.values if isinstance(answer, Stuck) else answer

    return types_in(axes, ask, (), necessary, among)


def types_with(
    about: Ground, axes: tuple[Divider, ...], condition: Expr, among: Types | None = None
) -> Types | Unknown:
    """The types with a situation in which some conduct meets the condition; `among` as above."""
    return types_of(Region(about, possibly(about, condition, "met"), FALSE), axes, among)


def _never_suspended(about: Ground, norms: Iterable[GroundNorm]) -> tuple[NormId, ...]:
    """Those of the norms that prevail wherever they bind."""
    return tuple(n.norm.id for n in norms if is_steady(about, n))


def possibly(about: Ground, formula: Expr, tag: str) -> tuple[Expr, ...]:
    """That some feasible conduct makes the formula true."""
    if about.conduct.isdisjoint(variables(formula)):
        return (formula,)
    return world_of(about).some_conduct(tag, (*about.feasible, formula))
