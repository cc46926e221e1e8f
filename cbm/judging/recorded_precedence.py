"""What sets a norm back at each moment: an exception, a norm in its place, or one with which it clashes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np

from cbm.conflicts.all_conflicts import TOGETHER, ConflictSet, find_clashes
from cbm.conflicts.precedence import Settlement, has_advice, joining, minimal_extent, settlements
from cbm.core.expressions import And, Does, Expr, Flag, Formula, NormId, Not, Or, conjunction, disjunction, negation
from cbm.core.norms import NormSystem
from cbm.core.variables import Performed
from cbm.finding import RuleId
from cbm.ground.grounding import ground
from cbm.judging.norms_over_time import Codes, NormOverTime, Telling, told
from cbm.judging.partial_episode import Known
from cbm.judging.recorded_binding import RecordedBinding
from cbm.outcomes.judgement import Setback
from cbm.process.budget import RunStopped, broken_off
from cbm.records import replace
from cbm.search.open_questions import Undecided


@dataclass(frozen=True, slots=True)
class SetBackNorms:
    """Norms of the unit in a role, when they are set back and by which others; `words` say by what rule."""

    how: Setback
    norms: tuple[NormId, ...]
    role: int
    codes: Codes
    by: tuple[NormId, ...] = ()
    words: str = ""

    def stretches(self) -> Iterator[tuple[int, int, Telling]]:
        """The first and the last of moments at which the same is told of it; where it is not so, nothing."""
        edges = np.flatnonzero(np.concatenate([[True], np.diff(self.codes) != 0, [True]]))
        for first, end in pairwise(edges):
            if self.codes[first] != Telling.NO:
                yield int(first), int(end) - 1, Telling(int(self.codes[first]))


@dataclass(frozen=True, slots=True)
class NormClashes:
    """All clashes among some norms of one role, which of them are settled, and which others could not be decided."""

    found: tuple[ConflictSet, ...]
    settled: tuple[Settlement, ...]
    undecided: tuple[Undecided, ...]


# What clashes among these norms of a role, remembered for all pairs of units.
ClashBook = dict[tuple[int, frozenset[NormId]], NormClashes]
# Two ways to one answer: the moments on all readings at once, and on single ones.
Asked = Callable[[RecordedBinding], Known]


def set_back(
    norms: Sequence[NormOverTime],
    whole: RecordedBinding,
    single: Callable[[], Sequence[RecordedBinding]],
    book: ClashBook,
) -> Iterator[SetBackNorms]:
    """All that is set back somewhere; `norms` are those that may bind."""

    def told_of(asked: Asked) -> Codes:
        return told(asked(whole), lambda: [asked(one) for one in single()])

    system = whole.system
    for identity, role in whole.may_be_set_back:
        for label, asked in _exceptions(whole, identity, role):
            yield SetBackNorms(Setback.EXCEPTED, (identity,), role, told_of(asked), words=label)
        for by, asked in _displacements(whole, identity, role):
            yield SetBackNorms(Setback.DISPLACED, (identity,), role, told_of(asked), (by,))
    for role in range(len(system.situation.roles)):
        in_play = frozenset(one.norm.id for one in norms if one.role == role and one.norm.demands)
        if not in_play:
            continue
        clashes = _clashes(system, role, in_play, book)
        bound = {one.norm.id: one.bound for one in norms if one.role == role}
        yield from _told_clashes(clashes, role, told_of)
        for left in clashes.undecided:
            yield SetBackNorms(Setback.UNDECIDED, left.norms, role, _may_meet(left.norms, bound))


def excused(norms: Sequence[NormOverTime], setbacks: Sequence[SetBackNorms], system: NormSystem) -> list[NormOverTime]:
    """The norms with no breach where they yield, and none that is certain where nobody can tell whether they do."""
    suspended: dict[tuple[NormId, int], Codes] = {}
    for one in setbacks:
        if one.how is Setback.YIELDS:
            lower: Iterable[NormId] = one.norms
        elif one.how is Setback.UNDECIDED:
            edges = joining(system, one.norms)
            lower = [norm for norm in one.norms if any(norm in edge.yielding for edge in edges)]
        else:
            continue
        for norm in lower:
            before = suspended.get((norm, one.role))
            suspended[norm, one.role] = one.codes if before is None else _either(before, one.codes)
    return [_excused(one, suspended.get((one.norm.id, one.role))) for one in norms]


def _excused(one: NormOverTime, suspended: Codes | None) -> NormOverTime:
    if suspended is None:
        return one
    breached = one.breached.copy()
    yields = np.where(one.bound == Telling.NO, Telling.NO, suspended).astype(np.int8)
    breached[yields == Telling.YES] = Telling.NO
    open_ = (yields > Telling.YES) & (breached == Telling.YES)
    breached[open_] = yields[open_]
    return replace(one, breached=breached, yields=yields)


def _either(one: Codes, other: Codes) -> Codes:
    """Where one of two is told; what is not to be told of either is not, unless the other one is so."""
    sure = (one == Telling.YES) | (other == Telling.YES)
    return np.where(sure, Telling.YES, np.maximum(one, other)).astype(np.int8)


# ---- exceptions, and norms in place of others


def _exceptions(whole: RecordedBinding, identity: NormId, role: int) -> Iterator[tuple[str, Asked]]:
    for number, exception in enumerate(whole.system.norms[identity].exceptions):
        if whole.excepted(identity, role, number).yes.any():
            words = " ".join(exception.span.text.split()) if exception.span is not None else ""
            yield exception.label or words, partial(_is_excepted, identity, role, number)


def _displacements(whole: RecordedBinding, identity: NormId, role: int) -> Iterator[tuple[NormId, Asked]]:
    for by, bearer in whole.displacing(identity, role):
        if whole.displaced(identity, role, by, bearer).yes.any():
            yield by, partial(_is_displaced, identity, role, by, bearer)


def _is_excepted(identity: NormId, role: int, number: int, binding: RecordedBinding) -> Known:
    return binding.excepted(identity, role, number)


def _is_displaced(identity: NormId, role: int, by: NormId, bearer: int, binding: RecordedBinding) -> Known:
    return binding.displaced(identity, role, by, bearer)


# ---- clashes


def _clashes(system: NormSystem, role: int, norms: frozenset[NormId], book: ClashBook) -> NormClashes:
    if (role, norms) not in book:
        try:
            with broken_off():
                book[role, norms] = _all_clashes(system, role, norms)
        except RunStopped as why:
            return NormClashes((), (), (Undecided(TOGETHER, str(why), tuple(sorted(norms)), RuleId.CONFLICT),))
    return book[role, norms]


def _all_clashes(system: NormSystem, role: int, norms: frozenset[NormId]) -> NormClashes:
    about = ground(system, role)
    found, undecided = find_clashes(replace(about, norms=tuple(n for n in about.norms if n.norm.id in norms)))
    settled = (
        one
        for advised in (False, True)
        for one in settlements(system, found, role, advised)
        if has_advice(system, one.clash) is advised
    )
    return NormClashes(found, tuple(settled), undecided)


def _told_clashes(clashes: NormClashes, role: int, told_of: Callable[[Asked], Codes]) -> Iterator[SetBackNorms]:
    for one in clashes.settled:
        codes = told_of(_where(one.where, one.clash))
        by = tuple(sorted(one.prevailing))
        yield SetBackNorms(Setback.YIELDS, tuple(sorted(one.yielding)), role, codes, by, one.edge.words)
    for clash in clashes.found:
        settled = disjunction(*(one.where for one in clashes.settled if one.clash is clash))
        beside = conjunction(minimal_extent(clash, clashes.found), negation(settled))
        yield SetBackNorms(Setback.CLASHES, clash.takes_part, role, told_of(_where(beside, clash)))


def _where(formula: Formula, clash: ConflictSet) -> Asked:
    """Where norms clash; where that is not known exactly, it is only known where they do."""
    expression = as_recorded(formula)

    def asked(one: RecordedBinding) -> Known:
        found = one.view(0).truth(expression)
        return found if clash.exact else Known(found.yes, np.zeros(len(found.yes), bool))

    return asked


def as_recorded(formula: Expr) -> Expr:
    """The same of what was recorded: that an act is done is a flag in formulas, and a deed in records."""
    known: dict[Expr, Expr] = {}  # a part that stands at many places is looked at once

    def walk(part: Expr) -> Expr:
        if part not in known:
            known[part] = changed(part)
        return known[part]

    def changed(part: Expr) -> Expr:
        match part:
            case Flag(Performed(instance)):
                return Does(instance.act, instance.role)
            case Not(operand):
                return Not(walk(operand))
            case And(parts):
                return And(tuple(map(walk, parts)))
            case Or(parts):
                return Or(tuple(map(walk, parts)))
            case _:
                return part

    return walk(formula)


def _may_meet(norms: Sequence[NormId], bound: Mapping[NormId, Codes]) -> Codes:
    """Where two of the norms may bind: any of them may clash, and not only all together."""
    binding = np.sum([bound[norm] != Telling.NO for norm in norms], axis=0)
    return np.where(binding >= min(len(norms), 2), Telling.UNTOLD, Telling.NO).astype(np.int8)
