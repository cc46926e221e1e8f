"""Comparisons of quantities and of the members of an ordered kind, once it is known what both sides are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from cbm.core.expressions import Expr, conjunction, disjunction
from cbm.core.linear import compare, within
from cbm.core.meanings import Quantity
from cbm.core.sorts import KindSort
from cbm.resolve.faults import wrong_type
from cbm.resolve.names.paths import no_member
from cbm.resolve.quantities.quantity_arithmetic import (
    ANGLE_POWERS,
    Rows,
    alike,
    refuse_many_cases,
    size_together,
    turned,
)
from cbm.syntax import ast
from cbm.syntax.ast import Relation
from cbm.translation.saying import say


def compared(node: ast.Comparison, left: Rows, right: Rows) -> Expr:
    """left RELATION right, in each case of both; a Fault where they are no quantities of one sort, or angles."""
    alike(left, right, node.left, node.right)
    refuse_many_cases(node.span, size_together(left, right))
    if left[0][1].powers == ANGLE_POWERS and node.relation not in (Relation.EQUAL, Relation.UNEQUAL):
        raise wrong_type(
            node.span,
            say("an angle goes round and has no least or greatest value"),
            say("write a sector: `from 355 deg to 5 deg`"),
        )
    parts = [
        conjunction(when_a, when_b, compare(turned(a), node.relation, turned(b), a.unit or b.unit))
        for when_a, a in left
        for when_b, b in right
    ]
    return disjunction(*parts)


def members_compared(
    node: ast.Comparison, named: ast.Path, sort: KindSort, readers_words: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """`level >= ministry`: the members of an ordered kind that stand so to the one that is named."""
    if not sort.ordered and node.relation in (Relation.EQUAL, Relation.UNEQUAL):
        verb = "is" if node.relation is Relation.EQUAL else "is not"
        instead = f"{node.left.span.text} {verb} {named.span.text}"
        raise wrong_type(
            node.span,
            say(
                "values of `{kind}` are names: `{relation}` compares quantities", kind=sort.name, relation=node.relation
            ),
            say("write `{text}`", text=instead),
        )
    if not sort.ordered:
        raise wrong_type(
            node.span,
            say("the values of `{kind}` have no order", kind=sort.name),
            say("declare the kind with `<` between its values"),
        )
    member = named.parts[-1]
    if len(named.parts) > 1 or member.text not in sort.members:
        raise no_member(member, sort, readers_words)
    place = sort.members.index(member.text)
    return tuple(m for i, m in enumerate(sort.members) if _stands(i, node.relation, place))


def between(node: ast.Range, subject: Rows, low: Rows, high: Rows) -> Expr:
    """`subject from low to high`, in each case of the three: a range, or a sector if they are angles."""
    alike(subject, low, node.subject, node.low)
    alike(subject, high, node.subject, node.high)
    refuse_many_cases(node.span, size_together(subject, low, high))
    parts = [
        conjunction(when_a, when_b, when_c, _sector_or_range(node, a, b, c))
        for when_a, a in subject
        for when_b, b in low
        for when_c, c in high
    ]
    return disjunction(*parts)


def _sector_or_range(node: ast.Range, subject: Quantity, low: Quantity, high: Quantity) -> Expr:
    if subject.powers != ANGLE_POWERS:
        both_constant = low.sum.is_constant and high.sum.is_constant
        gap = high.sum.constant - low.sum.constant
        if both_constant and (gap < 0 or (gap == 0 and (node.low_open or node.high_open))):
            raise wrong_type(node.span, say("the range is empty: its lower bound is not below its upper one"))
        return within(
            subject.sum,
            low.sum,
            high.sum,
            low_open=node.low_open,
            high_open=node.high_open,
            units=(low.unit, high.unit),
        )
    if not (low.sum.is_constant and high.sum.is_constant):
        raise wrong_type(node.span, say("the ends of a sector must be fixed angles"))
    start, end = turned(low), turned(high)
    if start == end:
        raise wrong_type(node.span, say("the sector has no width or goes all the way round: give two different angles"))
    above = compare(subject.sum, Relation.MORE if node.low_open else Relation.AT_LEAST, start, low.unit)
    below = compare(subject.sum, Relation.LESS if node.high_open else Relation.AT_MOST, end, high.unit)
    return conjunction(above, below) if start.constant < end.constant else disjunction(above, below)


def _stands(index: int, relation: Relation, place: int) -> bool:
    match relation:
        case Relation.LESS:
            return index < place
        case Relation.AT_MOST:
            return index <= place
        case Relation.EQUAL:
            return index == place
        case Relation.UNEQUAL:
            return index != place
        case Relation.AT_LEAST:
            return index >= place
        case Relation.MORE:
            return index > place
        case _:
            assert_never(relation)
