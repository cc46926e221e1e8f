"""Laws: whether what is owed otherwise can be kept is what enumeration says, and no other question asks about it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import NormId, conjunction, disjunction, negation
from cbm.core.norms import NormSystem, Secondary
from cbm.finding import Finding, RuleId
from cbm.records import replace
from cbm.search.kept_answers import answers_remembered
from cbm.syntax.ast import Modality, Strength
from tests.laws.checked import bearers_of, is_empty, report
from tests.laws.episodes import Side
from tests.laws.freedoms import Reparation, reparations
from tests.laws.sparing import sparingly
from tests.laws.systems import systems
from tests.laws.tiny import (
    NIGHT,
    SEPARATION,
    at_least,
    at_most,
    axiom,
    clause,
    distress,
    does,
    instead,
    must,
    must_not,
    otherwise,
    system,
    yields,
)

Table = dict[tuple[NormId, int], Reparation]
STEP = re.compile(r"the (?:(first|second|third) )?`otherwise`")
ORDINALS = (None, "first", "second", "third")


@st.composite
def breaching(draw: st.DrawFn) -> NormSystem:
    """A system in which some duties say what is owed otherwise: what others ask for, or the opposite of it."""
    drawn = draw(systems(interchangeable=draw(st.booleans())))
    norms = dict(drawn.norms)
    for norm in drawn.norms.values():
        asked = [n.content for n in drawn.norms.values() if (n.bearer, n.rotates) == (norm.bearer, norm.rotates)]
        contents = st.sampled_from(asked) | st.sampled_from([negation(content) for content in asked])
        for _ in range(draw(st.sampled_from((0, 1, 1, 2))) if norm.demands else 0):
            strength = draw(st.sampled_from((Strength.MUST, Strength.MUST, Strength.SHOULD)))
            secondary = Secondary(Modality.OBLIGATION, strength, draw(contents))
            norms[norm.id] = replace(norms[norm.id], otherwise=(*norms[norm.id].otherwise, secondary))
    return replace(drawn, norms=norms)


def told(finding: Finding) -> tuple[str, int]:
    """The clause and the step that a finding is about."""
    match = STEP.search(finding.message)
    assert match is not None, finding.message
    return finding.clauses[0], max(ORDINALS.index(match[1]) - 1, 0)


def compare(system: NormSystem, findings: Iterable[Finding]) -> None:
    found = {rule: [f for f in findings if f.rule == rule] for rule in ("reparation", "vacuity")}
    sides = [Side(system, bearer) for bearer in bearers_of(system)]
    strict, advised = ([reparations(side, advised) for side in sides] for advised in (False, True))
    steps = [key for table in strict for key in table if key[0].document == system.subject]
    reported: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for f in found["reparation"]:
        how = next(words for words in ("never", "in some encounters", "owed only") if words in f.message)
        reported.setdefault(told(f), []).append((f.severity, how))
    expected: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for norm, step in dict.fromkeys(steps):
        advice = system.norms[norm].otherwise[step].strength is Strength.SHOULD
        for one, other in zip(strict, advised, strict=True):
            if (norm, step) in one:
                musts, all_duties = one[norm, step], other[norm, step]
                verdict = None
                if musts.shut and not advice:
                    verdict = ("error", "in some encounters" if musts.kept else "never")
                elif all_duties.shut:
                    verdict = ("warning", "in some encounters" if all_duties.kept else "never")
                elif musts.owed and not musts.alone:
                    verdict = ("note", "owed only")
                if verdict is not None:
                    expected.setdefault((str(norm), step), []).append(verdict)
    assert {key: sorted(set(some)) for key, some in reported.items()} == {
        key: sorted(set(some)) for key, some in expected.items()
    }
    compare_idle(system, [f for f in found["vacuity"] if "`otherwise`" in f.message], advised)


def compare_idle(system: NormSystem, findings: list[Finding], tables: list[Table]) -> None:
    """The first step that is done anyway wherever it is owed, of a duty that can be breached."""
    idle = {}
    for identity, norm in system.norms.items():
        steps = range(len(norm.otherwise))
        seen = [[table[identity, step] for table in tables if (identity, step) in table] for step in steps]
        if seen and identity.document == system.subject and any(s.owed for s in seen[0]):
            step = next((i for i, some in enumerate(seen) if not any(s.undone for s in some)), None)
            if step is not None:
                idle[str(identity)] = step < len(seen) - 1
    assert {f.clauses[0]: "what follows" in f.message for f in findings} == idle


@sparingly(2)
@given(breaching())
def test_what_cannot_be_kept_where_it_is_owed_is_reported_and_nothing_else_changes(system: NormSystem) -> None:
    """What is owed otherwise takes part in no other question."""
    if not is_empty(system):
        rules = [rule for rule in RuleId if rule not in COMPARING]
        without = replace(system, norms={n.id: replace(n, otherwise=()) for n in system.norms.values()})
        with answers_remembered():  # what is asked of both is asked once
            findings, others = report(system, *rules), report(without, *rules)
        compare(system, findings)
        assert plain(findings, system) == plain(others, system)


# These compare whole provisions, and so what each says is owed otherwise; what repeats one is told there alone.
COMPARING = (
    *(RuleId.RESTATEMENT, RuleId.DIVERGENT_RESTATEMENT, RuleId.DEROGATION),
    *(RuleId.REDUNDANCY, RuleId.ASYMMETRY),
)


def plain(findings: Iterable[Finding], system: NormSystem) -> set[tuple[str, str, str]]:
    """Those that no reparation plays a part in.

    To stand in place of a clause takes what is owed where that is breached away, too: other clauses that ask for the
    same, and others that stand in its place, leave it with an effect.
    """
    about_steps = ("`otherwise`", "owed otherwise")
    breached = {str(norm.id) for norm in system.norms.values() if norm.otherwise}
    return {
        (f.rule, f.severity, f.message)
        for f in findings
        if not any(words in f.message for words in about_steps) and not is_idle_edge(f, breached)
    }


def is_idle_edge(finding: Finding, displaced: set[str]) -> bool:
    """Whether it tells that a clause stands without effect in place of one of these."""
    edges = ("in whose place it stands", "without effect", "do so as well", "does so as well")
    return any(words in finding.message for words in edges) and finding.clauses[1] in displaced


SYSTEMS = {
    "another duty forbids it": system(otherwise(must("1", does("hold")), does("turn")), must_not("2", does("turn"))),
    "at night only": system(otherwise(must("1", does("hold")), does("turn")), must_not("2", does("turn"), NIGHT)),
    "what was breached forbids it": system(otherwise(must_not("1", does("turn")), does("turn"))),
    "it is what was breached": system(otherwise(must("1", does("report")), does("report", 0, "nature"))),
    "a part of what was breached": system(otherwise(must("1", does("report", 0, "nature")), does("report"))),
    "only by who breaches another too": system(
        otherwise(must("1", at_least(SEPARATION, 1)), does("turn")), must("2", at_least(SEPARATION, 2))
    ),
    "the second of two": system(
        otherwise(must("1", does("hold")), does("turn"), does("report")), must_not("2", does("report"), NIGHT)
    ),
    "it is done anyway": system(
        otherwise(must("1", does("hold")), does("turn"), does("report")),
        axioms=[axiom(disjunction(does("hold"), does("turn")))],
    ),
    "another duty makes the breach": system(
        otherwise(must("1", at_least(SEPARATION, 2)), at_least(SEPARATION, 1)), must("2", at_most(SEPARATION, 0), NIGHT)
    ),
    "two others together": system(
        otherwise(must("1", does("hold")), disjunction(does("turn"), does("report"))),
        must_not("2", does("turn"), distress(0)),
        must_not("3", does("report"), NIGHT),
    ),
    "own conduct brings the duty in": system(
        otherwise(must("1", does("hold"), does("turn")), negation(does("turn"))), must("2", does("report"))
    ),
    "displaced where it could not be kept": system(
        otherwise(must("1", does("hold")), does("turn")),
        must_not("2", conjunction(does("turn"), does("hold")), NIGHT),
        must_not("3", does("turn"), NIGHT),
        displacements=[instead("2", "1")],
    ),
    "suspended where it could not be kept": system(
        otherwise(must("1", does("hold")), does("turn")),
        must_not("2", disjunction(does("turn"), does("hold")), NIGHT),
        precedences=[yields([clause("1")], [clause("2")])],
    ),
    "advice forbids it": system(
        otherwise(must("1", does("hold")), does("turn")), must_not("2", does("turn"), strength=Strength.SHOULD)
    ),
}


@pytest.mark.parametrize("of", SYSTEMS.values(), ids=SYSTEMS)
def test_systems_made_by_hand(of: NormSystem) -> None:
    compare(of, report(of, RuleId.REPARATION, RuleId.VACUITY))


def test_they_show_something() -> None:
    found = {name: reparations(Side(of, 0)) for name, of in SYSTEMS.items()}
    shut = {name: [step for (_, step), seen in some.items() if seen.shut] for name, some in found.items()}
    assert [name for name, steps in shut.items() if steps] == [
        "another duty forbids it", "at night only", "it is what was breached", "the second of two",
        "another duty makes the breach", "two others together", "own conduct brings the duty in",
    ]  # fmt: skip
    assert shut["the second of two"] == [1]
    assert not found["only by who breaches another too"][clause("1"), 0].alone
    assert not found["it is done anyway"][clause("1"), 0].undone
