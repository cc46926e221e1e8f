"""Small norm systems with an open term, and the same systems with the term read in one way or another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from hypothesis import assume
from hypothesis import strategies as st

from cbm.core.expressions import (
    And,
    Binds,
    Compare,
    Does,
    Each,
    Expr,
    Flag,
    Formula,
    IsIn,
    Not,
    Or,
    Order,
    States,
    Through,
    Worded,
    Works,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.norms import DutyExpected, Expected, Guard, Norm, NormSystem, OpenTerm
from cbm.core.roles import sorted_terms
from cbm.core.sorts import Dimension, KindSort, NumberSort
from cbm.core.substitution import mentioned, substitute
from cbm.core.variables import Origin, Reading, Variable
from cbm.core.written import stated
from cbm.evaluate.complete_episode import Value
from cbm.ground.party_readings import readings_of
from cbm.records import replace
from tests.laws.tiny import DRAFT, PARTY

RANGE = NumberSort(Dimension.LENGTH, Fraction(0), Fraction(2))
Read = Mapping[Variable, Value]  # a reading of the open term, for each who reads it


@dataclass(frozen=True, slots=True)
class Opened:
    """A system with one open term."""

    system: NormSystem

    @property
    def term(self) -> OpenTerm:
        return self.system.open_terms[0]

    @property
    def variables(self) -> tuple[Variable, ...]:
        """What is read: one variable, or one for each party."""
        return tuple(reading.variable for reading in readings_of(self.system, (self.term,)))

    def readings(self, *more: Fraction) -> Iterator[Read]:
        """Every named reading, or quantities on a grid, with more of them where they lie in the range."""
        sort = self.term.variable.sort
        if isinstance(sort, KindSort):
            values: list[Value] = list(sort.members)
        else:
            steps = {Fraction(n, 2) for n in range(5)} if len(self.variables) == 1 else {Fraction(n) for n in range(3)}
            values = [value for value in sorted(steps | set(more)) if 0 <= value <= 2]
        for chosen in product(values, repeat=len(self.variables)):
            yield dict(zip(self.variables, chosen, strict=True))

    def read(self, reading: Read) -> NormSystem:
        """The system without an open term, this reading written in its place."""

        def written(expression: Expr) -> Expr:
            return _written(expression, lambda atom: self._atom(atom, reading))

        return replace(_everywhere(self.system, written), open_terms=())

    def _atom(self, atom: Formula, reading: Read) -> Expr:
        read = [v for v in mentioned(atom) if v.origin is Origin.READING]
        if not read:
            return atom
        if not self.term.per_party:
            return substitute(atom, dict(reading))
        (variable,) = set(read)
        party = self.system.situation.party
        assert party is not None
        of_party = replace(party, role=variable.role)
        return disjunction(
            *(
                conjunction(IsIn(of_party, (name,)), substitute(atom, {variable: reading[known]}))
                for name, known in zip(PARTY.members, self.variables, strict=True)
            )
        )


@st.composite
def opened(
    draw: st.DrawFn, systems: st.SearchStrategy[NormSystem], named: bool, per_party: bool, axioms: bool = False
) -> Opened:
    """A system in which bounds of lengths, or else flags and choices, are left open by one term of the draft.

    `axioms` says whether in axioms as well: then there may be no encounter for a case, or between some parties, on some
    readings, and what is expected of such encounters holds for no other reason.
    """
    system = draw(systems)
    assume(system.situation.party is not None or not per_party)
    term, written = (_choices if named else _bounds)(0 if per_party else None)
    # Not everywhere: what stays fixed is held against what is open.
    chosen = draw(st.lists(st.sampled_from(list(system.norms)), min_size=1, unique=True))
    norms = {n: _norm(norm, written) if n in chosen else norm for n, norm in system.norms.items()}
    result = replace(system, norms=norms, open_terms=(term,))
    if draw(st.booleans()):
        result = replace(_everywhere(result, written), norms=norms, axioms=system.axioms)
    if axioms:
        result = replace(result, axioms=_everywhere(system, written).axioms)
    assume(any(v.origin is Origin.READING for e in stated(result) for v in mentioned(e)))
    return Opened(result)


# ---- what is opened


def _bounds(role: int | None) -> tuple[OpenTerm, Callable[[Expr], Expr]]:
    """Every bound of 1 on one length becomes the open length."""
    variable = Reading("near", DRAFT, role, RANGE)

    def atom(expression: Expr) -> Expr:
        if not isinstance(expression, Compare) or len(expression.terms) != 1 or abs(expression.bound) != 1:
            return expression
        ((coefficient, length),) = expression.terms
        if not isinstance(length.sort, NumberSort) or length.sort.dimension is not Dimension.LENGTH:
            return expression
        if expression.order is Order.EQUAL:
            terms = sorted_terms({length: Fraction(1), variable: Fraction(-1)})
            sign = terms[0][0]
            return Compare(tuple((c * sign, v) for c, v in terms), Order.EQUAL, Fraction(0))
        return Compare(sorted_terms({length: coefficient, variable: -coefficient}), expression.order, Fraction(0))

    return OpenTerm("near", DRAFT, "near", variable), lambda expression: _written(expression, atom)


def _choices(role: int | None) -> tuple[OpenTerm, Callable[[Expr], Expr]]:
    """Every flag, and every choice of one value, becomes one among three: the same, another one, or none."""
    sort = KindSort(f"there of {DRAFT}", ("said", "other", "none"))
    variable = Reading("there", DRAFT, role, sort)

    def atom(expression: Expr) -> Expr:
        match expression:
            case Flag():
                other: Expr = negation(expression)
            case IsIn(chosen, (member,)) if isinstance(chosen.sort, KindSort) and chosen.origin is Origin.SITUATION:
                known = chosen.sort.members
                other = IsIn(chosen, (known[(known.index(member) + 1) % len(known)],))
            case _:
                return expression
        said, instead = IsIn(variable, ("said",)), IsIn(variable, ("other",))
        return disjunction(conjunction(said, expression), conjunction(instead, other))

    return OpenTerm("there", DRAFT, "there", variable), lambda expression: _written(expression, atom)


# ---- expressions written anew


def _everywhere(system: NormSystem, written: Callable[[Expr], Expr]) -> NormSystem:
    return replace(
        system,
        norms={identity: _norm(norm, written) for identity, norm in system.norms.items()},
        axioms=tuple(replace(a, condition=written(a.condition), given=written(a.given)) for a in system.axioms),
        coverage=tuple(replace(p, condition=written(p.condition)) for p in system.coverage),
        reserves=tuple(replace(r, condition=written(r.condition)) for r in system.reserves),
        cases=tuple(
            replace(c, given=written(c.given), expected=tuple(_expected(e, written) for e in c.expected))
            for c in system.cases
        ),
    )


def _norm(norm: Norm, written: Callable[[Expr], Expr]) -> Norm:
    def guards(some: tuple[Guard, ...]) -> tuple[Guard, ...]:
        return tuple(replace(guard, condition=written(guard.condition)) for guard in some)

    return replace(norm, guards=guards(norm.guards), exceptions=guards(norm.exceptions), content=written(norm.content))


def _expected(expected: Expected, written: Callable[[Expr], Expr]) -> Expected:
    if isinstance(expected, DutyExpected):
        return replace(expected, contents=tuple(map(written, expected.contents)))
    return replace(expected, condition=written(expected.condition))


def _written(expression: Expr, atom: Callable[[Formula], Expr]) -> Expr:
    match expression:
        case Not(operand):
            return negation(_written(operand, atom))
        case And(parts):
            return conjunction(*(_written(part, atom) for part in parts))
        case Or(parts):
            return disjunction(*(_written(part, atom) for part in parts))
        case Does(act, role, manner):
            return Does(act, role, _written(manner, atom))
        case States() | Binds() | Each() | Through() | Worded() | Works():
            return expression
        case _:
            return atom(expression)
