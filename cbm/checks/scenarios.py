"""An episode as an example: whose units of what kind meet, and the values that matter."""

from __future__ import annotations

from collections.abc import Iterable

from cbm.checks.naming import listed
from cbm.checks.phrases import member_words
from cbm.checks.wording import flag_words, identity, value_words, variable_words
from cbm.decide.implicant import Point
from cbm.decide.replay import Episode
from cbm.finding import Fact, Scenario
from cbm.semantics.core import Expr, FlagSort, KindSort, NormSystem, Origin, Variable
from cbm.semantics.substitute import Value, variables


def scenario(system: NormSystem, point: Point, mattering: Iterable[Variable]) -> Scenario:
    """An example that tells only what matters: whose units of what kind, and the variables named."""
    told = [v for v in identity(system) if v in point]
    told += [v for v in dict.fromkeys(mattering) if v in point and v not in told]
    facts = [fact_of(system, variable, point[variable]) for variable in told]
    units = [_unit_words(system, role, point) for role in range(len(system.situation.roles))]
    rest = [f.words for v, f in zip(told, facts, strict=True) if v not in identity(system)]
    return Scenario(tuple(facts), "; ".join([listed([u for u in units if u]), *rest]).strip("; "))


def example(system: NormSystem, shown: Episode, formulas: Iterable[Expr], *also: Origin) -> Scenario:
    """A confirmed episode, told by the situation variables of these formulas (and those of other origins)."""
    told = [v for v in mattering(formulas) if v.origin in (Origin.SITUATION, *also)]
    return scenario(system, shown.values, told)


def mattering(literals: Iterable[Expr]) -> list[Variable]:
    """The variables of conditions, in order."""
    return list(dict.fromkeys(v for literal in literals for v in variables(literal)))


def fact_of(system: NormSystem, variable: Variable, value: Value) -> Fact:
    """One circumstance with its words."""
    subject = None if variable.role is None else system.situation.roles[variable.role]
    exact = ("true" if value else "false") if isinstance(value, bool) else str(value)
    if isinstance(variable.sort, FlagSort):
        words = flag_words(system, variable, value is True)
    else:
        words = f"{variable_words(system, variable)}: {value_words(system, variable, value)}"
    return Fact(subject, variable.name, exact, words)


def _unit_words(system: NormSystem, role: int, point: Point) -> str:
    values = [point[v] for v in identity(system) if v.role == role and v in point]
    words = [
        value if isinstance(value, str) and value in _parties(system) else member_words(system, str(value))
        for value in values
    ]
    return f"{' '.join(words)} ({system.situation.roles[role]})" if words else ""


def _parties(system: NormSystem) -> tuple[str, ...]:
    for variable in system.situation.attributes:
        if variable.name == system.situation.party and isinstance(variable.sort, KindSort):
            return variable.sort.members
    return ()
