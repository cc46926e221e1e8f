"""What tells types of encounter apart: named values, flags, terms that hold or do not, quantities in stretches.

Values of a kind that nothing in any of the texts, axioms and cases tells apart are one value of the axis.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias, assert_never, overload

from cbm.core.episodes import Axis, Measured, TermAxis
from cbm.core.expressions import FALSE, TRUE, And, Does, Each, Expr, Flag, Formula, IsIn, Not, Or, Same, negation
from cbm.core.norms import NormSystem
from cbm.core.sorts import KindSort, NumberSort
from cbm.core.variables import Attribute, Occurs, Variable
from cbm.core.viewpoints import seen
from cbm.core.written import written
from cbm.coverage.types.thresholds import ScaledAxis, lying_in, scaled, thresholds
from cbm.ground.grounder import Grounder
from cbm.ground.grounding import Ground
from cbm.records import LATEST, Itself, Record

FLAG_VALUES = ("yes", "no")


class Merged(Record):
    """A variable of named values, some of which count as one: groups in the order of their first values."""

    variable: Attribute
    groups: tuple[tuple[str, ...], ...]


# An axis as types are told by it: a variable of named values or a flag, a ground condition, or a scale.
Divider: TypeAlias = "Variable | Merged | TermAxis[Formula] | ScaledAxis"


def dividers(about: Ground) -> tuple[Divider, ...]:
    """The axes of the situation, for the questions of one bearer; those asked for last are remembered."""
    return _dividers(Itself(about.grounder))


@lru_cache(maxsize=LATEST)
def _dividers(of: Itself[Grounder]) -> tuple[Divider, ...]:
    grounder = of.thing
    return tuple(_divider(axis, grounder.system, grounder) for axis in grounder.system.situation.axes)


def values_of(axis: Divider) -> tuple[str, ...]:
    """The names of the values of an axis, in order; several that count as one are called by the first."""
    match axis:
        case Merged(_, groups):
            return tuple(group[0] for group in groups)
        case TermAxis():
            return FLAG_VALUES
        case ScaledAxis(_, stretches):
            return tuple(stretch.name for stretch in stretches)
        case _:
            return _members(axis) or FLAG_VALUES


def all_values(axis: Divider) -> tuple[str, ...]:
    """The names of all values of an axis, also of those that count as one."""
    match axis:
        case Merged(variable):
            return _members(variable)
        case _:
            return values_of(axis)


def _members(variable: Variable) -> tuple[str, ...]:
    """The named values that it may have; none of a flag."""
    if isinstance(variable.sort, NumberSort):
        raise TypeError(f"{variable} is no axis: a quantity is told by a scale")
    return variable.sort.members if isinstance(variable.sort, KindSort) else ()


def members_of(axis: Divider, values: Iterable[str]) -> tuple[int, ...]:
    """The positions, among all values of the axis, of those that are meant by some names."""
    chosen = set(values)
    if isinstance(axis, Merged):
        chosen = {member for group in axis.groups if group[0] in chosen for member in group}
    return tuple(position for position, value in enumerate(all_values(axis)) if value in chosen)


def weights_of(axis: Divider) -> tuple[int, ...]:
    """How many values each value of the axis stands for."""
    return tuple(map(len, axis.groups)) if isinstance(axis, Merged) else (1,) * len(values_of(axis))


def variable_of(axis: Divider) -> Variable | None:
    """The variable that alone tells the value of the axis, if there is one."""
    match axis:
        case Merged(variable):
            return variable
        case ScaledAxis():
            return axis.variable
        case TermAxis():
            return None
        case _:
            return axis


def literal(axis: Divider, values: tuple[str, ...]) -> Formula:
    """The axis has one of these values, given in order."""
    match axis:
        case Merged(variable):
            known = all_values(axis)
            return IsIn(variable, tuple(known[position] for position in members_of(axis, values)))
        case TermAxis(_, condition):
            return _flag(condition, values)
        case ScaledAxis():
            return lying_in(axis, values)
        case _:
            return IsIn(axis, values) if _members(axis) else _flag(Flag(axis), values)


@overload
def atoms(expression: Formula) -> Iterator[Formula]: ...
@overload
def atoms(expression: Expr) -> Iterator[Expr]: ...
def atoms(expression: Expr) -> Iterator[Expr]:
    """What an expression is made of, without connectives."""
    match expression:
        case Not(operand) | Does(_, _, operand) | Each(_, _, operand):
            yield from atoms(operand)
        case And(parts) | Or(parts):
            for part in parts:
                yield from atoms(part)
        case _:
            yield expression


def _divider(axis: Axis, system: NormSystem, grounder: Grounder) -> Divider:
    match axis:
        case Attribute(sort=KindSort(_, members)) if not system.situation.tells_party(axis):
            groups = _groups(axis, members, system)
            return axis if len(groups) == len(members) else Merged(axis, groups)
        case Attribute() | Occurs():
            return axis
        case TermAxis(name, condition, term, role):
            return TermAxis(name, grounder.formula(condition), term, role)
        case Measured():
            return scaled(axis, thresholds(system, axis))
        case _:
            assert_never(axis)


def _groups(axis: Attribute, members: Sequence[str], system: NormSystem) -> tuple[tuple[str, ...], ...]:
    """The values of an attribute, of any unit, that nothing tells apart."""
    attribute = seen(axis, 0)
    choices: dict[tuple[str, ...], None] = {}
    told = (axis.condition for axis in system.situation.axes if isinstance(axis, TermAxis))
    for atom in (atom for expression in (*written(system), *told) for atom in atoms(expression)):
        match atom:
            case IsIn(variable, chosen) if seen(variable, 0) == attribute:
                choices[chosen] = None
            case Same(left, right) if attribute in (seen(left, 0), seen(right, 0)):
                return tuple((member,) for member in members)
            case _:
                pass
    found: dict[tuple[bool, ...], list[str]] = {}
    for member in members:
        found.setdefault(tuple(member in chosen for chosen in choices), []).append(member)
    return tuple(map(tuple, found.values()))


def _flag(condition: Formula, values: tuple[str, ...]) -> Formula:
    if len(values) == len(FLAG_VALUES):
        return TRUE
    return condition if "yes" in values else negation(condition) if values else FALSE
