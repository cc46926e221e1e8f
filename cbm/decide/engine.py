"""Exists-forall without quantifiers: outer values that no conduct can answer, found in finitely many rounds.

Each round answers the outer values with a conduct written as terms over them, and learns for which other outer
values the same conduct works. There are finitely many such terms, so the search ends; with values instead of terms
it need not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from cbm.decide.implicant import conduct_terms, implicant
from cbm.semantics.formulas import (
    Expr,
    Flag,
    FlagSort,
    IsIn,
    KindSort,
    NumberSort,
    Order,
    Variable,
    disjunction,
    negation,
)
from cbm.semantics.linear import Sum, at_zero, of_variable
from cbm.semantics.substitute import Value, substitute, variables
from cbm.smt.journal import Step, Verdict
from cbm.smt.solve import Sat, Solver, Unknown, Unsat

# A bound on rounds, far above what was ever seen; reaching it is reported as undecided.
ROUNDS = 5_000

# The two questions a search may end with.
_OUTER = Step(
    "is a situation left to which none of the conducts found so far is an answer",
    sat="there is one, and the search goes on from there",
    unsat="there is none: to every situation asked about, some conduct found so far is an answer",
    none=Verdict.UNSAT,
)
_INNER = Step(
    "in the situation given below, does some conduct comply",
    sat="some conduct complies, and the search goes on",
    unsat="in this situation no conduct complies",
    found=Verdict.UNSAT,
)


@dataclass(frozen=True, slots=True)
class Stuck:
    """Outer values to which no conduct is an answer."""

    values: dict[Variable, Value]

    def fixed(self) -> tuple[Expr, ...]:
        """Formulas that hold at these values only."""
        return tuple(fix(variable, value) for variable, value in self.values.items())


@dataclass(slots=True)
class Duel:
    """One exists-forall question: `outer` proposes, `compliance` is what conduct has to make true.

    `outer` may get further requirements between calls of `next`; what was learnt about conduct stays.
    """

    outer: Solver
    inner: Solver
    compliance: tuple[Expr, ...]
    conduct: frozenset[Variable]
    proposed: tuple[Variable, ...]
    patience: int | None = None  # how many rounds are left for all questions together
    _latest: Sat | None = field(default=None, init=False)

    def next(self, *assumed: Expr) -> Stuck | Unsat | Unknown:
        """Outer values, meeting what is assumed, to which no conduct is an answer; Unsat if there are none."""
        for _ in range(ROUNDS):
            if self.patience is not None:
                if not self.patience:
                    break
                self.patience -= 1
            proposal = self.outer.ask(*assumed)
            if not isinstance(proposal, Sat):
                self.outer.note(proposal, *assumed, step=_OUTER)
                return proposal
            self._latest = proposal
            values = proposal.values(self.proposed)
            complying = (*(fix(v, value) for v, value in values.items()), *self.compliance)
            answer = self.inner.ask(*complying)
            if isinstance(answer, Sat):
                self._learn(values, answer)
                continue
            self.inner.note(answer, *complying, step=_INNER)
            return answer if isinstance(answer, Unknown) else Stuck(values)
        return Unknown("the search for conduct did not end in the number of rounds allowed")

    def place(self, wanted: Iterable[Variable]) -> dict[Variable, Value]:
        """What these variables are in the situation that was found last, which meets all that `outer` requires."""
        assert self._latest is not None, "a situation was found"
        return self._latest.values(wanted)

    def _learn(self, values: dict[Variable, Value], answer: Sat) -> None:
        point = values | answer.values(self.conduct)
        literals = [literal for part in self.compliance for literal in implicant(part, point)]
        terms = conduct_terms(literals, point, self.conduct)
        still_open = [negation(substitute(part, terms)) for part in self.compliance]
        self.outer.require(disjunction(*still_open))


def duel(outer: Solver, roles: tuple[str, ...], compliance: tuple[Expr, ...], conduct: Collection[Variable]) -> Duel:
    """A question over the outer solver as it stands; everything in `compliance` that is not conduct is proposed."""
    chosen = frozenset(conduct)
    mentioned = dict.fromkeys(v for part in compliance for v in variables(part))
    proposed = tuple(v for v in mentioned if v not in chosen)
    return Duel(outer, Solver(roles), compliance, frozenset(v for v in mentioned if v in chosen), proposed)


def fix(variable: Variable, value: Value) -> Expr:
    """The variable has this value."""
    match variable.sort:
        case FlagSort():
            return Flag(variable) if value is True else negation(Flag(variable))
        case KindSort():
            assert isinstance(value, str)
            return IsIn(variable, (value,))
        case NumberSort():
            assert isinstance(value, Fraction)
            return at_zero(of_variable(variable).plus(Sum((), value), -1), Order.EQUAL)
