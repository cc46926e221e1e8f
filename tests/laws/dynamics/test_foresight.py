"""Law: what is known beforehand, and by whom, decides what traps, as trying every pair of situations finds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise, product

from hypothesis import example, given

from cbm.core.expressions import NormId
from cbm.core.sorts import FLAG
from cbm.core.substitution import Value
from cbm.core.variables import NO_CHANNEL, ActInstance, Attribute, Occurrence, Occurs, TimeOf, Variable, Wait
from cbm.dynamics.trap_search import Trap
from cbm.dynamics.traps import late_messages, traps, with_room
from cbm.inquiry import inquire
from cbm.search.open_questions import Undecided
from tests.laws.foreseen import (
    HALF,
    MOMENTS,
    QUARTER,
    TEN,
    Counted,
    Draft,
    Found,
    Message,
    Messages,
    Times,
    World,
    drafted,
    drafts,
)
from tests.laws.sparing import sparingly
from tests.laws.timed import HOUR

Norms = frozenset[NormId]
# Hours of a channel lie before the silence and after it: nobody knows of it beforehand.
BESIDE_HOURS = drafted(
    "every unit must report within 2 h after contact",
    "every unit when silence is after contact must not report within 2 h after silence",
    "every unit must report at least 2 h after silence through desk",
)
# What B owes before the silence tells A nothing of it.
OWED_BY_THE_OTHER = drafted(
    "A must report within 2 h after contact",
    "A when silence is after contact must not report within 2 h after silence",
    "B must ask at least 1 h before silence",
    counted=(Counted("B", frozenset({"silence"}), bars=False),),
)
# What A is barred from until the silence tells B nothing of it.
BARRED_TO_THE_OTHER = drafted(
    "A must not ask until silence",
    "B when not silence occurs must report within 2 h after contact",
    counted=(Counted("A", frozenset({"silence"}), bars=True),),
)
# What B does at some time, whenever that is, leaves A free: no time is told of it.
DONE_AT_ANY_TIME = drafted(
    "every unit when not other.report must report within 1 h after contact through desk",
    "every unit must report within 1 h after contact through line",
    points=("contact", "other.report"),
)

# What was reported before plays no part, and came through the desk when it can.
REPORTED_IN_VAIN = drafted(
    "every unit when own.party is B must report from other.ask until silence from contact until silence through telex",
    "A when other.ask is after silence"
    " must report at least 2 h before other.ask at least 2 h after silence through desk",
    "every unit when own.party is B"
    " must not report at least 2 h before other.ask at least 2 h after silence through line",
    points=("contact", "silence", "other.ask"),
    counted=(
        Counted("B", frozenset({"silence"}), bars=False),
        Counted("A", frozenset(), bars=False),
        Counted("B", frozenset(), bars=True),
    ),
)


@sparingly(14)
@example(REPORTED_IN_VAIN)
@example(DONE_AT_ANY_TIME)
@example(BESIDE_HOURS)
@example(OWED_BY_THE_OTHER)
@example(BARRED_TO_THE_OTHER)
@given(drafts())
def test_what_is_told_traps_and_what_traps_when_tried_is_told(draft: Draft) -> None:
    world = World(draft)
    inquiry = inquire(world.system)
    about, clashes = with_room(inquiry, 0), inquiry.clashes
    trapped, late = list(traps(about, clashes)), list(late_messages(about, clashes))
    for one in (*trapped, *late):
        if isinstance(one, Trap):
            compare_told(world, one, takes_longer=one in late)
    compare_tried(world, trapped, [*trapped, *late])


def alike(draft: Draft, here: Found, there: Found, cut: Fraction) -> bool:
    """The same before the cut, and all that is known beforehand by who is bound."""
    if here.party != there.party:
        return False
    foreseen, certain = (draft.known(here.party, bars=bars) for bars in (False, True))
    for point, one, other in zip(draft.points, here.times, there.times, strict=True):
        if point in foreseen and one != other:
            return False
        if point in certain and (one is None) is not (other is None):
            return False
        if one != other and any(at is not None and at < cut for at in (one, other)):
            return False
    return True


def tells_apart(here: Found, there: Found, cut: Fraction, done: Iterable[Message]) -> bool:
    """Whether some of this has come through before the cut in one of them alone."""
    sooner = min(here.wait, there.wait)
    return here.wait != there.wait and any(m.through == "line" and m.sent + sooner < cut for m in done)


def compare_tried(world: World, trapped: Iterable[Trap | Undecided], late: Iterable[Trap | Undecided]) -> None:
    """What traps is told; what does so where a message takes longer, as late at least."""
    told, told_late = (
        (
            {_norms(one) for one in some if isinstance(one, Trap)},
            [set(o.norms) for o in some if isinstance(o, Undecided)],
        )
        for some in (list(trapped), list(late))
    )
    messages = world.messages(n * QUARTER for n in range(-21, 22))
    known = [world.found(*situation, messages) for situation in world.situations()]
    tried: set[object] = set()
    for act in ("report", "ask"):
        norms = [n.id for n in world.norms if f" {act} " in f"{world.clause(n.id)} "]
        some_messages = frozenset(m for m in messages if m.act == act)
        possible = {id(s) for s in known if s.complied_with(frozenset(), some_messages, s.binding.intersection(norms))}
        clashing = {id(s): s.smallest(frozenset(), some_messages, norms) for s in known}
        for cut in (n * HALF for n in range(-2, 7)):
            later = frozenset(m for m in some_messages if m.sent >= cut)
            earlier = frozenset(m for m in some_messages - later if not m.closes(cut))
            for here, there in _pairs(world.draft, known, cut):
                if id(here) not in possible:
                    continue
                longer = here.wait != there.wait
                for done in chosen(here, there, cut, earlier, later, norms):
                    key = (id(here), cut, done, longer)
                    for some in () if key in tried else here.smallest(done, later, norms):
                        clash = (known for known in clashing[id(there)] if known & some)
                        aside = frozenset().union(*clash) - some
                        if there.complied_with(done, later, there.binding.intersection(norms) - aside):
                            tried.add(key)
                            sets, undecided = told_late if longer else told
                            place = (some, here.party, here.times, here.wait, there.times, there.wait, cut)
                            assert some in sets or any(some <= left for left in undecided), (
                                *place,
                                sorted(map(str, done))[:9],
                            )


def _pairs(draft: Draft, known: list[Found], cut: Fraction) -> Iterator[tuple[Found, Found]]:
    """Those that are alike up to the cut, and differ in what happens or in how long messages take."""
    for here, there in product(known, known):
        if (here.wait == there.wait) is not (here.times == there.times) and alike(draft, here, there, cut):
            yield here, there


def chosen(
    here: Found, there: Found, cut: Fraction, earlier: Messages, later: Messages, norms: Iterable[NormId]
) -> Iterator[Messages]:
    """What may have been done before the cut that may leave no way to comply here from then on."""
    before = frozenset(m for m in earlier if not tells_apart(here, there, cut, (m,)))
    breaches = sorted(before & here.forbidden, key=lambda m: (m.sent, str(m.through)))
    yield from (frozenset({m}) for m in (*breaches[:1], *breaches[-1:]))
    for norm in norms:
        duty = here.fulfilling.get(norm)
        if duty is not None and not duty & later - here.forbidden:
            yield before - duty - here.forbidden
            yield before - duty - here.forbidden - there.forbidden


def compare_told(world: World, trap: Trap, *, takes_longer: bool) -> None:
    assert isinstance(trap.cut, Fraction)
    cut = trap.cut - TEN
    done = frozenset(_done_before(trap))
    waits = [Fraction(str(point.get(Wait("line", 0, FLAG), 0))) for point in (trap.here, trap.there)]
    times = [_times(world.draft, point) for point in (trap.here, trap.there)]
    ends = {
        at + n * HOUR - d
        for at in (*times[0], *times[1], cut)
        if at is not None
        for n in range(-4, 5)
        for d in (*waits, HALF, Fraction(0))
    }
    sendings = sorted({*ends, *(m.sent for m in done), cut})
    sendings += [(a + b) / 2 for a, b in pairwise(sendings)]
    messages = world.messages(sendings) | done
    party = str(trap.here[Attribute("party", 0, FLAG)]) if Attribute("party", 0, FLAG) in trap.here else "A"
    here, there = (world.found(party, when, wait, messages) for when, wait in zip(times, waits, strict=True))
    past = frozenset(m for m in done if m.sent < cut)
    later = frozenset(m for m in messages if m.sent >= cut)
    norms, group = _norms(trap), [n.norm.id for n in trap.duties]
    assert alike(world.draft, here, there, cut)
    assert not tells_apart(here, there, cut, past)
    assert here.times == there.times if takes_longer else here.wait == there.wait
    assert here.complied_with(frozenset(), messages, here.binding.intersection(group))
    left = frozenset(n.norm.id for n in trap.aside)
    clash = (some for some in there.smallest(frozenset(), messages, group) if some & norms)
    assert left <= frozenset().union(*clash) - norms
    assert there.complied_with(done, frozenset(), there.binding.intersection(group) - left)
    assert norms in here.smallest(past, later, group)


def _norms(trap: Trap) -> Norms:
    return frozenset(n.norm.id for n in trap.norms)


def _times(draft: Draft, point: Mapping[Variable, Value]) -> Times:
    """When the points of the draft come, by what was found."""
    found: list[Fraction | None] = []
    for name in draft.points:
        done = ActInstance(name.removeprefix("other."), 1)
        moment = Occurs(Occurrence(name)), TimeOf(Occurrence(name))
        flag, at = moment if name in MOMENTS else (done.performed, done.at)
        time = point.get(at, Fraction(0)) if point.get(flag) else None  # any, where none is told
        found.append(time - TEN if isinstance(time, Fraction) else None)
    return tuple(found)


def _done_before(trap: Trap) -> Iterator[Message]:
    """The conduct that complied elsewhere."""
    channels = trap.about.system.channels
    for room in trap.rooms:
        for doing in room.earlier:
            if trap.before[doing.performed] is True:
                through, at, sent = (trap.before.get(v) for v in (doing.through(channels), doing.at, doing.sent))
                direct = through in (NO_CHANNEL, None)
                begun = at if direct else sent
                assert isinstance(begun, Fraction)
                yield Message(doing.act, None if direct else str(through), begun - TEN)
