"""Conditions are told without those that another conduct does without, as far as the work for it goes."""

from __future__ import annotations

from unittest.mock import patch

from cbm.comparison.attainment import Attainment
from cbm.core.expressions import Flag, conjunction, disjunction
from cbm.core.sorts import FLAG
from cbm.core.variables import ActInstance, Attribute
from cbm.search.exists_forall import Learnt
from cbm.search.world import World

CALL, TURN = (Flag(ActInstance(act, 0).performed) for act in ("call", "turn"))
NIGHT = Flag(Attribute("night", None, FLAG))
WORLD = World(("own",), (), (), frozenset((CALL.variable, TURN.variable)))
EITHER = disjunction(conjunction(NIGHT, CALL), TURN)


def test_what_only_the_conduct_found_first_needs_is_left_out() -> None:
    assert Attainment(WORLD, EITHER).next(NIGHT, CALL) == ()


def test_where_the_work_for_that_is_spent_it_stays() -> None:
    with patch("cbm.comparison.attainment.WORK", 0):
        assert Attainment(WORLD, EITHER).next(NIGHT, CALL) == (NIGHT,)


def test_what_was_learnt_before_takes_no_patience() -> None:
    learnt = Learnt()
    assert Attainment(WORLD, EITHER, learnt).next(NIGHT, CALL) == ()
    with patch("cbm.comparison.attainment.PATIENCE", 1):
        assert Attainment(WORLD, EITHER, learnt).next(NIGHT, CALL) == ()
        assert Attainment(WORLD, EITHER).next(NIGHT, CALL) == (NIGHT,)
