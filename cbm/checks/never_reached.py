"""Where compliant conduct may lead, and cannot: `expect possible`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.compliance.joint import Demand, Joint
from cbm.conflicts.trigger_cycles import UNENDING
from cbm.core.expressions import Formula, negation
from cbm.core.norms import Case, ConductExpected, NormSystem, expectations
from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.search.open_readings import ReadingCubes, openness
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Unknown, Unsat
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import clause_name, clause_names, in_case
from cbm.wording.phrases import role_words
from cbm.wording.reading_words import qualified

RULE = Rule(
    RuleId.NEVER_REACHED,
    Severity.ERROR,
    mark("an `expect possible` that nothing compliant reaches"),
    mark("""\
A case says, with `expect possible`, that the text leaves room for something; and in no encounter of the case does
compliant conduct lead there. The clauses that shut it out are named.
"""),
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

_HOLDS = mark("does `{expectation}` hold")


def check(inquiry: Inquiry) -> Iterator[Finding]:
    for case, expected in expectations(inquiry.system):
        if isinstance(expected, ConductExpected) and not expected.never:
            yield from _missed(inquiry, inquiry.on(case.as_of).together(), case, expected)


def _missed(inquiry: Inquiry, together: Joint, case: Case, expected: ConductExpected) -> Iterator[Finding]:
    wanted = (together.formula(case.situations(expected)), together.formula(expected.condition))
    complied = (*wanted, *(d.formula for d in together.deciding(*wanted)))
    question = f"does compliant conduct lead there: {expected.words}"
    with asking(rule=RULE.id, question=question, found="the expectation holds", none="the finding"):
        answer = together.compliant(*wanted)
    if isinstance(answer, Unknown):
        left = inquiry.leave_open(lambda: say(_HOLDS, expectation=expected.words), answer, at=expected.span)
        inquiry.record(RULE.id, expected.words, left, at=expected.span)
        return
    reached = isinstance(answer, Sat)
    with asking(rule=RULE.id):
        on = _missed_on(together, wanted[0], complied, ever=reached)
    if reached and isinstance(on, Unknown):
        always = mark("does `{expectation}` hold on every reading")
        left = inquiry.leave_open(lambda: say(always, expectation=expected.words), on, at=expected.span)
        inquiry.record(RULE.id, expected.words, left, at=expected.span)
        return
    somewhere = isinstance(on, ReadingCubes) and bool(on.cubes)
    inquiry.record(RULE.id, expected.words, not reached or somewhere, at=expected.span)
    if not reached:
        finding = _shut_out(inquiry, together, case, expected, wanted)
        yield qualified(inquiry, finding, on, of=AskedOnReadings(expected))
    elif isinstance(on, ReadingCubes) and somewhere:
        read = (*wanted, on.condition)
        finding = _shut_out(inquiry, together, case, expected, read)
        yield qualified(inquiry, finding, on, of=AskedOnReadings(expected))


def _missed_on(
    together: Joint, given: Formula, complied: tuple[Formula, ...], ever: bool
) -> ReadingCubes | Unknown | None:
    """The readings, of those the case allows, on which nothing compliant leads there."""
    terms = openness(together.system, complied)
    if terms is None:
        return None
    if not ever:
        return ReadingCubes(terms.terms, ((),), every=True)
    reached = together.readings_reached(terms, *complied)
    if isinstance(reached, Unknown) or reached.every:
        return reached if isinstance(reached, Unknown) else None
    if len(together.ending) < len(together.demands):
        return Unknown(UNENDING)
    return together.among(terms, together.readings(terms, given, negation(reached.formula)), given)


def _shut_out(
    inquiry: Inquiry, together: Joint, case: Case, expected: ConductExpected, wanted: tuple[Formula, ...]
) -> Finding:
    """That nothing compliant leads there, with the fewest clauses that shut it out."""
    together = together.afresh()
    answer = together.ask(*wanted, *(d.formula for d in together.ending))
    core = answer.core if isinstance(answer, Unsat) else [d.formula for d in together.ending]  # together they do
    kept = [d for d in together.ending if d.formula in core]
    question = f"is it left open by fewer clauses: {expected.words}"
    for demand in sorted(kept, key=lambda d: -d.role):  # of two that shut it out alike, that of the first role is told
        rest = [d for d in kept if d is not demand]
        with asking(rule=RULE.id, norms=[d.norm for d in rest], question=question, none="they shut it out"):
            if isinstance(together.ask(*wanted, *(d.formula for d in rest)), Unsat):
                kept = rest
    assert expected.span is not None
    names = tuple(dict.fromkeys(d.norm for d in kept))
    why = say("the axioms alone exclude it")
    if names:
        why = say("shut out by {clauses}", clauses=clause_names(inquiry.system, names))
    message = say("nothing compliant leads there: `{expectation}`", expectation=expected.words)
    place = Label(expected.span, why)
    clauses, matter = tuple(map(str, names)), (case.title, expected.words)
    notes = tuple(_binding_others(inquiry.system, kept))
    return Finding(RULE.id, RULE.severity, message, place, in_case(case), clauses, notes=notes, matter=matter)


def _binding_others(system: NormSystem, kept: Sequence[Demand]) -> Iterator[str]:
    """Which of the clauses bind another unit than the one of the first role; of fixed roles each clause says whom."""
    if system.situation.interchangeable:
        for role, norm in dict.fromkeys((d.role, d.norm) for d in kept if d.role):
            yield say("{clause} binds {unit}", clause=clause_name(system, norm), unit=role_words(system, role))
