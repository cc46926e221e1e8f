"""Acts that are barred in some types of encounter and passed over in others, against enumeration."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from hypothesis import given

from cbm.core.expressions import NormId, disjunction
from cbm.core.matters import Matter, Settled, bars_outright, concerns
from cbm.core.norms import NormSystem, Strength
from cbm.coverage.governance import decided, parties_of, types_with
from cbm.coverage.types.axes import dividers
from cbm.coverage.unevenness import uneven_acts
from cbm.records import replace
from tests.laws.enumerate import Outcome, outcomes
from tests.laws.episodes import Side
from tests.laws.promises import is_excepted
from tests.laws.promising import named, promised, promising
from tests.laws.sparing import sparingly

Cells = set[tuple[str, ...]]


@given(promising())
@sparingly(2)
def test_an_act_is_uneven_where_it_is_barred_in_one_type_and_passed_over_in_another(system: NormSystem) -> None:
    topics = replace(system, coverage=tuple(replace(promise, acts=()) for promise in system.coverage))
    known = promised(topics)
    if known is None:
        return
    for about in known.inquiry.strict:
        side = Side(known.system, about.bearer)
        promises = known.inquiry.system.coverage
        for topic in dict.fromkeys(topic for promise in promises for topic in promise.topics):
            real = decided(types_with(about, dividers(about), parties_of(about, promises[0])))
            told = {one.act: set(one.box.types) for one in uneven_acts(about, promises, topic, real)}
            expected = dict(passed_over(side, topic))
            assert told.keys() == expected.keys()
            assert all(told[act] <= expected[act] for act in told)


def passed_over(side: Side, topic: str) -> Iterator[tuple[str, Cells]]:
    """The acts of the topic of which it is so, with the types in which they are passed over."""
    system = side.system
    said = met_in(side, topic, topic)
    for act in system.acts.values():
        bans = frozenset(
            norm.id
            for norm in side.norms.values()
            if norm.id.document == system.subject
            and norm.strength is Strength.MUST
            and act.topic == topic
            and bars_outright(norm, act.name)
        )
        silent = said - met_in(side, topic, Settled(act.name))
        if silent and met_in(side, topic, Settled(act.name), bans):
            yield act.name, silent


def met_in(side: Side, topic: str, matter: Matter, among: frozenset[NormId] | None = None) -> Cells:
    """The types in which some norm on the matter (of these only) binds somewhere, or would but for exceptions."""
    system = side.system
    spoken_of = side.condition(
        disjunction(*(promise.condition for promise in system.coverage if topic in promise.topics)), side.view
    )
    found: Cells = set()
    for _, done in groupby(outcomes(side), key=lambda outcome: id(outcome.encounter)):
        here = [outcome for outcome in done if spoken_of(outcome.conduct.choice)]
        if here and any(_binds(side, matter, here, norm) for norm in side.norms if among is None or norm in among):
            found.add(tuple(named(here[0].encounter.world.values[axis]) for axis in side.axes))
    return found


def _binds(side: Side, matter: Matter, here: list[Outcome], norm: NormId) -> bool:
    if not concerns(side.norms[norm], matter):
        return False
    return any(norm in outcome.standing for outcome in here) or is_excepted(side, matter, here, only=norm)
