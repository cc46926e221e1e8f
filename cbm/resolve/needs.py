"""What an act takes is done when the act is: who calls transmits then, and a time of silence bars each call in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
    """What an act takes of each role that does it, with the axiom that says that it is so whenever it is done at all.

    Where units take the roles in turn, role 0 stands for whoever does it, and the axiom `rotates`. Fixed roles have a
    condition each, in which the roles that are named are those roles.
    """

    act: str
    conditions: tuple[tuple[int, Expr], ...]
    axiom: Axiom

    @classmethod
    def of(cls, act: str, conditions: Iterable[tuple[int, Expr]], span: Span, *, rotates: bool) -> Need:
        of_roles = tuple(conditions)
        said = conjunction(*(disjunction(negation(Does(act, role)), condition) for role, condition in of_roles))
        return cls(act, of_roles, Axiom("", said, rotates=rotates, span=span))

    @property
    def taken(self) -> frozenset[str]:
        """The acts that who does it does with it."""
        return frozenset(
            does.act for role, condition in self.conditions for does in deeds_of(condition) if _is_plain(does, role)
        )


def at_their_times(system: NormSystem, needs: Sequence[Need]) -> NormSystem:
    """The system in which what an act takes is done when the act is.

    Where nothing asks when it is done, it is enough that it is done.
    """
    timed = set(system.lines).union(*map(_timed, written(system)))
    said: dict[int, Axiom] = {}
    while found := [need for need in needs if id(need.axiom) not in said and not timed.isdisjoint(need.taken)]:
        for need in found:
            each = (Each(need.act, role, _then(taken, need.act, role, system)) for role, taken in need.conditions)
            said[id(need.axiom)] = replace(need.axiom, condition=conjunction(*each), at_any_time=need.axiom.condition)
            timed.add(need.act)
    return replace(system, axioms=tuple(said.get(id(axiom), axiom) for axiom in system.axioms)) if said else system


def _then(condition: Expr, act: str, role: int, system: NormSystem) -> Expr:
    """The condition with the role's acts done, or their messages sent, when its act is done or its message sent."""
    match condition:
        case Does(other) if _is_plain(condition, role):
            begun = SentAt(ActInstance(act, role)) if act in system.lines else time_of_act(act, role)
            at_hand = SENT if other in system.lines else NOW
            return Does(other, role, compare(of_variable(at_hand), Relation.EQUAL, of_variable(begun)))
        case And(parts):
            return conjunction(*(_then(part, act, role, system) for part in parts))
        case Or(parts):
            return disjunction(*(_then(part, act, role, system) for part in parts))
        case _:
            return condition


def _is_plain(does: Does, role: int) -> bool:
    """Whether it says of the unit in this role only that it does the act."""
    return does.role == role and does.manner is TRUE


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
