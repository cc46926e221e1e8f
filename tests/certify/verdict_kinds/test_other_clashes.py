"""That no other duties clash: of sets of any size, also where some are known to clash at the same place."""

from __future__ import annotations

import pytest

from cbm import inquiry
from cbm.conflicts.all_conflicts import ConflictSet, find_clashes
from cbm.finding import RuleId
from cbm.ground.grounding import Ground
from cbm.search.open_questions import Undecided
from cbm.search.parallel import Crew
from tests.certify.solved import contradictions, upheld
from tests.certify.strait import STRAIT

# Three clauses clash that do not in pairs, and where they do two others clash, too.
CODE = f"""\
{STRAIT}topic manoeuvre
act turn, slow, answer topic manoeuvre

draft code
  uses strait
clause 1 every unit must turn or slow
clause 2 every unit must not turn
clause 3 every unit when night must not slow
clause 4 every unit must answer
clause 5 every unit must not answer
"""


def test_a_clash_that_the_search_overlooks_is_contradicted_beside_another(monkeypatch: pytest.MonkeyPatch) -> None:
    assert upheld(CODE, RuleId.CONFLICT)

    def only_pairs(about: Ground, crew: Crew) -> tuple[tuple[ConflictSet, ...], tuple[Undecided, ...]]:
        found, left = find_clashes(about, crew)
        return tuple(clash for clash in found if len(clash.norms) == 2), left

    monkeypatch.setattr(inquiry, "find_clashes", only_pairs)
    assert {row.clauses for row in contradictions(CODE, RuleId.CONFLICT)} == {()}
