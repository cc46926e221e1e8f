"""Situations that look alike up to a moment, and conduct that is the same up to it: what traps are told by.

What a unit finds is either there from the beginning (attributes, how terms are read, how long messages take) or comes
in time: moments, what is read at them, and what the others do. The former is the same in both situations; of the latter
what happens before the moment is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from cbm.decide.extent import copy_of
from cbm.decide.scales import comparisons
from cbm.semantics.clocks import of_clocks
from cbm.semantics.core import Modality, NormSystem
from cbm.semantics.doings import NO_CHANNEL, Done
from cbm.semantics.formulas import (
    FLAG,
    NOW,
    TIME,
    Compare,
    Expr,
    Flag,
    FlagSort,
    IsIn,
    KindSort,
    NumberSort,
    Order,
    Origin,
    Variable,
    conjunction,
    disjunction,
    is_time,
    negation,
    place_in_week,
    time_of_moment,
)
from cbm.semantics.ground import Ground, Grounder, act_of
from cbm.semantics.linear import Sum, compare, of_variable, within
from cbm.semantics.rotate import same
from cbm.semantics.substitute import substitute, variables
from cbm.syntax.ast import Relation

# Up to when two situations look alike.
CUT = Variable("cut at", None, TIME)
# The tags of what belongs to the other situation, and of the conduct there.
ELSEWHERE, BEFORE = "elsewhere", "before"
_CLOSE = Fraction(60 * 24 * 3600)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that a unit finds when it happens: whether it does, when, and what else is found then.

    `certain`: whether it happens is known from the beginning.
    """

    flag: Variable
    at: Variable
    with_it: tuple[Variable, ...] = ()
    certain: bool = False

    @property
    def open(self) -> tuple[Variable, ...]:
        """What is not known before."""
        return (self.at, *self.with_it) if self.certain else (self.flag, self.at, *self.with_it)


@dataclass(frozen=True, slots=True)
class Pair:
    """The situation at hand and another one that looks like it up to the cut.

    `happenings` are what they may differ in, `decisive` those among them on which it depends what is owed. How long
    messages take is the same in both.
    """

    happenings: tuple[Happening, ...]
    decisive: tuple[Happening, ...]

    def elsewhere(self, formula: Expr) -> Expr:
        """The formula said of the other situation."""
        return substitute(formula, {v: copy_of(v, ELSEWHERE) for v in self.found})

    @property
    def found(self) -> tuple[Variable, ...]:
        """What the two may differ in."""
        return tuple(v for happening in self.happenings for v in happening.open)

    def alike(self) -> Iterator[Expr]:
        """They are the same before the cut, which lies at something that happens in one of them."""
        cuts: list[Expr] = []
        for happening in self.happenings:
            there = {v: copy_of(v, ELSEWHERE) for v in happening.open}
            flag, at = there.get(happening.flag, happening.flag), there[happening.at]
            past, past_there = _past(happening.flag, happening.at), _past(flag, at)
            equal = conjunction(*(_same(v, other) for v, other in there.items()))
            yield disjunction(negation(past), conjunction(past_there, equal))
            yield disjunction(negation(past_there), past)
            if happening in self.decisive:
                cuts += [_at_cut(happening.flag, happening.at), _at_cut(flag, at)]
        yield disjunction(*cuts)


def pair(about: Ground, owed: Iterable[Expr]) -> Pair:
    """`owed` are the formulas that conduct has to meet."""
    system, asked = about.system, {v for formula in owed for v in variables(formula)}
    told = asked.union(v for formula in about.possible for v in variables(formula))
    known, expected = foreseen(system), foreseen(system, Modality.PROHIBITION)
    happenings = [
        _moment(system, name, told, certain=moment.name in expected)
        for moment in system.situation.moments
        if moment.name not in known
        for name in moment.occurrences
    ]
    view = Grounder(system, (about.bearer,))
    others = (r for r in range(len(system.situation.roles)) if r != about.bearer)
    doings = (done for role in others for act in system.acts for done in view.doings(act, role)[0])
    happenings += [_doing(done, told) for done in doings if done.flag.variable not in about.conduct]
    spoken_of, decisive = (
        tuple(h for h in happenings if not some.isdisjoint((h.flag, *h.open))) for some in (told, asked)
    )
    return Pair(spoken_of, decisive)


def foreseen(system: NormSystem, modality: Modality = Modality.OBLIGATION) -> set[str]:
    """The moments before which something is owed: who owes it knows when they come.

    Those up to which something is forbidden are known to come, though not when.
    """
    return {
        moment
        for norm in system.norms.values()
        for compared in (comparisons(norm.content) if norm.modality is modality else ())
        for moment in _before(compared)
    }


def _before(compared: Compare) -> Iterator[str]:
    """The moment not later than which it says that the doing at hand is, whatever else plays a part."""
    signs = {v: c for c, v in compared.terms}
    later = [v for v, c in signs.items() if c < 0]
    rest = [(c, v.sort.low if isinstance(v.sort, NumberSort) else None) for v, c in signs.items() if c > 0 and v != NOW]
    least = [c * low for c, low in rest if low is not None]
    ahead = len(least) == len(rest) and compared.bound - sum(least) <= 0
    known = compared.order is not Order.EQUAL and signs.get(NOW, 0) > 0
    if known and ahead and len(later) == 1 and is_time(later[0]):
        yield later[0].name.removesuffix(" at")


@dataclass(frozen=True, slots=True)
class Room:
    """The doings of an act for which there is room: `later` ones, and `earlier` ones for what was done before the cut.

    Of an act that is done once at most there is one for both.
    """

    later: tuple[Done, ...]
    earlier: tuple[Done, ...]

    @property
    def once(self) -> bool:
        return not self.earlier


def rooms(about: Ground, acts: Iterable[str]) -> tuple[Room, ...]:
    """For each of these acts of the bearer."""
    view = Grounder(about.system, (about.bearer,), again=True)
    return tuple(Room(*view.doings(act, about.bearer)) for act in acts)


def kept_back(about: Ground, several: Iterable[Room]) -> Iterator[Expr]:
    """What was done before the cut elsewhere was done here, too, and nothing else; said of doings set apart for it.

    No message is under way at the cut: whoever sends one trusts that it can still arrive.
    """
    for room in several:
        for done in (*room.earlier, *(room.later if room.once else ())):
            begun = of_before(decided(about, done))
            yield disjunction(negation(begun), of_before(_earlier(done.at)))
        for done in room.earlier:
            earlier, copies = of_before(decided(about, done)), _said(about.system, done)
            yield disjunction(negation(earlier), done.flag)
            yield disjunction(earlier, negation(done.flag))
            yield from (_same(v, copy_of(v, BEFORE)) for v in (*copies, done.at))


def from_then_on(about: Ground, several: Iterable[Room]) -> Iterator[Expr]:
    """What else is done is done from the cut on."""
    for room in several:
        for done in room.later:
            if not room.once:
                yield negation(decided(about, done))
                continue
            earlier, copies = of_before(decided(about, done)), (*_said(about.system, done), done.at)
            repeated = conjunction(done.flag, *(_same(v, copy_of(v, BEFORE)) for v in copies))
            yield disjunction(earlier, negation(decided(about, done)))
            yield disjunction(negation(earlier), repeated)


def decided(about: Ground, done: Done) -> Expr:
    """It is done, and it was begun before the cut: when the message was sent, if there was one."""
    if not about.system.channels:
        return _past(done.flag.variable, done.at)
    none = IsIn(done.through(about.system.channels), (NO_CHANNEL,))
    at_once = conjunction(none, _earlier(done.at))
    return conjunction(done.flag, disjunction(at_once, conjunction(negation(none), _earlier(done.sent))))


def carried_in_time(about: Ground, several: Iterable[Room]) -> Iterator[Expr]:
    """What is sent through a channel arrives as late as that takes, whether or not a clause asks for the channel."""
    channels = about.system.channels
    for done in (done for room in several for done in (*room.later, *room.earlier)):
        for name, channel in channels.items():
            arrival = of_variable(done.sent)
            for number in range(len(channel.delays)):
                arrival = arrival.plus(of_variable(channel.delay(number)))
            relation = Relation.AT_LEAST if channel.hours else Relation.EQUAL
            through = IsIn(done.through(channels), (name,))
            yield disjunction(negation(through), compare(of_variable(done.at), relation, arrival))


def either_apart(one: Variable, other: Variable, length: Fraction) -> Expr:
    """Two times are the same, or at least so far apart."""
    later = of_variable(other).plus(Sum((), length))
    earlier = of_variable(other).plus(Sum((), -length))
    return disjunction(
        _same(one, other),
        compare(of_variable(one), Relation.AT_LEAST, later),
        compare(of_variable(one), Relation.AT_MOST, earlier),
    )


def close_to_cut(time: Variable) -> Expr:
    """It lies within sixty days of the cut."""
    cut = of_variable(CUT)
    return within(of_variable(time), cut.plus(Sum((), -_CLOSE)), False, cut.plus(Sum((), _CLOSE)), False, (None, None))


def timed_acts(about: Ground, formulas: Iterable[Expr]) -> tuple[str, ...]:
    """The acts of the bearer of which formulas say when they are done, in order.

    Of what is done at no time in particular nothing is done before something else: it belongs to the whole episode.
    """
    told = dict.fromkeys(v for formula in formulas for v in variables(formula))
    own = (v for v in told if v.origin is Origin.DOING and v.role == about.bearer and is_time(v))
    return tuple(dict.fromkeys(map(act_of, own)))


def _said(system: NormSystem, done: Done) -> list[Variable]:
    stated = [done.states(item).variable for item in system.acts[done.act].states]
    return [*stated, done.through(system.channels), done.sent] if system.channels else stated


def of_before(formula: Expr) -> Expr:
    """The formula said of the conduct elsewhere."""
    return substitute(formula, {v: copy_of(v, BEFORE) for v in variables(formula) if v != CUT})


def _moment(system: NormSystem, name: str, told: set[Variable], certain: bool) -> Happening:
    time = time_of_moment(name)
    week = Variable(f"{name} week", None, TIME)
    attributes = {a.name for a in system.situation.attributes}
    read = (v for v in told if v.origin is Origin.SITUATION and v.name.endswith(f" at {name}") and v.name in attributes)
    with_it = [
        *sorted(read, key=lambda v: (v.name, v.role or 0)),
        *(known for v in (place_in_week(time), week) for known in told if known == v),  # weeks are whole numbers
        *sorted((v for v in told if of_clocks(v, time)), key=lambda v: v.name),
    ]
    return Happening(Variable(name, None, FLAG), time, tuple(with_it), certain)


def _doing(done: Done, told: set[Variable]) -> Happening:
    with_it = (v for v in told if v.role == done.role and v.name.startswith(f"{done.name} ") and v != done.at)
    return Happening(done.flag.variable, done.at, tuple(sorted(with_it, key=lambda v: v.name)))


def _past(flag: Variable, at: Variable) -> Expr:
    return conjunction(Flag(flag), _earlier(at))


def _at_cut(flag: Variable, at: Variable) -> Expr:
    return conjunction(Flag(flag), compare(of_variable(at), Relation.EQUAL, of_variable(CUT)))


def _earlier(at: Variable) -> Expr:
    return compare(of_variable(at), Relation.LESS, of_variable(CUT))


def _same(one: Variable, other: Variable) -> Expr:
    match one.sort:
        case FlagSort():
            both = conjunction(Flag(one), Flag(other))
            return disjunction(both, conjunction(negation(Flag(one)), negation(Flag(other))))
        case KindSort():
            return same(one, other)
        case NumberSort():
            return compare(of_variable(one), Relation.EQUAL, of_variable(other))
