"""What can occur: episodes whose values are of the right kind and range, and of which every axiom that counts holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import floor
from typing import assert_never

from cbm.core.calendar.zone_data import zone_info
from cbm.core.episodes import CalendarDay, Moment
from cbm.core.expressions import Compare, Expr, Not, Or, Order, Same
from cbm.core.norms import NormSystem, OpenTerm
from cbm.core.sorts import Dimension, FlagSort, KindSort, NumberSort, Sort
from cbm.core.variables import ResultValue, Variable, moment_flag, time_of_moment
from cbm.evaluate.complete_episode import CompleteEpisode, Doing, Value, all_roles, as_role
from cbm.evaluate.parties_bound import in_force, names_of
from cbm.evaluate.what_binds import holds
from cbm.records import LATEST, Itself

_MIDNIGHT = datetime(2020, 1, 6, tzinfo=UTC)  # where days are named times are counted from it


def possible(world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether such an episode can occur: values of the right kind and range, and every axiom that counts holds."""
    if not _in_range(world, system) or _repeats_what_is_done_once(world, system):
        return False
    if not all(_arrives(doing, world, system) for doing in world.doings):
        return False
    if not all(_is_on_its_day(moment, moment.on, world) for moment in system.situation.moments if moment.on):
        return False
    return is_of_its_time(world, system) and all(holds(axiom, world, system, role) for axiom, role in axioms(system))


def axioms(system: NormSystem) -> tuple[tuple[Expr, int], ...]:
    """Each axiom with each role it is read from; what a text deems counts while that text is in force.

    What is dated counts where its week is asked about.

    Also that units of one party, which has one reading of a term, read it alike.
    """
    return _axioms(Itself(system))


@lru_cache(maxsize=LATEST)
def _axioms(of: Itself[NormSystem]) -> tuple[tuple[Expr, int], ...]:
    return tuple(_axioms_in(of.thing))


def _axioms_in(system: NormSystem) -> Iterator[tuple[Expr, int]]:
    for axiom in system.axioms:
        asked = not axiom.dated or axiom.week == system.week
        if asked and (axiom.document is None or in_force(system.texts[axiom.document], system)):
            for role in all_roles(system) if axiom.rotates else (0,):
                yield axiom.condition, role
    for term in system.open_terms:
        if term.per_party:
            yield from ((_read_alike(term, pair, system), 0) for pair in combinations(all_roles(system), 2))


def variables(system: NormSystem) -> Iterator[Variable]:
    """Every attribute, every reading and every result, once for each role that has its own."""
    for attribute in system.situation.attributes:
        yield from _for_roles(attribute, system)
    for term in system.open_terms:
        yield from _for_roles(term.variable, system)
    for result in system.results.values():
        yield from _for_roles(ResultValue(result.name, 0 if result.each else None, result.sort), system)


def _for_roles(variable: Variable, system: NormSystem) -> Iterator[Variable]:
    """What role 0 has, once for each role; what the roles share once."""
    yield from (variable,) if variable.role is None else (as_role(variable, role) for role in all_roles(system))


def _read_alike(term: OpenTerm, roles: tuple[int, int], system: NormSystem) -> Expr:
    one, other = (as_role(term.variable, role) for role in roles)
    party = system.situation.party
    assert party is not None, "who reads a term is a party"
    of_one_party = Same(*(as_role(party, role) for role in roles))
    if isinstance(term.variable.sort, NumberSort):
        alike: Expr = Compare(((Fraction(1), one), (Fraction(-1), other)), Order.EQUAL, Fraction(0))
    else:
        alike = Same(one, other)
    return Or((Not(of_one_party), alike))


def _arrives(doing: Doing, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether a message takes as long as its channel lets it wait, or longer where it may be kept waiting besides."""
    if doing.through is None:
        return True
    channel = system.channels[doing.through]
    waits = [world.values[wait] for wait in channel.waits]
    taken = doing.at - doing.sent - sum((wait for wait in waits if isinstance(wait, Fraction)), Fraction(0))
    later = bool(channel.hours) or channel.acknowledged is not None
    return doing.through in system.lines.get(doing.act, ()) and (taken == 0 or (later and taken > 0))


def _is_on_its_day(moment: Moment, on: CalendarDay, world: CompleteEpisode) -> bool:
    """Whether it is the end of its day, told by dates; without the moment in whose year that lies it does not occur."""
    occurs, other = (world.values[moment_flag(n)] is True if n else True for n in (moment.name, on.of))
    if not occurs or not other:
        return occurs == other
    end = day_after(on, world)
    return end is not None and world.values[time_of_moment(moment.name)] == end


def day_after(on: CalendarDay, world: CompleteEpisode) -> Fraction | None:
    """When the day begins that follows it, in seconds after the beginning of times; None where dates do not reach."""
    zone, year = zone_info(on.zone), on.year
    try:
        if on.of is not None:
            other = world.values[time_of_moment(on.of)]
            assert isinstance(other, Fraction)
            year = (_MIDNIGHT + timedelta(seconds=floor(other))).astimezone(zone).year - on.before
        assert year is not None, "a day has its year, or the moment in whose year it lies"
        begins = datetime.combine(date(year, on.month, on.day) + timedelta(days=1), time(), zone)
        return Fraction((begins.astimezone(UTC) - _MIDNIGHT) // timedelta(seconds=1))
    except (OverflowError, ValueError):
        return None


def _repeats_what_is_done_once(world: CompleteEpisode, system: NormSystem) -> bool:
    done = [(doing.act, doing.role) for doing in world.doings if system.acts[doing.act].once]
    return len(done) > len(set(done))


def is_of_its_time(world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether every unit is of a party that there is on the date; without one, whether no party meets itself."""
    party = system.situation.party
    if party is None or not system.continuations:
        return True
    names = [str(world.values[as_role(party, role)]) for role in all_roles(system)]
    if system.as_of is not None:
        return all(name in names_of(name, system) for name in names)
    return not any(
        one != other and (other in names_of(one, system) or one in names_of(other, system))
        for one, other in combinations(names, 2)
    )


def _in_range(world: CompleteEpisode, system: NormSystem) -> bool:
    sorts = _sorts(Itself(system))
    return all(_belongs(value, sorts[variable]) for variable, value in world.values.items())


@lru_cache(maxsize=LATEST)
def _sorts(of: Itself[NormSystem]) -> dict[Variable, Sort]:
    return {variable: variable.sort for variable in variables(of.thing)}


def _belongs(value: Value, sort: Sort) -> bool:
    match sort:
        case FlagSort():
            return isinstance(value, bool)
        case KindSort(_, members):
            return value in members
        case NumberSort():
            return isinstance(value, Fraction) and _in_bounds(value, sort)
        case _:
            assert_never(sort)


def _in_bounds(value: Fraction, sort: NumberSort) -> bool:
    if sort.whole and value.denominator != 1:
        return False
    if sort.dimension is Dimension.ANGLE and not 0 <= value < 360:
        return False
    return (sort.low is None or sort.low <= value) and (sort.high is None or value <= sort.high)
