"""Laws: what exceptions leave of a clause, and whether parties are bound alike, are what plain enumeration says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, product

from hypothesis import given
from hypothesis import strategies as st

from cbm.core.episodes import Axiom
from cbm.core.expressions import Expr, IsIn, NormId, disjunction, negation
from cbm.core.norms import Guard, Norm, NormSystem
from cbm.core.sorts import KindSort
from cbm.coverage.exceptions import left_by_exceptions
from cbm.coverage.reciprocity import OneSided, one_sided
from cbm.coverage.types.axes import all_values, dividers, members_of
from cbm.coverage.types.grid import Types
from cbm.evaluate.complete_episode import CompleteEpisode, Value
from cbm.evaluate.possible_episodes import axioms, possible
from cbm.evaluate.what_binds import binding
from cbm.ground.grounding import Ground
from cbm.inquiry import inquire
from cbm.records import replace
from cbm.smt.solve import sharing
from tests.laws.checked import is_empty
from tests.laws.dressed import dressed
from tests.laws.episodes import Side
from tests.laws.grid import asked, atoms, parts
from tests.laws.maps import parties_of
from tests.laws.promises import Type
from tests.laws.promising import named, promising
from tests.laws.sparing import sparingly
from tests.laws.systems import systems
from tests.laws.tiny import attribute


def seen_in(side: Side, norm: NormId) -> dict[str, set[Type]]:
    """The types in which some episode shows something of the norm, between the parties of its text."""
    text = replace(side.system, subject=norm.document)
    between = side.condition(parties_of(text), side.view)
    found: dict[str, set[Type]] = {"met": set(), "applicable": set(), "excepted": set()}
    for encounter in side.encounters:
        cell = tuple(encounter.world.values[axis] for axis in side.axes)
        for conduct in encounter.conducts:
            standing = conduct.standing[norm]
            if between(conduct.choice):
                found["met"] |= {cell} if standing.met else set()
                found["applicable"] |= {cell} if standing.applicable else set()
                found["excepted"] |= {cell} if standing.met and not standing.applicable else set()
    return found


@sparingly(1)
@given(promising())
@sharing()
def test_what_exceptions_leave_of_a_clause(system: NormSystem) -> None:
    if is_empty(system):
        return
    for about in inquire(dressed(system)).grounds:
        side = Side(system, about.bearer)
        for n in about.norms:
            if n.norm.exceptions:
                shown, left = seen_in(side, n.norm.id), left_by_exceptions(about, n)
                assert expanded(about, left.spoken_of) == names(shown["met"])
                assert expanded(about, left.binding) == names(shown["applicable"])
                assert expanded(about, left.whole) == names(shown["met"] - shown["excepted"])
                assert left.kept is None or 0 <= left.kept <= 1


def names(types: set[Type]) -> set[tuple[str, ...]]:
    return {tuple(map(named, cell)) for cell in types}


def expanded(about: Ground, types: Types) -> set[tuple[str, ...]]:
    """The types one by one, also those whose values count as one."""
    axes = dividers(about)
    found: set[tuple[str, ...]] = set()
    for cell in types:
        sides = [[all_values(a)[p] for p in members_of(a, (v,))] for a, v in zip(axes, cell, strict=True)]
        found |= set(product(*sides))
    return found


# ---- parties


@st.composite
def between_parties(draw: st.DrawFn) -> NormSystem:
    """A system in which clauses are said of one party, sometimes of each apart; parties may differ by an axiom."""
    system = draw(systems(interchangeable=draw(st.booleans()), needs=("party", "craft")))
    party, craft = attribute("party", 0), attribute("craft", 0)
    norms: dict[NormId, Norm] = {}
    for norm in system.norms.values():
        view = 0 if norm.rotates else norm.bearer
        for copy, chosen in enumerate(draw(st.sampled_from([(), (), ("A",), ("A", "B"), ("A", "B", "C")])) or (None,)):
            of_party = () if chosen is None else (Guard(IsIn(replace(party, role=view), (chosen,))),)
            label = norm.id.label if copy == 0 else f"{norm.id.label}{'xy'[copy - 1]}"
            one = replace(norm, id=NormId(norm.id.document, label), guards=(*norm.guards, *of_party))
            norms[one.id] = one
    only_ships = disjunction(negation(IsIn(replace(party, role=0), ("A",))), IsIn(replace(craft, role=0), ("ship",)))
    axioms = draw(st.sampled_from([(), (Axiom("", only_ships, True),)]))
    return replace(system, norms=norms, axioms=(*system.axioms, *axioms))


@sparingly(2)
@given(between_parties())
@sharing()
def test_clauses_that_bind_one_party_only_are_told(system: NormSystem) -> None:
    if is_empty(system) or system.situation.party is None:
        return
    inquiry = inquire(dressed(system))
    told: set[tuple[int, NormId, str, str]] = set()
    for one in one_sided(inquiry):
        assert isinstance(one, OneSided)
        told.add((one.about.bearer, one.norm, one.bound, one.free))
    expected = {
        (about.bearer, norm, *pair)
        for about in inquiry.grounds
        for norm, pair in unlike(Side(system, about.bearer, party_atoms(system)), about)
    }
    assert told <= expected
    assert {(bearer, norm) for bearer, norm, _, _ in told} == {(bearer, norm) for bearer, norm, _, _ in expected}


def party_atoms(system: NormSystem) -> Iterator[Expr]:
    """Whose units meet, so that every episode says it."""
    party = system.situation.party
    assert party is not None
    assert isinstance(party.sort, KindSort)
    for role in range(len(system.situation.roles)):
        yield from atoms(IsIn(replace(party, role=role), party.sort.members), 0, system)


def unlike(side: Side, about: Ground) -> Iterator[tuple[NormId, tuple[str, str]]]:
    """Clauses of the draft that bind in some episode, where with two parties swapped none that says the same would."""
    system = side.system
    parties = system.texts[system.subject].parties
    known = [member for member in system.situation.parties if parties is None or member in parties]
    own = [n for n in about.norms if n.norm.id.document == system.subject]
    for n in own:
        alike = [
            o.norm.id
            for o in own
            if (o.norm.modality, o.norm.strength, o.fulfilled) == (n.norm.modality, n.norm.strength, n.fulfilled)
        ]
        worlds = list(_binding_in(side, n.norm.id, alike))
        for pair in permutations(known, 2):
            if any(_shows(side, world, alike, pair) for world in worlds):
                yield n.norm.id, pair


def _binding_in(side: Side, norm: NormId, alike: list[NormId]) -> Iterator[CompleteEpisode]:
    """The episodes in which the norm binds; one of those that agree on all that decides whether one of these does."""
    asks = (atom for one in (norm, *alike) for atom in asked(one, side.role, side.system))
    claims = (atom for claim, view in axioms(side.system) for atom in atoms(claim, view, side.system))
    parties = party_atoms(side.system)
    places = sorted(side.parts.index(part) for part in parts((*asks, *claims, *parties)))
    chosen = {
        tuple([conduct.choice[place] for place in places]): conduct.choice
        for encounter in side.encounters
        for conduct in encounter.conducts
        if conduct.standing[norm].binding
    }
    return map(side.world, chosen.values())


def _shows(side: Side, world: CompleteEpisode, alike: list[NormId], pair: tuple[str, str]) -> bool:
    system, role = side.system, side.role
    party = system.situation.party
    assert party is not None
    if world.values[replace(party, role=role)] != pair[0]:
        return False
    other = swapped(world, pair, system)
    return possible(other, system) and not any(binding(one, role, other, system) for one in alike)


def swapped(world: CompleteEpisode, pair: tuple[str, str], system: NormSystem) -> CompleteEpisode:
    exchange: dict[Value, Value] = {pair[0]: pair[1], pair[1]: pair[0]}
    values = {
        v: exchange.get(value, value) if system.situation.tells_party(v) else value for v, value in world.values.items()
    }
    return replace(world, values=values)
