"""What is asked of an example on a map so that a drawing of it, where one is made, can be read well."""

from __future__ import annotations

from fractions import Fraction

from cbm.core.expressions import Formula
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.norms import NormSystem
from cbm.core.viewpoints import seen
from cbm.syntax.ast import Relation
from cbm.wording.sketching import bearing_of, distance_of

# What is drawn best, where an example is free to be so: degrees from the bows, metres apart.
_BEARINGS, _APART, _AT_LEAST = (Fraction(30), Fraction(315)), Fraction(1852), Fraction(185)


def preferences(system: NormSystem) -> tuple[tuple[Formula, ...], ...]:
    """The best, the next best, nothing."""
    bearing, distance = bearing_of(system), distance_of(system)
    if bearing is None or distance is None:
        return ((),)
    turned = zip((0, 1), _BEARINGS, strict=True)
    well = [compare(of_variable(seen(bearing, r)), Relation.EQUAL, Sum((), value)) for r, value in turned]
    apart = compare(of_variable(distance), Relation.EQUAL, Sum((), _APART))
    near = compare(of_variable(distance), Relation.AT_LEAST, Sum((), _AT_LEAST))
    return ((*well, apart), (*well, near), (near,), ())
