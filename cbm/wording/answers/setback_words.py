"""What sets clauses back in a judged pair to what is told of it: when, whom it concerns, and by which clauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem
from cbm.judging.judged_pair import JudgedPair
from cbm.judging.norms_over_time import NormOverTime, SameStretch, Telling
from cbm.judging.recorded_precedence import SetBackNorms
from cbm.outcomes.judgement import RecordAnswer, RecordedSetback, Setback
from cbm.wording.clause_names import names_of

TOLD = {Telling.YES: RecordAnswer.YES, Telling.DEPENDS: RecordAnswer.DEPENDS, Telling.UNTOLD: RecordAnswer.UNTOLD}


def setbacks(system: NormSystem, judged: JudgedPair, at: Callable[[int], str]) -> tuple[RecordedSetback, ...]:
    """All that can be told of them, in the order of time; `at` tells the time of a moment by its number.

    What cannot be told is left out, but for clashes that could not be decided: it stands with the clause itself.
    """
    units = judged.geometry.units
    found = [
        RecordedSetback(
            start=at(first),
            end=at(last),
            unit=units[one.role],
            towards=units[1 - one.role],
            how=one.how,
            clauses=tuple(names_of(system, _there(judged, one, one.norms, first))),
            told=TOLD[told],
            by=tuple(names_of(system, _there(judged, one, one.by, first))),
            words=one.words,
        )
        for one in judged.setbacks
        for first, last, told in one.stretches()
        if told is not Telling.UNTOLD or one.how is Setback.UNDECIDED
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.start, one.unit)))


def _there(judged: JudgedPair, one: SetBackNorms, norms: Sequence[NormId], index: int) -> Sequence[NormId]:
    """Of norms that can stand in for one another in a clash, or of which some may clash, those that bind there."""
    clashes = one.how in (Setback.YIELDS, Setback.CLASHES, Setback.UNDECIDED)
    return judged.may_bind(norms, one.role, index) if clashes else norms


def yielding_to(system: NormSystem, judged: JudgedPair, one: NormOverTime, stretch: SameStretch) -> list[str]:
    """The clauses to which a norm yields at the beginning of a stretch, or may do so."""
    over = [
        norm
        for found in judged.setbacks
        if found.role == one.role and one.norm.id in found.norms and found.codes[stretch.first] >= stretch.yields
        for norm in (found.by if found.how is Setback.YIELDS else found.norms if found.how is Setback.UNDECIDED else ())
        if norm != one.norm.id
    ]
    over = list(judged.may_bind(dict.fromkeys(over), one.role, stretch.first))
    return names_of(system, over)
