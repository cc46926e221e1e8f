"""Exists-forall without quantifiers: outer values that no conduct can answer, found in finitely many rounds.

Each round answers the outer values with a conduct written as terms over them, and learns for which other outer
values the same conduct works. There are finitely many such terms, so the search ends; with values instead of terms
it need not. Where that is long to say, as with all the hours of a channel, it learns now and then only, and else for
which outer values some conduct works in the same way: finitely many ways as well, each said in a few words.

Where the conduct falls into blocks that share nothing, such as the several doings of an act, each block is answered
by itself: as many rounds as the sum of what the blocks take, and not the product. Where one clause alone links them,
as one on whatever is done first, they are answered without its other ways as long as that serves.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from cbm.core.expressions import TRUE, Flag, Formula, IsIn, Order, conjunction, disjunction, negation
from cbm.core.linear import Sum, at_zero, of_variable
from cbm.core.sorts import FLAG, FlagSort, KindSort, NumberSort
from cbm.core.substitution import Value, substitute, variables
from cbm.core.variables import Auxiliary, Purpose, Variable
from cbm.records import Record, Struct, replace
from cbm.search.blocks import ConductBlock, blocks_of, narrowed
from cbm.search.implicants import conduct_terms, implicant, project, true_at
from cbm.smt.journal import SubQuestion, Verdict
from cbm.smt.solve import Answer, Ordered, Sat, Solver, Unknown, Unsat
from cbm.translation.saying import mark

# A bound on rounds, far above what texts take (some 300 were seen); reaching it is reported as undecided.
ROUNDS = 2_000
# What a block of more than so many nodes learns is said in full every so many rounds.
_LARGE, _IN_FULL = 600, 16
# So often narrowed blocks may fail where the block that was narrowed does not, until they are asked no more.
_FAILING = 8

# The two questions a search may end with.
_OUTER = SubQuestion(
    "is a situation left to which none of the conducts found so far is an answer",
    sat="there is one, and the search goes on from there",
    unsat="there is none: to every situation asked about, some conduct found so far is an answer",
    none=Verdict.UNSAT,
)
_INNER = SubQuestion(
    "in the situation given below, does some conduct comply",
    sat="some conduct complies, and the search goes on",
    unsat="in this situation no conduct complies",
    found=Verdict.UNSAT,
)


class Stuck(Record):
    """Outer values to which no conduct is an answer, in the block of this number."""

    values: dict[Variable, Value]
    block: int = 0

    def fixed(self) -> tuple[Formula, ...]:
        """Formulas that hold at these values only."""
        return tuple(fix(variable, value) for variable, value in self.values.items())


# A block, with what `outer` says where it proposes that it has no answer.
FlaggedBlock = tuple[Formula, ConductBlock]


class NarrowedBlock(Struct):
    """The blocks that a block was narrowed to, each with its flag, and how often they may fail yet."""

    blocks: tuple[FlaggedBlock, ...]
    left: int = _FAILING


class Learnt:
    """What searches learnt of blocks, for those that follow: outer values to which no answer of a block is known.

    It holds whoever asks. But where a search ends depends on what it knows, so this is for searches of which no more is
    told than whether they find something.
    """

    def __init__(self) -> None:
        self._left_open: dict[ConductBlock, list[Formula]] = {}

    def of(self, block: ConductBlock) -> Sequence[Formula]:
        """Where the block has no answer, each of these holds."""
        return self._left_open.get(_as_demand(block), ())

    def add(self, block: ConductBlock, left_open: Formula) -> None:
        self._left_open.setdefault(_as_demand(block), []).append(left_open)


def _as_demand(block: ConductBlock) -> ConductBlock:
    """The block, whichever formulas it is taken from."""
    return replace(block, of=())


class Duel(Struct):
    """One exists-forall question: `outer` proposes, and some conduct has to answer each of the blocks.

    `outer` may get further requirements between calls of `next`; what was learnt about conduct stays.
    """

    outer: Solver
    inner: Solver
    blocks: tuple[FlaggedBlock, ...]
    proposed: tuple[Variable, ...]
    narrowed: dict[int, NarrowedBlock]  # by the number of the block
    patience: int | None = None  # how many rounds are left for all questions together
    large: int | None = None  # a block of more nodes is large; None: as a rule
    learnt: Learnt | None = None  # shared with other searches
    _latest: Sat | None = None
    _learnt: int = 0

    def next(self, *assumed: Formula) -> Stuck | Unsat | Unknown:
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
            open_ = [(number, self._to_answer(number, proposal)) for number in self._unanswered(proposal)]
            answers = (self._refused(values, number, parts) for number, parts in open_)
            refused = next((answer for answer in answers if answer is not None), None)
            if refused is not None:
                return refused
        return Unknown(mark("the search for conduct did not end in the number of rounds allowed"))

    def place(self, wanted: Ordered) -> dict[Variable, Value]:
        """What these variables are in the situation that was found last, which meets all that `outer` requires."""
        assert self._latest is not None, "a situation was found"
        return self._latest.values(wanted)

    def settle(self, number: int) -> None:
        """Has no situation proposed any more only because the block of this number has no answer to it."""
        self.outer.require(negation(self.blocks[number][0]))

    def _unanswered(self, proposal: Sat) -> list[int]:
        """The blocks that have no answer as the proposal says."""
        return [number for number, (flag, _) in enumerate(self.blocks) if _is_open(flag, proposal)]

    def _to_answer(self, number: int, proposal: Sat) -> list[FlaggedBlock]:
        """Those of the blocks that the one of this number was narrowed to; none where they failed too often."""
        among = self.narrowed.get(number)
        return [one for one in among.blocks if _is_open(one[0], proposal)] if among is not None and among.left else []

    def _refused(
        self, values: dict[Variable, Value], number: int, parts: Sequence[FlaggedBlock]
    ) -> Stuck | Unknown | None:
        """Whether the block of this number has no answer to these values; if it has one, that is learnt.

        These parts of it are asked first: where each has one, so has the block.
        """
        if parts:
            answers = [self._answer(values, *part) for part in parts]  # what each of them has is learnt
            if all(isinstance(answer, Sat) for answer in answers):
                return None
        answer = self._answer(values, *self.blocks[number])
        if isinstance(answer, Sat):
            if parts:
                self.narrowed[number].left -= 1
            return None
        self.inner.note(answer, *_complying(values, self.blocks[number][1]), step=_INNER)
        return answer if isinstance(answer, Unknown) else Stuck(values, number)

    def _answer(self, values: dict[Variable, Value], flag: Formula, block: ConductBlock) -> Answer:
        """What some conduct of the block comes to at these values, which is learnt."""
        answer: Answer
        if block.conduct or self.inner.shares_with(self.outer):
            answer = self.inner.ask(*_complying(values, block))
        else:  # nothing is left open, and nobody's values depend on whether it is asked
            answer = Sat() if all(true_at(part, values) for part in block.parts) else Unsat()
        if isinstance(answer, Sat):
            self._learn(values | answer.values(block.conduct) if block.conduct else values, flag, block)
        return answer

    def _learn(self, point: dict[Variable, Value], flag: Formula, block: ConductBlock) -> None:
        literals = [literal for part in block.parts for literal in implicant(part, point)]
        self._learnt += 1
        in_full = block.ways <= _IN_FULL or self._learnt % _IN_FULL == 0
        if not in_full and block.is_large(_LARGE if self.large is None else self.large):
            still_open = negation(conjunction(*project(literals, point, block.conduct)))
        else:
            terms = conduct_terms(literals, point, block.conduct)
            still_open = disjunction(*(negation(substitute(part, terms)) for part in block.parts))
        self.outer.require(disjunction(negation(flag), still_open))
        if self.learnt is not None:
            self.learnt.add(block, still_open)


def duel(
    outer: Solver,
    roles: tuple[str, ...],
    compliance: tuple[Formula, ...],
    conduct: Collection[Variable],
    learnt: Learnt | None = None,
) -> Duel:
    """A question over the outer solver as it stands; everything in `compliance` that is not conduct is proposed."""
    chosen = frozenset(conduct)
    mentioned = dict.fromkeys(v for part in compliance for v in variables(part))
    proposed = tuple(v for v in mentioned if v not in chosen)
    blocks = _flagged(outer, blocks_of(compliance, chosen))
    divided = {
        number: NarrowedBlock(_flagged(outer, parts, flag))
        for number, (flag, block) in enumerate(blocks)
        if (parts := narrowed(block))
    }
    if learnt is not None:
        for flag, block in (*blocks, *(one for among in divided.values() for one in among.blocks)):
            outer.require(*(disjunction(negation(flag), still_open) for still_open in learnt.of(block)))
    return Duel(outer, Solver(roles), blocks, proposed, divided, learnt=learnt)


def _flagged(outer: Solver, blocks: Sequence[ConductBlock], whole: Formula = TRUE) -> tuple[FlaggedBlock, ...]:
    """Each with a flag; where the whole is proposed to have no answer, one of them has none."""
    if len(blocks) == 1:
        return ((whole, blocks[0]),)
    first = outer.numbered(len(blocks))
    flags = [Flag(Auxiliary(Purpose.UNANSWERED, first + i, FLAG)) for i in range(len(blocks))]
    outer.require(disjunction(negation(whole), *flags))
    return tuple(zip(flags, blocks, strict=True))


def _complying(values: dict[Variable, Value], block: ConductBlock) -> tuple[Formula, ...]:
    return (*(fix(v, value) for v, value in values.items()), *block.parts)


def _is_open(flag: Formula, proposal: Sat) -> bool:
    return not isinstance(flag, Flag) or proposal.values((flag.variable,))[flag.variable] is True


def fix(variable: Variable, value: Value) -> Formula:
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
