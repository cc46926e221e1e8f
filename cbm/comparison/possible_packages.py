"""On which packages of a draft under negotiation something can be so; a text without brackets has one package."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import product
from math import prod
from typing import TypeVar

from cbm.conflicts.all_conflicts import world_of
from cbm.core.expressions import Formula, conjunction
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Norm
from cbm.core.packages.package_boxes import Box, TooManyBoxes, bits
from cbm.core.variables import Variable
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.search.projection import projection
from cbm.search.world import World
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Unknown
from cbm.translation.saying import mark

Key = TypeVar("Key", bound=Hashable)
# So many ways to take what an answer depends on are quicker tried than described.
FEW_WAYS = 12
ALL_PACKAGES: tuple[Box, ...] = ({},)
TOO_MANY = Unknown(mark("too many choices hang together: settle some of them (on the command line: `--take`)"))


def packages_with(negotiation: Negotiation, world: World, *formulas: Formula) -> tuple[Box, ...] | Unknown:
    """The packages with which the formulas hold in some situation, with some conduct where they speak of any."""
    if not negotiation.terms:
        return ALL_PACKAGES
    taken = frozenset(term.variable for term in negotiation.terms)
    cubes = projection(world.roles, (*world.possible, *world.feasible, *formulas), taken)
    if isinstance(cubes, Unknown):
        return cubes
    try:
        return negotiation.space.told(box for cube in cubes for box in negotiation.boxes(conjunction(*cube)))
    except TooManyBoxes:
        return TOO_MANY


def packages_asked(
    inquiry: Inquiry, negotiation: Negotiation, about: Ground, formulas: Sequence[Formula]
) -> Sequence[Box] | Unknown:
    """The same for a bearer, asked of an inquiry, which has its solvers ready, where there are few ways to try."""
    return packages_tried(inquiry, negotiation, about, formulas, choices_in(negotiation, about, formulas))


def choices_in(negotiation: Negotiation, about: Ground, formulas: Iterable[Formula]) -> tuple[int, ...]:
    """The choices on which it may depend whether the formulas can hold, ties aside."""
    named = _spoken_of(negotiation, about).union(*(formula.variables for formula in formulas))
    return tuple(number for number, term in enumerate(negotiation.terms) if term.variable in named)


def _spoken_of(negotiation: Negotiation, about: Ground) -> frozenset[Variable]:
    """What is spoken of in all that can happen to a bearer, but where that speaks of nothing but what is taken."""
    known: frozenset[Variable] | None = about.worked_out.get("spoken of beside choices")
    if known is None:
        axioms = (*about.possible, *about.feasible)
        said = (part.variables for part in axioms if not negotiation.speaks_of_choices(part))
        known = about.worked_out["spoken of beside choices"] = frozenset().union(*said)
    return known


def packages_tried(
    inquiry: Inquiry, negotiation: Negotiation, about: Ground, formulas: Sequence[Formula], choices: Sequence[int]
) -> Sequence[Box] | Unknown:
    """The packages with which formulas can hold that depend on these choices: tried way by way, where there are few."""
    sizes = negotiation.space.sizes
    if prod(sizes[choice] for choice in choices) > FEW_WAYS:
        with asking(question="in which packages can it be", found="these are told", none="there are no others"):
            return packages_with(negotiation, world_of(about), *formulas)
    reached: list[Box] = []
    for options in product(*(range(sizes[choice]) for choice in choices)):
        box = {choice: bits((option,)) for choice, option in zip(choices, options, strict=True)}
        with asking(
            question="can it be in these packages", found="it is told of these", none="it is not told of these"
        ):
            answer = inquiry.ask(about, *formulas, negotiation.formula((box,)))
        if isinstance(answer, Unknown):
            return answer
        reached += [box] if isinstance(answer, Sat) else []
    return reached


def stands_on(negotiation: Negotiation, norm: Norm, packages: Iterable[Box]) -> bool:
    """Whether a clause stands, as it is worded, on any of these packages."""
    own, listed = negotiation.boxes_of([norm]), list(packages)
    return any(negotiation.space.meets(one, other) is not None for one in own for other in listed)


def in_common(negotiation: Negotiation, several: Sequence[Iterable[Box]]) -> tuple[Box, ...]:
    """The packages that lie in each of several sets; TooManyBoxes where they are too many to tell."""
    space = negotiation.space
    found: tuple[Box, ...] = ALL_PACKAGES
    for boxes in several:
        listed = list(boxes)
        pairs = (space.meets(one, other) for one in found for other in listed)
        found = space.told(both for both in pairs if both is not None)
    return found


def parted(
    negotiation: Negotiation, where: Mapping[Key, Sequence[Box]]
) -> list[tuple[tuple[Key, ...], tuple[Box, ...]]]:
    """All packages, parted by what is so on them; TooManyBoxes where that is too much to tell."""
    space = negotiation.space
    parts: list[tuple[tuple[Key, ...], tuple[Box, ...]]] = [((), ALL_PACKAGES)]
    for key, boxes in where.items():
        apart = [((*keys, key), in_common(negotiation, (some, boxes))) for keys, some in parts]
        apart += [(keys, space.told(space.minus(some, boxes))) for keys, some in parts]
        parts = [(keys, some) for keys, some in apart if some]
    return parts
