"""What formulas speak of: sorts, points in time, and variables, each a record that says what it stands for.

A variable is known by its record alone. Names for a solver are made of it in `smt/encode.py` and nowhere read back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, TypeAlias

from cbm.core.sorts import AHEAD, AROUND, FLAG, IN_WEEK, TIME, TURN, WEEKS, KindSort, Sort
from cbm.records import Record
from cbm.translation.saying import mark


class Origin(StrEnum):
    """Who brings a variable about."""

    SITUATION = "situation"  # found by the bearer
    READING = "reading"  # how a text is read: chosen before any situation, and the same in all of them
    RESULT = "result"  # brought about by the units, together (role None) or by one of them
    DOING = "doing"  # part of one act instance; exists only in ground formulas, and inside `Does` and `Each`

    @property
    def decided(self) -> bool:
        """Whether it is a matter of conduct."""
        return self in (Origin.RESULT, Origin.DOING)


# ---- records that are looked up again and again


class _Beside:
    """What was found out about a variable once: it stands beside the fields, and plays no part in equality."""

    __slots__ = ("_digest", "_turned")
    _digest: int
    _turned: dict[int, Variable]

    def turned(self) -> dict[int, Variable]:
        """What it is for other roles, as far as that was asked for.

        It is noted here, and not in a table of variables: those of two texts may be equal, and their kinds differ.
        """
        try:
            return self._turned
        except AttributeError:
            known: dict[int, Variable] = {}
            _keep_turned(self, known)
            return known


# A record cannot be written to; what stands beside it can.
_keep_digest, _keep_turned = vars(_Beside)["_digest"].__set__, vars(_Beside)["_turned"].__set__


class _Hashed(_Beside, Record, cache_hash=True):
    """Equal where all fields are; its hash is worked out once."""


class _OfSort(_Beside, Record, eq=False):
    """A variable with a sort of its own, which plays no part in equality; its hash is worked out once."""

    def __eq__(self, other: object) -> bool:
        kind = type(self)
        if kind is not type(other):
            return NotImplemented
        compared = _compared(kind)
        return bool(compared(self) == compared(other))

    def __ne__(self, other: object) -> bool:  # that of `Struct` asks all fields
        return not self == other

    def __hash__(self) -> int:
        try:
            return self._digest
        except AttributeError:
            kind = type(self)
            digest = hash((kind, _compared(kind)(self)))
            _keep_digest(self, digest)
            return digest


@cache
def _compared(kind: type[_OfSort]) -> Callable[[_OfSort], Any]:
    return attrgetter(*(name for name in kind.__struct_fields__ if name != "sort"))


# ---- what happens


class Occurrence(_Hashed):
    """A moment when it occurs; `number` 2 is its second time."""

    moment: str
    number: int = 1
    role: ClassVar[None] = None


class ActInstance(_Hashed):
    """One time that a role does an act.

    `number` tells apart the instances that an episode has room for, from 1. None: the only one, the act as a whole or,
    inside `Each`, the instance spoken of there.
    """

    act: str
    role: int
    number: int | None = None

    @property
    def performed(self) -> Performed:
        """That it is done."""
        return Performed(self)

    @property
    def at(self) -> TimeOf:
        """When."""
        return TimeOf(self)

    @property
    def place(self) -> WeekPlace:
        """When in its week."""
        return WeekPlace(self)

    @property
    def weeks(self) -> WeeksAway:
        """How many weeks its own one lies after that of the point in time that its place is told by."""
        return WeeksAway(self)

    @property
    def sent(self) -> SentAt:
        """When its message is sent."""
        return SentAt(self)

    def through(self, channels: Iterable[str]) -> ChannelOf:
        """The channel it is done through, among all that there are."""
        return ChannelOf(self, KindSort("channel of a message", (NO_CHANNEL, *channels)))

    def language(self, languages: Iterable[str]) -> LanguageOf:
        """The language that its message is worded in, among all that there are."""
        return LanguageOf(self, KindSort("language of a message", (NO_LANGUAGE, *languages)))

    def states(self, item: MessagePart) -> Stating:
        """That its message states the item, or is addressed to the party."""
        return Stating(self, item)


class Addressee(_Hashed):
    """The party that an act instance is addressed to, beside the items that its message states."""

    party: str

    def __str__(self) -> str:
        return f"to {self.party}"


MessagePart: TypeAlias = str | Addressee  # an item that a message states, or to whom it is addressed


class AtHand(_Hashed):
    """The act instance that a manner describes; only inside a manner."""

    role: ClassVar[None] = None


class OtherTimes(_Hashed):
    """Any time at which no moment occurs."""

    role: ClassVar[None] = None


Event = Occurrence | ActInstance | AtHand
NO_CHANNEL = mark("no channel")
NO_LANGUAGE = mark("no language")

# ---- variables: each has a role (None: shared by the units), a sort and an origin; only its identity is compared


class _OfEvent(_Hashed):
    """What is told of an event, by the unit that does it if it is an act instance."""

    event: Event

    @property
    def role(self) -> int | None:
        return self.event.role


class _OfDoing(_Hashed):
    """What is told of an act instance, or of the one that a manner describes."""

    instance: ActInstance | AtHand

    @property
    def role(self) -> int | None:
        return self.instance.role

    origin: ClassVar[Origin] = Origin.DOING


class _OfInstance(_Hashed):
    """What is told of an act instance."""

    instance: ActInstance

    @property
    def role(self) -> int:
        return self.instance.role

    origin: ClassVar[Origin] = Origin.DOING


class _OfMessage(_OfSort):
    """What is told of the message of an act instance, out of a list that its text gives."""

    instance: ActInstance
    sort: Sort

    @property
    def role(self) -> int:
        return self.instance.role

    origin: ClassVar[Origin] = Origin.DOING


class Attribute(_OfSort):
    """An attribute of the situation, or a counter, that a vocabulary declares."""

    name: str
    role: int | None
    sort: Sort
    origin: ClassVar[Origin] = Origin.SITUATION


class ValueAt(_OfSort):
    """The value that an attribute over time has at an event, or at all other times."""

    attribute: str
    role: int | None  # whose attribute it is
    at: Event | OtherTimes
    sort: Sort
    origin: ClassVar[Origin] = Origin.SITUATION


class Occurs(_Hashed):
    """Whether a moment occurs."""

    occurrence: Occurrence
    role: ClassVar[None] = None
    sort: ClassVar[Sort] = FLAG
    origin: ClassVar[Origin] = Origin.SITUATION


class TimeOf(_OfEvent):
    """When something happens; of no meaning where it does not. A message has arrived by then."""

    sort: ClassVar[Sort] = TIME

    @property
    def origin(self) -> Origin:
        return Origin.DOING if isinstance(self.event, ActInstance | AtHand) else Origin.SITUATION


class SentAt(_OfDoing):
    """When the message of an act instance is sent; what is done through no channel is done at once."""

    sort: ClassVar[Sort] = TIME


class WeekPlace(_OfEvent):
    """How long after Monday 00:00 UTC an event lies, in its week."""

    sort: ClassVar[Sort] = IN_WEEK

    @property
    def origin(self) -> Origin:
        return Origin.DOING if isinstance(self.event, ActInstance | AtHand) else Origin.SITUATION


class WeekNumber(_OfEvent):
    """The number of the week in which an event lies."""

    sort: ClassVar[Sort] = WEEKS
    origin: ClassVar[Origin] = Origin.SITUATION


class WeeksAway(_OfInstance):
    """How many weeks the week of an act instance lies after that of the point that its place is told by."""

    sort: ClassVar[Sort] = AROUND


class TurnOf(_OfDoing):
    """Where an act instance comes among those of the same time that wait for one another."""

    sort: ClassVar[Sort] = TURN


class ClockOffset(_OfEvent):
    """How far the clocks of a zone are ahead of UTC at one of the times that texts ask about around an event."""

    number: int
    zone: str
    sort: ClassVar[Sort] = AHEAD
    origin: ClassVar[Origin] = Origin.SITUATION


class Wait(_OfSort):
    """How long a message waits for one of the delays of a channel, as the situation has it."""

    channel: str
    number: int  # of the delay, from 0
    sort: Sort
    role: ClassVar[None] = None
    origin: ClassVar[Origin] = Origin.SITUATION


class Readers(_Hashed):
    """Several parties that read a term alike, for sentences: how they are called together."""

    words: str
    plural: bool


class Reading(_OfSort):
    """How an open term is read: by all (no role), by the unit in a role, or by a party for itself."""

    term: str
    document: str
    role: int | None
    sort: Sort
    party: str | Readers | None = None
    origin: ClassVar[Origin] = Origin.READING

    @property
    def reader(self) -> str:
        """The party that reads it so, or several in words; nothing where no party is named."""
        return self.party.words if isinstance(self.party, Readers) else self.party or ""


class ResultValue(_OfSort):
    """What the units bring about, together (role None) or each of them."""

    name: str
    role: int | None
    sort: Sort
    origin: ClassVar[Origin] = Origin.RESULT


class Performed(_OfInstance):
    """Whether an act instance is done."""

    sort: ClassVar[Sort] = FLAG


class Stating(_OfInstance):
    """Whether the message of an act instance states an item, or is addressed to a party."""

    item: MessagePart
    sort: ClassVar[Sort] = FLAG


class ChannelOf(_OfMessage):
    """The channel that an act instance is done through."""


class LanguageOf(_OfMessage):
    """The language in which the message of an act instance is worded."""


class Counterpart(_Hashed):
    """A variable of another situation, or of other conduct, that is asked about together with the one at hand.

    `of` tells apart several of them; it is a word of the code, never of an author.
    """

    variable: Variable
    of: str

    @property
    def role(self) -> int | None:
        return self.variable.role

    @property
    def sort(self) -> Sort:
        return self.variable.sort

    @property
    def origin(self) -> Origin:
        return self.variable.origin


class Purpose(StrEnum):
    """What a variable is for that stands for nothing in an episode."""

    SELECTED = "selected"  # a norm is among those asked about
    BESIDE = "beside"  # what was found is no part of what is asked about
    CHOSEN = "chosen"  # a content, or what is deemed, is among those asked about
    UNANSWERED = "unanswered"  # no conduct meets one block of demands
    TYPE = "type"  # the place of a type of situation on one axis
    MINUTES = "minutes"  # a length of time in whole minutes
    ASIDE = "aside"  # a norm is not asked for, since it clashes with one that is
    CUT = "cut"  # up to when two situations cannot be told apart
    COUNTS = "counts"  # a way out matters here
    IDLE = "idle"  # a way out has nothing to switch off
    YIELDS = "yields"  # a norm gives way to others
    CLASHES = "clashes"  # certain norms cannot be kept together
    IMPLIED = "implied"  # others ask for what a norm asks for
    SAYS_SO = "says_so"  # a norm, where it binds, asks for what is expected


class Auxiliary(_OfSort):
    """A variable of a search itself: the `key` tells apart those of one purpose."""

    purpose: Purpose
    key: int | Variable
    sort: Sort
    role: None = None
    origin: ClassVar[Origin] = Origin.SITUATION


Variable = (
    Attribute
    | ValueAt
    | Occurs
    | TimeOf
    | SentAt
    | WeekPlace
    | WeekNumber
    | WeeksAway
    | TurnOf
    | ClockOffset
    | Wait
    | Reading
    | ResultValue
    | Performed
    | Stating
    | ChannelOf
    | LanguageOf
    | Counterpart
    | Auxiliary
)

NOW = TimeOf(AtHand())  # inside a manner: when the act instance at hand is done
SENT = SentAt(AtHand())  # inside a manner: when its message is sent
Timed = TimeOf | SentAt  # a point in time


def time_of_act(act: str, role: int) -> TimeOf:
    """When the role does the act: inside `Each`, the instance it speaks of."""
    return TimeOf(ActInstance(act, role))


def time_of_moment(moment: str) -> TimeOf:
    """When the moment occurs for the first time."""
    return TimeOf(Occurrence(moment))


def moment_flag(moment: str) -> Occurs:
    """Whether the moment occurs at all."""
    return Occurs(Occurrence(moment))


def value_at(attribute: Attribute, at: Event | OtherTimes) -> ValueAt:
    """The value that an attribute over time has then."""
    return ValueAt(attribute.name, attribute.role, at, attribute.sort)


def instance_of(variable: Variable) -> ActInstance | None:
    """The act instance that a variable tells of, if it tells of one."""
    match variable:
        case (
            Performed(instance)
            | Stating(instance)
            | ChannelOf(instance)
            | LanguageOf(instance)
            | WeeksAway(instance)
            | TimeOf(ActInstance() as instance)
            | SentAt(ActInstance() as instance)
            | TurnOf(ActInstance() as instance)
            | WeekPlace(ActInstance() as instance)
        ):
            return instance
        case Counterpart(of_other):
            return instance_of(of_other)
        case _:
            return None


class Decision(Record):
    """What is decided as one: an act of a role with all that is said of doing it, or a result."""

    name: str
    role: int | None
    is_act: bool


def decision_of(variable: Variable) -> Decision:
    """The act or the result that a variable of conduct belongs to."""
    instance = instance_of(variable)
    if instance is not None:
        return Decision(instance.act, instance.role, is_act=True)
    while isinstance(variable, Counterpart):
        variable = variable.variable
    assert isinstance(variable, ResultValue), f"{variable} is no matter of conduct"
    return Decision(variable.name, variable.role, is_act=False)
