"""Law: on each side of every number in the shipped texts, a case is judged as the evaluator judges that encounter.

For each bound that a clause sets or depends on, an encounter just below it, one at it and one just above it are looked
for, such that the bound decides there, if that is possible. Each is replayed by the evaluator, norm by norm,
and made a case that expects the clause to bind there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import settings

from cbm.core.expressions import And, Compare, Formula, Not, Or, Order, Truth, conjunction, disjunction, negation
from cbm.core.norms import Case, DutyExpected, NormSystem
from cbm.core.roles import rotate
from cbm.core.sorts import NumberSort
from cbm.core.substitution import Value, variables
from cbm.core.variables import Variable
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding
from cbm.finding import RuleId
from cbm.ground.declared_variables import declared_variables
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground, bearers, ground
from cbm.pipeline import check, load
from cbm.records import replace
from cbm.search.exists_forall import fix
from cbm.search.implicants import true_at
from cbm.search.replay import world
from cbm.smt.solve import Sat, Solver
from tests.laws.dressed import place
from tests.laws.sparing import SHORT
from tests.shipped import DRAFTS, SPECS

# Less than any two bounds of the texts differ by.
NEAR = Fraction(1, 1000)
LONG = settings().max_examples > SHORT
TEXTS = [*DRAFTS.glob("*.cbm"), *(SPECS / "instruments").glob("*.cbm")] if LONG else [DRAFTS / "silent_line.cbm"]


@dataclass(frozen=True, slots=True)
class Point:
    """An encounter at a bound of a clause: as values of ground variables, and as the evaluator sees it."""

    about: Ground
    norm: GroundNorm
    values: dict[Variable, Value]
    seen: CompleteEpisode


@pytest.mark.parametrize("path", sorted(TEXTS), ids=lambda path: path.stem)
def test_on_each_side_of_a_bound_a_case_is_judged_as_by_the_evaluator(path: Path) -> None:
    systems, _ = load([path])
    for system in systems:
        points = [point for bearer in bearers(system) for point in points_of(ground(system, bearer))]
        for point in points:
            compare(point)
        expect(system, [point for point in points if is_found(point)])


def compare(point: Point) -> None:
    """What the ground formulas say there of every norm is what the evaluator says."""
    about, seen = point.about, point.seen
    for n in about.norms:
        assert true_at(n.binds, point.values) == binding(n.norm.id, about.bearer, seen, about.system), n.norm.id
        said = fulfilled(n.norm, about.bearer, seen, about.system)
        assert true_at(n.fulfilled, point.values) == said, n.norm.id
        assert said or not true_at(n.kept, point.values), n.norm.id


def is_found(point: Point) -> bool:
    """Whether it is known before anything is done that the clause binds, and it never yields."""
    n, system = point.norm, point.about.system
    yielding = any(n.norm.id in edge.yielding for edge in system.precedences)
    return n.norm.demands and not yielding and not any(v.origin.decided for v in variables(n.binds))


def expect(system: NormSystem, points: list[Point]) -> None:
    """Each point as a case of its own, that expects the clause to bind there."""
    cases = [case(number, point) for number, point in enumerate(points)]
    report = check(replace(system, cases=tuple(cases)), select={RuleId.EXPECTATION})
    failed = {f.primary.span for f in report.findings if f.rule is RuleId.EXPECTATION}
    assert not report.undecided
    for one, point in zip(cases, points, strict=True):
        binds = binding(point.norm.norm.id, point.about.bearer, point.seen, system)
        assert (one.expected[0].span in failed) != binds, (point.norm.norm.id, one.given)


def case(number: int, point: Point) -> Case:
    norm, about = point.norm.norm, point.about
    given = conjunction(*(fix(v, point.values[v]) for v in dict.fromkeys(variables(point.norm.binds))))
    content = rotate(norm.content, about.bearer if norm.rotates else 0, len(about.system.situation.roles))
    span = replace(place(0), start=number * 2, end=number * 2 + 1)
    expected = DutyExpected(
        about.bearer, norm.modality, norm.strength, (content,), (norm.id,), f"expectation {number}", span
    )
    return Case(f"case {number}", None, given, (expected,), span)


# ---- points


def points_of(about: Ground) -> Iterator[Point]:
    everything = (*about.possible, *about.feasible)
    solver = Solver(about.system.situation.roles, everything)
    said = [*everything, *(f for n in about.norms for f in (n.binds, n.fulfilled))]
    wanted = dict.fromkeys((*(v for f in said for v in variables(f)), *declared_variables(about.system)))
    for n in about.norms:
        for formula in (n.binds, n.fulfilled):
            for atom in bounds_in((formula,)):
                decisive = differing(decided(formula, atom, True), decided(formula, atom, False))
                for side in sides(atom):
                    # With all else as the clause has it; or at least where the bound decides; or anywhere.
                    answers = (solver.ask(side, *rest) for rest in ((decisive, n.binds), (decisive,), ()))
                    answer = next((a for a in answers if isinstance(a, Sat)), None)
                    if answer is not None:
                        values = dict(answer.values(wanted))
                        yield Point(about, n, values, world(about.system, values))


def differing(one: Formula, other: Formula) -> Formula:
    return disjunction(conjunction(one, negation(other)), conjunction(other, negation(one)))


def decided(formula: Formula, atom: Compare, value: bool) -> Formula:
    """The formula with a truth value in place of a bound."""
    match formula:
        case Compare():
            return Truth(value) if formula == atom else formula
        case Not(operand):
            return negation(decided(operand, atom, value))
        case And(parts):
            return conjunction(*(decided(part, atom, value) for part in parts))
        case Or(parts):
            return disjunction(*(decided(part, atom, value) for part in parts))
        case _:
            return formula


def bounds_in(formulas: Iterable[Formula]) -> list[Compare]:
    """The bounds in formulas, each once."""

    def inside(formula: Formula) -> Iterator[Compare]:
        match formula:
            case Compare():
                yield formula
            case Not(operand):
                yield from inside(operand)
            case And(parts) | Or(parts):
                for part in parts:
                    yield from inside(part)
            case _:
                pass

    return list(dict.fromkeys(found for formula in formulas for found in inside(formula)))


def sides(atom: Compare) -> Iterator[Compare]:
    """Just below the bound, at it, and just above it."""
    counted = all(isinstance(v.sort, NumberSort) and v.sort.whole for _, v in atom.terms)
    near = Fraction(1) if counted else NEAR
    for bound in (atom.bound - near, atom.bound, atom.bound + near):
        yield Compare(atom.terms, Order.EQUAL, bound)
