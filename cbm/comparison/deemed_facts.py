"""What two texts deem, over facts of the world that neither of them changes.

A fact that a text deems is read with that text alone: each text has a reading of its own of what it deems, tied to the
facts. Where what it deems is so already, it reads the facts. Two texts read alike wherever both readings allow it, so
that texts which deem the same always do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from cbm.core.expressions import TRUE, Expr, Flag, Formula, IsIn, Or, conjunction, disjunction, negation
from cbm.core.linear import compare as compared
from cbm.core.linear import of_variable
from cbm.core.norms import NormSystem
from cbm.core.roles import rotate
from cbm.core.sorts import FlagSort, KindSort, NumberSort
from cbm.core.substitution import substitute, variables
from cbm.core.variables import Counterpart, Variable
from cbm.ground.grounder import Grounder
from cbm.ground.grounding import Ground
from cbm.ground.texts_in_force import in_force
from cbm.records import Record
from cbm.syntax.ast import Relation

Reading = Mapping[Variable, Variable]


class Deeming(Record):
    """Where `given` holds, a text deems that `deemed` does: ground formulas about one role."""

    given: Formula
    deemed: Formula


class FactReadings(Record):
    """How the old text and the new one read the facts that one of them deems, and how that is tied to the facts."""

    old: Reading
    new: Reading
    tied: tuple[Formula, ...]


def deemings(system: NormSystem, grounder: Grounder) -> tuple[Deeming, ...]:
    """All that the texts of a system deem, said of every role."""
    found: dict[Deeming, None] = {}
    roles = len(system.situation.roles)
    for axiom in system.axioms:
        if axiom.document is not None and in_force(system.texts[axiom.document], system):
            deemed = _deemed(axiom.condition, axiom.given)
            for step in range(roles if axiom.rotates else 1):
                given, meant = (grounder.formula(rotate(part, step, roles)) for part in (axiom.given, deemed))
                found[Deeming(given, meant)] = None
    return tuple(found)


def fact_readings(about: Ground, old: tuple[Deeming, ...], new: tuple[Deeming, ...]) -> FactReadings:
    """The readings of both texts; where they deem the same, they read what is deemed as a fact."""
    if set(old) == set(new):
        return FactReadings({}, {}, tuple(disjunction(negation(d.given), d.deemed) for d in new))
    concerned = dict.fromkeys(v for d in (*old, *new) for v in variables(d.deemed) if v not in about.conduct)
    before = {v: Counterpart(v, "as the old text reads it") for v in concerned}
    after = {v: Counterpart(v, "as the new text reads it") for v in concerned}
    reads_old, reads_new = _reads(about, old), _reads(about, new)
    alike = conjunction(*(_equal(before[v], after[v]) for v in concerned))
    tied = (
        reads_old(before),
        reads_new(after),
        disjunction(negation(reads_new(before)), alike),
        disjunction(negation(reads_old(after)), alike),
    )
    return FactReadings(before, after, tied)


def _deemed(condition: Expr, given: Expr) -> Expr:
    """What is deemed, of the axiom that says it holds unless what is given does not."""
    if given == TRUE:
        return condition
    outside = negation(given)
    left = outside.parts if isinstance(outside, Or) else (outside,)
    parts = condition.parts if isinstance(condition, Or) else (condition,)
    return disjunction(*(part for part in parts if part not in left))


def _reads(about: Ground, deems: Iterable[Deeming]) -> Callable[[Reading], Formula]:
    """That a reading of the facts is one that what is deemed allows, and the vocabulary, and that needs no less."""
    listed = tuple(deems)

    def told(reading: Reading) -> Iterator[Formula]:
        for deeming in listed:
            yield disjunction(negation(substitute(deeming.given, reading)), substitute(deeming.deemed, reading))
        for fact, read in reading.items():
            moved = (
                conjunction(substitute(d.given, reading), negation(d.deemed))
                for d in listed
                if fact in variables(d.deemed)
            )
            yield disjunction(_equal(fact, read), *moved)
        for part in about.possible:
            if not reading.keys().isdisjoint(variables(part)):
                yield substitute(part, reading)

    return lambda reading: conjunction(*told(reading))


def _equal(one: Variable, other: Variable) -> Formula:
    match one.sort:
        case FlagSort():
            both = conjunction(Flag(one), Flag(other))
            return disjunction(both, conjunction(negation(Flag(one)), negation(Flag(other))))
        case KindSort(_, members):
            return disjunction(*(conjunction(IsIn(one, (m,)), IsIn(other, (m,))) for m in members))
        case NumberSort():
            return compared(of_variable(one), Relation.EQUAL, of_variable(other))
