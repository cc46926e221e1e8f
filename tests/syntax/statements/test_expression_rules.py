"""Conditions and quantities: how strongly each operator binds, and what every form means."""

from __future__ import annotations

import pytest

from cbm.syntax.ast import (
    Arithmetic,
    Both,
    BoundBy,
    Comparison,
    Either,
    Expression,
    Implication,
    In,
    Is,
    IsA,
    Negation,
    Negative,
    Range,
    Relation,
)
from tests.syntax.reading import NOWHERE, condition, name, names, path, quantity, reference

P, Q, R, D = path("p"), path("q"), path("r"), path("d")


def calculation(operator: str, left: Expression, right: Expression) -> Arithmetic:
    return Arithmetic(operator, left, right, span=NOWHERE)


def between(low: Expression, low_open: bool, high: Expression, high_open: bool) -> Range:
    return Range(D, low, low_open, high, high_open, span=NOWHERE)


FORMS: list[tuple[str, Expression]] = [
    ("p", P),
    ("own.p", path("own.p")),
    ("p and q and r", Both((P, Q, R), span=NOWHERE)),
    ("p or q or r", Either((P, Q, R), span=NOWHERE)),
    ("not p", Negation(P, span=NOWHERE)),
    ("p implies q", Implication(P, Q, span=NOWHERE)),
    (
        "both p and q or neither",
        Either(
            (
                Both((P, Q), span=NOWHERE),
                Both((Negation(P, span=NOWHERE), Negation(Q, span=NOWHERE)), span=NOWHERE),
            ),
            span=NOWHERE,
        ),
    ),
    ("own.p is r", Is(path("own.p"), R, negated=False, span=NOWHERE)),
    ("p is not other.r", Is(P, path("other.r"), negated=True, span=NOWHERE)),
    ("own is a ship", IsA(name("own"), name("ship"), negated=False, span=NOWHERE)),
    ("own is not an aircraft", IsA(name("own"), name("aircraft"), negated=True, span=NOWHERE)),
    ("p in (q)", In(P, names("q"), negated=False, span=NOWHERE)),
    ("own.p not in (q, r)", In(path("own.p"), names("q r"), negated=True, span=NOWHERE)),
    ("d < p", Comparison(Relation.LESS, D, P, span=NOWHERE)),
    ("d <= p", Comparison(Relation.AT_MOST, D, P, span=NOWHERE)),
    ("d = p", Comparison(Relation.EQUAL, D, P, span=NOWHERE)),
    ("d != p", Comparison(Relation.UNEQUAL, D, P, span=NOWHERE)),
    ("d >= p", Comparison(Relation.AT_LEAST, D, P, span=NOWHERE)),
    ("d > p", Comparison(Relation.MORE, D, P, span=NOWHERE)),
    ("d from p to q", between(P, False, Q, False)),
    ("d from over p to q", between(P, True, Q, False)),
    ("d from p to under q", between(P, False, Q, True)),
    ("d from over p to under q", between(P, True, Q, True)),
    ("own is bound by (3)", BoundBy(name("own"), (reference("3"),), negated=False, span=NOWHERE)),
    (
        "own is not bound by (13(a), 15 of colregs, 3.2, colregs)",
        BoundBy(
            name("own"),
            (reference("13(a)", "colregs"), reference("15", "colregs"), reference("3.2"), reference(None, "colregs")),
            negated=True,
            span=NOWHERE,
        ),
    ),
    # `and` binds closer than `implies`, `not` closer than `and`, comparisons closer than `not`.
    ("p and q implies q or r", Implication(Both((P, Q), span=NOWHERE), Either((Q, R), span=NOWHERE), span=NOWHERE)),
    ("not p and q", Both((Negation(P, span=NOWHERE), Q), span=NOWHERE)),
    ("not d < p", Negation(Comparison(Relation.LESS, D, P, span=NOWHERE), span=NOWHERE)),
    ("not (p and q)", Negation(Both((P, Q), span=NOWHERE), span=NOWHERE)),
    ("(p and q) or r", Either((Both((P, Q), span=NOWHERE), R), span=NOWHERE)),
    ("p and (q and r)", Both((P, Both((Q, R), span=NOWHERE)), span=NOWHERE)),
    ("p implies (q implies r)", Implication(P, Implication(Q, R, span=NOWHERE), span=NOWHERE)),
    ("((p))", P),
    # Quantities, from left to right.
    ("p - q + r", calculation("+", calculation("-", P, Q), R)),
    ("p / q * r", calculation("*", calculation("/", P, Q), R)),
    ("p + q * r", calculation("+", P, calculation("*", Q, R))),
    ("(p + q) * r", calculation("*", calculation("+", P, Q), R)),
    ("p - (q - r)", calculation("-", P, calculation("-", Q, R))),
    ("-p + q", calculation("+", Negative(P, span=NOWHERE), Q)),
    ("p - -q", calculation("-", P, Negative(Q, span=NOWHERE))),
    ("-(p + q)", Negative(calculation("+", P, Q), span=NOWHERE)),
    ("d + p <= q - r", Comparison(Relation.AT_MOST, calculation("+", D, P), calculation("-", Q, R), span=NOWHERE)),
]


@pytest.mark.parametrize(("text", "tree"), FORMS, ids=[text for text, _ in FORMS])
def test_form(text: str, tree: Expression) -> None:
    assert condition(text) == tree


NUMBERS = [
    ("0", "0", None),
    ("500", "500", None),
    ("1,000", "1000", None),
    ("9,000 m", "9000", "m"),
    ("1,234,567.25 nmi", "1234567.25", "nmi"),
    ("112.5 deg", "225/2", "deg"),
    ("0.1", "1/10", None),
    ("5m", "5", "m"),
    ("30 km/h", "30", "km/h"),
    ("5 m/s", "5", "m/s"),
    ("300 FL", "300", "FL"),
    ("3 days", "3", "days"),
    ("1 day", "1", "day"),
    ("90 min", "90", "min"),
    ("9" * 40, "9" * 40, None),
]


@pytest.mark.parametrize(("text", "value", "unit"), NUMBERS)
def test_numbers_are_exact(text: str, value: str, unit: str | None) -> None:
    assert condition(text) == quantity(value, unit)


def test_a_number_and_its_unit_stand_on_one_line() -> None:
    assert condition("d < 5 m and h") == condition("d < 5\tm and\n h")
    assert condition("5\n  + m") == calculation("+", quantity(5), path("m"))


def test_a_comma_after_a_number_separates_rows() -> None:
    assert condition("p in (q, r)") == In(P, names("q r"), negated=False, span=NOWHERE)


def test_a_condition_may_go_over_lines_with_comments() -> None:
    assert condition('p  # "one"\n  and  # two\n  q') == Both((P, Q), span=NOWHERE)
