"""Sets of packages of a text under negotiation, as boxes: for some choices the options that may be taken.

A box maps choices, by number, to sets of options, as bits; a choice that it does not name may be taken in any way.
Everything here is exact, and a package is never listed: sets are cut into the groups of choices that hang together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import TypeAlias

from cbm.records import Record

Box: TypeAlias = Mapping[int, int]
MOST_BOXES = 2_000
Taking: TypeAlias = tuple[int, int]  # a choice and one of its options, both by number


class TooManyBoxes(Exception):
    """What hangs together falls into more boxes than can be looked at."""


class PackageSpace(Record):
    """How many options each choice has, and the boxes of packages that do not exist because ties exclude them."""

    sizes: tuple[int, ...]
    excluded: tuple[Box, ...] = ()

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
        """Whether every package lies in one of these boxes."""
        return not self.maximal_outside((*boxes, *self.excluded))

    def told(self, boxes: Iterable[Box]) -> tuple[Box, ...]:
        """As few and as large boxes as say which packages lie in these; what does not exist may be told."""
        large = list(self.union((*boxes, *self.excluded)))
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

    def count(self, boxes: Sequence[Box], choices: Sequence[int]) -> int:
        """How many ways there are to take these choices in the union of the boxes, which name no other choices."""
        if not boxes:
            return 0
        first, *rest = boxes
        inside = 1
        for choice in choices:
            inside *= first.get(choice, self.whole(choice)).bit_count()
        beyond = [part for box in rest for part in self._cut(box, first)]
        return inside + self.count(beyond, choices)

    def groups(self, boxes: Iterable[Box]) -> tuple[tuple[int, ...], ...]:
        """The choices that these boxes, or ties, name together: groups that have nothing to do with each other."""
        root = list(range(len(self.sizes)))

        def find(choice: int) -> int:
            while root[choice] != choice:
                root[choice] = root[root[choice]]
                choice = root[choice]
            return choice

        named: set[int] = set()
        for box in (*boxes, *self.excluded):
            first, *rest = box
            named.update(box)
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
                if any(not box.get(c, self.whole(c)) >> o & 1 for c, o in known.items()):
                    longer[tuple(sorted(known.items()))] = known
                    continue
                for choice in box:
                    if choice in known:
                        continue
                    for option in range(self.sizes[choice]):
                        if not box[choice] >> option & 1:
                            one = {**known, choice: option}
                            longer[tuple(sorted(one.items()))] = one
            found = _smallest(list(longer.values()))
        for known in found:
            taken = {choice: 1 << option for choice, option in known.items()}
            if any(self.meets(box, taken) is not None for box in existing):
                yield tuple(sorted(known.items()))

    def _largest(self, boxes: list[dict[int, int]]) -> list[dict[int, int]]:
        """Without those that lie in another one."""
        ordered = sorted(boxes, key=len)
        kept: list[dict[int, int]] = []
        for box in ordered:
            if not any(self._inside(box, other) for other in kept):
                kept = [other for other in kept if not self._inside(other, box)]
                kept.append(box)
        return kept

    def _inside(self, inner: Box, outer: Box) -> bool:
        return all(inner.get(choice, self.whole(choice)) & ~options == 0 for choice, options in outer.items())

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


def _smallest(sets: list[dict[int, int]]) -> list[dict[int, int]]:
    """Without those that hold another one."""
    kept: list[dict[int, int]] = []
    for one in sorted(sets, key=len):
        if not any(other.items() <= one.items() for other in kept):
            kept.append(one)
    return kept
