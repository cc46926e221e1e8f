"""Law: the conditions told of a topic that own conduct decides about suffice for it, in every episode."""

from __future__ import annotations

from hypothesis import given

from cbm.conflicts.all_conflicts import world_of
from cbm.core.expressions import conjunction
from cbm.core.norms import NormSystem
from cbm.core.substitution import variables
from cbm.coverage.governance import by_conduct
from cbm.inquiry import inquire
from cbm.search.extent import attained
from cbm.smt.solve import Sat, Solver, Unknown
from tests.laws.checks.test_findings import between_its_parties, is_empty, promising
from tests.laws.conflicts.test_all_conflicts import at
from tests.laws.dressed import dressed
from tests.laws.episodes import Side
from tests.laws.promises import Cover, coverage


@given(promising())
def test_wherever_the_conditions_hold_conduct_decides(system: NormSystem) -> None:
    system = between_its_parties(system)
    if is_empty(system) or not system.coverage:
        return
    for about in inquire(dressed(system)).strict:
        world, side = world_of(about), Side(system, about.bearer)
        table = coverage(side)
        for number, topic in dict.fromkeys((number, topic) for number, topic, _ in table):
            region = by_conduct(about, system.coverage[number], topic)
            if region is None:
                continue
            answer = Solver(world.roles, (*world.possible, *region.holding)).ask()
            if isinstance(answer, Sat):
                point = answer.values(dict.fromkeys(v for part in region.holding for v in variables(part)))
                cube = attained(world, region.ways, point)
                assert not isinstance(cube, Unknown)
                rows = [row for (n, t, _), row in table.items() if (n, t) == (number, topic)]
                swayed = {id(seen) for row in rows for seen in row.get(Cover.BY_CONDUCT, ())}
                seen_in = {id(seen): seen for row in rows for some in row.values() for seen in some}
                assert all(key in swayed for key, seen in seen_in.items() if at(conjunction(*cube), seen))
