"""What cbm says about a text: rules, and findings with their places, examples and ways out."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from fractions import Fraction

from cbm.records import Record, replace
from cbm.source import Edit, Source, Span, edited
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say


class Severity(StrEnum):
    """How grave a finding is; it belongs to the rule, weakened where a norm is only advised."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def weight(self) -> int:
        return {"error": 2, "warning": 1, "note": 0}[self.value]


class RuleId(StrEnum):
    """Every kind of finding there is, by the name users write; a file of that name in `checks/` documents it."""

    SYNTAX = "syntax"
    UNDEFINED = "undefined"
    DUPLICATE = "duplicate"
    CYCLE = "cycle"
    UNIT_MISMATCH = "unit-mismatch"
    TYPE_MISMATCH = "type-mismatch"
    INCONSISTENT_VOCABULARY = "inconsistent-vocabulary"
    CONFLICT = "conflict"
    AGREEMENT_CONFLICT = "agreement-conflict"
    IMPOSSIBLE_DUTY = "impossible-duty"
    UNSERVED_FUNCTION = "unserved-function"
    TRAP = "trap"
    LAST_MOMENT = "last-moment"
    DEADLOCK = "deadlock"
    BLOCKED_PERMISSION = "blocked-permission"
    UNWRITTEN_PROHIBITION = "unwritten-prohibition"
    REPARATION = "reparation"
    ESCAPE = "escape"
    VACUITY = "vacuity"
    REDUNDANCY = "redundancy"
    DIVERGENT_RESTATEMENT = "divergent-restatement"
    RESTATEMENT = "restatement"
    DEROGATION = "derogation"
    DIVERGENT_TERM = "divergent-term"
    LOOK_ALIKE = "look-alike"
    UNUSED = "unused"
    OLD_FORM = "old-form"
    IGNORE_COMMENT = "ignore-comment"
    WORDING = "wording"
    ASYMMETRY = "asymmetry"
    DIVIDED_VIEW = "divided-view"
    GAP = "gap"
    SEAM = "seam"
    RESERVE = "reserve"
    DEAD_OPTION = "dead-option"
    NO_CLEAN_PACKAGE = "no-clean-package"
    NO_WORKABLE_READING = "no-workable-reading"
    EXPECTATION = "expectation"
    IMPOSSIBLE = "impossible"
    NEVER_REACHED = "never-reached"
    UNDECIDED = "undecided"

    @staticmethod
    def named(name: str) -> RuleId:
        """The rule of this name; Misuse, with the nearest name, where there is none."""
        from difflib import get_close_matches  # only who errs waits for it

        if name in set(RuleId):
            return RuleId(name)
        near = get_close_matches(name.lower(), list(RuleId), n=1)
        if near:
            raise Misuse(say("unknown rule `{name}`; did you mean `{near}`?", name=name, near=near[0]))
        raise Misuse(say("unknown rule `{name}`; `cbm rules` lists them", name=name))


# What keeps questions from being asked or answered is shown whatever is selected: without it a text would look fine.
ALWAYS = frozenset(
    (
        RuleId.SYNTAX,
        RuleId.UNDEFINED,
        RuleId.DUPLICATE,
        RuleId.CYCLE,
        RuleId.UNIT_MISMATCH,
        RuleId.TYPE_MISMATCH,
        RuleId.INCONSISTENT_VOCABULARY,
        RuleId.UNDECIDED,
    )
)
ALWAYS_TOLD = mark("`{rule}` is always told: without it a text would look fine that was not checked")


class Exit(IntEnum):
    """What the process says to its caller. Precedence: INTERNAL, MISUSE, CONTRADICTED, FINDINGS, UNDECIDED, FINE."""

    FINE = 0  # everything was decided and nothing reached the fail level
    FINDINGS = 1  # at least one finding at or above the fail level
    MISUSE = 2  # what was asked could not be done: usage, unreadable path, unknown rule, no spec
    UNDECIDED = 3  # a question stayed undecided, or one solver alone answered it, and nothing worse
    CONTRADICTED = 4  # a solver, a proof or a digest goes against a verdict that is to be verified
    INTERNAL = 70  # a bug in cbm


class Misuse(Exception):
    """What was asked for cannot be done; the message is a sentence for the user."""

    exit: int = Exit.MISUSE


class StoppedEarly(Misuse):
    """A run was told to stop before there was anything to tell; `exit` says whether by a signal."""

    exit: int = Exit.UNDECIDED


class Rule(Record):
    """One kind of finding: its noun, its gravity, and its documentation for a drafter."""

    id: RuleId
    severity: Severity
    summary: str  # one line, lower case, no full stop
    explanation: str  # paragraphs for `cbm rule NAME`
    failing: str  # a complete document in which the rule finds something
    passing: str  # the same document, mended


class Label(Record):
    """A place with what is to be said about it; an empty text only shows the place."""

    span: Span
    text: str = ""


class Fact(Record):
    """One circumstance of a scenario that matters.

    `subject` is a role ("own") or None for what both units share; `name` the attribute, act or result;
    `value` exact, numbers as "1852" or "1/3" in the base unit of the dimension; `words` what the reader sees.
    """

    subject: str | None
    name: str
    value: str
    words: str


class Event(Record):
    """A point on the time line of a scenario.

    `subject` is the role that acts, or None for a moment; `after` how many seconds it lies after the first one,
    exact, as "3600" or "1/2".
    """

    subject: str | None
    name: str
    after: str
    words: str


class Sketch(Record):
    """What of an encounter of two units can be drawn, as far as it matters; what does not is None, or empty.

    What both are called; at how many degrees from its bow each has the other, clockwise; how far apart they are, in
    metres and in the author's unit; and the place, by its name and in words that say what it is.
    """

    units: tuple[str, str]
    bearings: tuple[Fraction | None, Fraction | None] = (None, None)
    distance: Fraction | None = None
    distance_words: str = ""
    place: str = ""
    place_words: str = ""


class Scenario(Record):
    """An example encounter: the facts that matter, its time line, the sentence that tells it, and a sketch."""

    facts: tuple[Fact, ...]
    words: str
    events: tuple[Event, ...] = ()
    sketch: Sketch | None = None  # None: nothing that matters can be drawn


class Dependence(Record):
    """What a finding owes to the readings of open terms, named by their titles.

    It holds on every reading, or under the conditions in words: "safe distance is over 300 m".
    """

    terms: tuple[str, ...]
    every: bool
    words: str = ""

    @property
    def ending(self) -> str:
        """How a message ends that is so on these readings only."""
        return say(", on some readings: if {words}", words=self.words) if self.words else ""


class Dates(Record):
    """Of several dates that were asked about (ISO 8601), those on which something is so, is not, or is undecided."""

    so: tuple[str, ...]
    not_so: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


class PackageReach(Record):
    """On which packages of a text under negotiation a finding holds; `words` say it: "if JP's 1,000 m is taken in 3.2".

    `boxes` are sets of packages: for some choices, by name, the options by number; what is not named is taken in any
    way. `every`: it holds whatever is taken. `surely` are those on which every reading of open terms has it.
    `by_reading` is where it holds of packages and readings, for who asks further of one that depends on both.
    """

    every: bool
    boxes: tuple[tuple[tuple[str, tuple[int, ...]], ...], ...] = ()
    surely: tuple[tuple[tuple[str, tuple[int, ...]], ...], ...] = ()
    words: str = ""
    by_reading: object = None  # no part of a report

    @property
    def ending(self) -> str:
        """How a message ends that is so on these packages only."""
        return say(", if {words}", words=self.words) if self.words and not self.every else ""


class Fix(Record):
    """A change of the text after which the finding is gone and nothing new is found: it was tried.

    `description` is one sentence, lower case and without a full stop.
    """

    description: str
    edits: tuple[Edit, ...]

    def applied(self, text: str, name: str | None = None) -> str:
        """The text of a file with this change, of which nothing is written.

        `text` is all that was checked, with its line ends. `name` is what reports call its file; None: the first one
        that the change is in, as a rule the only one. Misuse where it is no change of this text.
        """
        names = tuple(dict.fromkeys(edit.span.source.name for edit in self.edits))
        name = names[0] if name is None else name
        if name not in names:
            known = listed([f"`{one}`" for one in names], ",")
            raise Misuse(say("this change is not of `{name}`: it is of {names}", name=name, names=known))
        edits = [edit for edit in self.edits if edit.span.source.name == name]
        given: object = text
        if not (isinstance(given, str) and edits[0].span.source.stands_in(given)):
            words = say("this change was found in another text: hand over what was checked, with its line ends")
            raise Misuse(words)
        here = Source(name, text)
        return edited(here, [Edit(Span(here, edit.span.start, edit.span.end), edit.replacement) for edit in edits])


class ClauseWords(Record):
    """A clause as reports show it: "coc:3.2", called "3.2" or "2.6 of cues", with its title and its source text.

    `recalled` are the sources that it rests on and nobody read: they were written down from memory.
    """

    reference: str
    name: str
    title: str = ""
    words: str = ""
    recalled: tuple[str, ...] = ()

    @property
    def document(self) -> str:
        return self.reference.split(":")[0]

    @property
    def label(self) -> str:
        return self.reference.partition(":")[2]

    @property
    def quotation(self) -> str:
        return say("{name}: “{words}”", name=self.name, words=self.words) if self.words else ""

    @property
    def caveats(self) -> tuple[str, ...]:
        return tuple(
            say("{clause} rests on {source}, from memory and not verified", clause=self.name, source=source)
            for source in self.recalled
        )


class Finding(Record):
    """One thing found in the texts, with all a reader needs to judge it.

    `message` stands alone on the first line, lower case and without a full stop. `primary` is the place the finding
    is about, `related` the further places. `clauses` are full references ("coc:3.2"). `whenever` says the
    conditions in words; `extent` are the same conditions as cubes (each a tuple of literals in words), the first
    one shown, the rest counted. `fixes` are ways out that were tried, the best first; `remedies` are ways out that
    were not, each one sentence; `takes_out` are the norms that these take out of a text ("coc:3.2 (call)").
    `background` is what matters of the texts as a whole, which a page says once. `readings` None: no open term
    plays a part in it. `reach`: the packages of a text under negotiation on which it holds. `matter` is what it is
    about beside its clauses, in the names of the texts (a text, a topic, a box): its identity rests on rule,
    clauses and matter, and on no message. `topic` is the promised matter that it finds open, `under_topic` the
    message where that is said already; `promised` are all matters of a promise that it is about (none named: all),
    and `settled_by` is what prevails where the texts themselves say so ("3 yields to 2.2"). `opposed` is how the
    message names the clause of the text under check, and how the one of another text, where it tells one against
    one. `follows` are the clauses of another finding without which there would not be this one. `figures` are
    bounds that go against each other ("1,000 m or more, and 300 m or less"), and `why` are reasons that a reader
    cannot see from the clauses alone.
    """

    rule: RuleId
    severity: Severity
    message: str
    primary: Label
    related: tuple[Label, ...] = ()
    clauses: tuple[str, ...] = ()
    whenever: str = ""
    extent: tuple[tuple[str, ...], ...] = ()
    witness: Scenario | None = None
    remedies: tuple[str, ...] = ()
    takes_out: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    notes: tuple[str, ...] = ()
    background: tuple[str, ...] = ()
    readings: Dependence | None = None
    reach: PackageReach | None = None  # None: nothing is open in the texts, or it is of no use to ask
    dates: Dates | None = None  # None: not several were asked about
    matter: tuple[str, ...] = ()
    topic: str = ""
    under_topic: str = ""
    promised: tuple[str, ...] = ()
    settled_by: str = ""
    opposed: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    figures: str = ""
    why: tuple[str, ...] = ()
    # The message, the extent and the figures in English where another language is spoken: findings of one place go by
    # the first, and those of one name are told apart by the others, whoever reads them.
    order: str = ""
    undated: str = ""  # the message without the date asked about, where it names that
    # What the message ends with from the readings on which it holds on; and behind it, with the packages.
    on_readings: str = ""
    on_packages: str = ""
    meant: str = ""  # what to write at its place, where that is wrong by a single slip of typing
    only_notes: bool = False  # of what is undecided: whether its answer could be no more than a note
    known_extent: tuple[tuple[str, ...], ...] = ()
    known_figures: str = ""
    known_id: str = ""  # of one that was read from a page: its id there
    held: object = None  # on which readings of open terms it holds, for who asks further; no part of a report

    @property
    def settled(self) -> bool:
        """Whether the texts themselves say what prevails."""
        return bool(self.settled_by)

    @property
    def plain(self) -> str:
        """The message without the packages and the readings on which it holds."""
        return self.message[: len(self.message) - len(self.dependence)]

    @property
    def dependence(self) -> str:
        """The end of the message, from the readings and packages on which it holds on."""
        return f"{self.on_readings}{self.on_packages}"

    @property
    def on_any_package(self) -> str:
        """The message without the packages on which it holds."""
        return self.message[: len(self.message) - len(self.on_packages)]

    def ending(self, words: str) -> Finding:
        """The finding with more at the end of its message: `; settled: …`, ` (so on …)`."""
        on_readings = f"{self.dependence}{words}" if self.on_readings else ""
        return replace(self._longer(words), on_readings=on_readings, on_packages="")

    def on_some_readings(self, on: Dependence) -> Finding:
        """The finding that is so on some readings of open terms only, and says so in its message."""
        return replace(self._longer(on.ending), readings=on, on_readings=f"{self.on_readings}{on.ending}")

    def on_some_packages(self) -> Finding:
        """The finding that says in its message on which packages it is so, where it is not on all."""
        words = self.reach.ending if self.reach else ""
        return replace(self._longer(words), on_packages=words) if words else self

    def _longer(self, words: str) -> Finding:
        under_topic = f"{self.under_topic}{words}" if self.under_topic else ""
        order = f"{self.order}{words}" if self.order else ""
        undated = f"{self.undated}{words}" if self.undated else ""
        return replace(self, message=f"{self.message}{words}", under_topic=under_topic, order=order, undated=undated)

    def prevailed(self, words: str) -> Finding:
        """The finding where the texts themselves say what prevails, and how they do."""
        return replace(self.ending(say("; settled: {words}", words=words)), settled_by=words)
