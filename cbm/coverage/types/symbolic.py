"""Types of encounter as values of variables, one for each axis, so that formulas can speak of whole boxes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cbm.core.episodes import TermAxis
from cbm.core.expressions import And, Formula, IsIn, Not, Or, conjunction, disjunction, negation
from cbm.core.sorts import KindSort
from cbm.core.variables import Auxiliary, Purpose, Variable
from cbm.coverage.types.axes import FLAG_VALUES, Divider, Merged, literal, values_of
from cbm.coverage.types.thresholds import ScaledAxis
from cbm.records import Record
from cbm.search.implicants import Point


class TypeVariables(Record):
    """Types of encounter as values of variables, one for each axis.

    Variables that are axes stand for themselves; `telling` says how the others follow from a situation. `merged` are
    those in whose place, in formulas, a variable with fewer values stands.
    """

    variables: tuple[Variable, ...]
    telling: tuple[Formula, ...]
    merged: Mapping[Variable, tuple[Variable, Merged]]

    def point(self, positions: Sequence[int]) -> Point:
        """The variables at the type with these positions of values."""
        pairs = zip(self.variables, positions, strict=True)
        return {v: values_of(v)[p] if isinstance(v.sort, KindSort) else FLAG_VALUES[p] == "yes" for v, p in pairs}

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(len(values_of(variable)) for variable in self.variables)

    def box(self, sides: Sequence[Sequence[int]]) -> tuple[Formula, ...]:
        """That the type lies between the sides of a box."""
        pairs = [(v, values_of(v), side) for v, side in zip(self.variables, sides, strict=True)]
        return tuple(literal(v, tuple(known[p] for p in side)) for v, known, side in pairs if len(side) < len(known))

    def said(self, formulas: Iterable[Formula]) -> tuple[Formula, ...]:
        """The formulas, with what tells types in them."""
        return (*(self._said(formula) for formula in formulas), *self.telling)

    def _said(self, formula: Formula) -> Formula:
        match formula:
            case IsIn(variable, members) if variable in self.merged:
                fewer, axis = self.merged[variable]
                chosen = (
                    name for name, group in zip(values_of(fewer), axis.groups, strict=True) if group[0] in members
                )
                return IsIn(fewer, tuple(chosen))
            case Not(operand):
                return negation(self._said(operand))
            case And(parts):
                return conjunction(*map(self._said, parts))
            case Or(parts):
                return disjunction(*map(self._said, parts))
            case _:
                return formula


def type_variables(axes: Iterable[Divider], *, rewriting: bool = True) -> TypeVariables:
    """One variable for each axis, with the values of the axis.

    `rewriting`: formulas are said of them, which must not tell values that count as one apart.
    """
    chosen: list[Variable] = []
    telling: list[Formula] = []
    merged: dict[Variable, tuple[Variable, Merged]] = {}
    for place, axis in enumerate(axes):
        numbers = tuple(f"v{position}" for position in range(len(values_of(axis))))  # names of values may need quotes
        variable: Variable = Auxiliary(Purpose.TYPE, place, KindSort(f"types on axis {place + 1}", numbers))
        match axis:
            case Merged(original) if rewriting:
                merged[original] = (variable, axis)
            case Merged() | TermAxis() | ScaledAxis():
                for number, value in zip(numbers, values_of(axis), strict=True):
                    here, so = IsIn(variable, (number,)), literal(axis, (value,))
                    telling += [disjunction(negation(here), so), disjunction(here, negation(so))]
            case _:
                variable = axis
        chosen.append(variable)
    return TypeVariables(tuple(chosen), tuple(telling), merged)
