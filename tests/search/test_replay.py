"""Encounters that are not shown: that there is one is confirmed all the same, and that there is none is a bug."""

from __future__ import annotations

from functools import partial

import pytest

from cbm.core.expressions import Formula, negation
from cbm.core.variables import Origin
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.what_binds import binding, holds
from cbm.ground.grounding import ground
from cbm.search.kept_answers import answers_remembered
from cbm.search.replay import Episode, Episodes, NoSuchEpisode, WitnessRefused, episode
from cbm.smt.solve import Answer, Solver
from tests.laws.timed import system_of
from tests.laws.tiny import NIGHT, does, must, system

BY_NIGHT = system(must("1", does("turn"), NIGHT))
BRACKETED = """\
vocabulary sea
party CN
party JP
situation encounter
roles own, other
each party : party
shared night : flag
topic signals
act report topic signals
draft code
  uses sea
  between CN, JP
clause 1 every unit when night [CN: should | JP: must] report
"""


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
    with pytest.raises(NoSuchEpisode, match="not found again"):
        episodes.confirm((negation(night),), lambda _: True)
    with pytest.raises(WitnessRefused, match="sees it otherwise") as refused:
        episodes.confirm((), lambda _: False)
    assert not isinstance(refused.value, NoSuchEpisode)


def test_wordings_that_differ_in_options_alone_are_shown_by_one_encounter(monkeypatch: pytest.MonkeyPatch) -> None:
    about = ground(system_of(BRACKETED), 0)
    asked, ask = list[int](), Solver.ask

    def counted(solver: Solver, *formulas: Formula) -> Answer:
        asked.append(1)
        return ask(solver, *formulas)

    monkeypatch.setattr(Solver, "ask", counted)
    shown, questions = list[Episode](), list[int]()
    with answers_remembered():
        for n in about.norms:
            bound = partial(binding, n.norm.id, about.bearer, system=about.system)
            shown.append(episode(about, (n.binds,), bound))
            questions.append(len(asked))
    one, other = (episode.values for episode in shown)
    assert questions[0] == questions[1] > 0
    assert [v.origin for v in one if one[v] != other[v]] == [Origin.READING]
