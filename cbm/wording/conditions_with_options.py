"""Conditions that speak of a situation and of what is taken of what is open in a text, in words.

Where the packages of a statement are told beside it, its conditions leave them out (`condition_words`). What is told
here holds under some conditions on some of its packages, and says on which.
"""

from __future__ import annotations

from collections.abc import Sequence

from cbm.core.expressions import conjunction
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.packages.package_boxes import Box
from cbm.search.fewer_cubes import Cube
from cbm.translation.saying import say
from cbm.wording.choice_words import boxes_words
from cbm.wording.condition_words import condition_words, literal_words
from cbm.wording.told_conditions import told_conditions


def conditions_with_options(system: NormSystem, negotiation: Negotiation, cube: Cube) -> str:
    """`distance is under 5 km, if JP's “8 km” is taken for reach`."""
    return conditions_on_packages(system, negotiation, *apart_from_options(negotiation, cube))


def conditions_on_packages(
    system: NormSystem, negotiation: Negotiation, situation: Cube, packages: Sequence[Box]
) -> str:
    """The same of what is said of a situation and of the packages on which it is; no packages: on all."""
    if not packages:
        return condition_words(system, situation)
    options = boxes_words(negotiation, packages)
    if not told_conditions(system, situation):
        return options
    return say("{conditions}, if {options}", conditions=condition_words(system, situation), options=options)


def listed_conditions(
    system: NormSystem, negotiation: Negotiation, situation: Cube, packages: Sequence[Box]
) -> tuple[str, ...]:
    """The same one by one, what is taken at the end."""
    options = (boxes_words(negotiation, packages),) if packages else ()
    return (*(literal_words(system, literal) for literal in situation), *options)


def apart_from_options(negotiation: Negotiation, cube: Cube) -> tuple[Cube, tuple[Box, ...]]:
    """What conditions say of a situation, and the packages that they speak of, if they speak of any."""
    taken = [literal for literal in cube if literal.variables and negotiation.speaks_of_choices(literal)]
    situation = tuple(literal for literal in cube if literal not in taken)
    return situation, negotiation.boxes(conjunction(*taken)) if taken else ()
