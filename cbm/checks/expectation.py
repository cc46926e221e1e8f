"""Cases: expectations about the text that do not hold, each with an encounter in which they fail."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.checks.gap import region
from cbm.checks.wording import clause_names, mattering, scenario
from cbm.decide.clashes import Clash, world_of
from cbm.decide.inquiry import Inquiry
from cbm.finding import Finding, Label, Rule, Severity
from cbm.semantics.core import (
    Case,
    ConditionExpected,
    ConductExpected,
    DutyExpected,
    Expr,
    FindingExpected,
    Modality,
    Strength,
    conjunction,
    disjunction,
    negation,
)
from cbm.semantics.ground import Ground, Grounder, GroundNorm, ground
from cbm.smt.solve import Sat, Unknown

RULE = Rule(
    "expectation",
    Severity.ERROR,
    "an expectation that does not hold",
    """\
A case describes encounters with `given` and says what it expects there: that a unit is bound in some way (by certain
clauses), that a condition holds, that a finding appears or does not. An expectation of a duty or a condition must
hold in every encounter of the case; an expected finding must reach at least one of them; an expected absence none.
""",
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must not aim_weapons
cases "Who may aim"
case "a helicopter near a warship"
  given own.craft is helicopter and own.party is JP and other.party is CN
  expect own must not aim_weapons
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must not aim_weapons
cases "Who may aim"
case "a warship near a warship"
  given own.craft is warship and own.party is JP and other.party is CN
  expect own must not aim_weapons by 1
""",
)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    for case in inquiry.system.cases:
        dated = inquiry.on(case.as_of)
        for expected in case.expected:
            match expected:
                case DutyExpected():
                    yield from _duty(dated, case, expected)
                case ConditionExpected():
                    yield from _condition(dated, case, expected)
                case FindingExpected(rule="conflict" | "agreement-conflict" | "impossible-duty"):
                    yield from _clash(dated, case, expected)
                case FindingExpected(rule="gap"):
                    yield from _gap(dated, case, expected)
                case FindingExpected():
                    pass  # the other findings are compared when all checks have run
                case ConductExpected():
                    pass  # asked by the rules `impossible` and `never-reached`


def compare_findings(inquiry: Inquiry, found: list[Finding]) -> Iterator[Finding]:
    """Expectations of findings that have no extent of their own: present or absent in the whole text."""
    for case in inquiry.system.cases:
        for expected in case.expected:
            if not isinstance(expected, FindingExpected) or expected.rule in (
                "conflict",
                "agreement-conflict",
                "impossible-duty",
                "gap",
            ):
                continue
            wanted = {str(norm) for norm in expected.norms}
            met = any(f.rule == expected.rule and (not wanted or wanted <= set(f.clauses)) for f in found)
            yield from _verdict(inquiry, case, expected, met)


def _duty(inquiry: Inquiry, case: Case, expected: DutyExpected) -> Iterator[Finding]:
    """Breached by an encounter of the case in which no matching clause binds the role."""
    about = _ground_of(inquiry, expected.role)
    view = Grounder(about.system, about.bearer)
    content = view.formula(expected.content)
    matching = [n for n in about.norms if _matches(inquiry, about, n, expected, content)]
    given = view.formula(case.given)
    unbound = negation(disjunction(*(n.binds for n in matching)))
    answer = inquiry.ask(about, given, unbound)
    inquiry.record(RULE.id, expected.words, None if isinstance(answer, Unknown) else isinstance(answer, Sat))
    if isinstance(answer, Sat):
        told = mattering([given, *(n.live for n in matching)])
        others = (
            f"only {clause_names(inquiry.system, [n.norm.id for n in matching])} could, and not always"
            if matching
            else "no clause says so"
        )
        yield _failed(
            inquiry,
            case,
            expected,
            scenario(inquiry.system, answer.values(_told(inquiry, told, about)), mattering([given])),
            others,
        )


def _ground_of(inquiry: Inquiry, role: int) -> Ground:
    for about in inquiry.prevailing:
        if about.bearer == role:
            return about
    return ground(inquiry.system, role)


def _matches(inquiry: Inquiry, about: Ground, n: GroundNorm, expected: DutyExpected, content: Expr) -> bool:
    """Whether where the clause binds it asks for (or allows) what is expected."""
    norm = n.norm
    if expected.by and norm.id not in expected.by:
        return False
    if norm.strength is Strength.SHOULD and expected.strength is Strength.MUST:
        return False
    demands = (Modality.OBLIGATION, Modality.PROHIBITION)
    if expected.modality in demands:
        if not norm.demands:
            return False
        return inquiry.ask(about, n.fulfilled, negation(content)).__class__.__name__ == "Unsat"
    if norm.modality is not expected.modality:
        return False
    return inquiry.ask(about, content, negation(n.fulfilled)).__class__.__name__ == "Unsat"


def _condition(inquiry: Inquiry, case: Case, expected: ConditionExpected) -> Iterator[Finding]:
    about = inquiry.prevailing[0]
    view = Grounder(about.system, about.bearer)
    given, wanted = view.formula(case.given), view.formula(expected.condition)
    answer = inquiry.ask(about, given, negation(wanted))
    inquiry.record(RULE.id, expected.words, None if isinstance(answer, Unknown) else isinstance(answer, Sat))
    if isinstance(answer, Sat):
        told = mattering([given, wanted])
        example = scenario(inquiry.system, answer.values(_told(inquiry, told, about)), told)
        yield _failed(inquiry, case, expected, example, "it does not hold in this encounter")


def _clash(inquiry: Inquiry, case: Case, expected: FindingExpected) -> Iterator[Finding]:
    wanted = set(expected.norms)
    met: bool | None = False
    for clash in inquiry.clashes:
        if _rule_of(inquiry, clash) != expected.rule or (wanted and set(clash.norms) != wanted):
            continue
        if expected.absent and inquiry.settled_by(clash.norms):
            continue
        if expected.absent and not wanted and all(n.document != inquiry.system.subject for n in clash.norms):
            continue
        about = next(g for g in inquiry.grounds if g.bearer == clash.bearer)
        view = Grounder(about.system, about.bearer)
        where = (view.formula(case.given), view.formula(expected.condition), clash.extent.formula)
        reached = inquiry.can(about, clash.norms, "does the clash reach the case", *where)
        met = True if reached else met
    yield from _verdict(inquiry, case, expected, met is True)


def _rule_of(inquiry: Inquiry, clash: Clash) -> str:
    documents = {norm.document for norm in clash.norms}
    if len(clash.norms) == 1:
        return "impossible-duty"
    return "agreement-conflict" if len(documents) > 1 and inquiry.system.subject in documents else "conflict"


def _gap(inquiry: Inquiry, case: Case, expected: FindingExpected) -> Iterator[Finding]:
    topics = expected.topics or tuple(t for promise in inquiry.system.coverage for t in promise.topics)
    met = False
    for about in inquiry.prevailing:
        view = Grounder(about.system, about.bearer)
        for promise in inquiry.system.coverage:
            for topic in topics:
                if topic not in promise.topics:
                    continue
                formulas, governing = region(about, promise.condition, topic, advised=False)
                given = conjunction(view.formula(case.given), view.formula(expected.condition))
                from cbm.decide.engine import Stuck, duel
                from cbm.smt.solve import Solver

                world = world_of(about)
                outer = Solver(world.roles, (*world.situations(), *formulas, given))
                if isinstance(duel(outer, world.roles, (*about.feasible, governing), world.conduct).next(), Stuck):
                    met = True
    yield from _verdict(inquiry, case, expected, met)


def _verdict(inquiry: Inquiry, case: Case, expected: FindingExpected, met: bool) -> Iterator[Finding]:
    failed = met == expected.absent
    inquiry.record(RULE.id, expected.words, failed)
    if failed:
        why = "there is one" if met else "there is none"
        yield _failed(inquiry, case, expected, None, why)


def _failed(inquiry: Inquiry, case: Case, expected: object, example: object, why: str) -> Finding:
    span = expected.span  # type: ignore[attr-defined]
    words = expected.words  # type: ignore[attr-defined]
    related = () if case.span is None else (Label(case.span, "in this case"),)
    return Finding(
        RULE.id, RULE.severity, f"expected otherwise: `{words}`", Label(span, why), related, witness=example,  # type: ignore[arg-type]
    )  # fmt: skip


def _told(inquiry: Inquiry, variables: list, about: Ground) -> list:  # type: ignore[type-arg]
    from cbm.checks.wording import _identity

    return [*_identity(inquiry.system), *variables]
