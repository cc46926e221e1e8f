"""Question to answer: formulas in, a situation, a core or an honest "unknown" out. The only importer of z3."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from functools import cached_property
from threading import get_ident
from typing import TYPE_CHECKING, Any, assert_never

from cbm.core.expressions import Formula
from cbm.core.sorts import FlagSort, KindSort, NumberSort, Sort
from cbm.core.substitution import Value, variables
from cbm.core.variables import Variable
from cbm.process.budget import current_budget, current_work
from cbm.records import Itself, Record
from cbm.smt.allocation import keep_freed_memory
from cbm.smt.encode import Encoder, member_symbol
from cbm.smt.journal import SubQuestion, Verdict, note
from cbm.translation.saying import mark

if TYPE_CHECKING:
    import z3
    from z3 import AstVector, Context, ModelRef, ParserContext
    from z3 import Solver as Z3Solver

# Z3 counts its own steps; the limit makes "unknown" the same on every machine. Ordinary questions need
# under 10^5.
STEPS = 20_000_000
# A solver can lose its way where another, or one that was not asked so much before, finds it at once. So it is stopped
# after this part of the steps, and others are tried: new ones that choose otherwise, many of them briefly, and some
# with Z3's older arithmetic.
_SHARE, _BRIEF = 10, 40
# To write and read so much of a formula takes as long as so many steps.
_READING = 4
# So many formulas a solver for verdicts knows before it begins again.
_IDLE = 400
_DEAF = {"ctrl_c": False}  # signals are for whoever runs the process: Z3 would keep them to itself
_LAZY = {"arith.eager_eq_axioms": False}  # an equality is split into its bounds only where that matters
_OTHERS: tuple[tuple[int, dict[str, Any]], ...] = (
    *((_BRIEF, {"random_seed": seed, **_LAZY}) for seed in range(1, 5)),
    *((_BRIEF, {"random_seed": seed, **_LAZY, "phase_selection": 0}) for seed in range(1, 5)),
    *((_SHARE, {"random_seed": seed, **_LAZY}) for seed in range(1, 4)),
    *((_SHARE, {"random_seed": seed, "arith.solver": 2}) for seed in range(1, 4)),
)


# Variables in an order that is the same in every run.
Ordered = Sequence[Variable] | Mapping[Variable, object]


class _Literal(Record):
    """A constant that stands for what is assumed: by handle, and by number in the answers of Z3."""

    handle: Any
    number: int
    held: z3.BoolRef  # keeps the handle valid
    implying: Any  # that what it stands for holds where it does


class _Terms:
    """What one context of Z3 was told: each formula is read once, whichever solver asserts it.

    Terms are told by handle: wrapping each one costs more than Z3. Whoever needs one later holds it.
    """

    def __init__(self, roles: tuple[str, ...]) -> None:
        self._encoder = Encoder(roles)
        self._symbols: dict[Variable, str] = {}  # every variable declared
        self._formulas: list[Formula] = []  # holds all that is known by its identity: asking for equality takes longer
        self._handles: dict[int, Any] = {}
        self._held: list[AstVector] = []  # keeps the handles valid
        self._literals: dict[int, _Literal] = {}
        self._declared: dict[Variable, z3.AstRef] = {}
        self._taken = 0  # as counted last
        self._read = 0  # characters
        self._members: dict[int, tuple[str, object]] = {}  # by number; the value is held, so its number stays its own

    @cached_property
    def z3(self) -> Any:
        import z3  # heavy: a text with a syntax error, or `--version`, need not wait for it

        return z3

    @cached_property
    def core(self) -> Any:
        return self.z3.z3core

    @cached_property
    def context(self) -> Context:
        """Begun with the first solver that is asked."""
        keep_freed_memory()
        return self.z3.Context()

    @cached_property
    def _parser(self) -> ParserContext:
        return self.z3.ParserContext(self.context)

    def handles(self, formulas: Sequence[Formula]) -> list[Any]:
        """The terms of these formulas; those that are new are read at one go."""
        known = self._handles
        unknown = self._new(formulas, known)
        if unknown:
            read = self._read_all((formula, self._encoder.formula(formula)) for formula in unknown)
            known.update(zip(map(id, unknown), read, strict=True))
        return [known[id(formula)] for formula in formulas]

    def literals(self, formulas: Sequence[Formula]) -> list[_Literal]:
        """For each formula a constant that stands for it."""
        known = self._literals
        unknown = self._new(formulas, known)
        if unknown:
            # `!` cannot occur in a name of the language; no name is used twice.
            names = [f"assumed!{number}" for number, _ in enumerate(unknown, start=len(known) + 1)]
            constants = [self.z3.Bool(name, self.context) for name in names]
            implied = ((f, f"(=> {name} {self._encoder.formula(f)})") for f, name in zip(unknown, names, strict=True))
            implying = self._read_all(implied, "".join(f"(declare-const {name} Bool)" for name in names))
            known.update(
                (id(formula), _Literal(constant.ast, constant.get_id(), constant, implies))
                for formula, constant, implies in zip(unknown, constants, implying, strict=True)
            )
        return [known[id(formula)] for formula in formulas]

    def _new(self, formulas: Sequence[Formula], known: Mapping[int, object]) -> list[Formula]:
        """Those of the formulas that are not known, once each; they are held from now on."""
        unknown = list({id(formula): formula for formula in formulas if id(formula) not in known}.values())
        self._formulas += unknown
        return unknown

    def values(self, model: ModelRef, wanted: Ordered) -> dict[Variable, Value]:
        """The values of the variables; some value of its sort where the model leaves one open."""
        self._look_up([v for v in wanted if v not in self._declared and v in self._symbols])
        reference, given, declared = self.context.ref(), self.core.Z3_model_get_const_interp, self._declared
        found: dict[Variable, Value] = {}
        for variable in wanted:
            constant = declared.get(variable)
            value = None if constant is None else given(reference, model.model, constant.ast)
            found[variable] = self._value(value, variable.sort) if value else any_value(variable.sort)
        return found

    def _read_all(self, written: Iterable[tuple[Formula, str]], *before: str) -> Iterator[Any]:
        """The terms that are written so, each given with the formula whose variables it speaks of."""
        text = list(before)
        for formula, term in written:
            fresh = [v for v in variables(formula) if v not in self._symbols]
            if fresh:
                self._symbols.update((variable, self._encoder.symbol(variable)) for variable in fresh)
                text.append(self._encoder.declarations(fresh))
            text.append(f"(assert {term})")
        script = "".join(text)
        self._read += len(script)
        self._held.append(self._parser.from_string(script))
        return self._each(self._held[-1])

    def taken(self, solver: Z3Solver) -> int:
        """The work that this context has done since it was counted last, told by one of its solvers."""
        core, context = self.core, self.context.ref()
        known = core.Z3_solver_get_statistics(context, solver.solver)
        core.Z3_stats_inc_ref(context, known)
        places = range(core.Z3_stats_size(context, known) - 1, -1, -1)
        at = next((i for i in places if core.Z3_stats_get_key(context, known, i) == "rlimit count"), None)
        steps = 0 if at is None else int(core.Z3_stats_get_uint_value(context, known, at))
        core.Z3_stats_dec_ref(context, known)
        before, self._taken = self._taken, steps + _READING * self._read
        return self._taken - before

    def _each(self, found: AstVector) -> Iterator[Any]:
        context = self.context.ref()
        for i in range(self.core.Z3_ast_vector_size(context, found.vector)):
            yield self.core.Z3_ast_vector_get(context, found.vector, i)

    def _value(self, found: Any, sort: Sort) -> Value:
        reference = self.context.ref()
        match sort:
            case FlagSort():
                return bool(self.core.Z3_get_bool_value(reference, found) == 1)
            case NumberSort():
                numerator, _, denominator = self.core.Z3_get_numeral_string(reference, found).partition("/")
                return Fraction(int(numerator), int(denominator or 1))
            case KindSort(_, members):
                key = self.core.Z3_get_ast_id(reference, found)
                if key not in self._members:
                    shown = self.core.Z3_ast_to_string(reference, found)
                    member = next(m for m in members if member_symbol(sort, m) == shown)
                    self._members[key] = (member, self.z3.AstRef(found, self.context))
                return self._members[key][0]
            case _:
                assert_never(sort)

    def _look_up(self, unknown: Sequence[Variable]) -> None:
        """Remembers what declares the variables, told from equations that name them."""
        reference = self.context.ref()
        if unknown:
            symbols = map(self._symbols.__getitem__, unknown)
            equations = self._parser.from_string("".join(f"(assert (= {symbol} {symbol}))" for symbol in symbols))
            for variable, equation in zip(unknown, self._each(equations), strict=True):
                application = self.core.Z3_to_app(reference, self.core.Z3_get_app_arg(reference, equation, 0))
                declared = self.core.Z3_get_app_decl(reference, application)
                self._declared[variable] = self.z3.AstRef(declared, self.context)


# By the roles that name the variables.
_shared: ContextVar[dict[tuple[str, ...], _Terms] | None] = ContextVar("_shared", default=None)
# By the system that they are asked about.
_for_verdicts: ContextVar[dict[Itself[object], Solver] | None] = ContextVar("_for_verdicts", default=None)


@contextmanager
def sharing() -> Iterator[None]:
    """All solvers begun within are told a formula only once; the formulas must be of one system.

    The values that one of them answers with may depend on what the others were asked before. What must not depend on
    that is asked within a `sharing` of its own, or `apart`.
    """
    token = _shared.set({})
    outermost = None if _for_verdicts.get() is not None else _for_verdicts.set({})
    try:
        yield
    finally:
        _shared.reset(token)
        if outermost is not None:
            _for_verdicts.reset(outermost)


@contextmanager
def apart() -> Iterator[None]:
    """Solvers begun within share nothing, even inside `sharing`: their values depend on what each is asked alone."""
    token = _shared.set(None)
    try:
        yield
    finally:
        _shared.reset(token)


def _terms(roles: tuple[str, ...]) -> _Terms:
    shared = _shared.get()
    if shared is None:
        return _Terms(roles)
    if roles not in shared:
        shared[roles] = _Terms(roles)
    return shared[roles]


def solver_for_verdicts(system: object, roles: tuple[str, ...]) -> Solver:
    """One for all that is asked about a system within the outermost `sharing`; it gives up where it loses its way.

    What it was asked before has a part in its values, and none in whether there is a case: only that may be told.
    """
    known, key = _for_verdicts.get(), Itself(system)
    if known is not None and key in known:
        return known[key]
    with apart():
        solver = Solver(roles, forgetful=_IDLE, quick=True)
    if known is not None:
        known[key] = solver
    return solver


class Sat(Record):
    """There is such a case. Its values are read when asked for, before its solver is asked anything else.

    Without a solver it says that there is one, and no more.
    """

    _solver: Solver | None = None
    _turn: int = 0

    def values(self, wanted: Ordered) -> dict[Variable, Value]:
        """Values in this case; some value of its sort where the question left a variable open.

        They are read in the order in which they are wanted. That leaves traces in Z3, so it is never that of a set.
        """
        assert self._solver is not None, "only whether there is a case was asked"
        return self._solver.values(self._turn, wanted)


class Unsat(Record):
    """There is no such case; `core` are assumptions that together exclude it (not minimal)."""

    core: tuple[Formula, ...] = ()


class Unknown(Record):
    """The question was given up; never to be read as either answer."""

    reason: str


Answer = Sat | Unsat | Unknown


class Solver:
    """Holds requirements, and answers whether they can be met together with assumptions.

    Deterministic: the same questions in the same order get the same answers. `asked` counts questions.

    What was once assumed stays known to it, idle, and costs time with each question. Where hardly anything is assumed
    twice, one that is `forgetful` begins again when it knows so many formulas, and twice as many as are assumed.

    One that is `quick` gives up where it loses its way, and asks no others.

    One that answers by the `core_alone` begins nothing else for a first question that assumes nothing either: where it
    is asked again, with more required, that would be begun for one question.
    """

    def __init__(
        self,
        roles: tuple[str, ...],
        required: Iterable[Formula] = (),
        steps: int = STEPS,
        forgetful: int | None = None,
        *,
        quick: bool = False,
        core_alone: bool = False,
    ) -> None:
        self._roles = roles
        self._core_alone = core_alone
        self._quick = quick
        self._forgetful = forgetful
        self._scopes = 0  # that are open
        self._terms = _terms(roles)
        self._required: list[Formula] = []
        steps = current_budget().steps or steps
        self._steps, self._share = steps, max(1, steps // _SHARE)  # 0 would be no limit
        self._waiting: list[tuple[Formula, ...]] = []  # what is required and not yet asserted
        self._implied: dict[int, Any] = {}  # what is asserted of what literals stand for, by their numbers
        self._numbered = 0
        self._turn = 0  # changes whenever values of an earlier answer can no longer be read
        self._model: ModelRef | None = None  # of the last answer, once it was read
        self._unasked = False  # the last question held nothing, and no solver was told of it
        self.asked = 0
        self.require(*required)

    @cached_property
    def _solver(self) -> z3.Solver:
        """Begun when first asked something: many a question is answered before."""
        return self._begun(self._terms.z3.Solver)

    def _begun(self, kind: Callable[..., z3.Solver]) -> z3.Solver:
        solver = kind(ctx=self._terms.context)
        solver.set("rlimit", self._share, **_DEAF)
        return solver

    def _begin(self, *, assuming: bool) -> None:
        """Where the first question assumes something, Z3 answers by its core alone: nothing else is begun for it."""
        if "_solver" not in self.__dict__ and assuming:
            self._solver = self._begun(self._terms.z3.SimpleSolver)

    def require(self, *formulas: Formula) -> None:
        """Adds formulas that hold from now on."""
        self._required += formulas
        self._waiting.append(formulas)
        self._turn += 1

    def shares_with(self, other: Solver) -> bool:
        """Whether what the one is asked can have a part in the values that the other answers with (`sharing`)."""
        return self._terms is other._terms

    def numbered(self, count: int) -> int:
        """The first of so many numbers that nobody else gets."""
        self._numbered += count
        return self._numbered - count

    @contextmanager
    def scope(self) -> Iterator[None]:
        """What is required or assumed inside is forgotten at the end; what was declared is not."""
        self._begin(assuming=True)
        self._tell()
        implied, required = dict(self._implied), len(self._required)
        asks = not current_budget().why()  # else nothing is asked inside, and Z3 that was broken off may take no scope
        if asks:
            self._solver.push()
        self._scopes += 1
        try:
            yield
        finally:
            if asks:
                self._solver.pop()
            self._scopes -= 1
            self._turn += 1
            self._implied = implied
            del self._required[required:]
            self._waiting.clear()

    @contextmanager
    def quickly(self) -> Iterator[None]:
        """Inside it gives up where it loses its way, as one that is `quick`."""
        before, self._quick = self._quick, True
        try:
            yield
        finally:
            self._quick = before

    def ask(self, *assumed: Formula) -> Answer:
        """Whether everything required and these formulas can hold together."""
        budget = current_budget()
        if stopped := budget.why():
            return Unknown(stopped)
        work = current_work()
        if work is not None:
            work.require()
        self.asked += 1
        self._turn += 1
        self._model = None
        self._unasked = not self._required and not assumed
        if self._unasked:  # any case is one
            return Sat(self, self._turn)
        self._begin(assuming=self._core_alone or bool(assumed))
        self._tell()
        literals = self._assumed(assumed)
        budget.interrupts[get_ident()] = self._terms.context.interrupt
        answering, result = self._solver, self._check(self._solver, literals)
        others, undefined = iter(()) if self._quick else self._others(), self._terms.z3.Z3_L_UNDEF
        while result == undefined and not budget.why() and (other := next(others, None)) is not None:
            answering, result = other, self._check(other, literals)
        del budget.interrupts[get_ident()]
        if work is not None:
            work.left -= self._terms.taken(answering)
        if stopped := budget.why():
            return Unknown(stopped)  # whoever tells it to stop may have done so before everything was asserted
        if result == self._terms.z3.Z3_L_TRUE:
            if answering is not self._solver:
                self._model = answering.model()
            return Sat(self, self._turn)
        if result == self._terms.z3.Z3_L_FALSE:
            numbers = self._refused(answering)
            return Unsat(tuple(f for f, literal in zip(assumed, literals, strict=True) if literal.number in numbers))
        return Unknown(_reason(answering.reason_unknown()))

    def decide(self, *assumed: Formula) -> Answer:
        """`ask`, where a verdict rests on the answer: it is noted in the journal, if one is kept."""
        answer = self.ask(*assumed)
        self.note(answer, *assumed)
        return answer

    def note(self, answer: Answer, *assumed: Formula, step: SubQuestion | None = None) -> None:
        """Notes in the journal that everything required now and these formulas were answered so."""
        note(self._roles, self._required, assumed, _verdict(answer), step)

    def values(self, turn: int, wanted: Ordered) -> dict[Variable, Value]:
        """What the variables are in the case found at this turn."""
        assert turn == self._turn, "a case was read after its solver had moved on"
        if self._unasked:
            return {variable: any_value(variable.sort) for variable in wanted}
        if self._model is None:
            self._model = self._solver.model()
        return self._terms.values(self._model, wanted)

    def _check(self, solver: z3.Solver, literals: Sequence[_Literal]) -> int:
        terms = self._terms
        handles = (terms.z3.Ast * len(literals))(*(literal.handle for literal in literals))
        return int(terms.core.Z3_solver_check_assumptions(terms.context.ref(), solver.solver, len(literals), handles))

    def _others(self) -> Iterator[z3.Solver]:
        """Solvers that hold the same, and remember nothing of what this one was asked; the last has all steps left.

        They are told what this one was told, and not what Z3 lists as asserted: once it was asked, variables that it
        has eliminated may be gone from there, and would have any value in the answer.
        """
        told = (*self._terms.handles(self._required), *self._implied.values())
        work = current_work()
        most = self._steps if work is None else min(self._steps, max(self._share, work.left))
        for part, options in (*_OTHERS, (0, {})):
            solver = self._terms.z3.SimpleSolver(ctx=self._terms.context)
            solver.set("rlimit", max(1, self._steps // part) if part else most, **_DEAF, **options)
            for handle in told:
                self._assert(handle, solver)
            yield solver

    def _refused(self, solver: z3.Solver) -> set[int]:
        """The numbers of the literals in the core of the last answer."""
        core, context, found = self._terms.core, self._terms.context.ref(), solver.unsat_core().vector
        places = range(core.Z3_ast_vector_size(context, found))
        return {core.Z3_get_ast_id(context, core.Z3_ast_vector_get(context, found, i)) for i in places}

    def _assumed(self, formulas: Sequence[Formula]) -> list[_Literal]:
        """For each formula a literal that implies it."""
        literals = self._terms.literals(formulas)
        most = None if self._forgetful is None or self._scopes else self._forgetful + 2 * len(literals)
        if most is not None and len(self._implied) >= most:  # a part of it idle, however much is assumed
            self._begin_again()
        for literal in literals:
            if literal.number not in self._implied:
                self._implied[literal.number] = literal.implying
                self._assert(literal.implying)
        return literals

    def _begin_again(self) -> None:
        """Knows what is required, and nothing of what was assumed."""
        del self._solver
        self._begin(assuming=True)
        self._implied.clear()
        for handle in self._terms.handles(self._required):
            self._assert(handle)

    def _tell(self) -> None:
        """Asserts what is required and was not asserted before, unless nothing is asked any more."""
        if current_budget().why():
            return
        for formulas in self._waiting:
            for handle in self._terms.handles(formulas):
                self._assert(handle)
        self._waiting.clear()

    def _assert(self, handle: Any, solver: z3.Solver | None = None) -> None:
        asserting = self._solver if solver is None else solver
        self._terms.core.Z3_solver_assert(self._terms.context.ref(), asserting.solver, handle)


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


def any_value(sort: Sort) -> Value:
    """What a variable of the sort is where nothing is said of it."""
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
    return mark("the question was too hard for the number of steps allowed") if "cancel" in text else text
