"""What a draft has and its model has not: demands on matters of which the model says nothing beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cbm.comparison.possible_packages import ALL_PACKAGES, TOO_MANY, packages_with
from cbm.comparison.stances.model_stances import NotKnown
from cbm.comparison.stances.stance_regions import asking_of
from cbm.comparison.two_texts import TwoTexts
from cbm.conflicts.all_conflicts import world_of
from cbm.core.expressions import Formula, NormId, disjunction
from cbm.core.matters import subjects
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Norm
from cbm.core.packages.package_boxes import Box, TooManyBoxes
from cbm.ground.grounding import Ground
from cbm.smt.solve import Answer, Sat, Unknown


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A demand of the draft on a matter that the model says nothing of beside it, on these packages."""

    demand: NormId
    packages: tuple[Box, ...] = ALL_PACKAGES


def unmatched(both: TwoTexts) -> Iterator[Unmatched | NotKnown]:
    """What the draft asks for or permits where no clause of the model on the same matter binds anywhere beside it."""
    negotiation = Negotiation(both.system)
    for own in [n for n in both.system.norms.values() if n.id.document == both.new.name]:
        yield from _on_packages(both, negotiation, own) if negotiation.terms else _anywhere(both, own)


def _anywhere(both: TwoTexts, own: Norm) -> Iterator[Unmatched | NotKnown]:
    """Whether the clause binds somewhere, and none of the model beside it."""
    binds, met = (
        [a for about in both.inquiry.grounds for a in _answers(both, about, own, beside)] for beside in (False, True)
    )
    unknown = next((a for a in (*binds, *met) if isinstance(a, Unknown)), None)
    if unknown is not None:
        yield NotKnown(own.id, unknown.reason)
    elif any(isinstance(a, Sat) for a in binds) and not any(isinstance(a, Sat) for a in met):
        yield Unmatched(own.id)


def _on_packages(both: TwoTexts, negotiation: Negotiation, own: Norm) -> Iterator[Unmatched | NotKnown]:
    """The same of a draft under negotiation: the packages on which it binds, without those on which it is met."""
    found: dict[bool, list[Box]] = {False: [], True: []}
    for about in both.inquiry.grounds:
        for beside, formulas in _bindings(both, about, own):
            packages = packages_with(negotiation, world_of(about), *formulas)
            if isinstance(packages, Unknown):
                yield NotKnown(own.id, packages.reason)
                return
            found[beside] += packages
    try:
        left = negotiation.space.told(negotiation.space.minus(found[False], found[True]))
    except TooManyBoxes:
        yield NotKnown(own.id, TOO_MANY.reason)
        return
    if left:
        yield Unmatched(own.id, left)


def _answers(both: TwoTexts, about: Ground, own: Norm, beside: bool) -> Iterator[Answer]:
    """Whether the clause of the draft binds this bearer; or whether one of the model on its matter does as well."""
    question = "does a clause of the model bind where that of the draft does" if beside else "does the clause bind"
    for way, formulas in _bindings(both, about, own):
        if way == beside:
            with asking_of(both, about, (own.id,), question, "it does", "it does not"):
                yield both.inquiry.ask(about, *formulas)


def _bindings(both: TwoTexts, about: Ground, own: Norm) -> Iterator[tuple[bool, tuple[Formula, ...]]]:
    """Where the clause of the draft binds this bearer; and where one of the model on its matter does as well."""
    n = both.standing(both.new, about, advised=True).find(own.id)
    if n is not None:
        model = both.standing(both.old, about, advised=True).norms
        alike = [m.binds for m in model if subjects(m.norm) & subjects(own)]
        yield False, (n.binds,)
        yield True, (n.binds, disjunction(*alike))
