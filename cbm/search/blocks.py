"""Demands on conduct taken apart: into blocks that share no conduct, so that each can be met by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from math import inf, prod

from cbm.core.expressions import And, Formula, Not, Or, disjunction, negation
from cbm.core.sorts import FlagSort, KindSort
from cbm.core.substitution import variables
from cbm.core.variables import Variable
from cbm.records import Record


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
    leader: dict[Variable | None, Variable | None] = {}

    def find(one: Variable | None) -> Variable | None:
        path = []
        while (above := leader.setdefault(one, one)) != one:
            path.append(one)
            one = above
        for below in path:
            leader[below] = one
        return one

    firsts: list[Variable | None] = []
    for some in touched:
        first, *others = some or (None,)
        firsts.append(first)
        head = find(first)
        for other in others:
            leader[find(other)] = head
    groups: dict[Variable | None, list[int]] = {}
    for place, first in enumerate(firsts):
        groups.setdefault(find(first), []).append(place)
    return list(groups.values())


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
