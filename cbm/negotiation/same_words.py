"""Options of one choice without difference, or with a difference in one case: a quarrel about words.

Every clause means the same with either, or means the same but where a quantity has one certain value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from cbm.comparison.clause_pairs.provisions import DifferenceKind, Provision, Unlike, differences, unlike
from cbm.core.expressions import And, Compare, Formula, NormId, Not, Or, Order, disjunction, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Guard, Norm, NormSystem
from cbm.core.packages.package_boxes import members
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry, inquire
from cbm.records import Record, replace
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown, Unsat

_Key = tuple[str, str, tuple[tuple[int, int], ...]]  # the text, the label, and what is taken of all other choices


class LikeOptions(Record):
    """Two options of a choice, by number, that mean the same, or differ nowhere but in one case.

    `unknown`: nobody knows whether they do.
    """

    choice: int
    one: int
    other: int
    only_where: Formula | None = None
    unknown: Unknown | None = None


def like_options(negotiation: Negotiation) -> Iterator[LikeOptions]:
    """Choices with two options each between which no clause tells, or in one case alone: in whatever else is taken.

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
            pairs = _counterparts(inquiry, system, wordings.get(one, {}), wordings.get(other, {}))
            seen = [unlike(inquiry, *pair) for pair in pairs]
            if seen and all(difference is None for difference in seen):
                yield LikeOptions(choice, one, other)
            elif not any(isinstance(one_seen, Unlike) for one_seen in seen):
                yield from (
                    LikeOptions(choice, one, other, unknown=one_seen)
                    for one_seen in seen
                    if isinstance(one_seen, Unknown)
                )
            elif case := _only_case(inquiry, pairs, seen):
                yield LikeOptions(choice, one, other, case)


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


def _counterparts(
    inquiry: Inquiry,
    system: NormSystem,
    one: Mapping[_Key, tuple[NormId, ...]],
    other: Mapping[_Key, tuple[NormId, ...]],
) -> list[tuple[Provision, Provision]]:
    """Each wording with the one option, and the one with the other; none where one has no counterpart."""
    edges_differ = (_edges(system, norms) != _edges(system, other.get(key, ())) for key, norms in one.items())
    if one.keys() != other.keys() or any(edges_differ):
        return []
    norms = inquiry.system.norms
    return [([norms[n] for n in own], [norms[n] for n in other[key]]) for key, own in one.items()]


def _only_case(
    inquiry: Inquiry,
    pairs: Sequence[tuple[Provision, Provision]],
    seen: Sequence[Unlike | Unknown | None],
) -> Formula | None:
    """The one value of a quantity at which they differ, whoever is bound; None if they differ elsewhere too."""
    if not all(one is None or (isinstance(one, Unlike) and one.way is DifferenceKind.CONTENT) for one in seen):
        return None
    told: Formula | None = None
    for about in inquiry.grounds:
        differ = disjunction(*(stage for pair in pairs for stage in differences(about, *pair)))
        answer = inquiry.ask(about, differ)
        if isinstance(answer, Unsat):
            continue
        cases = _values_named(differ) if told is None else iter((told,))  # it is one case, whoever is bound
        told = next((case for case in cases if _differ_only_at(inquiry, about, differ, case)), None)
        if told is None:
            return None
    return told


def _differ_only_at(inquiry: Inquiry, about: Ground, differ: Formula, case: Formula) -> bool:
    question = "is there an encounter beside this one case in which the one is kept, and the other is not"
    with asking(question=question, found="they differ in more", none="they differ in this case alone"):
        return isinstance(inquiry.ask(about, differ, negation(case)), Unsat)


def _values_named(formula: Formula) -> Iterator[Formula]:
    """For each bound of a single quantity in the formula: that it is this very value."""
    waiting, known = [formula], set[Formula]()
    while waiting:
        part = waiting.pop(0)
        match part:
            case Not(operand):
                waiting.append(operand)
            case And(parts) | Or(parts):
                waiting += parts
            case Compare(((_, _),), _, _, _):
                exactly = Compare(part.terms, Order.EQUAL, part.bound, part.unit)
                if exactly not in known:
                    known.add(exactly)
                    yield exactly
            case _:
                pass


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
