"""Duties of several units that cannot be kept together, in words: whose they are, and where it happens."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cbm.conflicts.deadlocks import Deadlock, Duty
from cbm.core.expressions import TRUE, Formula
from cbm.core.norms import NormSystem
from cbm.finding import Label
from cbm.search.extent import Cube
from cbm.smt.solve import Sat, Solver
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import clause_name, content_label
from cbm.wording.condition_words import literal_words
from cbm.wording.phrases import role_after_article, role_words
from cbm.wording.told_zones import told_by


def duty_names(system: NormSystem, duties: Iterable[Duty]) -> list[str]:
    """The clauses, each with the unit that it binds."""
    return [
        say("{clause} ({unit})", clause=clause_name(system, d.norm.norm.id), unit=role_words(system, d.role))
        for d in duties
    ]


def duty_label(system: NormSystem, duty: Duty) -> Label:
    """The clause at its place, and whom it binds."""
    binds = mark("{clause} binds the {unit}")
    return content_label(system, duty.norm.norm, binds, unit=role_after_article(system, duty.role))


def told_extent(system: NormSystem, found: Deadlock) -> Callable[[], tuple[tuple[str, ...], ...]]:
    """All conditions under which it happens, in words."""
    words = told_by(system, found.takes_part)
    return lambda: tuple(tuple(literal_words(words, part) for part in cube) for cube in found.extent.cubes)


def shown_cube(found: Deadlock, read: Formula) -> Cube:
    """The first conditions under which it happens on the readings that are told."""
    world = found.world
    solver = Solver(world.roles, (*world.possible, read))
    cubes = found.extent.cubes
    return next((cube for cube in cubes if read != TRUE and isinstance(solver.ask(*cube), Sat)), cubes[0])
