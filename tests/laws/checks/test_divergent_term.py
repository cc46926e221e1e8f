"""Law: two texts mean different things by a term exactly if plain enumeration finds an encounter in which they part."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cbm.checks import divergent_term
from cbm.core.expressions import Expr, conjunction, disjunction, negation
from cbm.core.linear import Sum
from cbm.core.meanings import Meaning, Quantity
from cbm.core.norms import Norm, NormSystem, Term
from cbm.core.units import BARE
from cbm.evaluate.what_binds import holds
from cbm.ground.texts_in_force import in_force
from cbm.inquiry import inquire
from cbm.records import replace
from cbm.smt.solve import sharing
from tests.laws.checked import is_empty
from tests.laws.dressed import dressed, place
from tests.laws.episodes import Side
from tests.laws.grid import atoms
from tests.laws.sparing import sparingly
from tests.laws.systems import systems
from tests.laws.tiny import DRAFT, PACT, PARTY, of_party

WORD = "near"


@st.composite
def defined_twice(draw: st.DrawFn) -> tuple[NormSystem, Expr, Expr]:
    """A system in which the draft and the pact define one word; and when either applies, or has the larger value."""
    system = draw(systems(interchangeable=draw(st.booleans())))
    norms = list(system.norms.values())
    here = draw(_conditions(norms))
    there = draw(st.sampled_from((draw(_conditions(norms)), _again(here), here, *_elsewhere(system, here))))
    table = draw(st.booleans())
    members = draw(st.sampled_from((system.texts[DRAFT].parties, frozenset(PARTY.members[:2]))))
    texts = {
        DRAFT: replace(system.texts[DRAFT], parties=members, terms=(_term(here, table, 150),)),
        PACT: replace(system.texts[PACT], terms=(_term(there, table, 160),)),
    }
    as_of = draw(st.sampled_from((system.as_of, None)))
    return replace(system, texts={**system.texts, **texts}, as_of=as_of), here, there


@st.composite
def _conditions(draw: st.DrawFn, norms: Sequence[Norm]) -> Expr:
    """What one clause or two say of when they apply."""
    chosen = draw(st.lists(st.sampled_from(norms), min_size=1, max_size=2))
    parts = [conjunction(*(guard.condition for guard in norm.guards)) for norm in chosen]
    return draw(st.sampled_from((conjunction, disjunction)))(*parts)


def _elsewhere(system: NormSystem, condition: Expr) -> list[Expr]:
    """The same, except of a unit of one party."""
    spoken = system.situation.party is not None
    return [disjunction(condition, of_party(0, party)) for party in PARTY.members * 2 if spoken]


def _again(condition: Expr) -> Expr:
    """The same in other words."""
    return negation(disjunction(negation(condition), negation(condition)))


def _term(condition: Expr, table: bool, line: int) -> Term:
    """A condition, or a quantity that is 2 where the condition holds, and 1 elsewhere."""
    if not table:
        return Term(WORD, Meaning(condition, ()), own=True, place=place(line))
    rows = ((condition, _number(2)), (negation(condition), _number(1)))
    return Term(WORD, Meaning(None, rows), own=True, place=place(line))


def _number(value: int) -> Quantity:
    return Quantity(Sum((), Fraction(value)), BARE, None)


@sparingly(2)
@given(defined_twice())
@sharing()
def test_a_term_diverges_where_some_encounter_shows_it(drawn: tuple[NormSystem, Expr, Expr]) -> None:
    system, here, there = drawn
    if is_empty(system):
        return
    inquiry = inquire(dressed(system))
    found = list(divergent_term.check(inquiry))
    assert not inquiry.undecided
    parted = in_force(system.texts[PACT], system) and _parted(system, here, there)
    assert len(found) == parted


def _parted(system: NormSystem, here: Expr, there: Expr) -> bool:
    """Whether somewhere between parties of the draft the one holds and the other does not."""
    side = Side(system, 0, also=[*atoms(here, 0, system), *atoms(there, 0, system)], often=True)
    members = system.texts[DRAFT].parties
    return any(
        holds(here, world, system) != holds(there, world, system)
        for encounter in side.encounters
        for world in map(side.world, (conduct.choice for conduct in encounter.conducts))
        if members is None
        or all(value in members for variable, value in world.values.items() if system.situation.tells_party(variable))
    )
