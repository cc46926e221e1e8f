"""Moments of a record as far as they are known: which values a variable may have, and whether an act is done.

All is told of many moments at once. Numbers are whole thousandths of their base unit, so that comparing is exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cbm.core.sorts import FlagSort, KindSort, NumberSort
from cbm.core.variables import Variable
from cbm.records import Record

Mask = NDArray[np.bool_]
Whole = NDArray[np.int64]
# A number of which nothing is known lies between these, in thousandths.
UNBOUNDED = 10**12


class Known(Record):
    """At which moments something is so, and at which it is not; at all others nobody can tell."""

    yes: Mask
    no: Mask

    def __invert__(self) -> Known:
        return Known(self.no, self.yes)

    def __and__(self, other: Known) -> Known:
        return Known(self.yes & other.yes, self.no | other.no)

    def __or__(self, other: Known) -> Known:
        return Known(self.yes | other.yes, self.no & other.no)

    @property
    def open(self) -> Mask:
        return ~(self.yes | self.no)

    @property
    def is_nowhere(self) -> bool:
        return bool(self.no.all())

    def at(self, index: int) -> bool | None:
        """Whether it is so at the moment; None: nobody can tell."""
        return True if self.yes[index] else False if self.no[index] else None


class RecordedDoing(Record):
    """One time that a role does an act, from `at` until `until`, in ms from the beginning of the record.

    What it `states`, and `through` what, is None where the record does not tell.
    """

    act: str
    role: int
    at: int
    until: int
    states: frozenset[str] | None = None
    through: str | None = None


@dataclass(slots=True)
class PartialEpisode:
    """So many moments, at these times in ms from the beginning of the record, and what is known at each.

    A flag is `Known`; a kind is the moments at which each member is possible; a number lies between two. What is not
    in `values` is not known at all. Of an act in `witnessed` it is known at these moments whether it is being done.
    `so_far` are the least values that numbers have had until then, where that is what they are about. What is `missed`
    cannot be done any more after the last moment.
    """

    times: Whole
    values: dict[Variable, Known | Mapping[str, Mask] | tuple[Whole, Whole]] = field(default_factory=dict)
    so_far: dict[Variable, tuple[Whole, Whole]] = field(default_factory=dict)
    doings: list[RecordedDoing] = field(default_factory=list)
    witnessed: dict[tuple[str, int], Mask] = field(default_factory=dict)
    missed: set[tuple[str, int]] = field(default_factory=set)
    always: Mask = field(init=False, repr=False)
    never: Mask = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.always, self.never = np.ones(len(self.times), bool), np.zeros(len(self.times), bool)
        for shared in (self.always, self.never):
            shared.flags.writeable = False

    def __len__(self) -> int:
        return len(self.times)

    def copy(self) -> PartialEpisode:
        """The same, of which more can be told."""
        more = dict(self.witnessed), set(self.missed)
        return PartialEpisode(self.times, dict(self.values), dict(self.so_far), list(self.doings), *more)

    def everywhere(self, value: bool | None) -> Known:
        """The same at all moments; None: nobody can tell."""
        if value is None:
            return Known(self.never, self.never)
        return Known(self.always, self.never) if value else Known(self.never, self.always)

    def where(self, *, always: bool) -> Mask:
        """All moments, or none."""
        return self.always if always else self.never

    def flag(self, variable: Variable) -> Known:
        known = self.values.get(variable)
        return known if isinstance(known, Known) else self.everywhere(None)

    def members(self, variable: Variable) -> Mapping[str, Mask]:
        """At which moments each member is possible."""
        known = self.values.get(variable)
        if isinstance(known, Mapping):
            return known
        assert isinstance(variable.sort, KindSort)
        return dict.fromkeys(variable.sort.members, self.always)

    def bounds(self, variable: Variable) -> tuple[Whole, Whole]:
        known = self.values.get(variable)
        if isinstance(known, tuple):
            return known
        sort = variable.sort
        assert isinstance(sort, NumberSort)
        low = -UNBOUNDED if sort.low is None else int(sort.low * 1000)
        high = UNBOUNDED if sort.high is None else int(sort.high * 1000)
        return np.full(len(self), low), np.full(len(self), high)

    def is_known(self, variable: Variable) -> Mask:
        """At which moments it has one value."""
        match variable.sort:
            case FlagSort():
                return ~self.flag(variable).open
            case KindSort():
                masks = np.array(list(self.members(variable).values()))
                return np.asarray(masks.sum(0) == 1, bool)
            case _:
                low, high = self.bounds(variable)
                return np.asarray(low == high, bool)

    def set_flag(self, variable: Variable, value: bool) -> None:
        self.values[variable] = self.everywhere(value)

    def set_member(self, variable: Variable, *members: str) -> None:
        assert isinstance(variable.sort, KindSort)
        self.values[variable] = {m: self.where(always=m in members) for m in variable.sort.members}

    def set_number(self, variable: Variable, low: int, high: int) -> None:
        self.values[variable] = (np.full(len(self), low), np.full(len(self), high))
