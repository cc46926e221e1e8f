"""What each act and each result is for one bearer under what is given: owed, barred, tied to others, or permitted.

Each *mark* is told with the situations in which it holds. What has no mark in a situation is free there: doing it, or
leaving it undone, and nothing else, breaches no duty of who complies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cbm.comparison.meaning import exercise, smallest
from cbm.core.expressions import (
    FALSE,
    And,
    Does,
    Flag,
    Formula,
    NormId,
    Not,
    Or,
    Truth,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.norms import Modality, Norm, Strength
from cbm.core.substitution import deeds_of, parts_of, substitute, variables
from cbm.core.variables import Decision, Performed, ResultValue, Variable, decision_of
from cbm.given_situations.claim_extents import NOWHERE, ClaimExtent, SituationClaim, extent_of
from cbm.given_situations.given_world import GivenWorld, exactly
from cbm.ground.grounder import GroundNorm
from cbm.process.budget import require_going_on
from cbm.records import replace
from cbm.search.projection import projection
from cbm.search.world import World, relevant
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Solver, Unknown, Unsat, apart


class ConductMark(StrEnum):
    """What an act or a state of a result is in a situation, beside what nothing is said of."""

    MUST = "must"  # all who comply do it, and it can be left undone
    MUST_NOT = "must not"  # nobody who complies does it, and it can be done
    SHOULD = "should"  # it can be left undone, and who follows advice as well does it
    SHOULD_NOT = "should not"
    MUST_NOT_SO = "must not, in some ways"  # a clause bars some ways of doing it, and who complies can do it otherwise
    SHOULD_NOT_SO = "should not, in some ways"
    TIED_TO = "tied: to be left undone only with other things"  # leaving it undone alone can breach a duty
    TIED_FROM = "tied: to be done only with other things"  # doing it alone can breach a duty, in whatever way
    MAY = "may"  # a clause permits it expressly, and who complies can make use of that
    CANNOT_USE = "may, but cannot be used"  # a clause permits it, and who complies cannot make use of that
    NEED_NOT = "need not"  # a clause exempts from it expressly, and who complies can leave it undone
    CANNOT = "cannot"  # it cannot be done at all


@dataclass(frozen=True, slots=True)
class MarkedConduct:
    """A mark of an act or of a state of a result, with where it holds and the clauses on which that rests there.

    `unsure`: why it is not known whether these are all of them, and no others.
    """

    decision: Decision
    what: Formula  # that it is done, or that the result is so
    mark: ConductMark
    where: ClaimExtent | Unknown
    by: tuple[GroundNorm, ...] = ()
    beside: tuple[Decision, ...] = ()  # with what it is tied
    unsure: Unknown | None = None


def marks(given: GivenWorld) -> Iterator[MarkedConduct]:
    """Every mark that holds somewhere, act by act and result by result; and those of which that is not known."""
    everywhere, keeping = given.everywhere, given.keeping()
    advised = given.keeping(advised=True) if given.has_advice else None
    for decision, what in asked_about(given):
        with asking(
            system=given.system,
            bearer=given.bearer,
            question=f"what is `{decision.name}` under what is given",
            found="it is so",
            none="it is not so",
        ):
            yield from _Marking(given, everywhere, keeping, advised, decision, what).marks()


def spoken_of(given: GivenWorld) -> list[Decision]:
    """The acts and results of the bearer that some clause which may bind it speaks of, in order."""
    found: dict[Decision, None] = {}
    for n in given.binding():
        for formula in (n.fulfilled, n.binds):
            for v in variables(formula):
                if v in given.plain.conduct:
                    found[decision_of(v)] = None
    return _in_order(given, found)


def tied_acts(given: GivenWorld) -> list[Decision]:
    """The acts of the bearer that no such clause speaks of and axioms tie to what these speak of, in order."""
    spoken = frozenset(spoken_of(given))
    touched = [Flag(v) for v in given.plain.conduct if decision_of(v) in spoken]
    tied = (v for part in relevant(given.everywhere, touched) for v in variables(part) if v in given.plain.conduct)
    return _in_order(given, (d for d in dict.fromkeys(map(decision_of, tied)) if d.is_act and d not in spoken))


def _in_order(given: GivenWorld, decisions: Iterable[Decision]) -> list[Decision]:
    """Those of them that the bearer takes, acts before results, as they are declared."""
    order = [*given.system.acts, *given.system.results]
    own = [d for d in decisions if d.role in (None, given.bearer)]
    return sorted(own, key=lambda d: (not d.is_act, order.index(d.name)))


def asked_about(given: GivenWorld) -> Iterator[tuple[Decision, Formula]]:
    """Each act, that it is done; each result, that it is as some clause compares it or permits it to be."""
    for decision in (*spoken_of(given), *tied_acts(given)):
        if decision.is_act:
            assert decision.role is not None
            yield decision, given.plain.grounder.formula(Does(decision.name, decision.role))
        else:
            for state in dict.fromkeys(_states(given, decision)):
                yield decision, state


def is_ban_on(norm: Norm, act: str) -> bool:
    """Whether it is a prohibition of this act, in some way or in every way."""
    return norm.modality is Modality.PROHIBITION and any(deed.act == act for deed in deeds_of(norm.own_content))


def _states(given: GivenWorld, decision: Decision) -> Iterator[Formula]:
    """What clauses compare the result with, and what they permit it to be."""
    for n in given.binding():
        for atom in (*_atoms(n.fulfilled), *(() if n.norm.demands else (n.fulfilled,))):
            spoken = [v for v in variables(atom) if v in given.plain.conduct]
            if spoken and all(isinstance(v, ResultValue) and decision_of(v) == decision for v in spoken):
                yield atom


def _atoms(formula: Formula) -> Iterator[Formula]:
    match formula:
        case Truth():
            return
        case Not(operand):
            yield from _atoms(operand)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _atoms(part)
        case _:
            yield formula


def _signs(formula: Formula, own: frozenset[Variable], positive: bool = True) -> frozenset[bool]:
    """Whether doings among these help the formula to hold (True), or keep it from holding (False), or may do both."""
    match formula:
        case Flag(Performed() as variable):
            return frozenset((positive,)) if variable in own else frozenset()
        case Not(operand):
            return _signs(operand, own, not positive)
        case And(parts) | Or(parts):
            return frozenset[bool]().union(*(_signs(part, own, positive) for part in parts))
        case _:
            return frozenset()


@dataclass(frozen=True, slots=True)
class _Marking:
    """All that is asked of one act or one state of a result."""

    given: GivenWorld
    everywhere: World
    keeping: World
    advised: World | None
    decision: Decision
    what: Formula

    def marks(self) -> Iterator[MarkedConduct]:
        what, undone = self.what, negation(self.what)
        duties = self._linked(self.given.duties())
        owed = conjunction(*map(exactly, duties))
        yield from self._permitted()
        if not self.decision.is_act:
            if not isinstance(what, And | Or):
                yield from self._forced(ConductMark.MUST, owed, undone, duties)
                yield from self._forced(ConductMark.MUST_NOT, owed, what, duties)
                yield from self._advised(owed, for_it=True, against_it=True)
            return
        advice = self._linked(self.given.duties(advised=True)) if self.advised else ()
        feasible = relevant(self.keeping, (owed, what))
        signs = frozenset().union(*(_signs(f, self._own) for f in (*feasible, *map(exactly, (*duties, *advice)))))
        if True in signs:  # else leaving it undone is never worse
            yield from self._forced(ConductMark.MUST, owed, undone, duties)
            yield from self._tied_to(owed, feasible, duties)
        if False in signs:  # else doing it is never worse
            yield from self._forced(ConductMark.MUST_NOT, owed, what, duties)
            tied = list(self._tied_from(owed, feasible, duties))
            yield from tied
            yield from self._barred_so(ConductMark.MUST_NOT_SO, self.keeping, owed, duties, tied)
            if self.advised:
                followed = conjunction(*map(exactly, advice))
                advising = [n for n in advice if n.norm.strength is Strength.SHOULD]
                yield from self._barred_so(ConductMark.SHOULD_NOT_SO, self.advised, followed, advising)
            yield from self._marked(ConductMark.CANNOT, self.everywhere, SituationClaim(none=what))
        yield from self._advised(owed, True in signs, False in signs)

    def _forced(
        self, mark: ConductMark, owed: Formula, otherwise: Formula, duties: Sequence[GroundNorm]
    ) -> Iterator[MarkedConduct]:
        """It is as the duties have it: what is otherwise could be done, and nobody does it who complies."""
        claim = SituationClaim(some=(otherwise,), none=conjunction(owed, otherwise))
        for found in self._marked(mark, self.keeping, claim):
            by, unsure = self._resting_on(found.where, otherwise, duties)
            yield replace(found, by=by, unsure=unsure)

    def _advised(self, owed: Formula, for_it: bool, against_it: bool) -> Iterator[MarkedConduct]:
        if self.advised is None:
            return
        advice = self._linked(self.given.duties(advised=True))
        if all(n.norm.strength is Strength.MUST for n in advice):
            return
        followed = conjunction(*map(exactly, advice))
        asked = ((ConductMark.SHOULD, negation(self.what), for_it), (ConductMark.SHOULD_NOT, self.what, against_it))
        for mark, otherwise in ((mark, otherwise) for mark, otherwise, can_be in asked if can_be):
            claim = SituationClaim(some=(conjunction(owed, otherwise),), none=conjunction(followed, otherwise))
            for found in self._marked(mark, self.advised, claim):
                by, unsure = self._resting_on(found.where, otherwise, advice)
                yield replace(found, by=by, unsure=unsure)

    def _barred_so(
        self,
        mark: ConductMark,
        world: World,
        owed: Formula,
        bans: Iterable[GroundNorm],
        tied: Iterable[MarkedConduct] = (),
    ) -> Iterator[MarkedConduct]:
        """A ban speaks of it that some ways of doing it breach; and it can be done all the same by who complies.

        Nothing of what makes it a breach only with other things: it is tied to these.
        """
        conduct, own = self.given.plain.conduct, self._own
        known = {n.norm.id for one in tied for n in one.by}
        for n in bans:
            spoken = {v for f in (n.binds, n.fulfilled) for v in variables(f) if v in conduct}
            barred = is_ban_on(n.norm, self.decision.name) and self._is_about(n)
            if barred and (spoken <= own or n.norm.id not in known):
                ways = (conjunction(self.what, negation(exactly(n))), conjunction(owed, self.what))
                for found in self._marked(mark, world, SituationClaim(some=ways)):
                    yield replace(found, by=(n,))

    def _tied_to(
        self, owed: Formula, feasible: tuple[Formula, ...], duties: Sequence[GroundNorm]
    ) -> Iterator[MarkedConduct]:
        """Of who complies and does it, leaving it undone alone breaches a duty."""
        left_out = substitute(conjunction(*feasible, negation(owed)), self._undoing)
        if left_out != FALSE:
            leaving, without = conjunction(owed, self.what, left_out), conjunction(owed, negation(self.what))
            for found in self._marked(ConductMark.TIED_TO, self.keeping, SituationClaim(some=(leaving, without))):
                alone = conjunction(owed, self.what, substitute(conjunction(*feasible), self._undoing))
                breaches = {n.norm.id: substitute(negation(exactly(n)), self._undoing) for n in duties}
                yield self._tied(found, alone, duties, breaches)

    def _tied_from(
        self, owed: Formula, feasible: tuple[Formula, ...], duties: Sequence[GroundNorm]
    ) -> Iterator[MarkedConduct]:
        """Of who complies and does not do it, doing it alone breaches a duty, in whatever way."""
        can_be_done, can_be_kept = self._some_way(*feasible, self.what), self._some_way(*feasible, self.what, owed)
        if isinstance(can_be_done, Unknown) or isinstance(can_be_kept, Unknown):
            unknown = can_be_done if isinstance(can_be_done, Unknown) else can_be_kept
            assert isinstance(unknown, Unknown)
            yield MarkedConduct(self.decision, self.what, ConductMark.TIED_FROM, unknown)
            return
        without = substitute(conjunction(*feasible, owed), self._undoing)
        doing = conjunction(without, can_be_done, negation(can_be_kept))
        claim = SituationClaim(some=(doing, conjunction(owed, self.what)))
        for found in self._marked(ConductMark.TIED_FROM, self.keeping, claim):
            alone = conjunction(doing, *feasible, self.what)
            yield self._tied(found, alone, duties, {n.norm.id: negation(exactly(n)) for n in duties})

    def _tied(
        self,
        found: MarkedConduct,
        alone: Formula,
        duties: Sequence[GroundNorm],
        breaches: Mapping[NormId, Formula],
    ) -> MarkedConduct:
        """With the duties that a change of it alone breaches somewhere, and what else these speak of."""
        cubes = () if isinstance(found.where, Unknown) else found.where.cubes
        there = disjunction(*(conjunction(*cube) for cube in cubes))
        solver = Solver(self.keeping.roles, (*self.keeping.possible, alone, there))
        asked = [(n, solver.ask(breaches[n.norm.id])) for n in duties]
        by = tuple(n for n, answer in asked if not isinstance(answer, Unsat))
        unsure = next((answer for _, answer in asked if isinstance(answer, Unknown)), None)
        conduct = self.given.plain.conduct
        spoken = (v for n in by for v in (*variables(n.fulfilled), *variables(n.binds)) if v in conduct)
        beside = dict.fromkeys(map(decision_of, spoken))
        return replace(found, by=by, beside=tuple(d for d in beside if d != self.decision), unsure=unsure)

    @property
    def _undoing(self) -> dict[Variable, bool]:
        return dict.fromkeys((v for v in self._own if isinstance(v, Performed)), False)

    def _some_way(self, *formulas: Formula) -> Formula | Unknown:
        """What all else has to be like for it to be done in some way that meets the formulas."""
        whole = conjunction(*formulas)
        own = {v for v in variables(whole) if v in self._own}
        parts = parts_of(whole)
        apart = [p for p in parts if own.isdisjoint(variables(p))]
        about = [p for p in parts if p not in apart]
        others = [v for p in about for v in variables(p) if v not in own]
        cubes = projection(self.keeping.roles, about, others)
        if isinstance(cubes, Unknown):
            return cubes
        return conjunction(*apart, disjunction(*(conjunction(*cube) for cube in cubes)))

    def _permitted(self) -> Iterator[MarkedConduct]:
        for n in self.given.strict.norms:
            if n.binds == FALSE or n.norm.demands or not self._is_about(n):
                continue
            # What brings the permission into play may hang together with other duties than the act itself.
            duties = self._linked(self.given.duties(), exercise(n))
            owed = conjunction(*map(exactly, duties))
            if n.norm.modality is Modality.EXEMPTION:
                left = conjunction(exercise(n), negation(self.what))
                yield from self._resting(ConductMark.NEED_NOT, SituationClaim(some=(conjunction(owed, left),)), n)
                continue
            used = conjunction(exercise(n), self.what)
            yield from self._resting(ConductMark.MAY, SituationClaim(some=(conjunction(owed, used),)), n)
            if duties:
                shut = SituationClaim(some=(used,), none=conjunction(owed, used))
                for found in self._resting(ConductMark.CANNOT_USE, shut, n):
                    by, unsure = self._resting_on(found.where, used, duties)
                    yield replace(found, by=(n, *by), unsure=unsure)

    def _is_about(self, n: GroundNorm) -> bool:
        """Whether the clause speaks of the act, or says of the result just what is asked about."""
        return n.fulfilled == self.what or (self.decision.is_act and not self._own.isdisjoint(variables(n.fulfilled)))

    def _resting(self, mark: ConductMark, claim: SituationClaim, n: GroundNorm) -> Iterator[MarkedConduct]:
        for found in self._marked(mark, self.keeping, claim):
            yield replace(found, by=(n,))

    def _marked(self, mark: ConductMark, world: World, claim: SituationClaim) -> Iterator[MarkedConduct]:
        where = extent_of(world, claim)
        if where != NOWHERE:
            yield MarkedConduct(self.decision, self.what, mark, where)

    def _resting_on(
        self, where: ClaimExtent | Unknown, otherwise: Formula, duties: Sequence[GroundNorm]
    ) -> tuple[tuple[GroundNorm, ...], Unknown | None]:
        """The fewest clauses that leave no other conduct under any of the conditions told, and each that does alone.

        And why it is not known whether these are they, where something of that was given up.
        """
        if isinstance(where, Unknown):
            return (), None
        found: dict[GroundNorm, None] = {}
        given_up: list[Unknown] = []
        for cube in where.cubes:
            solver = Solver(self.keeping.roles, (*self.keeping.possible, *self.keeping.feasible, *cube, otherwise))

            def refutes(some: list[GroundNorm], solver: Solver = solver) -> Answer:
                return self._heard(solver.ask(*map(exactly, some)), given_up)

            if isinstance(refutes(list(duties)), Unsat):
                fewest = smallest(list(duties), refutes)
                found.update(dict.fromkeys(fewest))
                others = [n for n in duties if n not in found and self._is_about(n)] if len(fewest) == 1 else []
                if others:
                    with apart():  # what is found of other acts does not depend on it
                        found.update(dict.fromkeys(self._sufficing(others, (*cube, otherwise), given_up)))
        return tuple(n for n in duties if n in found), next(iter(given_up), None)

    def _sufficing(
        self, duties: Iterable[GroundNorm], otherwise: Iterable[Formula], given_up: list[Unknown]
    ) -> Iterator[GroundNorm]:
        """Those each of which alone leaves none of this."""
        solver = Solver(self.keeping.roles, (*self.keeping.possible, *self.keeping.feasible, *otherwise))
        return (n for n in duties if isinstance(self._heard(solver.ask(exactly(n)), given_up), Unsat))

    @staticmethod
    def _heard(answer: Answer, given_up: list[Unknown]) -> Answer:
        """The answer; where there is none, that is noted."""
        given_up += [answer] if isinstance(answer, Unknown) else []
        return answer

    @property
    def _own(self) -> frozenset[Variable]:
        """All that belongs to the act or the result."""
        return frozenset(v for v in self.given.plain.conduct if decision_of(v) == self.decision)

    def _linked(self, duties: Iterable[GroundNorm], *beside: Formula) -> tuple[GroundNorm, ...]:
        """The duties that hang together with it, or with these formulas, by conduct that they share."""
        conduct = self.given.plain.conduct
        touched = {*self._own, *(v for formula in beside for v in variables(formula) if v in conduct)}
        rest = [(n, {v for f in (n.binds, n.fulfilled) for v in variables(f) if v in conduct}) for n in duties]
        axioms = [{v for v in variables(part) if v in conduct} for part in self.given.plain.feasible]
        linked: set[int] = set()  # by what they are: to compare norms with each other takes long
        require_going_on()
        while True:
            near = [pair for pair in rest if not touched.isdisjoint(pair[1])]
            tied = [some for some in axioms if not touched.isdisjoint(some) and not some <= touched]
            if not near and not tied:
                return tuple(n for n in duties if id(n) in linked)
            linked.update(id(n) for n, _ in near)
            rest = [pair for pair in rest if touched.isdisjoint(pair[1])]
            touched.update(*(some for _, some in near), *tied)
