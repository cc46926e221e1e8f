"""Laws: what trying all calls a settled conflict is told, and replays: its clauses bind and cannot all be kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import assume, given

from cbm.core.dependence.cyclic_dependence import find_cycles
from cbm.core.expressions import TRUE, NormId
from cbm.core.norms import NormSystem, Precedence, Strength
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding
from cbm.given_situations.settled_conflicts import settled_conflicts
from cbm.search.replay import Episode
from cbm.smt.solve import sharing
from tests.laws.checked import is_empty
from tests.laws.dressed import dressed
from tests.laws.enumerate import clashes, suspended
from tests.laws.episodes import Encounter, Side
from tests.laws.situated import agrees, encountered, world_given
from tests.laws.sparing import sparingly
from tests.laws.systems import systems
from tests.laws.tiny import DRAFT, NIGHT, PACT, clause, distress, does, must, must_not, system, yields


@given(systems())
@sparingly(2)
def test_what_is_settled_is_told_and_replays(of: NormSystem) -> None:
    assume(of.precedences and not is_empty(of))
    assume(not any(find_cycles(dressed(of))))
    assert_as_enumerated(of)


def assert_as_enumerated(of: NormSystem) -> None:
    world = world_given(of, 0, TRUE)
    with sharing():
        found = list(settled_conflicts(world))
    told = {(frozenset(one.settlement.clash.takes_part), one.settlement.edge) for one in found}
    situations = encountered(Side(of, 0), TRUE)
    here = [(one, list(settled(one.side, one.encounter))) for one in situations]
    assert all(any(norms <= members and edge == by for members, by in told) for _, some in here for norms, edge in some)
    for one in found:
        clash, edge = one.settlement.clash, one.settlement.edge
        sets = {frozenset(norms) for norms in product(*clash.choices)}
        agrees(one.where, [(at, any(norms in sets and by == edge for norms, by in some)) for at, some in here])
    for one in found:
        assert isinstance(one.shown, Episode)
        seen = one.shown.world
        assert set(one.norms) <= set(one.settlement.clash.takes_part)
        if all(binding(norm, 0, seen, of) for norm in one.norms):
            assert not all(fulfilled(of.norms[norm], 0, seen, of) for norm in one.norms)


def settled(side: Side, encounter: Encounter) -> Iterator[tuple[frozenset[NormId], Precedence]]:
    """The clashes of the draft in the situation, each with an edge by which some norm of it yields there."""
    of = side.system
    for advised in (False, True):
        lifted = suspended(side, encounter, advised)
        for norms in clashes(side, encounter, advised):
            advice = frozenset(norm for norm in norms if of.norms[norm].strength is Strength.SHOULD)
            if bool(advice) is not advised or not any(norm.document == DRAFT for norm in norms):
                continue
            for edge in of.precedences:
                lower = edge.yielding & norms & (advice or norms)
                if lower and edge.prevailing & norms - lifted:
                    yield norms, edge


def test_a_settled_conflict_by_hand() -> None:
    of = system(
        must("1", does("hold"), NIGHT), must_not("2", does("hold")), precedences=[yields([clause("1")], [clause("2")])]
    )
    assert_as_enumerated(of)
    (one,) = settled_conflicts(world_given(of, 0, TRUE))
    assert one.complied
    assert set(one.norms) == {clause("1"), clause("2")}


def test_what_yields_itself_settles_nothing_there() -> None:
    of = system(
        must("1", does("hold")),
        must_not("2", does("hold")),
        must("3", does("hold"), distress(0)),
        precedences=[yields([clause("1")], [clause("2")]), yields([clause("2")], [clause("3")])],
    )
    assert_as_enumerated(of)


def test_a_conflict_of_other_texts_is_none_of_the_draft() -> None:
    norms = (
        must("1", does("hold"), document=PACT),
        must_not("2", does("hold"), document=PACT),
        must("3", does("turn")),
    )
    of = system(*norms, precedences=[yields([clause("1", PACT)], [clause("2", PACT)])])
    assert list(settled_conflicts(world_given(of, 0, TRUE))) == []
