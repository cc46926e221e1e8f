"""The time line of a situation: its moments and what attributes over time read then, as attributes and axioms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import assert_never

from cbm.core.episodes import Axiom
from cbm.core.expressions import (
    FLAG,
    WEEK,
    Expr,
    Flag,
    FlagSort,
    KindSort,
    NumberSort,
    Variable,
    conjunction,
    disjunction,
    negation,
    place_in_week,
    time_of_moment,
    value_at,
    week_of_point,
)
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.roles import same
from cbm.records import replace
from cbm.resolve.scope import Scope
from cbm.resolve.time.dates import dated
from cbm.syntax.ast import Relation

OTHER_TIMES = "other times"


def add_time_line(scope: Scope) -> None:
    """Adds to the scope what its moments and its attributes over time stand for."""
    for moment in scope.moments.values():
        for number, name in enumerate(moment.occurrences, start=1):
            title = moment.title if number == 1 else f"{moment.title} (number {number})"
            scope.attributes[name] = Variable(name, None, FLAG)
            scope.attributes[f"{name} at"] = time_of_moment(name)
            scope.titles[f"attribute {name}"] = f"{title} occurs"
            scope.titles[f"not {name}"] = f"{title} does not occur"
            scope.titles[f"attribute {name} at"] = title
    for attribute in scope.over_time.values():
        for when in (*_read_at(scope), OTHER_TIMES):
            read = value_at(attribute, when)
            scope.attributes[read.name] = read
            if attribute.name in scope.units:
                scope.units[read.name] = scope.units[attribute.name]
    for channel in scope.channels.values():
        for number, delay in enumerate(channel.delays):
            waits = channel.delay(number)
            scope.attributes[waits.name] = waits
            scope.titles[f"attribute {waits.name}"] = f"delay of {channel.title}: {delay.title}"
    if any(channel.hours for channel in scope.channels.values()):
        add_weeks(scope)
    scope.axioms.extend(Axiom("", condition, rotates=False) for condition in _in_order(scope))
    scope.axioms.extend(dated(moment, moment.on) for moment in scope.moments.values() if moment.on)
    scope.axioms.extend(Axiom("", condition, rotates=True) for condition in _one_value_at_one_time(scope))


def add_weeks(scope: Scope) -> None:
    """Adds where in its week each moment lies, unless it is known."""
    if scope.weeks:
        return
    scope.weeks.append(True)
    for moment in scope.moments.values():
        for name in moment.occurrences:
            scope.axioms.append(Axiom("", _placed(scope, time_of_moment(name)), rotates=False))
            for known in (scope, *scope.others.values()):
                known.titles[f"attribute {name} in the week"] = f"day and time of {moment.title}"
                known.titles[f"attribute {name} week"] = f"week of {moment.title}"


def add_clocks(scope: Scope, locally: Iterable[Scope]) -> None:
    """Adds what clocks show around points in time, as far as texts have asked for it; titles for each text too."""
    known = (scope, *locally)
    for point in scope.clocks.points():
        week = week_of_point(point)
        tied = [week, *(ahead for (other, _), ahead in scope.clocks.ahead.items() if other == point)]
        for variable in tied:
            seen = variable if variable.role is None else replace(variable, role=0)
            scope.attributes.setdefault(seen.name, seen)
            title = f"week of {scope.titles.get(f'attribute {point.name}', point.name.removesuffix(' at'))}"
            if variable != week:
                zone = variable.name.rpartition(" ")[2]
                title = f"clocks in {zone} ahead of UTC"
            for text in known:
                text.titles[f"attribute {variable.name}"] = title
    scope.axioms.extend(scope.clocks.axioms(scope.interchangeable))
    first = next(iter(scope.moments.values()), None)
    if scope.weeks and first and not scope.clocks.ahead and not any(moment.on for moment in scope.moments.values()):
        # One week is like the other: times are counted from the Monday before the first moment.
        beginning = compare(of_variable(week_of_point(time_of_moment(first.name))), Relation.EQUAL, Sum())
        scope.axioms.append(Axiom("", beginning, rotates=False))


def _placed(scope: Scope, time: Variable) -> Expr:
    """The time is a whole number of weeks and its place in the week."""
    within, week = place_in_week(time), week_of_point(time)
    scope.attributes[within.name], scope.attributes[week.name] = within, week
    weeks = of_variable(week).times(WEEK)
    return conjunction(
        compare(of_variable(time), Relation.EQUAL, of_variable(within).plus(weeks)),
        compare(of_variable(within), Relation.LESS, Sum((), WEEK)),
    )


def _read_at(scope: Scope) -> list[str]:
    """The moments at which something can be read: those that occur once at most."""
    return [moment.name for moment in scope.moments.values() if moment.times == 1]


def _in_order(scope: Scope) -> Iterator[Expr]:
    """A moment occurs again only after it has occurred before."""
    for moment in scope.moments.values():
        for before, after in pairwise(moment.occurrences):
            later = compare(of_variable(time_of_moment(before)), Relation.LESS, of_variable(time_of_moment(after)))
            yield disjunction(negation(_occurs(after)), conjunction(_occurs(before), later))


def _one_value_at_one_time(scope: Scope) -> Iterator[Expr]:
    """What is read at two moments that fall together is the same."""
    for one, other in combinations(_read_at(scope), 2):
        times = (of_variable(time_of_moment(name)) for name in (one, other))
        together = conjunction(_occurs(one), _occurs(other), compare(next(times), Relation.EQUAL, next(times)))
        for attribute in scope.over_time.values():
            yield disjunction(negation(together), _equal(value_at(attribute, one), value_at(attribute, other)))


def _occurs(name: str) -> Expr:
    return Flag(Variable(name, None, FLAG))


def _equal(one: Variable, other: Variable) -> Expr:
    match one.sort:
        case FlagSort():
            both = conjunction(Flag(one), Flag(other))
            return disjunction(both, conjunction(negation(Flag(one)), negation(Flag(other))))
        case KindSort():
            return same(one, other)
        case NumberSort():
            return compare(of_variable(one), Relation.EQUAL, of_variable(other))
        case _:
            assert_never(one.sort)
