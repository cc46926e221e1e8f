"""What acts, results and clauses are in a situation, by trying all that can be done there; and how that is told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, repeat

from hypothesis import assume
from hypothesis import strategies as st

from cbm.core.dependence.cyclic_dependence import find_cycles
from cbm.core.expressions import TRUE, Expr, Formula, NormId, conjunction, negation
from cbm.core.norms import Modality, Norm, NormSystem, Strength
from cbm.core.substitution import variables
from cbm.core.variables import Decision, Origin, Performed, Stating, Variable
from cbm.evaluate.complete_episode import CompleteEpisode, Value
from cbm.evaluate.what_binds import holds
from cbm.given_situations.claim_extents import ClaimExtent
from cbm.given_situations.clause_standing import StandingMark
from cbm.given_situations.conduct_marks import ConductMark
from cbm.given_situations.given_world import GivenWorld, given_ground, given_world
from cbm.search.exists_forall import fix
from cbm.search.implicants import true_at
from cbm.smt.solve import Unknown, sharing
from tests.laws.checked import is_empty
from tests.laws.dressed import dressed
from tests.laws.enumerate import Outcome, outcomes, suspended
from tests.laws.episodes import Side
from tests.laws.grid import Deed
from tests.laws.systems import systems
from tests.laws.tiny import does

# ---- what enumeration says


class Encountered:
    """One situation with everything that can be done in it, without advice and with it."""

    def __init__(self, side: Side, strict: list[Outcome], advised: list[Outcome], done: Expr = TRUE) -> None:
        self.side, self.encounter = side, strict[0].encounter
        self.all, self.advised_all = (
            [o for o in some if holds(done, side.world(o.conduct.choice), side.system, 0)] for some in (strict, advised)
        )
        could_be_kept = {norm for norm in side.norms if not all(norm in o.breached for o in strict)}
        self.breached = {n for n in could_be_kept if self.all and all(n in o.breached for o in self.all)}
        self.left = [o for o in self.all if o.breached <= self.breached]
        self.advised_left = [o for o in self.advised_all if o.breached <= self.breached]

    def marks(self, decision: Decision, what: Formula) -> Iterator[ConductMark]:
        """The marks of an act or of a state of a result here."""

        def so(outcome: Outcome) -> bool:
            return self.is_so(outcome, what)

        done, undone = [o for o in self.left if so(o)], [o for o in self.left if not so(o)]
        if decision.is_act and not any(map(so, self.all)):
            yield ConductMark.CANNOT
        if not self.left:
            return
        if not undone and not all(map(so, self.all)):
            yield ConductMark.MUST
        if not done and any(map(so, self.all)):
            yield ConductMark.MUST_NOT
        if self.advised_left:
            if undone and all(map(so, self.advised_left)):
                yield ConductMark.SHOULD
            if done and not any(map(so, self.advised_left)):
                yield ConductMark.SHOULD_NOT
        if decision.is_act:
            yield from self._tied(decision, done, undone)

    def _tied(self, decision: Decision, done: list[Outcome], undone: list[Outcome]) -> Iterator[ConductMark]:
        assert decision.role is not None
        place = self.side.parts.index(Deed(decision.name, decision.role))
        alone: dict[tuple[int, ...], list[Outcome]] = {}
        for outcome in self.all:
            choice = outcome.conduct.choice
            alone.setdefault((*choice[:place], *choice[place + 1 :]), []).append(outcome)
        for near in alone.values():
            with_it = [o for o in near if self.side.choices[place][o.conduct.choice[place]]]
            without = [o for o in near if o not in with_it]
            if undone and any(o.breached for o in without) and any(not o.breached for o in with_it):
                yield ConductMark.TIED_TO
            if done and any(not o.breached for o in without) and with_it and all(o.breached for o in with_it):
                yield ConductMark.TIED_FROM

    def is_asked(self, mark: ConductMark) -> bool:
        """Whether anything is said of the mark here: no duty where duties clash, no advice where advice does."""
        advice = mark in (ConductMark.SHOULD, ConductMark.SHOULD_NOT, ConductMark.SHOULD_NOT_SO)
        return mark is ConductMark.CANNOT or bool(self.left and (self.advised_left or not advice))

    def barred(self, what: Formula, norm: Norm) -> Iterator[ConductMark]:
        """What a ban makes of an act here that can be done all the same."""
        advice = norm.strength is Strength.SHOULD
        every, left = (self.advised_all, self.advised_left) if advice else (self.all, self.left)
        breached = any(self.is_so(o, what) and norm.id in o.breached for o in every)
        given = norm.id in self.breached  # by what is given, whatever else is done
        if self.left and breached and not given and any(self.is_so(o, what) for o in left):
            yield ConductMark.SHOULD_NOT_SO if advice else ConductMark.MUST_NOT_SO

    def permitted(self, what: Formula, norm: Norm) -> Iterator[ConductMark]:
        """What a permission or an exemption makes of the act here."""

        def used(outcome: Outcome) -> bool:
            kept = outcome.conduct.standing[norm.id].kept
            exempt = norm.modality is Modality.EXEMPTION
            return norm.id in outcome.standing and kept != exempt and self.is_so(outcome, what) != exempt

        if not self.left:
            return
        usable = any(map(used, self.left))
        if norm.modality is Modality.EXEMPTION:
            yield from (ConductMark.NEED_NOT,) if usable else ()
        elif usable:
            yield ConductMark.MAY
        elif any(map(used, self.all)):
            yield ConductMark.CANNOT_USE

    def standings(self, norm: NormId) -> Iterator[StandingMark]:
        """How a clause stands here."""
        bound = [o.conduct.standing[norm].binding for o in self.all]
        if all(bound):
            yield StandingMark.BINDS
        elif any(bound):
            yield StandingMark.BY_CONDUCT
        if any(o.conduct.standing[norm].live and not o.conduct.standing[norm].binding for o in self.all):
            yield StandingMark.DISPLACED
        if any(bound) and norm in suspended(self.side, self.encounter, True):
            yield StandingMark.YIELDS

    def is_so(self, outcome: Outcome, what: Formula) -> bool:
        return at(what, self.side.world(outcome.conduct.choice))


def encountered(side: Side, asked: Expr, done: Expr = TRUE) -> list[Encountered]:
    """The situations that meet what is asked, as far as what is given of conduct can be done there."""
    strict, advised = (
        [list(some) for _, some in groupby(outcomes(side, a), key=lambda o: id(o.encounter))] for a in (False, True)
    )
    found = map(Encountered, repeat(side), strict, advised, repeat(done))
    return [one for one in found if one.all and holds(asked, one.encounter.world, side.system, 0)]


def at(formula: Formula, world: CompleteEpisode) -> bool:
    """Whether a ground formula holds in an episode; acts are their plain flags."""
    point: dict[Variable, Value] = {}
    for variable in variables(formula):
        if variable.origin is Origin.DOING:
            assert isinstance(variable, Performed | Stating)
            item = variable.item if isinstance(variable, Stating) else None
            done = [d for d in world.doings if (d.act, d.role) == (variable.instance.act, variable.role)]
            point[variable] = any(item is None or item in d.states for d in done)
        else:
            point[variable] = world.values[variable]
    return true_at(formula, point)


# ---- what is told


def agrees(where: ClaimExtent | Unknown, truth: list[tuple[Encountered, bool]]) -> None:
    """Every condition told suffices; told as complete, nothing is left out; everywhere and nowhere are just that."""
    assert isinstance(where, ClaimExtent)
    for one, expected in truth:
        inside = any(at(conjunction(*cube), one.encounter.world) for cube in where.cubes)
        assert inside <= expected, "it is not so in this situation"
        assert expected <= (inside or not where.complete), "it is so in this situation as well"
    if truth and all(expected for _, expected in truth):
        assert where.everywhere


def world_given(of: NormSystem, role: int, asked: Expr) -> GivenWorld:
    with sharing():
        found = given_world(*given_ground(of, role, asked))
    assert isinstance(found, GivenWorld)
    assert not found.undecided
    return found


@st.composite
def questions(draw: st.DrawFn) -> tuple[NormSystem, int, Side, Expr]:
    """A system, a bearer, and what is given: one situation in full, or a part of what tells situations apart."""
    of = draw(systems(interchangeable=draw(st.booleans())))
    assume(not is_empty(of))
    placed = dressed(of)
    assume(not any(find_cycles(placed)))
    role = draw(st.integers(0, 1))
    side = Side(of, role)
    assume(side.encounters)
    one = draw(st.sampled_from(side.encounters)).world
    facts = list(_facts(side, one))
    known = facts if draw(st.booleans()) else draw(st.lists(st.sampled_from(facts), unique=True)) if facts else []
    return of, role, side, conjunction(*known)


def _facts(side: Side, world: CompleteEpisode) -> Iterator[Expr]:
    """What is found in the situation, as conditions."""
    for part in side.parts[: side.found]:
        if isinstance(part, Deed):
            states = {frozenset(d.states) for d in world.doings if (d.act, d.role) == (part.act, part.role)}
            told = does(part.act, part.role)
            yield told if states else negation(told)
        else:
            yield fix(part, world.values[part])
