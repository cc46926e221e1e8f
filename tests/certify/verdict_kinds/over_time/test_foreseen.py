"""What is known beforehand: certificate and checker say the same, and a checker that is wrong is contradicted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given

from cbm.certify.verdict_kinds.over_time.foreseen import barred_up_to, is_planned, owed_before
from cbm.core.expressions import TRUE, NormId
from cbm.core.norms import Modality, Norm, NormSystem
from cbm.dynamics import foresight
from cbm.dynamics.foresight import foreseeing, planned
from cbm.finding import RuleId
from cbm.pipeline import load
from tests.certify.solved import contradicted, upheld
from tests.laws.sparing import sparingly
from tests.laws.timed import VOCABULARY as IN_TIME
from tests.laws.timed import drafts, system_of

EXAMPLES = Path(__file__).parents[3] / "checks" / "examples"
CODE = f"""{IN_TIME}\
draft code
  uses sea
  between A, B
clause 1 every unit when own.party is A must report within 2 h after contact
clause 2 every unit when own.party is A and alarm is after contact must not report within 6 h after alarm
"""
KNOWN = f"{CODE}clause 3 every unit when own.party is A must ask at least 1 h before alarm\n"
KNOWN_TO_THE_OTHER_SIDE = f"{CODE}clause 3 every unit when own.party is B must ask at least 1 h before alarm\n"


def told_so(system: NormSystem) -> None:
    """Norm by norm both say the same, and so of what is planned."""
    for modality, mine in ((Modality.OBLIGATION, owed_before), (Modality.PROHIBITION, barred_up_to)):
        known: dict[NormId, set[str]] = {}
        for moment, norms in foreseeing(system, modality).items():
            for norm in norms:
                known.setdefault(norm.id, set()).add(moment)
        asked: Iterator[Norm] = (norm for norm in system.norms.values() if norm.modality is modality)
        for norm in asked:
            assert mine(norm) == known.get(norm.id, set()), norm
    assert {m.name for m in system.situation.moments if is_planned(system, m.name)} == planned(system)


@pytest.mark.parametrize(
    "example",
    [
        *("channels_in_words", "clocks_apart", "days_of_the_year", "hours_without_end", "last_moment", "recurring"),
        *("sending", "trap", "trap_beside_hours"),
    ],
)
def test_both_say_the_same_of_the_examples(example: str) -> None:
    systems, _ = load([EXAMPLES / f"{example}.cbm"])
    for system in systems:
        told_so(system)


@sparingly(50)
@given(drafts(points=("contact", "alarm", "other.ask")))
def test_both_say_the_same_of_times(text: str) -> None:
    told_so(system_of(text))


def test_a_checker_that_knows_too_much_or_too_little_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sum(upheld(KNOWN, RuleId.TRAP).values()) == 2
    upheld(KNOWN_TO_THE_OTHER_SIDE, RuleId.TRAP)

    with monkeypatch.context() as broken:
        broken.setattr(foresight, "_who_is_bound", lambda *_: TRUE)
        assert contradicted(KNOWN_TO_THE_OTHER_SIDE, RuleId.TRAP) == ["1, 2"]
    monkeypatch.setattr(foresight, "foreseeing", lambda *_: {})
    assert "1, 2" in contradicted(KNOWN, RuleId.TRAP)
