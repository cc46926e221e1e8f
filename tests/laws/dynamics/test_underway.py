"""Laws about traps with messages under way, and about who sends late: nobody knows how long a message takes.

Each trap told is one by the evaluator, and each one that trying finds is told, with every smallest set of duties.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, pairwise, product

from hypothesis import example, given
from hypothesis import strategies as st

from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem
from cbm.core.sorts import FLAG
from cbm.core.variables import NO_CHANNEL, ActInstance, Variable, Wait, moment_flag, time_of_act, time_of_moment
from cbm.dynamics.trap_search import Trap
from cbm.dynamics.traps import late_messages, traps, with_room
from cbm.evaluate.complete_episode import CompleteEpisode, Doing, Value
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.possible_episodes import variables
from cbm.evaluate.what_binds import binding
from cbm.inquiry import inquire
from cbm.wording.variable_names import variable_name
from tests.laws.sparing import sparingly
from tests.laws.timed import HOUR, VOCABULARY, system_of

FEWER = sparingly(7)
CHANNELS = """\
channel line between A, B for telling operational from 2020-01-01
  delay "waiting" 0 min to 2 h
channel telex between A, B for telling operational from 2020-01-01
  delay "setting up" 30 min to 30 min
"""
HALF = HOUR / 2
DELAY = Wait("line", 0, FLAG)
Times = tuple[Fraction | None, Fraction | None]  # of the contact, and of the question of the other


@dataclass(frozen=True)
class Message:
    """A report as it is sent."""

    through: str | None
    sent: Fraction

    def __hash__(self) -> int:
        return self._digest

    @cached_property
    def _digest(self) -> int:
        return hash((self.through, self.sent))

    def arrives(self, delay: Fraction) -> Fraction:
        return self.sent + {None: Fraction(0), "line": delay, "telex": HALF, "call": Fraction(0)}[self.through]


@dataclass(frozen=True)
class Seen:
    """One situation, and of each report whether it would fulfil a duty that binds there, or breach a prohibition."""

    times: Times
    delay: Fraction
    fulfilling: dict[NormId, frozenset[Message]]
    forbidding: dict[NormId, frozenset[Message]]

    @property
    def binding(self) -> frozenset[NormId]:
        return frozenset((*self.fulfilling, *self.forbidding))

    @cached_property
    def forbidden(self) -> frozenset[Message]:
        return frozenset().union(*self.forbidding.values())

    def complied_with(self, done: frozenset[Message], later: frozenset[Message], norms: Iterable[NormId]) -> bool:
        """Whether these norms can be complied with by what was done and some of what can be done later."""
        bans = [self.forbidding[n] for n in norms if n in self.forbidding]
        allowed = later.difference(*bans)
        duties = (self.fulfilling[n] for n in norms if n in self.fulfilling)
        return not any(ban & done for ban in bans) and all(duty & done or duty & allowed for duty in duties)


def seen(system: NormSystem, values: dict[Variable, Value], times: Times, reports: Iterable[Message]) -> Seen:
    contact, asked = times
    delay = values[DELAY]
    assert isinstance(delay, Fraction)
    here = {**values, moment_flag("contact"): contact is not None}
    here[time_of_moment("contact")] = contact or Fraction(0)
    others = frozenset() if asked is None else frozenset({Doing("ask", 1, at=asked)})
    world = CompleteEpisode(here, others)
    done = {m: Doing("report", 0, at=m.arrives(delay), through=m.through, sent=m.sent) for m in reports}
    worlds = {m: CompleteEpisode(here, others | {doing}) for m, doing in done.items()}
    bound = [n for n in system.norms.values() if binding(n.id, 0, world, system)]
    duties = [n for n in bound if not fulfilled(n, 0, world, system)]
    fulfilling = {n.id: frozenset(m for m, w in worlds.items() if fulfilled(n, 0, w, system)) for n in duties}
    bans = [n for n in bound if n not in duties]
    forbidding = {n.id: frozenset(m for m, w in worlds.items() if not fulfilled(n, 0, w, system)) for n in bans}
    return Seen(times, delay, fulfilling, forbidding)


@st.composite
def drafts(draw: st.DrawFn) -> str:
    """A draft of two or three clauses that ask for reports at some time, through something, or forbid them."""
    clauses = [draw(_clauses(label)) for label in range(1, draw(st.integers(2, 3)) + 1)]
    return "\n".join([f"{VOCABULARY}{CHANNELS}draft code", "  uses sea", *clauses, ""])


@st.composite
def _clauses(draw: st.DrawFn, label: int) -> str:
    modal = draw(st.sampled_from(("must", "must", "must not")))
    point, length = draw(st.sampled_from(("contact", "other.ask"))), draw(st.sampled_from(("1 h", "2 h", "3 h")))
    kinds = (f"within {length} after", f"within {length} after", f"at least {length} after", "not before")
    through = draw(st.sampled_from(("", " through line", " through line", " through line, telex")))
    conditions = ("", "", "when contact occurs ", "when other.ask is after contact ", "when other.ask ")
    when = draw(st.sampled_from(conditions))
    return f"clause {label} every unit {when}{modal} report {draw(st.sampled_from(kinds))} {point}{through}"


def ways(text: str) -> list[str | None]:
    """Reports go through what some clause names for them, or are done at once."""
    named = (
        name for name in ("line", "telex", "call") if re.search(rf"(report .*through|falls back to).* {name}\b", text)
    )
    return [None, *named]


def plain(system: NormSystem, delay: Fraction) -> dict[Variable, Value]:
    """Two parties, and how long messages take; nothing else matters."""
    values = {v: False if v.sort == FLAG else Fraction(0) for v in variables(system)}
    parties: dict[Variable, Value] = {v: "AB"[v.role or 0] for v in values if variable_name(v) == "party"}
    return {**values, **parties, DELAY: delay, Wait("telex", 0, FLAG): HALF}


def alike(here: Seen, there: Seen, cut: Fraction, done: Iterable[Message]) -> bool:
    """The same before the cut, if this is done before it: also how long it takes, if anything has come through."""
    before = [[at if at is not None and at < cut else None for at in one.times] for one in (here, there)]
    return before[0] == before[1] and not tells_apart(here, there, cut, done)


def tells_apart(here: Seen, there: Seen, cut: Fraction, done: Iterable[Message]) -> bool:
    """Whether some of this has come through before the cut in one of them alone."""
    if here.delay == there.delay:
        return False
    sooner = min(here.delay, there.delay)
    return any(m.through == "line" and m.sent + sooner < cut for m in done)


def chosen(
    here: Seen, there: Seen, cut: Fraction, earlier: frozenset[Message], later: frozenset[Message]
) -> Iterator[frozenset[Message]]:
    """What may have been done before the cut that may leave no way to comply here from then on."""
    before = frozenset(m for m in earlier if not tells_apart(here, there, cut, (m,)))
    breaches = sorted(before & here.forbidden, key=lambda m: (m.sent, str(m.through)))
    yield from (frozenset({m}) for m in (*breaches[:1], *breaches[-1:]))
    for duty in here.fulfilling.values():
        if not duty & later - here.forbidden:
            yield before - duty - here.forbidden
            yield before - duty - here.forbidden - there.forbidden


def aside_in(reports: frozenset[Message]) -> Callable[[Seen, frozenset[NormId]], frozenset[NormId]]:
    """Tells of a situation what clashes there with some of these duties, and is not asked for."""
    clashing: dict[int, list[frozenset[NormId]]] = {}

    def aside(there: Seen, norms: frozenset[NormId]) -> frozenset[NormId]:
        if id(there) not in clashing:
            clashing[id(there)] = smallest(there, frozenset(), reports)
        return frozenset().union(*(known for known in clashing[id(there)] if known & norms)) - norms

    return aside


def smallest(here: Seen, done: frozenset[Message], later: frozenset[Message]) -> list[frozenset[NormId]]:
    """The smallest sets of duties that cannot be complied with any more."""
    found: list[frozenset[NormId]] = []
    for size in range(1, len(here.binding) + 1):
        for some in map(frozenset, combinations(sorted(here.binding), size)):
            if not any(known <= some for known in found) and not here.complied_with(done, later, some):
                found.append(some)
    return found


LATE = f"""{VOCABULARY}{CHANNELS}\
draft code
  uses sea
clause 1 every unit must report within 2 h after contact through line
clause 2 every unit must not report within 3 h after other.ask
"""
FALLBACK = f"""{VOCABULARY}{CHANNELS}\
draft code
  uses sea
clause 1 every unit must report within 1 h after contact through line, telex
clause 2 every unit must not report not before other.ask through line
"""


# Who waits for consent is too late for the telex; what clashes with waiting does not hide that.
HIDDEN = f"""{VOCABULARY}{CHANNELS}\
channel call between A, B for telling operational from 2020-01-01
  prior consent ask
  falls back to telex
draft code
  uses sea
clause 1 every unit must report within 30 min after contact through call
clause 2 every unit must not report through call
"""

# What the other does at some time, whenever that is, asks for what may come too late.
ASKED_SOME_TIME = f"""{VOCABULARY}{CHANNELS}\
draft code
  uses sea
clause 1 every unit must report within 1 h after contact through line
clause 2 every unit when other.ask must report within 1 h after contact through line
"""


@FEWER
@example(ASKED_SOME_TIME)
@example(LATE)
@example(FALLBACK)
@example(HIDDEN)
@given(drafts())
def test_what_is_told_traps_and_what_traps_when_tried_is_told(text: str) -> None:
    system = system_of(text)
    inquiry = inquire(system)
    about, clashes = with_room(inquiry, 0), inquiry.clashes
    trapped = [t for t in traps(about, clashes) if isinstance(t, Trap)]
    late = [t for t in late_messages(about, clashes) if isinstance(t, Trap)]
    sets = [frozenset(n.norm.id for n in t.norms) for t in (*trapped, *late)]
    assert len(sets) == len(set(sets))
    for trap in trapped:
        compare_told(text, system, trap, takes_longer=False)
    for trap in late:
        compare_told(text, system, trap, takes_longer=True)
    compare_tried(text, system, sets[: len(trapped)], sets)


def compare_tried(
    text: str, system: NormSystem, told: Sequence[frozenset[NormId]], late: Sequence[frozenset[NormId]]
) -> None:
    """What traps is told; what does so where a message takes longer, as late at least."""
    reports = frozenset(Message(through, n * HALF) for through in ways(text) for n in range(-5, 13))
    points = product((None, Fraction(0)), (None, Fraction(0), HALF, 2 * HOUR), (Fraction(0), HALF, HOUR, 2 * HOUR))
    known = [seen(system, plain(system, delay), (contact, asked), reports) for contact, asked, delay in points]
    possible = [s for s in known if s.complied_with(frozenset(), reports, s.binding)]
    aside = aside_in(reports)
    tried: set[tuple[int, Fraction, frozenset[Message]]] = set()
    for cut in (n * HALF for n in range(-1, 9)):
        later = frozenset(m for m in reports if m.sent >= cut)
        for (number, here), there in product(enumerate(possible), known):
            longer = here.delay != there.delay
            if here is there or (longer and here.times != there.times) or not alike(here, there, cut, ()):
                continue
            for done in chosen(here, there, cut, reports - later, later):
                if (number, cut, done) not in tried:
                    for some in smallest(here, done, later):
                        if there.complied_with(done, later, there.binding - aside(there, some)):
                            tried.add((number, cut, done))
                            place = (
                                some,
                                here.times,
                                here.delay,
                                there.times,
                                there.delay,
                                cut,
                                sorted(map(str, done)),
                            )
                            assert some in (late if longer else told), place


def compare_told(text: str, system: NormSystem, trap: Trap, *, takes_longer: bool) -> None:
    assert isinstance(trap.cut, Fraction)
    done = frozenset(done_before(trap))
    delays = [Fraction(str(point.get(DELAY, 0))) for point in (trap.here, trap.there)]
    moments = [at for point in (trap.here, trap.there) for at in times_of(point, trap.cut) if at is not None]
    ends = {
        at + n * HOUR - d for at in (*moments, trap.cut) for n in range(-1, 5) for d in (*delays, HALF, Fraction(0))
    }
    sendings = sorted({*ends, *(m.sent for m in done), trap.cut})
    sendings += [(a + b) / 2 for a, b in pairwise(sendings)]
    reports = frozenset(Message(through, sent) for through in ways(text) for sent in sendings)
    here = seen(system, plain(system, delays[0]), times_of(trap.here, trap.cut), reports)
    there = seen(system, plain(system, delays[1]), times_of(trap.there, trap.cut), reports)
    past, later = (
        frozenset(m for m in some if (m.sent < trap.cut) == early) for some, early in ((done, True), (reports, False))
    )
    norms = frozenset(n.norm.id for n in trap.norms)
    assert alike(here, there, trap.cut, past)
    assert here.times == there.times if takes_longer else here.delay == there.delay
    assert here.complied_with(frozenset(), reports, here.binding)
    left = frozenset(n.norm.id for n in trap.aside)
    assert left <= aside_in(reports)(there, norms)
    assert there.complied_with(done, frozenset(), there.binding - left)
    assert norms in smallest(here, past, later)


def times_of(point: Mapping[Variable, Value], whenever: Fraction) -> Times:
    """When the two come; `whenever` is for an act of the other of which no time is told."""
    contact = point.get(time_of_moment("contact")) if point.get(moment_flag("contact")) else None
    asked = point.get(time_of_act("ask", 1), whenever) if point.get(ActInstance("ask", 1).performed) else None
    assert contact is None or isinstance(contact, Fraction)
    assert asked is None or isinstance(asked, Fraction)
    return contact, asked


def done_before(trap: Trap) -> Iterator[Message]:
    """The reports of the conduct that complied elsewhere."""
    channels = trap.about.system.channels
    for room in trap.rooms:
        for doing in room.earlier if room.earlier[0].act == "report" else ():
            if trap.before[doing.performed] is True:
                known = (doing.through(channels), doing.at, doing.sent)
                through, at, sent = (trap.before.get(v) for v in known)
                direct = through in (NO_CHANNEL, None)
                begun = at if direct else sent
                assert isinstance(begun, Fraction)
                yield Message(None if direct else str(through), begun)
