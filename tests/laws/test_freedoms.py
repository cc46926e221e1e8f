"""Laws: what compliance is found to shut out is what plain enumeration says, and every witness is replayed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.finding import Finding
from cbm.semantics.core import NormSystem, conjunction, negation
from cbm.syntax.ast import Modality, Strength

from .episodes import Side
from .freedoms import blocked
from .systems import systems
from .test_findings import is_empty, report
from .tiny import NIGHT, SEPARATION, at_least, at_most, axiom, distress, does, instead, may, must, need_not, system


@st.composite
def freer(draw: st.DrawFn) -> NormSystem:
    """A system in which some obligations are permissions or exemptions instead."""
    drawn = draw(systems())
    freedoms = st.sampled_from((Modality.PERMISSION, Modality.EXEMPTION, None))
    norms = [
        replace(norm, modality=draw(freedoms) or norm.modality, otherwise=())
        if norm.modality is Modality.OBLIGATION and norm.strength is Strength.MUST
        else norm
        for norm in drawn.norms.values()
    ]
    return replace(drawn, norms={norm.id: norm for norm in norms})


def of_subject(system: NormSystem, found: Iterable[object]) -> set[str]:
    return {str(norm) for norm in found if str(norm).startswith(f"{system.subject}:")}


# ---- permissions and exemptions


def compare_blocked(system: NormSystem, findings: Iterable[Finding]) -> None:
    told = [f for f in findings if f.rule == "blocked-permission"]
    side, before = Side(system, 0), set[str]()
    for severity, advised in (("warning", False), ("note", True)):
        expected = blocked(side, advised)
        reported = {f.clauses[0]: "never" in f.message or "all the same" in f.message for f in told
                    if f.severity == severity}  # fmt: skip
        owed = {str(n): not b.ever_used for n, b in expected.items() if n.document == system.subject}
        assert reported == {name: never for name, never in owed.items() if name not in before}
        before |= owed.keys()


@given(freer())
def test_permissions_and_exemptions_that_cannot_be_used_are_reported(system: NormSystem) -> None:
    if not is_empty(system):
        compare_blocked(system, report(system))


FREEDOMS = {
    "a duty takes an exemption back": system(must("1", does("hold")), need_not("2", does("hold"))),
    "a duty takes an exemption back at night": system(must("1", does("hold"), NIGHT), need_not("2", does("hold"))),
    "the exemption stands in place of the duty": system(
        must("1", does("hold")), need_not("2", does("hold"), NIGHT), displacements=[instead("2", "1")]
    ),
    "another duty asks for more": system(must("1", at_least(SEPARATION, 2)), need_not("2", at_least(SEPARATION, 1))),
    "the axioms ask for it": system(need_not("1", does("hold"), NIGHT), axioms=[axiom(does("hold"))]),
    "where nobody can comply nothing is blocked": system(
        must("1", at_least(SEPARATION, 2), NIGHT), must("2", at_most(SEPARATION, 1)), may("3", does("hold"), NIGHT)
    ),
    "an unrelated conflict everywhere": system(
        must("1", at_least(SEPARATION, 2)),
        must("2", at_most(SEPARATION, 1)),
        must("3", does("hold")),
        need_not("4", does("hold")),
    ),
    "own conduct brings a permission in that nobody who does so can use": system(
        may("1", does("hold"), does("turn"), distress(0)),
        axioms=[axiom(negation(conjunction(does("hold"), does("turn"))))],
    ),
}


@pytest.mark.parametrize("of", FREEDOMS.values(), ids=FREEDOMS)
def test_freedoms_made_by_hand(of: NormSystem) -> None:
    compare_blocked(of, report(of))


def test_they_show_something() -> None:
    found = {name: {n.label: b.ever_used for n, b in blocked(Side(of, 0)).items()} for name, of in FREEDOMS.items()}
    assert found["a duty takes an exemption back"] == {"2": False}
    assert found["a duty takes an exemption back at night"] == {"2": True}
    assert found["the exemption stands in place of the duty"] == {}
    assert found["another duty asks for more"] == {"2": False}
    assert found["the axioms ask for it"] == {"1": False}
    assert found["where nobody can comply nothing is blocked"] == {}
    assert found["an unrelated conflict everywhere"] == {}
    assert found["own conduct brings a permission in that nobody who does so can use"] == {"1": False}
