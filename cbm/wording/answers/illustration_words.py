"""An encounter in which a clause binds, and those in which it just does not, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cbm.core.expressions import Binds, Formula, NormId, disjunction
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem, Strength
from cbm.core.substitution import variables
from cbm.core.variables import Origin, Timed, Variable
from cbm.evaluate.what_binds import holds
from cbm.given_situations.near_miss import BoundEncounter, MissedEncounter, Play, bound, missed
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.outcomes.answers import Illustration, NearMiss
from cbm.records import replace
from cbm.search.implicants import Point
from cbm.search.replay import Episode
from cbm.smt.solve import Unknown
from cbm.translation.saying import say
from cbm.wording.answers.told_demands import told_demands
from cbm.wording.clause_names import content_label, reference
from cbm.wording.reasons import why_not
from cbm.wording.scenarios import example, fact_of
from cbm.wording.times.time_words import apart_from_others


def illustrate(about: Ground, wordings: Sequence[GroundNorm], duties: Sequence[GroundNorm], near: bool) -> Illustration:
    """The clause, with an encounter in which it binds and, `near`, the nearest in which it does not.

    Its first wording is shown that binds in some; it does not bind where none of its `wordings` does.
    """
    asked = ((n, _bound(about, n, duties)) for n in wordings)
    n, found = next((one for one in asked if one[1] is not None), (wordings[0], None))
    system, norm = about.system, n.norm
    told = Illustration(
        reference(system, norm.id),
        norm.id.document,
        norm.title,
        told_demands(system, (norm,)),
        content_label(system, norm, ""),
        as_of="" if system.as_of is None else system.as_of.isoformat(),
    )
    play = _play(about, n, *(one for one in wordings if one is not n))
    return shown(about, told, play, found, (n.fulfilled,), near)


def _bound(about: Ground, n: GroundNorm, duties: Sequence[GroundNorm]) -> BoundEncounter | Unknown | None:
    """An encounter in which it binds; of advice one in which it is followed, if all duties can be kept beside it."""
    play = _play(about, n)
    if n.norm.demands and n.norm.strength is Strength.SHOULD:
        followed = bound(about, play, (*duties, n))
        if isinstance(followed, BoundEncounter) and followed.complied:
            return followed
    return bound(about, play, duties)


def _play(about: Ground, *wordings: GroundNorm) -> Play:
    norms = tuple(n.norm.id for n in wordings)
    return Play(norms, disjunction(*(Binds(norm, about.bearer) for norm in norms)))


def shown(
    about: Ground,
    told: Illustration,
    play: Play,
    found: BoundEncounter | Unknown | None,
    also: Iterable[Formula],
    near: bool,
) -> Illustration:
    """The illustration with what was found of it; `also`: what matters of the encounter beside when it binds."""
    system = about.system
    if isinstance(found, Unknown):
        return replace(told, undecided=say(found.reason))
    if found is None:
        return replace(told, why=say("clause {clause} binds in no such encounter", clause=told.clause))
    formulas = (about.grounder.formula(play.said), *also)
    witness = example(system, found.episode, formulas, Origin.RESULT, Origin.DOING)
    told = replace(told, witness=witness, complied=found.complied)
    if not near:
        return told
    near_ones = list(missed(about, play, found.episode))
    misses = tuple(_miss(about, play, one) for one in near_ones if not isinstance(one, Unknown))
    if near_ones and isinstance(near_ones[-1], Unknown):
        return replace(told, undecided=say(near_ones[-1].reason), near_misses=misses or None)
    return replace(told, near_misses=misses)


def _miss(about: Ground, play: Play, one: MissedEncounter) -> NearMiss:
    system, values = about.system, one.episode.values
    wordings = [norm for norm in play.norms if _is_spoken_to(system, norm, about.bearer)]
    norm = next((norm for norm in wordings if _is_taken(system, norm, one.episode)), next(iter(wordings), None))
    reason = None if norm is None else why_not(system.norms[norm], about.bearer, one.episode.world, system)
    binds = about.grounder.formula(play.said)
    changed = tuple(dict.fromkeys(_changed(system, v, values, variables(binds)) for v in one.changed))
    why, because = ("", "") if reason is None else (reason.words, reason.why)
    return NearMiss(changed, why, example(system, one.episode, (binds,)), because)


def _changed(system: NormSystem, variable: Variable, values: Point, mattering: Iterable[Variable]) -> str:
    """What a fact is now; of a point in time, where it lies beside others, for it has no place by itself."""
    apart = apart_from_others(system, variable, values, mattering) if isinstance(variable, Timed) else ""
    return apart or fact_of(system, variable, values[variable]).words


def _is_spoken_to(system: NormSystem, norm: NormId, role: int) -> bool:
    return system.norms[norm].rotates or system.norms[norm].bearer == role


def _is_taken(system: NormSystem, norm: NormId, seen: Episode) -> bool:
    """Whether the clause is worded so in the package of the episode."""
    negotiation = Negotiation(system)
    of_choices = (g.condition for g in system.norms[norm].guards if negotiation.speaks_of_choices(g.condition))
    return all(holds(condition, seen.world, system) for condition in of_choices)
