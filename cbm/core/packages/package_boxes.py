"""Sets of packages of a text under negotiation, as boxes: for some choices the options that may be taken.

A box maps choices, by number, to sets of options, as bits; a choice that it does not name may be taken in any way.
Everything here is exact, and a package is never listed: sets are cut into the groups of choices that hang together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from itertools import accumulate, product
from math import prod
from operator import or_
from typing import TypeAlias

from cbm.records import Record

Box: TypeAlias = Mapping[int, int]
MOST_BOXES = 2_000
_MOST_STEPS = 100_000  # to see whether any package is left
Taking: TypeAlias = tuple[int, int]  # a choice and one of its options, both by number


class TooManyBoxes(Exception):
    """What hangs together falls into more boxes than can be looked at."""


class PackageSpace(Record):
    """How many options each choice has, and the boxes of packages that do not exist because ties exclude them.

    A choice may stand inside of options of others; `nested` says of such a choice with which it stands. With others it
    is idle: whatever is taken of it, the package is the same.
    """

    sizes: tuple[int, ...]
    excluded: tuple[Box, ...] = ()
    nested: tuple[tuple[int, tuple[Box, ...]], ...] = ()
    meaningless: tuple[Box, ...] = ()  # of what is excluded, what ties leave

    def whole(self, choice: int) -> int:
        """All options of a choice."""
        return (1 << self.sizes[choice]) - 1

    def maximal_outside(self, boxes: Iterable[Box]) -> tuple[Box, ...]:
        """The maximal boxes that meet none of these; a choice that no box names is in none of them.

        A box lies outside another one if, and only if, for some choice it has none of the options of that one. So the
        maximal boxes come of taking such a choice for each box in turn, and dropping what lies in something larger.
        """
        found: list[dict[int, int]] = [{}]
        for box in boxes:
            longer: dict[tuple[Taking, ...], dict[int, int]] = {}
            for known in found:
                for choice, options in box.items():
                    left = known.get(choice, self.whole(choice)) & ~options
                    if left:
                        one = {**known, choice: left}
                        longer[tuple(sorted(one.items()))] = one
            found = self._largest(list(longer.values()))
            if len(found) > MOST_BOXES:
                raise TooManyBoxes
        return tuple(found)

    def union(self, boxes: Iterable[Box]) -> tuple[Box, ...]:
        """All maximal boxes that lie in the union of these."""
        return self.maximal_outside(self.maximal_outside(boxes))

    def minus(self, boxes: Iterable[Box], taken_away: Iterable[Box]) -> tuple[Box, ...]:
        """The maximal boxes that lie in the union of the first and meet none of the others."""
        return self.maximal_outside((*self.maximal_outside(boxes), *taken_away))

    def is_everything(self, boxes: Iterable[Box]) -> bool:
        """Whether every package lies in one of these boxes; TooManyBoxes where that takes too long to see."""
        barred = (*boxes, *self.excluded)
        waiting: list[tuple[int, dict[int, int]]] = [(0, {})]
        for _ in range(_MOST_STEPS):
            if not waiting:
                return True
            passed, known = waiting.pop()
            if passed == len(barred):
                return False
            box = barred[passed]
            left = [(c, known.get(c, self.whole(c)) & ~options) for c, options in box.items()]
            outside = any(not known.get(choice, options) & options for choice, options in box.items())
            ways = [known] if outside else [{**known, choice: rest} for choice, rest in left if rest]
            waiting += ((passed + 1, way) for way in reversed(ways))
        raise TooManyBoxes

    def told(self, boxes: Iterable[Box]) -> tuple[Box, ...]:
        """As few and as large boxes as say which packages lie in these; what ties exclude may be told."""
        inside = self.minus(boxes, self.meaningless) if self.meaningless else boxes
        large = list(self.union((*inside, *(box for box in self.excluded if box not in self.meaningless))))
        for box in reversed(large):
            others = [other for other in large if other is not box]
            if not self.minus((box,), (*self.excluded, *others)):
                large = others
        return tuple(large)

    def meets(self, one: Box, other: Box) -> Box | None:
        """What lies in both; None if nothing does."""
        both = dict(one)
        for choice, options in other.items():
            both[choice] = both.get(choice, self.whole(choice)) & options
            if not both[choice]:
                return None
        return both

    def in_all(self, sets: Iterable[Sequence[Box]]) -> Sequence[Box]:
        """What lies in each of several sets of packages, as boxes."""
        found: Sequence[Box] = ({},)
        for boxes in sets:
            pairs = (self.meets(one, other) for one in found for other in boxes)
            found = [both for both in pairs if both is not None]
            if len(found) > MOST_BOXES:
                raise TooManyBoxes
        return found

    def count(self, boxes: Sequence[Box], choices: Sequence[int]) -> int:
        """How many packages of these choices lie in the union of the boxes, which name no other choices.

        What differs in idle choices only is one package. So each way to take the choices counts for as large a part of
        a package as there are ways to take those that are idle.
        """
        nested = [(choice, stands) for choice, stands in self.nested if {choice, *_named(stands)} <= set(choices)]
        return int(self._count([*self._whatever_is_idle(boxes, nested)], choices, nested))

    def _whatever_is_idle(self, boxes: Iterable[Box], nested: Iterable[tuple[int, tuple[Box, ...]]]) -> Iterator[Box]:
        """The boxes, and all packages that differ from theirs in idle choices only."""
        found = [*boxes]
        for choice, stands in nested:
            for box in [one for one in found if choice in one]:
                free: list[Box] = [{other: options for other, options in box.items() if other != choice}]
                for place in stands:
                    free = [part for one in free for part in self._cut(one, place)]
                found += free
        yield from found

    def _count(
        self, boxes: Sequence[Box], choices: Sequence[int], nested: Sequence[tuple[int, tuple[Box, ...]]]
    ) -> Fraction:
        if not boxes:
            return Fraction(0)
        first, *rest = boxes
        beyond = [part for box in rest for part in self._cut(box, first)]
        return self._inside_one(first, choices, nested) + self._count(beyond, choices, nested)

    def _inside_one(self, box: Box, choices: Iterable[int], nested: Sequence[tuple[int, tuple[Box, ...]]]) -> Fraction:
        """How many packages lie in one box, where an idle choice counts for a part."""
        alone = set(choices)
        number = Fraction(1)
        for together in self._joined(range(len(self.sizes)), ({choice, *_named(stands)} for choice, stands in nested)):
            alone.difference_update(together)
            number *= self._where_nested(box, together, [(c, stands) for c, stands in nested if c in together])
        return number * prod(box.get(choice, self.whole(choice)).bit_count() for choice in alone)

    def _where_nested(
        self, box: Box, choices: Sequence[int], nested: Sequence[tuple[int, tuple[Box, ...]]]
    ) -> Fraction:
        outer = sorted({choice for _, stands in nested for choice in _named(stands)})
        number = Fraction(0)
        for options in product(*(members(box.get(choice, self.whole(choice))) for choice in outer)):
            taken = {choice: 1 << option for choice, option in zip(outer, options, strict=True)}
            idle = [c for c, stands in nested if not any(self.meets(taken, place) is not None for place in stands)]
            ways = prod(box.get(c, self.whole(c)).bit_count() for c in choices if c not in taken)
            number += Fraction(ways, prod(self.sizes[choice] for choice in idle))
        return number

    def groups(self, boxes: Iterable[Box]) -> tuple[tuple[int, ...], ...]:
        """The choices that these boxes, or ties, name together: groups that have nothing to do with each other."""
        return self._joined(range(len(self.sizes)), (*boxes, *self.excluded))

    @staticmethod
    def _joined(choices: Sequence[int], sets: Iterable[Iterable[int]]) -> tuple[tuple[int, ...], ...]:
        root = list(choices)

        def find(choice: int) -> int:
            while root[choice] != choice:
                root[choice] = root[root[choice]]
                choice = root[choice]
            return choice

        named: set[int] = set()
        for joined in sets:
            first, *rest = joined
            named.update((first, *rest))
            for other in rest:
                one, two = sorted((find(first), find(other)))
                root[two] = one
        together: dict[int, list[int]] = {}
        for choice in sorted(named):
            together.setdefault(find(choice), []).append(choice)
        return tuple(tuple(choices) for choices in together.values())

    def incompatible(self, clean: Sequence[Box], choices: Sequence[int]) -> Iterator[tuple[Taking, ...]]:
        """The minimal sets of options, at most one of each choice, that no clean box holds, though a package does.

        Such a set has, for each clean box, an option that the box lacks: a minimal transversal.
        """
        existing = self.maximal_outside(box for box in self.excluded if set(box) <= set(choices))
        found: list[dict[int, int]] = [{}]
        for box in clean:
            longer: dict[tuple[Taking, ...], dict[int, int]] = {}
            for known in found:
                ways = [known]
                if all(box.get(c, self.whole(c)) >> o & 1 for c, o in known.items()):
                    further = (choice for choice in box if choice not in known)
                    lacking = ((choice, o) for choice in further for o in members(self.whole(choice) & ~box[choice]))
                    ways = [{**known, choice: option} for choice, option in lacking]
                longer |= {tuple(sorted(one.items())): one for one in ways}
            found = _smallest(list(longer.values()))
        for known in found:
            taken = {choice: 1 << option for choice, option in known.items()}
            if any(self.meets(box, taken) is not None for box in existing):
                yield tuple(sorted(known.items()))

    def _largest(self, boxes: list[dict[int, int]]) -> list[dict[int, int]]:
        """Without those that lie in another one, with the fewest choices first.

        Each box is one number, in which an option that may be taken is a bit: no larger box has fewer of them.
        """
        starts = [0, *accumulate(self.sizes)]
        everything = (1 << starts[-1]) - 1
        allowed: dict[int, dict[int, int]] = {}  # in their order, and each set of packages once
        for box in sorted(boxes, key=len):
            barred = sum(self.whole(choice) - options << starts[choice] for choice, options in box.items())
            allowed.setdefault(everything - barred, box)
        kept: list[int] = []
        for one in sorted(allowed, key=int.bit_count, reverse=True):
            if all(one & ~larger for larger in kept):
                kept.append(one)
        largest = set(kept)
        return [box for one, box in allowed.items() if one in largest]

    def _cut(self, box: Box, away: Box) -> Iterator[Box]:
        """The part of a box outside another one, in boxes that do not meet."""
        inner = dict(box)
        for choice, options in away.items():
            own = inner.get(choice, self.whole(choice))
            if own & ~options:
                yield {**inner, choice: own & ~options}
            inner[choice] = own & options
            if not inner[choice]:
                return


def bits(options: Iterable[int]) -> int:
    """A set of options, by number."""
    return reduce(or_, (1 << option for option in options), 0)


def members(options: int) -> tuple[int, ...]:
    """The options in a set, by number."""
    return tuple(number for number in range(options.bit_length()) if options >> number & 1)


def _named(boxes: Iterable[Box]) -> set[int]:
    return {choice for box in boxes for choice in box}


def _smallest(sets: list[dict[int, int]]) -> list[dict[int, int]]:
    """Without those that hold another one."""
    kept: list[dict[int, int]] = []
    for one in sorted(sets, key=len):
        if not any(other.items() <= one.items() for other in kept):
            kept.append(one)
    return kept
