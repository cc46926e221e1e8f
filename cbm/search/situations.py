"""Situations put together from values that conditions allow, and mended until nothing is broken; or not at all.

What comes out has been evaluated: every axiom holds in it, and so does what was asked for. What does not come out may
exist all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import chain

from cbm.core.expressions import And, Compare, Formula, Not, Or
from cbm.core.linear import difference
from cbm.core.sorts import NumberSort
from cbm.core.substitution import Value, variables
from cbm.core.variables import Variable
from cbm.records import Record
from cbm.search.compiled import Holds, compiled
from cbm.search.implicants import Point, value_of
from cbm.smt.index import Box, Domain, Interval, admits, bits, some_value, values_of
from cbm.smt.solve import Sat, Solver, any_value

# So many changes are made to mend one situation, and so many values tried: what takes more is not found as a rule.
CHANGES = 6
TRIES = 50
# Where a solver would say it as well, no more than this is tried, and only where so few variables are spoken of.
FEW_TRIES, FEW_VARIABLES = 12, 8


class Claim(Record):
    """A formula as something to be evaluated and mended."""

    formula: Formula
    holds: Holds
    about: tuple[Variable, ...]


def claim(formula: Formula) -> Claim:
    """Its evaluation is prepared once for each formula."""
    holds: Holds | None = formula.kept("holds")
    if holds is None:
        holds = compiled(formula)
        formula.keep("holds", holds)
    return Claim(formula, holds, formula.variables)


class Situations:
    """Everything that meets what is required; `conditions` are all that will be asked about.

    The solver is shared by all who ask about these situations, and so is the first situation it finds.
    """

    def __init__(self, roles: tuple[str, ...], required: tuple[Formula, ...], conditions: Sequence[Formula]) -> None:
        self.solver = Solver(roles, required)
        self._required, self._conditions = required, conditions

    @cached_property
    def mentioned(self) -> list[Variable]:
        """All that is spoken of, in order of first occurrence."""
        return list(dict.fromkeys(chain.from_iterable(map(variables, (*self._required, *self._conditions)))))

    @cached_property
    def _axioms(self) -> list[Claim]:
        return [claim(formula) for formula in self._required]

    @cached_property
    def _about(self) -> dict[Variable, list[Claim]]:
        """What is required of each variable."""
        about: dict[Variable, list[Claim]] = {}
        for axiom in self._axioms:
            for variable in axiom.about:
                about.setdefault(variable, []).append(axiom)
        return about

    @cached_property
    def first(self) -> Point | None:
        """Some situation, the same for all who ask, of the plainest values where these can be mended; None if none."""
        return self._from_the_solver() if self.plain is None else self.plain

    @cached_property
    def plain(self) -> Point | None:
        """A situation of the plainest values, where these can be mended."""
        plainest = {variable: any_value(variable.sort) for variable in self.mentioned}
        return self._until_it_holds(plainest, {}, list(self._axioms))

    def show(self, formulas: Iterable[Formula]) -> bool:
        """Whether the formulas hold in one like the plain one; where they do not, nothing is known."""
        said = tuple(formulas)
        if len({v for formula in said for v in formula.variables}) > FEW_VARIABLES or self.plain is None:
            return False
        open_ = [claim(formula) for formula in said]
        point = {v: any_value(v.sort) for one in open_ for v in one.about} | dict(self.plain)
        return self._until_it_holds(point, {}, open_, FEW_TRIES) is not None

    def _from_the_solver(self) -> Point | None:
        with self.solver.scope():
            answer = self.solver.ask()
            return answer.values(self.mentioned) if isinstance(answer, Sat) else None

    def near(self, base: Point, box: Box, wanted: Iterable[Claim]) -> Point | None:
        """The base with values of the box, mended until the wanted claims hold; None where that does not succeed."""
        point, open_ = dict(base), list(wanted)
        for variable, domain in box.items():
            if not admits(variable, domain, point[variable]):
                value = some_value(variable.sort, domain)
                if value is None:
                    return None
                point[variable] = value
                open_ += self._about.get(variable, ())
        return self._until_it_holds(point, box, open_)

    def _until_it_holds(
        self, point: dict[Variable, Value], box: Box, open_: list[Claim], most: int = TRIES
    ) -> Point | None:
        """The point, changed within the box until the open claims hold; None where few changes do not achieve that."""
        tries = iter(range(most))
        for _ in range(CHANGES):
            broken = next((claim for claim in open_ if not claim.holds(point)), None)
            if broken is None:
                return point
            changed = self._mended(point, box, broken, tries)
            if changed is None:
                return None
            open_ += self._about.get(changed, ())
        return point if all(claim.holds(point) for claim in open_) else None

    def _mended(self, point: dict[Variable, Value], box: Box, broken: Claim, tries: Iterator[int]) -> Variable | None:
        """The variable with whose new value the claim holds and no axiom about it is broken; None if there is none."""
        for variable in broken.about:
            before = point[variable]
            for value in candidates(variable, box.get(variable), broken.formula, point):
                if next(tries, None) is None:
                    return None
                point[variable] = value
                if broken.holds(point) and all(axiom.holds(point) for axiom in self._about.get(variable, ())):
                    return variable
            point[variable] = before
        return None


def are_met_plainly(formulas: Iterable[Formula]) -> bool:
    """Whether they hold together in a situation of plain values, mended: without a solver, or it is not known."""
    return Situations((), tuple(formulas), ()).plain is not None


def candidates(variable: Variable, domain: Domain | None, formula: Formula, point: Point) -> Iterable[Value]:
    """Values of the domain that may make the formula true: all of a kind, for a quantity those next to its bounds.

    They are found as they are taken: a long formula has more of them than are tried.
    """
    if not isinstance(variable.sort, NumberSort):
        assert not isinstance(domain, Interval)
        known = values_of(variable)
        return list(known) if domain is None else [known[bit] for bit in bits(domain)]
    near = (value for bound in _bounds(formula, variable, point) for value in (bound, bound - 1, bound + 1))
    found = (value for value in near if value.denominator == 1 or not variable.sort.whole)
    return (value for value in found if domain is None or admits(variable, domain, value))


def _bounds(formula: Formula, variable: Variable, point: Point) -> Iterator[Fraction]:
    """Where the comparisons of a formula change their answer when only this quantity moves."""
    match formula:
        case Compare():
            total = difference(formula)
            coefficient = total.coefficient(variable)
            value = point[variable]
            if coefficient and isinstance(value, Fraction):
                yield value - value_of(total, point) / coefficient
        case Not(operand):
            yield from _bounds(operand, variable, point)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _bounds(part, variable, point)
        case _:
            return
