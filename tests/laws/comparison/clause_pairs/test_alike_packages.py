"""Law: what a text with brackets repeats on a package is what the text of that package repeats, written out."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given

from cbm.comparison.clause_pairs import alike_packages
from cbm.finding import Finding, RuleId
from cbm.syntax.taking import with_taken
from tests.laws.bracketed import WORLD, beside_a_package, beside_pact, document, found_by, holds_on, names_of, packages
from tests.laws.sparing import sparingly

_MOST_PACKAGES = 6
# The draft repeats the agreement on one package, which the tie leaves, and on none that it does not.
_TIED = f"""{WORLD}\
options e one of A, B
clause 1 every unit must keep gap >= [d A: 100 m | B: [200 m | 600 m]]
clause 2 every unit must keep gap <= [e A: 900 m | B: 700 m]
tie d is A only if e is B
"""
_LOW = f"{WORLD}clause 7 every unit must keep gap >= 100 m\n"


@sparingly(20)
@example((_TIED, _LOW))
@given(beside_a_package())
def test_repetitions_on_a_package_are_those_of_its_text(pair: tuple[str, str]) -> None:
    text, agreed = pair
    draft, names = document(text), names_of(text)
    whole = _repeated(text, agreed)
    assume(whole is not None)  # clauses in place of each other in a circle, or of what is not there
    assert whole is not None
    every = list(packages(draft))
    for taken in every[:: len(every) // _MOST_PACKAGES + 1]:
        told = {finding.clauses for finding in whole if holds_on(finding, taken, names)}
        alone = _repeated(with_taken(text, draft, taken), agreed)
        assert alone is None or told == {finding.clauses for finding in alone}, taken


def test_what_is_repeated_with_one_option_is_told_of_it() -> None:
    clauses = "clause 1 every unit [A: must | B: should] call\nclause 2 every unit must keep gap >= [d A: 5 m | B: 9 m]"
    found = _repeated(f"{WORLD}{clauses}\n", f"{WORLD}clause 7 every unit must call\n")
    assert found is not None
    assert [finding.message for finding in found] == [
        "clause 1 repeats 7 of pact without saying so, if A's “must” is taken in 1"
    ]


def test_of_what_never_applies_at_once_nobody_asks_how_it_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(alike_packages, "differences")
    clauses = "clause 1 every unit when fog [A: must | B: should] call\nclause 2 every unit should lamp"
    assert _repeated(f"{WORLD}{clauses}\n", f"{WORLD}clause 7 every unit when not fog must call, lamp\n") == []


def _repeated(text: str, agreed: str) -> list[Finding] | None:
    """What the rule tells of the text beside the other one, which binds as an agreement."""
    return found_by(RuleId.RESTATEMENT, beside_pact(text, agreed))
