"""Laws: names, order and sides change nothing in what is found but the names, the order and the sides it is told by.

Where a change may decide which of several right answers is told, the law says so and compares what these share; that
each of them is right is the business of the laws that hold the checks against enumeration.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import Enum
from random import Random
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from cbm.finding import Attestation, Finding, Green, Pairs, Report, Severity
from cbm.pipeline import check
from cbm.semantics.core import Expected, Expr, FindingExpected, NormSystem
from cbm.semantics.rotate import rename_roles

from .changes import (
    coded,
    decoded,
    names_in,
    parted,
    rebuilt,
    renamed,
    shuffled,
    with_parties_changed,
    with_places_changed,
    with_roles_renumbered,
)
from .dressed import dressed
from .gist import Region, assert_implied_in_order, gists, regions, same_place, shown, without_examples
from .sparing import sparingly
from .tiny import DRAFT, PACT
from .whole import whole_systems

T = TypeVar("T")
CHANCE = st.randoms(use_true_random=False)
Regions = Mapping[Hashable, Region]


def assert_alike(system: NormSystem, report: Report, found: Regions, *without: str) -> None:
    """What is found, and where, is what is found of the system itself; but for the rules named."""
    plain = check(dressed(system))
    assert gists(report.findings, *without) == gists(plain.findings, *without)
    assert shown(report) == shown(plain)
    assert_same_places(system, found)


def assert_same_places(system: NormSystem, found: Regions) -> None:
    expected = regions(system)
    assert found.keys() == expected.keys()
    for name, region in expected.items():
        assert same_place(region, found[name], system.situation.roles), name


# ---- names


def under_other_names(system: NormSystem, names: Mapping[str, str]) -> tuple[Report, Regions]:
    """What is found of the system when everything in it has another name, told in the old ones."""
    other = renamed(system, names)

    def answer(part: object) -> object:
        return decoded(part, names) if isinstance(part, str) and not isinstance(part, Enum) else None

    found = {rebuilt(name, answer): rebuilt(region, answer) for name, region in regions(other).items()}
    return rebuilt(check(dressed(other)), answer), found


@sparingly(4)
@given(whole_systems())
def test_names_in_the_same_alphabetical_order_change_nothing_but_examples(system: NormSystem) -> None:
    report, _ = under_other_names(system, coded(names_in(system)))
    assert without_examples(report) == without_examples(check(dressed(system)))


@sparingly(4)
@given(whole_systems(), CHANCE)
def test_other_names_change_nothing_but_which_example_and_which_conditions_are_told(
    system: NormSystem, chance: Random
) -> None:
    names = names_in(system)
    chance.shuffle(names)
    assert_alike(system, *under_other_names(system, coded(names)))


# ---- order


@sparingly(4)
@given(whole_systems(), CHANCE)
def test_order_changes_nothing_but_which_of_several_clauses_is_told(system: NormSystem, chance: Random) -> None:
    """Redundant clauses are asked about in source order, and none that was told is used against a later one."""
    placed = dressed(system)
    other = shuffled(placed, chance)
    report = check(other)
    assert_alike(system, report, regions(other), "redundancy")
    assert_implied_in_order(check(placed), list(map(str, placed.norms)), report, list(map(str, other.norms)))


# ---- sides


@sparingly(4)
@given(whole_systems())
def test_parties_that_change_sides_change_nothing_but_their_names(system: NormSystem) -> None:
    """Types of encounter that parties tell apart are left out: their boxes are told in the order of the parties."""
    party = system.situation.party or ""
    kept = tuple(axis for axis in system.situation.axes if axis.name != party)
    system = replace(system, situation=replace(system.situation, axes=kept))
    other = with_parties_changed(system, "A", "B", party)
    found = {name: with_parties_changed(region, "A", "B", party) for name, region in regions(other).items()}
    assert_alike(system, check(dressed(other)), found)


@sparingly(4)
@given(whole_systems(interchangeable=False))
def test_fixed_roles_declared_the_other_way_round_change_nothing(system: NormSystem) -> None:
    other = with_roles_renumbered(system)
    found = {_renumbered(name): _of_the_other(region) for name, region in regions(other).items()}
    assert_alike(system, check(dressed(other)), found)


def _renumbered(name: Hashable) -> Hashable:
    assert isinstance(name, tuple)
    match name:
        case (int() as bearer, frozenset() as clauses):
            return (1 - bearer, clauses)
        case duties:
            return tuple(sorted((clause, 1 - role) for clause, role in duties))


def _of_the_other(region: Region) -> Region:
    def turned(formula: Expr) -> Expr:
        return rename_roles(formula, lambda role: 1 - role)

    return Region(tuple(map(turned, region.world)), turned(region.where))


@sparingly(4)
@given(whole_systems(interchangeable=True))
def test_units_that_change_places_in_axioms_and_cases_change_nothing(system: NormSystem) -> None:
    other = with_places_changed(system)
    assert_alike(system, check(dressed(other)), regions(other))


# ---- texts in two parts

ANNEX = "annex"


@sparingly(4)
@given(whole_systems(), st.data())
def test_an_instrument_in_two_parts_is_one(system: NormSystem, data: st.DataObject) -> None:
    clauses = [norm for norm in system.norms if norm.document == PACT]
    if clauses:
        other = parted(dressed(system), data.draw(st.sampled_from(clauses)), ANNEX)
        found = {in_one(name, PACT): region for name, region in regions(other).items()}
        assert_alike(system, in_one(check(other), PACT), found)


@sparingly(4)
@given(whole_systems(), st.data())
def test_a_draft_in_two_parts_is_one_but_the_second_is_not_under_check(system: NormSystem, data: st.DataObject) -> None:
    """What concerns the second part alone is told as of other texts: clashes as notes, and nothing else."""
    system = replace(system, cases=tuple(replace(case, expected=_lasting(case.expected)) for case in system.cases))
    clauses = [norm for norm in system.norms if norm.document == DRAFT]
    if not clauses:
        return
    first = data.draw(st.sampled_from(clauses))
    moved = {str(norm) for norm in clauses[clauses.index(first) :]}
    other = parted(dressed(system), first, ANNEX)
    report = in_one(check(other), DRAFT)
    plain = check(dressed(system))
    expected = [told for finding in plain.findings for told in _beside(finding, moved)]
    assert gists(report.findings) == gists(expected)
    assert _shown_of_first(report, moved) == _shown_of_first(plain, moved)
    assert_same_places(system, {in_one(name, DRAFT): region for name, region in regions(other).items()})


def _lasting(expected: Iterable[Expected]) -> tuple[Expected, ...]:
    """Without expectations of findings, which go by which texts are concerned."""
    return tuple(e for e in expected if not isinstance(e, FindingExpected))


def _beside(finding: Finding, moved: set[str]) -> Iterator[Finding]:
    """The finding as it is told when these clauses are not of the text under check."""
    clauses = set(finding.clauses)
    inside = any(clause.startswith(f"{DRAFT}:") for clause in clauses - moved)
    match finding.rule:
        case "conflict" | "agreement-conflict" if inside:
            apart = any(clause in moved or not clause.startswith(f"{DRAFT}:") for clause in clauses)
            yield replace(finding, rule="agreement-conflict" if apart else "conflict")
        case "conflict" | "agreement-conflict" | "deadlock" if not inside:
            if "settled" not in finding.message:
                rule = "deadlock" if finding.rule == "deadlock" else "conflict"
                yield replace(finding, rule=rule, severity=Severity.NOTE)
        case "impossible-duty" if not inside:
            yield replace(finding, severity=Severity.NOTE)
        case "vacuity" | "redundancy" | "blocked-permission":
            if not finding.clauses or finding.clauses[0] not in moved:
                yield finding
        case _:
            yield finding


def _shown_of_first(report: Report, moved: set[str]) -> Counter[Hashable]:
    """What is attested of the clauses of the first part and of promises and expectations."""
    kept = [a for a in report.attestations if a.kind is not Green.PAIR and moved.isdisjoint(_own(a))]
    return shown(replace(report, attestations=tuple(kept), pairs=Pairs()))


def _own(attestation: Attestation) -> tuple[str, ...]:
    return attestation.clauses if attestation.kind is Green.CLAUSE else ()


def in_one(thing: T, name: str) -> T:
    """What is said of the two parts as it is said of the one text."""
    of = "" if name == DRAFT else f" of {name}"

    def answer(part: object) -> object:
        if not isinstance(part, str) or isinstance(part, Enum):
            return None
        return part.replace(f" of {ANNEX}", of).replace(f"{ANNEX}:", f"{name}:")

    return rebuilt(thing, answer)
