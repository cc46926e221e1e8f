"""A text with one option of a choice beside the same text with another one: what that changes, bearer by bearer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from cbm.comparison.meaning import TextPair, linked_with
from cbm.core.expressions import Formula, NormId
from cbm.core.negotiation import Negotiation
from cbm.core.substitution import Value, substitute
from cbm.core.variables import Variable
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import Record, replace


class OptionTaken(Record):
    """One option of a choice: its variable, and the value that stands for the option."""

    variable: Variable
    value: Value


def option_taken(negotiation: Negotiation, choice: int, option: int) -> OptionTaken:
    """The option of this number, counted from 0, of a choice."""
    return OptionTaken(negotiation.terms[choice].variable, negotiation.choices[choice].options[option].member)


def text_pairs(inquiry: Inquiry, one: OptionTaken, other: OptionTaken) -> Iterator[TextPair]:
    """For each bearer that the choice concerns, the clauses that hang together with it, as either option has them."""
    for about in inquiry.grounds:
        spoken = {n.norm.id for n in about.norms if any(one.variable in said.variables for said in _said(n))}
        near = linked_with(about, spoken)
        if near:
            among = [n for n in about.norms if n.norm.id in near]
            yield TextPair(*(_with(about, among, spoken, taken) for taken in (one, other)))


def changed_norms(pair: TextPair) -> frozenset[NormId]:
    """The norms that the one text has otherwise than the other."""
    return frozenset(n.norm.id for n, m in zip(pair.before.norms, pair.after.norms, strict=True) if n != m)


def _with(about: Ground, among: Iterable[GroundNorm], spoken: Collection[NormId], taken: OptionTaken) -> Ground:
    norms = tuple(_norm_with(n, taken) if n.norm.id in spoken else n for n in among)
    return replace(about, norms=norms)


def _norm_with(n: GroundNorm, taken: OptionTaken) -> GroundNorm:
    value = {taken.variable: taken.value}
    return replace(
        n,
        applicable=substitute(n.applicable, value),
        live=substitute(n.live, value),
        binds=substitute(n.binds, value),
        fulfilled=substitute(n.fulfilled, value),
        kept=substitute(n.kept, value),
        otherwise=tuple(substitute(said, value) for said in n.otherwise),
        owed=substitute(n.owed, value),
    )


def _said(n: GroundNorm) -> tuple[Formula, ...]:
    return n.applicable, n.live, n.binds, n.fulfilled, n.kept, *n.otherwise, n.owed
