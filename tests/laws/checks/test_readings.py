"""Laws: a finding holds on a reading of an open term exactly if the text with that reading written into it has it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.checks import inconsistent_vocabulary
from cbm.conflicts.all_conflicts import ConflictSet, world_of
from cbm.core.episodes import Axis, Measured, TermAxis
from cbm.core.expressions import FALSE, TRUE, And, Compare, Expr, Flag, Formula, IsIn, Not, Or, Same, conjunction
from cbm.core.norms import Case, ConditionExpected, Coverage, DutyExpected, FindingExpected, NormSystem, Reserve
from cbm.core.sorts import FlagSort, KindSort, NumberSort
from cbm.core.substitution import variables
from cbm.core.variables import Origin
from cbm.coverage.by_reading import group_by_reading
from cbm.coverage.governance import advised_only, by_conduct, types_of, ungoverned
from cbm.coverage.types.axes import dividers
from cbm.finding import Dependence, Finding, RuleId
from cbm.ground.grounding import Ground
from cbm.inquiry import inquire
from cbm.pipeline import check
from cbm.records import replace
from cbm.report import Attestation, Green, Report
from cbm.search.extent import Cube
from cbm.search.implicants import true_at
from cbm.search.open_readings import ReadingCubes, readings_of_clash
from cbm.smt.solve import Unknown
from cbm.source import Span
from cbm.wording import reading_words
from cbm.wording.findings import attestations
from cbm.wording.variable_names import variable_name
from tests.laws.dressed import dressed
from tests.laws.enumerate import conflict_sets
from tests.laws.episodes import Side
from tests.laws.readings import Opened, Read, opened
from tests.laws.sparing import sparingly
from tests.laws.systems import systems

# What is found in a text for the clauses named or at the place named; gaps are compared type by type.
RULES = ("conflict", "agreement-conflict", "impossible-duty", "deadlock", "blocked-permission", "expectation",
         "impossible", "never-reached", "redundancy")  # fmt: skip
Key = tuple[str, str, int]
SEVENTH = Fraction(1, 7)


@contextmanager
def numbering() -> Iterator[dict[str, tuple[Cube, ...]]]:
    """Numbers in place of words for readings, with the conditions that they stand for."""
    known: dict[str, tuple[Cube, ...]] = {}

    def numbered(_: NormSystem, cubes: Iterable[Cube]) -> str:
        some = tuple(cubes)
        known[f"reading {len(known)}"] = some
        return f"reading {len(known) - 1}"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading_words, "cubes_words", numbered)
        patch.setattr(attestations, "cubes_words", numbered)
        yield known


@st.composite
def anywhere(draw: st.DrawFn, per_party: bool = False) -> NormSystem:
    needs = ["party"] * per_party + draw(st.sampled_from([[], ["zone"], ["distance"]]))
    return draw(systems(interchangeable=draw(st.booleans()), needs=needs))


@st.composite
def expecting(draw: st.DrawFn, per_party: bool) -> NormSystem:
    """A system whose cases also expect duties, conditions and conflicts."""
    system = draw(anywhere(per_party))
    norm = draw(st.sampled_from(list(system.norms.values())))
    condition = draw(st.sampled_from([g.condition for n in system.norms.values() for g in n.guards] or [TRUE]))
    duty = DutyExpected(norm.bearer, norm.modality, norm.strength, (norm.content,), (), "duty")
    conflict = FindingExpected(RuleId.CONFLICT, draw(st.booleans()), (), (), TRUE, "conflict")
    expected = (duty, ConditionExpected(condition, "condition"), conflict)
    return replace(
        system, cases=(*system.cases, Case("added", None, draw(st.sampled_from([TRUE, condition])), expected))
    )


def keys(findings: Iterable[Finding], empty: Container[Span] = ()) -> Iterator[Key]:
    """What tells the findings of one text apart, whatever words they have; without those about empty cases.

    Of a case without encounters everything holds, and "every reading" means every one on which it has some.
    """
    for f in findings:
        if f.rule in RULES and not any(label.span in empty for label in f.related):
            if f.message.startswith("the axioms alone exclude"):
                continue
            clauses = f.clauses[:1] if f.rule in (RuleId.BLOCKED_PERMISSION, RuleId.REDUNDANCY) else f.clauses
            yield (f.rule, " ".join(sorted(clauses)) if f.rule != RuleId.NEVER_REACHED else "", f.primary.span.start)


def shown(report: Report) -> Iterator[Attestation]:
    """The clauses that an encounter shows to be keepable."""
    yield from (a for a in report.attestations if a.kind is Green.CLAUSE and a.shown)


def holds_on(on: Dependence | None, reading: Read, told: dict[str, tuple[Cube, ...]]) -> bool:
    return on is None or on.every or any(true_at(conjunction(*cube), reading) for cube in told[on.words])


def boundaries(told: Iterable[tuple[Cube, ...]]) -> set[Fraction]:
    """Where verdicts change, and values just beside."""
    found = {abs(atom.bound) for cubes in told for cube in cubes for atom in cube if isinstance(atom, Compare)}
    return {value + step for value in found for step in (-SEVENTH, Fraction(0), SEVENTH)}


def compared(opened: Opened, most: int) -> None:
    """Every reading of the opened system against the system read so, which is asked for what is compared."""
    with numbering() as told:
        found = check(dressed(opened.system))
    assert not [q for q in found.questions if q.verdict == "undecided"]
    readings = list(opened.readings(*boundaries(list(told.values()))))
    for reading in readings[:: max(1, len(readings) // most)]:
        plain = dressed(opened.read(reading))
        if not inconsistent_vocabulary.empty_worlds(plain):
            there = check(plain, select=(*RULES, RuleId.VACUITY))  # which tells of empty cases
            empty = {f.primary.span for f in there.findings if f.message.startswith("what is given in the case")}
            holding = (f for f in found.findings if holds_on(f.readings, reading, told))
            assert set(keys(holding, empty)) == set(keys(there.findings, empty)), reading
            keepable = {a.clauses for a in shown(found) if holds_on(a.readings, reading, told)}
            assert keepable == {a.clauses for a in shown(there)}, reading


SORTS = [(False, False), (True, False), (False, True), (True, True)]


@pytest.mark.parametrize(("named", "per_party"), SORTS)
@given(data=st.data())
@sparingly(24)
def test_findings_and_green_answers_hold_on_the_readings_that_have_them(
    named: bool, per_party: bool, data: st.DataObject
) -> None:
    of = data.draw(opened(expecting(per_party), named, per_party))
    if not inconsistent_vocabulary.empty_worlds(dressed(of.system)):
        compared(of, most=9)


@st.composite
def promising(draw: st.DrawFn, per_party: bool) -> NormSystem:
    """A system with axes that promises something, and is silent on some of it on purpose.

    A quantity may be an axis too, and so may the condition of some clause, as far as it is about the situation.
    """
    system = draw(anywhere(per_party))
    kinds = tuple(v for v in system.situation.attributes if isinstance(v.sort, KindSort | FlagSort))
    topics = tuple(dict.fromkeys(t for n in system.norms.values() for t in n.topics))
    conditions = [g.condition for n in system.norms.values() for g in n.guards] or [FALSE]
    reserves = tuple(
        Reserve(system.subject, f"r{i}", "", draw(st.sampled_from(conditions)), draw(st.sampled_from([(), topics[:1]])))
        for i in range(draw(st.integers(0, 2)))
    )
    quantities = [v for v in system.situation.attributes if isinstance(v.sort, NumberSort)]
    others: list[Axis] = [Measured(variable_name(v), ((Fraction(1), v),)) for v in quantities]
    others += [TermAxis("told", condition, "told", None) for condition in conditions if is_of_situation(condition)]
    also = draw(st.sampled_from([(), *((axis,) for axis in others)]))
    return replace(
        system,
        situation=replace(system.situation, axes=(*(system.situation.axes or kinds[:2]), *also)),
        coverage=system.coverage or (Coverage(system.subject, TRUE, topics),),
        reserves=reserves,
    )


def is_of_situation(condition: Expr) -> bool:
    """Whether a condition is told by attributes alone."""
    match condition:
        case Not(operand):
            return is_of_situation(operand)
        case And(parts) | Or(parts):
            return all(map(is_of_situation, parts))
        case Flag() | IsIn() | Same() | Compare():
            return all(variable.origin is Origin.SITUATION for variable in variables(condition))
        case _:
            return False


@pytest.mark.parametrize(("named", "per_party"), SORTS)
@given(data=st.data())
@sparingly(24)
def test_types_are_open_on_the_readings_that_leave_them_open(named: bool, per_party: bool, data: st.DataObject) -> None:
    of = data.draw(opened(promising(per_party), named, per_party, axioms=True))
    if inconsistent_vocabulary.empty_worlds(dressed(of.system)):
        return
    for about in inquire(dressed(of.system)).strict:
        axes = dividers(about)
        promises = [(n, p, topic) for n, p in enumerate(of.system.coverage) for topic in p.topics]
        for (n, promise, topic), area in product(promises, (ungoverned, advised_only, by_conduct)):
            region = area(about, promise, topic)
            if region is None:
                continue
            types = types_of(region, axes)
            assert not isinstance(types, Unknown)
            groups = list(group_by_reading(region, axes, types))
            assert sorted(cell for some, _ in groups for cell in some) == sorted(types)
            bounds = boundaries(on.cubes for _, on in groups if isinstance(on, ReadingCubes))
            readings = list(of.readings(*bounds))
            for reading in readings[:: max(1, len(readings) // 5)]:
                plain = dressed(of.read(reading))
                if inconsistent_vocabulary.empty_worlds(plain):
                    continue
                there = next(a for a in inquire(plain).strict if a.bearer == about.bearer)
                read = area(there, plain.coverage[n], topic)
                expected = () if read is None else types_of(read, axes)
                assert not isinstance(expected, Unknown)
                found = {cell for some, on in groups if is_among(reading, on) for cell in some}
                assert found == set(expected), reading


def is_among(reading: Read, on: ReadingCubes | Unknown | None) -> bool:
    assert not isinstance(on, Unknown)
    return on is None or on.every or any(true_at(conjunction(*cube), reading) for cube in on.cubes)


@given(data=st.data())
@sparingly(4)
def test_clashes_happen_on_the_readings_on_which_enumeration_finds_them(data: st.DataObject) -> None:
    """Whole lengths only: for others no grid of the enumeration is fine enough."""
    of = data.draw(opened(anywhere(), named=False, per_party=False, axioms=True))
    inquiry = inquire(dressed(of.system))
    for about in inquiry.grounds:
        clashes = [c for c in inquiry.clashes if c.bearer == about.bearer]
        on = {frozenset(c.norms): readings_of_clash(about.system, world_of(about), _demands(about, c), c.extent)
              for c in clashes}  # fmt: skip
        for length in range(3):
            reading = dict.fromkeys(of.variables, Fraction(length))
            expected = conflict_sets(Side(of.read(reading), about.bearer), advised=True)
            assert {norms for norms, held in on.items() if is_among(reading, held)} == set(expected), reading


def _demands(about: Ground, clash: ConflictSet) -> tuple[Formula, ...]:
    return tuple(about.norm(norm).demand for norm in clash.norms)
