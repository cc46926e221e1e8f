"""What was written: the tree of a document, with places and without the meaning of any name.

Every node carries its span; equality ignores it. Quantities keep the number and the unit as written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from cbm.records import Placed, Record
from cbm.source import Source, Span
from cbm.translation.saying import mark


class Node(Placed, kw_only=True):
    """A part of a tree, with its place."""

    span: Span


class Modality(StrEnum):
    """The four modalities; the hortatory forms are a matter of strength."""

    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"
    EXEMPTION = "exemption"


class Strength(StrEnum):
    MUST = "must"
    SHOULD = "should"


class Connective(StrEnum):
    """How several items of one content combine: a comma asks for each, `or` for at least one."""

    EACH = ","
    ANY = "or"


class Mark(StrEnum):
    """How a source was read; a fact from memory is never presented as verified. A choice has no source but itself.

    As it is written in a text and told to programs; pages say it in the language of their readers.
    """

    TEXT = mark("seen text")
    SECONDARY = mark("seen secondary")
    MEMORY = mark("from memory")
    CHOICE = mark("own choice")


class Rank(StrEnum):
    TREATY = "treaty"
    MEMORANDUM = "memorandum"
    POLITICAL = "political"
    UNILATERAL = "unilateral"


class Status(StrEnum):
    """What a text has become so far; each is more than those before it."""

    TRACK_2 = "track2"
    TRACK_1_5 = "track1_5"
    POLITICAL = "political"
    TREATY = "treaty"

    @property
    def commits(self) -> bool:
        """Whether somebody is committed by a text that has come so far."""
        return self in (Status.POLITICAL, Status.TREATY)


class Relation(StrEnum):
    LESS = "<"
    AT_MOST = "<="
    EQUAL = "="
    UNEQUAL = "!="
    AT_LEAST = ">="
    MORE = ">"


# ---- words and references


class Name(Node):
    """What something declared is called; `quoted`: by what readers call it, until the words are looked up."""

    text: str
    quoted: bool = False


class Title(Node):
    """A text for readers; `language` is a tag such as "zh", or None for the document's own language."""

    language: str | None
    text: str


class Reference(Node):
    """A clause, a sentence of one, an article or a whole document: `3.2`, `3.2 sentence 1`, `17 of colregs`."""

    label: str | None
    document: Name | None


# ---- expressions: conditions and quantities in one family; the resolver tells them apart


class QuantityNode(Node):
    """A number as written, exact, with its unit as written (None for a bare number)."""

    value: Fraction
    unit: str | None


class Path(Node):
    """A name, perhaps of a role: `zone`, `own.craft`, `other.illuminate`. One or two parts.

    `document` is the text that declares the name, where one is said: `safe_distance of cues`.
    """

    parts: tuple[Name, ...]
    document: Name | None = None

    @property
    def in_names(self) -> str:
        """As it is written where nothing stands in quotes."""
        told = ".".join(part.text for part in self.parts)
        return told if self.document is None else f"{told} of {self.document.text}"


class ValueAtNode(Node):
    """`distance at contact`: what an attribute over time is at a moment, or when something is done."""

    attribute: Path
    when: Path


class Arithmetic(Node):
    operator: str  # "+", "-", "*" or "/"
    left: Expression
    right: Expression


class Negative(Node):
    operand: Expression


class Comparison(Node):
    relation: Relation
    left: Expression
    right: Expression


class Is(Node):
    """`zone is eez`, `own.party is not other.party`."""

    left: Expression
    right: Path
    negated: bool


class IsA(Node):
    """`other is a warship`, `own is not a military_aircraft`: a noun said of a role."""

    role: Name
    noun: Name
    negated: bool


class In(Node):
    """`zone in (eez, high_seas)`, `zone not in (eez)`."""

    left: Expression
    members: tuple[Name, ...]
    negated: bool


class Range(Node):
    """`bearing from over 112.5 deg to under 247.5 deg`; bounds are inclusive unless `over` / `under`."""

    subject: Expression
    low: Expression
    low_open: bool
    high: Expression
    high_open: bool


class BoundBy(Node):
    """`other is bound by (13(a), 15(a) of colregs)`: by at least one of them."""

    role: Name
    references: tuple[Reference, ...]
    negated: bool


class OccursNode(Node):
    """`incident occurs`."""

    moment: Path


class Apart(Node):
    """`start is after decision`; with a length, `decision is less than 42 days before start`.

    `left` lies before `right`, or after it; `relation` is said of how far, with MORE than nothing where `length` is
    None.
    """

    left: Path
    relation: Relation
    length: Expression | None
    after: bool
    right: Path


class EmptyFigure(Node):
    """`[__ from 1 nmi to 5 nmi]`, `[reach __ from …]`: a figure still to be filled in, and the range it may lie in.

    Figures of one name are one.
    """

    name: Name | None
    low: Expression
    high: Expression


class Both(Node):
    """`a and b and c`."""

    parts: tuple[Expression, ...]


class Either(Node):
    """`a or b or c`."""

    parts: tuple[Expression, ...]


class Negation(Node):
    operand: Expression


class Implication(Node):
    left: Expression
    right: Expression


Expression = (
    QuantityNode
    | Path
    | ValueAtNode
    | Arithmetic
    | Negative
    | Comparison
    | Is
    | IsA
    | In
    | Range
    | BoundBy
    | OccursNode
    | Apart
    | EmptyFigure
    | Both
    | Either
    | Negation
    | Implication
)


# ---- statements of a vocabulary


class Inclusion(Node):
    """A document another one builds on: by name, or `NAME from "path"` relative to the file."""

    name: Name
    path: str | None


class VocabularyHeader(Node):
    name: Name
    titles: tuple[Title, ...]
    uses: tuple[Inclusion, ...]


class PartyDeclaration(Node):
    name: Name
    titles: tuple[Title, ...]


class ContinuationNode(Node):
    """`party RU continues SU from 1991-12-26`: one person in law, which has the other name until that day."""

    party: Name
    of: Name
    since: date
    citations: tuple[CitationNode, ...] = ()


class MemberDeclaration(Node):
    name: Name
    titles: tuple[Title, ...]


class KindDeclaration(Node):
    """`kind zone = high_seas | eez`; ordered with `<`; `kind zone also strait` adds to one declared elsewhere."""

    name: Name
    titles: tuple[Title, ...]
    members: tuple[MemberDeclaration, ...]
    ordered: bool
    adds: bool


class SituationDeclaration(Node):
    """`situation encounter`; `situation encounter also` adds attributes to one declared elsewhere."""

    name: Name
    titles: tuple[Title, ...]
    adds: bool


class RoleDeclaration(Node):
    name: Name
    titles: tuple[Title, ...]


class RolesDeclaration(Node):
    """`roles own, other`: each unit takes each role in turn. `fixed roles organiser "…", informed "…"`: none does."""

    roles: tuple[RoleDeclaration, ...]
    fixed: bool


class SortSyntax(Node):
    """`party`, `flag`, the name of a kind, or a dimension with its range: `length from 0 m to 100 nmi`."""

    name: Name
    low: Expression | None
    high: Expression | None


class AttributeDeclaration(Node):
    """`night "it is night" otherwise "it is day" : flag`; the last texts say that a flag is not set."""

    name: Name
    titles: tuple[Title, ...]
    sort: SortSyntax
    otherwise: tuple[Title, ...] = ()
    over_time: bool = False  # its value is read at moments and when something is done


class AttributeBlock(Node):
    """`each` (one value per role) or `shared` attributes of a situation."""

    shared: bool
    attributes: tuple[AttributeDeclaration, ...]


class ViewsDiffer(Node):
    """`views differ on zone`: each party has its own view of what the units share otherwise."""

    names: tuple[Name, ...]


class CalendarDayNode(Node):
    """`15 November of the year before that of start in UTC`, `15 November 2026 in UTC`: a day by the clocks of a zone.

    Either the year is given, or the moment in whose year (in the one `before`) the day lies.
    """

    day: int
    month: int
    year: int | None
    of: Path | None
    before: bool
    zone: Name


class MomentDeclaration(Node):
    name: Name
    titles: tuple[Title, ...]
    times: QuantityNode | None  # None: at most once
    on: CalendarDayNode | None = None  # it is the end of this day
    planned: bool = False  # all know beforehand when it comes


class MomentsDeclaration(Node):
    """`moments decision "…", incident repeating up to 3`: points on the time line that may not occur."""

    moments: tuple[MomentDeclaration, ...]


class AxiomDeclaration(Node):
    titles: tuple[Title, ...]
    condition: Expression


class CounterDeclaration(Node):
    """`counter huge "…" counts troops > 40,000 per 3 calendar years up to 9`; the unit is `day`, `month` or `year`."""

    name: Name
    titles: tuple[Title, ...]
    condition: Expression
    periods: int
    unit: str
    most: Expression | None  # None: as many as are looked at where nothing is said


class AtThresholds(Node):
    """`troops at thresholds`: a quantity cut where the texts compare it with a bound."""

    path: Path


class TypesDeclaration(Node):
    """`types by own.craft, other.craft, zone`: the axes along which encounters are told apart."""

    axes: tuple[Path | AtThresholds, ...]


class Clock(Node):
    """A time of day, in minutes after midnight."""

    minutes: int


class HoursDeclaration(Node):
    """`open 08:30 to 17:30 Asia/Tokyo Mon to Fri at JP`; days are counted from Monday, 0."""

    times: tuple[tuple[Clock, Clock], ...]
    zone: Name
    days: tuple[int, ...]
    party: Name


class DelayDeclaration(Node):
    """`delay "consent to the call" 0 min to 4 h`, `delay "call" 2 h to never`: `high` None."""

    titles: tuple[Title, ...]
    low: Expression
    high: Expression | None


class MeetingInterval(Node):
    """`meets once every 6 months`: so many of a `unit`, which is `day`, `week`, `month` or the calendar's `year`."""

    count: int
    unit: str

    @property
    def days(self) -> int:
        return self.count * {"day": 1, "week": 7}.get(self.unit, 0)

    @property
    def months(self) -> int:
        return self.count if self.unit == "month" else 0

    @property
    def years(self) -> int:
        return self.count if self.unit == "year" else 0


class Suspension(Node):
    """`suspended from 2022-08-05 to 2024-11-06`; `until` None: it goes on."""

    start: date
    until: date | None


class ChannelDeclaration(Node):
    """`channel ministry_line "…" between CN, JP …`: a line between parties, and what it can serve."""

    name: Name
    titles: tuple[Title, ...]
    between: tuple[Name, ...] = ()
    level: Name | None = None
    topics: tuple[Name, ...] = ()
    agreed: date | None = None
    operational: date | None = None
    until: date | None = None
    hours: tuple[HoursDeclaration, ...] = ()
    holds: bool = True
    delays: tuple[DelayDeclaration, ...] = ()
    interval: MeetingInterval | None = None
    held: tuple[date, ...] = ()
    suspended: tuple[Suspension, ...] = ()
    languages: tuple[Name, ...] = ()
    fallback: tuple[Name, ...] = ()  # the channels that stand in for it, the first one first
    consent: Name | None = None  # what the other end does before anything is sent
    acknowledged: Name | None = None  # what the other end does once a message has come in
    citations: tuple[CitationNode, ...] = ()


class LanguageDeclaration(Node):
    """`language english "English"`: what messages can be worded in."""

    name: Name
    titles: tuple[Title, ...]


class TopicDeclaration(Node):
    name: Name
    titles: tuple[Title, ...]


class Row(Node):
    """One row of a table: the value when the condition holds; None for `otherwise`."""

    value: Expression
    condition: Expression | None


class TermDeclaration(Node):
    """`term ship means …` (a condition or a quantity) or a table: `term keep_out is 500 m when …, 2 km otherwise`."""

    name: Name
    titles: tuple[Title, ...]
    meaning: Expression | tuple[Row, ...]


class ActDeclaration(Node):
    """`act report "informs the other side" stating nature, position topic communication`."""

    names: tuple[Name, ...]
    titles: tuple[Title, ...]
    stating: tuple[Name, ...]
    topic: Name | None
    once: bool = False


class ResultDeclaration(Node):
    """`result separation "…" : length from 0 m to 100 nmi topic separation`; `each` gives every role its own."""

    name: Name
    titles: tuple[Title, ...]
    each: bool
    sort: SortSyntax
    topic: Name | None


class NeverTogether(Node):
    """`never hold_course with alter_course`: no unit does all of these acts."""

    acts: tuple[Name, ...]


class Requirement(Node):
    """`launch_aircraft requires own.carrier`: the act is possible only when the condition holds."""

    act: Name
    condition: Expression


# ---- statements of instruments and drafts


class DocumentKind(StrEnum):
    INSTRUMENT = "instrument"
    DRAFT = "draft"


class DateKind(StrEnum):
    """What a date in a header says."""

    ADOPTED = "adopted"
    PROPOSED = "proposed"
    IN_FORCE = "in force"
    UNTIL = "until"
    SUSPENDED = "suspended"


class HeaderDate(Node):
    kind: DateKind
    value: date


class PartyTo(Node):
    """A party to a text, in whose place it stands if it succeeds another one there, and its first and last day."""

    name: Name
    succeeds: Name | None = None
    since: date | None = None
    until: date | None = None


class StatusSince(Node):
    """`track2 from 2019-06-01`: what a text is from a day on."""

    status: Status
    since: date


class TextHeader(Node):
    """Header of an instrument or a draft, with everything it says about the whole text."""

    kind: DocumentKind
    name: Name
    titles: tuple[Title, ...]
    uses: tuple[Inclusion, ...] = ()
    between: tuple[PartyTo, ...] = ()
    binding: tuple[Name, ...] = ()  # whom it binds, whomever they meet
    towards_all: bool = False  # whether what binds these is owed to whomever they meet
    rank: Rank | None = None
    binds: bool | None = None  # of a memorandum: whether it is binding, if it says so
    status: tuple[StatusSince, ...] = ()
    dates: tuple[HeaderDate, ...] = ()
    subject_to: tuple[Reference, ...] = ()
    notwithstanding: tuple[Reference, ...] = ()
    beside: tuple[Inclusion, ...] = ()
    restates: Name | None = None
    citations: tuple[CitationNode, ...] = ()


class CitationNode(Node):
    """Where a clause comes from and how that source was read."""

    text: str
    mark: Mark | None


class ArticleHeading(Node):
    label: str
    titles: tuple[Title, ...]


class EveryUnit(Node):
    """`every unit`, `each party`: whoever is concerned."""


class NounBearer(Node):
    """`a warship or auxiliary meeting a submarine`; nouns are terms or members of a kind."""

    nouns: tuple[Name, ...]
    meeting: tuple[Name, ...]


class NamedBearer(Node):
    """A party or a role by name: `JP`, `organiser`."""

    name: Name


Bearer = EveryUnit | NounBearer | NamedBearer


class ActItem(Node):
    """An act asked for, forbidden or allowed."""

    act: Name


class KeepItem(Node):
    """`keep separation >= 1,000 m`, `keep separation from 500 m to 1 nmi`: a Comparison or a Range."""

    condition: Comparison | Range


Item = ActItem | KeepItem


class TimeOrder(StrEnum):
    """How the time of what is done lies to a point in time, by the words for it."""

    AFTER = "after"
    BEFORE = "before"
    NOT_AFTER = "not later than"
    NOT_BEFORE = "not before"
    UPON = "upon"
    UNTIL = "until"


class DaysNode(Node):
    """`14 calendar days in UTC`, `3 working days in Asia/Tokyo`."""

    count: int
    working: bool
    zone: Name


class NotLater(Node):
    """`not later than 15 November of the year before that of start in UTC`."""

    day: CalendarDayNode


class Within(Node):
    """`within 60 min after incident`, `within 2 h before start`; `point` None: counted from the breach."""

    length: Expression | DaysNode
    after: bool
    point: Path | None


class AtLeast(Node):
    """`at least 42 days before start`, `at least 1 h after contact`."""

    length: Expression | DaysNode
    after: bool
    point: Path


class At(Node):
    """`upon contact`, `not before start`, `until incident`."""

    order: TimeOrder
    point: Path


class During(Node):
    """`from start until end`, both included."""

    start: Path
    end: Path


class Recurring(Node):
    """`every 30 min from contact until clear up to 5`; `every … after …`: not at the very beginning (`later`)."""

    length: Expression | DaysNode
    later: bool
    start: Path
    until: Path
    times: int | None  # None: as many as are looked at where nothing is said


Window = Within | AtLeast | At | During | Recurring | NotLater


class While(Node):
    """`except while distance at own.release_objects >= 1,500 m`, said of what is done then."""

    condition: Expression


class Level(Node):
    """`at level directors or above`: how high a channel has to run."""

    name: Name
    above: bool


class DemandNode(Node):
    """Modality, strength and content: `must not illuminate, aim_weapons`, `should report stating nature`.

    `windows` say when, `meanwhile` when a prohibition does not count (`except while …`). `span` covers
    the words from the modal to the end of the content.
    """

    modality: Modality
    strength: Strength
    items: tuple[Item, ...]
    connective: Connective
    stating: tuple[Name, ...] = ()
    recipients: tuple[Name, ...] = ()  # to all of these
    windows: tuple[Window, ...] = ()
    meanwhile: tuple[At | While, ...] = ()
    through: tuple[Name, ...] = ()  # one of these channels
    except_through: tuple[Name, ...] = ()
    level: Level | None = None
    languages: tuple[Name, ...] = ()  # worded in one of these
    except_languages: tuple[Name, ...] = ()


class DisplacementNode(Node):
    """`in place of 14, 15 for both`: where this binds, those do not bind this bearer (or either one)."""

    references: tuple[Reference, ...]
    both: bool


SENTENCE = " sentence "  # in the label of a sentence, between that of its clause and its number


class SentenceOf(Node):
    """Of which clause something is a sentence: its place is that of the whole clause.

    `number` counts from 1. `leans`: who is bound is said in a sentence before it.
    """

    label: str
    number: int
    leans: bool


class NormClause(Node):
    """A numbered clause that binds, forbids, permits or exempts, or one sentence of such a clause.

    A sentence has a label of its own, `2 sentence 1`, and its own words for its place; its titles are those of the
    clause. `sentence` None: the clause is one sentence.
    """

    label: str
    titles: tuple[Title, ...]
    bearer: Bearer
    conditions: tuple[Expression, ...]
    demand: DemandNode
    exceptions: tuple[Expression, ...] = ()
    displacements: tuple[DisplacementNode, ...] = ()
    notwithstanding: tuple[Reference, ...] = ()
    subject_to: tuple[Reference, ...] = ()
    otherwise: tuple[DemandNode, ...] = ()
    restates: tuple[Reference, ...] = ()
    asymmetric: tuple[str, ...] = ()
    texts: tuple[Title, ...] = ()
    citations: tuple[CitationNode, ...] = ()
    sentence: SentenceOf | None = None


class Paragraph(Node):
    """A clause of several sentences, parted by semicolons; in a document these stand one by one."""

    sentences: tuple[NormClause, ...]


class ScopeClause(Node):
    """`applies when zone is not territorial_sea`: a condition of every norm that follows in the article."""

    label: str
    titles: tuple[Title, ...]
    condition: Expression
    texts: tuple[Title, ...] = ()
    citations: tuple[CitationNode, ...] = ()


class ExceptionClause(Node):
    """`exception to 2, 3 when own.distress`."""

    label: str
    titles: tuple[Title, ...]
    targets: tuple[Reference, ...]
    condition: Expression
    texts: tuple[Title, ...] = ()
    citations: tuple[CitationNode, ...] = ()


class DeemingClause(Node):
    """`deems own.overtaking when doubt`: an axiom of this document."""

    label: str
    titles: tuple[Title, ...]
    deemed: Expression
    condition: Expression | None
    texts: tuple[Title, ...] = ()
    citations: tuple[CitationNode, ...] = ()


class DeemedCompliance(Node):
    """`a warship when … is deemed to comply with 3 if it does announce through …`; `conduct` is written as a duty."""

    label: str
    titles: tuple[Title, ...]
    bearer: Bearer
    conditions: tuple[Expression, ...]
    targets: tuple[Reference, ...]
    conduct: DemandNode
    texts: tuple[Title, ...] = ()
    citations: tuple[CitationNode, ...] = ()


class WithoutPrejudice(Node):
    """`without prejudice 10 "claims on the law of the sea"`: listed beside what it touches, no norm."""

    label: str
    titles: tuple[Title, ...]
    texts: tuple[Title, ...] = ()
    citations: tuple[CitationNode, ...] = ()


class LeftOut(Node):
    """`left out 2.9 "interference" because "only its heading was seen"`: a provision that is not rendered here."""

    label: str | None
    titles: tuple[Title, ...]
    reason: str
    citations: tuple[CitationNode, ...] = ()


class PromiseNode(Node):
    """`covers communication in every type of encounter between CN, JP when incident`, or `covers acts lase in …`."""

    situation: Name
    condition: Expression | None
    topics: tuple[Name, ...]
    acts: tuple[Name, ...] = ()
    between: tuple[Name, ...] = ()


class OpenTermNode(Node):
    """`open term near : length from 500 m to 1 nmi`, `open term near one of in_sight, in_hail per party`.

    The readings are a quantity with its range, or names of conditions, values or quantities. `nameless`: it is an empty
    figure, and its name tells where it stands.
    """

    name: Name
    titles: tuple[Title, ...]
    readings: SortSyntax | tuple[Name, ...]
    per_party: bool
    texts: tuple[Title, ...] = ()
    citations: tuple[CitationNode, ...] = ()
    nameless: bool = False


class ReserveNode(Node):
    """`reserve 11 "positions on the islands" for weapons when own.disputed_waters until 2030-01-01`.

    Silence on purpose: on these topics, or on all where none are named.
    """

    label: str
    titles: tuple[Title, ...]
    topics: tuple[Name, ...]
    condition: Expression
    until: date | None
    texts: tuple[Title, ...] = ()
    citations: tuple[CitationNode, ...] = ()


# ---- cases and expectations


class CasesHeader(Node):
    titles: tuple[Title, ...]
    documents: tuple[Name, ...]


class CaseHeading(Node):
    title: Title
    as_of: date | None


class Given(Node):
    condition: Expression


class ExpectDuty(Node):
    """`expect own must not illuminate by 5.1`: some clause (or one of these) binds the role so."""

    role: Name
    demand: DemandNode
    by: tuple[Reference, ...]


class ExpectCondition(Node):
    """`expect own is bound by (3.2)`: holds in every situation of the case."""

    condition: Expression


class ExpectUnbound(Node):
    """`expect own is bound by nothing but (3.2) for weapons`: by these clauses, and no other duty on these topics."""

    role: Name
    but: tuple[Reference, ...]
    topics: tuple[Name, ...]


class ExpectFinding(Node):
    """`expect conflict 3.2, 3.5 when calls_unanswered`, `expect no gap for weapons`; any name may stand there."""

    rule: Name
    absent: bool
    references: tuple[Reference, ...]
    topics: tuple[Name, ...]
    condition: Expression | None


class ExpectConduct(Node):
    """`expect never separation < 100 m` (no compliant conduct) or `expect possible …` (some compliant conduct)."""

    never: bool
    condition: Expression


class TitleEntry(Node):
    """`warship "軍艦"`, `separation as topic "間隔"`: what something is called, by its name and what it is.

    `beside` stands in place of a name that it lacks: its title in the vocabulary.
    """

    name: Name | None
    beside: str
    sort: Name | None
    title: Title
    otherwise: Title | None = None


class TitlesFor(Node):
    """`titles ja for encounters warship "軍艦" …`: what the words of another vocabulary are called in a language."""

    language: str
    of: Name
    entries: tuple[TitleEntry, ...]


VocabularyStatement = (
    PartyDeclaration
    | ContinuationNode
    | KindDeclaration
    | SituationDeclaration
    | RolesDeclaration
    | AttributeBlock
    | ViewsDiffer
    | MomentsDeclaration
    | AxiomDeclaration
    | CounterDeclaration
    | TypesDeclaration
    | ChannelDeclaration
    | TopicDeclaration
    | LanguageDeclaration
    | TermDeclaration
    | ActDeclaration
    | ResultDeclaration
    | NeverTogether
    | Requirement
    | TitlesFor
)
# ---- texts under negotiation


class Option(Node):
    """What may stand in a place that is open: who proposes it, a remark, and its words; `out`: nothing stands there.

    Where whole statements stand below a heading, the words are empty.

    Options are numbered from 1 as they stand, or as the choice lists them.
    """

    number: int
    proposers: tuple[Name, ...]
    remark: str
    text: str
    out: bool


class OpenPlace(Node):
    """One place of a choice; for each option, by number, where what it says begins and ends.

    What is not among them says nothing there. `in_brackets`, or below headings.
    """

    ASIDE: ClassVar[frozenset[str]] = frozenset({"span", "contents", "in_brackets"})  # no part of what it says
    contents: tuple[tuple[int, int, int], ...]
    in_brackets: bool


class Choice(Node):
    """One of its options is taken for a text to be whole; `name` None: it is called by the clause it stands in.

    `optional`: nothing at all may stand there as well, though no option says so (taken as number 0). `whole`: its
    options are whole clauses.
    """

    name: Name | None
    titles: tuple[Title, ...]
    options: tuple[Option, ...]
    optional: bool
    whole: bool = False
    places: tuple[OpenPlace, ...] = ()


class ChoiceDeclaration(Node):
    """`options distance "Least distance" one of CN, JP, chair`: a choice that several places share."""

    name: Name
    titles: tuple[Title, ...]
    options: tuple[str, ...]


class OptionHeading(Node):
    """`option CN, KR "as in 2014":`: what follows stands only where this is taken.

    `number` is the one that it gives itself, `option 2:`, as written.
    """

    proposers: tuple[Name, ...]
    number: str | None
    of: Name | None
    titles: tuple[Title, ...]
    deletes: bool


class EndOfOptions(Node):
    """`end of options`: what follows stands whatever is taken."""


class TakenNode(Node):
    """`distance is CN`, `3.3 is 2`, `4.6 is delete`: an option, by who proposes it, by its number, or as out."""

    choice: str
    option: str


class Tie(Node):
    """`tie 3.3 is JP only if distance is CN or distance is chair`: what else is no package.

    `only_if` is empty where all that is `taken` goes together: `tie both 1 is CN and 2 is JP or neither`.
    """

    taken: tuple[TakenNode, ...]
    only_if: tuple[TakenNode, ...]
    titles: tuple[Title, ...]


Clause = NormClause | ScopeClause | ExceptionClause | DeemingClause | DeemedCompliance | WithoutPrejudice | ReserveNode
TextStatement = ArticleHeading | Clause | LeftOut | PromiseNode | TermDeclaration | OpenTermNode | Tie
NegotiationStatement = ChoiceDeclaration | OptionHeading | EndOfOptions  # settled when a document is put together
CaseStatement = CaseHeading | Given | ExpectDuty | ExpectCondition | ExpectUnbound | ExpectFinding | ExpectConduct
Header = VocabularyHeader | TextHeader | CasesHeader
Statement = Header | VocabularyStatement | TextStatement | Paragraph | NegotiationStatement | CaseStatement
Taken = tuple[tuple[int, int], ...]  # choices of a document, by number from 0, each with the number of an option


class Document(Node):
    """A vocabulary, an instrument, a draft or a set of cases: its header and its statements in order.

    `unread` are the words that statements begin with which could not be read. Of a text under negotiation, `choices`
    are what is open, `declared` those that have a name, and `taken` says of each statement with which options it
    stands.
    """

    header: Header
    statements: tuple[Statement, ...]
    unread: frozenset[str] = frozenset()
    choices: tuple[Choice, ...] = ()
    taken: tuple[Taken, ...] = ()
    declared: tuple[ChoiceDeclaration, ...] = ()

    def stands_with(self, number: int) -> Taken:
        """With which options a statement stands, by its number."""
        return self.taken[number] if self.taken else ()


class File(Record):
    """Everything read from one source."""

    source: Source
    documents: tuple[Document, ...]


def names_in(part: object) -> Iterator[str]:
    """Every name in a part of a tree."""
    return (name.text for name in each_name(part))


def each_name(part: object) -> Iterator[Name]:
    """Every name in a part of a tree, with its place."""
    match part:
        case Name():
            yield part
        case Node():
            for field in part.__struct_fields__:
                if field != "span":
                    yield from each_name(getattr(part, field))
        case tuple():
            for one in part:
                yield from each_name(one)
        case _:
            return
