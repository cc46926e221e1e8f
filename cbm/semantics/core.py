"""What the texts mean: the core language, a norm system of sorts, expressions and norms without sugar.

Expressions are written from the viewpoint of role 0. A norm that *rotates* speaks for each role in turn:
seen from role r, every role number p in it is read as (p + r) modulo the number of roles.
Numbers are exact and in the base unit of their dimension (m, m/s, s, deg, count).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from cbm.source import Span
from cbm.syntax.ast import DocumentKind as DocumentKind
from cbm.syntax.ast import Interval as Interval
from cbm.syntax.ast import Mark as Mark
from cbm.syntax.ast import Modality as Modality
from cbm.syntax.ast import Rank as Rank
from cbm.syntax.ast import Strength as Strength

if TYPE_CHECKING:
    from cbm.semantics.scope import Meaning


def _aside() -> Span | None:
    """A field that helps the reader and plays no part in equality."""
    return field(default=None, compare=False, repr=False)


# ---- sorts


class Dimension(StrEnum):
    LENGTH = "length"
    SPEED = "speed"
    ANGLE = "angle"
    DURATION = "duration"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class FlagSort:
    """True or false."""


@dataclass(frozen=True, slots=True)
class KindSort:
    """A closed list of names, from least to greatest where `ordered`. Parties are the kind "party"."""

    name: str
    members: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class NumberSort:
    """A quantity in its base unit; bounds inclusive, None where there is none. Counts are whole numbers.

    Angles are 0 <= x < 360 and wrap: a range over 0 is two ranges.
    """

    dimension: Dimension
    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def whole(self) -> bool:
        return self.dimension is Dimension.COUNT


Sort = FlagSort | KindSort | NumberSort
FLAG = FlagSort()


class Origin(StrEnum):
    """Who brings a variable about."""

    SITUATION = "situation"  # found by the bearer
    READING = "reading"  # how a text is read: chosen before any situation, and the same in all of them
    RESULT = "result"  # brought about by the units, together (role None) or by one of them
    DOING = "doing"  # part of one doing of an act; exists only in ground formulas, and inside `Does` and `Each`

    @property
    def decided(self) -> bool:
        """Whether it is a matter of conduct."""
        return self in (Origin.RESULT, Origin.DOING)


@dataclass(frozen=True, slots=True)
class Variable:
    """An attribute of the situation, the reading of an open term, or a result; `role` is None for what is shared."""

    name: str
    role: int | None
    sort: Sort = field(compare=False)
    origin: Origin = field(default=Origin.SITUATION, compare=False)


# Times are seconds from a beginning that nobody knows: only how far apart two of them are says something.
TIME = NumberSort(Dimension.DURATION)
IN_WEEK = NumberSort(Dimension.DURATION, Fraction(0), Fraction(7 * 24 * 3600))
# Inside a manner: when the doing at hand is done.
NOW = Variable("now", None, TIME, Origin.DOING)


# Inside a manner: when the message of the doing at hand is sent; what is done through no channel is done at once.
SENT = Variable("sent", None, TIME, Origin.DOING)
WEEK = Fraction(7 * 24 * 3600)
# Where days and clocks matter times are seconds after this Monday 00:00 UTC, and weeks are numbered from it.
BEGINNING = date(2020, 1, 6)
WEEKS = NumberSort(Dimension.COUNT, Fraction(-2600), Fraction(2600))


def place_in_week(point: Variable) -> Variable:
    """How long after Monday 00:00 UTC a point in time lies, in its week."""
    return Variable(f"{point.name.removesuffix(' at')} in the week", point.role, IN_WEEK)


def week_of_point(point: Variable) -> Variable:
    """The number of the week in which a point in time lies."""
    return Variable(f"{point.name.removesuffix(' at')} week", point.role, WEEKS)


def time_of_act(act: str, role: int) -> Variable:
    """When the role does the act: inside `Each`, the doing it speaks of."""
    return Variable(f"{act} at", role, TIME, Origin.DOING)


def is_time(variable: Variable) -> bool:
    """Whether it is the time of a moment or of a doing."""
    return variable.sort == TIME and (variable in (NOW, SENT) or variable.name.endswith((" at", " sent")))


def time_of_moment(moment: str) -> Variable:
    """When the moment occurs; of no meaning where it does not."""
    return Variable(f"{moment} at", None, TIME)


def value_at(attribute: Variable, at: str, role: int | None = None) -> Variable:
    """The value that an attribute over time has at a moment or, seen for the role, when it does an act.

    Inside a manner `now` names the doing at hand.
    """
    return Variable(f"{attribute.name} at {at}", attribute.role if role is None else role, attribute.sort)


# ---- expressions (all Boolean; numbers occur only inside Compare)


class Order(StrEnum):
    LESS = "<"
    AT_MOST = "<="
    EQUAL = "="


@dataclass(frozen=True, slots=True)
class Truth:
    value: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag that is set."""

    variable: Variable


@dataclass(frozen=True, slots=True)
class IsIn:
    """A variable of a kind has one of these members (in the kind's own order, without repetition)."""

    variable: Variable
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """Two variables of one kind have the same member."""

    left: Variable
    right: Variable


@dataclass(frozen=True, slots=True)
class Compare:
    """sum(coefficient * variable) ORDER bound; terms sorted, coefficients not zero, at least one term.

    `unit` is the unit the author wrote beside the bound, for messages.
    """

    terms: tuple[tuple[Fraction, Variable], ...]
    order: Order
    bound: Fraction
    unit: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Does:
    """The role does the act at least once in a way that `manner` describes.

    `manner` may contain States, Through and the times of that doing (`NOW`, `SENT`), beside situation variables.
    """

    act: str
    role: int
    manner: Expr = Truth(True)


@dataclass(frozen=True, slots=True)
class Each:
    """Every time the role does the act, `body` holds; there `time_of_act` is the time of that doing."""

    act: str
    role: int
    body: Expr


@dataclass(frozen=True, slots=True)
class States:
    """Of the doing at hand: its message states this item. Only inside a manner."""

    item: str


@dataclass(frozen=True, slots=True)
class Through:
    """Of the doing at hand: it is done through this channel. Only inside a manner."""

    channel: str


@dataclass(frozen=True, slots=True)
class Binds:
    """The norm binds this role (live and not defeated)."""

    norm: NormId
    role: int


@dataclass(frozen=True, slots=True)
class Not:
    operand: Expr


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Expr, ...]


Expr = Truth | Flag | IsIn | Same | Compare | Does | Each | States | Through | Binds | Not | And | Or
TRUE = Truth(True)
FALSE = Truth(False)


def conjunction(*parts: Expr) -> Expr:
    """All of these, flat, without what is trivially true; FALSE as soon as one part is."""
    flat: list[Expr] = []
    for part in parts:
        if isinstance(part, And):
            flat.extend(part.parts)
        elif part == FALSE:
            return FALSE
        elif part != TRUE:
            flat.append(part)
    unique = tuple(dict.fromkeys(flat) if len(flat) > 1 else flat)
    if not unique:
        return TRUE
    return unique[0] if len(unique) == 1 else And(unique)


def disjunction(*parts: Expr) -> Expr:
    """At least one of these, flat, without what is trivially false; TRUE as soon as one part is."""
    flat: list[Expr] = []
    for part in parts:
        if isinstance(part, Or):
            flat.extend(part.parts)
        elif part == TRUE:
            return TRUE
        elif part != FALSE:
            flat.append(part)
    unique = tuple(dict.fromkeys(flat) if len(flat) > 1 else flat)
    if not unique:
        return FALSE
    return unique[0] if len(unique) == 1 else Or(unique)


def negation(part: Expr) -> Expr:
    """Not this; double negations and constants are folded."""
    if isinstance(part, Not):
        return part.operand
    if isinstance(part, Truth):
        return Truth(not part.value)
    return Not(part)


# ---- norms


@dataclass(frozen=True, slots=True, order=True)
class NormId:
    """A norm by its document and full label ("coc", "3.2")."""

    document: str
    label: str

    def __str__(self) -> str:
        return f"{self.document}:{self.label}"


@dataclass(frozen=True, slots=True)
class Citation:
    text: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Guard:
    """A part of a norm's condition or one of its exceptions, with where it is written.

    `label` names the numbered clause an exception stands in, None for what the norm says itself.
    """

    condition: Expr
    label: str | None = None
    span: Span | None = _aside()


@dataclass(frozen=True, slots=True)
class Recurrence:
    """What recurs: from `start` on time is cut into stretches of one length, and in each something is to be done.

    A point is a moment (role None) or an act of a role. A stretch ends where the next one begins, and its end belongs
    to it; the first has its beginning as well, unless it is `later`. One is owed where `until` does not occur between
    the start and its end; the first `times` are looked at. In each, all `acts` (or, not `each`, any) are to be done.
    `stretches` say the same as core expressions, one by one: together they are the content.
    """

    start: tuple[str, int | None]
    until: tuple[str, int | None]
    later: bool
    length: Fraction
    times: int
    role: int
    acts: tuple[str, ...]
    each: bool
    states: tuple[str, ...]
    through: tuple[str, ...]
    stretches: tuple[Expr, ...]
    unit: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Secondary:
    """What is owed when the primary duty is breached (`otherwise …`)."""

    modality: Modality
    strength: Strength
    content: Expr
    topics: tuple[str, ...] = ()
    through: tuple[str, ...] = ()  # the channels named, one of which it has to go through
    recurrence: Recurrence | None = None  # where it is owed again and again
    span: Span | None = _aside()


@dataclass(frozen=True, slots=True)
class Norm:
    """One norm: when `guards` all hold and no exception does, `content` is owed, forbidden, allowed or not owed.

    `content` is what the conduct must satisfy to fulfil the norm: for a prohibition it is already the negation
    of the acts. For a permission it is what is allowed, for an exemption any of what need not be.
    `topics`, `acts` and `results` say what the content touches. `bearer` is a role number; a norm that
    rotates has bearer 0.
    """

    id: NormId
    bearer: int
    rotates: bool
    modality: Modality
    strength: Strength
    guards: tuple[Guard, ...]
    exceptions: tuple[Guard, ...]
    content: Expr
    topics: tuple[str, ...]
    otherwise: tuple[Secondary, ...] = ()
    restates: tuple[NormId, ...] = ()
    through: tuple[str, ...] = ()  # the channels of which one is to be used
    recurrence: Recurrence | None = None  # where it is owed again and again
    citations: tuple[Citation, ...] = ()
    asymmetric: str | None = None  # why it binds one party only, where the text says so
    wording: str = ""  # the source text, in the first language given
    title: str = ""
    span: Span | None = _aside()  # the whole clause
    content_span: Span | None = _aside()  # from the modal to the end of the content

    @property
    def demands(self) -> bool:
        """Whether it asks something of the bearer's conduct."""
        return self.modality in (Modality.OBLIGATION, Modality.PROHIBITION)


@dataclass(frozen=True, slots=True)
class Displacement:
    """Where `by` binds, `of` does not bind the same bearer (or, `both`, either of them)."""

    by: NormId
    of: NormId
    both: bool
    span: Span | None = _aside()


@dataclass(frozen=True, slots=True)
class Precedence:
    """Where norms of both sides clash, the `yielding` ones are suspended there.

    `by` is the clause that says so, None where a header does; `sweeping`: it names a whole text, whatever that says.
    """

    yielding: frozenset[NormId]
    prevailing: frozenset[NormId]
    words: str  # "coc yields to colregs"
    by: NormId | None = None
    sweeping: bool = False
    span: Span | None = _aside()


@dataclass(frozen=True, slots=True)
class Term:
    """What a text means by a word that it defines for itself, or uses as its vocabulary defines it."""

    name: str
    meaning: Meaning
    own: bool  # whether the text defines it
    place: Span | None = _aside()  # of the definition
    used: Span | None = _aside()  # where the text first uses it


@dataclass(frozen=True, slots=True)
class Text:
    """An instrument or a draft as far as the system needs it; `parties` None: open to all."""

    name: str
    title: str
    kind: DocumentKind
    parties: frozenset[str] | None
    rank: Rank | None
    adopted: date | None  # or proposed
    in_force: date | None
    until: date | None
    clauses: int = 0
    beside: tuple[str, ...] = ()
    restates: str | None = None  # the text it claims to say again, label by label
    prejudices: tuple[tuple[str, str], ...] = ()  # label and words of the without-prejudice clauses
    terms: tuple[Term, ...] = ()
    span: Span | None = _aside()


@dataclass(frozen=True, slots=True)
class Act:
    """What a unit can do; `once`: at most once in an encounter."""

    name: str
    title: str
    topic: str | None
    states: tuple[str, ...]
    once: bool = False
    span: Span | None = _aside()


@dataclass(frozen=True, slots=True)
class Opening:
    """A span of time, in seconds after a Monday 00:00; both ends belong to it."""

    start: Fraction
    end: Fraction


@dataclass(frozen=True, slots=True)
class Hours:
    """When one end of a channel is open in each week, in order, as the clocks of its zone show it."""

    party: str
    zone: str
    shown: tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class Delay:
    """What a message waits for; `high` None: it may wait for ever."""

    title: str
    low: Fraction
    high: Fraction | None


@dataclass(frozen=True, slots=True)
class Channel:
    """A line between parties, and what it is agreed and able to serve.

    `topics` are what it is agreed for (none: nothing). `holds`: what arrives out of hours waits for the next opening;
    otherwise it is refused. Without hours an end is always open.
    """

    name: str
    title: str
    parties: tuple[str, ...]
    level: str | None = None
    topics: tuple[str, ...] = ()
    operational: date | None = None
    until: date | None = None
    hours: tuple[Hours, ...] = ()
    holds: bool = True
    delays: tuple[Delay, ...] = ()
    interval: Interval | None = None  # it is a meeting, to be held once in so long
    held: tuple[date, ...] = ()
    suspended: tuple[tuple[date, date | None], ...] = ()  # from a day to another one, on which it works again
    span: Span | None = _aside()

    def delay(self, number: int) -> Variable:
        """How long a message waits here, as the situation has it."""
        known = self.delays[number]
        return Variable(f"{self.name} delay {number + 1}", None, NumberSort(Dimension.DURATION, known.low, known.high))

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


@dataclass(frozen=True, slots=True)
class Result:
    name: str
    title: str
    topic: str | None
    each: bool
    sort: Sort
    span: Span | None = _aside()


@dataclass(frozen=True, slots=True)
class Axiom:
    """A condition every situation (or, where it speaks of acts and results, every conduct) meets.

    Of a deeming clause, `document` names the text, `title` is the label, and `given` when it deems.
    What is `dated` counts only where this week is asked about; None: where none is.
    """

    title: str
    condition: Expr
    rotates: bool
    document: str | None = None  # None for the vocabulary
    given: Expr = Truth(True)
    dated: bool = False
    week: date | None = None
    span: Span | None = _aside()


@dataclass(frozen=True, slots=True)
class Moment:
    """A point on the time line of an episode, which may not occur; up to `times` times where it may be repeated.

    Its occurrences are called `incident`, `incident 2`, …: each is a shared attribute that says whether it occurs,
    with another one for its time. A later one occurs only after the one before.
    """

    name: str
    title: str
    times: int = 1
    span: Span | None = _aside()

    @property
    def occurrences(self) -> tuple[str, ...]:
        return (self.name, *(f"{self.name} {number}" for number in range(2, self.times + 1)))


@dataclass(frozen=True, slots=True)
class Counter:
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
    span: Span | None = _aside()

    @property
    def variable(self) -> Variable:
        return Variable(self.name, None, NumberSort(Dimension.COUNT, Fraction(0), Fraction(self.most)))

    @property
    def looking_back(self) -> str:
        """`within 3 calendar years before`, `earlier in the same calendar year`."""
        if self.periods == 1:
            return f"earlier {'on' if self.unit == 'day' else 'in'} the same calendar {self.unit}"
        return f"within {self.periods:,} calendar {self.unit}s before"


@dataclass(frozen=True, slots=True)
class Told:
    """An axis with two values: the condition, written for role 0 and called by its name, holds or does not."""

    name: str
    condition: Expr


@dataclass(frozen=True, slots=True)
class Measured:
    """An axis along sum(coefficient * variable) + constant, cut at the thresholds that the texts use."""

    name: str
    terms: tuple[tuple[Fraction, Variable], ...]
    constant: Fraction = Fraction(0)
    unit: str | None = field(default=None, compare=False)


# What tells types of encounter apart; a variable that is an axis by itself is a flag or has named values.
Axis = Variable | Told | Measured


@dataclass(frozen=True, slots=True)
class Situation:
    """The kind of episode the norms speak about: its roles and everything found in it.

    `attributes` are seen from role 0: those of `each` role once, with role 0; shared ones with role None. Among them
    is what the moments stand for, and what attributes over time read at every moment and at other times. `axes` tell
    types of encounter apart, with their roles as written; `usual` are those of the vocabulary where others are asked
    for.
    """

    name: str
    roles: tuple[str, ...]
    interchangeable: bool
    attributes: tuple[Variable, ...]
    axes: tuple[Axis, ...]
    party: str | None  # the each-attribute that says whose unit it is
    moments: tuple[Moment, ...] = ()
    span: Span | None = _aside()
    usual: tuple[Axis, ...] = ()
    counters: tuple[Counter, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenTerm:
    """A term that the text can be read to mean several things by: one reading for the whole text, and for all time.

    The reading is a quantity in a range, or one of several names, which are the members of its sort. Where each party
    has a reading of its own, the variable is seen from role 0: how the party of that unit reads it. `titles` say what
    the names are called.
    """

    name: str
    document: str
    title: str
    variable: Variable
    titles: tuple[tuple[str, str], ...] = ()
    unit: str | None = None
    citations: tuple[Citation, ...] = ()
    span: Span | None = _aside()

    @property
    def per_party(self) -> bool:
        return self.variable.role is not None


@dataclass(frozen=True, slots=True)
class Reserve:
    """Silence on purpose: where the condition holds, the text leaves these topics open, until a date if there is one.

    No topics: all of them.
    """

    document: str
    label: str
    title: str
    condition: Expr
    topics: tuple[str, ...] = ()
    until: date | None = None
    citations: tuple[Citation, ...] = ()
    span: Span | None = _aside()

    def concerns(self, topic: str) -> bool:
        return not self.topics or topic in self.topics

    def has_ended(self, as_of: date | None) -> bool:
        """Whether it no longer counts on this date; without a date it does."""
        return self.until is not None and as_of is not None and self.until <= as_of


@dataclass(frozen=True, slots=True)
class Coverage:
    """A promise: in every situation of the condition, each of the topics and acts is governed.

    An act is governed where it is obliged, prohibited or expressly left open.
    """

    document: str
    condition: Expr
    topics: tuple[str, ...]
    acts: tuple[str, ...] = field(default=(), kw_only=True)
    span: Span | None = _aside()


# ---- cases


@dataclass(frozen=True, slots=True)
class DutyExpected:
    """In every situation of the case, the role is bound in this way, by one of `by` if any are named."""

    role: int
    modality: Modality
    strength: Strength
    content: Expr
    by: tuple[NormId, ...]
    words: str
    span: Span | None = _aside()


@dataclass(frozen=True, slots=True)
class ConditionExpected:
    condition: Expr
    words: str
    span: Span | None = _aside()


@dataclass(frozen=True, slots=True)
class FindingExpected:
    """A finding of the rule with exactly these norms (any, if none are named), or its absence, in the case."""

    rule: str
    absent: bool
    norms: tuple[NormId, ...]
    topics: tuple[str, ...]
    condition: Expr
    words: str
    span: Span | None = _aside()


@dataclass(frozen=True, slots=True)
class ConductExpected:
    """No compliant conduct leads to the condition (never), or some does."""

    never: bool
    condition: Expr
    words: str
    span: Span | None = _aside()


Expected = DutyExpected | ConditionExpected | FindingExpected | ConductExpected


@dataclass(frozen=True, slots=True)
class Case:
    """Expectations in the situations that meet `given`; title "" for those about the whole text."""

    title: str
    as_of: date | None
    given: Expr
    expected: tuple[Expected, ...]
    span: Span | None = _aside()


@dataclass(frozen=True, slots=True)
class Words:
    """How things are called for readers: titles by name, units by variable name.

    `nouns` are the titles of terms that stand for a choice of values, by attribute and values; `negations` say of
    shared flags that they are not set. `positions` are the titles of terms that only compare quantities of the units.
    `translations` are titles in other languages by "member eez", "attribute zone", "term ship", "topic weapons" and
    "act report", and there by the code of the language.
    """

    attributes: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    nouns: Mapping[tuple[str, frozenset[str]], str] = field(default_factory=dict)
    negations: Mapping[str, str] = field(default_factory=dict)
    positions: tuple[tuple[str, Expr], ...] = ()
    terms: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NormSystem:
    """Everything one check is about: one kind of situation and the norms of one text with those it lives with.

    `subject` is the document under check; `texts` holds it and the instruments it is read with.
    Norms, texts and edges are in source order: the subject first, then the others as it names them.
    """

    subject: str
    situation: Situation
    acts: Mapping[str, Act]
    results: Mapping[str, Result]
    axioms: tuple[Axiom, ...]
    texts: Mapping[str, Text]
    norms: Mapping[NormId, Norm]
    displacements: tuple[Displacement, ...]
    precedences: tuple[Precedence, ...]
    coverage: tuple[Coverage, ...]
    cases: tuple[Case, ...]
    words: Words
    as_of: date | None = None
    week: date | None = None  # the date whose week alone is asked about, where clocks change
    open_terms: tuple[OpenTerm, ...] = ()  # of all texts
    reserves: tuple[Reserve, ...] = ()  # of the subject
    channels: Mapping[str, Channel] = field(default_factory=dict)
