"""What is asked of a bearer: from modal, items and `stating` to demands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from cbm.records import replace
from cbm.source import Span
from cbm.syntax.ast import (
    ActItem,
    At,
    AtLeast,
    CalendarDayNode,
    Comparison,
    Connective,
    DaysNode,
    DemandNode,
    During,
    Expression,
    Item,
    KeepItem,
    Level,
    Modality,
    Name,
    NotLater,
    Path,
    QuantityNode,
    Range,
    Recurring,
    Strength,
    TimeOrder,
    While,
    Within,
)
from cbm.syntax.mistake import Mistaken, mistaken
from cbm.syntax.statements.clause_parts import (
    Addressed,
    Excepts,
    ExceptThrough,
    ExceptWorded,
    Meanwhile,
    OnLevel,
    Otherwise,
    Part,
    StatingPart,
    ThroughChannel,
    Timed,
    WordedIn,
)
from cbm.syntax.tokens import Names, Word
from cbm.translation.saying import say

_MOST_DAYS = 10_000
# So many times are looked at of what recurs: each is a further doing in every question.
MOST_TIMES = 12

_OfADemand = (
    StatingPart | Addressed | Timed | Meanwhile | ThroughChannel | ExceptThrough | OnLevel | WordedIn | ExceptWorded
)

MODALS: Mapping[str, tuple[Modality, Strength]] = {
    "must": (Modality.OBLIGATION, Strength.MUST),
    "shall": (Modality.OBLIGATION, Strength.MUST),
    "should": (Modality.OBLIGATION, Strength.SHOULD),
    "must not": (Modality.PROHIBITION, Strength.MUST),
    "shall not": (Modality.PROHIBITION, Strength.MUST),
    "should not": (Modality.PROHIBITION, Strength.SHOULD),
    "may": (Modality.PERMISSION, Strength.MUST),
    "need not": (Modality.EXEMPTION, Strength.MUST),
}


# What is written in a window, today or before, and the order of times that it says.
ORDERS: Mapping[str, TimeOrder] = {**{order.value: order for order in TimeOrder}, "not after": TimeOrder.NOT_AFTER}
# Of two orders that say the same of what is asked for, forbidden or left free, the one that is written today.
_MEANT: Mapping[tuple[Modality, TimeOrder], TimeOrder] = {
    (Modality.OBLIGATION, TimeOrder.UNTIL): TimeOrder.NOT_AFTER,
    (Modality.PROHIBITION, TimeOrder.BEFORE): TimeOrder.UNTIL,
    (Modality.PERMISSION, TimeOrder.NOT_AFTER): TimeOrder.UNTIL,
    (Modality.EXEMPTION, TimeOrder.NOT_AFTER): TimeOrder.UNTIL,
}


def with_content(parts: Iterable[DemandNode | Part[object]]) -> tuple[DemandNode, ...]:
    """The demands of a statement in order, each with what it asks to be stated, and when.

    `stating` and the times belong to the demand before them, whatever stands between.
    """
    demands: list[DemandNode] = []
    directly_before = behind_exception = False
    for part in parts:
        if behind_exception and isinstance(part, Timed):
            raise _read_two_ways(part)
        behind_exception = isinstance(part, Excepts)
        if isinstance(part, DemandNode):
            demands.append(part)
        elif isinstance(part, Otherwise):
            demands.extend(part.values)
        elif isinstance(part, _OfADemand):
            last = demands[-1]
            place = last.span.to(part.span) if directly_before else last.span
            demands[-1] = replace(_with(last, part), span=place)
        directly_before = isinstance(part, DemandNode | Otherwise) or (directly_before and isinstance(part, _OfADemand))
    return tuple(map(_in_one_form, demands))


def _read_two_ways(time: Timed) -> Mistaken:
    """Of a time behind `unless …`: it belongs to what is asked, and a reader takes it for a part of the exception."""
    words = say(
        "`{written}` can be read two ways behind an exception: as a part of it, or of what is asked",
        written=" ".join(time.span.text.split()),
    )
    return mistaken(
        time.span,
        words,
        say("put it in front of the exception if it belongs to what is asked"),
        say("if it says when the exception counts, make it a condition there: `unless X is at most 2 h after Y`"),
    )


def _in_one_form(demand: DemandNode) -> DemandNode:
    """With one of the orders of time that mean the same in what is asked for, forbidden or left free."""
    windows = [
        replace(w, order=meant_order(demand.modality, w.order)) if isinstance(w, At) else w for w in demand.windows
    ]
    waited_for = [when for when in demand.meanwhile if isinstance(when, At) and _means_until(demand, when)]
    windows += [replace(when, order=TimeOrder.UNTIL) for when in waited_for]
    windows.sort(key=lambda window: window.span.start)  # as they would stand
    meanwhile = tuple(when for when in demand.meanwhile if when not in waited_for)
    return replace(demand, windows=tuple(windows), meanwhile=meanwhile)


def meant_order(modality: Modality, order: TimeOrder) -> TimeOrder:
    """What is forbidden before X is forbidden until X, and what is owed until X is owed not later than X."""
    return _MEANT.get((modality, order), order)


def _means_until(demand: DemandNode, exception: At) -> bool:
    written = exception.order is TimeOrder.AFTER and demand.modality is Modality.PROHIBITION
    return written and excepts_all(len(demand.items), len(exception.point.parts))


def excepts_all(items: int, parts: int) -> bool:
    """Whether `except after X` is said of all that is forbidden: of several acts it may be an exception to one alone.

    `items` is how much is forbidden; X has several `parts` where it is an act, `other.report`.
    """
    return items == 1 or parts == 1


def _with(demand: DemandNode, part: _OfADemand) -> DemandNode:
    match part:
        case StatingPart(values):
            return replace(demand, stating=(*demand.stating, *values))
        case Addressed(names):
            return replace(demand, recipients=(*demand.recipients, *names))
        case Timed(values):
            return replace(demand, windows=(*demand.windows, *values))
        case ThroughChannel(names):
            return replace(demand, through=(*demand.through, *names))
        case ExceptThrough(names):
            return replace(demand, except_through=(*demand.except_through, *names))
        case Meanwhile(values):
            return replace(demand, meanwhile=(*demand.meanwhile, *values))
        case WordedIn(names):
            return replace(demand, languages=(*demand.languages, *names))
        case ExceptWorded(names):
            return replace(demand, except_languages=(*demand.except_languages, *names))
        case OnLevel((level,)):
            if demand.level is not None:
                raise mistaken(part.span, say("this asks for two levels"), say("write one of them, or `or above`"))
            return replace(demand, level=level)
        case _:
            raise AssertionError("a level is one name")


def _demand(span: Span, modal: Word, first: Item, *rest: Item | Word) -> DemandNode:
    modality, strength = MODALS[modal.text]
    ors = [part for part in rest if isinstance(part, Word)]
    items = (first, *(part for part in rest if not isinstance(part, Word)))
    if ors and modality is Modality.PROHIBITION:
        raise mistaken(
            ors[0].span,
            say("`{written} … or …` can be read two ways: write a comma to forbid each of them", written=modal.text),
        )
    return DemandNode(modality, strength, items, Connective.ANY if ors else Connective.EACH, span=span)


def _conduct(span: Span, first: Item, *rest: Item | Word) -> DemandNode:
    """What somebody is deemed to comply by, as if it were owed, without the words `if it does`."""
    return _demand(Span(span.source, first.span.start, span.end), Word("must", span), first, *rest)


def _act_item(span: Span, act: Name) -> ActItem:
    return ActItem(act, span=span)


def _keep_item(span: Span, condition: Comparison | Range) -> KeepItem:
    return KeepItem(condition, span=span)


def _by_calendar(span: Span, written: Word, zone: Word) -> DaysNode:
    """`14 calendar days in UTC`; the day on which the counting begins is not counted, so there is one at least."""
    number, kind, *_ = written.text.split()
    digits = number.replace(",", "")
    count = int(digits) if digits.isdigit() else 0
    if not 0 < count <= _MOST_DAYS:
        raise mistaken(written.span, say("days of the calendar are whole ones, from 1 to {most:,}", most=_MOST_DAYS))
    return DaysNode(count, kind == "working", Name(zone.text, span=zone.span), span=span)


def _window_of(span: Span, *parts: Word | Expression | DaysNode) -> Timed:
    """`within 60 min after incident`, `at least 42 days before start`."""
    length, order, point = parts[-3:]
    assert isinstance(order, Word)
    assert not isinstance(length, Word)
    assert isinstance(point, Path)
    after = order.text == "after"
    if len(parts) > len(("60 min", "after", "incident")):
        return Timed((AtLeast(length, after, point, span=span),), span)
    return Timed((Within(length, after, point, span=span),), span)


def _window_of_breach(span: Span, length: Expression | DaysNode) -> Timed:
    return Timed((Within(length, after=True, point=None, span=span),), span)


def _window_at(span: Span, order: Word, point: Path) -> Timed:
    return Timed((At(ORDERS[order.text], point, span=span),), span)


def _window_not_later(span: Span, _: Word, day: CalendarDayNode) -> Timed:
    return Timed((NotLater(day, span=span),), span)


def _window_between(span: Span, start: Path, _until: Word, end: Path) -> Timed:
    return Timed((During(start, end, span=span),), span)


def _window_of_recurring(span: Span, length: Expression | DaysNode, *parts: Word | Path | QuantityNode) -> Timed:
    """`every 30 min from contact until clear up to 5`."""
    start, end = (part for part in parts if isinstance(part, Path))
    later = any(isinstance(part, Word) and part.text == "after" for part in parts)
    often = next((part for part in parts if isinstance(part, QuantityNode)), None)
    if often is not None and (often.unit or often.value.denominator != 1 or not 2 <= often.value <= MOST_TIMES):
        message = say(
            "`{written}` is not how often something recurs: write a whole number from 2 to {most}",
            written=often.span.text,
            most=MOST_TIMES,
        )
        raise mistaken(often.span, message)
    return Timed((Recurring(length, later, start, end, None if often is None else int(often.value), span=span),), span)


def _time_exception(span: Span, order: Word, point: Path) -> Meanwhile:
    return Meanwhile((At(TimeOrder(order.text), point, span=span),), span)


def _while_exception(span: Span, condition: Expression) -> Meanwhile:
    return Meanwhile((While(condition, span=span),), span)


def _through(span: Span, names: Names) -> ThroughChannel:
    return ThroughChannel(names, span)


def _through_exception(span: Span, names: Names) -> ExceptThrough:
    return ExceptThrough(names, span)


def _at_level(span: Span, name: Name, above: Word | None = None) -> OnLevel:
    return OnLevel((Level(name, above is not None, span=span),), span)


def _worded(span: Span, names: Names) -> WordedIn:
    return WordedIn(names, span)


def _worded_exception(span: Span, names: Names) -> ExceptWorded:
    return ExceptWorded(names, span)


def _stating(span: Span, names: Names) -> StatingPart:
    return StatingPart(names, span)


def _recipient(span: Span, names: Names) -> Addressed:
    return Addressed(names, span)


BUILDERS: Mapping[str, Callable[..., object]] = {
    "demand": _demand,
    "conduct": _conduct,
    "act_item": _act_item,
    "keep_item": _keep_item,
    "by_calendar": _by_calendar,
    "window_of": _window_of,
    "window_of_breach": _window_of_breach,
    "window_at": _window_at,
    "window_not_later": _window_not_later,
    "window_between": _window_between,
    "window_of_recurring": _window_of_recurring,
    "time_exception": _time_exception,
    "while_exception": _while_exception,
    "through": _through,
    "through_exception": _through_exception,
    "stating": _stating,
    "recipient": _recipient,
    "at_level": _at_level,
    "worded": _worded,
    "worded_exception": _worded_exception,
}
