"""Clauses that claim to restate another and mean something else."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.checks.dependence import qualified
from cbm.checks.naming import clause_name, content_label
from cbm.checks.scenarios import example
from cbm.decide.inquiry import Inquiry
from cbm.decide.readings import openness
from cbm.decide.replay import episode
from cbm.finding import Finding, Label, Rule, Scenario, Severity
from cbm.semantics.core import Expr, Norm, conjunction, disjunction, negation
from cbm.semantics.evaluate import World, applicable, fulfilled
from cbm.semantics.ground import Ground, GroundNorm
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Unknown

RULE = Rule(
    "divergent-restatement",
    Severity.ERROR,
    "a clause that restates another one wrongly",
    """\
A clause says that it `restates` another, of this text or of an instrument; yet in some encounter one of the two
applies and the other does not, or they ask for different things, or they differ in strength or modality. Parties,
dates and what stands in place of what are left aside: the wording is compared.
""",
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a fighter meeting a warship must keep separation >= 1 nmi
clause 2 a fighter meeting a warship must keep separation >= 1,850 m
  restates 1
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a fighter meeting a warship must keep separation >= 1 nmi
clause 2 a fighter meeting a warship must keep separation >= 1,852 m
  restates 1
""",
)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    yield from _unmatched(inquiry)
    for about in inquiry.grounds:
        for n in about.norms:
            for target in n.norm.restates:
                of = about.find(target)
                if of is not None:
                    yield from _compare(inquiry, about, n, of)


def _unmatched(inquiry: Inquiry) -> Iterator[Finding]:
    """Clauses without a counterpart, where one text claims to restate another as a whole."""
    system = inquiry.system
    head = system.texts[system.subject]
    if head.restates is None or head.span is None:
        return
    labels = {name: {n.label for n in system.norms if n.document == name} for name in (head.name, head.restates)}
    for has, lacks in ((head.name, head.restates), (head.restates, head.name)):
        for label in sorted(labels[has] - labels[lacks]):
            message = f"clause {label} of {has} has no counterpart in {lacks}, though the one restates the other"
            inquiry.record(RULE.id, f"counterpart of {label}", True)
            yield Finding(RULE.id, RULE.severity, message, Label(head.span), clauses=(f"{has}:{label}",))


def _compare(inquiry: Inquiry, about: Ground, n: GroundNorm, of: GroundNorm) -> Iterator[Finding]:
    name, other = clause_name(inquiry.system, n.norm.id), clause_name(inquiry.system, of.norm.id)
    if n.norm.modality is not of.norm.modality or n.norm.strength is not of.norm.strength:
        inquiry.record(RULE.id, f"{name} restates {other}", True)
        yield _finding(inquiry, n.norm, of.norm, "they differ in modality or strength", None)
        return
    differ = _differ(n.norm, n, of)
    question = "is there an encounter in which one of the two is kept and the other is not"
    found, none = "they mean something else: the finding", "they mean the same"
    with asking(norms=(n.norm.id, of.norm.id), question=question, found=found, none=none):
        answer = inquiry.ask(about, differ)
    inquiry.record(
        RULE.id, f"{name} restates {other}", None if isinstance(answer, Unknown) else isinstance(answer, Sat)
    )
    if isinstance(answer, Sat):
        why = "one is kept in this encounter and the other is not"
        shown = episode(
            about, (differ,), lambda seen: _kept(inquiry, about, n, seen) != _kept(inquiry, about, of, seen)
        )
        terms = openness(inquiry.system, (differ,))
        on = None if terms is None else terms.where(*about.possible, *about.feasible, differ)
        yield qualified(inquiry, _finding(inquiry, n.norm, of.norm, why, example(inquiry.system, shown, [differ])), on)


def _kept(inquiry: Inquiry, about: Ground, n: GroundNorm, seen: World) -> bool:
    """The evaluator's view: for a demand that it is kept where it applies, else that it applies and is made use of."""
    applies = applicable(n.norm, about.bearer, seen, inquiry.system)
    met = fulfilled(n.norm, about.bearer, seen, inquiry.system)
    return (not applies or met) if n.norm.demands else (applies and met)


def _differ(norm: Norm, n: GroundNorm, of: GroundNorm) -> Expr:
    """One of the two is fulfilled and the other is not; for what is allowed, one allows it and the other does not."""
    if norm.demands:
        first, second = (
            disjunction(negation(n.applicable), n.fulfilled),
            disjunction(negation(of.applicable), of.fulfilled),
        )
    else:
        first, second = conjunction(n.applicable, n.fulfilled), conjunction(of.applicable, of.fulfilled)
    return disjunction(conjunction(first, negation(second)), conjunction(negation(first), second))


def _finding(inquiry: Inquiry, norm: Norm, of: Norm, why: str, shown: Scenario | None) -> Finding:
    system = inquiry.system
    name, other = clause_name(system, norm.id), clause_name(system, of.id)
    return Finding(
        RULE.id, RULE.severity, f"{name} says that it restates {other}, and means something else",
        content_label(system, norm, ""), (content_label(system, of, "is restated"),), (str(norm.id), str(of.id)),
        witness=shown, notes=(why,), remedies=("word both alike, or take `restates` out",),
    )  # fmt: skip
