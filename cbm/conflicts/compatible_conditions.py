"""Which of many conditions hold together in some situation, each answer with such a situation.

Three tiers, each for what the one before leaves open: an index tells conditions that cannot meet by single variables;
situations put together from allowed values and tried out settle most of the rest; the solver gets what is left, and
each of its answers is applied to everything that is still open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_

from cbm.core.expressions import TRUE, Formula, conjunction
from cbm.core.substitution import parts_of
from cbm.records import Record, Struct, field
from cbm.search.implicants import Point
from cbm.search.open_questions import TOO_MANY_SETS
from cbm.search.situations import Claim, Situations, claim
from cbm.smt.index import Box, Index, bits, box_at, box_of, is_box, meet
from cbm.smt.solve import Sat, Unknown

# So many choices of three conditions or more are looked at in one group; pairs are as many as there are.
CHOICES = 1_000


class Group(Record):
    """Any choice of one condition, by number, from each side, together with `where`; sides are written as bits."""

    sides: tuple[int, ...]
    where: Formula = TRUE


class Meeting(Record):
    """Conditions, by number, that hold together in the situation; `group` is the one they were chosen from."""

    group: int
    members: tuple[int, ...]
    situation: Point


class Meetings(Struct):
    """What was found, and what the solver gave up, with its reason."""

    found: list[Meeting] = field(default_factory=list)
    undecided: list[tuple[tuple[int, ...], Unknown]] = field(default_factory=list)


def find_meetings(situations: Situations, conditions: Sequence[Formula], groups: Sequence[Group]) -> Meetings:
    """Settles every choice from the groups, which must not overlap; every condition is known to the situations."""
    search = _MeetingSearch(situations, conditions, groups)
    open_ = list(search.by_witness(search.by_index()))
    if open_:
        with situations.solver.scope():
            search.by_solver(open_)
    return search.result


class _Candidate(Record):
    group: int
    members: tuple[int, ...]


class _MeetingSearch:
    def __init__(self, situations: Situations, conditions: Sequence[Formula], groups: Sequence[Group]) -> None:
        self.result = Meetings()
        self._situations = situations
        self._conditions, self._groups = conditions, groups
        self._boxes = [box_of(condition) for condition in conditions]
        self._index = Index(self._boxes)
        self._wheres = {id(group.where): group.where for group in groups}
        self._where_boxes = {key: box_of(where) for key, where in self._wheres.items()}
        self._rest: dict[int, Claim | None] = {}  # what a box does not say, by condition or by the id of a `where`
        self._many = True
        self._homes: dict[int, Point] = {}  # for a condition, a situation in which it holds

    def by_index(self) -> Iterator[_Candidate]:
        """The candidates that are not kept apart by the values of a single variable."""
        near: dict[int, int] = {}
        for position, group in enumerate(self._groups):
            for number, members in enumerate(self._choices((), group.sides, near)):
                if number == CHOICES and len(group.sides) > 2:
                    self.result.undecided.append((tuple(bits(reduce(or_, group.sides))), Unknown(TOO_MANY_SETS)))
                    break
                yield _Candidate(position, tuple(sorted(members)))

    def _choices(
        self, chosen: tuple[int, ...], sides: tuple[int, ...], near: dict[int, int]
    ) -> Iterator[tuple[int, ...]]:
        """What is chosen, with one condition from each side that can meet all others; `near` is what each can meet."""
        if not sides:
            yield chosen
            return
        for number in bits(sides[0]):
            if number not in near:
                near[number] = self._index.meeting(self._boxes[number])
            if near[number] >> number & 1:
                yield from self._choices((*chosen, number), tuple(side & near[number] for side in sides[1:]), near)

    def by_witness(self, open_: Iterable[_Candidate]) -> Iterator[_Candidate]:
        """Those of the candidates for which no situation could be put together."""
        for candidate in open_:
            first = self._situations.first
            if first is None:
                yield candidate
                continue
            where = self._groups[candidate.group].where
            box: Box | None = self._where_boxes[id(where)]
            for member in candidate.members:
                box = meet(box, self._boxes[member])
            if box is None:
                continue
            situation = self._put_together(candidate, where, box, first)
            if situation is None:
                yield candidate
            else:
                self.result.found.append(Meeting(candidate.group, candidate.members, situation))

    def by_solver(self, open_: list[_Candidate]) -> None:
        """Asks about the first that is open, and applies the answer to all others, until none is left."""
        solver = self._situations.solver
        self._many = len(open_) > 1
        while open_:
            first, *rest = open_
            answer = solver.ask(*dict.fromkeys(self._literals(first)))
            if isinstance(answer, Unknown):
                self.result.undecided.append((first.members, answer))
                open_ = rest
            elif isinstance(answer, Sat):
                open_ = list(self._without_shown(open_, answer.values(self._situations.mentioned)))
            else:
                core = set(answer.core)
                open_ = [candidate for candidate in rest if not core <= set(self._literals(candidate))]

    def _put_together(self, candidate: _Candidate, where: Formula, box: Box, first: Point) -> Point | None:
        """A situation close to a known one of one of the conditions, or close to the first."""
        rests = [self._rest_of(member, self._conditions[member]) for member in candidate.members]
        wanted = [rest for rest in (*rests, self._rest_of(id(where), where)) if rest is not None]
        homes = [self._homes[member] for member in candidate.members if member in self._homes]
        for base in (*homes, first):
            point = self._situations.near(base, box, wanted)
            if point is not None:
                self._homes.update(dict.fromkeys(candidate.members, point))
                return point
        return None

    def _without_shown(self, open_: list[_Candidate], point: Point) -> Iterator[_Candidate]:
        """Those that do not hold at the point; the others are found."""
        inside = self._index.meeting(box_at(point))
        holding = {
            i for i in bits(inside) if (rest := self._rest_of(i, self._conditions[i])) is None or rest.holds(point)
        }
        where = {key: claim(formula).holds(point) for key, formula in self._wheres.items()}
        for candidate in open_:
            if holding.issuperset(candidate.members) and where[id(self._groups[candidate.group].where)]:
                self.result.found.append(Meeting(candidate.group, candidate.members, point))
            else:
                yield candidate

    def _literals(self, candidate: _Candidate) -> Iterator[Formula]:
        """What is assumed: part by part where there are many candidates, so that a refusal says what it rests on."""
        for member in candidate.members:
            condition = self._conditions[member]
            yield from parts_of(condition) if self._many else (condition,)
        yield from parts_of(self._groups[candidate.group].where)

    def _rest_of(self, key: int, formula: Formula) -> Claim | None:
        """What the formula says beyond its box, None if nothing."""
        if key not in self._rest:
            rest = conjunction(*(part for part in parts_of(formula) if not is_box(part)))
            self._rest[key] = None if rest == TRUE else claim(rest)
        return self._rest[key]
