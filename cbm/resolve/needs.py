"""What an act takes is done when the act is: who calls transmits then, and a time of silence bars each call in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.core.episodes import Axiom
from cbm.core.expressions import TRUE, And, Does, Each, Expr, Not, Or, conjunction, disjunction, negation
from cbm.core.linear import compare, of_variable
from cbm.core.norms import NormSystem
from cbm.core.substitution import deeds_of, mentioned
from cbm.core.variables import NOW, SENT, ActInstance, AtHand, Origin, SentAt, ValueAt, Variable, time_of_act
from cbm.core.written import written
from cbm.records import Record, replace
from cbm.source import Span
from cbm.syntax.ast import Relation


class Need(Record):
    """What an act of role 0 takes, with the axiom that says that it is so whenever the act is done at all."""

    act: str
    condition: Expr
    axiom: Axiom

    @classmethod
    def of(cls, act: str, condition: Expr, span: Span) -> Need:
        axiom = Axiom("", disjunction(negation(Does(act, 0)), condition), rotates=True, span=span)
        return cls(act, condition, axiom)

    @property
    def taken(self) -> frozenset[str]:
        """The acts that are done with it."""
        return frozenset(does.act for does in deeds_of(self.condition) if _is_plain(does))


def at_their_times(system: NormSystem, needs: Sequence[Need]) -> NormSystem:
    """The system in which what an act takes is done when the act is.

    Where nothing asks when it is done, it is enough that it is done.
    """
    timed = set(system.lines).union(*map(_timed, written(system)))
    said: dict[int, Axiom] = {}
    while found := [need for need in needs if id(need.axiom) not in said and not timed.isdisjoint(need.taken)]:
        for need in found:
            each = Each(need.act, 0, _then(need.condition, need.act, system))
            said[id(need.axiom)] = replace(need.axiom, condition=each, at_any_time=need.axiom.condition)
            timed.add(need.act)
    return replace(system, axioms=tuple(said.get(id(axiom), axiom) for axiom in system.axioms)) if said else system


def _then(condition: Expr, act: str, system: NormSystem) -> Expr:
    """The condition with its acts done, or their messages sent, when the act is done or its message sent."""
    match condition:
        case Does(other) if _is_plain(condition):
            begun = SentAt(ActInstance(act, 0)) if act in system.lines else time_of_act(act, 0)
            at_hand = SENT if other in system.lines else NOW
            return Does(other, 0, compare(of_variable(at_hand), Relation.EQUAL, of_variable(begun)))
        case And(parts):
            return conjunction(*(_then(part, act, system) for part in parts))
        case Or(parts):
            return disjunction(*(_then(part, act, system) for part in parts))
        case _:
            return condition


def _is_plain(does: Does) -> bool:
    """Whether it says of the unit itself only that it does the act."""
    return does.role == 0 and does.manner is TRUE


def _timed(expression: Expr) -> frozenset[str]:
    """The acts of which an expression says when they are done."""
    return frozenset(_acts_with_times(expression))


def _acts_with_times(expression: Expr) -> Iterator[str]:
    match expression:
        case Does(act, _, manner):
            if any(map(_is_of_then, mentioned(manner))):
                yield act
            yield from _acts_with_times(manner)
        case Each(act, _, body):
            yield act
            yield from _acts_with_times(body)
        case Not(part):
            yield from _acts_with_times(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _acts_with_times(part)
        case _:
            return


def _is_of_then(variable: Variable) -> bool:
    """Whether it is a time of the doing at hand, or what is read at that time."""
    return variable.origin is Origin.DOING or (isinstance(variable, ValueAt) and isinstance(variable.at, AtHand))
