"""Law: a shipped draft with a few words changed is refused with a reason or checked to the end, with an account.

What is found is shown by encounters that the evaluator confirms, or else the check breaks off; what is not found is
asked of another solver, which knows the definitions alone.
"""

from __future__ import annotations

from hypothesis import assume, given, settings

from cbm.certify.certificates import certified_text
from cbm.certify.claims import script
from cbm.certify.opinions import cvc5_opinion
from cbm.finding import Ending
from cbm.process.budget import Budget, within
from cbm.smt.journal import Verdict
from tests.laws.certify.test_verdicts import add_up
from tests.laws.mutants import loaded, mutants
from tests.laws.sparing import SHORT

NIGHT = 10_000
COUNT = NIGHT if settings().max_examples > SHORT else 4
# Seconds for one mutant; what is not decided by then does not count, as what is refused does not.
BOUND = 60


@settings(max_examples=COUNT)
@given(mutants())
def test_a_mutant_is_refused_or_checked_to_the_end(text: str) -> None:
    system = loaded(text)
    assume(system is not None)
    assert system is not None
    with within(budget := Budget(BOUND)):
        checked = certified_text(system)
    assume(not budget.stopped)
    add_up(checked)
    for row in checked.rows:
        # Sets that do not clash are in the question whether any other set does.
        if row.asked is not None and (row.ending is Ending.FOUND or len(row.clauses) < 2):
            answer = cvc5_opinion(script(row.asked, row.expected))
            assert answer in (row.expected, Verdict.UNKNOWN), row
