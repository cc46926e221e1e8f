"""Where compliant conduct must not lead, and does: `expect never`."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.compliance.joint import Joint
from cbm.core.expressions import Formula
from cbm.core.norms import Case, ConductExpected, expectations
from cbm.core.variables import Origin
from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.search.open_readings import ReadingCubes, openness
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Unknown, Unsat
from cbm.translation.saying import in_english, mark, say
from cbm.wording.clause_names import in_case
from cbm.wording.findings.stays_open.unheard_texts import with_force_on
from cbm.wording.reading_words import qualified
from cbm.wording.scenarios import example

RULE = Rule(
    RuleId.IMPOSSIBLE,
    Severity.ERROR,
    mark("an `expect never` that compliant conduct reaches"),
    mark("""\
A case says, with `expect never`, that nobody who complies can come into some condition; and there is an encounter of
the case in which both units fulfil all that binds them and yet come into it. Advice (`should`) does not count: it may
be left aside. Where the axioms of the vocabulary alone exclude the condition, the text is not what prevents it, and
a warning says so.
"""),
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

_HOLDS = mark("does `{expectation}` hold")


def check(inquiry: Inquiry) -> Iterator[Finding]:
    for case, expected in expectations(inquiry.system):
        if isinstance(expected, ConductExpected) and expected.never:
            for reached in _reached(inquiry, inquiry.on(case.as_of).together(), case, expected):
                yield with_force_on(inquiry.system, case.as_of, reached)


def _reached(inquiry: Inquiry, together: Joint, case: Case, expected: ConductExpected) -> Iterator[Finding]:
    wanted = (together.formula(case.situations(expected)), together.formula(expected.condition))
    complied = (*wanted, *(d.formula for d in together.deciding(*wanted)))
    question = f"does compliant conduct lead there: {expected.words}"
    with asking(rule=RULE.id, question=question, found="the finding", none="the expectation holds"):
        answer = together.compliant(*wanted)
    assert expected.span is not None
    place, matter = Label(expected.span), (case.title, expected.words)
    if isinstance(answer, Unknown):
        left = inquiry.leave_open(lambda: say(_HOLDS, expectation=expected.words), answer, at=expected.span)
        inquiry.record(RULE.id, expected.words, left, at=expected.span)
        return
    inquiry.record(RULE.id, expected.words, isinstance(answer, Sat), at=expected.span)
    if isinstance(answer, Sat):
        shown = example(
            inquiry.system,
            together.episode(case.situations(expected), expected.condition),
            wanted,
            Origin.RESULT,
            Origin.DOING,
        )
        message = say("compliant conduct does lead there: `{expectation}`", expectation=expected.words)
        finding = Finding(RULE.id, RULE.severity, message, place, in_case(case), witness=shown, matter=matter)
        yield qualified(inquiry, finding, _reached_on(together, wanted[0], complied), of=AskedOnReadings(expected))
    elif _excluded(inquiry, together, wanted, expected):
        unhelped = mark("the axioms alone exclude it, whatever the text says: `{expectation}`")
        message = say(unhelped, expectation=expected.words)
        yield Finding(RULE.id, Severity.WARNING, message, place, in_case(case), matter=matter)


def _reached_on(together: Joint, given: Formula, complied: tuple[Formula, ...]) -> ReadingCubes | Unknown | None:
    """The readings, of those the case allows, on which compliant conduct leads there."""
    terms = openness(together.system, complied)
    return None if terms is None else together.among(terms, together.readings(terms, *complied), given)


def _excluded(inquiry: Inquiry, together: Joint, wanted: tuple[Formula, ...], expected: ConductExpected) -> bool:
    def question() -> str:
        asked = mark("is there such an encounter, whatever the clauses say: {expectation}")
        return say(asked, expectation=expected.words)

    found, none = "the text is what prevents it", "the axioms alone prevent it: the finding, a warning"
    with asking(rule=RULE.id, question=in_english(question), found=found, none=none):
        answer = together.can(*wanted)
    if isinstance(answer, Unknown):
        inquiry.record(RULE.id, question, inquiry.leave_open(question, answer, at=expected.span))
    elif isinstance(answer, Unsat):
        inquiry.record(RULE.id, question, found=True, of=expected)
    return isinstance(answer, Unsat)
