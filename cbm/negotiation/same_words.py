"""Options of one choice without difference: a quarrel about words, since every clause means the same with either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from cbm.comparison.provisions import unlike
from cbm.core.expressions import NormId
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Guard, Norm, NormSystem
from cbm.core.packages.package_boxes import members
from cbm.inquiry import Inquiry, inquire
from cbm.records import replace

_Key = tuple[str, str, tuple[tuple[int, int], ...]]  # the text, the label, and what is taken of all other choices


def without_difference(negotiation: Negotiation) -> Iterator[tuple[int, int, int]]:
    """Choices with two options each, by number, between which no clause tells: in whatever else is taken.

    Clause by clause: options that differ, and differ in nothing because of other clauses, are not among them. Neither
    are those of choices in promises, exceptions, scopes and terms.
    """
    system = negotiation.system
    free, spoken_of = _without_choices(negotiation), _in_norms_alone(negotiation)
    inquiry = inquire(free)
    for choice, open_choice in enumerate(negotiation.choices):
        if choice not in spoken_of:
            continue
        wordings = _by_option(negotiation, choice)
        for one, other in combinations(range(len(open_choice.options)), 2):
            if _alike(inquiry, system, wordings.get(one, {}), wordings.get(other, {})):
                yield choice, one, other


def _by_option(negotiation: Negotiation, choice: int) -> dict[int, dict[_Key, tuple[NormId, ...]]]:
    found: dict[int, dict[_Key, tuple[NormId, ...]]] = {}
    for norm in negotiation.system.norms.values():
        (box, *_) = negotiation.boxes_of([norm]) or ({},)
        if choice in box:
            rest = tuple(sorted((c, o) for c, o in box.items() if c != choice))
            for option in members(box[choice]):
                clauses, key = found.setdefault(option, {}), (norm.id.document, norm.id.label, rest)
                clauses[key] = (*clauses.get(key, ()), norm.id)
    return found


def _alike(
    inquiry: Inquiry,
    system: NormSystem,
    one: Mapping[_Key, tuple[NormId, ...]],
    other: Mapping[_Key, tuple[NormId, ...]],
) -> bool:
    """Whether each wording with the one option has one with the other that means the same."""
    if one.keys() != other.keys():
        return False
    for key, norms in one.items():
        if _edges(system, norms) != _edges(system, other[key]):
            return False
        wording, counterpart = ([inquiry.system.norms[n] for n in several] for several in (norms, other[key]))
        if unlike(inquiry, wording, counterpart) is not None:
            return False
    return bool(one)


def _edges(system: NormSystem, norms: tuple[NormId, ...]) -> tuple[object, ...]:
    """What a clause displaces, prevails over and yields to."""
    own = frozenset(norms)
    above = frozenset((e.by.act, e.of.document, e.of.label, e.both) for e in system.displacements if e.by in own)
    ranks = frozenset(
        (bool(own & edge.yielding), _labels(edge.prevailing if own & edge.yielding else edge.yielding))
        for edge in system.precedences
        if own & (edge.yielding | edge.prevailing)
    )
    return above, ranks


def _labels(norms: frozenset[NormId]) -> frozenset[tuple[str, str]]:
    return frozenset((norm.document, norm.label) for norm in norms)


def _without_choices(negotiation: Negotiation) -> NormSystem:
    """The same clauses as if every wording stood by itself."""
    system = negotiation.system
    norms = {identity: _freed(negotiation, norm) for identity, norm in system.norms.items()}
    return replace(system, norms=norms, displacements=(), precedences=(), coverage=(), cases=(), reserves=())


def _freed(negotiation: Negotiation, norm: Norm) -> Norm:
    return replace(norm, guards=tuple(guard for guard in norm.guards if not _is_taken(negotiation, guard)))


def _is_taken(negotiation: Negotiation, guard: Guard) -> bool:
    spoken_of = guard.condition.variables
    return bool(spoken_of) and all(variable in {t.variable for t in negotiation.terms} for variable in spoken_of)


def _in_norms_alone(negotiation: Negotiation) -> frozenset[int]:
    """The choices of which nothing but clauses that bind, forbid or permit speaks."""
    system = negotiation.system
    elsewhere = [axiom.condition for axiom in system.axioms]
    elsewhere += [promise.condition for promise in system.coverage]
    elsewhere += [reserve.condition for reserve in system.reserves]
    for norm in system.norms.values():
        elsewhere += [
            guard.condition for guard in (*norm.guards, *norm.exceptions) if not _is_taken(negotiation, guard)
        ]
    variables = {variable for condition in elsewhere for variable in condition.variables}
    return frozenset(number for number, term in enumerate(negotiation.terms) if term.variable not in variables)
