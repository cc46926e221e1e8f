"""Which norms give way to which, as flags that stand for claims: what a search would tell as conditions.

A norm yields where some norms clash of which it is one, and not all of those above it in that clash yield themselves
(`conflicts/precedence.py` says the same with the conditions that were found).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cbm.certify.claims import AllOf, AnyOf, Claim, Meanings, NotSo, SomeConduct, anywhere
from cbm.certify.rows import BearerCase
from cbm.conflicts.all_conflicts import ConflictSet
from cbm.conflicts.precedence import lifts, settling, yielding_by
from cbm.core.expressions import FALSE, Flag, Formula, NormId, conjunction, disjunction, negation
from cbm.core.norms import NormSystem, Strength
from cbm.core.sorts import FLAG
from cbm.core.substitution import variables
from cbm.core.variables import Auxiliary, Purpose, Variable
from cbm.coverage.governance import SituationRegion
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.world import copy_of

_CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class StandingNorms:
    """The norms of one bearer, each binding only where it does not yield; and what the flags that say so mean."""

    plain: Ground
    ground: Ground
    meanings: Mapping[Flag, tuple[str, Claim]]
    flags: Mapping[NormId, Flag]

    def standing(self, about: Ground) -> Ground:
        """Other formulas of the same bearer, each norm binding only where it does not yield."""
        return _standing(about, self.flags)

    def yields(self, norm: NormId) -> bool:
        """Whether it gives way somewhere."""
        return self.plain.norm(norm) is not self.ground.norm(norm)


def standing_norms(inquiry: Inquiry, about: Ground, advised: bool) -> StandingNorms:
    """`advised`: clashes in which advice takes part count as well."""
    return standing_among(inquiry.system, inquiry.clashes, about, advised)


def standing_among(
    system: NormSystem, clashes: Iterable[ConflictSet], about: Ground, advised: bool, changed: bool = False
) -> StandingNorms:
    """The same where these norms clash; `changed`: its flags stand beside those of norms that clash otherwise."""
    above = _above(system, clashes, about, advised)
    number = {norm: i for i, norm in enumerate(system.norms)}
    keys = {norm: (number[norm] * 2 + advised) * 8 + about.bearer for norm in above}
    yields = {norm: Auxiliary(Purpose.YIELDS, key, FLAG) for norm, key in keys.items()}
    flags = {norm: Flag(copy_of(v, _CHANGED) if changed else v) for norm, v in yields.items()}
    meanings: dict[Flag, tuple[str, Claim]] = {}
    for norm, yielding in above.items():
        ways = (
            AllOf(
                (
                    *(claim for _, claim in clashing(about, clash.choices)),
                    NotSo(AllOf(tuple(idle(about, flags, one, norm) for one in sorted(higher)))),
                )
            )
            for clash, higher in yielding
        )
        meanings[flags[norm]] = (f"{norm.exact} yields", AnyOf(tuple(ways)))
    return StandingNorms(about, _standing(about, flags), meanings, flags)


def idle(about: Ground, flags: Mapping[NormId, Flag], upper: NormId, lower: NormId) -> Formula:
    """What is above yields itself, or can lift nothing of the other one there."""
    return disjunction(flags.get(upper, FALSE), negation(lifts(about.system, about.bearer, upper, lower)))


def standing_of(inquiry: Inquiry, bearer: int, advised: bool) -> StandingNorms:
    """The norms of one bearer as they stand, with advice or without."""
    about = next(about for about in inquiry.grounds if about.bearer == bearer)
    return standing_norms(inquiry, about, advised)


def _standing(about: Ground, flags: Mapping[NormId, Flag]) -> Ground:
    norms = tuple(
        replace(n, binds=conjunction(n.binds, negation(flags[n.norm.id]))) if n.norm.id in flags else n
        for n in about.norms
    )
    return replace(about, norms=norms)


def clashing(about: Ground, classes: Sequence[tuple[NormId, ...]]) -> tuple[tuple[str, Claim], ...]:
    """No conduct keeps all of these norms, and without any one class of them some conduct keeps the others.

    Norms of one class can stand in for one another: they ask for the same. Mostly each is a class of its own.
    """
    demands = {norm: about.norm(norm).demand for one in classes for norm in one}
    claims: list[tuple[str, Claim]] = [(f"no conduct keeps {_names(demands)}", NotSo(kept(about, *demands.values())))]
    for one in classes:
        others = {norm: demand for norm, demand in demands.items() if norm not in one}
        words = f"some keeps {_names(others)}" if others else "some conduct is possible"
        claims.append((words, kept(about, *others.values())))
    return tuple(claims)


def _names(norms: Iterable[NormId]) -> str:
    return ", ".join(norm.exact for norm in norms)


def broken(about: Ground, region: SituationRegion) -> BearerCase:
    """The region has a situation: each of its ways is taken there by some conduct, and none brings about the rest."""
    ways = [("the promise speaks of it", kept(about, formula)) for _, formula in region.ways]
    return BearerCase(about, (*ways, ("no conduct brings a clause to bear", NotSo(kept(about, region.excluded)))))


def kept(about: Ground, *demands: Formula) -> SomeConduct:
    """Some feasible conduct meets all of this."""
    return SomeConduct((*about.feasible, *demands), about.conduct)


def hanging_together(about: Ground, *formulas: Formula) -> tuple[GroundNorm, ...]:
    """The duties that share conduct with the formulas, directly or through other duties and what is feasible."""

    said = {id(n): moved(about, n.demand, n.fulfilled) for n in about.demanding}
    touched, parts = moved(about, *formulas), [moved(about, part) for part in about.feasible]
    while linked := [more for more in (*parts, *said.values()) if touched & more and not more <= touched]:
        touched = touched.union(*linked)
    return tuple(n for n in about.demanding if touched & said[id(n)])


def linked(about: Ground, demands: Iterable[Formula]) -> tuple[Formula, ...]:
    """What is feasible, as far as it shares conduct with the demands."""
    touched, parts = moved(about, *demands), [(part, moved(about, part)) for part in about.feasible]
    while more := [conduct for _, conduct in parts if conduct & touched and not conduct <= touched]:
        touched = touched.union(*more)
    return tuple(part for part, conduct in parts if conduct & touched)


def moved(about: Ground, *formulas: Formula) -> set[Variable]:
    """The conduct that the formulas speak of."""
    return {v for formula in formulas for v in variables(formula) if v in about.conduct}


def happening(about: Ground, meanings: Meanings, *formulas: Formula, but: Collection[Variable] = ()) -> SomeConduct:
    """Some situation and some feasible conduct meet all of this; `but` are variables of which there is more to say."""
    return anywhere(meanings, *about.possible, *about.feasible, *formulas, but=but)


def _above(
    system: NormSystem, clashes: Iterable[ConflictSet], about: Ground, advised: bool
) -> dict[NormId, list[tuple[ConflictSet, frozenset[NormId]]]]:
    """For each norm that yields somewhere the clashes in which it may, with the norms above it there."""
    found: dict[NormId, list[tuple[ConflictSet, frozenset[NormId]]]] = {}
    for clash in clashes:
        has_advice = any(system.norms[norm].strength is Strength.SHOULD for norm in clash.takes_part)
        if clash.bearer != about.bearer or (has_advice and not advised):
            continue
        members = frozenset(clash.takes_part)
        for edge in settling(system, clash.takes_part):
            for low in yielding_by(system, edge, members):
                found.setdefault(low, []).append((clash, members & edge.prevailing))
    return found
