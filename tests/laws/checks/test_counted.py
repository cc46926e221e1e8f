"""Law: with sums and coefficients, what is found is what trying every count finds, and another solver agrees."""

from __future__ import annotations

from hypothesis import given

from cbm.certify.certificates import certified_text
from cbm.certify.claims import script
from cbm.certify.opinions import z3_opinion
from tests.laws.certify.test_verdicts import add_up
from tests.laws.checks.test_findings import compare_clashes, compare_redundancy, compare_vacuity
from tests.laws.counted import counted
from tests.laws.episodes import Side
from tests.laws.sparing import sparingly
from tests.laws.timed import system_of


@sparingly(16)
@given(counted())
def test_sums_of_counts_are_found_out_as_by_trying_every_count(text: str) -> None:
    system = system_of(text)
    checked = certified_text(system)
    side = Side(system, 0)
    compare_clashes(system, checked.outcome.findings, [side])
    compare_vacuity(system, checked.outcome.findings, [side])
    compare_redundancy(system, checked.outcome.findings, side)
    add_up(checked)
    for row in checked.rows:
        if row.asked is not None and row.rule != "conflict":
            assert z3_opinion(script(row.asked, row.expected)) == row.expected, row
