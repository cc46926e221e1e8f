"""What a clause says of the doings that its times are counted from: condition, exception and window mean the same one.

"When the distance at own.call is under 3 nmi it must announce upon own.call": what is owed is owed for each call that
was made from so near, and not for every call as soon as one was. So it is of the doings that a clause forbids: "it must
not fire unless own.notify is at least 24 h before own.fire" bars each shot without a notice of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from cbm.core.doing_at_hand import of_hand, speaks, unfolded
from cbm.core.expressions import FALSE, TRUE, Expr, conjunction, disjunction, negation
from cbm.core.norms import Guard
from cbm.core.substitution import parts_of
from cbm.records import Record, replace
from cbm.resolve.names.term_definitions import ActPoint
from cbm.resolve.time.windows import Point, for_all, occurs


class OneDoing(Record):
    """The conditions of a clause, and its exceptions, that speak of a doing which it forbids or counts a time from."""

    points: tuple[ActPoint, ...] = ()
    conditions: tuple[Expr, ...] = ()
    exceptions: tuple[Expr, ...] = ()
    at_hand: ActPoint | None = None  # of these, what the doing at hand is one of, inside its manner

    def forbidding(self, point: Point | None, counted: Iterable[Point]) -> OneDoing:
        """The same where the doing at hand is one of the point; where times are counted from it, these mean another."""
        barred = None if point in tuple(counted) else next((one for one in self.points if one == point), None)
        return replace(self, at_hand=barred)

    def meant(self, points: Iterable[Point]) -> Expr:
        """Of one doing of each of these: the clause means just these doings."""
        at = frozenset(points).intersection(self.points)
        return self._holding(at, lambda part: _speaks(part, at))

    def meant_at_hand(self, counted: Iterable[Point]) -> Expr:
        """Of the doing at hand: it is meant, as far as nothing is said of the points from which times count."""
        here, others = self.at_hand, tuple(counted)
        if here is None:
            return TRUE
        return self._holding(frozenset(), lambda part: _speaks(part, (here,)) and not _speaks(part, others))

    def _holding(self, at: frozenset[Point], wanted: Callable[[Expr], bool]) -> Expr:
        """The conditions that are wanted, without the exceptions that are, of one doing of each of these points."""
        required = (self._of_one(part, at) for part in self.conditions if wanted(part))
        return conjunction(*required, *(negation(self._of_one(part, at)) for part in self.exceptions if wanted(part)))

    def _of_one(self, part: Expr, at: frozenset[Point]) -> Expr:
        here, told = self.at_hand, _of_one(part, at)
        if here is None:
            return told
        return unfolded(told, lambda *it: ActPoint(*it) == here, lambda inside: of_hand(inside, here.act, here.role))

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
    return speaks(expression, lambda act, role: ActPoint(act, role) in points)


def _of_one(expression: Expr, points: Iterable[Point]) -> Expr:
    """The same of the one doing of each point that is spoken of, in place of every one or some of them."""
    return unfolded(expression, lambda act, role: ActPoint(act, role) in points, lambda body: body)


def _of_none(expression: Expr, points: Iterable[Point]) -> Expr:
    """The same where nothing of this is done."""
    return unfolded(expression, lambda act, role: ActPoint(act, role) in points, lambda _: TRUE)
