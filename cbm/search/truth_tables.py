"""Formulas over a few flags as truth tables: which sets of them clash, without a solver.

A table is written as bits: bit i is set if the formula holds where the flags have the values that i is written with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import and_, or_

from cbm.core.expressions import And, Flag, Formula, Not, Or, Truth
from cbm.core.substitution import variables
from cbm.core.variables import Variable
from cbm.smt.index import bits

# With so many flags the tables have 256 entries; with more a solver is as quick.
FLAGS = 8
# More sets than this are not listed here: whoever asks has a limit of its own.
SETS = 200

Members = frozenset[int]


def smallest_clashes(formulas: Sequence[Formula], required: Sequence[Formula]) -> list[Members] | None:
    """The smallest sets of formulas that cannot hold together where all that is required holds.

    None where this is no way to find them: not all is said of flags, of few of them, or there are many sets.
    """
    everything = (*formulas, *required)
    flags = dict.fromkeys(v for formula in everything for v in variables(formula))
    if len(flags) > FLAGS:
        return None
    columns, full = _columns(list(flags)), (1 << (1 << len(flags))) - 1
    tables = [_table(formula, columns, full) for formula in everything]
    if any(table is None for table in tables):
        return None
    known = [table for table in tables if table is not None]
    wanted, allowed = known[: len(formulas)], reduce(and_, known[len(formulas) :], full)
    failing = {sum(1 << i for i, table in enumerate(wanted) if not table >> row & 1) for row in bits(allowed)}
    return _meeting_each(failing)


def _columns(flags: Sequence[Variable]) -> dict[Variable, int]:
    """The table of each flag itself."""
    rows = range(1 << len(flags))
    return {flag: sum(1 << row for row in rows if row >> place & 1) for place, flag in enumerate(flags)}


def _table(formula: Formula, columns: Mapping[Variable, int], full: int) -> int | None:
    match formula:
        case Truth(value):
            return full if value else 0
        case Flag(variable):
            return columns[variable]
        case Not(operand):
            table = _table(operand, columns, full)
            return None if table is None else full & ~table
        case And(parts) | Or(parts):
            tables = [_table(part, columns, full) for part in parts]
            known = [table for table in tables if table is not None]
            if len(known) < len(tables):
                return None
            return reduce(and_, known, full) if isinstance(formula, And) else reduce(or_, known, 0)
        case _:
            return None


def _meeting_each(failing: Iterable[int]) -> list[Members] | None:
    """The smallest sets that hold something of each: where a set fails in each row, it cannot hold (Berge 1989)."""
    smallest = [0]
    for row in sorted(failing, key=lambda numbers: (numbers.bit_count(), numbers)):
        longer = {known | 1 << i for known in smallest if not known & row for i in bits(row)}
        met = [known for known in smallest if known & row]
        smallest = met + [one for one in sorted(longer) if not any(one & known == known for known in met)]
        if len(smallest) > SETS:
            return None
    return [frozenset(bits(members)) for members in smallest]
