"""When norms clash: what is told of one set is the same whatever other sets are asked about."""

from __future__ import annotations

import pytest

from cbm.conflicts.all_conflicts import ConflictSet, find_clashes, world_of
from cbm.core.expressions import TRUE, Flag, IsIn, conjunction, disjunction, negation
from cbm.core.sorts import FLAG
from cbm.core.variables import ActInstance, Attribute, Origin
from cbm.ground.grounding import ground
from cbm.records import replace
from cbm.search import extent
from cbm.search.extent import Extent, Extents, Region
from cbm.search.kept_answers import answers_remembered
from cbm.search.world import World, relevant
from cbm.smt.journal import keeping
from cbm.smt.solve import Sat, Solver, Unknown, Unsat
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


def test_a_clash_that_takes_all_the_work_leaves_some_to_each_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    clauses = "clause 1 every unit when f must call\nclause 2 every unit must not call"
    about = ground(system_of(WORLD.format(flags="  f : flag", clauses=clauses)), 0)
    demands = tuple(n.demand for n in about.norms)
    monkeypatch.setattr(extent, "WORK", -1)
    told = Extents(world_of(about)).find(demands)
    assert isinstance(told, Extent)
    assert told.complete
    monkeypatch.setattr(extent, "EACH", -1)
    assert isinstance(Extents(world_of(about)).find(demands), Unknown)


def test_what_is_feasible_is_relevant_through_others_and_not_for_a_situation_in_common() -> None:
    done = {name: ActInstance(name, 0).performed for name in ("call", "wave", "hail", "turn", "dive")}
    call, wave, hail, turn, dive = map(Flag, done.values())
    chain = negation(conjunction(hail, turn)), disjunction(negation(wave), hail), negation(conjunction(call, wave))
    situation = Flag(Attribute("fog", None, FLAG))
    apart = disjunction(situation, dive)
    world = World(("own",), (), (chain[0], apart, *chain[1:]), frozenset(done.values()))
    assert relevant(world, (conjunction(situation, call),)) == chain
    assert relevant(world, (situation,)) == ()
    assert relevant(replace(world, feasible=(apart,)), (call, dive)) == (apart,)
    fewer = replace(world, conduct=world.conduct - {done["wave"]})
    assert relevant(fewer, (call,)) == (chain[2],)


RANGES = """\
vocabulary sea
party CN
party JP
kind light = day | dusk | night
situation encounter
roles own, other
each party : party
shared
  fog : flag
  light : light
  range : length from 0 m to 10,000 m
axiom fog implies range <= 2,000 m
topic signals
act call topic signals
result separation : length from 0 m to 10,000 m topic signals
draft code
  uses sea
  between CN, JP
clause 1 every unit when fog and range <= 5,000 m must call
clause 2 every unit when light is not day must not call
clause 3 every unit when light in (dusk, night) and range < 3,000 m must not call
clause 4 every unit when range >= 4,000 m or light is dusk must not call
clause 5 every unit when light is day must keep separation >= 1,000 m
clause 6 every unit when not fog must keep separation <= 500 m
"""


def test_conditions_are_the_same_found_at_a_situation_or_without_one() -> None:
    """Who takes notes sees the situations at which they are found."""
    about = ground(system_of(RANGES), 0)
    clashes, given_up = find_clashes(about)
    with keeping():
        noted, _ = find_clashes(about)
    assert (len(clashes), given_up) == (4, ())
    assert all(clash.extent.exact for clash in clashes)
    assert clashes == noted


STRAIT = """\
vocabulary strait
party CN
party JP
situation encounter
roles own, other
each party : party
shared night : flag
topic distance
topic signals
act report topic signals
result separation : length from 0 m to 20 nmi topic distance
draft code
  uses strait
  between CN, JP
clause 1 every unit must keep separation >= 1,000 m
clause 2 every unit when night is deemed to comply with 1 if it does report
clause 3 every unit must keep separation <= 500 m
clause 4 every unit when night must not report
"""


def test_a_set_of_which_a_part_clashes_elsewhere_is_told_of_where_all_of_it_binds() -> None:
    about = ground(system_of(STRAIT), 0)
    (two, three), given_up = find_clashes(about)
    assert ([len(clash.norms) for clash in (two, three)], given_up) == ([2, 3], ())
    not_reporting = about.norm(three.norms[-1])
    outside = Solver(about.system.situation.roles, about.possible)
    assert isinstance(outside.ask(three.extent.formula), Sat)
    assert isinstance(outside.ask(three.extent.formula, negation(not_reporting.binds)), Unsat)
    assert isinstance(outside.ask(three.extent.formula, two.extent.formula), Unsat)


def _clashes(modal: str) -> tuple[ConflictSet, ...]:
    text = STRAIT.split("clause")[0]
    clauses = f"clause 1 every unit when night {modal} keep separation >= 1,000 m\n"
    about = ground(system_of(f"{text}{clauses}clause 2 every unit must keep separation <= 500 m\n"), 0)
    clashes, given_up = find_clashes(about)
    assert given_up == ()
    return clashes


def test_a_wording_clashes_where_the_text_written_out_does_and_its_option_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (written_out,) = _clashes("must")
    told, regions = Extents._told, list[Region]()

    def noted(extents: Extents, known: Region) -> Extent | Unknown | None:
        regions.append(known)
        return told(extents, known)

    monkeypatch.setattr(Extents, "_told", noted)
    with answers_remembered():
        clashes = _clashes("[CN: should | JP: must]")
    assert [len(clash.norms) for clash in clashes] == [2, 2]
    assert len(regions) == 1, "what differs in an option alone is asked once"
    for clash in clashes:
        (cube,), (plain,) = clash.extent.cubes, written_out.extent.cubes
        taken, *others = cube
        assert isinstance(taken, IsIn)
        assert (taken.variable.origin, len(taken.members), tuple(others)) == (Origin.READING, 1, plain)
        assert clash.extent.formula == conjunction(taken, written_out.extent.formula)
