"""What a clause says of the doings that its times are counted from: condition, exception and window mean the same one.

"When the distance at own.call is under 3 nmi it must announce upon own.call": what is owed is owed for each call that
was made from so near, and not for every call as soon as one was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from cbm.core.expressions import (
    FALSE,
    TRUE,
    And,
    Each,
    Expr,
    Not,
    Or,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.norms import Guard
from cbm.core.substitution import parts_of
from cbm.records import Record, replace
from cbm.resolve.names.term_definitions import ActPoint
from cbm.resolve.time.windows import Point, for_all, occurs


class OneDoing(Record):
    """The conditions of a clause, and its exceptions, that speak of a doing from which one of its times counts."""

    points: tuple[ActPoint, ...] = ()
    conditions: tuple[Expr, ...] = ()
    exceptions: tuple[Expr, ...] = ()

    def meant(self, points: Iterable[Point]) -> Expr:
        """Of one doing of each of these: the clause means just these doings."""
        at = frozenset(points).intersection(self.points)
        required = (_of_one(part, at) for part in self.conditions if _speaks(part, at))
        return conjunction(*required, *(negation(_of_one(part, at)) for part in self.exceptions if _speaks(part, at)))

    @property
    def says_nothing(self) -> bool:
        return not (self.conditions or self.exceptions)

    def guards(self, guards: Iterable[Guard]) -> Iterator[Guard]:
        """The conditions, each of which is met by some doings of which those before it hold as well."""
        before: list[Expr] = []
        for guard in guards:
            parts = parts_of(guard.condition)
            said = [part for part in parts if _speaks(part, self.points)]
            before += said
            together = (self._of_some(before),) if said else ()
            yield replace(guard, condition=conjunction(*(p for p in parts if p not in said), *together))

    def excepted(self, exceptions: Iterable[Guard], guards: Iterable[Guard]) -> Iterator[Guard]:
        """The exceptions from these conditions, each of which leaves nothing over of what those before it left."""
        met = [part for guard in guards for part in parts_of(guard.condition) if _speaks(part, self.points)]
        before: list[Expr] = []
        for guard in exceptions:
            if not _speaks(guard.condition, self.points):
                yield guard
                continue
            before.append(guard.condition)
            left = self._exists([*met, *map(negation, before)])
            yield replace(guard, condition=conjunction(self._of_some([*met, guard.condition]), negation(left)))

    def _of_some(self, parts: Sequence[Expr]) -> Expr:
        """All this of one doing of each point; where such an act is not done, what they say without it."""
        at = self._named(parts)
        if all(conjunction(*(_of_none(part, (point,)) for part in parts)) == FALSE for point in at):
            return self._exists(parts)
        return disjunction(conjunction(negation(conjunction(*map(occurs, at))), *parts), self._exists(parts))

    def _exists(self, parts: Sequence[Expr]) -> Expr:
        """All this of one doing of each point."""
        at = self._named(parts)
        return negation(for_all(at, lambda _: negation(conjunction(*(_of_one(part, at) for part in parts)))))

    def _named(self, parts: Sequence[Expr]) -> tuple[ActPoint, ...]:
        """The points of which they say something."""
        return tuple(point for point in self.points if any(_speaks(part, (point,)) for part in parts))


def one_doing(points: Iterable[Point], conditions: Iterable[Guard], exceptions: Iterable[Guard]) -> OneDoing:
    """What these say of the doings among the points."""
    doings = tuple(point for point in points if isinstance(point, ActPoint))
    parts = (part for guard in conditions for part in parts_of(guard.condition))
    return OneDoing(
        doings,
        tuple(part for part in parts if _speaks(part, doings)),
        tuple(guard.condition for guard in exceptions if _speaks(guard.condition, doings)),
    )


def _speaks(expression: Expr, points: Iterable[Point]) -> bool:
    """Whether it says something of the doings of one of the points."""
    match expression:
        case Each(act, role, body):
            return ActPoint(act, role) in points or _speaks(body, points)
        case Not(operand):
            return _speaks(operand, points)
        case And(parts) | Or(parts):
            return any(_speaks(part, points) for part in parts)
        case _:
            return False


def _of_one(expression: Expr, points: Iterable[Point]) -> Expr:
    """The same of the one doing of each point that is spoken of, in place of every one or some of them."""
    return _unfolded(expression, points, lambda body: body)


def _of_none(expression: Expr, points: Iterable[Point]) -> Expr:
    """The same where nothing of this is done."""
    return _unfolded(expression, points, lambda _: TRUE)


def _unfolded(expression: Expr, points: Iterable[Point], spoken: Callable[[Expr], Expr]) -> Expr:
    match expression:
        case Each(act, role, body):
            inside = _unfolded(body, points, spoken)
            return spoken(inside) if ActPoint(act, role) in points else Each(act, role, inside)
        case Not(operand):
            return negation(_unfolded(operand, points, spoken))
        case And(parts):
            return conjunction(*(_unfolded(part, points, spoken) for part in parts))
        case Or(parts):
            return disjunction(*(_unfolded(part, points, spoken) for part in parts))
        case _:
            return expression
