"""Acts that no duty bars by itself, and that nobody who complies can do: the duties on who does them clash.

For an act of the bearer, the situations asked about are those in which one can comply, and in which each duty alone
leaves room for the act. There the minimal sets of duties are found that clash where the act is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cbm.compliance.unavailable_options import OptionQuestion, Shut, duties_of, shut_at
from cbm.conflicts.minimal_sets import Search, find_minimal_sets
from cbm.conflicts.trigger_cycles import UNENDING, ending
from cbm.core.expressions import TRUE, Does, Formula
from cbm.core.substitution import variables
from cbm.ground.grounding import Ground, GroundNorm
from cbm.records import replace
from cbm.search.extent import World, relevant
from cbm.smt.solve import Unknown


@dataclass(frozen=True, slots=True)
class UnwrittenBan:
    """An act, and the duties that leave no room for it; `triggered`: the act brings one of them into play."""

    act: str
    way: OptionQuestion
    shut: Shut
    triggered: bool


def triggering_acts(about: Ground) -> tuple[str, ...]:
    """The acts of the bearer that bring some duty into play."""
    asked = {variable for n in about.demanding for variable in variables(n.binds)}
    return tuple(act for act in about.system.acts if asked.intersection(variables(_done(about, act))))


def unwritten_bans(about: Ground, act: str, advised: bool) -> Iterator[UnwrittenBan | Unknown]:
    """Every minimal set of duties that bars the act although none of them does by itself."""
    done = _done(about, act)
    duties = duties_of(about, advised)
    whole = OptionQuestion(about, (), (done,), duties)
    together, world = whole.compliance(*whole.demands), whole.world
    near = [duty for duty in duties if duty.demand in together]
    alone = [
        part
        for number, duty in enumerate(near)
        for part in world.some_conduct(f"alone{number}", (*relevant(world, (done, duty.demand)), done, duty.demand))
    ]
    where = (*_complying(world, [duty.demand for duty in near]), *alone)
    search = _clashing(world, near, where, done)
    if not (search.sets or search.undecided):
        return  # nor are there any where more is complied with
    if len(near) < len(duties):
        where = (*_complying(world, whole.demands), *alone)
        search = _clashing(world, near, where, done)
    yield from (unknown for _, unknown in search.undecided)
    for found in search.sets:
        by = tuple(near[i] for i in found.members)
        if len(ending(about, by)) < len(by):
            yield Unknown(UNENDING)
            continue
        way = replace(whole, duties=by, where=where)
        shut = shut_at(way, found.situation)
        if isinstance(shut, Unknown):
            yield shut
        else:
            asks = {variable for duty in by for variable in variables(duty.binds)}
            yield UnwrittenBan(act, way, shut, bool(asks.intersection(variables(done))))


def _complying(world: World, demands: Iterable[Formula]) -> tuple[Formula, ...]:
    return world.some_conduct("complies", (*world.feasible, *demands))


def _clashing(world: World, near: Sequence[GroundNorm], where: tuple[Formula, ...], done: Formula) -> Search:
    """The minimal sets of these duties that clash there where the act is done."""
    feasible = relevant(world, (done, *(duty.demand for duty in near)))
    return find_minimal_sets(replace(world, possible=(*world.possible, *where), feasible=(*feasible, done)), near)


def _done(about: Ground, act: str) -> Formula:
    return about.grounder.formula(Does(act, about.bearer, TRUE))
