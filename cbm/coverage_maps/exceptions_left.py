"""What exceptions leave of each clause: in how many types it still binds, and on which packages that is so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod

from cbm.core.expressions import FALSE, IsIn, conjunction
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Norm
from cbm.core.packages.package_boxes import Box
from cbm.core.sorts import KindSort
from cbm.core.substitution import variables
from cbm.core.variables import Variable
from cbm.coverage.exceptions import RemainingTypes, excepted_in, left_by_exceptions
from cbm.coverage.governance import CoverageUndecided
from cbm.coverage_maps.named import packages_words
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.outcomes.coverage_map import Excepted
from cbm.translation.saying import mark, say, say_count
from cbm.wording.clause_names import clause_name

# On more ways to take what the exceptions of a clause depend on, nothing is told of them.
_MOST_WAYS = 24


def left_of(inquiry: Inquiry, norms: Iterable[Norm]) -> Iterator[Excepted | str]:
    """What exceptions leave of clauses, for the bearer of which each speaks in most types; or why that is not known.

    Wordings of which they leave as much are one.
    """
    system, negotiation = inquiry.system, Negotiation(inquiry.system)
    alike: dict[tuple[str, int, int, int, Fraction | None], list[tuple[Norm, Box]]] = {}
    for norm in norms:
        name = clause_name(system, norm.id)
        grounds = [(about, n) for about in inquiry.grounds for n in [about.find(norm.id)] if n]
        try:
            for boxes, most in _on_packages(negotiation, norm, grounds):
                left = name, len(most.spoken_of), len(most.binding), len(most.whole), most.kept
                alike.setdefault(left, []).extend((norm, box) for box in boxes)
        except CoverageUndecided as reason:
            yield say(
                "what the exceptions leave of {clause} stayed undecided: {reason}",
                clause=name,
                reason=say(reason.reason),
            )
    for (name, types, binding, whole, kept), found in alike.items():
        packages = packages_words(negotiation, [box for _, box in found])
        words = _words(name, types, binding, whole)
        yield Excepted(str(found[0][0].id), types, binding, whole, kept, words, packages)


def _on_packages(
    negotiation: Negotiation, norm: Norm, grounds: Sequence[tuple[Ground, GroundNorm]]
) -> Iterator[tuple[Sequence[Box], RemainingTypes]]:
    """What is left of a clause for each way to take what its exceptions depend on, and on which packages.

    Nothing is told of those on which it has no exception.
    """
    space = negotiation.space
    for taken in _ways(negotiation, grounds):
        options = conjunction(*(IsIn(variable, (member,)) for variable, member in taken.items()))
        boxes = space.in_all([negotiation.boxes_of((norm,)), negotiation.boxes(options)])
        if negotiation.terms and not space.minus(boxes, space.excluded):
            continue
        standing = ((about, n) for about, n in grounds if excepted_in(about, n, taken) != FALSE)
        found = [left_by_exceptions(about, n, taken) for about, n in standing]
        most = max(found, key=lambda left: len(left.spoken_of), default=None)
        if most is not None and most.spoken_of:
            yield boxes, most


def _ways(negotiation: Negotiation, grounds: Iterable[tuple[Ground, GroundNorm]]) -> Iterator[Mapping[Variable, str]]:
    """All that can be taken of the choices that the exceptions of a clause speak of."""
    spoken = dict.fromkeys(v for about, n in grounds for v in variables(excepted_in(about, n)))
    choices = {v: v.sort.members for v in spoken if negotiation.is_choice(v) and isinstance(v.sort, KindSort)}
    if prod(map(len, choices.values())) > _MOST_WAYS:
        raise CoverageUndecided(mark("they stand on too many packages"))
    return (dict(zip(choices, members, strict=True)) for members in product(*choices.values()))


def _words(clause: str, types: int, binding: int, whole: int) -> str:
    """In how many types a clause binds of those it speaks of, and in how many of these throughout."""
    words = (
        say_count(
            "{clause} still binds in the {types:,} type it speaks of",
            "{clause} still binds in all {types:,} types it speaks of",
            types,
            clause=clause,
            types=types,
        )
        if binding == types
        else say(
            "{clause} still binds in {binding:,} of the {types:,} types it speaks of",
            clause=clause,
            binding=binding,
            types=types,
        )
    )
    if whole == binding:
        return words
    if not whole:
        return say("{words}, in each only in part", words=words)
    return say("{words}, in {part:,} of them only in part", words=words, part=binding - whole)
