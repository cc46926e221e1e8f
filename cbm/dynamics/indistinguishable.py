"""Situations that look alike up to a moment: what traps are told by.

What a unit finds is either there from the beginning (attributes, how terms are read) or comes in time: moments, what is
read at them, what the others do, and how long messages take, which is known when one arrives. The former is the same in
both situations; of the latter what happens before the moment is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from cbm.core.episodes import Channel
from cbm.core.expressions import (
    FALSE,
    TRUE,
    And,
    Compare,
    Does,
    Each,
    Expr,
    Flag,
    Formula,
    Not,
    Or,
    Order,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.linear import Sum, compare, equal, of_variable, within
from cbm.core.norms import Modality, Norm, NormSystem
from cbm.core.sorts import TIME, NumberSort
from cbm.core.substitution import Value, parts_of, substitute, variables
from cbm.core.variable_order import variable_order
from cbm.core.variables import (
    NOW,
    SENT,
    ActInstance,
    Attribute,
    Auxiliary,
    ClockOffset,
    Occurrence,
    Occurs,
    Purpose,
    TimeOf,
    ValueAt,
    Variable,
    WeekNumber,
    WeekPlace,
    instance_of,
)
from cbm.coverage.types.thresholds import comparisons
from cbm.ground.grounding import Ground, Grounder, ground
from cbm.records import Record, replace
from cbm.search.extent import copy_of
from cbm.search.implicants import Point
from cbm.syntax.ast import Relation

# Up to when two situations look alike.
CUT = Auxiliary(Purpose.CUT, 0, TIME)
# The tags of what belongs to the other situation, and of the conduct there.
ELSEWHERE, BEFORE = "elsewhere", "before"
_CLOSE = Fraction(60 * 24 * 3600)


class Happening(Record):
    """Something that a unit finds when it happens: whether it does, when, and what else is found then.

    Where `certain` holds of the bearer, it is known from the beginning whether it happens; where `foreseen`, all of it.
    """

    flag: Variable
    at: Variable
    with_it: tuple[Variable, ...] = ()
    certain: Formula = FALSE
    foreseen: Formula = FALSE

    @property
    def moment(self) -> str | None:
        """The moment that it is, if it is one."""
        event = self.at.event if isinstance(self.at, TimeOf) else None
        return event.moment if isinstance(event, Occurrence) else None

    @property
    def open(self) -> tuple[Variable, ...]:
        """What is not known before."""
        return (self.at, *self.with_it) if self.certain == TRUE else (self.flag, self.at, *self.with_it)

    def comes_at(self, cut: Value, one: Point, other: Point) -> bool:
        """Whether it happens then at the one point, and at the other one not, or not so."""
        told = (self.flag, self.at, *self.with_it)
        return one[self.flag] is True and one[self.at] == cut and [one[v] for v in told] != [other[v] for v in told]


class Pair(Record):
    """The situation at hand and another one that looks like it up to the cut.

    They differ in `happenings`, of which it depends on the `decisive` ones what is owed, or else in how long messages
    take through `channels`.
    """

    happenings: tuple[Happening, ...]
    decisive: tuple[Happening, ...]
    channels: tuple[Channel, ...] = ()

    def elsewhere(self, formula: Formula) -> Formula:
        """The formula said of the other situation."""
        return substitute(formula, {v: copy_of(v, ELSEWHERE) for v in self.differing})

    @property
    def differing(self) -> tuple[Variable, ...]:
        """What the two may differ in."""
        happening = (v for happening in self.happenings for v in happening.open)
        return (*happening, *(v for channel in self.channels for v in channel.waits))

    @property
    def differs(self) -> bool:
        """Whether it can depend on what they differ in what is owed."""
        return bool(self.decisive or self.channels)

    def alike(self) -> Iterator[Formula]:
        """The same happens before the cut, and what is foreseen is the same."""
        for happening in self.happenings:
            if happening.foreseen != FALSE:
                yield disjunction(negation(happening.foreseen), self._equal(happening))
            if happening.certain not in (TRUE, FALSE):
                yield disjunction(negation(happening.certain), equal(happening.flag, self.there(happening.flag)))
            flag, at = (self.there(v) for v in (happening.flag, happening.at))
            past, past_there = is_past(happening.flag, happening.at), is_past(flag, at)
            yield disjunction(negation(past), conjunction(past_there, self._equal(happening)))
            yield disjunction(negation(past_there), past)

    def cuts(self, several: Iterable[Happening]) -> Iterator[Formula]:
        """At the cut one of these happens in one of them, and not, or not so, in the other."""
        for happening in several:
            flag, at = (self.there(v) for v in (happening.flag, happening.at))
            here, there = _at_cut(happening.flag, happening.at), _at_cut(flag, at)
            same = conjunction(here, there, self._equal(happening))
            yield conjunction(disjunction(here, there), negation(same))

    def coming(self) -> Iterator[Formula]:
        """At the cut one of those on which it depends what is owed happens here, and not, or not so, there."""
        for happening in self.decisive:
            yield conjunction(*self.cuts((happening,)), _at_cut(happening.flag, happening.at))

    def differing_in_one_happening(self) -> Iterator[Formula]:
        """They differ in one of those on which it depends what is owed, at the cut, and in nothing else."""
        for happening in self.decisive:
            others = (self._equal(other) for other in self.happenings if other != happening)
            yield conjunction(*self.cuts((happening,)), *others)

    def _equal(self, happening: Happening) -> Formula:
        return conjunction(*(equal(v, self.there(v)) for v in happening.open))

    def there(self, variable: Variable) -> Variable:
        """What it is called in the other situation."""
        return copy_of(variable, ELSEWHERE) if variable in self.differing else variable


def differing_in_delays(about: Ground, owed: Iterable[Formula]) -> Pair:
    """Two situations that differ in how long messages take; `owed` are the formulas that conduct has to meet."""
    asked = {v for formula in owed for v in variables(formula)}
    channels = (c for c in about.system.channels.values() if c.is_unsure and not asked.isdisjoint(c.waits))
    return Pair((), (), tuple(channels))


class Foresight(Record):
    """For moments that a bearer knows beforehand, who it has to be for that.

    Those before which it owes something are known with when they come; those up to which it is barred from something
    are known to come, though not when.
    """

    owed: Mapping[str, Formula]
    barred: Mapping[str, Formula]


NOTHING_KNOWN = Foresight({}, {})


def foresight(about: Ground, stand: Callable[[Sequence[Norm]], bool] = bool) -> Foresight:
    """What is known beforehand where these norms stand, of which one has to; unless it is said, all do."""
    return Foresight(
        *(_known_where(about, modality, stand) for modality in (Modality.OBLIGATION, Modality.PROHIBITION))
    )


def _known_where(about: Ground, modality: Modality, stand: Callable[[Sequence[Norm]], bool]) -> dict[str, Formula]:
    """For moments before which something is asked for so, who the bearer has to be for that to bind it in some case.

    What all norms at hand take for granted is left out.
    """
    plain = ground(about.system, about.bearer)
    granted = [set(parts_of(n.binds)) for n in about.demanding]
    found: dict[str, Formula] = {}
    for moment, norms in foreseeing(about.system, modality).items():
        binding: dict[Formula, list[Norm]] = {}
        for n in filter(None, (plain.find(norm.id) for norm in norms)):
            binding.setdefault(_who_is_bound(n.binds, about.bearer, granted), []).append(n.norm)
        found[moment] = disjunction(*(who for who, alike in binding.items() if stand(alike)))
    return found


def differing_in_anything(about: Ground, owed: Iterable[Formula]) -> Pair:
    """Two situations that differ in whatever happens from some time on, in which messages take as long."""
    system, asked = about.system, {v for formula in owed for v in variables(formula)}
    told = asked.union(v for formula in about.possible for v in variables(formula))
    happenings = [_moment(occurrence, told) for moment in system.situation.moments for occurrence in moment.occurrences]
    view = Grounder(system, (about.bearer,))
    others = (r for r in range(len(system.situation.roles)) if r != about.bearer)
    doings = (done for role in others for act in system.acts for done in view.doings(act, role)[0])
    happenings += [_doing(done, told) for done in doings if done.performed not in about.conduct]
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


def _who_is_bound(binds: Formula, bearer: int, granted: Sequence[Collection[Formula]]) -> Formula:
    """What it says of the bearer itself, which is so from the start."""
    said = (part for part in parts_of(binds) if not all(part in parts for parts in granted))
    return conjunction(*(_of_the_bearer(part, bearer) for part in said))


def _of_the_bearer(formula: Formula, bearer: int) -> Formula:
    """Who the bearer has to be, whatever else is so."""
    match formula:
        case And(parts):
            return conjunction(*(_of_the_bearer(part, bearer) for part in parts))
        case Or(parts):
            return disjunction(*(_of_the_bearer(part, bearer) for part in parts))
        case _:
            is_one = all(isinstance(v, Attribute) and v.role == bearer for v in variables(formula))
            return formula if is_one else TRUE


def planned(system: NormSystem) -> set[str]:
    """The moments that all know beforehand, with the days that are told by them."""
    moments = system.situation.moments
    named = {moment.name for moment in moments if moment.planned}
    return named | {moment.name for moment in moments if moment.on and (moment.on.of is None or moment.on.of in named)}


def foreseeing(system: NormSystem, modality: Modality) -> dict[str, list[Norm]]:
    """The moments before which something is asked for in this way, each with the norms that do.

    A ban counts on a moment also where it leaves free what is before it.
    """
    found: dict[str, list[Norm]] = {}
    for norm in system.norms.values():
        if norm.modality is modality:
            banned = (moment for compared in comparisons(norm.content) for moment in _before(compared, ()))
            for moment in banned if modality is Modality.PROHIBITION else _foreseen(norm.content):
                found.setdefault(moment, []).append(norm)
    return found


def _foreseen(content: Expr) -> dict[str, None]:
    """The moments before which something is done that it speaks of, in order."""
    match content:
        case Does(_, _, manner):
            return _surely_before(manner)
        case Not(inner) | Each(_, _, inner):
            return _foreseen(inner)
        case And(parts) | Or(parts):
            return {moment: None for part in parts for moment in _foreseen(part)}
        case _:
            return {}


def _surely_before(manner: Expr) -> dict[str, None]:
    """The moments not later than which a doing in this manner is, where they occur: in each of the ways that it names.

    Of the hours at which a channel is open, some are before a moment from which time is counted, and some after it.
    """
    match manner:
        case Compare():
            return dict.fromkeys(_before(manner, ()))
        case Not(Flag(Occurs(Occurrence(moment)))):
            return {moment: None}
        case And(parts):
            beside = [part for part in parts if isinstance(part, Compare)]
            found = {moment: None for part in beside for moment in _before(part, beside)}
            return found | {moment: None for part in parts for moment in _surely_before(part)}
        case Or(parts):
            first, *others = map(_surely_before, parts)
            return {moment: None for moment in first if all(moment in other for other in others)}
        case _:
            return {}


def _before(compared: Compare, beside: Iterable[Compare]) -> Iterator[str]:
    """The moment not later than which it says that the doing at hand is, whatever else plays a part.

    What stands beside it may say how little the rest comes to.
    """
    signs = {v: c for c, v in compared.terms}
    later = [v for v, c in signs.items() if c < 0]
    begun = SENT if SENT in signs else NOW
    rest = {v: c for v, c in signs.items() if c > 0 and v != begun}
    least = _least(rest, beside)
    known = compared.order is not Order.EQUAL and signs.get(begun, 0) > 0
    if known and least is not None and compared.bound <= least and len(later) == 1 and isinstance(later[0], TimeOf):
        event = later[0].event
        if isinstance(event, Occurrence) and event.number == 1:
            yield event.moment


def _least(rest: Mapping[Variable, Fraction], beside: Iterable[Compare]) -> Fraction | None:
    """The least that these come to, each so many times: by their sorts, or by what is said of just their sum."""
    lows = [(c, v.sort.low if isinstance(v.sort, NumberSort) else None) for v, c in rest.items()]
    known = [c * low for c, low in lows if low is not None]
    found = [sum(known, Fraction(0))] if len(known) == len(rest) else []
    turned = {v: -c for v, c in rest.items()}
    found += [-said.bound for said in beside if {v: c for c, v in said.terms} == turned]
    return max(found, default=None)


def either_apart(one: Variable, other: Variable, length: Fraction) -> Formula:
    """Two times are the same, or at least so far apart."""
    later = of_variable(other).plus(Sum((), length))
    earlier = of_variable(other).plus(Sum((), -length))
    return disjunction(
        equal(one, other),
        compare(of_variable(one), Relation.AT_LEAST, later),
        compare(of_variable(one), Relation.AT_MOST, earlier),
    )


def close_to_cut(time: Variable) -> Formula:
    """It lies within sixty days of the cut."""
    cut = of_variable(CUT)
    return within(of_variable(time), cut.plus(Sum((), -_CLOSE)), cut.plus(Sum((), _CLOSE)))


def _moment(event: Occurrence, told: set[Variable]) -> Happening:
    read = (v for v in told if isinstance(v, ValueAt) and v.at == event)
    with_it: list[Variable] = [
        *sorted(read, key=variable_order),
        *(known for known in (WeekPlace(event), WeekNumber(event)) if known in told),  # weeks are whole numbers
        *sorted((v for v in told if isinstance(v, ClockOffset) and v.event == event), key=variable_order),
    ]
    return Happening(Occurs(event), TimeOf(event), tuple(with_it))


def _doing(done: ActInstance, told: set[Variable]) -> Happening:
    own = (done.performed, done.at)
    with_it = (v for v in told if instance_of(v) == done and v not in own)
    clocks = (v for v in told if isinstance(v, WeekNumber | ClockOffset) and v.event == done)
    return Happening(done.performed, done.at, tuple(sorted((*with_it, *clocks), key=variable_order)))


def is_past(flag: Variable, at: Variable) -> Formula:
    """It happens before the cut."""
    return conjunction(Flag(flag), is_earlier(at))


def _at_cut(flag: Variable, at: Variable) -> Formula:
    return conjunction(Flag(flag), compare(of_variable(at), Relation.EQUAL, of_variable(CUT)))


def is_earlier(at: Variable) -> Formula:
    """The time lies before the cut."""
    return compare(of_variable(at), Relation.LESS, of_variable(CUT))
