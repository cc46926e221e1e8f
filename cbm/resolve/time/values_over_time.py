"""What attributes over time are at a moment, or when something is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cbm.core.episodes import Moment
from cbm.core.expressions import Expr
from cbm.core.variables import ActInstance, AtHand, Occurrence, Variable, value_at
from cbm.records import replace
from cbm.resolve.faults import undefined, wrong_type
from cbm.resolve.paths import split
from cbm.resolve.scope import Scope
from cbm.resolve.time.windows import ActPoint, for_some, point_of
from cbm.syntax import ast


def read_variable(scope: Scope, node: ast.ValueAtNode, at_hand: Callable[[ActPoint], bool]) -> Variable:
    """The variable of what is read; `at_hand` tells whether a doing is the one that a manner describes."""
    role, name = split(scope, node.attribute)
    attribute = scope.over_time.get(name.text)
    if attribute is None:
        if name.text in scope.attributes:
            message = f"`{name.text}` has one value for the whole encounter"
            raise wrong_type(node.span, message, "leave `at …` out, or declare it `over time`")
        raise undefined("attribute over time", name.text, name.span, scope.over_time)
    if (attribute.role is None) != (role is None):
        whose = "is shared by the units" if attribute.role is None else "belongs to each unit: say whose"
        raise wrong_type(node.attribute.span, f"`{name.text}` {whose}")
    attribute = attribute if role is None else replace(attribute, role=role)
    point = point_of(scope, node.when)
    match point:
        case Moment(moment, _, times):
            if times > 1:
                raise wrong_type(node.span, f"`{moment}` may occur several times: what is read then is no one value")
            return value_at(attribute, Occurrence(moment))
        case ActPoint():
            if at_hand(point):
                return value_at(attribute, AtHand())
            if role is not None:
                raise wrong_type(node.span, "what each unit has of its own can be read at moments only")
            return value_at(attribute, ActInstance(point.act, point.role))


def acts_read(scope: Scope, node: ast.Expression) -> Iterator[ActPoint]:
    """The doings at which a single condition reads something."""
    match node:
        case ast.ValueAtNode(_, when):
            point = point_of(scope, when)
            if isinstance(point, ActPoint):
                yield point
        case ast.Comparison(_, left, right) | ast.Arithmetic(_, left, right):
            yield from acts_read(scope, left)
            yield from acts_read(scope, right)
        case ast.Range(subject, low, _, high):
            for part in (subject, low, high):
                yield from acts_read(scope, part)
        case ast.Negative(part) | ast.Is(part) | ast.In(part):
            yield from acts_read(scope, part)
        case _:
            return


def acts_spoken_of(scope: Scope, node: ast.Expression) -> Iterator[ActPoint]:
    """The doings at which a condition reads something anywhere."""
    match node:
        case ast.Both(parts) | ast.Either(parts):
            for part in parts:
                yield from acts_spoken_of(scope, part)
        case ast.Negation(operand):
            yield from acts_spoken_of(scope, operand)
        case ast.Implication(left, right):
            yield from acts_spoken_of(scope, left)
            yield from acts_spoken_of(scope, right)
        case _:
            yield from acts_read(scope, node)


def atom_of_some(point: ActPoint, atom: Expr) -> Expr:
    """That the atom holds of some doing."""
    return for_some(point, lambda _: atom)
