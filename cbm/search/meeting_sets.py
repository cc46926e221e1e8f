"""Conditions to sets that can hold together: as few as hold each condition, and such as hold each pair that meets.

That so few sets do not suffice is found as a colouring: conditions get one of so many sets, and no set holds conditions
that were seen to exclude each other. Where a set of such an assignment cannot hold together, a smallest part of it that
cannot is learnt, and another assignment is looked for; so either one is found that holds, or there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from cbm.core.expressions import Formula, IsIn, disjunction, negation
from cbm.core.sorts import KindSort
from cbm.core.substitution import variables
from cbm.core.variables import Attribute, Variable
from cbm.search.implicants import true_at
from cbm.smt.solve import Sat, Solver, Unknown, Unsat, apart
from cbm.translation.saying import mark

# So many assignments to sets are tried for each number of sets, and so many steps are spent on finding one.
ROUNDS, STEPS = 300, 4_000_000
_AFTER_ALL_ROUNDS = mark("the search for fewer was given up after 300 assignments")

Members = frozenset[int]


@dataclass(slots=True)
class MeetingSearch:
    """Which of these conditions can hold together; sets that do are kept, and smallest ones that do not."""

    solver: Solver
    conditions: Sequence[Formula]
    undecided: dict[Members, str] = field(default_factory=dict)
    excluded: list[Members] = field(default_factory=list)
    _met: list[Members] = field(default_factory=list)
    _variables: tuple[Variable, ...] = ()

    def __post_init__(self) -> None:
        self._variables = tuple(dict.fromkeys(v for condition in self.conditions for v in variables(condition)))

    def can(self, wanted: Members) -> bool | Unknown:
        """Whether some situation meets all of these conditions."""
        if any(wanted <= met for met in self._met):
            return True
        if any(apart <= wanted for apart in self.excluded):
            return False
        if wanted in self.undecided:
            return Unknown(self.undecided[wanted])
        answer = self.solver.ask(*self._formulas(wanted))
        if isinstance(answer, Unknown):
            self.undecided[wanted] = answer.reason
            return answer
        if isinstance(answer, Sat):
            point = answer.values(self._variables)
            met = frozenset(i for i, condition in enumerate(self.conditions) if true_at(condition, point)) | wanted
            self._met = [one for one in self._met if not one <= met] + [met]
            return True
        self.excluded.append(self._smallest(answer, wanted))
        return False

    def grown(self, members: Members, others: Iterable[int]) -> Members:
        """The set with as many of the others as can be added to it one by one."""
        for one in others:
            if self.can(members | {one}) is True:
                members |= {one}
        return members

    def pairs(self) -> Iterator[tuple[Members, bool | Unknown]]:
        """Each pair, with whether it can hold together."""
        for pair in combinations(range(len(self.conditions)), 2):
            yield frozenset(pair), self.can(frozenset(pair))

    def _formulas(self, members: Members) -> list[Formula]:
        return [self.conditions[i] for i in sorted(members)]

    def _smallest(self, answer: Unsat, wanted: Members) -> Members:
        """A part of what cannot hold together of which each proper part can, as far as that is known."""
        left = [i for i in sorted(wanted) if self.conditions[i] in answer.core]
        for one in tuple(left):
            rest = [i for i in left if i != one]
            if isinstance(self.solver.ask(*self._formulas(frozenset(rest))), Unsat):
                left = rest
        return frozenset(left)


@dataclass(frozen=True, slots=True)
class Cover:
    """Sets that hold all that can be held; `doubt`: why nobody knows that there are no fewer of them, if that is so."""

    sets: tuple[Members, ...]
    doubt: str = ""


def fewest(meetings: MeetingSearch) -> Cover:
    """As few sets as hold each condition once at least; each of the conditions can hold by itself."""
    everything = range(len(meetings.conditions))
    apart_from: dict[int, set[int]] = {one: set() for one in everything}
    for pair, can in meetings.pairs():
        if can is False:
            one, other = sorted(pair)
            apart_from[one].add(other)
            apart_from[other].add(one)
    hardest = sorted(everything, key=lambda one: -len(apart_from[one]))
    known = _one_by_one(meetings, hardest)
    rivals = max((_rivals(first, hardest, apart_from) for first in everything), key=len, default=[])
    for count in range(max(len(rivals), 1), len(known)):
        found = _assigned(meetings, rivals, count)
        if isinstance(found, Unknown):
            return Cover(known, found.reason)
        if found is not None:
            return Cover(found)
    return Cover(known)


def _one_by_one(meetings: MeetingSearch, hardest: Sequence[int]) -> tuple[Members, ...]:
    """Sets made one after the other, each as large as it becomes; what meets least begins."""
    sets: list[Members] = []
    left = list(hardest)
    while left:
        found = meetings.grown(frozenset(left[:1]), left[1:])
        sets.append(found)
        left = [one for one in left if one not in found]
    return tuple(sets)


def _rivals(first: int, hardest: Sequence[int], apart_from: dict[int, set[int]]) -> list[int]:
    """Conditions of which no two can hold together: each needs a set of its own."""
    found = [first]
    for one in hardest:
        if all(one in apart_from[other] for other in found):
            found.append(one)
    return found


def _assigned(meetings: MeetingSearch, rivals: Sequence[int], count: int) -> tuple[Members, ...] | Unknown | None:
    """So many sets that hold each condition; None: there are none."""
    names = tuple(f"set {number}" for number in range(count))
    sort = KindSort("set", names)
    place = [Attribute(f"place of {one}", None, sort) for one, _ in enumerate(meetings.conditions)]

    def not_all(members: Members) -> list[Formula]:
        return [disjunction(*(negation(IsIn(place[one], (name,))) for one in sorted(members))) for name in names]

    with apart():
        solver = Solver((), (IsIn(place[one], (name,)) for one, name in zip(rivals, names, strict=False)), STEPS)
        learnt = 0
        for _ in range(ROUNDS):
            for members in meetings.excluded[learnt:]:
                solver.require(*not_all(members))
            learnt = len(meetings.excluded)
            answer = solver.ask()
            if isinstance(answer, Unsat):
                return None
            if isinstance(answer, Unknown):
                return Unknown(mark("the search for fewer was given up"))
            told = answer.values(place)
            sets = [frozenset(one for one, at in enumerate(place) if told[at] == name) for name in names]
            held = [meetings.can(one) for one in sets]
            if all(can is True for can in held):
                return tuple(one for one in sets if one)
            if not any(can is False for can in held):
                return Unknown(mark("nobody knows whether some of them can hold together"))
    return Unknown(_AFTER_ALL_ROUNDS)


def pairwise(meetings: MeetingSearch) -> tuple[Members, ...]:
    """Sets that hold each pair of conditions that can hold together, made one after the other: not the fewest.

    What meets no other one is in a set by itself.
    """
    left = {pair for pair, can in meetings.pairs() if can is True}
    met = {one for pair in left for one in pair}
    sets: list[Members] = []
    while left:
        found: Members = min(left, key=sorted)
        while (best := _best(meetings, found, left)) is not None:
            found |= {best}
        sets.append(found)
        left = {pair for pair in left if not pair <= found}
    alone = (frozenset({one}) for one, _ in enumerate(meetings.conditions) if one not in met)
    return (*sets, *alone)


def _best(meetings: MeetingSearch, found: Members, left: set[Members]) -> int | None:
    """What can be added to the set and adds most pairs that no set holds."""
    gains: dict[int, int] = {}
    for pair in left:
        for one in pair - found:
            if pair - {one} <= found:
                gains[one] = gains.get(one, 0) + 1
    wanted = sorted(gains, key=lambda one: (-gains[one], one))
    return next((one for one in wanted if meetings.can(found | {one}) is True), None)
