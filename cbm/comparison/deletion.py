"""Whether a text means the same without a clause: the norms are looked at again as if it and its edges were gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cbm.compliance.unavailable_options import duties_of
from cbm.conflicts.all_conflicts import ConflictSet, find_clashes
from cbm.conflicts.precedence import prevailing, settling
from cbm.core.cyclic_dependence import asked
from cbm.core.expressions import Expr, NormId, conjunction, disjunction, negation
from cbm.core.norms import NormSystem, Strength
from cbm.core.written import stated
from cbm.ground.grounding import Ground, GroundNorm, ground
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Sat, Unknown


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as it prevails for one bearer, and what is demanded in it."""

    about: Ground
    duties: tuple[GroundNorm, ...]

    @property
    def kept(self) -> tuple[Expr, ...]:
        return tuple(duty.demand for duty in self.duties)

    @property
    def breached(self) -> Expr:
        return disjunction(*(conjunction(duty.binds, negation(duty.fulfilled)) for duty in self.duties))


def is_asked_about(system: NormSystem, norm: NormId) -> bool:
    """Whether some condition asks whether the clause binds (`is bound by`)."""
    return any(norm in asked(expression) for expression in stated(system))


def moves_others(inquiry: Inquiry, norm: NormId) -> bool:
    """Whether more may go with the clause than what it demands: it displaces some, or some yield where it clashes."""
    return _displaces(inquiry.system, norm) or any(
        norm in clash.norms and settling(inquiry.system, clash.norms) for clash in inquiry.clashes
    )


def yields_to_advice(inquiry: Inquiry, norm: NormId) -> bool:
    """Whether a clash with advice may suspend the duty, which then leaves room to what it forbids otherwise."""
    norms = inquiry.system.norms
    return norms[norm].strength is Strength.MUST and any(
        norm in edge.yielding and any(norms[other].strength is Strength.SHOULD for other in clash.norms)
        for clash in inquiry.clashes
        if norm in clash.norms
        for edge in settling(inquiry.system, clash.norms)
    )


def means_the_same_without(inquiry: Inquiry, norm: NormId) -> bool | Unknown:
    """Whether the same conduct complies when the clause and its edges are gone: with advice, and without.

    No condition asks about the clause.
    """
    system = inquiry.system
    rest = without_edges(system, norm)
    grounds = [_without(ground(rest, about.bearer), norm) for about in inquiry.grounds]
    clashes = (
        _clashes(grounds) if _displaces(system, norm) else tuple(c for c in inquiry.clashes if norm not in c.norms)
    )
    if isinstance(clashes, Unknown):
        return clashes
    answers = [
        _same(inquiry, norm, _Text(about, duties_of(about, advised)), _Text(new, duties_of(new, advised)))
        for advised, grounds_before in ((False, inquiry.strict), (True, inquiry.advised))
        for about, new in zip(grounds_before, (prevailing(g, clashes, advised) for g in grounds), strict=True)
    ]
    if False in answers:
        return False
    return next((answer for answer in answers if isinstance(answer, Unknown)), True)


def without_edges(system: NormSystem, norm: NormId) -> NormSystem:
    """The system in which the clause is in place of none, and has no part in precedence."""
    rest = [replace(p, yielding=p.yielding - {norm}, prevailing=p.prevailing - {norm}) for p in system.precedences]
    return replace(
        system,
        displacements=tuple(edge for edge in system.displacements if norm not in (edge.by, edge.of)),
        precedences=tuple(edge for edge in rest if edge.yielding and edge.prevailing),
    )


def _displaces(system: NormSystem, norm: NormId) -> bool:
    return any(edge.by == norm for edge in system.displacements)


def _without(about: Ground, norm: NormId) -> Ground:
    """The clause demands nothing; the doings that are counted for it stay, so that both texts speak of the same."""
    return replace(about, norms=tuple(n for n in about.norms if n.norm.id != norm))


def _clashes(grounds: Iterable[Ground]) -> tuple[ConflictSet, ...] | Unknown:
    if not any(about.system.precedences for about in grounds):
        return ()  # nothing is ever suspended
    found: list[ConflictSet] = []
    for about in grounds:
        clashes, undecided = find_clashes(about)
        if undecided:
            return Unknown(undecided[0].reason)
        found += clashes
    return tuple(found)


def _same(inquiry: Inquiry, norm: NormId, before: _Text, after: _Text) -> bool | Unknown:
    answers = list(_differences(inquiry, norm, before, after))
    if any(isinstance(answer, Sat) for answer in answers):
        return False
    return next((answer for answer in answers if isinstance(answer, Unknown)), True)


def _differences(inquiry: Inquiry, norm: NormId, before: _Text, after: _Text) -> Iterator[Answer]:
    """Conduct that complies with the one text and not with the other, either way round."""
    for one, other, words in ((before, after, "without"), (after, before, "with")):
        with asking(
            norms=(norm,),
            question=f"is there conduct that does not comply with the text {words} it, though otherwise it does",
            found="the clause cannot be taken out without changing what is asked for",
            none="nothing changes for conduct of this kind",
        ):
            yield inquiry.ask(before.about, *one.kept, other.breached)
