"""What fulfils a norm in one episode, binding or not: its content, or what recurs in each stretch."""

from __future__ import annotations

from fractions import Fraction

from cbm.core.norms import Norm, NormSystem, Recurrence, Secondary
from cbm.core.variables import Occurs, TimeOf
from cbm.evaluate.complete_episode import CompleteEpisode, Doing
from cbm.evaluate.parties_bound import viewpoint
from cbm.evaluate.what_binds import RoleView, is_true, says
from cbm.records import replace


def fulfilled(norm: Norm, role: int, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether what is done and brought about is as the norm describes it for this role, binding or not."""
    return _fulfils(norm, RoleView(world, system, viewpoint(norm, role)))


def repaired(norm: Norm, step: int, role: int, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether what it asks for otherwise, at this step (from 0), is so for this role; whether it is owed or not."""
    return _fulfils(norm.otherwise[step], RoleView(world, system, viewpoint(norm, role)))


def _fulfils(owed: Norm | Secondary, view: RoleView) -> bool:
    """What recurs is seen here by itself; only whether messages can arrive so is read from the content."""
    recurs = owed.recurrence
    if recurs is None:
        return is_true(owed.content, view)
    return _recurs(recurs, view) and (not recurs.through or is_true(owed.content, view))


def _recurs(recurs: Recurrence, view: RoleView) -> bool:
    """Whether in every stretch that is over before the end, of the first ones, there is what it asks for."""
    ends = _times(recurs.until, view)
    for start in _starts(recurs, view):
        complete = [end for end in ends if end >= start]
        owed = recurs.times if not complete else min(recurs.times, (min(complete) - start) // recurs.length)
        for number in range(owed):
            done = {doing.act for doing in view.world.doings if _serves(doing, recurs, start, number, view)}
            if not (all if recurs.each else any)(act in done for act in recurs.acts):
                return False
    return True


def _serves(doing: Doing, recurs: Recurrence, start: Fraction, number: int, view: RoleView) -> bool:
    """Whether it is of the kind asked for, and done in the stretch of this number (from 0)."""
    since = doing.at - start - number * recurs.length
    begun = since > 0 or (since == 0 and number == 0 and not recurs.later)
    through = not recurs.through or doing.through in recurs.through
    by = doing.act in recurs.acts and doing.role == view.turned(recurs.role)
    said = all(says(doing, item, view.system) for item in recurs.states)
    return begun and since <= recurs.length and through and by and said


def _starts(recurs: Recurrence, view: RoleView) -> list[Fraction]:
    """When it begins to be owed: not each time that an act is done from which it recurs, if just some are meant."""
    name, role = recurs.start
    if role is None:
        return _times(recurs.start, view)
    doings = (doing for doing in view.world.doings if (doing.act, doing.role) == (name, view.turned(role)))
    return [doing.at for doing in doings if is_true(recurs.meant, replace(view, spoken_of=(doing,)))]


def _times(point: tuple[str, int | None], view: RoleView) -> list[Fraction]:
    """When the moment occurs, each time it does, or when the act is done."""
    name, role = point
    if role is not None:
        return [doing.at for doing in view.world.doings if (doing.act, doing.role) == (name, view.turned(role))]
    known = view.system.situation.moment(name).occurrences
    return [view.number(TimeOf(one)) for one in known if view.world.values[Occurs(one)] is True]
