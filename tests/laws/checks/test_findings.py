"""Laws: what the checks report of a small system is what plain enumeration says of it, and every witness is replayed.

The checks run whole, so that a witness that the evaluator refuses ends the test with an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, product

from hypothesis import given

from cbm.core.expressions import NormId
from cbm.core.matters import matters, name_of
from cbm.core.norms import ConductExpected, Modality, NormSystem, Strength
from cbm.finding import Finding, RuleId, Severity
from tests.laws.checked import bearers_of, is_empty, report
from tests.laws.dressed import dressed
from tests.laws.enumerate import conflict_sets, facts, outcomes, redundant
from tests.laws.episodes import Side
from tests.laws.promises import Cover, met
from tests.laws.promising import expecting, promised, promising
from tests.laws.sparing import sparingly
from tests.laws.systems import anywhere

AT_A_BOUND = "a bound that each of them claims"
VACUOUS = {
    "the condition of": "met",
    "is excepted": "applicable",
    "binds nobody": "live",
    "never binds where": "displaced",
    "never binds": "binding",
    "never prevails where": "prevailing",
    "never prevails": "stands",
    "asks for nothing": "breakable",
}


_NARROWED = " allows, only "
_CLASHES = (RuleId.CONFLICT, RuleId.AGREEMENT_CONFLICT, RuleId.IMPOSSIBLE_DUTY, RuleId.SEAM)
_NEEDLESS = (RuleId.BLOCKED_PERMISSION, RuleId.REDUNDANCY, RuleId.RESTATEMENT, RuleId.DEROGATION)
_UNREACHED = (RuleId.IMPOSSIBLE, RuleId.NEVER_REACHED)


def clauses_of(findings: Sequence[Finding], *rules: str) -> list[frozenset[str]]:
    return [frozenset(f.clauses) for f in findings if f.rule in rules]


@sparingly(2)
@given(anywhere())
def test_clashes_and_words_without_effect_are_reported(system: NormSystem) -> None:
    if not is_empty(system):
        findings = report(system, *_CLASHES, RuleId.VACUITY)
        sides = [Side(system, bearer) for bearer in bearers_of(system)]
        compare_clashes(system, findings, sides)
        compare_vacuity(system, findings, sides)


def compare_clashes(system: NormSystem, findings: Sequence[Finding], sides: Sequence[Side]) -> None:
    """Those at a bound only as seams; but none that instruments alone have, and have settled among themselves."""
    bounds = tuple(f for f in findings if f.rule == "seam" and AT_A_BOUND in f.message)
    reported = clauses_of(findings, "conflict", "agreement-conflict", "impossible-duty") + clauses_of(bounds, "seam")
    sets = [s for side in sides for s in conflict_sets(side, advised=True)]
    expected = [frozenset(map(str, s)) for s in sets if not settled_elsewhere(system, s)]
    assert set(map(frozenset, reported)) == set(expected)
    assert len(reported) <= len(expected)  # what is the same for two roles is told once


def settled_elsewhere(system: NormSystem, norms: frozenset[NormId]) -> bool:
    """Whether the draft has no part in it, and one of the texts says which of these yields; no duty does to advice."""
    if any(norm.document == system.subject for norm in norms):
        return False
    advice = frozenset(norm for norm in norms if system.norms[norm].strength is Strength.SHOULD)
    lower = advice or norms
    return any(edge.yielding & lower and edge.prevailing & norms for edge in system.precedences)


def compare_vacuity(system: NormSystem, findings: Sequence[Finding], sides: Sequence[Side]) -> None:
    vacuous = [f for f in findings if f.rule == "vacuity" and len(f.clauses) == 1]
    told = [f for f in vacuous if "comes into play" not in f.message]
    reported = {f.clauses[0]: next(v for k, v in VACUOUS.items() if k in f.message) for f in told}
    tables = [facts(side, advised=True) for side in sides]
    for identity, norm in system.norms.items():
        if identity.document == system.subject:
            seen = [table[identity] for table in tables if identity in table]
            names = ["met", "applicable", "live", "binding", "stands", *(["breakable"] if norm.demands else [])]
            missing = [name for name in names if not any(getattr(f, name) for f in seen)]
            if missing == ["breakable"]:
                gives_way = ("prevailing", "bites"), ("displaced", "lifted")
                missing = [why for why, where in gives_way if any(getattr(f, where) for f in seen)] or missing
            assert reported.get(str(identity)) == (missing[0] if missing else None), identity


@sparingly(2)
@given(expecting())
def test_useless_permissions_needless_clauses_and_failed_expectations_are_reported(system: NormSystem) -> None:
    if not is_empty(system):
        findings = report(system, *_NEEDLESS, *_UNREACHED)
        side = Side(system, 0)
        compare_permissions(system, [f for f in findings if f.rule == "blocked-permission"], side)
        compare_redundancy(system, findings, side)
        compare_expectations(system, findings)


def compare_permissions(system: NormSystem, findings: Sequence[Finding], side: Side) -> None:
    """Those that cannot be used; of which values nothing is left is asked in compliance/test_unavailable_options.py."""
    for severity, advised in (("warning", False), ("note", True)):
        reported = {
            f.clauses[0]: "never" in f.message or "all the same" in f.message
            for f in findings
            if f.severity == severity and _NARROWED not in f.message
        }
        unused, used = set[NormId](), set[NormId]()
        for _, done in groupby(outcomes(side, advised), key=lambda outcome: id(outcome.encounter)):
            compliant = [o for o in done if not o.breached]
            for norm in side.norms.values():
                standing = [o for o in compliant if norm.id in o.standing]
                allows = norm.modality is not Modality.EXEMPTION
                using = [o for o in standing if o.conduct.standing[norm.id].kept is allows]
                used |= {norm.id} if using else set()
                unused |= {norm.id} if standing and not using else set()
        expected = {
            str(n): n not in used for n in unused if n.document == system.subject and not system.norms[n].demands
        }
        before = {f.clauses[0] for f in findings if f.severity == "warning"} if advised else set[str]()
        assert reported == {name: never for name, never in expected.items() if name not in before}


def compare_redundancy(system: NormSystem, findings: Sequence[Finding], side: Side) -> None:
    """Except those that repeat one clause of the pact, or ask for less than it: these are told as such."""
    reported = {f.clauses[0]: frozenset(f.clauses[1:]) for f in findings if f.rule == "redundancy"}
    of_others = [f for f in findings if f.rule in ("restatement", "derogation")]
    pairs = {(f.clauses[0], other) for f in of_others for other in f.clauses[1:]}
    openly = {
        (str(one), str(other)) for edge in system.precedences for one, other in product(edge.prevailing, edge.yielding)
    }
    told = {(one, frozenset({other})) for one, other in pairs - openly}
    expected = {
        str(norm): {frozenset(map(str, s)) for s in verdict.implied_by}
        for norm, verdict in redundant(side).items()
        if norm.document == system.subject and frozenset[NormId]() not in verdict.implied_by
    }
    assert all(core in expected[norm] and (norm, core) not in told for norm, core in reported.items())
    for norm in expected.keys() - reported.keys():
        assert any((norm, core) in told for core in expected[norm])


def compare_expectations(system: NormSystem, findings: Sequence[Finding]) -> None:
    """Where compliant conduct may lead."""
    told = [f for f in findings if f.rule in _UNREACHED and f.severity is Severity.ERROR]
    clothed = dressed(system)
    failed = {f.primary.span.start for f in told}
    for case, plain in zip(clothed.cases, system.cases, strict=True):
        for expected, bare in zip(case.expected, plain.expected, strict=True):
            if isinstance(bare, ConductExpected):
                assert expected.span is not None
                assert (expected.span.start in failed) == (not met(system, plain, bare))


@sparingly(2)
@given(promising())
def test_gaps_are_reported_each_in_its_words(system: NormSystem) -> None:
    known = promised(system)
    if known is None or any(norm.exceptions for norm in known.system.norms.values()):
        return  # what exceptions open is told by exception: tests/laws/coverage/test_by_exception.py
    findings = [
        f for f in report(known.system, RuleId.GAP) if f.rule == "gap" and "speaks of no encounter" not in f.message
    ]
    words = {
        Cover.GAP: "by no clause",
        Cover.ADVISED: "only advised on",
        Cover.BY_CONDUCT: "what the unit does",
    }
    for matter in {matter for promise in known.system.coverage for matter in matters(promise)}:
        for cover, said in words.items():
            of_it = [f for f in findings if f.message.startswith(f"`{name_of(matter)}`")]  # not what exceptions open
            told = any(said in f.message for f in of_it)
            rows = [row for table in known.tables.values() for (_, m, _), row in table.items() if m == matter]
            gapless = [row for row in rows if cover is not Cover.BY_CONDUCT or not row.get(Cover.GAP)]
            assert told == any(row.get(cover) for row in gapless)
