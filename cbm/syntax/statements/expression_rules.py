"""Conditions and quantities: from what was read to the expressions of the tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cbm.records import Record, replace
from cbm.source import Span
from cbm.syntax.ast import (
    Apart,
    Arithmetic,
    Both,
    BoundBy,
    Comparison,
    Either,
    EmptyFigure,
    Expression,
    Implication,
    In,
    Is,
    IsA,
    Name,
    Negation,
    Negative,
    OccursNode,
    Path,
    Range,
    Relation,
    ValueAtNode,
)
from cbm.syntax.mistake import mistaken
from cbm.syntax.tokens import Names, References, Word
from cbm.translation.saying import say


class RangeEnd(Record):
    """One end of a range; `over` and `under` leave the value itself out."""

    value: Expression
    excluded: bool


def _path(span: Span, *parts: Name) -> Path:
    return Path(parts, span=span)


def _value_at(span: Span, attribute: Path, when: Path) -> ValueAtNode:
    return ValueAtNode(attribute, when, span=span)


def _occurs(span: Span, moment: Path) -> OccursNode:
    return OccursNode(moment, span=span)


def _is_ordered(span: Span, left: Expression, order: Word, right: Path) -> Apart:
    return Apart(_point(left), Relation.MORE, None, order.text == "after", right, span=span)


_HOW_FAR = {
    "less than": Relation.LESS,
    "at most": Relation.AT_MOST,
    "at least": Relation.AT_LEAST,
    "more than": Relation.MORE,
}


def _is_apart(span: Span, left: Expression, far: Word, length: Expression, order: Word, right: Path) -> Apart:
    return Apart(_point(left), _HOW_FAR[far.text], length, order.text == "after", right, span=span)


def _point(expression: Expression) -> Path:
    match expression:
        case Path():
            return expression
        case _:
            raise mistaken(
                expression.span,
                say("`{written}` is no point in time: name a moment or an act", written=expression.span.text),
            )


def _path_elsewhere(span: Span, *names: Name) -> Path:
    *parts, document = names
    return Path(tuple(parts), document, span=span)


def _bracketed(span: Span, inner: Expression) -> Expression:
    """The place of an expression in brackets includes them."""
    return replace(inner, span=span)


def _empty_figure(span: Span, *parts: Name | Expression) -> EmptyFigure:
    *name, low, high = parts
    called = next((part for part in name if isinstance(part, Name)), None)
    return EmptyFigure(called, low, high, span=span)  # type: ignore[arg-type]  # the grammar has expressions there


def _chain(_: Span, first: Expression, *rest: Word | Expression) -> Expression:
    """`a - b + c`, `a * b / c`: from left to right."""
    result = first
    for operator, operand in zip(rest[::2], rest[1::2], strict=True):
        assert isinstance(operator, Word)
        assert not isinstance(operand, Word)
        result = Arithmetic(operator.text, result, operand, span=result.span.to(operand.span))
    return result


def _negative(span: Span, _minus: Word, operand: Expression) -> Negative:
    return Negative(operand, span=span)


def _comparison(span: Span, left: Expression, relation: Word, right: Expression) -> Comparison:
    return Comparison(Relation(relation.text), left, right, span=span)


def _range(span: Span, subject: Expression, low: RangeEnd, high: RangeEnd) -> Range:
    return Range(subject, low.value, low.excluded, high.value, high.excluded, span=span)


def _included(_: Span, value: Expression) -> RangeEnd:
    return RangeEnd(value, excluded=False)


def _excluded(_: Span, _over_or_under: Word, value: Expression) -> RangeEnd:
    return RangeEnd(value, excluded=True)


def _is_value(span: Span, left: Expression, right: Path) -> Is:
    return Is(left, right, negated=False, span=span)


def _is_no_value(span: Span, left: Expression, _not: Word, right: Path) -> Is:
    return Is(left, right, negated=True, span=span)


def _is_noun(span: Span, left: Expression, noun: Name) -> IsA:
    return IsA(role_named(left, "is a"), noun, negated=False, span=span)


def _is_no_noun(span: Span, left: Expression, _not: Word, noun: Name) -> IsA:
    return IsA(role_named(left, "is not a"), noun, negated=True, span=span)


def _bound_by(span: Span, left: Expression, references: References) -> BoundBy:
    return BoundBy(role_named(left, "is bound by"), references, negated=False, span=span)


def _not_bound_by(span: Span, left: Expression, _not: Word, references: References) -> BoundBy:
    return BoundBy(role_named(left, "is not bound by"), references, negated=True, span=span)


def role_named(expression: Expression, words: str) -> Name:
    """The role that something is said of; a fault where it is no single name."""
    match expression:
        case Path((name,), None):
            return name
        case _:
            raise mistaken(
                expression.span,
                say(
                    "`{words}` is said of a role such as `own`, not of `{written}`",
                    words=words,
                    written=expression.span.text,
                ),
                say("write `is` without `a` to compare a value, as in `own.craft is warship`"),
            )


def _is_member(span: Span, left: Expression, members: Names) -> In:
    return In(left, members, negated=False, span=span)


def _is_no_member(span: Span, left: Expression, _not: Word, members: Names) -> In:
    return In(left, members, negated=True, span=span)


def _conjunction(span: Span, *parts: Expression) -> Both:
    return Both(parts, span=span)


def _disjunction(span: Span, *parts: Expression | Word) -> Either:
    return Either(tuple(part for part in parts if not isinstance(part, Word)), span=span)


def _both_or_neither(span: Span, *parts: Expression) -> Either:
    """`both a and b or neither`: all of them, or none."""
    none = Both(tuple(Negation(part, span=part.span) for part in parts), span=span)
    return Either((Both(parts, span=span), none), span=span)


def _negation(span: Span, _not: Word, operand: Expression) -> Negation:
    return Negation(operand, span=span)


def _implication(span: Span, left: Expression, right: Expression) -> Implication:
    return Implication(left, right, span=span)


BUILDERS: Mapping[str, Callable[..., object]] = {
    "path": _path,
    "value_at": _value_at,
    "occurs": _occurs,
    "is_ordered": _is_ordered,
    "is_apart": _is_apart,
    "path_elsewhere": _path_elsewhere,
    "bracketed": _bracketed,
    "empty_figure": _empty_figure,
    "sum": _chain,
    "product": _chain,
    "negative": _negative,
    "comparison": _comparison,
    "range": _range,
    "included": _included,
    "excluded": _excluded,
    "is_value": _is_value,
    "is_no_value": _is_no_value,
    "is_noun": _is_noun,
    "is_no_noun": _is_no_noun,
    "bound_by": _bound_by,
    "not_bound_by": _not_bound_by,
    "is_member": _is_member,
    "is_no_member": _is_no_member,
    "conjunction": _conjunction,
    "disjunction": _disjunction,
    "both_or_neither": _both_or_neither,
    "negation": _negation,
    "implication": _implication,
}
