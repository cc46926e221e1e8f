"""Two tracks, with what was recorded beside them, to moments as a vocabulary speaks of them, on one reading or all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from cbm.core.expressions import Expr
from cbm.core.norms import NormSystem
from cbm.core.sorts import Dimension, FlagSort, KindSort, NumberSort
from cbm.core.units import UNITS
from cbm.core.variables import Attribute, Reading, ResultValue, Variable
from cbm.core.viewpoints import seen
from cbm.finding import Misuse
from cbm.judging.first_finding import first_finding
from cbm.judging.inferred_facts import infer
from cbm.judging.partial_episode import UNBOUNDED, Known, PartialEpisode, RecordedDoing, Whole
from cbm.judging.partial_truth import PartialView
from cbm.judging.recorded_precedence import ClashBook
from cbm.judging.track_deeds import Thresholds, TrackDeeds
from cbm.tracks.continuity import Numbers, UsableTrack
from cbm.tracks.geometry import PairGeometry, TrackMeasure
from cbm.tracks.mapping_file import EncounterMapping, Fact
from cbm.tracks.recording import RecordedEvent
from cbm.tracks.track_words import FirstFound, MeasuredFlag, TrackWords
from cbm.translation.saying import mark, say

_ROLES = (0, 1)


@dataclass(frozen=True, slots=True)
class TrackBasis:
    """What all pairs of a record are judged by: the texts, the table of their vocabulary, and the mapping file.

    `conditions` are those of the table, as they are understood. `clashes` remembers which norms clash.
    """

    system: NormSystem
    words: TrackWords
    conditions: Mapping[str, Expr]
    mapping: EncounterMapping
    events: tuple[RecordedEvent, ...]
    clashes: ClashBook = field(default_factory=dict, compare=False)

    @property
    def thresholds(self) -> Thresholds:
        return {name: (round(low * 1000), round(high * 1000)) for name, (low, high) in self.mapping.thresholds.items()}

    def attribute(self, name: str, role: int) -> Variable | None:
        """The attribute of this name, as the unit in the role has it."""
        known = (v for v in self.system.situation.attributes if isinstance(v, Attribute) and v.name == name)
        found = next(known, None)
        return None if found is None else seen(found, role) if found.role is not None else found


@dataclass(frozen=True, slots=True)
class ChosenReading:
    """Thresholds and open terms on one reading, or (as they are stated) on all of them."""

    thresholds: Thresholds
    terms: Mapping[Variable, Fraction | str]
    words: str = ""


_NO_QUANTITY = {
    Dimension.LENGTH: mark('`{written}` is no length; write a number and its unit, as in "500 ft"'),
    Dimension.SPEED: mark('`{written}` is no speed; write a number and its unit, as in "500 ft"'),
    Dimension.ANGLE: mark('`{written}` is no angle; write a number and its unit, as in "500 ft"'),
    Dimension.DURATION: mark('`{written}` is no duration; write a number and its unit, as in "500 ft"'),
    Dimension.COUNT: mark('`{written}` is no count; write a number and its unit, as in "500 ft"'),
}


def readings(basis: TrackBasis) -> tuple[ChosenReading, list[ChosenReading]]:
    """All readings as one, and single ones at the ends of ranges: all where there are few, else one end at a time."""
    stated = basis.thresholds
    used = set(basis.words.thresholds)
    axes: list[tuple[object, str, tuple[object, ...]]] = [
        (name, name, ends) for name, ends in stated.items() if ends[0] != ends[1] and name in used
    ]
    mentioned = {v for norm in basis.system.norms.values() for v in norm.content.variables} | {
        v
        for norm in basis.system.norms.values()
        for g in (*norm.guards, *norm.exceptions)
        for v in g.condition.variables
    }
    for term in basis.system.open_terms:
        if term.variable not in mentioned:
            continue
        for role in _ROLES if term.variable.role is not None else (0,):
            variable = seen(term.variable, role) if term.variable.role is not None else term.variable
            axes.append((variable, term.name, _ends(variable)))
    if not axes:
        return ChosenReading(stated, {}), []
    choices: list[dict[object, object]] = []
    if len(axes) <= _FEW:
        choices = [{}]
        for key, _, ends in axes:
            choices = [{**chosen, key: end} for chosen in choices for end in ends]
    else:
        least, most = ({key: ends[i] for key, _, ends in axes} for i in (0, -1))
        choices = [least, most, *({**least, key: ends[-1]} for key, _, ends in axes)]
    return ChosenReading(stated, {}), [_chosen(stated, axes, choice) for choice in choices]


# With so many ranges every choice of their ends is tried.
_FEW = 4


def _ends(variable: Variable) -> tuple[object, ...]:
    match variable.sort:
        case NumberSort(_, low, high) if low is not None and high is not None:
            return (low, high)
        case KindSort(_, members):
            return members
        case _:
            return (Fraction(0),)


def _chosen(
    stated: Thresholds, axes: Sequence[tuple[object, str, tuple[object, ...]]], choice: Mapping[object, object]
) -> ChosenReading:
    thresholds: dict[str, tuple[int, int]] = dict(stated)
    terms: dict[Variable, Fraction | str] = {}
    for key, _, _ in axes:
        value = choice[key]
        if isinstance(key, str):
            assert isinstance(value, int)
            thresholds[key] = (value, value)
        else:
            assert isinstance(key, Reading)
            assert isinstance(value, Fraction | str)
            terms[key] = value
    return ChosenReading(thresholds, terms)


def facts(basis: TrackBasis, units: Sequence[str]) -> PartialEpisode:
    """What the mapping says of these units and of their meeting, and what the vocabulary concludes: as one moment."""
    episode = PartialEpisode(np.zeros(1, np.int64))
    for role, unit in enumerate(units):
        for name, value in basis.mapping.unit(unit).values.items():
            _state(basis, episode, name, role, value, f"units.{unit}.{name}")
    for name, value in basis.mapping.facts.items():
        _state(basis, episode, name, None, value, f"facts.{name}")
    infer(episode, basis.system)
    return episode


def moments(
    basis: TrackBasis,
    pair: PairGeometry,
    tracks: tuple[UsableTrack, UsableTrack],
    given: PartialEpisode,
    reading: ChosenReading,
) -> PartialEpisode:
    """All that is known of the pair at its moments, on this reading; `given` is what the mapping says."""
    episode = PartialEpisode(pair.times - pair.times[0])
    _give(episode, given)
    _read_terms(episode, reading)
    for name, measure in basis.words.attributes.items():
        for role in _ROLES:
            if (variable := basis.attribute(name, role)) is not None and variable not in given.values:
                episode.values[variable] = _measured(variable, pair.measured(measure, role))
    for name, measured in basis.words.results.items():
        if (result := basis.system.results.get(name)) is not None:
            for role in _ROLES if result.each else (0,):
                value = ResultValue(name, role if result.each else None, result.sort)
                low, high = episode.values[value] = _measured(value, pair.measured(measured.measure, role))
                if measured.least:
                    episode.so_far[value] = (np.minimum.accumulate(low), np.minimum.accumulate(high))
    _record_events(basis, episode, pair)
    told = {event.what for event in basis.events}
    for flag in basis.words.flags:
        for role in _ROLES:
            variable = basis.attribute(flag.name, role)
            if variable is not None and variable not in given.values and flag.name not in told:
                episode.values[variable] = _limited(basis, episode, pair, flag, role, reading)
    for found in basis.words.first_found:
        if found.name not in told and basis.attribute(found.name, 0) not in given.values:
            _find_first(basis, episode, pair, found, reading)
    for act, deed in basis.words.acts.items():
        if act in basis.system.acts and act not in told:
            for role in _ROLES:
                deeds = TrackDeeds(pair, tracks, role, reading.thresholds)
                doings, witnessed = deeds.find(deed, act)
                if not doings and deeds.is_missed(deed):
                    episode.missed.add((act, role))
                episode.doings.extend(doings)
                episode.witnessed[act, role] = witnessed
    return episode


# ---- facts that are stated


def _state(basis: TrackBasis, episode: PartialEpisode, name: str, role: int | None, value: Fact, where: str) -> None:
    variable = basis.attribute(name, role or 0)
    if variable is None:
        known = sorted({v.name for v in basis.system.situation.attributes if isinstance(v, Attribute)})
        no_such = say("the vocabulary has no attribute `{name}`", name=name)
        raise _refused(where, say("{message}; {advice}", message=no_such, advice=_near(name, known)))
    if role is None and variable.role is not None:
        raise _refused(where, say("each unit has a `{name}` of its own; say it under [units.NAME]", name=name))
    if role is not None and variable.role is None:
        raise _refused(where, say("units share `{name}`; say it under [facts]", name=name))
    _assign(episode, variable, value, where)


def _refused(where: str, message: str) -> Misuse:
    return Misuse(say("{place}: {message}", place=where, message=message))


def _assign(episode: PartialEpisode, variable: Variable, value: Fact, where: str) -> None:
    match variable.sort:
        case FlagSort():
            if not isinstance(value, bool):
                raise _refused(where, say("this is true or false, and no `{value}`", value=value))
            episode.set_flag(variable, value)
        case KindSort(_, members):
            if value not in members:
                no_such = say("there is no `{value}`", value=value)
                advice = _near(str(value), members)
                raise _refused(where, say("{message}; {advice}", message=no_such, advice=advice))
            episode.set_member(variable, str(value))
        case _:
            thousandths = _quantity(variable, str(value), where)
            episode.set_number(variable, thousandths, thousandths)


def _quantity(variable: Variable, text: str, where: str) -> int:
    """`500 ft` in thousandths of the base unit."""
    assert isinstance(variable.sort, NumberSort)
    number, _, name = text.strip().partition(" ")
    unit = UNITS.get(name.strip())
    try:
        value = Fraction(number.replace(",", ""))
    except ValueError:
        value, unit = Fraction(0), None
    if unit is None or unit.dimension is not variable.sort.dimension:
        raise _refused(where, say(_NO_QUANTITY[variable.sort.dimension], written=text))
    return round(value * unit.factor * 1000)


def _near(name: str, known: Sequence[str]) -> str:
    from cbm.resolve.faults import suggestion

    return next(iter(suggestion(name, known)), say("known are {names}", names=say(", ").join(known)))


def _give(episode: PartialEpisode, given: PartialEpisode) -> None:
    size = len(episode)
    for variable, known in given.values.items():
        match known:
            case Known(yes, no):
                episode.values[variable] = Known(np.full(size, yes[0]), np.full(size, no[0]))
            case (low, high):
                episode.values[variable] = (np.full(size, low[0]), np.full(size, high[0]))
            case members:
                episode.values[variable] = {name: np.full(size, mask[0]) for name, mask in members.items()}


def _read_terms(episode: PartialEpisode, reading: ChosenReading) -> None:
    for variable, value in reading.terms.items():
        if isinstance(value, str):
            episode.set_member(variable, value)
        else:
            episode.set_number(variable, int(value * 1000), int(value * 1000))


# ---- what is measured


def _measured(variable: Variable, thousandths: Numbers) -> tuple[Whole, Whole]:
    """The value where there is one; anything that the vocabulary has room for elsewhere."""
    sort = variable.sort
    assert isinstance(sort, NumberSort)
    known = ~np.isnan(thousandths)
    whole = np.where(known, thousandths, 0).astype(np.int64)
    low = -UNBOUNDED if sort.low is None else int(sort.low * 1000)
    high = UNBOUNDED if sort.high is None else int(sort.high * 1000)
    return np.where(known, whole, low), np.where(known, whole, high)


def _limited(
    basis: TrackBasis,
    episode: PartialEpisode,
    pair: PairGeometry,
    flag: MeasuredFlag,
    role: int,
    reading: ChosenReading,
) -> Known:
    view = PartialView(episode, basis.system, role)
    held = view.truth(basis.conditions[flag.when]) if flag.when else episode.everywhere(True)
    for limit in flag.limits:
        values = pair.measured(limit.measure, role)
        if isinstance(limit.threshold, str):
            low, high = reading.thresholds.get(limit.threshold, (0, UNBOUNDED))
        else:
            low = high = round(limit.threshold * 1000)
        if limit.at_most:
            held &= Known(values <= low, values > high)
        else:
            held &= Known(values >= high, values < low)
    return held


def _find_first(
    basis: TrackBasis, episode: PartialEpisode, pair: PairGeometry, found: FirstFound, reading: ChosenReading
) -> None:
    low, high = reading.thresholds.get(found.clear, (0, UNBOUNDED))
    apart, soon = pair.measured(TrackMeasure.RANGE, 0), pair.measured(TrackMeasure.TIME_TO_CLOSEST_APPROACH, 0)
    closing = Known(soon >= 0, soon < 0)
    finding = first_finding(
        [PartialView(episode, basis.system, role).truth(basis.conditions[found.begins]) for role in _ROLES],
        closing,
        _shared_flag(basis, episode, found.unless_already),
        Known(apart > high, apart <= low) & ~closing,
        # What was found before the record begins is known only where it begins with units that are clear, or says so.
        False if basis.mapping.first_sight or apart[0] > high else None,
    )
    for role in _ROLES:
        if (variable := basis.attribute(found.name, role)) is not None:
            episode.values[variable] = finding.of_each[role]
    if found.otherwise and (variable := basis.attribute(found.otherwise, 0)) is not None:
        episode.values[variable] = finding.otherwise
    if found.brings and (variable := basis.attribute(found.brings, 0)) is not None:
        episode.values[variable] = episode.flag(variable) | finding.of_each[0] | finding.of_each[1]


def _shared_flag(basis: TrackBasis, episode: PartialEpisode, name: str) -> Known:
    """Never so, where there is none of this name."""
    variable = basis.attribute(name, 0) if name else None
    return episode.everywhere(False) if variable is None else episode.flag(variable)


# ---- what was recorded beside the tracks


def _record_events(basis: TrackBasis, episode: PartialEpisode, pair: PairGeometry) -> None:
    start = int(pair.times[0])
    for event in basis.events:
        role = pair.units.index(event.unit) if event.unit in pair.units else None
        if event.what in basis.system.acts and role is not None and event.other in ("", pair.units[1 - role]):
            through = event.through or None
            episode.doings.append(
                RecordedDoing(event.what, role, event.at - start, event.until - start, frozenset(event.states), through)
            )
    for name, role, group in _changes(basis, pair):
        _follow(basis, episode, name, role, group, start)
    for act in basis.mapping.complete:
        for role in _ROLES:
            episode.witnessed[act, role] = np.ones(len(episode), bool)


def _changes(basis: TrackBasis, pair: PairGeometry) -> Iterator[tuple[str, int, list[RecordedEvent]]]:
    """The events that say what an attribute was, of each unit of the pair or of both."""
    grouped: dict[tuple[str, int], list[RecordedEvent]] = {}
    for event in basis.events:
        if event.value and (not event.unit or event.unit in pair.units):
            role = pair.units.index(event.unit) if event.unit else 0
            grouped.setdefault((event.what, role), []).append(event)
    yield from ((name, role, group) for (name, role), group in grouped.items())


def _follow(
    basis: TrackBasis, episode: PartialEpisode, name: str, role: int, group: Sequence[RecordedEvent], start: int
) -> None:
    """A value is so from its time on, until the end that is told or the next event; before that nobody can tell."""
    variable = basis.attribute(name, role)
    if variable is None:
        return
    one = PartialEpisode(np.zeros(1, np.int64))
    for event, following in zip(group, [*group[1:], None], strict=True):
        value: Fact = {"yes": True, "true": True, "no": False, "false": False}.get(event.value, event.value)
        _assign(one, variable, value, say("event in line {line}", line=event.line))
        end = event.until if event.until > event.at else following.at - 1 if following else None
        inside = (episode.times >= event.at - start) & (episode.times <= (UNBOUNDED if end is None else end - start))
        match one.values[variable]:
            case Known(yes, no):
                known = episode.flag(variable)
                episode.values[variable] = Known(np.where(inside, yes[0], known.yes), np.where(inside, no[0], known.no))
            case (low, high):
                least, most = episode.bounds(variable)
                episode.values[variable] = (np.where(inside, low[0], least), np.where(inside, high[0], most))
            case members:
                possible = episode.members(variable)
                episode.values[variable] = {m: np.where(inside, mask[0], possible[m]) for m, mask in members.items()}
