"""What a text means for a bearer, and whether two texts over the same facts mean the same.

A text means three things: the conduct it leaves, the exercises it permits, and what it asks for after a breach.
Conduct is *left* where no further duty could be kept beside those it keeps. Where all duties can be kept together, that
is the conduct that complies; where some clash, it keeps a maximal choice of them. So a clash hides no difference.

This needs no quantifier, since the minimal sets of duties that clash are known with their extents: a further duty
cannot be kept if and only if it stands in such a set whose other duties are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain, product

from cbm.conflicts.all_conflicts import TOGETHER, ConflictSet, components, find_clashes, world_of
from cbm.conflicts.precedence import prevailing, suspended_in
from cbm.core.expressions import FALSE, Formula, NormId, conjunction, disjunction, negation
from cbm.core.norms import Modality, Strength
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import Record, Thing, replace
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Sat, Unknown, Unsat
from cbm.translation.saying import mark

# The conduct that keeps a text, beside the conduct that is asked about.
KEPT = "kept"


class MeaningPart(StrEnum):
    """One part of what a text means."""

    DUTIES = mark("the conduct it leaves")
    PERMISSIONS = mark("what it permits")
    EXEMPTIONS = mark("what it exempts from")
    REPARATION = mark("what it asks for after a breach")


class PartClaim(Record):
    """A part of the meaning as a formula, and as the formula of its opposite.

    They are put differently: a duty is taken to be kept by the act instance set apart for it, and breached by all.
    """

    part: MeaningPart
    holds: Formula
    fails: Formula


class DutyClaim(Record):
    """One duty as a part of the conduct that a text leaves.

    It is kept, or could not be kept beside those that are; otherwise it `fails`. `clashing`: it can be such a duty.
    """

    duty: GroundNorm
    holds: Formula
    fails: Formula
    clashing: bool


class TextMeaning(Record):
    """What a text means for the bearer of `about` in one pass; the norms of `about` are those that prevail.

    `advice`: its `should`s where they are counted, as if nothing else were asked. No duty yields to them.
    """

    about: Ground
    claims: tuple[PartClaim, ...]
    duties: tuple[DutyClaim, ...] = ()
    advice: tuple[DutyClaim, ...] = ()


def meaning(about: Ground, clashes: tuple[ConflictSet, ...], advised: bool) -> TextMeaning | Unknown:
    """The meaning of a text whose norms bind as `about` has them; `clashes` are all of this bearer's.

    `advised`: the `should`s are counted as well. Unknown where the extent of a clash is not known exactly.
    """
    suspended = suspended_in(about.system, clashes, about.bearer, advised)
    return standing_meaning(prevailing(about, clashes, advised), clashes, suspended, advised)


def standing_meaning(
    standing: Ground, clashes: Iterable[ConflictSet], suspended: Mapping[NormId, Formula], advised: bool
) -> TextMeaning | Unknown:
    """The same of norms that stand where they bind and are not suspended."""
    duties = {n.norm.id: n for n in standing.demanding if advised or n.norm.strength is Strength.MUST}
    sets = [c for c in clashes if c.bearer == standing.bearer and duties.keys() >= set(c.takes_part)]
    if not all(c.exact for c in sets):
        return Unknown(mark("there are more conditions than are told"))
    there = [conjunction(c.formula, *(negation(suspended.get(n, FALSE)) for n in c.takes_part)) for c in sets]
    left = tuple(_left(duties, sets, there))
    advice = {name: n for name, n in duties.items() if n.norm.strength is Strength.SHOULD}
    among = [(c, where) for c, where in zip(sets, there, strict=True) if advice.keys() >= set(c.takes_part)]
    followed = tuple(_left(advice, [c for c, _ in among], [where for _, where in among]))
    whole = PartClaim(
        MeaningPart.DUTIES, conjunction(*(one.holds for one in left)), disjunction(*(one.fails for one in left))
    )
    parts = (whole, *_exercises(standing), *_reparation(duties.values(), advised))
    return TextMeaning(standing, parts, left, followed)


class TextPair(Record):
    """A bearer's norms as a text has them and as another one has them: those that hang together with a changed one.

    Conduct that other norms speak of is the same in both, and says nothing of the difference.
    """

    before: Ground
    after: Ground


def changed(inquiry: Inquiry, grounds: Iterable[Ground]) -> tuple[TextPair, ...]:
    """What the text means otherwise, if each bearer's norms are these instead; bearers without a change left out."""
    pairs = []
    for about, other in zip(inquiry.grounds, grounds, strict=True):
        near = {n.norm.id for n in about.norms if (m := other.find(n.norm.id)) is None or m.binds != n.binds}
        if near:
            near = _joined(near, [*_linked(about), *_linked(other)])
            pairs.append(TextPair(_among(about, near), _among(other, near)))
    return tuple(pairs)


def linked_with(about: Ground, norms: Collection[NormId]) -> frozenset[NormId]:
    """The norms of the bearer that hang together with these, and these."""
    return frozenset(_joined(norms, _linked(about)))


def _joined(norms: Collection[NormId], linked: Sequence[frozenset[NormId]]) -> set[NormId]:
    near = set(norms)
    while more := [group for group in linked if near & group and not group <= near]:
        near.update(*more)
    return near


def _linked(about: Ground) -> list[frozenset[NormId]]:
    known: list[frozenset[NormId]] | None = about.worked_out.get("linked norms")
    if known is None:
        known = [frozenset(n.norm.id for n in group) for group in components(world_of(about), about.norms)]
        about.worked_out["linked norms"] = known
    return known


def _among(about: Ground, near: Collection[NormId]) -> Ground:
    return replace(about, norms=tuple(n for n in about.norms if n.norm.id in near))


def same_meaning(
    inquiry: Inquiry,
    pairs: Iterable[TextPair],
    clashes: tuple[ConflictSet, ...],
    norms: tuple[NormId, ...],
    parts: Iterable[MeaningPart] = tuple(MeaningPart),
    before: tuple[ConflictSet, ...] | None = None,
) -> bool | Unknown:
    """Whether the two mean the same for every bearer, with advice and without. No duty yields to advice.

    `clashes` are those afterwards, `before` those of the text as it stands, where they are not those of the inquiry.
    """
    clashing = inquiry.clashes if before is None else before
    unknown: Unknown | None = None
    strict: dict[int, tuple[TextMeaning, TextMeaning]] = {}
    for advised, (number, pair) in product((False, True), tuple(enumerate(pairs))):
        near = {n.norm.id for n in pair.before.norms}
        open_ones = (u for u in inquiry.undecided if u.question == TOGETHER and near.intersection(u.norms))
        doubt = next((Unknown(u.reason) for u in open_ones), None)
        once = meaning(pair.before, _clashing_in(near, clashing), advised)
        now = meaning(pair.after, _clashing_in(near, clashes), advised)
        if isinstance(once, Unknown) or isinstance(now, Unknown):
            unknown = once if isinstance(once, Unknown) else now if isinstance(now, Unknown) else unknown
            continue
        if not advised:
            strict[number] = once, now
        bound = strict.get(number) if advised else None
        answer = compare(inquiry, once, now, norms, parts, bound)
        if answer is False and doubt is None:
            return False
        unknown = unknown or doubt or (answer if isinstance(answer, Unknown) else None)
    return unknown or True


def differs_where_kept(inquiry: Inquiry, pairs: Iterable[TextPair], norms: tuple[NormId, ...]) -> bool:
    """Whether conduct that keeps all duties of the one text breaches the other, where that can be kept as well.

    Nothing clashes there in the other text, and clashes leave conduct that keeps all: that the two differ is certain
    then, and no clash needs to be found. Where this is not so they may differ all the same.
    """
    return any(_keeps_and_breaches(inquiry, pair, norms) for pair in pairs)


def _keeps_and_breaches(inquiry: Inquiry, pair: TextPair, norms: tuple[NormId, ...]) -> bool:
    before, after = pair.before, pair.after
    kept = [n.demand for n in before.demanding if n.norm.strength is Strength.MUST]
    breached = disjunction(*(breach(n) for n in after.demanding if n.norm.strength is Strength.MUST))
    world = world_of(before)
    possible = world.some_conduct(KEPT, (*world.feasible, *(n.demand for n in after.demanding)))
    with asking(
        norms=norms,
        question="is there conduct that keeps the text as it stands and breaches it changed, where that can be kept",
        found="the texts differ in meaning",
        none="it is asked next whether they differ where duties clash",
    ):
        return isinstance(inquiry.ask(before, *kept, breached, *possible), Sat)


def _clashing_in(near: set[NormId], clashes: Iterable[ConflictSet]) -> tuple[ConflictSet, ...]:
    """The clashes of norms that hang together: those of others have no norm among them."""
    return tuple(clash for clash in clashes if not near.isdisjoint(clash.norms))


def all_clashes(grounds: Iterable[Ground]) -> tuple[ConflictSet, ...] | Unknown:
    """The clashes of all bearers; unknown where some are."""
    found: list[ConflictSet] = []
    for about in grounds:
        clashes, undecided = find_clashes(about)
        if undecided:
            return Unknown(undecided[0].reason)
        found += clashes
    return tuple(found)


def compare(
    inquiry: Inquiry,
    before: TextMeaning,
    after: TextMeaning,
    norms: tuple[NormId, ...],
    parts: Iterable[MeaningPart] = tuple(MeaningPart),
    strict: tuple[TextMeaning, TextMeaning] | None = None,
) -> bool | Unknown:
    """Whether the two mean the same in these parts; `norms` are the clauses in question.

    `strict`: what they mean without advice, where they are meant with it.
    """
    answers = []
    several = frozenset(parts)
    asked = _differences(inquiry, before, after, norms, several if strict is None else several - {MeaningPart.DUTIES})
    if strict is not None and MeaningPart.DUTIES in several:
        asked = chain(_advised_otherwise(inquiry, before, after, norms, strict), asked)
    for answer in asked:
        if isinstance(answer, Sat):
            return False
        answers.append(answer)
    return next((answer for answer in answers if isinstance(answer, Unknown)), True)


def left_by(text: TextMeaning) -> PartClaim:
    """The conduct that the text leaves."""
    return next(claim for claim in text.claims if claim.part is MeaningPart.DUTIES)


def advice_beyond(one: TextMeaning, other: TextMeaning) -> Iterator[DutyClaim]:
    """The duties of the other text, with its advice where some of it cannot be followed beside a duty.

    Conduct that goes against no advice of the one text goes against such advice: no duty yields to it. Of conduct that
    goes against some in any case it is asked which advice could have been followed.
    """
    followed = conjunction(*(claim.holds for claim in one.advice))
    against = disjunction(*(claim.fails for claim in one.advice))
    alone = {claim.duty.norm.id: claim for claim in other.advice}
    for claim in other.duties:
        advice = alone.get(claim.duty.norm.id, claim)
        if advice.fails == claim.fails:
            yield claim
            continue
        holds = conjunction(claim.holds, disjunction(against, advice.holds))
        fails = disjunction(claim.fails, conjunction(followed, advice.fails))
        yield replace(advice, holds=holds, fails=fails)


def smallest(among: list[Thing], refutes: Callable[[list[Thing]], Answer]) -> list[Thing]:
    """A smallest choice of these with which the question still has no answer, first ones kept.

    With all of them it must have none.
    """
    kept = list(among)
    for one in reversed(among):
        rest = [n for n in kept if n is not one]
        if isinstance(refutes(rest), Unsat):
            kept = rest
    return kept


def breach(n: GroundNorm) -> Formula:
    """It binds and is not kept."""
    return conjunction(n.binds, negation(n.fulfilled))


def exercise(n: GroundNorm) -> Formula:
    """A permission binds and is made use of; of an exemption, what it exempts from is not done."""
    return conjunction(n.binds, negation(n.fulfilled) if n.norm.modality is Modality.EXEMPTION else n.fulfilled)


def _left(duties: dict[NormId, GroundNorm], sets: list[ConflictSet], there: list[Formula]) -> Iterator[DutyClaim]:
    """Each duty is kept, or could not be kept beside those that are."""
    beside: dict[NormId, list[tuple[Formula, list[GroundNorm]]]] = {norm: [] for norm in duties}
    for clash, where in zip(sets, there, strict=True):
        # Norms that can stand in for one another ask for the same: it is kept where those of them that bind are.
        choices = clash.choices
        for place, one in enumerate(choices):
            others = [duties[norm] for i, other in enumerate(choices) if i != place for norm in other]
            for norm in one:
                beside[norm].append((where, others))
    for norm, n in duties.items():
        excused = (conjunction(where, *(o.demand for o in others)) for where, others in beside[norm])
        unexcused = (disjunction(negation(where), *map(breach, others)) for where, others in beside[norm])
        yield DutyClaim(
            n, disjunction(n.demand, *excused), conjunction(breach(n), *unexcused), clashing=bool(beside[norm])
        )


def _exercises(standing: Ground) -> Iterator[PartClaim]:
    for part, modality in (
        (MeaningPart.PERMISSIONS, Modality.PERMISSION),
        (MeaningPart.EXEMPTIONS, Modality.EXEMPTION),
    ):
        used = disjunction(*(exercise(n) for n in standing.norms if n.norm.modality is modality))
        yield PartClaim(part, used, negation(used))


def _reparation(duties: Iterable[GroundNorm], advised: bool) -> Iterator[PartClaim]:
    """Step by step: some duty is breached, and so is all that must be done for it up to this step.

    `advised`: each time also all that should be.
    """
    listed = list(duties)
    for step in range(max((len(n.otherwise) for n in listed), default=0)):
        for counting in (False, True) if advised else (False,):
            left = disjunction(*(unrepaired(n, step) for n in owing(listed, step, counting)))
            yield PartClaim(MeaningPart.REPARATION, left, negation(left))


def owing(duties: Iterable[GroundNorm], step: int, advised: bool) -> list[GroundNorm]:
    """The duties for whose breach something must be done at this step, from 0; `advised`: or should be."""
    several = (n for n in duties if len(n.otherwise) > step)
    return [n for n in several if advised or n.norm.otherwise[step].strength is Strength.MUST]


def unrepaired(n: GroundNorm, step: int) -> Formula:
    """It is breached, and so is all that is asked for after that up to this step."""
    return conjunction(breach(n), *map(negation, n.otherwise[: step + 1]))


def _advised_otherwise(
    inquiry: Inquiry,
    before: TextMeaning,
    after: TextMeaning,
    norms: tuple[NormId, ...],
    strict: tuple[TextMeaning, TextMeaning],
) -> Iterator[Answer]:
    """Conduct that the duties of both leave, and the advice of the one as well, and that of the other does not.

    Where neither gives advice nothing is asked: it is the same as without.
    """
    bound = [left_by(text).holds for text in strict]
    for one, other in ((before, after), (after, before)) if before.advice or after.advice else ():
        with asking(
            norms=norms,
            question="is there conduct that the duties leave and that advice is against in one of the texts alone",
            found="the texts differ in meaning",
            none="they do not differ in this",
        ):
            against = disjunction(*(claim.fails for claim in advice_beyond(one, other)))
            yield inquiry.ask(before.about, left_by(one).holds, *bound, against)


def _differences(
    inquiry: Inquiry, before: TextMeaning, after: TextMeaning, norms: tuple[NormId, ...], parts: frozenset[MeaningPart]
) -> Iterator[Answer]:
    """Conduct that one text leaves, permits or asks for and the other does not, either way round."""
    ours, theirs = ([c for c in one.claims if c.part in parts] for one in (before, after))
    steps = max(len(ours), len(theirs))
    for number in range(steps):
        one = ours[number] if number < len(ours) else PartClaim(theirs[number].part, FALSE, negation(FALSE))
        other = theirs[number] if number < len(theirs) else PartClaim(one.part, FALSE, negation(FALSE))
        for first, second, words in ((one, other, "as it stands"), (other, one, "changed")):
            with asking(
                norms=norms,
                question=f"is there conduct that the text {words} has in {one.part}, and otherwise has not",
                found="the texts differ in meaning",
                none="they do not differ in this",
            ):
                yield inquiry.ask(before.about, first.holds, second.fails)
