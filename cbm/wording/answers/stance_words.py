"""How a draft stands to a provision of its model, in a negotiator's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cbm.comparison.possible_packages import stands_on
from cbm.comparison.stances.model_stances import DemandStance
from cbm.comparison.stances.shortfalls import Shortfall
from cbm.comparison.stances.stance_regions import Stance
from cbm.comparison.stances.stance_witness import stance_episode
from cbm.comparison.two_texts import TwoTexts
from cbm.core.expressions import FALSE, Formula, NormId
from cbm.core.matters import subjects
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Modality, Norm, Strength
from cbm.core.variables import Origin
from cbm.outcomes.model_comparison import ProvisionStance
from cbm.search.fewer_cubes import fewer
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import label_words
from cbm.wording.conditions_with_options import apart_from_options, conditions_with_options, listed_conditions
from cbm.wording.phrases import role_words
from cbm.wording.reading_words import reach_of
from cbm.wording.scenarios import example
from cbm.wording.told_zones import told_by

# So many clauses on the same topic are named where nothing is about the same matter.
_NEAR = 4
_FORCES = {
    Modality.OBLIGATION: "{}",
    Modality.PROHIBITION: "{} not",
    Modality.PERMISSION: "may",
    Modality.EXEMPTION: "need not",
}
# What it is weaker in.
_IN_WHAT = {
    Shortfall.STRENGTH: mark("strength"),
    Shortfall.BEARER: mark("bearer"),
    Shortfall.CONDITION: mark("condition"),
    Shortfall.TIME: mark("time"),
    Shortfall.CHANNEL: mark("channel"),
    Shortfall.LANGUAGE: mark("language"),
    Shortfall.STATEMENT: mark("what is stated"),
    Shortfall.CIRCUMSTANCE: mark("how it is done"),
    Shortfall.BOUND: mark("bound"),
    Shortfall.CONTENT: mark("what is asked for"),
    Shortfall.REPARATION: mark("what is owed after a breach"),
}
_COMPLIED_AND_BREACHED = mark("the draft is complied with, and {clause} is breached")
_SEEN = {
    Stance.CONTRADICTED: _COMPLIED_AND_BREACHED,
    Stance.PERMITS_BREACH: mark("{clause} is breached, and the draft permits that"),
    Stance.ONLY_ADVISED: mark("the duties of the draft are kept, and {clause} is breached"),
    Stance.WEAKER: _COMPLIED_AND_BREACHED,
    Stance.MISSING: _COMPLIED_AND_BREACHED,
    Stance.NOT_GRANTED: mark("{clause} is made use of, and the draft says nothing of it"),
    Stance.NO_VERDICT: mark("{clause} is owed, and duties clash"),
    Stance.KEPT: mark("the draft is complied with, and {clause} is kept"),
}
_OWES_LESS = mark("{clause} is breached, and what it asks for then is left undone: the draft does not ask for it")
_IN_USE = mark("{clause} is made use of")


def force_words(norm: Norm) -> str:
    """`must not`, `should`, `may`: what kind of clause it is."""
    return _FORCES[norm.modality].format("must" if norm.strength is Strength.MUST else "should")


def act_words(norm: Norm, several: Sequence[Norm]) -> str:
    """Which of the acts and results of its clause a demand is about; nothing where the clause has no other."""
    if len(several) < 2:
        return ""
    return ", ".join(sorted({subject.name for subject in subjects(norm)}))


def stance_words(both: TwoTexts, told: Sequence[DemandStance], acts: Sequence[str]) -> ProvisionStance:
    """Stances of one kind to demands of one clause, told by the first one, with the conditions of all."""
    first = told[0]
    demand = both.system.norms[first.demand]
    kind = first.stance
    by = _labels(both, (n for one in told for n in one.by))
    in_what = [one for one in Shortfall if any(one in s.in_what for s in told)]
    further = _labels(both, (n for one in told for n in one.further))
    as_duty = all(one.as_duty for one in told)
    cubes = fewer([cube for one in told for cube in one.cubes])
    words = told_by(both.system, [first.demand])
    beyond = next((one for one in told if one.beyond != FALSE), None)
    negotiation = Negotiation(both.system)
    seen = _SEEN[kind] if demand.demands or kind is not Stance.KEPT else _IN_USE
    seen = _OWES_LESS if Shortfall.REPARATION in in_what else seen
    return ProvisionStance(
        kind=kind.value,
        acts=tuple(acts),
        message=_message(both, told, _said(both, by), in_what, as_duty, _said(both, further)),
        bearer=role_words(both.system, first.about.bearer),
        by=by,
        in_what=tuple(one.value for one in in_what),
        everywhere=all(one.everywhere for one in told),
        whenever=conditions_with_options(words, negotiation, first.cubes[0]),
        extent=tuple(listed_conditions(words, negotiation, *apart_from_options(negotiation, cube)) for cube in cubes),
        complete=all(one.complete for one in told),
        seen=say(seen, clause=label_words(both.text_of(first.demand), both.clause(first.demand).label)),
        witness=example(
            both.system, stance_episode(both, first), _mattering(first), Origin.DOING, Origin.RESULT, sent=True
        ),
        as_duty=as_duty,
        further=further,
        further_witness=None
        if beyond is None
        else example(
            both.system,
            stance_episode(both, beyond, further=True),
            _mattering(beyond),
            Origin.DOING,
            Origin.RESULT,
            sent=True,
        ),
        reach=reach_of(negotiation, first.packages, first.packages) if negotiation.terms else None,
    )


def _mattering(told: DemandStance) -> list[Formula]:
    """What is told of an example: the conditions, and what the demand asks for."""
    asked = told.about.norm(told.demand)
    then = asked.otherwise if Shortfall.REPARATION in told.in_what else ()
    return [*(literal for cube in told.cubes[:1] for literal in cube), asked.fulfilled, *then]


def _message(
    both: TwoTexts,
    told: Sequence[DemandStance],
    by: Sequence[str],
    in_what: Sequence[Shortfall],
    as_duty: bool,
    further: Sequence[str],
) -> str:
    said = _stance(both, told, by, in_what)
    said = say("{stance}, as a duty", stance=said) if as_duty else said
    if not further:
        return said
    if further == by:
        return say("{stance}, going further", stance=said)
    return say("{stance}, going further ({clauses})", stance=said, clauses=listed(further))


def _stance(both: TwoTexts, told: Sequence[DemandStance], by: Sequence[str], in_what: Sequence[Shortfall]) -> str:
    """How the draft stands to it, beside whether it does so as a duty and goes further."""
    demand = both.system.norms[told[0].demand]
    names = listed(by)
    match told[0].stance:
        case Stance.KEPT if demand.demands:
            return say("kept by {clauses}", clauses=names) if by else say("kept, since nobody can breach it")
        case Stance.KEPT:
            return say("granted by {clauses}", clauses=names) if by else say("kept, since nobody can make use of it")
        case Stance.CONTRADICTED:
            return say("contradicted by {clauses}", clauses=names)
        case Stance.PERMITS_BREACH:
            return say("its breach is permitted by {clauses}", clauses=names)
        case Stance.ONLY_ADVISED:
            return say("only advised by {clauses}", clauses=names)
        case Stance.WEAKER:
            if not in_what:
                return say("weaker: the draft has {clauses}", clauses=names)
            parts = listed([say(_IN_WHAT[one]) for one in in_what])
            return say("weaker in {in_what}: the draft has {clauses}", in_what=parts, clauses=names)
        case Stance.MISSING:
            said = _missing(both, told, by, in_what)
            reserves = listed(list(dict.fromkeys(label for one in told for label in one.reserves)))
            if not reserves:
                return said
            return say("{missing}, in part left open on purpose by {clauses}", missing=said, clauses=reserves)
        case Stance.NOT_GRANTED:
            if by:
                return say("granted in part only, by {clauses}", clauses=names)
            return say("not granted: free, and no right")
        case Stance.NO_VERDICT if by:
            if len(by) > 1:
                return say("no verdict: {clauses} clash", clauses=names)
            return say("no verdict: {clause} cannot be kept", clause=names)
        case _:
            return say("no verdict: it cannot be kept within {model}", model=both.old.system.subject)


def _missing(both: TwoTexts, told: Sequence[DemandStance], by: Sequence[str], in_what: Sequence[Shortfall]) -> str:
    if told[0].outside:
        return say("missing: it binds nobody who is party to the draft")
    if Shortfall.BEARER in in_what:
        return say("missing: the draft asks it of the other unit")
    if by:
        return say("missing, and asked for elsewhere by {clauses}", clauses=listed(by))
    topics = {topic for one in told for topic in both.system.norms[one.demand].topics}
    own = [n for n in both.system.norms.values() if n.id.document == both.new.name and topics.intersection(n.topics)]
    negotiation, packages = Negotiation(both.system), [box for one in told for box in one.packages]
    near = _said(both, _labels(both, (n.id for n in own if stands_on(negotiation, n, packages))))
    if not near:
        return say("missing, with nothing on the topic")
    named = say(", ").join(near[:_NEAR])
    if len(near) > _NEAR:
        return say("missing, with {clauses} and others on the topic", clauses=named)
    return say("missing, with {clauses} on the topic", clauses=named)


def _said(both: TwoTexts, labels: Sequence[str]) -> tuple[str, ...]:
    """Labels of the draft's clauses as their reader says them."""
    draft = both.new.system.texts[both.new.system.subject]
    return tuple(label_words(draft, label) for label in labels)


def _labels(both: TwoTexts, norms: Iterable[NormId]) -> tuple[str, ...]:
    """The clauses of the draft by their labels, in the order of the text; of other texts, with their names."""
    found: dict[str, None] = {}
    order = {n: i for i, n in enumerate(both.system.norms)}
    for norm in sorted(dict.fromkeys(norms), key=lambda n: order.get(n, len(order))):
        clause = both.clause(norm)
        found[clause.label] = None
    return tuple(found)
