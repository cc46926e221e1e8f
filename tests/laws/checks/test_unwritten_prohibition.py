"""Law: a clause that binds somewhere and is kept nowhere is named by a finding, where the text is to blame for it.

It is where the clause is one of those that clash, or clashes alone. It is too where one can comply, and where all else
that is owed leaves room for what brings the clause into play, and it leaves none. Not where others forbid by themselves
what brings it into play: then it says what is owed by who breaches them. And not where its conditions can be met and it
can be done what it asks for, though it is just then excepted or displaced: who does so complies, as exceptions and
`in place of` decide whether it binds. Where nobody can comply at all, there is nothing more to tell than what clashes.

And: what a message may come too late for is an impossible duty where the other unit's act starts the time, and an
unwritten prohibition of the act where an act of one's own does.
"""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem, Strength
from cbm.finding import RuleId
from tests.laws.checked import bearers_of, is_empty, report
from tests.laws.enumerate import Outcome, clashes, outcomes, suspended
from tests.laws.episodes import Side
from tests.laws.sparing import sparingly
from tests.laws.systems import anywhere
from tests.laws.timed import system_of
from tests.laws.tiny import (
    AT_MOST,
    DISTANCE,
    NIGHT,
    SEPARATION,
    at_least,
    at_most,
    axiom,
    does,
    instead,
    must,
    must_not,
    system,
)
from tests.laws.tiny import compare as bound

TOLD = (
    *(RuleId.CONFLICT, RuleId.AGREEMENT_CONFLICT, RuleId.IMPOSSIBLE_DUTY),
    *(RuleId.UNWRITTEN_PROHIBITION, RuleId.ESCAPE),
)


def to_be_named(side: Side) -> set[NormId]:
    """The duties of the draft that no conduct shows, where the text is to blame for it."""
    named: set[NormId] = set()
    for advised in (False, True):
        by_encounter = [list(some) for _, some in groupby(outcomes(side, advised), key=lambda o: id(o.encounter))]
        duties = [n for n in side.norms.values() if n.demands and n.id.document == side.system.subject]
        for norm in (n.id for n in duties if (n.strength is Strength.SHOULD) == advised):
            shown = [not o.breached for here in by_encounter for o in here if norm in o.standing]
            if shown and not any(shown):
                blamed = (clashing(side, here[0], norm, advised) or leaves_no_room(here, norm) for here in by_encounter)
                named |= {norm} if any(blamed) else set()
    return named


def clashing(side: Side, here: Outcome, norm: NormId, advised: bool) -> bool:
    """Whether a clash of this encounter that is not settled has the norm among its members."""
    gone = suspended(side, here.encounter, advised)
    return any(norm in clash and clash.isdisjoint(gone) for clash in clashes(side, here.encounter, advised))


def leaves_no_room(here: list[Outcome], norm: NormId) -> bool:
    """Whether one can comply, and bring it into play with all else kept, but not by doing what it asks for.

    Who does that while it is excepted or displaced breaches others at most.
    """
    met = [o for o in here if o.conduct.standing[norm].met and o.conduct.standing[norm].kept]
    room = any(norm not in o.standing or not o.breached for o in met)
    return not room and {frozenset(), frozenset((norm,))} <= {o.breached for o in here}


def compare(of: NormSystem) -> int:
    """Holds the clauses to be named against findings; how many there are."""
    named = {norm for role in bearers_of(of) for norm in to_be_named(Side(of, role))}
    told = [finding.clauses for finding in report(of, *TOLD) if finding.rule in TOLD] if named else []
    for norm in sorted(named):
        assert any(str(norm) in clauses for clauses in told), norm
    return len(named)


@given(anywhere())
@sparingly(2)
def test_what_is_never_shown_is_told(of: NormSystem) -> None:
    if not is_empty(of):
        compare(of)


TURNS, NEAR, FAR = does("turn"), at_most(SEPARATION, 1), at_least(SEPARATION, 2)
CALLS = does("report")

SYSTEMS = {
    "a result": (1, system(must("1", CALLS, NEAR), must_not("2", CALLS, NEAR, NIGHT))),
    "an act and a result": (1, system(must("1", CALLS, NEAR, TURNS), must_not("2", CALLS, NEAR, TURNS, NIGHT))),
    "one clause that forbids what it speaks of": (1, system(must("1", FAR, NEAR))),
    "a clash": (2, system(must("1", CALLS), must_not("2", CALLS))),
    "one clause, where what it speaks of is seldom possible": (
        1,
        system(must("1", NEAR, FAR), axioms=[axiom(bound({SEPARATION: 1, DISTANCE: -1}, AT_MOST, 0))]),
    ),
    "one clause, but for what is excepted": (1, system(must("1", FAR, NEAR, unless=TURNS))),
    "a clause of which the exception is what it asks for": (0, system(must("1", TURNS, unless=TURNS))),
    "a clause that is displaced by what it asks for": (
        0,
        system(must("1", CALLS, TURNS), must("2", TURNS), displacements=[instead("1", "2")]),
    ),
    "one clause that others forbid to bring into play": (0, system(must_not("1", TURNS), must("2", CALLS, TURNS))),
    "nothing": (0, system(must("1", CALLS, NEAR), must_not("2", CALLS, FAR))),
}


@pytest.mark.parametrize(("count", "of"), SYSTEMS.values(), ids=SYSTEMS)
def test_systems_made_by_hand(count: int, of: NormSystem) -> None:
    assert compare(of) == count


LINE = """\
vocabulary waters "Waters"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each party : party
axiom "two sides" own.party is not other.party
topic calls
act ask "asks" topic calls
act report "reports" topic calls
channel line between CN, JP for calls operational from 2018-01-01
  delay "until it is answered" {least} min to {most}
draft code
  uses waters
clause 1 every unit must report within {time} min after {role}.ask through line
"""
MINUTES = st.integers(0, 6).map(lambda tens: 10 * tens)


def told_of(role: str, time: int, least: int, longer: int | None) -> set[RuleId]:
    most = "never" if longer is None else f"{least + longer} min"
    of = system_of(LINE.format(role=role, time=time, least=least, most=most))
    rules = RuleId.IMPOSSIBLE_DUTY, RuleId.UNWRITTEN_PROHIBITION
    return {finding.rule for finding in report(of, *rules)} & set(rules)


@given(MINUTES, MINUTES, st.none() | MINUTES)
@sparingly(4)
def test_what_may_be_late_is_told_whoever_starts_the_time(time: int, least: int, longer: int | None) -> None:
    late = longer is None or least + longer > time
    assert told_of("other", time, least, longer) == ({RuleId.IMPOSSIBLE_DUTY} if late else set())
    assert told_of("own", time, least, longer) == ({RuleId.UNWRITTEN_PROHIBITION} if late else set())
