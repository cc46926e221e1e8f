"""Conditions of the core language: expressions over variables, written from the viewpoint of role 0."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from operator import is_
from typing import Generic, Self, TypeAlias, TypeVar, Union, overload

from cbm.core.store import Stored, stored
from cbm.core.variables import MessagePart, Variable
from cbm.records import Record

# ---- expressions (all Boolean; numbers occur only inside Compare)


class Order(StrEnum):
    LESS = "<"
    AT_MOST = "<="
    EQUAL = "="


class _Node(Stored):
    """An expression; the same parts make the same object."""

    __slots__ = ("_variables",)
    _variables: tuple[Variable, ...]

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Every variable that it mentions, in order of first occurrence: those in the manner of an act too."""
        try:
            return self._variables
        except AttributeError:
            found = tuple(dict.fromkeys(self._mentioned()))
            object.__setattr__(self, "_variables", found)
            return found

    def _mentioned(self) -> Iterable[Variable]:
        return ()


@stored
class Truth(_Node):
    value: bool

    def __new__(cls, value: bool) -> Self:
        return cls._one(hash(("truth", value)), value)


TRUE = Truth(True)
FALSE = Truth(False)


@stored
class Flag(_Node):
    """A flag that is set."""

    variable: Variable

    def __new__(cls, variable: Variable) -> Self:
        return cls._one(hash(("flag", variable)), variable)

    def is_of(self, variable: Variable) -> bool:
        return _is_one(self.variable, variable)

    def _mentioned(self) -> Iterable[Variable]:
        return (self.variable,)


@stored
class IsIn(_Node):
    """A variable of a kind has one of these members (in the kind's own order, without repetition)."""

    variable: Variable
    members: tuple[str, ...]

    def __new__(cls, variable: Variable, members: tuple[str, ...]) -> Self:
        return cls._one(hash(("in", variable, members)), variable, members)

    def is_of(self, variable: Variable, members: tuple[str, ...]) -> bool:
        return self.members == members and _is_one(self.variable, variable)

    def _mentioned(self) -> Iterable[Variable]:
        return (self.variable,)


@stored
class Same(_Node):
    """Two variables of one kind have the same member."""

    left: Variable
    right: Variable

    def __new__(cls, left: Variable, right: Variable) -> Self:
        return cls._one(hash(("same", left, right)), left, right)

    def is_of(self, left: Variable, right: Variable) -> bool:
        return _is_one(self.left, left) and _is_one(self.right, right)

    def _mentioned(self) -> Iterable[Variable]:
        return (self.left, self.right)


@stored
class Compare(_Node):
    """sum(coefficient * variable) ORDER bound; terms sorted, coefficients not zero, at least one term.

    `unit` is the unit the author wrote beside the bound, for messages. Comparisons that differ in it alone are equal,
    and still two objects: what one author wrote is never shown as what another one did.
    """

    terms: tuple[tuple[Fraction, Variable], ...]
    order: Order
    bound: Fraction
    unit: str | None = None

    def __new__(
        cls, terms: tuple[tuple[Fraction, Variable], ...], order: Order, bound: Fraction, unit: str | None = None
    ) -> Self:
        # Not of the fractions, whose hashes take long.
        digest = hash((order.value, bound.numerator, bound.denominator, *(variable for _, variable in terms)))
        return cls._one(digest, terms, order, bound, unit)

    def is_of(
        self, terms: tuple[tuple[Fraction, Variable], ...], order: Order, bound: Fraction, unit: str | None
    ) -> bool:
        return (
            self.unit == unit
            and self.order is order
            and self.bound == bound
            and self.terms == terms
            and all(_is_one(one, other) for (_, one), (_, other) in zip(self.terms, terms, strict=True))
        )

    def _compared(self) -> tuple[object, ...]:
        return (self.terms, self.order, self.bound)

    def _mentioned(self) -> Iterable[Variable]:
        return [variable for _, variable in self.terms]


@stored
class Does(_Node):
    """The role does the act at least once in a way that `manner` describes.

    `manner` may contain States, Through, Worded and the times of that doing (`NOW`, `SENT`), beside what is found.
    """

    act: str
    role: int
    manner: Expr = TRUE

    def __new__(cls, act: str, role: int, manner: Expr = TRUE) -> Self:
        return cls._one(hash(("does", act, role, manner)), act, role, manner)

    def is_of(self, act: str, role: int, manner: Expr) -> bool:
        return self.manner is manner and self.act == act and self.role == role

    def _mentioned(self) -> Iterable[Variable]:
        return self.manner.variables


@stored
class Each(_Node):
    """Every time the role does the act, `body` holds; there `time_of_act` is the time of that doing."""

    act: str
    role: int
    body: Expr

    def __new__(cls, act: str, role: int, body: Expr) -> Self:
        return cls._one(hash(("each", act, role, body)), act, role, body)

    def is_of(self, act: str, role: int, body: Expr) -> bool:
        return self.body is body and self.act == act and self.role == role

    def _mentioned(self) -> Iterable[Variable]:
        return self.body.variables


@stored
class States(_Node):
    """Of the doing at hand: its message states this item, or is addressed to this party. Only inside a manner."""

    item: MessagePart

    def __new__(cls, item: MessagePart) -> Self:
        return cls._one(hash(("states", item)), item)


@stored
class Through(_Node):
    """Of the doing at hand: it is done through this channel. Only inside a manner."""

    channel: str

    def __new__(cls, channel: str) -> Self:
        return cls._one(hash(("through", channel)), channel)


@stored
class Worded(_Node):
    """Of the doing at hand: its message is worded in this language. Only inside a manner."""

    language: str

    def __new__(cls, language: str) -> Self:
        return cls._one(hash(("worded", language)), language)


@stored
class Works(_Node):
    """The channel serves on the date asked about: it is operational, not suspended, and no meeting that is overdue."""

    channel: str

    def __new__(cls, channel: str) -> Self:
        return cls._one(hash(("works", channel)), channel)


class NormId(Record, order=True):
    """A norm by its document and full label ("coc", "3.2").

    A clause that lists several acts is as many norms: `act` is what the clause calls the one that is meant. In text a
    norm is referred to by its clause. `wording` tells apart the wordings of a clause that is under negotiation, from 1;
    0: there is one only.
    """

    document: str
    label: str
    act: str = ""
    wording: int = 0

    @property
    def clause(self) -> NormId:
        """The clause it stands in, whatever else that lists."""
        return NormId(self.document, self.label, wording=self.wording) if self.act else self

    @property
    def exact(self) -> str:
        """In text, with the act that is meant where the clause lists several: "coc:3.2 (call)"."""
        return f"{self} ({self.act})" if self.act else str(self)

    @property
    def unworded(self) -> NormId:
        """The clause it stands in, however that is worded."""
        return NormId(self.document, self.label) if self.act or self.wording else self

    def __str__(self) -> str:
        return f"{self.document}:{self.label}" + (f" [{self.wording}]" if self.wording else "")


@stored
class Binds(_Node):
    """The norm binds this role (live and not defeated)."""

    norm: NormId
    role: int

    def __new__(cls, norm: NormId, role: int) -> Self:
        return cls._one(hash(("binds", norm, role)), norm, role)


Part = TypeVar("Part", bound="Expr", covariant=True)


@stored
class Not(_Node, Generic[Part]):
    operand: Part

    def __new__(cls, operand: Part) -> Self:
        return cls._one(hash(("not", operand)), operand)

    def is_of(self, operand: Expr) -> bool:
        return self.operand is operand

    def _mentioned(self) -> Iterable[Variable]:
        return self.operand.variables


@stored
class And(_Node, Generic[Part]):
    parts: tuple[Part, ...]

    def __new__(cls, parts: tuple[Part, ...]) -> Self:
        return cls._one(hash(("and", parts)), parts)

    def is_of(self, parts: tuple[Expr, ...]) -> bool:
        return len(self.parts) == len(parts) and all(map(is_, self.parts, parts))

    def _mentioned(self) -> Iterable[Variable]:
        return (variable for part in self.parts for variable in part.variables)


@stored
class Or(_Node, Generic[Part]):
    parts: tuple[Part, ...]

    def __new__(cls, parts: tuple[Part, ...]) -> Self:
        return cls._one(hash(("or", parts)), parts)

    def is_of(self, parts: tuple[Expr, ...]) -> bool:
        return len(self.parts) == len(parts) and all(map(is_, self.parts, parts))

    def _mentioned(self) -> Iterable[Variable]:
        return (variable for part in self.parts for variable in part.variables)


def _is_one(one: Variable, other: Variable) -> bool:
    """Whether they are the same in everything, and not only equal."""
    return one is other or (one == other and one.sort == other.sort and one.origin is other.origin)


# What a text says: also that something is done in some manner, or each time that it is done, and that a norm binds.
Expr: TypeAlias = Union[
    Truth,
    Flag,
    IsIn,
    Same,
    Compare,
    Does,
    Each,
    States,
    Through,
    Worded,
    Works,
    Binds,
    "Not[Expr]",
    "And[Expr]",
    "Or[Expr]",
]
# What is asked: what is done is flags, one for each act instance. Every such formula is an expression as well.
Formula: TypeAlias = Union[Truth, Flag, IsIn, Same, Compare, "Not[Formula]", "And[Formula]", "Or[Formula]"]
Kind = TypeVar("Kind", "Formula", "Expr")


@overload
def conjunction(*parts: Formula) -> Formula: ...
@overload
def conjunction(*parts: Expr) -> Expr: ...
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


@overload
def disjunction(*parts: Formula) -> Formula: ...
@overload
def disjunction(*parts: Expr) -> Expr: ...
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


@overload
def negation(part: Formula) -> Formula: ...
@overload
def negation(part: Expr) -> Expr: ...
def negation(part: Expr) -> Expr:
    """Not this; double negations and constants are folded."""
    if isinstance(part, Not):
        return part.operand
    if isinstance(part, Truth):
        return Truth(not part.value)
    return Not(part)
