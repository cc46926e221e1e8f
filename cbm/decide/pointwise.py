"""Minimal sets of norms by search: for norms whose conditions and contents both depend on situation and conduct.

The search proposes a situation together with a selection of norms; where no conduct meets the selection it keeps a
minimal part of it, and forbids that part wherever it still clashes. So a norm that fails alone in one situation
hides no other clash of it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cbm.decide.engine import Duel, Stuck, duel, fix
from cbm.decide.extent import World, relevant
from cbm.decide.implicant import Point
from cbm.semantics.formulas import FLAG, Expr, Flag, Variable, conjunction, disjunction, negation
from cbm.semantics.ground import GroundNorm
from cbm.semantics.substitute import variables
from cbm.smt.journal import Step, Verdict
from cbm.smt.solve import Sat, Solver, Unknown, Unsat

Members = tuple[int, ...]  # positions of norms, in order

_HARMLESS = Step(
    "does one conduct comply with all of them whatever the situation",
    sat="one does: none of them clash anywhere",
    unsat="none does: it depends on the situation, which is asked next",
    none=Verdict.SAT,
)


def minimal_sets(
    world: World, norms: Sequence[GroundNorm], known: Iterable[Members] = ()
) -> tuple[list[tuple[Members, Point]], str | None]:
    """The sets of these norms that are minimal in some situation, beside the known ones, each with that situation.

    Also why the search stopped early, if it did.
    """
    if _harmless(world, norms):
        return [], None
    selected = [Flag(Variable(f"selected {i}", None, FLAG)) for i in range(len(norms))]
    feasible = relevant(world, [n.demand for n in norms])
    demands = tuple(disjunction(negation(flag), n.demand) for flag, n in zip(selected, norms, strict=True))
    outer = Solver(world.roles, world.situations())
    game = duel(outer, world.roles, (*feasible, *demands), world.conduct)

    def forbid(tag: str, members: Members) -> None:
        """Wherever they still clash, not all of them are selected from now on."""
        fulfilled = world.some_conduct(tag, (*feasible, *(norms[i].demand for i in members)))
        outer.require(disjunction(conjunction(*fulfilled), *(negation(selected[i]) for i in members)))

    for number, members in enumerate(known):
        forbid(f"known{number}", members)
    found: list[tuple[Members, Point]] = []
    while True:
        stuck = game.next()
        if isinstance(stuck, Unsat):
            return found, None
        if isinstance(stuck, Unknown):
            return found, stuck.reason
        chosen = [i for i, flag in enumerate(selected) if stuck.values.get(flag.variable) is True]
        smallest = _minimised(game, feasible, norms, chosen, stuck)
        if isinstance(smallest, Unknown):
            return found, smallest.reason
        found.append((smallest, stuck.values))
        forbid(f"set{len(found)}", smallest)


def _harmless(world: World, norms: Sequence[GroundNorm]) -> bool:
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
    game: Duel, feasible: tuple[Expr, ...], norms: Sequence[GroundNorm], chosen: list[int], stuck: Stuck
) -> Members | Unknown:
    """Norms left out one after the other, in source order, as long as the rest still clashes here."""
    here = tuple(fix(v, value) for v, value in stuck.values.items() if not v.name.startswith("selected "))
    kept = list(chosen)
    for i in chosen:
        answer = game.inner.ask(*here, *feasible, *(norms[k].demand for k in kept if k != i))
        if isinstance(answer, Unknown):
            return answer
        if isinstance(answer, Unsat):
            kept.remove(i)
    return tuple(kept)
