"""A trap in words: which kind it is and what is safe, and the episodes that show it."""

from __future__ import annotations

from cbm.core.norms import Modality, NormSystem
from cbm.core.substitution import Value, variables
from cbm.core.variables import ActInstance, Occurs, Performed, TimeOf, Variable
from cbm.dynamics.history import without
from cbm.dynamics.trap_search import Trap
from cbm.dynamics.trap_witness import TooLate
from cbm.finding import Scenario
from cbm.ground.act_instances import triggers
from cbm.records import Record
from cbm.search.implicants import true_at
from cbm.search.replay import Episode
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import clause_name
from cbm.wording.scenarios import scenario


class TrapKind(Record):
    """How it comes to the trap: its name, what is said of it and of what is safe, and ways out for the text."""

    name: str
    notes: tuple[str, ...]
    remedies: tuple[str, ...]


_EARLIER = mark(
    "ask for it earlier, before the other can happen; or take out of one clause what another still asks for"
)


def kind_of(trap: Trap) -> TrapKind:
    """Several clauses cut one another short; one clause turns out in hindsight; and there may be no way out."""
    system = trap.about.system
    names = [clause_name(system, n.norm.id) for n in trap.norms]
    bans = [n for n in trap.norms if n.norm.modality is Modality.PROHIBITION]
    if trap.no_way_out:
        both = say("whatever is done or left until then, it is wrong in one of the two ways it can turn out")
        if trap.against:
            others = [clause_name(system, n.norm.id) for n in trap.against]
            both = say(
                "whatever is done or left until then, it is wrong in one of the two ways it can turn out: by {here} in "
                "this one, by {there} in the other one",
                here=listed(names),
                there=listed(others),
            )
        remedy = say("say what is owed as long as it is not known how it turns out")
        return TrapKind(say("no way out"), (both,), (remedy,))
    if len(trap.norms) > 1:
        owed = [name for name, n in zip(names, trap.norms, strict=True) if n not in bans]
        barred = [name for name, n in zip(names, trap.norms, strict=True) if n in bans]
        if not (owed and barred):
            return TrapKind(say("cut short"), (), (say(_EARLIER),))
        safe = _safe(trap, say("who does what is asked for as soon as it is allowed is not trapped"))
        return TrapKind(say("cut short"), (_cut_short(owed, barred), *safe), (say(_EARLIER),))
    if bans:
        why = say("{clause} forbids what is done by then", clause=names[0])
        safe = _safe(trap, say("who leaves it as long as that can still happen is not trapped"))
    elif done := _done_once(trap):
        why = say("{clause} asks for what is done by then, and it is done once", clause=names[0])
        safe = _safe(trap, say("who does not do it before is not trapped"))
        return TrapKind(say("in hindsight"), (why, *safe), _done_again(trap.about.system, done))
    elif _bound_there(trap):
        why = say("when it turns out, there is no time for another way to do what {clause} asks for", clause=names[0])
        safe = _safe(trap, say("who does it in time in a way that does not hang on this is not trapped"))
    else:
        why = say("{clause} asks for it when its time is over", clause=names[0])
        safe = _safe(trap, say("who does it in time, as if it were owed already, is not trapped"))
    remedy = say("let it depend on what is known by then, or count its time from when that turns out")
    return TrapKind(say("in hindsight"), (why, *safe), (remedy,))


def _cut_short(owed: list[str], barred: list[str]) -> str:
    gives, bars = listed(owed), listed(barred)
    if len(owed) == 1:
        if len(barred) == 1:
            return say("{duty} still gives time for what {ban} bars from then on", duty=gives, ban=bars)
        return say("{duty} still gives time for what {bans} bar from then on", duty=gives, bans=bars)
    if len(barred) == 1:
        return say("{duties} still give time for what {ban} bars from then on", duties=gives, ban=bars)
    return say("{duties} still give time for what {bans} bar from then on", duties=gives, bans=bars)


def _done_once(trap: Trap) -> list[str]:
    """The acts that may be done once, and were by then."""
    once = (done for room in trap.rooms if room.once for done in room.before)
    return [done.act for done in once if trap.before.get(done.performed) is True]


def _done_again(system: NormSystem, acts: list[str]) -> tuple[str, ...]:
    """Ways out where these acts cannot be done again; what comes with cbm is not declared otherwise."""
    spans = [system.acts[act].span for act in acts]
    lasting = say("say what is owed by who has done it before: `unless own.{act} is before …`", act=acts[0])
    if any(span is not None and span.source.standard for span in spans):
        return (lasting,)
    called = listed([f"`{act}`" for act in acts])
    again = say("leave `once` out of the declaration of {acts}, if that can be done again", acts=called)
    return (again, lasting)


def _bound_there(trap: Trap) -> bool:
    """Whether the clause bound as well in the situation in which the conduct complied, by what was done in it."""
    binds = without(trap.norms[0].binds, trap.rooms, later=True)
    return true_at(binds, {**trap.there, **trap.before})


def _safe(trap: Trap, words: str) -> tuple[str, ...]:
    """What is safe, where something serves both ways; that it is not known, where that was given up.

    Nothing is said where an act of its own brings clauses into play.
    """
    system, said = trap.about.system, [n.norm for n in trap.duties]
    own = {(act, trap.about.bearer) for act in system.acts}
    expressions = [e for n in said for e in (n.content, *(g.condition for g in (*n.guards, *n.exceptions)))]
    if any((each.act, trap.about.bearer) in own and each.role == 0 for each, _ in triggers(expressions)):
        return ()
    return (words if trap.no_way_out is False else say("what is safe until then was not found out"),)


def trap_shown(system: NormSystem, trap: Trap, told: TooLate, shown: Episode) -> Scenario:
    """An episode with what the clauses speak of, and all that is done in it."""
    formulas = [f for n in (*trap.norms, *trap.against) for f in (n.binds, n.fulfilled)]
    spoken_of = dict.fromkeys(w for f in formulas for v in variables(f) for w in (v, *_on_the_line(v, shown)))
    found = [v for v in spoken_of if not (v.origin.decided or _on_the_line(v, shown))]
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


def _on_the_line(variable: Variable, shown: Episode) -> tuple[TimeOf, ...]:
    """The time that is told in place of a variable that only says that something happens, where it does."""
    match variable:
        case Occurs(happens) | Performed(happens) if shown.values.get(variable) is True:
            return tuple(v for v in (TimeOf(happens),) if v in shown.values)
        case _:
            return ()
