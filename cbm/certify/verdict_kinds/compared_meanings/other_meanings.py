"""Whether norms mean something else as they stand than as they would stand, as claims with all conduct quantified.

Conduct is *left* where no further duty could be kept beside those that it keeps (`comparison/meaning.py` says the same
by the clashes that were found). Here no clash is listed: that a duty could be kept says that other conduct keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from cbm.certify.claims import AllOf, AnyOf, Claim, NotSo, SomeConduct
from cbm.certify.rows import BearerCase
from cbm.certify.standing import linked, moved
from cbm.comparison.meaning import MeaningPart, breach, exercise
from cbm.core.expressions import FALSE, Formula, NormId, conjunction, disjunction, negation
from cbm.core.norms import Modality, Strength
from cbm.core.substitution import substitute, variables
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.search.world import copy_of

_INSTEAD = "instead"  # other conduct than the one that is asked about
_MODALITIES = {MeaningPart.PERMISSIONS: Modality.PERMISSION, MeaningPart.EXEMPTIONS: Modality.EXEMPTION}


def differing(
    before: Ground, after: Ground, advised: bool, parts: Collection[MeaningPart] = tuple(MeaningPart)
) -> Iterator[BearerCase]:
    """Some conduct is left, permitted, allowed for or not made up for as norms stand before, and not after, or so.

    Of the pass with advice nothing where there is none: it is the same as the one without. Else it is about conduct
    that the duties alone leave before and after, for no duty yields to advice.
    """
    near = near_changes(before, after)
    ours, theirs = ([n for n in one.norms if n.norm.id in near] for one in (before, after))
    if advised and all(n.norm.strength is Strength.MUST for n in (*ours, *theirs)):
        return
    for part in parts:
        for first, second, words in ((ours, theirs, "as it stands"), (theirs, ours, "changed")):
            told = _advised_against(before, first, second) if advised and part is MeaningPart.DUTIES else None
            for claims in _in_one_alone(before, part, first, second, advised) if told is None else told:
                said = (f"{part}: the text {words} has it, and otherwise has not", claims[0])
                yield BearerCase(before, (said, *(("", claim) for claim in (*claims[1:], *before.feasible))))


def stricter(
    about: Ground, old: Sequence[GroundNorm], new: Sequence[GroundNorm], advised: bool
) -> Iterator[BearerCase]:
    """Some conduct is left as the old norms have it and a breach of new ones; or permitted, allowed for or not made up
    for by new ones alone.

    With advice: of conduct that the duties alone leave before and after, for no duty yields to advice.
    """
    if advised and all(n.norm.strength is Strength.MUST for n in (*old, *new)):
        return
    for part in MeaningPart:
        first, second = (old, new) if part is MeaningPart.DUTIES else (new, old)
        told = _advised_against(about, old, new) if advised and part is MeaningPart.DUTIES else None
        for claims in _in_one_alone(about, part, first, second, advised) if told is None else told:
            said = (f"{part}: more is asked, or permitted", claims[0])
            yield BearerCase(about, (said, *(("", claim) for claim in (*claims[1:], *about.feasible))))


def _advised_against(
    about: Ground, old: Sequence[GroundNorm], new: Sequence[GroundNorm]
) -> Iterator[tuple[Claim, ...]]:
    """It goes against advice of the new norms alone; or, where it does so in any case, against more than it has to."""
    before, after = ([n for n in some if n.norm.demands] for some in (old, new))
    bound = [is_left(about, [n for n in some if _is_duty(n, advised=False)]) for some in (before, after)]
    advice, other = ([n for n in some if not _is_duty(n, advised=False)] for some in (before, after))
    if after:
        beyond = AllOf((is_left(about, advice), breaches(about, other)))
        yield AnyOf((beyond, breaches(about, after))), is_left(about, before), *bound


def is_left(about: Ground, duties: Sequence[GroundNorm]) -> Claim:
    """The conduct leaves no duty undone that could be kept beside those that it keeps."""
    return NotSo(_could_keep_more(about, duties, _undone))


def breaches(about: Ground, duties: Sequence[GroundNorm]) -> Claim:
    """The conduct breaches one that could be kept beside those that it does not breach."""
    return _could_keep_more(about, duties, breach)


def clashes(about: Ground, duties: Sequence[GroundNorm], n: GroundNorm) -> Claim:
    """Some conduct keeps duties beside which this one cannot be kept."""
    kept = [disjunction(_undone(o), _instead(about, o.demand)) for o in duties if o is not n]
    beside = NotSo(_other_conduct(about, duties, [*kept, _instead(about, n.demand)]))
    return SomeConduct((*about.feasible, beside), about.conduct)


def unrepaired(duties: Sequence[GroundNorm], step: int) -> Formula:
    """One of them is breached, and so is all that is owed for it up to this step."""
    owing = (n for n in duties if len(n.otherwise) > step)
    return disjunction(*(conjunction(breach(n), *map(negation, n.otherwise[: step + 1])) for n in owing))


def _in_one_alone(
    about: Ground, part: MeaningPart, ours: Sequence[GroundNorm], theirs: Sequence[GroundNorm], advised: bool
) -> Iterator[tuple[Claim, ...]]:
    own, others = ([n for n in some if _is_duty(n, advised)] for some in (ours, theirs))
    if part is MeaningPart.DUTIES:
        if others:
            yield breaches(about, others), is_left(about, own)
    elif part is MeaningPart.REPARATION:
        for step in range(max((len(n.otherwise) for n in own), default=0)):
            yield unrepaired(own, step), negation(unrepaired(others, step))
    else:
        used, covered = (_used(some, _MODALITIES[part]) for some in (ours, theirs))
        if used != FALSE:
            yield used, negation(covered)


def _is_duty(n: GroundNorm, advised: bool) -> bool:
    return n.norm.demands and (advised or n.norm.strength is Strength.MUST)


def _used(norms: Sequence[GroundNorm], modality: Modality) -> Formula:
    return disjunction(*(exercise(n) for n in norms if n.norm.modality is modality))


def _undone(n: GroundNorm) -> Formula:
    return negation(n.demand)


def _could_keep_more(about: Ground, duties: Sequence[GroundNorm], undone: Callable[[GroundNorm], Formula]) -> Claim:
    """Other conduct keeps what is not undone, and something that is."""
    kept = [disjunction(undone(n), _instead(about, n.demand)) for n in duties]
    more = disjunction(*(conjunction(undone(n), _instead(about, n.demand)) for n in duties))
    return _other_conduct(about, duties, [*kept, more])


def _other_conduct(about: Ground, duties: Sequence[GroundNorm], parts: Sequence[Formula]) -> SomeConduct:
    feasible = (_instead(about, part) for part in linked(about, [n.demand for n in duties]))
    return SomeConduct((*feasible, *parts), frozenset(copy_of(v, _INSTEAD) for v in about.conduct))


def _instead(about: Ground, formula: Formula) -> Formula:
    """The formula said of other conduct."""
    return substitute(formula, {v: copy_of(v, _INSTEAD) for v in variables(formula) if v in about.conduct})


def near_changes(before: Ground, after: Ground) -> set[NormId]:
    """The norms that do not bind alike in both, and those that share conduct with these, directly or through others."""
    near = {n.norm.id for n in before.norms if (m := after.find(n.norm.id)) is None or m.binds != n.binds}
    near |= {m.norm.id for m in after.norms if before.find(m.norm.id) is None}
    spoken = [(n.norm.id, moved(one, n.binds, n.fulfilled)) for one in (before, after) for n in one.norms]
    linking = [moved(before, part) for part in before.feasible]
    touched = {v for norm, conduct in spoken if norm in near for v in conduct}
    while more := [c for c in (*linking, *(c for _, c in spoken)) if touched & c and not c <= touched]:
        touched = touched.union(*more)
    return near | {norm for norm, conduct in spoken if touched & conduct}
