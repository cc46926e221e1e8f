"""Where compliant conduct may lead: `expect never` that something reaches, `expect possible` that nothing reaches."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.checks.wording import clause_names, mattering, scenario
from cbm.decide.inquiry import Inquiry
from cbm.decide.replay import episode
from cbm.finding import Finding, Label, Rule, Severity
from cbm.semantics.core import Case, ConductExpected, Strength
from cbm.semantics.ground import Ground, Grounder

IMPOSSIBLE = Rule(
    "impossible",
    Severity.ERROR,
    "an `expect never` that compliant conduct reaches",
    """\
A case says, with `expect never`, that nobody who complies can come into some condition; and there is an encounter of
the case in which a unit fulfils all that binds it and yet comes into it. Advice (`should`) does not count: it may be
passed over. Where the axioms of the vocabulary alone exclude the condition, the text is not what prevents it, and a
warning says so.
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
    "never-reached",
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
        dated = inquiry.on(case.as_of)
        for expected in case.expected:
            if isinstance(expected, ConductExpected):
                for about in dated.prevailing:
                    found = _never if expected.never else _possible
                    yield from found(dated, about, case, expected)


def _never(inquiry: Inquiry, about: Ground, case: Case, expected: ConductExpected) -> Iterator[Finding]:
    view = Grounder(about.system, about.bearer)
    given, reached = view.formula(case.given), view.formula(expected.condition)
    demands = [n.demand for n in about.demanding if n.norm.strength is Strength.MUST]
    found = inquiry.can(about, (), f"`{expected.words}`", given, reached, *demands)
    inquiry.record(IMPOSSIBLE.id, expected.words, found)
    assert expected.span is not None
    if found:
        shown = episode(about, given, reached, *demands)
        example = scenario(inquiry.system, shown.values, mattering([given, reached]))
        message = f"compliant conduct does lead there: `{expected.words}`"
        yield Finding(
            IMPOSSIBLE.id, IMPOSSIBLE.severity, message, Label(expected.span), _in_case(case), witness=example
        )
    elif found is False and inquiry.can(about, (), f"is `{expected.words}` possible at all", given, reached) is False:
        message = f"the axioms alone exclude it, whatever the text says: `{expected.words}`"
        yield Finding(IMPOSSIBLE.id, Severity.WARNING, message, Label(expected.span), _in_case(case))


def _possible(inquiry: Inquiry, about: Ground, case: Case, expected: ConductExpected) -> Iterator[Finding]:
    view = Grounder(about.system, about.bearer)
    wanted = (view.formula(case.given), view.formula(expected.condition))
    strict = [n for n in about.demanding if n.norm.strength is Strength.MUST]
    found = inquiry.can(about, (), f"`{expected.words}`", *wanted, *(n.demand for n in strict))
    inquiry.record(NEVER_REACHED.id, expected.words, None if found is None else not found)
    if found is not False:
        return
    kept = list(strict)
    for norm in strict:
        rest = [n for n in kept if n is not norm]
        if inquiry.can(about, (), f"`{expected.words}`", *wanted, *(n.demand for n in rest)) is False:
            kept = rest
    assert expected.span is not None
    names = tuple(n.norm.id for n in kept)
    why = f"{clause_names(inquiry.system, names)} shut it out" if names else "the axioms alone exclude it"
    yield Finding(
        NEVER_REACHED.id, NEVER_REACHED.severity, f"nothing compliant leads there: `{expected.words}`",
        Label(expected.span, why), _in_case(case), tuple(map(str, names)),
    )  # fmt: skip


def _in_case(case: Case) -> tuple[Label, ...]:
    return () if case.span is None else (Label(case.span, "in this case"),)
