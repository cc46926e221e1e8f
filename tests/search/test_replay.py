"""Encounters that are not shown: that there is one is confirmed all the same, and that there is none is a bug."""

from __future__ import annotations

import pytest

from cbm.core.expressions import negation
from cbm.evaluate import CompleteEpisode, holds
from cbm.ground.grounding import ground
from cbm.search.replay import Episodes, WitnessRefused
from tests.laws.tiny import NIGHT, does, must, system

BY_NIGHT = system(must("1", does("turn"), NIGHT))


def test_what_is_not_shown_is_confirmed() -> None:
    about = ground(BY_NIGHT, 0)
    night = about.grounder.formula(NIGHT)
    seen: list[CompleteEpisode] = []

    def by_night(world: CompleteEpisode) -> bool:
        seen.append(world)
        return holds(NIGHT, world, BY_NIGHT)

    Episodes(BY_NIGHT, (*about.possible, *about.feasible)).confirm((night,), by_night)
    assert len(seen) == 1


def test_that_there_is_none_is_refused() -> None:
    about = ground(BY_NIGHT, 0)
    night = about.grounder.formula(NIGHT)
    episodes = Episodes(BY_NIGHT, (*about.possible, *about.feasible, night))
    with pytest.raises(WitnessRefused, match="not found again"):
        episodes.confirm((negation(night),), lambda _: True)
    with pytest.raises(WitnessRefused, match="sees it otherwise"):
        episodes.confirm((), lambda _: False)
