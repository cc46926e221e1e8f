"""Question to answer: formulas in, a situation, a core or an honest "unknown" out. The only importer of z3."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, assert_never

from cbm.core.expressions import Expr
from cbm.core.sorts import FlagSort, KindSort, NumberSort, Sort
from cbm.core.substitution import Value, variables
from cbm.core.variables import Variable
from cbm.smt.encode import Encoder, member_symbol
from cbm.smt.journal import SubQuestion, Verdict, note

if TYPE_CHECKING:
    import z3

# Z3 counts its own steps; the limit makes "unknown" the same on every machine. Ordinary questions need
# under 10^5.
STEPS = 20_000_000
# A solver can lose its way where another, or one that was not asked so much before, finds it at once. So it is stopped
# after this part of the steps, and others are tried: new ones that choose otherwise, or with Z3's older arithmetic.
_SHARE = 10
_OTHERS: tuple[dict[str, Any], ...] = (
    *({"random_seed": seed} for seed in range(1, 4)),
    *({"random_seed": seed, "arith.solver": 2} for seed in range(1, 4)),
)


class _Texts:
    """Reads SMT-LIB text for one solver, and tells the terms in it by handle: wrapping each one costs more than Z3."""

    def __init__(self, context: z3.Context) -> None:
        from z3 import ParserContext, z3core

        self._core: Any = z3core
        self._context = context
        self._parser = ParserContext(context)

    def read(self, text: str, take: Callable[[Any], None]) -> None:
        """Gives each assertion of the text to `take`; it stays valid only if that keeps it."""
        context = self._context.ref()
        found = self._parser.from_string(text)
        for i in range(self._core.Z3_ast_vector_size(context, found.vector)):
            take(self._core.Z3_ast_vector_get(context, found.vector, i))


@dataclass(frozen=True, slots=True)
class _Literal:
    """A constant that stands for what is assumed: by handle, and by number in the answers of Z3."""

    handle: Any
    number: int
    held: z3.BoolRef  # keeps the handle valid


class _ModelReader:
    """Reads values from the models of one solver; looks each name and each named value up once."""

    def __init__(self, context: z3.Context, texts: _Texts) -> None:
        from z3 import AstRef, z3core

        self._core: Any = z3core
        self._hold = AstRef
        self._context = context
        self._texts = texts
        self._declared: dict[str, z3.AstRef] = {}
        self._members: dict[int, tuple[str, object]] = {}  # by number; the value is held, so its number stays its own

    def values(self, model: z3.ModelRef, wanted: Sequence[tuple[str, Sort]]) -> Iterator[Value | None]:
        """The values of declared constants; None where the model leaves one open."""
        self._look_up([symbol for symbol, _ in wanted if symbol not in self._declared])
        reference = self._context.ref()
        for symbol, sort in wanted:
            declared = self._declared[symbol].ast
            found = self._core.Z3_model_get_const_interp(reference, model.model, declared)
            yield self._value(found, sort) if found else None

    def _value(self, found: Any, sort: Sort) -> Value:
        reference = self._context.ref()
        match sort:
            case FlagSort():
                return bool(self._core.Z3_get_bool_value(reference, found) == 1)
            case NumberSort():
                numerator, _, denominator = self._core.Z3_get_numeral_string(reference, found).partition("/")
                return Fraction(int(numerator), int(denominator or 1))
            case KindSort(_, members):
                key = self._core.Z3_get_ast_id(reference, found)
                if key not in self._members:
                    shown = self._core.Z3_ast_to_string(reference, found)
                    member = next(m for m in members if member_symbol(sort, m) == shown)
                    self._members[key] = (member, self._hold(found, self._context))
                return self._members[key][0]
            case _:
                assert_never(sort)

    def _look_up(self, symbols: Sequence[str]) -> None:
        """Remembers what the symbols declare, told from equations that name them."""
        waiting = iter(symbols)
        reference = self._context.ref()

        def take(equation: Any) -> None:
            application = self._core.Z3_to_app(reference, self._core.Z3_get_app_arg(reference, equation, 0))
            declared = self._core.Z3_get_app_decl(reference, application)
            self._declared[next(waiting)] = self._hold(declared, self._context)

        if symbols:
            self._texts.read("".join(f"(assert (= {symbol} {symbol}))" for symbol in symbols), take)


@dataclass(frozen=True, slots=True)
class Sat:
    """There is such a case. Its values are read when asked for, before its solver is asked anything else."""

    _solver: Solver = field(repr=False)
    _turn: int

    def values(self, wanted: Iterable[Variable]) -> dict[Variable, Value]:
        """Values in this case; some value of its sort where the question left a variable open."""
        return self._solver.values(self._turn, list(wanted))


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
        self._core: Any = z3.z3core
        self._context = z3.Context()
        self._solver = z3.Solver(ctx=self._context)
        self._steps, self._share = steps, max(1, steps // _SHARE)  # 0 would be no limit
        self._solver.set("rlimit", self._share)
        self._encoder = Encoder(roles)
        self._texts = _Texts(self._context)
        self._reader = _ModelReader(self._context, self._texts)
        self._seen: dict[Variable, str] = {}  # every variable declared, with its symbol
        self._literals: dict[Expr, _Literal] = {}
        self._recent: dict[int, tuple[Expr, _Literal]] = {}  # by identity: equality of large formulas is slow
        self._roles = roles
        self._required: list[Expr] = []
        self._names = 0  # of assumptions; none is used twice
        self._numbered = 0
        self._turn = 0  # changes whenever values of an earlier answer can no longer be read
        self._model: z3.ModelRef | None = None  # of the last answer, once it was read
        self.asked = 0
        self.require(*required)

    def require(self, *formulas: Expr) -> None:
        """Adds formulas that hold from now on."""
        self._required += formulas
        self._assert((formula, f"(assert {self._encoder.formula(formula)})") for formula in formulas)

    def numbered(self, count: int) -> int:
        """The first of so many numbers that nobody else gets."""
        self._numbered += count
        return self._numbered - count

    @contextmanager
    def scope(self) -> Iterator[None]:
        """What is required or assumed inside is forgotten at the end; what was declared is not."""
        before, required = dict(self._literals), len(self._required)
        self._solver.push()
        try:
            yield
        finally:
            self._solver.pop()
            self._turn += 1
            self._literals = before
            del self._required[required:]
            self._recent.clear()

    def ask(self, *assumed: Expr) -> Answer:
        """Whether everything required and these formulas can hold together."""
        literals = self._assumed(assumed)
        self.asked += 1
        self._turn += 1
        self._model = None
        answering, result = self._solver, self._check(self._solver, literals)
        others = self._others()
        while result == self._z3.Z3_L_UNDEF and (other := next(others, None)) is not None:
            answering, result = other, self._check(other, literals)
        if result == self._z3.Z3_L_TRUE:
            if answering is not self._solver:
                self._model = answering.model()
            return Sat(self, self._turn)
        if result == self._z3.Z3_L_FALSE:
            numbers = self._refused(answering)
            return Unsat(tuple(f for f, literal in zip(assumed, literals, strict=True) if literal.number in numbers))
        return Unknown(_reason(answering.reason_unknown()))

    def decide(self, *assumed: Expr) -> Answer:
        """`ask`, where a verdict rests on the answer: it is noted in the journal, if one is kept."""
        answer = self.ask(*assumed)
        self.note(answer, *assumed)
        return answer

    def note(self, answer: Answer, *assumed: Expr, step: SubQuestion | None = None) -> None:
        """Notes in the journal that everything required now and these formulas were answered so."""
        note(self._roles, self._required, assumed, _verdict(answer), step)

    def values(self, turn: int, wanted: Sequence[Variable]) -> dict[Variable, Value]:
        """What the variables are in the case found at this turn."""
        assert turn == self._turn, "a case was read after its solver had moved on"
        if self._model is None:
            self._model = self._solver.model()
        known = [(symbol, v.sort) for v in wanted if (symbol := self._seen.get(v)) is not None]
        read = dict(zip((v for v in wanted if v in self._seen), self._reader.values(self._model, known), strict=True))
        return {v: _any_value(v.sort) if (value := read.get(v)) is None else value for v in wanted}

    def _check(self, solver: z3.Solver, literals: Sequence[_Literal]) -> int:
        handles = (self._z3.Ast * len(literals))(*(literal.handle for literal in literals))
        context = self._context.ref()
        return int(self._core.Z3_solver_check_assumptions(context, solver.solver, len(literals), handles))

    def _others(self) -> Iterator[z3.Solver]:
        """Solvers that hold the same, and remember nothing of what this one was asked; the last has all the steps."""
        for options in (*_OTHERS, {}):
            solver = self._z3.SimpleSolver(ctx=self._context)
            solver.set("rlimit", self._share if options else self._steps, **options)
            solver.add(self._solver.assertions())
            yield solver

    def _refused(self, solver: z3.Solver) -> set[int]:
        """The numbers of the literals in the core of the last answer."""
        context, core = self._context.ref(), solver.unsat_core().vector
        places = range(self._core.Z3_ast_vector_size(context, core))
        return {self._core.Z3_get_ast_id(context, self._core.Z3_ast_vector_get(context, core, i)) for i in places}

    def _assumed(self, formulas: Sequence[Expr]) -> list[_Literal]:
        """For each formula a literal that implies it; those that are new are read at one go."""
        recent = self._recent
        unknown = [formula for formula in formulas if id(formula) not in recent]
        fresh: list[tuple[Expr, str]] = []
        for formula in unknown:
            literal = self._literals.get(formula)
            if literal is None:
                self._names += 1
                name = f"assumed!{self._names}"  # `!` cannot occur in a name of the language
                constant = self._z3.Bool(name, self._context)
                literal = self._literals[formula] = _Literal(constant.ast, constant.get_id(), constant)
                text = f"(declare-const {name} Bool)(assert (=> {name} {self._encoder.formula(formula)}))"
                fresh.append((formula, text))
            recent[id(formula)] = (formula, literal)
        if fresh:
            self._assert(fresh)
        return [recent[id(formula)][1] for formula in formulas]

    def _assert(self, formulas: Iterable[tuple[Expr, str]]) -> None:
        """Asserts formulas, given with the text that does so, and declares what they speak of first."""
        text: list[str] = []
        for formula, assertion in formulas:
            fresh = [v for v in variables(formula) if v not in self._seen]
            self._seen.update((variable, self._encoder.symbol(variable)) for variable in fresh)
            text += (self._encoder.declarations(fresh), assertion)
        context, solver, add = self._context.ref(), self._solver.solver, self._core.Z3_solver_assert
        self._turn += 1
        self._texts.read("".join(text), lambda read: add(context, solver, read))


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
