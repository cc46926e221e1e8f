"""Law: where no encounter shows a clause, and there is a proof of that, a finding says why.

Of a clause that binds somewhere and is kept nowhere the proof names the duties that leave no room. Where it is one of
them, they are told to clash, or to forbid together what brings it into play; or it clashes with others, or is complied
with by what puts another clause in its place. Where others forbid by themselves what brings it into play, it says
what is owed by who breaches them, and there is nothing else to be told of it.
"""

from __future__ import annotations

import pytest
from hypothesis import given

from cbm.compliance.consistency import Unkeepable, gallery
from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem, Strength
from cbm.finding import RuleId
from cbm.inquiry import inquire
from cbm.smt.solve import sharing
from tests.laws.checked import is_empty, report
from tests.laws.dressed import dressed
from tests.laws.sparing import sparingly
from tests.laws.systems import anywhere
from tests.laws.tiny import NIGHT, SEPARATION, at_least, at_most, does, must, must_not, system

TOLD = (
    *(RuleId.CONFLICT, RuleId.AGREEMENT_CONFLICT, RuleId.IMPOSSIBLE_DUTY),
    *(RuleId.UNWRITTEN_PROHIBITION, RuleId.ESCAPE),
)


@sharing()
def never_shown(of: NormSystem) -> list[tuple[NormId, frozenset[NormId]]]:
    """The clauses of the draft that bind and are never kept, each with the duties of the proof and itself."""
    inquiry = inquire(dressed(of))
    found = []
    for place, about in enumerate(inquiry.grounds):
        for advised in (False, True):
            seen = gallery(about, (inquiry.advised if advised else inquiry.strict)[place], advised)
            for norm in (n for n in of.norms.values() if n.id.document == of.subject and about.find(n.id)):
                if (norm.strength is Strength.SHOULD) == advised:
                    sight = seen.show((norm.id,))
                    if isinstance(sight, Unkeepable) and norm.id in sight.duties:
                        found.append((norm.id, frozenset((norm.id, *sight.duties))))
    return found


def compare(of: NormSystem) -> int:
    """Holds proofs against findings; how many there are."""
    proofs = never_shown(of)
    told = [set(finding.clauses) for finding in report(of, *TOLD) if finding.rule in TOLD] if proofs else []
    for norm, duties in proofs:
        assert any(clauses <= set(map(str, duties)) or str(norm) in clauses for clauses in told), norm
    return len(proofs)


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
    "nothing": (0, system(must("1", CALLS, NEAR), must_not("2", CALLS, FAR))),
}


@pytest.mark.parametrize(("count", "of"), SYSTEMS.values(), ids=SYSTEMS)
def test_systems_made_by_hand(count: int, of: NormSystem) -> None:
    assert compare(of) == count
