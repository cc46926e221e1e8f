"""What words mean: a term is a condition, or a quantity that conditions choose among."""

from __future__ import annotations

from dataclasses import dataclass

from cbm.core.expressions import Expr
from cbm.core.linear import Sum
from cbm.core.units import Powers


@dataclass(frozen=True, slots=True)
class Quantity:
    """A linear sum with its dimension; `unit` is the author's, None where none was written."""

    sum: Sum
    powers: Powers
    unit: str | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a term means: a condition, or a quantity in rows whose conditions exclude each other."""

    condition: Expr | None
    rows: tuple[tuple[Expr, Quantity], ...]
