"""One episode in full: what is so and what is done in it; and what its variables are for another role."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from cbm.core.norms import NormSystem
from cbm.core.variables import (
    ActInstance,
    Attribute,
    ClockOffset,
    MessagePart,
    Reading,
    ResultValue,
    ValueAt,
    Variable,
    WeekNumber,
)
from cbm.records import Record

Value = bool | str | Fraction
# Variables as other roles have them: asked of the same few for each episode. They are told apart by identity, since two
# texts may have equal variables whose kinds differ.
_TURNED: dict[tuple[int, int], tuple[Variable, Variable]] = {}
_TURNED_AT_MOST = 10_000


class Doing(Record, cache_hash=True):
    """One time that a role does an act: what its message states, and when, in seconds of the episode.

    Of a message through a channel, `at` is when it arrives and `sent` when it is sent. `turn` is where it comes among
    doings of the same time that wait for one another.
    """

    act: str
    role: int
    states: frozenset[MessagePart] = frozenset()
    at: Fraction = Fraction(0)
    through: str | None = None
    sent: Fraction = Fraction(0)
    language: str | None = None
    turn: Fraction = Fraction(0)


class CompleteEpisode(Record):
    """One episode in full: the value of every attribute and result, roles absolute, and all that is done in it.

    The reading of every open term is given with it, for each role where parties may read it differently.
    """

    values: Mapping[Variable, Value]
    doings: frozenset[Doing] = frozenset()


def as_role(variable: Variable, role: int) -> Variable:
    """What an attribute, a reading, or a result is for another role; what the roles share stays."""
    known = _TURNED.get((id(variable), role))
    if known is not None and known[0] is variable:
        return known[1]
    if len(_TURNED) >= _TURNED_AT_MOST:
        _TURNED.clear()
    turned = _turned(variable, role)
    _TURNED[id(variable), role] = variable, turned
    return turned


def _turned(variable: Variable, role: int) -> Variable:
    """The same of another role; what belongs to no role stays what it is."""
    match variable:
        case Attribute(name, int(), sort):
            return Attribute(name, role, sort)
        case ResultValue(name, int(), sort):
            return ResultValue(name, role, sort)
        case Reading(term, document, int(), sort):
            return Reading(term, document, role, sort)
        case ValueAt(attribute, int(), at, sort):
            return ValueAt(attribute, role, at, sort)
        case WeekNumber(ActInstance(act)):
            return WeekNumber(ActInstance(act, role))
        case ClockOffset(ActInstance(act), number, zone):
            return ClockOffset(ActInstance(act, role), number, zone)
        case _:
            return variable


def all_roles(system: NormSystem) -> range:
    return range(len(system.situation.roles))
