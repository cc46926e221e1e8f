"""What words mean: a term is a condition, or a quantity that conditions choose among."""

from __future__ import annotations

from cbm.core.expressions import Expr
from cbm.core.linear import Sum
from cbm.core.units import Powers
from cbm.records import Record


class Quantity(Record):
    """A linear sum with its dimension; `unit` is the author's, None where none was written."""

    sum: Sum
    powers: Powers
    unit: str | None


class Meaning(Record):
    """What a term means: a condition, or a quantity in rows whose conditions exclude each other."""

    condition: Expr | None
    rows: tuple[tuple[Expr, Quantity], ...]
