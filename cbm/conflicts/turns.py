"""Acts that wait for each other: at one and the same time, each of them can come after the other only in turn.

"The one must not answer before the other asks, the other must not ask before the one answers": nobody can begin, though
a clock would show the same time for both. So what may be done from an act on comes after it in turn.
"""

from __future__ import annotations

from collections.abc import Iterable

from cbm.core.expressions import (
    And,
    Compare,
    Does,
    Each,
    Expr,
    Not,
    Or,
    Order,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.linear import compare, of_variable
from cbm.core.norms import Modality, Norm, NormSystem
from cbm.core.variables import NOW, SENT, ActInstance, AtHand, Timed, TimeOf, TurnOf
from cbm.records import replace
from cbm.syntax.ast import Relation


def in_turn(system: NormSystem) -> NormSystem:
    """The system in which what is forbidden until an act is done comes after it in turn."""
    norms = {identity: _norm_in_turn(norm) for identity, norm in system.norms.items()}
    waiting = any(norms[identity] is not norm for identity, norm in system.norms.items())
    return replace(system, norms=norms) if waiting else system


def _norm_in_turn(norm: Norm) -> Norm:
    if norm.modality is not Modality.PROHIBITION:
        return norm
    content = _content_in_turn(norm.content)
    return norm if content is norm.content else replace(norm, content=content)


def _content_in_turn(content: Expr) -> Expr:
    match content:
        case Not(Does() as done):
            waiting = _manner_in_turn(done.manner, ())
            return content if waiting is done.manner else negation(Does(done.act, done.role, waiting))
        case And(parts):
            return conjunction(*map(_content_in_turn, parts))
        case _:
            return content


def _manner_in_turn(manner: Expr, acts: tuple[Each, ...]) -> Expr:
    match manner:
        case Each(act, role, body):
            inside = _manner_in_turn(body, (*acts, manner))
            return manner if inside is body else Each(act, role, inside)
        case And(parts):
            return conjunction(*(_manner_in_turn(part, acts) for part in parts))
        case Or(parts):
            return disjunction(*(_manner_in_turn(part, acts) for part in parts))
        case Compare():
            waits = _waits_for(manner, acts)
            if waits is None:
                return manner
            begun, first = waits
            time = compare(of_variable(begun), Relation.EQUAL, of_variable(TimeOf(first)))
            turn = compare(of_variable(TurnOf(AtHand())), Relation.AT_MOST, of_variable(TurnOf(first)))
            return disjunction(manner, conjunction(time, turn))
        case _:
            return manner


def _waits_for(atom: Compare, acts: Iterable[Each]) -> tuple[Timed, ActInstance] | None:
    """When the doing at hand is begun and the act that it must not be begun before, where the atom says just that."""
    factors = {v: factor for factor, v in atom.terms}
    for each in acts:
        act = ActInstance(each.act, each.role)
        for begun in (NOW, SENT):
            if atom.order is Order.LESS and not atom.bound and factors == {begun: 1, TimeOf(act): -1}:
                return begun, act
    return None
