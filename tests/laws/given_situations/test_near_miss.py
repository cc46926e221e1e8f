"""Laws: a near miss differs in nothing but what is said, and no encounter that differs in less is one."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.core.expressions import TRUE, Binds
from cbm.core.norms import NormSystem
from cbm.core.variables import Origin
from cbm.evaluate.what_binds import binding
from cbm.given_situations.given_world import given_ground
from cbm.given_situations.near_miss import BoundEncounter, Play, bound, missed
from cbm.smt.solve import Solver, Unknown, sharing
from tests.laws.checked import is_empty
from tests.laws.episodes import Side
from tests.laws.sparing import sparingly
from tests.laws.systems import systems
from tests.laws.tiny import NIGHT, distress, does, must, system


@given(systems(), st.data())
@sparingly(2)
def test_a_near_miss_differs_in_little_and_does_not_bind(of: NormSystem, data: st.DataObject) -> None:
    assume(not is_empty(of))
    norm = data.draw(st.sampled_from(list(of.norms.values())))
    about, _ = given_ground(of, 0, TRUE)
    with sharing():
        play = Play((norm.id,), Binds(norm.id, 0))
        shown = bound(about, play, ())
        side = Side(of, 0)
        binds = any(c.standing[norm.id].binding for e in side.encounters for c in e.conducts)
        assert isinstance(shown, BoundEncounter) == binds
        if not isinstance(shown, BoundEncounter):
            return
        assert binding(norm.id, 0, shown.episode.world, of)
        found = [one for one in missed(about, play, shown.episode) if not isinstance(one, Unknown)]
    before = shown.episode.values
    for one in found:
        assert not binding(norm.id, 0, one.episode.world, of)
        after = one.episode.values
        other = {v for v, x in before.items() if v.origin is Origin.SITUATION and after[v] != x}
        assert other <= set(one.changed)
        assert len(one.changed) == len(found[0].changed)


def test_each_single_fact_that_makes_it_not_bind_is_found() -> None:
    of = system(must("1", does("hold"), NIGHT, distress(0)))
    about, _ = given_ground(of, 0, TRUE)
    (n,) = about.norms
    play = Play((n.norm.id,), Binds(n.norm.id, 0))
    shown = bound(about, play, ())
    assert isinstance(shown, BoundEncounter)
    found = [list(one.changed) for one in missed(about, play, shown.episode) if not isinstance(one, Unknown)]
    assert len(found) == 2
    assert all(len(changed) == 1 for changed in found)


def test_what_nobody_knows_is_no_encounter_nearby(monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of which that is not known was taken for one that makes it not bind, and could not be shown."""
    of = system(must("1", does("hold"), NIGHT, distress(0)))
    about, _ = given_ground(of, 0, TRUE)
    (n,) = about.norms
    play = Play((n.norm.id,), Binds(n.norm.id, 0))
    shown = bound(about, play, ())
    assert isinstance(shown, BoundEncounter)
    given_up = Unknown("it was too hard")
    monkeypatch.setattr(Solver, "ask", lambda *_: given_up)
    assert list(missed(about, play, shown.episode)) == [given_up]
