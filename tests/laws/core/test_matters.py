"""Laws: which clauses settle an act, against the meaning of what they ask for in every way of doing it."""

from __future__ import annotations

from itertools import product

from hypothesis import assume, given

from cbm.core.expressions import Not, Or, conjunction
from cbm.core.matters import Settled, concerns
from cbm.core.norms import Modality, Norm, NormSystem
from cbm.evaluate import holds
from tests.laws.episodes import Side
from tests.laws.grid import Deed, atoms, parts
from tests.laws.systems import systems
from tests.laws.tiny import does, may, must, must_not

HOLD, REPORT = Settled("hold"), Settled("report")


def test_which_clauses_settle_an_act() -> None:
    def settles(norm: Norm, matter: Settled = HOLD) -> bool:
        return concerns(norm, matter)

    assert settles(must("1", does("hold")))
    assert settles(must_not("1", does("hold")))
    assert settles(may("1", does("hold")))
    assert not settles(must("1", does("turn")))
    assert not settles(must("1", does("hold", 1)))
    assert settles(must("1", conjunction(does("hold"), does("turn"))))
    assert not settles(must("1", Or((does("hold"), does("turn")))))
    assert settles(may("1", Or((does("hold"), does("turn")))))
    assert settles(must("1", does("report", 0, "nature")), REPORT)
    assert not settles(must_not("1", does("report", 0, "nature")), REPORT)
    assert not settles(must("1", Not(does("hold"))))  # no clause is written so: its modality says what it does


@given(systems())
def test_a_duty_settles_an_act_that_whoever_keeps_it_does_or_never_does(system: NormSystem) -> None:
    side = Side(system, 0)
    for norm in side.norms.values():
        about = sorted(parts(atoms(norm.content, 0, system)), key=side.parts.index)
        for act in {part.act for part in about if isinstance(part, Deed)} if norm.demands else ():
            options = [
                range(len(o)) if part in about else (0,) for part, o in zip(side.parts, side.choices, strict=True)
            ]
            kept = [w for w in map(side.world, product(*options)) if holds(norm.content, w, system)]
            assume(kept)
            done = {any((d.act, d.role) == (act, 0) for d in world.doings) for world in kept}
            wanted = norm.modality is Modality.OBLIGATION
            assert concerns(norm, Settled(act)) == (done == {wanted})
