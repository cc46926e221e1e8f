"""Laws: a settled clash is told where what prevails in it does not yield itself, as plain enumeration says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import negation
from cbm.core.norms import NormSystem
from cbm.inquiry import inquire
from cbm.smt.solve import sharing
from cbm.wording.findings.clashes.conflict_findings import _where_settled
from tests.laws.checked import is_empty
from tests.laws.enumerate import suspended
from tests.laws.episodes import Side, at
from tests.laws.sparing import sparingly
from tests.laws.tiny import NIGHT, SEPARATION, at_least, at_most, clause, distress, must, system, yields

CHAIN = [yields([clause("1")], [clause("2")]), yields([clause("2")], [clause("3")])]
FAR, CLOSE = must("1", at_least(SEPARATION, 2)), must("2", at_most(SEPARATION, 0))


@st.composite
def chained(draw: st.DrawFn) -> NormSystem:
    """Duties about one result, of which the first yields to the second, and this one to the third."""
    bound = st.builds(
        lambda said, value: said(SEPARATION, value), st.sampled_from((at_least, at_most)), st.integers(0, 2)
    )
    conditions = (NIGHT, negation(NIGHT), distress(0), negation(distress(0)))
    guards = st.lists(st.sampled_from(conditions), max_size=1)
    norms = [must(str(number), draw(bound), *draw(guards)) for number in range(1, draw(st.integers(3, 4)) + 1)]
    return system(*norms, precedences=CHAIN)


@sharing()
def narrowed(of: NormSystem) -> set[tuple[str, ...]]:
    """Holds where each settled clash is told against enumeration; those that are told of fewer situations."""
    inquiry, side, fewer = inquire(of), Side(of, 0), set[tuple[str, ...]]()
    for clash in inquiry.clashes:
        settled = inquiry.settled_by(clash.norms)
        if settled:
            told = _where_settled(inquiry, inquiry.grounds[0], clash, settled)
            above = {norm for edge in settled for norm in edge.prevailing.intersection(clash.norms)}
            here = [one for one in side.encounters if at(clash.formula, one.world)]
            left = [one for one in here if above - suspended(side, one)]
            if left:  # else it is settled by others, and told as it is
                assert [one for one in side.encounters if at(told.formula, one.world)] == left
                fewer |= {tuple(norm.label for norm in clash.norms)} if len(left) < len(here) else set()
    return fewer


@sparingly(2)
@given(chained())
def test_a_settled_clash_is_told_where_what_prevails_does_not_yield_itself(of: NormSystem) -> None:
    if not is_empty(of):
        narrowed(of)


def test_it_is_told_of_fewer_situations() -> None:
    chain = system(FAR, CLOSE, must("3", at_least(SEPARATION, 1), NIGHT), precedences=CHAIN)
    assert narrowed(chain) == {("1", "2")}
    by_day = must("3", at_least(SEPARATION, 1), negation(NIGHT))
    at_night = must("2", at_most(SEPARATION, 0), NIGHT)
    assert narrowed(system(FAR, at_night, by_day, precedences=CHAIN)) == set()
