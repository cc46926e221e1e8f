"""Law: which packages are clean, and which on some readings of an empty figure only, is what enumeration says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

from hypothesis import assume, example, given
from hypothesis import strategies as st

from cbm import load_text
from cbm.core.negotiation import Negotiation
from cbm.finding import Finding, RuleId, Severity
from cbm.negotiation.outlook import Outlook
from cbm.negotiation.reading_flaws import reading_flaws, workable_readings
from cbm.pipeline import check
from tests.laws.bracketed import WORLD
from tests.laws.sparing import sparingly

HEAD = WORLD.replace("\noptions d one of A, B\n", "\n")
FIGURE = "[reach __ from 100 m to 500 m]"
# What is enough of them: the figure is compared with hundreds of metres.
READINGS = [Fraction(metres) for metres in range(100, 501, 50)]
Package = tuple[int, ...]


@dataclass(frozen=True)
class Bound:
    """`at least` or `at most`, of a figure that is read, or of one of the amounts of a choice, where two alike meet."""

    least: bool
    amounts: tuple[int, ...]  # none: the figure that is read
    whose: str = "ship"

    def amount(self, taken: int, reading: Fraction) -> Fraction:
        return Fraction(self.amounts[taken]) if self.amounts else reading

    @property
    def options(self) -> int:
        return max(1, len(self.amounts))

    def clause(self, number: int) -> str:
        amounts = " | ".join(f"{amount} m" for amount in self.amounts)
        told = FIGURE if not self.amounts else amounts if len(self.amounts) == 1 else f"[{amounts}]"
        meeting = f"a {self.whose} meeting a {self.whose}"
        return f"clause {number} {meeting} must keep gap {'>=' if self.least else '<='} {told}\n"


amounts = st.lists(st.sampled_from((100, 200, 300, 400, 500)), min_size=1, max_size=3, unique=True).map(tuple)
bounds = st.lists(
    st.builds(Bound, st.booleans(), st.one_of(st.just(()), amounts, amounts), st.sampled_from(("ship", "plane"))),
    min_size=2,
    max_size=4,
).map(tuple)


@dataclass(frozen=True)
class Enumerated:
    """What every package is like, by which pairs of clauses exclude each other on which reading."""

    of: tuple[Bound, ...]

    @property
    def packages(self) -> Iterator[Package]:
        return product(*(range(bound.options) for bound in self.of))

    def clash(self, pair: tuple[int, int], package: Package, reading: Fraction) -> bool:
        one, other = (self.of[i] for i in pair)
        if one.least is other.least or one.whose != other.whose:
            return False
        low, high = pair if one.least else pair[::-1]
        return self.of[low].amount(package[low], reading) > self.of[high].amount(package[high], reading)

    def on(self, pair: tuple[int, int], package: Package) -> list[bool]:
        return [self.clash(pair, package, reading) for reading in READINGS]

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Those that do not clash on every package and every reading: these are no matter of packages."""
        for pair in combinations(range(len(self.of)), 2):
            if not all(all(self.on(pair, package)) for package in self.packages):
                yield pair

    def is_clean(self, package: Package) -> bool:
        """What depends on readings alone, and on all packages alike, is left out."""
        counted = [p for p in self.pairs() if len({tuple(self.on(p, other)) for other in self.packages}) > 1]
        return not any(any(self.on(pair, package)) for pair in counted)

    def is_open(self, package: Package) -> bool:
        if any(all(self.on(pair, package)) for pair in self.pairs()):
            return False
        free = [other for other in self.packages if self.is_free(other)]
        return not free or package in free

    def is_free(self, package: Package) -> bool:
        """Whether, of what depends on readings, some reading has nothing."""
        dependent = [p for p in self.pairs() if any(len(set(self.on(p, other))) > 1 for other in self.packages)]
        return any(not any(self.clash(pair, package, r) for pair in dependent) for r in READINGS)


def outlook_of(of: Iterable[Bound]) -> Outlook:
    return outlook_of_text("".join(bound.clause(number) for number, bound in enumerate(of, start=1)))


def outlook_of_text(clauses: str) -> Outlook:
    ((system,), faults) = load_text(HEAD + clauses)
    assert not faults
    return Outlook(Negotiation(system), check(system).findings)


def in_boxes(boxes: Iterable[Mapping[int, int]], taken: Package) -> bool:
    return any(all(options >> taken[choice] & 1 for choice, options in box.items()) for box in boxes)


@sparingly(5)
@given(bounds)
@example(
    (Bound(True, ()), Bound(False, (200,)), Bound(False, (), "plane"), Bound(True, (300, 100), "plane"))
)  # each leaves a reading, and both together none
@example((Bound(True, ()), Bound(False, (200, 500))))
def test_packages_are_clean_and_workable_as_enumeration_says(of: tuple[Bound, ...]) -> None:
    choices = [i for i, bound in enumerate(of) if bound.options > 1]
    assume(choices)
    known, outlook = Enumerated(of), outlook_of(of)
    for package in known.packages:
        taken = tuple(package[i] for i in choices)
        clean = all(in_boxes(group.clean, taken) for group in outlook.groups)
        is_open = all(in_boxes(group.open, taken) for group in outlook.groups)
        assert (clean, is_open) == (known.is_clean(package) and known.is_open(package), known.is_open(package)), package
    open_ones = [package for package in known.packages if known.is_open(package)]
    assert outlook.open_packages == len(open_ones)
    assert outlook.clean_packages == sum(map(known.is_clean, open_ones))
    assert outlook.packages == len(list(known.packages))


@sparingly(4)
@given(bounds)
def test_it_is_told_on_which_readings_a_package_is_workable(of: tuple[Bound, ...]) -> None:
    choices = [i for i, bound in enumerate(of) if bound.options > 1]
    assume(choices)
    known, outlook = Enumerated(of), outlook_of(of)
    flaws = list(reading_flaws(outlook.findings))
    for package in known.packages if flaws else ():
        box = {number: 1 << package[i] for number, i in enumerate(choices)}
        on = workable_readings(outlook.negotiation, flaws, box)
        assert on is not None
        free = [r for r in READINGS if not any(known.clash(_pair(f.finding), package, r) for f in flaws)]
        assert on.every is (free == READINGS), package
        assert bool(on.every or on.cubes) is bool(free), package


@sparingly(4)
@given(bounds)
@example((Bound(True, ()), Bound(False, (200,)), Bound(False, (), "plane"), Bound(True, (300,), "plane")))
@example((Bound(True, ()), Bound(False, (200,)), Bound(False, (), "plane"), Bound(True, (200,), "plane")))
def test_it_is_told_where_no_reading_is_left_whatever_is_taken(of: tuple[Bound, ...]) -> None:
    known, outlook = Enumerated(of), outlook_of(of)
    told = any(finding.rule is RuleId.NO_WORKABLE_READING for finding in outlook.findings)
    assert told is not any(map(known.is_free, known.packages))


def _pair(finding: Finding) -> tuple[int, int]:
    one, other = (int(clause.split(":")[1]) - 1 for clause in finding.clauses)
    return one, other


def test_what_leaves_no_reading_together_is_told_with_each_of_its_causes() -> None:
    outlook = outlook_of_text(f"""clause 1 a ship meeting a ship must keep gap >= {FIGURE}
clause 2 a ship meeting a ship when fog must keep gap <= 200 m
clause 3 a plane meeting a plane must keep gap <= {FIGURE}
clause 4 a plane meeting a plane when fog must keep gap >= [A: 300 m | B: 100 m]
""")
    ((group, choice, option),) = outlook.dead()
    assert (choice, option) == (0, 0)
    reasons = list(group.reasons([(choice, option)]))
    assert [finding.clauses for finding in reasons] == [("text:1", "text:2"), ("text:3", "text:4")]
    assert {finding.severity for finding in reasons} == {Severity.WARNING}
