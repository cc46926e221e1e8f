"""All sets of norms that clash: each set that is minimal in some situation, found once, with its extent.

The search proposes a situation together with a selection of norms; where no conduct meets the selection it keeps a
minimal part of it, and forbids that part wherever it still clashes. So a norm that fails alone in one situation
hides no other clash of it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from cbm.decide.engine import Duel, Stuck, duel, fix
from cbm.decide.extent import Extent, World, find_extent, relevant
from cbm.decide.implicant import true_at
from cbm.semantics.core import FLAG, Expr, Flag, NormId, Variable, conjunction, disjunction, negation
from cbm.semantics.ground import Ground, GroundNorm
from cbm.semantics.substitute import variables
from cbm.smt.journal import Step, Verdict, asking
from cbm.smt.solve import Sat, Solver, Unknown, Unsat

TOGETHER = "can they always be complied with together"
# Stands in the journal for whichever rule reports the clash.
CLASH = "clash"

_HARMLESS = Step(
    "does one conduct comply with all of them whatever the situation",
    sat="one does: none of them clash anywhere",
    unsat="none does: it depends on the situation, which is asked next",
    none=Verdict.SAT,
)


@dataclass(frozen=True, slots=True)
class Clash:
    """Norms of one bearer, in source order, that no feasible conduct fulfils together in the situations of `extent`."""

    bearer: int
    norms: tuple[NormId, ...]
    extent: Extent


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A part of the search that stayed undecided."""

    bearer: int
    norms: tuple[NormId, ...]
    question: str  # what was asked of these norms, in words: "can they always be complied with together"
    reason: str


def find_clashes(ground: Ground) -> tuple[tuple[Clash, ...], tuple[GivenUp, ...]]:
    """Every minimal set of the bearer, singletons included, in source order; and what was given up."""
    world = world_of(ground)
    order = {n.norm.id: i for i, n in enumerate(ground.norms)}
    clashes: list[Clash] = []
    given_up: list[GivenUp] = []
    for component in components(world, ground.demanding):
        names = tuple(n.norm.id for n in component)
        with _any_clash(ground, names):
            sets, reason = minimal_sets(world, component)
        if reason is not None:
            given_up.append(GivenUp(ground.bearer, names, TOGETHER, reason))
        for members in sets:
            names = tuple(n.norm.id for n in members)
            with _this_clash(ground, names):
                extent = find_extent(world, tuple(n.demand for n in members), _region(world, members))
            if isinstance(extent, Extent):
                clashes.append(Clash(ground.bearer, names, extent))
            else:
                reason = extent.reason if extent else "the clash was not found again"
                given_up.append(GivenUp(ground.bearer, names, TOGETHER, reason))
    clashes.sort(key=lambda clash: [order[identity] for identity in clash.norms])
    return tuple(clashes), tuple(given_up)


def _any_clash(ground: Ground, norms: tuple[NormId, ...]) -> AbstractContextManager[None]:
    return asking(
        system=ground.system,
        rule="conflict",
        bearer=ground.bearer,
        norms=norms,
        question="is there a situation in which some of them clash, each alone or together (beyond the sets found "
        "before)",
        found="a smallest part of them that clashes there is looked for, and then asked about on its own",
        none="every set of them that clashes anywhere was found: there is no further conflict, agreement-conflict or "
        "impossible-duty among them",
    )


def _this_clash(ground: Ground, norms: tuple[NormId, ...]) -> AbstractContextManager[None]:
    return asking(
        system=ground.system,
        rule=CLASH,
        bearer=ground.bearer,
        norms=norms,
        question="is there a situation in which they cannot all be complied with, though without any one of them the "
        "rest can (beyond the conditions found before)",
        found="they clash there: the finding",
        none="they clash under the conditions found before and nowhere else",
    )


def _region(world: World, members: list[GroundNorm]) -> Expr | None:
    """Where the norms bind together, if that is exactly where they clash: what they ask for is the same everywhere."""
    contents = [n.fulfilled for n in members]
    asked = {v for formula in (*contents, *relevant(world, contents)) for v in variables(formula)}
    conditions = [n.binds for n in members]
    if asked <= world.conduct and all(world.conduct.isdisjoint(variables(condition)) for condition in conditions):
        return conjunction(*conditions)
    return None


def world_of(ground: Ground) -> World:
    return World(ground.system.situation.roles, ground.possible, ground.feasible, ground.conduct)


def components(world: World, norms: Iterable[GroundNorm]) -> list[list[GroundNorm]]:
    """Norms linked by conduct they share, directly or through what is feasible; no minimal set spans two."""
    groups: list[tuple[set[Variable], list[GroundNorm]]] = []
    for part in world.feasible:
        _merge(groups, {v for v in variables(part) if v in world.conduct}, [])
    for norm in norms:
        _merge(groups, {v for v in variables(norm.demand) if v in world.conduct}, [norm])
    ordered = [sorted(group, key=lambda n: n.norm.id) for _, group in groups if group]
    positions = {n.norm.id: i for i, n in enumerate(norms)}
    for group in ordered:
        group.sort(key=lambda n: positions[n.norm.id])
    return sorted(ordered, key=lambda group: positions[group[0].norm.id])


def minimal_sets(world: World, norms: list[GroundNorm]) -> tuple[list[list[GroundNorm]], str | None]:
    """The sets of these norms that are minimal in some situation; and why the search stopped early, if it did."""
    if _harmless(world, norms):
        return [], None
    selected = {n.norm.id: Flag(Variable(f"selected {n.norm.id}", None, FLAG)) for n in norms}
    feasible = relevant(world, [n.demand for n in norms])
    demands = tuple(disjunction(negation(selected[n.norm.id]), n.demand) for n in norms)
    outer = Solver(world.roles, world.situations())
    game = duel(outer, world.roles, (*feasible, *demands), world.conduct)
    found: list[list[GroundNorm]] = []
    while True:
        stuck = game.next()
        if isinstance(stuck, Unsat):
            return found, None
        if isinstance(stuck, Unknown):
            return found, stuck.reason
        chosen = [n for n in norms if true_at(selected[n.norm.id], stuck.values)]
        members = _minimised(game, feasible, chosen, stuck)
        if isinstance(members, Unknown):
            return found, members.reason
        found.append(members)
        fulfilled = world.some_conduct(f"set{len(found)}", (*feasible, *(n.demand for n in members)))
        skipped = [negation(selected[n.norm.id]) for n in members]
        outer.require(disjunction(conjunction(*fulfilled), *skipped))


def _harmless(world: World, norms: list[GroundNorm]) -> bool:
    """Whether one conduct fulfils all of them whatever the situation; then there is nothing to search for."""
    fulfilled = [n.fulfilled for n in norms]
    feasible = relevant(world, fulfilled)
    if any(v not in world.conduct for formula in (*fulfilled, *feasible) for v in variables(formula)):
        return False
    solver = Solver(world.roles, (*feasible, *fulfilled))
    answer = solver.ask()
    solver.note(answer, step=_HARMLESS)
    return isinstance(answer, Sat)


def _minimised(
    game: Duel, feasible: tuple[Expr, ...], norms: list[GroundNorm], stuck: Stuck
) -> list[GroundNorm] | Unknown:
    """Norms left out one after the other, in source order, as long as the rest still clashes here."""
    here = tuple(fix(v, value) for v, value in stuck.values.items() if not v.name.startswith("selected "))
    kept = list(norms)
    for norm in norms:
        rest = [n for n in kept if n is not norm]
        answer = game.inner.ask(*here, *feasible, *(n.demand for n in rest))
        if isinstance(answer, Unknown):
            return answer
        if isinstance(answer, Unsat):
            kept = rest
    return kept


def _merge(
    groups: list[tuple[set[Variable], list[GroundNorm]]], touched: set[Variable], members: list[GroundNorm]
) -> None:
    linked = [group for group in groups if not group[0].isdisjoint(touched)]
    for group in linked:
        groups.remove(group)
    groups.append((touched.union(*(g[0] for g in linked)), [member for g in linked for member in g[1]] + members))
