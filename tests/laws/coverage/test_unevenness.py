"""Acts that are barred in some types of encounter and passed over in others, against enumeration."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from hypothesis import example, given
from hypothesis import strategies as st

from cbm.core.expressions import NormId, disjunction
from cbm.core.matters import Matter, Settled, bars_outright, concerns
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem, Strength
from cbm.coverage.governance import between_parties, decided, types_with
from cbm.coverage.types.axes import dividers
from cbm.coverage.unevenness import UnevenAct, but_for_exceptions, owed_on, uneven_acts
from cbm.ground.grounding import ground
from cbm.records import replace
from cbm.smt.solve import Unknown, sharing
from cbm.syntax.taking import with_taken
from tests.laws.bracketed import WORLD, document, packages, understood
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
            with sharing():
                real = decided(types_with(about, dividers(about), between_parties(about, promises[0].document)))
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


_BANS = st.sampled_from(("own.craft is ship", "own.craft is plane", "fog", "own.craft is ship [A: and fog]"))
_WHEN = st.sampled_from(("own.craft is plane", "own.craft is ship", "fog", "not fog", "own.craft is plane and fog"))
_ALL_TYPES = (
    f"{WORLD}clause 4 every unit when own.craft is ship and fog must shoot\n"  # each is told apart in each text
)
_BY_PACKAGE = f"""{_ALL_TYPES}clause 1 every unit when own.craft is ship must not lamp
clause 2 every unit when own.craft is plane [d A: and fog | B: and not fog] must call
covers signals in every type of encounter
"""


@st.composite
def _uneven_by_package(draw: st.DrawFn) -> str:
    one, other = draw(st.lists(_WHEN, min_size=2, max_size=2, unique=True))
    lines = [
        f"clause 1 every unit when {draw(_BANS)} must not lamp",
        f"clause 2 every unit when [d A: {one} | B: {other}] must call",
        f"[e A: clause 3 every unit when {draw(_WHEN)} must {draw(st.sampled_from(('call', 'lamp')))} | B: delete]",
    ]
    return f"{_ALL_TYPES}options e one of A, B\n" + "\n".join(lines) + "\ncovers signals in every type of encounter\n"


@given(_uneven_by_package())
@example(_BY_PACKAGE)
@sparingly(5)
def test_each_package_is_told_once_types_that_are_passed_over_in_its_text(text: str) -> None:
    draft, system = document(text), understood(text)
    negotiation, whole = Negotiation(system), _uneven_in(system)
    for taken in packages(draft):
        alone = understood(with_taken(text, draft, taken))
        told = [one for one in whole if _is_on(negotiation, one, taken)]
        assert [one.act for one in told] == [one.act for one in _uneven_in(alone)], taken
        assert all(set(one.box.types) <= _passed_over_in(alone, one.act) for one in told), taken


def _uneven_in(system: NormSystem) -> list[UnevenAct]:
    about, (promise,) = ground(system, 0), system.coverage
    with sharing():
        real = decided(types_with(about, dividers(about), between_parties(about, promise.document)))
        return list(uneven_acts(about, (promise,), "signals", real))


def _passed_over_in(system: NormSystem, act: str) -> Cells:
    """The types in which something is said on the topic, and nothing of the act."""
    about = ground(system, 0)
    owed = owed_on(about, system.coverage, "signals")

    def types(matter: Matter) -> Cells:
        return set(decided(types_with(about, dividers(about), but_for_exceptions(about, matter, owed))))

    with sharing():
        return types("signals") - types(Settled(act))


def _is_on(negotiation: Negotiation, one: UnevenAct, taken: dict[int, int]) -> bool:
    assert not isinstance(one.on, Unknown)
    numbers = [[option.number for option in choice.options] for choice in negotiation.choices]
    boxes = ({},) if one.on is None or one.on.every else negotiation.boxes(one.on.formula)
    return any(all(box >> numbers[n].index(taken[n]) & 1 for n, box in one_of.items()) for one_of in boxes)
