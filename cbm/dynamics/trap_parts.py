"""Traps of a text under negotiation, each with packages in which it is one.

Duties that hang together are asked about on all packages at once, as if no more were known beforehand than is known on
each. Only where some can trap it is asked again with the options taken on which it may depend, one way after the other:
what traps depends on all that is complied with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from cbm.comparison.package_parts import part_by_part
from cbm.comparison.possible_packages import ALL_PACKAGES, TOO_MANY
from cbm.core.expressions import FALSE, Formula
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Norm
from cbm.core.packages.package_boxes import Box, TooManyBoxes
from cbm.core.substitution import variables
from cbm.dynamics.foresight import Foresight, foresight
from cbm.dynamics.trap_search import QUESTION, Trap
from cbm.dynamics.traps import Wanted, duty_groups, late_messages, may_trap, traps
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.open_questions import Undecided
from cbm.smt.solve import Unknown

Told = TypeVar("Told")


def traps_by_part(
    inquiry: Inquiry,
    negotiation: Negotiation,
    about: Ground,
    tell: Callable[[Inquiry, Trap], Iterable[Told]],
    *,
    wanted: Wanted = bool,
    late: Wanted | None = None,
) -> Iterator[tuple[tuple[Box, ...], Told | Undecided]]:
    """What is told of the traps of one bearer on some packages, with these, where that is `wanted` of the duties.

    `late`: of messages that come late, where that is wanted of the duties.
    """
    if not negotiation.terms:
        yield from ((ALL_PACKAGES, told) for told in _told(inquiry, about, None, tell, wanted, late))
        return
    for group in duty_groups(about):
        ask = partial(_on_part, negotiation=negotiation, about=about, group=group, tell=tell, wanted=wanted, late=late)
        try:
            yield from part_by_part(inquiry, negotiation, ALL_PACKAGES, ask)
        except TooManyBoxes:
            yield ALL_PACKAGES, Undecided(QUESTION, TOO_MANY.reason, tuple(n.norm.id for n in group))


def _on_part(
    inquiry: Inquiry,
    negotiation: Negotiation,
    about: Ground,
    group: Sequence[GroundNorm],
    tell: Callable[[Inquiry, Trap], Iterable[Told]],
    wanted: Wanted,
    late: Wanted | None,
) -> Iterator[Told | Undecided]:
    standing = tuple(n for n in group if inquiry.as_taken(n.binds) != FALSE)
    if late is not None and not late(standing):
        return
    here = inquiry.here(replace(about, norms=standing))
    facts = [part for part in (*about.possible, *about.feasible) if not negotiation.speaks_of_choices(part)]
    choices = {v for f in (*facts, *(n.binds for n in standing)) for v in variables(f) if negotiation.is_choice(v)}
    if inquiry.is_open(choices):
        found = may_trap(
            here, inquiry.clashes, _foresight(negotiation, here, inquiry.stands_everywhere), delays=late is not None
        )
        if found is False:
            return
        if isinstance(found, Unknown):
            yield Undecided(QUESTION, found.reason, tuple(n.norm.id for n in standing))
            return
        inquiry.settle(choices)
    yield from _told(inquiry, here, partial(_foresight, negotiation, here, inquiry.stands), tell, wanted, late)


def _foresight(negotiation: Negotiation, about: Ground, stands: Callable[[Formula], bool]) -> Foresight:
    """What is known beforehand on the packages at hand, as far as the norms that make it known stand."""

    def stand(norms: Sequence[Norm]) -> bool:
        return stands(negotiation.formula(box for norm in norms for box in negotiation.boxes_of((norm,))))

    return foresight(about, stand)


def _told(
    inquiry: Inquiry,
    about: Ground,
    known: Callable[[], Foresight] | None,
    tell: Callable[[Inquiry, Trap], Iterable[Told]],
    wanted: Wanted,
    late: Wanted | None,
) -> Iterator[Told | Undecided]:
    clashes = inquiry.clashes
    found = traps(about, clashes, known, wanted) if late is None else late_messages(about, clashes, known, late)
    for one in found:
        if isinstance(one, Trap):
            yield from tell(inquiry, one)
        else:
            yield one
