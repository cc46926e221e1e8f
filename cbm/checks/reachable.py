"""Where compliant conduct may lead: `expect never` that something reaches, `expect possible` that nothing reaches."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.compliance.joint import Joint
from cbm.core.expressions import Expr, negation
from cbm.core.norms import Case, ConductExpected
from cbm.core.variables import Origin
from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.search.open_readings import Readings, openness
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Sat, Unknown, Unsat
from cbm.wording.clause_names import clause_names
from cbm.wording.reading_words import qualified
from cbm.wording.scenarios import example

IMPOSSIBLE = Rule(
    RuleId.IMPOSSIBLE,
    Severity.ERROR,
    "an `expect never` that compliant conduct reaches",
    """\
A case says, with `expect never`, that nobody who complies can come into some condition; and there is an encounter of
the case in which both units fulfil all that binds them and yet come into it. Advice (`should`) does not count: it may
be left aside. Where the axioms of the vocabulary alone exclude the condition, the text is not what prevents it, and
a warning says so.
""",
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a helicopter meeting a warship must keep separation >= 500 m
cases "Distance"
case "aircraft near a warship"
  given own.aircraft and other.craft is warship and own.party is JP and other.party is CN
  expect never separation < 500 m
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a warship must keep separation >= 500 m
cases "Distance"
case "aircraft near a warship"
  given own.aircraft and other.craft is warship and own.party is JP and other.party is CN
  expect never separation < 500 m
""",
)

NEVER_REACHED = Rule(
    RuleId.NEVER_REACHED,
    Severity.ERROR,
    "an `expect possible` that nothing compliant reaches",
    """\
A case says, with `expect possible`, that the text leaves room for something; and in no encounter of the case does
compliant conduct lead there. The clauses that shut it out are named.
""",
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a ship must keep separation >= 2 km
cases "Identification"
case "an aircraft looks at a ship"
  given own.aircraft and other.ship and own.party is JP and other.party is CN
  expect possible separation < 1 km
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a warship must keep separation >= 2 km
cases "Identification"
case "an aircraft looks at a ship"
  given own.aircraft and other.ship and own.party is JP and other.party is CN
  expect possible separation < 1 km
""",
)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    for case in inquiry.system.cases:
        conducts = [e for e in case.expected if isinstance(e, ConductExpected)]
        if conducts:
            dated = inquiry.on(case.as_of)
            together = dated.together()
            for expected in conducts:
                yield from (_never if expected.never else _possible)(inquiry, together, case, expected)


def _never(inquiry: Inquiry, together: Joint, case: Case, expected: ConductExpected) -> Iterator[Finding]:
    wanted = (together.formula(case.given), together.formula(expected.condition))
    complied = (*wanted, *(d.formula for d in together.demands))
    question = f"does compliant conduct lead there: {expected.words}"
    with asking(rule=IMPOSSIBLE.id, question=question, found="the finding", none="the expectation holds"):
        answer = together.ask(*complied)
    assert expected.span is not None
    if _decided(inquiry, IMPOSSIBLE, expected, answer, isinstance(answer, Sat)) and isinstance(answer, Sat):
        shown = example(
            inquiry.system, together.episode(case.given, expected.condition), wanted, Origin.RESULT, Origin.DOING
        )
        message = f"compliant conduct does lead there: `{expected.words}`"
        place = Label(expected.span)
        finding = Finding(IMPOSSIBLE.id, IMPOSSIBLE.severity, message, place, _in_case(case), witness=shown)
        yield qualified(inquiry, finding, _reached_on(together, wanted[0], complied))
    elif isinstance(answer, Unsat) and _excluded(together, wanted, expected):
        message = f"the axioms alone exclude it, whatever the text says: `{expected.words}`"
        yield Finding(IMPOSSIBLE.id, Severity.WARNING, message, Label(expected.span), _in_case(case))


def _reached_on(together: Joint, given: Expr, complied: tuple[Expr, ...]) -> Readings | Unknown | None:
    """The readings, of those the case allows, on which compliant conduct leads there."""
    terms = openness(together.system, complied)
    return None if terms is None else together.among(terms, together.readings(terms, *complied), given)


def _excluded(together: Joint, wanted: tuple[Expr, ...], expected: ConductExpected) -> bool:
    question = f"is there such an encounter, whatever the clauses say: {expected.words}"
    found, none = "the text is what prevents it", "the axioms alone prevent it: the finding, a warning"
    with asking(rule=IMPOSSIBLE.id, question=question, found=found, none=none):
        return isinstance(together.ask(*wanted), Unsat)


def _possible(inquiry: Inquiry, together: Joint, case: Case, expected: ConductExpected) -> Iterator[Finding]:
    wanted = (together.formula(case.given), together.formula(expected.condition))
    complied = (*wanted, *(d.formula for d in together.demands))
    question = f"does compliant conduct lead there: {expected.words}"
    with asking(rule=NEVER_REACHED.id, question=question, found="the expectation holds", none="the finding"):
        answer = together.ask(*complied)
    if not _decided(inquiry, NEVER_REACHED, expected, answer, isinstance(answer, Unsat)):
        return
    with asking(rule=NEVER_REACHED.id):
        on = _missed_on(together, wanted[0], complied, ever=isinstance(answer, Sat))
    if isinstance(answer, Unsat):
        yield qualified(inquiry, _shut_out(inquiry, together, case, expected, wanted), on)
    elif isinstance(on, Unknown):
        inquiry.leave_open(f"does `{expected.words}` hold on every reading", on)
    elif on is not None and on.cubes:
        read = (*wanted, on.condition)
        yield qualified(inquiry, _shut_out(inquiry, together, case, expected, read), on)


def _missed_on(together: Joint, given: Expr, complied: tuple[Expr, ...], ever: bool) -> Readings | Unknown | None:
    """The readings, of those the case allows, on which nothing compliant leads there."""
    terms = openness(together.system, complied)
    if terms is None:
        return None
    if not ever:
        return Readings(terms.terms, ((),), every=True)
    reached = together.readings(terms, *complied)
    if isinstance(reached, Unknown) or reached.every:
        return reached if isinstance(reached, Unknown) else None
    return together.readings(terms, given, negation(reached.formula))


def _shut_out(
    inquiry: Inquiry, together: Joint, case: Case, expected: ConductExpected, wanted: tuple[Expr, ...]
) -> Finding:
    """That nothing compliant leads there, with the fewest clauses that shut it out."""
    answer = together.ask(*wanted, *(d.formula for d in together.demands))
    kept = [d for d in together.demands if isinstance(answer, Unsat) and d.formula in answer.core]
    question = f"is it left open by fewer clauses: {expected.words}"
    for demand in tuple(kept):
        rest = [d for d in kept if d is not demand]
        with asking(rule=NEVER_REACHED.id, norms=[d.norm for d in rest], question=question, none="they shut it out"):
            if isinstance(together.ask(*wanted, *(d.formula for d in rest)), Unsat):
                kept = rest
    assert expected.span is not None
    names = tuple(dict.fromkeys(d.norm for d in kept))
    why = f"shut out by {clause_names(inquiry.system, names)}" if names else "the axioms alone exclude it"
    message = f"nothing compliant leads there: `{expected.words}`"
    place = Label(expected.span, why)
    return Finding(NEVER_REACHED.id, NEVER_REACHED.severity, message, place, _in_case(case), tuple(map(str, names)))


def _decided(inquiry: Inquiry, rule: Rule, expected: ConductExpected, answer: Answer, found: bool) -> bool:
    """Records the question; False, with a note for `undecided`, where it was given up."""
    question = f"does `{expected.words}` hold"
    ended = inquiry.leave_open(question, answer) if isinstance(answer, Unknown) else found
    inquiry.record(rule.id, expected.words, ended)
    return not isinstance(answer, Unknown)


def _in_case(case: Case) -> tuple[Label, ...]:
    return () if case.span is None else (Label(case.span, "in this case"),)
