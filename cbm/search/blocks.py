"""Demands on conduct taken apart: into blocks that share no conduct, so that each can be met by itself.

A block is narrowed where one way is kept of what may be met by the one doing or by another: so it falls into blocks
again. Who meets them all has met the whole. Where one of them cannot be met, the whole may be met in a way that was
left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf, prod
from typing import Generic, TypeVar

from cbm.core.expressions import And, Formula, Not, Or, disjunction, negation
from cbm.core.sorts import FlagSort, KindSort
from cbm.core.substitution import disjuncts, variables
from cbm.core.variables import ActInstance, Variable, instance_of
from cbm.records import Record

_T = TypeVar("_T")
# What a unit does by one act instance, or one result, is met together.
_Held = ActInstance | Variable


class ConductBlock(Record):
    """Formulas that hang together by the conduct they share, and that conduct, in the order in which it is mentioned;
    `of` says which they are pieces of.
    """

    parts: tuple[Formula, ...]
    conduct: tuple[Variable, ...]
    of: tuple[int, ...]

    @property
    def ways(self) -> float:
        """So many kinds of conduct there are at most: finitely many, unless it is about quantities."""
        options = (
            2 if isinstance(v.sort, FlagSort) else len(v.sort.members) if isinstance(v.sort, KindSort) else inf
            for v in self.conduct
        )
        return prod(options)

    def is_large(self, most: int) -> bool:
        """Whether it says so many things or more; it is asked in every round."""
        return sum(map(_count_nodes, self.parts)) >= most


def _count_nodes(formula: Formula) -> int:
    """Counted once for each formula."""
    if not isinstance(formula, Not | And | Or):
        return 1
    known: int | None = formula.kept("nodes")
    if known is None:
        known = 1 + sum(map(_count_nodes, (formula.operand,) if isinstance(formula, Not) else formula.parts))
        formula.keep("nodes", known)
    return known


def blocks_of(formulas: Sequence[Formula], conduct: Collection[Variable]) -> tuple[ConductBlock, ...]:
    """Blocks that together say what the formulas say, in order; what asks for no conduct is one of its own."""
    cut = [(piece, i) for i, formula in enumerate(formulas) for piece in _pieces(formula, conduct)]
    blocks = linked(_acting(piece, conduct) for piece, _ in cut)
    if len(blocks) <= 1:
        return (_block(formulas, range(len(formulas)), conduct),)
    return tuple(_block([cut[i][0] for i in places], [cut[i][1] for i in places], conduct) for places in blocks)


def linked(touched: Iterable[Collection[Variable]]) -> list[list[int]]:
    """Places that touch the same, directly or through others, each group in order; those that touch nothing are one."""
    together = _Together[Variable | None]()
    firsts: list[Variable | None] = []
    for some in touched:
        together.link(some)
        firsts.append(next(iter(some), None))
    groups: dict[Variable | None, list[int]] = {}
    for place, first in enumerate(firsts):
        groups.setdefault(together.first(first), []).append(place)
    return list(groups.values())


class _Together(Generic[_T]):
    """What hangs together, by the first of it."""

    def __init__(self) -> None:
        self._before: dict[_T, _T] = {}

    def first(self, one: _T) -> _T:
        path = []
        while (before := self._before.get(one, one)) != one:
            path.append(one)
            one = before
        for behind in path:
            self._before[behind] = one
        return one

    def link(self, several: Iterable[_T]) -> None:
        for one, other in pairwise(several):
            self._before[self.first(other)] = self.first(one)


def _block(parts: Sequence[Formula], of: Iterable[int], conduct: Collection[Variable]) -> ConductBlock:
    moving = dict.fromkeys(v for part in parts for v in variables(part) if v in conduct)
    return ConductBlock(tuple(parts), tuple(moving), tuple(of))


def _acting(formula: Formula, conduct: Collection[Variable]) -> frozenset[Variable]:
    return frozenset(v for v in variables(formula) if v in conduct)


def _pieces(formula: Formula, conduct: Collection[Variable]) -> Iterator[Formula]:
    """Formulas that hold together where this one does; conditions without conduct are repeated in each."""
    match formula:
        case And(parts):
            for part in parts:
                yield from _pieces(part, conduct)
        case Not(Or(parts)):
            for part in parts:
                yield from _pieces(negation(part), conduct)
        case Not(And(parts)):
            yield from _spread([negation(part) for part in parts], conduct) or (formula,)
        case Or(parts):
            yield from _spread(parts, conduct) or (formula,)
        case _:
            yield formula


def _spread(parts: Iterable[Formula], conduct: Collection[Variable]) -> list[Formula]:
    """Alternatives of which one alone speaks of conduct: that one in pieces, each with the others; or nothing."""
    given = list(parts)
    acting = [part for part in given if _acting(part, conduct)]
    if len(acting) != 1:
        return []
    inside = list(_pieces(acting[0], conduct))
    if len(inside) == 1:
        return []
    others = [part for part in given if part is not acting[0]]
    return [disjunction(*others, piece) for piece in inside]


# ---- blocks narrowed


def narrowed(block: ConductBlock) -> tuple[ConductBlock, ...]:
    """Blocks that together say at least what this one says; none where it does not fall into several."""
    held = {variable: instance_of(variable) or variable for variable in block.conduct}
    if len(set(held.values())) < 2:
        return ()
    together = _Together[_Held]()
    touched = [dict.fromkeys(held[v] for v in variables(part) if v in held) for part in block.parts]
    parts: dict[int, Formula] = {}
    for place in sorted(range(len(touched)), key=lambda i: len(touched[i])):  # what speaks of little first
        parts[place] = _kept(block.parts[place], touched[place], held, together)
    found = blocks_of([parts[i] for i in range(len(parts))], block.conduct)
    return found if sum(bool(one.conduct) for one in found) > 1 else ()


def _kept(part: Formula, touched: Iterable[_Held], held: dict[Variable, _Held], together: _Together[_Held]) -> Formula:
    """The part, or those of its alternatives that link no more than one of them does; what is linked is noted."""
    groups = dict.fromkeys(map(together.first, touched))
    if len(groups) > 1:
        ways = disjuncts(part)
        linked = [frozenset(together.first(held[v]) for v in variables(way) if v in held) for way in ways]
        most = max((links for links in linked if len(links) < len(groups)), key=len, default=frozenset())
        if most:
            together.link(most)
            return disjunction(*(way for way, links in zip(ways, linked, strict=True) if links <= most))
    together.link(groups)
    return part
