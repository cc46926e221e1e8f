"""Core expressions in a legal officer's words: conditions, variables and values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import assert_never

from cbm.core.declaration_order import as_declared, declared
from cbm.core.expressions import (
    And,
    Binds,
    Compare,
    Does,
    Each,
    Expr,
    Flag,
    IsIn,
    Not,
    Or,
    Order,
    Same,
    States,
    Through,
    Truth,
    Worded,
    Works,
)
from cbm.core.norms import NormSystem
from cbm.core.sorts import FOR_EVER, IN_WEEK, WEEKS, Dimension, KindSort, NumberSort
from cbm.core.substitution import Value, mentioned
from cbm.core.units import number_words, show
from cbm.core.variables import (
    ActInstance,
    Addressee,
    Attribute,
    Auxiliary,
    ChannelOf,
    ClockOffset,
    Counterpart,
    LanguageOf,
    Occurs,
    Origin,
    OtherTimes,
    Performed,
    Reading,
    ResultValue,
    SentAt,
    Stating,
    Timed,
    TimeOf,
    TurnOf,
    ValueAt,
    Variable,
    Wait,
    WeekNumber,
    WeekPlace,
    WeeksAway,
    instance_of,
)
from cbm.core.viewpoints import seen
from cbm.resolve.clocks import monday
from cbm.search.fewer_cubes import week_stretches
from cbm.translation.listing import Last, listed
from cbm.translation.saying import mark, say
from cbm.translation.speech import spoken
from cbm.translation.verb_forms import fits, is_phrase, not_done
from cbm.wording.clause_names import clause_name
from cbm.wording.phrases import (
    any_encounter,
    choice_words,
    is_choice,
    member_words,
    opposite_of,
    read_as,
    reading_words,
    role_words,
    sector_words,
    span_words,
    title_of,
    title_of_act,
    unit_of,
    with_article,
)
from cbm.wording.times.time_words import (
    apart_words,
    distance_words,
    event_words,
    lasting_words,
    point_words,
    tells_times,
    week_words,
)
from cbm.wording.times.week_words import place_words, stretches_words, weekly_words
from cbm.wording.told_conditions import identity, is_range, told_conditions
from cbm.wording.variable_names import variable_name


def among_others(conditions: str) -> str:
    """Conditions in words, of which there are others beside those that are told."""
    return say("{conditions} ({aside})", conditions=conditions, aside=say("not all sets of conditions are listed"))


def condition_words(system: NormSystem, literals: Iterable[Expr], positions: Sequence[str] = ()) -> str:
    """Conditions as one clause of a sentence: `own unit is a warship, the zone is eez, and calls stay unanswered`.

    `positions` say of units how they lie to each other, in words already.
    """
    ordered = told_conditions(system, literals)
    parts: list[str] = []
    units = [_kind_of_unit(system, literal) for literal in ordered[:2]]
    two = len({next(iter(mentioned(literal)), None) for literal in ordered[:2]}) == len(system.situation.roles) == 2
    if two and all(units):
        parts.append(say("{one} meets {other}", one=units[0], other=units[1]))
        ordered = ordered[2:]
    while ordered and next(iter(mentioned(ordered[0])), None) in identity(system):
        parts.append(literal_words(system, ordered.pop(0)))
    parts += positions
    while ordered:
        first = ordered.pop(0)
        other = next((o for o in ordered if is_range(first, o)), None)
        if other is None:
            parts.append(literal_words(system, first))
        else:
            ordered.remove(other)
            parts.append(_range(system, first, other))
    return _each_once(parts) if parts else any_encounter(system)


def literal_words(system: NormSystem, literal: Expr) -> str:
    """One condition in words."""
    if isinstance(literal, Compare | And | Or) and (spans := week_stretches(literal)) is not None:
        return stretches_words(system, variable_words(system, spans[0]), spans[1])
    match literal:
        case Truth(value):
            return say("always") if value else say("never")
        case Flag() | IsIn() | Same() | Compare():
            return _claim(system, literal, positive=True)
        case Not(Flag() | IsIn() | Same() | Compare() as denied):
            return _claim(system, denied, positive=False)
        case Binds(norm, role):
            return say("{clause} binds {unit}", clause=clause_name(system, norm), unit=role_words(system, role))
        case Not(Binds(norm, role)):
            clause, unit = clause_name(system, norm), role_words(system, role)
            return say("{clause} does not bind {unit}", clause=clause, unit=unit)
        case Does() | Each() | States() | Through() | Worded():
            return _doing(system, literal)
        case Works(channel):
            return say("`{channel}` serves on the date", channel=channel)
        case And((Compare() as one, Compare() as other)) if is_range(one, other):
            return _range(system, one, other)
        case And(parts):
            return _together(system, parts)
        case Or(parts):
            return _together(system, parts, "or")
        case Not(Not(operand)):
            return literal_words(system, operand)
        case Not(Or(parts)) if all(map(_is_denied_alone, parts)):
            return _together(system, [*map(Not, parts)])
        case Not(And(parts)) if all(map(_is_denied_alone, parts)):
            return _together(system, [*map(Not, parts)], "or")
        case Not(Does(act, role, Truth(True))):
            return act_words(system, act, role, positive=False)
        case Not(Each(act, role, body)):  # some doing is otherwise
            otherwise = map(Not, body.parts) if isinstance(body, Or) else [Not(body)]
            return _together(system, [Does(act, role), *otherwise])
        case Not(operand):
            return say("not so that {condition}", condition=literal_words(system, operand))
        case _:
            assert_never(literal)


def _together(system: NormSystem, parts: Iterable[Expr], last: Last = "and") -> str:
    return _each_once([literal_words(system, part) for part in parts], last)


def _each_once(told: Iterable[str], last: Last = "and") -> str:
    """Sentences as one; of several doings the same can be said."""
    return listed(list(dict.fromkeys(told)), last, "sentences")


def _is_denied_alone(part: Expr) -> bool:
    """Whether it is so told that it can be denied in place."""
    return isinstance(part.operand if isinstance(part, Not) else part, Flag | IsIn | Same | Compare | Binds)


def _claim(system: NormSystem, claim: Flag | IsIn | Same | Compare, positive: bool) -> str:
    """What is so of the values of variables, or is not."""
    match claim:
        case Flag(variable):
            return flag_words(system, variable, positive)
        case IsIn(variable, members):
            return _membership(system, variable, members, positive)
        case Same(left, right):
            one, other = variable_words(system, left), variable_words(system, right)
            if positive:
                return say("{one} is {other}", one=one, other=other)
            return say("{one} is not {other}", one=one, other=other)
        case Compare(terms, Order.LESS | Order.AT_MOST as order, bound, unit) if not positive:
            opposite = Order.AT_MOST if order is Order.LESS else Order.LESS
            turned = tuple((-coefficient, variable) for coefficient, variable in terms)
            return _comparison(system, Compare(turned, opposite, -bound, unit))
        case Compare():
            return _comparison(system, claim, denied=not positive)
        case _:
            assert_never(claim)


def _doing(system: NormSystem, done: Does | Each | States | Through | Worded) -> str:
    """What a unit does; and, of the doing at hand, in which manner."""
    match done:
        case Does(act, role):
            return act_words(system, act, role)
        case Each(act, role, body):
            deed, told = act_words(system, act, role), literal_words(system, body)
            return say("whenever {deed}, {condition}", deed=deed, condition=told)
        case States(Addressee(party)):
            return say("is addressed to {party}", party=member_words(system, party))
        case States(item):
            return say("states `{item}`", item=item)
        case Through(channel):
            return say("is done through `{channel}`", channel=channel)
        case Worded(language):
            return say("is worded in {language}", language=system.languages[language])
        case _:
            assert_never(done)


def variable_words(system: NormSystem, variable: Variable, viewer: str = "") -> str:
    """`range between the units`, `craft of own unit`, `range between the units at contact`.

    `viewer` is the party whose view it is, if it is one and that is known.
    """
    match variable:
        case Reading():
            return reading_words(system, variable)
        case TimeOf() | SentAt():
            return say("the time of {event}", event=point_words(system, variable))
        case WeekPlace():
            return place_words(system, variable)
        case WeekNumber(event):
            return say("week of {event}", event=event_words(system, event))
        case ClockOffset(_, _, zone):
            return say("clocks in {zone} ahead of UTC", zone=zone)
        case Wait(channel, number):
            line = system.channels[channel]
            if line.delays[number].next_meeting:
                return say("the wait for the next {meeting}", meeting=line.title)
            return say("the delay “{delay}” of {channel}", channel=line.title, delay=line.delays[number].title)
        case ValueAt(attribute, role, at, sort):
            what = variable_words(system, Attribute(attribute, role, sort))
            if isinstance(at, OtherTimes):
                return say("{what} at other times", what=what)
            return say("{what} at {moment}", what=what, moment=event_words(system, at))
        case Counterpart(other):
            return variable_words(system, other)
        case Attribute(name) | ResultValue(name):
            title = title_of(system, variable) or _counted(system, variable) or name.replace("_", " ")
            if variable.role is not None and system.situation.is_view(variable):
                party = viewer or _party_of(system, variable.role)
                return say("{what} as {party} sees it", what=title, party=party)
            return _of_unit(system, title, variable.role)
        case ChannelOf(ActInstance(act, role)):
            return say("{act} through of {unit}", act=_deed_name(system, act), unit=role_words(system, role))
        case LanguageOf(ActInstance(act, role)):
            return say("{act} worded in of {unit}", act=_deed_name(system, act), unit=role_words(system, role))
        case Performed() | Occurs() | Stating() | ChannelOf() | LanguageOf() | WeeksAway() | TurnOf() | Auxiliary():
            return _of_unit(system, variable_name(variable).replace("_", " "), variable.role)
        case _:
            assert_never(variable)


def _deed_name(system: NormSystem, act: str) -> str:
    title = system.words.acts.get(act, system.acts[act].title)
    return act.replace("_", " ") if spoken() == "en" or not is_phrase(title) else title


def _of_unit(system: NormSystem, what: str, role: int | None) -> str:
    return what if role is None else say("{what} of {unit}", what=what, unit=role_words(system, role))


def _counted(system: NormSystem, variable: Variable) -> str:
    """What a counter without a text of its own counts, by its condition."""
    counter = next((known for known in system.situation.counters if known.variable == variable), None)
    if counter is None:
        return ""
    condition, when = literal_words(system, counter.condition), counter.looking_back
    return say("number of times that {condition} {when}", condition=condition, when=when)


def value_words(system: NormSystem, variable: Variable, value: Value) -> str:
    """A value in the author's unit; a duration as time lines tell it."""
    sort = variable.sort
    match value:
        case bool():
            return say("yes") if value else say("no")
        case str() if isinstance(variable, Reading):
            return read_as(system, variable, (value,))
        case str():
            return member_words(system, value)
        case Fraction():
            if sort == IN_WEEK:
                return week_words(system, value)
            if sort == WEEKS:
                return monday(int(value)).isoformat()
            if isinstance(variable, Wait) and value >= FOR_EVER:
                return say("for ever")
            if isinstance(sort, NumberSort) and sort.dimension is Dimension.DURATION:
                return lasting_words(value, unit_of(system, variable))
            if isinstance(sort, NumberSort):
                return show(value, unit_of(system, variable), sort.dimension)
            return number_words(value)
        case _:
            assert_never(value)


def flag_words(system: NormSystem, variable: Variable, positive: bool, viewer: str = "") -> str:
    """A flag that is set, or is not, as a clause of a sentence; `viewer` as in `variable_words`."""
    done = instance_of(variable)
    if done is not None:
        return act_words(system, done.act, done.role, positive)
    while isinstance(variable, Counterpart):
        variable = variable.variable
    if isinstance(variable, Attribute | ValueAt | ResultValue | Occurs):
        title = title_of(system, variable)
        opposite = None if isinstance(variable, ValueAt | ResultValue) else opposite_of(system, variable)
    else:
        title, opposite = "", None
    title = title or variable_name(variable).replace("_", " ")
    if variable.role is None or system.situation.is_view(variable):
        whole = title if positive else opposite or say("it is not so that {condition}", condition=title)
        if variable.role is None:
            return whole
        return say("{condition}, as {party} sees it", condition=whole, party=viewer or _party_of(system, variable.role))
    who = role_words(system, variable.role)
    if positive or opposite:
        return say("{unit} is {state}", unit=who, state=title if positive else opposite)
    return say("{unit} is not {state}", unit=who, state=title)


def _party_of(system: NormSystem, role: int | None) -> str:
    assert role is not None, "a view is somebody's"
    return say("the party of {unit}", unit=role_words(system, role))


def act_words(system: NormSystem, act: str, role: int, positive: bool = True) -> str:
    """`own unit reports`, `own unit does not report`."""
    title, who = title_of_act(system, act, role), role_words(system, role)
    if positive:
        known = title != act and fits(title)
        return say("{unit} {deed}", unit=who, deed=title) if known else say("{unit} does `{act}`", unit=who, act=act)
    denied = not_done(title) if title != act else None
    if denied is None:
        return say("{unit} does not do this: `{act}`", unit=who, act=act)
    return say("{unit} {deed}", unit=who, deed=denied)


def _membership(system: NormSystem, variable: Variable, members: Sequence[str], positive: bool) -> str:
    assert isinstance(variable.sort, KindSort)
    if isinstance(variable, Reading):
        read = members if positive else [member for member in variable.sort.members if member not in members]
        if is_choice(system, variable):
            return say(
                "{option} is taken in {place}",
                option=read_as(system, variable, read),
                place=variable_words(system, variable),
            )
        return say(
            "{term} means {reading}", term=variable_words(system, variable), reading=read_as(system, variable, read)
        )
    named = (seen(variable, 0), frozenset(members)) in system.words.nouns
    words, told = choice_words(system, variable, members, variable.sort.members)
    positive = told == positive
    is_view = system.situation.is_view(variable)
    if variable.role is None or is_view or (variable not in identity(system) and not named):
        what = variable_words(system, variable)
        return say("{what} is {value}", what=what, value=words) if positive else _is_not(what, words)
    who = role_words(system, variable.role)
    if system.situation.tells_party(variable):
        if positive:
            return say("{unit} is of {party}", unit=who, party=words)
        return say("{unit} is not of {party}", unit=who, party=words)
    kind = with_article(words)
    if positive:
        return say("{unit} is {kind}", unit=who, kind=kind)
    return say("{unit} is not {kind}", unit=who, kind=kind)


def _is_not(what: str, value: str) -> str:
    return say("{what} is not {value}", what=what, value=value)


# How a quantity lies to a value, by the order and by whether the value is below.
_BOUNDED = {
    (Order.LESS, False): mark("{what} is under {value}"),
    (Order.AT_MOST, False): mark("{what} is at most {value}"),
    (Order.EQUAL, False): mark("{what} is exactly {value}"),
    (Order.LESS, True): mark("{what} is over {value}"),
    (Order.AT_MOST, True): mark("{what} is at least {value}"),
    (Order.EQUAL, True): mark("{what} is exactly {value}"),
}
_RELATED = {
    (Order.LESS, False): mark("{one} is less than {other}"),
    (Order.AT_MOST, False): mark("{one} is at most {other}"),
    (Order.EQUAL, False): mark("{one} equals {other}"),
    (Order.LESS, True): mark("{one} is over {other}"),
    (Order.AT_MOST, True): mark("{one} is at least {other}"),
    (Order.EQUAL, True): mark("{one} equals {other}"),
}
_BY_TIME = {
    Order.LESS: mark("{one} is before {other}"),
    Order.AT_MOST: mark("{one} is not after {other}"),
    Order.EQUAL: mark("{one} is at the same time as {other}"),
}
_BY_WEEK = {
    (Order.LESS, False): mark("{what} is before that of {monday}"),
    (Order.AT_MOST, False): mark("{what} is not after that of {monday}"),
    (Order.EQUAL, False): mark("{what} is that of {monday}"),
    (Order.LESS, True): mark("{what} is after that of {monday}"),
    (Order.AT_MOST, True): mark("{what} is not before that of {monday}"),
    (Order.EQUAL, True): mark("{what} is that of {monday}"),
}


def _comparison(system: NormSystem, compared: Compare, *, denied: bool = False) -> str:
    """What it says; `denied` of an equation that it does not hold."""
    if tells_times(compared):
        return apart_words(system, compared, denied=denied)
    if (weekly := _weekly(system, compared, denied=denied)) is not None:
        return weekly
    compared = as_declared(compared, declared(system)) if len(compared.terms) > 1 else compared
    terms, bound, order = list(compared.terms), compared.bound, compared.order
    dimension = terms[0][1].sort.dimension if isinstance(terms[0][1].sort, NumberSort) else None
    assert dimension is not None
    if len(terms) == 1:
        return _bounded(system, compared, dimension, denied)
    if order is Order.EQUAL and all(v.origin is Origin.READING for c, v in terms if c > 0):
        terms, bound = [(-c, v) for c, v in terms], -bound  # what is found is told by how a term is read
    if spoken() != "en" and not denied and (timed := _times_in_words(system, compared)) is not None:
        return timed
    turned = all(c < 0 for c, _ in terms)
    if turned:
        terms, bound = [(-c, v) for c, v in terms], -bound  # a sum alone is told by what it is over
    left = " + ".join(_term(system, c, v) for c, v in terms if c > 0)
    right = [_term(system, -c, v) for c, v in terms if c < 0]
    told = " + ".join(right)
    if bound or not right:
        sign = "" if not right else " + " if bound > 0 else " - "
        told += sign + show(abs(bound) if right else bound, compared.unit, dimension)
    return _is_not(left, told) if denied else say(_RELATED[order, turned], one=left, other=told)


def _times_in_words(system: NormSystem, compared: Compare) -> str | None:
    """What is said of two times, to either of which lengths may be added; None of any other sum.

    For readers of English this is told as a sum, for others in words.
    """
    before = [(c, v) for c, v in compared.terms if c > 0]
    after = [(-c, v) for c, v in compared.terms if c < 0]
    more = abs(compared.bound)
    one = _time_in_words(system, before, compared, more if compared.bound < 0 else Fraction(0))
    other = _time_in_words(system, after, compared, more if compared.bound > 0 else Fraction(0))
    return None if one is None or other is None else say(_BY_TIME[compared.order], one=one, other=other)


def _time_in_words(
    system: NormSystem, terms: Sequence[tuple[Fraction, Variable]], compared: Compare, more: Fraction
) -> str | None:
    """One time, and what is added to it; None where there is no such time."""
    times = [variable for _, variable in terms if isinstance(variable, TimeOf | SentAt)]
    if len(times) != 1 or any(factor != 1 for factor, _ in terms):
        return None
    time = variable_words(system, times[0])
    lengths = [variable_words(system, variable) for _, variable in terms if variable is not times[0]]
    lengths += [show(more, compared.unit, Dimension.DURATION)] if more else []
    return say("{time} plus {lengths}", time=time, lengths=listed(lengths)) if lengths else time


def _bounded(system: NormSystem, compared: Compare, dimension: Dimension, denied: bool) -> str:
    """What is said of one quantity."""
    ((coefficient, variable),), order = compared.terms, compared.order
    number, below, what = compared.bound / coefficient, coefficient < 0, variable_words(system, variable)
    if isinstance(variable, Wait) and number == FOR_EVER:
        return say("{what} lasts for ever", what=what) if below else say("{what} lasts for some time only", what=what)
    if variable.sort == WEEKS:
        day = monday(int(number))
        if denied:
            return say("{what} is not that of {monday}", what=what, monday=day)
        return say(_BY_WEEK[order, below], what=what, monday=day)
    unit = compared.unit or unit_of(system, variable)
    value = distance_words(number, unit) if isinstance(variable, Wait) else show(number, unit, dimension)
    if order is Order.AT_MOST and number == _last(variable, below=below):
        order = Order.EQUAL
    if dimension is Dimension.ANGLE and order is not Order.EQUAL:
        return say("{what} is {span}", what=what, span=sector_words(order, value, upwards=below))
    return _is_not(what, value) if denied else say(_BOUNDED[order, below], what=what, value=value)


def _last(variable: Variable, *, below: bool) -> Fraction | None:
    """The value that nothing lies beyond: no angle is less than 0, and no quantity leaves its range."""
    sort = variable.sort
    assert isinstance(sort, NumberSort)
    if sort.dimension is Dimension.ANGLE:
        return None if below else Fraction(0)
    return sort.high if below else sort.low


def _weekly(system: NormSystem, compared: Compare, *, denied: bool) -> str | None:
    """A comparison of several things one of which is a place in the week, if it can be told by a day and an hour."""
    places = [v for _, v in compared.terms if v.sort == IN_WEEK]
    if len(compared.terms) < 2 or not places:
        return None
    rest = [(c, v) for c, v in compared.terms if v not in places and not isinstance(v, Timed)]
    lengths = [(c, v, variable_words(system, v)) for c, v in rest]
    return weekly_words(system, compared, variable_words(system, places[0]), lengths, denied=denied)


def _range(system: NormSystem, one: Expr, other: Expr) -> str:
    """`bearing of own unit is from over 112.5 deg to under 247.5 deg`."""
    assert isinstance(one, Compare)
    assert isinstance(other, Compare)
    low, high = (one, other) if one.terms[0][0] < 0 else (other, one)
    variable = low.terms[0][1]
    assert isinstance(variable.sort, NumberSort)
    unit = unit_of(system, variable)
    if (spans := week_stretches(And((low, high)))) is not None:
        return stretches_words(system, variable_words(system, variable), spans[1])
    what = variable_words(system, variable)
    if variable.sort == WEEKS:
        first, last = (monday(int(part.bound / part.terms[0][0])) for part in (low, high))
        return say("{what} is one from {first} to {last}", what=what, first=first, last=last)
    start = show(low.bound / low.terms[0][0], low.unit or high.unit or unit, variable.sort.dimension)
    end = show(high.bound / high.terms[0][0], high.unit or low.unit or unit, variable.sort.dimension)
    if start == end and Order.LESS not in (low.order, high.order):
        return say("{what} is exactly {value}", what=what, value=start)
    span = span_words(start, end, over=low.order is Order.LESS, under=high.order is Order.LESS)
    return say("{what} is {span}", what=what, span=span)


def _kind_of_unit(system: NormSystem, literal: Expr) -> str | None:
    """`a warship`, if the literal says only which kind of unit a role is."""
    if not isinstance(literal, IsIn) or literal.variable.role is None or literal.variable not in identity(system):
        return None
    if system.situation.tells_party(literal.variable):
        return None
    words, positive = choice_words(system, literal.variable, literal.members, _kind(literal.variable).members)
    return with_article(words) if positive else None


def _kind(variable: Variable) -> KindSort:
    assert isinstance(variable.sort, KindSort)
    return variable.sort


def _term(system: NormSystem, coefficient: Fraction, variable: Variable) -> str:
    name = variable_words(system, variable)
    return name if coefficient == 1 else f"{number_words(coefficient)} × {name}"
