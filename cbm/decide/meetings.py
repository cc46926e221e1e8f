"""Which of many conditions hold together in some situation, each answer with such a situation.

Three tiers, each for what the one before leaves open: an index tells conditions that cannot meet by single variables;
situations put together from allowed values and tried out settle most of the rest; the solver gets what is left, and
each of its answers is applied to everything that is still open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cbm.decide.compiled import Holds, compiled
from cbm.decide.implicant import Point
from cbm.semantics.core import TRUE, Expr, Variable
from cbm.semantics.substitute import Value, parts_of, variables
from cbm.smt.index import Box, Index, admits, bits, box_of, meet, some_value
from cbm.smt.solve import Sat, Solver, Unknown

# So many situations known to be possible are tried out as a starting point for a new one.
TRIED = 4


@dataclass(frozen=True, slots=True)
class Group:
    """Any choice of one condition, by number, from each side, together with `where`; sides are written as bits."""

    sides: tuple[int, ...]
    where: Expr = TRUE


@dataclass(slots=True)
class Tally:
    """How the candidates were settled; `asked` counts questions to the solver."""

    candidates: int = 0
    by_index: int = 0
    by_witness: int = 0
    asked: int = 0

    def add(self, other: Tally) -> None:
        self.candidates += other.candidates
        self.by_index += other.by_index
        self.by_witness += other.by_witness
        self.asked += other.asked


@dataclass(frozen=True, slots=True)
class Meeting:
    """Conditions, by number, that hold together in the situation."""

    members: tuple[int, ...]
    where: Expr
    situation: Point


@dataclass(frozen=True, slots=True)
class _Candidate:
    members: tuple[int, ...]
    where: Expr


@dataclass(slots=True)
class Meetings:
    """The search; `meetings` are those found, `undecided` what the solver gave up, with its reason."""

    roles: tuple[str, ...]
    situations: tuple[Expr, ...]  # what every situation meets
    conditions: Sequence[Expr]
    tally: Tally = field(default_factory=Tally)
    meetings: list[Meeting] = field(default_factory=list)
    undecided: list[tuple[tuple[int, ...], str]] = field(default_factory=list)

    def find(self, groups: Iterable[Group]) -> None:
        """Settles every choice from the groups, which must not overlap."""
        boxes = [box_of(condition) for condition in self.conditions]
        open_ = list(self._by_index(groups, boxes))
        if open_:
            wheres = {id(candidate.where): candidate.where for candidate in open_}
            ground = _Ground(self.roles, self.situations, self.conditions, wheres.values())
            self._by_witness(open_, boxes, ground)
            self.tally.asked += ground.solver.asked

    def _by_index(self, groups: Iterable[Group], boxes: list[Box | None]) -> Iterator[_Candidate]:
        index = Index(boxes)
        near: dict[int, int] = {}

        def choices(chosen: tuple[int, ...], sides: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
            if not sides:
                yield chosen
                return
            for number in bits(sides[0]):
                if number not in near:
                    near[number] = index.meeting(boxes[number])
                if near[number] >> number & 1:
                    yield from choices((*chosen, number), tuple(side & near[number] for side in sides[1:]))

        for group in groups:
            count, left = 1, 0
            for side in group.sides:
                count *= side.bit_count()
            for members in choices((), group.sides):
                left += 1
                yield _Candidate(tuple(sorted(members)), group.where)
            self.tally.candidates += count
            self.tally.by_index += count - left

    def _by_witness(self, open_: list[_Candidate], boxes: list[Box | None], ground: _Ground) -> None:
        start = ground.solver.ask()
        if not isinstance(start, Sat):
            if isinstance(start, Unknown):
                self.undecided += [(candidate.members, start.reason) for candidate in open_]
            return
        ground.known.append(start.values(ground.mentioned))
        left = []
        where: dict[int, tuple[Box | None, Holds]] = {}
        for candidate in open_:
            key = id(candidate.where)
            if key not in where:
                where[key] = (box_of(candidate.where), compiled(candidate.where))
            around, holds = where[key]
            box: Box | None = around
            for member in candidate.members:
                box = meet(box, boxes[member])
            if box is None:
                self.tally.by_index += 1
                continue
            situation = ground.situation(box, candidate.members, holds)
            if situation is None:
                left.append(candidate)
            else:
                self.tally.by_witness += 1
                self.meetings.append(Meeting(candidate.members, candidate.where, situation))
        self._by_solver(left, ground, {key: holds for key, (_, holds) in where.items()})

    def _by_solver(self, open_: list[_Candidate], ground: _Ground, where: dict[int, Holds]) -> None:
        while open_:
            first, *rest = open_
            answer = ground.solver.ask(*dict.fromkeys(self._literals(first)))
            open_ = rest
            if isinstance(answer, Unknown):
                self.undecided.append((first.members, answer.reason))
            elif isinstance(answer, Sat):
                point = answer.values(ground.mentioned)
                ground.known.append(point)
                holding = ground.holding(point)
                open_ = []
                for candidate in (first, *rest):
                    if holding.issuperset(candidate.members) and where[id(candidate.where)](point):
                        self.meetings.append(Meeting(candidate.members, candidate.where, point))
                    else:
                        open_.append(candidate)
            else:
                core = set(answer.core)
                open_ = [candidate for candidate in rest if not core <= set(self._literals(candidate))]

    def _literals(self, candidate: _Candidate) -> Iterator[Expr]:
        for member in candidate.members:
            yield from parts_of(self.conditions[member])
        yield from parts_of(candidate.where)


class _Ground:
    """What is known of situations: some that are possible, and how to check others."""

    def __init__(
        self,
        roles: tuple[str, ...],
        situations: tuple[Expr, ...],
        conditions: Sequence[Expr],
        wheres: Iterable[Expr],
    ) -> None:
        self.solver = Solver(roles, situations)
        self.mentioned = list(dict.fromkeys(v for f in (*situations, *conditions, *wheres) for v in variables(f)))
        self.known: list[dict[Variable, Value]] = []
        self._conditions = conditions
        self._tests: dict[int, Holds] = {}
        self._about: dict[Variable, list[Holds]] = {}
        for formula in situations:
            test = compiled(formula)
            for variable in dict.fromkeys(variables(formula)):
                self._about.setdefault(variable, []).append(test)

    def situation(self, box: Box, members: Iterable[int], where: Holds) -> Point | None:
        """A situation in the box in which the conditions hold, close to one that is known; None if none was hit."""
        for base in reversed(self.known[-TRIED:]):
            changed: dict[Variable, Value] = {}
            for variable, domain in box.items():
                if not admits(variable, domain, base[variable]):
                    value = some_value(variable, domain)
                    if value is None:
                        return None
                    changed[variable] = value
            point = {**base, **changed} if changed else base
            touched = (test for variable in changed for test in self._about.get(variable, ()))
            if all(test(point) for test in touched) and self._all_hold(members, point) and where(point):
                return point
        return None

    def holding(self, point: Point) -> set[int]:
        """The conditions that hold at a point."""
        return {number for number in range(len(self._conditions)) if self._test(number)(point)}

    def _all_hold(self, members: Iterable[int], point: Point) -> bool:
        return all(self._test(member)(point) for member in members)

    def _test(self, number: int) -> Holds:
        if number not in self._tests:
            self._tests[number] = compiled(self._conditions[number])
        return self._tests[number]
