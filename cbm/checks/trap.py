"""Clauses that who has complied so far cannot comply with any more, once something happens that was not foreseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from cbm.core.expressions import NormId
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Modality, NormSystem
from cbm.core.packages.package_boxes import Box
from cbm.core.variables import Reading, Variable, instance_of
from cbm.dynamics.trap_parts import traps_by_part
from cbm.dynamics.trap_search import Trap
from cbm.dynamics.trap_witness import Retold, TooLate, replay_trap, times_missed
from cbm.dynamics.traps import CAN_TRAP, AskedTrap, with_room
from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.ground.grounder import GroundNorm
from cbm.inquiry import Inquiry
from cbm.process.budget import RunStopped, until_stopped
from cbm.records import Record, replace
from cbm.search.exists_forall import fix
from cbm.search.open_questions import Undecided, some
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import clause_names, content_label, unverified
from cbm.wording.condition_words import condition_words, flag_words
from cbm.wording.findings.trap_words import kind_of, trap_shown
from cbm.wording.phrases import is_choice
from cbm.wording.reading_words import told_on
from cbm.wording.times.repetition_words import missed_words
from cbm.wording.times.time_words import point_words, time_line_words

Told = TypeVar("Told")

RULE = Rule(
    RuleId.TRAP,
    Severity.WARNING,
    mark("who complies can end up where it is too late to comply"),
    mark("""\
Up to some moment, what a unit finds could turn out in two ways. In the one way what it has done is all right
throughout; then it turns out the other way, and whatever it does from that moment on, some clauses are not complied
with, although they could have been from the start. What clashes with these clauses where all was right is left aside
there: a clash hides no trap.

*Cut short*: one clause leaves time, and another one bars from then on what it leaves time for. It is safe to do it at
once. *In hindsight*: what a clause asks for or forbids depends on something that turns out when its time is over, or
when the act is done. It is safe to act as if it were so, or to leave it. *No way out*: nothing that is done until then
serves both ways it can turn out; the clauses are named that ask for the one in the one case, and for the other in the
other.

What a unit could foresee is no trap: who can owe something before a moment is taken to know when it comes, also where
this time it owes nothing (the report names such moments under *left open*), and all know when one comes that is
`planned`. Messages take as long in the one way as in the other; what depends on how long they take is told under
`last-moment`. What was sent stays sent, and a message through a channel with hours, or one whose messages are
acknowledged, does not count as under way. The finding is a note where all its clauses stand in other texts.
"""),
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


class _FoundTrap(Record):
    """A trap, the packages on which it is one in the same way, and the bearers whom its clauses trap."""

    trap: Trap
    boxes: list[Box]
    bearers: list[int]


def check(inquiry: Inquiry) -> Iterator[Finding]:
    """Each set of clauses that traps some bearer, once for all bearers, with the packages on which it does.

    Of a later bearer a set is told only on packages on which it does not trap the bearers before. A set without a way
    out is told once for each set of duties that stand against it.
    """
    negotiation, stopped = Negotiation(inquiry.system), list[RunStopped]()
    found: dict[tuple[tuple[NormId, ...], tuple[NormId, ...], bool | None], _FoundTrap] = {}
    told: dict[tuple[NormId, ...], list[Box]] = {}  # where duties trap the bearers before
    left: list[Undecided] = []

    def note_bearer(norms: tuple[NormId, ...], bearer: int) -> None:
        for one in (one for key, one in found.items() if key[0] == norms and bearer not in one.bearers):
            one.bearers.append(bearer)

    def is_new(duties: Sequence[GroundNorm], bearer: int, known: Mapping[tuple[NormId, ...], tuple[Box, ...]]) -> bool:
        """Whether something is told of them that is not known of the bearers before."""
        norms = tuple(n.norm.id for n in duties)
        if not negotiation.space.is_everything(known.get(norms, ())):
            return True
        note_bearer(norms, bearer)
        return False

    for bearer in (about.bearer for about in inquiry.strict):
        known = {norms: tuple(boxes) for norms, boxes in told.items()}
        wanted = partial(is_new, bearer=bearer, known=known)
        about = with_room(inquiry, bearer)
        search = traps_by_part(inquiry, negotiation, about, lambda _, trap: (trap,), wanted=wanted)
        for boxes, trap in until_stopped(search, stopped):
            if isinstance(trap, Undecided):
                inquiry.undecided.append(trap)
                left.append(trap)
                inquiry.record(RULE.id, partial(_asked, inquiry.system, trap.norms), trap)
                continue
            norms = tuple(n.norm.id for n in trap.norms)
            if fresh := negotiation.space.minus(boxes, known.get(norms, ())):
                told.setdefault(norms, []).extend(fresh)
                key = (norms, tuple(n.norm.id for n in trap.against), trap.no_way_out)
                found.setdefault(key, _FoundTrap(trap, [], [])).boxes.extend(fresh)
            note_bearer(norms, bearer)
    for (norms, *_), one in found.items():
        subject = partial(_asked, inquiry.system, _in_order(inquiry.system, one.trap))
        inquiry.record(RULE.id, subject, found=True, of=AskedTrap(tuple(one.bearers), norms))
    for one in _each_once(inquiry.system, found.values()):
        yield told_on(negotiation, _finding(inquiry.system, one.trap), negotiation.space.told(one.boxes))
    if stopped:
        raise stopped[0]
    if not found:
        inquiry.record(RULE.id, CAN_TRAP, some(left))


def _each_once(system: NormSystem, found: Iterable[_FoundTrap]) -> Iterator[_FoundTrap]:
    """What has no way out last, and not from the other side again: that is the same."""
    order = list(system.norms)
    dilemmas: dict[frozenset[NormId], list[_FoundTrap]] = {}
    for one in found:
        if one.trap.against:
            dilemmas.setdefault(frozenset(_clauses(one.trap)), []).append(one)
        else:
            yield one
    for sides in dilemmas.values():
        first = min(sides, key=lambda side: order.index(side.trap.norms[0].norm.id))
        yield replace(first, boxes=[box for side in sides for box in side.boxes])


def _asked(system: NormSystem, norms: Sequence[NormId]) -> str:
    return f"can {clause_names(system, norms)} trap"


def _finding(system: NormSystem, trap: Trap) -> Finding:
    told = replay_trap(trap)
    norms = [n.norm.id for n in trap.norms]
    in_time = time_line_words(trap_shown(system, trap, told.late, told.in_time).events) or say("nothing happens")
    labels = [content_label(system, n.norm, _asks(n.norm.modality)) for n in trap.norms]
    labels += [content_label(system, n.norm, _asks_otherwise(n.norm.modality)) for n in trap.against]
    kind = kind_of(trap)
    here = any(norm.document == system.subject for norm in _in_order(system, trap))
    return Finding(
        RULE.id,
        RULE.severity if here else Severity.NOTE,
        _message(system, clause_names(system, _in_order(system, trap)), kind.name, told.late),
        labels[0],
        tuple(labels[1:]),
        tuple(map(str, _clauses(trap))),
        witness=trap_shown(system, trap, told.late, told.late.too_late),
        remedies=kind.remedies,
        notes=(
            *kind.notes,
            _so_far(system, trap, told),
            say("and it could have been complied with from the start: {events}", events=in_time),
            *_repetitions(system, trap),
            *_readings(system, trap),
            *unverified(system, norms),
        ),
    )


def _so_far(system: NormSystem, trap: Trap, told: Retold) -> str:
    """As what it could have turned out with all complied with, but for what clashes there with what traps."""
    events = time_line_words(trap_shown(system, trap, told.late, told.complied).events) or say("nothing happens")
    aside = [n.norm.id for n in trap.aside]
    if not aside:
        return say("until then it could have become this, where all is complied with: {events}", events=events)
    return say(
        "until then it could have become this, where all but {clauses}, which is in conflict with it there, is "
        "complied with: {events}",
        clauses=clause_names(system, aside),
        events=events,
    )


def _clauses(trap: Trap) -> list[NormId]:
    """The duties that cannot be kept any more, and those for which nothing else could have been done."""
    return [n.norm.id for n in (*trap.norms, *trap.against)]


def _in_order(system: NormSystem, trap: Trap) -> list[NormId]:
    """The same in the order of the text."""
    return sorted(_clauses(trap), key=list(system.norms).index)


def _asks(modality: Modality) -> str:
    return mark("{clause} forbids this") if modality is Modality.PROHIBITION else mark("{clause} asks for this")


def _asks_otherwise(modality: Modality) -> str:
    if modality is Modality.PROHIBITION:
        return mark("{clause} forbids this if it turns out otherwise")
    return mark("{clause} asks for this if it turns out otherwise")


def _message(system: NormSystem, clauses: str, kind: str, told: TooLate) -> str:
    """What happens at the moment, or does not although it might have."""
    message = mark("{clauses} can trap a unit that has complied so far: when {happenings}, it is too late ({kind})")
    happenings = [_happens(system, at, happens=True) for at in told.comes]
    if not happenings:
        message = mark(
            "{clauses} can trap a unit that has complied so far: when {happenings}, as it might have, it is too late "
            "({kind})"
        )
        happenings = [_happens(system, at, happens=False) for at in told.fails_to_come]
    return say(message, clauses=clauses, happenings=listed(happenings, of="sentences"), kind=kind)


def _happens(system: NormSystem, at: Variable, happens: bool) -> str:
    done = instance_of(at)
    if done is None:
        point = point_words(system, at)
        return say("{point} comes", point=point) if happens else say("{point} does not come", point=point)
    return flag_words(system, done.performed, happens)


def _repetitions(system: NormSystem, trap: Trap) -> Iterator[str]:
    for norm, numbers in times_missed(trap):
        missed = missed_words(system, norm, trap.about.bearer, numbers)
        yield say("what cannot be kept any more is {times}", times=missed)


def _readings(system: NormSystem, trap: Trap) -> Iterator[str]:
    read = [fix(v, x) for v, x in trap.here.items() if isinstance(v, Reading) and not is_choice(system, v)]
    if read:
        yield say("this is so at least where {conditions}", conditions=condition_words(system, read))
