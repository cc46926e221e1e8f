"""The time line of a situation: its moments and what attributes over time read then, as attributes and axioms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import combinations, pairwise

from cbm.core.episodes import Axiom, Moment
from cbm.core.expressions import Expr, Flag, conjunction, disjunction, negation
from cbm.core.linear import Sum, compare, equal, of_variable
from cbm.core.sorts import WEEK
from cbm.core.variables import (
    Occurrence,
    Occurs,
    OtherTimes,
    TimeOf,
    Variable,
    WeekNumber,
    WeekPlace,
    moment_flag,
    value_at,
)
from cbm.core.viewpoints import seen
from cbm.resolve.names.scope import Scope
from cbm.resolve.time.dates import dated
from cbm.syntax.ast import Relation
from cbm.translation.saying import say


def add_time_line(scope: Scope) -> None:
    """Adds to the scope what its moments and its attributes over time stand for."""
    for moment in scope.moments.values():
        scope.add(moment.name, moment_flag(moment.name))
        scope.entitle(("attribute", moment.name), partial(_occurs, scope, moment))
        scope.entitle(("not", moment.name), partial(_does_not_occur, scope, moment))
        for occurrence in moment.occurrences:
            scope.found |= dict.fromkeys((Occurs(occurrence), TimeOf(occurrence)))
    for attribute in scope.over_time.values():
        times: list[Occurrence | OtherTimes] = [*_read_at(scope), OtherTimes()]
        for when in times:
            read = value_at(attribute, when)
            scope.found[read] = None
            if attribute in scope.units:
                scope.units[read] = scope.units[attribute]
    if any(channel.hours for channel in scope.channels.values()):
        add_weeks(scope)
    scope.axioms.extend(Axiom("", condition, rotates=False) for condition in _in_order(scope))
    scope.axioms.extend(dated(moment, moment.on) for moment in scope.moments.values() if moment.on)
    scope.axioms.extend(Axiom("", condition, rotates=True) for condition in _one_value_at_one_time(scope))


def _occurs(scope: Scope, moment: Moment) -> str:
    return say("{title} occurs", title=scope.title(("moment", moment.name)))


def _does_not_occur(scope: Scope, moment: Moment) -> str:
    return say("{title} does not occur", title=scope.title(("moment", moment.name)))


def add_weeks(scope: Scope) -> None:
    """Adds where in its week each moment lies, unless it is known."""
    if scope.weeks:
        return
    scope.weeks.append(True)
    for moment in scope.moments.values():
        for occurrence in moment.occurrences:
            scope.axioms.append(Axiom("", _placed(scope, occurrence), rotates=False))


def add_clocks(scope: Scope) -> None:
    """Adds what clocks show around points in time, as far as texts have asked for it."""
    for point in scope.clocks.points():
        offsets = [offset for (event, _), offset in scope.clocks.ahead.items() if event == point]
        tied: list[Variable] = [WeekNumber(point), *offsets]
        for variable in tied:
            scope.found.setdefault(seen(variable, 0))
    scope.axioms.extend(scope.clocks.axioms(scope.interchangeable))
    first = next(iter(scope.moments.values()), None)
    if scope.weeks and first and not scope.clocks.ahead and not any(moment.on for moment in scope.moments.values()):
        # One week is like the other: times are counted from the Monday before the first moment.
        beginning = compare(of_variable(WeekNumber(Occurrence(first.name))), Relation.EQUAL, Sum())
        scope.axioms.append(Axiom("", beginning, rotates=False))


def _placed(scope: Scope, event: Occurrence) -> Expr:
    """The time is a whole number of weeks and its place in the week."""
    within, week = WeekPlace(event), WeekNumber(event)
    scope.found |= dict.fromkeys((within, week))
    weeks = of_variable(week).times(WEEK)
    return conjunction(
        compare(of_variable(TimeOf(event)), Relation.EQUAL, of_variable(within).plus(weeks)),
        compare(of_variable(within), Relation.LESS, Sum((), WEEK)),
    )


def _read_at(scope: Scope) -> list[Occurrence]:
    """The moments at which something can be read: those that occur once at most."""
    return [Occurrence(moment.name) for moment in scope.moments.values() if moment.times == 1]


def _in_order(scope: Scope) -> Iterator[Expr]:
    """A moment occurs again only after it has occurred before."""
    for moment in scope.moments.values():
        for before, after in pairwise(moment.occurrences):
            later = compare(of_variable(TimeOf(before)), Relation.LESS, of_variable(TimeOf(after)))
            yield disjunction(negation(Flag(Occurs(after))), conjunction(Flag(Occurs(before)), later))


def _one_value_at_one_time(scope: Scope) -> Iterator[Expr]:
    """What is read at two moments that fall together is the same."""
    for one, other in combinations(_read_at(scope), 2):
        at_once = compare(of_variable(TimeOf(one)), Relation.EQUAL, of_variable(TimeOf(other)))
        together = conjunction(Flag(Occurs(one)), Flag(Occurs(other)), at_once)
        for attribute in scope.over_time.values():
            yield disjunction(negation(together), equal(value_at(attribute, one), value_at(attribute, other)))
