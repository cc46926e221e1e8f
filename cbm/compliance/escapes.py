"""Where one can comply only by conduct that switches a duty off: that puts another clause in its place.

A duty is switched off by conduct that brings such a clause into play and leaves undone what the duty asks for, where
other conduct would be bound by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cbm.compliance.unavailable_options import OptionQuestion, Shut, duties_of, shut_at, where_shut
from cbm.core.expressions import FALSE, Flag, Formula, conjunction, disjunction, negation
from cbm.core.norms import Displacement
from cbm.core.sorts import FLAG
from cbm.core.substitution import variables
from cbm.core.variables import Auxiliary, Purpose, Variable
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.records import Record, replace
from cbm.search.exists_forall import fix
from cbm.search.implicants import Point
from cbm.smt.solve import Solver, Unknown, Unsat


class Switch(Record):
    """A duty and the clause that own conduct puts in its place; `above` says that this binds, `thrown` that it does so.

    `chosen` is whether a question counts it, `idle` whether it asks about where no conduct is bound by the duty.
    """

    edge: Displacement
    duty: GroundNorm
    above: Formula
    thrown: Formula
    chosen: Variable
    idle: Variable


class AskedEscape(Record):
    """Whether a bearer can comply without an escape wherever it can, with advice or without.

    `beside`: it is asked on the readings of open terms on which nothing of this is found.
    """

    bearer: int
    advised: bool
    beside: tuple[AskedEscape, ...] = ()


class Escape(Record):
    """A smallest set of switches of which one has to be thrown to comply, with where and by which duties.

    In other situations other duties may leave no other way than these: each set of duties is an escape of its own.
    """

    switches: tuple[Switch, ...]
    way: OptionQuestion
    shut: Shut


def switches(about: Ground, advised: bool) -> tuple[Switch, ...]:
    """The edges by which own conduct may put a clause in place of a duty of the same unit."""
    duties = {duty.norm.id: duty for duty in duties_of(about, advised)}
    grounder = about.grounder
    found: list[Switch] = []
    for place, edge in enumerate(about.system.displacements):
        duty = duties.get(edge.of)
        roles = range(len(about.system.situation.roles)) if edge.both else (about.bearer,)
        above = disjunction(*(grounder.displaces(edge, role, about.bearer) for role in roles))
        if duty is not None and not about.conduct.isdisjoint(variables(above)):
            thrown = conjunction(above, duty.live, negation(duty.fulfilled))
            if thrown == FALSE:
                continue  # whoever could do so keeps the duty
            told = (Auxiliary(purpose, place, FLAG) for purpose in (Purpose.COUNTS, Purpose.IDLE))
            found.append(Switch(edge, duty, above, thrown, *told))
    return tuple(found)


def escapes(about: Ground, advised: bool) -> Iterator[Escape | Unknown]:
    """Sets of switches that together leave out no situation in which compliance takes one of them."""
    known = switches(about, advised)
    duties = duties_of(about, advised)
    without = tuple(disjunction(negation(Flag(s.chosen)), negation(s.thrown)) for s in known)
    way = OptionQuestion(about, (), without, duties, tuple(_counted(about, known)))
    while known:
        point = where_shut(way)
        if not isinstance(point, Mapping):
            yield from () if point is None else (point,)
            return
        used = _needed(about, duties, [s for s in known if point[s.chosen] is True], point)
        narrow = _without(about, duties, used)
        for closed in _each_shutting(narrow, point):
            yield closed if isinstance(closed, Unknown) else Escape(tuple(used), narrow, closed)
        way = _beyond(way, used, narrow)


def _each_shutting(narrow: OptionQuestion, point: Point | Unknown | None) -> Iterator[Shut | Unknown]:
    """What shuts the way, at the point and wherever what was found before does not; a duty in whichever wording."""
    way = narrow
    while point is not None:
        closed = shut_at(narrow, point) if isinstance(point, Mapping) else point
        yield closed
        if isinstance(closed, Unknown):
            return
        told = {d.norm.id.unworded for d in closed.by}
        by = narrow.compliance(*(d.demand for d in narrow.duties if d.norm.id.unworded in told))
        way = replace(way, where=(*way.where, *way.world.some_conduct(f"left{len(way.where)}", by)))
        point = where_shut(way)


def _beyond(way: OptionQuestion, used: Iterable[Switch], narrow: OptionQuestion) -> OptionQuestion:
    """The way, asked about where none of these has to be thrown, or conduct cannot be bound by one of the duties."""
    spared = way.world.some_conduct(f"spared{len(way.where)}", (*way.world.feasible, *way.demands, *narrow.wanted))
    idle = [Flag(switch.idle) for switch in used]
    bound = (conjunction(Flag(switch.idle), switch.duty.binds) for switch in used)
    elsewhere = disjunction(conjunction(*spared), *idle)
    return replace(way, where=(*way.where, elsewhere), instead=disjunction(way.instead, *bound))


def _needed(about: Ground, duties: tuple[GroundNorm, ...], used: list[Switch], point: Point) -> list[Switch]:
    """As few of them as it takes for the way without them to be shut at the point."""
    for switch in tuple(used):
        rest = [other for other in used if other is not switch]
        way = _without(about, duties, rest)
        compliance = way.compliance(*way.ending.demands)
        here = dict.fromkeys(v for part in compliance for v in variables(part) if v not in way.world.conduct)
        if isinstance(Solver(way.world.roles, (*(fix(v, point[v]) for v in here), *compliance)).ask(), Unsat):
            used = rest
    return used


def _without(about: Ground, duties: tuple[GroundNorm, ...], used: Iterable[Switch]) -> OptionQuestion:
    """Complying without throwing one of the switches, where each duty of theirs could bind."""
    chosen = tuple(used)
    where = (part for i, s in enumerate(chosen) for part in _could_bind(about, s, f"bound{i}"))
    return OptionQuestion(about, (), tuple(negation(s.thrown) for s in chosen), duties, tuple(where))


def _counted(about: Ground, known: tuple[Switch, ...]) -> Iterator[Formula]:
    """A switch counts only where other conduct would be bound by the duty."""
    for i, switch in enumerate(known):
        could = conjunction(*_could_bind(about, switch, f"bound{i}"))
        yield disjunction(negation(Flag(switch.chosen)), could)


def _could_bind(about: Ground, switch: Switch, tag: str) -> tuple[Formula, ...]:
    world = OptionQuestion(about, (), (), ()).world
    return world.some_conduct(tag, (*about.feasible, switch.duty.binds))
