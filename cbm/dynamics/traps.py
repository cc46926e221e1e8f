"""Traps: who has complied so far cannot comply any more once something happens that could not be foreseen.

Two situations look alike up to a moment. Conduct complies throughout in the one; whatever is done from that moment on,
some duties are not kept in the other, although that one could have been complied with from its start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial

from cbm.conflicts.all_conflicts import ConflictSet, components, world_of
from cbm.conflicts.precedence import prevailing, settling
from cbm.conflicts.trigger_cycles import circling
from cbm.core.expressions import Formula, NormId
from cbm.core.norms import NormSystem, Strength
from cbm.core.substitution import variables
from cbm.core.variables import ActInstance, WeekPlace
from cbm.dynamics.differing_situations import differing_in_anything, differing_in_delays
from cbm.dynamics.exclusive_duties import DutyPart, exclusive_parts
from cbm.dynamics.foresight import NOTHING_KNOWN, Foresight, foresight
from cbm.dynamics.history import rooms, timed_acts
from cbm.dynamics.trap_search import ALL_WORK, QUESTION, WORK, Trap, TrapSearch
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground, ground
from cbm.inquiry import Inquiry
from cbm.process.budget import Work, WorkSpent, charged_to
from cbm.records import Record, replace
from cbm.search.exists_forall import Stuck
from cbm.search.open_questions import Undecided
from cbm.search.world import relevant
from cbm.smt.solve import Unknown, Unsat
from cbm.translation.saying import mark

# Where more doings have to be told apart nobody waits for the answer: acts that call for acts that call for acts.
DOINGS = 100
MANY = mark("acts call for one another so often that not all the times that they may be done can be told apart")
# What the report says was asked where nothing was found.
CAN_TRAP = "can any clauses trap who has complied so far"
# What is asked where some can be missed, and other rules tell of all of these.
IN_GOOD_TIME = "can any duty be missed by who sends late, although it can be sent so that it surely is in time"
CAN_BE_MISSED = "can any duty be missed by who sends late"
CHOSEN = mark("hours or days of the calendar are counted from what the unit itself does, at a time that it chooses")


# Whether something is told of duties that can be missed.
Wanted = Callable[[Sequence[GroundNorm]], bool]


class AskedTrap(Record):
    """Duties of which it was asked whether they trap bearers, or can be missed."""

    bearers: tuple[int, ...]
    norms: tuple[NormId, ...]


def with_room(inquiry: Inquiry, bearer: int) -> Ground:
    """The formulas in which an act may be done before a moment and again from it on, without what is suspended."""
    return prevailing(ground(inquiry.system, bearer, again=True), inquiry.clashes, advised=False)


def traps(
    about: Ground,
    clashes: Iterable[ConflictSet] = (),
    known: Callable[[], Foresight] | None = None,
    wanted: Wanted = bool,
) -> Iterator[Trap | Undecided]:
    """Each smallest set of duties that can trap its bearer, once; in `about` acts have room (`with_room`).

    `clashes` are those of the system: what clashes with a duty keeps nobody from being trapped by it. `known`: what is
    known beforehand, if not by all norms of the system. Sets that are not `wanted` are passed over.
    """
    once = _Once(about, wanted)
    for search in _searches(about, duty_groups(about), clashes, known() if known else foresight(about), delays=False):
        yield from once.told((search,) if isinstance(search, Undecided) else search.traps(once.is_wanted))
    yield from once.left()


def late_messages(
    about: Ground,
    clashes: Iterable[ConflictSet] = (),
    known: Callable[[], Foresight] | None = None,
    wanted: Wanted = bool,
) -> Iterator[Trap | Undecided]:
    """The same where two situations differ in how long messages take, but for sets that trap in any case.

    What is not `wanted` is passed over: duties that hang together, before they are asked about, and sets of them.
    """
    groups, once = (group for group in duty_groups(about) if wanted(group)), _Once(about, wanted)
    for search in _searches(about, groups, clashes, NOTHING_KNOWN, delays=True):
        if isinstance(search, Undecided):
            yield from once.told((search,))
            continue
        knowing = [lambda: foresight(about)] if known is None else [lambda: NOTHING_KNOWN, known]
        yield from once.told(search.traps(partial(_is_late, once.is_wanted, _InAnyCase(search, knowing))))
    yield from once.left()


class _Once:
    """Sets of duties of which some are wanted, each told once: duties that are asked about apart have some in common.

    What stays undecided of several parts with duties in common, for one reason, is one question.
    """

    def __init__(self, about: Ground, wanted: Wanted) -> None:
        self._norms, self._wanted = about.system.norms, wanted
        self._told: set[frozenset[NormId]] = set()
        self._undecided: list[Undecided] = []

    def is_wanted(self, norms: Sequence[GroundNorm]) -> bool:
        return frozenset(n.norm.id for n in norms) not in self._told and self._wanted(norms)

    def told(self, found: Iterable[Trap | Undecided]) -> Iterator[Trap]:
        for one in found:
            if isinstance(one, Undecided):
                self._undecided.append(one)
            else:
                self._told.add(frozenset(n.norm.id for n in one.norms))
                yield one

    def left(self) -> Iterator[Undecided]:
        """What was undecided of all that was told."""
        joined: list[tuple[str, set[NormId]]] = []
        for one in self._undecided:
            alike = [other for other in joined if other[0] == one.reason and not other[1].isdisjoint(one.norms)]
            joined = [other for other in joined if other not in alike]
            joined.append((one.reason, {*one.norms}.union(*(norms for _, norms in alike))))
        for reason, norms in joined:
            yield Undecided(QUESTION, reason, tuple(n for n in self._norms if n in norms))


def _is_late(wanted: Wanted, in_any_case: _InAnyCase, norms: Sequence[GroundNorm]) -> bool:
    """Asked before it is looked for how a trap reads best: many of them trap in any case."""
    return wanted(norms) and not in_any_case.trap(norms)


class _InAnyCase:
    """Whether duties trap however long messages take, whichever of several things is known beforehand."""

    def __init__(self, search: TrapSearch, knowing: Sequence[Callable[[], Foresight]]) -> None:
        self._search, self._knowing = search, knowing
        self._made: dict[Callable[[], Foresight], TrapSearch] = {}
        self._work = Work(WORK // 2)

    def trap(self, norms: Sequence[GroundNorm]) -> bool:
        """Not where that takes more work than is left."""
        members = tuple(self._search.group.index(n) for n in norms)
        with suppress(WorkSpent), charged_to(self._work):
            return all(self._knowing_this(known).is_trap(members) for known in self._knowing)
        return False

    def _knowing_this(self, known: Callable[[], Foresight]) -> TrapSearch:
        """The search with what is known beforehand; made once."""
        if known not in self._made:
            self._made[known] = self._search.without_delays(known())
        return self._made[known]


def duty_groups(about: Ground) -> list[list[GroundNorm]]:
    """The duties that hang together, but for those whose acts call for one another without end."""
    duties = [n for n in about.demanding if n.norm.strength is Strength.MUST]
    around = circling(about.system, [(n.norm, about.bearer) for n in duties], (about.bearer,))
    return components(world_of(about), [n for i, n in enumerate(duties) if i not in around])


def may_trap(about: Ground, clashes: Iterable[ConflictSet], known: Foresight, *, delays: bool) -> bool | Unknown:
    """Whether any duties trap their bearer somewhere; no example is looked for."""
    for search in _searches(about, duty_groups(about), clashes, known, delays):
        found = Stuck({}) if isinstance(search, Undecided) else search.first()
        if not isinstance(found, Unsat):
            return found if isinstance(found, Unknown) else True
    return False


def _searches(
    about: Ground,
    groups: Iterable[Sequence[GroundNorm]],
    clashes: Iterable[ConflictSet],
    known: Foresight,
    delays: bool,
) -> Iterator[TrapSearch | Undecided]:
    world = world_of(about)
    unsettled = [c for c in clashes if c.bearer == about.bearer and not settling(about.system, c.norms)]
    for group in groups:
        feasible = relevant(world, [n.demand for n in group])
        owed = (*feasible, *(n.demand for n in group))
        if delays and not _waits(about.system, owed):
            continue
        changing = (differing_in_delays if delays else differing_in_anything)(about, owed).differing
        left = Work(ALL_WORK)
        for part in exclusive_parts(group, changing):
            yield from _search(about, part, feasible, unsettled, known, delays, left)


def _search(
    about: Ground,
    part: DutyPart,
    feasible: tuple[Formula, ...],
    unsettled: Iterable[ConflictSet],
    known: Foresight,
    delays: bool,
    left: Work,
) -> Iterator[TrapSearch | Undecided]:
    duties, norms = part.duties, tuple(n.norm.id for n in part.duties)
    if any(_counts_by_the_week(n, about.bearer) for n in duties):
        yield Undecided(QUESTION, CHOSEN, norms)
    elif _doings(about, (*feasible, *(n.demand for n in duties))) > DOINGS:
        yield Undecided(QUESTION, MANY, norms)
    elif timed_acts(about, (*feasible, *(f for n in duties for f in (n.binds, n.fulfilled)))):
        clashing = tuple(c for c in unsettled if len(c.norms) > 1 and set(norms).issuperset(c.norms))
        there = replace(about, possible=(*about.possible, *part.apart)) if part.apart else about
        yield TrapSearch(there, duties, feasible, clashing, known, delays, left)
    # else nothing is done before something else


def _doings(about: Ground, formulas: Sequence[Formula]) -> int:
    """How many doings have to be told apart."""
    return sum(len(room.later) + len(room.earlier) for room in rooms(about, formulas))


def _waits(system: NormSystem, formulas: Iterable[Formula]) -> bool:
    """Whether it plays a part how long a message takes of which nobody knows that."""
    unsure = {wait for channel in system.channels.values() if channel.is_unsure for wait in channel.waits}
    return any(not unsure.isdisjoint(variables(formula)) for formula in formulas)


def _counts_by_the_week(n: GroundNorm, bearer: int) -> bool:
    """Whether hours of channels or days of the calendar are counted in it from what the bearer itself does."""
    return any(
        isinstance(v, WeekPlace) and isinstance(v.event, ActInstance) and v.role == bearer
        for v in variables(n.fulfilled)
    )
