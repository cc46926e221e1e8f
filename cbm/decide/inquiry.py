"""Everything the checks ask: one system, its clashes found once, what prevails, and one record of all questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cbm.decide.boxes import Type
from cbm.decide.clashes import Clash, GivenUp, find_clashes
from cbm.decide.coverage import parties_of, types_with
from cbm.decide.crew import ALONE, FEWEST, Crew, Result, Share
from cbm.decide.deadlocks import Deadlock, find_deadlocks
from cbm.decide.minimal import fewest
from cbm.decide.needed import find_needed
from cbm.decide.prevailing import prevailing, settling
from cbm.decide.together import Joint, joint
from cbm.finding import Question
from cbm.semantics.core import Coverage, Expr, NormId, NormSystem, Precedence
from cbm.semantics.ground import Ground, bearers, ground, in_force
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Sat, Solver, Unknown, Unsat


@dataclass(slots=True)
class Inquiry:
    """The state of one check of one system. What is recorded grows, with the solvers behind it; so does what was looked
    for once for all who ask (deadlocks, duties that nothing implies, types of encounter, other dates).

    `grounds` ask about norms as they bind; `strict` about norms that bind and are not suspended when the `must`s are
    looked at alone, `advised` when the `should`s are added.
    """

    system: NormSystem
    grounds: tuple[Ground, ...]
    strict: tuple[Ground, ...]
    advised: tuple[Ground, ...]
    clashes: tuple[Clash, ...]
    given_up: list[GivenUp]
    questions: list[Question] = field(default_factory=list)
    crew: Crew = ALONE
    _deadlocks: tuple[Deadlock, ...] | None = None
    _needed: dict[int, frozenset[NormId]] = field(default_factory=dict)
    _real: dict[tuple[int, Expr], set[Type] | Unknown] = field(default_factory=dict)
    _dated: dict[date, Inquiry] = field(default_factory=dict)  # never asked anything themselves
    _solvers: dict[tuple[int, bool], Solver] = field(default_factory=dict)
    _together: Joint | None = None
    _others: dict[date, Inquiry] = field(default_factory=dict)

    def apart(self) -> Inquiry:
        """The same with nothing asked or recorded yet: what it answers depends on nothing that was asked before."""
        return replace(self, given_up=[], questions=[], crew=ALONE, _solvers={}, _together=None, _others={})

    def each(
        self, work: Callable[[Inquiry, Share], Result], shares: Sequence[Share], fewest: int = FEWEST
    ) -> Iterator[Result]:
        """What the work makes of each share with an inquiry of its own, in order; the crew does it."""
        for result, questions, given_up in self.crew.each(_done, self.apart(), [(work, s) for s in shares], fewest):
            self.questions += questions
            self.given_up += given_up
            yield result

    def ask(self, about: Ground, *formulas: Expr) -> Answer:
        """Whether some situation and some feasible conduct meet the formulas."""
        with asking(system=self.system, bearer=about.bearer):
            return self._solver(about, feasible=True).decide(*formulas)

    def indispensable(self, about: Ground, parts: tuple[Expr, ...], formulas: tuple[Expr, ...]) -> tuple[Expr, ...]:
        """As few of these parts of what is feasible as keep the formulas from holding; all of them must."""
        solver = self._solver(about, feasible=False)
        return tuple(fewest(parts, lambda kept: isinstance(solver.ask(*formulas, *kept), Unsat)))

    def _solver(self, about: Ground, feasible: bool) -> Solver:
        """Of all that can happen to this bearer, or of what it can find itself in, whatever it does."""
        solver = self._solvers.get((about.bearer, feasible))
        if solver is None:
            required = (*about.possible, *(about.feasible if feasible else ()))
            solver = self._solvers[about.bearer, feasible] = Solver(about.system.situation.roles, required)
        return solver

    def can(
        self,
        about: Ground,
        norms: tuple[NormId, ...],
        question: str,
        *formulas: Expr,
        found: str | None = None,
        none: str | None = None,
    ) -> bool | None:
        """`ask` as yes or no; None, with a note in `given_up`, where it stays undecided.

        `found` and `none` say, for the export, what follows from either answer.
        """
        with asking(norms=norms, question=question, found=found, none=none):
            answer = self.ask(about, *formulas)
        if isinstance(answer, Unknown):
            self.given_up.append(GivenUp(about.bearer, norms, question, answer.reason))
            return None
        return isinstance(answer, Sat)

    def record(self, rule: str, subject: str, found: bool | None) -> None:
        """Notes a question with its verdict: something found, clear, or (None) undecided."""
        verdict = "undecided" if found is None else "found" if found else "clear"
        self.questions.append(Question(rule, subject, verdict))

    def settled_by(self, norms: Iterable[NormId]) -> tuple[Precedence, ...]:
        return settling(self.system, norms)

    def clashes_of(self, norms: Iterable[NormId]) -> tuple[Clash, ...]:
        """The clashes of exactly these norms, of whichever bearer."""
        wanted = frozenset(norms)
        return tuple(clash for clash in self.clashes if frozenset(clash.norms) == wanted)

    def together(self) -> Joint:
        """All units at once, prepared when it is first asked for."""
        if self._together is None:
            self._together = joint(self.system, self.clashes)
        return self._together

    def deadlocks(self) -> tuple[Deadlock, ...]:
        """The duties of several units that cannot be kept together; what was given up goes to `given_up`."""
        if self._deadlocks is None:
            self._deadlocks, given_up = find_deadlocks(self.system, self.crew)
            self.given_up += given_up
        return self._deadlocks

    def needed(self, bearer: int) -> frozenset[NormId]:
        """The duties of this bearer that the others do not imply, found once."""
        if bearer not in self._needed:
            views = zip(self.strict, self.advised, strict=True)
            (pair,) = (pair for pair in views if pair[0].bearer == bearer)
            self._needed[bearer] = find_needed(*pair, self.crew)
        return self._needed[bearer]

    def real_types(self, about: Ground, promise: Coverage) -> set[Type] | Unknown:
        """The types of encounter that can happen between units of parties to the text that promises, found once."""
        key = (about.bearer, parties_of(about, promise))
        if key not in self._real:
            question = "is there an encounter of the type given below, between units of parties to the text"
            found, none = "the type is real", "it happens nowhere: it may be told as part of any box"
            with asking(system=about.system, bearer=about.bearer, question=question, found=found, none=none):
                self._real[key] = types_with(about, about.system.situation.axes, key[1])
        return self._real[key]

    def on(self, day: date | None) -> Inquiry:
        """The same inquiry on another date, with the same records; itself if the same texts are in force."""
        if day is None or _in_force(self.system) == _in_force(replace(self.system, as_of=day)):
            return self
        if day not in self._others:
            if day not in self._dated:
                self._dated[day] = inquire(replace(self.system, as_of=day), self.crew)
            found = self._dated[day]
            self.given_up += found.given_up
            self._others[day] = replace(found.apart(), given_up=self.given_up, questions=self.questions)
        return self._others[day]


def _done(
    base: Inquiry, task: tuple[Callable[[Inquiry, Share], Result], Share]
) -> tuple[Result, list[Question], list[GivenUp]]:
    work, share = task
    inquiry = base.apart()
    return work(inquiry, share), inquiry.questions, inquiry.given_up


def _in_force(system: NormSystem) -> list[str]:
    return [name for name, text in system.texts.items() if in_force(text, system)]


def inquire(system: NormSystem, crew: Crew = ALONE) -> Inquiry:
    """Finds all clashes of every bearer and what precedence suspends; the checks ask the rest."""
    grounds = tuple(ground(system, bearer) for bearer in bearers(system))
    clashes: list[Clash] = []
    given_up: list[GivenUp] = []
    for one in grounds:
        found, undecided = find_clashes(one, crew)
        clashes += found
        given_up += undecided
    strict = tuple(prevailing(one, tuple(clashes), advised=False) for one in grounds)
    advised = tuple(prevailing(one, tuple(clashes), advised=True) for one in grounds)
    return Inquiry(system, grounds, strict, advised, tuple(clashes), given_up, crew=crew)
