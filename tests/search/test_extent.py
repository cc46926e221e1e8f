"""When norms clash: what is told of one set is the same whatever other sets are asked about."""

from __future__ import annotations

from cbm.conflicts.all_conflicts import find_clashes, world_of
from cbm.core.expressions import TRUE, conjunction
from cbm.ground.grounding import ground
from cbm.search.extent import Extents, Region
from tests.laws.timed import system_of

WORLD = """\
vocabulary sea
party CN
party JP
situation encounter
roles own, other
each party : party
shared
{flags}
topic signals
act call topic signals
draft code
  uses sea
  between CN, JP
{clauses}
"""
COUNT = 12


def test_the_conditions_of_one_clash_do_not_depend_on_the_others() -> None:
    flags = "\n".join(f"  f{i} : flag" for i in range(COUNT))
    clauses = [f"clause {i} every unit when f{i} must {'' if i % 2 else 'not '}call" for i in range(COUNT)]
    chained = [f"{clause} in place of {i - 1}" if i else clause for i, clause in enumerate(clauses)]
    about = ground(system_of(WORLD.format(flags=flags, clauses="\n".join(chained))), 0)
    clashes, given_up = find_clashes(about)
    assert (len(clashes) > COUNT, given_up) == (True, ())
    together = Extents(world_of(about))
    for clash in reversed(clashes):
        members = [about.norm(norm) for norm in clash.norms]
        where = conjunction(*(n.binds for n in members))
        again = together.find(tuple(n.demand for n in members), Region(where, TRUE))
        assert again == clash.extent
