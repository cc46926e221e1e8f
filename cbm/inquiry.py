"""Everything the checks ask: one system, its clashes found once, what prevails, and one record of all questions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from cbm.compliance.joint import Joint, joint
from cbm.conflicts.all_conflicts import TOGETHER, ConflictSet, find_clashes, world_of
from cbm.conflicts.deadlocks import BlockedUses, Deadlock, find_blocked_uses, find_deadlocks
from cbm.conflicts.precedence import settling, standing_beside, suspended_in
from cbm.conflicts.trigger_cycles import UNENDING, ending
from cbm.conflicts.what_prevails import Standing, what_prevails
from cbm.core.expressions import Expr, Formula, NormId
from cbm.core.norms import Modality, NormSystem, Precedence
from cbm.core.variables import Variable
from cbm.finding import RuleId
from cbm.ground.dated_effects import binding_on_date, reserves_left
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground, bearers, ground
from cbm.ground.posed import Posed
from cbm.process.budget import current_budget
from cbm.records import Struct, field, replace
from cbm.report import Ending, Question
from cbm.search.extent import Cube
from cbm.search.kept_answers import whether
from cbm.search.open_questions import Undecided
from cbm.search.parallel import ALONE, Crew, Result, Share
from cbm.search.situations import Situations
from cbm.smt.index import keep_apart
from cbm.smt.journal import asking, is_kept
from cbm.smt.solve import Answer, Sat, Solver, Unknown, Unsat, sharing
from cbm.source import Span
from cbm.translation.saying import Sayable, in_english, mark, say, told

Clash = TypeVar("Clash", ConflictSet, Deadlock)

# So many formulas that were assumed before are carried along; then the solver of a bearer begins again.
KNOWN = 100


class Inquiry(Struct):
    """The state of one check of one system. What is recorded grows, with the solvers behind it; the `crew` does what
    can be done in shares. What several checks build on is found once, when it is first asked for.

    `grounds` ask about norms as they bind; `strict` about norms that bind and are not suspended when the `must`s are
    looked at alone, `advised` when the `should`s are added.
    """

    system: NormSystem
    grounds: tuple[Ground, ...]
    undecided: list[Undecided] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    crew: Crew = ALONE
    _solvers: dict[tuple[int, bool], Solver] = field(default_factory=dict)
    _plain: dict[int, Situations] = field(default_factory=dict)
    _dated: dict[date, Inquiry] = field(default_factory=dict)
    # As nothing was asked yet on these dates; parts of the work share it.
    _unasked_on: dict[date, Inquiry] = field(default_factory=dict)
    _alike: set[date] = field(default_factory=set)  # on which all is as on the date asked about
    _settling: dict[tuple[Precedence, frozenset[NormId]], bool] = field(default_factory=dict)
    _found: tuple[tuple[ConflictSet, ...], tuple[Undecided, ...]] | None = None  # clashes, and what is open of them
    _standing: Standing | None = None
    _together: Joint | None = None
    _deadlocks: tuple[tuple[Deadlock, ...], tuple[Undecided, ...]] | None = None  # and what is open of them
    _blocked_uses: BlockedUses | None = None

    @property
    def clashes(self) -> tuple[ConflictSet, ...]:
        return self.standing().clashes

    @property
    def strict(self) -> tuple[Ground, ...]:
        return self.standing().strict

    @property
    def advised(self) -> tuple[Ground, ...]:
        return self.standing().advised

    def view_of(self, role: int) -> Ground:
        """What prevails for this role; where units take roles in turn, the other one's clauses as they bind."""
        return next((about for about in self.strict if about.bearer == role), None) or ground(self.system, role)

    def each(
        self,
        doing: str,
        work: Callable[[Inquiry, Share], Result],
        shares: Sequence[Share],
        *,
        even_one: bool = False,
    ) -> Iterator[Result]:
        """What the work makes of each share, in order, begun as the crew does it.

        More than one start from what is known now and nothing that is asked on the way: so it does not matter who does
        them, and when. What is asked for them is noted as their results are taken.
        """
        if len(shares) == 1 and not self.crew.sends(1, even_one=even_one):
            return self._done_here(work, shares[0])
        tasks = [(work, share) for share in shares]
        return self._noted(self.crew.each(doing, _done, self.apart(), tasks, even_one=even_one))

    def _done_here(self, work: Callable[[Inquiry, Share], Result], share: Share) -> Iterator[Result]:
        with sharing():
            result = work(self, share)
        yield result

    def _noted(self, done: Iterable[tuple[Result, list[Question], list[Undecided]]]) -> Iterator[Result]:
        for result, questions, undecided in done:
            self.questions += questions
            self.undecided += undecided
            yield result

    def apart(self) -> Inquiry:
        """The same with no question recorded, and no solvers; what was given up stays known."""
        return replace(
            self,
            undecided=list(self.undecided),
            questions=[],
            crew=ALONE,
            _solvers={},
            _plain={},
            _dated={},
            _together=None,
        )

    def ask(self, about: Ground, *formulas: Formula) -> Answer:
        """Whether some situation and some feasible conduct meet the formulas, and not which."""
        solver, formulas = self._solver(about, feasible=True), (*formulas, *self._narrowing(about))
        with asking(system=self.system, bearer=about.bearer):
            answer = self._answer(about, solver, formulas)
            solver.note(answer, *formulas)
        return answer

    def _answer(self, about: Ground, solver: Solver, formulas: tuple[Formula, ...]) -> Answer:
        """Of the solver, unless a single variable says that there is no such case: sooner seen than looked up."""
        if keep_apart(formulas) and not current_budget().why():
            return Unsat()
        return whether(
            "can it be",
            world_of(about).asked(formulas),
            lambda: Sat() if self._is_seen(about, formulas) else solver.ask(*formulas),
            lambda: Solver(about.system.situation.roles, (*about.possible, *about.feasible)).ask(*formulas),
        )

    def _is_seen(self, about: Ground, formulas: tuple[Formula, ...]) -> bool:
        """Whether a plain case of what can happen to this bearer shows it, without a solver; not when a run is over."""
        if about.bearer not in self._plain:
            self._plain[about.bearer] = Situations((), (*self._own(about).possible, *about.feasible), ())
        return not current_budget().why() and self._plain[about.bearer].show(formulas)

    @property
    def packages(self) -> tuple[Formula, ...]:
        """What the packages at hand have in common; of a text without brackets there is nothing to say."""
        return ()

    def ask_of_any(self, about: Ground, *formulas: Formula) -> Answer:
        """`ask`, whether it can be on one of the packages at hand."""
        return self.ask(about, *formulas)

    def here(self, about: Ground) -> Ground:
        """The bearer, on the packages at hand; of a text without brackets that is all there is (`PartInquiry`)."""
        return about

    def as_taken(self, formula: Formula) -> Formula:
        """The formula without the choices that are made in one way on the packages at hand."""
        return formula

    def whatever_is_taken(self, formulas: tuple[Formula, ...]) -> tuple[Formula, ...]:
        """Formulas with which these hold whatever is taken of the choices that are open on the packages at hand."""
        return formulas

    def if_any_is_taken(self, formulas: tuple[Formula, ...]) -> tuple[Formula, ...]:
        """Formulas that hold wherever these do, whatever is taken of the choices that are open on these packages."""
        return formulas

    def stands(self, condition: Expr) -> bool:
        """Whether what has such a condition stands on the packages at hand, whether or not it applies."""
        del condition
        return True

    def stand(self, norms: Iterable[NormId]) -> bool:
        """Whether all of these clauses stand on the packages at hand, as they are worded."""
        return all(self.stands(guard.condition) for norm in norms for guard in self.system.norms[norm].guards)

    def stands_everywhere(self, condition: Expr) -> bool:
        """Whether it stands on each of the packages at hand."""
        del condition
        return True

    def alike(self, projected: Callable[[Collection[Variable]], list[Cube] | Unknown]) -> Unknown | None:
        """Sees to it that what was found holds on each of the packages at hand.

        `projected` says on which it does, in cubes over the variables that it is given.
        """
        del projected
        return None

    def is_open(self, variables: Collection[Variable]) -> bool:
        """Whether one of these choices is made in several ways on the packages at hand."""
        del variables
        return False

    def settle(self, variables: Collection[Variable]) -> None:
        """Sees to it that these choices are made in one way on the packages at hand."""
        del variables

    def indispensable(
        self, about: Ground, parts: tuple[Formula, ...], formulas: tuple[Formula, ...]
    ) -> tuple[Formula, ...]:
        """A smallest choice of these parts of what is feasible with which the formulas cannot hold, last ones first.

        With all of them they must not be able to hold.
        """
        if isinstance(self._whatever_is_feasible(about, formulas), Unsat):
            return ()
        kept = parts
        for part in parts:
            rest = tuple(other for other in kept if other is not part)
            if isinstance(self._whatever_is_feasible(about, (*formulas, *rest)), Unsat):
                kept = rest
        return kept

    def _whatever_is_feasible(self, about: Ground, formulas: tuple[Formula, ...]) -> Answer:
        """Whether the formulas can hold somewhere, with conduct that meets no axioms but those among them."""
        roles = about.system.situation.roles
        return whether(
            "can it be whatever is feasible",
            (roles, about.possible, formulas),
            lambda: self._solver(about, feasible=False).ask(*formulas, *self._narrowing(about)),
            lambda: Solver(roles, about.possible).ask(*formulas),
        )

    def _solver(self, about: Ground, feasible: bool) -> Solver:
        """Of all that can happen to this bearer, or of what it can find itself in, whatever it does."""
        solver = self._solvers.get((about.bearer, feasible))
        if solver is None:
            required = (*self._own(about).possible, *(about.feasible if feasible else ()))
            with sharing():  # whoever asks first, others will ask as well
                roles = about.system.situation.roles
                solver = self._solvers[about.bearer, feasible] = Solver(roles, required, forgetful=KNOWN, quick=True)
        return solver

    def _own(self, about: Ground) -> Ground:
        """All that can happen to this bearer, where it is asked about a part of that."""
        return next((one for one in self.grounds if one.bearer == about.bearer), about)

    def _narrowing(self, about: Ground) -> tuple[Formula, ...]:
        """By what the part that is asked about is narrowed: its readings, as a rule."""
        own = self._own(about)
        if about.possible is own.possible:
            return ()
        known = frozenset(own.possible)
        return tuple(part for part in about.possible if part not in known)

    def can(
        self,
        about: Ground,
        norms: tuple[NormId, ...],
        question: Sayable,
        *formulas: Formula,
        found: str | None = None,
        none: str | None = None,
    ) -> bool | Undecided:
        """`ask` as yes or no, or noted as undecided.

        `found` and `none` say, for the export, what follows from either answer.
        """
        with asking(norms=norms, question=in_english(question) if is_kept() else "", found=found, none=none):
            answer = self.ask(about, *formulas)
        return self.leave_open(question, answer, *norms) if isinstance(answer, Unknown) else isinstance(answer, Sat)

    def can_keep(
        self,
        about: Ground,
        duties: Sequence[GroundNorm],
        norms: tuple[NormId, ...],
        question: Sayable,
        *formulas: Formula,
        found: str | None = None,
        none: str | None = None,
    ) -> bool | Undecided:
        """`can`, where these duties are kept as well: undecided where only conduct without end might do so."""
        demands = (n.demand for n in duties)
        kept = self.can(about, norms, question, *formulas, *demands, found=found, none=none)
        left = ending(about, duties)
        if kept is not False or len(left) == len(duties):
            return kept
        rest = self.can(
            about,
            norms,
            lambda: say("{question}, circles of acts aside", question=told(question)),
            *formulas,
            *(n.demand for n in left),
        )
        return self.leave_open(question, Unknown(UNENDING), *norms) if rest is True else rest

    def leave_open(self, question: Sayable, unknown: Unknown, *norms: NormId, at: Span | None = None) -> Undecided:
        """Notes a question about these norms, or about what stands there, that has no answer."""
        left = Undecided(in_english(question), unknown.reason, norms, span=at, words=told(question))
        self.undecided.append(left)
        return left

    def left_open(self) -> tuple[Undecided, ...]:
        """What has no answer, on the date asked about and on those of cases."""
        return (*self.undecided, *(left for dated in self._dated.values() for left in dated.left_open()))

    def clash_left_open(self, norms: Iterable[NormId]) -> Undecided | None:
        """That it was given up whether these clash for one unit already; None where that is known."""
        held = frozenset(norms)
        return next((left for left in self._clashes()[1] if held.issubset(left.norms)), None)

    def open_sets(self, rule: RuleId) -> bool | Undecided:
        """What is known of there being further sets of norms that clash: there is none, or nobody knows."""
        return next((left for left in self.undecided if left.question == TOGETHER and left.rule is rule), False)

    def record(
        self,
        rule: str,
        subject: Sayable,
        found: bool | Undecided,
        at: Span | None = None,
        *,
        of_words: bool = False,
        of: object = None,
        reason: str = "",
    ) -> None:
        """Notes a question, in English, with how it ended: whether something was found, or undecided.

        `of_words`: what texts say was compared, and nothing was asked of encounters. `of`: what was asked, or about
        what. `reason`: why an encounter that was asked for is not shown.
        """
        if isinstance(of, Posed):
            of = replace(of, day=self.system.as_of, packages=self.packages)
        verdict = Ending.UNDECIDED if isinstance(found, Undecided) else Ending.FOUND if found else Ending.CLEAR
        self.questions.append(
            Question(rule, in_english(subject), verdict, at, of_words, of, reason, self.system.subject)
        )

    def settled_by(self, norms: Iterable[NormId]) -> tuple[Precedence, ...]:
        """The edges that settle a clash of these norms wherever it happens."""
        members = frozenset(norms)
        return tuple(edge for edge in settling(self.system, members) if self._settles(edge, members))

    def _settles(self, edge: Precedence, norms: frozenset[NormId]) -> bool:
        """Whether it is so everywhere: what is owed to allies alone lifts nothing that is owed to others."""
        if all(self.system.texts[norm.document].is_owed_to_all for norm in norms & edge.prevailing):
            return True
        if (edge, norms) not in self._settling:
            known = ((c, (frozenset(c.norms), frozenset(c.takes_part))) for c in self.clashes)
            clashes = [clash for clash, sets in known if norms in sets]
            left = [self._beside(clash, edge) for clash in clashes]
            unknown = next((answer for answer in left if isinstance(answer, Unknown)), None)
            if unknown is not None and not any(isinstance(answer, Sat) for answer in left):
                self.leave_open(mark("is the clash settled by what prevails"), unknown, *sorted(norms))
            self._settling[edge, norms] = bool(left) and all(isinstance(answer, Unsat) for answer in left)
        return self._settling[edge, norms]

    def _beside(self, clash: ConflictSet, edge: Precedence) -> Answer:
        about = next(g for g in self.grounds if g.bearer == clash.bearer)
        question = "does the clash happen where what prevails is owed to others than what yields"
        with asking(norms=clash.norms, question=question, found="it is not settled there", none="it is settled"):
            return self.ask(about, standing_beside(self.system, clash, edge))

    def clashes_of(self, norms: Iterable[NormId]) -> tuple[ConflictSet, ...]:
        """The clashes in which norms of exactly these clauses take part, of whichever bearer."""
        return self.standing().by_clauses.get(frozenset(norm.clause for norm in norms), ())

    def clashes_in_wordings(self, norms: Iterable[NormId]) -> tuple[ConflictSet, ...]:
        """The same, in which these clauses take part however they are worded, in order."""
        return self.standing().by_unworded.get(frozenset(norm.unworded for norm in norms), ())

    def clashes_with(self, norms: Collection[NormId]) -> tuple[ConflictSet, ...]:
        """The clashes in which one of these norms takes part, in order."""
        standing = self.standing()
        return tuple(standing.clashes[i] for i in sorted({i for n in norms for i in standing.by_norm.get(n, ())}))

    def together(self) -> Joint:
        """All units at once, prepared when it is first asked for."""
        if self._together is None:
            with sharing():
                self._together = joint(self.system, self.clashes, self.standing().clashing)
        return self._together

    def standing(self) -> Standing:
        """The conflicts and what prevails; what stays open is noted."""
        if self._standing is None:
            clashes, undecided = self._clashes()
            self.undecided += undecided
            self._standing = what_prevails(self.grounds, clashes, undecided)
        return self._standing

    def _clashes(self) -> tuple[tuple[ConflictSet, ...], tuple[Undecided, ...]]:
        """The conflicts of all bearers, and what stays open of them."""
        if self._found is None:
            clashes: list[ConflictSet] = []
            undecided: list[Undecided] = []
            for about in self.grounds:
                with sharing():
                    found, left = find_clashes(about, self.crew)
                clashes += found
                undecided += left
            self._found = (tuple(clashes), tuple(undecided))
        return self._found

    def deadlocks(self) -> tuple[Deadlock, ...]:
        """The duties of several units that cannot be kept together; what stays open is noted."""
        if self._deadlocks is None:
            with sharing():
                self._deadlocks = find_deadlocks(self.system, self.crew, yielding=self.yielding())
            self.undecided += self._deadlocks[1]
        return self._deadlocks[0]

    def blocked_uses(self) -> BlockedUses:
        """What the text permits one unit and duties of others leave no room for; what stays open is noted."""
        if self._blocked_uses is None:
            used = self.permissions()
            with sharing():
                yielding = self.yielding() if used else ()
                self._blocked_uses = find_blocked_uses(self.system, used, self.crew, yielding)
            self.undecided += self._blocked_uses.undecided
        return self._blocked_uses

    def clashing_across(self) -> frozenset[NormId] | None:
        """All norms that may clash as they bind all units; None where it is not known of some."""
        across = self.deadlocks()
        assert self._deadlocks is not None, "they were looked for"
        if self._deadlocks[1]:
            return None
        return self.standing().clashing.union(*(one.takes_part for one in across))

    def permissions(self) -> list[NormId]:
        """What the text itself permits."""
        own = (norm for norm in self.system.norms.values() if norm.id.document == self.system.subject)
        return [norm.id for norm in own if norm.modality is Modality.PERMISSION]

    def yielding(self) -> tuple[Mapping[NormId, Formula], ...]:
        """Where norms yield, for each role; nothing where no text says what prevails."""
        roles = range(len(self.system.situation.roles)) if self.system.precedences else ()
        return tuple(suspended_in(self.system, self.clashes, role, advised=True) for role in roles)

    def among(self, norms: Collection[NormId], system: NormSystem) -> Inquiry:
        """What can be asked of a system of these norms alone, which have nothing to do with the others of this one.

        So they clash there as they do here, and that is not looked for again, as far as it is known.
        """
        chosen = frozenset(norms)
        deadlocks = None if self._deadlocks is None else _among(chosen, self._deadlocks)
        left = [] if deadlocks is None else list(deadlocks[1])
        return replace(inquire(system), undecided=left, _found=_among(chosen, self._clashes()), _deadlocks=deadlocks)

    def on(self, day: date | None) -> Inquiry:
        """The same inquiry on another date, made once; itself if the same texts and reserves count on it."""
        if day is None or day in self._alike:
            return self
        if day in self._dated:
            return self._dated[day]
        dated = replace(self.system, as_of=day, week=day)
        same = binding_on_date(self.system) == binding_on_date(dated)
        if same and reserves_left(self.system) == reserves_left(dated):
            self._alike.add(day)
            return self
        if day not in self._unasked_on:
            self._unasked_on[day] = inquire(dated)
        # what is left open is neither owed nor barred: the same norms clash
        found = self._clashes() if same else None
        ready = self._unasked_on[day].apart()
        self._dated[day] = replace(ready, questions=self.questions, crew=self.crew, _found=found)
        return self._dated[day]


def _among(
    norms: frozenset[NormId], known: tuple[tuple[Clash, ...], tuple[Undecided, ...]]
) -> tuple[tuple[Clash, ...], tuple[Undecided, ...]]:
    """What is found and what is open of these norms."""
    found, left = known
    return (
        tuple(one for one in found if norms.issuperset(one.takes_part)),
        tuple(one for one in left if not norms.isdisjoint(one.norms)),
    )


def _done(
    base: Inquiry, task: tuple[Callable[[Inquiry, Share], Result], Share]
) -> tuple[Result, list[Question], list[Undecided]]:
    work, share = task
    inquiry = base.apart()  # the next share starts from the same
    known = len(inquiry.undecided)
    return work(inquiry, share), inquiry.questions, inquiry.undecided[known:]


def inquire(system: NormSystem, questions: list[Question] | None = None, crew: Crew = ALONE) -> Inquiry:
    """Makes ready what can be asked of every bearer; `questions` is the record to go on with."""
    grounds = tuple(ground(system, bearer) for bearer in bearers(system))
    return Inquiry(system, grounds, questions=[] if questions is None else questions, crew=crew)
