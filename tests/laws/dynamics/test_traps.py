"""Laws about traps: each one told is one by the evaluator, and each one that trying finds is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise, product

from hypothesis import assume, example, given

from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem
from cbm.core.sorts import FLAG
from cbm.core.variables import ActInstance, Occurrence, Occurs, TimeOf, Variable, moment_flag, time_of_moment
from cbm.dynamics.trap_search import Trap
from cbm.dynamics.traps import traps, with_room
from cbm.evaluate.complete_episode import CompleteEpisode, Doing, Value
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.possible_episodes import variables
from cbm.evaluate.what_binds import binding
from cbm.inquiry import inquire
from cbm.syntax.ast import Strength
from tests.laws.sparing import sparingly
from tests.laws.timed import HOUR, VOCABULARY, drafts, system_of

FEWER = sparingly(4)
CONTACT, CONTACT_AT = moment_flag("contact"), time_of_moment("contact")
TIMES = [Fraction(n, 2) * HOUR for n in range(5)]
STATED = (frozenset[str](), frozenset({"nature"}))
Times = tuple[Fraction | None, ...]  # of the contact, of the question of the other, and of the alarm if that matters


@dataclass(frozen=True)
class Seen:
    """One situation with what each report would do in it: which are allowed, and which fulfil a duty that binds."""

    times: Times
    binding: frozenset[NormId]
    allowed: frozenset[Doing]
    fulfilling: dict[NormId, frozenset[Doing]]
    forbidding: dict[NormId, frozenset[Doing]]

    @cached_property
    def forbidden(self) -> frozenset[Doing]:
        return frozenset().union(*self.forbidding.values())

    def complied_with(self, done: frozenset[Doing], later: frozenset[Doing], norms: Iterable[NormId]) -> bool:
        """Whether these norms can be complied with by what was done and some of what can be done later."""
        bans = [n for n in norms if n in self.forbidding]
        if any(self.forbidding[n] & done for n in bans):
            return False
        allowed = later.difference(*(self.forbidding[n] for n in bans))
        return all(self.fulfilling[n] & (done | allowed) for n in norms if n in self.fulfilling)


def seen(system: NormSystem, times: Times, values: dict[Variable, Value], reports: Iterable[Doing]) -> Seen:
    contact, asked = times[:2]
    here = {**values, CONTACT: contact is not None, CONTACT_AT: contact or Fraction(0)}
    others = frozenset() if asked is None else frozenset({Doing("ask", 1, at=asked)})
    world = CompleteEpisode(here, others)
    bound = [n for n in system.norms.values() if n.strength is Strength.MUST and binding(n.id, 0, world, system)]
    worlds = {report: CompleteEpisode(here, others | {report}) for report in reports}
    duties = [n for n in bound if not fulfilled(n, 0, world, system)]
    fulfilling = {n.id: frozenset(r for r, w in worlds.items() if fulfilled(n, 0, w, system)) for n in duties}
    bans = [n for n in bound if n not in duties]
    forbidding = {n.id: frozenset(r for r, w in worlds.items() if not fulfilled(n, 0, w, system)) for n in bans}
    allowed = frozenset(worlds).difference(*forbidding.values())
    return Seen(times, frozenset(n.id for n in bound), allowed, fulfilling, forbidding)


def reports_at(times: Iterable[Fraction]) -> list[Doing]:
    return [Doing("report", 0, stated, at) for at in times for stated in STATED]


def plain(system: NormSystem) -> dict[Variable, Value]:
    """Everything but times: two parties, and distances of nothing."""
    return {
        v: "AB"[v.role or 0] if system.situation.tells_party(v) else False if v.sort == FLAG else Fraction(0)
        for v in variables(system)
    }


def alike(one: Times, other: Times, cut: Fraction, text: str) -> bool:
    """The same before the cut, which lies at something that happens in one of them, and in all that is foreseen."""
    foreseen, certain = counted_on(text)
    if (foreseen and one[0] != other[0]) or (certain and (one[0] is None) != (other[0] is None)):
        return False
    before = ([at if at is not None and at < cut else None for at in times] for times in (one, other))
    return next(before) == next(before) and cut in (*one, *other)


@lru_cache(maxsize=1)
def counted_on(text: str) -> tuple[bool, bool]:
    """Whether duties count on when the contact will be, and bans on whether it will."""
    tails = re.findall(r"clause \d+ .*?(must not|must|should) report(.*)", text)
    early = r"(?<!not )before contact|not later than contact|until contact"
    of_duties, of_bans = ([tail for modal, tail in tails if (modal == "must not") is ban] for ban in (False, True))
    return any(re.search(early, tail) for tail in of_duties), any(re.search(early, tail) for tail in of_bans)


def stuck(here: Seen, there: Seen, later: frozenset[Doing]) -> Iterator[frozenset[Doing]]:
    """What may have been done before a cut that leaves no way to comply by what can be done later."""
    before = there.allowed - later
    for done in (frozenset({r}) for r in before & here.forbidden):
        if there.complied_with(done, there.allowed, there.binding):
            yield done
    for ways in here.fulfilling.values():
        if not ways & here.allowed & later:
            # Everything that was done, but what fulfils the duty here.
            done = before - ways - here.forbidden
            if there.complied_with(done, there.allowed & later, there.binding):
                yield done


# Two of them, and both have to be told: neither is one where the other is.
SEVERAL = f"""{VOCABULARY}\
draft code
  uses sea
clause 1 every unit must report within 2 h after contact
clause 2 every unit when other.ask is after contact must not report within 3 h after other.ask
clause 3 every unit when contact is after other.ask must not report stating nature
clause 4 every unit when contact occurs must report within 1 h after contact stating nature
"""


@FEWER
@example(SEVERAL)
@given(drafts())
def test_what_traps_when_tried_is_told(text: str) -> None:
    system = system_of(text)
    told = [{n.norm.id for n in t.norms} for t in traps(with_room(inquire(system), 0)) if isinstance(t, Trap)]
    reports = reports_at(Fraction(n, 4) * HOUR for n in range(-14, 23))
    later_than = {cut: frozenset(r for r in reports if r.at >= cut) for cut in TIMES}
    moments = (None, *TIMES)
    known = [seen(system, times, plain(system), reports) for times in product(moments, moments)]
    possible = [s for s in known if s.complied_with(frozenset(), s.allowed, s.binding)]
    for here, there in product(possible, possible):
        for cut in {at for at in (*here.times, *there.times) if at is not None}:
            if alike(here.times, there.times, cut, text):
                later = later_than[cut]
                for done in stuck(here, there, later):
                    caught = [some for some in told if not here.complied_with(done, later, some & here.binding)]
                    assert caught, (here.times, there.times, cut, sorted(done, key=lambda r: r.at)[:3])


@FEWER
@given(drafts())
def test_what_is_told_traps(text: str) -> None:
    assume("own.report" not in text)  # what is read then depends on other moments, too
    system = system_of(text)
    for trap in traps(with_room(inquire(system), 0)):
        assert isinstance(trap, Trap)
        values = {
            **plain(system),
            **{v: x for v, x in trap.here.items() if v.role is None or system.situation.tells_party(v)},
        }
        elsewhere = {
            **values,
            **{v: x for v, x in trap.there.items() if v.role is None or system.situation.tells_party(v)},
        }
        here, there = times_of(trap.here), times_of(trap.there)
        cut = trap.cut
        assert isinstance(cut, Fraction)
        done = frozenset(done_before(trap))
        moments = [at for at in (*here, *there, cut, *(d.at for d in done)) if at is not None]
        ends = sorted({at + n * HOUR for at in moments for n in range(-4, 5)})
        later = reports_at(at for at in (*ends, *((a + b) / 2 for a, b in pairwise(ends))))
        s, other = seen(system, here, values, (*done, *later)), seen(system, there, elsewhere, (*done, *later))
        past = frozenset(r for r in done if r.at < cut)
        assert alike(here, there, cut, text)
        assert s.complied_with(frozenset(), s.allowed, s.binding)
        assert other.complied_with(done, frozenset(), other.binding)
        norms = {n.norm.id for n in trap.norms}
        left = frozenset(r for r in later if r.at >= cut)
        assert not s.complied_with(past, left, norms & s.binding)
        for norm in norms:
            assert s.complied_with(past, left, (norms - {norm}) & s.binding)


def times_of(point: Mapping[Variable, Value]) -> Times:
    alarm, asked = Occurrence("alarm"), ActInstance("ask", 1)
    known = ((CONTACT, CONTACT_AT), (asked.performed, asked.at), (Occurs(alarm), TimeOf(alarm)))
    times = [point.get(at) if point.get(flag) else None for flag, at in known]
    return tuple(at if at is None else Fraction(str(at)) for at in times)


def done_before(trap: Trap) -> Iterator[Doing]:
    """The reports of the conduct that complied elsewhere."""
    for room in trap.rooms:
        for doing in room.earlier if room.earlier[0].act == "report" else ():
            if trap.before[doing.performed] is True:
                at = trap.before[doing.at]
                assert isinstance(at, Fraction)
                stated = trap.before[doing.states("nature")] is True
                yield Doing("report", 0, frozenset({"nature"} if stated else ()), at)
