"""A trap as three episodes, each confirmed by the evaluator: too late, complied with elsewhere, and in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import combinations, product

from cbm.core.expressions import FALSE, Flag, Formula, disjunction, negation
from cbm.core.norms import Norm
from cbm.core.substitution import Value, substitute, variables
from cbm.core.variables import Timed, Variable
from cbm.dynamics.history import from_then_on, kept_back, without
from cbm.dynamics.indistinguishable import BEFORE, CUT, close_to_cut, either_apart
from cbm.dynamics.missed_stretches import missed
from cbm.dynamics.trap_search import CLEARLY, Trap
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding
from cbm.ground.act_instances import variables_of
from cbm.ground.grounder import GroundNorm
from cbm.records import Record
from cbm.search.exists_forall import fix
from cbm.search.implicants import Point
from cbm.search.replay import Episode, NoSuchEpisode, confirm, episode
from cbm.search.world import copy_of
from cbm.smt.solve import Solver


class TooLate(Record):
    """The episode in which it is too late.

    `comes` are the times of what happens at the moment at which it begins to differ from the one that looked like it;
    or else what `fails_to_come` of the other episode.
    """

    too_late: Episode
    comes: tuple[Variable, ...]
    fails_to_come: tuple[Variable, ...]


class Retold(Record):
    """That with the one that looked like it, and how it could have been complied with."""

    late: TooLate
    complied: Episode
    in_time: Episode


def replay_trap(trap: Trap) -> Retold:
    """Raises WitnessRefused where the evaluator sees it otherwise."""
    return Retold(_replay_too_late(trap), replay_complied(trap), _clear(trap, *_in_time(trap)))


def replay_too_late(trap: Trap) -> TooLate:
    """The same where the other two are not told: that there are such is confirmed, whichever they are."""
    for point, formulas, confirmed in (_complied(trap), _in_time(trap)):
        confirm(trap.about, (*_fixed(point), *formulas), confirmed)
    return _replay_too_late(trap)


def replay_complied(trap: Trap) -> Episode:
    """The episode that looked like it, in which all was complied with."""
    return _clear(trap, *_complied(trap))


# Some values, what holds besides, and what the evaluator has to say.
_Replayed = tuple[Point, tuple[Formula, ...], Callable[[CompleteEpisode], bool]]


def _replay_too_late(trap: Trap) -> TooLate:
    rest = map(_demand, trap.norms[:-1])
    return TooLate(
        _clear(trap, trap.here, (*_past(trap), *rest), lambda seen: _too_late(trap, seen)),
        tuple(_differing(trap, trap.here, trap.there)),
        tuple(_differing(trap, trap.there, trap.here)),
    )


def _complied(trap: Trap) -> _Replayed:
    """Complied with elsewhere, but for what is left aside."""
    demands = tuple(_demand(n) for n in trap.duties if n not in trap.aside)
    return {**trap.there, **_done_there(trap)}, demands, lambda seen: _kept(trap, seen, trap.aside)


def _in_time(trap: Trap) -> _Replayed:
    """Complied with here from the start."""
    start = (without(_demand(n), trap.rooms, later=False) for n in trap.duties)
    unused = (negation(Flag(done.performed)) for room in trap.rooms for done in room.earlier)
    return trap.here, (*unused, *start), lambda seen: _kept(trap, seen)


def times_missed(trap: Trap) -> Iterator[tuple[Norm, tuple[int, ...]]]:
    """Which times of what recurs cannot be kept any more, beside the other clauses."""
    about = trap.about
    solver = Solver(about.system.situation.roles, (*about.possible, *about.feasible))
    solver.require(*_fixed(trap.here), *_past(trap))
    for n in trap.norms:
        rest = [_demand(other) for other in trap.norms if other is not n]
        numbers = missed(about, n.norm, partial(solver.ask, *rest), again=True)
        if numbers:
            yield n.norm, numbers


def _clear(
    trap: Trap, point: Point, formulas: Iterable[Formula], confirmed: Callable[[CompleteEpisode], bool]
) -> Episode:
    """One episode with these values in which little is done, minutes apart, if there is one: people read examples."""
    listed = (*_fixed(point), *formulas)
    done = [doing.at for room in trap.rooms for doing in (*room.later, *room.earlier)]
    found = [v for v in trap.here if isinstance(v, Timed)]
    apart = [either_apart(*pair, CLEARLY) for pair in (*combinations(done, 2), *product(done, found))]
    near = [substitute(close_to_cut(doing.at), {CUT: trap.cut}) for room in trap.rooms for doing in room.later]
    few = [[negation(Flag(d.performed)) for r in trap.rooms if not r.once for d in r.later[most:]] for most in (0, 1)]
    clear = ((*near, *apart, *sparing) for sparing in few)
    for clearer in (*clear, (*near, *apart), apart, *((*near, *sparing) for sparing in few)):
        if any(substitute(wish, point) == FALSE for wish in clearer):
            continue  # these values alone say that there is none
        with suppress(NoSuchEpisode):
            return episode(trap.about, (*listed, *clearer), confirmed)
    return episode(trap.about, listed, confirmed)


def _demand(n: GroundNorm) -> Formula:
    return disjunction(negation(n.binds), n.fulfilled)


def _fixed(point: Point) -> list[Formula]:
    return [fix(v, x) for v, x in point.items()]


def _done_there(trap: Trap) -> dict[Variable, Value]:
    """All that was done elsewhere, and nothing else."""
    point: dict[Variable, Value] = {}
    for room in trap.rooms:
        done_there = (v for done in room.earlier or room.later for v in variables_of(done, trap.about.system))
        point |= {v: trap.before[v] for v in done_there}
        if not room.once:
            point |= {done.performed: False for done in room.later}
    return point


def _past(trap: Trap) -> Iterator[Formula]:
    """What was done before the cut; all else is done from then on."""
    point: dict[Variable, Value] = {copy_of(v, BEFORE): value for v, value in trap.before.items()}
    point[CUT] = trap.cut
    for formula in (*kept_back(trap.about, trap.rooms), *from_then_on(trap.about, trap.rooms)):
        yield substitute(formula, point)


def _differing(trap: Trap, one: Point, other: Point) -> Iterator[Variable]:
    """What happens at the cut in the one and not in the other: of what its clauses speak of, if some of that does."""
    spoken = {v for n in (*trap.norms, *trap.against) for f in (n.binds, n.fulfilled) for v in variables(f)}
    found = [known for known in trap.happenings if known.comes_at(trap.cut, one, other)]
    of_these = [known for known in found if not spoken.isdisjoint((known.flag, *known.open))]
    yield from (known.at for known in of_these or found)


def _too_late(trap: Trap, seen: CompleteEpisode) -> bool:
    last = trap.norms[-1]
    return not trap.is_steady(last) or _broken(trap, (last,), seen)


def _kept(trap: Trap, seen: CompleteEpisode, aside: tuple[GroundNorm, ...] = ()) -> bool:
    return not _broken(trap, (n for n in trap.duties if n not in aside), seen)


def _broken(trap: Trap, norms: Iterable[GroundNorm], seen: CompleteEpisode) -> bool:
    """Whether one of them binds and is not fulfilled, by the evaluator; who yields in a conflict is not asked about."""
    system, bearer = trap.about.system, trap.about.bearer
    bound = (n.norm for n in norms if trap.is_steady(n) and binding(n.norm.id, bearer, seen, system))
    return any(not fulfilled(norm, bearer, seen, system) for norm in bound)
