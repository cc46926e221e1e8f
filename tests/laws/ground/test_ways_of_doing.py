"""How often acts may be done, where acts call for acts: what cannot be written out is undecided at once."""

from __future__ import annotations

import pytest

import cbm
from cbm.finding import Exit
from cbm.ground import grounder

HEAD = (
    'vocabulary words "Words"\nparty CN "China"\nparty JP "Japan"\nsituation encounter\nroles own, other',
    "each\n  party : party\naxiom own.party is not other.party\ntopic deeds",
)
DRAFT = "draft code\n  uses words\n  between CN, JP"


def test_acts_that_call_for_one_another_without_measure_are_not_written_out() -> None:
    """Each of a dozen acts calls for the next one in three ways: nobody tells so many doings apart."""
    acts = ", ".join(f"act_{at}" for at in range(14))
    chain = (
        f"clause {at}{way} every unit must act_{at + 1} within {minutes} min after own.act_{at}"
        for at in range(13)
        for way, minutes in (("(a)", 5), ("(b)", 7), ("(c)", 9))
    )
    text = "\n".join(
        (
            *HEAD,
            f"act {acts} topic deeds\n{DRAFT}\nclause 99 every unit must act_0",
            *chain,
        )
    )
    systems, findings = cbm.load_text(text)
    assert not [f for f in findings if f.severity is cbm.Severity.ERROR], findings
    report = cbm.check(systems[0])
    assert report.exit is Exit.UNDECIDED
    assert {note for f in report.findings for note in f.notes} == {
        "it would take more work than one part of a check may take"
    }


def test_forty_acts_in_a_row_in_time_are_not_written_out() -> None:
    """Each is done as often as all before it together: it took a minute and 700 MB to say what is found of them."""
    acts = ", ".join(f"act_{at}" for at in range(41))
    chain = (f"clause {at} every unit must act_{at + 1} within 1 h after own.act_{at}" for at in range(40))
    lines = ("vocabulary words", "situation encounter", "roles own, other", "topic deeds", f"act {acts} topic deeds")
    systems, _ = cbm.load_text("\n".join((*lines, "draft code", "  uses words", *chain)))
    assert cbm.check(systems[0]).exit is Exit.UNDECIDED


def test_a_text_with_many_clauses_is_no_text_whose_acts_call_for_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many speak of an act: where it is done once, one doing is written out for each of them."""
    monkeypatch.setattr(grounder, "_WAYS", 5)
    acts = ", ".join(f"act_{at}" for at in range(12))
    clauses = (f"clause {at} every unit must act_{at}" for at in range(12))
    systems, findings = cbm.load_text("\n".join((*HEAD, f"act {acts} topic deeds", DRAFT, *clauses)))
    assert not findings
    assert cbm.check(systems[0]).exit is Exit.FINE
