"""Question to answer: formulas in, a situation, a core or an honest "unknown" out. The only importer of z3."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from cbm.semantics.core import Expr, FlagSort, KindSort, NumberSort, Sort, Variable
from cbm.semantics.substitute import Value, variables
from cbm.smt.encode import Encoder, member_symbol
from cbm.smt.journal import Step, Verdict, note

if TYPE_CHECKING:
    import z3

# Z3 counts its own steps; the limit makes "unknown" the same on every machine. Ordinary questions need
# under 10^5.
STEPS = 20_000_000


class _Reader:
    """Reads values from the models of one solver; looks each name and each named value up once."""

    def __init__(self, context: z3.Context, parser: z3.ParserContext) -> None:
        from z3 import AstRef, z3core

        self._core = z3core
        self._hold = AstRef
        self._context = context
        self._parser = parser
        self._declared: dict[str, z3.FuncDeclRef] = {}
        self._members: dict[int, tuple[str, object]] = {}  # by number; the value is held, so its number stays its own

    def value(self, model: z3.ModelRef, symbol: str, sort: Sort) -> Value | None:
        """The value of a declared constant; None where the model leaves it open."""
        found = self._interpretation(model, symbol)
        if found is None:
            return None
        reference = self._context.ref()
        match sort:
            case FlagSort():
                return bool(self._core.Z3_get_bool_value(reference, found) == 1)
            case NumberSort():
                return Fraction(self._core.Z3_get_numeral_string(reference, found))
            case KindSort(_, members):
                key = self._core.Z3_get_ast_id(reference, found)
                if key not in self._members:
                    shown = self._core.Z3_ast_to_string(reference, found)
                    member = next(m for m in members if member_symbol(sort, m) == shown)
                    self._members[key] = (member, self._hold(found, self._context))
                return self._members[key][0]
            case _:
                assert_never(sort)

    def _interpretation(self, model: z3.ModelRef, symbol: str) -> object | None:
        declared = self._declared.get(symbol)
        if declared is None:
            (equation,) = self._parser.from_string(f"(assert (= {symbol} {symbol}))")
            declared = self._declared[symbol] = equation.arg(0).decl()
        return self._core.Z3_model_get_const_interp(self._context.ref(), model.model, declared.ast) or None


@dataclass(frozen=True, slots=True)
class Sat:
    """There is such a case; values are read from it only when asked for."""

    _model: z3.ModelRef = field(repr=False)
    _reader: _Reader = field(repr=False)
    _symbols: Mapping[Variable, str] = field(repr=False)

    def value(self, variable: Variable) -> Value:
        """Its value in this case; some value of its sort where the question left it open."""
        symbol = self._symbols.get(variable)
        found = None if symbol is None else self._reader.value(self._model, symbol, variable.sort)
        return _any_value(variable.sort) if found is None else found

    def values(self, wanted: Iterable[Variable]) -> dict[Variable, Value]:
        return {variable: self.value(variable) for variable in wanted}


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
        self._seen: dict[Variable, str] = {}  # every variable declared, with its symbol
        self._reader = _Reader(self._context, self._parser)
        self._literals: dict[Expr, z3.BoolRef] = {}
        self._recent: dict[int, tuple[Expr, z3.BoolRef]] = {}  # by identity: equality of large formulas is slow
        self._roles = roles
        self._required: list[Expr] = []
        self._names = 0  # of assumptions; none is used twice
        self.asked = 0
        self.require(*required)

    def require(self, *formulas: Expr) -> None:
        """Adds formulas that hold from now on."""
        self._required += formulas
        for formula in formulas:
            self._assert(formula, self._encoder.formula(formula))

    @contextmanager
    def scope(self) -> Iterator[None]:
        """What is required or assumed inside is forgotten at the end; what was declared is not."""
        before, required = dict(self._literals), len(self._required)
        self._solver.push()
        try:
            yield
        finally:
            self._solver.pop()
            self._literals = before
            del self._required[required:]
            self._recent.clear()

    def ask(self, *assumed: Expr) -> Answer:
        """Whether everything required and these formulas can hold together."""
        literals = [self._literal(formula) for formula in assumed]
        self.asked += 1
        result = self._solver.check(*literals)
        if result == self._z3.sat:
            return Sat(self._solver.model(), self._reader, self._seen)
        if result == self._z3.unsat:
            core = {literal.get_id() for literal in self._solver.unsat_core()}
            return Unsat(tuple(f for f, literal in zip(assumed, literals, strict=True) if literal.get_id() in core))
        return Unknown(_reason(self._solver.reason_unknown()))

    def decide(self, *assumed: Expr) -> Answer:
        """`ask`, where a verdict rests on the answer: it is noted in the journal, if one is kept."""
        answer = self.ask(*assumed)
        self.note(answer, *assumed)
        return answer

    def note(self, answer: Answer, *assumed: Expr, step: Step | None = None) -> None:
        """Notes in the journal that everything required now and these formulas were answered so."""
        note(self._roles, self._required, assumed, _verdict(answer), step)

    def _literal(self, formula: Expr) -> z3.BoolRef:
        recent = self._recent.get(id(formula))
        if recent is not None:
            return recent[1]
        known = self._literals.get(formula)
        if known is None:
            self._names += 1
            name = f"assumed!{self._names}"  # `!` cannot occur in a name of the language
            known = self._literals[formula] = self._z3.Bool(name, self._context)
            self._parser.from_string(f"(declare-const {name} Bool)")
            self._assert(formula, f"(=> {name} {self._encoder.formula(formula)})")
        self._recent[id(formula)] = (formula, known)
        return known

    def _assert(self, formula: Expr, text: str) -> None:
        fresh = [variable for variable in variables(formula) if variable not in self._seen]
        self._seen.update((variable, self._encoder.symbol(variable)) for variable in fresh)
        for assertion in self._parser.from_string(f"{self._encoder.declarations(fresh)}(assert {text})"):
            self._solver.add(assertion)


def _verdict(answer: Answer) -> Verdict:
    match answer:
        case Sat():
            return Verdict.SAT
        case Unsat():
            return Verdict.UNSAT
        case Unknown():
            return Verdict.UNKNOWN
        case _:
            assert_never(answer)


def _any_value(sort: Sort) -> Value:
    match sort:
        case FlagSort():
            return False
        case KindSort(_, members):
            return members[0]
        case NumberSort(_, low):
            return low or Fraction(0)
        case _:
            assert_never(sort)


def _reason(text: str) -> str:
    return "the question was too hard for the number of steps allowed" if "cancel" in text else text
