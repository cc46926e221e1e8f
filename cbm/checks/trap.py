"""Clauses that who has complied so far cannot comply with any more, once something happens that was not foreseen."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.checks.naming import clause_names, content_label, listed, unverified
from cbm.checks.repetitions import missed_words
from cbm.checks.scenarios import scenario
from cbm.checks.times import point_words, time_line_words
from cbm.checks.wording import condition_words, flag_words
from cbm.decide.clashes import GivenUp
from cbm.decide.engine import fix
from cbm.decide.inquiry import Inquiry
from cbm.decide.replay import Episode
from cbm.decide.retold import Retold, retold, times_missed
from cbm.decide.traps import Trap, traps, with_room
from cbm.finding import Finding, Rule, Scenario, Severity
from cbm.semantics.core import Modality, NormSystem
from cbm.semantics.doings import triggers
from cbm.semantics.formulas import FLAG, TIME, Origin, Variable, is_time
from cbm.semantics.ground import act_of
from cbm.semantics.substitute import variables

RULE = Rule(
    "trap",
    Severity.WARNING,
    "who complies can end up where it is too late to comply",
    """\
Up to some moment, what a unit finds could turn out in two ways. In the one way what it has done is all right
throughout; then it turns out the other way, and whatever it does from that moment on, some clauses are not complied
with, although they could have been from the start. A duty that may be fulfilled late, and a prohibition that sets in
without notice, make a trap; so does what is forbidden because of something that comes later. What a unit could foresee
is no trap: it knows when a moment comes before which it owes something, and how long messages take.
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
    found = False
    for bearer in (about.bearer for about in inquiry.strict):
        for trap in traps(with_room(inquiry, bearer)):
            if isinstance(trap, GivenUp):
                inquiry.given_up.append(trap)
                inquiry.record(RULE.id, f"can {clause_names(inquiry.system, trap.norms)} trap", None)
            else:
                found = True
                inquiry.record(RULE.id, f"can {_names(inquiry.system, trap)} trap", True)
                yield _finding(inquiry.system, trap)
    if not found:
        inquiry.record(RULE.id, "can any clauses trap who has complied so far", False)


def _finding(system: NormSystem, trap: Trap) -> Finding:
    told = retold(trap)
    norms = [n.norm.id for n in trap.norms]
    lines = (_shown(system, trap, told, shown).events for shown in (told.complied, told.in_time))
    complied, in_time = (time_line_words(line) or "nothing happens" for line in lines)
    labels = [content_label(system, n.norm, _asks(n.norm.modality)) for n in trap.norms]
    return Finding(
        RULE.id,
        RULE.severity,
        f"{_names(system, trap)} can trap a unit that has complied so far: {_cut(system, told)}, it is too late",
        labels[0],
        tuple(labels[1:]),
        tuple(map(str, norms)),
        witness=_shown(system, trap, told, told.too_late),
        remedies=(
            "ask for it earlier, before the other can happen; or take out of one clause what another still asks for",
        ),
        notes=(
            f"until then it could have become this, where all is complied with: {complied}",
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
    if told.comes:
        return f"when {listed([_happens(system, at, True) for at in told.comes])}"
    return f"when {listed([_happens(system, at, False) for at in told.fails_to_come])}, as it might have"


def _happens(system: NormSystem, at: Variable, happens: bool) -> str:
    if at.role is None:
        return f"{point_words(system, at)} {'comes' if happens else 'does not come'}"
    return flag_words(system, Variable(at.name.removesuffix(" at"), at.role, FLAG, Origin.DOING), happens)


def _shown(system: NormSystem, trap: Trap, told: Retold, shown: Episode) -> Scenario:
    formulas = [f for n in trap.norms for f in (n.binds, n.fulfilled)]
    spoken_of = dict.fromkeys(v for f in formulas for v in variables(f))
    found = [v for v in spoken_of if not (v.origin.decided or _is_on_the_line(v, shown))]
    # What other units do is told where the clauses speak of it, or where the two begin to differ by it.
    done = [
        v
        for v in shown.values
        if v.origin is Origin.DOING and is_time(v) and v.name.endswith(" at")
        if v.role == trap.about.bearer or v in spoken_of or v in (*told.comes, *told.fails_to_come)
    ]
    # What is done several times at once is told once.
    once = {(act_of(v), v.role, shown.values[v]): v for v in reversed(done) if _is_done(v, shown)}
    return scenario(system, shown.values, (*found, *reversed(once.values())))


def _is_done(at: Variable, shown: Episode) -> bool:
    return shown.values.get(Variable(at.name.removesuffix(" at"), at.role, FLAG)) is True


def _is_on_the_line(variable: Variable, shown: Episode) -> bool:
    """Whether it only says that something happens of which the time line says when."""
    at = Variable(f"{variable.name} at", variable.role, TIME)
    return variable.sort == FLAG and at in shown.values and shown.values.get(variable) is True


def _repetitions(system: NormSystem, trap: Trap) -> Iterator[str]:
    for norm, numbers in times_missed(trap):
        yield f"what cannot be kept any more is {missed_words(system, norm, trap.about.bearer, numbers)}"


def _avoided(trap: Trap) -> Iterator[str]:
    """Whether it helps to act at once: not where own acts bring clauses into play."""
    own = {(act, trap.about.bearer) for act in trap.about.system.acts}
    said = [n.norm for n in trap.duties]
    expressions = [e for n in said for e in (n.content, *(g.condition for g in (*n.guards, *n.exceptions)))]
    called = any((each.act, trap.about.bearer) in own and each.role == 0 for each, _ in triggers(expressions))
    if not called and any(n.norm.modality is Modality.OBLIGATION for n in trap.norms):
        yield "who does what is asked for as soon as it is allowed is not trapped"


def _readings(system: NormSystem, trap: Trap) -> Iterator[str]:
    read = [fix(v, x) for v, x in trap.here.items() if v.origin is Origin.READING]
    if read:
        yield f"this is so at least where {condition_words(system, read)}"
