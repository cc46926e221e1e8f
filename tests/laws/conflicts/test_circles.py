"""Law: acts that call for themselves without end decide nothing that is not so without them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cbm.checking.passes import examine
from cbm.checking.selection import Selection
from cbm.finding import RuleId
from tests.laws.sparing import sparingly
from tests.laws.timed import VOCABULARY, conditions, system_of, windows

FEWER = sparingly(10)
POINTS = ("contact", "other.ask")
# What would be told wrongly if conduct that goes on for ever were left out.
DENYING = (RuleId.NEVER_REACHED, RuleId.BLOCKED_PERMISSION, RuleId.REDUNDANCY, RuleId.REPARATION)
RULES = Selection(frozenset((*DENYING, RuleId.IMPOSSIBLE, RuleId.UNDECIDED)))


@st.composite
def drafts(draw: st.DrawFn) -> tuple[str, str]:
    """A draft with a permission and what is expected, and the same one in which reports call for one another."""
    when = [draw(conditions(POINTS)) for _ in range(3)]
    modal = draw(st.sampled_from(("must", "must not")))
    lines = [
        f"clause 1 every unit must report {draw(windows(POINTS))}",
        f"clause 2 every unit when {when[0]} {modal} report {draw(windows(POINTS))}",
        f"clause 3 every unit may report {draw(windows(POINTS))}",
    ]
    circle = "clause 4 every unit must report at least 1 h after own.report within 2 h after own.report"
    cases = ['cases "Expected" for code', f"expect possible {when[1]}", f"expect never {when[2]}", ""]
    plain, circling = (
        "\n".join([f"{VOCABULARY}draft code", "  uses sea", *lines, *more, *cases]) for more in ([], [circle])
    )
    return plain, circling


def found(text: str) -> set[tuple[RuleId, str]]:
    findings = examine(system_of(text), RULES).findings
    return {(f.rule, f.message) for f in findings}


@FEWER
@given(drafts())
def test_what_goes_on_for_ever_shuts_out_nothing(drawn: tuple[str, str]) -> None:
    plain, circling = drawn
    before, after = found(plain), found(circling)
    told = {(rule, message) for rule, message in after if rule is not RuleId.UNDECIDED}
    assert {message for rule, message in told if rule in DENYING} <= {message for _, message in before}
    assert {message for rule, message in told if rule is RuleId.IMPOSSIBLE} <= {message for _, message in before}
    gone = {message for rule, message in before - told if rule in (RuleId.NEVER_REACHED, RuleId.IMPOSSIBLE)}
    undecided = [message for rule, message in after if rule is RuleId.UNDECIDED]
    assert all(any(message.partition("`")[2] in left for left in undecided) for message in gone)
