"""From one situation to conditions: of the literals that hold there, as few as suffice for what was found in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from cbm.core.declaration_order import Declared, rank
from cbm.core.expressions import TRUE, And, Compare, Formula, IsIn, Not, conjunction, negation
from cbm.core.substitution import parts_of, substitute, variables
from cbm.core.variables import Origin, Variable
from cbm.search.exists_forall import Stuck
from cbm.search.fewer_cubes import Cube
from cbm.search.implicants import Point, conduct_terms, implicant, project, true_at
from cbm.search.unanswered_situations import unanswered_in
from cbm.search.world import World, is_copy, relevant
from cbm.smt.journal import SubQuestion, Verdict
from cbm.smt.solve import Sat, Solver, Unknown, Unsat

_BROUGHT = "brought"
CONDITIONS = SubQuestion(
    "under the conditions given below, does some conduct comply",
    sat="some conduct complies: the conditions do not suffice",
    unsat="no conduct complies: the conditions suffice",
    found=Verdict.UNSAT,
)
_SUFFICE = SubQuestion(
    "under the conditions given below, can the conducts of one example fail, written in terms of the situation",
    sat="they can: the conditions do not suffice",
    unsat="they cannot: the conditions suffice",
    found=Verdict.UNSAT,
)


class Widening:
    """From stuck situations to cubes in which no conduct complies and, as far as it is known there, `binding` holds.

    Some conduct meets each of what is `brought` about.
    """

    def __init__(
        self, world: World, compliance: tuple[Formula, ...], binding: Formula, brought: tuple[Formula, ...] = ()
    ) -> None:
        self._world, self._compliance, self._binding, self._brought = world, compliance, binding, brought
        self._complying = Solver(world.roles, (*world.possible, *compliance))

    def cube(self, situation: Point) -> Cube | Unknown:
        cube = self._cube(situation)
        return cube if isinstance(cube, Unknown) or not self._brought else self._where_brought(cube, situation)

    def _where_brought(self, cube: Cube, situation: Point) -> Cube | Unknown:
        """The cube, with what it takes for what it does not leave to some conduct everywhere."""
        for formula in self._brought:
            parts = (*relevant(self._world, (formula,)), formula)
            if isinstance(unanswered_in(self._world, (*self._world.possible, *cube), parts), Unsat):
                continue
            copies = self._world.some_conduct(_BROUGHT, parts)
            mentioned = list(dict.fromkeys(v for part in copies for v in variables(part)))
            there = Stuck({v: value for v, value in situation.items() if v in mentioned}).fixed()
            answer = Solver(self._world.roles, (*self._world.possible, *there, *copies)).ask()
            if not isinstance(answer, Sat):
                return answer if isinstance(answer, Unknown) else cube
            more = attained(self._world, [(_BROUGHT, formula)], answer.values(mentioned), *cube)
            if isinstance(more, Unknown):
                return more
            cube = (*cube, *more)
        return cube

    def _cube(self, situation: Point) -> Cube | Unknown:
        cube = widen(self._complying, self._compliance, situation, self._world)
        known = (part for part in parts_of(self._binding) if all(v in situation for v in variables(part)))
        binding = conjunction(*known)
        if isinstance(cube, Unknown) or binding == TRUE:
            return cube
        unbound = Solver(self._world.roles, (*self._world.possible, negation(binding)))
        answer = unbound.ask(*cube)
        if isinstance(answer, Unknown):
            return answer
        return cube if isinstance(answer, Unsat) else self._bound((*cube, *implicant(binding, situation)), unbound)

    def _bound(self, literals: Cube, unbound: Solver) -> Cube | Unknown:
        """As many of the literals as it takes to exclude compliance and what is unbound; all of them do."""
        kept = sorted(dict.fromkeys(literals), key=lambda literal: order_of_trying(literal, self._world.declared))
        for literal in tuple(kept):
            rest = [other for other in kept if other is not literal]
            answers = (solver.ask(*rest) for solver in (unbound, self._complying))
            answer = next((one for one in answers if not isinstance(one, Unsat)), None)
            if isinstance(answer, Unknown):
                return answer
            if answer is None:
                kept = rest
        return tuple(kept)


def widen(solver: Solver, compliance: tuple[Formula, ...], situation: Point, world: World) -> Cube | Unknown:
    """From one stuck situation to the conditions that matter: literals true there that exclude every conduct.

    `solver` already requires the axioms and the compliance.
    """
    mentioned = list(dict.fromkeys(v for part in compliance for v in variables(part)))
    cube: list[Formula] = []
    if world.conduct.isdisjoint(mentioned):  # nothing is left to do: what is false there is so for want of literals
        cube += implicant(negation(conjunction(*compliance)), situation)
    answer = solver.ask(*cube)
    if isinstance(answer, Unsat):
        cube = list(answer.core)
    while isinstance(answer, Sat):
        cube.append(_excluding(answer, compliance, mentioned, situation, world))
        answer = solver.ask(*cube)
    if isinstance(answer, Unknown):
        return answer
    shortened = condensed(solver, world.declared, cube)
    if not isinstance(shortened, Unknown):
        solver.note(Unsat(), *shortened, step=CONDITIONS)  # it was just asked
    return shortened


def attained(
    world: World,
    ways: Iterable[tuple[str, Formula]],
    point: Point,
    *assumed: Formula,
    possible: Solver | None = None,
) -> Cube | Unknown:
    """From one point to conditions under which, with what is assumed, some conduct meets each of several formulas.

    The point has the values of a conduct for each formula, known by the tag beside it (`World.some_conduct`). Where
    more than one is asked, a solver can be given that knows what is `possible`: what it was asked before plays no part.
    """
    met: list[Formula] = []
    for tag, formula in ways:
        parts = world.some_conduct(tag, (*relevant(world, (formula,)), formula))
        literals = [literal for part in parts for literal in implicant(part, point)]
        conduct = {v for part in parts for v in variables(part) if is_copy(v)}
        terms = conduct_terms(literals, point, conduct)
        met += [substitute(part, terms) for part in parts]
    region = conjunction(*met)
    solver = possible or Solver(world.roles, world.possible)
    cube = condensed(solver, world.declared, implicant(region, point), *assumed, negation(region))
    if not isinstance(cube, Unknown):
        solver.note(Unsat(), *assumed, *cube, negation(region), step=_SUFFICE)  # it was just asked
    return cube


def condensed(solver: Solver, known: Declared, literals: Iterable[Formula], *assumed: Formula) -> Cube | Unknown:
    """As many of the literals as it takes to exclude what the solver requires and what is assumed; all of them do."""
    ordered = sorted(dict.fromkeys(literals), key=lambda literal: order_of_trying(literal, known))
    kept = list(ordered)
    core: Collection[Formula] = ordered  # of what is left, so much suffices: all else is taken out without asking
    for literal in ordered:
        if literal in core:
            answer = solver.ask(*assumed, *(other for other in kept if other is not literal))
            if isinstance(answer, Unknown):
                return answer
            if not isinstance(answer, Unsat):
                continue
            core = answer.core
        kept.remove(literal)
    return tuple(kept)


def order_of_trying(literal: Formula, known: Declared) -> tuple[int, int, tuple[Any, ...]]:
    """Flags and far-fetched conditions are tried first, then quantities; roles and kinds stay longest."""
    first = next(iter(variables(literal)))
    if first.origin is Origin.READING:
        return (-1, 0, rank(literal, known))  # what holds on every reading is told of every reading
    core = literal.operand if isinstance(literal, Not) else literal
    kind = 2 if isinstance(core, IsIn) and not isinstance(literal, Not) else 1 if isinstance(core, Compare) else 0
    return (kind, 0 if first.origin is Origin.SITUATION else 1, rank(literal, known))


def _excluding(
    answer: Sat, compliance: tuple[Formula, ...], mentioned: list[Variable], situation: Point, world: World
) -> Formula:
    """A literal, true at the situation, that shuts out the way of complying the answer shows."""
    point = answer.values(mentioned)
    literals = [literal for part in compliance for literal in implicant(part, point)]
    conditions = project(literals, point, [v for v in mentioned if v in world.conduct])
    for condition in conditions:
        if not true_at(condition, situation):
            return _literal(negation(condition), situation)
    raise AssertionError("a situation without an answer was answered")


def _literal(condition: Formula, situation: Point) -> Formula:
    """A literal true at the situation that implies the condition."""
    literals = implicant(condition, situation)
    return literals[0] if len(literals) == 1 else And(literals)
