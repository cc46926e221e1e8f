"""Cases: expectations about the text that do not hold, each with an encounter in which they fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cbm.checks.clashing import rule_of
from cbm.checks.naming import clause_names, listed
from cbm.checks.reasons import failing, why_not
from cbm.checks.scenarios import example
from cbm.checks.wording import literal_words
from cbm.decide.clashes import Clash, GivenUp
from cbm.decide.coverage import ungoverned
from cbm.decide.engine import Stuck
from cbm.decide.inquiry import Inquiry
from cbm.decide.prevailing import is_steady
from cbm.decide.replay import episode
from cbm.finding import Finding, Label, Rule, Scenario, Severity
from cbm.semantics.core import (
    Case,
    ConditionExpected,
    ConductExpected,
    Coverage,
    DutyExpected,
    Expected,
    Expr,
    FindingExpected,
    Modality,
    Origin,
    Strength,
    conjunction,
    disjunction,
    negation,
)
from cbm.semantics.evaluate import binding, holds
from cbm.semantics.ground import Ground, Grounder, GroundNorm, ground
from cbm.semantics.matters import Matter, matters, name_of
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Sat, Unknown, Unsat

# Findings with an extent: an expectation of one is compared with where it happens, not with the text as a whole.
WITH_EXTENT = ("conflict", "agreement-conflict", "impossible-duty", "gap")

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


_FOUND, _NONE = "the expectation fails there: the finding", "the expectation holds in every encounter of the case"


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
            if not isinstance(expected, FindingExpected) or expected.rule in WITH_EXTENT:
                continue
            wanted = {str(norm) for norm in expected.norms}
            met = [f"“{f.message}”" for f in found if f.rule == expected.rule and wanted <= set(f.clauses)]
            yield from _verdict(inquiry, case, expected, met)


def _duty(inquiry: Inquiry, case: Case, expected: DutyExpected) -> Iterator[Finding]:
    """Fails in an encounter of the case in which no matching clause binds the role."""
    about = _ground_of(inquiry, expected.role)
    view = Grounder(about.system, (about.bearer,))
    content = view.formula(expected.content)
    matching = [n for n in about.norms if _matches(inquiry, about, n, expected, content)]
    given = view.formula(case.given)
    with asking(norms=[n.norm.id for n in matching], question=_fails(expected), found=_FOUND, none=_NONE):
        answer = inquiry.ask(about, given, negation(disjunction(*(n.binds for n in matching))))
    _record(inquiry, expected, answer)
    if isinstance(answer, Sat):
        names = clause_names(inquiry.system, [n.norm.id for n in matching]) if matching else ""
        why = f"only {names} could bind it so, and not here" if matching else "no clause says so"
        steady = [n.norm.id for n in matching if is_steady(about, n)]
        shown = episode(
            about,
            (given, negation(disjunction(*(n.binds for n in matching)))),
            lambda seen: (
                holds(case.given, seen, about.system)
                and not any(binding(norm, about.bearer, seen, about.system) for norm in steady)
            ),
        )
        reasons = [r for n in matching if (r := why_not(n.norm, about.bearer, shown.world, about.system)) is not None]
        told = [given, *(view.formula(part) for reason in reasons for part in reason.about)]
        failed = _failed(case, expected, example(inquiry.system, shown, told), why)
        yield replace(failed, notes=tuple(reason.words for reason in reasons))


def _ground_of(inquiry: Inquiry, role: int) -> Ground:
    """What prevails for this role; where units take roles in turn, the other one's clauses as they bind."""
    return next((g for g in inquiry.strict if g.bearer == role), None) or ground(inquiry.system, role)


def _matches(inquiry: Inquiry, about: Ground, n: GroundNorm, expected: DutyExpected, content: Expr) -> bool:
    """Whether where the clause binds it asks for (or allows) what is expected."""
    norm = n.norm
    if expected.by and norm.id not in expected.by:
        return False
    if norm.strength is Strength.SHOULD and expected.strength is Strength.MUST:
        return False
    duty = expected.modality in (Modality.OBLIGATION, Modality.PROHIBITION)
    if not (norm.demands if duty else norm.modality is expected.modality):
        return False
    asked = (n.fulfilled, negation(content)) if duty else (content, negation(n.fulfilled))
    question = f"does it say something else than `{expected.words}`"
    found, none = "it is not counted as saying so", "where it binds, it says so"
    with asking(norms=[norm.id], question=question, found=found, none=none):
        return isinstance(inquiry.ask(about, *asked), Unsat)


def _condition(inquiry: Inquiry, case: Case, expected: ConditionExpected) -> Iterator[Finding]:
    about = inquiry.strict[0]
    view = Grounder(about.system, (about.bearer,))
    given, wanted = view.formula(case.given), view.formula(expected.condition)
    with asking(norms=(), question=_fails(expected), found=_FOUND, none=_NONE):
        answer = inquiry.ask(about, given, negation(wanted))
    _record(inquiry, expected, answer)
    if isinstance(answer, Sat):
        shown = episode(
            about,
            (given, negation(wanted)),
            lambda seen: holds(case.given, seen, about.system) and not holds(expected.condition, seen, about.system),
        )
        told = example(inquiry.system, shown, [given, wanted], Origin.RESULT)
        parts = list(failing(expected.condition, shown.world, about.system))
        not_so = listed([literal_words(about.system, negation(part)) for part in parts])
        yield _failed(case, expected, told, f"in this encounter {not_so}")


def _clash(inquiry: Inquiry, case: Case, expected: FindingExpected) -> Iterator[Finding]:
    """Compares with the clashes found, as far as they reach into the case; settled ones are no conflict left."""
    met: list[str] = []
    for clash in inquiry.clashes:
        if _concerns(inquiry, clash, expected):
            about = next(g for g in inquiry.grounds if g.bearer == clash.bearer)
            view = Grounder(about.system, (about.bearer,))
            where = (view.formula(case.given), view.formula(expected.condition), clash.extent.formula)
            question, ends = "does the clash reach the case", {"found": "it does", "none": "it does not"}
            if inquiry.can(about, clash.norms, question, *where, **ends) is True:
                met.append(f"of {clause_names(inquiry.system, clash.norms)}")
    yield from _verdict(inquiry, case, expected, met)


def _concerns(inquiry: Inquiry, clash: Clash, expected: FindingExpected) -> bool:
    if rule_of(inquiry, clash) != expected.rule:
        return False
    if expected.norms:
        same = set(clash.norms) == set(expected.norms)
    else:
        same = any(norm.document == inquiry.system.subject for norm in clash.norms)
    return same and not (expected.absent and inquiry.settled_by(clash.norms))


def _gap(inquiry: Inquiry, case: Case, expected: FindingExpected) -> Iterator[Finding]:
    met: list[str] = []
    for about in inquiry.strict:
        view = Grounder(about.system, (about.bearer,))
        given = conjunction(view.formula(case.given), view.formula(expected.condition))
        for promise in inquiry.system.coverage:
            for matter in matters(promise):
                if expected.topics and matter not in expected.topics:
                    continue
                if _open_in(about, promise, matter, given):
                    met.append(f"for {name_of(matter)}")
    yield from _verdict(inquiry, case, expected, met)


def _open_in(about: Ground, promise: Coverage, matter: Matter, given: Expr) -> bool:
    question = f"is there an encounter of the case in which {name_of(matter)} is promised and not governed"
    found, none = "the gap reaches the case", "it does not"
    with asking(system=about.system, bearer=about.bearer, question=question, found=found, none=none):
        return isinstance(ungoverned(about, promise, matter).search(given).next(), Stuck)


def _fails(expected: DutyExpected | ConditionExpected) -> str:
    return f"is there an encounter of the case in which this fails: {expected.words}"


def _verdict(inquiry: Inquiry, case: Case, expected: FindingExpected, met: list[str]) -> Iterator[Finding]:
    """`met` says of each finding of the kind that was expected (not) to be there which one it is."""
    failed = bool(met) == expected.absent
    inquiry.record(RULE.id, expected.words, failed)
    if failed:
        more = f", and {len(met) - 1} more" if len(met) > 1 else ""
        yield _failed(case, expected, None, f"there is one {met[0]}{more}" if met else "there is none")


def _record(inquiry: Inquiry, expected: DutyExpected | ConditionExpected, answer: Answer) -> None:
    if isinstance(answer, Unknown):
        inquiry.given_up.append(GivenUp(0, (), f"does `{expected.words}` hold", answer.reason))
    inquiry.record(RULE.id, expected.words, None if isinstance(answer, Unknown) else isinstance(answer, Sat))


def _failed(case: Case, expected: Expected, shown: Scenario | None, why: str) -> Finding:
    assert expected.span is not None
    related = () if case.span is None else (Label(case.span, "in this case"),)
    message = f"the text does not meet `{expected.words}`"
    return Finding(RULE.id, RULE.severity, message, Label(expected.span, why), related, witness=shown)
