"""Ground formula to SMT-LIB text: total over ground formulas, and readable, since the same text is exported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import assert_never

from cbm.core.expressions import (
    And,
    Compare,
    Flag,
    Formula,
    IsIn,
    Not,
    Or,
    Same,
    Truth,
)
from cbm.core.sorts import FlagSort, KindSort, NumberSort
from cbm.core.variables import (
    ActInstance,
    AtHand,
    Attribute,
    Auxiliary,
    ChannelOf,
    ClockOffset,
    Counterpart,
    Event,
    LanguageOf,
    Occurrence,
    Occurs,
    OtherTimes,
    Performed,
    Reading,
    ResultValue,
    SentAt,
    Stating,
    TimeOf,
    TurnOf,
    ValueAt,
    Variable,
    Wait,
    WeekNumber,
    WeekPlace,
    WeeksAway,
)

_LONG = 2_000  # characters of a term
_SIMPLE = re.compile(r"[A-Za-z_][A-Za-z0-9_.~-]*")


class Encoder:
    """Writes formulas over variables of a situation with these roles, and the declarations they need, once each."""

    def __init__(self, roles: tuple[str, ...]) -> None:
        self._roles = roles
        self._asked = ("text", roles)
        self._shared = next(word for word in _shared_words() if word not in roles)
        self._declared: set[str] = set()
        self._symbols: dict[Variable, str] = {}

    def declarations(self, variables: Iterable[Variable]) -> str:
        """Commands that declare what was not declared before, in order of occurrence."""
        commands: list[str] = []
        for variable in variables:
            symbol = self.symbol(variable)
            if symbol in self._declared:
                continue
            self._declared.add(symbol)
            commands.append(f"(declare-const {symbol} {self._sort(variable, commands)})")
        return "\n".join(commands)

    def bound(self, variables: Iterable[Variable]) -> tuple[str, str]:
        """Commands that declare the kinds of variables under a quantifier, once each; and how it binds them."""
        commands: list[str] = []
        binding = " ".join(f"({self.symbol(variable)} {self._sort(variable, commands)})" for variable in variables)
        return "\n".join(commands), f"({binding})"

    def symbol(self, variable: Variable) -> str:
        """`own.craft`, `|shared.time:start|`: whose it is, and what it says; no two variables have the same."""
        known = self._symbols.get(variable)
        if known is None:
            owner = self._shared if variable.role is None else self._roles[variable.role]
            known = self._symbols[variable] = quoted(f"{owner}.{_says(variable)}")
        return known

    def formula(self, expression: Formula) -> str:
        """The formula as one SMT-LIB term of sort Bool; it is kept with the formula, for all who name roles alike.

        A long one is put together of its parts each time: many formulas may have the same long part.
        """
        known: str | None = expression.kept(self._asked)
        if known is None:
            known = self._written(expression)
            if len(known) <= _LONG:
                expression.keep(self._asked, known)
        return known

    def _written(self, expression: Formula) -> str:
        """The formula as a term, put together of the terms of its parts."""
        match expression:
            case Truth(value):
                return "true" if value else "false"
            case Flag(variable):
                return self.symbol(variable)
            case IsIn(variable, members):
                return _any([f"(= {self.symbol(variable)} {member_symbol(variable.sort, m)})" for m in members])
            case Same(left, right):
                return f"(= {self.symbol(left)} {self.symbol(right)})"
            case Compare(terms, order, bound):
                return f"({order.value} {self._sum(terms)} {number(bound)})"
            case Not(operand):
                return f"(not {self.formula(operand)})"
            case And(parts):
                return f"(and {' '.join(map(self.formula, parts))})"
            case Or(parts):
                return f"(or {' '.join(map(self.formula, parts))})"
            case _:
                assert_never(expression)

    def _sum(self, terms: tuple[tuple[Fraction, Variable], ...]) -> str:
        written = [self._term(coefficient, variable) for coefficient, variable in terms]
        return written[0] if len(written) == 1 else f"(+ {' '.join(written)})"

    def _term(self, coefficient: Fraction, variable: Variable) -> str:
        symbol = self.symbol(variable)
        if isinstance(variable.sort, NumberSort) and variable.sort.whole:
            symbol = f"(to_real {symbol})"
        return symbol if coefficient == 1 else f"(* {number(coefficient)} {symbol})"

    def _sort(self, variable: Variable, commands: list[str]) -> str:
        match variable.sort:
            case FlagSort():
                return "Bool"
            case NumberSort() as sort:
                return "Int" if sort.whole else "Real"
            case KindSort(name, members) as sort:
                symbol = quoted(f"kind.{name}")
                if f"sort {symbol}" not in self._declared:
                    self._declared.add(f"sort {symbol}")
                    constructors = " ".join(f"({member_symbol(sort, m)})" for m in members)
                    commands.append(f"(declare-datatypes (({symbol} 0)) (({constructors})))")
                return symbol
            case _:
                assert_never(variable.sort)


def _shared_words() -> Iterator[str]:
    """What the units share is said to be of `shared`, unless a role is called so."""
    word = "shared"
    while True:
        yield word
        word += "_"


def _says(variable: Variable) -> str:
    """What a variable says, in marks that no name of the language contains: `:`, `/`, `@`, `#`, `~`."""
    match variable:
        case Attribute(name):
            return name
        case ResultValue(name):
            return f"result:{name}"
        case ValueAt(attribute, _, at):
            return f"value:{attribute}@{'' if isinstance(at, OtherTimes) else _event(at)}"
        case Occurs(event):
            return f"occurs:{_event(event)}"
        case Performed(event):
            return f"does:{_event(event)}"
        case TimeOf(event):
            return f"time:{_event(event)}"
        case SentAt(event):
            return f"sent:{_event(event)}"
        case WeekPlace(event):
            return f"in-week:{_event(event)}"
        case WeekNumber(event):
            return f"week:{_event(event)}"
        case WeeksAway(event):
            return f"weeks-away:{_event(event)}"
        case TurnOf(event):
            return f"turn:{_event(event)}"
        case ClockOffset(event, number, zone):
            return f"clock:{_event(event)}:{number}:{zone}"
        case Stating(event, item):
            return f"states:{_event(event)}:{item}"
        case ChannelOf(event):
            return f"channel:{_event(event)}"
        case LanguageOf(event):
            return f"language:{_event(event)}"
        case Wait(channel, number):
            return f"wait:{channel}:{number + 1}"
        case Reading(term, document):
            return f"reading:{term}:{document}" + (f":{variable.reader}" if variable.party else "")
        case Counterpart(other, side):
            return f"{_says(other)}~{side}"
        case Auxiliary(purpose, key):
            return f"{purpose.value}!{key if isinstance(key, int) else _says(key)}"
        case _:
            assert_never(variable)


def _event(event: Event) -> str:
    match event:
        case Occurrence(moment, number):
            return moment if number == 1 else f"{moment}#{number}"
        case ActInstance(act, _, number):
            return act if number is None else f"{act}#{number}"
        case AtHand():
            return ""
        case _:
            assert_never(event)


def member_symbol(sort: object, member: str) -> str:
    """A member together with its kind, since two kinds may share a name."""
    assert isinstance(sort, KindSort)
    return quoted(f"{sort.name}.{member}")


def number(value: Fraction) -> str:
    """An exact rational of sort Real."""
    above, below = value.numerator, value.denominator
    text = f"{abs(above)}.0" if below == 1 else f"(/ {abs(above)}.0 {below}.0)"
    return text if above >= 0 else f"(- {text})"


def quoted(name: str) -> str:
    """An SMT-LIB symbol; names of the language never contain `|` or a backslash."""
    return name if _SIMPLE.fullmatch(name) else f"|{name}|"


def _any(parts: list[str]) -> str:
    if not parts:
        return "false"
    return parts[0] if len(parts) == 1 else f"(or {' '.join(parts)})"
