"""Traps: who has complied so far cannot comply any more once something happens that could not be foreseen.

Two situations look alike up to a moment. Conduct complies throughout in the one; whatever is done from that moment on,
some duties are not kept in the other, although that one could have been complied with from its start.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from cbm.conflicts.all_conflicts import components, world_of
from cbm.conflicts.precedence import prevailing
from cbm.conflicts.trigger_cycles import circling
from cbm.core.expressions import Flag, Formula, conjunction, disjunction, negation
from cbm.core.norms import Strength
from cbm.core.sorts import FLAG
from cbm.core.substitution import Value, substitute, variables
from cbm.core.variables import ActInstance, Auxiliary, Purpose, Timed, Variable, WeekPlace
from cbm.dynamics.history import Message, Room, carried, from_then_on, kept_back, messages, of_before, rooms
from cbm.dynamics.indistinguishable import (
    BEFORE,
    CUT,
    ELSEWHERE,
    Happening,
    close_to_cut,
    either_apart,
    pair,
)
from cbm.finding import RuleId
from cbm.ground.act_instances import variables_of
from cbm.ground.grounding import Ground, Grounder, GroundNorm, ground
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.exists_forall import Duel, Stuck, duel
from cbm.search.extent import World, copy_of, relevant
from cbm.search.implicants import Point
from cbm.search.open_questions import Undecided
from cbm.search.replay import in_minutes, near_years
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Solver, Unknown, Unsat, apart

# So many sets of clauses are told for duties that hang together; there may be more.
MOST = 20
CLEARLY = Fraction(10 * 60)
QUESTION = "is there a moment at which who has complied so far can comply no more"
CHOSEN = "hours or days of the calendar are counted from what the unit itself does, at a time that it chooses"


@dataclass(frozen=True, slots=True)
class Trap:
    """Duties that cannot be kept any more, in source order, and where.

    `here` are the values of what is found where that is so, `there` of what was found where the conduct complied, and
    `before` of that conduct; `cut` is when the two begin to differ.
    """

    about: Ground
    norms: tuple[GroundNorm, ...]
    duties: tuple[GroundNorm, ...]  # all that hang together with them
    rooms: tuple[Room, ...]  # for the acts they speak of
    happenings: tuple[Happening, ...]
    messages: tuple[Message, ...]  # that may take longer in the one than in the other
    here: Point
    there: Point
    before: Point
    cut: Value

    def is_steady(self, n: GroundNorm) -> bool:
        """Whether the norm prevails wherever it binds."""
        return n.binds == Grounder(self.about.system, (self.about.bearer,), again=True).binds(
            n.norm.id, self.about.bearer
        )


def with_room(inquiry: Inquiry, bearer: int) -> Ground:
    """The formulas in which an act may be done before a moment and again from it on, without what is suspended."""
    return prevailing(ground(inquiry.system, bearer, again=True), inquiry.clashes, advised=False)


def traps(about: Ground) -> Iterator[Trap | Undecided]:
    """Each smallest set of duties that can trap its bearer, once; in `about` acts have room (`with_room`)."""
    duties = [n for n in about.demanding if n.norm.strength is Strength.MUST]
    around = circling(about.system, [(n.norm, about.bearer) for n in duties], (about.bearer,))
    world = world_of(about)
    for group in components(world, [n for i, n in enumerate(duties) if i not in around]):
        if any(_counts_by_the_week(n, about.bearer) for n in group):
            yield Undecided(QUESTION, CHOSEN, tuple(n.norm.id for n in group))
            continue
        feasible = relevant(world, [n.demand for n in group])
        yield from _TrapSearch(about, group, feasible).traps()


class _TrapSearch:
    """The traps of duties that hang together."""

    def __init__(self, about: Ground, group: Sequence[GroundNorm], feasible: tuple[Formula, ...]) -> None:
        self._about, self._group = about, tuple(group)
        demands = [disjunction(negation(n.binds), n.fulfilled) for n in group]
        self._rooms = rooms(about, (*feasible, *demands))
        feasible = (*feasible, *carried(about, self._rooms))
        self._pair = pair(about, (*feasible, *(n.demand for n in group)))
        self._messages = tuple(messages(about, self._pair, self._rooms))
        earlier = frozenset(
            v for room in self._rooms for done in room.earlier for v in variables_of(done, about.system)
        )
        later = frozenset(v for room in self._rooms for done in room.later for v in variables_of(done, about.system))
        own = about.conduct | earlier | later
        self._world = World(world_of(about).roles, about.possible, feasible, own)
        # What is done from the cut on: what was done before it belongs to what is found then.
        self._from_then = replace(self._world, conduct=own - earlier)
        self._before = tuple(without(f, self._rooms, later=True) for f in (*feasible, *demands))
        self._demands = tuple(n.demand for n in group)
        self._selected = tuple(Flag(Auxiliary(Purpose.SELECTED, i, FLAG)) for i in range(len(group)))

    def traps(self) -> Iterator[Trap | Undecided]:
        if not (self._rooms and self._pair.differs):
            return
        with apart():  # which trap is told is for the solver to say
            outer, game = self._game()
        for number in range(MOST):
            with self._asking():
                answer = self._next(game)
                chosen = self._smallest(game, answer) if isinstance(answer, Stuck) else answer
            if isinstance(chosen, Unsat):
                return
            if isinstance(chosen, Unknown):
                yield Undecided(QUESTION, chosen.reason, tuple(n.norm.id for n in self._group))
                return
            assert isinstance(answer, Stuck)
            yield self._trap(outer, *self._clearer(game, answer, chosen), chosen)
            # From here on somewhere else: where these can be kept together after what was done before.
            kept = (*self._beginning(), *(self._demands[i] for i in chosen))
            elsewhere = conjunction(*self._from_then.some_conduct(f"kept{number}", kept))
            outer.require(disjunction(elsewhere, *(negation(self._selected[i]) for i in chosen)))

    def _beginning(self) -> tuple[Formula, ...]:
        return (*self._world.feasible, *from_then_on(self._about, self._rooms))

    def _game(self) -> tuple[Solver, Duel]:
        """Outer: both situations, conduct that complies here from the start, and conduct that complies elsewhere."""
        world = self._world
        start = [without(f, self._rooms, later=False) for f in (*world.feasible, *(n.demand for n in self._group))]
        outer = Solver(world.roles, (*world.possible, *world.some_conduct("start", start)))
        elsewhere = (*world.possible, *world.some_conduct(BEFORE, self._before))
        outer.require(*(self._pair.elsewhere(formula) for formula in elsewhere), *self._pair.alike())
        outer.require(*(message.alike() for message in self._messages), *kept_back(self._about, self._rooms))
        outer.require(self._cut(self._pair.happenings))
        selected = zip(self._selected, self._demands, strict=True)
        compliance = (*self._beginning(), *(disjunction(negation(flag), demand) for flag, demand in selected))
        return outer, duel(outer, world.roles, compliance, self._from_then.conduct)

    def _cut(self, several: Iterable[Happening]) -> Formula:
        """It lies where one of these, or the arrival of a message, differs."""
        return disjunction(*self._pair.cuts(several), *(message.cut() for message in self._messages))

    def _next(self, game: Duel) -> Stuck | Unsat | Unknown:
        """A trap of fewer duties hides behind one of more: when there is no other, not all of them are asked for."""
        answer = game.next(*self._selected)
        return game.next() if isinstance(answer, Unsat) and len(self._selected) > 1 else answer

    def _smallest(self, game: Duel, stuck: Stuck) -> tuple[int, ...] | Unknown:
        """Duties left out one after the other, in source order, as long as the rest cannot be kept any more."""
        here = (*stuck.fixed(), *self._beginning())
        selected = [i for i, flag in enumerate(self._selected) if stuck.values[flag.variable] is True]
        kept = list(selected)
        for i in selected:
            answer = game.inner.ask(*here, *(self._demands[k] for k in kept if k != i))
            if isinstance(answer, Unknown):
                return answer
            if isinstance(answer, Unsat):
                kept.remove(i)
        return tuple(kept)

    def _clearer(self, game: Duel, found: Stuck, chosen: tuple[int, ...]) -> tuple[Stuck, tuple[Formula, ...]]:
        """The same as it reads best, if it is so there as well: examples are read by people. And what was wished."""
        these = [flag if i in chosen else negation(flag) for i, flag in enumerate(self._selected)]
        for wish in self._wishes():
            with self._asking():
                again = game.next(*these, *wish)
                if isinstance(again, Stuck) and self._smallest(game, again) == chosen:
                    return again, wish
        return found, ()

    def _wishes(self) -> Iterator[tuple[Formula, ...]]:
        """The two differ in one thing, little is done, times lie whole minutes apart; or as much of that as is so."""
        sparing = [negation(of_before(Flag(done.performed))) for room in self._rooms for done in room.earlier[1:]]
        times, before = self._times(), [copy_of(done.at, BEFORE) for room in self._rooms for done in room.before]
        apart = [either_apart(one, other, CLEARLY) for one, other in combinations(times, 2)]
        apart += [*near_years(self._about.system), *map(in_minutes, self._waits())]
        clear = (*sparing, *apart, *map(in_minutes, times), *map(close_to_cut, before))
        one, decisive = disjunction(*self._pair.differing_in_one_happening()), self._cut(self._pair.decisive)
        yield one, *clear
        yield one, *apart
        if self._messages:
            delay = (self._pair.differing_in_delays_alone(), disjunction(*(m.cut() for m in self._messages)))
            clearly = tuple(formula for message in self._messages for formula in message.clearly(CLEARLY))
            yield *delay, *clear, *clearly
            yield *delay, *apart, *clearly
            yield *delay, *apart
        yield decisive, *apart
        yield (decisive,)

    def _times(self) -> list[Variable]:
        """The times that examples tell."""
        before = [
            v for room in self._rooms for done in room.before for v in (done.at, done.sent)[: 1 + bool(room.channels)]
        ]
        told = dict.fromkeys(v for f in self._demands for v in variables(f))
        times: list[Variable] = [CUT, *(v for v in told if isinstance(v, Timed) and v not in self._world.conduct)]
        times += [copy_of(v, BEFORE) for v in before]
        return [*times, *(copy_of(h.at, ELSEWHERE) for h in self._pair.decisive if h.at in h.open)]

    def _waits(self) -> list[Variable]:
        """How long messages take here and there."""
        waits = [v for channel in self._pair.channels for v in channel.waits]
        return [*waits, *(copy_of(v, ELSEWHERE) for v in waits)]

    def _trap(self, outer: Solver, stuck: Stuck, wish: tuple[Formula, ...], chosen: tuple[int, ...]) -> Trap:
        answer = outer.ask(*stuck.fixed(), *wish)
        assert isinstance(answer, Sat), "what was proposed is possible"
        formulas = (*self._world.possible, *self._world.feasible, *self._demands)
        found = dict.fromkeys(v for f in formulas for v in variables(f))
        happening = (v for known in self._pair.happenings for v in (known.flag, known.at, *known.with_it))
        situation = [v for v in dict.fromkeys((*found, *happening)) if v not in self._world.conduct]
        there = {v: copy_of(v, ELSEWHERE) if v in self._pair.differing else v for v in situation}
        before = {v: copy_of(v, BEFORE) for v in self._world.conduct}
        values = answer.values((*situation, *there.values(), *before.values(), CUT))
        return Trap(
            self._about,
            tuple(self._group[i] for i in chosen),
            self._group,
            self._rooms,
            self._pair.happenings,
            self._messages,
            {v: values[v] for v in situation},
            {v: values[other] for v, other in there.items()},
            {v: values[other] for v, other in before.items()},
            values[CUT],
        )

    def _asking(self) -> AbstractContextManager[None]:
        return asking(
            system=self._about.system,
            rule=RuleId.TRAP,
            bearer=self._about.bearer,
            norms=[n.norm.id for n in self._group],
            question=QUESTION,
            found="there is one: the finding",
            none="there is none beyond those found before",
        )


def _counts_by_the_week(n: GroundNorm, bearer: int) -> bool:
    """Whether hours of channels or days of the calendar are counted in it from what the bearer itself does."""
    return any(
        isinstance(v, WeekPlace) and isinstance(v.event, ActInstance) and v.role == bearer
        for v in variables(n.fulfilled)
    )


def without(formula: Formula, several: Sequence[Room], later: bool) -> Formula:
    """The formula where none of the later doings is done, or none of the earlier ones."""
    undone = (done for room in several if not room.once for done in (room.later if later else room.earlier))
    return substitute(formula, {done.performed: False for done in undone})
