"""What the texts mean: the core language, a system of norms without sugar.

Conditions are written from the viewpoint of role 0. A norm that *rotates* speaks for each role in turn: seen from role
r, every role number p in it is read as (p + r) modulo the number of roles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import chain
from typing import ClassVar

from cbm.core.episodes import Act, Axiom, Channel, Result, Situation, Words
from cbm.core.expressions import TRUE, Expr, Formula, NormId, States, conjunction, negation
from cbm.core.meanings import Meaning
from cbm.core.packages.choices import ChoiceTie, ClauseCycle, NegotiatedChoice, OpenReference
from cbm.core.persons import Continuation, Membership
from cbm.core.quotations import Citation as Citation
from cbm.core.quotations import Quotation, QuotedClause
from cbm.core.substitution import atoms_of, deeds_of
from cbm.core.variables import Addressee, MessagePart, Reading
from cbm.finding import RuleId
from cbm.records import Placed, Record, field
from cbm.source import Span
from cbm.syntax.ast import Document, Recurring
from cbm.syntax.ast import DocumentKind as DocumentKind
from cbm.syntax.ast import Mark as Mark
from cbm.syntax.ast import Modality as Modality
from cbm.syntax.ast import Rank as Rank
from cbm.syntax.ast import Status as Status
from cbm.syntax.ast import Strength as Strength


class Guard(Placed):
    """A part of a norm's condition or one of its exceptions, with where it is written.

    `label` names the numbered clause an exception stands in, None for what the norm says itself. `exceptions` are those
    to an exception, each with the condition under which it comes into play; they are part of `condition` already.
    """

    ASIDE: ClassVar[frozenset[str]] = frozenset({"span", "said"})

    condition: Expr
    label: str | None = None
    span: Span | None = None
    exceptions: tuple[Guard, ...] = ()
    said: str = ""  # what stands there, with the options that are taken where that has square brackets

    @property
    def words(self) -> str:
        """What stands there, in the words of the text; nothing where it is not written."""
        return self.said or ("" if self.span is None else " ".join(self.span.text.split()))


class Recurrence(Placed):
    """What recurs: from `start` on time is cut into stretches of one length, and in each something is to be done.

    A point is a moment (role None) or an act of a role. A stretch ends where the next one begins, and its end belongs
    to it; the first has its beginning as well, unless it is `later`. One is owed where `until` does not occur between
    the start and its end; the first `times` are looked at. In each, all `acts` (or, not `each`, any) are to be done.
    `meant` says of an act at the start which times that it is done count. `stretches` say the same as core expressions,
    one by one: together they are the content. `window` is where and how it is written.
    """

    ASIDE: ClassVar[frozenset[str]] = frozenset({"unit", "window"})

    start: tuple[str, int | None]
    until: tuple[str, int | None]
    later: bool
    length: Fraction
    times: int
    role: int
    acts: tuple[str, ...]
    each: bool
    states: tuple[MessagePart, ...]
    through: tuple[str, ...]
    stretches: tuple[Expr, ...]
    unit: str | None = None
    meant: Expr = TRUE
    window: tuple[Span, Recurring] | None = None


class Needs(Record):
    """What a demand asks of the channel that it goes through, beside what the act is about: none named, nothing.

    It runs on one of these levels, and takes a message in one of these languages. `standing_in` are the channels that
    the demand does not name, and that those it names fall back to.
    """

    levels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    standing_in: tuple[str, ...] = ()

    def level_suits(self, channel: Channel) -> bool:
        """Whether the channel runs on one of the levels."""
        return not self.levels or channel.level in self.levels

    def language_suits(self, channel: Channel) -> bool:
        """Whether the channel takes one of the languages; one that says nothing of them takes any."""
        return not (self.languages and channel.languages) or bool(set(self.languages) & set(channel.languages))


class Secondary(Placed):
    """What is owed when the primary duty is breached (`otherwise …`)."""

    ASIDE: ClassVar[frozenset[str]] = frozenset({"span", "said"})

    modality: Modality
    strength: Strength
    content: Expr
    topics: tuple[str, ...] = ()
    through: tuple[str, ...] = ()  # the channels of which one is to be used, with what they fall back to
    needs: Needs = Needs()
    recurrence: Recurrence | None = None  # where it is owed again and again
    span: Span | None = None
    said: str = ""  # what stands there, with the options that are taken where that has square brackets

    @property
    def words(self) -> str:
        """What stands there, in the words of the text; nothing where it is not written."""
        return self.said or ("" if self.span is None else " ".join(self.span.text.split()))


class Substitute(Placed):
    """Conduct by which a duty is deemed to be complied with where the condition holds, as `label` says.

    `naming` is where that clause names the duty, perhaps among others; `said` the conduct in the words of the text.
    """

    ASIDE: ClassVar[frozenset[str]] = frozenset({"span", "naming", "said"})

    label: str
    condition: Expr
    content: Expr
    topics: tuple[str, ...] = ()
    through: tuple[str, ...] = ()  # the channels of which one is to be used, with what they fall back to
    needs: Needs = Needs()
    span: Span | None = None
    naming: Span | None = None
    said: str = ""


class Norm(Placed):
    """One norm: when `guards` all hold and no exception does, `content` is owed, forbidden, allowed or not owed.

    `content` is what the conduct must satisfy to fulfil the norm: for a prohibition it is already the negation
    of the acts. For a permission it is what is allowed, for an exemption any of what need not be. `topics` are those
    of what it touches. `bearer` is a role number; a norm that rotates has bearer 0.
    """

    ASIDE: ClassVar[frozenset[str]] = frozenset({"span", "content_span", "said"})

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
    through: tuple[str, ...] = ()  # the channels of which one is to be used, with what they fall back to
    needs: Needs = Needs()
    recurrence: Recurrence | None = None  # where it is owed again and again
    asked: Expr | None = None  # what it asks for itself, where conduct that is deemed to comply is part of `content`
    substitutes: tuple[Substitute, ...] = ()
    reach: Fraction = Fraction(0)  # how far from each other its times lie that count from something, in seconds
    towards: tuple[int, ...] = ()  # the other roles that it speaks of
    zones: tuple[str, ...] = ()  # by whose clocks its days and the hours of its channels are written
    citations: tuple[Citation, ...] = ()
    asymmetric: str | None = None  # why it binds one party only, where the text says so
    wording: str = ""  # the source text, in the first language given
    quotations: tuple[Quotation, ...] = ()  # the same in all languages given
    title: str = ""
    span: Span | None = None  # the whole clause
    content_span: Span | None = None  # from the modal to the end of the content
    said: str = ""  # the same in the words of its text, where that has square brackets there

    @property
    def demands(self) -> bool:
        """Whether it asks something of the bearer's conduct."""
        return self.modality in (Modality.OBLIGATION, Modality.PROHIBITION)

    @property
    def own_content(self) -> Expr:
        """What it asks for itself, whatever else is deemed to comply."""
        return self.content if self.asked is None else self.asked

    @property
    def recipients(self) -> tuple[str, ...]:
        """The parties that what it speaks of is done to, as it names them; of a prohibition, any of them."""
        said = (atom for done in deeds_of(self.content) for atom in atoms_of(done.manner))
        told = (atom.item for atom in said if isinstance(atom, States))
        return tuple(dict.fromkeys(to.party for to in told if isinstance(to, Addressee)))

    @property
    def is_to_all(self) -> bool:
        """Whether it takes all its recipients to do what it speaks of."""
        return self.modality in (Modality.OBLIGATION, Modality.PERMISSION)

    @property
    def channels(self) -> tuple[tuple[str, ...], ...]:
        """The channels of which one is to be used: in the first place, otherwise, and for what is deemed to comply."""
        return (self.through, *(step.through for step in self.otherwise), *(one.through for one in self.substitutes))


class Displacement(Placed):
    """Where `by` binds, `of` does not bind the same bearer (or, `both`, either of them)."""

    by: NormId
    of: NormId
    both: bool
    span: Span | None = None


class Precedence(Placed):
    """Where norms of both sides clash, the `yielding` ones are suspended there.

    `by` is the clause that says so, with all that it lists; None where a header does. `sweeping`: it names a whole
    text, whatever that says.
    """

    yielding: frozenset[NormId]
    prevailing: frozenset[NormId]
    words: str  # "coc yields to colregs"
    by: NormId | None = None
    sweeping: bool = False
    span: Span | None = None


class Term(Placed):
    """What a text means by a word that it defines for itself, or uses as its vocabulary defines it."""

    ASIDE: ClassVar[frozenset[str]] = frozenset({"place", "used"})

    name: str
    meaning: Meaning
    own: bool  # whether the text defines it
    place: Span | None = None  # of the definition
    used: Span | None = None  # where the text first uses it


class Omission(Record):
    """A provision of an agreement that its rendering leaves out, and why; `label` empty: it has none."""

    label: str
    title: str
    reason: str
    citations: tuple[Citation, ...] = ()


class Sentence(Record):
    """Of which clause something is one of several sentences, and which of them, from 1."""

    clause: str
    number: int


class IdleScope(Record):
    """A condition of what follows in an article (`label`, or in the text), where no clause follows."""

    label: str
    article: str
    stands: Formula  # on which packages
    span: Span


class Text(Placed):
    """An instrument or a draft as far as the system needs it; `parties` None: open to all.

    `parties` are all that it ever has, as it names them; `memberships` say when it has them. A clause binds between
    parties. It binds those in `binding` whomever they meet; what it asks of them is owed to parties only, or,
    `towards_all`, to whomever they meet.
    """

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
    omissions: tuple[Omission, ...] = ()
    idle_scopes: tuple[IdleScope, ...] = ()
    terms: tuple[Term, ...] = ()
    quoted: tuple[QuotedClause, ...] = ()  # exceptions, scopes and what it deems, where they quote a text
    binding: frozenset[str] = frozenset()
    suspended: date | None = None  # where nothing else ends it, `until` is that day
    towards_all: bool = False
    memberships: tuple[Membership, ...] = ()  # in the order of the header
    binds: bool | None = None  # of a memorandum: whether it is binding, if it says so
    is_vocabulary: bool = False  # whether it stands for a vocabulary that is looked at by itself
    statuses: tuple[tuple[Status, date], ...] = ()  # what it has been, from which day on
    sentences: Mapping[str, Sentence] = {}  # by their labels, where a clause has several
    assumed: Status | None = None  # what it is asked about as
    span: Span | None = None

    def whole_label(self, label: str) -> str:
        """The label of the clause, where this is that of one of its sentences."""
        return self.sentences[label].clause if label in self.sentences else label

    def status_on(self, day: date | None) -> Status | None:
        """What it is on the day, without one in the end; None: it says nothing, or is proposed and no more."""
        if self.assumed is not None:
            return self.assumed
        return next((status for status, since in reversed(self.statuses) if day is None or since <= day), None)

    @property
    def is_owed_to_all(self) -> bool:
        """Whether whatever it asks for is owed to whomever the bearer meets."""
        return self.towards_all or not self.binding


class OpenTerm(Placed):
    """A term that the text can be read to mean several things by: one reading for the whole text, and for all time.

    The reading is a quantity in a range, or one of several names, which are the members of its sort. Where each party
    has a reading of its own, the variable is seen from role 0: how the party of that unit reads it. `titles` say what
    the names are called, and `meanings` what each of them stands for, but for values of several attributes.
    """

    name: str
    document: str
    title: str
    variable: Reading
    titles: tuple[tuple[str, str], ...] = ()
    unit: str | None = None
    citations: tuple[Citation, ...] = ()
    span: Span | None = None
    meanings: tuple[tuple[str, Meaning], ...] = ()
    choice: NegotiatedChoice | None = None  # where it is no term, but what is still open in the text itself
    figure: bool = False  # an empty figure, which no statement of its own declares
    nameless: bool = False  # one without a name in its brackets: what it is called tells where it stands

    @property
    def per_party(self) -> bool:
        return self.variable.role is not None


class Reserve(Placed):
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
    span: Span | None = None

    def concerns(self, topic: str) -> bool:
        return not self.topics or topic in self.topics

    def has_ended(self, as_of: date | None) -> bool:
        """Whether it no longer counts on this date; without a date it does."""
        return self.until is not None and as_of is not None and self.until <= as_of


class Coverage(Placed):
    """A promise: in every situation of the condition, each of the topics and acts is governed.

    An act is governed where it is obliged, prohibited or expressly left open. `whose`: of more than two units it speaks
    of those between two of parties of which it says, for role 0, that it is one.
    """

    document: str
    condition: Expr
    topics: tuple[str, ...]
    acts: tuple[str, ...] = ()
    span: Span | None = None
    whose: Expr = TRUE


# ---- cases: `whose` says of an expectation whose units it is about, where neither it nor its case says so


class DutyExpected(Placed):
    """In every situation of the case, the role is bound to each of these, by one of `by` if any are named."""

    role: int
    modality: Modality
    strength: Strength
    contents: tuple[Expr, ...]
    by: tuple[NormId, ...]
    words: str
    span: Span | None = None
    whose: Expr = TRUE

    @property
    def is_owed(self) -> bool:
        return self.modality in (Modality.OBLIGATION, Modality.PROHIBITION)

    def may_be_said_by(self, norm: Norm) -> bool:
        """Whether the norm is one of those named, and has the form and the strength for it."""
        if (self.by and norm.id not in self.by) or (norm.strength, self.strength) == (Strength.SHOULD, Strength.MUST):
            return False
        return norm.demands if self.is_owed else norm.modality is self.modality


class ConditionExpected(Placed):
    condition: Expr
    words: str
    span: Span | None = None
    whose: Expr = TRUE


# Findings with an extent: one that is expected is compared with where it happens, not with the text as a whole.
WITH_EXTENT = (RuleId.CONFLICT, RuleId.AGREEMENT_CONFLICT, RuleId.IMPOSSIBLE_DUTY, RuleId.GAP)


class FindingExpected(Placed):
    """A finding of the rule with exactly these clauses (any, if none are named), or its absence, in the case.

    Each clause stands with what it and its sentences are, however they are worded: one of them at least is meant.
    """

    rule: RuleId
    absent: bool
    clauses: tuple[tuple[NormId, ...], ...]
    topics: tuple[str, ...]
    condition: Expr
    words: str
    span: Span | None = None
    whose: Expr = TRUE

    def is_among(self, norms: Iterable[NormId]) -> bool:
        """Whether something of each clause is among these."""
        found = {norm.unworded for norm in norms}
        return all(not found.isdisjoint(clause) for clause in self.clauses)

    def is_of(self, norms: Collection[NormId]) -> bool:
        """Whether these are of the clauses, of each of them, and of no other one."""
        return self.is_among(norms) and {norm.unworded for norm in norms} <= set(chain(*self.clauses))


class ConductExpected(Placed):
    """No compliant conduct leads to the condition (never), or some does."""

    never: bool
    condition: Expr
    words: str
    span: Span | None = None
    whose: Expr = TRUE


Expected = DutyExpected | ConditionExpected | FindingExpected | ConductExpected


class Case(Placed):
    """Expectations in the situations that meet `given`; title "" for those about the whole text."""

    title: str
    as_of: date | None
    given: Expr
    expected: tuple[Expected, ...]
    span: Span | None = None

    def situations(self, expected: Expected) -> Expr:
        """What is given where this is expected, and whose units it is about."""
        return conjunction(self.given, expected.whose)


class LookAlike(Record):
    """A name that readers may take for another one; `other` is empty where the name by itself mixes scripts."""

    name: str
    span: Span
    other: str = ""
    other_span: Span | None = None


class NormSystem(Placed):
    """Everything one check is about: one kind of situation and the norms of one text with those it lives with.

    `subject` is the document under check; `texts` holds it and the instruments it is read with.
    Norms, texts and edges are in source order: the subject first, then the others as it names them.
    """

    ASIDE: ClassVar[frozenset[str]] = frozenset({"documents"})

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
    open_terms: tuple[OpenTerm, ...] = ()  # of all texts, and what is open in them
    ties: tuple[ChoiceTie, ...] = ()  # which options go together, in all texts
    open_references: tuple[OpenReference, ...] = ()  # of the subject, to what some packages lack
    open_cycles: tuple[ClauseCycle, ...] = ()  # in all texts, of clauses as some packages have them
    reserves: tuple[Reserve, ...] = ()  # of the subject
    channels: Mapping[str, Channel] = field(default_factory=dict)
    # Acts to the channels that clauses name for them: they are done through one of these, or at once through none.
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)  # names to titles
    continuations: tuple[Continuation, ...] = ()
    look_alikes: tuple[LookAlike, ...] = ()  # in all that was read for it
    # What it was made of, by name, where a caller may ask for it on another date; nothing that is asked looks at it.
    documents: Mapping[str, Document] = field(default_factory=dict)


def packages_meant(system: NormSystem) -> Iterator[Formula]:
    """What holds on the packages of which something can be asked: ties leave them, and no clauses of theirs depend on
    each other in a circle.
    """
    yield from (tie.condition for tie in system.ties)
    yield from (negation(cycle.holds) for cycle in system.open_cycles)


def by_clause(norms: Iterable[NormId]) -> Mapping[NormId, tuple[NormId, ...]]:
    """Norms in the clauses they stand in, in order."""
    found: dict[NormId, tuple[NormId, ...]] = {}
    for norm in norms:
        found[norm.clause] = (*found.get(norm.clause, ()), norm)
    return found


def expectations(system: NormSystem) -> Iterator[tuple[Case, Expected]]:
    """Everything that cases expect."""
    return ((case, expected) for case in system.cases for expected in case.expected)
