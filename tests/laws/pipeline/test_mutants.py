"""Law: a shipped draft with a few words changed is refused with a reason or checked to the end, with an account.

What is found is shown by encounters that the evaluator confirms, or else the check breaks off; what is not found is
asked of another solver, which knows the definitions alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from hypothesis import assume, given, settings

from cbm.certify.certificates import CertifiedText, certified_text
from cbm.certify.claims import script
from cbm.certify.opinions import Opinion, cvc5_opinion
from cbm.certify.rows import VerdictRow
from cbm.process.budget import Budget, within
from cbm.report import Ending
from cbm.smt.journal import Verdict
from tests.laws.certify.test_verdicts import add_up
from tests.laws.mutants import loaded, mutants
from tests.laws.sparing import SHORT

# In the night 10,000.
COUNT = 5 * settings().max_examples if settings().max_examples > SHORT else 4
# Seconds for one mutant; what is not decided by then does not count, as what is refused does not.
BOUND = 60
# What is asked about clauses of other texts is much the same for each mutant: one question in so many is asked again.
OF_OTHERS = 8


@settings(max_examples=COUNT)
@given(mutants())
def test_a_mutant_is_refused_or_checked_to_the_end(text: str) -> None:
    mutant = _digest(text)
    assume(mutant not in _passed)  # it was drawn before
    system = loaded(text)
    assume(system is not None)
    assert system is not None
    with within(budget := Budget(BOUND)):
        checked = certified_text(system)
    assume(not budget.stopped)
    add_up(checked)
    for row in asked_again(checked, OF_OTHERS):
        assert row.asked is not None
        assert _opinion(script(row.asked, row.expected)) in (row.expected, Verdict.UNKNOWN), row
    _passed.add(mutant)


def asked_again(checked: CertifiedText, part: int) -> Iterator[VerdictRow]:
    """The rows whose questions another solver is asked: of those about clauses of other texts alone one in so many.

    Which of these it is goes with the number of rows.
    """
    for number, row in enumerate(checked.rows):
        # Sets that do not clash are in the question whether any other set does.
        if row.asked is None or (row.ending is not Ending.FOUND and len(row.clauses) > 1):
            continue
        own = not row.clauses or any(norm.document == checked.system.subject for norm in row.clauses)
        if own or (number + len(checked.rows)) % part == 0:
            yield row


# Of this run: mutants that were held against the law, and what was said to a question, by their digests.
_passed: set[bytes] = set()
_said: dict[bytes, Opinion] = {}


def _opinion(asked: str) -> Opinion:
    """What cvc5 answers; many mutants ask the same, and it answers the same each time."""
    key = _digest(asked)
    if key not in _said:
        _said[key] = cvc5_opinion(asked)
    return _said[key]


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8")).digest()
