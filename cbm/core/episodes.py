"""What an episode is made of: situation, moments, counters, acts, results, channels, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import ClassVar, Generic, TypeAlias, TypeVar

from cbm.core.expressions import Expr, Part, Truth
from cbm.core.sorts import Dimension, KindSort, NumberSort, Sort
from cbm.core.variables import Addressee, Attribute, MessagePart, Occurrence, Occurs, Variable, Wait
from cbm.core.viewpoints import seen
from cbm.records import Placed, Record, field
from cbm.source import Span
from cbm.syntax.ast import MeetingInterval
from cbm.translation.saying import say
from cbm.translation.speech import spoken

Key = TypeVar("Key")


class Act(Placed):
    """What a unit can do; `once`: at most once in an encounter.

    Of each doing it is told what it states, and to which of the `recipients` that the texts name it is addressed.
    """

    name: str
    title: str
    topic: str | None
    states: tuple[str, ...]
    once: bool = False
    recipients: tuple[str, ...] = ()
    span: Span | None = None

    @property
    def told(self) -> tuple[MessagePart, ...]:
        """All that is told of a doing: what it states, and to whom."""
        return (*self.states, *map(Addressee, self.recipients))


class OpeningHours(Record):
    """A span of time, in seconds after a Monday 00:00; both ends belong to it."""

    start: Fraction
    end: Fraction


class Hours(Record):
    """When one end of a channel is open in each week, in order, as the clocks of its zone show it."""

    party: str
    zone: str
    shown: tuple[OpeningHours, ...]


class Delay(Record):
    """What a message waits for; `high` None: it may wait for ever. `next_meeting`: for the day on which it is held."""

    title: str
    low: Fraction
    high: Fraction | None
    next_meeting: bool = False


class Channel(Placed):
    """A line between parties, and what it is agreed and able to serve.

    `topics` are what it is agreed for (none: nothing). `holds`: what arrives out of hours waits for the next opening;
    otherwise it is refused. Without hours an end is always open.
    """

    name: str
    title: str
    parties: tuple[str, ...]
    level: str | None = None
    topics: tuple[str, ...] = ()
    agreed: date | None = None  # said of it by itself: it may be agreed and not be there
    operational: date | None = None
    until: date | None = None
    hours: tuple[Hours, ...] = ()
    holds: bool = True
    delays: tuple[Delay, ...] = ()
    interval: MeetingInterval | None = None  # it is a meeting, to be held once in so long
    held: tuple[date, ...] = ()
    suspended: tuple[tuple[date, date | None], ...] = ()  # from a day to another one, on which it works again
    languages: tuple[str, ...] = ()  # those of its messages; none named: any
    fallback: tuple[str, ...] = ()  # what stands in for it, the first one first
    consent: str | None = None  # what the other end does before anything is sent
    acknowledged: str | None = None  # what the other end does before a message counts
    span: Span | None = None

    def delay(self, number: int) -> Wait:
        """How long a message waits here, as the situation has it."""
        known = self.delays[number]
        return Wait(self.name, number, NumberSort(Dimension.DURATION, known.low, known.high))

    @property
    def waits(self) -> tuple[Wait, ...]:
        """All that a message waits for here, one after the other."""
        return tuple(map(self.delay, range(len(self.delays))))

    @property
    def next_meeting(self) -> Delay | None:
        """The wait for the day on which it is held; None of what is no meeting."""
        return next((delay for delay in self.delays if delay.next_meeting), None)

    @property
    def hangs_on(self) -> tuple[str, ...]:
        """What the other end has to do for a message, and may never do."""
        return tuple(act for act in (self.consent, self.acknowledged) if act is not None)

    @property
    def endless(self) -> tuple[Wait, ...]:
        """The delays that may last for ever."""
        return tuple(wait for wait, known in zip(self.waits, self.delays, strict=True) if known.high is None)

    @property
    def is_unsure(self) -> bool:
        """Whether a message may take longer in one situation than in another."""
        return any(delay.low != delay.high for delay in self.delays)

    def works(self, as_of: date | None) -> bool:
        """Whether it is operational on the date; without a date it is if it ever was."""
        if as_of is None:
            return self.operational is not None
        started = self.operational is not None and self.operational <= as_of
        ended = self.until is not None and self.until <= as_of
        return started and not ended and self.suspension(as_of) is None

    def suspension(self, as_of: date) -> tuple[date, date | None] | None:
        """From when to when it is suspended on the date, if it is."""
        return next(
            ((start, end) for start, end in self.suspended if start <= as_of and not (end and end <= as_of)), None
        )


class Result(Placed):
    name: str
    title: str
    topic: str | None
    each: bool
    sort: Sort
    span: Span | None = None


class Axiom(Placed):
    """A condition every situation (or, where it speaks of acts and results, every conduct) meets.

    Of a deeming clause, `document` names the text, `title` is the label, and `given` when it deems.
    What is `dated` counts only where this week is asked about; None: where none is. Of what an act takes at its time,
    `at_any_time` is the same whenever that is done.
    """

    title: str
    condition: Expr
    rotates: bool
    document: str | None = None  # None for the vocabulary
    given: Expr = Truth(True)
    dated: bool = False
    week: date | None = None
    at_any_time: Expr | None = None
    span: Span | None = None

    @property
    def recorded(self) -> Expr:
        """What a record can show of it."""
        return self.condition if self.at_any_time is None else self.at_any_time


class CalendarDay(Record):
    """The end of a day by the clocks of a zone: in this `year`, in that of the moment `of`, or in the one `before`."""

    day: int
    month: int
    year: int | None
    of: str | None
    before: bool
    zone: str


class Moment(Placed):
    """A point on the time line of an episode, which may not occur; up to `times` times where it may be repeated.

    What is `on` a day is the end of that day; it occurs where the moment does in whose year the day lies. Of what is
    `planned` all know beforehand whether it comes, and when.

    Of each occurrence the situation says whether it is there, and when. A later one occurs only after the one before.
    """

    name: str
    title: str
    times: int = 1
    on: CalendarDay | None = None
    planned: bool = False
    span: Span | None = None

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        return tuple(Occurrence(self.name, number) for number in range(1, self.times + 1))


class Counter(Placed):
    """How many earlier activities met the condition in so many calendar days, months or years, its own included.

    It is a shared attribute of this name, a whole number that the situation has. `title` says what is counted, if the
    author does.
    """

    name: str
    title: str
    condition: Expr
    periods: int
    unit: str
    most: int
    span: Span | None = None

    @property
    def variable(self) -> Attribute:
        return Attribute(self.name, None, NumberSort(Dimension.COUNT, Fraction(0), Fraction(self.most)))

    @property
    def looking_back(self) -> str:
        """`within 3 calendar years before`, `earlier in the same calendar year`."""
        match self.unit, self.periods:
            case "day", 1:
                return say("earlier on the same calendar day")
            case "month", 1:
                return say("earlier in the same calendar month")
            case _, 1:
                return say("earlier in the same calendar year")
            case "day", number:
                return say("within {number:,} calendar days before", number=number)
            case "month", number:
                return say("within {number:,} calendar months before", number=number)
            case _, number:
                return say("within {number:,} calendar years before", number=number)


class TermAxis(Record, Generic[Part]):
    """An axis with two values: the condition that a term stands for, as the role has it, holds or does not."""

    name: str  # as it is written: `own.ship`
    condition: Part
    term: str
    role: int | None


class Measured(Placed):
    """An axis along sum(coefficient * variable) + constant, cut at the thresholds that the texts use."""

    ASIDE: ClassVar[frozenset[str]] = frozenset({"unit"})

    name: str  # as it is written: `own.speed`
    terms: tuple[tuple[Fraction, Variable], ...]
    term: str = ""  # the attribute or the term that it is called by
    constant: Fraction = Fraction(0)
    unit: str | None = None


# What tells types of encounter apart; an attribute that is an axis by itself is a flag or has named values.
PlainAxis = Attribute | Occurs
Axis: TypeAlias = "PlainAxis | TermAxis[Expr] | Measured"


class Situation(Placed):
    """The kind of episode the norms speak about: its roles and everything found in it.

    `attributes` are seen from role 0: those of `each` role once, with role 0; shared ones with role None. Among them
    is what the moments stand for, and what attributes over time read at every moment and at other times. `axes` tell
    types of encounter apart, with their roles as written; `usual` are those of the vocabulary where others are asked
    for. From `placed` acts hours of channels or days of the calendar are counted.
    """

    name: str
    roles: tuple[str, ...]
    interchangeable: bool
    attributes: tuple[Variable, ...]
    axes: tuple[Axis, ...]
    party: Attribute | None  # says whose unit it is, as role 0 has it
    moments: tuple[Moment, ...] = ()
    span: Span | None = None
    usual: tuple[Axis, ...] = ()
    counters: tuple[Counter, ...] = ()
    # An act, and whether it is the one who owes something that does it.
    placed: frozenset[tuple[str, bool]] = frozenset()
    views: tuple[Attribute, ...] = ()  # what each party sees for itself, as role 0 has it

    def is_view(self, variable: Variable) -> bool:
        """Whether it is how the party of a unit sees what others may see otherwise."""
        return variable.role is not None and seen(variable, 0) in self.views

    def moment(self, name: str) -> Moment:
        """The moment of this name."""
        return next(moment for moment in self.moments if moment.name == name)

    def tells_party(self, variable: Variable) -> bool:
        """Whether it says whose unit one is."""
        party = self.party
        if party is None or not isinstance(variable, Attribute) or variable.name != party.name:  # most are seen at once
            return False
        return variable in (party, seen(party, variable.role or 0))

    @property
    def parties(self) -> tuple[str, ...]:
        """Whose units there may be."""
        return self.party.sort.members if self.party and isinstance(self.party.sort, KindSort) else ()


class Titles(Mapping[Key, str]):
    """What things are called by whoever is spoken to: readers, or programs, to which everything is known in English."""

    __slots__ = ("english", "told")

    def __init__(self, told: Mapping[Key, str], english: Mapping[Key, str]) -> None:
        self.told = told
        self.english = english

    def __getitem__(self, key: Key) -> str:
        return (self.english if spoken() == "en" else self.told)[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self.told)

    def __len__(self) -> int:
        return len(self.told)


class Words(Record):
    """How things are called for readers: titles by name, those of variables by the variable as role 0 has it.

    `nouns` are the titles of terms that stand for a choice of values, by attribute and values; `negations` say of
    shared flags that they are not set. `positions` are the names of terms that only compare quantities of the units.
    `translations` are titles in other languages by kind of thing and name, ("member", "eez") and ("act", "report"),
    and there by the code of the language; `own_titles` are those that documents have in the language in which they are
    written, whatever the reader's is. `zones` are those by whose clocks days and hours are told; none: those of all
    clauses, if they agree. Open terms are attributes here, by how they are read; `readings` are the titles of names by
    which they are read.
    """

    attributes: Mapping[Variable, str] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[Variable, str] = field(default_factory=dict)
    nouns: Mapping[tuple[Variable, frozenset[str]], str] = field(default_factory=dict)
    negations: Mapping[Variable, str] = field(default_factory=dict)
    positions: tuple[tuple[str, Expr], ...] = ()
    terms: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    acts: Mapping[str, str] = field(default_factory=dict)
    moments: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    own_titles: Mapping[tuple[str, str], str] = field(default_factory=dict)
    zones: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[tuple[Variable, str], str] = field(default_factory=dict)
