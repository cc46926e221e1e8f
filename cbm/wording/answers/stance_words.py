"""How a draft stands to a provision of its model, in a negotiator's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cbm.comparison.model_stances import DemandStance
from cbm.comparison.shortfalls import Shortfall
from cbm.comparison.stance_regions import Stance
from cbm.comparison.stance_witness import stance_episode
from cbm.comparison.two_texts import TwoTexts
from cbm.core.expressions import FALSE, Formula, NormId
from cbm.core.matters import subjects
from cbm.core.norms import Modality, Norm, Strength
from cbm.core.variables import Origin
from cbm.outcomes.model_comparison import ProvisionStance
from cbm.search.fewer_cubes import fewer
from cbm.translation.listing import listed
from cbm.wording.condition_words import condition_words, literal_words
from cbm.wording.phrases import role_words
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
# What it is weaker in, where the name by itself says too little.
_IN_WHAT = {
    Shortfall.STATEMENT.value: "what is stated",
    Shortfall.CIRCUMSTANCE.value: "how it is done",
    Shortfall.CONTENT.value: "what is asked for",
}
_SEEN = {
    Stance.CONTRADICTED: "the draft is complied with, and {} breached",
    Stance.PERMITS_BREACH: "{} breached, and the draft permits that",
    Stance.ONLY_ADVISED: "the duties of the draft are kept, and {} breached",
    Stance.WEAKER: "the draft is complied with, and {} breached",
    Stance.MISSING: "the draft is complied with, and {} breached",
    Stance.NOT_GRANTED: "{} made use of, and the draft says nothing of it",
    Stance.NO_VERDICT: "{} owed, and duties clash",
    Stance.KEPT: "the draft is complied with, and {} kept",
}


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
    in_what = [one.value for one in Shortfall if any(one in s.in_what for s in told)]
    further = _labels(both, (n for one in told for n in one.further))
    as_duty = all(one.as_duty for one in told)
    cubes = fewer([cube for one in told for cube in one.cubes])
    words = told_by(both.system, [first.demand])
    beyond = next((one for one in told if one.beyond != FALSE), None)
    name = f"{both.clause(first.demand).label} is"
    return ProvisionStance(
        kind.value,
        tuple(acts),
        _message(both, told, by, in_what, as_duty, further),
        role_words(both.system, first.about.bearer),
        by,
        tuple(in_what),
        all(one.everywhere for one in told),
        condition_words(words, first.cubes[0]),
        tuple(tuple(literal_words(words, literal) for literal in cube) for cube in cubes),
        all(one.complete for one in told),
        _SEEN[kind].format(name) if demand.demands or kind is not Stance.KEPT else f"{name} made use of",
        example(both.system, stance_episode(both, first), _mattering(first), Origin.DOING, Origin.RESULT),
        as_duty,
        further,
        None
        if beyond is None
        else example(
            both.system,
            stance_episode(both, beyond, further=True),
            _mattering(beyond),
            Origin.DOING,
            Origin.RESULT,
        ),
    )


def _mattering(told: DemandStance) -> list[Formula]:
    """What is told of an example: the conditions, and what the demand asks for."""
    return [*(literal for cube in told.cubes[:1] for literal in cube), told.about.norm(told.demand).fulfilled]


def _message(
    both: TwoTexts,
    told: Sequence[DemandStance],
    by: Sequence[str],
    in_what: Sequence[str],
    as_duty: bool,
    further: Sequence[str],
) -> str:
    demand = both.system.norms[told[0].demand]
    names = listed(by)
    beyond = f"going further{'' if further == by else f' ({listed(further)})'}"
    match told[0].stance:
        case Stance.KEPT if demand.demands:
            said = f"kept by {names}" if by else "kept, since nobody can breach it"
        case Stance.KEPT:
            said = f"granted by {names}" if by else "kept, since nobody can make use of it"
        case Stance.CONTRADICTED:
            said = f"contradicted by {names}"
        case Stance.PERMITS_BREACH:
            said = f"its breach is permitted by {names}"
        case Stance.ONLY_ADVISED:
            said = f"only advised by {names}"
        case Stance.WEAKER:
            parts = listed([_IN_WHAT.get(one, one) for one in in_what])
            said = f"weaker{f' in {parts}' if parts else ''}: the draft has {names}"
        case Stance.MISSING:
            said = _missing(both, told, by, in_what)
            reserves = list(dict.fromkeys(label for one in told for label in one.reserves))
            said += f", in part left open on purpose by {listed(reserves)}" if reserves else ""
        case Stance.NOT_GRANTED:
            said = f"granted in part only, by {names}" if by else "not granted: free, and no right"
        case Stance.NO_VERDICT if by:
            said = f"no verdict: {names} {'clash' if len(by) > 1 else 'cannot be kept'}"
        case _:
            said = f"no verdict: it cannot be kept within {both.old.system.subject}"
    return ", ".join((said, *(["as a duty"] if as_duty else []), *([beyond] if further else [])))


def _missing(both: TwoTexts, told: Sequence[DemandStance], by: Sequence[str], in_what: Sequence[str]) -> str:
    if told[0].outside:
        return "missing: it binds nobody who is party to the draft"
    if Shortfall.BEARER in in_what:
        return "missing: the draft asks it of the other unit"
    if by:
        return f"missing, and asked for elsewhere by {listed(by)}"
    topics = {topic for one in told for topic in both.system.norms[one.demand].topics}
    own = [n for n in both.system.norms.values() if n.id.document == both.new.name and topics.intersection(n.topics)]
    near = _labels(both, (n.id for n in own))
    if not near:
        return "missing, with nothing on the topic"
    more = " and others" if len(near) > _NEAR else ""
    return f"missing, with {', '.join(near[:_NEAR])}{more} on the topic"


def _labels(both: TwoTexts, norms: Iterable[NormId]) -> tuple[str, ...]:
    """The clauses of the draft by their labels, in the order of the text; of other texts, with their names."""
    found: dict[str, None] = {}
    order = {n: i for i, n in enumerate(both.system.norms)}
    for norm in sorted(dict.fromkeys(norms), key=lambda n: order.get(n, len(order))):
        clause = both.clause(norm)
        found[clause.label] = None
    return tuple(found)
