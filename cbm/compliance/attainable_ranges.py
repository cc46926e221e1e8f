"""Values of a result that a permission claims, and the part of them that compliance leaves: both as intervals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from cbm.compliance.unavailable_options import OptionQuestion, Shut, shown, shut_at, where_shut, within_reach
from cbm.conflicts.precedence import is_steady
from cbm.core.expressions import TRUE, Compare, Formula, Order, conjunction, disjunction, negation
from cbm.core.linear import Sum, at_zero, of_variable
from cbm.core.sorts import NumberSort
from cbm.core.substitution import parts_of, substitute, variables
from cbm.core.variables import Origin, Variable
from cbm.evaluate.complete_episode import CompleteEpisode as Seen
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.records import Record, replace
from cbm.search.exists_forall import fix
from cbm.search.implicants import Point, implicant, project
from cbm.search.kept_answers import remembered
from cbm.search.replay import Episode, episode
from cbm.search.world import World, copy_of
from cbm.smt.index import Edge, Interval, box_of
from cbm.smt.solve import Sat, Solver, Unknown
from cbm.translation.saying import mark

# A range is not put together from more pieces than this.
PIECES = 200

Range = tuple[Interval, ...]  # in order, apart from one another; with no end where the result has no bound there


class Narrowed(Record):
    """In the situation of `shut` the permission claims the values `allowed`, and who complies can use `usable` alone.

    `way` is making use of it with any other value, `of_any_value` with one value, shut at the point.
    """

    result: Variable
    allowed: Range
    usable: Range
    way: OptionQuestion
    shut: Shut
    of_any_value: OptionQuestion
    point: Point


def claimed(about: Ground, n: GroundNorm) -> list[Variable]:
    """The results of which the clause states a range: a part of its content is about nothing else that is decided."""
    spoken = [{v for v in variables(part) if v in about.conduct} for part in parts_of(n.fulfilled)]
    alone = dict.fromkeys(v for several in spoken if len(several) == 1 for v in several)
    return [v for v in alone if v.origin is Origin.RESULT and isinstance(v.sort, NumberSort)]


def stated_unit(n: GroundNorm, result: Variable) -> str | None:
    """The unit that the clause itself states the range in."""
    compared = (part for part in parts_of(n.fulfilled) if isinstance(part, Compare) and result in set(variables(part)))
    return next((part.unit for part in compared), None)


def as_allowed(result: Variable) -> Formula:
    """The result has the value that other conduct brings about, which makes use of what is allowed."""
    return at_zero(of_variable(result).plus(of_variable(copy_of(result, "allowed")), -1), Order.EQUAL)


def narrowed(way: OptionQuestion, result: Variable, kept: tuple[Formula, ...] = ()) -> Narrowed | Unknown | None:
    """Where a permission can be used by who complies, but not with every value of the result that it claims there.

    `given` of the way is that the permission binds and is used; nothing else is wanted. None if it is so nowhere. Of
    the values some must be shut out with which what is `kept` can be kept as well.
    """
    world = way.world
    allowed = world.some_conduct("allowed", (*world.feasible, *way.given, *kept))
    of_any_value = replace(way, wanted=(as_allowed(result),), where=allowed)
    point = where_shut(of_any_value)
    if not isinstance(point, Mapping):
        return point
    claims = _reached(world, way.compliance(), result, point)
    left = _reached(world, way.compliance(*way.ending.demands), result, point)
    if isinstance(claims, Unknown):
        return claims
    if isinstance(left, Unknown):
        return left
    other_values = replace(way, wanted=(negation(within(result, left)),))
    found, beyond = shut_at(other_values, point), within_reach(other_values, point)
    if isinstance(found, Unknown):
        return found
    if isinstance(beyond, Unknown):
        return beyond
    cube = tuple(dict.fromkeys((*found.cube, *beyond)))
    shut_there = replace(found, cube=cube)
    return Narrowed(result, claims, left, other_values, shut_there, of_any_value=of_any_value, point=point)


def encounter(n: GroundNorm, found: Narrowed) -> Episode:
    """An encounter in which who complies uses the permission; who uses it there with another value breaches a duty."""
    way, system, bearer = found.way, found.way.about.system, found.way.about.bearer
    steady = [d.norm for d in found.shut.by if is_steady(way.about, d)]

    def used(seen: Seen) -> bool:
        return binding(n.norm.id, bearer, seen, system) and fulfilled(n.norm, bearer, seen, system)

    def breached(seen: Seen) -> bool:
        kept = (not binding(m.id, bearer, seen, system) or fulfilled(m, bearer, seen, system) for m in steady)
        return used(seen) and (len(steady) < len(found.shut.by) or not all(kept))

    there = tuple(fix(v, value) for v, value in found.shut.situation.items())
    told = shown(way, replace(found.shut, cube=there), used)
    here = tuple(fix(v, value) for v, value in told.values.items() if v not in way.world.conduct)
    episode(way.about, (*here, *way.given, *way.wanted), breached)
    return told


def _reached(world: World, formulas: Sequence[Formula], result: Variable, situation: Point) -> Range | Unknown:
    """The values of the result that conduct which meets the formulas reaches in one situation."""
    parts = tuple(part for formula in formulas if (part := substitute(formula, situation)) != TRUE)
    asked = (world.roles, parts, result)
    return remembered("which values are reached", asked, lambda: _values(world.roles, parts, result), Interval)


def _values(roles: tuple[str, ...], parts: tuple[Formula, ...], result: Variable) -> Range | Unknown:
    decided = list(dict.fromkeys(v for part in parts for v in variables(part)))
    solver, pieces = Solver(roles, parts), list[Interval]()
    while len(pieces) < PIECES:
        answer = solver.ask()
        if not isinstance(answer, Sat):
            return answer if isinstance(answer, Unknown) else _joined(pieces, result)
        point = answer.values(decided)
        literals = [literal for part in parts for literal in implicant(part, point)]
        conditions = conjunction(*project(literals, point, [v for v in decided if v != result]))
        box = box_of(conditions)
        assert box is not None, "it holds at the point"
        piece = box.get(result, Interval())
        assert isinstance(piece, Interval)
        pieces.append(piece)
        solver.require(negation(conditions))
    return Unknown(mark("the values that can be reached are in too many pieces"))


def _joined(pieces: Iterable[Interval], result: Variable) -> Range:
    """The same values as intervals that leave something out between them."""
    whole = isinstance(result.sort, NumberSort) and result.sort.whole
    joined: list[Interval] = []
    for piece in sorted((_of_whole(piece) if whole else piece for piece in pieces), key=_begin):
        if piece.empty:
            continue
        if joined and _goes_on(joined[-1], piece, whole):
            joined[-1] = Interval(joined[-1].low, _later(joined[-1].high, piece.high))
        else:
            joined.append(piece)
    return tuple(joined)


def _begin(piece: Interval) -> tuple[bool, Edge]:
    """What puts pieces into the order in which they begin."""
    return (False, (Fraction(0), 0)) if piece.low is None else (True, piece.low)


def _of_whole(piece: Interval) -> Interval:
    """Its whole numbers, from the first to the last."""
    low, high = piece.low, piece.high
    first = low and (Fraction(floor(low[0]) + 1 if low[1] else ceil(low[0])), 0)
    last = high and (Fraction(ceil(high[0]) - 1 if high[1] else floor(high[0])), 0)
    return Interval(first, last)


def _goes_on(one: Interval, other: Interval, whole: bool) -> bool:
    """Whether nothing lies between the one and the other, which does not begin before it."""
    if one.high is None or other.low is None:
        return True
    value, step = one.high
    return other.low <= ((value + 1, 0) if whole else (value, step + 1))


def _later(one: Edge | None, other: Edge | None) -> Edge | None:
    """The upper bound that allows more."""
    return None if one is None or other is None else max(one, other)


def within(result: Variable, values: Range) -> Formula:
    """It has one of these values."""
    return disjunction(*(conjunction(*_between(result, one)) for one in values))


def _between(result: Variable, values: Interval) -> Iterator[Formula]:
    total = of_variable(result)
    for sign, edge in ((-1, values.low), (1, values.high)):
        if edge is not None:
            value, step = edge
            yield at_zero(total.plus(Sum((), value), -1).times(sign), Order.LESS if step else Order.AT_MOST)
