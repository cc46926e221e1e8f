"""Two meanings of one word to the condition under which they part."""

from __future__ import annotations

from cbm.core.expressions import Expr, conjunction, disjunction, negation
from cbm.core.linear import compare
from cbm.core.meanings import Meaning
from cbm.core.units import Powers
from cbm.records import Record
from cbm.resolve.quantities.quantity_arithmetic import turned
from cbm.syntax.ast import Relation


class AskedTerm(Record):
    """Whether a term of the text means something else in another document; or, if so, whether on every reading."""

    name: str
    document: str
    on_every: bool = False


def parting(one: Meaning, other: Meaning) -> Expr | None:
    """Where one condition holds and the other does not, or two quantities differ; None if they cannot be compared."""
    if one.condition is not None and other.condition is not None:
        return disjunction(
            conjunction(one.condition, negation(other.condition)), conjunction(negation(one.condition), other.condition)
        )
    if powers_of(one) != powers_of(other):
        return None
    return disjunction(
        *(
            conjunction(when, met, compare(turned(a), Relation.UNEQUAL, turned(b)))
            for when, a in one.rows
            for met, b in other.rows
        )
    )


def powers_of(meaning: Meaning) -> Powers | None:
    """The dimension of a quantity; None for a condition. The rows of a table are alike."""
    return meaning.rows[0][1].powers if meaning.rows else None
