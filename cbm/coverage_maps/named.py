"""Axes, values, classes of values and boxes in the words of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cbm.core.episodes import PlainAxis, TermAxis
from cbm.core.expressions import Formula
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.packages.package_boxes import Box
from cbm.core.sorts import FlagSort, KindSort, NumberSort
from cbm.core.substitution import parts_of
from cbm.core.units import show
from cbm.core.variables import Attribute, Occurs
from cbm.core.viewpoints import seen
from cbm.coverage.types import thresholds
from cbm.coverage.types.axes import FLAG_VALUES, Divider, Merged, all_values, literal, members_of, values_of
from cbm.coverage.types.thresholds import Stretch, runs
from cbm.outcomes.map_parts import Axis, End, Named, Scale, Value
from cbm.records import replace
from cbm.smt.index import Edge
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.choice_words import boxes_words
from cbm.wording.condition_words import condition_words, variable_words
from cbm.wording.phrases import choice_words, member_words, opposite_of, role_words, title_of
from cbm.wording.situation_words import situation_words
from cbm.wording.variable_names import variable_name

ANY = mark("any")


def axis(system: NormSystem, divider: Divider) -> Axis:
    """An axis as readers see it."""
    values = tuple(_value(system, divider, position) for position in range(len(all_values(divider))))
    match divider:
        case Merged(merged):
            return replace(axis(system, merged), values=values)
        case TermAxis(name, _, term, role):
            titles = system.words.translations.get(("term", term), {})
            named = Named(name, _heading(system, divider), titles)
            return Axis(named, Scale.FLAG, "flag", _role(system, role), values)
        case thresholds.ScaledAxis(measured):
            variable = measured.terms[0][1]
            assert isinstance(variable.sort, NumberSort)
            titles = system.words.translations.get(("attribute", measured.term), {}) if divider.variable else {}
            named = Named(measured.name, _heading(system, divider), titles)
            owner = _role(system, variable.role if divider.variable else None)
            return Axis(named, Scale.QUANTITY, variable.sort.dimension.value, owner, values)
        case _:
            name, role, sort = variable_name(divider), divider.role, divider.sort
            shown = name if role is None else f"{system.situation.roles[role]}.{name}"
            scale = Scale.FLAG if isinstance(sort, FlagSort) else Scale.KIND
            kind = sort.name if isinstance(sort, KindSort) else "flag"
            titles = system.words.translations.get(("attribute", name)) or system.words.translations.get(
                ("kind", kind), {}
            )
            return Axis(Named(shown, _heading(system, divider), titles), scale, kind, _role(system, role), values)


def packages_words(negotiation: Negotiation, boxes: Iterable[Box]) -> str:
    """On which packages something is so, of which these are all; nothing: on every one."""
    if not negotiation.terms:
        return ""
    space = negotiation.space
    told = space.told(list(boxes))
    return boxes_words(negotiation, told) if space.minus(({},), (*told, *space.excluded)) else ""


def class_words(system: NormSystem, divider: Divider, positions: Sequence[int]) -> str:
    """What values of an axis, by position among all, are called: `naval ship`, `any but fighter`, `over 5 nmi`."""
    names = all_values(divider)
    if len(positions) == len(names) > 1:
        return say(ANY)
    match divider:
        case Merged(variable):
            return class_words(system, variable, positions)
        case Attribute(sort=KindSort(_, members)):
            words, positive = choice_words(system, divider, [members[p] for p in positions], members)
            return words if positive else say("any but {values}", values=words)
        case thresholds.ScaledAxis(_, stretches):
            rows = runs(positions)
            return listed([_stretch_words(system, divider, stretches[r[0]], stretches[r[-1]]) for r in rows], "or")
        case _:
            return _flag_value(system, divider, names[positions[0]] == FLAG_VALUES[0])


def box_words(
    system: NormSystem, axes: Sequence[Divider], sides: Iterable[tuple[str, ...]], conditions: Sequence[Formula] = ()
) -> str:
    """A box, and conditions that hold in it, as one clause of a sentence."""
    literals: list[Formula] = []
    told: list[str] = []
    for divider, side in zip(axes, sides, strict=True):
        if len(side) == len(values_of(divider)):
            continue
        if isinstance(divider, TermAxis):
            told.append(_told_words(system, divider, side == (FLAG_VALUES[0],)))
        else:
            literals += parts_of(literal(divider, side))
    if not literals and not told and not conditions:
        return say("every type of {situation}", situation=situation_words(system))
    return condition_words(system, (*literals, *conditions), told)


def positions_of(axes: Sequence[Divider], sides: Iterable[tuple[str, ...]]) -> tuple[tuple[int, ...], ...]:
    """A box by the positions of its values among all values of each axis."""
    return tuple(members_of(axis, side) for axis, side in zip(axes, sides, strict=True))


def _value(system: NormSystem, divider: Divider, position: int) -> Value:
    name = all_values(divider)[position]
    match divider:
        case Attribute(sort=KindSort()) | Merged():
            titles = system.words.translations.get(("member", name), {})
            return Value(Named(name, member_words(system, name), titles))
        case thresholds.ScaledAxis(_, stretches):
            stretch = stretches[position]
            low, high = (_end(system, divider, edge) for edge in (stretch.interval.low, stretch.interval.high))
            return Value(Named(name, _stretch_words(system, divider, stretch, stretch)), low, high)
        case _:
            return Value(Named(name, _flag_value(system, divider, name == FLAG_VALUES[0])))


def _heading(system: NormSystem, divider: Divider) -> str:
    match divider:
        case Merged(variable):
            return variable_words(system, variable)
        case Attribute(sort=FlagSort()) | Occurs():
            return _of_role(system, divider.role, _flag_title(system, divider))
        case TermAxis(_, _, term, role):
            return _of_role(system, role, _term_words(system, term))
        case thresholds.ScaledAxis(measured):
            if divider.variable is not None:
                return variable_words(system, divider.variable)
            return _term_words(system, measured.term)
        case _:
            return variable_words(system, divider)


def _flag_value(system: NormSystem, divider: Divider, positive: bool) -> str:
    if isinstance(divider, TermAxis):
        title = _term_words(system, divider.term)
    else:
        assert isinstance(divider, PlainAxis)
        title, opposite = _flag_title(system, divider), opposite_of(system, divider)
        if opposite and not positive:
            return opposite
    return title if positive else say("not {title}", title=title)


def _of_role(system: NormSystem, role: int | None, title: str) -> str:
    return title if role is None else say("{role} {title}", role=role_words(system, role), title=title)


def _told_words(system: NormSystem, divider: TermAxis[Formula], positive: bool) -> str:
    title = _term_words(system, divider.term)
    if divider.role is None:
        return title if positive else say("it is not so that {title}", title=title)
    role = role_words(system, divider.role)
    if positive:
        return say("{role} is {title}", role=role, title=title)
    return say("{role} is not {title}", role=role, title=title)


def _term_words(system: NormSystem, term: str) -> str:
    return system.words.terms.get(term, term.replace("_", " "))


def _flag_title(system: NormSystem, variable: PlainAxis) -> str:
    return title_of(system, variable) or variable_name(variable).replace("_", " ")


def _role(system: NormSystem, role: int | None) -> str | None:
    return None if role is None else system.situation.roles[role]


def _stretch_words(system: NormSystem, scale: thresholds.ScaledAxis, first: Stretch, last: Stretch) -> str:
    """From where one stretch begins to where another one ends; that it keeps to the whole range goes without saying."""
    low = first.interval.low if first != scale.stretches[0] else None
    high = last.interval.high if last != scale.stretches[-1] else None
    start, end = _end(system, scale, low), _end(system, scale, high)
    if first == last and first.interval.low is not None and first.interval.low == first.interval.high:
        point = _end(system, scale, first.interval.low)
        return point.words if point else say(ANY)
    match start, end:
        case End(_, begin, True), End(_, finish, True):
            return say("{low} to {high}", low=begin, high=finish)
        case End(_, begin, False), End(_, finish, True):
            return say("over {low} to {high}", low=begin, high=finish)
        case End(_, begin, True), End(_, finish, False):
            return say("{low} to under {high}", low=begin, high=finish)
        case End(_, begin, False), End(_, finish, False):
            return say("over {low} to under {high}", low=begin, high=finish)
        case End(_, begin, True), None:
            return say("{value} or more", value=begin)
        case End(_, begin, False), None:
            return say("over {value}", value=begin)
        case None, End(_, finish, True):
            return say("up to {value}", value=finish)
        case None, End(_, finish, False):
            return say("under {value}", value=finish)
        case _:
            return say(ANY)


def _end(system: NormSystem, scale: thresholds.ScaledAxis, edge: Edge | None) -> End | None:
    if edge is None:
        return None
    variable = scale.axis.terms[0][1]
    assert isinstance(variable.sort, NumberSort)
    unit = scale.axis.unit or system.words.units.get(seen(variable, 0))
    return End(edge[0], show(edge[0], unit, variable.sort.dimension), not edge[1])
