"""Expressions and norm systems said anew: with other variables or values in their conditions, other names of texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never

from cbm.core.episodes import Axiom
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
    NormId,
    Not,
    Or,
    Same,
    States,
    Through,
    Truth,
    Worded,
    Works,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.norms import (
    Coverage,
    Displacement,
    Guard,
    Norm,
    NormSystem,
    OpenTerm,
    Precedence,
    Recurrence,
    Reserve,
    Secondary,
    Substitute,
)
from cbm.core.packages.choices import ClauseCycle, NegotiatedChoice
from cbm.core.sorts import KindSort
from cbm.core.substitution import Atom
from cbm.core.variables import Addressee, Reading
from cbm.records import Record, replace


class Rewriting(Record):
    """What becomes of each condition, of the name of each text, of open terms, of whether a channel serves, and of the
    name of each party that an act is done to."""

    atom: Callable[[Atom], Formula] = lambda atom: atom
    text: Callable[[str], str] = lambda name: name
    reading: Callable[[Reading], Reading] = lambda reading: reading
    works: Callable[[Works], Expr] = lambda works: works
    addressee: Callable[[str], str] = lambda party: party

    def norm(self, norm: NormId) -> NormId:
        """What a clause is called in the text of the other name."""
        return replace(norm, document=self.text(norm.document))

    def norms(self, norms: Iterable[NormId]) -> frozenset[NormId]:
        return frozenset(map(self.norm, norms))

    def expression(self, expression: Expr) -> Expr:
        """The expression, condition by condition."""
        match expression:
            case Flag() | IsIn() | Same() | Compare():
                return self.atom(expression)
            case States(Addressee(party)):
                return States(Addressee(self.addressee(party)))
            case Truth() | States() | Through() | Worded():
                return expression
            case Works():
                return self.works(expression)
            case Does(act, role, manner):
                return Does(act, role, self.expression(manner))
            case Each(act, role, body):
                return Each(act, role, self.expression(body))
            case Binds(norm, role):
                return Binds(self.norm(norm), role)
            case Not(operand):
                return negation(self.expression(operand))
            case And(parts):
                return conjunction(*map(self.expression, parts))
            case Or(parts):
                return disjunction(*map(self.expression, parts))
            case _:
                assert_never(expression)

    def formula(self, formula: Formula) -> Formula:
        """The same of a ground formula."""
        match formula:
            case Flag() | IsIn() | Same() | Compare():
                return self.atom(formula)
            case Truth():
                return formula
            case Not(operand):
                return negation(self.formula(operand))
            case And(parts):
                return conjunction(*map(self.formula, parts))
            case Or(parts):
                return disjunction(*map(self.formula, parts))
            case _:
                assert_never(formula)

    def system(self, system: NormSystem) -> NormSystem:
        """The norm system; what its cases expect is left out, its situation and its channels stay."""
        return replace(
            system,
            subject=self.text(system.subject),
            texts={self.text(n): replace(t, name=self.text(n)) for n, t in system.texts.items()},
            norms={self.norm(n): self._norm(norm) for n, norm in system.norms.items()},
            displacements=tuple(map(self._displacement, system.displacements)),
            precedences=tuple(map(self._precedence, system.precedences)),
            axioms=tuple(map(self._axiom, system.axioms)),
            coverage=tuple(map(self._promise, system.coverage)),
            reserves=tuple(map(self._reserve, system.reserves)),
            open_terms=tuple(map(self._open_term, system.open_terms)),
            ties=tuple(replace(tie, condition=self.formula(tie.condition)) for tie in system.ties),
            open_cycles=tuple(map(self._cycle, system.open_cycles)),
            cases=(),
        )

    def _cycle(self, cycle: ClauseCycle) -> ClauseCycle:
        return replace(cycle, clauses=tuple(map(self.norm, cycle.clauses)), holds=self.formula(cycle.holds))

    def _norm(self, norm: Norm) -> Norm:
        return replace(
            norm,
            id=self.norm(norm.id),
            guards=tuple(map(self._guard, norm.guards)),
            exceptions=tuple(map(self._guard, norm.exceptions)),
            content=self.expression(norm.content),
            asked=None if norm.asked is None else self.expression(norm.asked),
            substitutes=tuple(map(self._substitute, norm.substitutes)),
            otherwise=tuple(map(self._secondary, norm.otherwise)),
            restates=tuple(map(self.norm, norm.restates)),
            recurrence=norm.recurrence and self._recurrence(norm.recurrence),
        )

    def _recurrence(self, recurs: Recurrence) -> Recurrence:
        stretches = tuple(map(self.expression, recurs.stretches))
        return replace(recurs, meant=self.expression(recurs.meant), stretches=stretches)

    def _guard(self, guard: Guard) -> Guard:
        inner = tuple(map(self._guard, guard.exceptions))
        return replace(guard, condition=self.expression(guard.condition), exceptions=inner)

    def _substitute(self, deemed: Substitute) -> Substitute:
        return replace(deemed, condition=self.expression(deemed.condition), content=self.expression(deemed.content))

    def _secondary(self, owed: Secondary) -> Secondary:
        again = owed.recurrence and self._recurrence(owed.recurrence)
        return replace(owed, content=self.expression(owed.content), recurrence=again)

    def _displacement(self, edge: Displacement) -> Displacement:
        return replace(edge, by=self.norm(edge.by), of=self.norm(edge.of))

    def _precedence(self, edge: Precedence) -> Precedence:
        by = None if edge.by is None else self.norm(edge.by)
        return replace(edge, yielding=self.norms(edge.yielding), prevailing=self.norms(edge.prevailing), by=by)

    def _axiom(self, axiom: Axiom) -> Axiom:
        text = None if axiom.document is None else self.text(axiom.document)
        meant, given = self.expression(axiom.condition), self.expression(axiom.given)
        whenever = axiom.at_any_time and self.expression(axiom.at_any_time)
        return replace(axiom, condition=meant, given=given, document=text, at_any_time=whenever)

    def _promise(self, promise: Coverage) -> Coverage:
        condition, whose = self.expression(promise.condition), self.expression(promise.whose)
        return replace(promise, document=self.text(promise.document), condition=condition, whose=whose)

    def _reserve(self, reserve: Reserve) -> Reserve:
        return replace(reserve, document=self.text(reserve.document), condition=self.expression(reserve.condition))

    def _open_term(self, term: OpenTerm) -> OpenTerm:
        variable, choice = self.reading(term.variable), term.choice
        if choice is not None:
            choice = self._choice(choice, variable)
        return replace(term, name=variable.term, document=self.text(term.document), variable=variable, choice=choice)

    def _choice(self, choice: NegotiatedChoice, variable: Reading) -> NegotiatedChoice:
        """The choice, whose options are the values of the variable, one by one."""
        assert isinstance(variable.sort, KindSort)
        numbered = zip(choice.options, variable.sort.members, strict=True)
        options = tuple(replace(option, number=int(member)) for option, member in numbered)
        return replace(choice, name=variable.term, options=options, stands=self.formula(choice.stands))
