"""Laws: which clauses settle a matter, against the meaning of what they ask for in every way of doing it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given

from cbm.core.expressions import FALSE, TRUE, Compare, Expr, Flag, Not, Or, conjunction, negation
from cbm.core.matters import Aspect, Matter, Settled, SingleMatter, concerns, speaks_of, where_governed
from cbm.core.norms import Modality, Norm, NormSystem
from cbm.core.variables import Occurrence, Occurs
from cbm.evaluate.what_binds import holds
from tests.laws.episodes import Side
from tests.laws.grid import Deed, atoms, parts
from tests.laws.systems import systems
from tests.laws.timed import system_of
from tests.laws.tiny import does, may, must, must_not, need_not

HOLD, REPORT = Settled("hold"), Settled("report")


def test_which_clauses_settle_an_act() -> None:
    def settles(norm: Norm, matter: Settled = HOLD) -> bool:
        return concerns(norm, matter)

    assert settles(must("1", does("hold")))
    assert settles(must_not("1", does("hold")))
    assert settles(may("1", does("hold")))
    assert settles(need_not("1", does("hold")))
    assert not settles(must("1", does("turn")))
    assert not settles(must("1", does("hold", 1)))
    assert settles(must("1", conjunction(does("hold"), does("turn"))))
    assert settles(must("1", Or((does("hold"), does("turn")))))
    assert settles(may("1", Or((does("hold"), does("turn")))))
    assert settles(must("1", does("report", 0, "nature")), REPORT)
    assert not settles(must_not("1", does("report", 0, "nature")), REPORT)
    assert not settles(may("1", does("report", 0, "nature")), REPORT)
    assert not settles(must("1", Not(does("hold"))))  # no clause is written so: its modality says what it does


@given(systems())
def test_an_act_is_owed_where_it_may_be_what_keeps_the_duty_and_barred_where_no_way_of_it_does(
    system: NormSystem,
) -> None:
    side = Side(system, 0)
    for norm in side.norms.values():
        about = sorted(parts(atoms(norm.content, 0, system)), key=side.parts.index)
        for deed in {part for part in about if isinstance(part, Deed) and part.role == 0} if norm.demands else ():
            place = side.parts.index(deed)
            options = [
                range(len(o)) if part in about else (0,) for part, o in zip(side.parts, side.choices, strict=True)
            ]

            def keeps(choice: tuple[int, ...], norm: Norm = norm) -> bool:
                return holds(norm.content, side.world(choice), system)

            # A figure that its range alone keeps or breaks is no choice; redundancy and impossible-duty tell it.
            for atom in {atom for atom in atoms(norm.content, 0, system) if isinstance(atom, Compare)}:
                assume(len({holds(atom, side.world(choice), system) for choice in product(*options)}) == 2)
            left = side.choices[place].index(frozenset())
            kept = [choice for choice in product(*options) if keeps(choice)]
            assume(kept)
            done = [choice for choice in kept if choice[place] != left]
            needed = any(not keeps((*choice[:place], left, *choice[place + 1 :])) for choice in done)
            duty = norm.modality is Modality.OBLIGATION
            assert concerns(norm, SingleMatter(deed.act, Aspect.OWED)) == (duty and needed)
            assert concerns(norm, SingleMatter(deed.act, Aspect.BARRED)) == (not duty and not done)


# ---- times, channels, and what comes first

VOCABULARY = """\
vocabulary notices
party CN
party JP
situation activity
fixed roles organiser, informed
each party : party
shared troops : count from 0 to 500,000
moments decision, start
topic talk
topic distance
act notify stating area topic talk
act ask topic talk
result separation : length from 0 m to 60 nmi topic distance
channel note for talk
"""
DECISION, START = (Flag(Occurs(Occurrence(moment))) for moment in ("decision", "start"))
OWED, BARRED, FOR_A_TIME = (SingleMatter("notify", a) for a in (Aspect.OWED, Aspect.BARRED, Aspect.FOR_A_TIME))
BELOW, ABOVE = (SingleMatter("separation", a) for a in (Aspect.FROM_BELOW, Aspect.FROM_ABOVE))
NOWHERE: dict[Matter | SingleMatter, Expr] = dict.fromkeys(("talk", OWED, BARRED, FOR_A_TIME), FALSE)


@pytest.mark.parametrize(
    ("demand", "where"),
    [
        ("must notify within 2 h after start", {"talk": TRUE, OWED: START}),
        ("must notify through note stating area", {"talk": TRUE, OWED: TRUE}),
        ("must notify or ask at least 2 h before start", {"talk": TRUE, OWED: START}),
        ("must notify every 30 min from decision until start", {"talk": TRUE, OWED: TRUE}),
        ("need not notify within 2 h after start", {"talk": TRUE, OWED: TRUE}),
        ("need not notify through note", {}),
        ("must not notify", {"talk": TRUE, BARRED: TRUE}),
        ("must not notify except through note", {}),
        ("must not notify stating area", {}),
        ("must not notify until decision", {BARRED: negation(DECISION)}),
        ("must not notify within 2 h after start", {"talk": TRUE, FOR_A_TIME: TRUE}),
        ("must not notify not before start", {"talk": TRUE, FOR_A_TIME: TRUE}),
        ("must not notify until decision except through note", {}),
        (
            "must not notify until informed.ask",
            {"talk": negation(does("ask", 1)), BARRED: negation(does("ask", 1))},
        ),
        ("must not notify until organiser.ask", {}),
        ("may notify", {"talk": TRUE, BARRED: TRUE}),
        ("may notify within 2 h after start", {"talk": TRUE}),
        ("may notify before start", {}),
        ("may notify through note", {}),
    ],
)
def test_how_when_and_in_what_order(demand: str, where: dict[Matter | SingleMatter, Expr]) -> None:
    norm = the_norm(demand)
    assert {matter: where_governed(norm, matter) for matter in NOWHERE} == {**NOWHERE, **where}
    assert speaks_of(norm, "talk")
    assert speaks_of(norm, Settled("notify"))


@pytest.mark.parametrize(
    ("demand", "settled"),
    [
        ("must keep separation >= 1 nmi", {BELOW}),
        ("must keep separation < 1 nmi", {ABOVE}),
        ("must not keep separation < 1 nmi", {BELOW}),
        ("must keep separation from 1 nmi to 2 nmi", {BELOW, ABOVE}),
        ("may keep separation >= 1 nmi", {BELOW, ABOVE}),
        ("must notify", set()),
    ],
)
def test_from_which_side_a_result_is_kept(demand: str, settled: set[SingleMatter]) -> None:
    assert {matter for matter in (BELOW, ABOVE) if concerns(the_norm(demand), matter)} == settled


def the_norm(demand: str) -> Norm:
    system = system_of(f"{VOCABULARY}draft code\n  uses notices\nclause 1 organiser {demand}\n")
    (norm,) = system.norms.values()
    return norm
