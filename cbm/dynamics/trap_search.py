"""The search for traps among duties that hang together: which smallest sets of them trap their bearer, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from fractions import Fraction
from itertools import combinations, count

from cbm.conflicts.all_conflicts import ConflictSet, world_of
from cbm.core.expressions import Flag, Formula, conjunction, disjunction, negation
from cbm.core.sorts import FLAG
from cbm.core.substitution import Value, variables
from cbm.core.variables import Auxiliary, Purpose, Timed, Variable
from cbm.dynamics.differing_situations import differing_in_delays, differing_in_happenings
from cbm.dynamics.foresight import Foresight
from cbm.dynamics.history import Message, Room, from_then_on, kept_back, messages, of_before, rooms, without
from cbm.dynamics.indistinguishable import BEFORE, CUT, ELSEWHERE, Happening, close_to_cut, either_apart
from cbm.finding import RuleId
from cbm.ground.act_instances import variables_of
from cbm.ground.grounder import Grounder, GroundNorm
from cbm.ground.grounding import Ground
from cbm.process.budget import RunStopped, Work, WorkSpent, charged_to, current_budget
from cbm.records import Record, replace
from cbm.search.exists_forall import Duel, Stuck, duel
from cbm.search.implicants import Point
from cbm.search.one_way import without_one_way
from cbm.search.open_questions import Undecided
from cbm.search.replay import in_minutes, near_years
from cbm.search.world import World, copy_of
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Solver, Unknown, Unsat, apart
from cbm.translation.saying import mark

# So many sets of clauses are told for duties that hang together; that there are more is undecided.
MOST = 20
CLEARLY = Fraction(10 * 60)
# Whether anything serves both ways only adds to what is told of a trap: so it is given up sooner than other questions,
# after so many rounds (some 30 were seen) or so many steps for one of them.
WAY_OUT_ROUNDS, WAY_OUT_STEPS = 150, 4_000_000
# What may be asked of duties that hang together, but for what is told of a trap; some 50 million were seen.
WORK = 60_000_000
# What may be asked of all parts of duties that hang together, where these are told apart.
ALL_WORK = 5 * WORK
# So much work goes into an example that reads well; where it is spent, the one that was found is told.
CLARITY = 10_000_000
_MORE = mark("there are more sets of such clauses than are told")
QUESTION = mark("is there a moment at which who has complied so far can comply no more")


class Trap(Record):
    """Duties that cannot be kept any more, in source order, and where.

    `here` are the values of what is found where that is so, `there` of what was found where the conduct complied, and
    `before` of that conduct; `cut` is when the two begin to differ.
    """

    about: Ground
    norms: tuple[GroundNorm, ...]
    duties: tuple[GroundNorm, ...]  # all that hang together with them
    aside: tuple[GroundNorm, ...]  # those that clash with them where the conduct complied, and are not asked for there
    rooms: tuple[Room, ...]  # for the acts they speak of
    happenings: tuple[Happening, ...]
    messages: tuple[Message, ...]  # that may take longer in the one than in the other
    here: Point
    there: Point
    before: Point
    cut: Value
    # Whether no conduct up to the cut serves both, here or in another example; None: it is not known. If so, these are
    # the other duties that it is for: they are complied with where the conduct complied.
    no_way_out: bool | None = None
    against: tuple[GroundNorm, ...] = ()

    def is_steady(self, n: GroundNorm) -> bool:
        """Whether the norm prevails wherever it binds."""
        return n.binds == Grounder(self.about.system, (self.about.bearer,), again=True).binds(
            n.norm.id, self.about.bearer
        )


class _Minimal(Record):
    """A smallest set, by position, and where it traps; None: nowhere."""

    members: tuple[int, ...]
    stuck: Stuck | None


class TrapSearch:
    """The traps of duties that hang together."""

    def __init__(
        self,
        about: Ground,
        group: tuple[GroundNorm, ...],
        feasible: tuple[Formula, ...],
        clashing: tuple[ConflictSet, ...],
        known: Foresight,
        delays: bool,
        left: Work,
    ) -> None:
        """`left` is the work that may still be done, for this and other searches."""
        self._about, self.group, self.feasible, self.clashing, self._left = about, group, feasible, clashing, left
        demands = [disjunction(negation(n.binds), n.fulfilled) for n in group]
        self._rooms = rooms(about, (*feasible, *demands))
        owed = (*feasible, *(n.demand for n in group))
        self._pair = differing_in_delays(about, owed) if delays else differing_in_happenings(about, owed, known)
        self._messages = tuple(messages(about, self._pair, self._rooms))
        earlier = frozenset(
            v for room in self._rooms for done in room.earlier for v in variables_of(done, about.system)
        )
        later = frozenset(v for room in self._rooms for done in room.later for v in variables_of(done, about.system))
        self._own = about.conduct | earlier | later
        self._world = World(world_of(about).roles, about.possible, feasible, self._own)
        # What is done from the cut on: what was done before it belongs to what is found then.
        self._from_then = replace(self._world, conduct=self._own - earlier)
        self._before = tuple(without(f, self._rooms, later=True) for f in (*feasible, *demands))
        self._demands = tuple(n.demand for n in group)
        self._selected = tuple(Flag(Auxiliary(Purpose.SELECTED, i, FLAG)) for i in range(len(group)))
        self._aside = tuple(Flag(Auxiliary(Purpose.ASIDE, i, FLAG)) for i in range(len(group)))

    @property
    def _is_vain(self) -> bool:
        return not (self._rooms and self._pair.differs)

    def traps(self, wanted: Callable[[Sequence[GroundNorm]], bool] = bool) -> Iterator[Trap | Undecided]:
        """Each smallest set that traps somewhere, but for those that are not wanted."""
        if self._is_vain:
            return
        given = min(WORK, self._left.left)
        work = Work(given)
        try:
            yield from self._traps(wanted, work)
        finally:
            self._left.left -= given - work.left

    def _traps(self, wanted: Callable[[Sequence[GroundNorm]], bool], work: Work) -> Iterator[Trap | Undecided]:
        with apart():  # which trap is told is for the solver to say
            outer, game = self._game()
        for number in count():
            try:
                with charged_to(work), self._asking():
                    answer = self._next(game)
                    found = self._minimal(game, answer) if isinstance(answer, Stuck) else answer
            except WorkSpent as spent:
                found = Unknown(str(spent))
            if isinstance(found, Unsat):
                return
            if isinstance(found, Unknown):
                yield Undecided(QUESTION, found.reason, tuple(n.norm.id for n in self.group))
                return
            if number == MOST:
                yield Undecided(QUESTION, _MORE, tuple(n.norm.id for n in self.group))
                return
            # None of them: what was done before cannot be done here, such as years after the point its days count from.
            if found.stuck is not None and found.members and wanted([self.group[i] for i in found.members]):
                yield self._told(outer, game, found.stuck, found.members, work)
            # From here on somewhere else: where these can be kept together after what was done before.
            kept = (*self._beginning(), *(self._demands[i] for i in found.members))
            elsewhere = conjunction(*self._from_then.some_conduct(f"kept{number}", kept))
            outer.require(disjunction(elsewhere, *(negation(self._selected[i]) for i in found.members)))

    def without_delays(self, known: Foresight) -> TrapSearch:
        """The same duties where it is known how long messages take."""
        return TrapSearch(self._about, self.group, self.feasible, self.clashing, known, delays=False, left=self._left)

    def first(self) -> Stuck | Unsat | Unknown:
        """A situation in which some of them trap."""
        if self._is_vain:
            return Unsat()
        with self._asking():
            return self._verdict_game(range(len(self.group))).next()

    def is_trap(self, members: tuple[int, ...]) -> bool:
        """Whether just these trap somewhere; not where that is not known."""
        if self._is_vain:
            return False
        begun = self._from_then.some_conduct("begun", self._beginning())
        with self._asking():
            return isinstance(self._verdict_game(members).next(*self._just(members), *begun), Stuck)

    def _told(self, outer: Solver, game: Duel, stuck: Stuck, chosen: tuple[int, ...], work: Work) -> Trap:
        """As it reads best and with whether anything is a way out, as far as the work goes."""
        try:
            with charged_to(work):
                return self._trapped(outer, game, stuck, chosen)
        except WorkSpent:
            return self._trap(outer, self._not_in_vain(outer, game, stuck, chosen), (), chosen)

    def _trapped(self, outer: Solver, game: Duel, stuck: Stuck, chosen: tuple[int, ...]) -> Trap:
        hopeless = Unknown(mark("not asked")) if self._messages else self._without_way_out(chosen)
        if isinstance(hopeless, Stuck) and (clear := self._clear(game, chosen, hopeless.fixed())):
            against = tuple(self.group[i] for i in self._against(chosen, hopeless) if i not in chosen)
            return replace(self._trap(outer, *clear, chosen), no_way_out=True, against=against)
        clearest = self._clear(game, chosen) or (self._not_in_vain(outer, game, stuck, chosen), ())
        trap = self._trap(outer, *clearest, chosen)
        if len(chosen) > 1 and not self._messages and not self._comes(trap):
            # What bars it is told, not what would have ended what is owed.
            coming = self._clear(game, chosen, (disjunction(*self._pair.coming()),))
            trap = trap if coming is None else self._trap(outer, *coming, chosen)
        return replace(trap, no_way_out=False if isinstance(hopeless, Unsat) else None)

    def _comes(self, trap: Trap) -> bool:
        """Whether something comes where it begins to differ, on which it depends what is owed."""
        return any(known.comes_at(trap.cut, trap.here, trap.there) for known in self._pair.decisive)

    def _beginning(self) -> tuple[Formula, ...]:
        return (*self._world.feasible, *from_then_on(self._about, self._rooms))

    def _game(self) -> tuple[Solver, Duel]:
        outer = self._outer()
        return outer, duel(outer, self._world.roles, self._compliance(range(len(self.group))), self._from_then.conduct)

    def _verdict_game(self, members: Iterable[int]) -> Duel:
        """The same where these alone are selected, in fewer rounds: what it finds is an example of nothing else."""
        conduct = self._from_then.conduct
        compliance = without_one_way(self._compliance(members), conduct)
        with apart():
            return duel(self._outer(), self._world.roles, compliance, conduct)

    def _outer(self) -> Solver:
        """Both situations, conduct that complies here from the start, and conduct that complies elsewhere."""
        outer = Solver(self._world.roles, self._both(BEFORE))
        outer.require(*kept_back(self._about, self._rooms), *self._left_aside())
        outer.require(*(message.alike() for message in self._messages))
        outer.require(self._cut(self._pair.happenings))
        return outer

    def _compliance(self, members: Iterable[int]) -> tuple[Formula, ...]:
        """What conduct has to meet from the cut on where these are selected."""
        selected = (disjunction(negation(self._selected[i]), self._demands[i]) for i in members)
        return (*self._beginning(), *selected)

    def _both(self, tag: str) -> tuple[Formula, ...]:
        """Two situations that look alike; some conduct complies here, and there the conduct of this tag does."""
        world = self._world
        start = [without(f, self._rooms, later=False) for f in (*world.feasible, *(n.demand for n in self.group))]
        there = (*world.possible, *world.some_conduct(tag, self._complying_there()))
        here = (*world.possible, *world.some_conduct("start", start))
        return (*here, *(self._pair.elsewhere(formula) for formula in there), *self._pair.alike())

    def _complying_there(self) -> Iterator[Formula]:
        """What is done elsewhere complies, but for what is left aside."""
        count = len(self.feasible)
        yield from self._before[:count]
        for n, demand, flag in zip(self.group, self._before[count:], self._aside, strict=True):
            yield disjunction(flag, demand) if any(n.norm.id in c.norms for c in self.clashing) else demand

    def _left_aside(self) -> Iterator[Formula]:
        """Only what clashes there with one of those that trap here is left aside there."""
        for i, n in enumerate(self.group):
            ways: list[Formula] = []
            for clash in (c for c in self.clashing if n.norm.id in c.norms):
                others = [flag for m, flag in zip(self.group, self._selected, strict=True) if m.norm.id in clash.norms]
                there = self._pair.elsewhere(clash.extent.formula)
                ways.append(conjunction(there, disjunction(*(flag for flag in others if flag != self._selected[i]))))
            if ways:
                yield disjunction(
                    negation(self._aside[i]), conjunction(negation(self._selected[i]), disjunction(*ways))
                )

    def _just(self, chosen: tuple[int, ...]) -> tuple[Formula, ...]:
        """These are asked about, and no others."""
        return tuple(flag if i in chosen else negation(flag) for i, flag in enumerate(self._selected))

    def _without_way_out(self, chosen: tuple[int, ...]) -> Stuck | Unsat | Unknown:
        """Whether somewhere no conduct up to the cut serves these here and complies there."""
        just = self._just(chosen)
        with apart():
            required = (*self._both("there"), *self._left_aside(), *just)
            outer = Solver(self._world.roles, required, steps=WAY_OUT_STEPS)
            outer.require(self._cut(self._pair.decisive))
            copies = frozenset(copy_of(v, BEFORE) for v in self._own)
            feasible, demands = self._serving_both(chosen)
            game = duel(outer, self._world.roles, (*feasible, *demands), self._own | copies)
            game = replace(game, patience=WAY_OUT_ROUNDS)
        with asking(
            system=self._about.system,
            rule=RuleId.TRAP,
            bearer=self._about.bearer,
            norms=[self.group[i].norm.id for i in chosen],
            question="is there a moment up to which nothing that is done serves both ways it can turn out",
            found="there is one: the finding says so",
            none="there is none: something serves both",
        ):
            clear = [*map(in_minutes, self._times_found()), disjunction(*self._pair.differing_in_one_happening())]
            found = game.next(*clear)
            return game.next() if isinstance(found, Unsat) else found

    def _serving_both(self, chosen: tuple[int, ...]) -> tuple[tuple[Formula, ...], tuple[Formula, ...]]:
        """What conduct up to the cut has to meet that keeps these here, and each duty of the group elsewhere."""
        there = self._world.some_conduct(BEFORE, self._complying_there())
        elsewhere = [self._pair.elsewhere(formula) for formula in there]
        count = len(self.feasible)
        here = (*self._beginning(), *(self._demands[i] for i in chosen), *kept_back(self._about, self._rooms))
        return (*here, *elsewhere[:count]), tuple(elsewhere[count:])

    def _against(self, chosen: tuple[int, ...], hopeless: Stuck) -> list[int]:
        """A smallest set of duties elsewhere for which nothing serves both, the first ones kept."""
        feasible, demands = self._serving_both(chosen)
        with apart():
            solver = Solver(self._world.roles, (*hopeless.fixed(), *feasible))
        kept = list(range(len(demands)))
        for i in reversed(range(len(demands))):
            rest = [k for k in kept if k != i]
            if isinstance(solver.ask(*(demands[k] for k in rest)), Unsat):
                kept = rest
        return kept

    def _cut(self, several: Iterable[Happening]) -> Formula:
        """It lies where one of these, or the arrival of a message, differs."""
        return disjunction(*self._pair.cuts(several), *(message.cut() for message in self._messages))

    def _next(self, game: Duel) -> Stuck | Unsat | Unknown:
        """A trap of fewer duties hides behind one of more: when there is no other, not all of them are asked for."""
        answer = game.next(*self._selected)
        return game.next() if isinstance(answer, Unsat) and len(self._selected) > 1 else answer

    def _minimal(self, game: Duel, stuck: Stuck) -> _Minimal | Unknown:
        """A smallest set that fails there; where duties clash, with nothing left aside but what clashes with it."""
        members = self._smallest(game, stuck)
        while self.clashing and isinstance(members, tuple):
            again = game.next(*self._just(members))
            if isinstance(again, Unknown):
                return again
            if isinstance(again, Unsat):
                return _Minimal(members, None)
            fewer = self._smallest(game, again)
            if fewer == members:
                return _Minimal(members, again)
            members = fewer
        return members if isinstance(members, Unknown) else _Minimal(members, stuck)

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

    def _clear(
        self, game: Duel, chosen: tuple[int, ...], there: tuple[Formula, ...] = ()
    ) -> tuple[Stuck, tuple[Formula, ...]] | None:
        """The same as it reads best, `there`, if it is so: examples are read by people. And what was wished."""
        just = (*self._just(chosen), *there)
        with suppress(WorkSpent), charged_to(Work(CLARITY)), game.outer.quickly(), game.inner.quickly():
            for wish in (*self._wishes(chosen), ()):
                with self._asking():
                    again = game.next(*just, *wish)
                    if isinstance(again, Stuck) and self._smallest(game, again) == chosen:
                        return again, (*wish, *just)
        return None

    def _not_in_vain(self, outer: Solver, game: Duel, stuck: Stuck, chosen: tuple[int, ...]) -> Stuck:
        """The same without what was done before and plays no part: of it, nobody asked whether it arrives in time."""
        for done in (done for room in self._rooms for done in room.earlier):
            flags: tuple[Variable, ...] = (done.performed, copy_of(done.performed, BEFORE))
            told = [flag for flag in flags if stuck.values.get(flag) is True]
            if not told:
                continue
            fewer = replace(stuck, values=stuck.values | dict.fromkeys(told, False))
            if isinstance(outer.ask(*fewer.fixed()), Sat) and self._smallest(game, fewer) == chosen:
                stuck = fewer
        return stuck

    def _wishes(self, chosen: tuple[int, ...]) -> Iterator[tuple[Formula, ...]]:
        """The two differ in one thing, little is done, times lie whole minutes apart; or as much of that as is so.

        Where they differ in how long messages take, it is one through a channel that the chosen duties name.
        """
        once, twice = (
            [negation(of_before(Flag(done.performed))) for room in self._rooms for done in room.earlier[most:]]
            for most in (1, 2)
        )
        times, before = self._times(), [copy_of(done.at, BEFORE) for room in self._rooms for done in room.before]
        apart = [either_apart(one, other, CLEARLY) for one, other in combinations(times, 2)]
        apart += [*near_years(self._about.system), *map(in_minutes, self._waits())]
        whole = tuple(map(in_minutes, times))
        clear = (*once, *apart, *whole, *map(close_to_cut, before))
        if self._messages:
            lines = {name for i in chosen for name in self.group[i].norm.through}
            cut = disjunction(*(m.cut() for m in self._messages if not lines or m.channel.name in lines))
            clearly = tuple(formula for message in self._messages for formula in message.clearly(CLEARLY))
            yield cut, *clear, *clearly
            yield cut, *twice, *apart, *whole, *clearly
            yield cut, *apart, *clearly
            yield disjunction(*(m.cut() for m in self._messages)), *apart
            return
        one, decisive = disjunction(*self._pair.differing_in_one_happening()), self._cut(self._pair.decisive)
        yield one, *clear
        yield one, *twice, *apart, *whole
        yield one, *apart
        yield decisive, *apart
        yield (decisive,)

    def _times_found(self) -> list[Variable]:
        """The times of what is found, here and there."""
        told = dict.fromkeys(v for f in self._demands for v in variables(f))
        times: list[Variable] = [CUT, *(v for v in told if isinstance(v, Timed) and v not in self._world.conduct)]
        return [*times, *(copy_of(h.at, ELSEWHERE) for h in self._pair.decisive if h.at in h.open)]

    def _times(self) -> list[Variable]:
        """The times that examples tell."""
        before = [
            v for room in self._rooms for done in room.before for v in (done.at, done.sent)[: 1 + bool(room.channels)]
        ]
        return [*self._times_found(), *(copy_of(v, BEFORE) for v in before)]

    def _waits(self) -> list[Variable]:
        """How long messages take here, and there where that differs."""
        there = [copy_of(v, ELSEWHERE) for channel in self._pair.channels for v in channel.waits]
        used = dict.fromkeys(v for room in self._rooms for channel in room.channels for v in channel.waits)
        return [*(used | dict.fromkeys(v for channel in self._pair.channels for v in channel.waits)), *there]

    def _trap(self, outer: Solver, stuck: Stuck, wish: tuple[Formula, ...], chosen: tuple[int, ...]) -> Trap:
        answer = outer.ask(*stuck.fixed(), *wish)
        if isinstance(answer, Unknown):
            why = current_budget().stopped
            raise RunStopped(why) if why else WorkSpent(answer.reason)
        assert isinstance(answer, Sat), "what was proposed is possible"
        formulas = (*self._world.possible, *self._world.feasible, *self._demands)
        found = dict.fromkeys(v for f in formulas for v in variables(f))
        happening = (v for known in self._pair.happenings for v in (known.flag, known.at, *known.with_it))
        situation = [v for v in dict.fromkeys((*found, *happening)) if v not in self._world.conduct]
        there = {v: copy_of(v, ELSEWHERE) if v in self._pair.differing else v for v in situation}
        before = {v: copy_of(v, BEFORE) for v in self._world.conduct}
        wanted = [flag.variable for flag in self._aside] if self.clashing else []
        values = answer.values((*situation, *there.values(), *before.values(), CUT, *wanted))
        return Trap(
            about=self._about,
            norms=tuple(self.group[i] for i in chosen),
            duties=self.group,
            aside=tuple(
                n for n, flag in zip(self.group, self._aside, strict=True) if values.get(flag.variable) is True
            ),
            rooms=self._rooms,
            happenings=self._pair.happenings,
            messages=self._messages,
            here={v: values[v] for v in situation},
            there={v: values[other] for v, other in there.items()},
            before={v: values[other] for v, other in before.items()},
            cut=values[CUT],
        )

    def _asking(self) -> AbstractContextManager[None]:
        return asking(
            system=self._about.system,
            rule=RuleId.TRAP,
            bearer=self._about.bearer,
            norms=[n.norm.id for n in self.group],
            question=QUESTION,
            found="there is one: the finding",
            none="there is none beyond those found before",
        )
