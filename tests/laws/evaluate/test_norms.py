"""Which norms apply, are live, are defeated, bind and are fulfilled, in episodes worked out by hand.

Two units, `own` (role 0) and `other` (role 1), in the small vocabulary of tiny.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from cbm.core.expressions import Binds, Not
from cbm.core.norms import NormSystem
from cbm.evaluate.complete_episode import CompleteEpisode, Doing
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.parties_bound import in_force
from cbm.evaluate.what_binds import applicable, binding, defeated, live
from cbm.records import replace
from cbm.syntax.ast import DocumentKind
from tests.laws.tiny import (
    DRAFT,
    NIGHT,
    PACT,
    SEPARATION,
    at_least,
    clause,
    distress,
    does,
    episode,
    instead,
    may,
    must,
    must_not,
    system,
    text,
)

HALF = Fraction(1, 2)
HOLDS = Doing("hold", 0)
OTHER_HOLDS = Doing("hold", 1)


# ---- applicable


def test_a_norm_applies_when_every_guard_holds_and_no_exception_does() -> None:
    norm = must("1", does("hold"), NIGHT, distress(1), unless=distress(0))
    of = system(norm)
    assert applicable(norm, 0, episode(of, night=True, distress=(False, True)), of)
    assert not applicable(norm, 0, episode(of, night=False, distress=(False, True)), of)
    assert not applicable(norm, 0, episode(of, night=True, distress=(False, False)), of)
    assert not applicable(norm, 0, episode(of, night=True, distress=(True, True)), of)


def test_a_norm_that_rotates_applies_to_each_role_from_its_own_side() -> None:
    norm = must("1", does("hold"), distress(1))
    of = system(norm)
    world = episode(of, OTHER_HOLDS, distress=(False, True))
    assert applicable(norm, 0, world, of)
    assert not applicable(norm, 1, world, of)
    assert not fulfilled(norm, 0, world, of)
    assert fulfilled(norm, 1, world, of)


def test_a_norm_that_does_not_rotate_binds_its_bearer_only_and_is_read_as_written() -> None:
    norm = must("1", does("hold", 1), distress(1), rotates=False, bearer=1)
    of = system(norm, interchangeable=False)
    world = episode(of, OTHER_HOLDS, distress=(False, True))
    assert [applicable(norm, role, world, of) for role in (0, 1)] == [False, True]
    assert [binding(norm.id, role, world, of) for role in (0, 1)] == [False, True]
    assert fulfilled(norm, 1, world, of)
    assert not applicable(norm, 1, episode(of, distress=(True, False)), of)
    assert not fulfilled(norm, 1, episode(of, HOLDS), of)


# ---- live: dates


DAY = date(2020, 6, 1)
BEFORE, AFTER = DAY - timedelta(1), DAY + timedelta(1)


@pytest.mark.parametrize(
    ("adopted", "start", "until", "expected"),
    [
        (None, None, None, True),  # nothing is said: it counts
        (None, DAY, None, True),  # from the very day
        (None, AFTER, None, False),
        (DAY, None, None, True),  # adoption counts where entry into force is not said
        (AFTER, None, None, False),
        (BEFORE, AFTER, None, False),  # entry into force counts, not adoption
        (AFTER, BEFORE, None, True),
        (None, BEFORE, AFTER, True),
        (None, BEFORE, DAY, False),  # not on the last day
        (None, None, DAY, False),
    ],
)
def test_a_text_counts_from_its_entry_into_force_until_it_ends(
    adopted: date | None, start: date | None, until: date | None, expected: bool
) -> None:
    instrument = text(PACT, DocumentKind.INSTRUMENT, None, adopted, start, until)
    norm = must("1", does("hold"), document=PACT)
    of = system(norm, pact=instrument, as_of=DAY)
    world = episode(of)
    assert in_force(instrument, of) is expected
    assert live(norm, 0, world, of) is expected
    assert binding(norm.id, 0, world, of) is expected
    assert applicable(norm, 0, world, of)
    assert in_force(instrument, replace(of, as_of=None)), "without a date every text counts"
    assert in_force(replace(instrument, kind=DocumentKind.DRAFT), of), "a draft is read as if in force"


# ---- live: parties


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [("A", "B", True), ("B", "A", True), ("A", "A", True), ("A", "C", False), ("C", "A", False)],
)
def test_all_units_in_the_episode_have_to_be_of_its_parties(own: str, other: str, expected: bool) -> None:
    norm = must("1", does("hold"), document=PACT)
    of = system(norm, pact=text(PACT, DocumentKind.INSTRUMENT, "AB"))
    world = episode(of, party=(own, other))
    assert live(norm, 0, world, of) is expected
    assert live(norm, 1, world, of) is expected


def test_a_text_open_to_all_or_units_without_party_leave_nobody_out() -> None:
    norm = must("1", does("hold"), document=PACT)
    closed = system(norm, pact=text(PACT, DocumentKind.INSTRUMENT, "AB"))
    stateless = replace(closed, situation=replace(closed.situation, party=None))
    of_all = system(norm)
    world = episode(closed, party=("C", "C"))
    assert not live(norm, 0, world, closed)
    assert live(norm, 0, world, stateless)
    assert live(norm, 0, world, of_all)


def test_a_draft_too_asks_for_its_parties() -> None:
    norm = must("1", does("hold"))
    of = system(norm)
    between = replace(of, texts={**of.texts, DRAFT: text(DRAFT, DocumentKind.DRAFT, "AB")})
    assert not live(norm, 0, episode(of, party=("A", "C")), between)


# ---- displacement


ONE, TWO, THREE = must("1", does("hold")), must("2", does("turn"), NIGHT), must("3", does("report"), distress(0))


def binds(of: NormSystem, world: CompleteEpisode, role: int = 0) -> set[str]:
    return {norm.label for norm in of.norms if binding(norm, role, world, of)}


def test_a_norm_in_place_of_another_takes_over_while_it_binds() -> None:
    of = system(ONE, TWO, displacements=[instead("2", "1")])
    assert binds(of, episode(of)) == {"1"}
    assert binds(of, episode(of, night=True)) == {"2"}
    assert defeated(ONE, 0, episode(of, night=True), of)
    assert live(ONE, 0, episode(of, night=True), of)


def test_what_is_displaced_displaces_nothing() -> None:
    of = system(ONE, TWO, THREE, displacements=[instead("2", "1"), instead("3", "2")])
    assert binds(of, episode(of, night=True)) == {"2"}
    assert binds(of, episode(of, night=True, distress=(True, False))) == {"1", "3"}
    assert binds(of, episode(of, distress=(True, False))) == {"1", "3"}


def test_displacing_both_links_of_a_chain_takes_two_edges() -> None:
    of = system(ONE, TWO, THREE, displacements=[instead("2", "1"), instead("3", "2"), instead("3", "1")])
    assert binds(of, episode(of, night=True, distress=(True, False))) == {"3"}


def test_displacement_concerns_the_same_bearer() -> None:
    of = system(ONE, THREE, displacements=[instead("3", "1")])
    world = episode(of, distress=(True, False))
    assert binds(of, world, role=0) == {"3"}
    assert binds(of, world, role=1) == {"1"}


def test_displacement_for_both_concerns_either_bearer() -> None:
    of = system(ONE, THREE, displacements=[instead("3", "1", both=True)])
    assert binds(of, episode(of, distress=(True, False)), role=0) == {"3"}
    assert binds(of, episode(of, distress=(True, False)), role=1) == set()
    assert binds(of, episode(of, distress=(False, True)), role=0) == set()
    assert binds(of, episode(of), role=0) == {"1"}


def test_a_norm_of_a_text_that_is_not_in_force_displaces_nothing() -> None:
    late = must("2", does("turn"), document=PACT)
    edge = replace(instead("2", "1"), by=clause("2", PACT))
    pact = text(PACT, DocumentKind.INSTRUMENT, None, in_force=AFTER)
    for as_of, expected in ((DAY, {"1"}), (AFTER, {"2"})):
        of = system(ONE, late, displacements=[edge], pact=pact, as_of=as_of)
        assert binds(of, episode(of)) == expected


def test_a_permission_can_displace_a_duty() -> None:
    of = system(ONE, may("2", does("turn"), NIGHT), displacements=[instead("2", "1")])
    assert binds(of, episode(of, night=True)) == {"2"}


# ---- being bound, as a condition


def test_a_condition_can_ask_whether_a_norm_binds_the_other_side() -> None:
    asks = must("4", does("turn"), Binds(clause("3"), 1))
    of = system(THREE, asks)
    assert binds(of, episode(of, distress=(False, True)), role=0) == {"4"}
    assert binds(of, episode(of, distress=(False, True)), role=1) == {"3"}


def test_being_bound_ends_with_displacement() -> None:
    asks = must("4", does("turn"), Not(Binds(clause("1"), 0)))
    of = system(ONE, TWO, asks, displacements=[instead("2", "1")])
    assert binds(of, episode(of)) == {"1"}
    assert binds(of, episode(of, night=True)) == {"2", "4"}


def test_clauses_that_each_ask_whether_the_one_before_binds_either_unit_bind_in_turn() -> None:
    """Sixty of them: whoever would ask each time anew would ask without end."""
    norms = [must("0", does("turn"), NIGHT)]
    for at in range(1, 60):
        before = clause(str(at - 1))
        norms.append(must(str(at), does("turn"), Not(Binds(before, 0)), Not(Binds(before, 1))))
    of = system(*norms)
    for night in (True, False):
        seen = episode(of, night=night)
        assert [binding(norm.id, 0, seen, of) for norm in norms] == [night is (at % 2 == 0) for at in range(60)]
        assert binding(norms[-1].id, 1, episode(of, night=night), of) is not night


# ---- what fulfils a norm


def test_contents_of_each_modality() -> None:
    duty, ban = must("1", at_least(SEPARATION, 1)), must_not("2", does("hold"))
    of = system(duty, ban)
    assert fulfilled(duty, 0, episode(of, separation=1), of)
    assert not fulfilled(duty, 0, episode(of, separation=HALF), of)
    assert fulfilled(ban, 0, episode(of, OTHER_HOLDS), of)
    assert not fulfilled(ban, 0, episode(of, HOLDS), of)
    assert not fulfilled(ban, 1, episode(of, OTHER_HOLDS), of)


def test_fulfilment_does_not_ask_whether_the_norm_binds() -> None:
    duty = must("1", does("hold"), NIGHT)
    of = system(duty)
    assert not fulfilled(duty, 0, episode(of), of)
    assert fulfilled(duty, 0, episode(of, HOLDS), of)
