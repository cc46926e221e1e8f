"""Two texts to what changed in meaning: by clause, with conditions that suffice, and conduct that shows it.

Conduct is *left* by a text where it breaches no duty that could have been kept (`meaning`). What was left and is a
breach now is tightened; the other way round it is relaxed. That is asked with the `must`s alone. Of conduct that both
texts leave it is asked with the `should`s as well, to which no duty yields. In each situation the sets of clauses are
found that such conduct breaches, those that are minimal there; nearly always these are single clauses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from enum import StrEnum
from itertools import chain, product

from cbm.comparison.attainment import Attainment, outside
from cbm.comparison.meaning import (
    DutyClaim,
    MeaningPart,
    PartClaim,
    TextMeaning,
    advice_beyond,
    exercise,
    left_by,
    owing,
    unrepaired,
)
from cbm.comparison.two_texts import OwnText, TwoTexts, hanging_together
from cbm.conflicts.all_conflicts import world_of
from cbm.core.expressions import FALSE, Formula, NormId, conjunction, disjunction, negation
from cbm.core.norms import Modality, Strength
from cbm.core.substitution import variables
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.records import Record, Struct, field, replace
from cbm.search.exists_forall import fix
from cbm.search.extent import Cube
from cbm.search.fewer_cubes import fewer
from cbm.search.implicants import true_at
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Sat, Solver, Unknown, Unsat
from cbm.translation.saying import mark

# Conditions for one set of clauses beyond this are not listed, not even where stretches of the week that meet are told
# as one (`FOUND`), and sets of clauses beyond that not looked for.
CUBES, FOUND, SETS = 6, 24, 200


class ChangeKind(StrEnum):
    """What became of conduct from the old text to the new one."""

    TIGHTENED = "tightened"  # it was free, and is a breach now
    RELAXED = "relaxed"  # it was a breach, and is free now
    BINDING = "binding"  # it was advised against, and is a breach now
    ADVISED = "advised"  # it was a breach, and is only advised against now
    ADVICE_TIGHTENED = "advice-tightened"  # it was free, and is advised against now
    ADVICE_RELAXED = "advice-relaxed"  # it was advised against, and is free now
    PERMITTED = "permitted"  # it is permitted now
    NOT_PERMITTED = "not-permitted"  # it was permitted
    EXEMPTED = "exempted"  # leaving it undone is allowed for now
    NOT_EXEMPTED = "not-exempted"  # leaving it undone was allowed for
    REPARATION_TIGHTENED = "reparation-tightened"  # after a breach more is owed
    REPARATION_RELAXED = "reparation-relaxed"  # after a breach less is owed

    @property
    def of_new(self) -> bool:
        """Whether its clauses are those of the new text."""
        return self in _OF_NEW

    @property
    def of_advice(self) -> bool:
        """Whether it is seen only where advice counts."""
        return self in (ChangeKind.ADVICE_TIGHTENED, ChangeKind.ADVICE_RELAXED)


_NOT_AGAIN = mark("it was not found again")
_MORE_SETS = mark("there are more sets of clauses than are looked for")
_OF_NEW = (
    ChangeKind.TIGHTENED,
    ChangeKind.BINDING,
    ChangeKind.ADVICE_TIGHTENED,
    ChangeKind.PERMITTED,
    ChangeKind.EXEMPTED,
    ChangeKind.REPARATION_TIGHTENED,
)


class MeaningChange(Record):
    """One change for the bearer of `about`, seen in the clauses named, in the words of both texts.

    Each of the `cubes` suffices for it; `complete`: it happens nowhere else. `shows` holds of exactly the situations
    and conduct that show it, as far as the clauses go `among` which it was looked for; in situations with conduct of
    which `less` holds fewer of the clauses show it. `step`: of a reparation, which one, from 0. `clashing`: one of
    the clauses takes part in a clash of its text, there or elsewhere. `advice_open`: whether the other text advises on
    it is not known. `beside_advice`: of a reparation, it is owed in the one text and advised in the other.
    """

    kind: ChangeKind
    about: Ground
    clauses: tuple[NormId, ...]
    shows: Formula
    cubes: tuple[Cube, ...]
    complete: bool
    among: frozenset[NormId]
    step: int = 0
    less: Formula = FALSE
    clashing: bool = False
    advice_open: bool = False
    beside_advice: bool = False


class Doubt(Record):
    """A part of the meaning that could not be compared for the bearer, and why; the clauses that it is about.

    `of_advice`: without advice it was compared.
    """

    about: Ground
    part: MeaningPart
    reason: str
    clauses: tuple[NormId, ...] = ()
    of_advice: bool = False


def differences(both: TwoTexts, kinds: Sequence[ChangeKind] = tuple(ChangeKind)) -> Iterator[MeaningChange | Doubt]:
    """Every change of these kinds, for each bearer; nothing at all only where the two texts mean the same."""
    for about in both.inquiry.grounds:
        near = hanging_together(both, about, changed_clauses(both, about))
        if near:
            yield from _Comparison(both, about, near).changes(kinds)


def changed_clauses(both: TwoTexts, about: Ground) -> frozenset[NormId]:
    """The clauses of each text that no clause of the other one matches, as they prevail."""
    found: set[NormId] = set()
    sides = [_prevailing(both, text, about) for text in (both.old, both.new)]
    for ours, theirs in (sides, reversed(sides)):
        known = {_signature(*several) for several in theirs}
        found |= {several[0].norm.id for several in ours if _signature(*several) not in known}
    return frozenset(found)


def _prevailing(both: TwoTexts, text: OwnText, about: Ground) -> list[tuple[GroundNorm, GroundNorm]]:
    """Its own clauses, without advice and with it."""
    strict, advised = (both.standing(text, about, advised).norms for advised in (False, True))
    return list(zip(strict, advised, strict=True))


def _signature(strict: GroundNorm, advised: GroundNorm) -> tuple[object, ...]:
    owed = strict.otherwise, tuple(step.strength for step in strict.norm.otherwise)
    return strict.norm.modality, strict.norm.strength, strict.binds, advised.binds, strict.fulfilled, *owed


class _Comparison:
    """The changes for one bearer, among clauses that hang together with a changed one."""

    def __init__(self, both: TwoTexts, about: Ground, near: frozenset[NormId]) -> None:
        self.both, self.about, self.near = both, about, near
        self.world, self.learnt = world_of(about), both.learnt
        self.strict, self.advised = (
            (both.meaning(both.old, about, advised, near), both.meaning(both.new, about, advised, near))
            for advised in (False, True)
        )
        norms = [n.norm for n in about.norms if n.norm.id in near]
        self.advice = any(Strength.SHOULD in (n.strength, *(step.strength for step in n.otherwise)) for n in norms)

    def changes(self, kinds: Sequence[ChangeKind]) -> Iterator[MeaningChange | Doubt]:
        clauses = tuple(n.norm.id for n in self.about.norms if n.norm.id in self.near)
        strict, advised = _known(self.strict), _known(self.advised)
        if isinstance(strict, Unknown):
            yield Doubt(self.about, MeaningPart.DUTIES, strict.reason, clauses)
            return
        if isinstance(advised, Unknown):
            yield Doubt(self.about, MeaningPart.DUTIES, advised.reason, clauses, of_advice=True)
        with_advice = advised if self.advice and not isinstance(advised, Unknown) else None
        yield from self._of_duties(kinds, *strict, with_advice)
        told: set[tuple[ChangeKind, NormId, int]] = set()
        for pair in (strict,) if with_advice is None else (strict, with_advice):
            found = chain(self._of_uses(kinds, *pair), self._of_reparation(kinds, *pair, with_advice))
            for change in found:
                if isinstance(change, Doubt):
                    yield change
                elif (key := (change.kind, change.clauses[0], change.step)) not in told:
                    told.add(key)
                    yield change

    # ---- duties

    def _of_duties(
        self,
        kinds: Sequence[ChangeKind],
        old: TextMeaning,
        new: TextMeaning,
        with_advice: tuple[TextMeaning, TextMeaning] | None,
    ) -> Iterator[MeaningChange | Doubt]:
        """Without advice, and with it where it is counted and known."""
        before, after = left_by(old), left_by(new)
        searches: dict[ChangeKind, tuple[tuple[Formula, ...], tuple[DutyClaim, ...]]] = {
            ChangeKind.TIGHTENED: ((before.holds,), new.duties),
            ChangeKind.RELAXED: ((after.holds,), old.duties),
        }
        if with_advice is not None:
            level = (before.holds, after.holds)  # what a duty forbids is no matter of advice
            advised_old, advised_new = with_advice
            for kind, one, other in (
                (ChangeKind.ADVICE_TIGHTENED, advised_old, advised_new),
                (ChangeKind.ADVICE_RELAXED, advised_new, advised_old),
            ):
                searches[kind] = ((left_by(one).holds, *level), tuple(advice_beyond(one, other)))
        for kind, (given, claims) in searches.items():
            if kind in kinds and FALSE not in given:
                for change in self._breached(kind, conjunction(*given), claims):
                    if kind.of_advice or isinstance(change, Doubt):
                        yield change
                    elif with_advice is None:
                        yield replace(change, advice_open=self.advice)
                    else:
                        yield from self._beside_advice(change, *map(left_by, with_advice))

    def _beside_advice(self, change: MeaningChange, old: PartClaim, new: PartClaim) -> Iterator[MeaningChange | Doubt]:
        """The change where it is one with advice as well, and where advice says the same before or after it."""
        tightened = change.kind is ChangeKind.TIGHTENED
        beside, advised = (ChangeKind.BINDING, old) if tightened else (ChangeKind.ADVISED, new)
        free: list[Cube] = []
        for cube in change.cubes:
            with self._asking_beside_advice(change):
                answer = self.both.inquiry.ask(self.about, *cube, change.shows, advised.holds)
            if isinstance(answer, Unknown):
                yield Doubt(self.about, MeaningPart.DUTIES, answer.reason, change.clauses)
            if not isinstance(answer, Unsat):
                free.append(cube)
        rest = tuple(cube for cube in change.cubes if cube not in free)
        if free:
            yield replace(change, cubes=tuple(free), complete=change.complete and not rest)
        if rest:
            yield replace(change, kind=beside, cubes=rest, complete=change.complete)

    def _breached(
        self, kind: ChangeKind, given: Formula, claims: Sequence[DutyClaim]
    ) -> Iterator[MeaningChange | Doubt]:
        """The sets of these clauses that conduct for which `given` holds breaches, minimal in each situation."""
        solver = Solver(self.world.roles, (*self.world.possible, *self.world.feasible, given))
        solver.require(disjunction(*(claim.fails for claim in claims)))
        found: dict[tuple[NormId, ...], _Found] = {}
        for _ in range(SETS):
            answer = self._ask(kind, claims, solver)
            if isinstance(answer, Unsat):
                break
            if isinstance(answer, Unknown):
                yield Doubt(self.about, MeaningPart.DUTIES, answer.reason, tuple(c.duty.norm.id for c in claims))
                break
            members, left = self._smallest(answer, given, claims)
            names = tuple(claim.duty.norm.id for claim in members)
            if left is not None:
                yield Doubt(self.about, MeaningPart.DUTIES, left.reason, names)
            shows = _exactly(given, claims, members)
            if names not in found:
                found[names] = _Found(members, shows, Attainment(self.world, shows, self.learnt))
            one = found[names]
            cube = one.where.next(*map(outside, one.cubes))
            if cube is None or isinstance(cube, Unknown):
                yield Doubt(self.about, MeaningPart.DUTIES, cube.reason if cube else _NOT_AGAIN, names)
                break
            one.cubes.append(cube)
            elsewhere = () if one.is_full else (outside(cube),)
            solver.require(disjunction(*elsewhere, *(negation(claim.fails) for claim in members)))
        else:
            yield Doubt(self.about, MeaningPart.DUTIES, _MORE_SETS)
        for names, one in ((names, one) for names, one in found.items() if one.cubes):
            clashing = any(claim.clashing for claim in one.members)
            cubes = fewer(one.cubes)
            yield MeaningChange(
                kind=kind,
                about=self.about,
                clauses=names,
                shows=one.shows,
                cubes=cubes,
                complete=not one.is_full,
                among=self.near,
                less=_less(given, claims, one.members),
                clashing=clashing,
            )

    def _ask(self, kind: ChangeKind, claims: Iterable[DutyClaim], solver: Solver) -> Answer:
        with asking(
            system=self.both.system,
            bearer=self.about.bearer,
            norms=tuple(claim.duty.norm.id for claim in claims),
            question=f"is there conduct that the change makes {kind.value} (beyond what was found before)",
            found="there is: a change in meaning",
            none="there is no further one",
        ):
            return solver.decide()

    def _smallest(
        self, answer: Sat, given: Formula, claims: Sequence[DutyClaim]
    ) -> tuple[list[DutyClaim], Unknown | None]:
        """A minimal set of clauses that conduct for which `given` holds breaches in the situation of the answer.

        Or one of which it is not known that it is minimal, and why.
        """
        asked = (*self.world.possible, *self.world.feasible, given, *(claim.fails for claim in claims))
        known = list(dict.fromkeys(v for formula in asked for v in variables(formula)))
        point = answer.values(known)
        breached = [claim for claim in claims if true_at(claim.fails, point)]
        if len(breached) == 1:
            return breached, None
        left = None
        here = tuple(fix(v, value) for v, value in point.items() if v not in self.world.conduct)
        solver = Solver(self.world.roles, (*self.world.possible, *self.world.feasible, given, *here))
        for claim in tuple(breached):
            if claim not in breached or len(breached) == 1:
                continue
            rest = [one for one in breached if one is not claim]
            kept = (negation(one.fails) for one in claims if one not in rest)
            fewer = solver.ask(disjunction(*(one.fails for one in rest)), *kept)
            if isinstance(fewer, Sat):
                seen = fewer.values(known)
                breached = [one for one in rest if true_at(one.fails, seen)]
            elif isinstance(fewer, Unknown):
                left = fewer
        return breached, left if len(breached) > 1 else None

    # ---- permissions, exemptions, reparation

    def _of_uses(
        self, kinds: Sequence[ChangeKind], old: TextMeaning, new: TextMeaning
    ) -> Iterator[MeaningChange | Doubt]:
        sides = (
            (ChangeKind.PERMITTED, ChangeKind.EXEMPTED, new, old),
            (ChangeKind.NOT_PERMITTED, ChangeKind.NOT_EXEMPTED, old, new),
        )
        for permitted, exempted, ours, theirs in sides:
            for kind, modality in ((permitted, Modality.PERMISSION), (exempted, Modality.EXEMPTION)):
                uncovered = [negation(exercise(n)) for n in theirs.about.norms if n.norm.modality is modality]
                for n in ours.about.norms if kind in kinds else ():
                    if n.norm.modality is modality:
                        yield from self._single(kind, n.norm.id, conjunction(exercise(n), *uncovered))

    def _of_reparation(
        self,
        kinds: Sequence[ChangeKind],
        old: TextMeaning,
        new: TextMeaning,
        with_advice: tuple[TextMeaning, TextMeaning] | None,
    ) -> Iterator[MeaningChange | Doubt]:
        """What must be done after a breach; in the pass that counts advice then also what should be.

        Of a further step it is asked what the steps before it do not show.
        """
        steps = max((len(n.otherwise) for n in (*old.about.norms, *new.about.norms)), default=0)
        counts_advice = with_advice is not None and (old, new) == with_advice
        shown: dict[tuple[bool, ChangeKind, NormId], Formula] = {}  # at the steps before
        for advised, (kind, ours, theirs), step in product(
            (False, True) if counts_advice else (False,),
            ((ChangeKind.REPARATION_TIGHTENED, new, old), (ChangeKind.REPARATION_RELAXED, old, new)),
            range(steps),
        ):
            elsewhere = negation(disjunction(*(unrepaired(n, step) for n in owing(_duties(theirs), step, advised))))
            for n in owing(_duties(ours), step, advised) if kind in kinds else ():
                before, shows = (advised, kind, n.norm.id), conjunction(unrepaired(n, step), elsewhere)
                known = shown.get(before, FALSE)
                shown[before] = disjunction(known, shows)
                for change in self._single(kind, n.norm.id, conjunction(shows, negation(known)), step):
                    if advised or with_advice is None or isinstance(change, Doubt):
                        yield change
                    else:
                        beside = self._is_advised_elsewhere(change, with_advice[not kind.of_new])
                        if isinstance(beside, Unknown):
                            yield Doubt(self.about, MeaningPart.REPARATION, beside.reason, change.clauses)
                        yield replace(change, beside_advice=beside is True)

    def _is_advised_elsewhere(self, change: MeaningChange, text: TextMeaning) -> bool | Unknown:
        """Whether the other text advises, wherever this is so, what is owed after the breach."""
        advised = disjunction(*(unrepaired(n, change.step) for n in owing(_duties(text), change.step, advised=True)))
        with self._asking_beside_advice(change):
            answers = [self.both.inquiry.ask(self.about, *c, change.shows, negation(advised)) for c in change.cubes]
        unknown = next((answer for answer in answers if isinstance(answer, Unknown)), None)
        return unknown or all(isinstance(answer, Unsat) for answer in answers)

    def _asking_beside_advice(self, change: MeaningChange) -> AbstractContextManager[None]:
        return asking(
            system=self.both.system,
            bearer=self.about.bearer,
            norms=change.clauses,
            question="is it so with advice as well",
            found="it is",
            none="advice says the same in the one text that is a duty in the other",
        )

    def _single(self, kind: ChangeKind, norm: NormId, shows: Formula, step: int = 0) -> Iterator[MeaningChange | Doubt]:
        """What one clause permits, exempts from or asks for after a breach, and no clause of the other text does."""
        if shows == FALSE:
            return
        where = Attainment(self.world, shows, self.learnt)
        cubes: list[Cube] = []
        while not _are_full(cubes):
            with asking(
                system=self.both.system,
                bearer=self.about.bearer,
                norms=(norm,),
                question=f"is there conduct that the change makes {kind.value} (beyond what was found before)",
                found="there is: a change in meaning",
                none="there is no further one",
            ):
                cube = where.next(*map(outside, cubes))
            if isinstance(cube, Unknown):
                yield Doubt(self.about, MeaningPart.PERMISSIONS, cube.reason, (norm,))
            if cube is None or isinstance(cube, Unknown):
                break
            cubes.append(cube)
        if cubes:
            complete = not _are_full(cubes)
            yield MeaningChange(
                kind=kind,
                about=self.about,
                clauses=(norm,),
                shows=shows,
                cubes=fewer(cubes),
                complete=complete,
                among=self.near,
                step=step,
            )


class _Found(Struct):
    """A set of clauses that is breached, where, and the conditions found so far."""

    members: list[DutyClaim]
    shows: Formula
    where: Attainment
    cubes: list[Cube] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return _are_full(self.cubes)


def _are_full(cubes: Sequence[Cube]) -> bool:
    """Whether no more conditions are looked for."""
    return len(cubes) >= CUBES and (len(cubes) >= FOUND or len(fewer(cubes)) >= CUBES)


def _known(texts: tuple[TextMeaning | Unknown, TextMeaning | Unknown]) -> tuple[TextMeaning, TextMeaning] | Unknown:
    """What both texts mean, or why it is not known of one."""
    old, new = texts
    if isinstance(old, Unknown):
        return old
    return new if isinstance(new, Unknown) else (old, new)


def _exactly(given: Formula, claims: Iterable[DutyClaim], members: Sequence[DutyClaim]) -> Formula:
    """That conduct for which `given` holds breaches these clauses and no other ones."""
    return conjunction(given, *(claim.fails if claim in members else claim.holds for claim in claims))


def _less(given: Formula, claims: Iterable[DutyClaim], members: Sequence[DutyClaim]) -> Formula:
    """That conduct for which `given` holds breaches some of these clauses, not all, and no other ones."""
    if len(members) == 1:
        return FALSE
    some, kept = (disjunction(*parts) for parts in ((m.fails for m in members), (m.holds for m in members)))
    return conjunction(given, some, kept, *(claim.holds for claim in claims if claim not in members))


def _duties(text: TextMeaning) -> list[GroundNorm]:
    return [claim.duty for claim in text.duties]
