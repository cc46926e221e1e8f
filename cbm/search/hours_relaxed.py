"""What is asked for, as if every channel were open at all hours: less than what is asked for."""

from __future__ import annotations

from cbm.core.expressions import FALSE, TRUE, And, Compare, Formula, Not, Or, conjunction, disjunction, negation
from cbm.core.sorts import IN_WEEK, WEEKS


def beside_hours(demand: Formula) -> Formula:
    """The demand without what it says of places in the week: whatever conduct meets the demand meets this as well."""
    known: dict[tuple[int, bool], Formula] = {}

    def without(node: Formula, asked: bool) -> Formula:
        key = (id(node), asked)
        if key not in known:
            known[key] = _without(node, asked)
        return known[key]

    def _without(node: Formula, asked: bool) -> Formula:
        match node:
            case Compare(terms) if any(v.sort in (IN_WEEK, WEEKS) for _, v in terms):
                return TRUE if asked else FALSE
            case Not(operand):
                return negation(without(operand, not asked))
            case And(parts):
                return conjunction(*(without(part, asked) for part in parts))
            case Or(parts):
                return disjunction(*(without(part, asked) for part in parts))
            case _:
                return node

    return without(demand, asked=True)
