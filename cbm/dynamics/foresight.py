"""Which moments a unit knows beforehand: those before which it owes something or is barred, and those planned."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from cbm.core.expressions import (
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
)
from cbm.core.norms import Modality, Norm, NormSystem
from cbm.core.sorts import NumberSort
from cbm.core.substitution import parts_of, variables
from cbm.core.variables import NOW, SENT, Attribute, Occurrence, Occurs, TimeOf, Variable
from cbm.coverage.types.thresholds import comparisons
from cbm.ground.grounding import Ground, ground
from cbm.records import Record


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
