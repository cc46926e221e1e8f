"""Norms that can stand in for one another: where choices among them would multiply, they are looked at as one.

Of several norms that ask for the same and that precedence treats alike, any one may take part in a clash. With two for
each of k contents that is 2^k sets, and all that differs is when they bind. Such sets are found once, with what may
stand for what.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import product
from math import prod

from cbm.conflicts.compatible_conditions import Group
from cbm.core.expressions import Formula, conjunction, disjunction
from cbm.records import Record
from cbm.search.implicants import Point
from cbm.search.situations import Situations
from cbm.smt.index import bits
from cbm.smt.solve import Sat, Unknown, Unsat
from cbm.translation.saying import mark

Members = tuple[int, ...]  # positions of norms, in order

LOST = mark("a clash that was found was not found again")


class ExchangeKey(Record):
    """What else tells norms apart that ask for the same: those with the same `place` can stand in for one another.

    Where each norm has a `role`, sets of one role alone are not looked for.
    """

    place: Hashable = None
    role: int | None = None


class SetFamily(Record):
    """Sets that take one norm of each class, together with `where`."""

    classes: tuple[Members, ...]
    where: Formula

    def meets(self, conditions: Sequence[Formula], keys: Sequence[ExchangeKey]) -> Formula:
        """In which situations one of these sets binds."""
        some = (disjunction(*(conditions[i] for i in one)) for one in self.classes)
        return conjunction(*some, self.where, *self._several_roles(conditions, keys))

    def _several_roles(self, conditions: Sequence[Formula], keys: Sequence[ExchangeKey]) -> Iterator[Formula]:
        """That they can be chosen of several roles: of no role it holds that all that binds is of it."""
        roles = {keys[i].role for one in self.classes for i in one} - {None}
        for role in sorted(roles, key=str):
            others = [i for one in self.classes for i in one if keys[i].role != role]
            yield disjunction(*(conditions[i] for i in others))


def multiplied(group: Group, keys: Sequence[ExchangeKey]) -> Iterator[SetFamily | Group]:
    """The choices of a group that are looked at as one, and groups that hold all others, none twice.

    Pairs are told one by one, and so are sets that differ in the place of one norm only.
    """
    if len(group.sides) < 3:
        yield group
        return
    classes = [_classes(side, keys) for side in group.sides]
    if not any(len(one) > 1 for side in classes for one in side):
        yield group
        return
    for chosen in product(*classes):
        if sum(len(one) > 1 for one in chosen) > 1:
            yield SetFamily(chosen, group.where)
        else:
            yield Group(tuple(sum(1 << i for i in one) for one in chosen), group.where)


def combinations_of(group: Group, keys: Sequence[ExchangeKey]) -> int:
    """How many parts `multiplied` cuts the group into, at most."""
    return prod(len(_classes(side, keys)) for side in group.sides)


def first_choice(
    choice: SetFamily, situations: Situations, conditions: Sequence[Formula], keys: Sequence[ExchangeKey]
) -> tuple[Members, Point] | Unknown | None:
    """The first of these sets, in source order, that binds in some situation, and that situation; None: none does."""
    taken: Members = ()
    answer = situations.solver.decide(choice.meets(conditions, keys))
    for position, one in enumerate(choice.classes):
        if not isinstance(answer, Sat):
            return answer if isinstance(answer, Unknown) else None
        for i in one:
            so_far = tuple((chosen,) for chosen in (*taken, i))
            left = SetFamily((*so_far, *choice.classes[position + 1 :]), choice.where)
            answer = situations.solver.ask(left.meets(conditions, keys))
            if not isinstance(answer, Unsat):
                taken = (*taken, i)
                break
    return (taken, answer.values(situations.mentioned)) if isinstance(answer, Sat) else Unknown(LOST)


def _classes(side: int, keys: Sequence[ExchangeKey]) -> list[Members]:
    """The norms of a side, those together that can stand in for one another."""
    classes: dict[Hashable, list[int]] = {}
    for i in bits(side):
        classes.setdefault(keys[i].place, []).append(i)
    return [tuple(one) for one in classes.values()]
