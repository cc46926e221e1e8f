"""Core expressions in a legal officer's words: conditions, variables and values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, assert_never

from cbm.core.declaration_order import as_declared, declared, rank_of
from cbm.core.episodes import recipient_in
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
from cbm.ground.members import members
from cbm.resolve.clocks import monday
from cbm.search.fewer_cubes import week_stretches
from cbm.translation.listing import listed
from cbm.wording.clause_names import clause_name
from cbm.wording.phrases import (
    any_encounter,
    choice_words,
    is_about_choices,
    is_choice,
    member_words,
    not_done,
    opposite_of,
    read_as,
    reading_words,
    role_words,
    sector_words,
    title_of,
    title_of_act,
    unit_of,
    with_article,
)
from cbm.wording.times.time_words import apart_words, event_words, point_words, tells_times, week_words
from cbm.wording.times.week_words import BY_THE_WEEK, place_words, stretches_words, weekly_words
from cbm.wording.variable_names import variable_name


def condition_words(system: NormSystem, literals: Iterable[Expr], positions: Sequence[str] = ()) -> str:
    """Conditions as one clause of a sentence: `own unit is a warship, the zone is eez, and calls stay unanswered`.

    `positions` say of units how they lie to each other, in words already.
    """
    told = [literal for literal in _merged(literals) if not _is_said_elsewhere(system, literal)]
    ordered = _in_reading_order(system, told)
    parts: list[str] = []
    units = [_kind_of_unit(system, literal) for literal in ordered[:2]]
    two = len({next(iter(mentioned(literal)), None) for literal in ordered[:2]}) == len(system.situation.roles) == 2
    if two and all(units):
        parts.append(f"{units[0]} meets {units[1]}")
        ordered = ordered[2:]
    while ordered and next(iter(mentioned(ordered[0])), None) in identity(system):
        parts.append(literal_words(system, ordered.pop(0)))
    parts += positions
    while ordered:
        first = ordered.pop(0)
        other = next((o for o in ordered if _is_range(first, o)), None)
        if other is None:
            parts.append(literal_words(system, first))
        else:
            ordered.remove(other)
            parts.append(_range(system, first, other))
    return listed(parts) if parts else any_encounter(system)


def literal_words(system: NormSystem, literal: Expr) -> str:
    """One condition in words."""
    if isinstance(literal, Compare | And | Or) and (spans := week_stretches(literal)) is not None:
        return stretches_words(system, variable_words(system, spans[0]), spans[1])
    match literal:
        case Truth(value):
            return "always" if value else "never"
        case Flag(variable):
            return flag_words(system, variable, True)
        case Not(Flag(variable)):
            return flag_words(system, variable, False)
        case IsIn(variable, members):
            return _membership(system, variable, members, True)
        case Not(IsIn(variable, members)):
            return _membership(system, variable, members, False)
        case Same(left, right):
            return f"{variable_words(system, left)} is {variable_words(system, right)}"
        case Not(Same(left, right)):
            return f"{variable_words(system, left)} is not {variable_words(system, right)}"
        case Compare():
            return _comparison(system, literal)
        case Not(Compare(terms, Order.LESS | Order.AT_MOST as order, bound, unit)):
            opposite = Order.AT_MOST if order is Order.LESS else Order.LESS
            turned = tuple((-coefficient, variable) for coefficient, variable in terms)
            return _comparison(system, Compare(turned, opposite, -bound, unit))
        case Not(Compare() as compared):
            return _comparison(system, compared).replace(" is exactly ", " is not ").replace(" equals ", " is not ")
        case And((Compare() as one, Compare() as other)) if _is_range(one, other):
            return _range(system, one, other)
        case And(parts):
            return listed([literal_words(system, part) for part in parts])
        case Or(parts):
            return listed([literal_words(system, part) for part in parts], "or")
        case Not(Binds(norm, role)):
            return f"{clause_name(system, norm)} does not bind the {role_words(system, role)}"
        case Not(Or(parts)) if all(isinstance(part, Binds) for part in parts):
            return listed([literal_words(system, Not(part)) for part in parts])
        case Not(operand):
            return f"not so that {literal_words(system, operand)}"
        case Does(act, role):
            return f"{role_words(system, role)} does `{act}`"
        case Each(act, role, body):
            told = literal_words(system, body)
            return f"whenever {role_words(system, role)} does `{act}`, {told}"
        case Binds(norm, role):
            return f"{clause_name(system, norm)} binds the {role_words(system, role)}"
        case States(item):
            party = recipient_in(item)
            return f"states `{item}`" if party is None else f"is addressed to {member_words(system, party)}"
        case Through(channel):
            return f"is done through `{channel}`"
        case Worded(language):
            return f"is worded in {system.languages[language]}"
        case Works(channel):
            return f"`{channel}` serves on the date"
        case _:
            assert_never(literal)


def variable_words(system: NormSystem, variable: Variable, viewer: str = "") -> str:
    """`range between the units`, `craft of own unit`, `range between the units at contact`.

    `viewer` is the party whose view it is, if it is one and that is known.
    """
    match variable:
        case Reading():
            return reading_words(system, variable)
        case TimeOf() | SentAt():
            return f"the time of {point_words(system, variable)}"
        case WeekPlace():
            return place_words(system, variable)
        case WeekNumber(event):
            return f"week of {event_words(system, event)}"
        case ClockOffset(_, _, zone):
            return f"clocks in {zone} ahead of UTC"
        case Wait(channel, number):
            line = system.channels[channel]
            return f"delay of {line.title}: {line.delays[number].title}"
        case ValueAt(attribute, role, at, sort):
            when = "other times" if isinstance(at, OtherTimes) else event_words(system, at)
            return f"{variable_words(system, Attribute(attribute, role, sort))} at {when}"
        case Counterpart(other):
            return variable_words(system, other)
        case Attribute(name) | ResultValue(name):
            title = title_of(system, variable) or _counted(system, variable) or name.replace("_", " ")
            if variable.role is not None and system.situation.is_view(variable):
                return f"{title} as {viewer or _party_of(system, variable.role)} sees it"
            return title if variable.role is None else f"{title} of {role_words(system, variable.role)}"
        case Performed() | Occurs() | Stating() | ChannelOf() | LanguageOf() | WeeksAway() | TurnOf() | Auxiliary():
            name = variable_name(variable).replace("_", " ")
            return name if variable.role is None else f"{name} of {role_words(system, variable.role)}"
        case _:
            assert_never(variable)


def _counted(system: NormSystem, variable: Variable) -> str:
    """What a counter without a text of its own counts, by its condition."""
    counter = next((known for known in system.situation.counters if known.variable == variable), None)
    if counter is None:
        return ""
    return f"number of times that {literal_words(system, counter.condition)} {counter.looking_back}"


def value_words(system: NormSystem, variable: Variable, value: Value) -> str:
    """A value in the author's unit."""
    sort = variable.sort
    match value:
        case bool():
            return "yes" if value else "no"
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
                return "for ever"
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
    whole = title if positive else opposite or f"it is not so that {title}"
    if system.situation.is_view(variable):
        return f"{whole}, as {viewer or _party_of(system, variable.role)} sees it"
    if variable.role is None:
        return whole
    who = role_words(system, variable.role)
    return f"{who} is {title}" if positive else f"{who} is {opposite or f'not {title}'}"


def _party_of(system: NormSystem, role: int | None) -> str:
    assert role is not None, "a view is somebody's"
    return f"the party of {role_words(system, role)}"


def act_words(system: NormSystem, act: str, role: int, positive: bool = True) -> str:
    """`own unit reports`, `own unit does not report`."""
    title, who = title_of_act(system, act, role), role_words(system, role)
    if positive:
        return f"{who} {title}" if title != act else f"{who} does `{act}`"
    return f"{who} {(title != act and not_done(title)) or f'does not do this: `{act}`'}"


def identity(system: NormSystem) -> list[Variable]:
    """What says which units meet: their party, and the axes of named values that every unit has."""
    party = () if system.situation.party is None else (system.situation.party,)
    known = system.situation.usual or system.situation.axes
    kinds = (axis for axis in known if isinstance(axis, Attribute) and isinstance(axis.sort, KindSort))
    own = (v for v in (*party, *kinds) if v.role is not None and not system.situation.is_view(v))
    each = dict.fromkeys(seen(variable, 0) for variable in own)
    return [seen(variable, role) for variable in each for role in range(len(system.situation.roles))]


def _membership(system: NormSystem, variable: Variable, members: Sequence[str], positive: bool) -> str:
    assert isinstance(variable.sort, KindSort)
    if isinstance(variable, Reading):
        read = members if positive else [member for member in variable.sort.members if member not in members]
        if is_choice(system, variable):
            return f"{read_as(system, variable, read)} is taken in {variable_words(system, variable)}"
        return f"{variable_words(system, variable)} means {read_as(system, variable, read)}"
    named = (seen(variable, 0), frozenset(members)) in system.words.nouns
    words, told = choice_words(system, variable, members, variable.sort.members)
    verb = "is" if told == positive else "is not"
    is_view = system.situation.is_view(variable)
    if variable.role is None or is_view or (variable not in identity(system) and not named):
        return f"{variable_words(system, variable)} {verb} {words}"
    if system.situation.tells_party(variable):
        return f"{role_words(system, variable.role)} {verb} of {words}"
    return f"{role_words(system, variable.role)} {verb} {with_article(words)}"


def _comparison(system: NormSystem, compared: Compare) -> str:
    if tells_times(compared):
        return apart_words(system, compared)
    if (weekly := _weekly(system, compared)) is not None:
        return weekly
    compared = as_declared(compared, declared(system)) if len(compared.terms) > 1 else compared
    terms, bound, order = list(compared.terms), compared.bound, compared.order
    dimension = terms[0][1].sort.dimension if isinstance(terms[0][1].sort, NumberSort) else None
    assert dimension is not None
    if len(terms) == 1:
        coefficient, variable = terms[0]
        if isinstance(variable, Wait) and bound / coefficient == FOR_EVER:
            return f"{variable_words(system, variable)} lasts {'for ever' if coefficient < 0 else 'for some time only'}"
        unit = compared.unit or unit_of(system, variable)
        value, name = show(bound / coefficient, unit, dimension), variable_words(system, variable)
        if variable.sort == WEEKS:
            number = bound / coefficient
            return f"{name} is {BY_THE_WEEK[order, coefficient < 0]}that of {monday(int(number))}"
        if dimension is Dimension.ANGLE and order is not Order.EQUAL:
            return f"{name} is {sector_words(order, value, upwards=coefficient < 0)}"
        words = {Order.LESS: "under", Order.AT_MOST: "at most", Order.EQUAL: "exactly"}
        if coefficient < 0:
            words |= {Order.LESS: "over", Order.AT_MOST: "at least"}
        return f"{name} is {words[order]} {value}"
    if order is Order.EQUAL and all(v.origin is Origin.READING for c, v in terms if c > 0):
        terms, bound = [(-c, v) for c, v in terms], -bound  # what is found is told by how a term is read
    relations = {Order.LESS: "is less than", Order.AT_MOST: "is at most", Order.EQUAL: "equals"}
    if all(c < 0 for c, _ in terms):
        terms, bound = [(-c, v) for c, v in terms], -bound  # a sum alone is told by what it is over
        relations |= {Order.LESS: "is over", Order.AT_MOST: "is at least"}
    left = " + ".join(_term(system, c, v) for c, v in terms if c > 0)
    right = [_term(system, -c, v) for c, v in terms if c < 0]
    told = " + ".join(right)
    if bound or not right:
        sign = "" if not right else " + " if bound > 0 else " - "
        told += sign + show(abs(bound) if right else bound, compared.unit, dimension)
    return f"{left} {relations[order]} {told}"


def _weekly(system: NormSystem, compared: Compare) -> str | None:
    """A comparison of several things one of which is a place in the week, if it can be told by a day and an hour."""
    places = [v for _, v in compared.terms if v.sort == IN_WEEK]
    if len(compared.terms) < 2 or not places:
        return None
    rest = [(c, v) for c, v in compared.terms if v not in places and not isinstance(v, Timed)]
    lengths = [(c, v, variable_words(system, v)) for c, v in rest]
    return weekly_words(system, compared, variable_words(system, places[0]), lengths)


def _merged(literals: Iterable[Expr]) -> Iterator[Expr]:
    """Each literal once; what is said of the values of one variable is said at once, if it leaves any of them."""
    unique = list(dict.fromkeys(literals))
    chosen: dict[Variable, list[tuple[str, ...]]] = {}
    for literal in unique:
        match literal:
            case IsIn(variable, members):
                chosen.setdefault(variable, []).append(members)
            case Not(IsIn(variable, members)) if isinstance(variable.sort, KindSort):
                chosen.setdefault(variable, []).append(tuple(m for m in variable.sort.members if m not in members))
            case _:
                pass
    common = {v: tuple(m for m in first if all(m in some for some in rest)) for v, (first, *rest) in chosen.items()}
    told: set[Variable] = set()
    for literal in unique:
        core = literal.operand if isinstance(literal, Not) else literal
        if not isinstance(core, IsIn) or len(chosen[core.variable]) < 2 or not common[core.variable]:
            yield literal
        elif core.variable not in told:
            told.add(core.variable)
            yield IsIn(core.variable, common[core.variable])


def _is_said_elsewhere(system: NormSystem, literal: Expr) -> bool:
    """That units belong to the parties of the text under check; or what is taken of what is open in it."""
    if is_about_choices(system, literal):
        return True
    text = system.texts[system.subject]
    closed = text.parties is not None and not text.binding
    return (
        isinstance(literal, IsIn)
        and system.situation.tells_party(literal.variable)
        and closed
        and frozenset(members(text, system)) <= frozenset(literal.members)
    )


def _kind_of_unit(system: NormSystem, literal: Expr) -> str | None:
    """`a warship`, if the literal says only which kind of unit a role is."""
    if not isinstance(literal, IsIn) or literal.variable.role is None or literal.variable not in identity(system):
        return None
    if system.situation.tells_party(literal.variable):
        return None
    words = literal_words(system, literal)
    prefix = f"{role_words(system, literal.variable.role)} is "
    return words.removeprefix(prefix) if not words.startswith(f"{prefix}not ") else None


def _is_range(one: Expr, other: Expr) -> bool:
    """Whether the two bound one quantity from both sides."""
    if not isinstance(one, Compare) or not isinstance(other, Compare) or Order.EQUAL in (one.order, other.order):
        return False
    return [v for _, v in one.terms] == [v for _, v in other.terms] and len(one.terms) == 1 and one.terms != other.terms


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
    if variable.sort == WEEKS:
        first, last = (monday(int(part.bound / part.terms[0][0])) for part in (low, high))
        return f"{variable_words(system, variable)} is one from {first} to {last}"
    start = show(low.bound / low.terms[0][0], low.unit or high.unit or unit, variable.sort.dimension)
    end = show(high.bound / high.terms[0][0], high.unit or low.unit or unit, variable.sort.dimension)
    if start == end and Order.LESS not in (low.order, high.order):
        return f"{variable_words(system, variable)} is exactly {start}"
    over, under = ("over " if low.order is Order.LESS else ""), ("under " if high.order is Order.LESS else "")
    return f"{variable_words(system, variable)} is from {over}{start} to {under}{end}"


def _term(system: NormSystem, coefficient: Fraction, variable: Variable) -> str:
    name = variable_words(system, variable)
    return name if coefficient == 1 else f"{number_words(coefficient)} × {name}"


def _in_reading_order(system: NormSystem, literals: Iterable[Expr]) -> list[Expr]:
    """Whose units of what kind first, own before other, then places, then the rest."""
    known, axes, names = identity(system), list(system.situation.axes), declared(system)

    def key(literal: Expr) -> tuple[Any, ...]:
        first = next(iter(mentioned(literal)), None)
        if first is None:
            return (3,)
        if first in known:
            return (0, known.index(first))
        return (1, axes.index(first)) if first in axes else (2, rank_of(first, names))

    return sorted(literals, key=key)
