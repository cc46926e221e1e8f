"""An episode as an example: whose units of what kind meet, and the values that matter."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction

from cbm.core.expressions import Expr
from cbm.core.norms import NormSystem
from cbm.core.sorts import Dimension, FlagSort, NumberSort
from cbm.core.substitution import Value, mentioned
from cbm.core.units import show, telling_unit
from cbm.core.variables import (
    NO_CHANNEL,
    NO_LANGUAGE,
    ActInstance,
    Addressee,
    ChannelOf,
    LanguageOf,
    MessagePart,
    Occurs,
    Origin,
    Performed,
    Timed,
    TimeOf,
    Variable,
    WeekPlace,
    instance_of,
)
from cbm.core.viewpoints import seen
from cbm.finding import Fact, Scenario
from cbm.records import replace
from cbm.search.implicants import Point
from cbm.search.replay import Episode
from cbm.translation.listing import in_brackets, listed, row
from cbm.translation.saying import mark, say
from cbm.wording.condition_words import flag_words, value_words, variable_words
from cbm.wording.phrases import member_words, role_name, unit_of
from cbm.wording.sketching import sketch
from cbm.wording.times.time_words import clock_words, days_told, local_words, time_line, time_line_words
from cbm.wording.told_conditions import identity
from cbm.wording.variable_names import variable_name


def scenario(system: NormSystem, point: Point, mattering: Iterable[Variable], *, sent: bool = False) -> Scenario:
    """An example that tells only what matters: whose units of what kind, and the variables named.

    `sent`: of messages also through which channel they go and in which language, where that matters.
    """
    wanted = list(dict.fromkeys(mattering))
    who = [v for v in identity(system) if v in point]
    told = [v for v in wanted if v in point and v not in who and not isinstance(v, Timed)]
    shown = [v for v in told if v.origin is not Origin.DOING or isinstance(v, WeekPlace)]
    facts = {v: _circumstance(system, v, point) for v in shown}
    deeds = dict.fromkeys((done.act, done.role) for v in told if (done := instance_of(v)) is not None)
    beside = [v for v in told if isinstance(v, ChannelOf | LanguageOf)] if sent else []
    doings = [fact for act, role in deeds for fact in _done(system, act, role, point, beside)]
    units = [unit_words(system, role, point) for role in range(len(system.situation.roles))]
    events = time_line(system, point, wanted)
    line = [say("in time: {events}", events=time_line_words(events))] if events else []
    days = days_told(system, point, wanted)
    on_line = {v.event for v in wanted if isinstance(v, TimeOf) and v in point}
    said = [fact.words for v, fact in facts.items() if not _is_said_in(system, v, point, days, on_line)]
    said += [fact.words for fact in doings]
    words = row(filter(None, (listed([u for u in units if u]), *dict.fromkeys(said), *line)))
    drawn = sketch(system, point, told, (units[0], units[1])) if len(units) == 2 else None
    rest = (*facts.values(), *doings)
    return Scenario((*(fact_of(system, v, point[v]) for v in who), *rest), words, events, drawn)


def _is_said_in(
    system: NormSystem, variable: Variable, point: Point, days: Collection[str], timed: Collection[object]
) -> bool:
    """Whether the time line, which tells these days and hours and when these happen, tells what this is."""
    value = point[variable]
    if isinstance(variable, Occurs):
        return value is True and variable.occurrence in timed
    if not isinstance(variable, WeekPlace) or not isinstance(value, Fraction):
        return False
    return in_brackets(local_words(system, value)) in days


def example(
    system: NormSystem, shown: Episode, formulas: Iterable[Expr], *also: Origin, sent: bool = False
) -> Scenario:
    """A confirmed episode, told by what is found and read in these formulas (and by variables of other origins)."""
    return example_at(system, shown.values, formulas, *also, sent=sent)


def example_at(
    system: NormSystem, values: Point, formulas: Iterable[Expr], *also: Origin, sent: bool = False
) -> Scenario:
    """The same of the values of an episode that was confirmed."""
    told = [v for v in mattering(formulas) if v.origin in (Origin.SITUATION, Origin.READING, *also)]
    return scenario(system, values, told, sent=sent)


def mattering(literals: Iterable[Expr]) -> list[Variable]:
    """The variables of conditions, in order."""
    return list(dict.fromkeys(v for literal in literals for v in mentioned(literal)))


def fact_of(system: NormSystem, variable: Variable, value: Value, viewer: str = "") -> Fact:
    """One circumstance with its words; `viewer` is the party that sees it so, where others may see it otherwise."""
    subject = None if variable.role is None else system.situation.roles[variable.role]
    exact = ("true" if value else "false") if isinstance(value, bool) else str(value)
    if isinstance(variable.sort, FlagSort):
        words = flag_words(system, variable, value is True, viewer)
    else:
        what, told = variable_words(system, variable, viewer), _figure_words(system, variable, value)
        words = say("{what}: {value}", what=what, value=told)
    return Fact(subject, variable_name(variable), exact, words)


def _figure_words(system: NormSystem, variable: Variable, value: Value) -> str:
    """A value, a length in a unit in which it is a round figure."""
    sort = variable.sort
    if not isinstance(sort, NumberSort) or sort.dimension is not Dimension.LENGTH or not isinstance(value, Fraction):
        return value_words(system, variable, value)
    return show(value, telling_unit(value, unit_of(system, variable)), sort.dimension)


def _circumstance(system: NormSystem, variable: Variable, point: Point) -> Fact:
    """One circumstance with its words; of clocks it is told whether that is before or after they change."""
    value = point[variable]
    fact, clocks = fact_of(system, variable, value, _viewer(system, variable, point)), clock_words(variable, point)
    if isinstance(variable, WeekPlace) and isinstance(value, Fraction):
        what, told = variable_words(system, variable), local_words(system, value)
        return replace(fact, words=say("{what}: {value}", what=what, value=told))
    return fact if clocks is None else replace(fact, words=clocks)


def _viewer(system: NormSystem, variable: Variable, point: Point) -> str:
    """The party whose view it is; nothing where it is no view."""
    party = system.situation.party
    if party is None or variable.role is None or not system.situation.is_view(variable):
        return ""
    known = point.get(seen(party, variable.role))
    return member_words(system, known) if isinstance(known, str) else ""


def unit_words(system: NormSystem, role: int, point: Point) -> str:
    """`JP warship (own)`."""
    values = [point[v] for v in identity(system) if v.role == role and v in point]
    words = [
        value if isinstance(value, str) and value in system.situation.parties else member_words(system, str(value))
        for value in values
    ]
    if not words:
        return ""
    return say("{unit} ({role})", unit=" ".join(words), role=role_name(system, role))


def _done(
    system: NormSystem, act: str, role: int, point: Point, beside: Sequence[ChannelOf | LanguageOf]
) -> Iterator[Fact]:
    """Whether a unit does the act, in whichever of its ways; each thing that it states in doing so, and how it goes."""
    ways = {v.instance for v in point if isinstance(v, Performed) and point[v] is True and _is_of(v, act, role)}
    items = system.acts[act].told
    known = {
        (tuple(i for i in items if point.get(way.states(i)) is True), _sent_so(system, way, point, beside))
        for way in ways
    }
    deed = flag_words(system, ActInstance(act, role).performed, bool(ways))
    for some, so in sorted(known, key=lambda one: (list(map(items.index, one[0])), one[1])) or [((), ())]:
        words = _told_words(system, deed, some)
        for message, value in so:
            words = say(message, deed=words, value=value)
        yield Fact(system.situation.roles[role], act, "true" if ways else "false", words)


def _sent_so(
    system: NormSystem, way: ActInstance, point: Point, beside: Sequence[ChannelOf | LanguageOf]
) -> tuple[tuple[str, str], ...]:
    """Through which channel it goes and in which language it is worded, as messages and what stands in them."""
    found = []
    for v in (v for v in beside if v.instance == way):
        value = str(point[v])
        if value == NO_CHANNEL:
            found.append((mark("{deed} through no channel"), ""))
        elif isinstance(v, ChannelOf):
            found.append((mark("{deed} through `{value}`"), value))
        elif value != NO_LANGUAGE:
            found.append((mark("{deed} in {value}"), system.languages[value]))
    return tuple(dict.fromkeys(found))


def _told_words(system: NormSystem, deed: str, told: Sequence[MessagePart]) -> str:
    """`own unit reports to Japan stating nature and position`."""
    recipients = listed([member_words(system, item.party) for item in told if isinstance(item, Addressee)])
    stated = listed([item.replace("_", " ") for item in told if not isinstance(item, Addressee)])
    if recipients:
        deed = say("{deed} to {parties}", deed=deed, parties=recipients)
    return say("{deed} stating {items}", deed=deed, items=stated) if stated else deed


def _is_of(variable: Performed, act: str, role: int) -> bool:
    return (variable.instance.act, variable.instance.role) == (act, role)
