"""Clauses that who has complied so far cannot comply with any more, once something happens that was not foreseen."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.core.expressions import NormId
from cbm.core.norms import Modality, NormSystem
from cbm.core.substitution import Value, variables
from cbm.core.variables import ActInstance, Occurs, Origin, Performed, TimeOf, Variable, instance_of
from cbm.dynamics.trap_witness import Retold, replay_trap, times_missed
from cbm.dynamics.traps import Trap, traps, with_room
from cbm.finding import Finding, Rule, RuleId, Scenario, Severity
from cbm.ground.act_instances import triggers
from cbm.inquiry import Inquiry
from cbm.search.exists_forall import fix
from cbm.search.open_questions import Undecided, some
from cbm.search.replay import Episode
from cbm.wording.clause_names import clause_names, content_label, listed, unverified
from cbm.wording.condition_words import condition_words, flag_words
from cbm.wording.opening_hours import takes_time
from cbm.wording.repetition_words import missed_words
from cbm.wording.scenarios import fact_of, scenario
from cbm.wording.time_words import point_words, time_line_words

RULE = Rule(
    RuleId.TRAP,
    Severity.WARNING,
    "who complies can end up where it is too late to comply",
    """\
Up to some moment, what a unit finds could turn out in two ways. In the one way what it has done is all right
throughout; then it turns out the other way, and whatever it does from that moment on, some clauses are not complied
with, although they could have been from the start. A duty that may be fulfilled late, and a prohibition that sets in
without notice, make a trap; so does what is forbidden because of something that comes later. What a unit could foresee
is no trap: it knows when a moment comes before which it owes something.

Nobody knows how long a message takes before one has arrived through the same channel. What was sent stays sent, and
arrives as late as it does: after a deadline, or when it is forbidden by then. Only through a channel with hours, and
one whose messages are acknowledged, nothing counts as under way. An act is done at once unless some clause names a
channel for it.
""",
    failing="""\
vocabulary watch "A watch"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each party : party
moments sighting "the sighting", silence "the beginning of radio silence"
topic calls
act report "reports the other unit" topic calls
draft code "A code"
  uses watch
clause 1 every unit must report within 2 h after sighting
clause 2 every unit when silence is after sighting must not report within 6 h after silence
""",
    passing="""\
vocabulary watch "A watch"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each party : party
moments sighting "the sighting", silence "the beginning of radio silence"
topic calls
act report "reports the other unit" topic calls
draft code "A code"
  uses watch
clause 1 every unit must report upon sighting
clause 2 every unit when silence is after sighting must not report within 6 h after silence
""",
)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    found: set[tuple[NormId, ...]] = set()
    left: list[Undecided] = []
    for bearer in (about.bearer for about in inquiry.strict):
        for trap in traps(with_room(inquiry, bearer)):
            if isinstance(trap, Undecided):
                inquiry.undecided.append(trap)
                left.append(trap)
                inquiry.record(RULE.id, f"can {clause_names(inquiry.system, trap.norms)} trap", trap)
            elif (norms := tuple(n.norm.id for n in trap.norms)) not in found:
                found.add(norms)
                inquiry.record(RULE.id, f"can {_names(inquiry.system, trap)} trap", True)
                yield _finding(inquiry.system, trap)
    if not found:
        inquiry.record(RULE.id, "can any clauses trap who has complied so far", some(left))


def _finding(system: NormSystem, trap: Trap) -> Finding:
    told = replay_trap(trap)
    norms = [n.norm.id for n in trap.norms]
    in_time = time_line_words(_shown(system, trap, told, told.in_time).events) or "nothing happens"
    labels = [content_label(system, n.norm, _asks(n.norm.modality)) for n in trap.norms]
    return Finding(
        RULE.id,
        RULE.severity,
        f"{_names(system, trap)} can trap a unit that has complied so far: {_cut(system, told)}, it is too late",
        labels[0],
        tuple(labels[1:]),
        tuple(map(str, norms)),
        witness=_shown(system, trap, told, told.too_late),
        remedies=(_remedy(told),),
        notes=(
            f"until then it could have become this, where all is complied with: {_complied(system, trap, told)}",
            f"and it could have been complied with from the start: {in_time}",
            *_repetitions(system, trap),
            *_avoided(trap),
            *_readings(system, trap),
            *unverified(system, norms),
        ),
    )


def _names(system: NormSystem, trap: Trap) -> str:
    return clause_names(system, [n.norm.id for n in trap.norms])


def _asks(modality: Modality) -> str:
    return "forbids this" if modality is Modality.PROHIBITION else "asks for this"


def _cut(system: NormSystem, told: Retold) -> str:
    """What happens at the moment, or does not although it might have."""
    come = [_happens(system, at, True) for at in told.comes]
    come += [f"its message through `{channel}` arrives" for channel in told.arrives]
    if come:
        return f"when {listed(come)}"
    missed = [_happens(system, at, False) for at in told.fails_to_come]
    missed += [f"its message through `{channel}` does not arrive" for channel in told.stays_out]
    return f"when {listed(missed)}, as it might have"


def _remedy(told: Retold) -> str:
    if told.arrives or told.stays_out:
        return "ask for it through a channel that takes a known time, or allow for the longest that it can take"
    return "ask for it earlier, before the other can happen; or take out of one clause what another still asks for"


def _complied(system: NormSystem, trap: Trap, told: Retold) -> str:
    """How it could have become, with how long messages would have taken then."""
    waits = (v for message in trap.messages for v in message.channel.waits if trap.here[v] != trap.there[v])
    facts = [fact_of(system, v, trap.there[v]).words for v in dict.fromkeys(waits)]
    line = time_line_words(_shown(system, trap, told, told.complied).events) or "nothing happens"
    return "; ".join((line, *facts))


def _happens(system: NormSystem, at: Variable, happens: bool) -> str:
    done = instance_of(at)
    if done is None:
        return f"{point_words(system, at)} {'comes' if happens else 'does not come'}"
    return flag_words(system, done.performed, happens)


def _shown(system: NormSystem, trap: Trap, told: Retold, shown: Episode) -> Scenario:
    formulas = [f for n in trap.norms for f in (n.binds, n.fulfilled)]
    spoken_of = dict.fromkeys(v for f in formulas for v in variables(f))
    found = [v for v in spoken_of if not (v.origin.decided or _is_on_the_line(v, shown))]
    # What other units do is told where the clauses speak of it, or where the two begin to differ by it.
    done = [
        v.event
        for v in shown.values
        if isinstance(v, TimeOf) and isinstance(v.event, ActInstance)
        if v.role == trap.about.bearer or v in spoken_of or v in (*told.comes, *told.fails_to_come)
    ]
    # What is done several times at once is told once.
    once = {(d.act, d.role, *_times(system, d, shown).values()): d for d in reversed(done) if _is_done(d, shown)}
    times = [v for each in reversed(once.values()) for v in _times(system, each, shown)]
    return scenario(system, shown.values, (*found, *times))


def _times(system: NormSystem, done: ActInstance, shown: Episode) -> dict[Variable, Value]:
    """When it is done, and when its message is sent if that is not the same."""
    channel = system.channels.get(str(shown.values.get(done.through(system.channels))))
    waited = channel is not None and shown.values.get(done.sent) != shown.values[done.at]
    told: tuple[Variable, ...] = (done.sent, done.at) if waited else (done.at,)
    return {v: shown.values[v] for v in told}


def _is_done(done: ActInstance, shown: Episode) -> bool:
    return shown.values.get(done.performed) is True


def _is_on_the_line(variable: Variable, shown: Episode) -> bool:
    """Whether it only says that something happens of which the time line says when."""
    match variable:
        case Occurs(happens) | Performed(happens):
            return TimeOf(happens) in shown.values and shown.values.get(variable) is True
        case _:
            return False


def _repetitions(system: NormSystem, trap: Trap) -> Iterator[str]:
    for norm, numbers in times_missed(trap):
        yield f"what cannot be kept any more is {missed_words(system, norm, trap.about.bearer, numbers)}"


def _avoided(trap: Trap) -> Iterator[str]:
    """Whether it helps to act at once: not where own acts bring clauses into play, or what is sent is under way."""
    system, said = trap.about.system, [n.norm for n in trap.duties]
    own = {(act, trap.about.bearer) for act in system.acts}
    expressions = [e for n in said for e in (n.content, *(g.condition for g in (*n.guards, *n.exceptions)))]
    called = any((each.act, trap.about.bearer) in own and each.role == 0 for each, _ in triggers(expressions))
    waits = any(takes_time(channel) for room in trap.rooms for channel in room.channels)
    if not (called or waits) and any(n.norm.modality is Modality.OBLIGATION for n in trap.norms):
        yield "who does what is asked for as soon as it is allowed is not trapped"


def _readings(system: NormSystem, trap: Trap) -> Iterator[str]:
    read = [fix(v, x) for v, x in trap.here.items() if v.origin is Origin.READING]
    if read:
        yield f"this is so at least where {condition_words(system, read)}"
