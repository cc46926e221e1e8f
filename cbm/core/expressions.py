"""Conditions of the core language: sorts, variables, and expressions over them.

Expressions are written from the viewpoint of role 0; numbers are exact and in the base unit of their dimension
(m, m/s, s, deg, count).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

# ---- sorts


class Dimension(StrEnum):
    LENGTH = "length"
    SPEED = "speed"
    ANGLE = "angle"
    DURATION = "duration"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class FlagSort:
    """True or false."""


@dataclass(frozen=True, slots=True)
class KindSort:
    """A closed list of names, from least to greatest where `ordered`. Parties are the kind "party"."""

    name: str
    members: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class NumberSort:
    """A quantity in its base unit; bounds inclusive, None where there is none. Counts are whole numbers.

    Angles are 0 <= x < 360 and wrap: a range over 0 is two ranges.
    """

    dimension: Dimension
    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def whole(self) -> bool:
        return self.dimension is Dimension.COUNT


Sort = FlagSort | KindSort | NumberSort
FLAG = FlagSort()


class Origin(StrEnum):
    """Who brings a variable about."""

    SITUATION = "situation"  # found by the bearer
    READING = "reading"  # how a text is read: chosen before any situation, and the same in all of them
    RESULT = "result"  # brought about by the units, together (role None) or by one of them
    DOING = "doing"  # part of one doing of an act; exists only in ground formulas, and inside `Does` and `Each`

    @property
    def decided(self) -> bool:
        """Whether it is a matter of conduct."""
        return self in (Origin.RESULT, Origin.DOING)


@dataclass(frozen=True, slots=True)
class Variable:
    """An attribute of the situation, the reading of an open term, or a result; `role` is None for what is shared."""

    name: str
    role: int | None
    sort: Sort = field(compare=False)
    origin: Origin = field(default=Origin.SITUATION, compare=False)


# Times are seconds from a beginning that nobody knows: only how far apart two of them are says something.
TIME = NumberSort(Dimension.DURATION)
IN_WEEK = NumberSort(Dimension.DURATION, Fraction(0), Fraction(7 * 24 * 3600))
# Inside a manner: when the doing at hand is done.
NOW = Variable("now", None, TIME, Origin.DOING)


# Inside a manner: when the message of the doing at hand is sent; what is done through no channel is done at once.
SENT = Variable("sent", None, TIME, Origin.DOING)
WEEK = Fraction(7 * 24 * 3600)
# Where days and clocks matter times are seconds after this Monday 00:00 UTC, and weeks are numbered from it.
BEGINNING = date(2020, 1, 6)
WEEKS = NumberSort(Dimension.COUNT, Fraction(-2600), Fraction(2600))


def place_in_week(point: Variable) -> Variable:
    """How long after Monday 00:00 UTC a point in time lies, in its week."""
    return Variable(f"{point.name.removesuffix(' at')} in the week", point.role, IN_WEEK, point.origin)


def week_of_point(point: Variable) -> Variable:
    """The number of the week in which a point in time lies."""
    return Variable(f"{point.name.removesuffix(' at')} week", point.role, WEEKS)


def time_of_act(act: str, role: int) -> Variable:
    """When the role does the act: inside `Each`, the doing it speaks of."""
    return Variable(f"{act} at", role, TIME, Origin.DOING)


def is_time(variable: Variable) -> bool:
    """Whether it is the time of a moment or of a doing."""
    return variable.sort == TIME and (variable in (NOW, SENT) or variable.name.endswith((" at", " sent")))


def time_of_moment(moment: str) -> Variable:
    """When the moment occurs; of no meaning where it does not."""
    return Variable(f"{moment} at", None, TIME)


def value_at(attribute: Variable, at: str, role: int | None = None) -> Variable:
    """The value that an attribute over time has at a moment or, seen for the role, when it does an act.

    Inside a manner `now` names the doing at hand.
    """
    return Variable(f"{attribute.name} at {at}", attribute.role if role is None else role, attribute.sort)


# ---- expressions (all Boolean; numbers occur only inside Compare)


class Order(StrEnum):
    LESS = "<"
    AT_MOST = "<="
    EQUAL = "="


@dataclass(frozen=True, slots=True)
class Truth:
    value: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag that is set."""

    variable: Variable


@dataclass(frozen=True, slots=True)
class IsIn:
    """A variable of a kind has one of these members (in the kind's own order, without repetition)."""

    variable: Variable
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """Two variables of one kind have the same member."""

    left: Variable
    right: Variable


@dataclass(frozen=True, slots=True)
class Compare:
    """sum(coefficient * variable) ORDER bound; terms sorted, coefficients not zero, at least one term.

    `unit` is the unit the author wrote beside the bound, for messages.
    """

    terms: tuple[tuple[Fraction, Variable], ...]
    order: Order
    bound: Fraction
    unit: str | None = field(default=None, compare=False)

    def __hash__(self) -> int:
        """Quick to make: fractions take long."""
        return hash((self.order, self.bound.numerator, self.terms[0][1]))


@dataclass(frozen=True, slots=True)
class Does:
    """The role does the act at least once in a way that `manner` describes.

    `manner` may contain States, Through, Worded and the times of that doing (`NOW`, `SENT`), beside what is found.
    """

    act: str
    role: int
    manner: Expr = Truth(True)


@dataclass(frozen=True, slots=True)
class Each:
    """Every time the role does the act, `body` holds; there `time_of_act` is the time of that doing."""

    act: str
    role: int
    body: Expr


@dataclass(frozen=True, slots=True)
class States:
    """Of the doing at hand: its message states this item. Only inside a manner."""

    item: str


@dataclass(frozen=True, slots=True)
class Through:
    """Of the doing at hand: it is done through this channel. Only inside a manner."""

    channel: str


@dataclass(frozen=True, slots=True)
class Worded:
    """Of the doing at hand: its message is worded in this language. Only inside a manner."""

    language: str


@dataclass(frozen=True, slots=True)
class Works:
    """The channel serves on the date asked about: it is operational, not suspended, and no meeting that is overdue."""

    channel: str


@dataclass(frozen=True, slots=True, order=True)
class NormId:
    """A norm by its document and full label ("coc", "3.2")."""

    document: str
    label: str

    def __str__(self) -> str:
        return f"{self.document}:{self.label}"


@dataclass(frozen=True, slots=True)
class Binds:
    """The norm binds this role (live and not defeated)."""

    norm: NormId
    role: int


@dataclass(frozen=True, slots=True)
class Not:
    operand: Expr


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Expr, ...]


Expr = Truth | Flag | IsIn | Same | Compare | Does | Each | States | Through | Worded | Works | Binds | Not | And | Or
TRUE = Truth(True)
FALSE = Truth(False)


def conjunction(*parts: Expr) -> Expr:
    """All of these, flat, without what is trivially true; FALSE as soon as one part is."""
    flat: list[Expr] = []
    for part in parts:
        if isinstance(part, And):
            flat.extend(part.parts)
        elif not isinstance(part, Truth):
            flat.append(part)
        elif not part.value:
            return FALSE
    unique = tuple(dict.fromkeys(flat) if len(flat) > 1 else flat)
    if not unique:
        return TRUE
    return unique[0] if len(unique) == 1 else And(unique)


def disjunction(*parts: Expr) -> Expr:
    """At least one of these, flat, without what is trivially false; TRUE as soon as one part is."""
    flat: list[Expr] = []
    for part in parts:
        if isinstance(part, Or):
            flat.extend(part.parts)
        elif not isinstance(part, Truth):
            flat.append(part)
        elif part.value:
            return TRUE
    unique = tuple(dict.fromkeys(flat) if len(flat) > 1 else flat)
    if not unique:
        return FALSE
    return unique[0] if len(unique) == 1 else Or(unique)


def negation(part: Expr) -> Expr:
    """Not this; double negations and constants are folded."""
    if isinstance(part, Not):
        return part.operand
    if isinstance(part, Truth):
        return Truth(not part.value)
    return Not(part)
