"""On which readings of open terms compliance leaves a permission just the range that is told.

Square brackets and empty figures are open terms, too: of a text that has them one range is seldom left on all packages.
"""

from __future__ import annotations

from collections.abc import Iterable

from cbm.compliance.attainable_ranges import Narrowed, as_allowed, within
from cbm.compliance.unavailable_options import Shut, shut_at
from cbm.core.expressions import Formula, negation
from cbm.core.sorts import KindSort
from cbm.core.substitution import variables
from cbm.core.variables import Reading, Variable
from cbm.records import Record, replace
from cbm.search.exists_forall import fix
from cbm.search.implicants import implicant, project
from cbm.search.open_readings import Openness, ReadingCubes, openness
from cbm.search.world import copy_of, is_copy
from cbm.smt.solve import Sat, Solver, Unknown


class RangeReach(Record):
    """The readings on which a range is narrowed to the values told, by the duties told (None: on all there are).

    With `any_value` it is so to these values in an example only, and each figure may leave others: where some value is
    shut out, and by what.
    """

    on: ReadingCubes | Unknown | None
    any_value: Shut | None = None


def reach_of_range(cut: Narrowed, *, several: bool) -> RangeReach:
    """Where what is told of the range is so; if not `several`, where any value of it cannot be used.

    The values told are those that are left in one situation. They are told of the readings that leave the same there,
    for the same duties, if figures do not decide it, or if nothing else is narrowed.
    """
    way = cut.way.weighed
    terms = openness(way.about.system, (*way.given, *way.demands))
    if terms is None:
        return RangeReach(None)
    same = _same_values(terms, cut)
    figures = any(not isinstance(v.sort, KindSort) for v in terms.kept)
    if isinstance(same, Unknown) or (several and not figures) or same.every:
        return RangeReach(same)
    some = _shut_for_any_value(terms, cut)
    if isinstance(some, Unknown):
        return RangeReach(some)
    any_value = _narrowed_by(terms, cut, some)
    if isinstance(any_value, Unknown):
        return RangeReach(any_value)
    others = terms.where(any_value.formula, negation(same.formula))
    if isinstance(others, Unknown):
        return RangeReach(others)
    of_options = all(isinstance(v.sort, KindSort) for cube in same.cubes for part in cube for v in variables(part))
    if not others.cubes or (several and of_options):
        return RangeReach(same)
    return RangeReach(any_value, some)


def _same_values(terms: Openness, cut: Narrowed) -> ReadingCubes | Unknown:
    """φ: in the situation the duties that are told leave none but the values told, all duties leave each of them, and
    the permission claims the same values, of which the duties of other texts leave more, if it is of another text."""
    world, way = cut.way.world, cut.way
    here = tuple(fix(v, value) for v, value in cut.shut.situation.items() if not isinstance(v, Reading))
    complying = way.complying(*here)
    each = replace(way, wanted=(as_allowed(cut.result),))
    value = copy_of(cut.result, "allowed")
    further = replace(way, wanted=(negation(within(cut.result, cut.allowed)),))
    far, by = way.far(*here), way.compliance(*(d.demand for d in cut.shut.by))
    narrow = terms.where_unanswered(world, complying, by, far)
    different = (
        terms.where_unanswered(
            world, (*complying, within(value, cut.usable)), each.compliance(*way.ending.demands), far
        ),
        terms.where_unanswered(world, (*complying, within(value, cut.allowed)), each.compliance(), far),
        terms.where(*world.possible, *here, *further.compliance()),
    )
    if isinstance(narrow, Unknown):
        return narrow
    formulas: list[Formula] = [narrow.formula]
    if way.others is not None:
        free = terms.where(*world.possible, *here, *way.left_by_others)
        if isinstance(free, Unknown):
            return free
        formulas.append(free.formula)
    for on in different:
        if isinstance(on, Unknown):
            return on
        formulas.append(negation(on.formula))
    return terms.where(*formulas)


def _narrowed_by(terms: Openness, cut: Narrowed, some: Shut) -> ReadingCubes | Unknown:
    """φ: one can comply and use it, and these duties leave no use of it with some value that it claims."""
    way = cut.of_any_value
    demands = way.compliance(*(d.demand for d in some.by))
    return terms.where_unanswered(way.world, (*way.complying(), *way.there), demands, way.far())


def _shut_for_any_value(terms: Openness, cut: Narrowed) -> Shut | Unknown:
    """What cuts the range in its situation, and conditions that suffice for some value to be shut out."""
    way, roles = cut.of_any_value, cut.of_any_value.world.roles
    found = shut_at(way, cut.point)
    if isinstance(found, Unknown):
        return found
    claimed = way.world.some_conduct("allowed", replace(way, wanted=()).compliance())
    at = {v: cut.point[v] for v in _spoken((*claimed, *found.cube)) if v in cut.point}
    answer = Solver(roles, (*(fix(v, value) for v, value in at.items()), *claimed)).ask()
    if isinstance(answer, Unknown):
        return answer
    assert isinstance(answer, Sat), "the value is claimed there"
    point = {**answer.values(_spoken(claimed)), **at}
    literals = (*found.cube, *(literal for part in claimed for literal in implicant(part, point)))
    cube = project(literals, point, [v for v in _spoken(literals) if is_copy(v)])
    always = Solver(roles, terms.everything)
    return replace(found, cube=tuple(part for part in cube if isinstance(always.ask(negation(part)), Sat)))


def _spoken(formulas: Iterable[Formula]) -> list[Variable]:
    return list(dict.fromkeys(v for formula in formulas for v in variables(formula)))
