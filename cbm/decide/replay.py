"""Witnesses to fully known episodes, and their replay by the evaluator: nothing is shown that it does not confirm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cbm.decide.extent import is_copy
from cbm.semantics.core import FLAG, Expr, NormSystem, Origin, Variable
from cbm.semantics.evaluate import Doing, World, possible
from cbm.semantics.ground import Ground, within_range
from cbm.semantics.substitute import Value, variables
from cbm.smt.solve import Sat, Solver

_COPY = re.compile(r"(?P<act>[^#~ ]+)(?:#(?P<copy>\d+))?(?: stating (?P<item>\S+))?")


class WitnessRefused(Exception):
    """The evaluator does not confirm what the solver found: a bug in cbm, never a fault of the text."""


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode as values of ground variables, and as the evaluator sees it."""

    values: Mapping[Variable, Value]
    world: World


def episode(ground: Ground, *formulas: Expr) -> Episode:
    """A complete episode, situation and conduct, in which the formulas hold; they must be satisfiable together.

    Asked afresh, so that it does not depend on the questions before it.
    """
    everything = (*ground.possible, *ground.feasible, *formulas)
    needed = dict.fromkeys(v for formula in everything for v in variables(formula) if not is_copy(v))
    missing = [v for v in all_variables(ground.system) if v not in needed]
    ranges = [part for v in missing for part in within_range(v)]
    answer = Solver(ground.system.situation.roles, (*everything, *ranges)).ask()
    if not isinstance(answer, Sat):
        raise WitnessRefused("the situation was not found again")
    values = answer.values([*needed, *missing])
    return Episode(values, world(ground.system, values))


def world(system: NormSystem, values: Mapping[Variable, Value]) -> World:
    """Values of ground variables as an episode: flags of doings become doings. Its axioms are checked."""
    doings: dict[tuple[str, int, str], set[str]] = {}
    plain: dict[Variable, Value] = {}
    for variable, value in values.items():
        if variable.origin is not Origin.DOING:
            plain[variable] = value
            continue
        match = _COPY.fullmatch(variable.name)
        if match is None or variable.role is None or value is not True:
            continue
        key = (match["act"], variable.role, match["copy"] or "")
        if match["item"] is None:
            doings.setdefault(key, set())
    for (act, role, copy), stated in doings.items():
        prefix = f"{act}#{copy}" if copy else act
        for item in system.acts[act].states:
            if values.get(Variable(f"{prefix} stating {item}", role, FLAG, Origin.DOING)) is True:
                stated.add(item)
    done = frozenset(Doing(act, role, frozenset(stated)) for (act, role, _), stated in doings.items())
    result = World(plain, done)
    if not possible(result, system):
        raise WitnessRefused("the witness breaks an axiom")
    return result


def all_variables(system: NormSystem) -> Iterable[Variable]:
    """Every attribute and result of the situation, for each role that has its own."""
    roles = range(len(system.situation.roles))
    for attribute in system.situation.attributes:
        for role in roles if attribute.role is not None else (None,):
            yield Variable(attribute.name, role, attribute.sort)
    for result in system.results.values():
        for role in roles if result.each else (None,):
            yield Variable(result.name, role, result.sort, Origin.RESULT)
