"""A block of conduct narrowed: of what may be met by the one doing or by another, one way is kept.

So it falls into blocks that can be met one by one. Who meets them all has met the whole; where one of them cannot be
met, the whole may be met in a way that was left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from cbm.core.expressions import And, Formula, Not, Or, disjunction, negation
from cbm.core.substitution import variables
from cbm.core.variables import ActInstance, Variable, instance_of
from cbm.search.blocks import ConductBlock, blocks_of

# What a unit does by one act instance, or one result, is met together.
_Held = ActInstance | Variable


def narrowed(block: ConductBlock) -> tuple[ConductBlock, ...]:
    """Blocks that together say at least what this one says; none where it does not fall into several."""
    held = {variable: instance_of(variable) or variable for variable in block.conduct}
    if len(set(held.values())) < 2:
        return ()
    together = _Together()
    touched = [dict.fromkeys(held[v] for v in variables(part) if v in held) for part in block.parts]
    parts: dict[int, Formula] = {}
    for place in sorted(range(len(touched)), key=lambda i: len(touched[i])):  # what speaks of little first
        parts[place] = _kept(block.parts[place], touched[place], held, together)
    found = blocks_of([parts[i] for i in range(len(parts))], block.conduct)
    return found if sum(bool(one.conduct) for one in found) > 1 else ()


def _kept(part: Formula, touched: Iterable[_Held], held: dict[Variable, _Held], together: _Together) -> Formula:
    """The part, or those of its alternatives that link no more than one of them does; what is linked is noted."""
    groups = dict.fromkeys(map(together.first, touched))
    if len(groups) > 1:
        ways = list(_alternatives(part))
        linked = [frozenset(together.first(held[v]) for v in variables(way) if v in held) for way in ways]
        most = max((links for links in linked if len(links) < len(groups)), key=len, default=frozenset())
        if most:
            together.link(most)
            return disjunction(*(way for way, links in zip(ways, linked, strict=True) if links <= most))
    together.link(groups)
    return part


def _alternatives(formula: Formula) -> Iterator[Formula]:
    match formula:
        case Or(parts):
            for part in parts:
                yield from _alternatives(part)
        case Not(And(parts)):
            for part in parts:
                yield from _alternatives(negation(part))
        case _:
            yield formula


class _Together:
    """What is met together, by the first of it."""

    def __init__(self) -> None:
        self._before: dict[_Held, _Held] = {}

    def first(self, one: _Held) -> _Held:
        while (before := self._before.get(one, one)) != one:
            one = before
        return one

    def link(self, several: Iterable[_Held]) -> None:
        for one, other in pairwise(several):
            self._before[self.first(other)] = self.first(one)
