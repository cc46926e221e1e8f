"""When a demand is to be kept: its windows and exceptions to what the time of each doing has to meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cbm.semantics.core import TRUE, Expr, conjunction, negation
from cbm.semantics.expressions import Resolver
from cbm.semantics.faults import wrong_type
from cbm.semantics.times import (
    Limit,
    deadline,
    in_each_window,
    in_some_window,
    limits_of,
    not_yet,
    occurs,
    points_of,
)
from cbm.source import Span
from cbm.syntax import ast
from cbm.syntax.ast import Modality, Order

# What is forbidden until something happens is forbidden throughout if it never does.
_OPEN_ENDED = (Order.UNTIL, Order.BEFORE, Order.NOT_AFTER)


class Timing:
    """The times of one demand; `breached` is what was not kept, where the demand is owed instead."""

    def __init__(self, resolver: Resolver, demand: ast.Demand, breached: ast.Demand | None) -> None:
        self._resolver = resolver
        self._demand = demand
        _check(demand)
        breach = None
        if any(isinstance(w, ast.Within) and w.point is None for w in demand.windows) and breached is not None:
            breach = deadline([x for w in breached.windows for x in self._limits(w, None)], breached.span)
        self._windows = [(window, tuple(self._limits(window, breach))) for window in demand.windows]

    def owed(self, done: Callable[[Expr], Expr]) -> Expr:
        """`done` within the windows, for each occurrence of what these count from."""
        return in_each_window([limit for _, limits in self._windows for limit in limits], done)

    def forbidden(self) -> Callable[[ast.Item], Expr]:
        """For each item, what doing it must not be like: within the windows, and in no exception."""
        opened = [x for w, limits in self._windows if _is_open_ended(w) for x in limits]
        closed = [x for w, limits in self._windows if not _is_open_ended(w) for x in limits]
        when = conjunction(*map(not_yet, opened), in_some_window(closed) if closed else TRUE)
        return lambda item: conjunction(when, *(negation(self._excepted(e, item)) for e in self._demand.meanwhile))

    def _limits(self, window: ast.Window, breach: Limit | None) -> Iterator[Limit]:
        return limits_of(self._resolver.scope, window, self._resolver.duration, breach)

    def _excepted(self, exception: ast.At | ast.While, item: ast.Item) -> Expr:
        match exception:
            case ast.While(condition):
                act = item.act.text if isinstance(item, ast.ActItem) else None
                return self._resolver.while_doing(act).condition(condition)
            case ast.At():
                return in_some_window(tuple(self._limits(exception, None)))


def happening(resolver: Resolver, demand: ast.Demand) -> Iterator[tuple[Expr, Span]]:
    """That the points occur from which the windows of a duty, a permission or an exemption count."""
    if demand.modality is not Modality.PROHIBITION:
        for window in demand.windows:
            if not (isinstance(window, ast.Within) and window.point is None):
                for point in points_of(limits_of(resolver.scope, window, resolver.duration, None)):
                    yield occurs(point), window.span


def _is_open_ended(window: ast.Window) -> bool:
    return isinstance(window, ast.At) and window.order in _OPEN_ENDED


def _check(demand: ast.Demand) -> None:
    """Times belong to acts, and exceptions in time to prohibitions."""
    first = next(iter((*demand.windows, *demand.meanwhile)), None)
    if first is not None and any(isinstance(item, ast.KeepItem) for item in demand.items):
        message = "what is kept is kept throughout: a time can be given for acts only"
        raise wrong_type(first.span, message, "make the time a condition, or ask for an act")
    if demand.meanwhile and demand.modality is not Modality.PROHIBITION:
        place = demand.meanwhile[0].span
        words = " ".join(place.text.split()[:2])
        raise wrong_type(place, f"`{words}` limits what is forbidden, and this forbids nothing", "write `unless …`")
