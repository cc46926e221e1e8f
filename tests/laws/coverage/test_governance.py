"""Laws: how a promise is kept in each type of encounter, and on which conditions, is what enumeration says."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given

from cbm.conflicts.all_conflicts import world_of
from cbm.core.expressions import FALSE, conjunction
from cbm.core.matters import (
    OF_ACTS,
    OF_RESULTS,
    Matter,
    Settled,
    SingleMatter,
    name_of,
    names_governed,
    where_governed,
)
from cbm.core.norms import NormSystem
from cbm.core.substitution import variables
from cbm.coverage.governance import SituationRegion, by_conduct, keeping, types_of
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.search.widening import attained
from cbm.smt.solve import Sat, Solver, Unknown, sharing
from tests.laws.episodes import at
from tests.laws.promises import Cover
from tests.laws.promising import Promised, Rows, named, promised, promising
from tests.laws.sparing import sparingly
from tests.laws.systems import systems


@sparingly(2)
@given(promising())
@sharing()
def test_promises_are_kept_as_enumeration_says(system: NormSystem) -> None:
    known = promised(system)
    if known is None:
        return
    for region, cover, rows in known.regions():
        compare_types(known, region, cover, rows)
    for about in known.inquiry.strict:
        for number, matter in dict.fromkeys((n, m) for n, m, _ in known.tables[about.bearer]):
            swayed = by_conduct(about, known.system.coverage[number], matter)
            if swayed is not None:
                rows = known.rows(about.bearer, number, matter)
                compare_keeping(known, swayed, rows)
                compare_conditions(swayed, rows)


@sparingly(2)
@given(systems())
def test_a_norm_governs_nothing_but_what_it_names(system: NormSystem) -> None:
    topics = dict.fromkeys(topic for norm in system.norms.values() for topic in norm.topics)
    acts = [SingleMatter(name, aspect) for name in system.acts for aspect in OF_ACTS]
    results = [SingleMatter(name, aspect) for name in system.results for aspect in OF_RESULTS]
    every: list[Matter | SingleMatter] = [*topics, *map(Settled, system.acts), *acts, *results]
    for norm in system.norms.values():
        names = names_governed(norm)
        for matter in every:
            name = matter.name if isinstance(matter, SingleMatter) else name_of(matter)
            assert names is None or name in names or where_governed(norm, matter) == FALSE


def compare_types(known: Promised, region: SituationRegion | None, cover: Cover, rows: Rows) -> None:
    """Gaps are the types in which nothing governs, or only advice, or not whatever is done."""
    found = types_of(region, known.axes(region.about.bearer)) if region else ()
    assert not isinstance(found, Unknown)
    assert set(found) == {tuple(map(named, cell)) for cell, covers in rows.items() if covers.get(cover)}, cover


def compare_keeping(known: Promised, region: SituationRegion, rows: Rows) -> None:
    """Types governed whatever is done are not told as swayed throughout."""
    governed = types_of(keeping(region), known.axes(region.about.bearer))
    assert not isinstance(governed, Unknown)
    for cell, covers in rows.items():
        if covers.get(Cover.BY_CONDUCT):
            always = bool(covers.get(Cover.COVERED)) or only_advised(covers)
            assert (tuple(map(named, cell)) in governed) == always


def only_advised(covers: Mapping[Cover, tuple[CompleteEpisode, ...]]) -> bool:
    """Whether advice binds in some situation whatever is done there."""
    swayed = covers.get(Cover.BY_CONDUCT, ())
    return any(world not in swayed for world in covers.get(Cover.ADVISED, ()))


def compare_conditions(region: SituationRegion, rows: Rows) -> None:
    """Wherever the conditions hold that are told of what own conduct decides about, it does."""
    world = world_of(region.about)
    answer = Solver(world.roles, (*world.possible, *region.holding)).ask()
    if isinstance(answer, Sat):
        point = answer.values(dict.fromkeys(v for part in region.holding for v in variables(part)))
        cube = attained(world, region.ways, point)
        assert not isinstance(cube, Unknown)
        swayed = {id(seen) for row in rows.values() for seen in row.get(Cover.BY_CONDUCT, ())}
        seen_in = {id(seen): seen for row in rows.values() for some in row.values() for seen in some}
        assert all(key in swayed for key, seen in seen_in.items() if at(conjunction(*cube), seen))
