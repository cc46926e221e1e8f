"""Duties that hang together, told apart where they bind different kinds of units, so that no situation has them all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypeAlias

from cbm.core.expressions import Flag, Formula, IsIn, conjunction, negation
from cbm.core.sorts import KindSort
from cbm.core.variables import Attribute, Variable
from cbm.ground.grounder import GroundNorm
from cbm.records import Record
from cbm.smt.index import bits, box_of, values_of

# So few are asked about at once; more of them are told apart, unless they are of too many kinds or parts.
FEW, KINDS, PARTS = 12, 200, 64


# The kinds and flags that a duty binds, as bits.
_Kinds: TypeAlias = tuple[tuple[Variable, int], ...]


class DutyPart(Record):
    """Duties that may bind in one situation, and what is so where no other one of them does."""

    duties: tuple[GroundNorm, ...]
    apart: tuple[Formula, ...] = ()


def exclusive_parts(duties: Sequence[GroundNorm], changing: Collection[Variable]) -> list[DutyPart]:
    """Parts of which one has all duties that bind in whichever situation; all of them at once where they are few.

    `changing` are variables that may have several values in what is asked about, such as what happens: they tell no
    duties apart.
    """
    whole = [DutyPart(tuple(duties))]
    if len(duties) <= FEW:
        return whole
    alike: dict[_Kinds, list[GroundNorm]] = {}
    for duty in duties:
        alike.setdefault(_kinds(duty, changing), []).append(duty)
    kinds = list(alike)
    if len(kinds) > KINDS:
        return whole
    meeting = [
        sum(1 << other for other, there in enumerate(kinds) if other != place and _meet(here, there))
        for place, here in enumerate(kinds)
    ]
    parts: list[DutyPart] = []
    for members in _largest(meeting, 0, (1 << len(kinds)) - 1, 0):
        if len(parts) == PARTS:
            return whole
        chosen = {kinds[place] for place in bits(members)}
        binding = tuple(duty for duty in duties if _kinds(duty, changing) in chosen)
        parts.append(DutyPart(binding, tuple(negation(_said(known)) for known in kinds if known not in chosen)))
    return parts if max(len(part.duties) for part in parts) < len(duties) else whole


def _kinds(duty: GroundNorm, changing: Collection[Variable]) -> _Kinds:
    box = box_of(duty.binds) or {}
    steady = (v for v in box if isinstance(v, Attribute) and v not in changing)
    return tuple((v, domain) for v in steady if isinstance(domain := box[v], int))


def _meet(here: _Kinds, there: _Kinds) -> bool:
    others = dict(there)
    return all(domain & others.get(variable, domain) for variable, domain in here)


def _said(kinds: _Kinds) -> Formula:
    """That a situation is of these kinds."""
    return conjunction(*(_is_one_of(variable, domain) for variable, domain in kinds))


def _is_one_of(variable: Variable, domain: int) -> Formula:
    values = [values_of(variable)[bit] for bit in bits(domain)]
    if isinstance(variable.sort, KindSort):
        return IsIn(variable, tuple(map(str, values)))
    return Flag(variable) if values == [True] else negation(Flag(variable))


def _largest(meeting: Sequence[int], chosen: int, left: int, passed: int) -> Iterator[int]:
    """The largest sets of which each two meet, as bits (C. Bron and J. Kerbosch, Algorithm 457, 1973)."""
    if not left and not passed:
        yield chosen
        return
    pivot = max(bits(left | passed), key=lambda place: (meeting[place] & left).bit_count())
    for place in bits(left & ~meeting[pivot]):
        yield from _largest(meeting, chosen | 1 << place, left & meeting[place], passed & meeting[place])
        left &= ~(1 << place)
        passed |= 1 << place
