"""What attributes over time are at a moment, or when something is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cbm.core.episodes import Moment
from cbm.core.expressions import Expr
from cbm.core.variables import ActInstance, AtHand, Occurrence, Variable, value_at
from cbm.records import Record, replace
from cbm.resolve.faults import undefined, wrong_type
from cbm.resolve.names.paths import split
from cbm.resolve.names.scope import Scope
from cbm.resolve.names.term_definitions import ActPoint, Definition
from cbm.resolve.time.windows import for_some, point_of
from cbm.syntax import ast
from cbm.translation.saying import say


def read_variable(scope: Scope, node: ast.ValueAtNode, at_hand: Callable[[ActPoint], bool]) -> Variable:
    """The variable of what is read; `at_hand` tells whether a doing is the one that a manner describes."""
    role, name = split(scope, node.attribute)
    attribute = scope.over_time.get(name.text)
    if attribute is None:
        if name.text in scope.attributes:
            message = say("`{text}` has one value for the whole encounter", text=name.text)
            raise wrong_type(node.span, message, say("leave `at …` out, or declare it `over time`"))
        raise undefined(say("attribute over time"), name.text, name.span, scope.over_time)
    if (attribute.role is None) != (role is None):
        raise wrong_type(
            node.attribute.span,
            say("`{text}` is shared by the units", text=name.text)
            if attribute.role is None
            else say("`{text}` belongs to each unit: say whose", text=name.text),
        )
    attribute = attribute if role is None else replace(attribute, role=role)
    point = point_of(scope, node.when)
    match point:
        case Moment(moment, _, times):
            if times > 1:
                raise wrong_type(
                    node.span,
                    say("`{moment}` may occur several times: what is read then is no one value", moment=moment),
                )
            return value_at(attribute, Occurrence(moment))
        case ActPoint():
            if at_hand(point):
                return value_at(attribute, AtHand())
            if role is not None:
                raise wrong_type(node.span, say("what each unit has of its own can be read at moments only"))
            return value_at(attribute, ActInstance(point.act, point.role))


class TermUse(Record):
    """The definition of a term that is named somewhere, from role 0, and the role of which it is said."""

    definition: Definition
    role: int
    is_quantity: bool


class ActsRead:
    """The doings of which conditions say when they are, or what is read then; a term says what its definition does.

    `used` finds the definition of what is named, if it is a plain term.
    """

    def __init__(self, scope: Scope, used: Callable[[ast.Expression], TermUse | None]) -> None:
        self._scope, self._used = scope, used

    def by_one(self, node: ast.Expression) -> Iterator[ActPoint]:
        """Those of a single condition, or of a quantity."""
        match node:
            case ast.ValueAtNode(_, when):
                point = point_of(self._scope, when)
                if isinstance(point, ActPoint):
                    yield point
            case ast.Apart(left=left, right=right):
                yield from (point for one in (left, right) if isinstance(point := point_of(self._scope, one), ActPoint))
            case ast.Comparison(_, left, right) | ast.Arithmetic(_, left, right):
                yield from self.by_one(left)
                yield from self.by_one(right)
            case ast.Range(subject, low, _, high):
                for part in (subject, low, high):
                    yield from self.by_one(part)
            case ast.Negative(part) | ast.Is(part) | ast.In(part):
                yield from self.by_one(part)
            case ast.Path():
                use = self._used(node)
                if use is not None and use.is_quantity:
                    yield from self._said_of(use.role, use.definition.by_one)
            case _:
                return

    def anywhere(self, node: ast.Expression) -> Iterator[ActPoint]:
        """Those of a condition that is put together from others."""
        match node:
            case ast.Both(parts) | ast.Either(parts):
                for part in parts:
                    yield from self.anywhere(part)
            case ast.Negation(operand):
                yield from self.anywhere(operand)
            case ast.Implication(left, right):
                yield from self.anywhere(left)
                yield from self.anywhere(right)
            case ast.Path() | ast.IsA() if (use := self._used(node)) is not None:
                yield from self._said_of(use.role, use.definition.anywhere)
            case _:
                yield from self.by_one(node)

    def in_definition(self, written: ast.Expression) -> Definition:
        """What a plain term says, with the doings that it speaks of."""
        return Definition(
            written, tuple(dict.fromkeys(self.by_one(written))), tuple(dict.fromkeys(self.anywhere(written)))
        )

    def _said_of(self, role: int, points: tuple[ActPoint, ...]) -> Iterator[ActPoint]:
        return (of_role(point, role, len(self._scope.roles)) for point in points)


def of_role(point: ActPoint, role: int, roles: int) -> ActPoint:
    """The point as it is meant where the term that speaks of it is said of a role."""
    return ActPoint(point.act, (point.role + role) % roles)


def atom_of_some(point: ActPoint, atom: Expr) -> Expr:
    """That the atom holds of some doing."""
    return for_some(point, lambda _: atom)
