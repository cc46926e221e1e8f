"""Laws: a unit of a State that is no party changes nothing of what a text between two parties promises, and keeps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cbm.core.norms import NormSystem
from cbm.finding import Finding, RuleId
from tests.laws.checked import found_by
from tests.laws.sparing import sparingly
from tests.laws.timed import system_of

VOCABULARY = """\
vocabulary strait
party A
party B
party C
situation encounter
fixed roles caller, called{third}
each
  party : party
  distress : flag
shared
  night : flag
  boats : count from 0 to 9
axiom "A calls" caller.party is A
axiom "B is called" called.party is B
{axiom}types by night
topic talk
topic moves
act call, answer topic talk
act turn topic moves

"""
TWO = VOCABULARY.format(third="", axiom="")
THREE = VOCABULARY.format(third=", ally", axiom='axiom "of a third State" ally.party is C\n')
ROLES = ("caller", "called")
CONDITIONS = ("night", "not night", "boats > 3", "caller.distress", "called.distress", "other_calls")


@st.composite
def texts(draw: st.DrawFn) -> str:
    clauses = [draw(_clauses(label)) for label in range(1, draw(st.integers(1, 4)) + 1)]
    covers = [draw(_promises()) for _ in range(draw(st.integers(1, 2)))]
    reserves = [f'reserve 9 "left open" when {draw(st.sampled_from(CONDITIONS[:-1]))}'] if draw(st.booleans()) else []
    header = draw(st.sampled_from(("between A, B", "binding A towards all", "binding A, B")))
    return "\n".join(["draft code", "  uses strait", f"  {header}", *clauses, *reserves, *covers, ""])


@st.composite
def _clauses(draw: st.DrawFn, label: int) -> str:
    bearer = draw(st.sampled_from(ROLES))
    when = draw(st.sampled_from(("", *CONDITIONS))).replace("other_calls", f"{ROLES[ROLES.index(bearer) - 1]}.call")
    modal = draw(st.sampled_from(("must", "must", "must not", "should", "may")))
    act = draw(st.sampled_from(("call", "answer", "turn")))
    unless = draw(st.sampled_from(("", "", *CONDITIONS[:-1])))
    met = f" when {when}" if when else ""
    return f"clause {label} {bearer}{met} {modal} {act}{f' unless {unless}' if unless else ''}"


@st.composite
def _promises(draw: st.DrawFn) -> str:
    what = draw(st.sampled_from(("talk", "moves", "talk, moves", "acts call", "acts turn")))
    when = draw(st.sampled_from(("", "", *CONDITIONS[:-1])))
    return f"covers {what} in every type of encounter{f' when {when}' if when else ''}"


@given(texts())
@sparingly(20)
def test_a_third_unit_opens_and_closes_nothing(text: str) -> None:
    two, three = (system_of(vocabulary + text) for vocabulary in (TWO, THREE))
    assert found_in(three) == found_in(two)


def found_in(system: NormSystem) -> list[tuple[object, ...]]:
    return [_told(finding) for finding in found_by(RuleId.GAP, system, RuleId.SEAM)]


def _told(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.severity, finding.message, finding.extent, finding.matter
