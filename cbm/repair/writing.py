"""Conditions to the words of the language, as a drafter would write them; None for what it has no words for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cbm.core.expressions import And, Compare, Expr, Flag, IsIn, Not, Or, Order, Same
from cbm.core.norms import NormSystem
from cbm.core.sorts import TIME, Dimension, KindSort, NumberSort
from cbm.core.units import is_decimal, number_words, written
from cbm.core.variables import (
    ActInstance,
    Attribute,
    Event,
    Occurrence,
    Occurs,
    OtherTimes,
    Performed,
    ResultValue,
    Timed,
    TimeOf,
    ValueAt,
    Variable,
)
from cbm.core.viewpoints import seen
from cbm.resolve.names.scope import Scope


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes for one text; `nouns` are the terms that choose among the values of an attribute, by these values."""

    system: NormSystem
    nouns: Mapping[tuple[Variable, tuple[str, ...]], str]

    def either(self, cubes: Iterable[Sequence[Expr]]) -> str | None:
        """At least one of the sets of conditions, each of which holds as a whole."""
        written = [self.all(cube) for cube in cubes]
        return written[0] if len(written) == 1 else _listed(map(_bracketed, written), " or ")

    def all(self, literals: Iterable[Expr]) -> str | None:
        """All of the conditions."""
        written = [self._sector(*sides) if sides else self.condition(literal) for literal, sides in _paired(literals)]
        return written[0] if len(written) == 1 else _listed(map(_bracketed, written), " and ")

    def condition(self, literal: Expr) -> str | None:
        """One condition."""
        match literal:
            case Flag(variable):
                return _joined(self.path(variable), " occurs" if isinstance(variable, Occurs) else "")
            case IsIn(variable, members):
                return self._choice(variable, members, "")
            case Not(IsIn(variable, members)):
                return self._choice(variable, members, "not ")
            case Same(left, right):
                return _joined(self.path(left), " is ", self.path(right))
            case Not(Same(left, right)):
                return _joined(self.path(left), " is not ", self.path(right))
            case Compare():
                return self._comparison(literal)
            case And(parts):
                return self.all(parts)
            case Or(parts):
                return self.either((part,) for part in parts)
            case Not(operand):
                return _joined("not ", _bracketed(self.condition(operand)))
            case _:
                return None

    def path(self, variable: Variable) -> str | None:
        """`zone`, `own.distress`, `other.call`; None for parts of a doing and readings that none names."""
        match variable:
            case Attribute(name) | ResultValue(name) | Occurs(Occurrence(name, 1)):
                return name if variable.role is None else f"{self._role(variable.role)}.{name}"
            case Performed(ActInstance() as done):
                return self._point(done)
            case ValueAt(attribute, role, at) if not isinstance(at, OtherTimes):
                point = self._point(at)
                written = attribute if role is None else f"{self._role(role)}.{attribute}"
                return None if point is None else f"{written} at {point}"
            case _:
                return None

    def _point(self, event: Event) -> str | None:
        """`start`, `other.call`; None for a later time of a moment, and for one of several instances of an act."""
        match event:
            case Occurrence(moment, 1):
                return moment
            case ActInstance(act, role, None):
                return f"{self._role(role)}.{act}"
            case _:
                return None

    def units(self, variable: Variable, members: Sequence[str]) -> list[str] | None:
        """The fewest nouns that together say of a unit that it has one of these values; None if these are no nouns."""
        held = [v for v in self.system.situation.attributes if v.role is not None and isinstance(v.sort, KindSort)]
        left, found = dict.fromkeys(members), list[str]()
        whose = seen(variable, 0)
        choices = sorted((choice for known, choice in self.nouns if known == whose), key=len, reverse=True)
        for choice in choices:
            if len(choice) > 1 and set(choice) <= left.keys():
                found.append(self.nouns[whose, choice])
                left = {member: None for member in left if member not in choice}
        for member in left:
            if sum(member in v.sort.members for v in held if isinstance(v.sort, KindSort)) > 1:
                return None
        return [*found, *left]

    def _role(self, role: int) -> str:
        return self.system.situation.roles[role]

    def _choice(self, variable: Variable, members: tuple[str, ...], no: str) -> str | None:
        noun = self.nouns.get((seen(variable, 0), members))
        if noun is not None and variable.role is not None:
            return f"{no}{self._role(variable.role)}.{noun}"
        path = self.path(variable)
        if len(members) == 1:
            return _joined(path, f" is {no}", members[0])
        return _joined(path, f" {no}in (", ", ".join(members), ")")

    def _apart(self, compared: Compare) -> str | None:
        """How far apart two moments, or doings of the others, are."""
        if (
            len(compared.terms) != 2
            or compared.order is Order.EQUAL
            or compared.terms[0][0] + compared.terms[1][0] != 0
        ):
            return None
        (coefficient, first), (_, second) = compared.terms
        points = [self._point(v.event) if isinstance(v, TimeOf) else None for v in (first, second)]
        later, earlier = points if coefficient > 0 else reversed(points)
        limit, strict = compared.bound / abs(coefficient), compared.order is Order.LESS
        if not limit:
            return _joined(later, " is before ", earlier) if strict else _joined("not ", later, " is after ", earlier)
        length = self._quantity(abs(limit), compared, TIME.dimension)
        far = ("less than" if strict else "at most") if limit > 0 else ("more than" if strict else "at least")
        return _joined(later, f" is {far} ", length, " after " if limit > 0 else " before ", earlier)

    def _comparison(self, compared: Compare) -> str | None:
        first = compared.terms[0][1]
        if all(isinstance(v, Timed) for _, v in compared.terms):
            return self._apart(compared)
        if not isinstance(first.sort, NumberSort):
            return None
        dimension = first.sort.dimension
        if dimension is Dimension.ANGLE and compared.order is not Order.EQUAL:
            return self._sector(compared)
        left = [self._term(c, v) for c, v in compared.terms if c > 0]
        right = [self._term(-c, v) for c, v in compared.terms if c < 0]
        if compared.bound:
            (right if compared.bound > 0 else left).append(self._quantity(abs(compared.bound), compared, dimension))
        nothing = self._quantity(Fraction(0), compared, dimension)
        left, right = left or [nothing], right or [nothing]
        if len(compared.terms) == 1 and compared.terms[0][0] < 0:
            turned = {Order.LESS: " > ", Order.AT_MOST: " >= ", Order.EQUAL: " = "}
            return _joined(_sum(right), turned[compared.order], _sum(left))
        return _joined(_sum(left), f" {compared.order.value} ", _sum(right))

    def _term(self, coefficient: Fraction, variable: Variable) -> str | None:
        path = self.path(variable)
        if coefficient == 1 or path is None:
            return path
        return f"{number_words(coefficient)} * {path}" if is_decimal(coefficient) else None

    def _quantity(self, value: Fraction, compared: Compare, dimension: Dimension) -> str | None:
        unit = compared.unit or self.system.words.units.get(seen(compared.terms[0][1], 0))
        return written(value, unit, dimension)

    def _sector(self, *sides: Compare) -> str | None:
        """An angle that is bounded on one side goes up to the full turn, or begins at the bow."""
        low, high, variable = "0 deg", "under 360 deg", sides[0].terms[0][1]
        for side in sides:
            (coefficient, _), bound = side.terms[0], side.bound / side.terms[0][0]
            strict = side.order is Order.LESS
            if len(side.terms) > 1 or not is_decimal(bound):
                return None
            if bound == 0:  # a sector without width, or all but that
                return _joined(self.path(variable), " != 0 deg" if strict else " = 0 deg")
            edge = f"{number_words(bound)} deg"
            if coefficient < 0:
                low = f"over {edge}" if strict else edge
            else:
                high = f"under {edge}" if strict else edge
        return _joined(self.path(variable), f" from {low} to {high}")


def pen(system: NormSystem, scope: Scope) -> Pen:
    """A pen that knows the terms of the vocabularies."""
    nouns: dict[tuple[Variable, tuple[str, ...]], str] = {}
    for name, meaning in scope.terms.items():
        if isinstance(meaning.condition, IsIn) and meaning.condition.variable.role == 0:
            nouns.setdefault((meaning.condition.variable, meaning.condition.members), name)
    return Pen(system, nouns)


def _sum(parts: Iterable[str | None]) -> str | None:
    return _listed(parts, " + ")


def _paired(literals: Iterable[Expr]) -> Iterator[tuple[Expr, tuple[Compare, ...]]]:
    """Each condition; two that bound one angle from both sides come together, at the place of the first."""
    left = list(literals)
    while left:
        first = left.pop(0)
        other = next((o for o in left if _is_other_side(first, o)), None)
        if other is None:
            yield first, ()
        else:
            left.remove(other)
            assert isinstance(first, Compare)
            assert isinstance(other, Compare)
            yield first, (first, other)


def _is_other_side(one: Expr, other: Expr) -> bool:
    if not isinstance(one, Compare) or not isinstance(other, Compare) or Order.EQUAL in (one.order, other.order):
        return False
    (coefficient, variable), (opposite, same) = one.terms[0], other.terms[0]
    bounded = len(one.terms) == len(other.terms) == 1 and variable == same and coefficient * opposite < 0
    is_angle = isinstance(variable.sort, NumberSort) and variable.sort.dimension is Dimension.ANGLE
    return bounded and is_angle and bool(one.bound and other.bound)


def _joined(*parts: str | None) -> str | None:
    return _listed(parts, "")


def _listed(parts: Iterable[str | None], between: str) -> str | None:
    """All of them, and at least one; None if one has no words."""
    listed = list(parts)
    known = [part for part in listed if part is not None]
    return between.join(known) if known and len(known) == len(listed) else None


def _bracketed(text: str | None) -> str | None:
    return f"({text})" if text is not None and (" and " in text or " or " in text) else text
