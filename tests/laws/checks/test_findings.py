"""Laws: what the checks report of a small system is what plain enumeration says of it, and every witness is replayed.

The checks run whole, so that a witness that the evaluator refuses ends the test with an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from cbm.checks import inconsistent_vocabulary
from cbm.core.episodes import Axis, PlainAxis
from cbm.core.expressions import TRUE, IsIn, NormId, conjunction, negation
from cbm.core.matters import matters, name_of
from cbm.core.norms import Case, ConductExpected, Coverage, Modality, NormSystem
from cbm.core.roles import rotate
from cbm.core.sorts import FlagSort, KindSort
from cbm.core.variables import Variable, with_roles
from cbm.coverage.governance import SituationRegion, advised_only, by_conduct, keeping, types_of, ungoverned
from cbm.evaluate import World
from cbm.finding import Finding
from cbm.ground.grounding import bearers
from cbm.inquiry import Inquiry, inquire
from cbm.pipeline import check_system
from cbm.records import replace
from cbm.smt.solve import Unknown
from tests.laws.dressed import dressed
from tests.laws.enumerate import conflict_sets, facts, outcomes, redundant
from tests.laws.episodes import Side
from tests.laws.promises import Cover, Type, coverage, met
from tests.laws.systems import systems

AT_A_BOUND = "a bound that each of them claims"
VACUOUS = {
    "the condition of": "met",
    "is excepted": "applicable",
    "binds nobody": "live",
    "never binds": "binding",
    "never prevails": "stands",
    "asks for nothing": "breakable",
}


def bearers_of(system: NormSystem) -> tuple[int, ...]:
    return (0,) if system.situation.interchangeable else (0, 1)


def report(system: NormSystem) -> tuple[Finding, ...]:
    findings, questions = check_system(dressed(system))
    assert not [q for q in questions if q.verdict == "undecided"]
    return findings


def clauses_of(findings: tuple[Finding, ...], *rules: str) -> list[frozenset[str]]:
    return [frozenset(f.clauses) for f in findings if f.rule in rules]


def is_empty(system: NormSystem) -> bool:
    return bool(inconsistent_vocabulary.empty_worlds(dressed(system)))


@st.composite
def anywhere(draw: st.DrawFn) -> NormSystem:
    return draw(systems(interchangeable=draw(st.booleans())))


@given(anywhere())
def test_clashes_are_reported(system: NormSystem) -> None:
    """Those at a bound only as seams; but none that instruments alone have, and have settled among themselves."""
    if is_empty(system):
        return
    findings = report(system)
    bounds = tuple(f for f in findings if f.rule == "seam" and AT_A_BOUND in f.message)
    reported = clauses_of(findings, "conflict", "agreement-conflict", "impossible-duty") + clauses_of(bounds, "seam")
    sides = [Side(system, bearer) for bearer in bearers_of(system)]
    sets = [s for side in sides for s in conflict_sets(side, advised=True)]
    expected = [frozenset(map(str, s)) for s in sets if not settled_elsewhere(system, s)]
    assert sorted(map(sorted, reported)) == sorted(map(sorted, expected))


def settled_elsewhere(system: NormSystem, norms: frozenset[NormId]) -> bool:
    """Whether the draft has no part in it, and one of the texts says which of these yields."""
    if any(norm.document == system.subject for norm in norms):
        return False
    return any(edge.yielding & norms and edge.prevailing & norms for edge in system.precedences)


@given(anywhere())
def test_words_without_effect_are_reported(system: NormSystem) -> None:
    if is_empty(system):
        return
    vacuous = [f for f in report(system) if f.rule == "vacuity" and len(f.clauses) == 1]
    findings = [f for f in vacuous if "comes into play" not in f.message]
    reported = {f.clauses[0]: next(v for k, v in VACUOUS.items() if k in f.message) for f in findings}
    tables = [facts(Side(system, b), advised=True) for b in bearers_of(system)]
    for identity, norm in system.norms.items():
        if identity.document == system.subject:
            seen = [table[identity] for table in tables if identity in table]
            names = ["met", "applicable", "live", "binding", "stands", *(["breakable"] if norm.demands else [])]
            missing = [name for name in names if not any(getattr(f, name) for f in seen)]
            assert reported.get(str(identity)) == (missing[0] if missing else None), identity


@given(systems())
def test_permissions_that_cannot_be_used_are_reported(system: NormSystem) -> None:
    if is_empty(system):
        return
    findings = [f for f in report(system) if f.rule == "blocked-permission"]
    side = Side(system, 0)
    for severity, advised in (("warning", False), ("note", True)):
        reported = {
            f.clauses[0]: "never" in f.message or "all the same" in f.message
            for f in findings
            if f.severity == severity
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


@given(systems())
def test_redundant_clauses_are_reported(system: NormSystem) -> None:
    """Except those that repeat one clause of the pact, or ask for less than it: these are told as such."""
    if is_empty(system):
        return
    findings = report(system)
    reported = {f.clauses[0]: frozenset(f.clauses[1:]) for f in findings if f.rule == "redundancy"}
    unsettled = [f for f in findings if f.rule in ("restatement", "derogation") and "; settled" not in f.message]
    told = {(f.clauses[0], frozenset({other})) for f in unsettled for other in f.clauses[1:]}
    expected = {
        str(norm): {frozenset(map(str, s)) for s in verdict.implied_by}
        for norm, verdict in redundant(Side(system, 0)).items()
        if norm.document == system.subject and frozenset[NormId]() not in verdict.implied_by
    }
    assert all(core in expected[norm] and (norm, core) not in told for norm, core in reported.items())
    for norm in expected.keys() - reported.keys():
        assert any((norm, core) in told for core in expected[norm])


@st.composite
def promising(draw: st.DrawFn) -> NormSystem:
    """A system with a promise, sometimes for some conduct only, and with axes."""
    system = draw(anywhere())
    kinds = tuple(v for v in system.situation.attributes if isinstance(v.sort, KindSort | FlagSort))
    axes: tuple[Axis, ...] = system.situation.axes or tuple(v for v in kinds[:2] if isinstance(v, PlainAxis))
    topics = tuple(dict.fromkeys(t for n in system.norms.values() for t in n.topics))
    acts = draw(st.sampled_from([(), tuple(system.acts)]))
    promises = system.coverage or (Coverage(system.subject, TRUE, topics, acts=acts),)
    norms = [norm for norm in system.norms.values() if norm.rotates or norm.bearer == 0]
    some = draw(st.sampled_from([TRUE, TRUE, *(g.condition for n in norms for g in (*n.guards, *n.exceptions))]))
    promises = tuple(replace(promise, condition=conjunction(promise.condition, some)) for promise in promises)
    return replace(system, situation=replace(system.situation, axes=axes), coverage=promises)


Rows = dict[Type, dict[Cover, tuple[World, ...]]]


def regions(system: NormSystem) -> Iterator[tuple[SituationRegion | None, Cover, Rows]]:
    """Where a promise is broken for a topic or act, in each way; with the situations, by how they are governed."""
    system = between_its_parties(system)
    if is_empty(system) or not system.coverage:
        return
    inquiry: Inquiry = inquire(dressed(system))
    for about in inquiry.strict:
        table = coverage(Side(system, about.bearer))
        for number, promise in enumerate(system.coverage):
            for matter in matters(promise):
                rows = {cell: covers for (n, m, cell), covers in table.items() if (n, m) == (number, matter)}
                yield ungoverned(about, promise, matter), Cover.GAP, rows
                yield advised_only(about, promise, matter), Cover.ADVISED, rows
                yield by_conduct(about, promise, matter), Cover.BY_CONDUCT, rows


def axes_of(system: NormSystem, bearer: int) -> tuple[Variable, ...]:
    return tuple(seen_from(bearer, a, system) for a in system.situation.axes if isinstance(a, Variable))


@given(promising())
def test_gaps_are_the_types_in_which_nothing_governs(system: NormSystem) -> None:
    for region, cover, rows in regions(system):
        found = types_of(region, axes_of(system, region.about.bearer)) if region else ()
        assert not isinstance(found, Unknown)
        assert set(found) == {tuple(map(named, cell)) for cell, covers in rows.items() if covers.get(cover)}, cover


@given(promising())
def test_types_governed_whatever_is_done_are_not_told_as_swayed_throughout(system: NormSystem) -> None:
    system = between_its_parties(system)
    if is_empty(system) or not system.coverage:
        return
    inquiry: Inquiry = inquire(dressed(system))
    for about in inquiry.strict:
        table = coverage(Side(system, about.bearer))
        axes = axes_of(system, about.bearer)
        for (number, matter, cell), covers in table.items():
            promise = system.coverage[number]
            region = by_conduct(about, promise, matter)
            if region is not None and covers.get(Cover.BY_CONDUCT):
                governed = types_of(keeping(region), axes)
                assert not isinstance(governed, Unknown)
                always = bool(covers.get(Cover.COVERED)) or only_advised(covers)
                assert (tuple(map(named, cell)) in governed) == always


def only_advised(covers: Mapping[Cover, tuple[World, ...]]) -> bool:
    """Whether advice binds in some situation whatever is done there."""
    swayed = covers.get(Cover.BY_CONDUCT, ())
    return any(world not in swayed for world in covers.get(Cover.ADVISED, ()))


@given(promising())
def test_gaps_are_reported_each_in_its_words(system: NormSystem) -> None:
    system = between_its_parties(system)
    if is_empty(system) or not system.coverage:
        return
    findings = [f for f in report(system) if f.rule == "gap" and "speaks of no encounter" not in f.message]
    words = {
        Cover.GAP: "by no clause",
        Cover.ADVISED: "only advised on",
        Cover.BY_CONDUCT: "what the unit does",
    }
    tables = [coverage(Side(system, bearer)) for bearer in bearers(system)]
    for matter in {matter for promise in system.coverage for matter in matters(promise)}:
        for cover, said in words.items():
            told = any(f"`{name_of(matter)}`" in f.message and said in f.message for f in findings)
            rows = [row for table in tables for (_, m, _), row in table.items() if m == matter]
            gapless = [row for row in rows if cover is not Cover.BY_CONDUCT or not row.get(Cover.GAP)]
            assert told == any(row.get(cover) for row in gapless)


@st.composite
def expecting(draw: st.DrawFn) -> NormSystem:
    """A system that also expects that the other unit never (or possibly) leaves a norm unfulfilled."""
    system = draw(systems())
    norm = draw(st.sampled_from(list(system.norms.values())))
    unfulfilled = negation(rotate(norm.content, 1, len(system.situation.roles)))
    expected = (ConductExpected(True, unfulfilled, "never"), ConductExpected(False, unfulfilled, "possible"))
    return replace(system, cases=(*system.cases, Case("added", None, TRUE, expected)))


@given(expecting())
def test_where_compliant_conduct_may_lead(system: NormSystem) -> None:
    if is_empty(system):
        return
    findings = [f for f in report(system) if f.rule in ("impossible", "never-reached") and f.severity == "error"]
    clothed = dressed(system)
    failed = {f.primary.span.start for f in findings}
    for case, plain in zip(clothed.cases, system.cases, strict=True):
        for expected, bare in zip(case.expected, plain.expected, strict=True):
            if isinstance(bare, ConductExpected):
                assert expected.span is not None
                assert (expected.span.start in failed) == (not met(system, plain, bare))


def between_its_parties(system: NormSystem) -> NormSystem:
    """A promise speaks of units of the parties of its text; here that is written out in its condition."""
    party = system.situation.party
    promises = []
    for promise in system.coverage:
        parties = system.texts[promise.document].parties
        joined = []
        if parties is not None and party is not None:
            members = tuple(m for m in system.situation.parties if m in parties)
            joined = [IsIn(replace(party, role=role), members) for role in range(len(system.situation.roles))]
        promises.append(replace(promise, condition=conjunction(promise.condition, *joined)))
    return replace(system, coverage=tuple(promises))


def seen_from(bearer: int, axis: Variable, system: NormSystem) -> Variable:
    step = bearer if system.situation.interchangeable else 0
    return with_roles(axis, lambda role: (role + step) % len(system.situation.roles))


def named(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
