"""Which duties the others imply, before and after a change: none may come to say what the others say anyway."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from cbm.checks.redundancy import implied, reported
from cbm.decide.amendment import Amendment
from cbm.decide.implicant import Point, known_true_at
from cbm.decide.inquiry import Inquiry
from cbm.semantics.core import Expr, NormId, negation
from cbm.semantics.ground import Ground, GroundNorm
from cbm.semantics.substitute import variables
from cbm.smt.solve import Sat, Unsat


@dataclass(frozen=True, slots=True)
class Breach:
    """A case in which a duty is breached and these others are kept: they do not imply it."""

    point: Point
    kept: frozenset[NormId]


Breaches = Mapping[tuple[int, NormId], Breach]


def breaches(inquiry: Inquiry) -> Breaches:
    """By bearer and duty, for all that are not implied."""
    found: dict[tuple[int, NormId], Breach] = {}

    def implying(about: Ground, n: GroundNorm, others: list[GroundNorm]) -> bool | None:
        answer = inquiry.ask(about, *_breach(n), *(o.demand for o in others))
        if isinstance(answer, Sat):
            mentioned = dict.fromkeys(v for m in about.norms for f in (m.binds, m.fulfilled) for v in variables(f))
            kept = frozenset(o.norm.id for o in others)
            found[about.bearer, n.norm.id] = Breach(answer.values(mentioned), kept)
            return None
        return _implied(inquiry, about, n, others)

    for view in zip(inquiry.strict, inquiry.advised, strict=True):
        implied(*view, implying)
    return found


def redundant(change: Amendment, known: Breaches) -> set[NormId]:
    """The duties of the text that the others imply after the change, or of which that stays undecided."""
    views = zip(change.after.strict, change.after.advised, strict=True)
    found = [implied(*view, partial(_implied_now, change, known)) for view in views]
    return {norm for norm, told in reported(change.after.system, found).items() if any(told)}


def _implied_now(
    change: Amendment, known: Breaches, about: Ground, n: GroundNorm, others: list[GroundNorm]
) -> bool | None:
    """A case known from before shows the same after the change if what is different is as it has to be there."""
    before = known.get((about.bearer, n.norm.id))
    if before is not None:
        own = _breach(n) if n.norm.id in change.touched else ()
        weaker = before.kept & change.touched if change.relaxed else frozenset()
        differing = (o.norm.id in change.touched - weaker or o.norm.id not in before.kept for o in others)
        demands = (o.demand for o, differs in zip(others, differing, strict=True) if differs)
        if all(known_true_at(formula, before.point) for formula in (*own, *demands)):
            return None
    return _implied(change.after, about, n, others)


def _implied(inquiry: Inquiry, about: Ground, n: GroundNorm, others: list[GroundNorm]) -> bool | None:
    """None if it is not implied; False if it is and could not be breached anyway, which is another finding."""
    kept = [o.demand for o in others]
    if isinstance(inquiry.ask(about, *_breach(n), *kept), Sat):
        return None
    if isinstance(inquiry.ask(about, n.binds, *kept), Unsat):
        return None
    return not isinstance(inquiry.ask(about, *_breach(n)), Unsat)


def _breach(n: GroundNorm) -> tuple[Expr, Expr]:
    return n.binds, negation(n.fulfilled)
