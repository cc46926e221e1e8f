"""Law: a clause falls short of a duty of another text where plain enumeration of all that can be done says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cbm.comparison.clause_pairs.derogations import derogation
from cbm.conflicts.trigger_cycles import UNENDING
from cbm.core.expressions import And, Expr, NormId, Not, Or, conjunction, disjunction, negation
from cbm.core.norms import Norm, NormSystem
from cbm.core.variables import ResultValue
from cbm.inquiry import inquire
from cbm.smt.solve import Unknown, sharing
from cbm.syntax.ast import Modality, Strength
from tests.laws.checked import bearers_of, is_empty
from tests.laws.compliance.test_unavailable_options import BESIDE_A_CLASH, freer
from tests.laws.dressed import dressed
from tests.laws.enumerate import Outcome
from tests.laws.episodes import Side
from tests.laws.freedoms import situations
from tests.laws.grid import Deed, atoms, parts
from tests.laws.repeating import repeating
from tests.laws.sparing import sparingly
from tests.laws.timed import VOCABULARY, system_of
from tests.laws.tiny import DRAFT, PACT, SEPARATION, at_least, does, may, must, must_not, need_not, system


@st.composite
def anywhere(draw: st.DrawFn) -> NormSystem:
    return draw(repeating(interchangeable=draw(st.booleans())) | freer())


def falls_short(side: Side, one: Norm, other: Norm) -> bool:
    """Whether in some situation whoever complies with the one leaves the other duty no way that it had."""
    if not {one.id, other.id} <= side.norms.keys():
        return False
    duty = _matter(side, one, other)
    if not duty:
        return False
    asks = side.condition(conjunction(*duty), _view(side, other))
    for done in situations(side, advised=other.strength is Strength.SHOULD):
        both = [outcome for outcome in done if {one.id, other.id} <= outcome.standing]
        keeping = [outcome for outcome in both if asks(outcome.conduct.choice)]
        if not keeping:
            continue
        if one.demands:
            breaching = [outcome for outcome in both if not asks(outcome.conduct.choice)]
            short = any(_keeps_all_of(outcome, one.id.document) for outcome in breaching)
            asked = any(one.id in outcome.standing and not outcome.conduct.standing[one.id].kept for outcome in done)
            if short and asked and all(outcome.conduct.standing[one.id].kept for outcome in keeping):
                return True
        elif any(_taken_back(side, one, way, both, keeping) for way in _ways(one)):
            return True
    return False


def _taken_back(side: Side, one: Norm, way: Expr, both: list[Outcome], keeping: list[Outcome]) -> bool:
    """Whether one use of what is left open, with the results that it states, leaves no way to keep the duty."""
    used = side.condition(way, _view(side, one))
    stated = [part for part in _spoken_of(side, one, way) if isinstance(part, ResultValue)]
    results = stated if one.modality is Modality.PERMISSION else []

    def values(outcome: Outcome) -> tuple[object, ...]:
        world = side.world(outcome.conduct.choice)
        return tuple(world.values[result] for result in results)

    uses = {values(outcome) for outcome in both if used(outcome.conduct.choice)}
    return not uses <= {values(outcome) for outcome in keeping if used(outcome.conduct.choice)}


def _ways(one: Norm) -> tuple[Expr, ...]:
    """Each of several acts that are allowed, or that need not be done, is a use of its own."""
    match one.modality, one.content:
        case Modality.PERMISSION, Or(several):
            return several
        case Modality.EXEMPTION, And(several):
            return tuple(map(negation, several))
        case Modality.EXEMPTION, content:
            return (negation(content),)
        case _, content:
            return (content,)


def _keeps_all_of(outcome: Outcome, document: str) -> bool:
    return not any(norm.document == document for norm in outcome.breached)


def _matter(side: Side, one: Norm, other: Norm) -> list[Expr]:
    """What the other asks for in acts and results that the one speaks of."""
    spoken = _spoken_of(side, one, one.content)
    return [part for part in _apart(other.content, is_so=True) if _spoken_of(side, other, part) & spoken]


def _apart(said: Expr, *, is_so: bool) -> Iterator[Expr]:
    """What is said, or that it is not so, as all that has to hold."""
    match said, is_so:
        case (And(several), True) | (Or(several), False):
            for part in several:
                yield from _apart(part, is_so=is_so)
        case Not(of), _:
            yield from _apart(of, is_so=not is_so)
        case _:
            yield said if is_so else negation(said)


def _spoken_of(side: Side, norm: Norm, said: Expr) -> set[object]:
    about = parts(atoms(said, _view(side, norm), side.system))
    return {part for part in about if isinstance(part, Deed | ResultValue)}


def _view(side: Side, norm: Norm) -> int:
    return side.role if norm.rotates else 0


def compare(of: NormSystem) -> dict[tuple[NormId, NormId], bool]:
    """Of each clause and each duty of another text whether it falls short; without those that stay undecided."""
    inquiry, sides = inquire(dressed(of)), [Side(of, role) for role in bearers_of(of)]
    norms, found = of.norms.values(), dict[tuple[NormId, NormId], bool]()
    for one, other in ((n, m) for n in norms for m in norms if m.demands and n.id.document != m.id.document):
        told = derogation(inquiry, one, other)
        if not isinstance(told, Unknown):
            expected = any(falls_short(side, one, other) for side in sides)
            assert (told is not None) == expected, (one.id, other.id)
            found[one.id, other.id] = expected
    return found


SYSTEMS = {
    "what is forbidden is allowed": (1, system(may("1", does("hold")), must_not("2", does("hold"), document=PACT))),
    "what is owed need not be done": (1, system(need_not("1", does("hold")), must("2", does("hold"), document=PACT))),
    "one of two acts that are allowed is forbidden": (
        1,
        system(may("1", disjunction(does("hold"), does("turn"))), must_not("2", does("turn"), document=PACT)),
    ),
    "less is owed": (
        1,
        system(must("1", at_least(SEPARATION, 1)), must("2", at_least(SEPARATION, 2), document=PACT)),
    ),
    "of several acts one is owed, and of the others nothing is said": (
        0,
        system(must("1", does("hold")), must("2", conjunction(does("hold"), does("turn")), document=PACT)),
    ),
    "it is kept by the act that brings it into play, so it asks for nothing": (
        0,
        system(
            must("1", disjunction(does("turn"), at_least(SEPARATION, 2)), does("turn")),
            must("2", at_least(SEPARATION, 1), document=PACT),
        ),
    ),
}


@sparingly(2)
@example(BESIDE_A_CLASH["everywhere"])
@example(BESIDE_A_CLASH["of the duties of the other text"])
@example(BESIDE_A_CLASH["at night, when alone it asks for less"])
@given(anywhere())
@sharing()
def test_what_falls_short_is_what_enumeration_says(of: NormSystem) -> None:
    if not is_empty(of):
        compare(of)


@pytest.mark.parametrize(("count", "of"), SYSTEMS.values(), ids=SYSTEMS)
def test_systems_made_by_hand(count: int, of: NormSystem) -> None:
    assert sum(found for (one, _), found in compare(of).items() if one.document == DRAFT) == count


ENDLESS = f"""\
{VOCABULARY}result separation : length from 0 m to 10,000 m topic telling
instrument pact
  uses sea
clause 1 every unit when contact must keep separation >= 2 m
draft code
  uses sea
  beside pact
clause 1 every unit when contact must keep separation >= 1 m
clause 2 every unit must report within 1 h after contact
clause 3 every unit must report at least 1 h after own.report within 2 h after own.report
"""


@sharing()
def test_what_falls_short_for_who_goes_on_for_ever_is_known_to_nobody() -> None:
    """Other duties, which have nothing to do with it, are kept by such conduct alone."""
    of = system_of(ENDLESS)
    one, other = (of.norms[NormId(document, "1")] for document in ("code", "pact"))
    assert derogation(inquire(of), one, other) == Unknown(UNENDING)
