"""In what two situations differ that look alike: in how long messages take, or in what happens from some time on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.core.expressions import FALSE, TRUE, Formula
from cbm.core.substitution import variables
from cbm.core.variable_order import variable_order
from cbm.core.variables import (
    ActInstance,
    ClockOffset,
    Occurrence,
    Occurs,
    TimeOf,
    ValueAt,
    Variable,
    WeekNumber,
    WeekPlace,
    instance_of,
)
from cbm.dynamics.foresight import Foresight, planned
from cbm.dynamics.indistinguishable import Happening, Pair
from cbm.ground.grounding import Ground
from cbm.records import replace


def differing_in_delays(about: Ground, owed: Iterable[Formula]) -> Pair:
    """Two situations that differ in how long messages take; `owed` are the formulas that conduct has to meet."""
    asked = {v for formula in owed for v in variables(formula)}
    channels = (c for c in about.system.channels.values() if c.is_unsure and not asked.isdisjoint(c.waits))
    return Pair((), (), tuple(channels))


def differing_in_anything(about: Ground, owed: Iterable[Formula]) -> Pair:
    """Two situations that differ in whatever happens from some time on, in which messages take as long.

    What axioms do not tie to what is owed is no happening: whether it comes changes nothing.
    """
    system, asked = about.system, {v for formula in owed for v in variables(formula)}
    told = _tied(asked, about.possible)
    happenings = [_moment(occurrence, told) for moment in system.situation.moments for occurrence in moment.occurrences]
    others = (r for r in range(len(system.situation.roles)) if r != about.bearer)
    doings = (done for role in others for act in system.acts for done in about.grounder.doings(act, role)[0])
    found_with = _by_doing(told)
    happenings += [_doing(done, found_with.get(done, ())) for done in doings if done.performed not in about.conduct]
    spoken_of, decisive = (
        tuple(h for h in happenings if not some.isdisjoint((h.flag, *h.open))) for some in (told, asked)
    )
    return Pair(spoken_of, decisive)


def differing_in_happenings(about: Ground, owed: Iterable[Formula], known: Foresight) -> Pair:
    """The same, but for what the bearer knows beforehand."""
    pair = differing_in_anything(about, owed)
    foreseen = {**known.owed, **dict.fromkeys(planned(about.system), TRUE)}

    def unknown(several: Iterable[Happening]) -> Iterator[Happening]:
        for happening in several:
            comes, when = (some.get(happening.moment or "", FALSE) for some in (known.barred, foreseen))
            if when != TRUE:
                yield replace(happening, certain=comes, foreseen=when)

    return Pair(tuple(unknown(pair.happenings)), tuple(unknown(pair.decisive)))


def _tied(asked: set[Variable], axioms: Iterable[Formula]) -> set[Variable]:
    """These, and all that axioms say something of together with them, directly or through others."""
    tied, rest = set(asked), [variables(part) for part in axioms]
    while found := [spoken_of for spoken_of in rest if not tied.isdisjoint(spoken_of)]:
        rest = [spoken_of for spoken_of in rest if tied.isdisjoint(spoken_of)]
        tied.update(*found)
    return tied


def _moment(event: Occurrence, told: set[Variable]) -> Happening:
    read = (v for v in told if isinstance(v, ValueAt) and v.at == event)
    with_it: list[Variable] = [
        *sorted(read, key=variable_order),
        *(known for known in (WeekPlace(event), WeekNumber(event)) if known in told),  # weeks are whole numbers
        *sorted((v for v in told if isinstance(v, ClockOffset) and v.event == event), key=variable_order),
    ]
    return Happening(Occurs(event), TimeOf(event), tuple(with_it))


def _by_doing(told: Iterable[Variable]) -> dict[ActInstance, list[Variable]]:
    """What is told of each doing, beside that it is done and when."""
    found: dict[ActInstance, list[Variable]] = {}
    for variable in told:
        done = instance_of(variable)
        if done is not None and variable not in (done.performed, done.at):
            found.setdefault(done, []).append(variable)
        if isinstance(variable, WeekNumber | ClockOffset) and isinstance(variable.event, ActInstance):
            found.setdefault(variable.event, []).append(variable)
    return found


def _doing(done: ActInstance, with_it: Iterable[Variable]) -> Happening:
    return Happening(done.performed, done.at, tuple(sorted(with_it, key=variable_order)))
