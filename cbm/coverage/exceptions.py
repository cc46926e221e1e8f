"""What exceptions leave of a clause: the types of encounter it speaks of, and those in which it still binds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from types import MappingProxyType

from cbm.core.episodes import Measured
from cbm.core.expressions import Formula, conjunction, disjunction
from cbm.core.sorts import NumberSort
from cbm.core.substitution import Value, substitute, variables
from cbm.core.variables import Variable
from cbm.coverage.governance import decided, types_with
from cbm.coverage.types.axes import Divider, dividers, values_of, variable_of
from cbm.coverage.types.grid import Types
from cbm.coverage.types.thresholds import comparisons, cuts, scaled
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground

# More types than this are not told apart for the sake of a share.
REFINED = 100_000


@dataclass(frozen=True, slots=True)
class RemainingTypes:
    """`spoken_of`: its conditions are met between units of its parties; `binding`: somewhere no exception applies.

    `whole`: no exception ever applies there. `kept` is the part of the types in which it binds when they are told
    apart by all that the exceptions ask about as well; None where they would be too many.
    """

    spoken_of: Types
    binding: Types
    whole: Types
    kept: Fraction | None


def excepted_in(about: Ground, n: GroundNorm, taken: Mapping[Variable, Value] = MappingProxyType({})) -> Formula:
    """Where some exception of a clause applies, with these options of a text under negotiation."""
    exceptions = (about.grounder.guard(exception, n.norm, about.bearer) for exception in n.norm.exceptions)
    return substitute(disjunction(*exceptions), taken)


def left_by_exceptions(
    about: Ground, n: GroundNorm, taken: Mapping[Variable, Value] = MappingProxyType({})
) -> RemainingTypes:
    """For a clause with exceptions, what is left of it; Undecided where a question was given up.

    `taken` are options of a text under negotiation, on which its exceptions depend.
    """
    grounder, axes = about.grounder, dividers(about)
    text, towards = about.system.texts[n.norm.id.document], grounder.between.towards(n.norm, about.bearer)
    between = conjunction(*grounder.joined(text, about.bearer, towards))
    guards = conjunction(*(grounder.guard(guard, n.norm, about.bearer) for guard in n.norm.guards), between)
    met, binds = substitute(guards, taken), substitute(conjunction(n.applicable, between), taken)
    excepted = excepted_in(about, n, taken)
    spoken_of = decided(types_with(about, axes, met))
    binding = decided(types_with(about, axes, binds, spoken_of))
    touched = decided(types_with(about, axes, conjunction(met, excepted), spoken_of))
    return RemainingTypes(spoken_of, binding, spoken_of - touched, _kept(about, _refined(axes, excepted), met, binds))


def _kept(about: Ground, axes: tuple[Divider, ...], met: Formula, binds: Formula) -> Fraction | None:
    if prod(len(values_of(axis)) for axis in axes) > REFINED:
        return None
    spoken_of = decided(types_with(about, axes, met))
    return Fraction(len(decided(types_with(about, axes, binds, spoken_of))), len(spoken_of)) if spoken_of else None


def _refined(axes: tuple[Divider, ...], excepted: Formula) -> tuple[Divider, ...]:
    """The axes, and an axis for each further attribute that the exceptions ask about."""
    return (*axes, *(_axis(variable, excepted) for variable in _further(axes, excepted)))


def _further(axes: tuple[Divider, ...], excepted: Formula) -> Iterable[Variable]:
    known = {variable_of(axis) for axis in axes}
    return [variable for variable in dict.fromkeys(variables(excepted)) if variable not in known]


def _axis(variable: Variable, excepted: Formula) -> Divider:
    if not isinstance(variable.sort, NumberSort):
        return variable
    axis = Measured("", ((Fraction(1), variable),))
    return scaled(axis, {place for compared in comparisons(excepted) for place in cuts(compared, axis.terms)})
