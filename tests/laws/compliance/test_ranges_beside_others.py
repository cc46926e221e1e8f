"""Law: the ranges of permissions that other units' duties narrow are those of plain enumeration."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.compliance.attainable_ranges import Narrowed
from cbm.compliance.ranges_beside_others import asked_ranges, range_across
from cbm.conflicts.deadlocks import find_blocked_uses, places_alike
from cbm.core.expressions import TRUE
from cbm.core.norms import Modality, Norm, NormSystem
from cbm.core.variables import ResultValue
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding
from cbm.inquiry import inquire
from cbm.records import replace
from cbm.smt.solve import Unknown
from cbm.syntax.ast import Strength
from tests.laws.conflicts.test_blocked_uses import permitted
from tests.laws.conflicts.test_deadlocks import (
    EPISODES,
    Duties,
    Duty,
    everything,
    size,
    yielded,
)
from tests.laws.episodes import Question, Side
from tests.laws.grid import Deed, asked, atoms, parts
from tests.laws.sparing import sparingly
from tests.laws.systems import systems
from tests.laws.tiny import DRAFT, NIGHT, SEPARATION, at_least, at_most, clause, distress, may, must, system, yields


@dataclass(slots=True)
class Way:
    """What both units can do: the clauses that bind, those of them that are kept, and the value of the result."""

    bound: Duties
    kept: Duties
    value: object


def separation_in(of: NormSystem) -> ResultValue:
    """The distance kept, with the range that it has in this system."""
    return ResultValue("separation", None, of.results["separation"].sort)


def ways(of: NormSystem) -> dict[tuple[int, ...], list[Way]]:
    """By situation, everything that the units can do there."""
    side = everything(of)
    places = [place for place, part in enumerate(side.parts) if not isinstance(part, Deed | ResultValue)]
    of_result = side.parts.index(separation_in(of))
    owed = [(n, role) for role in (0, 1) for n in of.norms.values() if n.rotates or n.bearer == role]
    asks: dict[Duty, Question[tuple[bool, bool]]] = {(n.id, role): _stands(side, of, n, role) for n, role in owed}
    lifted = yielded(side, {duty: ask for duty, ask in asks.items() if of.norms[duty[0]].demands})
    found: dict[tuple[int, ...], list[Way]] = {}
    for encounter in side.encounters:
        for conduct in encounter.conducts:
            situation = tuple(conduct.choice[place] for place in places)
            gone = lifted.get(conduct.choice, frozenset())
            stands = {duty: ask(conduct.choice) for duty, ask in asks.items() if duty not in gone}
            bound = frozenset(duty for duty, (binds, _) in stands.items() if binds)
            kept = frozenset(duty for duty, (binds, does) in stands.items() if does)
            value = side.choices[of_result][conduct.choice[of_result]]
            found.setdefault(situation, []).append(Way(bound, kept, value))
    return found


def _stands(side: Side, of: NormSystem, n: Norm, role: int) -> Question[tuple[bool, bool]]:
    view = role if n.rotates else 0

    def answer(world: CompleteEpisode) -> tuple[bool, bool]:
        return binding(n.id, role, world, of), fulfilled(n, role, world, of)

    return side.question(answer, parts((*asked(n.id, role, of), *atoms(n.content, view, of))))


def is_narrowed(of: NormSystem, use: Duty, advised: bool) -> bool:
    """Whether somewhere who uses it, and keeps its own duties, reaches a value that nobody does where all comply."""
    strong = [n.id for n in of.norms.values() if n.demands and (advised or n.strength is Strength.MUST)]

    def keeps(way: Way, roles: tuple[int, ...]) -> bool:
        return all(duty in way.kept for duty in way.bound if duty[0] in strong and duty[1] in roles)

    for here in ways(of).values():
        used = [way for way in here if use in way.bound and use in way.kept]
        alone = {way.value for way in used if keeps(way, (use[1],))}
        together = {way.value for way in used if keeps(way, (0, 1))}
        if together and alone - together:
            return True
    return False


PERMISSION = clause("9")


def compare(of: NormSystem) -> list[Narrowed]:
    """What is told of the permission beside the musts, after each answer was held against enumeration."""
    known = inquire(of)
    found = find_blocked_uses(of, permitted(of), yielding=known.yielding())
    assert found.undecided == ()
    everyone, told = found.everyone, list[Narrowed]()
    base = replace(known.grounds[0], clashing=known.clashing_across())
    uses = [] if everyone is None else list(asked_ranges(everyone, base, PERMISSION))
    for one in uses:
        for advised in (False, True):
            assert everyone is not None
            cut = range_across(everyone, base, replace(one, advised=advised)).narrowed(one.result)
            assert not isinstance(cut, Unknown)
            assert (cut is not None) is is_narrowed(of, (PERMISSION, one.bearer), advised), (one.bearer, advised)
            told += [cut] if cut is not None and not advised else []
    asked_of = {one.bearer for one in uses}
    roles = {role for role in (0, 1) if of.norms[PERMISSION].rotates or of.norms[PERMISSION].bearer == role}
    if not asked_of or len(places_alike(of, TRUE)) == 1:
        assert not any(is_narrowed(of, (PERMISSION, role), advised=True) for role in roles - asked_of)
    return told


@st.composite
def with_range(draw: st.DrawFn) -> NormSystem:
    """A system in which the draft permits a range of values, where some clause of it binds."""
    of = draw(systems(interchangeable=draw(st.booleans()), needs=("separation",)))
    own = [n for n in of.norms.values() if n.id.document == DRAFT]
    assume(own)
    bound = draw(st.sampled_from((at_least, at_most)))(separation_in(of), Fraction(draw(st.integers(0, 6)), 3))
    like = draw(st.sampled_from(own))
    allowed = replace(
        like, id=PERMISSION, modality=Modality.PERMISSION, strength=Strength.MUST, content=bound, otherwise=()
    )
    return replace(of, norms={**of.norms, PERMISSION: allowed})


@given(with_range())
@sparingly(2)
def test_ranges_are_those_of_enumeration(of: NormSystem) -> None:
    assume(size(of) <= EPISODES)
    compare(of)


def test_a_unit_may_come_closer_than_the_other_one_lets_it() -> None:
    of = system(may("9", at_least(SEPARATION, 1), distress(1)), must("2", at_least(SEPARATION, 2), distress(0)))
    (cut,) = compare(of)
    assert cut.usable[0].low == (Fraction(2), 0)


def test_what_its_own_duty_leaves_out_is_not_told_twice() -> None:
    assert compare(system(may("9", at_least(SEPARATION, 1)), must("2", at_least(SEPARATION, 2)))) == []


def test_where_the_units_cannot_comply_at_all_no_range_is_narrowed() -> None:
    torn = (must("2", at_least(SEPARATION, 2), distress(0)), must("3", at_most(SEPARATION, 1), distress(0)))
    assert compare(system(may("9", at_least(SEPARATION, 0), distress(1)), *torn)) == []


def test_it_is_narrowed_where_the_duty_does_not_yield() -> None:
    clauses = (
        may("9", at_least(SEPARATION, 1), distress(1)),
        must("2", at_least(SEPARATION, 2), distress(0)),
        must("3", at_most(SEPARATION, 1), distress(0), NIGHT),
    )
    of = system(*clauses, precedences=(yields({clause("2")}, {clause("3")}),))
    (cut,) = compare(of)
    assert cut.usable[0].low == (Fraction(2), 0)
