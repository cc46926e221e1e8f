"""Proposals that let the conditions of two clauses meet at one bound, so that it belongs to one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from cbm.core.expressions import NormId
from cbm.repair.editable_text import Proposal, Sheet
from cbm.source import Edit, Span
from cbm.syntax import ast
from cbm.syntax.ast import Relation
from cbm.translation.saying import say

# How each relation is written as a sign, and of how far apart two moments are.
_SIGN = re.compile(r"<=|>=|<|>")
_WORDS = re.compile(r"less than|more than|at least|at most")
_SPELT = {
    "less than": Relation.LESS,
    "at most": Relation.AT_MOST,
    "at least": Relation.AT_LEAST,
    "more than": Relation.MORE,
}
_OPPOSITE = {
    Relation.LESS: Relation.AT_LEAST,
    Relation.AT_MOST: Relation.MORE,
    Relation.AT_LEAST: Relation.LESS,
    Relation.MORE: Relation.AT_MOST,
}


@dataclass(frozen=True, slots=True)
class _SignedBound:
    """A clause speaks of a quantity up to a value, or from it on; `sign` and `value` are where that is written.

    `relation` is what holds of the quantity where the clause applies; in an exception (`excepted`) the opposite stands.
    """

    relation: Relation
    sign: Span
    value: Span
    whole: Span
    excepted: bool

    def meeting(self, other: _SignedBound) -> Iterator[Edit]:
        """The edits with which this one ends exactly where the other one begins."""
        wanted = _OPPOSITE[other.relation]
        written = _OPPOSITE[wanted] if self.excepted else wanted
        spelt = next((words for words, r in _SPELT.items() if r is written), "")
        sign = spelt if self.sign.text in _SPELT else written.value
        if self.sign.text != sign:
            yield Edit(self.sign, sign)
        if self.value.text != other.value.text:
            yield Edit(self.value, other.value.text)


def meeting(sheet: Sheet, norms: Sequence[NormId]) -> Iterator[Proposal]:
    """For each limit of a clause of the text: brought to each limit of another one that goes the other way."""
    for one, other in permutations(norms, 2):
        if one.document != sheet.system.subject:
            continue
        for own in _limits(sheet.clause(one)):
            for fixed in _limits(sheet.clause(other)):
                edits = tuple(own.meeting(fixed)) if _upwards(own) != _upwards(fixed) else ()
                if edits:
                    yield Proposal(
                        say(
                            "let {clause} say `{written}`",
                            clause=sheet.called(one),
                            written=_rewritten(own.whole, edits),
                        ),
                        edits,
                    )


def _upwards(limit: _SignedBound) -> bool:
    return limit.relation in (Relation.AT_LEAST, Relation.MORE)


def _limits(clause: ast.NormClause) -> Iterator[_SignedBound]:
    for condition in clause.conditions:
        yield from _limits_in(condition, excepted=False)
    for condition in clause.exceptions:
        yield from _limits_in(condition, excepted=True)


def _limits_in(condition: ast.Expression, excepted: bool) -> Iterator[_SignedBound]:
    match condition:
        case ast.Both(parts) | ast.Either(parts):
            for part in parts:
                yield from _limits_in(part, excepted)
        case ast.Negation(operand):
            yield from _limits_in(operand, not excepted)
        case ast.Comparison(relation, left, right) if relation in _OPPOSITE:
            yield from _limit(condition.span, left.span.end, relation, _SIGN, right.span, excepted)
        case ast.Apart(left, relation, ast.QuantityNode() as length) if relation in _OPPOSITE:
            yield from _limit(condition.span, left.span.end, relation, _WORDS, length.span, excepted)
        case _:
            pass


def _limit(
    whole: Span, start: int, relation: Relation, spelt: re.Pattern[str], value: Span, excepted: bool
) -> Iterator[_SignedBound]:
    found = spelt.search(whole.source.text, start, value.start)
    if found is not None:
        sign = Span(whole.source, found.start(), found.end())
        yield _SignedBound(_OPPOSITE[relation] if excepted else relation, sign, value, whole, excepted)


def _rewritten(whole: Span, edits: Sequence[Edit]) -> str:
    text = whole.text
    for edit in sorted(edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start - whole.start] + edit.replacement + text[edit.span.end - whole.start :]
    return text
