"""What is known beforehand, from its definition: who owes something before a moment knows when it comes.

So it is also where the case at hand owes nothing. Who is barred up to a moment knows that it comes, and all know what
is planned. `dynamics/indistinguishable.py` says the same; nothing of it takes part here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from cbm.certify.claims import AnyOf, Claim, SomeConduct, anywhere
from cbm.core.expressions import And, Compare, Does, Each, Expr, Flag, Not, Or, Order, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Modality, Norm, NormSystem
from cbm.core.sorts import NumberSort
from cbm.core.substitution import variables
from cbm.core.variables import NOW, SENT, Attribute, Occurrence, Occurs, TimeOf, Variable
from cbm.ground.grounding import Ground, ground


def when_known(about: Ground, moment: str) -> Claim | None:
    """Whether the bearer knows beforehand when the moment comes; None: nobody like it ever does."""
    owed = (n for n in about.system.norms.values() if n.modality is Modality.OBLIGATION)
    return _some_case(about, [norm for norm in owed if moment in owed_before(norm)])


def whether_known(about: Ground, moment: str) -> Claim | None:
    """Whether the bearer knows beforehand that the moment comes, if not when."""
    barred = (n for n in about.system.norms.values() if n.modality is Modality.PROHIBITION)
    return _some_case(about, [norm for norm in barred if moment in barred_up_to(norm)])


def is_planned(system: NormSystem, moment: str) -> bool:
    """Whether all know beforehand when it comes: it is declared so, or a day that is told by one that is."""
    declared = {one.name: one for one in system.situation.moments}[moment]
    if declared.planned:
        return True
    return declared.on is not None and (declared.on.of is None or is_planned(system, declared.on.of))


def _some_case(about: Ground, norms: Sequence[Norm]) -> Claim | None:
    """In some case one of these binds who the bearer is, on the package at hand."""
    negotiation, plain = Negotiation(about.system), ground(about.system, about.bearer)
    cases: list[SomeConduct] = []
    for n in filter(None, (plain.find(norm.id) for norm in norms)):
        fixed = [v for v in variables(n.binds) if _is_of(about, v) or negotiation.is_choice(v)]
        cases.append(anywhere({}, n.binds, but=fixed))
    return AnyOf(tuple(cases)) if cases else None


def _is_of(about: Ground, variable: Variable) -> bool:
    """Whether it says who the bearer is."""
    return isinstance(variable, Attribute) and variable.role == about.bearer


def owed_before(norm: Norm) -> frozenset[str]:
    """The moments before which something is done that a duty asks for, however it is done."""
    manners = [*_manners(norm.content, norm.bearer)]
    return frozenset(m for manner in manners for m in _moments(manner) if not _may_follow(m, [manner], ()))


def barred_up_to(norm: Norm) -> frozenset[str]:
    """The moments up to which something is barred, or else left free."""
    said = [*_comparisons(norm.content)]
    return frozenset(moment for moment in _moments(norm.content) if any(_is_before(one, moment, ()) for one in said))


def _manners(content: Expr, bearer: int) -> Iterator[Expr]:
    """In what manners doings of the bearer are spoken of."""
    match content:
        case Does(_, role, manner) if role == bearer:
            yield manner
        case Not(inner) | Each(_, _, inner):
            yield from _manners(inner, bearer)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _manners(part, bearer)
        case _:
            return


def _moments(said: Expr) -> frozenset[str]:
    """The moments that are spoken of, each by when it comes first."""
    events = (v.event for v in said.variables if isinstance(v, TimeOf))
    return frozenset(event.moment for event in events if isinstance(event, Occurrence) and event.number == 1)


def _may_follow(moment: str, parts: Collection[Expr], said: tuple[Compare, ...]) -> bool:
    """Whether a doing of which all parts are so may be later than the moment, if that occurs.

    One way after the other is followed of what has several; what speaks of something else bars none.
    """
    several: list[Sequence[Expr]] = []
    for part in parts:
        match _inwards(part):
            case Not(Flag(Occurs(Occurrence(name, 1)))) if name == moment:
                return False
            case Compare() as compared:
                said = (*said, compared)
            case And(inner):
                several.append([And(inner)])
            case Or(ways) if any(moment in _named(way) for way in ways):
                several.append(ways)
            case _:
                pass
    if any(_is_before(one, moment, said) for one in said):
        return False
    if not several:
        return True
    first, *others = several
    rest = [Or(tuple(ways)) if len(ways) > 1 else ways[0] for ways in others]
    return any(_may_follow(moment, [*(way.parts if isinstance(way, And) else [way]), *rest], said) for way in first)


def _named(said: Expr) -> frozenset[str]:
    """The moments of which it says when or whether they come."""
    occurring = (v.occurrence.moment for v in said.variables if isinstance(v, Occurs))
    return _moments(said) | frozenset(occurring)


def _inwards(said: Expr) -> Expr:
    """What is not so of several things, as what is not so of each."""
    match said:
        case Not(And(parts)):
            return Or(tuple(map(negation, parts)))
        case Not(Or(parts)):
            return And(tuple(map(negation, parts)))
        case _:
            return said


def _comparisons(said: Expr) -> Iterator[Compare]:
    """All that is compared, in what is so and in what is not."""
    match said:
        case Compare() as compared:
            yield compared
        case Not(inner) | Does(_, _, inner) | Each(_, _, inner):
            yield from _comparisons(inner)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _comparisons(part)
        case _:
            return


def _is_before(compared: Compare, moment: str, beside: Collection[Compare]) -> bool:
    """Whether it says that the doing, or the sending of its message, is before the moment, or then at the latest.

    c(doing) - c(moment) + the rest is at most the bound: so it is where the rest is not less than that.
    """
    signs = {v: c for c, v in compared.terms}
    begun = SENT if SENT in signs else NOW
    first = TimeOf(Occurrence(moment, 1))
    weight = signs.pop(begun, Fraction(0))
    if compared.order is Order.EQUAL or weight <= 0 or signs.pop(first, None) != -weight:
        return False
    return _is_least(signs, compared.bound, beside)


def _is_least(rest: Mapping[Variable, Fraction], bound: Fraction, beside: Collection[Compare]) -> bool:
    """Whether the sum is never less than the bound: since just that is said, or by what each can be."""
    less = {v: -c for v, c in rest.items()}
    if any({v: c for c, v in said.terms} == less and -said.bound >= bound for said in beside):
        return True
    ends = [_end(variable, weight) for variable, weight in rest.items()]
    known = [end for end in ends if end is not None]
    return len(known) == len(ends) and sum(known, Fraction(0)) >= bound


def _end(variable: Variable, weight: Fraction) -> Fraction | None:
    """The least that it can be, so many times."""
    sort = variable.sort
    end = None if not isinstance(sort, NumberSort) else sort.low if weight > 0 else sort.high
    return None if end is None else weight * end
