"""Duties that who sends a message late can miss, as it may take longer than was hoped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from fractions import Fraction
from functools import partial

from cbm.compliance.unavailable_options import OptionQuestion, Shut, duties_of, shut, shut_with
from cbm.core.episodes import Channel
from cbm.core.expressions import NormId
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Modality, Norm, NormSystem
from cbm.core.packages.package_boxes import Box
from cbm.core.roles import rotate
from cbm.core.substitution import Value, deeds_of, variables
from cbm.core.variables import ActInstance, Variable, Wait, WeekPlace
from cbm.dynamics.trap_parts import traps_by_part
from cbm.dynamics.trap_search import Trap
from cbm.dynamics.trap_witness import TooLate, replay_complied, replay_too_late
from cbm.dynamics.traps import CAN_BE_MISSED, IN_GOOD_TIME, AskedTrap, with_room
from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.ground.grounder import GroundNorm
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.search.open_questions import Undecided, some
from cbm.search.replay import Episode
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown, Unsat
from cbm.syntax.ast import Relation
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say, say_count
from cbm.wording.clause_names import clause_name, clause_names, content_label, unverified
from cbm.wording.condition_words import condition_words
from cbm.wording.findings.trap_words import trap_shown
from cbm.wording.reading_words import told_on
from cbm.wording.scenarios import fact_of
from cbm.wording.times.latest_sending import Latest, latest_sendings, lines_used, sent, sooner, surely_in_time
from cbm.wording.times.time_words import time_line_words

RULE = Rule(
    RuleId.LAST_MOMENT,
    Severity.NOTE,
    mark("how late a message can be sent that may take long"),
    mark("""\
Nobody knows how long a message takes before one has arrived. Who sends late, and trusts that it takes little time, can
be caught: it arrives after the deadline. The note says until when it can be sent so that it is in time whatever
happens, by the longest delays and by the hours of the channel.

It is told once for each duty. Where another clause forbids to send at that moment, the note says until when it can be
sent before that. Where not even what is sent at once is sure to be in time, or all of that time is barred,
`impossible-duty` says so, or `conflict` where one clause sets the time and another one leaves only this channel; where
an act of the unit's own starts the time, `unwritten-prohibition` does.
"""),
    failing="""\
vocabulary watch "A watch"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each party : party
moments sighting "the sighting"
topic calls
act report "reports the other unit" topic calls
channel line between CN, JP for calls operational from 2018-06-08
  delay "until it is answered" 0 min to 2 h
draft code "A code"
  uses watch
clause 1 every unit must report within 6 h after sighting through line
""",
    passing="""\
vocabulary watch "A watch"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each party : party
moments sighting "the sighting"
topic calls
act report "reports the other unit" topic calls
channel line between CN, JP for calls operational from 2018-06-08
  delay "until it is answered" 0 min to 2 h
draft code "A code"
  uses watch
clause 1 every unit must report upon sighting through line
""",
)


_ALWAYS = mark("can it always be sent at the latest moment that is sure to be in time")
_MINUTE = Fraction(60)
_LONGEST = Fraction(100 * 366 * 24 * 3600)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    """Each duty that who sends late can miss, once, with the packages on which it can be missed.

    Sets of duties of which nothing would be told are passed over; where nothing is told at all, it is asked whether
    one of these can be missed, so that the report says which question was answered.
    """
    negotiation = Negotiation(inquiry.system)
    told: dict[NormId, list[Box]] = {}  # of each duty the packages on which it is told
    left: list[Undecided] = []
    missed = False
    passed_over: dict[int, set[NormId]] = {}  # by bearer the norms of which nothing would be told

    def is_open(norm: Norm) -> bool:
        known = negotiation.space.is_everything(told.get(norm.id, ()))
        return norm.modality is Modality.OBLIGATION and not known and surely_in_time(inquiry.system, norm)

    def wanted(norms: Sequence[GroundNorm], bearer: int) -> bool:
        if any(is_open(n.norm) for n in norms):
            return True
        passed_over.setdefault(bearer, set()).update(n.norm.id for n in norms)
        return False

    def leave_open(found: Undecided) -> None:
        if found not in left:
            inquiry.undecided.append(found)
            left.append(found)
            inquiry.record(RULE.id, partial(_open, inquiry.system, found.norms), found)

    tell = partial(_late, is_open=is_open)
    for bearer in (about.bearer for about in inquiry.strict):
        late = partial(wanted, bearer=bearer)
        for boxes, found in traps_by_part(inquiry, negotiation, with_room(inquiry, bearer), tell, late=late):
            if isinstance(found, Undecided):
                leave_open(found)
                continue
            missed = True
            fresh = negotiation.space.minus(boxes, told.get(found.duty, ())) if found.finding else ()
            if found.finding and fresh:
                told.setdefault(found.duty, []).extend(fresh)
                of = AskedTrap((bearer,), tuple(n.norm.id for n in found.late.norms))
                inquiry.record(RULE.id, partial(_missed, inquiry, found.late), found=True, of=of)
                yield told_on(negotiation, found.finding, fresh)
    if not told:
        for other in () if missed else _others_missed(inquiry, negotiation, passed_over):
            if isinstance(other, Undecided):
                leave_open(other)
            else:
                missed = True
        inquiry.record(RULE.id, IN_GOOD_TIME if missed else CAN_BE_MISSED, some(left))


def _others_missed(
    inquiry: Inquiry, negotiation: Negotiation, passed_over: Mapping[int, Collection[NormId]]
) -> Iterator[Trap | Undecided]:
    """The first set of duties that can be missed by who sends late, of those that were passed over; and what is
    undecided before it.
    """
    for bearer, norms in passed_over.items():
        late = partial(_has_any_of, norms=norms)
        about = with_room(inquiry, bearer)
        for _, found in traps_by_part(inquiry, negotiation, about, lambda _, trap: (trap,), late=late):
            yield found
            if isinstance(found, Trap):
                return


def _has_any_of(some_norms: Sequence[GroundNorm], norms: Collection[NormId]) -> bool:
    return any(n.norm.id in norms for n in some_norms)


def _open(system: NormSystem, norms: Sequence[NormId]) -> str:
    return f"until when can be sent what {clause_names(system, norms)} ask for"


def _missed(inquiry: Inquiry, late: Trap) -> str:
    return f"can {_names(inquiry, late)} be missed by who sends late"


class _Late(Record):
    """A duty that who sends late can miss, and what is told of it: nothing where other rules tell of it."""

    late: Trap
    duty: NormId
    finding: Finding | None


def _late(inquiry: Inquiry, late: Trap, is_open: Callable[[Norm], bool]) -> Iterator[_Late]:
    """Each duty that can be kept for certain, and of which it is not told yet; or the first, without a finding."""
    several = [n.norm for n in late.norms if is_open(n.norm)]
    found = [_Late(late, norm.id, finding) for norm in several if (finding := _finding_of(inquiry, late, norm))]
    yield from found or (_Late(late, late.norms[0].norm.id, None),)


def _finding_of(inquiry: Inquiry, late: Trap, duty: Norm) -> Finding | None:
    others = [other.norm for other in late.norms if other.norm is not duty]
    several = latest_sendings(inquiry.system, duty, others)
    left = _left(inquiry, late.about.bearer, duty, several) if several else None
    if left is None:
        return None
    beside = {other.id for other in others}
    finding = _finding(inquiry, late, duty.id, left.latest, [norm for norm in left.barring if norm not in beside])
    return replace(finding, notes=(*_exceptions(inquiry, left.way, duty.id, left.latest), *finding.notes))


class _Left(Record):
    """The latest sending that other clauses leave somewhere; `barring`: those that forbid to send later."""

    latest: Latest
    way: OptionQuestion
    barring: tuple[NormId, ...] = ()


def _left(inquiry: Inquiry, bearer: int, duty: Norm, several: Sequence[Latest]) -> _Left | None:
    """Of several ways, what leaves most time first; None where other clauses leave none of them."""
    found: _Left | None = None
    barring: list[NormId] = []
    for latest in several:
        if found is not None and found.latest.length >= latest.length:
            break
        sending = _Sending(inquiry, bearer, duty, latest)
        way = sending.at((Relation.EQUAL, latest.length))
        if _can(inquiry, duty.id, way):
            return _Left(latest, way, tuple(dict.fromkeys(barring)))
        if latest is several[0] and _is_hopeless(inquiry, way):
            return _by_clauses_near(inquiry, bearer, duty, several)
        barred, before = _shut(inquiry, way), sending.sooner()
        if isinstance(barred, Unknown):
            inquiry.leave_open(_ALWAYS, barred, duty.id)
            return None  # it may leave more time than the next one
        if not isinstance(barred, Shut):
            continue
        barring += _others(barred, duty.id)
        if before is not None and (found is None or before[0].length > found.latest.length):
            found = _Left(*before, tuple(dict.fromkeys(barring)))
    return found


def _by_clauses_near(inquiry: Inquiry, bearer: int, duty: Norm, several: Sequence[Latest]) -> _Left:
    """Where nobody can comply with everything: the first that the clauses on the same conduct leave, or the first."""
    ways = [(one, _Sending(inquiry, bearer, duty, one).at((Relation.EQUAL, one.length))) for one in several]
    left = (pair for pair in ways if _can(inquiry, duty.id, pair[1].near))
    return _Left(*next(left, ways[0]))


def _shut(inquiry: Inquiry, way: OptionQuestion) -> Shut | Unknown | None:
    """Where it is shut on each of the packages at hand."""
    here = replace(way, about=inquiry.here(way.about))
    found = shut(here)
    return inquiry.alike(partial(shut_with, here)) or found if isinstance(found, Shut) else found


def _others(closed: Shut | Unknown | None, duty: NormId) -> tuple[NormId, ...]:
    """The clauses beside the duty that shut the way, if it is."""
    return tuple(n.norm.id for n in closed.by if n.norm.id != duty) if isinstance(closed, Shut) else ()


class _Sending:
    """How long after its point what a duty asks for can be sent by who complies with everything."""

    def __init__(self, inquiry: Inquiry, bearer: int, duty: Norm, latest: Latest) -> None:
        self._inquiry, self._duty, self._latest = inquiry, duty, latest
        self._about = next(ground for ground in inquiry.strict if ground.bearer == bearer)
        self._step = bearer if duty.rotates else 0

    def at(self, *times: tuple[Relation, Fraction]) -> OptionQuestion:
        """Whether it can be sent then."""
        about = self._about
        said = sent(self._inquiry.system, self._latest, *times)
        then = about.grounder.formula(rotate(said, self._step, about.grounder.roles))
        return OptionQuestion(about, (about.norm(self._duty.id).binds,), (then,), duties_of(about, advised=False))

    def sooner(self) -> tuple[Latest, OptionQuestion] | None:
        """The last moment before the one that is sure to be in time at which it can be sent; None if there is none.

        Told to the minute: whether it can be sent at some later moment before that one is asked again and again.
        """
        high, step = self._latest.length, _MINUTE
        if not _can(self._inquiry, self._duty.id, self.at((Relation.LESS, high))):
            return None
        while not self._from(high - step):
            step *= 2
            if step > _LONGEST:
                return None
        low, beyond = high - step, high - step / 2 if step > _MINUTE else high
        while beyond - low > _MINUTE:  # it can be sent at `low` or later, and not at `beyond` or later
            middle = low + _MINUTE * ((beyond - low) / _MINUTE // 2)
            low, beyond = (middle, beyond) if self._from(middle) else (low, middle)
        up_to = self.at((Relation.AT_LEAST, low + _MINUTE - 1), (Relation.LESS, low + _MINUTE))
        earlier = _can(self._inquiry, self._duty.id, up_to)
        told = sooner(self._inquiry.system, self._latest, low + _MINUTE if earlier else low, earlier)
        return None if told is None else (told, up_to if earlier else self.at((Relation.EQUAL, low)))

    def _from(self, length: Fraction) -> bool:
        """Whether it can be sent so long after the point, or later before the moment that is sure to be in time."""
        way = self.at((Relation.AT_LEAST, length), (Relation.LESS, self._latest.length))
        return _can(self._inquiry, self._duty.id, way)


def _is_hopeless(inquiry: Inquiry, way: OptionQuestion) -> bool:
    """Whether nobody can comply, whatever is sent when, which other rules tell."""
    with _asking(way, "they can be complied with otherwise", "they never can: it is advised all the same"):
        return isinstance(inquiry.ask(way.about, *way.given, *way.demands), Unsat)


def _can(inquiry: Inquiry, duty: NormId, way: OptionQuestion) -> bool:
    """Whether it can be sent so, as far as is known; that it is not known is noted."""
    with _asking(way, "it can: that is advised", "another clause forbids that: no such moment is advised"):
        answer = inquiry.ask(way.about, *way.given, *way.wanted, *way.demands)
    if isinstance(answer, Unknown):
        inquiry.leave_open(_ALWAYS, answer, duty)
    return not isinstance(answer, Unsat)


def _exceptions(inquiry: Inquiry, way: OptionQuestion, duty: NormId, latest: Latest) -> Iterator[str]:
    """Where other clauses forbid to send then, or the channel takes nothing: then the duty alone shuts it."""
    system, channel = inquiry.system, latest.channel
    with _asking(way, "what complies is sent at another moment: the note says where", "it always can"):
        closed = _shut(inquiry, way)
    if isinstance(closed, Unknown):
        inquiry.leave_open(_ALWAYS, closed, duty)
        yield say("where nothing can be sent then stayed undecided")
    if not isinstance(closed, Shut):
        return
    conditions, forbidding = condition_words(system, closed.cube), _others(closed, duty)
    spoken = [v for literal in closed.cube for v in variables(literal)]
    line, weekly = system.channels[channel], any(isinstance(v, WeekPlace) for v in spoken)
    if not forbidding and line.hours and weekly:
        words = _closed(line, at_once=latest.at_once)
    elif not (forbidding or weekly) and any(isinstance(v, Wait) for v in spoken):
        early = mark("what is sent through `{channel}` then arrives too early where {conditions}")
        words = say(early, channel=channel, conditions=conditions)
    elif not forbidding:
        words = say(
            "nothing can be sent through `{channel}` then where {conditions}", channel=channel, conditions=conditions
        )
    elif not _are_bans(system, forbidding):
        beside = mark("beside {clauses} it cannot be sent then where {conditions}")
        words = say(beside, clauses=clause_names(system, forbidding), conditions=conditions)
    else:
        words = say_count(
            "{clauses} forbids to send then where {conditions}",
            "{clauses} forbid to send then where {conditions}",
            len(forbidding),
            clauses=clause_names(system, forbidding),
            conditions=conditions,
        )
    yield words


def _closed(line: Channel, *, at_once: bool) -> str:
    """What its hours leave of that moment: those of the end that sends, or of both where it holds no messages."""
    if line.holds:
        before = mark(
            "where the sender's end of `{channel}` is closed then, nothing can be sent: send before it closes"
        )
        opening = mark(
            "where the sender's end of `{channel}` is closed then, nothing can be sent through it before it opens"
        )
    else:
        before = mark("where `{channel}` is closed then at either end, nothing can be sent: send before it closes")
        opening = mark("where `{channel}` is closed then at either end, nothing can be sent through it before it opens")
    return say(opening if at_once else before, channel=line.name)


def _are_bans(system: NormSystem, norms: Iterable[NormId]) -> bool:
    """Whether each forbids something by itself; a duty leaves no room for another one."""
    return all(system.norms[norm].modality is Modality.PROHIBITION for norm in norms)


def _asking(way: OptionQuestion, found: str, none: str) -> AbstractContextManager[None]:
    return asking(
        system=way.about.system,
        bearer=way.about.bearer,
        question="can it be sent then, in time however long it takes, with all complied with",
        found=found,
        none=none,
    )


def _finding(inquiry: Inquiry, late: Trap, duty: NormId, latest: Latest, barring: Sequence[NormId]) -> Finding:
    """`barring` forbid to send later, although that would be in time."""
    system, norms = inquiry.system, [n.norm.id for n in late.norms]
    beside = [norm for norm in norms if norm != duty]
    retold = replay_too_late(late)
    labels = [content_label(system, system.norms[duty], mark("{clause} asks for this"))]
    labels += [content_label(system, system.norms[norm], mark("{clause} leaves no other way")) for norm in beside]
    for norm in barring:
        forbids, leaves = mark("{clause} forbids to send later"), mark("beside {clause} it cannot be sent later")
        labels.append(content_label(system, system.norms[norm], forbids if _are_bans(system, [norm]) else leaves))
    return Finding(
        RULE.id,
        RULE.severity,
        say(
            "{clause}: send {time}; {why}",
            clause=clause_names(system, [duty]),
            time=latest.words,
            why=_no_later(system, latest, beside, barring),
        ),
        labels[0],
        tuple(labels[1:]),
        (str(duty), *map(str, beside), *map(str, barring)),
        witness=trap_shown(system, late, retold, retold.too_late),
        notes=(
            _complied(inquiry, late, system.norms[duty], retold),
            *unverified(system, norms),
        ),
    )


def _no_later(system: NormSystem, latest: Latest, beside: Sequence[NormId], barring: Sequence[NormId]) -> str:
    """Why it is not to be sent later."""
    takes = {"channel": latest.channel, "length": latest.takes}
    why = say("through `{channel}` it can take {length}", **takes)
    if beside:
        why = say_count(
            "through `{channel}`, as {others} leaves it, it can take {length}",
            "through `{channel}`, as {others} leave it, it can take {length}",
            len(beside),
            others=listed([clause_name(system, norm) for norm in beside]),
            **takes,
        )
    if not barring:
        return why
    barred = listed([clause_name(system, norm) for norm in barring])
    if not _are_bans(system, barring):
        return say("beside {clauses} it cannot be sent later, or may be late: {why}", clauses=barred, why=why)
    return say("what is sent later is forbidden by {clauses} or may be late: {why}", clauses=barred, why=why)


def _complied(inquiry: Inquiry, late: Trap, duty: Norm, retold: TooLate) -> str:
    """How long a message took that was in time; and when it was sent, where none is under way in the example."""
    system, waits = inquiry.system, _less(inquiry, late)
    acts = {done.act for done in deeds_of(duty.content)}
    sent = [done for room in late.rooms for done in room.before if done.act in acts]
    if any(_is_under_way(system, late, duty, retold.too_late, done) for done in sent):
        return say("who sent it then complied if it took less: {waits}", waits=waits)
    events = time_line_words(trap_shown(system, late, retold, replay_complied(late)).events)
    return say("who sent it so late complied if it took less ({waits}): {events}", waits=waits, events=events)


def _is_under_way(system: NormSystem, late: Trap, duty: Norm, shown: Episode, done: ActInstance) -> bool:
    """Whether it was sent before the moment at which it turns out to be too late, and has not arrived before it."""
    values, cut = shown.values, late.cut
    lines = duty.through or tuple(system.channels)
    if values.get(done.performed) is not True or values.get(done.through(system.channels)) not in lines:
        return False
    sent, arrives = values[done.sent], values[done.at]
    assert isinstance(sent, Fraction), "a message that goes through a channel is sent"
    assert isinstance(arrives, Fraction), "what is done has a time"
    assert isinstance(cut, Fraction), "the two situations differ from some moment on"
    return sent < cut <= arrives


def _less(inquiry: Inquiry, late: Trap) -> str:
    """What took otherwise there, of the channels that the duties can go through."""
    system = inquiry.system
    used = frozenset(name for n in late.norms for name in lines_used(system, n.norm))
    waits: dict[Variable, Value] = {
        v: late.there[v]
        for m in late.messages
        if m.channel.name in used
        for v in m.channel.waits
        if late.here[v] != late.there[v]
    }
    return listed([fact_of(system, v, value).words for v, value in waits.items()])


def _names(inquiry: Inquiry, late: Trap) -> str:
    return clause_names(inquiry.system, [n.norm.id for n in late.norms])
