"""A judged pair to what is told of it: each clause over time, what came of it and by how much, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

import numpy as np

from cbm.core.expressions import Compare, Does, Each, Expr, States, Through, Worded, Works
from cbm.core.norms import Modality, Norm, Strength
from cbm.core.sorts import NumberSort
from cbm.core.substitution import atoms_of, deeds_of
from cbm.core.units import show
from cbm.core.variables import Attribute, Occurrence, Occurs, Reading, ResultValue, TimeOf, ValueAt, Variable
from cbm.judging.chosen_readings import ChosenReading
from cbm.judging.contradicted_axioms import contradicted
from cbm.judging.judged_pair import JudgedPair
from cbm.judging.norms_over_time import (
    NormOverTime,
    SameStretch,
    Telling,
    breach,
    comparisons,
    counting,
    not_looked_at,
    stretches,
)
from cbm.judging.partial_truth import Counting, exact
from cbm.judging.track_basis import TrackBasis
from cbm.outcomes.answers import ClauseSource
from cbm.outcomes.judgement import (
    DrawnTrack,
    DutyStretch,
    DutyVerdict,
    ImpossibleSample,
    JudgedEncounter,
    KeyMoment,
    RecordAnswer,
    RecordedDuty,
)
from cbm.source import Span
from cbm.tracks.continuity import clock
from cbm.tracks.geometry import TrackMeasure
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.answers.setback_words import TOLD, setbacks, yielding_to
from cbm.wording.answers.told_demands import told_demands
from cbm.wording.clause_names import clause_name, is_named_with_act
from cbm.wording.phrases import is_choice, member_words, occurrence_words, role_words, title_of, title_of_act, unit_of
from cbm.wording.told_conditions import identity

# What came of duties, from what is read first.
_ORDER = (
    DutyVerdict.BREACHED,
    DutyVerdict.DEPENDS,
    DutyVerdict.KEPT,
    DutyVerdict.YIELDS,
    DutyVerdict.FREE,
    DutyVerdict.UNTOLD,
)
_DRAWN = 400  # so many points of a track are drawn at most
_METRES = 111_195.0  # of a degree of latitude, for a drawing


@dataclass(frozen=True, slots=True)
class PairWords:
    """What is told of a pair; the findings against its vocabulary beside it."""

    encounter: JudgedEncounter
    impossible: tuple[ImpossibleSample, ...]


def pair_words(basis: TrackBasis, judged: JudgedPair) -> PairWords:
    """All that is told of the pair."""
    told = _PairTelling(basis, judged)
    return PairWords(told.encounter(), tuple(told.impossible()))


def unit_words(basis: TrackBasis, unit: str) -> str:
    """Who a unit is: `warship of Japan`, as far as the mapping says it."""
    values = basis.mapping.unit(unit).values
    party = basis.system.situation.party
    said = [
        values.get(v.name) for v in identity(basis.system) if isinstance(v, Attribute) and v.role == 0 and v != party
    ]
    whose = values.get(party.name) if party is not None else None
    kinds = say(", ").join(member_words(basis.system, value) for value in said if isinstance(value, str)) or say("unit")
    if not whose:
        return kinds
    return say("{unit} of {party}", unit=kinds, party=member_words(basis.system, str(whose)))


def time_words(time: int) -> str:
    """ISO 8601 in UTC, for ms since 1970."""
    told = datetime.fromtimestamp(time / 1000, UTC)
    return told.isoformat(timespec="milliseconds" if told.microsecond else "seconds").replace("+00:00", "Z")


class _PairTelling:
    def __init__(self, basis: TrackBasis, judged: JudgedPair) -> None:
        self._basis = basis
        self._judged = judged
        self._system = basis.system
        self._pair = judged.geometry
        self._times = judged.geometry.times

    def encounter(self) -> JudgedEncounter:
        apart = self._pair.measured(TrackMeasure.RANGE, 0)
        duties = tuple(sorted((self._duty(one) for one in self._judged.norms), key=_in_order))
        known = ~np.isnan(apart)
        nearest = int(np.nanargmin(apart)) if known.any() else 0
        closest = self._at(_metres(apart[nearest]), int(self._times[nearest])) if known.any() else ""
        return JudgedEncounter(
            units=self._pair.units,
            start=time_words(int(self._times[0])),
            end=time_words(int(self._times[-1])),
            moments=len(self._times),
            closest=closest,
            duties=duties,
            keys=tuple(self._keys(duties, nearest, closest)),
            tracks=tuple(self._drawn(role) for role in (0, 1)),
            setbacks=setbacks(self._system, self._judged, lambda index: time_words(int(self._times[index]))),
        )

    def impossible(self) -> Iterator[ImpossibleSample]:
        judged = self._judged
        for (number, role), wrong in contradicted(judged.standing.open_axioms, judged.whole):
            axiom, first = self._system.axioms[number], int(np.flatnonzero(wrong)[0])
            yield ImpossibleSample(
                axiom.title,
                _place(axiom.span),
                self._pair.units,
                time_words(int(self._times[first])),
                int(wrong.sum()),
                tuple(self._sample(axiom.recorded, role, first)),
            )

    def _sample(self, condition: Expr, role: int, index: int) -> Iterator[str]:
        """What was recorded of all that an axiom speaks of."""
        view = self._judged.whole.view(role, Counting.GOING_ON)
        for own in dict.fromkeys(map(view.own, condition.variables)):
            yield say("{quantity}: {value}", quantity=self._name(own), value=self._value(own, index))
        for done in dict.fromkeys(Does(done.act, done.role) for done in deeds_of(condition)):
            who, known = (done.role + role) % 2, view.truth(done)
            quantity = say("whether {unit} {does}", unit=self._pair.units[who], does=self._act(done.act, who))
            value = say("yes") if known.yes[index] else say("no") if known.no[index] else say("not known")
            yield say("{quantity}: {value}", quantity=quantity, value=value)

    # ---- clauses

    def _duty(self, one: NormOverTime) -> RecordedDuty:
        norm, system = one.norm, self._system
        return RecordedDuty(
            unit=self._pair.units[one.role],
            towards=self._pair.units[1 - one.role],
            clause=clause_name(system, norm.id),
            text=norm.id.document,
            title=norm.title,
            demand=told_demands(system, (norm,), whole=not is_named_with_act(system, norm.id)),
            advice=norm.strength is Strength.SHOULD,
            place=_place(norm.content_span or norm.span),
            stretches=tuple(self._stretch(one, stretch) for stretch in stretches(one)),
            sources=tuple(ClauseSource(c.text, "" if c.mark is None else c.mark.value) for c in norm.citations),
            why=say("; ").join(g.words for g in norm.guards if g.words),
            wording=norm.wording,
        )

    def _stretch(self, one: NormOverTime, stretch: SameStretch) -> DutyStretch:
        verdict, words, missing = self._verdict(one, stretch)
        return DutyStretch(
            start=time_words(int(self._times[stretch.first])),
            end=time_words(int(self._times[stretch.last])),
            bound=TOLD[stretch.bound],
            verdict=verdict,
            words=words,
            missing=missing,
            breached=time_words(int(self._times[self._too_late(one, stretch)]))
            if verdict is DutyVerdict.BREACHED
            else "",
        )

    def _too_late(self, one: NormOverTime, stretch: SameStretch) -> int:
        """From which moment on it is breached: what is to be done in time, at the end of that."""
        if counting(one.norm, self._basis.words) is not Counting.SO_FAR:
            return stretch.first
        late = np.flatnonzero(one.too_late[stretch.first : stretch.last])
        return stretch.first + int(late[0]) if len(late) else stretch.last

    def _verdict(self, one: NormOverTime, stretch: SameStretch) -> tuple[DutyVerdict, str, tuple[str, ...]]:
        if not one.norm.demands:
            missing = self._missing(one, stretch) if stretch.bound > Telling.YES else ()
            return DutyVerdict.FREE, say("it may do so"), missing
        if stretch.yields is Telling.YES:
            return DutyVerdict.YIELDS, listed(yielding_to(self._system, self._judged, one, stretch)), ()
        match stretch.breached:
            case Telling.YES:
                owed = any(step.strength is Strength.MUST for step in one.norm.otherwise)
                missing = (say("whether what is owed otherwise is done"),) if owed else ()
                return DutyVerdict.BREACHED, self._amount(one, stretch), missing
            case Telling.NO:
                return DutyVerdict.KEPT, self._kept(one, stretch), ()
            case Telling.DEPENDS:
                amount, reading = self._amount(one, stretch), self._by_reading(one, stretch)
                return DutyVerdict.DEPENDS, say("{amount}: {reading}", amount=amount, reading=reading), ()
            case Telling.UNTOLD:
                return DutyVerdict.UNTOLD, "", self._missing(one, stretch)

    def _kept(self, one: NormOverTime, stretch: SameStretch) -> str:
        if counting(one.norm, self._basis.words) is Counting.GOING_ON:
            return ""
        done = self._judged.whole.fulfilled(one.norm, one.role, Counting.SO_FAR).yes[stretch.first : stretch.last + 1]
        first = stretch.first + int(np.argmax(done)) if done.any() else stretch.last
        acts = {done.act for done in _deeds(one.norm.content)}
        doings = [d for d in self._judged.episode.doings if d.role == one.role and d.act in acts]
        start = int(self._times[0])
        soon = [d for d in doings if d.at <= int(self._times[first]) - start]
        if not done.any() and stretch.last < len(self._times) - 1:
            return say("it is owed no more before its time is over")
        if not soon:
            return ""
        last = max(soon, key=lambda one: one.at)
        return self._done_at(last.act, one.role, start + last.at)

    def _amount(self, one: NormOverTime, stretch: SameStretch) -> str:
        """By how much, or what was done or left undone."""
        inside = slice(stretch.first, stretch.last + 1)
        view = self._judged.whole.of_norm(one.norm, one.role)
        for compared, _ in comparisons(one.norm.content):
            for coefficient, variable in compared.terms:
                own = view.own(variable)
                if not isinstance(own, ResultValue):
                    continue
                low, high = self._judged.episode.bounds(own)
                if not (low[inside] == high[inside]).all():
                    continue
                worst = stretch.first + int(np.argmax(low[inside]) if coefficient > 0 else np.argmin(low[inside]))
                said = self._at(self._number(own, exact(low[worst])), int(self._times[worst]))
                return self._short(said, compared, coefficient, exact(low[worst]), own)
        if one.norm.modality is Modality.PROHIBITION:
            return self._done(one, stretch)
        if counting(one.norm, self._basis.words) is Counting.GOING_ON:
            return say("it is not so")
        late = self._too_late(one, stretch)
        if late < stretch.last:
            return say("it is not done by {time}", time=clock(int(self._times[late])))
        return say("it is not done by then")

    def _at(self, amount: str, time: int) -> str:
        return say("{amount} at {time}", amount=amount, time=clock(time))

    def _done_at(self, act: str, role: int, time: int) -> str:
        return say("{does}, at {time}", does=self._act(act, role), time=clock(time))

    def _short(
        self, said: str, compared: Compare, coefficient: Fraction, value: Fraction, variable: ResultValue
    ) -> str:
        """What was measured, with how far that is from what is asked, where one bound is."""
        if len(compared.terms) != 1 or not isinstance(variable.sort, NumberSort):
            return said
        bound, unit = compared.bound / coefficient, compared.unit or unit_of(self._system, variable)
        by, asked = (show(_rounded(n), unit, variable.sort.dimension) for n in (abs(bound - value), bound))
        if value > bound:
            return say("{measured}, {difference} over {bound}", measured=said, difference=by, bound=asked)
        return say("{measured}, {difference} short of {bound}", measured=said, difference=by, bound=asked)

    def _done(self, one: NormOverTime, stretch: SameStretch) -> str:
        start = int(self._times[0])
        first, last = (int(self._times[i]) - start for i in (stretch.first, stretch.last))
        acts = {done.act for done in _deeds(one.norm.content)}
        doings = [
            d
            for d in self._judged.episode.doings
            if d.role == one.role and d.act in acts and d.at <= last and d.until >= first
        ]
        said = [self._done_at(d.act, one.role, start + d.at) for d in doings]
        return listed(list(dict.fromkeys(said)), of="sentences") or say("it is done")

    def _by_reading(self, one: NormOverTime, stretch: SameStretch) -> str:
        """Which thresholds decide, by the ends of their ranges at which it is breached and at which it is not."""
        yes: list[ChosenReading] = []
        no: list[ChosenReading] = []
        for reading, binding in self._judged.single:
            found = breach(one.norm, one.role, self._basis.words, binding)
            (yes if found.yes[stretch.first] else no if found.no[stretch.first] else []).append(reading)
        stated = self._basis.thresholds
        deciding = [
            name
            for name, (low, high) in stated.items()
            if low != high and {r.thresholds[name] for r in yes} != {r.thresholds[name] for r in no}
        ]
        terms = {v for r in yes for v in r.terms if {x.terms[v] for x in yes} != {x.terms[v] for x in no}}
        said = [*(f"thresholds.{name}" for name in deciding), *(self._name(v) for v in sorted(terms, key=str))]
        what = listed(said) or say("what is left open")
        return say("breached on one reading of {what}, and not on another", what=what)

    # ---- what is missing

    def _missing(self, one: NormOverTime, stretch: SameStretch) -> tuple[str, ...]:
        binding, norm, at = self._judged.whole, one.norm, stretch.first
        found: dict[str, None] = {}
        if stretch.yields > Telling.YES:
            over = listed(yielding_to(self._system, self._judged, one, stretch), "or")
            found[say("whether it yields to {clauses}", clauses=over)] = None
        for leaf, role in binding.open_parts(norm.id, one.role, at):
            found.update(dict.fromkeys(self._lacking(leaf, role)))
        if stretch.bound is Telling.YES or not found:
            view = binding.of_norm(norm, one.role, counting(norm, self._basis.words))
            last = stretch.last
            for leaf in view.open_leaves(norm.content, last):
                found.update(dict.fromkeys(self._lacking(leaf, view.role)))
            if not found and norm.recurrence and not_looked_at(norm, one.role, binding)[last]:
                said = mark("what is owed after the first {count} times: no more are looked at (`up to` says how many)")
                found[say(said, count=norm.recurrence.times)] = None
            if not found and norm.modality is Modality.PROHIBITION:
                found[say("what comes after the end of the record")] = None
            elif not found and counting(norm, self._basis.words) is Counting.GOING_ON:
                found[say("whether it goes on with what it was doing before this was owed")] = None
            if not found:
                found[say("what comes after the end of the record: until then it may still be done")] = None
        return tuple(found)

    def _lacking(self, leaf: Expr, role: int) -> Iterator[str]:
        match leaf:
            case Does() | Each():
                for done in _spoken_of(leaf):
                    who = (done.role + role) % 2
                    unit, does = self._pair.units[who], self._act(done.act, who)
                    known = self._judged.episode.witnessed.get((done.act, who))
                    if known is None or not known.all():
                        yield self._hinted(say("whether {unit} {does}", unit=unit, does=does), done.act)
                    elif isinstance(done, Does) and _says_how(done.manner):
                        words = mark(
                            "how {unit} {does}: when it is sent, through which line, to whom, in which language and "
                            "stating what"
                        )
                        yield say(words, unit=unit, does=does)
            case Works():
                yield say("whether the channel works")
            case _:
                for variable in leaf.variables:
                    own = self._judged.whole.view(role).own(variable)
                    if self._judged.episode.is_known(own).all():
                        continue
                    named = self._name(own)
                    yield self._hinted(named, own.name) if isinstance(own, Attribute) else named

    def _hinted(self, missing: str, name: str) -> str:
        """What is missing, with what the mapping file would have to state for it, where it can."""
        if self._basis.words.attributes.get(name) is TrackMeasure.BEARING:
            words = mark('{missing} (rows tell no course: derive = ["course"] under [record] works it out)')
            return say(words, missing=missing)
        unstated = [n for n in self._basis.words.needed_for(name) if n not in self._basis.mapping.thresholds]
        if not unstated:
            return missing
        return say("{missing} (state thresholds.{thresholds})", missing=missing, thresholds=listed(unstated))

    def _act(self, act: str, role: int) -> str:
        """What a unit does when it does so, with the other one by name: `calls B`."""
        said, other = title_of_act(self._system, act, role), role_words(self._system, 1 - role)
        return said.replace(f"the {other}", other).replace(other, self._pair.units[1 - role])

    def _name(self, variable: Variable) -> str:
        match variable:
            case Reading(term=term) if is_choice(self._system, variable):
                return say("the choice `{name}`", name=term)
            case Reading(term=term, role=role):
                words = term.replace("_", " ")
                return (
                    words if role is None else say("{term} as {unit} reads it", term=words, unit=self._pair.units[role])
                )
            case Occurs(occurrence):
                return say("whether {moment} occurs", moment=occurrence_words(self._system, occurrence))
            case TimeOf(Occurrence() as occurrence):
                return say("when {moment} is", moment=occurrence_words(self._system, occurrence))
            case Attribute(name=name) | ResultValue(name=name) | ValueAt(attribute=name):
                title = title_of(self._system, variable)
            case _:
                return say("times of moments and of messages")
        if title and title.replace(" ", "_") != name:
            said = say("{title} (`{name}`)", title=title, name=name)
        else:
            said = f"`{name}`"
        if variable.role is None:
            return said
        return say("{quantity} of {unit}", quantity=said, unit=self._pair.units[variable.role])

    def _value(self, variable: Variable, index: int) -> str:
        episode = self._judged.episode
        known = episode.values.get(variable)
        if not episode.is_known(variable)[index]:
            return say("not known")
        if isinstance(known, tuple):
            return self._number(variable, exact(known[0][index]))
        if hasattr(known, "yes"):
            return say("yes") if episode.flag(variable).yes[index] else say("no")
        return next(member_words(self._system, m) for m, mask in episode.members(variable).items() if mask[index])

    def _number(self, variable: Variable, value: Fraction) -> str:
        assert isinstance(variable.sort, NumberSort)
        return show(_rounded(value), unit_of(self._system, variable), variable.sort.dimension)

    # ---- moments and drawing

    def _keys(self, duties: Sequence[RecordedDuty], nearest: int, closest: str) -> Iterator[KeyMoment]:
        found: dict[int, list[str]] = {}
        at = {time_words(int(t)): i for i, t in enumerate(self._times)}
        found.setdefault(0, []).append(say("the record of both begins"))
        if closest:
            apart = _metres(self._pair.measured(TrackMeasure.RANGE, 0)[nearest])
            found.setdefault(nearest, []).append(say("closest: {distance}", distance=apart))
        for duty in duties:
            if duty.advice:
                continue
            breached = next((s for s in duty.stretches if s.verdict is DutyVerdict.BREACHED), None)
            if any(s.bound is RecordAnswer.YES for s in duty.stretches) and at[duty.since]:
                binds = say("{clause} binds {unit}", clause=duty.clause, unit=duty.unit)
                found.setdefault(at[duty.since], []).append(binds)
            if breached is not None:
                late = breached.breached != breached.start
                words = mark("{unit} has not done what {clause} asks") if late else mark("{unit} breaches {clause}")
                said = say(words, unit=duty.unit, clause=duty.clause)
                found.setdefault(at[breached.breached], []).append(said)
        for done in self._judged.episode.doings:
            index = int(np.searchsorted(self._judged.episode.times, done.at))
            if index < len(self._times) and done.act in {event.what for event in self._basis.events}:
                who = self._pair.units[done.role]
                found.setdefault(index, []).append(say("{unit} {does}", unit=who, does=self._act(done.act, done.role)))
        for index in sorted(found):
            places = tuple(self._place(role, index) for role in (0, 1))
            yield KeyMoment(time_words(int(self._times[index])), say("; ").join(dict.fromkeys(found[index])), places)

    def _drawn(self, role: int) -> DrawnTrack:
        step = max(1, len(self._times) // _DRAWN)
        every = sorted({*range(0, len(self._times), step), len(self._times) - 1})
        seconds = (self._times - self._times[0]) / 1000
        points = tuple((*self._place(role, i), float(seconds[i])) for i in every)
        return DrawnTrack(self._pair.units[role], points)

    def _place(self, role: int, index: int) -> tuple[float, float]:
        own, first = self._pair.places[role], self._pair.places[0]
        north = (own.latitudes[index] - first.latitudes[0]) * _METRES
        turned = (own.longitudes[index] - first.longitudes[0] + 180) % 360 - 180
        east = turned * _METRES * np.cos(np.radians(first.latitudes[0]))
        return round(float(east), 1), round(float(north), 1)


def _place(span: Span | None) -> str:
    """`colregs.cbm:57:3`."""
    return "" if span is None else ":".join((span.source.name, *map(str, span.begin)))


def _spoken_of(content: Expr) -> Iterator[Does | Each]:
    """The acts that it speaks of, those inside manners as well."""
    for atom in atoms_of(content):
        match atom:
            case Does(_, _, manner):
                yield atom
                yield from _spoken_of(manner)
            case Each():
                yield atom
            case _:
                pass


def _says_how(manner: Expr) -> bool:
    """Whether it says of a doing how it is sent."""
    return any(isinstance(atom, Through | States | Worded) for atom in atoms_of(manner))


def _deeds(content: Expr) -> Iterator[Does]:
    yield from deeds_of(content)


def _modal(norm: Norm) -> str:
    return f"{norm.strength.value}{' not' if norm.modality is Modality.PROHIBITION else ''}"


def _in_order(duty: RecordedDuty) -> tuple[int, str]:
    return (_ORDER.index(duty.verdict) + 10 * duty.advice, duty.since)


def _rounded(value: Fraction) -> Fraction:
    """To what a track can tell: tenths, or hundreds of metres less."""
    return Fraction(round(value)) if abs(value) >= 10 else Fraction(round(value * 10), 10)


def _metres(thousandths: float) -> str:
    metres = round(thousandths / 1000)
    return f"{metres:,} m" if metres < 10_000 else f"{metres / 1852:,.1f} nmi"
