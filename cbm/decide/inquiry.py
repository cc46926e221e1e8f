"""Everything the checks ask: one system, its clashes found once, what prevails, and one record of all questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from cbm.decide.boxes import Type
from cbm.decide.clashes import Clash, GivenUp, find_clashes
from cbm.decide.coverage import Region, parties_of
from cbm.decide.deadlocks import Deadlock, find_deadlocks
from cbm.decide.engine import Stuck
from cbm.decide.openings import Opening, find_openings, real_types
from cbm.decide.prevailing import prevailing, settling
from cbm.decide.together import Joint, joint
from cbm.finding import Question
from cbm.semantics.core import Coverage, Expr, NormId, NormSystem, Precedence, negation
from cbm.semantics.ground import Ground, bearers, ground, in_force
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Sat, Solver, Unknown


@dataclass(slots=True)
class Inquiry:
    """The state of one check of one system. `record` is the only thing that grows, with the solvers behind it.

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
    _solvers: dict[int, Solver] = field(default_factory=dict)
    _dated: dict[date, Inquiry] = field(default_factory=dict)
    _together: Joint | None = None
    _deadlocks: tuple[Deadlock, ...] | None = None
    _openings: dict[tuple[int, Coverage], tuple[Opening, ...]] = field(default_factory=dict)
    _real: dict[tuple[int, Expr], set[Type] | Unknown] = field(default_factory=dict)

    def ask(self, about: Ground, *formulas: Expr) -> Answer:
        """Whether some situation and some feasible conduct meet the formulas."""
        with asking(system=self.system, bearer=about.bearer):
            return self._solver(about).decide(*formulas)

    def _solver(self, about: Ground) -> Solver:
        if about.bearer not in self._solvers:
            required = (*about.possible, *about.feasible)
            self._solvers[about.bearer] = Solver(about.system.situation.roles, required)
        return self._solvers[about.bearer]

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is asked inside leaves nothing behind that later questions would have to carry along."""
        with ExitStack() as scopes:
            for about in self.grounds:
                scopes.enter_context(self._solver(about).scope())
            yield

    def about(self, system: NormSystem, grounds: tuple[Ground, ...], clashes: Iterable[Clash]) -> Inquiry:
        """An inquiry about another system in which the same can happen and be done, by the same solvers."""
        return _inquiry(system, grounds, tuple(clashes), self._solvers)

    def is_open(self, region: Region, *literals: Expr) -> bool | Unknown:
        """Whether some situation of the region meets the literals."""
        if region.is_plain:
            answer = self.ask(region.about, *region.holding, negation(region.excluded), *literals)
            return answer if isinstance(answer, Unknown) else isinstance(answer, Sat)
        stuck = region.search(*literals).next()
        return stuck if isinstance(stuck, Unknown) else isinstance(stuck, Stuck)

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
            self._deadlocks, given_up = find_deadlocks(self.system)
            self.given_up += given_up
        return self._deadlocks

    def openings(self, about: Ground, promise: Coverage) -> tuple[Opening, ...]:
        """Where the promise is broken for the bearer, by what prevails; looked for once."""
        key = (about.bearer, promise)
        if key not in self._openings:
            between = (about.bearer, parties_of(about, promise))
            if between not in self._real:
                self._real[between] = real_types(about, promise)
            self._openings[key] = tuple(find_openings(about, promise, self._real[between]))
        return self._openings[key]

    def on(self, day: date | None) -> Inquiry:
        """The same inquiry on another date, made once; itself if the same texts are in force."""
        if day is None or _in_force(self.system) == _in_force(replace(self.system, as_of=day)):
            return self
        if day not in self._dated:
            self._dated[day] = inquire(replace(self.system, as_of=day), self.questions)
        return self._dated[day]


def _in_force(system: NormSystem) -> list[str]:
    return [name for name, text in system.texts.items() if in_force(text, system)]


def inquire(system: NormSystem, questions: list[Question] | None = None) -> Inquiry:
    """Finds all clashes of every bearer and what precedence suspends; the checks ask the rest."""
    grounds = tuple(ground(system, bearer) for bearer in bearers(system))
    clashes: list[Clash] = []
    given_up: list[GivenUp] = []
    for one in grounds:
        found, undecided = find_clashes(one)
        clashes += found
        given_up += undecided
    inquiry = _inquiry(system, grounds, tuple(clashes), {})
    inquiry.given_up += given_up
    return inquiry if questions is None else replace(inquiry, questions=questions)


def _inquiry(
    system: NormSystem, grounds: tuple[Ground, ...], clashes: tuple[Clash, ...], solvers: dict[int, Solver]
) -> Inquiry:
    strict = tuple(prevailing(one, clashes, advised=False) for one in grounds)
    advised = tuple(prevailing(one, clashes, advised=True) for one in grounds)
    return Inquiry(system, grounds, strict, advised, clashes, [], _solvers=solvers)
