"""Situations that look alike up to a moment: what traps are told by.

What a unit finds is either there from the beginning (attributes, how terms are read) or comes in time: moments, what is
read at them, what the others do, and how long messages take, which is known when one arrives. The former is the same in
both situations; of the latter what happens before the moment is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from cbm.core.episodes import Channel
from cbm.core.expressions import FALSE, TRUE, Flag, Formula, conjunction, disjunction, negation
from cbm.core.linear import Sum, compare, equal, of_variable, within
from cbm.core.sorts import TIME
from cbm.core.substitution import Value, substitute
from cbm.core.variables import Auxiliary, Occurrence, Purpose, TimeOf, Variable
from cbm.records import Record
from cbm.search.implicants import Point
from cbm.search.world import copy_of
from cbm.syntax.ast import Relation

# Up to when two situations look alike.
CUT = Auxiliary(Purpose.CUT, 0, TIME)
# The tags of what belongs to the other situation, and of the conduct there.
ELSEWHERE, BEFORE = "elsewhere", "before"
_CLOSE = Fraction(60 * 24 * 3600)


class Happening(Record):
    """Something that a unit finds when it happens: whether it does, when, and what else is found then.

    Where `certain` holds of the bearer, it is known from the beginning whether it happens; where `foreseen`, all of it.
    """

    flag: Variable
    at: Variable
    with_it: tuple[Variable, ...] = ()
    certain: Formula = FALSE
    foreseen: Formula = FALSE

    @property
    def moment(self) -> str | None:
        """The moment that it is, if it is one."""
        event = self.at.event if isinstance(self.at, TimeOf) else None
        return event.moment if isinstance(event, Occurrence) else None

    @property
    def open(self) -> tuple[Variable, ...]:
        """What is not known before."""
        return (self.at, *self.with_it) if self.certain == TRUE else (self.flag, self.at, *self.with_it)

    def comes_at(self, cut: Value, one: Point, other: Point) -> bool:
        """Whether it happens then at the one point, and at the other one not, or not so."""
        told = (self.flag, self.at, *self.with_it)
        return one[self.flag] is True and one[self.at] == cut and [one[v] for v in told] != [other[v] for v in told]


class Pair(Record):
    """The situation at hand and another one that looks like it up to the cut.

    They differ in `happenings`, of which it depends on the `decisive` ones what is owed, or else in how long messages
    take through `channels`.
    """

    happenings: tuple[Happening, ...]
    decisive: tuple[Happening, ...]
    channels: tuple[Channel, ...] = ()

    def elsewhere(self, formula: Formula) -> Formula:
        """The formula said of the other situation."""
        return substitute(formula, {v: copy_of(v, ELSEWHERE) for v in self.differing})

    @property
    def differing(self) -> tuple[Variable, ...]:
        """What the two may differ in."""
        happening = (v for happening in self.happenings for v in happening.open)
        return (*happening, *(v for channel in self.channels for v in channel.waits))

    @property
    def differs(self) -> bool:
        """Whether it can depend on what they differ in what is owed."""
        return bool(self.decisive or self.channels)

    def alike(self) -> Iterator[Formula]:
        """The same happens before the cut, and what is foreseen is the same."""
        for happening in self.happenings:
            if happening.foreseen != FALSE:
                yield disjunction(negation(happening.foreseen), self._equal(happening))
            if happening.certain not in (TRUE, FALSE):
                yield disjunction(negation(happening.certain), equal(happening.flag, self.there(happening.flag)))
            flag, at = (self.there(v) for v in (happening.flag, happening.at))
            past, past_there = is_past(happening.flag, happening.at), is_past(flag, at)
            yield disjunction(negation(past), conjunction(past_there, self._equal(happening)))
            yield disjunction(negation(past_there), past)

    def cuts(self, several: Iterable[Happening]) -> Iterator[Formula]:
        """At the cut one of these happens in one of them, and not, or not so, in the other."""
        for happening in several:
            flag, at = (self.there(v) for v in (happening.flag, happening.at))
            here, there = _at_cut(happening.flag, happening.at), _at_cut(flag, at)
            same = conjunction(here, there, self._equal(happening))
            yield conjunction(disjunction(here, there), negation(same))

    def coming(self) -> Iterator[Formula]:
        """At the cut one of those on which it depends what is owed happens here, and not, or not so, there."""
        for happening in self.decisive:
            yield conjunction(*self.cuts((happening,)), _at_cut(happening.flag, happening.at))

    def differing_in_one_happening(self) -> Iterator[Formula]:
        """They differ in one of those on which it depends what is owed, at the cut, and in nothing else."""
        for happening in self.decisive:
            others = (self._equal(other) for other in self.happenings if other != happening)
            yield conjunction(*self.cuts((happening,)), *others)

    def _equal(self, happening: Happening) -> Formula:
        return conjunction(*(equal(v, self.there(v)) for v in happening.open))

    def there(self, variable: Variable) -> Variable:
        """What it is called in the other situation."""
        return copy_of(variable, ELSEWHERE) if variable in self.differing else variable


def either_apart(one: Variable, other: Variable, length: Fraction) -> Formula:
    """Two times are the same, or at least so far apart."""
    later = of_variable(other).plus(Sum((), length))
    earlier = of_variable(other).plus(Sum((), -length))
    return disjunction(
        equal(one, other),
        compare(of_variable(one), Relation.AT_LEAST, later),
        compare(of_variable(one), Relation.AT_MOST, earlier),
    )


def close_to_cut(time: Variable) -> Formula:
    """It lies within sixty days of the cut."""
    cut = of_variable(CUT)
    return within(of_variable(time), cut.plus(Sum((), -_CLOSE)), cut.plus(Sum((), _CLOSE)))


def is_past(flag: Variable, at: Variable) -> Formula:
    """It happens before the cut."""
    return conjunction(Flag(flag), is_earlier(at))


def is_earlier(at: Variable) -> Formula:
    """The time lies before the cut."""
    return compare(of_variable(at), Relation.LESS, of_variable(CUT))


def _at_cut(flag: Variable, at: Variable) -> Formula:
    return conjunction(Flag(flag), compare(of_variable(at), Relation.EQUAL, of_variable(CUT)))
