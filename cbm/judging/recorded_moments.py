"""Two tracks, with what was recorded beside them, to moments as a vocabulary speaks of them, on one reading or all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from cbm.core.expressions import Expr, Truth
from cbm.core.sorts import NumberSort
from cbm.core.variables import ResultValue, Variable
from cbm.judging.chosen_readings import ChosenReading
from cbm.judging.first_finding import first_finding
from cbm.judging.partial_episode import UNBOUNDED, Known, PartialEpisode, RecordedDoing, Whole
from cbm.judging.partial_truth import PartialView
from cbm.judging.standing_facts import StandingFacts
from cbm.judging.stated_facts import assign
from cbm.judging.track_basis import TrackBasis
from cbm.judging.track_deeds import ShownAct, Thresholds, shown_acts
from cbm.tracks.continuity import Numbers, UsableTrack
from cbm.tracks.geometry import PairGeometry, TrackMeasure
from cbm.tracks.mapping_file import Fact
from cbm.tracks.recording import RecordedEvent
from cbm.tracks.track_words import DEED_THRESHOLDS, FirstFound, MeasuredFlag
from cbm.translation.saying import say

_ROLES = (0, 1)
_ALWAYS = Truth(True)


class PairMoments:
    """The moments of two units; what does not hang on the reading is worked out once for all readings."""

    def __init__(
        self,
        basis: TrackBasis,
        pair: PairGeometry,
        tracks: tuple[UsableTrack, UsableTrack],
        standing: StandingFacts,
    ) -> None:
        self._basis = basis
        self._pair = pair
        self._tracks = tracks
        self._standing = standing
        self._recorded = self._measured_and_told()
        self._flagged: dict[tuple[object, ...], PartialEpisode] = {}
        self._shown: dict[tuple[object, ...], list[ShownAct]] = {}

    def on(self, reading: ChosenReading) -> PartialEpisode:
        """All that is known of the pair at its moments, on this reading."""
        episode = self._with_flags(reading).copy()
        _read_terms(episode, reading.terms)
        for act in self._acts(reading.thresholds):
            if act.missed:
                episode.missed.add((act.name, act.role))
            episode.doings.extend(act.doings)
            episode.witnessed[act.name, act.role] = act.witnessed
        return episode

    def _measured_and_told(self) -> PartialEpisode:
        """What is known on each reading."""
        basis, pair, given = self._basis, self._pair, self._standing.given
        episode = PartialEpisode(pair.times - pair.times[0])
        _give(episode, given)
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
        return episode

    def _acts(self, thresholds: Thresholds) -> list[ShownAct]:
        """What either unit was seen to do; it rests on the thresholds of deeds alone."""
        basis, told = self._basis, self._basis.told_by_events
        deeds = {act: deed for act, deed in basis.words.acts.items() if act in basis.system.acts and act not in told}
        used = tuple(thresholds.get(name) for deed in deeds.values() for name in DEED_THRESHOLDS[deed])
        if used not in self._shown:
            self._shown[used] = list(shown_acts(deeds, self._pair, self._tracks, thresholds))
        return self._shown[used]

    # ---- flags

    def _with_flags(self, reading: ChosenReading) -> PartialEpisode:
        """What was recorded, with flags; they rest on their thresholds, and on terms that their conditions mention."""
        terms = {term: value for term, value in reading.terms.items() if term in self._basis.mentioned_by_flags}
        used = (*(reading.thresholds.get(name) for name in self._basis.words.flag_thresholds), *terms.values())
        if used not in self._flagged:
            self._flagged[used] = episode = self._recorded.copy()
            _read_terms(episode, terms)
            self._set_flags(episode, reading)
        return self._flagged[used]

    def _set_flags(self, episode: PartialEpisode, reading: ChosenReading) -> None:
        basis, given, told = self._basis, self._standing.given, self._basis.told_by_events
        for flag in basis.words.flags:
            when = basis.conditions[flag.when] if flag.when else _ALWAYS
            for role in _ROLES:
                variable = basis.attribute(flag.name, role)
                if variable is not None and variable not in given.values and flag.name not in told:
                    view = self._view(episode, role)
                    episode.values[variable] = _limited(view, when, self._pair, flag, reading)
        for found in basis.words.first_found:
            if found.name not in told and basis.attribute(found.name, 0) not in given.values:
                self._find_first(episode, found, reading)

    def _view(self, episode: PartialEpisode, role: int) -> PartialView:
        """Made anew for each question: between two of them flags are set."""
        return PartialView(episode, self._basis.system, role, lasting=self._standing.lasting.view(role))

    def _find_first(self, episode: PartialEpisode, found: FirstFound, reading: ChosenReading) -> None:
        basis, pair = self._basis, self._pair
        low, high = reading.thresholds.get(found.clear, (0, UNBOUNDED))
        apart, soon = pair.measured(TrackMeasure.RANGE, 0), pair.measured(TrackMeasure.TIME_TO_CLOSEST_APPROACH, 0)
        closing = Known(soon >= 0, soon < 0)
        finding = first_finding(
            [self._view(episode, role).truth(basis.conditions[found.begins]) for role in _ROLES],
            closing,
            _shared_flag(basis, episode, found.unless_already),
            Known(apart > high, apart <= low) & ~closing,
            # What was found before the record is known only where it begins with units that are clear, or says so.
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
    return episode.everywhere(value=False) if variable is None else episode.flag(variable)


def _give(episode: PartialEpisode, given: PartialEpisode) -> None:
    """Of one moment, to all of them."""
    size = len(episode)
    for variable, known in given.values.items():
        match known:
            case Known():
                episode.values[variable] = episode.everywhere(known.at(0))
            case (low, high):
                episode.values[variable] = (np.full(size, low[0]), np.full(size, high[0]))
            case members:
                able = {name: episode.where(always=bool(mask[0])) for name, mask in members.items()}
                episode.values[variable] = able


def _read_terms(episode: PartialEpisode, terms: Mapping[Variable, Fraction | str]) -> None:
    for variable, value in terms.items():
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


def _limited(view: PartialView, when: Expr, pair: PairGeometry, flag: MeasuredFlag, reading: ChosenReading) -> Known:
    held = view.truth(when)
    for limit in flag.limits:
        values = pair.measured(limit.measure, view.role)
        if isinstance(limit.threshold, str):
            low, high = reading.thresholds.get(limit.threshold, (0, UNBOUNDED))
        else:
            low = high = round(limit.threshold * 1000)
        if limit.at_most:
            held &= Known(values <= low, values > high)
        else:
            held &= Known(values >= high, values < low)
    return held


# ---- what was recorded beside the tracks


def _record_events(basis: TrackBasis, episode: PartialEpisode, pair: PairGeometry) -> None:
    start = int(pair.times[0])
    for event in basis.events:
        role = pair.units.index(event.unit) if event.unit in pair.units else None
        if event.what in basis.system.acts and role is not None and event.other in ("", pair.units[1 - role]):
            states, through = frozenset(event.states) or None, event.through or None
            episode.doings.append(
                RecordedDoing(event.what, role, event.at - start, event.until - start, states, through)
            )
    for name, role, group in _changes(basis, pair):
        _follow(basis, episode, name, role, group, start)
    for act in basis.mapping.complete:
        for role in _ROLES:
            episode.witnessed[act, role] = episode.always


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
        assign(one, variable, value, say("event in line {line}", line=event.line))
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
