"""Statements of cases: examples, what is given in them, and what is expected."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cbm.records import replace
from cbm.source import Span
from cbm.syntax.ast import (
    CaseHeading,
    CasesHeader,
    DemandNode,
    ExpectCondition,
    ExpectConduct,
    ExpectDuty,
    ExpectFinding,
    ExpectUnbound,
    Expression,
    Given,
    Name,
    Title,
)
from cbm.syntax.statements.clause_parts import By, Concerns, Part, StatingPart, When, gathered
from cbm.syntax.statements.demand_rules import with_content
from cbm.syntax.statements.expression_rules import role_named
from cbm.syntax.tokens import AuthenticWords, Day, References, Titles, Word


def _cases(span: Span, titles: Titles, documents: Concerns | None = None) -> CasesHeader:
    return CasesHeader(titles, documents.values if documents else (), span=span)


def _case(span: Span, text: AuthenticWords, day: Day | None = None) -> CaseHeading:
    return CaseHeading(Title(None, text.text, span=text.span), day.value if day else None, span=span)


def _given(span: Span, condition: Expression) -> Given:
    return Given(condition, span=span)


def _expect_duty(span: Span, role: Name, demand: DemandNode, *parts: StatingPart | By) -> ExpectDuty:
    (whole,) = with_content((demand, *parts))
    return ExpectDuty(role, whole, gathered(parts, By), span=span)


def _by(span: Span, references: References) -> By:
    return By(references, span)


def _expect_condition(span: Span, condition: Expression) -> ExpectCondition:
    return ExpectCondition(condition, span=span)


def _expect_unbound(span: Span, left: Expression, *parts: By | Concerns) -> ExpectUnbound:
    return ExpectUnbound(
        role_named(left, "is bound by nothing"), gathered(parts, By), gathered(parts, Concerns), span=span
    )


def _expect_finding(span: Span, rule: Name, *parts: Part[object]) -> ExpectFinding:
    condition = next(iter(gathered(parts, When)), None)
    return ExpectFinding(
        rule,
        absent=False,
        references=gathered(parts, By),
        topics=gathered(parts, Concerns),
        condition=condition,
        span=span,
    )


def _expect_no_finding(span: Span, _no: Word, rule: Name, *parts: Part[object]) -> ExpectFinding:
    return replace(_expect_finding(span, rule, *parts), absent=True)


def _expect_conduct(span: Span, how: Word, condition: Expression) -> ExpectConduct:
    return ExpectConduct(how.text == "never", condition, span=span)


BUILDERS: Mapping[str, Callable[..., object]] = {
    "cases": _cases,
    "case": _case,
    "given": _given,
    "expect_duty": _expect_duty,
    "by": _by,
    "expect_condition": _expect_condition,
    "expect_unbound": _expect_unbound,
    "but": _by,
    "expect_finding": _expect_finding,
    "expect_no_finding": _expect_no_finding,
    "expect_conduct": _expect_conduct,
}
