"""An encounter in which a clause binds, and those in which it just does not, in words."""

from __future__ import annotations

from collections.abc import Sequence

from cbm.core.variables import Origin
from cbm.counsel.near_miss import MissedEncounter, bound, missed
from cbm.ground.grounding import Ground, GroundNorm
from cbm.outcomes.answers import Illustration, NearMiss
from cbm.records import replace
from cbm.smt.solve import Unknown
from cbm.wording.answers.answer_words import demand_words
from cbm.wording.clause_names import content_label, reference
from cbm.wording.reasons import why_not
from cbm.wording.scenarios import example, fact_of


def illustrate(about: Ground, n: GroundNorm, duties: Sequence[GroundNorm], near: bool) -> Illustration:
    """The clause of the norm, with an encounter in which it binds and, `near`, the nearest in which it does not."""
    system, norm = about.system, n.norm
    told = Illustration(
        reference(system, norm.id),
        norm.id.document,
        norm.title,
        demand_words(norm),
        content_label(system, norm, ""),
        as_of="" if system.as_of is None else system.as_of.isoformat(),
    )
    found = bound(about, n, duties)
    if isinstance(found, Unknown):
        return replace(told, undecided=found.reason)
    if found is None:
        return replace(told, why=f"clause {told.clause} binds in no such encounter")
    shown = example(system, found.episode, (n.binds, n.fulfilled), Origin.RESULT, Origin.DOING)
    misses = tuple(_miss(about, n, one) for one in missed(about, n, found.episode)) if near else None
    return replace(told, witness=shown, complied=found.complied, near_misses=misses)


def _miss(about: Ground, n: GroundNorm, one: MissedEncounter) -> NearMiss:
    system, values = about.system, one.episode.values
    reason = why_not(n.norm, about.bearer, one.episode.world, system)
    changed = tuple(fact_of(system, v, values[v]).words for v in one.changed)
    return NearMiss(changed, "" if reason is None else reason.words, example(system, one.episode, (n.binds,)))
