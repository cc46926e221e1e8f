"""Question to answer: formulas in, a situation, a core or an honest "unknown" out. The only importer of z3."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, assert_never

from cbm.semantics.core import Expr, FlagSort, KindSort, NumberSort, Variable
from cbm.semantics.substitute import Value, variables
from cbm.smt.encode import Encoder, member_symbol

if TYPE_CHECKING:
    import z3

# Z3 counts its own steps; the limit makes "unknown" the same on every machine. Ordinary questions need
# under 10^5.
STEPS = 20_000_000


@dataclass(frozen=True)
class Sat:
    """There is such a case; values are read from it only when asked for."""

    _model: z3.ModelRef = field(repr=False)
    _name: Callable[[Variable], str] = field(repr=False)

    def value(self, variable: Variable) -> Value:
        """Its value in this case; some value of its sort where the question left it open."""
        found = self._found.get(self._name(variable))
        match variable.sort:
            case FlagSort():
                return str(found) == "True"
            case NumberSort(_, low):
                return (low or Fraction(0)) if found is None else Fraction(str(found).rstrip("?"))
            case KindSort(_, members) as sort:
                return (
                    members[0] if found is None else next(m for m in members if member_symbol(sort, m) == found.sexpr())
                )
            case _:
                assert_never(variable.sort)

    def values(self, wanted: Iterable[Variable]) -> dict[Variable, Value]:
        return {variable: self.value(variable) for variable in wanted}

    @cached_property
    def _found(self) -> dict[str, z3.ExprRef]:
        return {declared.name(): self._model[declared] for declared in self._model.decls()}


@dataclass(frozen=True, slots=True)
class Unsat:
    """There is no such case; `core` are assumptions that together exclude it (not minimal)."""

    core: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """The question was given up; never to be read as either answer."""

    reason: str


Answer = Sat | Unsat | Unknown


class Solver:
    """Holds requirements, and answers whether they can be met together with assumptions.

    Deterministic: the same questions in the same order get the same answers. `asked` counts questions.
    """

    def __init__(self, roles: tuple[str, ...], required: Iterable[Expr] = (), steps: int = STEPS) -> None:
        import z3  # heavy: a text with a syntax error, or `--version`, need not wait for it

        self._z3 = z3
        self._context = z3.Context()
        self._parser = z3.ParserContext(self._context)
        self._solver = z3.Solver(ctx=self._context)
        self._solver.set("rlimit", steps)
        self._encoder = Encoder(roles)
        self._seen: set[Variable] = set()
        self._assumptions: dict[Expr, z3.BoolRef] = {}
        self.asked = 0
        self.require(*required)

    def require(self, *formulas: Expr) -> None:
        """Adds formulas that hold from now on."""
        for formula in formulas:
            self._assert(formula, self._encoder.formula(formula))

    def ask(self, *assumed: Expr) -> Answer:
        """Whether everything required and these formulas can hold together."""
        by_name = {self._assumption(formula).decl().name(): formula for formula in assumed}
        self.asked += 1
        result = self._solver.check(*(self._assumption(formula) for formula in assumed))
        if result == self._z3.sat:
            return Sat(self._solver.model(), self._encoder.name)
        if result == self._z3.unsat:
            names = {literal.decl().name() for literal in self._solver.unsat_core()}
            return Unsat(tuple(formula for name, formula in by_name.items() if name in names))
        return Unknown(_reason(self._solver.reason_unknown()))

    def _assumption(self, formula: Expr) -> z3.BoolRef:
        known = self._assumptions.get(formula)
        if known is None:
            name = f"assumed!{len(self._assumptions)}"  # `!` cannot occur in a name of the language
            known = self._assumptions[formula] = self._z3.Bool(name, self._context)
            self._parser.from_string(f"(declare-const {name} Bool)")
            self._assert(formula, f"(=> {name} {self._encoder.formula(formula)})")
        return known

    def _assert(self, formula: Expr, text: str) -> None:
        fresh = [variable for variable in variables(formula) if variable not in self._seen]
        self._seen.update(fresh)
        for assertion in self._parser.from_string(f"{self._encoder.declarations(fresh)}(assert {text})"):
            self._solver.add(assertion)


def _reason(text: str) -> str:
    return "the question was too hard for the number of steps allowed" if "cancel" in text else text
