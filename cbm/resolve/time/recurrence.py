"""Duties that recur, `every 30 min from contact until clear`: time cut into stretches, with something to do in each.

From the beginning on, time is cut into stretches of the length written, one behind the other. A stretch ends where the
next one begins, and its end belongs to it: nothing that is done serves two of them. The first has its beginning too
(`from`), or has not (`after`). A stretch is owed once it is complete: the end of the duty does not come before the end
of the stretch. What never ends goes on; only the first stretches are looked at, so many as the author writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cbm.core.episodes import Moment
from cbm.core.expressions import Expr, conjunction, disjunction, negation
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.meanings import Quantity
from cbm.core.norms import Recurrence
from cbm.core.variables import Addressee, Variable
from cbm.records import Record
from cbm.resolve.faults import wrong_type
from cbm.resolve.names.scope import Scope
from cbm.resolve.quantities.quantity_arithmetic import Rows
from cbm.resolve.time.windows import Limit, Point, for_each, for_some, point_of
from cbm.syntax import ast
from cbm.syntax.ast import Connective, Modality, Relation
from cbm.translation.saying import say

# So many times are looked at where the author does not say.
USUAL = 3

At = Mapping[Point, Variable]
Limits = tuple[Limit, ...]


class Stretches(Record):
    """The stretches that a demand is cut into."""

    start: Point
    until: Point
    later: bool
    length: Quantity
    rows: Rows
    times: int
    window: ast.Recurring

    def limits(self, number: int) -> Limits:
        """Of the doing at hand: it is done in the stretch of this number (from 0)."""
        after = Relation.MORE if self.later or number else Relation.AT_LEAST
        return Limit(self.start, after, 1, self._many(number)), Limit(
            self.start, Relation.AT_MOST, 1, self._many(number + 1)
        )

    @property
    def begun(self) -> Limits:
        """What is sent for it is not sent before the duty begins."""
        return (Limit(self.start, Relation.MORE if self.later else Relation.AT_LEAST),)

    def owed(self, number: int, done: Callable[[At], Expr], meant: Expr) -> Expr:
        """`done` in this stretch, for each beginning of those meant, where it is complete."""
        passed = negation(meant)
        return for_each(self.start, lambda at: disjunction(passed, self._ended(at, number), done({self.start: at})))

    def happening(self) -> Expr:
        """There is something to be done: the first stretch is complete."""
        return for_some(self.start, lambda at: negation(self._ended(at, 0)))

    def _ended(self, start: Variable, number: int) -> Expr:
        """The duty ends after it has begun, and before the stretch is complete."""

        def between(end: Variable) -> Expr:
            since = of_variable(end).plus(of_variable(start), -1)
            complete = self.length.sum.times(number + 1)
            return conjunction(
                compare(since, Relation.AT_LEAST, Sum()), compare(since, Relation.LESS, complete, self.length.unit)
            )

        return for_some(self.until, between)

    def _many(self, number: int) -> Rows:
        ((given, one),) = self.rows
        return ((given, Quantity(one.sum.times(number), one.powers, one.unit)),)


def stretches_of(scope: Scope, demand: ast.DemandNode, length: Callable[[ast.Expression], Rows]) -> Stretches | None:
    """None where nothing recurs; a fault where `every` cannot be said of the demand."""
    window = next((w for w in demand.windows if isinstance(w, ast.Recurring)), None)
    if window is None:
        return None
    _check(demand, window)
    if isinstance(window.length, ast.DaysNode):
        message = say("what recurs is counted in lengths of time, not in days of the calendar")
        raise wrong_type(window.length.span, message, say("write `24 h` or `1 day`, which is 24 hours"))
    rows = length(window.length)
    quantity = rows[0][1]
    if len(rows) > 1 or not quantity.sum.is_constant:
        raise wrong_type(
            window.length.span,
            say("`{text}` is not fixed, as the time must be in which something recurs", text=window.length.span.text),
        )
    if not quantity.sum.constant:
        raise wrong_type(
            window.length.span, say("`{text}` is no time in which something can recur", text=window.length.span.text)
        )
    start, until = point_of(scope, window.start), point_of(scope, window.until)
    if start == until:
        raise wrong_type(window.span, say("`{text}` begins and ends at the same time", text=window.span.text))
    return Stretches(start, until, window.later, quantity, rows, window.times or USUAL, window)


def recurrence_of(
    known: Stretches,
    demand: ast.DemandNode,
    role: int,
    stretches: tuple[Expr, ...],
    through: tuple[str, ...],
    meant: Expr,
) -> Recurrence:
    """The same for who looks at an episode without the formulas; `meant` tells which beginnings count."""
    return Recurrence(
        start=_named(known.start),
        until=_named(known.until),
        later=known.later,
        length=known.length.sum.constant,
        times=known.times,
        role=role,
        acts=tuple(item.act.text for item in demand.items if isinstance(item, ast.ActItem)),
        each=demand.connective is Connective.EACH,
        states=(*(name.text for name in demand.stating), *(Addressee(name.text) for name in demand.recipients)),
        through=through,
        stretches=stretches,
        unit=known.length.unit,
        meant=meant,
        window=(known.window.span, known.window),
    )


def _check(demand: ast.DemandNode, window: ast.Recurring) -> None:
    if demand.modality is Modality.PROHIBITION:
        message = say("what is forbidden is forbidden throughout: `every` says how often something is owed")
        raise wrong_type(window.span, message, say("write `from … until …`, or ask for the act with `must`"))
    if demand.modality is not Modality.OBLIGATION:
        message = say("`every` says how often something is owed, and this clause leaves it free")
        raise wrong_type(window.span, message, say("leave it out, or write `must`"))
    other = next((w for w in demand.windows if w is not window), None)
    if other is not None:
        message = say(
            "`{text}` cannot be said beside `every`, which says by itself when it is done", text=other.span.text
        )
        raise wrong_type(other.span, message, say("write a clause of its own"))


def _named(point: Point) -> tuple[str, int | None]:
    return (point.name, None) if isinstance(point, Moment) else (point.act, point.role)
